//! Stage 4: the rules. Each is one named function with one line of purpose; all run, none stops another.

pub mod aritmetica;
pub mod brani;
pub mod caratteri;
pub mod caselle;
pub mod catalogo;
pub mod collegamenti;
pub mod date;
mod indirizzario;
pub mod indirizzi;
pub mod passaggi;
pub mod riservatezza;
pub mod tema;
pub mod testi;

use crate::conformita::{self, Conformita};
use crate::plan::Plan;
use crate::report::Report;

/// Judges a plan whose references are resolved.
pub fn run(plan: &Plan, report: &mut Report) -> Conformita {
    for rule in catalogo::RULES {
        if let Some(judge) = rule.judge {
            judge(plan, report);
        }
    }
    conformita::judge(plan, report)
}
