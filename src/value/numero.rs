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

/// The points that a board gave: exact, as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Punteggio(pub Decimal);

impl Punteggio {
    pub fn parse(testo: &str) -> Result<Self, String> {
        let errore = || format!("`{testo}` non è un punteggio: scrivilo come `23.5`");
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
}
