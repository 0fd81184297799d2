//! Many findings that stop nothing, on a page: by rule, with their count and the first places.

use super::line::place;
use super::plain::one_line;
use super::{Located, Severity};
use annotate_snippets::{Group, Renderer};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many places of a rule are shown, and up to how many findings there is nothing to shorten.
pub(super) const FEW: usize = 3;

pub(super) fn render(located: &[&Located<'_>], renderer: &Renderer) -> String {
    // What weighs more stands nearer to the end.
    let mut rules: BTreeMap<(Reverse<Severity>, &str), Vec<&Located<'_>>> = BTreeMap::new();
    for l in located {
        rules.entry((Reverse(l.diagnostic.severity), &l.diagnostic.code)).or_default().push(l);
    }
    let mut out = String::new();
    for ((Reverse(severity), code), found) in &rules {
        let message = &found[0].diagnostic.message;
        let is_one = found.iter().all(|l| l.diagnostic.message == *message);
        let title = match found.len() {
            1 => message.clone(),
            many if is_one => format!("{message} ({many} volte)"),
            many => format!("{many} {}", severity.names()),
        };
        let title = super::human::level(*severity).primary_title(one_line(&title)).id(*code);
        out.push_str(&renderer.render(&[Group::with_title(title)]));
        out.push('\n');
        for l in found.iter().take(FEW) {
            let parts = [place(l), (!is_one).then(|| one_line(&l.diagnostic.message).into_owned())];
            let line = parts.into_iter().flatten().collect::<Vec<_>>().join(": ");
            out.push_str(&format!("  {line}\n"));
        }
        match found.len().saturating_sub(FEW) {
            0 => {}
            1 => out.push_str("  e in un altro posto\n"),
            more => out.push_str(&format!("  e in altri {more} posti\n")),
        }
    }
    let code = rules.keys().next_back().map_or("", |(_, code)| *code);
    out.push_str(&format!(
        "\nOgni avviso per intero, con il rimedio: `concilia check --tutti`; che cosa chiede una regola: `concilia \
         explain {code}`\n\n"
    ));
    out
}
