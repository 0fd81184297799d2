//! One strict pass over the HTML of a page, with the stack of the elements that are open.
//!
//! A browser mends broken markup by moving, closing and dropping elements. None of that is imitated
//! here: where it would begin, the pass ends with a [`Fault`]. So whatever it does find stands,
//! in every browser, in exactly the elements that are on the stack. The tests hold it against
//! html5ever.

use super::element::{Class, Id, KEY_LETTERS, Names, TBODY, UNKNOWN, add_letter, element};
use super::text::{self, Attributes};
use memchr::{memchr, memmem};
use std::ops::Range;

/// An open element: where its start tag is, and what its descendants have to know.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    pub id: Id,
    pub class: Class,
    flags: u16,
    pub start: u32,
    pub end: u32,
    /// The name, side by side in one number; nothing for a long one, and for what is in a drawing.
    key: u64,
}

impl Frame {
    /// The start tag; empty for an element that the parser adds by itself.
    pub fn tag<'h>(&self, html: &'h str) -> &'h str {
        html.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// Something that we look for, with the elements around it, from `html` down.
#[derive(Debug, Clone)]
pub struct Carrier {
    pub chain: Vec<Frame>,
}

/// What one pass finds.
#[derive(Debug, Default)]
pub struct Found {
    pub phrases: Vec<Carrier>,
    /// The last of the chain is the `img` itself.
    pub logos: Vec<Carrier>,
    /// Start tags of `link`.
    pub links: Vec<Range<usize>>,
    /// Contents of `style`.
    pub styles: Vec<Range<usize>>,
    /// A security policy in the page that lets no image of the site through.
    pub images_barred: Option<usize>,
    /// The `meta` that leads readers on to another page, and where it leads.
    pub refresh: Option<(Range<usize>, String)>,
    /// Where every `meta` begins.
    metas: Vec<usize>,
}

/// Where a browser may see another tree than we do, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    pub at: usize,
    pub why: &'static str,
}

/// More places than these are not looked at: one that is seen is enough.
const MOST_CARRIERS: usize = 32;
/// Browsers flatten what is nested deeper than some hundreds of elements.
const DEEPEST: usize = 200;

// What an open element means for what comes in it.
/// A `p` is open, and a block would close it.
const P: u16 = 1;
/// An `li` is open, and another would close it.
const LI: u16 = 1 << 1;
/// A `dd` or `dt` is open, and another would close it.
const ENTRY: u16 = 1 << 2;
const A: u16 = 1 << 3;
const FORM: u16 = 1 << 4;
const BUTTON: u16 = 1 << 5;
const SELECT: u16 = 1 << 6;
/// Only parts of a table may stand directly in this element.
const TABLE: u16 = 1 << 7;
/// The `noscript` of the head, where only `link`, `meta` and `style` may stand.
const HEAD_NOSCRIPT: u16 = 1 << 8;
/// `title` and `desc` inside `svg`, where markup would be HTML again.
const PLAIN: u16 = 1 << 9;

const OWN: u16 = TABLE | HEAD_NOSCRIPT | PLAIN;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    BeforeDoctype,
    BeforeHtml,
    BeforeHead,
    InHead,
    AfterHead,
    InBody,
    AfterBody,
    AfterHtml,
}

/// How the phrase is looked for.
#[derive(Clone, Copy)]
pub enum Search<'p> {
    /// Byte by byte, which finds it where it is written plainly.
    Plain(&'p memmem::Finder<'p>),
    /// With character references and white space resolved.
    Thorough(&'p str),
}

/// Reads the whole page. `is_logo` is asked about the start tag of every `img`.
pub fn scan(html: &str, search: Search<'_>, is_logo: impl Fn(&str) -> bool) -> Result<Found, Box<Fault>> {
    if u32::try_from(html.len()).is_err() {
        return fault(0, "la pagina è troppo grande");
    }
    if let Some(at) = memchr(0, html.as_bytes()) {
        return fault(at, "c'è un carattere nullo");
    }
    let mut scanner = Scanner {
        html,
        bytes: html.as_bytes(),
        a: Names::get().find_key(add_letter(0, b'a'), b"a"),
        names: Names::get(),
        stack: Vec::with_capacity(32),
        found: Found::default(),
        phase: Phase::BeforeDoctype,
        noscript_end: None,
        search,
        next_hit: 0,
        scratch: String::new(),
    };
    scanner.seek(0);
    scanner.run(&is_logo)?;
    scanner.prescan()?;
    Ok(scanner.found)
}

