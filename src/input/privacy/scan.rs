//! One text searched for everything, in two quick passes over its bytes.
//!
//! The files of a large site are 76 MB and nearly none holds what is looked for, so each pass first asks for what
//! all the data of a kind have: an `@`, a `3`, a digit after a letter.

use std::ops::Range;

use super::{Datum, Found, Reading, codice_fiscale, contatti, gaps, iban};

/// Bytes asked at once whether one is a digit; the loop over so many becomes vector instructions.
const BLOCK: usize = 128;

/// The personal data of a text, in the order of their bytes.
pub fn find(text: &str, reading: Reading) -> Vec<Found> {
    let mut found = contacts(text, reading);
    codes(text, &mut found);
    found.sort_by_key(|found| (found.bytes.start, found.bytes.end));
    found
}

/// The addresses and numbers alone.
pub fn contacts(text: &str, reading: Reading) -> Vec<Found> {
    let mut found = Vec::new();
    let mut done = 0;
    for at in memchr::memchr2_iter(b'@', b'3', text.as_bytes()) {
        if at < done {
            continue;
        }
        let (datum, bytes) = if text.as_bytes()[at] == b'@' {
            (Datum::Email, contatti::email(text, at))
        } else {
            (Datum::Cellulare, contatti::mobile(text, at, reading))
        };
        if let Some(bytes) = bytes {
            done = bytes.end;
            found.push(Found { datum, bytes });
        }
    }
    found
}

fn codes(text: &str, found: &mut Vec<Found>) {
    let bytes = text.as_bytes();
    let mut done = 0;
    let mut block = 1;
    while block < bytes.len() {
        let end = (block + BLOCK).min(bytes.len());
        if bytes[block..end].iter().fold(0, |any, b| any | u8::from(b.wrapping_sub(b'0') < 10)) != 0 {
            for at in block..end {
                // A digit and before it, at most across a gap, a letter: every fiscal code and every account has that.
                if at >= done && bytes[at].is_ascii_digit() && !bytes[at - 1].is_ascii_digit() {
                    done = code(bytes, at, done, found).unwrap_or(done);
                }
            }
        }
        block = end;
    }
}

/// The code around this digit, which follows no digit, and where it ends.
fn code(bytes: &[u8], digit: usize, done: usize, found: &mut Vec<Found>) -> Option<usize> {
    let letter = gaps::before(bytes, digit)?;
    if letter < done || !bytes[letter].is_ascii_alphabetic() {
        return None;
    }
    let found_here = match letter + 1 == digit {
        true => whole(bytes, letter).or_else(|| account(bytes, letter.checked_sub(1)?)),
        // A country that stands apart; of those that are words, as in `al 31`, nothing would be certain.
        false => letter
            .checked_sub(1)
            .filter(|&start| matches!(&bytes[start..=letter], b"IT" | b"it" | b"SM"))
            .and_then(|start| account(bytes, start)),
    };
    let (datum, bytes) = found_here.or_else(|| spaced(bytes, digit))?;
    let end = bytes.end;
    found.push(Found { datum, bytes });
    Some(end)
}

/// A fiscal code without gaps.
fn whole(bytes: &[u8], letter: usize) -> Option<(Datum, Range<usize>)> {
    let before = bytes[..letter].iter().rev().take(codice_fiscale::LEN);
    let start = letter - before.take_while(|b| b.is_ascii_alphanumeric()).count();
    let after = bytes[start..].iter().take(codice_fiscale::LEN + 1);
    let end = start + after.take_while(|b| b.is_ascii_alphanumeric()).count();
    codice_fiscale::is_valid(&bytes[start..end]).then_some((Datum::CodiceFiscale, start..end))
}

/// A fiscal code with gaps, from the first of the three digits of its place: there letters stand for no digits, or any
/// sixteen letters and digits in a row would do.
fn spaced(bytes: &[u8], digit: usize) -> Option<(Datum, Range<usize>)> {
    /// `RSSMRA 85 T 10 A`, before the digits.
    const BEFORE: &[u8] = b"LLLLLLDDLDDL";
    const AFTER: &[u8] = b"DDDL";
    let fits = |kind: u8, b: u8| if kind == b'D' { b.is_ascii_digit() } else { b.is_ascii_alphabetic() };
    let mut code = [0; codice_fiscale::LEN];
    let mut end = digit;
    for (place, &kind) in AFTER.iter().enumerate() {
        let at = if place == 0 { digit } else { gaps::after(bytes, end - 1)? };
        let b = bytes[at];
        if !fits(kind, b) {
            return None;
        }
        code[BEFORE.len() + place] = b;
        end = at + 1;
    }
    if bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    let mut start = digit;
    for (place, &kind) in BEFORE.iter().enumerate().rev() {
        start = gaps::before(bytes, start)?;
        if !fits(kind, bytes[start]) {
            return None;
        }
        code[place] = bytes[start];
    }
    let begins = !start.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphanumeric());
    (begins && codice_fiscale::is_valid(&code)).then_some((Datum::CodiceFiscale, start..end))
}

/// The account that begins here, written as one or in groups.
fn account(bytes: &[u8], start: usize) -> Option<(Datum, Range<usize>)> {
    if start.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphanumeric()) {
        return None;
    }
    let length = iban::length([bytes[start], *bytes.get(start + 1)?])?;
    let mut characters = vec![bytes[start]];
    let mut at = start;
    while characters.len() < length {
        at = gaps::after(bytes, at)?;
        characters.push(bytes[at]);
    }
    let end = at + 1;
    let ends = !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
    (ends && iban::is_valid(&characters)).then_some((Datum::Iban, start..end))
}
