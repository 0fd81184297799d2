//! Start tags: what may be opened where.

use super::{Open, Phase, Read, Scanner, fault};
use crate::audit::element::{self, Class};
use crate::markup::tag::Attributes;

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
pub const TABLE: u16 = 1 << 7;
/// The `noscript` of the head, where only `link`, `meta` and `style` may stand.
const HEAD_NOSCRIPT: u16 = 1 << 8;
/// `title` and `desc` inside `svg`, where markup would be HTML again.
const PLAIN: u16 = 1 << 9;

const OWN: u16 = TABLE | HEAD_NOSCRIPT | PLAIN;

const HEAD_CONTENT: &str = "questo elemento non può stare in `<head>`";

impl<'h> Scanner<'h> {
    #[inline]
    pub fn start_tag(&mut self, tag: usize) -> Read<usize> {
        let name = self.name(tag + 1);
        let at = tag + 1 + name.len();
        let (end, self_closing) = match self.byte(at) {
            b'>' => (at + 1, false),
            _ => self.skip_attributes(at)?,
        };
        let class = element::class(name);
        let top = self.top();
        let open = Open { name, class, flags: 0, start: tag, end };
        if matches!(top.class, Class::Svg | Class::Foreign) {
            return self.start_drawn(open, self_closing);
        }
        if self_closing && !matches!(class, Class::Void | Class::HeadVoid | Class::Hr | Class::Col | Class::Svg) {
            return fault(tag..end, "`/>` non chiude questo elemento: serve il suo tag di chiusura");
        }
        if self.phase != Phase::InBody {
            return self.start_early(open);
        }
        if top.flags & (SELECT | TABLE | HEAD_NOSCRIPT) != 0 {
            allowed_here(top, open)?;
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
            return fault(tag..end, format!("`<{name}>` sta dentro un `<p>`, che i browser chiudono prima"));
        }
        let clash = match class {
            Class::Void | Class::Hr => return Ok(end),
            Class::HeadVoid => return self.head_void(open),
            Class::Raw | Class::Rcdata => return self.raw(open),
            Class::A => (top.flags & A != 0).then_some("un collegamento sta dentro un altro"),
            Class::Li => (top.flags & LI != 0).then_some("`<li>` sta dentro un altro senza un elenco in mezzo"),
            Class::Entry => (top.flags & ENTRY != 0).then_some("`<dt>` o `<dd>` stanno uno dentro l'altro"),
            Class::Heading => (top.class == Class::Heading).then_some("un titolo sta dentro un altro"),
            Class::Form => (top.flags & FORM != 0).then_some("un modulo sta dentro un altro"),
            Class::Button => (top.flags & BUTTON != 0).then_some("un pulsante sta dentro un altro"),
            Class::Ruby => (!top.is("ruby")).then_some("`<rt>` e `<rp>` stanno direttamente in `<ruby>`"),
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
                self.open_noscript(open)?;
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
    fn push(&mut self, open: Open<'h>) -> Read<()> {
        if self.stack.len() >= DEEPEST {
            return fault(open.tag(), "gli elementi sono annidati troppo in profondità");
        }
        let parent = self.top();
        let flags = parent.flags & !OWN;
        let flags = match open.class {
            Class::Inline | Class::Unknown | Class::SeeThrough | Class::Ruby | Class::Option | Class::Optgroup => flags,
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

    /// Everything before the body has its one place.
    fn start_early(&mut self, open: Open<'h>) -> Read<usize> {
        match (self.phase, open.class) {
            (Phase::BeforeDoctype, _) => return fault(open.tag(), "la pagina non comincia con `<!doctype html>`"),
            (Phase::BeforeHtml, Class::Html) => {
                self.outermost(open)?;
                self.phase = Phase::BeforeHead;
            }
            (Phase::BeforeHead, Class::Head) => {
                self.phase = Phase::InHead;
                self.page.head = open.end;
            }
            (Phase::AfterHead, Class::Body) => {
                self.outermost(open)?;
                self.phase = Phase::InBody;
                self.page.body = open.end..open.end;
            }
            (Phase::InHead, _) => return self.start_in_head(open),
            (Phase::AfterBody | Phase::AfterHtml, _) => return fault(open.tag(), "c'è un elemento dopo `</body>`"),
            _ => {
                let why = "servono, in quest'ordine, `<html>`, `<head>` con la sua chiusura, e `<body>`";
                return fault(open.tag(), why);
            }
        }
        self.push(open)?;
        Ok(open.end)
    }

    fn start_in_head(&mut self, open: Open<'h>) -> Read<usize> {
        let top = self.top();
        if top.flags & HEAD_NOSCRIPT != 0 {
            allowed_here(top, open)?;
        }
        match open.class {
            Class::HeadVoid => self.head_void(open),
            Class::Raw if !open.is("iframe") => self.raw(open),
            Class::Rcdata if open.is("title") => self.raw(open),
            Class::Noscript => {
                self.open_noscript(open)?;
                self.push(open)?;
                Ok(open.end)
            }
            _ => fault(open.tag(), HEAD_CONTENT),
        }
    }

    fn start_drawn(&mut self, open: Open<'h>, self_closing: bool) -> Read<usize> {
        if self.top().flags & PLAIN != 0 {
            return fault(open.tag(), "in `<title>` e `<desc>` di un disegno sta soltanto testo");
        }
        // Nearly every element of HTML would end the drawing.
        let drawn = open.class == Class::Unknown || ["a", "svg", "title", "image"].iter().any(|name| open.is(name));
        if !drawn || open.is("foreignObject") {
            return fault(open.tag(), format!("`<{}>` non può stare in un disegno", open.name));
        }
        if !self_closing {
            self.push(Open { class: Class::Foreign, ..open })?;
            if (open.is("title") || open.is("desc"))
                && let Some(top) = self.stack.last_mut()
            {
                top.flags |= PLAIN;
            }
        }
        Ok(open.end)
    }
}

/// What may stand directly in a table, a list of choices or the `noscript` of the head.
fn allowed_here(top: Open, open: Open) -> Read<()> {
    let class = open.class;
    let (fine, why) = if top.flags & HEAD_NOSCRIPT != 0 {
        (class == Class::HeadVoid || open.is("style"), HEAD_CONTENT)
    } else if top.flags & TABLE != 0 {
        let script = class == Class::Raw && !open.is("iframe");
        let part =
            matches!(class, Class::Caption | Class::Colgroup | Class::Col | Class::RowGroup | Class::Row | Class::Cell);
        let fine = part || (top.class != Class::Colgroup && (script || class == Class::Template));
        (fine, "questo elemento sta in una tabella, fuori dalle celle")
    } else {
        let fine = matches!(class, Class::Option | Class::Optgroup);
        (fine, "in `<select>` stanno soltanto `<option>` e `<optgroup>`")
    };
    if fine { Ok(()) } else { fault(open.tag(), why) }
}
