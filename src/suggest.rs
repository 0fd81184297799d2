//! "Forse intendevi": the nearest of the known words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The known word nearest to what was written, if any is near enough to be meant.
pub fn closest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    known
        .into_iter()
        .map(|word| (strsim::osa_distance(&written, word), word))
        .filter(|&(distance, word)| distance <= limit(&written, word))
        .min()
        .map(|(_, word)| word)
}

/// A third of the letters may differ, and at least one.
fn limit(written: &str, word: &str) -> usize {
    (written.chars().count().max(word.chars().count()) / 3).max(1)
}

/// Words in backticks, in the given order.
pub fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// A name made into an identifier: `Comune di Albino` gives `comune-di-albino`.
pub fn slug(name: &str) -> String {
    // Accents become characters of their own, and go with everything else that is no letter and no digit.
    let plain: String = name.nfd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        let known = ["capofila", "partner", "territorio"];
        assert_eq!(closest("capofilla", known), Some("capofila"));
        assert_eq!(closest("Partner", known), Some("partner"));
        assert_eq!(closest("bilancio", known), None);
    }

    #[test]
    fn names_become_identifiers() {
        assert_eq!(slug("Azienda «Valle Imagna – Villa d'Almè» S.p.A."), "azienda-valle-imagna-villa-d-alme-s-p-a");
    }
}
