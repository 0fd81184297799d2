//! The headings of the document: their numbers, and what can be led to.

use std::collections::BTreeSet;

use super::albero::Nodo;

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

/// What the document can be led to inside.
pub fn ancore(parte: &[Nodo]) -> BTreeSet<String> {
    fn raccogli(nodi: &[Nodo], ancore: &mut BTreeSet<String>) {
        for nodo in nodi {
            let id = nodo.attributo("id").filter(|_| nodo.livello().is_some());
            ancore.extend(id.map(str::to_owned));
            raccogli(&nodo.figli, ancore);
        }
    }
    let mut ancore = BTreeSet::new();
    raccogli(parte, &mut ancore);
    ancore
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
