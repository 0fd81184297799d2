//! C-15: dates in order.

use crate::path;
use crate::plan::{Origine, Plan};
use crate::record::{Durata, Norma};
use crate::report::{Diagnostic, Place, Report};
use crate::value::Data;

/// C-15: nothing ends before it begins, and projects stay within the days that their norm admits.
pub fn in_ordine(plan: &Plan, report: &mut Report) {
    for periodo in &plan.periodi {
        let durata = &periodo.dati.periodo;
        before(durata.dal, durata.al, || periodo.origine.value(path!["periodo", "al"]), report);
        for progetto in &periodo.progetti {
            let Some(durata) = &progetto.dati.durata else { continue };
            if let (Some(dal), Some(al)) = (durata.dal, durata.al) {
                before(dal, al, || progetto.origine.value(path!["durata", "al"]), report);
            }
            // A call may run under a norm of its own.
            let (_, norma) = plan.norma_di(periodo, progetto);
            within(durata, norma, &progetto.origine, report);
        }
        for avviso in &periodo.avvisi {
            let Some(finestra) = &avviso.dati.finestra else { continue };
            if finestra.al <= finestra.dal {
                report.add(
                    Diagnostic::error("C-15", "la finestra dell'avviso si chiude prima di aprirsi")
                        .at(avviso.origine.value(path!["finestra", "al"]))
                        .label(format!("si apre il {}", finestra.dal.lunga()))
                        .help("correggi `dal` o `al`"),
                );
            }
        }
    }
}

/// Nothing of a project happens before the first day that its norm admits, or after the last.
fn within(durata: &Durata, norma: &Norma, origine: &Origine, report: &mut Report) {
    let Some(ammesso) = &norma.periodo else { return };
    let ends = [
        (
            "dal",
            durata.dal.filter(|&dal| dal < ammesso.dal),
            "prima del primo",
            format!("il primo è il {}", ammesso.dal.lunga()),
        ),
        (
            "al",
            // A norm that has a rule for its last day says so itself, with the article and a waiver if there is one.
            durata.al.filter(|&al| al > ammesso.al && !rules_the_last_day(norma)),
            "dopo l'ultimo",
            format!("l'ultimo è il {}", ammesso.al.lunga()),
        ),
    ];
    for (key, _, which, day) in ends.into_iter().filter(|(_, wrong, ..)| wrong.is_some()) {
        report.add(
            Diagnostic::error("C-15", format!("la data viene {which} giorno che la norma ammette"))
                .at(origine.value(path!["durata", key]))
                .label(day)
                .norm(norma.titolo.clone())
                .help(format!("correggi `{key}`, o la norma sotto cui sta il progetto")),
        );
    }
}

fn rules_the_last_day(norma: &Norma) -> bool {
    norma.regole.iter().any(|regola| regola.tempi.as_ref().is_some_and(|tempi| tempi.ultimo_giorno.is_some()))
}

fn before(dal: Data, al: Data, place: impl FnOnce() -> Place, report: &mut Report) {
    if al < dal {
        report.add(
            Diagnostic::error("C-15", "la fine viene prima dell'inizio")
                .at(place())
                .label(format!("comincia il {}", dal.lunga()))
                .help("correggi `dal` o `al`"),
        );
    }
}
