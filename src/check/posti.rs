//! The places of a ranking: each of one project, none left out, from the highest score to the lowest.

use std::collections::BTreeMap;

use super::found;
use crate::path;
use crate::plan::{Periodo, Plan, Progetto};
use crate::record::PostoInGraduatoria;
use crate::report::{Diagnostic, Report};

/// call by call: each has a list of its own.
pub fn graduatoria(plan: &Plan, report: &mut Report) {
    for periodo in &plan.periodi {
        let mut lists: BTreeMap<Option<usize>, Vec<Posto>> = BTreeMap::new();
        for progetto in &periodo.progetti {
            if let Some(posto) = &progetto.dati.graduatoria {
                lists.entry(progetto.avviso).or_default().push(Posto { progetto, posto });
            }
        }
        for mut list in lists.into_values() {
            list.sort_by_key(|posto| posto.posto.posizione);
            // Two in one place leave a gap behind them: one mistake.
            if shared(&list, report) || gap(periodo, &list, report) {
                continue;
            }
            order(plan, periodo, &list, report);
        }
        sheets(plan, periodo, report);
    }
}

/// C-09: the number by which a sheet is cited is of one project; each call counts from one.
fn sheets(plan: &Plan, periodo: &Periodo, report: &mut Report) {
    let mut first: BTreeMap<(Option<usize>, u32), &Progetto> = BTreeMap::new();
    for progetto in &periodo.progetti {
        let Some(scheda) = progetto.dati.scheda else { continue };
        let Some(primo) = first.insert((progetto.avviso, scheda), progetto) else { continue };
        report.add(
            found(
                plan.storico(periodo, progetto),
                "C-09",
                format!("due progetti hanno lo stesso numero di scheda, {scheda}"),
            )
            .at(progetto.origine.value(path!["scheda"]))
            .related(primo.origine.value(path!["scheda"]), "qui la prima volta")
            .help("dai a uno dei due il suo numero"),
        );
    }
}

struct Posto<'a> {
    progetto: &'a Progetto,
    posto: &'a PostoInGraduatoria,
}

/// two projects do not share a place.
fn shared(list: &[Posto], report: &mut Report) -> bool {
    let doubles = list.windows(2).filter(|pair| pair[0].posto.posizione == pair[1].posto.posizione);
    let mut found = false;
    for pair in doubles {
        found = true;
        let posizione = pair[1].posto.posizione;
        report.add(
            Diagnostic::error("Q-11", format!("due progetti hanno la posizione {posizione} in graduatoria"))
                .at(pair[1].progetto.origine.value(path!["graduatoria", "posizione"]))
                .related(pair[0].progetto.origine.value(path!["graduatoria", "posizione"]), "qui la prima volta")
                .help("ogni posizione è di un solo progetto"),
        );
    }
    found
}

/// the places are 1, 2, 3 and so on. A warning: who was not admitted may have a place and no record.
fn gap(periodo: &Periodo, list: &[Posto], report: &mut Report) -> bool {
    // What was left out may be what is missing.
    if !periodo.completo {
        return false;
    }
    let missing = (1..).zip(list).find(|(attesa, posto)| posto.posto.posizione != *attesa);
    let Some((attesa, Posto { progetto, posto })) = missing else { return false };
    report.add(
        Diagnostic::warning("Q-21", format!("in graduatoria manca la posizione {attesa}"))
            .at(progetto.origine.value(path!["graduatoria", "posizione"]))
            .label(format!("qui si passa alla {}", posto.posizione))
            .help("correggi `posizione`, o aggiungi la scheda del progetto che manca"),
    );
    true
}

/// who comes before has no fewer points. A warning: only a norm can say that points alone decide.
fn order(plan: &Plan, periodo: &Periodo, list: &[Posto], report: &mut Report) {
    for pair in list.windows(2) {
        let [sopra, sotto] = pair else { continue };
        let (_, norma) = plan.norma_di(periodo, sotto.progetto);
        let has_own_rule =
            norma.regole.iter().any(|regola| regola.graduatoria.as_ref().is_some_and(|g| g.punteggio_decrescente));
        // A norm that rules the order says so itself, with its article.
        if sotto.posto.punteggio <= sopra.posto.punteggio || has_own_rule {
            continue;
        }
        let points =
            |posto: &PostoInGraduatoria| format!("{} punti al posto {}", posto.punteggio.italiano(), posto.posizione);
        report.add(
            Diagnostic::warning("Q-21", "in graduatoria un punteggio più alto viene dopo uno più basso")
                .at(sotto.progetto.origine.value(path!["graduatoria", "punteggio"]))
                .label(points(sotto.posto))
                .related(sopra.progetto.origine.value(path!["graduatoria", "punteggio"]), points(sopra.posto))
                .help("correggi il punteggio o la posizione di uno dei due"),
        );
    }
}
