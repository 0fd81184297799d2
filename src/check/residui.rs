//! the residuals that a project receives stay within its grant.

use super::Check;
use crate::path;
use crate::plan::Plan;
use crate::report::{Diagnostic, Report, Rule};
use crate::value::{Euro, euro};

pub const CHECKS: &[Check] =
    &[Rule::new("Q-24", "i residui assegnati a un progetto non superano il suo contributo riconosciuto")
        .why("ciò che un progetto ha dalla dotazione è il contributo senza i residui, e non può essere meno di zero")
        .example("un residuo di € 50.000,00 a un progetto che riceve € 29.000,00")
        .by(entro_il_contributo)];

/// assigned residuals ≤ grant. Where no grant is written yet, nothing can be compared.
fn entro_il_contributo(plan: &Plan, report: &mut Report) {
    for (periodo, progetto) in plan.progetti() {
        let (Some(risorse), Some(riconosciuto)) =
            (&periodo.risorse, progetto.dati.finanziamento.contributo_riconosciuto)
        else {
            continue;
        };
        let somma: Euro = periodo.residui_di(progetto).map(|(_, residuo)| residuo.importo).sum();
        let Some((ultimo, _)) = periodo.residui_di(progetto).last().filter(|_| somma > riconosciuto) else { continue };
        report.add(
            Diagnostic::error("Q-24", "i residui assegnati al progetto superano il suo contributo riconosciuto")
                .at(risorse.origine.value(path!["residui", ultimo, "assegnato_a"]))
                .label(format!("{} dai residui", euro(somma)))
                .related(
                    progetto.origine.value(path!["finanziamento", "contributo_riconosciuto"]),
                    format!("riconosciuti {}", euro(riconosciuto)),
                )
                .help(format!(
                    "{} sono di troppo: correggi `importo` o `assegnato_a` del residuo, o `contributo_riconosciuto`",
                    euro(somma - riconosciuto)
                )),
        );
    }
}
