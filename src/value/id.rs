//! Stable identifiers: they are file names and public addresses.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// A kebab-case identifier: small letters without accents, digits, single hyphens inside.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

/// File systems stop at 255 bytes a name; an address should stay readable far below that.
const LUNGHEZZA_MASSIMA: usize = 100;

/// Why a text is not an identifier, and what it could be instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdError {
    testo: String,
}

impl Id {
    pub fn parse(testo: &str) -> Result<Self, IdError> {
        let ammesso = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let valido = !testo.is_empty()
            && testo.len() <= LUNGHEZZA_MASSIMA
            && testo.bytes().all(ammesso)
            && !testo.starts_with('-')
            && !testo.ends_with('-')
            && !testo.contains("--");
        if valido { Ok(Id(testo.into())) } else { Err(IdError { testo: testo.to_owned() }) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl IdError {
    const DICE: &str = "` non è un identificativo";

    /// What was written in the place of an identifier, from a message that ends with this error.
    pub fn scritto(messaggio: &str) -> Option<&str> {
        let (prima, _) = messaggio.split_once(IdError::DICE)?;
        prima.rsplit_once(": `").map(|(_, scritto)| scritto)
    }
}

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}{}: usa lettere minuscole senza accenti, cifre e trattini singoli, come `comune-albino`",
            self.testo,
            IdError::DICE
        )
    }
}

impl std::error::Error for IdError {}

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
        let errore = Id::parse("Comune di Alfa").expect_err("a name").to_string();
        assert_eq!(IdError::scritto(&format!("`capofila`: {errore}")), Some("Comune di Alfa"));
        assert_eq!(IdError::scritto("`capofila` manca"), None);
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
