//! One text searched for everything, in two quick passes over its bytes.
//!
//! The files of a large site are 76 MB and nearly none holds what is looked for, so each pass first asks for what
//! all the data of a kind have: an `@`, a `3`, a digit right after a letter.

use super::{Datum, Found, Reading, codice_fiscale, contatti, iban};

/// Bytes asked at once whether a digit follows a letter; the loop over so many becomes vector instructions.
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
    let mut block = 0;
    while block + 1 < bytes.len() {
        // One byte more, for the pair across two blocks.
        let end = (block + BLOCK + 1).min(bytes.len());
        if has_pair(&bytes[block..end]) {
            for at in block..end - 1 {
                if at >= done && is_pair(bytes[at], bytes[at + 1]) {
                    done = code(bytes, at, found).unwrap_or(done);
                }
            }
        }
        block += BLOCK;
    }
}

/// A letter and right after it a digit: every fiscal code and every IBAN has that, plain texts hardly ever.
fn is_pair(letter: u8, digit: u8) -> bool {
    letter.is_ascii_alphabetic() && digit.is_ascii_digit()
}

fn has_pair(block: &[u8]) -> bool {
    let Some(next) = block.get(1..) else { return false };
    let pair =
        |(&a, &b): (&u8, &u8)| u8::from((a | 0x20).wrapping_sub(b'a') < 26) & u8::from(b.wrapping_sub(b'0') < 10);
    block.iter().zip(next).fold(0, |any, bytes| any | pair(bytes)) != 0
}

/// The code around a letter that a digit follows, and where it ends.
fn code(bytes: &[u8], letter: usize, found: &mut Vec<Found>) -> Option<usize> {
    let before = bytes[..letter].iter().rev().take(codice_fiscale::LEN);
    let start = letter - before.take_while(|b| b.is_ascii_alphanumeric()).count();
    let end =
        start + bytes[start..].iter().take(codice_fiscale::LEN + 1).take_while(|b| b.is_ascii_alphanumeric()).count();
    let (datum, end) = if codice_fiscale::is_valid(&bytes[start..end]) {
        (Datum::CodiceFiscale, end)
    } else if letter == start + 1 {
        (Datum::Iban, account(bytes, start)?)
    } else {
        return None;
    };
    found.push(Found { datum, bytes: start..end });
    Some(end)
}

/// Where the account ends that begins here, written as one or in groups.
fn account(bytes: &[u8], start: usize) -> Option<usize> {
    let length = iban::length([bytes[start], *bytes.get(start + 1)?])?;
    let mut characters = Vec::with_capacity(iban::MAX_LEN);
    let mut at = start;
    while characters.len() < length {
        let b = *bytes.get(at)?;
        if b.is_ascii_alphanumeric() {
            characters.push(b);
            at += 1;
        } else {
            at += gap(&bytes[at..])?;
        }
    }
    let ends = !bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    (ends && iban::is_valid(&characters)).then_some(at)
}

/// The bytes between two groups of an account: a space, a dash, or the fold of a text.
fn gap(bytes: &[u8]) -> Option<usize> {
    let width = match bytes {
        [b' ' | b'-' | b'.', ..] => 1,
        [0xc2, 0xa0, ..] => 2,
        [b'\n', rest @ ..] => 1 + rest.iter().take_while(|&&b| b == b' ').count(),
        [b'\r', b'\n', rest @ ..] => 2 + rest.iter().take_while(|&&b| b == b' ').count(),
        _ => return None,
    };
    bytes.get(width).is_some_and(u8::is_ascii_alphanumeric).then_some(width)
}
