//! What pictures say about themselves: EXIF, IPTC, XMP, comments; and what stands behind their end.
//!
//! Only texts are taken out, not understood: what matters is what a reader of the file could find. Every step takes
//! bytes forward, whatever lengths the file claims.

use memchr::memmem;

use super::media::Opened;
use super::place::Tiff;

const JPEG: &[u8] = b"\xff\xd8\xff";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// What comes before EXIF in a segment of a JPEG.
const EXIF: &[u8] = b"Exif\0\0";
/// Fewer bytes behind the end of a picture are filling.
const TAIL: usize = 6;

pub fn is_picture(bytes: &[u8]) -> bool {
    bytes.starts_with(JPEG) || bytes.starts_with(PNG) || is_webp(bytes) || Tiff::new(bytes).is_some()
}

fn is_webp(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
}

pub fn read(bytes: &[u8], opened: &mut Opened) {
    let end = if bytes.starts_with(JPEG) {
        jpeg(bytes, opened)
    } else if bytes.starts_with(PNG) {
        png(bytes, opened)
    } else if is_webp(bytes) {
        webp(bytes, opened)
    } else {
        exif(bytes, opened);
        xmp(bytes, opened);
        None
    };
    let tail = end.unwrap_or_default();
    let tail = &tail[tail.iter().position(|&b| b != 0).unwrap_or(tail.len())..];
    if tail.len() >= TAIL {
        opened.open(tail);
    }
}

/// What is taken from the place and the texts of EXIF.
fn exif(bytes: &[u8], opened: &mut Opened) {
    if Tiff::new(bytes.strip_prefix(EXIF).unwrap_or(bytes)).is_some_and(|tiff| tiff.has_place()) {
        opened.located();
    }
    opened.about_in(bytes);
}

/// The segments: APP1 (EXIF and XMP), APP13 (IPTC), comments. Gives what follows the end of the picture.
fn jpeg<'a>(bytes: &'a [u8], opened: &mut Opened) -> Option<&'a [u8]> {
    let mut rest = bytes.get(2..)?;
    while let [0xff, marker, after @ ..] = rest {
        match marker {
            // A filling byte, and markers that stand alone.
            0xff => rest = &rest[1..],
            0x01 | 0xd0..=0xd8 => rest = after,
            0xd9 => return Some(after),
            _ => {
                let (length, _) = after.split_first_chunk::<2>()?;
                let length = usize::from(u16::from_be_bytes(*length)).max(2);
                let segment = after.get(2..length)?;
                match marker {
                    0xe1 if segment.starts_with(EXIF) => exif(segment, opened),
                    0xe1 => packet(segment, opened),
                    0xed | 0xfe => opened.about_in(segment),
                    _ => {}
                }
                rest = &after[length..];
                if *marker == 0xda {
                    rest = &rest[scan(rest)?..];
                }
            }
        }
    }
    None
}

/// Where the next marker stands after the bytes of the picture itself.
fn scan(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(0xff, bytes).find(|&at| !matches!(bytes.get(at + 1), None | Some(0 | 0xff | 0xd0..=0xd7)))
}

fn png<'a>(bytes: &'a [u8], opened: &mut Opened) -> Option<&'a [u8]> {
    let mut rest = bytes.get(PNG.len()..)?;
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (kind, after) = after.split_first_chunk::<4>()?;
        let data = after.get(..length)?;
        match kind {
            b"tEXt" => opened.about_in(data),
            b"eXIf" => exif(data, opened),
            // A keyword, a zero, the method of compression, and the text.
            b"zTXt" => {
                if let Some(zero) = memchr::memchr(0, data) {
                    inflated(data.get(zero + 2..).unwrap_or_default(), opened);
                }
            }
            b"iTXt" => png_international(data, opened),
            _ => {}
        }
        // The checksum follows.
        rest = after.get(length.saturating_add(4)..).unwrap_or_default();
        if kind == b"IEND" {
            return Some(rest);
        }
    }
    None
}

/// Keyword, zero, whether compressed, method, language, zero, keyword again, zero, and the text.
fn png_international(data: &[u8], opened: &mut Opened) {
    packet(data, opened);
    let Some(zero) = memchr::memchr(0, data) else { return };
    let Some([1, _, rest @ ..]) = data.get(zero + 1..) else { return };
    inflated(rest.splitn(3, |&b| b == 0).nth(2).unwrap_or_default(), opened);
}

fn inflated(data: &[u8], opened: &mut Opened) {
    let text = opened.inflated(data, true);
    packet(&text, opened);
}

fn webp<'a>(bytes: &'a [u8], opened: &mut Opened) -> Option<&'a [u8]> {
    let size = usize::try_from(u32::from_le_bytes(*bytes.get(4..)?.first_chunk::<4>()?)).ok()?;
    let mut rest = bytes.get(12..)?;
    while let Some((kind, after)) = rest.split_first_chunk::<4>() {
        let Some((length, after)) = after.split_first_chunk::<4>() else { break };
        let Ok(length) = usize::try_from(u32::from_le_bytes(*length)) else { break };
        let data = after.get(..length).unwrap_or(after);
        match kind {
            b"EXIF" => exif(data, opened),
            b"XMP " => packet(data, opened),
            _ => {}
        }
        // Chunks begin at even bytes.
        rest = after.get(length.saturating_add(length % 2)..).unwrap_or_default();
    }
    bytes.get(size.saturating_add(8 + size % 2)..)
}

/// The packets of XMP, which every format carries as they are.
pub fn xmp(bytes: &[u8], opened: &mut Opened) {
    let mut rest = bytes;
    while let Some(start) = memmem::find(rest, b"<x:xmpmeta") {
        let found = &rest[start..];
        let Some(end) = memmem::find(found, b"</x:xmpmeta>") else { return packet(found, opened) };
        packet(&found[..end], opened);
        rest = &found[end..];
    }
}

/// XMP, or another text about the picture.
fn packet(bytes: &[u8], opened: &mut Opened) {
    if memmem::find(bytes, b"GPSLatitude").is_some() || memmem::find(bytes, b"GPSLongitude").is_some() {
        opened.located();
    }
    opened.about_in(bytes);
}
