//! Shares by the largest-remainder method: what is handed out adds up exactly.

use std::fmt;

use super::NBSP;

/// Splits `totale` units in proportion to `pesi`, so that the parts add up to `totale`.
/// Ties go to the heavier weight, then to the one that comes first. Without weight nobody gets anything.
pub fn ripartisci(totale: u64, pesi: &[u64]) -> Vec<u64> {
    let somma: u128 = pesi.iter().map(|&peso| u128::from(peso)).sum();
    if somma == 0 {
        return vec![0; pesi.len()];
    }
    let esatta = |peso: u64| u128::from(totale) * u128::from(peso);
    let mut parti: Vec<u64> = pesi.iter().map(|&peso| u64::try_from(esatta(peso) / somma).unwrap_or(totale)).collect();
    let resto = totale - parti.iter().sum::<u64>();
    let mut ordine: Vec<usize> = (0..pesi.len()).collect();
    ordine.sort_by_key(|&i| (std::cmp::Reverse(esatta(pesi[i]) % somma), std::cmp::Reverse(pesi[i]), i));
    for &i in ordine.iter().take(usize::try_from(resto).unwrap_or(usize::MAX)) {
        parti[i] += 1;
    }
    parti
}

/// The same shares rounded one by one, half up: their sum may miss `totale`.
pub fn arrotonda(totale: u64, pesi: &[u64]) -> Vec<u64> {
    let somma: u128 = pesi.iter().map(|&peso| u128::from(peso)).sum();
    let doppia = |peso: u64| 2 * u128::from(totale) * u128::from(peso);
    let tonda = |peso| (doppia(peso) + somma).checked_div(2 * somma).unwrap_or(0);
    pesi.iter().map(|&peso| u64::try_from(tonda(peso)).unwrap_or(totale)).collect()
}

/// A share as it is written everywhere: `33,3 %`. Equal amounts have equal shares, and their sum may miss 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percentuale {
    decimi: u64,
}

impl Percentuale {
    pub fn di(parte: u64, tutto: u64) -> Self {
        let (parte, tutto) = (u128::from(parte), u128::from(tutto));
        let decimi = (2000 * parte + tutto).checked_div(2 * tutto).unwrap_or(0);
        Percentuale { decimi: u64::try_from(decimi).unwrap_or(u64::MAX) }
    }

    /// `33.3`, for programs.
    pub fn dato(self) -> String {
        format!("{}.{}", self.decimi / 10, self.decimi % 10)
    }
}

impl fmt::Display for Percentuale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}{NBSP}%", self.decimi / 10, self.decimi % 10)
    }
}

/// Whether rounded shares add up to the whole.
pub fn fanno_cento(parti: impl IntoIterator<Item = Percentuale>) -> bool {
    parti.into_iter().map(|parte| parte.decimi).sum::<u64>() == 1000
}

pub fn percentuali(pesi: &[u64]) -> Vec<Percentuale> {
    let tutto = pesi.iter().sum();
    pesi.iter().map(|&peso| Percentuale::di(peso, tutto)).collect()
}

/// A percentage that an act or a source gives: `70 %`.
pub fn percento(percentuale: u32) -> String {
    format!("{percentuale}{NBSP}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_have_one_decimal_and_equal_weights_have_equal_ones() {
        let scritte = |pesi: &[u64]| percentuali(pesi).iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        assert_eq!(scritte(&[2, 1, 1]), "50,0\u{a0}%; 25,0\u{a0}%; 25,0\u{a0}%");
        assert_eq!(scritte(&[1, 1, 1]), "33,3\u{a0}%; 33,3\u{a0}%; 33,3\u{a0}%");
        assert_eq!(scritte(&[1999, 1]), "100,0\u{a0}%; 0,1\u{a0}%", "half a tenth counts as one");
        assert!(percentuali(&[]).is_empty());
        assert_eq!(scritte(&[0, 0]), "0,0\u{a0}%; 0,0\u{a0}%");
    }

    #[test]
    fn rounding_one_by_one_takes_the_nearest_half_up() {
        assert_eq!(arrotonda(3, &[1, 1]), [2, 2]);
        assert_eq!(arrotonda(10, &[1, 1, 1]), [3, 3, 3]);
        assert_eq!(arrotonda(10, &[0, 0]), [0, 0]);
    }

    /// DGR XII/5464: a million a year, in units of 10.000,00, by inhabitants.
    #[test]
    fn the_regional_split_of_2025_is_reproduced() {
        let abitanti = [3_474_932, 1_461_523, 293_646, 1_210_062, 1_110_427, 1_162_865, 759_967, 538_632];
        assert_eq!(ripartisci(100, &abitanti), [35, 15, 3, 12, 11, 12, 7, 5]);
        assert_eq!(arrotonda(100, &abitanti), [35, 15, 3, 12, 11, 12, 8, 5]);
    }
}
