//! The contacts that a file declares public, taken from what it says as it is read.

use super::fold::{Folded, View};
use super::scan::contacts;
use super::{Datum, Personal, Reading, normal};

/// What a file allows to be published.
#[derive(Debug, Clone, Default)]
pub struct Declared {
    /// Contacts that may stand in other files too.
    pub anywhere: Vec<Box<str>>,
    /// What may stand only on the pages that are made from the file: codes of sole traders, contacts that a delivered
    /// plan declared and that need not be public any more.
    pub on_pages: Vec<Box<str>>,
}

/// A file that may declare some of its data public.
pub trait Declaring {
    /// What it declares cannot be known.
    fn is_broken(&self) -> bool;
    /// What it declared when it was written need not be public any more.
    fn is_of_the_past(&self) -> bool;
    fn each_contact(&self, visit: &mut dyn FnMut(&str));
    /// The fiscal code of every sole trader: it is that of a person, and art. 27 of D.Lgs. 33/2013 wants it published.
    fn each_sole_trader(&self, visit: &mut dyn FnMut(&str));
}

/// Takes out of `personal` what the file declares itself, and gives all that it declares.
///
/// Nearly every contact stands only where it is declared: so little is left to compare between the files.
pub fn settle(file: &impl Declaring, personal: &mut Vec<Personal>) -> Declared {
    if personal.is_empty() {
        // What is declared is found in the file too.
        return Declared::default();
    }
    if file.is_broken() {
        // What it declares is not known, and it stops the publication anyway: one cause, one message.
        let (contacts, others) = std::mem::take(personal).into_iter().partition(|personal| personal.datum.is_contact());
        *personal = others;
        let anywhere = contacts.into_iter().map(|contact: Personal| contact.normal).collect();
        return Declared { anywhere, on_pages: Vec::new() };
    }
    let mut declared: Vec<Box<str>> = Vec::new();
    let mut add = |text: &str| {
        let folded = Folded::of(text, View::Written);
        let found = contacts(&folded.text, Reading::Prose).into_iter();
        declared
            .extend(found.map(|found| normal(found.datum, folded.text.get(found.bytes).unwrap_or_default()).into()));
    };
    file.each_contact(&mut add);
    let mut of_firms: Vec<Box<str>> = Vec::new();
    file.each_sole_trader(&mut |code| of_firms.push(normal(Datum::CodiceFiscale, code).into()));
    // A list of a thousand bodies has a thousand contacts.
    declared.sort_unstable();
    personal.retain(|personal| match personal.datum {
        Datum::CodiceFiscale => !of_firms.contains(&personal.normal),
        datum => !(datum.is_contact() && declared.binary_search(&personal.normal).is_ok()),
    });
    if file.is_of_the_past() {
        of_firms.append(&mut declared);
    }
    Declared { anywhere: declared, on_pages: of_firms }
}

impl Datum {
    /// Whether declaring it makes it public.
    pub fn is_contact(self) -> bool {
        matches!(self, Datum::Email | Datum::Cellulare)
    }
}
