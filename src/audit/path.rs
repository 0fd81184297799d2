//! Addresses inside the site.

/// The address inside the site that a reference on a page leads to: `None` where it leads elsewhere,
/// or where that depends on where the site is put.
pub fn resolve(page: &str, reference: &str) -> Option<String> {
    let reference = reference.trim_matches([' ', '\t', '\n', '\r', '\u{c}']);
    let reference = reference.split('#').next().unwrap_or("");
    if reference.is_empty()
        || reference.starts_with('/')
        || reference.contains(['?', '\\', '\t', '\n', '\r'])
        || reference.split('/').next().is_some_and(|first| first.contains(':'))
    {
        return None;
    }
    let reference = percent_decoded(reference)?;
    let mut steps: Vec<&str> = page.split('/').collect();
    // The last step is the page itself.
    steps.pop();
    let mut parts = reference.split('/').peekable();
    while let Some(part) = parts.next() {
        match part {
            "." => {}
            ".." => {
                steps.pop()?;
            }
            // `a//b` and `a/` name other files than `a/b` and `a`.
            "" => return None,
            part => steps.push(part),
        }
        if parts.peek().is_none() && matches!(part, "." | "..") {
            return None;
        }
    }
    Some(steps.join("/"))
}

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
    fn references_are_resolved_against_the_page() {
        let page = "2017-2018/progetti/win/index.html";
        let to = |reference| resolve(page, reference);
        assert_eq!(to("../../../media/logo.svg").as_deref(), Some("media/logo.svg"));
        assert_eq!(to("./a%20b.svg#x").as_deref(), Some("2017-2018/progetti/win/a b.svg"));
        for elsewhere in [
            "/media/logo.svg",
            "https://example.org/logo.svg",
            "//example.org/logo.svg",
            "data:,x",
            "../../../../media/logo.svg",
            "../../../media/logo.svg?x",
            "",
            "..\\media",
            "media//x",
            "a%2Fb",
        ] {
            assert_eq!(to(elsewhere), None, "{elsewhere}");
        }
    }
}
