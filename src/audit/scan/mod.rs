//! One strict pass over the HTML of a page, with the stack of the elements that are open.
//!
//! A browser mends broken markup by moving, closing and dropping elements. None of that is imitated here: every element
//! is closed where it is written to be, and where mending would begin the pass ends with a [`Fault`]. So what is put
//! behind `<head>`, around the content of `body` and at its end stands there in every browser. The tests hold it against
//! html5ever.

mod attributes;
mod head;
mod start;

use super::element::Class;
use memchr::{memchr, memmem};
use std::borrow::Cow;
use std::ops::Range;

/// Where the engine's frame goes.
#[derive(Debug, PartialEq, Eq)]
pub struct Page {
    /// Behind `<head>`.
    pub head: usize,
    /// What stands in `body`.
    pub body: Range<usize>,
}

/// What a page may say for itself beside the frame.
#[derive(Debug, Clone, Copy)]
pub struct Allowed<'a> {
    /// The security policy that the frame brings: said once more it changes nothing.
    pub policy: &'a str,
    /// Where the page leads its readers on to, if it is one of those that do.
    pub leads_to: Option<&'a str>,
}

/// Where a browser may see another page than we do, or one without its frame, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub span: Range<usize>,
    /// Where the mistake may be as well.
    pub or: Option<Range<usize>>,
    pub why: Cow<'static, str>,
}

/// An open element, and what its descendants have to know.
#[derive(Debug, Clone, Copy)]
struct Open<'h> {
    name: &'h str,
    class: Class,
    flags: u16,
    start: usize,
    end: usize,
}

impl Open<'_> {
    /// Its start tag.
    fn tag(&self) -> Range<usize> {
        self.start..self.end
    }

    fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

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

pub(super) type Read<T> = Result<T, Box<Fault>>;

/// Reads the whole page.
pub fn read(html: &str, allowed: Allowed<'_>) -> Read<Page> {
    if let Some(at) = memchr(0, html.as_bytes()) {
        return fault(at..at + 1, "c'è un carattere nullo");
    }
    let mut scanner = Scanner {
        html,
        bytes: html.as_bytes(),
        allowed,
        stack: Vec::with_capacity(32),
        phase: Phase::BeforeDoctype,
        noscript_end: None,
        page: Page { head: 0, body: 0..0 },
    };
    match scanner.run() {
        Ok(()) => Ok(scanner.page),
        Err(mut fault) => {
            // A sign that stands out may be of several bytes.
            fault.span.end = html.ceil_char_boundary(fault.span.end);
            Err(fault)
        }
    }
}

struct Scanner<'h> {
    html: &'h str,
    bytes: &'h [u8],
    allowed: Allowed<'h>,
    stack: Vec<Open<'h>>,
    phase: Phase,
    /// Where the end tag of the open `noscript` must be: with scripts on, its content is no markup.
    noscript_end: Option<usize>,
    page: Page,
}

impl<'h> Scanner<'h> {
    fn run(&mut self) -> Read<()> {
        let mut at = if self.html.starts_with('\u{feff}') { 3 } else { 0 };
        loop {
            // Tags often follow one another, and asking for one byte costs less than a search.
            let tag = match self.byte(at) {
                b'<' => Some(at),
                _ => memchr(b'<', &self.bytes[at..]).map(|offset| at + offset),
            };
            let end = tag.unwrap_or(self.bytes.len());
            if end > at && (self.phase != Phase::InBody || self.top().flags & start::TABLE != 0) {
                self.blank(at..end)?;
            }
            let Some(tag) = tag else { break };
            at = match self.byte(tag + 1) {
                b'a'..=b'z' | b'A'..=b'Z' => self.start_tag(tag)?,
                b'/' => self.end_tag(tag)?,
                b'!' => self.declaration(tag)?,
                _ => return fault(tag..tag + 1, "un `<` sciolto va scritto `&lt;`"),
            };
        }
        match (self.phase, self.stack.last()) {
            (Phase::AfterHtml, _) => Ok(()),
            (Phase::InBody, Some(top)) if top.class != Class::Body => {
                fault(top.tag(), format!("`<{}>` non si chiude", top.name))
            }
            _ => fault(at..at, "la pagina non finisce con `</body></html>`"),
        }
    }

