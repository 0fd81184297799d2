//! Whole numbers as Italians write them, and the scores of a ranking.

use std::fmt;

use rust_decimal::Decimal;

/// Groups the digits of a whole number: `1234567` becomes `1.234.567`.
pub fn migliaia(cifre: &str) -> String {
    let mut gruppi = String::with_capacity(cifre.len() + cifre.len() / 3);
    for (posto, cifra) in cifre.chars().enumerate() {
        if posto > 0 && (cifre.len() - posto).is_multiple_of(3) {
            gruppi.push('.');
        }
        gruppi.push(cifra);
    }
    gruppi
}

/// The whole number that is meant where there is more than its digits: `80%`, `1.200`, `25,0`.
pub fn intero_inteso(testo: &str) -> Option<u32> {
    let nudo = testo.trim().trim_end_matches('%').trim_end();
    let nudo = nudo.strip_suffix(",0").or(nudo.strip_suffix(".0")).unwrap_or(nudo);
    let mut gruppi = nudo.split('.');
    let in_migliaia = gruppi.next()?.len() <= 3 && gruppi.all(|gruppo| gruppo.len() == 3);
    let cifre = if in_migliaia { nudo.replace('.', "") } else { nudo.to_owned() };
    cifre.parse().ok().filter(|_| cifre.bytes().all(|b| b.is_ascii_digit()))
}

/// The percentage that is meant where its part of one is written: `0,8` is 80.
pub fn percentuale_intesa(testo: &str) -> Option<u32> {
    let decimali = testo.trim().strip_prefix("0,").or_else(|| testo.trim().strip_prefix("0."))?;
    let cifre = format!("{decimali:0<2}");
    cifre.parse().ok().filter(|n| cifre.len() == 2 && *n > 0)
}

/// The points that a board gave: exact, as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Punteggio(pub Decimal);

impl Punteggio {
    pub fn parse(testo: &str) -> Result<Self, String> {
        let errore = || match testo.replace(',', ".") {
            inteso if inteso != testo && Punteggio::parse(&inteso).is_ok() => {
                format!("`{testo}` non è un punteggio: scrivilo come `{inteso}`")
            }
            _ => format!("`{testo}` non è un punteggio: scrivilo in cifre, per esempio `23.5`"),
        };
        if testo.len() > 12 || !testo.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            return Err(errore());
        }
        testo.parse().map(Punteggio).map_err(|_| errore())
    }

    /// `23,5`
    pub fn italiano(self) -> String {
        self.0.to_string().replace('.', ",")
    }
}

impl fmt::Display for Punteggio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped_from_the_right() {
        for (cifre, atteso) in [("1", "1"), ("999", "999"), ("1000", "1.000"), ("10012054", "10.012.054")] {
            assert_eq!(migliaia(cifre), atteso);
        }
    }

    #[test]
    fn a_whole_number_is_understood_behind_what_people_add() {
        for (testo, inteso) in [("80%", Some(80)), ("80 %", Some(80)), ("1.200", Some(1200)), ("25,0", Some(25))] {
            assert_eq!(intero_inteso(testo), inteso, "{testo}");
        }
        for testo in ["", "%", "0,8", "12.5", "circa 80", "-5", "1.2.3"] {
            assert_eq!(intero_inteso(testo), None, "{testo}");
        }
        assert_eq!(
            ["0,8", "0.75", "0,125", "0", "1,8", "0,0"].map(percentuale_intesa),
            [Some(80), Some(75), None, None, None, None]
        );
        assert!(Punteggio::parse("41,5").expect_err("a comma").contains("`41.5`"));
        assert!(Punteggio::parse("tanti").expect_err("a word").contains("per esempio"));
    }
}
