//! The attribution in an SVG that is offered for download, which is opened alone, as XML.
//!
//! The same idea as for pages: a strict pass with the stack of open elements, an allow-list of the
//! elements that draw what they contain, and the file's own `style` judged like any stylesheet.

use super::Verdict;
use super::css::Stylesheet;
use super::hiding::{Hiding, Spot, What};
use super::rules::{Culprit, Rules};
use super::select::Node;
use super::text::{self, Attribute, Attributes};
use super::value::{self, Value};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use memchr::{memchr, memmem};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// The logo as an SVG carries it.
pub struct Logo {
    bytes: Arc<[u8]>,
    /// Nearly always written the same way, so it is compared before anything is decoded.
    encoded: String,
}

impl Logo {
    pub fn new(bytes: Arc<[u8]>) -> Logo {
        let encoded = STANDARD.encode(&bytes);
        Logo { bytes, encoded }
    }

    fn is_in(&self, address: &str) -> bool {
        let Some((kind, data)) = address.trim().strip_prefix("data:").and_then(|rest| rest.split_once(',')) else {
            return false;
        };
        let kind = kind.to_ascii_lowercase();
        if !kind.starts_with("image/") || !kind.ends_with(";base64") {
            return false;
        }
        if data == self.encoded {
            return true;
        }
        let data: String = data.split_ascii_whitespace().collect();
        STANDARD.decode(data).is_ok_and(|bytes| *bytes == *self.bytes)
    }
}

/// Judges one file.
pub fn judge(path: &str, svg: &str, phrase: &str, logo: &Logo) -> Verdict {
    let mut scanner = Scanner::new(svg, phrase, logo);
    if let Err((span, why)) = scanner.run() {
        return Verdict::Hidden(vec![Hiding::undecidable(path, svg, span, why)]);
    }
    let sheets: Vec<&Stylesheet> = scanner.sheets.iter().map(|(sheet, _)| sheet).collect();
    let rules = Rules::new(&sheets);
    let phrase = scanner.any_shown(path, &scanner.phrases, What::Phrase, &rules);
    let logo = scanner.any_shown(path, &scanner.logos, What::Logo, &rules);
    let absent = |outcome: &Result<(), Vec<Hiding>>| outcome.as_ref().is_err_and(Vec::is_empty);
    match (phrase, logo) {
        (Ok(()), Ok(())) => Verdict::Proved,
        (phrase, logo) => {
            let missing = (absent(&phrase), absent(&logo));
            let hidden: Vec<Hiding> = [phrase, logo].into_iter().filter_map(Result::err).flatten().collect();
            match hidden.is_empty() {
                true => Verdict::Absent { phrase: missing.0, logo: missing.1 },
                false => Verdict::Hidden(hidden),
            }
        }
    }
}

