//! C-18: where the site is published.

use super::Check;
use crate::path;
use crate::plan::Plan;
use crate::report::{Diagnostic, Report, Rule};

pub const CHECKS: &[Check] = &[Rule::new("C-18", "il sito ha un indirizzo pubblico")
    .why("senza, mancano mappa del sito e novità")
    .example("`sito.yaml` senza `indirizzo`")
    .by(pubblico)];

/// C-18: without a public address there is no canonical address, sitemap or feed.
fn pubblico(plan: &Plan, report: &mut Report) {
    if plan.indirizzo.is_none() {
        report.add(
            Diagnostic::warning(
                "C-18",
                "il sito non ha un indirizzo pubblico: mancheranno la mappa per i motori di ricerca e le novità per chi lo segue",
            )
            .at(plan.sito_origine.value(path![]))
            .help("scrivi `indirizzo: https://…` in `sito.yaml`, o usa `--base-url`"),
        );
    }
}
