//! Civil dates and times, without a clock and without a time zone.

use std::fmt;

use jiff::Span;
use jiff::civil::{Date, DateTime, Time};

use super::codici::ha_forma;

pub const MESI: [&str; 12] = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Data(pub Date);

/// The day of a deadline, and its time where the source tells it. Two of them are compared by the first or by the last
/// moment that they may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DataOra {
    giorno: Date,
    ora: Option<Time>,
}

impl Data {
    pub fn parse(testo: &str) -> Result<Self, String> {
        let errore = || match Data::intesa(testo) {
            Some(intesa) => format!("`{testo}` non è una data: scrivila come `{intesa}` (anno-mese-giorno)"),
            None => non_intesa(testo),
        };
        if !ha_forma(testo, "0000-00-00") {
            return Err(errore());
        }
        testo.parse().map(Data).map_err(|_| format!("il giorno `{testo}` non esiste nel calendario"))
    }

    /// The day that is meant where it is written as people write days: `29/4/2026`, `29 aprile 2026`, `2026.4.29`.
    pub fn intesa(testo: &str) -> Option<Self> {
        let testo = testo.to_lowercase();
        let mut parti = testo.split(['/', '-', '.', ' ']).filter(|parte| !parte.is_empty());
        let (Some(primo), Some(mese), Some(ultimo), None) = (parti.next(), parti.next(), parti.next(), parti.next())
        else {
            return None;
        };
        let primo = primo.trim_end_matches(['°', 'º']);
        let (anno, giorno) = if primo.len() == 4 { (primo, ultimo) } else { (ultimo, primo) };
        let mese = match MESI.iter().position(|nome| *nome == mese || (mese.len() == 3 && nome.starts_with(mese))) {
            Some(posto) => i8::try_from(posto + 1).ok()?,
            None => mese.parse().ok()?,
        };
        let anno = anno.parse().ok().filter(|_| anno.len() == 4)?;
        Date::new(anno, mese, giorno.parse().ok()?).ok().map(Data)
    }

    /// `15 gennaio 2019`
    pub fn lunga(self) -> String {
        let giorno = if self.0.day() == 1 { "1°".to_owned() } else { self.0.day().to_string() };
        let mese = MESI[usize::from(self.0.month().unsigned_abs()) - 1];
        format!("{giorno} {mese} {}", self.0.year())
    }

    /// `il 15 gennaio 2019`, `l'8 aprile 2020`, `dell'11 maggio 2021`.
    pub fn con(self, parola: &str) -> String {
        let elisa = match parola {
            _ if !matches!(self.0.day(), 8 | 11) => return format!("{parola} {}", self.lunga()),
            "il" => "l'",
            "al" => "all'",
            "dal" => "dall'",
            "Dal" => "Dall'",
            _ => "dell'",
        };
        format!("{elisa}{}", self.lunga())
    }

    /// `15/01/2019`
    pub fn breve(self) -> String {
        format!("{:02}/{:02}/{:04}", self.0.day(), self.0.month(), self.0.year())
    }

    /// The same day so many years later, or earlier; a 29 February that is not there is the day before.
    pub fn fra_anni(self, anni: i16) -> Self {
        Data(self.0.saturating_add(Span::new().years(anni)))
    }

    /// So many days later.
    pub fn fra_giorni(self, giorni: u32) -> Option<Self> {
        let giorni = Span::new().try_days(giorni).ok()?;
        self.0.checked_add(giorni).ok().map(Data)
    }

    /// The last day of a year.
    pub fn fine_anno(anno: i16) -> Option<Self> {
        Date::new(anno, 12, 31).ok().map(Data)
    }

    /// What the clock of this computer says: for commands that look at the calendar, never for what is published.
    pub fn oggi() -> Self {
        Data(jiff::Zoned::now().date())
    }

    pub fn anno(self) -> i16 {
        self.0.year()
    }

    pub fn e_primo_dell_anno(self) -> bool {
        self.0.day_of_year() == 1
    }

    pub fn e_ultimo_dell_anno(self) -> bool {
        self.0.day_of_year() == self.0.days_in_year()
    }
}