type Fault = (Range<usize>, &'static str);

struct Carrier {
    chain: Vec<Range<usize>>,
    /// An `image` may be named by a `title` inside it.
    titled: bool,
    /// A shape drawn later that lies over it.
    covered: Option<Range<usize>>,
    /// Where it is drawn, if that can be told.
    spot: Option<(i64, i64)>,
}

struct Scanner<'s, 'l> {
    svg: &'s str,
    phrase: &'l str,
    logo: &'l Logo,
    /// Start tags of the open elements.
    stack: Vec<Range<usize>>,
    sheets: Vec<(Stylesheet, usize)>,
    phrases: Vec<Carrier>,
    logos: Vec<Carrier>,
    root_titled: bool,
    prefixes: Vec<String>,
    done: bool,
}

const SVG: &str = "http://www.w3.org/2000/svg";
/// Elements that draw their content where it stands.
const DRAWN: &[&str] = &["svg", "g", "a", "text", "tspan", "image"];
const DEEPEST: usize = 200;
/// Lengths are thousandths; less than these is not seen.
const SMALLEST: i64 = 12_000;
const NARROWEST_LETTER: i64 = 2_400;

impl<'s, 'l> Scanner<'s, 'l> {
    fn new(svg: &'s str, phrase: &'l str, logo: &'l Logo) -> Scanner<'s, 'l> {
        Scanner {
            svg,
            phrase,
            logo,
            stack: Vec::new(),
            sheets: Vec::new(),
            phrases: Vec::new(),
            logos: Vec::new(),
            root_titled: false,
            prefixes: Vec::new(),
            done: false,
        }
    }

    fn run(&mut self) -> Result<(), Fault> {
        let bytes = self.svg.as_bytes();
        let mut at = if self.svg.starts_with('\u{feff}') { 3 } else { 0 };
        let control = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
        if let Some(at) = bytes.iter().position(control) {
            return Err((at..at + 1, "c'è un carattere di controllo"));
        }
        if self.svg[at..].starts_with("<?xml ") {
            let Some(end) = self.svg.find("?>") else {
                return Err((at..at, "la dichiarazione `<?xml` non si chiude"));
            };
            let declared = Attributes::read(&self.svg[at + 1..end + 2]);
            if declared.value("encoding").is_some_and(|name| !name.eq_ignore_ascii_case("utf-8")) {
                return Err((at..end, "il disegno dichiara una codifica diversa da `utf-8`"));
            }
            at = end + 2;
        }
        loop {
            let tag = memchr(b'<', &bytes[at..]).map(|offset| at + offset);
            let end = tag.unwrap_or(bytes.len());
            self.text(at..end)?;
            let Some(tag) = tag else {
                break;
            };
            let rest = &self.svg[tag..];
            at = if let Some(comment) = rest.strip_prefix("<!--") {
                match comment.find("--") {
                    Some(offset) if comment[offset..].starts_with("-->") => tag + 4 + offset + 3,
                    _ => return Err((tag..tag, "il commento non si chiude")),
                }
            } else if rest.starts_with("</") {
                self.end_tag(tag)?
            } else if rest.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) {
                self.start_tag(tag)?
            } else {
                return Err((tag..tag, "qui nel disegno serve un elemento o un commento"));
            };
        }
        match self.done {
            true => Ok(()),
            false => Err((bytes.len()..bytes.len(), "il disegno non si chiude")),
        }
    }

    fn text(&mut self, span: Range<usize>) -> Result<(), Fault> {
        let text = &self.svg[span.clone()];
        if text.is_empty() {
            return Ok(());
        }
        if self.stack.is_empty() && !text.trim_ascii().is_empty() {
            return Err((span, "c'è del testo fuori dal disegno"));
        }
        if text.contains("]]>") || !references_are_known(text) {
            return Err((span, "c'è un riferimento che XML non conosce"));
        }
        let Some(parent) = self.stack.last() else {
            return Ok(());
        };
        match text::tag_name(&self.svg[parent.clone()]) {
            "text" | "tspan" if text.len() >= self.phrase.len() => {
                let mut plain = String::new();
                if text::plain(text, &mut plain) && plain.contains(self.phrase) {
                    let chain = self.stack.clone();
                    let spot = self.place(&chain).map(|place| (place.x, place.y));
                    self.phrases.push(Carrier { chain, titled: false, covered: None, spot });
                }
            }
            "title" if !text.trim().is_empty() => {
                let above = self.stack.len().checked_sub(2).and_then(|at| self.stack.get(at)).cloned();
                self.root_titled |= self.stack.len() == 2;
                if let (Some(above), Some(logo)) = (above, self.logos.last_mut())
                    && logo.chain.last() == Some(&above)
                {
                    logo.titled = true;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn start_tag(&mut self, tag: usize) -> Result<usize, Fault> {
        let end = self.tag_end(tag)?;
        let markup = &self.svg[tag..end];
        let name = text::tag_name(markup);
        let span = tag..end;
        let attributes = Attributes::read(markup);
        if attributes.broken || !references_are_known(markup) {
            return Err((span, "un attributo compare due volte, o ha un riferimento che XML non conosce"));
        }
        let root = self.stack.is_empty();
        if root && (self.done || name != "svg" || attributes.value("xmlns") != Some(SVG)) {
            return Err((span, "il disegno comincia con `<svg xmlns=\"http://www.w3.org/2000/svg\">`"));
        }
        if !root && attributes.value("xmlns").is_some_and(|namespace| namespace != SVG) {
            return Err((span, "`xmlns` cambia la natura di questa parte del disegno"));
        }
        for attribute in &attributes.list {
            if let Some(prefix) = attribute.name.strip_prefix("xmlns:") {
                self.prefixes.push(prefix.to_owned());
            }
        }
        let named = attributes.list.iter().map(|attribute| attribute.name.as_ref()).chain([name]);
        for prefix in named.filter_map(|name| Some(name.split_once(':')?.0)) {
            let known = ["xml", "xmlns"].contains(&prefix)
                || self.prefixes.iter().any(|known| known.eq_ignore_ascii_case(prefix));
            if !known {
                return Err((span, "un prefisso non è dichiarato con `xmlns:`"));
            }
        }
        if matches!(name, "script" | "set" | "discard" | "handler" | "listener") || name.starts_with("animate") {
            return Err((span, "il disegno cambia da sé mentre lo si guarda"));
        }
        if self.stack.len() >= DEEPEST {
            return Err((span, "gli elementi sono annidati troppo in profondità"));
        }
        let empty = markup.ends_with("/>");
        if name == "style" && !empty {
            return self.style(end);
        }
        if name == "image" {
            let address = attributes.value("href").or_else(|| attributes.value("xlink:href"));
            if address.is_some_and(|address| self.logo.is_in(address)) {
                let mut chain = self.stack.clone();
                chain.push(span.clone());
                let spot = self.place(&chain).map(|place| (place.x + place.width / 2, place.y + place.height / 2));
                self.logos.push(Carrier { chain, titled: false, covered: None, spot });
            }
        }
        if name == "rect" {
            self.cover(&span);
        }
        if empty {
            self.done |= root;
        } else {
            self.stack.push(span);
        }
        Ok(end)
    }

    fn end_tag(&mut self, tag: usize) -> Result<usize, Fault> {
        let rest = &self.svg[tag + 2..];
        let stray = (tag..tag, "questo tag non chiude l'ultimo elemento aperto");
        let (Some(end), Some(top)) = (rest.find('>'), self.stack.pop()) else {
            return Err(stray);
        };
        if rest[..end].trim_end() != text::tag_name(&self.svg[top]) {
            return Err(stray);
        }
        self.done |= self.stack.is_empty();
        Ok(tag + 2 + end + 1)
    }

    /// Past the `>` of a tag, whose attributes all have quoted values.
    fn tag_end(&self, tag: usize) -> Result<usize, Fault> {
        let bytes = self.svg.as_bytes();
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
        let broken = Err((tag..tag, "il tag non è scritto come vuole XML"));
        let mut at = tag + 1 + text::tag_name(&self.svg[tag..]).len();
        loop {
            let before = at;
            while byte(at).is_ascii_whitespace() {
                at += 1;
            }
            match byte(at) {
                b'>' => return Ok(at + 1),
                b'/' if byte(at + 1) == b'>' => return Ok(at + 2),
                _ if before == at => return broken,
                _ => {}
            }
            let name = at;
            while byte(at).is_ascii_alphanumeric() || matches!(byte(at), b'-' | b':' | b'_' | b'.') {
                at += 1;
            }
            let quote = byte(at + 1);
            if at == name || byte(at) != b'=' || !matches!(quote, b'"' | b'\'') {
                return broken;
            }
            let Some(length) = memchr(quote, &bytes[at + 2..]) else {
                return broken;
            };
            if memchr(b'<', &bytes[at + 2..at + 2 + length]).is_some() {
                return broken;
            }
            at += length + 3;
        }
    }

    fn style(&mut self, start: usize) -> Result<usize, Fault> {
        let Some(length) = memmem::find(&self.svg.as_bytes()[start..], b"</style") else {
            return Err((start..start, "l'elemento non si chiude"));
        };
        let mut content = start..start + length;
        let text = self.svg[content.clone()].trim_ascii();
        if let Some(inner) = text.strip_prefix("<![CDATA[") {
            let Some(inner) = inner.strip_suffix("]]>").filter(|inner| !inner.contains("]]>")) else {
                return Err((content, "`CDATA` non si chiude"));
            };
            let offset = inner.as_ptr() as usize - self.svg.as_ptr() as usize;
            content = offset..offset + inner.len();
        } else if text.contains(['<', '&']) {
            return Err((content, "il foglio di stile del disegno va scritto senza `<` e `&`"));
        }
        let sheet = Stylesheet::parse(&self.svg[content.clone()]);
        if let Some(span) = sheet.unread.first().or(sheet.imports.first().map(|(_, span)| span)) {
            let span = content.start + span.start..content.start + span.end;
            return Err((span, "questo CSS non si può leggere, o ne chiama altro"));
        }
        self.sheets.push((sheet, content.start));
        let close = start + length;
        match self.svg[close + 7..].find('>') {
            Some(end) if self.svg[close + 7..close + 7 + end].trim_ascii().is_empty() => Ok(close + 7 + end + 1),
            _ => Err((close..close, "il tag di chiusura non è scritto per intero")),
        }
    }

    /// A rectangle painted over what was drawn before.
    fn cover(&mut self, span: &Range<usize>) {
        let attributes = Attributes::read(&self.svg[span.clone()]);
        if attributes.value("fill").is_some_and(|fill| matches!(fill.trim(), "none" | "transparent"))
            || self.stack.iter().any(|tag| !DRAWN.contains(&text::tag_name(&self.svg[tag.clone()])))
        {
            return;
        }
        let mut chain = self.stack.clone();
        chain.push(span.clone());
        let Some(place) = self.place(&chain) else {
            return;
        };
        for carrier in self.phrases.iter_mut().chain(&mut self.logos) {
            if let Some((x, y)) = carrier.spot
                && (place.x..place.x + place.width).contains(&x)
                && (place.y..place.y + place.height).contains(&y)
            {
                carrier.covered.get_or_insert_with(|| span.clone());
            }
        }
    }

    /// Where the last element of the chain is drawn, if it says so in plain numbers.
    fn place(&self, chain: &[Range<usize>]) -> Option<Place> {
        let frame = self.frame(chain.first()?)?;
        let mut place = Place::default();
        for tag in chain.iter().skip(1) {
            let attributes = Attributes::read(&self.svg[tag.clone()]);
            let (dx, dy) = match attributes.get("transform") {
                None => (0, 0),
                Some(transform) => translation(transform.value.as_deref()?)?,
            };
            place.across += dx;
            place.down += dy;
            let read = |name: &str, whole: i64, into: &mut i64| match attributes.get(name) {
                None => Some(()),
                Some(attribute) => {
                    *into = number(attribute.value.as_deref()?, whole)?;
                    Some(())
                }
            };
            read("x", frame.width, &mut place.x)?;
            read("y", frame.height, &mut place.y)?;
            read("width", frame.width, &mut place.width)?;
            read("height", frame.height, &mut place.height)?;
            for shift in ["dx", "dy"] {
                let near = |value: &str| match value::parse(value).as_slice() {
                    [Value::Length(n, unit)] if unit == "em" => n.abs() <= 4_000,
                    [Value::Number(n)] | [Value::Length(n, _)] => n.abs() <= 64_000,
                    _ => false,
                };
                if attributes.get(shift).is_some_and(|a| !a.value.as_deref().is_some_and(near)) {
                    return None;
                }
            }
            if let Some(anchor) = attributes.value("text-anchor") {
                place.anchor = match anchor {
                    "middle" => Anchor::Middle,
                    "end" => Anchor::End,
                    _ => Anchor::Start,
                };
            }
        }
        place.x += place.across - frame.x;
        place.y += place.down - frame.y;
        place.frame = (frame.width, frame.height);
        Some(place)
    }

    /// The part of the plane that is shown, and only if it is shown at a readable size.
    fn frame(&self, root: &Range<usize>) -> Option<Frame> {
        let attributes = Attributes::read(&self.svg[root.clone()]);
        let size = |name: &str| match attributes.value(name).map(value::parse).as_deref() {
            Some([Value::Number(n)]) => Some(*n),
            Some([Value::Length(n, unit)]) if unit == "px" => Some(*n),
            _ => None,
        };
        let (width, height) = (size("width"), size("height"));
        if attributes.value("preserveaspectratio").is_some_and(|how| how.contains("slice")) {
            return None;
        }
        let Some(view) = attributes.get("viewbox") else {
            return Some(Frame { x: 0, y: 0, width: width?, height: height? });
        };
        let numbers: Vec<i64> = value::parse(view.value.as_deref()?)
            .into_iter()
            .filter(|v| *v != Value::Comma)
            .map(|v| match v {
                Value::Number(n) => Some(n),
                _ => None,
            })
            .collect::<Option<_>>()?;
        let [x, y, view_width, view_height] = numbers.as_slice() else {
            return None;
        };
        const USUAL_WIDTH: i64 = 1_280_000;
        const LEAST_SCALE: i64 = 400;
        let scale = |shown: i64, view: i64| shown.checked_mul(1000)?.checked_div(view);
        let fine = scale(width.unwrap_or(USUAL_WIDTH), *view_width)? >= LEAST_SCALE
            && height.is_none_or(|height| scale(height, *view_height).is_some_and(|s| s >= LEAST_SCALE));
        (fine && *view_width > 0 && *view_height > 0).then_some(Frame {
            x: *x,
            y: *y,
            width: *view_width,
            height: *view_height,
        })
    }

    fn any_shown(&self, path: &str, carriers: &[Carrier], what: What, rules: &Rules) -> Result<(), Vec<Hiding>> {
        let mut hidden = Vec::new();
        for carrier in carriers {
            match self.shown(path, carrier, what, rules) {
                Ok(()) => return Ok(()),
                Err(why) => hidden.extend(why),
            }
        }
        Err(hidden)
    }

    fn shown(&self, path: &str, carrier: &Carrier, what: What, rules: &Rules) -> Result<(), Vec<Hiding>> {
        let markup = |span: &Range<usize>, why: &str| {
            let name = text::tag_name(&self.svg[span.clone()]);
            Err(vec![Hiding::markup(path, self.svg, what, span.clone(), name, why)])
        };
        let mut nodes = Vec::new();
        for (index, span) in carrier.chain.iter().enumerate() {
            let tag = &self.svg[span.clone()];
            let name = text::tag_name(tag);
            let attributes = Attributes::read(tag);
            if !DRAWN.contains(&name) || (name == "svg" && index > 0) {
                return markup(span, "il suo contenuto non è disegnato, o non si sa dove");
            }
            if attributes.get("aria-hidden").is_some_and(|a| a.value.as_deref() != Some("false"))
                || attributes.value("role").is_some_and(|role| role == "none" || role == "presentation")
            {
                return markup(span, "è nascosto a chi ascolta la pagina");
            }
            if let Some(event) = attributes.list.iter().find(|a| a.name.starts_with("on")) {
                let why = format!("`{}` fa partire uno script", event.name);
                return markup(span, &why);
            }
            nodes.push(Node { name, attributes: presentation(attributes) });
        }
        let last = carrier.chain.last().cloned().unwrap_or_default();
        let Some(place) = self.place(&carrier.chain) else {
            return markup(&last, "non si può dire dove è disegnato");
        };
        let letters = i64::try_from(self.phrase.chars().count()).unwrap_or(i64::MAX);
        if !place.fits(what, letters.saturating_mul(NARROWEST_LETTER)) {
            return markup(&last, "è disegnato fuori dal disegno, o troppo piccolo");
        }
        if let Some(cover) = &carrier.covered {
            return markup(cover, "è disegnato sopra");
        }
        if what == What::Logo {
            let own = &nodes[nodes.len() - 1].attributes;
            let root = &nodes[0].attributes;
            let named = [own, root].iter().any(|attributes| {
                ["aria-label", "aria-labelledby"]
                    .iter()
                    .any(|name| attributes.value(name).is_some_and(|value| !value.trim().is_empty()))
            });
            if !named && !carrier.titled && !self.root_titled {
                return markup(&last, "il logo non ha un testo alternativo (`aria-label` o `<title>`)");
            }
        }
        let hits = rules.judge(&nodes, what);
        if hits.is_empty() {
            return Ok(());
        }
        Err(hits
            .into_iter()
            .map(|hit| match hit.culprit {
                Culprit::Inline { index, declaration } => {
                    let span = carrier.chain.get(index).cloned().unwrap_or_default();
                    let name = text::tag_name(&self.svg[span.clone()]);
                    Hiding::inline(path, self.svg, what, span, name, &declaration, hit.certainty)
                }
                Culprit::Rule(rule) => {
                    let offset = self.sheets.get(rule.sheet).map_or(0, |(_, offset)| *offset);
                    let spot = Spot { file: path, text: self.svg, offset };
                    Hiding::rule(path, what, spot, &rule, hit.certainty)
                }
            })
            .collect())
    }
}

struct Frame {
    x: i64,
    y: i64,
    width: i64,
    height: i64,
}

#[derive(Default, Clone, Copy)]
enum Anchor {
    #[default]
    Start,
    Middle,
    End,
}

/// Thousandths, from the upper left corner of what is shown.
#[derive(Default)]
struct Place {
    x: i64,
    y: i64,
    width: i64,
    height: i64,
    across: i64,
    down: i64,
    anchor: Anchor,
    frame: (i64, i64),
}

impl Place {
    fn fits(&self, what: What, length: i64) -> bool {
        let (wide, high) = self.frame;
        match what {
            What::Logo => {
                self.width >= SMALLEST
                    && self.height >= SMALLEST
                    && self.x >= 0
                    && self.y >= 0
                    && self.x + self.width <= wide
                    && self.y + self.height <= high
            }
            What::Phrase => {
                const ASCENT: i64 = 4_000;
                let (before, after) = match self.anchor {
                    Anchor::Start => (0, length),
                    Anchor::Middle => (length / 2, length / 2),
                    Anchor::End => (length, 0),
                };
                self.x >= before && self.x + after <= wide && (ASCENT..=high).contains(&self.y)
            }
        }
    }
}

/// The attributes that say how something is drawn, as the declarations that they stand for.
fn presentation(attributes: Attributes<'_>) -> Attributes<'_> {
    /// These say what the element is, or are judged apart.
    const PLAIN: &[&str] = &[
        "id",
        "class",
        "viewbox",
        "version",
        "role",
        "lang",
        "x",
        "y",
        "dx",
        "dy",
        "width",
        "height",
        "transform",
        "style",
        "href",
        "preserveaspectratio",
        "tabindex",
        "focusable",
        "baseprofile",
        "decoding",
        "target",
        "rel",
    ];
    let mut style = String::new();
    for Attribute { name, value } in &attributes.list {
        let plain = PLAIN.contains(&name.as_ref())
            || name.contains(':')
            || name == "xmlns"
            || name.starts_with("aria-")
            || name.starts_with("data-");
        if plain {
            continue;
        }
        match value.as_deref() {
            Some(value) if !value.contains([';', '{', '}']) => {
                style.push_str(name);
                style.push(':');
                style.push_str(value);
            }
            _ => style.push_str("unreadable:1"),
        }
        style.push(';');
    }
    if style.is_empty() {
        return attributes;
    }
    let mut list = attributes.list;
    match list.iter_mut().find(|attribute| attribute.name == "style") {
        Some(own) => own.value = own.value.as_ref().map(|value| Cow::Owned(format!("{style}{value}"))),
        None => list.push(Attribute { name: Cow::Borrowed("style"), value: Some(Cow::Owned(style)) }),
    }
    Attributes { list, broken: attributes.broken }
}

fn number(text: &str, whole: i64) -> Option<i64> {
    match value::parse(text).as_slice() {
        [Value::Number(n)] => Some(*n),
        [Value::Length(n, unit)] if unit == "px" => Some(*n),
        [Value::Percent(p)] => Some(p.checked_mul(whole)? / 100_000),
        _ => None,
    }
}

fn translation(transform: &str) -> Option<(i64, i64)> {
    let mut total = (0, 0);
    for function in value::parse(transform) {
        let Value::Function(name, inside) = function else {
            return None;
        };
        if name != "translate" {
            return None;
        }
        let numbers: Vec<i64> = inside
            .iter()
            .filter(|v| **v != Value::Comma)
            .map(|v| match v {
                Value::Number(n) => Some(*n),
                _ => None,
            })
            .collect::<Option<_>>()?;
        match numbers.as_slice() {
            [x] => total.0 += x,
            [x, y] => {
                total.0 += x;
                total.1 += y;
            }
            _ => return None,
        }
    }
    Some(total)
}

/// XML knows five names; any other makes the whole file unreadable.
fn references_are_known(text: &str) -> bool {
    text.split('&').skip(1).all(|after| {
        after.split_once(';').is_some_and(|(name, _)| {
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
