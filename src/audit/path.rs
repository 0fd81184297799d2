//! Addresses inside the site.

/// A text with its escapes undone: `None` where they are wrong, or stand for a slash or for nothing.
pub fn percent_decoded(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let value = digit(rest.next())? * 16 + digit(rest.next())?;
        let byte = u8::try_from(value).ok()?;
        if byte == b'/' || byte == 0 {
            return None;
        }
        bytes.push(byte);
    }
    String::from_utf8(bytes).ok()
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
