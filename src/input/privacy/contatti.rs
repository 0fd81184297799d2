//! E-mail addresses and mobile numbers, each found from one of its characters.

use std::ops::Range;

use super::Reading;

/// What an address may have before the `@` (RFC 5321).
const MAX_LOCAL: usize = 64;
const MAX_DOMAIN: usize = 253;
/// What follows the last dot in `foto@2x.png`: no domains.
const EXTENSIONS: [&str; 14] =
    ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "pdf", "css", "js", "json", "xml", "html", "yaml"];
/// Beginnings of words before a number that say it is another kind of number.
const NOT_TELEPHONES: &str = "cig cup prot determin deliber codic pratic matricol iscri registr fattur bilanc import cost \
    budget euro € contribut dotazion valor identificativ";
/// And after it, where an amount is told.
const MONEY: [&str; 2] = ["euro", "€"];
/// Words before a number that say it is one to call.
const TELEPHONES: [&str; 6] = ["tel", "cell", "mobile", "whatsapp", "phone", "chiama"];
/// How far before a number such a word is looked for.
const NEAR: usize = 32;

/// The address around the `@` at this byte.
pub fn email(text: &str, at: usize) -> Option<Range<usize>> {
    let before = text.get(..at)?;
    let local: usize = before.chars().rev().take(MAX_LOCAL + 1).take_while(|&c| is_local(c)).map(char::len_utf8).sum();
    let start = at - local;
    let start = start + (local - before[start..].trim_start_matches(|c: char| !c.is_alphanumeric()).len());
    // A name in the path of an address, as in `https://…/foto@centro.it/`; a parameter of it does count.
    let in_path = before[..start].ends_with('/') && !before[..start].ends_with("//");
    // `@account@server` is an account of a network.
    let is_account = before[..start].ends_with('@');
    if start == at || is_account || (in_path && is_in_web_address(&before[..start])) {
        return None;
    }
    let after = text.get(at + 1..)?;
    let domain: usize = after.chars().take(MAX_DOMAIN + 1).take_while(|&c| is_domain(c)).map(char::len_utf8).sum();
    let domain = after[..domain].trim_end_matches(['.', '-']);
    let (name, top) = domain.rsplit_once('.')?;
    let is_name = name.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
    let is_top = top.chars().count() >= 2 && top.chars().all(char::is_alphabetic);
    let is_file = EXTENSIONS.contains(&top.to_ascii_lowercase().as_str());
    (is_name && is_top && !is_file).then(|| start..at + 1 + domain.len())
}

fn is_local(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'')
}

fn is_domain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-')
}

/// Whether the text ends inside a web address.
fn is_in_web_address(before: &str) -> bool {
    /// Longer addresses exist, but the scheme of one that holds an `@` is near.
    const LOOK_BACK: usize = 400;
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(LOOK_BACK))..];
    let word = near.rsplit([' ', '\n', '\t', '"', '\'', '(', '<', '[']).next().unwrap_or_default();
    word.contains("://")
}

/// The Italian mobile number whose national part begins with the `3` at this byte.
pub fn mobile(text: &str, at: usize, reading: Reading) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let second = *bytes.get(at + 1)?;
    let is_spaced = match bytes.get(at + 1..at + 4)? {
        [a, digit, b] => a == b && digit.is_ascii_digit() && matches!(a, b' ' | b'-' | b'.'),
        _ => false,
    };
    if !second.is_ascii_digit() && !is_spaced {
        return None;
    }
    let prefix = prefix(&bytes[..at]);
    if prefix.is_none() {
        let third = *bytes.get(at + 2)?;
        if (second < b'2' && !is_spaced) || !third.is_ascii_digit() || !may_begin(&bytes[..at]) {
            return None;
        }
    }
    let (groups, end) = groups(bytes, at)?;
    let total: usize = groups.iter().sum();
    let start = match prefix {
        // Some old numbers have nine digits.
        Some(start) if total == 10 || total == 9 => start,
        None if total == 10 => at,
        _ => return None,
    };
    if !may_end(bytes, end, prefix.is_some(), groups.len()) {
        return None;
    }
    if prefix.is_none() {
        let near = &text[text.floor_char_boundary(at.saturating_sub(NEAR))..at];
        let near = near.rsplit('\n').next().unwrap_or_default().to_lowercase();
        let called = TELEPHONES.iter().any(|word| near.contains(word));
        let well_grouped = groups.len() == 1 || (groups[0] == 3 && groups[1..].iter().all(|&group| group >= 2));
        let one_by_one = called && is_spaced && groups.iter().all(|&group| group == 1);
        let numbers_before = groups.len() > 1 && near.trim_end().ends_with(|c: char| c.is_ascii_digit());
        let behind = text[end..].trim_start_matches(' ');
        let is_money = MONEY.iter().any(|word| behind.starts_with(word));
        let other = is_money || NOT_TELEPHONES.split(' ').any(|word| near.contains(word));
        if !(well_grouped || one_by_one) || !called && (numbers_before || other || reading == Reading::Technical) {
            return None;
        }
    }
    Some(start..end)
}

