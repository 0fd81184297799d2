//! The texts of what can be found, each with its weight.

use std::borrow::Cow;
use std::ops::Deref;

use super::super::engine::inizio;
use crate::record::Territorio;

/// Of the text of a document, as much as two lines of a telephone show.
const EXCERPT: usize = 110;

/// How much a word says of a document: by where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Peso {
    Testo = 1,
    Sommario = 2,
    Titolo = 3,
}

/// Puts together what a document says, leaving out what records do not say.
pub struct Testi<'a>(pub Vec<(Peso, Cow<'a, str>)>);

impl<'a> Testi<'a> {
    pub fn titolo(testo: impl Into<Cow<'a, str>>) -> Self {
        Testi(vec![(Peso::Titolo, testo.into())])
    }

    pub fn con(mut self, peso: Peso, testi: impl IntoIterator<Item = &'a str>) -> Self {
        self.0.extend(testi.into_iter().map(|testo| (peso, Cow::Borrowed(testo))));
        self
    }

    pub fn forse(self, peso: Peso, testo: &'a Option<impl Deref<Target = str>>) -> Self {
        self.con(peso, testo.as_deref())
    }

    pub fn lista(self, testi: &'a [impl Deref<Target = str>]) -> Self {
        self.con(Peso::Testo, testi.iter().map(|testo| &**testo))
    }

    pub fn luogo(self, territorio: &'a Territorio) -> Self {
        self.lista(&territorio.ambiti).lista(&territorio.comuni)
    }
}

/// The beginning of a text, whole words, after what it belongs to.
pub fn estratto(contesto: &str, testo: &str) -> String {
    let breve = inizio(testo, EXCERPT, str::len);
    match (contesto, breve.as_str()) {
        ("", _) => breve,
        (_, "") => contesto.to_owned(),
        _ => format!("{contesto} · {breve}"),
    }
}
