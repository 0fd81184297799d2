//! A day of which a source may tell only the month, or the year.

use std::fmt;

use jiff::civil::Date;

use super::Data;
use super::codici::ha_forma;
use super::data::MESI;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quando {
    Giorno(Data),
    /// Its first day.
    Mese(Date),
    Anno(i16),
}

impl Quando {
    pub fn parse(testo: &str) -> Result<Self, String> {
        if ha_forma(testo, "0000") {
            return testo.parse().map(Quando::Anno).map_err(|_| format!("l'anno `{testo}` non esiste"));
        }
        if ha_forma(testo, "0000-00") {
            let primo = format!("{testo}-01").parse();
            return primo.map(Quando::Mese).map_err(|_| format!("il mese `{testo}` non esiste nel calendario"));
        }
        Data::parse(testo).map(Quando::Giorno)
    }

    /// The day, where it is known.
    pub fn giorno(self) -> Option<Data> {
        match self {
            Quando::Giorno(giorno) => Some(giorno),
            Quando::Mese(_) | Quando::Anno(_) => None,
        }
    }

    /// The first day that it may be.
    pub fn primo(self) -> Data {
        match self {
            Quando::Giorno(giorno) => giorno,
            Quando::Mese(primo) => Data(primo),
            Quando::Anno(anno) => Data(Date::new(anno, 1, 1).unwrap_or(Date::MIN)),
        }
    }

    /// The last day that it may be.
    pub fn ultimo(self) -> Data {
        match self {
            Quando::Giorno(giorno) => giorno,
            Quando::Mese(primo) => Data(primo.last_of_month()),
            Quando::Anno(anno) => Data(Date::new(anno, 12, 31).unwrap_or(Date::MAX)),
        }
    }

    pub fn anno(self) -> i16 {
        self.primo().anno()
    }

    /// `15 gennaio 2019`, `gennaio 2019`, `2019`
    pub fn lungo(self) -> String {
        match self {
            Quando::Giorno(giorno) => giorno.lunga(),
            Quando::Mese(primo) => format!("{} {}", MESI[usize::from(primo.month().unsigned_abs()) - 1], primo.year()),
            Quando::Anno(anno) => anno.to_string(),
        }
    }

    /// `del 15/01/2019`, `di gennaio 2019`, `del 2019`
    pub fn del_breve(self) -> String {
        self.giorno().map_or_else(|| self.con("del"), |giorno| format!("del {}", giorno.breve()))
    }

    /// `del 15 gennaio 2019`, `di gennaio 2019`, `del 2019`
    pub fn con(self, parola: &str) -> String {
        match (self, parola) {
            (Quando::Giorno(giorno), _) => giorno.con(parola),
            (Quando::Mese(_), "del") => format!("di {}", self.lungo()),
            (Quando::Mese(_), "il") => format!("a {}", self.lungo()),
            (Quando::Anno(_), "il") => format!("nel {}", self.lungo()),
            _ => format!("{parola} {}", self.lungo()),
        }
    }
}

impl From<Data> for Quando {
    fn from(giorno: Data) -> Self {
        Quando::Giorno(giorno)
    }
}

/// As it is written: `2019-01-15`, `2019-01`, `2019`.
impl fmt::Display for Quando {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Quando::Giorno(giorno) => giorno.fmt(f),
            Quando::Mese(primo) => write!(f, "{:04}-{:02}", primo.year(), primo.month()),
            Quando::Anno(anno) => write!(f, "{anno:04}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_a_day_is_said_and_no_more() {
        for (scritto, detto, con, primo, ultimo) in [
            ("2019-02-15", "15 febbraio 2019", "del 15 febbraio 2019", "2019-02-15", "2019-02-15"),
            ("2019-02", "febbraio 2019", "di febbraio 2019", "2019-02-01", "2019-02-28"),
            ("2019", "2019", "del 2019", "2019-01-01", "2019-12-31"),
        ] {
            let quando = Quando::parse(scritto).expect(scritto);
            assert_eq!((quando.lungo().as_str(), quando.con("del").as_str()), (detto, con));
            assert_eq!((quando.primo().to_string(), quando.ultimo().to_string()), (primo.into(), ultimo.into()));
            assert_eq!(quando.to_string(), scritto);
        }
    }

    #[test]
    fn months_that_do_not_exist_are_refused() {
        for scritto in ["2019-13", "2019-00", "19", "2019-1", "gennaio 2019", "20190", ""] {
            assert!(Quando::parse(scritto).is_err(), "{scritto}");
        }
    }
}
