//! Exact money. Never a float, at most two decimals, no exponent.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

use rust_decimal::{Decimal, RoundingStrategy};

use super::numero::migliaia;

/// A space that does not break: amount and sign, figure and unit stay together.
pub const NBSP: char = '\u{a0}';

/// An amount in euro, exact to the cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Euro(Decimal);

/// Above this no plan of these calls can be, and sums of any number of records stay exact.
const MASSIMO: i64 = 1_000_000_000_000;

impl Euro {
    pub const ZERO: Euro = Euro(Decimal::ZERO);

    /// Reads an amount as records write it: digits, optionally a point and one or two decimals.
    pub fn parse(testo: &str) -> Result<Self, String> {
        let cifre = testo.strip_prefix('-').unwrap_or(testo);
        let (intero, decimali) = cifre.split_once('.').unwrap_or((cifre, "00"));
        let solo_cifre = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if testo.trim_end().ends_with('%') {
            return Err(format!("`{testo}` non è un importo: scrivi l'importo, non la percentuale"));
        }
        if !solo_cifre(intero) || !solo_cifre(decimali) {
            return Err(match Euro::inteso(testo).or_else(|| Euro::indovinato(testo)) {
                Some(inteso) => format!("`{testo}` non è un importo: scrivilo come `{inteso}`"),
                None => format!("`{testo}` non è un importo: scrivilo in cifre, per esempio `56000.00`"),
            });
        }
        if testo.starts_with('-') {
            return Err(format!("l'importo `{testo}` è negativo"));
        }
        if decimali.len() > 2 {
            let migliaia = Euro::inteso(testo).map(|euro| format!(": se sono migliaia scrivi `{euro}`"));
            return Err(format!("`{testo}` ha più di due decimali{}", migliaia.unwrap_or_default()));
        }
        match cifre.parse::<Decimal>() {
            Ok(importo) if importo <= Decimal::from(MASSIMO) => Ok(Euro(importo)),
            _ => Err(format!("`{testo}` supera il massimo ammesso per un importo")),
        }
    }

    /// The amount that is meant where it is written as people write amounts: `€ 25.000,00`, `25.000 euro`.
    pub fn inteso(testo: &str) -> Option<Self> {
        let minuscolo = testo.to_lowercase();
        let nudo: String = ["€", "euro", "eur"]
            .iter()
            .fold(minuscolo, |testo, moneta| testo.replace(moneta, ""))
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '\'')
            .collect();
        let (intero, decimali) = nudo.split_once(',').unwrap_or((&nudo, "00"));
        let mut gruppi = intero.split('.');
        let primo = gruppi.next()?;
        let in_migliaia = gruppi.clone().next().is_none_or(|_| (1..=3).contains(&primo.len()))
            && gruppi.all(|gruppo| gruppo.len() == 3);
        let scritto = if in_migliaia { format!("{}.{decimali}", intero.replace('.', "")) } else { nudo.clone() };
        // What still is no amount would ask for itself again without end.
        let solo_cifre = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let (intero, decimali) = scritto.split_once('.')?;
        let forma = !intero.is_empty() && (1..=2).contains(&decimali.len());
        (forma && solo_cifre(intero) && solo_cifre(decimali)).then(|| Euro::parse(&scritto).ok())?
    }

    /// The amount that is probably meant where it is written as programs or people of other lands write it: good enough
    /// to be proposed, and never taken. `70_000.00`, `70,000.00`, `70k`.
    fn indovinato(testo: &str) -> Option<Self> {
        let nudo = testo.trim().to_lowercase().replace('_', "");
        if let Some(migliaia) = nudo.strip_suffix(['k', 'm']) {
            let zeri = if nudo.ends_with('k') { "000" } else { "000000" };
            return Euro::inteso(&format!("{}{zeri}", migliaia.trim())).filter(|_| !migliaia.contains(['.', ',']));
        }
        let (intero, decimali) = nudo.split_once('.').unwrap_or((&nudo, ""));
        let cifre = |testo: &str| !testo.is_empty() && testo.bytes().all(|b| b.is_ascii_digit());
        let in_migliaia = decimali.len() == 2
            && cifre(decimali)
            && intero.split(',').all(cifre)
            && intero.split(',').skip(1).all(|gruppo| gruppo.len() == 3);
        let scritto = if in_migliaia { nudo.replace(',', "") } else { nudo.clone() };
        Euro::inteso(&scritto).filter(|_| scritto != testo)
    }

    pub fn da_centesimi(centesimi: u64) -> Self {
        Euro(Decimal::from_i128_with_scale(centesimi.into(), 2))
    }

    pub fn decimale(self) -> Decimal {
        self.0
    }

    pub fn e_zero(self) -> bool {
        self.0.is_zero()
    }

    /// A percentage of the amount, rounded to the cent: limits are compared after rounding.
    pub fn percentuale(self, percentuale: u32) -> Self {
        Euro::al_centesimo(self.0 * Decimal::from(percentuale) / Decimal::ONE_HUNDRED)
    }

    pub fn al_centesimo(esatto: Decimal) -> Self {
        Euro(esatto.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
    }

    /// The amount in cents: what shares and chart geometry are computed from.
    pub fn centesimi(self) -> i64 {
        let centesimi = self.0 * Decimal::ONE_HUNDRED;
        i64::try_from(centesimi.round_dp(0)).unwrap_or(i64::MAX)
    }

    /// `1.234,56`, with the sign in front when a difference is negative.
    pub fn italiano(self) -> String {
        // `{:.2}` on a Decimal truncates: round half away from zero first.
        let tondo = self.0.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        let testo = format!("{:.2}", tondo.abs());
        let (intero, decimali) = testo.split_once('.').unwrap_or((&testo, "00"));
        let segno = if tondo.is_sign_negative() && !tondo.is_zero() { "-" } else { "" };
        format!("{segno}{},{decimali}", migliaia(intero))
    }

    /// `€ 1.234` where there are no cents, for drawings that have little room.
    pub fn breve(self) -> String {
        let testo = euro(self);
        testo.strip_suffix(",00").map_or(testo.clone(), str::to_owned)
    }
}

