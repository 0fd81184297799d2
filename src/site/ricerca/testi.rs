//! An entry of the search: what a result shows, and the texts whose words find it, each with its weight.

use std::borrow::Cow;
use std::ops::Deref;

use super::super::engine::inizio;
use crate::record::{Atto, Sito, Territorio};
use crate::value::{Euro, euro};

/// Bytes of an excerpt: two lines on a telephone.
const EXCERPT: usize = 56;

/// The weight of a word: one in a title counts more than one in a text, and who types a commune asks for the commune.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Peso {
    Testo = 1,
    Sommario = 2,
    Titolo = 3,
    Luogo = 0,
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
    Norma,
    Dati,
    Luogo,
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
            Tipo::Norma => "Norme",
            Tipo::Dati => "Dati aperti",
            Tipo::Luogo => "Comuni e ambiti",
        }
    }
}

/// An entry of the search.
pub struct Trovabile<'a> {
    pub tipo: Tipo,
    pub titolo: String,
    /// From the root of the site, with an anchor where it is a part of a page.
    pub indirizzo: String,
    pub estratto: String,
    pub testi: Vec<(Peso, Cow<'a, str>)>,
}

impl<'a> Trovabile<'a> {
    pub fn nuovo(tipo: Tipo, titolo: impl Into<Cow<'a, str>>, indirizzo: String) -> Self {
        let titolo = titolo.into();
        let peso = if tipo == Tipo::Luogo { Peso::Luogo } else { Peso::Titolo };
        let testi = vec![(peso, titolo.clone())];
        Trovabile { tipo, titolo: titolo.into_owned(), indirizzo, estratto: String::new(), testi }
    }

    /// Sets the excerpt: `contesto`, and the beginning of `testo` in whole words.
    pub fn estratto(self, contesto: &str, testo: &str) -> Self {
        let breve = inizio(testo, EXCERPT, str::len);
        let estratto = match (contesto, breve.as_str()) {
            ("", _) => breve,
            (_, "") => contesto.to_owned(),
            _ => format!("{contesto} · {breve}"),
        };
        Trovabile { estratto, ..self }
    }

    pub fn con<T: Into<Cow<'a, str>>>(mut self, peso: Peso, testi: impl IntoIterator<Item = T>) -> Self {
        self.testi.extend(testi.into_iter().map(|testo| (peso, testo.into())));
        self
    }

    pub fn forse(self, peso: Peso, testo: &'a Option<impl Deref<Target = str>>) -> Self {
        self.con(peso, testo.as_deref())
    }

    pub fn lista(self, testi: impl IntoIterator<Item = &'a (impl Deref<Target = str> + 'a)>) -> Self {
        self.con(Peso::Testo, testi.into_iter().map(|testo| &**testo))
    }

    /// Amounts as people write them.
    pub fn importi(self, importi: impl IntoIterator<Item = Euro>) -> Self {
        self.con(Peso::Testo, importi.into_iter().map(euro))
    }

    pub fn atti<'b>(self, atti: impl IntoIterator<Item = &'b Atto>) -> Self {
        self.con(Peso::Testo, atti.into_iter().map(Atto::cita))
    }

    /// The places that are named, and the communes of the districts among them: who types their commune finds what there
    /// is in its district.
    pub fn luogo(self, sito: &'a Sito, territorio: &'a Territorio) -> Self {
        let nominati = sito.ambiti.iter().filter(|ambito| territorio.ambiti.contains(&ambito.nome));
        let comuni = nominati.flat_map(|ambito| ambito.comuni.iter().map(|comune| &**comune));
        self.lista(territorio.ambiti.iter().chain(&territorio.comuni)).con(Peso::Testo, comuni)
    }
}
