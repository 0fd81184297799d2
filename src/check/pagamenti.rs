//! what was paid stays within what was granted.

use super::{Caso, Check};
use crate::path;
use crate::record::StatoProgetto;
use crate::report::{Diagnostic, Rule};
use crate::value::{Euro, euro};

pub const CHECKS: &[Check] = &[Rule::new("Q-14", "i pagamenti non superano il contributo riconosciuto")
    .why("non si paga più di quanto è riconosciuto")
    .example("due pagamenti che insieme fanno € 40.000,01 su € 40.000,00 riconosciuti")
    .of_projects(entro_il_contributo)];

/// payments ≤ grant.
fn entro_il_contributo(caso: &Caso) -> Option<Diagnostic> {
    // Q-20 reports payments without a grant.
    let granted = caso.dati.finanziamento.contributo_riconosciuto?;
    let paid: Euro = caso.dati.pagamenti.iter().map(|pagamento| pagamento.importo).sum();
    if paid <= granted {
        return None;
    }
    let more = euro(paid - granted);
    let found = if caso.dati.stato == StatoProgetto::Ritirato {
        // It was paid before the project withdrew: no mistake, but it has to be given back.
        Diagnostic::warning("Q-14", "il progetto è `ritirato`, e quanto ha ricevuto è da recuperare")
            .label(format!("{more} pagati in più del contributo"))
            .help("quando il denaro è restituito, togli o correggi i `pagamenti`")
    } else {
        caso.found("Q-14", "i pagamenti superano il contributo riconosciuto")
            .label(format!("{} pagati", euro(paid)))
            .related(caso.importo("contributo_riconosciuto"), format!("riconosciuti {}", euro(granted)))
            .help(format!("{more} sono di troppo: correggi un importo dei `pagamenti`, o `contributo_riconosciuto`"))
    };
    Some(found.at(caso.key(path!["pagamenti"])))
}
