//! Kind `graduatoria`: the ranking decides who receives what.

use std::collections::{BTreeMap, BTreeSet};

use super::contesto::{Contesto, Giudizi, Soggetto, whole};
use super::giudizio::{Caso, Giudizio, manca, viola};
use crate::path;
use crate::plan::Progetto;
use crate::plan::simulazione::graduatoria::{Ipotesi, simula_fra};
use crate::record::{PostoInGraduatoria, VincoloGraduatoria};
use crate::value::euro;

pub fn judge(dati: &VincoloGraduatoria, contesto: &Contesto) -> Giudizi {
    // A ranking with a hole in it decides nothing.
    if !contesto.periodo.completo {
        return Vec::new();
    }
    let mut giudizi = Vec::new();
    if dati.punteggio_decrescente {
        giudizi.extend(falling(contesto));
    }
    if dati.scorrimento {
        giudizi.extend(handed_down(contesto, dati.punteggio_decrescente));
    }
    joined(giudizi)
}

/// A project with a better place has no lower score.
fn falling(contesto: &Contesto) -> Giudizi {
    // Each call has a list of its own.
    let mut last: BTreeMap<Option<usize>, (&Progetto, &PostoInGraduatoria)> = BTreeMap::new();
    let points =
        |posto: &PostoInGraduatoria| format!("{} punti al posto {}", posto.punteggio.italiano(), posto.posizione);
    contesto.dei_progetti(|progetto, giudizio| {
        let at = |progetto: &Progetto| progetto.origine.value(path!["graduatoria", "punteggio"]);
        let Some(posto) = &progetto.dati.graduatoria else {
            return giudizio.push(
                manca("manca `graduatoria`")
                    .at(whole(&progetto.origine))
                    .help("scrivi `graduatoria: { posizione: …, punteggio: … }`"),
            );
        };
        giudizio.push(match last.insert(progetto.avviso, (progetto, posto)) {
            Some((primo, above)) if posto.punteggio > above.punteggio => {
                viola("in graduatoria un punteggio più alto viene dopo uno più basso")
                    .at(at(progetto))
                    .label(points(posto))
                    .related(at(primo), points(above))
            }
            _ => Caso,
        });
    })
}

/// What each project received is what the list and the money give it.
fn handed_down(contesto: &Contesto, in_order: bool) -> Giudizi {
    let avvisi: BTreeSet<Option<usize>> = contesto.progetti().map(|(_, progetto)| progetto.avviso).collect();
    let own_money = |avviso: Option<usize>| avviso.is_some_and(|a| contesto.periodo.avvisi[a].dati.dotazione.is_some());
    // How the money of a plan is divided among several calls, only those that have their own tell.
    let told = avvisi.iter().filter(|avviso| avvisi.len() == 1 || own_money(**avviso));
    told.flat_map(|&avviso| list(contesto, avviso, in_order)).collect()
}

fn list(contesto: &Contesto, avviso: Option<usize>, in_order: bool) -> Giudizi {
    let theirs = |i: usize| contesto.progetti.contains(&i) && contesto.periodo.progetti[i].avviso == avviso;
    // Without an endowment there is nothing to hand down; whether it must be there is another rule's.
    let Some(simulata) = simula_fra(contesto.periodo, Ipotesi { avviso, ..Ipotesi::default() }, theirs) else {
        return Vec::new();
    };
    // Along a list in the wrong order all the money is wrong: the order has had its own message.
    if in_order && simulata.posizioni_fuori_ordine {
        return Vec::new();
    }
    let judged = simulata.righe.iter().filter_map(|riga| {
        let (progetto, riconosciuto) = (&contesto.periodo.progetti[riga.progetto], riga.riconosciuto?);
        let esame = if riconosciuto == riga.simulato {
            Caso
        } else {
            let (found, due) = (euro(riconosciuto), euro(riga.simulato));
            viola("il contributo non è quello che la graduatoria dà")
                .at(progetto.posto_del_contributo())
                .label(format!("{found}, mentre scorrendo la graduatoria sarebbero {due}"))
                .help("`concilia graduatoria` mostra i conti riga per riga")
        };
        Some((Soggetto::Progetto(riga.progetto), vec![esame]))
    });
    judged.collect()
}

/// One judgement for each project, whatever parts of the rule speak of it.
fn joined(giudizi: Giudizi) -> Giudizi {
    let mut of: BTreeMap<Soggetto, Giudizio> = BTreeMap::new();
    for (soggetto, giudizio) in giudizi {
        of.entry(soggetto).or_default().extend(giudizio);
    }
    of.into_iter().collect()
}