struct Scanner<'h, 'p> {
    html: &'h str,
    bytes: &'h [u8],
    names: &'static Names,
    a: Id,
    stack: Vec<Frame>,
    found: Found,
    phase: Phase,
    /// Where the end tag of the open `noscript` must be: with scripts on, its content is no markup.
    noscript_end: Option<usize>,
    search: Search<'p>,
    /// The next place where the phrase stands byte by byte.
    next_hit: usize,
    scratch: String,
}

impl Scanner<'_, '_> {
    fn run(&mut self, is_logo: &impl Fn(&str) -> bool) -> Result<(), Box<Fault>> {
        let mut at = if self.html.starts_with('\u{feff}') { 3 } else { 0 };
        loop {
            // Tags often follow one another, and asking for one byte costs less than a search.
            let tag = match self.byte(at) {
                b'<' => Some(at),
                _ => memchr(b'<', &self.bytes[at..]).map(|offset| at + offset),
            };
            let end = tag.unwrap_or(self.bytes.len());
            if end > at {
                self.text(at, end)?;
            }
            let Some(tag) = tag else {
                return self.finish();
            };
            at = match self.byte(tag + 1) {
                b'a'..=b'z' | b'A'..=b'Z' => self.start_tag(tag, is_logo)?,
                b'/' => self.end_tag(tag)?,
                b'!' => self.declaration(tag)?,
                _ => return fault(tag, "un `<` sciolto va scritto `&lt;`"),
            };
        }
    }

    /// The byte there; past the end, one that stands nowhere.
    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// Past the name of a tag, and its key.
    #[inline]
    fn name(&self, mut at: usize) -> (usize, u64) {
        let mut key = 0;
        loop {
            let byte = self.byte(at);
            if !(byte.is_ascii_alphanumeric() || byte == b'-') {
                return (at, key);
            }
            key = add_letter(key, byte);
            at += 1;
        }
    }

    #[inline]
    fn top(&self) -> Frame {
        const NOTHING: Frame = Frame { id: UNKNOWN, class: Class::Refused, flags: 0, start: 0, end: 0, key: 0 };
        self.stack.last().copied().unwrap_or(NOTHING)
    }

    fn finish(&mut self) -> Result<(), Box<Fault>> {
        let at = self.bytes.len();
        match self.phase {
            Phase::InBody => self.end_body(at),
            Phase::AfterBody | Phase::AfterHtml => Ok(()),
            _ => fault(at, "la pagina finisce prima di `<body>`"),
        }
    }

    /// Browsers look for the charset before they read any tag: in the first 1,024 bytes (HTML, § 13.2.3.2) whatever
    /// looks like a `meta` is one, also in a title or a script.
    fn prescan(&self) -> Result<(), Box<Fault>> {
        let head = &self.bytes[..self.bytes.len().min(1024 + META.len())];
        let looks = head.windows(META.len()).enumerate().filter(|(_, found)| found.eq_ignore_ascii_case(META));
        match looks.map(|(at, _)| at).find(|at| !self.found.metas.contains(at)) {
            Some(at) => fault(at, "da qui i browser possono prendere una codifica che non è quella della pagina"),
            None => Ok(()),
        }
    }

    // Text

    #[inline]
    fn text(&mut self, start: usize, end: usize) -> Result<(), Box<Fault>> {
        if self.phase != Phase::InBody || self.top().flags & TABLE != 0 {
            return self.blank(start, end);
        }
        let here = match self.search {
            Search::Plain(finder) => {
                if self.next_hit >= end {
                    return Ok(());
                }
                if self.next_hit < start {
                    self.seek(start);
                }
                self.next_hit < end
                    && self.next_hit + finder.needle().len() <= end
                    && !text::runs_into(&self.bytes[start..self.next_hit])
            }
            Search::Thorough(phrase) => {
                end - start >= phrase.len()
                    && text::plain(&self.html[start..end], &mut self.scratch)
                    && self.scratch.contains(phrase)
            }
        };
        if here {
            self.denied(start, end)?;
        }
        if here && self.found.phrases.len() < MOST_CARRIERS {
            self.found.phrases.push(Carrier { chain: self.stack.clone() });
        }
        Ok(())
    }

