//! Kind `limite`: how much a project, and all of them together, may receive.

use super::contesto::{Contesto, Giudizi, il_per_cento, whole};
use super::deroghe;
use super::giudizio::{Caso, Esame, Giudizio, manca, viola};
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
        giudizi.extend(contesto.degli_avvisi(|avviso, giudizio| giudizio.extend(call(contesto, avviso))));
        giudizi.extend(contesto.sul_piano(|giudizio| giudizio.extend(endowment(contesto))));
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
        giudizio.push(if contributo <= massimo {
            Caso
        } else {
            viola("il contributo supera il massimo per un progetto").at(place.clone()).label(format!(
                "{}, al massimo {}",
                euro(contributo),
                euro(massimo)
            ))
        });
    }
    let Some(percentuale) = dati.percentuale else { return };
    let (base, name, which) = match (dati.del_costo_ammissibile, voci.costo_ammissibile) {
        (true, Some(ammissibile)) => (Some(ammissibile), "costo_ammissibile", " ammissibile"),
        _ => (voci.costo_complessivo, "costo_complessivo", ""),
    };
    let Some(base) = base else { return };
    let limite = base.percentuale(percentuale);
    giudizio.push(if contributo > limite {
        viola(format!("il contributo supera {} del costo{which}", il_per_cento(percentuale)))
            .at(place)
            .label(format!("{}, al massimo {}", euro(contributo), euro(limite)))
            .related(
                progetto.origine.value(path!["finanziamento", name]),
                format!("{} di {} è {}", il_per_cento(percentuale), euro(base), euro(limite)),
            )
    } else if dati.del_costo_ammissibile && voci.costo_ammissibile.is_none() {
        // Within the limit of the whole cost, of which the eligible one may be a part.
        manca("manca `costo_ammissibile`, di cui la norma fissa la percentuale")
            .at(progetto.origine.value(path!["finanziamento"]))
    } else {
        Caso
    });
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
fn call(contesto: &Contesto, avviso: &Avviso) -> Option<Esame> {
    let dotazione = avviso.dati.dotazione?;
    // What residuals add is not known while their file is absent, which is for other rules to tell.
    contesto.periodo.risorse.as_ref()?;
    let concessi = awards(avviso.progetti.iter().map(|&i| &contesto.periodo.progetti[i]));
    let theirs = |id: Option<&Id>| id.is_some_and(|id| concessi.iter().any(|(progetto, _)| progetto.id == *id));
    let residui = residuals(contesto, theirs);
    // What is printed in the call stays; what was added later goes down the ranking.
    let aggiunte: Euro = avviso.dati.scorrimenti.iter().flat_map(|s| &s.aggiunte).map(|parte| parte.importo).sum();
    within_endowment(&concessi, dotazione + aggiunte, residui, avviso.origine.value(path!["dotazione"]))
}

/// What all the projects of the plan receive stays within its endowment.
fn endowment(contesto: &Contesto) -> Option<Esame> {
    let risorse = contesto.periodo.risorse.as_ref()?;
    let for_projects = |destinazione| matches!(destinazione, Destinazione::Progetti | Destinazione::Piano);
    let voci = risorse.dati.dotazione.iter().filter(|voce| for_projects(voce.destinazione));
    let of_system = risorse.dati.azione_di_sistema.as_ref().and_then(|azione| azione.dotazione.as_ref());
    let dotazione: Euro = voci.filter(|voce| Some(&voce.id) != of_system).map(|voce| voce.importo).sum();
    let residui = residuals(contesto, |_| true);
    // A call under a norm of its own has money of its own.
    let concessi = awards(contesto.progetti().map(|(_, progetto)| progetto));
    within_endowment(&concessi, dotazione, residui, risorse.origine.key(path!["dotazione"]))
}

/// The money of a call or of a plan, and the authorised residuals.
fn within_endowment(concessi: &[(&Progetto, Euro)], dotazione: Euro, residui: Euro, place: Place) -> Option<Esame> {
    let with = match residui.e_zero() {
        true => String::new(),
        false => format!(" con i residui autorizzati ({})", euro(residui)),
    };
    within(concessi, "i contributi riconosciuti superano le risorse disponibili", dotazione + residui, &with, place)
}

/// Whether awards exceed the money there is; nothing where nothing was awarded, unless even that is too much.
fn within(concessi: &[(&Progetto, Euro)], message: &str, disponibile: Euro, with: &str, place: Place) -> Option<Esame> {
    let totale: Euro = concessi.iter().map(|(_, importo)| *importo).sum();
    if totale <= disponibile {
        return (!concessi.is_empty()).then_some(Caso);
    }
    let found = viola(message).at(place).label(format!(
        "disponibili {}{with}, riconosciuti {}: {} di troppo",
        euro(disponibile),
        euro(totale),
        euro(totale - disponibile)
    ));
    // From the end of the ranking, where the money ends.
    let last = concessi.iter().rev().take(SHOWN_AWARDS).rev();
    Some(last.fold(found, |found, (progetto, importo)| found.related(progetto.posto_del_contributo(), euro(*importo))))
}

/// Sums that the act itself fixes.
fn totals(dati: &Limite, contesto: &Contesto, giudizi: &mut Giudizi) {
    for totale in &dati.totali {
        let ours = totale.ats.as_ref().is_none_or(|ats| *ats == contesto.plan.sito.ats.nome);
        let concessi = awards(contesto.progetti().map(|(_, progetto)| progetto));
        if ours && !concessi.is_empty() {
            let soggetto = contesto.chi_risponde();
            let place = whole(deroghe::of(contesto.periodo, soggetto).1);
            let message = "i contributi riconosciuti superano la somma che l'atto fissa";
            let esame = within(&concessi, message, totale.importo, " in tutto", place);
            giudizi.push((soggetto, esame.into_iter().collect()));
        }
    }
}
