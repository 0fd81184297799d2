//! From the markup of the document to the blocks that the typesetter reads.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::albero::{Errore, Nodo};
use super::ammessi::{Stampa, e_di_pagina, e_in_riga, stampa};
use super::blocchi::{Blocco, Brano, GraficoStampato, Parole, Riga};
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

impl Riferimenti<'_> {
    /// The blocks of a part; `numeri` goes on from the parts before.
    pub fn blocchi(&self, parte: &[Nodo], numeri: &mut Numeri) -> Result<Vec<Blocco>, Errore> {
        let mut mappa = Mappa { riferimenti: self, numeri, out: Vec::new() };
        mappa.nodi(parte, 0)?;
        Ok(mappa.out)
    }
}

struct Mappa<'m, 'a> {
    riferimenti: &'m Riferimenti<'a>,
    numeri: &'m mut Numeri,
    out: Vec<Blocco>,
}

impl Mappa<'_, '_> {
    /// What stands in an element as blocks of its own.
    fn dentro(&mut self, nodi: &[Nodo], fondo: usize) -> Result<Vec<Blocco>, Errore> {
        let prima = std::mem::take(&mut self.out);
        let esito = self.nodi(nodi, fondo);
        let dentro = std::mem::replace(&mut self.out, prima);
        esito.map(|()| dentro)
    }

    /// Blocks one after the other; what stands between them in lines is a paragraph.
    fn nodi(&mut self, nodi: &[Nodo], fondo: usize) -> Result<(), Errore> {
        for pezzo in nodi.chunk_by(|uno, altro| e_in_riga(uno) == e_in_riga(altro)) {
            if pezzo.iter().all(e_in_riga) {
                let righe = self.riferimenti.riga(pezzo, fondo)?;
                self.capoverso(righe);
                continue;
            }
            pezzo.iter().try_for_each(|nodo| self.blocco(nodo, fondo))?;
        }
        Ok(())
    }

    fn capoverso(&mut self, righe: Riga) {
        if !righe.is_empty() {
            self.out.push(Blocco::Capoverso { righe });
        }
    }

    fn blocco(&mut self, nodo: &Nodo, fondo: usize) -> Result<(), Errore> {
        let stampa = stampa(nodo)?;
        if stampa.solo_pagina || e_di_pagina(nodo) {
            return Ok(());
        }
        if stampa.salto {
            self.out.push(Blocco::Salto);
        }
        if stampa.insieme {
            let blocchi = self.dentro(&nodo.figli, fondo + 1)?;
            self.out.push(Blocco::Insieme { blocchi });
            return Ok(());
        }
        // Too deep: its words stay, its mark goes.
        if fondo > PROFONDITA && ["blockquote", "ul", "ol", "li", "dl"].contains(&nodo.nome) {
            return self.nodi(&nodo.figli, fondo);
        }
        match nodo.nome {
            "h2" | "h3" | "h4" | "h5" | "h6" => self.titolo(nodo, ""),
            "p" => return self.paragrafo(nodo, fondo),
            "dl" => return self.coppie(nodo, fondo),
            "ul" | "ol" => return self.elenco(nodo, fondo),
            "blockquote" => {
                let blocchi = self.dentro(&nodo.figli, fondo + 1)?;
                self.out.push(Blocco::Citazione { blocchi });
            }
            "pre" => {
                let mut testo = String::new();
                grezzo(nodo, &mut testo);
                self.out.push(Blocco::Codice { linee: testo.trim_end_matches('\n').lines().map(Into::into).collect() });
            }
            "hr" => self.out.push(Blocco::Linea),
            "table" => {
                let tabella = self.riferimenti.tabella(nodo, &stampa.pesi, fondo)?;
                self.out.extend(tabella.map(Blocco::Tabella));
            }
            "figure" => return self.grafico(nodo, &stampa),
            "div" if nodo.ha_classe("footnote-definition") => return self.nota_a_pie(nodo, fondo),
            "div" if nodo.ha_classe("testo") => {
                self.riferimenti.in_testo.set(true);
                let esito = self.nodi(&nodo.figli, fondo);
                self.riferimenti.in_testo.set(false);
                return esito;
            }
            "div" | "section" | "article" => return self.nodi(&nodo.figli, fondo),
            nome => return Err(nodo.errore(format!("`<{nome}>` è fuori posto nel documento"))),
        }
        Ok(())
    }

    /// Its words with their number; `prima` stands before them where it heads an item of a list.
    fn titolo(&mut self, nodo: &Nodo, prima: &str) {
        let (numero, testo) = (self.numeri.di(nodo), testo_di(nodo));
        if !testo.is_empty() {
            self.out.push(Blocco::Titolo {
                livello: nodo.livello().unwrap_or(6),
                numero,
                testo: format!("{prima}{testo}").into(),
                ancora: nodo.attributo("id").unwrap_or_default().to_owned(),
            });
        }
    }

    fn paragrafo(&mut self, nodo: &Nodo, fondo: usize) -> Result<(), Errore> {
        if nodo.ha_classe("etichette") {
            return self.etichette(nodo, fondo);
        }
        let righe = self.riferimenti.riga(&nodo.figli, fondo)?;
        if righe.is_empty() {
            return Ok(());
        }
        self.out.push(match () {
            () if nodo.ha_classe("sotto") => Blocco::Occhiello { testo: testo_di(nodo).into() },
            () if nodo.ha_classe("nota") || nodo.ha_classe("fonte") => Blocco::Nota { righe },
            () => Blocco::Capoverso { righe },
        });
        Ok(())
    }