    /// `Non è un <b>Intervento finanziato…</b>` says the contrary of the phrase.
    fn denied(&self, start: usize, end: usize) -> Result<(), Box<Fault>> {
        let (text, phrase) = match self.search {
            Search::Plain(finder) => (&self.html[start..end], std::str::from_utf8(finder.needle()).unwrap_or_default()),
            Search::Thorough(phrase) => (self.scratch.as_str(), phrase),
        };
        let is_inline = |frame: &&Frame| matches!(frame.class, Class::Inline | Class::Formatting);
        let block = self.stack.iter().rev().find(|frame| !is_inline(frame)).map_or(start, |frame| frame.end as usize);
        let tags = self.html[block.min(start)..start].split('<');
        let before: String = tags.map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
        for (at, _) in text.match_indices(phrase) {
            let before = format!("{before}{}", &text[..at]);
            // What is quoted, or stands in another sentence, is not denied.
            let sentence = before.rsplit(['.', ':', ';', '!', '?', '«', '“', '"']).next().unwrap_or_default();
            let mut words = sentence.split(|c: char| !c.is_alphanumeric());
            if words.any(|word| ["non", "nessun", "mai", "né", "neppure"].contains(&&*word.to_lowercase())) {
                return fault(start, "le parole davanti alla frase la negano; se la frase è citata va fra virgolette");
            }
        }
        Ok(())
    }

    fn seek(&mut self, from: usize) {
        if let Search::Plain(finder) = self.search {
            self.next_hit = match self.bytes.get(from..).and_then(|rest| finder.find(rest)) {
                Some(offset) => from + offset,
                None => usize::MAX,
            };
        }
    }

    /// Anything but white space would be moved elsewhere.
    fn blank(&self, start: usize, end: usize) -> Result<(), Box<Fault>> {
        match self.bytes[start..end].iter().position(|byte| !is_space(*byte)) {
            None => Ok(()),
            Some(offset) => fault(
                start + offset,
                match self.phase {
                    Phase::InBody => "c'è del testo in una tabella, fuori dalle celle",
                    Phase::AfterBody | Phase::AfterHtml => "c'è del testo dopo `</body>`",
                    _ => "c'è del testo prima di `<body>`",
                },
            ),
        }
    }

    // Comments and doctype

    fn declaration(&mut self, tag: usize) -> Result<usize, Box<Fault>> {
        let rest = &self.bytes[tag + 2..];
        if rest.starts_with(b"--") {
            return self.comment(tag);
        }
        const DOCTYPE: &[u8] = b"doctype html";
        if self.phase == Phase::BeforeDoctype
            && rest.get(..DOCTYPE.len()).is_some_and(|found| found.eq_ignore_ascii_case(DOCTYPE))
        {
            let end = self.skip_space(tag + 2 + DOCTYPE.len());
            if self.byte(end) == b'>' {
                self.phase = Phase::BeforeHtml;
                return Ok(end + 1);
            }
        }
        fault(tag, "qui i browser si aspettano un commento, oppure `<!doctype html>` in cima alla pagina")
    }

    fn comment(&self, tag: usize) -> Result<usize, Box<Fault>> {
        let mut at = tag + 4;
        let rest = &self.bytes[at..];
        if rest.starts_with(b">") || rest.starts_with(b"->") {
            return fault(tag, "il commento si chiude prima di cominciare");
        }
        while let Some(offset) = memmem::find(&self.bytes[at..], b"--") {
            at += offset;
            match (self.byte(at + 2), self.byte(at + 3)) {
                (b'>', _) => return Ok(at + 3),
                (b'!', b'>') => return fault(at, "il commento si chiude con `--!>`"),
                _ => at += 1,
            }
        }
        fault(tag, "il commento non si chiude")
    }

    // Start tags

