//! The markup of the document as a tree. The strict reader of pages sees to it first that every tag is closed where it
//! is written to be, so that here a tag is what it looks like.

use std::borrow::Cow;
use std::ops::Range;

use crate::audit::is_void;
use crate::audit::scan::{self, Allowed};
use crate::markup::tag::{Attributes, decode, end_of_tag, tag_name};

/// What the document cannot be made of, and where.
#[derive(Debug, PartialEq, Eq)]
pub struct Errore {
    pub posto: Range<usize>,
    pub perche: String,
}

/// An element, or a text.
#[derive(Debug)]
pub struct Nodo<'h> {
    /// Nothing for a text.
    pub nome: &'h str,
    /// The start tag, or the text.
    pub posto: Range<usize>,
    pub figli: Vec<Nodo<'h>>,
    /// The words of a text, as they are meant.
    pub testo: Cow<'h, str>,
    attributi: Attributes<'h>,
}

const PRIMA: &str = "<!doctype html><html><head></head><body>";

pub fn leggi(html: &str) -> Result<Vec<Nodo<'_>>, Errore> {
    stretto(html)?;
    let mut pila = vec![Nodo::di("", 0..0)];
    let mut at = 0;
    while let Some(offset) = html[at..].find('<') {
        let tag = at + offset;
        testo(html, at..tag, &mut pila)?;
        if html[tag..].starts_with("<!--") {
            at = html[tag..].find("-->").map_or(html.len(), |offset| tag + offset + "-->".len());
            continue;
        }
        at = tag + end_of_tag(&html[tag..]);
        if html[tag..].starts_with("</") {
            chiudi(&mut pila);
            continue;
        }
        let markup = &html[tag..at];
        let nodo = Nodo { attributi: Attributes::read(markup), ..Nodo::di(tag_name(markup), tag..at) };
        if ["script", "style", "iframe", "textarea", "template", "noscript"].contains(&nodo.nome) {
            return Err(nodo.errore(format!("`<{}>` non può stare nel documento", nodo.nome)));
        }
        let is_whole = is_void(nodo.nome) || markup.ends_with("/>");
        pila.push(nodo);
        if is_whole {
            chiudi(&mut pila);
        }
    }
    testo(html, at..html.len(), &mut pila)?;
    // What is never closed would take all that follows into itself, and out of the document.
    if let [_, .., aperto] = &pila[..] {
        return Err(aperto.errore(format!("`<{}>` non si chiude", aperto.nome)));
    }
    Ok(pila.swap_remove(0).figli)
}

fn stretto(html: &str) -> Result<(), Errore> {
    let page = [PRIMA, html, "</body></html>"].concat();
    let in_part = |at: usize| at.saturating_sub(PRIMA.len()).min(html.len());
    scan::read(&page, Allowed { policy: "", leads_to: None }).map(drop).map_err(|fault| Errore {
        posto: in_part(fault.span.start)..in_part(fault.span.end),
        perche: fault.why.into_owned(),
    })
}

fn testo<'h>(html: &'h str, posto: Range<usize>, pila: &mut [Nodo<'h>]) -> Result<(), Errore> {
    let (false, Some(sopra)) = (posto.is_empty(), pila.last_mut()) else { return Ok(()) };
    let Some(testo) = decode(&html[posto.clone()]) else {
        return Err(Errore { posto, perche: "un carattere scritto con `&…;` non è fra quelli noti".into() });
    };
    sopra.figli.push(Nodo { testo, ..Nodo::di("", posto) });
    Ok(())
}

fn chiudi(pila: &mut Vec<Nodo>) {
    if let Some(nodo) = pila.pop()
        && let Some(sopra) = pila.last_mut()
    {
        sopra.figli.push(nodo);
    }
}

impl<'h> Nodo<'h> {
    fn di(nome: &'h str, posto: Range<usize>) -> Self {
        Nodo { nome, posto, figli: Vec::new(), testo: Cow::Borrowed(""), attributi: Attributes::default() }
    }

    pub fn errore(&self, perche: impl Into<String>) -> Errore {
        Errore { posto: self.posto.clone(), perche: perche.into() }
    }

    pub fn attributo(&self, nome: &str) -> Option<&str> {
        self.attributi.value(nome)
    }

    pub fn classi(&self) -> impl Iterator<Item = &str> {
        self.attributo("class").unwrap_or_default().split_ascii_whitespace()
    }

    pub fn ha_classe(&self, classe: &str) -> bool {
        self.classi().any(|sua| sua == classe)
    }

    pub fn e_testo(&self) -> bool {
        self.nome.is_empty()
    }

    /// `h2` is of level 1: the page itself has the highest heading.
    pub fn livello(&self) -> Option<u8> {
        match self.nome.as_bytes() {
            [b'h', cifra @ b'2'..=b'6'] => Some(cifra - b'1'),
            _ => None,
        }
    }

    /// The elements directly in it, blanks left out.
    pub fn elementi(&self) -> impl Iterator<Item = &Nodo<'h>> {
        self.figli.iter().filter(|figlio| !figlio.e_testo())
    }

    pub fn primo(&self, nome: &str) -> Option<&Nodo<'h>> {
        self.elementi().find(|figlio| figlio.nome == nome)
    }
}
