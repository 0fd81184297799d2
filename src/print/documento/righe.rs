//! What stands within a line.

use super::albero::{Errore, Nodo};
use super::ammessi::{e_di_pagina, e_in_riga, stampa};
use super::blocchi::{Brano, Link, Parole, Riga};
use super::mappa::{PROFONDITA, Riferimenti};
use super::titoli::testo_di;
use crate::value::is_web_address;

/// A line in the making.
pub struct RigaInCorso {
    riga: Riga,
    /// It ends with a blank, or has not begun: a further blank is dropped.
    bianco: bool,
}

impl Riferimenti<'_> {
    /// The nodes as one line, blanks made one.
    pub fn riga<'n, 'h: 'n>(&self, nodi: impl IntoIterator<Item = &'n Nodo<'h>>, fondo: usize) -> Result<Riga, Errore> {
        let mut stesa = RigaInCorso::dopo(true);
        for nodo in nodi {
            self.stendi(nodo, &mut stesa, fondo)?;
        }
        Ok(stesa.finita())
    }

    /// A cell, or what a name stands for: its paragraphs one after the other, its items in a row.
    pub fn in_riga(&self, nodo: &Nodo, fondo: usize) -> Result<Riga, Errore> {
        let mut stesa = RigaInCorso::dopo(true);
        self.appiattisci(nodo, &mut stesa, fondo)?;
        Ok(stesa.finita())
    }

    fn appiattisci(&self, nodo: &Nodo, out: &mut RigaInCorso, fondo: usize) -> Result<(), Errore> {
        for figlio in &nodo.figli {
            if e_in_riga(figlio) {
                self.stendi(figlio, out, fondo)?;
                continue;
            }
            if stampa(figlio)?.solo_pagina || e_di_pagina(figlio) {
                continue;
            }
            match figlio.nome {
                "p" | "div" | "section" => {
                    out.testo(" ");
                    self.appiattisci(figlio, out, fondo)?;
                    out.testo(" ");
                }
                "ul" | "ol" => {
                    for (i, voce) in figlio.elementi().enumerate() {
                        if i > 0 {
                            out.pota();
                            out.testo("; ");
                        }
                        self.appiattisci(voce, out, fondo)?;
                    }
                }
                nome => return Err(figlio.errore(format!("`<{nome}>` non può stare in una riga del documento"))),
            }
        }
        Ok(())
    }

    fn stendi(&self, nodo: &Nodo, out: &mut RigaInCorso, fondo: usize) -> Result<(), Errore> {
        if nodo.e_testo() {
            out.testo(&nodo.testo);
            return Ok(());
        }
        if e_di_pagina(nodo) || stampa(nodo)?.solo_pagina {
            return Ok(());
        }
        if !e_in_riga(nodo) {
            return Err(nodo.errore(format!("`<{}>` non può stare in una riga del documento", nodo.nome)));
        }
        let dentro = |out: &mut RigaInCorso| -> Result<Riga, Errore> {
            let mut dentro = RigaInCorso::dopo(out.bianco);
            nodo.figli.iter().try_for_each(|figlio| self.stendi(figlio, &mut dentro, fondo + 1))?;
            out.bianco = dentro.bianco;
            Ok(dentro.riga)
        };
        let brano = match nodo.nome {
            "br" => {
                out.pota();
                out.riga.push(Brano::ACapo(true));
                out.bianco = true;
                return Ok(());
            }
            "img" => Brano::Immagine(nodo.attributo("alt").unwrap_or_default().into()),
            "code" => Brano::Codice(testo_di(nodo).into()),
            "sup" => Brano::Testo(format!("[{}]", testo_di(nodo)).into()),
            "span" if nodo.ha_classe("nd") => Brano::Assente(testo_di(nodo).into()),
            "span" if nodo.ha_classe("esito") => {
                let esito = nodo.classi().find_map(|classe| classe.strip_prefix("esito-")).unwrap_or_default();
                Brano::Esito { esito: esito.to_owned(), parola: testo_di(nodo).into() }
            }
            "span" if nodo.ha_classe("sotto") => {
                out.pota();
                Brano::Sotto(self.riga(&nodo.figli, fondo + 1)?)
            }
            // What introduces a source is set apart by its face on the page, and here by a colon too.
            "span" if nodo.ha_classe("fonte-nome") => Brano::forte(format!("{}:", testo_di(nodo))),
            // Too deep: its words stay, its mark goes.
            _ if fondo > PROFONDITA => {
                return nodo.figli.iter().try_for_each(|figlio| self.stendi(figlio, out, fondo));
            }
            "strong" => Brano::Forte(dentro(out)?),
            "em" => Brano::Enfasi(dentro(out)?),
            "del" => Brano::Barrato(dentro(out)?),
            "a" => match self.meta(nodo.attributo("href").unwrap_or_default()) {
                (None, None) => return nodo.figli.iter().try_for_each(|figlio| self.stendi(figlio, out, fondo)),
                (web, ancora) => {
                    let mut link = dentro(out)?;
                    if link.is_empty() {
                        link.extend(web.as_deref().map(Brano::from));
                    }
                    Brano::Link(Link { link, web, ancora })
                }
            },
            _ => return nodo.figli.iter().try_for_each(|figlio| self.stendi(figlio, out, fondo)),
        };
        if !matches!(nodo.nome, "strong" | "em" | "del" | "a") {
            out.bianco = false;
        }
        out.riga.push(brano);
        Ok(())
    }

    /// Where a link leads: to the web, or to a heading of the document. A page of the site is one of the web, if the site
    /// has an address and a text names the page; else its words are enough.
    fn meta(&self, target: &str) -> (Option<String>, Option<String>) {
        let is_web = is_web_address(target) || target.starts_with("mailto:") || target.starts_with("tel:");
        if is_web && !target.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return (Some(target.to_owned()), None);
        }
        let interna = |ancora: &str| self.ancore.contains(ancora).then(|| ancora.to_owned());
        if let Some(ancora) = target.strip_prefix('#') {
            return (None, interna(ancora));
        }
        let Some(pagina) = target.strip_prefix(self.radice) else { return (None, None) };
        match self.schede.get(pagina).and_then(|ancora| interna(ancora)) {
            Some(ancora) => (None, Some(ancora)),
            None => {
                let web = self.indirizzo.filter(|_| self.in_testo.get()).map(|base| format!("{base}{pagina}"));
                (web.filter(|web| is_web_address(web)), None)
            }
        }
    }
}

