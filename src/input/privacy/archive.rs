//! Archives, and the documents that are archives: those of Word, Excel, PowerPoint and LibreOffice.
//!
//! The index at the end is not asked: what it does not name is in the file all the same. Each header says where its
//! data begin, and compressed data say themselves where they end.

use memchr::memmem;

use super::Reading;
use super::media::Opened;

const LOCAL: &[u8] = b"PK\x03\x04";
const LOCAL_BYTES: usize = 30;
/// More files than any attachment has.
const MOST_FILES: usize = 10_000;

/// A file of an archive, not opened yet.
struct Entry<'a> {
    name: String,
    data: &'a [u8],
    is_packed: bool,
    is_locked: bool,
}

pub fn zip(bytes: &[u8], opened: &mut Opened) {
    let entries: Vec<Entry> =
        memmem::find_iter(bytes, LOCAL).filter_map(|at| entry(bytes, at)).take(MOST_FILES + 1).collect();
    if entries.len() > MOST_FILES {
        opened.closed("ha troppi file");
    }
    let mut numbers = Reading::Technical;
    // A sheet has the numbers alone: what they are is told by the texts, which are kept apart.
    for texts in entries.iter().filter(|entry| entry.name.ends_with("sharedStrings.xml")) {
        let text = texts.content(opened);
        if has_telephones(&text) {
            numbers = Reading::Prose;
        }
    }
    for entry in entries.iter().take(MOST_FILES) {
        if entry.is_locked {
            opened.closed("contiene file cifrati");
            continue;
        }
        let content = entry.content(opened);
        opened.open_named(&entry.name, &content, |opened, content| match std::str::from_utf8(content) {
            Ok(text) if is_about(&entry.name) => opened.about(text),
            Ok(text) if entry.name.contains("/worksheets/") => opened.text(text, numbers),
            _ => opened.open(content),
        });
    }
}

impl Entry<'_> {
    fn content(&self, opened: &mut Opened) -> Vec<u8> {
        if self.is_packed { opened.inflated(self.data, false) } else { self.data.to_vec() }
    }
}

/// The parts that say who wrote a document, when, with what.
fn is_about(name: &str) -> bool {
    name.starts_with("docProps/") || name == "meta.xml"
}

fn has_telephones(texts: &[u8]) -> bool {
    let texts = String::from_utf8_lossy(texts).to_lowercase();
    ["cell", "telef", "tel.", "mobile"].iter().any(|word| texts.contains(word))
}

/// What the header at this place announces.
fn entry(bytes: &[u8], at: usize) -> Option<Entry<'_>> {
    let head = bytes.get(at..at + LOCAL_BYTES)?;
    let half = |at: usize| u16::from_le_bytes([head[at], head[at + 1]]);
    let long = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    let name_end = at + LOCAL_BYTES + usize::from(half(26));
    let name = bytes.get(at + LOCAL_BYTES..name_end)?;
    let data = bytes.get(name_end + usize::from(half(28))..)?;
    let is_packed = match half(8) {
        0 => false,
        8 => true,
        // Another way to compress, or no header at all.
        _ => return None,
    };
    // What was written without knowing its length is stored up to the next header.
    let size = match usize::try_from(long(18)).ok()? {
        0 if half(6) & 8 != 0 => memmem::find(data, b"PK").unwrap_or(data.len()),
        size => size,
    };
    let data = if is_packed { data } else { data.get(..size).unwrap_or(data) };
    Some(Entry { name: String::from_utf8_lossy(name).into_owned(), data, is_packed, is_locked: half(6) & 1 != 0 })
}

pub fn gzip(bytes: &[u8], opened: &mut Opened) {
    const HEAD: usize = 10;
    let (Some(flags), Some(mut rest)) = (bytes.get(3), bytes.get(HEAD..)) else { return };
    if flags & 4 != 0 {
        let Some((length, after)) = rest.split_first_chunk::<2>() else { return };
        rest = after.get(usize::from(u16::from_le_bytes(*length))..).unwrap_or_default();
    }
    // The name and a comment, each with a zero behind it.
    for _ in 0..(flags >> 3 & 1) + (flags >> 4 & 1) {
        let end = memchr::memchr(0, rest).map_or(rest.len(), |zero| zero + 1);
        opened.about_in(&rest[..end]);
        rest = &rest[end..];
    }
    if flags & 2 != 0 {
        rest = rest.get(2..).unwrap_or_default();
    }
    let content = opened.inflated(rest, false);
    opened.open(&content);
}
