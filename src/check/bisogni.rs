//! the way from a need to who answers it.

use super::Check;
use crate::path;
use crate::plan::Periodo;
use crate::report::{Diagnostic, Report, Rule};
use crate::suggest;

pub const CHECKS: &[Check] = &[Rule::new("Q-34", "a un bisogno risponde il Piano solo per ciò che ancora manca")
    .why("il contributo si aggiunge a ciò che altre misure già danno, e ogni priorità viene da un bisogno")
    .example("un bisogno con `esiste` e senza `manca`, o con una `priorita` che il Piano non ha")
    .article("DGR XII/5464, § 4.1")
    .in_periods(mancanti)];

/// what is there already leaves something to be done; the priority of a need is one of the plan's.
fn mancanti(periodo: &Periodo, report: &mut Report) {
    let bisogni = periodo.dati.mappatura.iter().flat_map(|mappatura| mappatura.elenco.iter().enumerate());
    for (i, bisogno) in bisogni {
        let answered = !bisogno.avvisi.is_empty() || !bisogno.progetti.is_empty();
        if answered && bisogno.esiste.is_some() && bisogno.manca.is_none() {
            report.add(
                Diagnostic::warning("Q-34", format!("al bisogno «{}» risponde già altro", bisogno.nome))
                    .at(periodo.origine.key(path!["mappatura", "elenco", i, "esiste"]))
                    .help("scrivi in `manca` che cosa ancora non c'è: è ciò a cui il Piano risponde"),
            );
        }
        let Some(priorita) = &bisogno.priorita else { continue };
        let note = || periodo.dati.priorita.iter().map(|nota| nota.as_str());
        if note().any(|nota| nota.trim() == priorita.trim()) {
            continue;
        }
        report.add(
            Diagnostic::error("Q-34", "questa priorità non è fra quelle del Piano")
                .at(periodo.origine.value(path!["mappatura", "elenco", i, "priorita"]))
                .help(match suggest::closest(priorita, note()) {
                    Some(near) => format!("forse intendevi «{near}»?"),
                    None => "scrivila com'è in `priorita`, o aggiungila lì".to_owned(),
                }),
        );
    }
}
