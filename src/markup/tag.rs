//! Tags, and their attributes the way a browser gets them: character references resolved.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use memchr::{memchr, memmem};

/// Elements whose content is no markup.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// Every tag, without those of raw elements' content and comments.
pub fn tags(page: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + page[at..].find('<')?;
            let rest = &page[start..];
            if rest.starts_with("<!--") {
                at = start + rest.find("-->").unwrap_or(rest.len());
                continue;
            }
            let end = start + end_of_tag(rest);
            at = end;
            let name = tag_name(rest);
            if RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
                at = end_of_raw(&page[end..], name).map_or(page.len(), |offset| end + offset);
            }
            return Some(start..end);
        }
    })
}

/// Where the end tag of that name begins, the way browsers look for it in raw text.
pub fn end_of_raw(content: &str, name: &str) -> Option<usize> {
    let bytes = content.as_bytes();
    memmem::find_iter(bytes, b"</").find(|at| {
        let (found, after) = bytes[at + 2..].split_at_checked(name.len()).unwrap_or_default();
        found.eq_ignore_ascii_case(name.as_bytes())
            && matches!(after.first(), Some(b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r' | 0x0C))
    })
}

/// Every `id` of a page, where a link can lead to with `#`.
pub fn ids(page: &str) -> BTreeSet<String> {
    let id = |tag: Range<usize>| Attributes::read(&page[tag]).value("id").map(str::to_owned);
    tags(page).filter_map(id).collect()
}

/// The name in a start tag, as written.
pub fn tag_name(tag: &str) -> &str {
    let tag = tag.strip_prefix('<').unwrap_or(tag);
    let end = tag
        .bytes()
        .position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b':' | b'_' | b'.'))
        .unwrap_or(tag.len());
    &tag[..end]
}

/// Behind the `>` that ends a tag: one in quotes does not.
pub fn end_of_tag(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    tag.len()
}

/// One attribute: its name in lower case, its value decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute<'t> {
    pub name: Cow<'t, str>,
    /// `None` where a character reference is not one that we know.
    pub value: Option<Cow<'t, str>>,
    /// Where it is written in its tag.
    pub at: Range<usize>,
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
            let start = tag.len() - rest.len();
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
            attributes.list.push(Attribute { name, value, at: start..tag.len() - rest.len() });
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

/// The references by name that we know, each with its letter.
const NAMED: &str = "amp=& lt=< gt=> quot=\" apos=' nbsp=\u{a0} agrave=à egrave=è eacute=é igrave=ì ograve=ò ugrave=ù \
    Agrave=À Egrave=È Eacute=É Igrave=Ì Ograve=Ò Ugrave=Ù euro=€ copy=© laquo=« raquo=» lsquo=‘ rsquo=’ \
    ldquo=“ rdquo=” ndash=– mdash=— hellip=… middot=· bull=• deg=° shy=\u{ad} rarr=→ larr=← times=×";

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
    let known = NAMED.split(' ').filter_map(|one| one.split_once('='));
    known.filter(|(known, _)| *known == name).find_map(|(_, letter)| letter.chars().next())
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
    fn references_are_resolved_where_they_are_known() {
        let resolved = |text| decode(text).map(|text| text.into_owned());
        assert_eq!(resolved("a&#32;b c&amp;d &egrave; &#x41; &").as_deref(), Some("a b c&d è A &"));
        assert_eq!(resolved("a&unknown;b"), None);
        assert_eq!(resolved("a&ampb"), None);
    }
}
