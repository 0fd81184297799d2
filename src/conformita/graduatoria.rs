//! Kind `graduatoria`: the ranking decides who receives what.

use std::collections::BTreeMap;

use super::contesto::{Contesto, Soggetto, euro};
use super::giudizio::Giudizio;
use crate::path;
use crate::plan::Progetto;
use crate::record::VincoloGraduatoria;
use crate::simulazione::graduatoria::{Ipotesi, simula};

pub fn judge(dati: &VincoloGraduatoria, contesto: &Contesto) -> Vec<(Soggetto, Giudizio)> {
    // A ranking with a hole in it decides nothing.
    if !contesto.periodo.completo {
        return Vec::new();
    }
    let mut giudizi = Vec::new();
    if dati.punteggio_decrescente {
        giudizi.extend(falling(contesto));
    }
    if dati.scorrimento {
        giudizi.extend(handed_down(contesto));
    }
    joined(giudizi)
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

/// What each project received is what the list and the money give it.
fn handed_down(contesto: &Contesto) -> Vec<(Soggetto, Giudizio)> {
    // Without an endowment there is nothing to hand down; whether it must be there is another rule's.
    let Ok(simulata) = simula(contesto.periodo, Ipotesi::default()) else { return Vec::new() };
    let mut giudizi = Vec::new();
    for riga in simulata.righe.iter().filter(|riga| contesto.progetti.contains(&riga.progetto)) {
        let progetto = &contesto.periodo.progetti[riga.progetto];
        let Some(riconosciuto) = riga.riconosciuto else { continue };
        let mut giudizio = Giudizio::default();
        if riconosciuto == riga.simulato {
            giudizio.caso();
        } else {
            giudizio
                .viola(
                    "il contributo non è quello che la graduatoria dà",
                    progetto.origine.value(path!["finanziamento", "contributo_riconosciuto"]),
                )
                .label(format!("{}, mentre scendendo l'elenco sono {}", euro(riconosciuto), euro(riga.simulato)))
                .help("`concilia graduatoria` mostra i conti riga per riga");
        }
        giudizi.push((Soggetto::Progetto(riga.progetto), giudizio));
    }
    giudizi
}

/// One judgement for each project, whatever parts of the rule speak of it.
fn joined(giudizi: Vec<(Soggetto, Giudizio)>) -> Vec<(Soggetto, Giudizio)> {
    let mut of: BTreeMap<Soggetto, Giudizio> = BTreeMap::new();
    for (soggetto, giudizio) in giudizi {
        let whole = of.entry(soggetto).or_default();
        whole.casi += giudizio.casi;
        whole.rilievi.extend(giudizio.rilievi);
    }
    of.into_iter().collect()
}