/// Why nobody can tell which day is meant.
fn non_intesa(testo: &str) -> String {
    let parti: Vec<&str> = testo.split(['/', '-', '.']).map(str::trim).collect();
    let cifre = |parte: &&str| !parte.is_empty() && parte.bytes().all(|b| b.is_ascii_digit());
    if let [giorno, mese, anno] = parti[..]
        && parti.iter().all(cifre)
    {
        if giorno.len() == 4 || anno.len() == 4 {
            return format!("il giorno `{testo}` non esiste nel calendario");
        }
        if let Some(intesa) = Data::intesa(&format!("{giorno}/{mese}/20{anno}")).filter(|_| anno.len() == 2) {
            return format!("di `{testo}` non si sa il secolo: se è il 20{anno} scrivi `{intesa}`");
        }
    }
    format!("`{testo}` non è una data: scrivila con anno, mese e giorno, per esempio `2019-01-15`")
}

impl DataOra {
    pub fn giorno(self) -> Data {
        Data(self.giorno)
    }

    /// `12:00`, where the source tells it.
    pub fn ora(self) -> Option<String> {
        self.ora.map(|ora| format!("{:02}:{:02}", ora.hour(), ora.minute()))
    }

    /// The first moment that it may be.
    pub fn inizio(self) -> DateTime {
        self.giorno.to_datetime(self.ora.unwrap_or(Time::MIN))
    }

    /// The last moment that it may be.
    pub fn fine(self) -> DateTime {
        self.giorno.to_datetime(self.ora.unwrap_or(Time::MAX))
    }

    /// Whether it lies between two others; without a time one may not know.
    pub fn fra(self, dal: Self, al: Self) -> Option<bool> {
        let (dal, al) = (dal.inizio(), al.fine());
        if dal <= self.inizio() && self.fine() <= al {
            return Some(true);
        }
        (self.fine() < dal || al < self.inizio()).then_some(false)
    }

    pub fn parse(testo: &str) -> Result<Self, String> {
        let errore = || {
            let momento = DataOra::intesa(testo).map(|inteso| inteso.inizio().strftime("%F %R").to_string());
            let giorno = || Data::intesa(testo).map(|giorno| format!("{giorno} 12:00"));
            match momento.or_else(giorno) {
                Some(come) => format!("`{testo}` non è una data con l'ora: scrivila come `{come}`"),
                None => format!(
                    "`{testo}` non è un giorno: scrivilo tutto, per esempio `2022-05-04`, o con l'ora `2022-05-04 12:00`"
                ),
            }
        };
        let (giorno, ora) = match testo.split_once([' ', 'T']) {
            Some((giorno, ora)) => (giorno, Some(ora)),
            None => (testo, None),
        };
        // A day that no calendar has says more than the form of the whole.
        let well_formed = giorno.len() == 10 && DataOra::intesa(testo).is_none();
        let Data(giorno) = Data::parse(giorno).map_err(|why| if well_formed { why } else { errore() })?;
        let Some(ora) = ora else { return Ok(DataOra { giorno, ora: None }) };
        if !ha_forma(ora, "00:00") {
            return Err(errore());
        }
        let ora: Time = ora.parse().map_err(|_| format!("l'ora di `{testo}` non esiste"))?;
        Ok(DataOra { giorno, ora: Some(ora) })
    }

    /// The moment that is meant where it is written as people write it: `4 maggio 2022, ore 12.00`.
    pub fn intesa(testo: &str) -> Option<Self> {
        let (giorno, ora) = testo.trim().rsplit_once(' ')?;
        // A number alone is a time where the word before it says so.
        let intera = giorno.ends_with(" ore") || giorno.ends_with(" alle");
        let (ore, minuti) = ora.split_once([':', '.']).or_else(|| intera.then_some((ora, "00")))?;
        if minuti.len() != 2 {
            return None;
        }
        let giorno = giorno.trim_end_matches(" ore").trim_end_matches(" alle").trim_end_matches([',', ' ']);
        let Data(giorno) = Data::parse(giorno).ok().or_else(|| Data::intesa(giorno))?;
        Some(DataOra { giorno, ora: Some(Time::new(ore.parse().ok()?, minuti.parse().ok()?, 0, 0).ok()?) })
    }

    /// `dal 4 maggio 2022, ore 12:00`
    pub fn con(self, parola: &str) -> String {
        self.con_l_ora(self.giorno().con(parola))
    }

    /// `4 maggio 2022, ore 12:00`
    pub fn lunga(self) -> String {
        self.con_l_ora(self.giorno().lunga())
    }

    fn con_l_ora(self, giorno: String) -> String {
        self.ora.map_or(giorno.clone(), |ora| format!("{giorno}, ore {:02}:{:02}", ora.hour(), ora.minute()))
    }
}

