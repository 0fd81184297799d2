//! The index as the script reads it: a classic script, so that it works from a folder too, without any request by
//! program. On a large site it is cut into pieces, of which a query loads those that it needs.
//!
//! - `termini(n, "3ta,to …", "Cq …")`: the stems in order, each as the letters shared with the one before, the rest,
//!   and the ending of the word as people write it; their postings, distances and weights in base 32 digits.
//! - `documenti(n, [[title, address, excerpt], …])`: what is shown of a block of documents, these too as the letters shared
//!   with those before, and the rest; `~` in an address is the title in small letters.
//! - In the head, `luoghi` are the communes of which nothing is known but the name: after the last documents.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use rayon::prelude::*;
use serde_json::json;

use super::super::engine::IndiceDiRicerca;
use super::sinonimi;
use super::testi::{Peso, Tipo, Trovabile};
use super::trovabili::Leggi;
use super::words::{EMPTY_WORDS, FAMILIES, each_word, fold};
use crate::record::Ricerca;

/// Up to here all is in one file, about 300 KB: a second request would cost more than it saves.
const DOCUMENTS_IN_ONE_FILE: usize = 1200;

/// One piece of the stems for so many documents: it makes pieces of about 25 KB.
const DOCUMENTS_PER_PIECE: usize = 300;

/// Documents of one block, about 4 KB: results stand in as many blocks as there are of them.
const BLOCK: usize = 24;

/// How many documents are read at once: what they are made of is held in memory no longer.
const BATCH: usize = 2048;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// How many files the index is cut into, known before any word is read: routes need their names first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taglio {
    pub termini: usize,
    pub documenti: usize,
    /// Everything in `indice.js`.
    pub intero: bool,
}

impl Taglio {
    pub fn of(documenti: usize) -> Self {
        let intero = documenti <= DOCUMENTS_IN_ONE_FILE;
        let termini = if intero { 1 } else { documenti.div_ceil(DOCUMENTS_PER_PIECE) };
        Taglio { termini, documenti: documenti.div_ceil(BLOCK), intero }
    }
}

/// A stem, where it stands and how it is written.
#[derive(Default)]
struct Term {
    postings: String,
    last: usize,
    /// How often each form is met: the most frequent is the one to propose.
    surfaces: Vec<(String, u32)>,
}

/// The index of all that can be found.
pub fn indice(entries: &[Leggi], ricerca: Option<&Ricerca>, luoghi: &[&str]) -> IndiceDiRicerca {
    let count = entries.len();
    let cuts = Taglio::of(count);
    let mut terms: HashMap<String, Term> = HashMap::new();
    let mut shown: Vec<[String; 3]> = Vec::with_capacity(count);
    let mut tipi: BTreeMap<Tipo, usize> = BTreeMap::new();
    let espressioni = sinonimi::espressioni(ricerca);
    for batch in entries.chunks(BATCH) {
        let read: Vec<_> = batch.par_iter().map(|entry| read(entry(), &espressioni)).collect();
        for (number, (tipo, voce, found)) in (shown.len()..).zip(read) {
            *tipi.entry(tipo).or_default() += 1;
            shown.push(voce);
            for (stem, surface, peso) in found.iter() {
                match terms.get_mut(stem) {
                    Some(term) => term.add(number, surface, peso),
                    None => terms.entry(stem.to_owned()).or_default().add(number, surface, peso),
                }
            }
        }
    }
    let sinonimi = sinonimi::per_indice(ricerca, |stem| terms.contains_key(stem));
    let mut terms: Vec<(String, Term)> = terms.into_iter().collect();
    terms.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let pieces = cut(&terms, cuts.termini);
    let starts: Vec<&str> = pieces.iter().map(|piece| piece.first().map_or("", |(stem, _)| stem)).collect();
    let tipi: Vec<_> = tipi.into_iter().map(|(tipo, count)| (tipo.nome(), count)).collect();
    let testa = json!({
        "tipi": tipi, "blocco": BLOCK, "inizi": starts, "vuote": EMPTY_WORDS, "famiglie": FAMILIES,
        "sinonimi": sinonimi, "luoghi": luoghi.join("|"), "intero": cuts.intero,
    });
    let testa = format!("conciliaCerca.indice({testa});\n");
    let termini = pieces.par_iter().enumerate().map(|(n, piece)| termini(n, piece)).collect();
    let documenti = shown.par_chunks(BLOCK).enumerate().map(|(n, block)| {
        let mut before = [""; 3];
        let rows = block.iter().map(|row| {
            let told = [0, 1, 2].map(|i| after(before[i], &row[i]));
            before = row.each_ref().map(String::as_str);
            told
        });
        let rows = json!(rows.collect::<Vec<_>>());
        format!("conciliaCerca.documenti({n},{rows});\n")
    });
    let mut indice = IndiceDiRicerca { testa, termini, documenti: documenti.collect() };
    if cuts.intero {
        let rest = indice.termini.drain(..).chain(indice.documenti.drain(..)).collect::<String>();
        indice.testa.push_str(&rest);
    }
    indice
}

/// What is shown of a document, and its words.
type Read = (Tipo, [String; 3], Found);

/// The words of a document in one text, each stem once and with the highest weight that it has.
#[derive(Default)]
struct Found {
    text: String,
    /// Where a stem begins in `text`, where it ends and the word as it is written begins, and where that ends.
    words: Vec<(usize, usize, usize, Peso)>,
}

impl Found {
    fn stem(&self, (start, middle, ..): (usize, usize, usize, Peso)) -> &str {
        &self.text[start..middle]
    }

