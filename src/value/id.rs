//! Stable identifiers: they are file names and public addresses.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// A kebab-case identifier: small letters without accents, digits, single hyphens inside.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

/// File systems stop at 255 bytes a name; an address should stay readable far below that.
const LUNGHEZZA_MASSIMA: usize = 100;

/// What is said after the text that is no identifier.
const NON_E: &str = "` non è un identificativo";

impl Id {
    pub fn parse(testo: &str) -> Result<Self, String> {
        let ammesso = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let valido = !testo.is_empty()
            && testo.len() <= LUNGHEZZA_MASSIMA
            && testo.bytes().all(ammesso)
            && !testo.starts_with('-')
            && !testo.ends_with('-')
            && !testo.contains("--");
        if valido {
            return Ok(Id(testo.into()));
        }
        Err(format!(
            "`{testo}{NON_E}: usa lettere minuscole senza accenti, cifre e trattini singoli, come `comune-albino`"
        ))
    }

    /// What was written in the place of an identifier, from a message that ends with the error of `parse`.
    pub fn scritto(messaggio: &str) -> Option<&str> {
        let (prima, _) = messaggio.split_once(NON_E)?;
        prima.rsplit_once(": `").map(|(_, scritto)| scritto)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_gives_back_what_was_written() {
        let errore = Id::parse("Comune di Alfa").expect_err("a name");
        assert_eq!(Id::scritto(&format!("`capofila`: {errore}")), Some("Comune di Alfa"));
        assert_eq!(Id::scritto("`capofila` manca"), None);
    }

    #[test]
    fn only_kebab_case_is_an_identifier() {
        for buono in ["win", "comune-albino", "2017-2018", "dgr-5464-2025"] {
            assert!(Id::parse(buono).is_ok(), "{buono}");
        }
        for cattivo in ["", "../x", "Comune", "a--b", "-a", "a-", "à", "a b", "a/b", "a.b", "con\0"] {
            assert!(Id::parse(cattivo).is_err(), "{cattivo}");
        }
        assert!(Id::parse(&"a".repeat(101)).is_err());
    }
}