/// `€ 1.234,56`: the one form of an amount in a sentence.
pub fn euro(importo: Euro) -> String {
    format!("€{NBSP}{}", importo.italiano())
}

/// The form that data exchange uses: `1234.56`.
impl fmt::Display for Euro {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tondo = self.0.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        write!(f, "{tondo:.2}")
    }
}

impl Add for Euro {
    type Output = Euro;
    fn add(self, altro: Euro) -> Euro {
        Euro(self.0 + altro.0)
    }
}

impl Sub for Euro {
    type Output = Euro;
    fn sub(self, altro: Euro) -> Euro {
        Euro(self.0 - altro.0)
    }
}

impl Sum for Euro {
    fn sum<I: Iterator<Item = Euro>>(importi: I) -> Euro {
        importi.fold(Euro::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_thousands_and_cents_the_italian_way() {
        let casi = [("0", "0,00"), ("5.5", "5,50"), ("1234567.89", "1.234.567,89"), ("1000.00", "1.000,00")];
        for (scritto, atteso) in casi {
            assert_eq!(Euro::parse(scritto).expect(scritto).italiano(), atteso);
        }
    }

    #[test]
    fn refuses_what_is_not_exact_money() {
        for scritto in ["1e3", "1_000", "1.234", "1.000,00", "", ".5", "5.", "+5", "-1", "0x10", "9999999999999"] {
            assert!(Euro::parse(scritto).is_err(), "{scritto}");
        }
    }

    #[test]
    fn says_the_amount_that_is_meant() {
        let meant = [
            ("€ 25.000,00", "25000.00"),
            ("25.000 euro", "25000.00"),
            ("1.234,5", "1234.50"),
            ("25.000", "25000.00"),
            ("25,000.00", "25000.00"),
            ("70_000", "70000.00"),
            ("70k", "70000.00"),
        ];
        for (scritto, atteso) in meant {
            let errore = Euro::parse(scritto).expect_err(scritto);
            assert!(errore.ends_with(&format!("`{atteso}`")), "{errore}");
        }
        for scritto in
            ["1.23.456", "12,34.50", "1.5k", "2.5000", "circa 3", "€", ",", "1,234", "255.5.", "1..2", "1.,5"]
        {
            let errore = Euro::parse(scritto).expect_err(scritto);
            assert!(!errore.contains("migliaia") && !errore.contains("scrivilo come"), "{errore}");
        }
    }

    #[test]
    fn a_percentage_is_rounded_to_the_cent_away_from_zero() {
        let of = |importo: &str, parte| Euro::parse(importo).expect("an amount").percentuale(parte).italiano();
        assert_eq!(of("358675.31", 20), "71.735,06");
        assert_eq!(of("71428.57", 70), "50.000,00");
        assert_eq!(of("0.05", 50), "0,03");
    }

    #[test]
    fn cents_make_the_same_amount() {
        assert_eq!(Euro::da_centesimi(123_405), Euro::parse("1234.05").unwrap());
        assert_eq!(Euro::da_centesimi(u64::MAX).centesimi(), i64::MAX);
    }

    #[test]
    fn a_difference_can_be_negative_and_says_so() {
        let uno = Euro::parse("1.00").unwrap();
        let due = Euro::parse("2.50").unwrap();
        assert_eq!((uno - due).italiano(), "-1,50");
        assert_eq!((uno - due).centesimi(), -150);
    }
}
