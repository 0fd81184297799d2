//! Kind `limite`: how much a project, and all of them together, may receive.

use super::contesto::{Contesto, Giudizi, Soggetto, il_per_cento, whole};
use super::giudizio::Giudizio;
use crate::path;
use crate::plan::{Avviso, Progetto};
use crate::record::{Destinazione, Limite};
use crate::report::Place;
use crate::value::{Euro, Id, euro};

/// Beyond these the awards that add up are told by number.
const SHOWN_AWARDS: usize = 5;

pub fn judge(dati: &Limite, contesto: &Contesto) -> Giudizi {
    let mut giudizi = Vec::new();
    if dati.percentuale.is_some() || dati.massimo.is_some() {
        giudizi.extend(contesto.dei_progetti(|progetto, giudizio| project(dati, progetto, giudizio)));
    }
    // Sums over projects are not known while one of them cannot be read.
    if !contesto.periodo.completo {
        return giudizi;
    }
    if dati.dotazione {
        giudizi.extend(contesto.degli_avvisi(|avviso, giudizio| call(contesto, avviso, giudizio)));
        giudizi.extend(contesto.sul_piano(|giudizio| endowment(contesto, giudizio)));
    }
    totals(dati, contesto, &mut giudizi);
    giudizi
}

/// The award, or while there is none the request: the first one that says how much public money a project takes.
fn award(progetto: &Progetto) -> Option<(Euro, Place)> {
    let voci = &progetto.dati.finanziamento;
    let (importo, key) = match voci.contributo_riconosciuto {
        Some(riconosciuto) => (riconosciuto, "contributo_riconosciuto"),
        None => (voci.contributo_richiesto?, "contributo_richiesto"),
    };
    Some((importo, progetto.origine.value(path!["finanziamento", key])))
}

fn project(dati: &Limite, progetto: &Progetto, giudizio: &mut Giudizio) {
    // An amount that the source does not give has had its own message.
    let Some((contributo, place)) = award(progetto) else { return };
    let voci = &progetto.dati.finanziamento;
    if let Some(massimo) = dati.massimo {
        if contributo <= massimo {
            giudizio.caso();
        } else {
            let label = format!("{}, al massimo {}", euro(contributo), euro(massimo));
            giudizio.viola("il contributo supera il massimo per un progetto", place.clone()).label(label);
        }
    }
    let Some(percentuale) = dati.percentuale else { return };
    let (base, name, which) = match (dati.del_costo_ammissibile, voci.costo_ammissibile) {
        (true, Some(ammissibile)) => (Some(ammissibile), "costo_ammissibile", " ammissibile"),
        _ => (voci.costo_complessivo, "costo_complessivo", ""),
    };
    let Some(base) = base else { return };
    let limite = base.percentuale(percentuale);
    if contributo > limite {
        giudizio
            .viola(format!("il contributo supera {} del costo{which}", il_per_cento(percentuale)), place)
            .label(format!("{}, al massimo {}", euro(contributo), euro(limite)))
            .related(
                progetto.origine.value(path!["finanziamento", name]),
                format!("{} di {} è {}", il_per_cento(percentuale), euro(base), euro(limite)),
            );
    } else if dati.del_costo_ammissibile && voci.costo_ammissibile.is_none() {
        // Within the limit of the whole cost, of which the eligible one may be a part.
        giudizio.manca(
            "manca `costo_ammissibile`, di cui la norma fissa la percentuale",
            progetto.origine.value(path!["finanziamento"]),
        );
    } else {
        giudizio.caso();
    }
}

/// Residuals add to the endowment once their use is allowed.
fn residuals(contesto: &Contesto, to: impl Fn(Option<&Id>) -> bool) -> Euro {
    let Some(risorse) = &contesto.periodo.risorse else { return Euro::default() };
    let of_system = risorse.dati.azione_di_sistema.as_ref().and_then(|azione| azione.residuo.as_ref());
    let counted = risorse.dati.residui.iter().filter(|residuo| {
        residuo.autorizzato(contesto.autorizza()) && of_system != Some(&residuo.id) && to(residuo.assegnato_a.as_ref())
    });
    counted.map(|residuo| contesto.periodo.utilizzabile(residuo)).sum()
}

fn awards<'a>(progetti: impl Iterator<Item = &'a Progetto>) -> Vec<(&'a Progetto, Euro)> {
    progetti.filter_map(|progetto| Some((progetto, progetto.dati.finanziamento.contributo_riconosciuto?))).collect()
}

