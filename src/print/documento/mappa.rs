//! From the markup of the document to the blocks that the typesetter reads.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::albero::{Errore, Nodo};
use super::ammessi::{Stampa, e_di_pagina, e_in_riga, stampa};
use super::blocchi::{Blocco, Brano, GraficoStampato, Riga, Tabella};
use super::titoli::{Numeri, testo_di};
use crate::view::grafico::Grafico;

/// How deep quotes, lists and marks go into each other. Nobody reads further in, and the typesetter's stack has an end.
pub const PROFONDITA: usize = 12;

/// What the markup refers to.
pub struct Riferimenti<'a> {
    /// The way to the root of the site, and its address.
    pub radice: &'a str,
    pub indirizzo: Option<&'a str>,
    /// The headings that can be led to.
    pub ancore: &'a BTreeSet<String>,
    /// Pages of the site that the document tells, each by its heading.
    pub schede: &'a BTreeMap<String, String>,
    /// Charts come as data.
    pub grafici: &'a BTreeMap<String, Grafico>,
    /// Whether the text of a record is being read.
    pub in_testo: Cell<bool>,
}

/// What an element becomes.
type Blocchi = Result<Vec<Blocco>, Errore>;

impl Riferimenti<'_> {
    /// The blocks of a part; `numeri` goes on from the parts before.
    pub fn blocchi(&self, parte: &[Nodo], numeri: &mut Numeri) -> Blocchi {
        Mappa { riferimenti: self, numeri }.nodi(parte, 0)
    }
}

struct Mappa<'m, 'a> {
    riferimenti: &'m Riferimenti<'a>,
    numeri: &'m mut Numeri,
}

impl Mappa<'_, '_> {
    /// Blocks one after the other; what stands between them in lines is a paragraph.
    fn nodi(&mut self, nodi: &[Nodo], fondo: usize) -> Blocchi {
        let mut out = Vec::new();
        for pezzo in nodi.chunk_by(|uno, altro| e_in_riga(uno) == e_in_riga(altro)) {
            if pezzo.iter().all(e_in_riga) {
                out.extend(capoverso(self.riferimenti.riga(pezzo, fondo)?));
                continue;
            }
            for nodo in pezzo {
                out.extend(self.blocco(nodo, fondo)?);
            }
        }
        Ok(out)
    }

    fn blocco(&mut self, nodo: &Nodo, fondo: usize) -> Blocchi {
        let stampa = stampa(nodo)?;
        if stampa.solo_pagina || e_di_pagina(nodo) {
            return Ok(Vec::new());
        }
        let mut out = Vec::new();
        if stampa.salto {
            out.push(Blocco::Salto);
        }
        out.extend(match stampa.insieme {
            true => vec![Blocco::Insieme { blocchi: self.nodi(&nodo.figli, fondo + 1)? }],
            false => self.elemento(nodo, &stampa, fondo)?,
        });
        Ok(out)
    }

    fn elemento(&mut self, nodo: &Nodo, stampa: &Stampa, fondo: usize) -> Blocchi {
        // Too deep: its words stay, its mark goes.
        if fondo > PROFONDITA && ["blockquote", "ul", "ol", "li", "dl"].contains(&nodo.nome) {
            return self.nodi(&nodo.figli, fondo);
        }
        Ok(match nodo.nome {
            "h2" | "h3" | "h4" | "h5" | "h6" => self.titolo(nodo, "").into_iter().collect(),
            "p" if nodo.ha_classe("etichette") => self.etichette(nodo, fondo)?.into_iter().collect(),
            "p" => self.paragrafo(nodo, fondo)?.into_iter().collect(),
            "dl" => self.coppie(nodo, fondo)?,
            "ul" | "ol" => self.elenco(nodo, fondo)?,
            "blockquote" => vec![Blocco::Citazione { blocchi: self.nodi(&nodo.figli, fondo + 1)? }],
            "pre" => {
                let mut testo = String::new();
                grezzo(nodo, &mut testo);
                vec![Blocco::Codice { linee: testo.trim_end_matches('\n').lines().map(Into::into).collect() }]
            }
            "hr" => vec![Blocco::Linea],
            "table" => {
                let tabella = self.riferimenti.tabella(nodo, &stampa.pesi, fondo)?;
                tabella.map(Blocco::Tabella).into_iter().collect()
            }
            "figure" => vec![self.grafico(nodo, stampa)?],
            "div" if nodo.ha_classe("footnote-definition") => vec![self.nota_a_pie(nodo, fondo)?],
            "div" if nodo.ha_classe("testo") => {
                self.riferimenti.in_testo.set(true);
                let blocchi = self.nodi(&nodo.figli, fondo);
                self.riferimenti.in_testo.set(false);
                blocchi?
            }
            "div" | "section" | "article" => self.nodi(&nodo.figli, fondo)?,
            nome => return Err(nodo.errore(format!("`<{nome}>` è fuori posto nel documento"))),
        })
    }

