//! C-28: what a picture shows is said in words too.

use super::brani;
use crate::markdown;
use crate::plan::Plan;
use crate::report::{Diagnostic, Report};

/// C-28: every picture of a text has its alternative text.
pub fn descritte(plan: &Plan, report: &mut Report) {
    brani::each(plan, |brano| {
        for at in markdown::wordless_pictures(brano.testo) {
            report.add(
                Diagnostic::error("C-28", "l'immagine non dice a parole che cosa mostra").at(brano.place(at)).help(
                    "scrivilo fra le parentesi quadre, per chi non vede l'immagine: `![Il nido di Alfa](/media/…)`",
                ),
            );
        }
    });
}
