//! C-30: what a site changes in the norms is told to whoever writes it, as it is to whoever reads.

use super::Check;
use crate::plan::Plan;
use crate::report::{Diagnostic, Report, Rule};

pub const CHECKS: &[Check] = &[Rule::new("C-30", "ciò che il sito cambia nelle norme è detto a chi legge")
    .why("una regola scritta in un altro modo non è quella dell'atto: chi riceve il Piano deve saperlo")
    .example("in `norme/dgr-5464-2025.yaml` del sito, P25-01 che chiede un ente al posto di tre")
    .by(dette)];

/// C-30: one note for each rule of a norm that the site words in another way, takes away or surrounds with other lists.
fn dette(plan: &Plan, report: &mut Report) {
    for sostituzione in &plan.sostituzioni {
        let (accaduto, rimedio) = match sostituzione.tolta() {
            Some(_) => ("in questo file la regola non c'è più", "rimetti la regola com'era"),
            None => ("prende il posto di ciò che dice la norma", "togli di qui ciò che cambia"),
        };
        report.add(
            Diagnostic::note("C-30", sostituzione.detta())
                .at(sostituzione.posto.clone())
                .label(accaduto)
                .help(format!("sito, documento e pacchetto lo dicono a chi legge; per tornare alla norma, {rimedio}")),
        );
    }
}
