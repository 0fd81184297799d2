//! What a column holds, known from the type of its values before any row is looked at.

use std::borrow::Cow;

use super::Cella;
use crate::value::quote::Percentuale;
use crate::value::{Data, Euro, Id, Punteggio, Web};

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
    pub fn parola(self) -> &'static str {
        match self {
            Tipo::Testo => "testo",
            Tipo::Codice => "codice",
            Tipo::Indirizzo => "indirizzo",
            Tipo::Intero => "intero",
            Tipo::Importo => "importo",
            Tipo::Numero => "numero",
            Tipo::Giorno => "giorno",
            Tipo::Booleano => "booleano",
        }
    }

    /// How it is written in CSV and JSON.
    pub fn forma(self) -> &'static str {
        match self {
            Tipo::Testo => "parole",
            Tipo::Codice => "testo da confrontare com'è, zeri iniziali compresi",
            Tipo::Indirizzo => "indirizzo web per intero",
            Tipo::Intero => "numero intero, senza separatori",
            Tipo::Importo => "euro, con il punto e due decimali",
            Tipo::Numero => "numero, con il punto per i decimali",
            Tipo::Giorno => "anno-mese-giorno",
            Tipo::Booleano => "true o false",
        }
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

macro_rules! tipata {
    ($($tipo:ty: $che:ident, $sempre:literal;)*) => {$(
        impl<'a> Tipata<'a> for $tipo {
            const TIPO: Tipo = Tipo::$che;
            const SEMPRE: bool = $sempre;
        }
    )*};
}

tipata! {
    Cow<'a, str>: Testo, false;
    &'a str: Testo, false;
    &'a String: Testo, false;
    String: Testo, false;
    &'a Id: Codice, true;
    &'a Web: Indirizzo, true;
    bool: Booleano, true;
    u32: Intero, true;
    u64: Intero, true;
    usize: Intero, true;
    Euro: Importo, true;
    Punteggio: Numero, true;
    Percentuale: Numero, true;
    Data: Giorno, true;
}
