//! "Forse intendevi": the nearest of the known words.
//!
//! Thousands of wrong names among ten thousand known ones must not take minutes: lengths and letters are compared first,
//! and distances are counted only where they can matter.

use std::borrow::Cow;
use std::fmt::Display;

/// The known word nearest to what was written, if any is near enough to be meant.
pub fn closest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    Words::of(known).closest(written)
}

/// The known word that is most like what was written, where none is near enough to be meant.
pub fn most_like<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LIKE: f64 = 0.8;
    let written = slug(written);
    let alike = known.into_iter().map(|word| (strsim::jaro_winkler(&written, &slug(word)), word));
    let best = alike.filter(|(like, _)| *like >= LIKE).max_by(|(one, _), (other, _)| one.total_cmp(other));
    best.map(|(_, word)| word)
}

/// Known words, prepared once for many searches.
pub struct Words<'a>(Vec<Word<'a>>);

impl<'a> Words<'a> {
    pub fn of(words: impl IntoIterator<Item = &'a str>) -> Self {
        Words(words.into_iter().map(Word::of).collect())
    }

    /// The same as [`closest`].
    pub fn closest(&self, written: &str) -> Option<&'a str> {
        let written = written.to_lowercase();
        let written = Word::of(&written);
        // The smallest distance so far, and of the words at that distance the first in the alphabet.
        let mut best: Option<(usize, &str)> = None;
        for word in &self.0 {
            // A third of the letters may differ, and at least one.
            let limit = (written.length.max(word.long) / 3).max(1);
            let limit = best.map_or(limit, |(best, _)| limit.min(best));
            if written.length.abs_diff(word.length) > limit || written.at_least(word) > limit {
                continue;
            }
            let found = (strsim::osa_distance(&written.lower, &word.lower), word.text);
            if found.0 <= limit && best.is_none_or(|best| found < best) {
                best = Some(found);
            }
        }
        best.map(|(_, word)| word)
    }
}

/// A word made ready to be compared.
struct Word<'a> {
    text: &'a str,
    lower: Cow<'a, str>,
    /// Characters of `text` and of `lower`.
    long: usize,
    length: usize,
    /// How often each letter is in it; letters that share a place make two words more alike, never less.
    letters: [u8; LETTERS],
}

/// A power of two that keeps the letters of the alphabet apart.
const LETTERS: usize = 32;

impl<'a> Word<'a> {
    fn of(text: &'a str) -> Self {
        let is_lower = text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
        let lower = if is_lower { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) };
        let mut letters = [0; LETTERS];
        for letter in lower.chars() {
            let count = &mut letters[letter as usize % LETTERS];
            *count = u8::saturating_add(*count, 1);
        }
        Word { text, long: text.chars().count(), length: lower.chars().count(), lower, letters }
    }

    /// A distance that is never more than the real one: letters of one word that the other lacks.
    fn at_least(&self, other: &Word) -> usize {
        let (mut missing, mut extra) = (0, 0);
        for (ours, theirs) in self.letters.iter().zip(&other.letters) {
            missing += usize::from(theirs.saturating_sub(*ours));
            extra += usize::from(ours.saturating_sub(*theirs));
        }
        missing.max(extra)
    }
}

/// Of a word that is none of the known ones: which one may be meant, or else which there are.
pub fn none_of<'a>(missing: &str, written: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    let choose = || format!("si può scegliere fra {}", list(known.clone()));
    format!("{missing}: {}", meant(closest(written, known.clone()), choose))
}

/// The near word that may be meant, or else what helps where none is near.
pub fn meant(near: Option<impl Display>, otherwise: impl FnOnce() -> String) -> String {
    near.map_or_else(otherwise, |near| format!("forse intendevi `{near}`?"))
}

/// Words in backticks, in the given order.
pub fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// `` `a`, `b` o `c` ``.
pub fn either(words: &[&str]) -> String {
    match words {
        [rest @ .., last] if !rest.is_empty() => format!("{} o `{last}`", list(rest.iter().copied())),
        _ => list(words.iter().copied()),
    }
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

/// An identifier made from a title: whole words, as many as an address bears.
pub fn id_di(titolo: &str) -> String {
    const LONGEST: usize = 50;
    let slug = slug(titolo);
    let words = slug.split('-').scan(0, |long, word| {
        *long += word.len() + 1;
        (*long <= LONGEST + 1).then_some(word)
    });
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
        assert_eq!(most_like("Categoria", ["Importo", "Categ. giuridica"]), Some("Categ. giuridica"));
        assert_eq!(most_like("Categoria", ["Importo", "Note"]), None);
    }

    /// The bounds change the time alone: words at random, answered as by counting every distance.
    #[test]
    fn bounded_answers_are_those_of_counting_everything() {
        let slow = |written: &str, known: &[&'static str]| {
            let written = written.to_lowercase();
            let limit = |word: &str| (written.chars().count().max(word.chars().count()) / 3).max(1);
            let all = known.iter().map(|word| (strsim::osa_distance(&written, &word.to_lowercase()), *word));
            all.filter(|&(distance, word)| distance <= limit(word)).min().map(|(_, word)| word)
        };
        let mut seed = 7_u64;
        let mut roll = |sides: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % sides
        };
        let alphabet = ['a', 'b', 'c', 'A', 'à', '-', 'İ'];
        let mut word = |letters: u64| -> String {
            let length = roll(letters);
            (0..length).map(|_| alphabet[usize::try_from(roll(7)).unwrap_or(0)]).collect()
        };
        for _ in 0..3_000 {
            let known: Vec<&'static str> = (0..12).map(|_| &*word(12).leak()).collect();
            let written = word(12);
            let expected = slow(&written, &known);
            assert_eq!(closest(&written, known.iter().copied()), expected, "{written} {known:?}");
            assert_eq!(Words::of(known.iter().copied()).closest(&written), expected, "{written} {known:?}");
        }
    }

    #[test]
    fn names_become_identifiers() {
        assert_eq!(slug("Azienda «Valle Imagna – Villa d'Almè» S.p.A."), "azienda-valle-imagna-villa-d-alme-s-p-a");
    }
}