impl RigaInCorso {
    /// What follows a blank or not.
    fn dopo(bianco: bool) -> Self {
        RigaInCorso { riga: Riga::new(), bianco }
    }

    fn testo(&mut self, testo: &str) {
        let mut parole = String::with_capacity(testo.len());
        for c in testo.chars() {
            let bianco = c.is_ascii_whitespace();
            if !(bianco && self.bianco) {
                parole.push(if bianco { ' ' } else { c });
            }
            self.bianco = bianco;
        }
        match self.riga.last_mut() {
            _ if parole.is_empty() => {}
            Some(Brano::Testo(Parole(prima))) => prima.push_str(&parole),
            _ => self.riga.push(Brano::Testo(parole.into())),
        }
    }

    /// No blank at the end.
    fn pota(&mut self) {
        pota(&mut self.riga);
        self.bianco = self.riga.is_empty();
    }

    fn finita(mut self) -> Riga {
        self.pota();
        self.riga
    }
}

fn pota(riga: &mut Riga) {
    let is_empty = match riga.last_mut() {
        Some(Brano::Testo(Parole(testo))) => {
            testo.truncate(testo.trim_end_matches(' ').len());
            testo.is_empty()
        }
        Some(
            Brano::Forte(dentro)
            | Brano::Enfasi(dentro)
            | Brano::Barrato(dentro)
            | Brano::Link(Link { link: dentro, .. }),
        ) => {
            pota(dentro);
            dentro.is_empty()
        }
        _ => return,
    };
    if is_empty {
        riga.pop();
        pota(riga);
    }
}
