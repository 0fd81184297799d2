//! The words of a text as search knows them: the same in the index, made here, and in the query, made by
//! `assets/cerca.js`. Whoever changes one changes the other; `tests/fixtures/ricerca/radici.tsv` holds both to it.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Words that say nothing of what a page is about, folded. The script reads them from the index.
pub const EMPTY_WORDS: &str = "ad ai agli al all alla alle allo anche che chi ci col come con cui da dai dagli dal dall \
    dalla dalle dallo de dei degli del dell della delle dello di dove ed fra gli ha il in la le li lo loro ma mi ne nei \
    negli nel nell nella nelle nello non od per piu po quando quell quella quelle quelli quello questa queste questi \
    questo se si sono su sua sue sugli sui sul sull sulla sulle sullo suo suoi tra un una uno vi";

/// A stem cannot be shorter: `nido` and `nidi` meet in `nid`.
const SHORTEST_STEM: usize = 3;

/// A word of a text and what search makes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As it is written, in small letters.
    pub surface: String,
    pub stem: String,
}

fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && (c.is_alphabetic() || c.is_numeric() || is_mark(c))
}

/// The accents, once they are letters' companions.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Small letters without accents.
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.nfd().filter(|&c| !is_mark(c)).flat_map(char::to_lowercase).collect()
}

/// The words of a text in their order, those that say nothing left out.
pub fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    each_word(text, |surface, stem| found.push(Word { surface: surface.to_owned(), stem: stem.to_owned() }));
    found
}

/// The same, each word with its stem handed to `take`: the index reads millions. `W.IN.` is one word, and
/// `baby-sitting` is its two parts and the whole, so that it is found however it is typed.
pub fn each_word(text: &str, mut take: impl FnMut(&str, &str)) {
    let composed: Cow<str> = match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    };
    let mut before: Option<(usize, String)> = None;
    each_token(&composed, |start, end, raw| {
        let after_hyphen = before
            .take()
            .filter(|(at, part)| composed.get(*at..start) == Some("-") && is_written(part) && is_written(raw))
            .map(|(_, part)| part + raw);
        known(raw, &mut take);
        if let Some(joined) = after_hyphen {
            known(&joined, &mut take);
        }
        if composed[end..].starts_with('-') {
            before = Some((end, raw.to_owned()));
        }
    });
}

/// Letters alone: years are not joined.
fn is_written(part: &str) -> bool {
    part.chars().all(|c| !c.is_numeric())
}

fn known(raw: &str, take: &mut impl FnMut(&str, &str)) {
    static EMPTY: LazyLock<HashSet<&str>> = LazyLock::new(|| EMPTY_WORDS.split(' ').collect());
    let surface = raw.to_lowercase();
    let folded = if surface.is_ascii() { Cow::Borrowed(surface.as_str()) } else { Cow::Owned(fold(&surface)) };
    let is_letter = folded.chars().nth(1).is_none();
    if !is_letter && !EMPTY.contains(&*folded) {
        take(&surface, stem(&folded));
    }
}

/// Runs of letters and digits with where they begin and end; a point after one or two of them joins what follows.
fn each_token(text: &str, mut take: impl FnMut(usize, usize, &str)) {
    let mut raw = String::new();
    let (mut start, mut run) = (0, 0);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if is_part(c) {
            if raw.is_empty() {
                start = at;
            }
            raw.push(c);
            run += 1;
            continue;
        }
        let joins = c == '.' && (1..=2).contains(&run) && chars.peek().is_some_and(|&(_, next)| is_part(next));
        if !joins && !raw.is_empty() {
            take(start, at, &raw);
            raw.clear();
        }
        run = 0;
    }
    if !raw.is_empty() {
        take(start, text.len(), &raw);
    }
}

/// What singular and plural, masculine and feminine share. The light algorithm for Italian published by J. Savoy
/// (University of Neuchâtel), which leaves words under six letters alone; here those of four and five lose their
/// ending too, for most of what people look for is as short as `nido`, `asili` or `scuola`.
pub fn stem(folded: &str) -> &str {
    let letters = folded.chars().count();
    if letters <= SHORTEST_STEM || folded.chars().any(char::is_numeric) {
        return folded;
    }
    let mut back = folded.chars().rev();
    let (last, before) = (back.next().unwrap_or_default(), back.next().unwrap_or_default());
    let cut = match (before, last) {
        ('i' | 'h', 'e' | 'i') | ('i', 'a' | 'o') => 2,
        (_, 'a' | 'e' | 'i' | 'o') => 1,
        _ => 0,
    };
    let kept = (letters - cut).max(SHORTEST_STEM);
    folded.char_indices().nth(kept).map_or(folded, |(end, _)| &folded[..end])
}

#[cfg(test)]
mod tests {
    use super::{stem, words};

    const TABLE: &str = include_str!("../../../tests/fixtures/ricerca/radici.tsv");

    #[test]
    fn texts_give_the_stems_of_the_table_that_the_script_is_held_to() {
        let mut rows = 0;
        for row in TABLE.lines().filter(|row| !row.starts_with('#')) {
            let (text, stems) = row.split_once('\t').expect("text, tab, stems");
            let found: Vec<String> = words(text).into_iter().map(|word| word.stem).collect();
            assert_eq!(found.join(" "), stems, "{text}");
            rows += 1;
        }
        assert!(rows > 60, "{rows}");
    }

    #[test]
    fn singular_and_plural_meet() {
        let pairs = [
            ("asilo", "asili"),
            ("nido", "nidi"),
            ("scuola", "scuole"),
            ("servizio", "servizi"),
            ("banca", "banche"),
            ("famiglia", "famiglie"),
            ("aziendale", "aziendali"),
            ("gratuito", "gratuite"),
            ("comune", "comuni"),
            ("ozio", "ozi"),
        ];
        for (one, many) in pairs {
            assert_eq!(stem(one), stem(many), "{one} {many}");
        }
    }
}
