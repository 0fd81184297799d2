//! Telephone numbers, as an office gives them.

use super::{accorciato, testuale};

/// `035 123456`, or several: `035 123456 / 800 123456`. Behind each an extension, `int. 12`, and in brackets what it is:
/// `(centralino)`. Sentences and hours have fields of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telefoni(String);

testuale!(Telefoni);

/// The longest number that exists, with its country.
const LUNGO: usize = 15;
/// The shortest of a subscriber, with its prefix.
const CORTO: usize = 6;
/// Services answer under numbers like `112`, `1522`, `45500`.
const DI_SERVIZIO: usize = 3;
/// The shortest of a subscriber with its country before it.
const CON_PAESE: usize = 8;
/// So many letters say what a number is.
const NOTA: usize = 40;
/// What parts the digits of a number.
const SEGNI: &str = " .-/()\u{a0}";

impl Telefoni {
    pub fn parse(testo: &str) -> Result<Self, String> {
        match numeri(testo).find(|(_, chiamata)| chiamata.is_none()) {
            None => Ok(Telefoni(testo.to_owned())),
            Some((corto, _)) if e_corto(corto) => {
                Err(format!("`{corto}` è troppo corto per un numero di telefono: scrivilo intero, con il prefisso"))
            }
            Some((detto, _)) => Err(format!(
                "`{}` non è un numero di telefono: scrivilo come `035 123456`, o `035 123456 int. 12`; se sono più d'uno, \
                 dividili con ` / `; quando si risponde va in `orari`",
                accorciato(detto, NOTA)
            )),
        }
    }
}

/// Whether nothing is wrong with a number but that it ends too early.
fn e_corto(detto: &str) -> bool {
    let cifre = detto.chars().filter(char::is_ascii_digit).count();
    cifre > 0 && cifre < CON_PAESE && detto.chars().all(|c| c.is_ascii_digit() || c == '+' || SEGNI.contains(c))
}

/// Each number as it is written, and what a telephone dials; nothing where that cannot be told.
pub fn numeri(testo: &str) -> impl Iterator<Item = (&str, Option<String>)> {
    let parti = testo.split(" / ").flat_map(|parte| parte.split([',', ';', '\n']));
    parti.map(str::trim).map(|parte| (parte, chiamata(parte)))
}

/// The digits of a number, if nothing else stands there but its extension and what it is.
fn chiamata(parte: &str) -> Option<String> {
    let e_nota = |nota: &str| nota.chars().any(char::is_alphabetic) && nota.chars().count() <= NOTA;
    let nota = parte.strip_suffix(')').and_then(|parte| parte.rsplit_once('(')).filter(|(_, nota)| e_nota(nota));
    let senza_nota = nota.map_or(parte, |(numero, _)| numero).trim();
    let (numero, interno) = senza_nota.split_once("int").unwrap_or((senza_nota, "0"));
    let interno = interno.strip_prefix("erno").or(interno.strip_prefix('.')).unwrap_or(interno).trim();
    let numero = numero.trim();
    let (paese, cifre) = numero.strip_prefix('+').map_or(("", numero), |cifre| ("+", cifre));
    let solo_cifre = |testo: &str| !testo.is_empty() && testo.bytes().all(|b| b.is_ascii_digit());
    if !solo_cifre(interno) || !cifre.chars().all(|c| c.is_ascii_digit() || SEGNI.contains(c)) {
        return None;
    }
    let cifre: String = cifre.chars().filter(char::is_ascii_digit).collect();
    let shortest = match cifre.as_bytes().first() {
        _ if !paese.is_empty() => CON_PAESE,
        Some(b'1' | b'4') => DI_SERVIZIO,
        _ => CORTO,
    };
    (shortest..=LUNGO).contains(&cifre.len()).then(|| format!("{paese}{cifre}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_is_dialled_by_itself() {
        let dialled = |testo: &str| -> Vec<String> { numeri(testo).filter_map(|(_, chiamata)| chiamata).collect() };
        assert_eq!(dialled("035 123456"), ["035123456"]);
        assert_eq!(dialled("035 123456 / 340 1234567"), ["035123456", "3401234567"]);
        assert_eq!(dialled("+39 035.12.34.56; 800-123456"), ["+39035123456", "800123456"]);
        assert_eq!(dialled("035/123456, 035 (654321) int. 12 (centralino)"), ["035123456", "035654321"]);
    }

    #[test]
    fn what_nobody_can_dial_is_no_number() {
        for good in [
            "112",
            "1522",
            "803 116",
            "+39 035 123456",
            "035 123456 (dalle 9 alle 12)",
            "035 123456 / 340 1234567",
            "(035) 123456 interno 7",
        ] {
            assert!(Telefoni::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "in portineria",
            "12",
            "035 12",
            "800 12",
            "+39 035 12",
            "035 123456 / ",
            "035 123456 035 654321",
            "035 1234 / sì",
            "Chiamare lo 035 123456 al mattino",
            "035 123456 dalle 9",
            "035 123456 int.",
            "035 123456 (anche in tutte le altre ore del giorno e della notte)",
        ] {
            assert!(Telefoni::parse(bad).is_err(), "{bad}");
        }
    }
}
