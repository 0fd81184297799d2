//! C-15: dates in order.

use crate::path;
use crate::plan::Plan;
use crate::report::{Diagnostic, Place, Report};
use crate::value::Data;

/// C-15: nothing ends before it begins.
pub fn in_ordine(plan: &Plan, report: &mut Report) {
    for periodo in &plan.periodi {
        let durata = &periodo.dati.periodo;
        before(durata.dal, durata.al, || periodo.origine.value(path!["periodo", "al"]), report);
        for progetto in &periodo.progetti {
            let Some(durata) = &progetto.dati.durata else { continue };
            if let (Some(dal), Some(al)) = (durata.dal, durata.al) {
                before(dal, al, || progetto.origine.value(path!["durata", "al"]), report);
            }
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
