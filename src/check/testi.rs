//! C-19: what pages are called by.

use crate::path;
use crate::plan::{Origine, Pagina, Plan};
use crate::report::{Diagnostic, Report};

/// C-19: titles and names are more than blanks.
pub fn non_vuoti(plan: &Plan, report: &mut Report) {
    let mut one = |text: &str, origine: &Origine, key: &'static str| {
        if text.trim().is_empty() {
            report.add(
                Diagnostic::error("C-19", format!("`{key}` è vuoto"))
                    .at(origine.value(path![key]))
                    .help("scrivi almeno una parola: è ciò che si legge nei menu e in cima alla pagina"),
            );
        }
    };
    one(&plan.sito.titolo, &plan.sito_origine, "titolo");
    for ente in &plan.enti {
        one(&ente.dati.nome, &ente.origine, "nome");
    }
    for periodo in &plan.periodi {
        one(&periodo.dati.titolo, &periodo.origine, "titolo");
        for alleanza in &periodo.alleanze {
            one(&alleanza.dati.nome, &alleanza.origine, "nome");
        }
        for progetto in &periodo.progetti {
            one(&progetto.dati.titolo, &progetto.origine, "titolo");
        }
        for avviso in &periodo.avvisi {
            one(&avviso.dati.titolo, &avviso.origine, "titolo");
        }
    }
    for Pagina { dati, origine, .. } in
        plan.pagine.iter().chain(plan.periodi.iter().flat_map(|periodo| &periodo.pagine))
    {
        one(&dati.titolo, origine, "titolo");
    }
}
