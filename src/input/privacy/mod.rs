//! Personal data in whatever is published: texts, pages, documents, pictures, archives.
//!
//! A reader opens a file and gives texts ([`media`]); [`fold`] makes of a text what whoever reads it gets; [`find`] looks
//! for the data in that, with the checksums that they have. Whether a contact was declared public is not known here (see
//! [`crate::check::riservatezza`]). Names of persons, landlines and numbers of identity cards are not looked for: nothing
//! in them tells a person's from a body's.

mod archive;
pub mod codice_fiscale;
pub mod contatti;
mod fold;
mod gaps;
pub mod iban;
mod mail;
mod markup;
pub mod media;
mod pdf;
mod pictures;
mod place;
mod scan;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use media::{in_media, in_pdf};
pub use pdf::is_pdf;
pub use scan::find;

use fold::{Folded, View};

/// What kind of personal datum it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Datum {
    CodiceFiscale,
    Iban,
    Email,
    Cellulare,
    /// Where a picture was taken.
    Luogo,
    /// No datum: a part that could not be opened, where there may be any.
    Chiuso,
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
    /// In a file that it holds.
    Within(Box<str>),
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

/// A text without what hides signs in it: references, escapes, characters that do not show.
pub fn plain(text: &str) -> String {
    Folded::of(text, View::Written).text.into_owned()
}

/// The personal data of a text of the site, in the order of their bytes.
pub fn in_text(text: &str) -> Vec<Personal> {
    of_text(text, View::Written, Reading::Prose)
}

/// Those of a text that programs read too, such as a drawing or a script.
pub fn in_source(text: &str) -> Vec<Personal> {
    of_text(text, View::Written, Reading::Technical)
}

/// Those of a text as it is published, made from others that were searched: what hid in them was undone there.
pub fn in_product(text: &str) -> Vec<Personal> {
    of_text(text, View::Bytes, Reading::Technical)
}

/// What is written in a text, and what shows of it: there the numbers are those of the words, whatever is around them.
fn of_text(text: &str, view: View, written: Reading) -> Vec<Personal> {
    let place = |source| Spot::Text(source);
    let mut found = personal(text, view, written, place);
    if memchr::memchr(b'<', text.as_bytes()).is_some() || memchr::memmem::find(text.as_bytes(), b"](").is_some() {
        for other in personal(text, View::Shown, Reading::Prose, place) {
            if !found.iter().any(|known| known.datum == other.datum && overlap(&known.spot, &other.spot)) {
                found.push(other);
            }
        }
        found.sort_by_key(|personal| match &personal.spot {
            Spot::Text(bytes) => (bytes.start, bytes.end),
            _ => (0, 0),
        });
    }
    found
}

fn overlap(a: &Spot, b: &Spot) -> bool {
    matches!((a, b), (Spot::Text(a), Spot::Text(b)) if a.start < b.end && b.start < a.end)
}

/// Those of a file's path below the content folder, which becomes a public address.
pub fn in_name(relative: &str) -> Vec<Personal> {
    /// No mobile number has fewer.
    const DIGITS: usize = 9;
    let name = |_| Spot::Name;
    let mut found = Vec::new();
    if relative.contains('@') {
        found = personal(relative, View::Written, Reading::Technical, name);
        found.retain(|personal| personal.datum == Datum::Email);
    }
    // Names join words with what stands inside a number elsewhere. A fiscal code or an account ends there anyway.
    let is_long = |part: &str| part.bytes().filter(u8::is_ascii_digit).count() >= DIGITS;
    let others = if relative.split('/').any(is_long) {
        personal(&relative.replace(['_', '-', '/'], " "), View::Written, Reading::Prose, name)
    } else {
        personal(relative, View::Written, Reading::Technical, name)
    };
    found.extend(others.into_iter().filter(|personal| personal.datum != Datum::Email));
    found
}

fn personal(text: &str, view: View, reading: Reading, spot: impl Fn(Range<usize>) -> Spot) -> Vec<Personal> {
    let folded = Folded::of(text, view);
    let describe = |found: Found| {
        let datum = folded.text.get(found.bytes.clone()).unwrap_or_default();
        Personal {
            datum: found.datum,
            spot: spot(folded.source(&found.bytes)),
            normal: normal(found.datum, datum).into(),
            masked: mask(datum).into(),
        }
    };
    find(&folded.text, reading).into_iter().map(describe).collect()
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

/// The contacts that a text declares, as [`normal`] writes them.
pub fn contacts(text: &str) -> Vec<Box<str>> {
    let folded = Folded::of(text, View::Written);
    let found = scan::contacts(&folded.text, Reading::Prose).into_iter();
    found.map(|found| normal(found.datum, folded.text.get(found.bytes).unwrap_or_default()).into()).collect()
}

impl Datum {
    /// Whether declaring it makes it public.
    pub fn is_contact(self) -> bool {
        matches!(self, Datum::Email | Datum::Cellulare)
    }
}

/// Enough to recognise it beside the file, and no more: reports end up in logs.
fn mask(datum: &str) -> String {
    datum.chars().take(3).chain(['…']).collect()
}
