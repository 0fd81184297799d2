//! Stage 4: the rules. Each is one named function with one line of purpose; all run, none stops another.

pub mod aritmetica;
pub mod brani;
pub mod caratteri;
pub mod caselle;
pub mod catalogo;
pub mod codici;
pub mod collegamenti;
pub mod date;
pub mod finanziamento;
mod indirizzario;
pub mod indirizzi;
pub mod norme_proprie;
pub mod pagamenti;
pub mod partenariato;
pub mod passaggi;
pub mod posti;
pub mod residui;
pub mod riservatezza;
pub mod sequenza;
pub mod stati;
pub mod tema;
pub mod testi;

use crate::conformita::{self, Conformita};
use crate::plan::Plan;
use crate::report::{Diagnostic, Report};

/// Judges a plan whose references are resolved.
pub fn run(plan: &Plan, report: &mut Report) -> Conformita {
    for rule in catalogo::RULES {
        if let Some(judge) = rule.judge {
            judge(plan, report);
        }
    }
    conformita::judge(plan, report)
}

/// What is wrong in a record: a warning where a source of years ago says it, since its author cannot mend it.
fn found(storico: bool, code: &'static str, message: impl Into<String>) -> Diagnostic {
    if storico { Diagnostic::warning(code, message) } else { Diagnostic::error(code, message) }
}
