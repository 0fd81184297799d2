//! Personal data in texts: pure functions from text to the bytes that hold them.
//!
//! What is found has a shape and, where there is one, a checksum that holds; whether a contact was declared public
//! is not known here (see [`crate::check::riservatezza`]).

pub mod codice_fiscale;
pub mod contatti;
mod declared;
pub mod iban;
pub mod metadata;
mod scan;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use declared::settle;
pub use scan::find;

/// What kind of personal datum it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Datum {
    CodiceFiscale,
    Iban,
    Email,
    Cellulare,
}

/// What a text is: where numbers mean coordinates and serials, a bare number is no telephone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    Prose,
    Technical,
}

/// A personal datum and its bytes in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub datum: Datum,
    pub bytes: Range<usize>,
}

/// Where in a file a datum stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    Text(Range<usize>),
    /// Somewhere in it: it is no text that a message could show.
    Inside,
    Name,
    Metadata,
}

/// A datum of a file, kept with the file: the whole of it only as far as declared contacts are compared with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personal {
    pub datum: Datum,
    pub spot: Spot,
    /// As [`normal`] writes it: the same contact is the same text.
    pub normal: Box<str>,
    /// What a message may show.
    pub masked: Box<str>,
}

/// The personal data of a text of the site, in the order of their bytes.
pub fn in_text(text: &str) -> Vec<Personal> {
    personal(text, Reading::Prose, |found| Spot::Text(found.bytes.clone()))
}

/// Those of a file's path below the content folder, which becomes a public address.
pub fn in_name(relative: &str) -> Vec<Personal> {
    /// No mobile number has fewer.
    const DIGITS: usize = 9;
    let mut found = Vec::new();
    if relative.contains('@') {
        found = personal(relative, Reading::Technical, |_| Spot::Name);
        found.retain(|personal| personal.datum == Datum::Email);
    }
    // Names join words with what stands inside a number elsewhere. A fiscal code or an account ends there anyway.
    let is_long = |part: &str| part.bytes().filter(u8::is_ascii_digit).count() >= DIGITS;
    let others = if relative.split('/').any(is_long) {
        personal(&relative.replace(['_', '-', '/'], " "), Reading::Prose, |_| Spot::Name)
    } else {
        personal(relative, Reading::Technical, |_| Spot::Name)
    };
    found.extend(others.into_iter().filter(|personal| personal.datum != Datum::Email));
    found
}

/// Those of a picture or an attachment: its text, if it is one, or its metadata.
pub fn in_media(bytes: &[u8]) -> Vec<Personal> {
    let is_text = !metadata::is_known(bytes) && memchr::memchr(0, bytes).is_none();
    if let (true, Ok(text)) = (is_text, std::str::from_utf8(bytes)) {
        // Places count from behind the mark, as in a record.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        return personal(text, reading(text), |found| Spot::Text(found.bytes.clone()));
    }
    let mut found: Vec<Personal> = match bytes {
        // Tables as older programs save them: not UTF-8, so no message can show their lines.
        [0xff, 0xfe, wide @ ..] if wide.len() % 2 == 0 => {
            let units: Vec<u16> = wide.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            personal(&String::from_utf16_lossy(&units), Reading::Prose, |_| Spot::Inside)
        }
        _ if is_text => {
            let text = String::from_utf8_lossy(bytes);
            personal(&text, reading(&text), |_| Spot::Inside)
        }
        _ => metadata::texts(bytes)
            .iter()
            .flat_map(|text| personal(text, Reading::Technical, |_| Spot::Metadata))
            .collect(),
    };
    // The same words stand in EXIF, IPTC and XMP: the file is named once for each datum.
    found.sort_by(|a, b| (a.datum, &a.normal).cmp(&(b.datum, &b.normal)));
    found.dedup_by(|a, b| (a.datum, &a.normal) == (b.datum, &b.normal));
    found
}

/// How an attachment is read: drawings are full of numbers.
fn reading(text: &str) -> Reading {
    if text.trim_start().starts_with('<') { Reading::Technical } else { Reading::Prose }
}

fn personal(text: &str, reading: Reading, spot: impl Fn(&Found) -> Spot) -> Vec<Personal> {
    let describe = |found: Found| {
        let datum = text.get(found.bytes.clone()).unwrap_or_default();
        Personal {
            datum: found.datum,
            spot: spot(&found),
            normal: normal(found.datum, datum).into(),
            masked: mask(datum).into(),
        }
    };
    find(text, reading).into_iter().map(describe).collect()
}

/// A contact in one writing: addresses in lower case, numbers without spaces and without +39.
pub fn normal(datum: Datum, text: &str) -> String {
    if datum == Datum::Email {
        return text.to_lowercase();
    }
    if datum != Datum::Cellulare {
        return text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    }
    // Digits alone: the `wa.me/` of a link goes too.
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let national = digits.strip_prefix("00").unwrap_or(&digits);
    match national.strip_prefix("39") {
        Some(rest) if national.len() > 10 => rest.to_owned(),
        _ => national.to_owned(),
    }
}

/// Enough to recognise it beside the file, and no more: reports end up in logs.
fn mask(datum: &str) -> String {
    datum.chars().take(3).chain(['…']).collect()
}
