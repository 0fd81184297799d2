//! What stands in a cell, and its one form in each output; and what a column holds, known from the type of its values
//! before any row is looked at.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use crate::value::quote::{Percentuale, percento};
use crate::value::{Data, Euro, Id, Punteggio, Web, migliaia};

/// The content of a cell. What nobody tells is [`Cella::Assente`]: never zero, never an empty text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cella<'a> {
    Testo(Cow<'a, str>),
    Euro(Euro),
    Numero(u64),
    Punti(Punteggio),
    Giorno(Data),
    Vero(bool),
    /// A share that is computed: `33,3 %`.
    Quota(Percentuale),
    /// A percentage that a source gives: `70 %`.
    Percento(u32),
    Assente,
}

impl Cella<'_> {
    /// As people read it; nothing where nobody tells it, which each output says in its own way.
    pub fn italiano(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Cella::Testo(testo) => Cow::Borrowed(testo),
            Cella::Euro(euro) => euro.italiano().into(),
            Cella::Numero(numero) => migliaia(&numero.to_string()).into(),
            Cella::Punti(punti) => punti.italiano().into(),
            Cella::Giorno(giorno) => giorno.breve().into(),
            Cella::Vero(vero) => Cow::Borrowed(if *vero { "sì" } else { "no" }),
            Cella::Quota(quota) => quota.to_string().into(),
            Cella::Percento(parte) => percento(*parte).into(),
            Cella::Assente => return None,
        })
    }

    /// As programs read it: figures and days in their plain form.
    pub fn dato(&self) -> Cow<'_, str> {
        match self {
            Cella::Testo(testo) => Cow::Borrowed(testo),
            Cella::Euro(euro) => euro.to_string().into(),
            Cella::Numero(numero) => numero.to_string().into(),
            Cella::Punti(punti) => punti.to_string().into(),
            Cella::Giorno(giorno) => giorno.to_string().into(),
            Cella::Vero(vero) => Cow::Borrowed(if *vero { "true" } else { "false" }),
            Cella::Quota(quota) => quota.dato().into(),
            Cella::Percento(parte) => parte.to_string().into(),
            Cella::Assente => Cow::Borrowed(""),
        }
    }

    /// As a JSON value. A figure is written digit by digit: through a float an amount would lose its cents.
    pub fn json(&self) -> Cow<'_, str> {
        match self {
            // A text has nothing that could fail.
            Cella::Testo(_) | Cella::Giorno(_) => serde_json::to_string(&self.dato()).unwrap_or_default().into(),
            Cella::Assente => Cow::Borrowed("null"),
            _ => self.dato(),
        }
    }
}

/// What templates get: the words that people read, or `none`.
impl Serialize for Cella<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.italiano().serialize(serializer)
    }
}

impl<'a, T: Into<Cella<'a>>> From<Option<T>> for Cella<'a> {
    fn from(cella: Option<T>) -> Self {
        cella.map_or(Cella::Assente, Into::into)
    }
}

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

/// What stands in a cell, of which kind a column of it is, and whether it is always there: an empty text tells nothing.
macro_rules! in_cella {
    ($($tipo:ty: $che:ident, $sempre:literal, $da:expr;)*) => {$(
        impl<'a> From<$tipo> for Cella<'a> {
            fn from(valore: $tipo) -> Self {
                $da(valore)
            }
        }

        impl<'a> Tipata<'a> for $tipo {
            const TIPO: Tipo = Tipo::$che;
            const SEMPRE: bool = $sempre;
        }
    )*};
}

in_cella! {
    Cow<'a, str>: Testo, false, |testo: Cow<'a, str>| if testo.is_empty() { Cella::Assente } else { Cella::Testo(testo) };
    &'a str: Testo, false, |testo: &'a str| Cow::Borrowed(testo).into();
    &'a String: Testo, false, |testo: &'a String| testo.as_str().into();
    String: Testo, false, |testo: String| Cow::<str>::Owned(testo).into();
    &'a Id: Codice, true, |id: &'a Id| id.as_str().into();
    &'a Web: Indirizzo, true, |indirizzo: &'a Web| indirizzo.as_str().into();
    bool: Booleano, true, Cella::Vero;
    u32: Intero, true, |numero| Cella::Numero(u64::from(numero));
    u64: Intero, true, Cella::Numero;
    usize: Intero, true, |numero| Cella::Numero(numero as u64);
    Euro: Importo, true, Cella::Euro;
    Punteggio: Numero, true, Cella::Punti;
    Percentuale: Numero, true, Cella::Quota;
    Data: Giorno, true, Cella::Giorno;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_output_has_its_own_form_of_the_same_value() {
        let euro = Cella::from(Euro::parse("1234567.5").expect("an amount"));
        assert_eq!(
            (euro.italiano().unwrap(), euro.dato(), euro.json()),
            ("1.234.567,50".into(), "1234567.50".into(), "1234567.50".into())
        );
        let punti = Cella::from(Punteggio::parse("023.50").expect("points"));
        assert_eq!((punti.italiano().unwrap(), punti.json()), ("23,50".into(), "23.50".into()));
        let giorno = Cella::from(Data::parse("2026-03-01").expect("a day"));
        assert_eq!((giorno.italiano().unwrap(), giorno.json()), ("01/03/2026".into(), "\"2026-03-01\"".into()));
        let quota = Cella::from(Percentuale::di(1, 3));
        assert_eq!((quota.italiano().unwrap(), quota.dato()), ("33,3\u{a0}%".into(), "33.3".into()));
    }

    #[test]
    fn what_nobody_tells_is_absent_and_an_empty_text_tells_nothing() {
        for cella in [Cella::from(""), Cella::from(String::new()), Cella::from(None::<Euro>)] {
            assert_eq!((cella.italiano(), cella.dato(), cella.json()), (None, "".into(), "null".into()));
        }
        assert_eq!(Cella::from(Euro::ZERO).json(), "0.00");
    }
}