    #[inline]
    fn start_tag(&mut self, tag: usize, is_logo: &impl Fn(&str) -> bool) -> Result<usize, Box<Fault>> {
        let (at, key) = self.name(tag + 1);
        let name = tag + 1..at;
        let (end, self_closing) = match self.byte(at) {
            b'>' => (at + 1, false),
            _ => self.skip_attributes(at)?,
        };
        let id = self.names.find_key(key, &self.bytes[name.clone()]);
        let top = self.top();
        if matches!(top.class, Class::Svg | Class::Foreign) {
            return self.start_foreign(tag, name, id, end, self_closing);
        }
        let key = if name.len() <= KEY_LETTERS { key } else { 0 };
        let class = element(id).class;
        if self_closing && !matches!(class, Class::Void | Class::HeadVoid | Class::Hr | Class::Col | Class::Svg) {
            return fault(tag, "`/>` non chiude questo elemento: serve il suo tag di chiusura");
        }
        if self.phase != Phase::InBody {
            return self.start_early(tag, Frame { id, class, flags: 0, start: tag as u32, end: end as u32, key });
        }
        if top.flags & (SELECT | TABLE | HEAD_NOSCRIPT) != 0 {
            self.allowed_here(tag, top, id, class)?;
        }
        let frame = Frame { id, class, flags: 0, start: tag as u32, end: end as u32, key };
        match class {
            Class::Inline | Class::Noscript | Class::Template | Class::Object => {}
            Class::Void => {
                if element(id).name == "img" && is_logo(&self.html[tag..end]) {
                    self.found_logo(frame);
                }
                return Ok(end);
            }
            Class::HeadVoid => {
                self.head_void(tag, end, id)?;
                return Ok(end);
            }
            Class::Block | Class::SeeThroughBlock => self.close_p(tag)?,
            Class::Formatting => {
                if id == self.a && top.flags & A != 0 {
                    return fault(tag, "un collegamento sta dentro un altro");
                }
            }
            Class::P => self.close_p(tag)?,
            Class::Li => self.close_item(tag, Class::Li, LI)?,
            Class::Entry => self.close_item(tag, Class::Entry, ENTRY)?,
            Class::Heading => {
                self.close_p(tag)?;
                if self.top().class == Class::Heading {
                    return fault(tag, "un titolo sta dentro un altro");
                }
            }
            Class::Hr => {
                self.close_p(tag)?;
                return Ok(end);
            }
            Class::Form => {
                if top.flags & FORM != 0 {
                    return fault(tag, "un modulo sta dentro un altro");
                }
                self.close_p(tag)?;
            }
            Class::Button => {
                if top.flags & BUTTON != 0 {
                    return fault(tag, "un pulsante sta dentro un altro");
                }
            }
            Class::Table => self.close_p(tag)?,
            Class::Caption | Class::Colgroup | Class::Col | Class::RowGroup | Class::Row | Class::Cell => {
                self.table_part(tag, class)?;
                if class == Class::Col {
                    return Ok(end);
                }
            }
            Class::Select => {}
            Class::Option => {
                if self.top().class == Class::Option {
                    self.stack.pop();
                }
            }
            Class::Optgroup => {
                for class in [Class::Option, Class::Optgroup] {
                    if self.top().class == class {
                        self.stack.pop();
                    }
                }
                if self.top().class != Class::Select {
                    return fault(tag, "`<optgroup>` sta fuori da `<select>`");
                }
            }
            Class::Ruby => {
                if element(top.id).name != "ruby" {
                    return fault(tag, "`<rt>` e `<rp>` stanno direttamente in `<ruby>`");
                }
            }
            Class::Raw | Class::Rcdata => return self.raw(tag, end, id),
            Class::Svg => {
                if self_closing {
                    return Ok(end);
                }
            }
            Class::Html | Class::Head | Class::Body => {
                return fault(tag, "questo tag è già stato aperto, oppure è fuori posto");
            }
            Class::Foreign | Class::Refused => {
                return fault(tag, "questo elemento non è più in uso, o cambia la lettura del resto");
            }
        }
        if class == Class::Noscript {
            self.open_noscript(tag, end)?;
        }
        if class == Class::Template {
            self.template(tag, end)?;
        }
        self.push(frame)?;
        Ok(end)
    }

    fn found_logo(&mut self, img: Frame) {
        if self.found.logos.len() < MOST_CARRIERS {
            let mut chain = self.stack.clone();
            chain.push(img);
            self.found.logos.push(Carrier { chain });
        }
    }

    #[inline]
    fn push(&mut self, frame: Frame) -> Result<(), Box<Fault>> {
        if self.stack.len() >= DEEPEST {
            return fault(frame.start as usize, "gli elementi sono annidati troppo in profondità");
        }
        let parent = self.top();
        let flags = parent.flags & !OWN;
        let flags = match frame.class {
            Class::Inline | Class::SeeThroughBlock | Class::Ruby | Class::Option | Class::Optgroup => flags,
            Class::Formatting if frame.id == self.a => flags | A,
            Class::Formatting => flags,
            Class::P => flags | P,
            Class::Li => flags & !ENTRY | LI,
            Class::Entry => flags & !LI | ENTRY,
            Class::Form => flags & !(LI | ENTRY) | FORM,
            Class::Button => flags & !(P | LI | ENTRY) | BUTTON,
            Class::Select => flags & !(LI | ENTRY) | SELECT,
            Class::Table => flags & !(P | LI | ENTRY) | TABLE,
            Class::RowGroup | Class::Row | Class::Colgroup => flags & !(P | LI | ENTRY) | TABLE,
            Class::Caption | Class::Cell | Class::Template | Class::Object => flags & !(P | LI | ENTRY),
            Class::Noscript if parent.class == Class::Head => HEAD_NOSCRIPT,
            _ => flags & !(LI | ENTRY),
        };
        self.stack.push(Frame { flags, ..frame });
        Ok(())
    }

