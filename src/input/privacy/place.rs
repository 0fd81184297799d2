//! Whether EXIF tells where a picture was taken: the directory of GPS, with a latitude or a longitude in it.

/// Where the pointer to the directory of GPS stands, and in that one latitude and longitude.
const GPS: u16 = 0x8825;
const LATITUDE: u16 = 2;
const LONGITUDE: u16 = 4;
/// Directories have a few dozen entries.
const MOST_ENTRIES: u16 = 512;
const ENTRY_BYTES: usize = 12;
/// Degrees, minutes and seconds: three fractions.
const ANGLE_BYTES: usize = 24;

/// EXIF is TIFF: directories of entries, each with a tag and its value or where that stands.
pub struct Tiff<'a> {
    bytes: &'a [u8],
    is_little: bool,
}

impl<'a> Tiff<'a> {
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        match bytes.get(..4)? {
            b"II*\0" => Some(Tiff { bytes, is_little: true }),
            b"MM\0*" => Some(Tiff { bytes, is_little: false }),
            _ => None,
        }
    }

    pub fn has_place(&self) -> bool {
        let first = self.long(4).and_then(|directory| self.entry(directory, GPS));
        let Some(gps) = first.and_then(|entry| self.long(entry + 8)) else { return false };
        [LATITUDE, LONGITUDE].into_iter().any(|tag| {
            let angle = self.entry(gps, tag).and_then(|entry| self.long(entry + 8));
            // A camera that has not found out writes zeros.
            let angle = angle.and_then(|at| self.bytes.get(at..at + ANGLE_BYTES));
            angle.is_some_and(|angle| angle.chunks(8).any(|fraction| fraction[..4] != [0; 4]))
        })
    }

    fn entry(&self, directory: usize, tag: u16) -> Option<usize> {
        let count = usize::from(self.half(directory)?.min(MOST_ENTRIES));
        (0..count).map(|i| directory + 2 + i * ENTRY_BYTES).find(|&at| self.half(at) == Some(tag))
    }

    fn half(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn long(&self, at: usize) -> Option<usize> {
        let bytes = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        let long = if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) };
        usize::try_from(long).ok()
    }
}