impl fmt::Display for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// The form of `<time datetime>`: `2022-05-04T12:00`.
impl fmt::Display for DataOra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.giorno)?;
        self.ora.map_or(Ok(()), |ora| write!(f, "T{:02}:{:02}", ora.hour(), ora.minute()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_the_day_that_is_meant() {
        for scritto in ["29/4/2026", "29 aprile 2026", "29-04-2026", "2026/4/29", "29 apr 2026", "29° Aprile 2026"] {
            let errore = Data::parse(scritto).expect_err(scritto);
            assert!(errore.contains("come `2026-04-29`"), "{errore}");
        }
        for (scritto, atteso) in [
            ("29/4/26", "il secolo: se è il 2026 scrivi `2026-04-29`"),
            ("31/4/2026", "il giorno `31/4/2026` non esiste"),
            ("31/4/26", "per esempio `2019-01-15`"),
            ("aprile 2026", "per esempio `2019-01-15`"),
            ("29 aprile", "per esempio `2019-01-15`"),
            ("presto", "per esempio `2019-01-15`"),
        ] {
            let errore = Data::parse(scritto).expect_err(scritto);
            assert!(errore.contains(atteso), "{errore}");
        }
        for scritto in
            ["15/01/2026 ore 12", "15/1/2026 12:00", "15 gennaio 2026 ore 12", "15 gennaio 2026, alle ore 12"]
        {
            let errore = DataOra::parse(scritto).expect_err(scritto);
            assert!(errore.contains("come `2026-01-15 12:00`"), "{errore}");
        }
        assert_eq!(DataOra::intesa("15 gennaio 2026 12"), None);
        let mese = DataOra::parse("marzo 2026").expect_err("a month");
        assert!(mese.contains("non è un giorno") && mese.contains("per esempio `2022-05-04`"), "{mese}");
        for scritto in ["4 maggio 2022, ore 9.30", "4/5/2022 09:30", "4 maggio 2022 alle ore 09:30"] {
            let errore = DataOra::parse(scritto).expect_err(scritto);
            assert!(errore.contains("come `2022-05-04 09:30`"), "{errore}");
        }
    }

    #[test]
    fn dates_are_written_in_italian() {
        let data = Data::parse("2019-01-15").unwrap();
        assert_eq!((data.lunga().as_str(), data.breve().as_str()), ("15 gennaio 2019", "15/01/2019"));
        let con = |giorno: &str, parola| Data::parse(giorno).expect("a day").con(parola);
        assert_eq!(con("2019-01-15", "il"), "il 15 gennaio 2019");
        assert_eq!(con("2020-04-08", "il"), "l'8 aprile 2020");
        assert_eq!(con("2019-11-11", "del"), "dell'11 novembre 2019");
        assert_eq!(con("2019-11-11", "Dal"), "Dall'11 novembre 2019");
        assert_eq!(Data::parse("2017-07-01").unwrap().lunga(), "1° luglio 2017");
        let scadenza = DataOra::parse("2022-05-04 12:00").unwrap();
        assert_eq!(
            (scadenza.lunga(), scadenza.to_string()),
            ("4 maggio 2022, ore 12:00".into(), "2022-05-04T12:00".into())
        );
        let giorno = DataOra::parse("2022-05-04").unwrap();
        assert_eq!((giorno.con("al"), giorno.to_string()), ("al 4 maggio 2022".into(), "2022-05-04".into()));
    }

    #[test]
    fn of_a_day_without_a_time_one_may_not_know_what_comes_first() {
        let momento = |testo| DataOra::parse(testo).expect("a moment");
        let (dal, al) = (momento("2022-05-02 09:00"), momento("2022-05-04 12:00"));
        let fra = |testo, dal, al| momento(testo).fra(dal, al);
        assert_eq!(fra("2022-05-04 12:00", dal, al), Some(true));
        assert_eq!(fra("2022-05-04 12:01", dal, al), Some(false));
        assert_eq!(fra("2022-05-03", dal, al), Some(true));
        assert_eq!(fra("2022-05-04", dal, al), None);
        assert_eq!(fra("2022-05-05", dal, al), Some(false));
        assert_eq!(fra("2022-05-04 23:00", momento("2022-05-04"), momento("2022-05-04")), Some(true));
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for scritta in
            ["2019-02-29", "2019-13-01", "15/01/2019", "2019-1-5", "2019-01-15T00", "", "٢٠١٩-٠١-١٥", "-019-01-01"]
        {
            assert!(Data::parse(scritta).is_err(), "{scritta}");
        }
    }
}
