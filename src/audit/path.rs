//! Addresses inside the site.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// A text with its escapes undone: `None` where they are wrong.
pub fn decoded(text: &str) -> Option<String> {
    let is_escape = |rest: &str| rest.get(..2).is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
    text.split('%').skip(1).all(is_escape).then(|| percent_decode_str(text).decode_utf8().ok())?.map(Cow::into_owned)
}

/// The same of an address in the site: `None` also where escapes stand for a slash or for nothing.
pub fn percent_decoded(text: &str) -> Option<String> {
    let is_lost = |rest: &str| ["2f", "2F", "00"].iter().any(|escape| rest.starts_with(escape));
    decoded(text).filter(|_| !text.split('%').skip(1).any(is_lost))
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
