//! What a column holds, known from the type of its values before any row is looked at.

use std::borrow::Cow;

use super::Cella;

/// The kinds of value that data have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tipo {
    Testo,
    /// A name that programs compare: figures in it are no number, and zeros in front count.
    Codice,
    Indirizzo,
    Intero,
    Importo,
    Numero,
    Giorno,
    Booleano,
}

impl Tipo {
    /// What it is called, and how it is written in CSV and JSON.
    fn detto(self) -> (&'static str, &'static str) {
        match self {
            Tipo::Testo => ("testo", "parole"),
            Tipo::Codice => ("codice", "testo da confrontare com'è, zeri iniziali compresi"),
            Tipo::Indirizzo => ("indirizzo", "indirizzo web per intero"),
            Tipo::Intero => ("intero", "numero intero, senza separatori"),
            Tipo::Importo => ("importo", "euro, con il punto e due decimali"),
            Tipo::Numero => ("numero", "numero, con il punto per i decimali"),
            Tipo::Giorno => ("giorno", "anno-mese-giorno"),
            Tipo::Booleano => ("booleano", "true o false"),
        }
    }

    pub fn parola(self) -> &'static str {
        self.detto().0
    }

    pub fn forma(self) -> &'static str {
        self.detto().1
    }

    pub fn e_cifra(self) -> bool {
        matches!(self, Tipo::Intero | Tipo::Importo | Tipo::Numero)
    }
}

/// A value that can stand in a column: its type says what the column holds, and whether a cell can be empty.
pub trait Tipata<'a>: Into<Cella<'a>> {
    const TIPO: Tipo;
    const SEMPRE: bool = true;
}

impl<'a, T: Tipata<'a>> Tipata<'a> for Option<T> {
    const TIPO: Tipo = T::TIPO;
    const SEMPRE: bool = false;
}

/// A text that is a code: no word, and never a figure.
pub struct Codice<T>(pub T);

impl<'a, T: Into<Cow<'a, str>>> From<Codice<T>> for Cella<'a> {
    fn from(codice: Codice<T>) -> Self {
        Cella::from(codice.0.into())
    }
}

impl<'a, T: Into<Cow<'a, str>>> Tipata<'a> for Codice<T> {
    const TIPO: Tipo = Tipo::Codice;
    // An empty text tells nothing.
    const SEMPRE: bool = false;
}
