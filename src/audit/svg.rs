//! One strict pass over a drawing that is offered for download, which is opened alone, as XML.
//!
//! The engine paints the attribution under the drawing, last. So that nothing in the drawing reaches it, only elements
//! that draw are let through: no styles, scripts or animations, which act on the whole file.

use super::scan::{Fault, Read, fault};
use crate::markup::tag::{Attribute, Attributes, tag_name};
use memchr::{memchr, memmem};
use std::ops::Range;

/// A drawing that can be set into another.
#[derive(Debug, PartialEq, Eq)]
pub struct Drawing {
    /// What stands in its `svg`.
    pub inside: Range<usize>,
    /// Of its `viewBox`, whose corner is at 0, 0.
    pub width: u64,
    pub height: u64,
}

/// Elements that draw, or say how.
const DRAWN: &str = "a circle clipPath defs desc ellipse g image line linearGradient marker mask path pattern polygon \
                     polyline radialGradient rect stop text title tspan";
const DEEPEST: usize = 200;
/// A side, in units of the `viewBox`; and how many times higher than wide a drawing may be.
const LONGEST: u64 = 100_000;
const STEEPEST: u64 = 50;

/// Reads a whole drawing.
pub fn read(svg: &str) -> Read<Drawing> {
    let control = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    if let Some(at) = svg.bytes().position(control) {
        return fault(at..at + 1, "c'è un carattere di controllo");
    }
    let mut reader = Reader { svg, stack: Vec::new(), drawing: None, done: false };
    let mut at = reader.prologue()?;
    while at < svg.len() {
        let tag = memchr(b'<', &svg.as_bytes()[at..]).map_or(svg.len(), |offset| at + offset);
        reader.text(at..tag)?;
        let rest = &svg[tag..];
        at = match rest.as_bytes().get(1) {
            None => tag,
            Some(b'/') => reader.end_tag(tag)?,
            Some(letter) if letter.is_ascii_alphabetic() => reader.start_tag(tag)?,
            Some(_) => match rest.strip_prefix("<!--").and_then(|comment| Some((comment, comment.find("--")?))) {
                Some((comment, end)) if comment[end..].starts_with("-->") => tag + "<!--".len() + end + "-->".len(),
                _ => return fault(tag..tag + 1, "qui nel disegno serve un elemento o un commento"),
            },
        };
        if at == tag {
            break;
        }
    }
    match (reader.drawing, reader.stack.last()) {
        (Some(drawing), None) if reader.done => Ok(drawing),
        (_, Some(open)) => fault(open.clone(), "l'elemento non si chiude"),
        _ => fault(0..0, "il disegno comincia con `<svg>` e finisce con `</svg>`"),
    }
}

struct Reader<'s> {
    svg: &'s str,
    /// Start tags of the open elements.
    stack: Vec<Range<usize>>,
    drawing: Option<Drawing>,
    done: bool,
}

