//! "Forse intendevi": the nearest of the known words.
//!
//! Thousands of wrong names among ten thousand known ones must not take minutes: lengths and letters are compared first,
//! and distances are counted only as far as they matter.

use std::borrow::Cow;

/// The known word nearest to what was written, if any is near enough to be meant.
pub fn closest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    let mut search = Search { written: Word::of(&written), best: None };
    for word in known {
        search.offer(&Word::of(word));
    }
    search.best.map(|(_, word)| word)
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
        let mut search = Search { written: Word::of(&written), best: None };
        self.0.iter().for_each(|word| search.offer(word));
        search.best.map(|(_, word)| word)
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
        let mut length = 0;
        for letter in lower.chars() {
            length += 1;
            let count = &mut letters[letter as usize % LETTERS];
            *count = u8::saturating_add(*count, 1);
        }
        let long = if is_lower { length } else { text.chars().count() };
        Word { text, lower, long, length, letters }
    }
}

struct Search<'w, 'a> {
    written: Word<'w>,
    /// The smallest distance so far, and of the words at that distance the first in the alphabet.
    best: Option<(usize, &'a str)>,
}

impl<'a> Search<'_, 'a> {
    fn offer(&mut self, word: &Word<'a>) {
        // A third of the letters may differ, and at least one.
        let limit = (self.written.length.max(word.long) / 3).max(1);
        let limit = self.best.map_or(limit, |(best, _)| limit.min(best));
        if self.written.length.abs_diff(word.length) > limit || self.at_least(word) > limit {
            return;
        }
        let Some(distance) = self.distance(word, limit) else { return };
        if self.best.is_none_or(|best| (distance, word.text) < best) {
            self.best = Some((distance, word.text));
        }
    }

    /// A distance that is never more than the real one: letters of one word that the other lacks.
    fn at_least(&self, word: &Word) -> usize {
        let (mut missing, mut extra) = (0, 0);
        for (ours, theirs) in self.written.letters.iter().zip(&word.letters) {
            missing += usize::from(theirs.saturating_sub(*ours));
            extra += usize::from(ours.saturating_sub(*theirs));
        }
        missing.max(extra)
    }

    fn distance(&self, word: &Word, limit: usize) -> Option<usize> {
        let (ours, theirs) = (&*self.written.lower, &*word.lower);
        if ours.is_ascii() && theirs.is_ascii() {
            return bounded_distance(ours.as_bytes(), theirs.as_bytes(), limit);
        }
        let (ours, theirs): (Vec<char>, Vec<char>) = (ours.chars().collect(), theirs.chars().collect());
        bounded_distance(&ours, &theirs, limit)
    }
}

/// The number of letters to change, add, take away or swap with their neighbour, where it is not more than `limit`:
/// the optimal string alignment, of which only the cells that can matter are filled.
fn bounded_distance<T: PartialEq>(a: &[T], b: &[T], limit: usize) -> Option<usize> {
    let too_far = limit + 1;
    let mut two_above = vec![too_far; b.len() + 1];
    let mut above: Vec<usize> = (0..=b.len()).map(|j| j.min(too_far)).collect();
    let mut row = vec![too_far; b.len() + 1];
    let mut nearest_above = 0;
    for i in 1..=a.len() {
        let (from, to) = (i.saturating_sub(limit).max(1), (i + limit).min(b.len()));
        row[from - 1] = if from == 1 { i.min(too_far) } else { too_far };
        let mut nearest = row[from - 1];
        for j in from..=to {
            let same = a[i - 1] == b[j - 1];
            let mut cell = (above[j - 1] + usize::from(!same)).min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cell = cell.min(two_above[j - 2] + 1);
            }
            row[j] = cell.min(too_far);
            nearest = nearest.min(cell);
        }
        // What lies right of the band is read by the next row.
        if to < b.len() {
            row[to + 1] = too_far;
        }
        // A swap reaches back two rows.
        if nearest > limit && nearest_above > limit {
            return None;
        }
        nearest_above = nearest;
        (two_above, above, row) = (above, row, two_above);
    }
    Some(above[b.len()]).filter(|distance| *distance <= limit)
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
