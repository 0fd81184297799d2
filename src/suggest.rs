//! "Forse intendevi": the nearest of the known words.

/// The known word nearest to what was written, if any is near enough to be meant.
pub fn closest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    known
        .into_iter()
        .map(|word| (strsim::osa_distance(&written, &word.to_lowercase()), word))
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
    let bare = |c: char| match c {
        'à' | 'á' => 'a',
        'è' | 'é' => 'e',
        'ì' | 'í' => 'i',
        'ò' | 'ó' => 'o',
        'ù' | 'ú' => 'u',
        c => c,
    };
    let plain: String = name.to_lowercase().chars().map(bare).collect();
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
