//! what was paid stays within what was granted.

use super::{Check, found};
use crate::path;
use crate::plan::Plan;
use crate::record::StatoProgetto;
use crate::report::{Diagnostic, Report, Rule};
use crate::value::{Euro, euro};

pub const CHECKS: &[Check] = &[Rule::new("Q-14", "i pagamenti non superano il contributo riconosciuto")
    .why("non si paga più di quanto è riconosciuto")
    .example("due pagamenti che insieme fanno € 40.000,01 su € 40.000,00 riconosciuti")
    .by(entro_il_contributo)];

/// payments ≤ grant.
fn entro_il_contributo(plan: &Plan, report: &mut Report) {
    for (periodo, progetto) in plan.progetti() {
        // Money paid to whom nothing was granted is told by the state of the project.
        let Some(riconosciuto) = progetto.dati.finanziamento.contributo_riconosciuto else { continue };
        let pagato: Euro = progetto.dati.pagamenti.iter().map(|pagamento| pagamento.importo).sum();
        if pagato <= riconosciuto {
            continue;
        }
        if progetto.dati.stato == StatoProgetto::Ritirato {
            // Paid while the grant held: no mistake, and money that has to come back.
            report.add(
                Diagnostic::warning("Q-14", "il progetto è `ritirato`, e quanto ha ricevuto è da recuperare")
                    .at(progetto.origine.key(path!["pagamenti"]))
                    .label(format!("{} pagati in più del contributo", euro(pagato - riconosciuto)))
                    .help("quando il denaro è restituito, togli o correggi i `pagamenti`"),
            );
            continue;
        }
        report.add(
            found(plan.storico(periodo, progetto), "Q-14", "i pagamenti superano il contributo riconosciuto")
                .at(progetto.origine.key(path!["pagamenti"]))
                .label(format!("{} pagati", euro(pagato)))
                .related(
                    progetto.origine.value(path!["finanziamento", "contributo_riconosciuto"]),
                    format!("riconosciuti {}", euro(riconosciuto)),
                )
                .help(format!(
                    "{} sono di troppo: correggi un importo dei `pagamenti`, o `contributo_riconosciuto`",
                    euro(pagato - riconosciuto)
                )),
        );
    }
}
