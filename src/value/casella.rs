//! A square of a schematic map.

use std::fmt;

/// Column and row, from zero, written as in a spreadsheet: `B3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Casella {
    pub riga: u8,
    pub colonna: u8,
}

/// A map wider or higher than this is no longer read at a glance.
const COLONNE: u8 = 8;
const RIGHE: u8 = 12;

impl Casella {
    pub fn parse(testo: &str) -> Result<Self, String> {
        let errore =
            || format!("`{testo}` non è una casella: scrivi la colonna da A a H e la riga da 1 a {RIGHE}, come `B3`");
        let mut lettere = testo.chars();
        let colonna = lettere.next().map(|c| c.to_ascii_uppercase()).filter(char::is_ascii_uppercase);
        let colonna = colonna.and_then(|c| u8::try_from(c).ok()).map(|c| c - b'A').filter(|&c| c < COLONNE);
        let cifre = lettere.as_str();
        let riga = cifre.parse::<u8>().ok().filter(|riga| (1..=RIGHE).contains(riga) && !cifre.starts_with(['+', '0']));
        match (colonna, riga) {
            (Some(colonna), Some(riga)) => Ok(Casella { riga: riga - 1, colonna }),
            _ => Err(errore()),
        }
    }
}

impl fmt::Display for Casella {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", char::from(b'A' + self.colonna), self.riga + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_letters_and_rows_are_numbers() {
        assert_eq!(Casella::parse("A1"), Ok(Casella { riga: 0, colonna: 0 }));
        assert_eq!(Casella::parse("h12").map(|casella| casella.to_string()), Ok("H12".into()));
        for wrong in ["", "A", "1", "A0", "A13", "I1", "AA1", "A+1", "A01", "è1", "A1 "] {
            assert!(Casella::parse(wrong).is_err(), "{wrong}");
        }
    }
}
