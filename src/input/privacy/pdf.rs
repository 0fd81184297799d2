//! PDFs: what their pages and their objects say, the files in them, and what is left of them where they are broken.

use memchr::memmem;

use super::media::{Opened, utf16};
use super::{Reading, pictures};
use crate::lettura::{self, Testi};

/// The fields of the Info of a PDF (ISO 32000-1, 14.3.3).
const FIELDS: [&[u8]; 7] = [b"/Author", b"/Title", b"/Subject", b"/Keywords", b"/Creator", b"/Producer", b"/Company"];
const MARK: &[u8] = b"%PDF-";
const END: &[u8] = b"%%EOF";
/// Fewer bytes behind the end are line breaks.
const TAIL: usize = 16;

pub fn is_pdf(bytes: &[u8]) -> bool {
    start(bytes).is_some()
}

fn start(bytes: &[u8]) -> Option<usize> {
    /// Readers look for the mark this far.
    const HEAD: usize = 1024;
    memmem::find(&bytes[..bytes.len().min(HEAD)], MARK)
}

pub fn read(bytes: &[u8], opened: &mut Opened) {
    let bytes = &bytes[start(bytes).unwrap_or_default()..];
    read_as(bytes, lettura::testi(bytes), opened);
}

/// The same where somebody has read it already.
pub fn read_as(bytes: &[u8], testi: Result<Testi, String>, opened: &mut Opened) {
    // As the bytes are: what an older version of the file said is there still.
    pictures::xmp(bytes, opened);
    fields(bytes, opened);
    if let Some(end) = memmem::rfind(bytes, END) {
        let tail = &bytes[end + END.len()..];
        if tail.len() >= TAIL {
            opened.open(tail);
        }
    }
    match testi {
        Ok(testi) => {
            for pagina in &testi.pagine {
                opened.text(pagina, Reading::Prose);
            }
            opened.about(&testi.oggetti.join("\0"));
            for file in &testi.dentro {
                opened.open(file);
            }
            if let Some(why) = testi.guasto {
                opened.closed(&why);
            }
        }
        Err(why) => {
            packed_fields(bytes, opened);
            opened.closed(&why);
        }
    }
}

/// Since PDF 1.5 the Info may stand in a compressed stream of objects.
fn packed_fields(bytes: &[u8], opened: &mut Opened) {
    for at in memmem::find_iter(bytes, b"/ObjStm") {
        /// A dictionary of an object stream is a line.
        const DICTIONARY: usize = 1024;
        let near = &bytes[at..bytes.len().min(at + DICTIONARY)];
        let Some(stream) = memmem::find(near, b"stream") else { continue };
        let data = &bytes[at + stream + b"stream".len()..];
        let data = data.strip_prefix(b"\r\n").or_else(|| data.strip_prefix(b"\n")).unwrap_or(data);
        let objects = opened.inflated(data, true);
        fields(&objects, opened);
    }
}

fn fields(bytes: &[u8], opened: &mut Opened) {
    /// A field longer than this is no title.
    const FIELD: usize = 16 << 10;
    /// All of them together: a file can be made of nothing else.
    const MOST: usize = 4 << 20;
    let mut taken = 0;
    for field in FIELDS {
        for at in memmem::find_iter(bytes, field) {
            let value = &bytes[at + field.len()..bytes.len().min(at + field.len() + FIELD)];
            let string = match value.trim_ascii_start() {
                [b'<', b'<', ..] => continue,
                [b'(', rest @ ..] => literal(rest),
                [b'<', rest @ ..] => hexadecimal(rest),
                _ => continue,
            };
            taken += FIELD.min(value.len());
            opened.about(&decoded(&string));
            if taken > MOST {
                return;
            }
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
        [0xfe, 0xff, units @ ..] => utf16(units, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, text @ ..] => String::from_utf8_lossy(text).into_owned(),
        bytes => bytes.iter().map(|&b| char::from(b)).collect(),
    }
}
