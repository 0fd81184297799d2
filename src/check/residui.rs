//! the residuals that a project receives stay within its grant.

use super::{Caso, Check};
use crate::path;
use crate::report::{Diagnostic, Rule};
use crate::value::{Euro, euro};

pub const CHECKS: &[Check] =
    &[Rule::new("Q-24", "i residui assegnati a un progetto non superano il suo contributo riconosciuto")
        .why("ciò che un progetto ha dalla dotazione è il contributo senza i residui, e non può essere meno di zero")
        .example("un residuo di € 50.000,00 a un progetto che riceve € 29.000,00")
        .of_projects(entro_il_contributo)];

/// assigned residuals ≤ grant. Where no grant is written yet, nothing can be compared.
fn entro_il_contributo(caso: &Caso) -> Option<Diagnostic> {
    let risorse = caso.periodo.risorse.as_ref()?;
    let riconosciuto = caso.dati.finanziamento.contributo_riconosciuto?;
    let residui = || caso.periodo.residui_di(caso.progetto);
    let somma: Euro = residui().map(|(_, residuo)| residuo.importo).sum();
    let (ultimo, _) = residui().last().filter(|_| somma > riconosciuto)?;
    Some(
        Diagnostic::error("Q-24", "i residui assegnati al progetto superano il suo contributo riconosciuto")
            .at(risorse.origine.value(path!["residui", ultimo, "assegnato_a"]))
            .label(format!("{} dai residui", euro(somma)))
            .related(caso.importo("contributo_riconosciuto"), format!("riconosciuti {}", euro(riconosciuto)))
            .help(format!(
                "{} sono di troppo: correggi `importo` o `assegnato_a` del residuo, o il contributo riconosciuto",
                euro(somma - riconosciuto)
            )),
    )
}
