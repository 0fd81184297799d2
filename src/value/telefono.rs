//! Telephone numbers, as an office gives them.

use super::testuale;

/// `035 123456`, or several: `035 123456 / 800 123456`. Around each there may be words: `centralino`, `int. 12`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telefoni(String);

testuale!(Telefoni);

/// From a short number to the longest that exists, with its country.
const CIFRE: std::ops::RangeInclusive<usize> = 3..=15;

impl Telefoni {
    pub fn parse(testo: &str) -> Result<Self, String> {
        match numeri(testo).find(|(_, chiamata)| chiamata.is_none()) {
            None => Ok(Telefoni(testo.to_owned())),
            Some((detto, _)) => Err(format!(
                "`{detto}` non è un numero di telefono: scrivilo come `035 123456`; se sono più d'uno, dividili con ` / `"
            )),
        }
    }
}

/// Each number as it is written, and what a telephone dials; nothing where that cannot be told.
pub fn numeri(testo: &str) -> impl Iterator<Item = (&str, Option<String>)> {
    let parti = testo.split(" / ").flat_map(|parte| parte.split([',', ';', '\n']));
    parti.map(str::trim).map(|parte| (parte, chiamata(parte)))
}

/// The first run of digits, with the signs that part them.
fn chiamata(parte: &str) -> Option<String> {
    let inizio = parte.find(|c: char| c == '+' || c.is_ascii_digit())?;
    let fine = parte[inizio..].find(|c: char| !c.is_ascii_digit() && !"+ .-/()\u{a0}".contains(c));
    let numero = &parte[inizio..fine.map_or(parte.len(), |fine| inizio + fine)];
    let cifre: String = numero.chars().filter(char::is_ascii_digit).collect();
    CIFRE.contains(&cifre.len()).then(|| if numero.starts_with('+') { format!("+{cifre}") } else { cifre })
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
        assert_eq!(dialled("035/123456, centralino 035 (654321) int. 12"), ["035123456", "035654321"]);
    }

    #[test]
    fn what_nobody_can_dial_is_no_number() {
        for good in ["112", "035 123456 (dalle 9 alle 12)", "035 123456 / 340 1234567"] {
            assert!(Telefoni::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "in portineria", "12", "035 123456 / ", "035 123456 035 654321", "035 1234 / sì"] {
            assert!(Telefoni::parse(bad).is_err(), "{bad}");
        }
    }
}