impl Reader<'_> {
    fn prologue(&self) -> Read<usize> {
        let start = if self.svg.starts_with('\u{feff}') { 3 } else { 0 };
        if !self.svg[start..].starts_with("<?xml ") {
            return Ok(start);
        }
        let Some(end) = self.svg.find("?>").map(|at| at + "?>".len()) else {
            return fault(start..start + 5, "la dichiarazione `<?xml` non si chiude");
        };
        let declared = Attributes::read(&self.svg[start + 1..end]);
        match declared.value("encoding").is_some_and(|name| !name.eq_ignore_ascii_case("utf-8")) {
            true => fault(start..end, "il disegno dichiara una codifica diversa da `utf-8`"),
            false => Ok(end),
        }
    }

    fn text(&self, span: Range<usize>) -> Read<()> {
        let text = &self.svg[span.clone()];
        if self.stack.is_empty() && !text.trim_ascii().is_empty() {
            return fault(span, "c'è del testo fuori dal disegno");
        }
        if text.contains("]]>") || !references_are_known(text) {
            return fault(span, "c'è un riferimento che XML non conosce");
        }
        Ok(())
    }

    fn start_tag(&mut self, tag: usize) -> Read<usize> {
        let end = self.tag_end(tag)?;
        let span = tag..end;
        let markup = &self.svg[span.clone()];
        let name = tag_name(markup);
        let attributes = Attributes::read(markup);
        if attributes.broken || !references_are_known(markup) {
            return fault(span, "un attributo compare due volte, o ha un riferimento che XML non conosce");
        }
        if self.stack.len() >= DEEPEST {
            return fault(span, "gli elementi sono annidati troppo in profondità");
        }
        let empty = markup.ends_with("/>");
        if self.stack.is_empty() {
            let size = if name == "svg" && !empty && self.drawing.is_none() { size(&attributes) } else { None };
            let Some((width, height)) = size else {
                return fault(
                    span,
                    "il disegno è un `<svg viewBox=\"0 0 …\">`, largo e alto un numero ragionevole di unità",
                );
            };
            self.drawing = Some(Drawing { inside: end..end, width, height });
        } else if !DRAWN.split(' ').any(|drawn| drawn == name) {
            return fault(span, format!("`<{name}>` non può stare in un grafico da scaricare: {COLOURS}"));
        } else if let Some(attribute) = attributes.list.iter().find(|attribute| !is_harmless(attribute)) {
            let why = format!("`{}` non può stare in un grafico da scaricare: {COLOURS}", attribute.name);
            return fault(span, why);
        }
        if !empty {
            self.stack.push(span);
        }
        Ok(end)
    }

    fn end_tag(&mut self, tag: usize) -> Read<usize> {
        let rest = &self.svg[tag + 2..];
        let length = rest.find('>').unwrap_or(rest.len());
        let span = tag..(tag + 2 + length + 1).min(self.svg.len());
        let name = |open: &Range<usize>| tag_name(&self.svg[open.clone()]);
        let closed = rest[..length].trim_ascii_end();
        match self.stack.last().cloned() {
            Some(open) if name(&open) == closed => {
                self.stack.pop();
                if let (true, Some(drawing)) = (self.stack.is_empty(), &mut self.drawing) {
                    drawing.inside.end = tag;
                    self.done = true;
                }
                Ok(span.end)
            }
            Some(open) if self.stack.iter().any(|open| name(open) == closed) => {
                let why = format!("`<{}>` non si chiude prima di `</{closed}>`", name(&open));
                Err(Box::new(Fault { span: open, or: Some(span), why: why.into() }))
            }
            _ => fault(span, format!("`</{closed}>` non chiude nessun elemento aperto")),
        }
    }

    /// Past the `>` of a tag, whose attributes all have quoted values.
    fn tag_end(&self, tag: usize) -> Read<usize> {
        let bytes = self.svg.as_bytes();
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
        let broken = || fault(tag..tag + 1, "il tag non è scritto come vuole XML");
        let mut at = tag + 1 + tag_name(&self.svg[tag..]).len();
        loop {
            let before = at;
            while byte(at).is_ascii_whitespace() {
                at += 1;
            }
            match byte(at) {
                b'>' => return Ok(at + 1),
                b'/' if byte(at + 1) == b'>' => return Ok(at + 2),
                _ if before == at => return broken(),
                _ => {}
            }
            let name = at;
            while byte(at).is_ascii_alphanumeric() || matches!(byte(at), b'-' | b':' | b'_' | b'.') {
                at += 1;
            }
            let quote = byte(at + 1);
            if at == name || byte(at) != b'=' || !matches!(quote, b'"' | b'\'') {
                return broken();
            }
            match memchr(quote, &bytes[at + 2..]) {
                Some(length) if memchr(b'<', &bytes[at + 2..at + 2 + length]).is_none() => at += length + 3,
                _ => return broken(),
            }
        }
    }
}

const COLOURS: &str = "colori e caratteri si scrivono negli attributi, come `fill` e `font-size`";

/// No styles, no scripts, no names of other languages, nothing that is fetched.
fn is_harmless(attribute: &Attribute<'_>) -> bool {
    let address = |value: &str| value.starts_with(['#']) || value.starts_with("data:image/");
    match &*attribute.name {
        "style" => false,
        name if name.starts_with("on") => false,
        "href" => attribute.value.as_deref().is_some_and(address),
        name => !name.contains(':') || name.starts_with("xml:"),
    }
}

fn size(attributes: &Attributes<'_>) -> Option<(u64, u64)> {
    let numbers = attributes.value("viewbox")?.split([' ', ',']).filter(|word| !word.is_empty());
    // A part of a unit is as good as none.
    let numbers: Vec<u64> = numbers.map(|word| word.split('.').next()?.parse().ok()).collect::<Option<_>>()?;
    let [0, 0, width, height] = *numbers else { return None };
    let fine = (1..=LONGEST).contains(&width) && (1..=LONGEST).contains(&height) && height <= width * STEEPEST;
    fine.then_some((width, height))
}

/// XML knows five names; any other makes the whole file unreadable.
fn references_are_known(text: &str) -> bool {
    memmem::find_iter(text.as_bytes(), b"&").all(|at| {
        text[at + 1..].split_once(';').is_some_and(|(name, _)| {
            matches!(name, "amp" | "lt" | "gt" | "quot" | "apos")
                || name.strip_prefix('#').is_some_and(|digits| {
                    let (digits, radix) = match digits.strip_prefix('x') {
                        Some(digits) => (digits, 16),
                        None => (digits, 10),
                    };
                    u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).is_some_and(|c| c >= '\t')
                })
        })
    })
}
