//! M-04: every file of the site's theme is good for something. M-05: nothing in it is forbidden by the pages themselves.

use super::schede::ogni_testo;
use crate::plan::Plan;
use crate::report::Report;
use crate::theme::Theme;

/// M-04: no file of the theme is there for nothing.
pub fn usato(plan: &Plan, theme: &Theme, report: &mut Report) {
    let pagine: Vec<&str> = plan.pagine.iter().map(|pagina| pagina.id.as_str()).collect();
    let nominato = |file: &str| {
        let mut found = false;
        ogni_testo(plan, |testo| found |= testo.testo.contains(file));
        found
    };
    report.extend(theme.unused(&pagine, &nominato));
}

/// M-05: nothing that pages forbid is written in a template.
pub fn permesso(theme: &Theme, report: &mut Report) {
    report.extend(theme.inline());
}
