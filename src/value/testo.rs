//! Texts in Markdown.

use std::ops::Range;

use super::{Rifiuto, testuale};
use crate::markdown;

/// A text whose links lead to pages, to mail or to a telephone, and to nothing that a browser would run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Testo(String);

testuale!(Testo);

impl Testo {
    pub fn parse(testo: &str) -> Result<Self, Rifiuto> {
        match Testo::rifiuti(testo).next() {
            Some((rifiuto, _)) => Err(rifiuto),
            None => Ok(Testo(testo.to_owned())),
        }
    }

    /// Every link that cannot be published, and where it is.
    pub fn rifiuti(testo: &str) -> impl Iterator<Item = (Rifiuto, Range<usize>)> {
        markdown::refused_links(testo).into_iter().map(|(meta, dove)| {
            let messaggio = format!("il collegamento a `{meta}` non è ammesso");
            let aiuto =
                "si può collegare a `https://…`, `http://…`, `mailto:…`, `tel:…` o a una pagina del sito".to_owned();
            (Rifiuto { messaggio, aiuto }, dove)
        })
    }
}
