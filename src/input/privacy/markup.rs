//! Tags and entities, read as far as it takes to know what shows.

use memchr::memmem;

/// The tag, comment or declaration that the text begins with: its length, and whether it separates.
pub fn tag(text: &str) -> Option<(usize, bool)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        return Some((4 + comment.find("-->")? + 3, false));
    }
    if text.starts_with("<![CDATA[") {
        return Some((9, false));
    }
    if text.starts_with("<?") {
        return Some((text.find("?>")? + 2, true));
    }
    let name = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    let length = name.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-' | b'_')).count();
    let (name, after) = name.split_at(length);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !after.starts_with(['>', '/', ' ', '\n', '\t', '\r']) {
        return None;
    }
    let start = text.len() - after.len();
    Some((start + close(after)?, is_block(name)))
}

/// Where a tag ends; a quote keeps what is in it.
fn close(text: &str) -> Option<usize> {
    /// An image in an attribute is longer; it is told by the bytes that follow it then.
    const LONGEST: usize = 1 << 20;
    let bytes = &text.as_bytes()[..text.len().min(LONGEST)];
    let mut at = 0;
    loop {
        at += memchr::memchr3(b'>', b'"', b'\'', &bytes[at..])?;
        match bytes[at] {
            b'>' => return Some(at + 1),
            quote => at += 1 + memchr::memchr(quote, &bytes[at + 1..])? + 1,
        }
    }
}

/// Elements that end a word: what stands on both sides of them is not read as one. Those of documents are among them,
/// without their prefix.
fn is_block(name: &str) -> bool {
    let local = name.rsplit(':').next().unwrap_or(name).as_bytes();
    let mut lower = [0; 12];
    let Some(lower) = lower.get_mut(..local.len()) else { return false };
    lower.copy_from_slice(local);
    lower.make_ascii_lowercase();
    match &*lower {
        // In HTML it strikes out; in documents `text:s` is spaces.
        b"s" => name.contains(':'),
        b"p" | b"div" | b"td" | b"th" | b"tr" | b"li" | b"ul" | b"ol" | b"dl" | b"dt" | b"dd" | b"table" | b"thead"
        | b"tbody" | b"tfoot" | b"caption" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"section"
        | b"article" | b"header" | b"footer" | b"nav" | b"main" | b"aside" | b"figure" | b"figcaption" | b"br"
        | b"hr" | b"option" | b"title" | b"desc" | b"text" | b"head" | b"body" | b"script" | b"style" | b"summary"
        | b"details" | b"button" | b"label" | b"form" | b"blockquote" | b"pre" | b"address" | b"h" | b"tc" | b"tab"
        | b"cr" | b"line-break" | b"table-cell" | b"table-row" | b"si" | b"is" | b"c" | b"v" | b"f" | b"row"
        | b"sp" => true,
        _ => false,
    }
}

/// The entity that the text begins with, and the character that it is.
pub fn entity(text: &str) -> Option<(usize, char)> {
    /// `&ZeroWidthSpace;` and some zeros before a number.
    const LONGEST: usize = 24;
    // What was escaped twice shows once it was read twice, as in a feed.
    let inner = text.strip_prefix("&amp;").filter(|rest| rest.starts_with('#')).unwrap_or(&text[1..]);
    let before = text.len() - inner.len();
    let near = &inner[..inner.floor_char_boundary(LONGEST.min(inner.len()))];
    if let Some(number) = near.strip_prefix('#') {
        let (digits, radix) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16),
            None => (number, 10),
        };
        let count = digits.bytes().take_while(|b| char::from(*b).is_digit(radix)).count();
        let c = u32::from_str_radix(&digits[..count], radix).ok().and_then(char::from_u32)?;
        let end = near.len() - digits.len() + count;
        return Some((before + end + usize::from(near[end..].starts_with(';')), c));
    }
    let (name, _) = near.split_once(';')?;
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" | "ensp" | "emsp" | "thinsp" | "hairsp" | "NonBreakingSpace" | "ThinSpace" | "Tab" => ' ',
        "shy" | "zwj" | "zwnj" | "ZeroWidthSpace" | "NoBreak" => '\u{200b}',
        "NewLine" => '\n',
        "commat" => '@',
        "period" => '.',
        "plus" => '+',
        "lowbar" => '_',
        "sol" => '/',
        "colon" => ':',
        "lpar" => '(',
        "rpar" => ')',
        "hyphen" | "dash" | "ndash" | "mdash" | "minus" => '-',
        _ => return None,
    };
    Some((before + name.len() + 1, c))
}

/// The entities that an XML file declares for itself.
#[derive(Debug, Default)]
pub struct Entities(Vec<(String, String)>);

impl Entities {
    pub fn of(text: &str) -> Self {
        /// Real files declare a few namespaces.
        const MOST: usize = 64;
        /// Longer ones are pictures, or made to fill the memory.
        const LONGEST: usize = 4096;
        if memmem::find(text.as_bytes(), b"<!ENTITY").is_none() {
            return Entities::default();
        }
        let declared = text.match_indices("<!ENTITY").take(MOST).filter_map(|(at, mark)| {
            let (name, rest) = text[at + mark.len()..].trim_start().split_once(char::is_whitespace)?;
            let rest = rest.trim_start();
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let (value, _) = rest[1..].split_once(quote)?;
            (value.len() <= LONGEST).then(|| (name.to_owned(), value.to_owned()))
        });
        Entities(declared.collect())
    }

    /// What the reference that the text begins with stands for: entities in it are put in once, not endlessly.
    pub fn expand(&self, text: &str) -> Option<(usize, String)> {
        if self.0.is_empty() {
            return None;
        }
        let (name, _) = text[1..].split_once(';')?;
        let of = |name: &str| self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value);
        let value = of(name)?;
        let once = self.0.iter().fold(value.clone(), |text, (inner, value)| {
            /// Enough for any text; a value that names another a thousand times is cut.
            const ROOM: usize = 16 << 10;
            let reference = format!("&{inner};");
            match text.matches(&reference).count().saturating_mul(value.len()) + text.len() > ROOM {
                true => text,
                false => text.replace(&reference, value),
            }
        });
        Some((name.len() + 2, once))
    }
}
