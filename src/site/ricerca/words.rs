//! The words of a text as search knows them: the same in the index, made here, and in the query, made by
//! `assets/cerca.js`. Whoever changes one changes the other; `tests/fixtures/ricerca/radici.tsv` holds both to it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

pub use super::super::ancore::fold;
use super::super::ancore::is_mark;
use crate::value::MESI;

/// Words that say nothing of what a page is about, folded. The script reads them from the index.
pub const EMPTY_WORDS: &str = "abbiamo ad ai agli al all alla alle allo anche cerco che chi ci col come con cui da dai dagli \
    dal dall dalla dalle dallo de dei degli del dell della delle dello di dove ed eur euro fra gli ha ho il in la le li lo \
    loro ma mi mia mie miei mio ne nei negli nel nell nella nelle nello non nostra nostro od per piu po posso quale quali \
    quando quanta quante quanti quanto quell quella quelle quelli quello questa queste questi questo se si sono su sua sue \
    sugli sui sul sull sulla sulle sullo suo suoi tra un una uno vi vorrei";

/// Stems of one family, which no ending tells: the first stands for all. The script reads them from the index.
pub const FAMILIES: &str = "agevolazion agevolat, assistenz assister assistent, aziend aziendal, comun comunal, \
    conciliazion conciliar, consulenz consulent, cur curar, domicil domiciliar, educazion educativ educator educatric, \
    estat estiv, famigl familiar famigliar, finanziament finanziat finanziar, formazion formativ formar, genitor genitorial, \
    gratuit gratis gratuitament, impres imprenditor imprenditric imprenditorial, lavor lavorar lavorativ lavorator \
    lavoratric, monitoragg monitorar, orientament orientar, partecipazion partecipar partecipant, provinc provincial, \
    psicolog psicologic, region regional, rendicontazion rendicont rendicontar, sanit sanitar, scuol scolastic, \
    sindacat sindacal, territor territorial, trasport trasportar, valutazion valutar, volontar volontariat";

/// A stem cannot be shorter: `nido` and `nidi` meet in `nid`.
const SHORTEST_STEM: usize = 3;

fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && (c.is_alphabetic() || c.is_numeric() || is_mark(c))
}

/// The stems of the words of a text in their order, those that say nothing left out.
pub fn stems(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    each_word(text, |_, stem| found.push(stem.to_owned()));
    found
}

/// The same, each word as it is written in small letters, with its stem, handed to `take`: the index reads millions. `W.IN.` is one word, and
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

/// Runs of letters and digits with where they begin and end; a point after one or two of them joins what follows. A day
/// is said in words, an amount in its euros, however they are written.
fn each_token(text: &str, mut take: impl FnMut(usize, usize, &str)) {
    let mut raw = String::new();
    let (mut start, mut run, mut done) = (0, 0, 0);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if at < done {
            continue;
        }
        if c.is_ascii_digit() && raw.is_empty() {
            if let Some((length, [day, month, year])) = day(&text[at..]) {
                done = at + length;
                [day, month, year].iter().for_each(|part| take(at, done, part));
                continue;
            }
            if let Some((length, euros)) = amount(&text[at..]) {
                done = at + length;
                take(at, done, &euros);
                continue;
            }
        }
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

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// How long `15/01/2019` is, and its three words.
fn day(text: &str) -> Option<(usize, [&str; 3])> {
    let day = digits(text);
    let between = text[day..].chars().next().filter(|c| matches!(c, '/' | '.'))?;
    let rest = &text[day + 1..];
    let month = digits(rest);
    let year = rest[month..].strip_prefix(between)?;
    if !(1..=2).contains(&day) || !(1..=2).contains(&month) || digits(year) != 4 {
        return None;
    }
    let name = MESI.get(rest[..month].parse::<usize>().ok()?.checked_sub(1)?)?;
    Some((day + month + 6, [text[..day].trim_start_matches('0'), name, &year[..4]]))
}

/// How long `70.000,00` is, and its euros without points; a number of digits alone is no amount yet.
fn amount(text: &str) -> Option<(usize, String)> {
    let whole = digits(text);
    let mut end = whole;
    while whole <= 3 && text[end..].strip_prefix('.').is_some_and(|rest| digits(rest) == 3) {
        end += 4;
    }
    let euros = text[..end].replace('.', "");
    let cents = text[end..].strip_prefix(',').map_or(0, digits);
    if (1..=2).contains(&cents) {
        end += 1 + cents;
    }
    let is_alone = !text[end..].chars().next().is_some_and(is_part);
    (end > whole && is_alone).then_some((end, euros))
}

/// What singular and plural, masculine and feminine share. The light algorithm for Italian published by J. Savoy
/// (University of Neuchâtel), which leaves words under six letters alone; here those of four and five lose their
/// ending too, for most of what people look for is as short as `nido`, `asili` or `scuola`. `disabilità` meets `disabile`,
/// and what is left is that of its family.
pub fn stem(folded: &str) -> &str {
    static FAMILY: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        let families = FAMILIES.split(", ").filter_map(|family| family.split_once(' '));
        families.flat_map(|(first, others)| others.split(' ').map(move |other| (other, first))).collect()
    });
    let root = root(folded);
    FAMILY.get(root).copied().unwrap_or(root)
}

fn root(folded: &str) -> &str {
    let letters = folded.chars().count();
    if letters <= SHORTEST_STEM || folded.chars().any(char::is_numeric) {
        return folded;
    }
    let mut back = folded.chars().rev();
    let (last, before) = (back.next().unwrap_or_default(), back.next().unwrap_or_default());
    let cut = match (before, last) {
        _ if letters >= 8 && (folded.ends_with("ilita") || folded.ends_with("alita")) => 3,
        ('i' | 'h', 'e' | 'i') | ('i', 'a' | 'o') => 2,
        (_, 'a' | 'e' | 'i' | 'o') => 1,
        _ => 0,
    };
    let kept = (letters - cut).max(SHORTEST_STEM);
    folded.char_indices().nth(kept).map_or(folded, |(end, _)| &folded[..end])
}

#[cfg(test)]
mod tests {
    use super::{fold, stem, stems};

    const TABLE: &str = include_str!("../../../tests/fixtures/ricerca/radici.tsv");

    #[test]
    fn texts_give_the_stems_of_the_table_that_the_script_is_held_to() {
        let mut rows = 0;
        for row in TABLE.lines().filter(|row| !row.starts_with('#')) {
            let (text, expected) = row.split_once('\t').expect("text, tab, stems");
            assert_eq!(stems(text).join(" "), expected, "{text}");
            rows += 1;
        }
        assert!(rows > 60, "{rows}");
    }

    #[test]
    fn singular_and_plural_and_words_of_one_family_meet() {
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
            ("disabile", "disabilità"),
            ("familiare", "famiglia"),
            ("lavoratrice", "lavoro"),
            ("flessibile", "flessibilità"),
        ];
        for (one, many) in pairs {
            assert_eq!(stem(&fold(one)), stem(&fold(many)), "{one} {many}");
        }
    }
}