    fn allowed_here(&self, tag: usize, top: Frame, id: Id, class: Class) -> Result<(), Box<Fault>> {
        if top.flags & HEAD_NOSCRIPT != 0 {
            let fine = matches!(class, Class::HeadVoid) || element(id).name == "style";
            return if fine { Ok(()) } else { fault(tag, HEAD_CONTENT) };
        }
        if top.flags & TABLE != 0 {
            let script = class == Class::Raw && element(id).name != "iframe";
            let part = matches!(
                class,
                Class::Caption | Class::Colgroup | Class::Col | Class::RowGroup | Class::Row | Class::Cell
            );
            let fine = part || (top.class != Class::Colgroup && (script || class == Class::Template));
            return if fine { Ok(()) } else { fault(tag, "questo elemento sta in una tabella, fuori dalle celle") };
        }
        let fine = matches!(class, Class::Option | Class::Optgroup);
        if fine { Ok(()) } else { fault(tag, "in `<select>` stanno soltanto `<option>` e `<optgroup>`") }
    }

    /// What a block does to a paragraph before it: closed where it is the last thing open.
    #[inline]
    fn close_p(&mut self, tag: usize) -> Result<(), Box<Fault>> {
        if self.top().class == Class::P {
            self.stack.pop();
        }
        if self.top().flags & P != 0 {
            return fault(tag, "questo elemento chiude un `<p>` che ha altri elementi aperti dentro");
        }
        Ok(())
    }

    fn close_item(&mut self, tag: usize, class: Class, flag: u16) -> Result<(), Box<Fault>> {
        if self.top().class == Class::P {
            self.stack.pop();
        }
        if self.top().class == class {
            self.stack.pop();
        }
        if self.top().flags & (flag | P) != 0 {
            return fault(tag, "questa voce ne chiude un'altra che ha altri elementi aperti dentro");
        }
        Ok(())
    }

    /// Closes what a part of a table closes, and adds the `tbody` that is taken for granted.
    #[inline]
    fn table_part(&mut self, tag: usize, class: Class) -> Result<(), Box<Fault>> {
        // What stands in its place already, as nearly always, closes nothing.
        match (class, self.top().class) {
            (Class::Cell, Class::Row) | (Class::Row, Class::RowGroup) => Ok(()),
            _ => self.find_place(tag, class),
        }
    }

    fn find_place(&mut self, tag: usize, class: Class) -> Result<(), Box<Fault>> {
        let closes: &[Class] = match class {
            Class::Cell => &[Class::Cell],
            Class::Row => &[Class::Cell, Class::Row, Class::Colgroup],
            Class::RowGroup => &[Class::Cell, Class::Row, Class::RowGroup, Class::Colgroup],
            Class::Colgroup => &[Class::Colgroup],
            _ => &[],
        };
        self.pop_all(closes);
        let parent = self.top().class;
        let fine = match class {
            Class::Cell => parent == Class::Row,
            Class::Row => matches!(parent, Class::Table | Class::RowGroup),
            Class::Col => parent == Class::Colgroup,
            _ => parent == Class::Table,
        };
        if !fine {
            return fault(tag, "questa parte di tabella è fuori posto");
        }
        if class == Class::Row && parent == Class::Table {
            self.push(Frame {
                id: TBODY,
                class: Class::RowGroup,
                flags: 0,
                start: tag as u32,
                end: tag as u32,
                key: 0,
            })?;
        }
        Ok(())
    }

    /// Pops elements whose end tag may be left out, then one of each of `classes`, in order.
    fn pop_all(&mut self, classes: &[Class]) {
        if !classes.is_empty() && !matches!(self.top().class, Class::Table) {
            self.pop_implied(UNKNOWN);
        }
        for class in classes {
            if self.top().class == *class {
                self.stack.pop();
            }
        }
    }

    #[inline]
    fn pop_implied(&mut self, except: Id) {
        while let Some(top) = self.stack.last() {
            let implied = matches!(
                top.class,
                Class::P | Class::Li | Class::Entry | Class::Option | Class::Optgroup | Class::Ruby
            );
            if !implied || top.id == except {
                return;
            }
            self.stack.pop();
        }
    }

