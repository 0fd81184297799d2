//! A picture or an attachment opened: each kind of file has its reader, and each reader gives texts or other files.
//!
//! The bytes may come from anybody. All that is inflated from one file is paid from one room, files in files go down a
//! few steps, and what is not opened for that is told.

use miniz_oxide::inflate::{self, TINFLStatus};

use super::fold::View;
use super::{Datum, Personal, Reading, Spot, archive, in_name, in_source, in_text, mail, pdf, personal, pictures};
use crate::lettura::Testi;

/// What is inflated from one file in all, and from one part of it.
const ROOM: usize = 96 << 20;
const PART: usize = 32 << 20;
/// Files in files in files.
const DEEPEST: usize = 4;
/// Readable bytes in a row that are worth looking at: no datum is shorter.
const RUN: usize = 6;
/// Between two runs: it stands in no code and between no two parts of one.
const END_OF_RUN: char = '\0';
/// Documents of the older office programs.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Those of a picture or an attachment.
pub fn in_media(bytes: &[u8]) -> Vec<Personal> {
    let mut opened = Opened::default();
    if let Some(text) = text(bytes).filter(|text| !mail::is_mail(text)) {
        // Places count from behind the mark, as in a record.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        opened.pictures_in(text);
        let mut found = if is_markup(text) { in_source(text) } else { in_text(text) };
        found.extend(opened.found());
        return found;
    }
    opened.open(bytes);
    opened.found()
}

/// Personal data in a PDF that was read already.
pub fn in_pdf(bytes: &[u8], testi: Testi) -> Vec<Personal> {
    let mut opened = Opened::default();
    pdf::read_as(bytes, Ok(testi), &mut opened);
    opened.found()
}

/// The texts in the metadata of a file.
pub fn metadata(bytes: &[u8]) -> Vec<String> {
    let mut opened = Opened { kept: Some(Vec::new()), ..Opened::default() };
    opened.open(bytes);
    opened.kept.unwrap_or_default()
}

/// The bytes as a text, if they are one.
fn text(bytes: &[u8]) -> Option<&str> {
    let is_text = !pictures::is_picture(bytes) && !pdf::is_pdf(bytes) && memchr::memchr(0, bytes).is_none();
    std::str::from_utf8(bytes).ok().filter(|_| is_text)
}

fn is_markup(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('<')
}

/// What was found in one file so far, and how much more of it may be opened.
pub struct Opened {
    found: Vec<Personal>,
    /// The texts of the metadata, where they are asked for.
    kept: Option<Vec<String>>,
    room: usize,
    depth: usize,
    /// The file in an archive that is being read.
    within: Option<Box<str>>,
}

impl Default for Opened {
    fn default() -> Self {
        Opened { found: Vec::new(), kept: None, room: ROOM, depth: 0, within: None }
    }
}

impl Opened {
    fn found(self) -> Vec<Personal> {
        let mut found = self.found;
        // The same words stand in EXIF, IPTC and XMP: the file is named once for each datum.
        found.sort_by(|a, b| (a.datum, &a.normal).cmp(&(b.datum, &b.normal)));
        found.dedup_by(|a, b| (a.datum, &a.normal) == (b.datum, &b.normal));
        found
    }

    /// Reads a file, by what its first bytes say that it is.
    pub fn open(&mut self, bytes: &[u8]) {
        if self.depth > DEEPEST {
            return self.closed("ha file dentro altri file, troppo in profondità");
        }
        self.depth += 1;
        match bytes {
            [b'P', b'K', 3, 4, ..] => archive::zip(bytes, self),
            [0x1f, 0x8b, 8, ..] => archive::gzip(bytes, self),
            // Packed letters: what looks like a datum in them is chance.
            [b'w', b'O', b'F', b'2', ..] => {}
            [0xff, 0xfe, units @ ..] => self.text(&utf16(units, u16::from_le_bytes), Reading::Prose),
            [0xfe, 0xff, units @ ..] => self.text(&utf16(units, u16::from_be_bytes), Reading::Prose),
            _ if pictures::is_picture(bytes) => pictures::read(bytes, self),
            _ if pdf::is_pdf(bytes) => pdf::read(bytes, self),
            _ if memchr::memchr(0, bytes).is_none() => {
                let text = String::from_utf8_lossy(bytes);
                match mail::is_mail(&text) {
                    true => mail::read(&text, self),
                    false => self.text(&text, Reading::Prose),
                }
            }
            _ => self.other(bytes),
        }
        self.depth -= 1;
    }

