//! Text from records made harmless for a terminal.

use std::borrow::Cow;

/// On one line, without control characters and without marks that reorder what is read.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_unsafe(c) { visible(c) } else { c }).collect())
}

/// A character of a file as an excerpt shows it. A tab becomes an arrow: it is often what is wrong.
pub(super) fn excerpt_char(c: char) -> char {
    match c {
        '\t' => '→',
        c if is_unsafe(c) => visible(c),
        c => c,
    }
}

/// Control characters, line separators, and the overrides that make text read differently from
/// what is stored.
pub(crate) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}'
            | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// What is shown in place of an unsafe character: one column wide, so that carets stay in place.
fn visible(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32('\u{2400}' as u32 + c as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        _ => '\u{fffd}',
    }
}
