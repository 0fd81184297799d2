//! Text and attributes the way a reader gets them: character references and white space resolved.

use memchr::{memchr, memrchr};
use std::borrow::Cow;

/// The name in a start tag, as written.
pub fn tag_name(tag: &str) -> &str {
    let tag = tag.strip_prefix('<').unwrap_or(tag);
    let end = tag
        .bytes()
        .position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b':' | b'_' | b'.'))
        .unwrap_or(tag.len());
    &tag[..end]
}

/// One attribute: its name in lower case, its value decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute<'t> {
    pub name: Cow<'t, str>,
    /// `None` where a character reference is not one that we know.
    pub value: Option<Cow<'t, str>>,
}

/// The attributes of one tag, in order.
#[derive(Debug, Clone, Default)]
pub struct Attributes<'t> {
    pub list: Vec<Attribute<'t>>,
    /// An attribute stands twice, or the tag is not written as we expect.
    pub broken: bool,
}

impl<'t> Attributes<'t> {
    /// Reads a tag that the scanner has let through.
    pub fn read(tag: &'t str) -> Attributes<'t> {
        let mut attributes = Attributes::default();
        let space = |c: char| matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{c}');
        let mut rest = tag.get(1 + tag_name(tag).len()..).unwrap_or("");
        loop {
            rest = rest.trim_start_matches(space);
            if rest.is_empty() || matches!(rest, ">" | "/>" | "?>") {
                return attributes;
            }
            let end = rest.find(|c: char| space(c) || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            rest = after;
            let mut value = Some(Cow::Borrowed(""));
            if let Some(after) = rest.strip_prefix('=') {
                let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
                let (raw, after) = match quote {
                    Some(quote) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                    None => after.split_at(after.find(|c| space(c) || c == '>').unwrap_or(after.len())),
                };
                value = match raw.contains('\r') {
                    // Browsers make every line end the same before anything else.
                    true => decode(&raw.replace("\r\n", "\n").replace('\r', "\n"))
                        .map(|value| Cow::Owned(value.into_owned())),
                    false => decode(raw),
                };
                rest = after;
            }
            let name = match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
                true => Cow::Owned(name.to_ascii_lowercase()),
                false => Cow::Borrowed(name),
            };
            if name.is_empty() || attributes.list.iter().any(|known| known.name == name) {
                attributes.broken = true;
                if name.is_empty() {
                    return attributes;
                }
            }
            attributes.list.push(Attribute { name, value });
        }
    }

    pub fn get(&self, name: &str) -> Option<&Attribute<'t>> {
        self.list.iter().find(|attribute| attribute.name == name)
    }

    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The value, where there is one that we can read.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.get(name)?.value.as_deref()
    }
}

/// Whether the text before a place ends in an unfinished character reference, which would take
/// in what follows.
pub fn runs_into(before: &[u8]) -> bool {
    match memrchr(b'&', before) {
        None => false,
        Some(at) => before[at + 1..].iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'#'),
    }
}

/// Text with character references resolved and runs of white space made one space. `false` where
/// a reference is not one that we know: then the result is good for nothing.
pub fn plain(text: &str, into: &mut String) -> bool {
    into.clear();
    let Some(decoded) = decode(text) else {
        return false;
    };
    for (index, word) in decoded.split_ascii_whitespace().enumerate() {
        if index > 0 {
            into.push(' ');
        }
        into.push_str(word);
    }
    true
}

/// `None` where a character reference is not one that we know.
pub fn decode(text: &str) -> Option<Cow<'_, str>> {
    let Some(first) = memchr(b'&', text.as_bytes()) else {
        return Some(Cow::Borrowed(text));
    };
    let mut decoded = String::with_capacity(text.len());
    decoded.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(after) = rest.strip_prefix('&') {
        let name = after.bytes().position(|b| !b.is_ascii_alphanumeric() && b != b'#').unwrap_or(after.len());
        if name == 0 {
            decoded.push('&');
            rest = after;
        } else {
            if after.as_bytes().get(name) != Some(&b';') {
                return None;
            }
            decoded.push(reference(&after[..name])?);
            rest = &after[name + 1..];
        }
        let next = memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
        decoded.push_str(&rest[..next]);
        rest = &rest[next..];
    }
    Some(Cow::Owned(decoded))
}

fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        // Below these some codes stand for other characters, for old times' sake.
        return match code {
            0x09 | 0x0A | 0x20..=0x7E | 0xA0.. => char::from_u32(code),
            _ => None,
        };
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "agrave" => 'à',
        "egrave" => 'è',
        "eacute" => 'é',
        "igrave" => 'ì',
        "ograve" => 'ò',
        "ugrave" => 'ù',
        "Agrave" => 'À',
        "Egrave" => 'È',
        "Eacute" => 'É',
        "Igrave" => 'Ì',
        "Ograve" => 'Ò',
        "Ugrave" => 'Ù',
        "euro" => '€',
        "copy" => '©',
        "laquo" => '«',
        "raquo" => '»',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "middot" => '·',
        "bull" => '•',
        "deg" => '°',
        "shy" => '\u{ad}',
        "rarr" => '→',
        "larr" => '←',
        "times" => '×',
        _ => return None,
    })
}

/// Whether a Content-Security-Policy lets an image of the same site through.
pub fn policy_shows_images(policy: &str) -> bool {
    // Several policies may stand in one, divided by commas, and all of them hold.
    policy.split(',').all(|policy| {
        let mut directives: Vec<(String, Vec<String>)> = Vec::new();
        for directive in policy.split(';') {
            let mut words = directive.split_ascii_whitespace().map(str::to_ascii_lowercase);
            if let Some(name) = words.next()
                && !directives.iter().any(|(known, _)| *known == name)
            {
                directives.push((name, words.collect()));
            }
        }
        let images =
            ["img-src", "default-src"].iter().find_map(|name| directives.iter().find(|(known, _)| known == name));
        match images {
            None => true,
            Some((_, sources)) => sources.iter().any(|source| source == "'self'" || source == "*"),
        }
    })
}

/// Line and column, both from one, the column in characters.
pub fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_in_every_spelling() {
        let read = Attributes::read("<img SRC='a&amp;b' alt=\"x y\" hidden width=3/>");
        assert_eq!(read.value("src"), Some("a&b"));
        assert_eq!(read.value("alt"), Some("x y"));
        assert!(read.has("hidden") && !read.broken);
        assert!(Attributes::read("<p id=a id=b>").broken);
    }

    #[test]
    fn references_and_white_space_are_resolved() {
        let mut out = String::new();
        assert!(plain(" a&#32;b\n\t c&amp;d &egrave; &#x41; & ", &mut out));
        assert_eq!(out, "a b c&d è A &");
        assert!(!plain("a&unknown;b", &mut out));
        assert!(!plain("a&ampb", &mut out));
    }

    #[test]
    fn a_policy_may_bar_images() {
        assert!(policy_shows_images("default-src 'self'"));
        assert!(policy_shows_images("default-src 'none'; img-src 'self' data:"));
        assert!(!policy_shows_images("default-src 'none'"));
        assert!(!policy_shows_images("img-src 'none'; default-src 'self'"));
    }
}