    /// Labels side by side.
    fn etichette(&mut self, nodo: &Nodo, fondo: usize) -> Result<(), Errore> {
        let mut righe: Vec<Riga> = Vec::new();
        for etichetta in nodo.elementi() {
            righe.extend(Some(self.riferimenti.riga([etichetta], fondo)?).filter(|riga| !riga.is_empty()));
        }
        let has_outcomes = righe.iter().flatten().any(|brano| matches!(brano, Brano::Esito { .. }));
        if has_outcomes {
            self.capoverso(righe.join(&Brano::from("  ")));
        } else if !righe.is_empty() {
            let detto: Vec<String> = nodo.elementi().filter(|nodo| !e_di_pagina(nodo)).map(testo_di).collect();
            self.out.push(Blocco::Occhiello { testo: detto.join(" · ").into() });
        }
        Ok(())
    }

    fn coppie(&mut self, nodo: &Nodo, fondo: usize) -> Result<(), Errore> {
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
        if nodo.ha_classe("cifre") {
            let voci: Vec<(Parole, Parole)> =
                coppie.iter().map(|(nome, valore)| (testo_di(nome).into(), cifra(valore).into())).collect();
            self.out.extend((!voci.is_empty()).then_some(Blocco::Cifre { voci }));
        } else if nodo.ha_classe("coppie") {
            let mut voci = Vec::new();
            for (nome, valore) in coppie {
                voci.push((testo_di(nome).into(), self.riferimenti.in_riga(valore, fondo + 1)?));
            }
            self.out.extend((!voci.is_empty()).then_some(Blocco::Voci { voci }));
        } else {
            // A text of a record that defines words.
            for (nome, valore) in coppie {
                self.capoverso(vec![Brano::Forte { forte: self.riferimenti.riga(&nome.figli, fondo)? }]);
                self.nodi(&valore.figli, fondo)?;
            }
        }
        Ok(())
    }

    /// Items; those that begin with a heading or with a day are read one after the other.
    fn elenco(&mut self, nodo: &Nodo, fondo: usize) -> Result<(), Errore> {
        let ordinato = nodo.nome == "ol";
        let mut voci = Vec::new();
        for (i, voce) in nodo.elementi().enumerate() {
            stampa(voce)?;
            let primo = voce.figli.iter().position(|figlio| !figlio.e_testo());
            match primo.map(|primo| &voce.figli[primo..]) {
                Some([titolo, resto @ ..]) if titolo.livello().is_some() => {
                    self.titolo(titolo, &if ordinato { format!("{}. ", i + 1) } else { String::new() });
                    self.nodi(resto, fondo)?;
                }
                Some([quando, resto @ ..]) if quando.ha_classe("quando") => {
                    let cosa = resto.iter().position(|figlio| !figlio.e_testo());
                    let mut righe = vec![Brano::Forte { forte: self.riferimenti.riga(&quando.figli, fondo)? }];
                    if let Some(cosa) = cosa {
                        righe.push(" – ".into());
                        righe.extend(self.riferimenti.riga(&resto[cosa].figli, fondo)?);
                    }
                    self.capoverso(righe);
                    self.nodi(&resto[cosa.map_or(0, |cosa| cosa + 1)..], fondo)?;
                }
                _ => voci.push(self.dentro(&voce.figli, fondo + 1)?),
            }
        }
        if !voci.is_empty() {
            self.out.push(Blocco::Elenco { ordinato, colonne: nodo.ha_classe("colonne"), voci });
        }
        Ok(())
    }

    fn grafico(&mut self, nodo: &Nodo, stampa: &Stampa) -> Result<(), Errore> {
        let nome = nodo.attributo("aria-labelledby").and_then(|nome| nome.strip_prefix("grafico-"));
        let Some(grafico) = nome.and_then(|nome| self.riferimenti.grafici.get(nome)) else {
            return Err(nodo.errore("questo grafico non è fra quelli del documento"));
        };
        // Where its bars tell all of them, the data need no table.
        let has_more = grafico.omesse > 0 || !grafico.legenda.is_empty();
        let disegno = GraficoStampato { grafico: grafico.clone(), con_dati: has_more && !stampa.senza_dati };
        // What has no bars, like a map, is told by its data.
        self.out.push(match grafico.barre.is_empty() {
            true => Blocco::Tabella(disegno.tabella()),
            false => Blocco::Grafico(Box::new(disegno)),
        });
        Ok(())
    }

    /// A footnote, with the mark that leads to it.
    fn nota_a_pie(&mut self, nodo: &Nodo, fondo: usize) -> Result<(), Errore> {
        let nome = nodo.primo("sup").map(testo_di).unwrap_or_default();
        let mut righe = vec![Brano::from(format!("[{nome}] "))];
        for parte in nodo.elementi().filter(|parte| parte.nome != "sup") {
            righe.extend(self.riferimenti.in_riga(parte, fondo)?);
        }
        self.out.push(Blocco::Nota { righe });
        Ok(())
    }
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
