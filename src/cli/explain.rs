//! `concilia explain`: what a rule asks for, and why.

use crate::check::catalogo::{RULES, Rule};
use crate::suggest;

/// One rule, or all of them in one line each.
pub fn explain(code: Option<&str>) -> Result<String, String> {
    let Some(code) = code else {
        return Ok(RULES.iter().map(|rule| format!("{}  {}\n", rule.code, rule.what)).collect());
    };
    let wanted = code.trim().to_uppercase();
    match RULES.iter().find(|rule| rule.code == wanted) {
        Some(rule) => Ok(whole(rule)),
        None => Err(match suggest::closest(&wanted, RULES.iter().map(|rule| rule.code)) {
            Some(near) => format!("la regola `{code}` non c'è: forse intendevi `{near}`?"),
            None => format!("la regola `{code}` non c'è: `concilia explain` le elenca tutte"),
        }),
    }
}

fn whole(rule: &Rule) -> String {
    format!("{}\n\nChe cosa chiede: {}.\nPerché: {}.\n", rule.code, rule.what, rule.why)
}
