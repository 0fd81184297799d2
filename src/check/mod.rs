//! Stage 4: the rules. Each is one entry of the file of its subject, with the function that judges it; all
//! run, none stops another.

mod aritmetica;
mod caratteri;
mod caselle;
mod codici;
mod date;
mod finanziamento;
mod indirizzi;
mod norme_proprie;
mod pagamenti;
mod partenariato;
mod passaggi;
mod posti;
mod residui;
pub mod riservatezza;
pub mod schede;
mod sequenza;
mod stati;
pub mod tema;
mod testi;

use crate::plan::Plan;
use crate::report::{Diagnostic, Report, Rule};

/// A rule over the whole plan, with the function that judges it.
pub struct Check {
    /// None where the code has its entry elsewhere.
    rule: Option<Rule>,
    judge: fn(&Plan, &mut Report),
}

impl Check {
    /// Finds more of a code that has its entry elsewhere.
    const fn also(judge: fn(&Plan, &mut Report)) -> Self {
        Check { rule: None, judge }
    }
}

impl Rule {
    const fn by(self, judge: fn(&Plan, &mut Report)) -> Check {
        Check { rule: Some(self), judge }
    }
}

fn checks() -> impl Iterator<Item = &'static Check> {
    [
        aritmetica::CHECKS,
        caratteri::CHECKS,
        caselle::CHECKS,
        codici::CHECKS,
        date::CHECKS,
        finanziamento::CHECKS,
        indirizzi::CHECKS,
        norme_proprie::CHECKS,
        pagamenti::CHECKS,
        partenariato::CHECKS,
        passaggi::CHECKS,
        posti::CHECKS,
        residui::CHECKS,
        sequenza::CHECKS,
        stati::CHECKS,
        testi::CHECKS,
    ]
    .into_iter()
    .flatten()
}

/// The rules of this stage.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    checks().filter_map(|check| check.rule.as_ref()).chain(riservatezza::RULES)
}

/// Judges a plan whose references are resolved.
pub fn run(plan: &Plan, report: &mut Report) {
    for check in checks() {
        (check.judge)(plan, report);
    }
}

/// What is wrong in a record: a warning where a source of years ago says it, since its author cannot mend it.
fn found(storico: bool, code: &'static str, message: impl Into<String>) -> Diagnostic {
    if storico { Diagnostic::warning(code, message) } else { Diagnostic::error(code, message) }
}