    /// Everything before the body has its one place.
    fn start_early(&mut self, tag: usize, frame: Frame) -> Result<usize, Box<Fault>> {
        let end = frame.end as usize;
        match (self.phase, frame.class) {
            (Phase::BeforeDoctype, _) => fault(tag, "la pagina non comincia con `<!doctype html>`"),
            (Phase::BeforeHtml, Class::Html) => {
                self.phase = Phase::BeforeHead;
                self.push(frame)?;
                Ok(end)
            }
            (Phase::BeforeHead, Class::Head) => {
                self.phase = Phase::InHead;
                self.push(frame)?;
                Ok(end)
            }
            (Phase::InHead | Phase::AfterHead, Class::Body) => {
                if self.phase == Phase::InHead {
                    if self.top().class != Class::Head {
                        return fault(tag, HEAD_CONTENT);
                    }
                    self.stack.pop();
                }
                self.phase = Phase::InBody;
                self.push(frame)?;
                Ok(end)
            }
            (Phase::InHead, _) => self.start_in_head(tag, end, frame),
            (Phase::AfterBody | Phase::AfterHtml, _) => fault(tag, "c'è un elemento dopo `</body>`"),
            _ => fault(tag, "servono, in quest'ordine, `<html>`, `<head>` e `<body>`"),
        }
    }

    fn start_in_head(&mut self, tag: usize, end: usize, frame: Frame) -> Result<usize, Box<Fault>> {
        let top = self.top();
        if top.flags & HEAD_NOSCRIPT != 0 {
            self.allowed_here(tag, top, frame.id, frame.class)?;
        }
        match frame.class {
            Class::HeadVoid => {
                self.head_void(tag, end, frame.id)?;
                Ok(end)
            }
            Class::Raw if element(frame.id).name != "iframe" => self.raw(tag, end, frame.id),
            Class::Rcdata if element(frame.id).name == "title" => self.raw(tag, end, frame.id),
            Class::Noscript => {
                self.open_noscript(tag, end)?;
                self.push(frame)?;
                Ok(end)
            }
            _ => fault(tag, HEAD_CONTENT),
        }
    }

