//! Fiscal codes of persons: sixteen characters, the last of which proves the others (D.M. 23/12/1976).

/// The characters of a code.
pub const LEN: usize = 16;

/// Where a code has digits; two persons with the same code get letters there instead (*omocodia*).
const DIGITS: [usize; 7] = [6, 7, 9, 10, 12, 13, 14];
/// The letters that stand for 0-9 in a code with omocodia.
const OMOCODIA: &[u8; 10] = b"LMNPQRSTUV";
/// January to December.
const MONTHS: &[u8; 12] = b"ABCDEHLMPRST";
/// What characters in odd places count: 0-9 count as A-J.
const ODD: [u32; 26] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/// Whether the text is the fiscal code of a person, in whatever case.
pub fn is_valid(text: &[u8]) -> bool {
    let Ok(code) = <[u8; LEN]>::try_from(text) else { return false };
    let code = code.map(|b| b.to_ascii_uppercase());
    // Seven letters for seven digits would take 128 persons with one code, and words would look like codes.
    if !code.iter().any(u8::is_ascii_digit) {
        return false;
    }
    for (place, &character) in code.iter().enumerate() {
        let fits = if DIGITS.contains(&place) { digit(character).is_some() } else { character.is_ascii_uppercase() };
        if !fits {
            return false;
        }
    }
    MONTHS.contains(&code[8]) && is_day(code[9], code[10]) && check_letter(&code) == Some(code[15])
}

/// The digit that a character means.
fn digit(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        _ => OMOCODIA.iter().position(|&letter| letter == character).and_then(|at| u8::try_from(at).ok()),
    }
}

/// 1-31; women's days are written with 40 more.
fn is_day(tens: u8, units: u8) -> bool {
    let (Some(tens), Some(units)) = (digit(tens), digit(units)) else { return false };
    matches!(tens * 10 + units, 1..=31 | 41..=71)
}

fn check_letter(code: &[u8; LEN]) -> Option<u8> {
    let mut sum = 0;
    for (place, &character) in code[..LEN - 1].iter().enumerate() {
        let value = if character.is_ascii_digit() { character - b'0' } else { character.checked_sub(b'A')? };
        // The first place is an odd one.
        sum += if place % 2 == 0 { *ODD.get(usize::from(value))? } else { u32::from(value) };
    }
    u8::try_from(sum % 26).ok().map(|rest| b'A' + rest)
}
