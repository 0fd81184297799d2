//! The headings of the document: their numbers, the list of contents, and the page that shows them.

use std::collections::BTreeSet;

use serde::Serialize;

use super::albero::Nodo;
use crate::markup::escape;

/// Counts chapters and paragraphs, heading by heading. A heading without an `id`, or deeper, has no number.
#[derive(Default)]
pub struct Numeri {
    capitolo: usize,
    paragrafo: usize,
}

impl Numeri {
    pub fn di(&mut self, titolo: &Nodo) -> String {
        match (titolo.attributo("id"), titolo.livello()) {
            (Some(_), Some(1)) => {
                (self.capitolo, self.paragrafo) = (self.capitolo + 1, 0);
                self.capitolo.to_string()
            }
            (Some(_), Some(2)) if self.capitolo > 0 => {
                self.paragrafo += 1;
                format!("{}.{}", self.capitolo, self.paragrafo)
            }
            _ => String::new(),
        }
    }
}

/// A heading in the list of contents.
#[derive(Serialize)]
pub struct Voce {
    livello: u8,
    numero: String,
    testo: String,
    ancora: String,
}

/// The document as it stands on its page.
#[derive(Default, Serialize)]
pub struct Pagina {
    pub indice: Vec<Voce>,
    pub corpo: String,
    #[serde(skip)]
    numeri: Numeri,
}

impl Pagina {
    /// The next part: its headings get their numbers, and what is said to the typesetter alone goes.
    pub fn aggiungi(&mut self, html: &str, parte: &[Nodo]) {
        let mut titoli = Vec::new();
        trova(parte, &mut |nodo| titoli.push(nodo));
        let mut at = 0;
        for nodo in titoli {
            self.corpo.push_str(&html[at..nodo.posto.start]);
            self.corpo.push_str(&senza_stampa(&html[nodo.posto.clone()]));
            at = nodo.posto.end;
            let (Some(livello), numero) = (nodo.livello(), self.numeri.di(nodo)) else { continue };
            if !numero.is_empty() {
                self.corpo.push_str(&format!("<span class=\"numero\">{}</span> ", escape(&numero)));
                let ancora = nodo.attributo("id").unwrap_or_default().to_owned();
                self.indice.push(Voce { livello, numero, testo: testo_di(nodo), ancora });
            }
        }
        self.corpo.push_str(&html[at..]);
    }
}

/// What the document can be led to inside.
pub fn ancore(parte: &[Nodo]) -> BTreeSet<String> {
    let mut ancore = BTreeSet::new();
    trova(parte, &mut |nodo| {
        let id = nodo.attributo("id").filter(|_| nodo.livello().is_some());
        ancore.extend(id.map(str::to_owned));
    });
    ancore
}

/// Headings, and whatever says something to the typesetter.
fn trova<'n, 'h>(nodi: &'n [Nodo<'h>], f: &mut impl FnMut(&'n Nodo<'h>)) {
    for nodo in nodi {
        if nodo.livello().is_some() || nodo.attributo("data-stampa").is_some() {
            f(nodo);
        }
        trova(&nodo.figli, f);
    }
}

fn senza_stampa(tag: &str) -> String {
    let Some(at) = tag.find(" data-stampa=\"") else { return tag.to_owned() };
    let valore = at + " data-stampa=\"".len();
    let fine = tag[valore..].find('"').map_or(tag.len(), |fine| valore + fine + 1);
    [&tag[..at], &tag[fine..]].concat()
}

/// The words of an element on one line.
pub fn testo_di(nodo: &Nodo) -> String {
    fn raccogli(nodo: &Nodo, out: &mut String) {
        if !nodo.ha_classe("solo-lettori") {
            out.push_str(&nodo.testo);
            nodo.figli.iter().for_each(|figlio| raccogli(figlio, out));
        }
    }
    let mut out = String::new();
    raccogli(nodo, &mut out);
    out.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}
