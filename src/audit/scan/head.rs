//! What the head says of the whole page, and elements whose content is no markup.

use memchr::memmem;

use super::{Open, Read, Scanner, UNFINISHED, fault};
use crate::markup::tag::{Attributes, end_of_raw};

const CHARSET: &str = "la pagina dichiara una codifica diversa da `utf-8`";

impl Scanner<'_> {
    /// What `html` and `body` say holds for the frame too.
    pub fn outermost(&self, open: Open) -> Read<()> {
        const OF_ALL: [&str; 6] = ["style", "role", "dir", "hidden", "inert", "popover"];
        let attributes = Attributes::read(&self.html[open.tag()]);
        if attributes.broken {
            return fault(open.tag(), "un attributo compare due volte");
        }
        let reaches = |name: &str| OF_ALL.contains(&name) || name.starts_with("aria-") || name.starts_with("on");
        let Some(attribute) = attributes.list.iter().find(|attribute| reaches(&attribute.name)) else { return Ok(()) };
        let why = format!(
            "`{}` su `<{}>` vale anche per l'attribuzione: mettilo su un elemento interno",
            attribute.name, open.name
        );
        fault(open.tag(), why)
    }

    /// A `base` would move every address, and a `meta` may change how the page is read or what it shows.
    pub fn head_void(&self, open: Open) -> Read<usize> {
        let tag = open.tag();
        if open.is("base") {
            return fault(tag, "`<base>` sposta tutti gli indirizzi della pagina");
        }
        let markup = &self.html[tag.clone()];
        let names = |word: &[u8]| markup.as_bytes().windows(word.len()).any(|found| found.eq_ignore_ascii_case(word));
        if open.is("link") || (!names(b"http-equiv") && !names(b"charset")) {
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

    pub fn open_noscript(&mut self, open: Open) -> Read<()> {
        self.noscript_end = self.find_end(open.end, "noscript");
        if self.noscript_end.is_none() { fault(open.tag(), "`<noscript>` non si chiude") } else { Ok(()) }
    }

    /// Skips an element whose content is no markup.
    pub fn raw(&self, open: Open) -> Read<usize> {
        let (tag, name) = (open.tag(), open.name);
        let Some(close) = self.find_end(tag.end, name) else {
            return fault(tag, format!("`<{}>` non si chiude", name.to_ascii_lowercase()));
        };
        if open.is("script") && memmem::find(&self.bytes[tag.end..close], b"<!--").is_some() {
            return fault(tag, "lo script contiene `<!--`, che cambia dove finisce");
        }
        let after = self.skip_space(close + 2 + name.len());
        if self.byte(after) != b'>' {
            return fault(close..after, UNFINISHED);
        }
        Ok(after + 1)
    }

    fn find_end(&self, from: usize, name: &str) -> Option<usize> {
        end_of_raw(&self.html[from..], name).map(|offset| from + offset)
    }
}