    /// The expressions among the words of a text, each as one stem: two words apart are not what they are together.
    fn join(&mut self, from: usize, peso: Peso, espressioni: &HashMap<String, Vec<Vec<String>>>) {
        for i in from..self.words.len() {
            let own = || self.words[i..].iter().map(|&word| self.stem(word));
            let begun = own().next().and_then(|first| espressioni.get(first)).into_iter().flatten();
            let whole =
                begun.filter(|stems| stems.len() <= own().len() && own().zip(*stems).all(|(one, other)| one == other));
            for chiave in whole.map(|stems| sinonimi::chiave(stems)).collect::<Vec<_>>() {
                let start = self.text.len();
                self.text.push_str(&chiave);
                let middle = self.text.len();
                self.text.push_str(&chiave);
                self.words.push((start, middle, self.text.len(), peso));
            }
        }
    }

    fn iter(&self) -> impl Iterator<Item = (&str, &str, Peso)> {
        self.words.iter().map(|&(start, middle, end, peso)| (&self.text[start..middle], &self.text[middle..end], peso))
    }
}

fn read(documento: Trovabile, espressioni: &HashMap<String, Vec<Vec<String>>>) -> Read {
    let mut found = Found::default();
    for (peso, testo) in &documento.testi {
        let from = found.words.len();
        each_word(testo, |surface, stem| {
            let start = found.text.len();
            found.text.push_str(stem);
            let middle = found.text.len();
            found.text.push_str(surface);
            found.words.push((start, middle, found.text.len(), *peso));
        });
        found.join(from, *peso, espressioni);
    }
    let mut words = std::mem::take(&mut found.words);
    // The heaviest first, and of those the one that is met first: it stays.
    words.sort_by(|&a, &b| found.stem(a).cmp(found.stem(b)).then(b.3.cmp(&a.3)));
    words.dedup_by(|b, a| found.stem(*a) == found.stem(*b));
    found.words = words;
    let indirizzo = breve(&documento.titolo, documento.indirizzo);
    (documento.tipo, [documento.titolo, indirizzo, documento.estratto], found)
}

/// An address whose anchor is the title in small letters, with `~` in its place.
fn breve(titolo: &str, indirizzo: String) -> String {
    let plain = fold(titolo);
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let ancora = format!("-{}", words.collect::<Vec<_>>().join("-"));
    match indirizzo.strip_suffix(&ancora) {
        Some(rest) if rest.contains('#') => format!("{rest}-~"),
        _ => indirizzo,
    }
}

impl Term {
    fn add(&mut self, document: usize, surface: &str, peso: Peso) {
        // The first distance is counted from before the first document, so that none is zero.
        let distance = document + 1 - self.last;
        self.last = document + 1;
        push_number(&mut self.postings, distance * 4 + peso as usize);
        match self.surfaces.iter_mut().find(|(known, _)| *known == surface) {
            Some((_, count)) => *count += 1,
            None => self.surfaces.push((surface.to_owned(), 1)),
        }
    }

    /// The form that people meet most; of two, the first in the alphabet.
    fn surface(&self) -> &str {
        let best = self.surfaces.iter().min_by_key(|(surface, count)| (std::cmp::Reverse(*count), surface));
        best.map_or("", |(surface, _)| surface)
    }
}

/// A number in digits of five bits, the lowest first; the sixth bit says that more follow.
fn push_number(out: &mut String, mut number: usize) {
    loop {
        let more = usize::from(number > 31);
        out.push(char::from(DIGITS[(number & 31) | (more << 5)]));
        number >>= 5;
        if more == 0 {
            return;
        }
    }
}

/// As many runs of terms as asked for, of about the same weight; some may be empty.
fn cut(terms: &[(String, Term)], pieces: usize) -> Vec<&[(String, Term)]> {
    let weight = |(stem, term): &(String, Term)| stem.len() + term.postings.len();
    let whole: usize = terms.iter().map(weight).sum();
    let mut left = terms;
    let mut done = 0;
    (1..=pieces)
        .map(|n| {
            let until = whole * n / pieces;
            let mut end = 0;
            while end < left.len() && (n == pieces || done < until) {
                done += weight(&left[end]);
                end += 1;
            }
            let (piece, rest) = left.split_at(end);
            left = rest;
            piece
        })
        .collect()
}

fn termini(n: usize, piece: &[(String, Term)]) -> String {
    let (mut stems, mut postings) = (String::new(), String::new());
    let mut before = "";
    for (stem, term) in piece {
        if !stems.is_empty() {
            stems.push(' ');
            postings.push(' ');
        }
        stems.push_str(&after(before, stem));
        let surface = term.surface();
        // Writing to a string cannot fail.
        let _ = match surface.strip_prefix(stem.as_str()) {
            Some("") => Ok(()),
            Some(ending) => write!(stems, ",{ending}"),
            None => write!(stems, "={surface}"),
        };
        postings.push_str(&term.postings);
        before = stem;
    }
    format!("conciliaCerca.termini({n},{},{});\n", json!(stems), json!(postings))
}

/// How many letters a text shares with the one before, as one digit of base 36, and the rest of it.
fn after(before: &str, text: &str) -> String {
    let (mut shared, mut units) = (0, 0);
    for (c, _) in text.chars().zip(before.chars()).take_while(|(a, b)| a == b) {
        if units + c.len_utf16() > 35 {
            break;
        }
        shared += c.len_utf8();
        units += c.len_utf16();
    }
    let digit = char::from_digit(u32::try_from(units).unwrap_or_default(), 36);
    digit.into_iter().chain(text[shared..].chars()).collect()
}
