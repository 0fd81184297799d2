//! What pictures and documents say about themselves: EXIF, IPTC, XMP, comments, and the Info of a PDF.
//!
//! Only texts are taken out, not understood: what matters is what a reader of the file could find. Every step takes
//! bytes forward and reads a bounded amount, whatever lengths the file claims.

use miniz_oxide::inflate;

/// Text taken out of one file; real metadata are a few kilobytes, thumbnails included a few dozen.
const MAX_TEXT: usize = 1 << 20;
/// A compressed part is read up to here.
const MAX_INFLATED_PART: usize = 256 << 10;
/// And all the parts of one file together: a fraction of a second.
const MAX_INFLATED: usize = 32 << 20;
/// Bytes of text that are worth looking at: no datum is shorter.
const MIN_RUN: usize = 6;

const JPEG: &[u8] = b"\xff\xd8\xff";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The fields of the Info of a PDF (ISO 32000-1, 14.3.3).
const PDF_FIELDS: [&[u8]; 7] =
    [b"/Author", b"/Title", b"/Subject", b"/Keywords", b"/Creator", b"/Producer", b"/Company"];

/// The texts in the metadata of a file whose format is known by its first bytes.
pub fn texts(bytes: &[u8]) -> Vec<String> {
    let mut texts = Texts { all: Vec::new(), size: 0, inflatable: MAX_INFLATED };
    if bytes.starts_with(JPEG) {
        jpeg(bytes, &mut texts);
    } else if bytes.starts_with(PNG) {
        png(bytes, &mut texts);
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        webp(bytes, &mut texts);
    } else if is_pdf(bytes) {
        pdf(bytes, &mut texts);
    } else {
        xmp(bytes, &mut texts);
    }
    texts.all
}

/// Whether it is a format that [`texts`] knows and that could be taken for text.
pub fn is_known(bytes: &[u8]) -> bool {
    bytes.starts_with(JPEG) || bytes.starts_with(PNG) || is_pdf(bytes)
}

fn is_pdf(bytes: &[u8]) -> bool {
    /// Readers look for the mark this far.
    const HEAD: usize = 1024;
    find(&bytes[..bytes.len().min(HEAD)], b"%PDF-").is_some()
}

struct Texts {
    all: Vec<String>,
    size: usize,
    /// Bytes that may still be inflated.
    inflatable: usize,
}

impl Texts {
    fn add(&mut self, text: String) {
        if text.len() >= MIN_RUN && self.size < MAX_TEXT {
            self.size += text.len();
            self.all.push(text);
        }
    }

    /// The runs of readable characters, one byte each or two (as Windows writes an author).
    fn add_runs(&mut self, bytes: &[u8]) {
        let bytes = bytes.get(..MAX_TEXT).unwrap_or(bytes);
        let mut run = String::new();
        for &b in bytes.iter().chain([&0]) {
            // A byte of an accented letter is a letter, whatever the encoding.
            match b {
                b' '..=b'~' => run.push(char::from(b)),
                0x80.. => run.push('é'),
                _ => self.add(std::mem::take(&mut run)),
            }
        }
        for start in 0..2.min(bytes.len()) {
            let mut wide = String::new();
            for pair in bytes[start..].chunks(2) {
                match *pair {
                    [b @ b' '..=b'~', 0] => wide.push(char::from(b)),
                    _ => self.add(std::mem::take(&mut wide)),
                }
            }
            self.add(wide);
        }
    }

    fn add_inflated(&mut self, zlib: &[u8]) {
        let text = self.inflated(zlib);
        self.add_runs(&text);
    }

    /// The first part of what is compressed; what is larger is cut.
    fn inflated(&mut self, zlib: &[u8]) -> Vec<u8> {
        let limit = MAX_INFLATED_PART.min(self.inflatable);
        if limit == 0 {
            return Vec::new();
        }
        let bytes = inflate::decompress_to_vec_zlib_with_limit(zlib, limit).unwrap_or_else(|error| error.output);
        self.inflatable -= bytes.len().clamp(1, limit);
        bytes
    }
}

/// The segments before the picture: APP1 (EXIF and XMP), APP13 (IPTC), comments.
fn jpeg(bytes: &[u8], texts: &mut Texts) {
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let [0xff, marker, after @ ..] = rest {
        match marker {
            // A filling byte, and markers that stand alone.
            0xff => rest = &rest[1..],
            0x01 | 0xd0..=0xd8 => rest = after,
            // The picture, and its end.
            0xd9 | 0xda => return,
            _ => {
                let Some((length, _)) = after.split_first_chunk::<2>() else { return };
                let length = usize::from(u16::from_be_bytes(*length));
                let Some(segment) = after.get(2..length.max(2)) else { return };
                if matches!(marker, 0xe1 | 0xed | 0xfe) {
                    texts.add_runs(segment);
                }
                rest = &after[length.max(2)..];
            }
        }
    }
}

fn png(bytes: &[u8], texts: &mut Texts) {
    let mut rest = bytes.get(PNG.len()..).unwrap_or_default();
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let Ok(length) = usize::try_from(u32::from_be_bytes(*length)) else { return };
        let Some((kind, after)) = after.split_first_chunk::<4>() else { return };
        let Some(data) = after.get(..length) else { return };
        match kind {
            b"tEXt" | b"eXIf" => texts.add_runs(data),
            // A keyword, a zero, the method of compression, and the text.
            b"zTXt" => {
                if let Some(zero) = memchr::memchr(0, data) {
                    texts.add_inflated(data.get(zero + 2..).unwrap_or_default());
                }
            }
            b"iTXt" => png_international(data, texts),
            _ => {}
        }
        // The checksum follows.
        rest = after.get(length.saturating_add(4)..).unwrap_or_default();
    }
}