/// Where `+39`, `0039` or the `39` of a WhatsApp link begins, if that is what comes before.
fn prefix(before: &[u8]) -> Option<usize> {
    // Most threes stand inside other numbers.
    if matches!(before.last(), Some(b'0'..=b'8')) {
        return None;
    }
    let mut end = before.len();
    // `+39 (340) …`
    for _ in 0..2 {
        end -= usize::from(matches!(before[..end].last(), Some(b' ' | b'.' | b'-' | b'/' | b'(')));
    }
    let before = &before[..end];
    let signs: [&[u8]; 4] = [b"+39", b"0039", b"wa.me/39", b"(+39)"];
    let sign = signs.into_iter().find(|sign| before.ends_with(sign))?;
    let start = end - sign.len();
    let is_inside = sign == b"0039" && before[..start].last().is_some_and(u8::is_ascii_alphanumeric);
    (!is_inside).then_some(start)
}

/// Whether a number without prefix can begin after these bytes.
fn may_begin(before: &[u8]) -> bool {
    let second = before.len().checked_sub(2).map(|at| before[at]);
    match before.last() {
        // `cell.340…`, and the comma of a CSV
        Some(b'.') => second.is_some_and(|b| b.is_ascii_alphabetic()),
        Some(b',') => !second.is_some_and(|b| b.is_ascii_digit()),
        Some(b'/' | b'-' | b'_' | b'=' | b'#' | b'&' | b'%' | b'+' | b'@' | b'\\' | b'$') => false,
        Some(b) => !b.is_ascii_alphanumeric(),
        None => true,
    }
}

/// Whether a number is over at `end`.
fn may_end(bytes: &[u8], end: usize, has_prefix: bool, groups: usize) -> bool {
    let digit_after = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    match bytes.get(end) {
        Some(b'.' | b',' | b'-') => !digit_after,
        // A row of numbers, the number of an act.
        Some(b' ') => has_prefix || groups == 1 || !digit_after,
        Some(b'/') => has_prefix || groups > 1 || !digit_after,
        Some(b'_' | b'%' | b'@' | b'=') => false,
        Some(b) => !b.is_ascii_alphanumeric(),
        None => true,
    }
}

/// The sizes of the groups of digits, at most ten in all, and where the last one ends.
fn groups(bytes: &[u8], start: usize) -> Option<(Vec<usize>, usize)> {
    let mut groups: Vec<usize> = Vec::new();
    let (mut at, mut total, mut kind) = (start, 0, None);
    loop {
        let group = bytes[at..].iter().take(11).take_while(|b| b.is_ascii_digit()).count();
        total += group;
        at += group;
        if total > 10 {
            return None;
        }
        groups.push(group);
        if total == 10 {
            return Some((groups, at));
        }
        let Some((separator, width)) = separator(&bytes[at..]) else { return Some((groups, at)) };
        // After the first group anything goes; the others are all separated alike.
        if groups.len() > 1 && kind.replace(separator).is_some_and(|kind| kind != separator) {
            return None;
        }
        at += width;
    }
}

/// What separates two groups of digits, and how many bytes it takes.
fn separator(bytes: &[u8]) -> Option<(u8, usize)> {
    let (kind, width) = match bytes {
        [b')', b' ' | b'.' | b'-' | b'/', ..] => (b')', 2),
        [b' ', kind @ (b'-' | b'/' | b'.'), b' ', ..] => (*kind, 3),
        [kind @ (b' ' | b'.' | b'-' | b'/' | b')'), ..] => (*kind, 1),
        // Folded texts go on in the next line.
        [b'\n', rest @ ..] => (b' ', 1 + rest.iter().take_while(|&&b| b == b' ').count()),
        [b'\r', b'\n', rest @ ..] => (b' ', 2 + rest.iter().take_while(|&&b| b == b' ').count()),
        _ => return None,
    };
    bytes.get(width).is_some_and(u8::is_ascii_digit).then_some((kind, width))
}