    /// A `link` is noted, a `meta` may forbid images, a `base` would move every address.
    fn head_void(&mut self, tag: usize, end: usize, id: Id) -> Result<(), Box<Fault>> {
        let markup = &self.html[tag..end];
        match element(id).name {
            "link" => self.found.links.push(tag..end),
            "base" => return fault(tag, "`<base>` sposta tutti gli indirizzi della pagina"),
            _ => {
                self.found.metas.push(tag);
                if memmem::find(markup.as_bytes(), b"charset").is_none()
                    && !markup.as_bytes().windows(10).any(|w| w.eq_ignore_ascii_case(b"http-equiv"))
                    && !markup.as_bytes().windows(7).any(|w| w.eq_ignore_ascii_case(b"charset"))
                {
                    return Ok(());
                }
                let attributes = Attributes::read(markup);
                let charset = attributes.value("charset");
                let policy = attributes.value("http-equiv");
                let content = attributes.value("content").unwrap_or("");
                if charset.is_some_and(|charset| !charset.trim().eq_ignore_ascii_case("utf-8")) {
                    return fault(tag, "la pagina dichiara una codifica diversa da `utf-8`");
                }
                match policy.map(|name| name.trim().to_ascii_lowercase()).as_deref() {
                    Some("content-security-policy") if !text::policy_shows_images(content) => {
                        self.found.images_barred.get_or_insert(tag);
                    }
                    Some("content-type") if !is_utf8_html(content) => {
                        return fault(tag, "la pagina dichiara una codifica diversa da `utf-8`");
                    }
                    Some("refresh") => {
                        // Other ways to write it are read in other ways.
                        let target = content.strip_prefix("0; url=").unwrap_or_default();
                        self.found.refresh.get_or_insert((tag..end, target.to_owned()));
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn template(&self, tag: usize, end: usize) -> Result<(), Box<Fault>> {
        if Attributes::read(&self.html[tag..end]).has("shadowrootmode") {
            return fault(tag, "`shadowrootmode` prende il posto di ciò che sta nell'elemento");
        }
        Ok(())
    }

    fn open_noscript(&mut self, tag: usize, end: usize) -> Result<(), Box<Fault>> {
        self.noscript_end = self.find_end(end, "noscript");
        if self.noscript_end.is_none() {
            return fault(tag, "`<noscript>` non si chiude");
        }
        Ok(())
    }

    /// Skips an element whose content is no markup.
    fn raw(&mut self, tag: usize, end: usize, id: Id) -> Result<usize, Box<Fault>> {
        let name = element(id).name;
        let Some(close) = self.find_end(end, name) else {
            return fault(tag, "l'elemento non si chiude");
        };
        let content = end..close;
        match name {
            "style" => self.found.styles.push(content),
            "script" if memmem::find(&self.bytes[content], b"<!--").is_some() => {
                return fault(tag, "lo script contiene `<!--`, che cambia dove finisce");
            }
            _ => {}
        }
        let after = self.skip_space(close + 2 + name.len());
        if self.byte(after) != b'>' {
            return fault(close, "il tag di chiusura non è scritto per intero");
        }
        Ok(after + 1)
    }

    /// Where the end tag of that name begins, the way browsers look for it in raw text.
    fn find_end(&self, from: usize, name: &str) -> Option<usize> {
        memmem::find_iter(self.bytes.get(from..)?, b"</").map(|offset| from + offset).find(|at| {
            let start = at + 2;
            let end = start + name.len();
            self.bytes.get(start..end).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
                && matches!(self.byte(end), b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r' | 0x0C)
        })
    }

    fn start_foreign(
        &mut self,
        tag: usize,
        name: Range<usize>,
        id: Id,
        end: usize,
        self_closing: bool,
    ) -> Result<usize, Box<Fault>> {
        let name = &self.html[name];
        if self.top().flags & PLAIN != 0 {
            return fault(tag, "in `<title>` e `<desc>` di un disegno sta soltanto testo");
        }
        // Nearly every element of HTML would end the drawing.
        let drawn = id == UNKNOWN || ["a", "svg", "title", "image"].contains(&element(id).name);
        if !drawn || name.eq_ignore_ascii_case("foreignObject") {
            return fault(tag, "questo elemento non può stare in un disegno");
        }
        if !self_closing {
            let plain = name.eq_ignore_ascii_case("title") || name.eq_ignore_ascii_case("desc");
            self.push(Frame {
                id: UNKNOWN,
                class: Class::Foreign,
                flags: 0,
                start: tag as u32,
                end: end as u32,
                key: 0,
            })?;
            if plain && let Some(top) = self.stack.last_mut() {
                top.flags |= PLAIN;
            }
        }
        Ok(end)
    }

    /// Past the `>` of a tag, and whether a `/` stands before it.
    #[inline]
    fn skip_attributes(&self, mut at: usize) -> Result<(usize, bool), Box<Fault>> {
        loop {
            match self.byte(at) {
                b'>' => return Ok((at + 1, false)),
                b'/' if self.byte(at + 1) == b'>' => return Ok((at + 2, true)),
                b' ' | b'\n' | b'\t' | b'\r' | 0x0C => {
                    at += 1;
                    continue;
                }
                // The name of a tag ends here only with one of the above.
                _ if !is_space(self.byte(at - 1)) => {
                    return fault(at, "dopo il nome o il valore di un attributo serve uno spazio");
                }
                _ => {}
            }
            let start = at;
            loop {
                match self.byte(at) {
                    b'=' | b'>' | b'/' | b' ' | b'\n' | b'\t' | b'\r' | 0x0C => break,
                    0 => return fault(start, "il tag non si chiude"),
                    b'"' | b'\'' | b'<' => {
                        return fault(at, "c'è un segno fuori posto tra gli attributi");
                    }
                    _ => at += 1,
                }
            }
            if at == start {
                return fault(at, "c'è un segno fuori posto tra gli attributi");
            }
            if self.byte(at) != b'=' {
                let next = self.skip_space(at);
                if self.byte(next) == b'=' {
                    return fault(next, "c'è uno spazio prima di `=`");
                }
                continue;
            }
            at += 1;
            match self.byte(at) {
                quote @ (b'"' | b'\'') => match memchr(quote, &self.bytes[at + 1..]) {
                    Some(offset) => at += offset + 2,
                    None => return fault(at, "le virgolette non si chiudono"),
                },
                _ => {
                    let start = at;
                    loop {
                        match self.byte(at) {
                            b'>' | b' ' | b'\n' | b'\t' | b'\r' | 0x0C => break,
                            0 => return fault(start, "il tag non si chiude"),
                            b'"' | b'\'' | b'<' | b'=' | b'`' => {
                                return fault(at, "c'è un segno fuori posto in un valore senza virgolette");
                            }
                            _ => at += 1,
                        }
                    }
                    if at == start || self.byte(at - 1) == b'/' {
                        return fault(start, "il valore di un attributo va tra virgolette");
                    }
                }
            }
        }
    }

    fn skip_space(&self, mut at: usize) -> usize {
        while is_space(self.byte(at)) {
            at += 1;
        }
        at
    }

    // End tags

    #[inline]
    fn end_tag(&mut self, tag: usize) -> Result<usize, Box<Fault>> {
        let start = tag + 2;
        let (at, key) = self.name(start);
        let name = &self.bytes[start..at];
        // Most end tags close what was opened last, and that settles it.
        if let Some(top) = self.stack.last()
            && top.key == key
            && key != 0
            && name.len() <= KEY_LETTERS
            && self.byte(at) == b'>'
            && self.phase == Phase::InBody
            && !matches!(top.class, Class::Body | Class::Noscript)
        {
            self.stack.pop();
            return Ok(at + 1);
        }
        let end = self.skip_space(at);
        if self.byte(end) != b'>' || !self.byte(start).is_ascii_alphabetic() {
            return fault(tag, "il tag di chiusura non è scritto per intero");
        }
        let top = self.top();
        if top.class == Class::Foreign || top.class == Class::Svg {
            return self.close_named(tag, name.len(), end + 1);
        }
        let id = self.names.find_key(key, name);
        if id == UNKNOWN {
            return self.close_named(tag, name.len(), end + 1);
        }
        match element(id).class {
            Class::Block
            | Class::SeeThroughBlock
            | Class::Heading
            | Class::Button
            | Class::Form
            | Class::Object
            | Class::Li
            | Class::Entry
            | Class::Cell
            | Class::Caption
            | Class::Template => {
                self.pop_implied(id);
            }
            Class::Select => self.pop_all(&[Class::Option, Class::Optgroup]),
            Class::Optgroup if top.flags & SELECT != 0 && top.class == Class::Option => {
                self.stack.pop();
            }
            Class::Row => self.pop_all(&[Class::Cell]),
            Class::RowGroup => self.pop_all(&[Class::Cell, Class::Row]),
            Class::Table => self.pop_all(&[Class::Cell, Class::Row, Class::RowGroup, Class::Colgroup]),
            Class::Noscript if self.noscript_end != Some(tag) => {
                return fault(tag, "`</noscript>` compare anche prima, dove con gli script attivi vale");
            }
            Class::Head if self.phase == Phase::InHead && top.class == Class::Head => {
                self.phase = Phase::AfterHead;
            }
            Class::Body | Class::Html => {
                let class = element(id).class;
                match (self.phase, class) {
                    (Phase::InBody, _) => self.end_body(tag)?,
                    (Phase::AfterBody, Class::Html) => {}
                    _ => return fault(tag, STRAY),
                }
                self.phase = if class == Class::Html { Phase::AfterHtml } else { Phase::AfterBody };
                return Ok(end + 1);
            }
            _ => {}
        }
        if self.phase > Phase::InBody || self.top().id != id {
            return fault(tag, STRAY);
        }
        self.stack.pop();
        Ok(end + 1)
    }

    /// An element without rules of its own: it has to be the last one opened.
    fn close_named(&mut self, tag: usize, length: usize, end: usize) -> Result<usize, Box<Fault>> {
        let top = self.top();
        let name = &self.bytes[tag + 2..tag + 2 + length];
        let opened = text::tag_name(top.tag(self.html));
        let closable = matches!(top.class, Class::Foreign | Class::Svg) || top.id == UNKNOWN;
        if self.phase > Phase::InBody || !closable || !opened.as_bytes().eq_ignore_ascii_case(name) {
            return fault(tag, STRAY);
        }
        self.stack.pop();
        Ok(end)
    }

    fn end_body(&mut self, at: usize) -> Result<(), Box<Fault>> {
        self.pop_implied(UNKNOWN);
        if self.top().class != Class::Body {
            return fault(at, "alla fine della pagina un elemento è ancora aperto");
        }
        Ok(())
    }
}

const META: &[u8] = b"<meta";

/// Nothing else than `text/html; charset=utf-8`: a browser takes the first charset that is named.
fn is_utf8_html(content: &str) -> bool {
    let plain: String = content.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    plain.eq_ignore_ascii_case("text/html;charset=utf-8")
}

const STRAY: &str = "questo tag non chiude l'ultimo elemento aperto";
const HEAD_CONTENT: &str = "questo elemento non può stare in `<head>`";

fn fault<T>(at: usize, why: &'static str) -> Result<T, Box<Fault>> {
    Err(Box::new(Fault { at, why }))
}

#[inline]
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | 0x0C)
}