    /// The same for a file that has a name in the one that is being read.
    pub fn open_named(&mut self, name: &str, bytes: &[u8], read: impl FnOnce(&mut Self, &[u8])) {
        let of_name = in_name(name);
        // A name that says too much is not said again.
        let shown = of_name.is_empty().then(|| name.into());
        self.found.extend(of_name.into_iter().map(|personal| Personal { spot: Spot::Inside, ..personal }));
        let outer = std::mem::replace(&mut self.within, shown);
        read(self, bytes);
        self.within = outer;
    }

    fn spot(&self) -> Spot {
        self.within.clone().map_or(Spot::Inside, Spot::Within)
    }

    /// A text; of one in tags, `shown` says how the words between them are read.
    pub fn text(&mut self, text: &str, shown: Reading) {
        let spot = self.spot();
        let place = |_| spot.clone();
        if is_markup(text) {
            self.found.extend(personal(text, View::Written, Reading::Technical, place));
            self.found.extend(personal(text, View::Shown, shown, place));
        } else {
            self.found.extend(personal(text, View::Written, shown, place));
        }
        self.pictures_in(text);
    }

    /// What a file says about itself.
    pub fn about(&mut self, text: &str) {
        let place = |_| Spot::Metadata;
        self.found.extend(personal(text, View::Written, Reading::Technical, place));
        if text.contains('<') {
            self.found.extend(personal(text, View::Shown, Reading::Technical, place));
        }
        if let Some(kept) = &mut self.kept {
            kept.extend(text.split(END_OF_RUN).map(str::to_owned));
        }
    }

    /// What bytes say about a file that is no text as a whole.
    pub fn about_in(&mut self, bytes: &[u8]) {
        self.about(&runs(bytes));
    }

    pub fn located(&mut self) {
        self.add(Datum::Luogo, "");
    }

    /// A part that is not opened, and why.
    pub fn closed(&mut self, why: &str) {
        self.add(Datum::Chiuso, why);
    }

    fn add(&mut self, datum: Datum, told: &str) {
        self.found.push(Personal { datum, spot: Spot::Metadata, normal: "".into(), masked: told.into() });
    }

    /// What is compressed, as far as there is room for it.
    pub fn inflated(&mut self, data: &[u8], with_header: bool) -> Vec<u8> {
        let limit = PART.min(self.room);
        let inflate = match with_header {
            true => inflate::decompress_to_vec_zlib_with_limit,
            false => inflate::decompress_to_vec_with_limit,
        };
        let bytes = inflate(data, limit.max(1)).unwrap_or_else(|error| {
            if error.status == TINFLStatus::HasMoreOutput {
                self.closed("aperto è troppo grande");
            }
            error.output
        });
        self.room -= bytes.len().clamp(1.min(limit), limit);
        bytes
    }

    /// Pictures written into a text, as `data:image/jpeg;base64,…`.
    fn pictures_in(&mut self, text: &str) {
        const MARK: &str = ";base64,";
        for at in memchr::memmem::find_iter(text.as_bytes(), MARK) {
            let data = &text[at + MARK.len()..];
            let end = data.find(|c: char| !(c.is_ascii_alphanumeric() || "+/= \r\n".contains(c))).unwrap_or(data.len());
            self.open(&mail::base64(&data[..end]));
        }
    }

    /// Whatever it is, its readable parts.
    fn other(&mut self, bytes: &[u8]) {
        /// `EncryptedPackage`, as the directory of a document has it.
        const LOCKED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k";
        if bytes.starts_with(OLE) && memchr::memmem::find(bytes, LOCKED).is_some() {
            self.closed("è protetto da una password");
        }
        pictures::xmp(bytes, self);
        let spot = self.spot();
        self.found.extend(personal(&runs(bytes), View::Written, Reading::Technical, |_| spot.clone()));
    }
}

/// A text of UTF-16, whose first bytes said in which order the two of each unit stand.
pub fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes.as_chunks().0.iter().copied().map(unit).collect();
    String::from_utf16_lossy(&units)
}

/// The runs of readable characters, one byte each or two (as Windows writes an author).
fn runs(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut run = String::new();
    let mut end = |run: &mut String| {
        if run.len() >= RUN {
            out.push_str(run);
            out.push(END_OF_RUN);
        }
        run.clear();
    };
    for &b in bytes {
        // A byte of an accented letter is a letter, whatever the encoding.
        match b {
            b' '..=b'~' | b'\n' | b'\r' | b'\t' => run.push(char::from(b)),
            0x80.. => run.push('é'),
            _ => end(&mut run),
        }
    }
    end(&mut run);
    for start in 0..2.min(bytes.len()) {
        for pair in bytes[start..].chunks(2) {
            match *pair {
                [b @ b' '..=b'~', 0] => run.push(char::from(b)),
                _ => end(&mut run),
            }
        }
        end(&mut run);
    }
    out
}