/// Keyword, zero, whether compressed, method, language, zero, keyword again, zero, and the text.
fn png_international(data: &[u8], texts: &mut Texts) {
    texts.add_runs(data);
    let Some(zero) = memchr::memchr(0, data) else { return };
    let Some([1, _, rest @ ..]) = data.get(zero + 1..) else { return };
    let text = rest.splitn(3, |&b| b == 0).nth(2);
    texts.add_inflated(text.unwrap_or_default());
}

fn webp(bytes: &[u8], texts: &mut Texts) {
    let mut rest = bytes.get(12..).unwrap_or_default();
    while let Some((kind, after)) = rest.split_first_chunk::<4>() {
        let Some((length, after)) = after.split_first_chunk::<4>() else { return };
        let Ok(length) = usize::try_from(u32::from_le_bytes(*length)) else { return };
        let data = after.get(..length).unwrap_or(after);
        if matches!(kind, b"EXIF" | b"XMP ") {
            texts.add_runs(data);
        }
        // Chunks begin at even bytes.
        rest = after.get(length.saturating_add(length % 2)..).unwrap_or_default();
    }
}

fn pdf(bytes: &[u8], texts: &mut Texts) {
    xmp(bytes, texts);
    pdf_fields(bytes, texts);
    // Since PDF 1.5 the Info may stand in a compressed stream of objects.
    for at in memchr::memmem::find_iter(bytes, b"/ObjStm") {
        /// A dictionary of an object stream is a line.
        const DICTIONARY: usize = 1024;
        let near = &bytes[at..bytes.len().min(at + DICTIONARY)];
        let Some(stream) = find(near, b"stream") else { continue };
        let data = &bytes[at + stream + b"stream".len()..];
        let data = data.strip_prefix(b"\r\n").or_else(|| data.strip_prefix(b"\n")).unwrap_or(data);
        let objects = texts.inflated(data);
        pdf_fields(&objects, texts);
    }
}

fn pdf_fields(bytes: &[u8], texts: &mut Texts) {
    /// A field longer than this is no title.
    const FIELD: usize = 16 << 10;
    for field in PDF_FIELDS {
        for at in memchr::memmem::find_iter(bytes, field) {
            if texts.size >= MAX_TEXT {
                return;
            }
            let value = &bytes[at + field.len()..bytes.len().min(at + field.len() + FIELD)];
            let string = match value.trim_ascii_start() {
                [b'<', b'<', ..] => continue,
                [b'(', rest @ ..] => literal(rest),
                [b'<', rest @ ..] => hexadecimal(rest),
                _ => continue,
            };
            texts.add(decoded(&string));
        }
    }
}

/// The bytes of `(…)`, of which the first parenthesis was read.
fn literal(bytes: &[u8]) -> Vec<u8> {
    let (mut string, mut depth, mut rest) = (Vec::new(), 1, bytes);
    while let [b, after @ ..] = rest {
        rest = after;
        match b {
            b'(' => depth += 1,
            b')' => depth -= 1,
            b'\\' => {
                rest = after.get(1..).unwrap_or_default();
                match after.first() {
                    Some(b'0'..=b'7') => {
                        let octal = after.iter().take(3).take_while(|b| matches!(b, b'0'..=b'7'));
                        let (code, digits) =
                            octal.fold((0_u32, 0), |(code, n), b| (code * 8 + u32::from(b - b'0'), n + 1));
                        string.push(u8::try_from(code & 0xff).unwrap_or_default());
                        rest = &after[digits..];
                    }
                    Some(b'n' | b'r' | b't') => string.push(b'\n'),
                    // A line that goes on.
                    Some(b'\n' | b'\r') | None => {}
                    Some(b) => string.push(*b),
                }
                continue;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
        string.push(*b);
    }
    string
}

/// The bytes of `<…>`.
fn hexadecimal(bytes: &[u8]) -> Vec<u8> {
    let digits = bytes.iter().take_while(|&&b| b != b'>').filter_map(|&b| char::from(b).to_digit(16));
    let digits: Vec<u8> = digits.filter_map(|digit| u8::try_from(digit).ok()).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or_default()).collect()
}

/// A string of a PDF: UTF-16 or UTF-8 where it says so, else one byte a character.
fn decoded(string: &[u8]) -> String {
    match string {
        [0xfe, 0xff, wide @ ..] => {
            let units: Vec<u16> = wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xef, 0xbb, 0xbf, text @ ..] => String::from_utf8_lossy(text).into_owned(),
        bytes => bytes.iter().map(|&b| char::from(b)).collect(),
    }
}

/// The packets of XMP, which every format carries as they are.
fn xmp(bytes: &[u8], texts: &mut Texts) {
    let mut rest = bytes;
    while let Some(start) = find(rest, b"<x:xmpmeta") {
        let packet = &rest[start..];
        let Some(end) = find(packet, b"</x:xmpmeta>") else { return texts.add_runs(packet) };
        texts.add_runs(&packet[..end]);
        rest = &packet[end..];
        if texts.size >= MAX_TEXT {
            return;
        }
    }
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, needle)
}
