//! Addresses inside the site.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// A text with its escapes undone: `None` where they are wrong, or stand for a slash or for nothing.
pub fn percent_decoded(text: &str) -> Option<String> {
    let is_hex = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut escapes = text.match_indices('%').map(|(at, _)| text.get(at + 1..at + 3));
    if !escapes.all(|digits| digits.is_some_and(|it| is_hex(it) && !["2f", "2F", "00"].contains(&it))) {
        return None;
    }
    percent_decode_str(text).decode_utf8().ok().map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone_where_they_are_right() {
        assert_eq!(percent_decoded("a%20b.svg").as_deref(), Some("a b.svg"));
        for wrong in ["a%2Fb", "a%0", "%zz", "%00", "%ff"] {
            assert_eq!(percent_decoded(wrong), None, "{wrong}");
        }
    }
}