    /// Its words with their number; `prima` stands before them where it heads an item of a list.
    fn titolo(&mut self, nodo: &Nodo, prima: &str) -> Option<Blocco> {
        let (numero, testo) = (self.numeri.di(nodo), testo_di(nodo));
        (!testo.is_empty()).then(|| Blocco::Titolo {
            livello: nodo.livello().unwrap_or(6),
            numero,
            testo: format!("{prima}{testo}").into(),
            ancora: nodo.attributo("id").unwrap_or_default().to_owned(),
        })
    }

    fn paragrafo(&self, nodo: &Nodo, fondo: usize) -> Result<Option<Blocco>, Errore> {
        let righe = self.riferimenti.riga(&nodo.figli, fondo)?;
        Ok(match () {
            () if righe.is_empty() => None,
            () if nodo.ha_classe("sotto") => Some(Blocco::Occhiello { testo: testo_di(nodo).into() }),
            () if nodo.ha_classe("nota") || nodo.ha_classe("fonte") => Some(Blocco::Nota { righe }),
            () => Some(Blocco::Capoverso { righe }),
        })
    }

    /// Labels side by side.
    fn etichette(&self, nodo: &Nodo, fondo: usize) -> Result<Option<Blocco>, Errore> {
        let righe = nodo.elementi().map(|etichetta| self.riferimenti.riga([etichetta], fondo));
        let mut righe = righe.collect::<Result<Vec<Riga>, Errore>>()?;
        righe.retain(|riga| !riga.is_empty());
        let has_outcomes = righe.iter().flatten().any(|brano| matches!(brano, Brano::Esito { .. }));
        if has_outcomes || righe.is_empty() {
            return Ok(capoverso(righe.join(&Brano::from("  "))));
        }
        let detto: Vec<String> = nodo.elementi().filter(|nodo| !e_di_pagina(nodo)).map(testo_di).collect();
        Ok(Some(Blocco::Occhiello { testo: detto.join(" · ").into() }))
    }

    fn coppie(&mut self, nodo: &Nodo, fondo: usize) -> Blocchi {
        let mut coppie: Vec<(&Nodo, &Nodo)> = Vec::new();
        let mut nome = None;
        for parte in nodo.elementi().flat_map(|figlio| {
            let wrapped: Vec<&Nodo> = if figlio.nome == "div" { figlio.elementi().collect() } else { vec![figlio] };
            wrapped
        }) {
            stampa(parte)?;
            match (parte.nome, nome) {
                ("dt", _) => nome = Some(parte),
                ("dd", Some(nome)) => coppie.push((nome, parte)),
                _ => return Err(parte.errore("in `<dl>` stanno soltanto `<dt>` e, dopo, `<dd>`")),
            }
        }
        let mut out = Vec::new();
        if coppie.is_empty() {
            return Ok(out);
        }
        if nodo.ha_classe("cifre") {
            let voci = coppie.iter().map(|(nome, valore)| (testo_di(nome).into(), cifra(valore).into())).collect();
            out.push(Blocco::Cifre { voci });
        } else if nodo.ha_classe("coppie") {
            let mut voci = Vec::new();
            for (nome, valore) in coppie {
                voci.push((testo_di(nome).into(), self.riferimenti.in_riga(valore, fondo + 1)?));
            }
            out.push(Blocco::Voci { voci });
        } else {
            // A text of a record that defines words.
            for (nome, valore) in coppie {
                out.extend(capoverso(vec![Brano::Forte(self.riferimenti.riga(&nome.figli, fondo)?)]));
                out.extend(self.nodi(&valore.figli, fondo)?);
            }
        }
        Ok(out)
    }