/// What the projects of a call receive stays within what the call has, and the residuals assigned to them.
fn call(contesto: &Contesto, avviso: &Avviso, giudizio: &mut Giudizio) {
    let Some(dotazione) = avviso.dati.dotazione else { return };
    // What residuals add is not known while their file is absent, which is for other rules to tell.
    if contesto.periodo.risorse.is_none() {
        return;
    }
    let concessi = awards(avviso.progetti.iter().map(|&i| &contesto.periodo.progetti[i]));
    let theirs = |id: Option<&Id>| id.is_some_and(|id| concessi.iter().any(|(progetto, _)| progetto.id == *id));
    let residui = residuals(contesto, theirs);
    // What is printed in the call stays; what was added later goes down the ranking.
    let aggiunte: Euro = avviso.dati.scorrimenti.iter().flat_map(|s| &s.aggiunte).map(|parte| parte.importo).sum();
    within(
        &concessi,
        Disponibile::Dotazione(dotazione + aggiunte, residui),
        avviso.origine.value(path!["dotazione"]),
        giudizio,
    );
}

/// What all the projects of the plan receive stays within its endowment.
fn endowment(contesto: &Contesto, giudizio: &mut Giudizio) {
    let Some(risorse) = &contesto.periodo.risorse else { return };
    let for_projects = |destinazione| matches!(destinazione, Destinazione::Progetti | Destinazione::Piano);
    let voci = risorse.dati.dotazione.iter().filter(|voce| for_projects(voce.destinazione));
    let of_system = risorse.dati.azione_di_sistema.as_ref().and_then(|azione| azione.dotazione.as_ref());
    let dotazione: Euro = voci.filter(|voce| Some(&voce.id) != of_system).map(|voce| voce.importo).sum();
    let residui = residuals(contesto, |_| true);
    // A call under a norm of its own has money of its own.
    let concessi = awards(contesto.progetti().map(|(_, progetto)| progetto));
    if concessi.is_empty() {
        return;
    }
    within(&concessi, Disponibile::Dotazione(dotazione, residui), risorse.origine.key(path!["dotazione"]), giudizio);
}

/// The money that awards may not exceed.
enum Disponibile {
    /// That of a call or of a plan, and the authorised residuals.
    Dotazione(Euro, Euro),
    /// A sum that the act itself fixes.
    Atto(Euro),
}

fn within(concessi: &[(&Progetto, Euro)], disponibile: Disponibile, place: Place, giudizio: &mut Giudizio) {
    let totale: Euro = concessi.iter().map(|(_, importo)| *importo).sum();
    let (message, disponibile, with) = match disponibile {
        Disponibile::Atto(importo) => {
            ("i contributi riconosciuti superano la somma che l'atto fissa", importo, " in tutto".to_owned())
        }
        Disponibile::Dotazione(dotazione, residui) => {
            let with = format!(" con i residui autorizzati ({})", euro(residui));
            let with = if residui.e_zero() { String::new() } else { with };
            ("i contributi riconosciuti superano le risorse disponibili", dotazione + residui, with)
        }
    };
    if totale <= disponibile {
        if !concessi.is_empty() {
            giudizio.caso();
        }
        return;
    }
    let found = giudizio.viola(message, place).label(format!(
        "disponibili {}{with}, riconosciuti {}: {} di troppo",
        euro(disponibile),
        euro(totale),
        euro(totale - disponibile)
    ));
    // From the end of the ranking, where the money ends.
    for (progetto, importo) in concessi.iter().rev().take(SHOWN_AWARDS).rev() {
        found.related(progetto.posto_del_contributo(), euro(*importo));
    }
}

/// Sums that the act itself fixes.
fn totals(dati: &Limite, contesto: &Contesto, giudizi: &mut Giudizi) {
    for totale in &dati.totali {
        let ours = totale.ats.as_ref().is_none_or(|ats| *ats == contesto.plan.sito.ats.nome);
        let concessi = awards(contesto.progetti().map(|(_, progetto)| progetto));
        if ours && !concessi.is_empty() {
            let mut giudizio = Giudizio::default();
            let (soggetto, place) = bearer(contesto);
            within(&concessi, Disponibile::Atto(totale.importo), place, &mut giudizio);
            giudizi.push((soggetto, giudizio));
        }
    }
}

/// The record that answers for a total: the plan, or the call under a norm of its own.
fn bearer(contesto: &Contesto) -> (Soggetto, Place) {
    match contesto.avvisi.first() {
        Some(&a) if !contesto.del_piano => (Soggetto::Avviso(a), whole(&contesto.periodo.avvisi[a].origine)),
        _ => (Soggetto::Piano, whole(&contesto.periodo.origine)),
    }
}

/// What the system action costs, and where it says so.
pub fn system_action(contesto: &Contesto) -> Option<(Euro, Place)> {
    let risorse = contesto.periodo.risorse.as_ref()?;
    let azione = risorse.dati.azione_di_sistema.as_ref()?;
    if let Some(i) = azione.dotazione.as_ref().and_then(|id| risorse.dati.dotazione.iter().position(|v| v.id == *id)) {
        return Some((risorse.dati.dotazione[i].importo, risorse.origine.value(path!["dotazione", i, "importo"])));
    }
    let i = azione.residuo.as_ref().and_then(|id| risorse.dati.residui.iter().position(|v| v.id == *id))?;
    Some((risorse.dati.residui[i].importo, risorse.origine.value(path!["residui", i, "importo"])))
}
