//! Kind `graduatoria`: the ranking decides who receives what.

use super::contesto::{Contesto, Soggetto};
use super::giudizio::Giudizio;
use crate::path;
use crate::plan::Progetto;
use crate::record::VincoloGraduatoria;

pub fn judge(dati: &VincoloGraduatoria, contesto: &Contesto) -> Vec<(Soggetto, Giudizio)> {
    // A ranking with a hole in it decides nothing.
    if !contesto.periodo.completo {
        return Vec::new();
    }
    let mut giudizi = Vec::new();
    if dati.punteggio_decrescente {
        giudizi.extend(falling(contesto));
    }
    giudizi
}

/// A project with a better place has no lower score.
fn falling(contesto: &Contesto) -> Vec<(Soggetto, Giudizio)> {
    let ranked =
        |progetto: &Progetto| progetto.dati.graduatoria.as_ref().map(|posto| (posto.posizione, posto.punteggio));
    let mut before: Option<(&Progetto, _)> = None;
    let mut giudizi = Vec::new();
    for (i, progetto) in contesto.progetti() {
        let mut giudizio = Giudizio::default();
        match ranked(progetto) {
            None => {
                giudizio.manca("manca `graduatoria` del progetto", super::contesto::whole(&progetto.origine));
            }
            Some((posizione, punteggio)) => {
                match before {
                    Some((primo, above)) if punteggio > above => {
                        giudizio
                            .viola(
                                "in graduatoria un punteggio più alto viene dopo uno più basso",
                                progetto.origine.value(path!["graduatoria", "punteggio"]),
                            )
                            .label(format!("{} punti al posto {posizione}", punteggio.italiano()))
                            .related(
                                primo.origine.value(path!["graduatoria", "punteggio"]),
                                format!("{} punti al posto prima", above.italiano()),
                            );
                    }
                    _ => giudizio.caso(),
                }
                before = Some((progetto, punteggio));
            }
        }
        giudizi.push((Soggetto::Progetto(i), giudizio));
    }
    giudizi
}
