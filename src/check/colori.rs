//! M-07: the colours that a site chooses can be read.

use super::Check;
use crate::path;
use crate::plan::Plan;
use crate::report::{Diagnostic, Report, Rule};
use crate::value::{Colore, Contrasto};

pub const CHECKS: &[Check] = &[Rule::new("M-07", "i colori del sito si leggono sul loro fondo")
    .why("collegamenti, pulsanti e titoli hanno il colore principale: le linee guida per l'accessibilità chiedono che si stacchi dal fondo")
    .example("`colore: \"#66b3ff\"`: un azzurro chiaro, che sul bianco non si legge")
    .by(leggibili)];

/// M-07: the main colour stands out enough on the light page, its companion on the dark one.
fn leggibili(plan: &Plan, report: &mut Report) {
    let sito = &plan.sito;
    let mut guarda =
        |campo: &'static str, colore: Option<Colore>, contrasto: fn(Colore) -> Contrasto, fondo: &str, come: &str| {
            let Some(colore) = colore else { return };
            let trovato = contrasto(colore);
            if trovato < Contrasto::MINIMO {
                report.add(
                    Diagnostic::error("M-07", format!("il colore `{colore}` non si legge {fondo}"))
                        .at(plan.sito_origine.value(path![campo]))
                        .label(format!("contrasto {trovato} a 1, ne serve almeno {} a 1", Contrasto::MINIMO))
                        .help(format!("scegli un colore più {come}, o togli `{campo}`")),
                );
            }
        };
    guarda("colore", sito.colore, Colore::sul_chiaro, "sul fondo chiaro delle pagine", "scuro");
    guarda("colore_scuro", sito.colore_scuro, Colore::sullo_scuro, "sul fondo scuro delle pagine", "chiaro");
}
