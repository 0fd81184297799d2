//! One strict pass over the HTML of a page, with the stack of the elements that are open.
//!
//! A browser mends broken markup by moving, closing and dropping elements. None of that is imitated here: every element
//! is closed where it is written to be, and where mending would begin the pass ends with a [`Fault`]. So what is put
//! behind `<head>`, around the content of `body` and at its end stands there in every browser. The tests hold it against
//! html5ever.

use super::element::{Class, Id, KEY_LETTERS, Names, UNKNOWN, add_letter, element};
use super::text::{self, Attributes};
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
struct Open {
    id: Id,
    class: Class,
    flags: u16,
    start: u32,
    end: u32,
    /// The name, side by side in one number; nothing for a long one.
    key: u64,
}

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

type Read<T> = Result<T, Box<Fault>>;

/// Reads the whole page.
pub fn read(html: &str, allowed: Allowed<'_>) -> Read<Page> {
    if u32::try_from(html.len()).is_err() {
        return fault(0..0, "la pagina è troppo grande");
    }
    if let Some(at) = memchr(0, html.as_bytes()) {
        return fault(at..at + 1, "c'è un carattere nullo");
    }
    let mut scanner = Scanner {
        html,
        bytes: html.as_bytes(),
        allowed,
        names: Names::get(),
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
    names: &'static Names,
    stack: Vec<Open>,
    phase: Phase,
    /// Where the end tag of the open `noscript` must be: with scripts on, its content is no markup.
    noscript_end: Option<usize>,
    page: Page,
}

impl Scanner<'_> {
    fn run(&mut self) -> Read<()> {
        let mut at = if self.html.starts_with('\u{feff}') { 3 } else { 0 };
        loop {
            // Tags often follow one another, and asking for one byte costs less than a search.
            let tag = match self.byte(at) {
                b'<' => Some(at),
                _ => memchr(b'<', &self.bytes[at..]).map(|offset| at + offset),
            };
            let end = tag.unwrap_or(self.bytes.len());
            if end > at && (self.phase != Phase::InBody || self.top().flags & TABLE != 0) {
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
                fault(self.tag_of(*top), format!("`<{}>` non si chiude", self.name_of(*top)))
            }
            _ => fault(at..at, "la pagina non finisce con `</body></html>`"),
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
    fn top(&self) -> Open {
        const NOTHING: Open = Open { id: UNKNOWN, class: Class::Refused, flags: 0, start: 0, end: 0, key: 0 };
        self.stack.last().copied().unwrap_or(NOTHING)
    }

    fn tag_of(&self, open: Open) -> Range<usize> {
        open.start as usize..open.end as usize
    }

    fn name_of(&self, open: Open) -> &str {
        self.html.get(self.tag_of(open)).map_or("", text::tag_name)
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

    // Comments and doctype

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

    // Start tags

    #[inline]
    fn start_tag(&mut self, tag: usize) -> Read<usize> {
        let (at, key) = self.name(tag + 1);
        let name = tag + 1..at;
        let (end, self_closing) = match self.byte(at) {
            b'>' => (at + 1, false),
            _ => self.skip_attributes(at)?,
        };
        let id = self.names.find(key, &self.bytes[name.clone()]);
        let top = self.top();
        let class = element(id).class;
        let key = if name.len() <= KEY_LETTERS { key } else { 0 };
        let open = Open { id, class, flags: 0, start: tag as u32, end: end as u32, key };
        if matches!(top.class, Class::Svg | Class::Foreign) {
            return self.start_drawn(name, open, self_closing);
        }
        if self_closing && !matches!(class, Class::Void | Class::HeadVoid | Class::Hr | Class::Col | Class::Svg) {
            return fault(tag..end, "`/>` non chiude questo elemento: serve il suo tag di chiusura");
        }
        if self.phase != Phase::InBody {
            return self.start_early(open);
        }
        if top.flags & (SELECT | TABLE | HEAD_NOSCRIPT) != 0 {
            self.allowed_here(tag..end, top, id, class)?;
        }
        let closes_p = matches!(
            class,
            Class::Block
                | Class::SeeThrough
                | Class::P
                | Class::Li
                | Class::Entry
                | Class::Heading
                | Class::Hr
                | Class::Form
                | Class::Table
        );
        if closes_p && top.flags & P != 0 {
            let why = format!("`<{}>` sta dentro un `<p>`, che i browser chiudono prima", &self.html[name]);
            return fault(tag..end, why);
        }
        let clash = match class {
            Class::Void | Class::Hr => return Ok(end),
            Class::HeadVoid => return self.head_void(tag..end, id),
            Class::Raw | Class::Rcdata => return self.raw(tag..end, id),
            Class::A => (top.flags & A != 0).then_some("un collegamento sta dentro un altro"),
            Class::Li => (top.flags & LI != 0).then_some("`<li>` sta dentro un altro senza un elenco in mezzo"),
            Class::Entry => (top.flags & ENTRY != 0).then_some("`<dt>` o `<dd>` stanno uno dentro l'altro"),
            Class::Heading => (top.class == Class::Heading).then_some("un titolo sta dentro un altro"),
            Class::Form => (top.flags & FORM != 0).then_some("un modulo sta dentro un altro"),
            Class::Button => (top.flags & BUTTON != 0).then_some("un pulsante sta dentro un altro"),
            Class::Ruby => {
                (element(top.id).name != "ruby").then_some("`<rt>` e `<rp>` stanno direttamente in `<ruby>`")
            }
            Class::Option => (top.class == Class::Option).then_some("`<option>` sta dentro un altro"),
            Class::Optgroup => (top.class != Class::Select).then_some("`<optgroup>` sta fuori da `<select>`"),
            Class::Col if top.class == Class::Colgroup => return Ok(end),
            Class::Caption | Class::Colgroup | Class::Col | Class::RowGroup | Class::Row | Class::Cell => {
                let fine = match class {
                    Class::Cell => top.class == Class::Row,
                    Class::Row => matches!(top.class, Class::Table | Class::RowGroup),
                    Class::Col => false,
                    _ => top.class == Class::Table,
                };
                (!fine).then_some("questa parte di tabella è fuori posto")
            }
            Class::Svg if self_closing => return Ok(end),
            Class::Html | Class::Head | Class::Body => Some("questo tag è già stato aperto, oppure è fuori posto"),
            Class::Foreign | Class::Refused => Some("questo elemento non è più in uso, o cambia la lettura del resto"),
            Class::Noscript => {
                self.open_noscript(tag..end)?;
                None
            }
            Class::Template => Attributes::read(&self.html[tag..end])
                .has("shadowrootmode")
                .then_some("`shadowrootmode` prende il posto di ciò che sta nell'elemento"),
            _ => None,
        };
        if let Some(why) = clash {
            return fault(tag..end, why);
        }
        self.push(open)?;
        Ok(end)
    }

    #[inline]
    fn push(&mut self, open: Open) -> Read<()> {
        if self.stack.len() >= DEEPEST {
            return fault(self.tag_of(open), "gli elementi sono annidati troppo in profondità");
        }
        let parent = self.top();
        let flags = parent.flags & !OWN;
        let flags = match open.class {
            Class::Inline | Class::SeeThrough | Class::Ruby | Class::Option | Class::Optgroup => flags,
            Class::A => flags | A,
            Class::P => flags | P,
            Class::Li => flags & !ENTRY | LI,
            Class::Entry => flags & !LI | ENTRY,
            Class::Form => flags & !(LI | ENTRY) | FORM,
            Class::Button => flags & !(P | LI | ENTRY) | BUTTON,
            Class::Select => flags & !(LI | ENTRY) | SELECT,
            Class::Table | Class::RowGroup | Class::Row | Class::Colgroup => flags & !(P | LI | ENTRY) | TABLE,
            Class::Caption | Class::Cell | Class::Template | Class::Object => flags & !(P | LI | ENTRY),
            Class::Noscript if parent.class == Class::Head => HEAD_NOSCRIPT,
            _ => flags & !(LI | ENTRY),
        };
        self.stack.push(Open { flags, ..open });
        Ok(())
    }

    fn allowed_here(&self, tag: Range<usize>, top: Open, id: Id, class: Class) -> Read<()> {
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

    /// Everything before the body has its one place.
    fn start_early(&mut self, open: Open) -> Read<usize> {
        let tag = self.tag_of(open);
        let end = tag.end;
        match (self.phase, open.class) {
            (Phase::BeforeDoctype, _) => fault(tag, "la pagina non comincia con `<!doctype html>`"),
            (Phase::BeforeHtml, Class::Html) => {
                self.outermost(tag)?;
                self.phase = Phase::BeforeHead;
                self.push(open)?;
                Ok(end)
            }
            (Phase::BeforeHead, Class::Head) => {
                self.phase = Phase::InHead;
                self.page.head = end;
                self.push(open)?;
                Ok(end)
            }
            (Phase::AfterHead, Class::Body) => {
                self.outermost(tag)?;
                self.phase = Phase::InBody;
                self.page.body = end..end;
                self.push(open)?;
                Ok(end)
            }
            (Phase::InHead, _) => self.start_in_head(tag, open),
            (Phase::AfterBody | Phase::AfterHtml, _) => fault(tag, "c'è un elemento dopo `</body>`"),
            _ => fault(tag, "servono, in quest'ordine, `<html>`, `<head>` con la sua chiusura, e `<body>`"),
        }
    }

    fn start_in_head(&mut self, tag: Range<usize>, open: Open) -> Read<usize> {
        let top = self.top();
        if top.flags & HEAD_NOSCRIPT != 0 {
            self.allowed_here(tag.clone(), top, open.id, open.class)?;
        }
        match open.class {
            Class::HeadVoid => self.head_void(tag, open.id),
            Class::Raw if element(open.id).name != "iframe" => self.raw(tag, open.id),
            Class::Rcdata if element(open.id).name == "title" => self.raw(tag, open.id),
            Class::Noscript => {
                let end = tag.end;
                self.open_noscript(tag)?;
                self.push(open)?;
                Ok(end)
            }
            _ => fault(tag, HEAD_CONTENT),
        }
    }

    /// What `html` and `body` say holds for the frame too.
    fn outermost(&self, tag: Range<usize>) -> Read<()> {
        const OF_ALL: [&str; 6] = ["style", "role", "dir", "hidden", "inert", "popover"];
        let attributes = Attributes::read(&self.html[tag.clone()]);
        if attributes.broken {
            return fault(tag, "un attributo compare due volte");
        }
        let reaches = |name: &str| OF_ALL.contains(&name) || name.starts_with("aria-") || name.starts_with("on");
        match attributes.list.iter().find(|attribute| reaches(&attribute.name)) {
            None => Ok(()),
            Some(attribute) => {
                let name = text::tag_name(&self.html[tag.clone()]);
                fault(
                    tag,
                    format!(
                        "`{}` su `<{name}>` vale anche per l'attribuzione: mettilo su un elemento interno",
                        attribute.name
                    ),
                )
            }
        }
    }

    /// A `base` would move every address, and a `meta` may change how the page is read or what it shows.
    fn head_void(&self, tag: Range<usize>, id: Id) -> Read<usize> {
        let markup = &self.html[tag.clone()];
        match element(id).name {
            "link" => return Ok(tag.end),
            "base" => return fault(tag, "`<base>` sposta tutti gli indirizzi della pagina"),
            _ => {}
        }
        let names = |word: &[u8]| markup.as_bytes().windows(word.len()).any(|found| found.eq_ignore_ascii_case(word));
        if !names(b"http-equiv") && !names(b"charset") {
            return Ok(tag.end);
        }
        let attributes = Attributes::read(markup);
        let unreadable = attributes.list.iter().any(|attribute| attribute.value.is_none());
        if attributes.broken || unreadable {
            return fault(tag, "un attributo compare due volte, o non si può leggere");
        }
        let content = attributes.value("content").unwrap_or("");
        let is_utf8 = |charset: &str| charset.trim().eq_ignore_ascii_case("utf-8");
        let wrong = match attributes.value("http-equiv").map(|name| name.trim().to_ascii_lowercase()).as_deref() {
            _ if attributes.value("charset").is_some_and(|charset| !is_utf8(charset)) => Some(CHARSET),
            Some("content-security-policy") if content != self.allowed.policy => {
                Some("la politica di sicurezza la scrive già concilia: togli questa riga dal modello")
            }
            // Nothing else than `text/html; charset=utf-8`: a browser takes the first charset that is named.
            Some("content-type") => {
                let plain: String = content.chars().filter(|c| !c.is_ascii_whitespace()).collect();
                (!plain.eq_ignore_ascii_case("text/html;charset=utf-8")).then_some(CHARSET)
            }
            Some("refresh") if content.strip_prefix("0; url=") != self.allowed.leads_to.or(Some("\0")) => {
                Some("`<meta http-equiv=\"refresh\">` porta chi legge su un'altra pagina")
            }
            _ => None,
        };
        wrong.map_or(Ok(tag.end), |why| fault(tag, why))
    }

    fn open_noscript(&mut self, tag: Range<usize>) -> Read<()> {
        self.noscript_end = self.find_end(tag.end, "noscript");
        if self.noscript_end.is_none() {
            return fault(tag, "`<noscript>` non si chiude");
        }
        Ok(())
    }

    /// Skips an element whose content is no markup.
    fn raw(&self, tag: Range<usize>, id: Id) -> Read<usize> {
        let name = element(id).name;
        let Some(close) = self.find_end(tag.end, name) else {
            return fault(tag, format!("`<{name}>` non si chiude"));
        };
        if name == "script" && memmem::find(&self.bytes[tag.end..close], b"<!--").is_some() {
            return fault(tag, "lo script contiene `<!--`, che cambia dove finisce");
        }
        let after = self.skip_space(close + 2 + name.len());
        if self.byte(after) != b'>' {
            return fault(close..after, UNFINISHED);
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

    fn start_drawn(&mut self, name: Range<usize>, open: Open, self_closing: bool) -> Read<usize> {
        let tag = self.tag_of(open);
        let end = tag.end;
        if self.top().flags & PLAIN != 0 {
            return fault(tag, "in `<title>` e `<desc>` di un disegno sta soltanto testo");
        }
        // Nearly every element of HTML would end the drawing.
        let name = &self.html[name];
        let drawn = open.id == UNKNOWN || ["a", "svg", "title", "image"].contains(&element(open.id).name);
        if !drawn || name.eq_ignore_ascii_case("foreignObject") {
            return fault(tag, format!("`<{name}>` non può stare in un disegno"));
        }
        if !self_closing {
            let plain = name.eq_ignore_ascii_case("title") || name.eq_ignore_ascii_case("desc");
            self.push(Open { class: Class::Foreign, ..open })?;
            if plain && let Some(top) = self.stack.last_mut() {
                top.flags |= PLAIN;
            }
        }
        Ok(end)
    }

    /// Past the `>` of a tag, and whether a `/` stands before it.
    #[inline]
    fn skip_attributes(&self, mut at: usize) -> Read<(usize, bool)> {
        let odd = |at: usize| fault(at..at + 1, "c'è un segno fuori posto tra gli attributi");
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
                    return fault(at..at + 1, "dopo il nome o il valore di un attributo serve uno spazio");
                }
                _ => {}
            }
            let start = at;
            loop {
                match self.byte(at) {
                    b'=' | b'>' | b'/' | b' ' | b'\n' | b'\t' | b'\r' | 0x0C => break,
                    0 => return fault(start..start + 1, "il tag non si chiude"),
                    b'"' | b'\'' | b'<' => return odd(at),
                    _ => at += 1,
                }
            }
            if at == start {
                return odd(at);
            }
            if self.byte(at) != b'=' {
                let next = self.skip_space(at);
                if self.byte(next) == b'=' {
                    return fault(next..next + 1, "c'è uno spazio prima di `=`");
                }
                continue;
            }
            at += 1;
            match self.byte(at) {
                quote @ (b'"' | b'\'') => match memchr(quote, &self.bytes[at + 1..]) {
                    Some(offset) => at += offset + 2,
                    None => return fault(at..at + 1, "le virgolette non si chiudono"),
                },
                _ => {
                    let start = at;
                    loop {
                        match self.byte(at) {
                            b'>' | b' ' | b'\n' | b'\t' | b'\r' | 0x0C => break,
                            0 => return fault(start..start + 1, "il tag non si chiude"),
                            b'"' | b'\'' | b'<' | b'=' | b'`' => return odd(at),
                            _ => at += 1,
                        }
                    }
                    if at == start || self.byte(at - 1) == b'/' {
                        return fault(start..start + 1, "il valore di un attributo va tra virgolette");
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
    fn end_tag(&mut self, tag: usize) -> Read<usize> {
        let start = tag + 2;
        let (at, key) = self.name(start);
        let end = self.skip_space(at);
        if self.byte(end) != b'>' || !self.byte(start).is_ascii_alphabetic() {
            return fault(tag..end, UNFINISHED);
        }
        let tag = tag..end + 1;
        let name = start..at;
        let top = self.top();
        let same = match name.len() <= KEY_LETTERS {
            true => top.key == key,
            false => self.name_of(top).eq_ignore_ascii_case(&self.html[name.clone()]),
        };
        if !same || self.stack.is_empty() {
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
    fn stray<T>(&self, tag: Range<usize>, name: Range<usize>) -> Read<T> {
        let (top, name) = (self.top(), &self.html[name]);
        match self.stack.iter().any(|open| self.name_of(*open).eq_ignore_ascii_case(name)) {
            true => {
                let why = format!("`<{}>` non si chiude prima di `</{name}>`", self.name_of(top));
                Err(Box::new(Fault { span: self.tag_of(top), or: Some(tag), why: why.into() }))
            }
            false => fault(tag, format!("`</{name}>` non chiude nessun elemento aperto")),
        }
    }
}

const UNFINISHED: &str = "il tag di chiusura non è scritto per intero";
const HEAD_CONTENT: &str = "questo elemento non può stare in `<head>`";
const CHARSET: &str = "la pagina dichiara una codifica diversa da `utf-8`";

fn fault<T>(span: Range<usize>, why: impl Into<Cow<'static, str>>) -> Read<T> {
    Err(Box::new(Fault { span, or: None, why: why.into() }))
}

#[inline]
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | 0x0C)
}
