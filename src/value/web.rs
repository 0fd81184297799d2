//! Addresses outside of the site: no other text of a record becomes the target of a link.

use super::posta::e_di_posta;
use super::{accorciato, testuale};
use crate::report::{Diagnostic, Rule};

pub const RULES: &[Rule] = &[Rule::new("C-16", "indirizzi e collegamenti sono di un tipo sicuro")
    .why("un collegamento può far partire un programma nel browser di chi legge")
    .example("un collegamento che comincia con `javascript:`")];

/// Why an address, or a link in a text, is not published: rule C-16, whoever finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rifiuto {
    pub(super) messaggio: String,
    pub(super) aiuto: String,
}

impl Rifiuto {
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::error("C-16", &self.messaggio).help(&self.aiuto)
    }
}

impl std::fmt::Display for Rifiuto {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.messaggio)
    }
}

fn rifiuto(scritto: &str, che_cosa: &str, aiuto: &str) -> Rifiuto {
    const MOSTRATI: usize = 80;
    let messaggio = format!("`{}` non è {che_cosa}", accorciato(scritto, MOSTRATI));
    Rifiuto { messaggio, aiuto: aiuto.to_owned() }
}

/// `https://www.ats-bg.it/piani`: http or https, a host, and nothing that could break out of an attribute.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Web(String);

testuale!(Web);

impl Web {
    pub fn parse(testo: &str) -> Result<Self, Rifiuto> {
        if is_web_address(testo) {
            return Ok(Web(testo.to_owned()));
        }
        Err(rifiuto(testo, "un indirizzo web", "comincia con `https://` o `http://` e non ha spazi"))
    }
}

/// Where people can write: a web address, or one of e-mail with or without `mailto:`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recapito(String);

testuale!(Recapito);

impl Recapito {
    pub fn parse(testo: &str) -> Result<Self, Rifiuto> {
        let posta = testo.strip_prefix("mailto:").unwrap_or(testo);
        let (casella, resto) = posta.split_once('?').unwrap_or((posta, ""));
        if is_web_address(testo) || (e_di_posta(casella) && !breaks_out(resto)) {
            return Ok(Recapito(testo.to_owned()));
        }
        let aiuto = "è un indirizzo di posta come `ufficio@ente.it`, o di una pagina che comincia con `https://`";
        Err(rifiuto(testo, "un indirizzo di posta o web", aiuto))
    }
}

/// Whether a text is an address that browsers open as what it looks like.
pub fn is_web_address(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        // A name before an `@` is not where the address leads, and letters that nobody sees make it look like another.
        let is_host = |c: char| c.is_alphanumeric() || "-._:[]".contains(c);
        !host.is_empty() && host.chars().all(is_host) && !breaks_out(rest)
    })
}

fn breaks_out(text: &str) -> bool {
    text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses_have_a_host_and_no_surprises() {
        for good in ["https://www.ats-bg.it/piani", "http://a.it:8080/?q=è#x", "https://[::1]/", "https://città.it"] {
            assert!(Web::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "javascript:alert(1)",
            " https://a.it",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "//a.it",
            "/a",
            "www.a.it",
            "https://",
            "https:///a",
            "https://a b",
            "https://a.it/\u{a0}b",
            "http://a@b",
            "ftp://a",
            "https://a\"b",
            "https://a.it\\b",
            "https://a\u{200b}.it",
            "mailto:a@b.it",
        ] {
            assert!(Web::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn people_can_be_written_to_by_mail_or_on_a_page() {
        for good in ["a.b@ente.it", "mailto:a@ente.it", "mailto:a@ente.it?cc=b@ente.it", "https://a.it/scrivi"] {
            assert!(Recapito::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "ufficio",
            "javascript:alert(1)",
            "javascript:a@b.it",
            "a@b@c",
            "a@b..it",
            "a@b.it?\" x",
            "mailto:",
            "//a@b",
        ] {
            assert!(Recapito::parse(bad).is_err(), "{bad}");
        }
    }
}
