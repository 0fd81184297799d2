//! M-04: every file of the site's theme is good for something. M-05: nothing in it is forbidden by the pages themselves.

use super::schede::ogni_testo;
use crate::plan::Plan;
use crate::report::Report;
use crate::theme::{Theme, Users};

struct Records<'a>(&'a Plan);

impl Users for Records<'_> {
    fn pages(&self) -> Vec<&str> {
        self.0.pagine.iter().map(|pagina| pagina.id.as_str()).collect()
    }

    fn name(&self, file: &str) -> bool {
        let mut found = false;
        ogni_testo(self.0, |testo| found |= testo.testo.contains(file));
        found
    }
}

/// M-04: no file of the theme is there for nothing.
pub fn usato(plan: &Plan, theme: &Theme, report: &mut Report) {
    report.extend(theme.unused(&Records(plan)));
}

/// M-05: nothing that pages forbid is written in a template.
pub fn permesso(theme: &Theme, report: &mut Report) {
    report.extend(theme.inline());
}