    /// The byte there; past the end, one that stands nowhere.
    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// The name that begins there.
    #[inline]
    fn name(&self, at: usize) -> &'h str {
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
        let length = self.bytes[at..].iter().position(|byte| !is_part(byte)).unwrap_or(self.bytes.len() - at);
        &self.html[at..at + length]
    }

    #[inline]
    fn top(&self) -> Open<'h> {
        const NOTHING: Open = Open { name: "", class: Class::Refused, flags: 0, start: 0, end: 0 };
        self.stack.last().copied().unwrap_or(NOTHING)
    }

    /// Anything but white space would be moved elsewhere.
    fn blank(&self, span: Range<usize>) -> Read<()> {
        let text = self.html[span.clone()].trim_ascii();
        if text.is_empty() {
            return Ok(());
        }
        let start = span.start + self.html[span].find(text).unwrap_or_default();
        let why = match self.phase {
            Phase::InBody => "c'è del testo in una tabella, fuori dalle celle",
            Phase::AfterBody | Phase::AfterHtml => "c'è del testo dopo `</body>`",
            _ => "c'è del testo prima di `<body>`",
        };
        fault(start..start + text.len(), why)
    }

    fn declaration(&mut self, tag: usize) -> Read<usize> {
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
        fault(tag..tag + 2, "qui i browser si aspettano un commento, oppure `<!doctype html>` in cima alla pagina")
    }

    fn comment(&self, tag: usize) -> Read<usize> {
        let mut at = tag + 4;
        let rest = &self.bytes[at..];
        if rest.starts_with(b">") || rest.starts_with(b"->") {
            return fault(tag..at, "il commento si chiude prima di cominciare");
        }
        if self.phase > Phase::InBody {
            return fault(tag..at, "c'è un commento dopo `</body>`");
        }
        while let Some(offset) = memmem::find(&self.bytes[at..], b"--") {
            at += offset;
            match (self.byte(at + 2), self.byte(at + 3)) {
                (b'>', _) => return Ok(at + 3),
                (b'!', b'>') => return fault(at..at + 4, "il commento si chiude con `--!>`"),
                _ => at += 1,
            }
        }
        fault(tag..tag + 4, "il commento non si chiude")
    }

    fn skip_space(&self, mut at: usize) -> usize {
        while is_space(self.byte(at)) {
            at += 1;
        }
        at
    }

    #[inline]
    fn end_tag(&mut self, tag: usize) -> Read<usize> {
        let start = tag + 2;
        let name = self.name(start);
        let end = self.skip_space(start + name.len());
        if self.byte(end) != b'>' || !self.byte(start).is_ascii_alphabetic() {
            return fault(tag..end, UNFINISHED);
        }
        let tag = tag..end + 1;
        let top = self.top();
        if !top.is(name) {
            return self.stray(tag, name);
        }
        match (top.class, self.phase) {
            (Class::Noscript, _) if self.noscript_end != Some(tag.start) => {
                return fault(tag, "`</noscript>` compare anche prima, dove con gli script attivi vale");
            }
            (Class::Head, _) => self.phase = Phase::AfterHead,
            (Class::Body, _) => {
                self.page.body.end = tag.start;
                self.phase = Phase::AfterBody;
            }
            (Class::Html, Phase::AfterBody) => self.phase = Phase::AfterHtml,
            (Class::Html, _) => return fault(tag, "la pagina finisce prima di `</body>`"),
            _ => {}
        }
        self.stack.pop();
        Ok(tag.end)
    }

    /// An end tag that does not close what was opened last: the one to blame is often that.
    fn stray<T>(&self, tag: Range<usize>, name: &str) -> Read<T> {
        let top = self.top();
        if !self.stack.iter().any(|open| open.is(name)) {
            return fault(tag, format!("`</{name}>` non chiude nessun elemento aperto"));
        }
        let why = format!("`<{}>` non si chiude prima di `</{name}>`", top.name);
        Err(Box::new(Fault { span: top.tag(), or: Some(tag), why: why.into() }))
    }
}

const UNFINISHED: &str = "il tag di chiusura non è scritto per intero";
/// A fault in one place.
pub(super) fn fault<T>(span: Range<usize>, why: impl Into<Cow<'static, str>>) -> Read<T> {
    Err(Box::new(Fault { span, or: None, why: why.into() }))
}

#[inline]
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | 0x0C)
}
