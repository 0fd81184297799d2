//! How one scalar is written: with quotes only where YAML would read something else without.

use super::valore::{Esatto, has_form};
use crate::value::Nodo;
use crate::yaml::scalar::is_null;

/// A text on one line. `quoted` asks for these quotes even where none are needed; they are a wish, and not for what no
/// such quotes can hold.
pub(super) fn one_line(text: &str, in_flow: bool, schema: Nodo, quoted: Option<char>, habit: char) -> String {
    if quoted.is_none() && is_plain(text, in_flow, schema) {
        return text.to_owned();
    }
    let single = format!("'{}'", text.replace('\'', "''"));
    let has_marks = text.contains(['"', '\\']);
    match quoted.unwrap_or(habit) {
        _ if text.chars().any(needs_escape) => double(text),
        '\'' => single,
        _ if has_marks && !text.contains('\'') => single,
        _ => double(text),
    }
}

/// Whether a text is itself without quotes, also for editors that go by YAML 1.1.
pub(super) fn is_plain(text: &str, in_flow: bool, schema: Nodo) -> bool {
    stands_alone(text, in_flow) && !is_null(text) && !Esatto::is(text) && (has_form(schema) || !is_special(text))
}

/// Whether a scalar without quotes would end where the text does.
pub(super) fn stands_alone(text: &str, in_flow: bool) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return false };
    let next = chars.next().unwrap_or(' ');
    let is_indicator = match first {
        '-' | '?' | ':' => next == ' ' || ",[]{}".contains(next),
        _ => ",[]{}#&*!|>'\"%@`".contains(first),
    };
    !is_indicator
        && text.trim_matches(char::is_whitespace) == text
        && !text.starts_with("---")
        && !text.starts_with("...")
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !text.chars().any(|c| c == '\t' || needs_escape(c))
        && !(in_flow && text.contains([',', '[', ']', '{', '}']))
}

/// Words, numbers and days that some readers of YAML take for no text.
fn is_special(text: &str) -> bool {
    const WORDS: [&str; 10] = ["yes", "no", "on", "off", "true", "false", "null", "~", "<<", "="];
    let lower = text.to_ascii_lowercase();
    let digits = text.trim_start_matches(['+', '-']);
    let is_number = || {
        let bare = lower.replace('_', "");
        digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
            && (bare.parse::<f64>().is_ok() || ["0x", "0o", "0b"].iter().any(|base| bare.contains(base)))
    };
    WORDS.contains(&lower.as_str()) || is_number() || is_day(text) || is_sexagesimal(digits)
}

fn is_day(text: &str) -> bool {
    let mut parts = text.split(['T', 't', ' ']).next().unwrap_or_default().split('-');
    let mut digits = |from: usize, to: usize| {
        parts.next().is_some_and(|part| (from..=to).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
    };
    digits(4, 4) && digits(1, 2) && digits(1, 2)
}

/// `12:30` is 750 in YAML 1.1.
fn is_sexagesimal(digits: &str) -> bool {
    let parts = digits.split(':');
    parts.clone().count() > 1
        && parts.into_iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
}

/// What no line of a text may hold as it is.
pub(super) fn needs_escape(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn double(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if needs_escape(c) => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The mark and the lines of a text that is written in a block, if it can be: its lines are there as they are.
pub(super) fn block(text: &str, step: usize) -> Option<(String, Vec<&str>)> {
    let (body, chomp) = match text.strip_suffix('\n') {
        Some(body) => (body, ""),
        None => (text, "-"),
    };
    let lines: Vec<&str> = body.split('\n').collect();
    let is_odd = |line: &&str| line.starts_with('\t') || (!line.is_empty() && line.trim().is_empty());
    // Blank lines at the end would need a mark of their own, and are seldom meant.
    if !text.contains('\n') || body.is_empty() || body.ends_with('\n') || lines.iter().any(is_odd) {
        return None;
    }
    if text.chars().any(|c| c != '\n' && needs_escape(c)) {
        return None;
    }
    let first = lines.iter().find(|line| !line.is_empty())?;
    let indent = if first.starts_with(' ') { step.to_string() } else { String::new() };
    Some((format!("|{indent}{chomp}"), lines))
}
