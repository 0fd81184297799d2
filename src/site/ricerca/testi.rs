//! What can be found: the words that a result shows, and those that lead to it, each with its weight.

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

/// The kinds in which results are grouped, in the order in which citizens look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tipo {
    Servizio,
    Progetto,
    Azione,
    Ente,
    Alleanza,
    Avviso,
    Pagina,
    Glossario,
    Storia,
}

impl Tipo {
    pub fn nome(self) -> &'static str {
        match self {
            Tipo::Servizio => "Servizi",
            Tipo::Progetto => "Progetti",
            Tipo::Azione => "Azioni dei progetti",
            Tipo::Ente => "Partner",
            Tipo::Alleanza => "Alleanze locali",
            Tipo::Avviso => "Avvisi",
            Tipo::Pagina => "Pagine",
            Tipo::Glossario => "Glossario",
            Tipo::Storia => "Storia",
        }
    }
}

/// Something to find: what a result shows, and the texts whose words lead to it.
pub struct Trovabile<'a> {
    pub tipo: Tipo,
    pub titolo: String,
    /// From the root of the site, with an anchor where it is a part of a page.
    pub indirizzo: String,
    pub estratto: String,
    pub testi: Vec<(Peso, Cow<'a, str>)>,
}

/// What records do not say is left out.
impl<'a> Trovabile<'a> {
    pub fn nuovo(tipo: Tipo, titolo: impl Into<Cow<'a, str>>, indirizzo: String) -> Self {
        let titolo = titolo.into();
        let testi = vec![(Peso::Titolo, titolo.clone())];
        Trovabile { tipo, titolo: titolo.into_owned(), indirizzo, estratto: String::new(), testi }
    }

    /// The beginning of a text, whole words, after what it belongs to.
    pub fn estratto(self, contesto: &str, testo: &str) -> Self {
        let breve = inizio(testo, EXCERPT, str::len);
        let estratto = match (contesto, breve.as_str()) {
            ("", _) => breve,
            (_, "") => contesto.to_owned(),
            _ => format!("{contesto} · {breve}"),
        };
        Trovabile { estratto, ..self }
    }

    pub fn con(mut self, peso: Peso, testi: impl IntoIterator<Item = &'a str>) -> Self {
        self.testi.extend(testi.into_iter().map(|testo| (peso, Cow::Borrowed(testo))));
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