    /// Items; those that begin with a heading or with a day are read one after the other.
    fn elenco(&mut self, nodo: &Nodo, fondo: usize) -> Blocchi {
        let ordinato = nodo.nome == "ol";
        let (mut out, mut voci) = (Vec::new(), Vec::new());
        for (i, voce) in nodo.elementi().enumerate() {
            stampa(voce)?;
            let primo = voce.figli.iter().position(|figlio| !figlio.e_testo());
            match primo.map(|primo| &voce.figli[primo..]) {
                Some([titolo, resto @ ..]) if titolo.livello().is_some() => {
                    out.extend(self.titolo(titolo, &if ordinato { format!("{}. ", i + 1) } else { String::new() }));
                    out.extend(self.nodi(resto, fondo)?);
                }
                Some([quando, resto @ ..]) if quando.ha_classe("quando") => {
                    let cosa = resto.iter().position(|figlio| !figlio.e_testo());
                    let mut righe = vec![Brano::Forte(self.riferimenti.riga(&quando.figli, fondo)?)];
                    if let Some(cosa) = cosa {
                        righe.push(" – ".into());
                        righe.extend(self.riferimenti.riga(&resto[cosa].figli, fondo)?);
                    }
                    out.extend(capoverso(righe));
                    out.extend(self.nodi(&resto[cosa.map_or(0, |cosa| cosa + 1)..], fondo)?);
                }
                _ => voci.push(self.nodi(&voce.figli, fondo + 1)?),
            }
        }
        if !voci.is_empty() {
            out.push(Blocco::Elenco { ordinato, colonne: nodo.ha_classe("colonne"), voci });
        }
        Ok(out)
    }

    fn grafico(&self, nodo: &Nodo, stampa: &Stampa) -> Result<Blocco, Errore> {
        let nome = nodo.attributo("aria-labelledby").and_then(|nome| nome.strip_prefix("grafico-"));
        let Some(grafico) = nome.and_then(|nome| self.riferimenti.grafici.get(nome)) else {
            return Err(nodo.errore("questo grafico non è fra quelli del documento"));
        };
        // What has no bars, like a map, is told by its data.
        if grafico.barre.is_empty() {
            return Ok(Blocco::Tabella(Tabella::dei_dati(&grafico.tabella)));
        }
        // Where its bars tell all of them, the data need no table.
        let has_more = grafico.omesse > 0 || !grafico.legenda.is_empty();
        Ok(Blocco::Grafico(Box::new(GraficoStampato::new(grafico, has_more && !stampa.senza_dati))))
    }

    /// A footnote, with the mark that leads to it.
    fn nota_a_pie(&self, nodo: &Nodo, fondo: usize) -> Result<Blocco, Errore> {
        let nome = nodo.primo("sup").map(testo_di).unwrap_or_default();
        let mut righe = vec![Brano::from(format!("[{nome}] "))];
        for parte in nodo.elementi().filter(|parte| parte.nome != "sup") {
            righe.extend(self.riferimenti.in_riga(parte, fondo)?);
        }
        Ok(Blocco::Nota { righe })
    }
}

fn capoverso(righe: Riga) -> Option<Blocco> {
    (!righe.is_empty()).then_some(Blocco::Capoverso { righe })
}

/// A figure, with what is said under it in brackets.
fn cifra(nodo: &Nodo) -> String {
    let sotto =
        nodo.elementi().filter(|figlio| figlio.ha_classe("sotto")).map(|sotto| format!(" ({})", testo_di(sotto)));
    let detto = nodo.figli.iter().filter(|figlio| !figlio.ha_classe("sotto")).map(testo_di);
    detto.chain(sotto).collect()
}

fn grezzo(nodo: &Nodo, out: &mut String) {
    out.push_str(&nodo.testo);
    nodo.figli.iter().for_each(|figlio| grezzo(figlio, out));
}
