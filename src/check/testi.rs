//! What the texts of all records hold.

use super::brani;
use crate::markdown;
use crate::plan::Plan;
use crate::report::{Diagnostic, Report, Step};

/// C-17: raw HTML in Markdown is shown as text, so it is surely not meant.
pub fn senza_html(plan: &Plan, report: &mut Report) {
    brani::each(plan, |brano| {
        if let Some((html, at)) = markdown::first_html(brano.testo) {
            report.add(
                Diagnostic::warning("C-17", "il testo contiene HTML, che sul sito si leggerà così com'è")
                    .at(brano.place(at))
                    .label(format!("qui dentro c'è `{html}`"))
                    .help("usa il Markdown: `**grassetto**`, `*corsivo*`, `[testo](https://…)`, `- elenco`"),
            );
        }
    });
}

/// C-19: titles and names are more than blanks.
pub fn non_vuoti(plan: &Plan, report: &mut Report) {
    brani::schede(plan, &mut |scheda| {
        scheda.dati.visita(&mut |parola| {
            let Some(Step::Key(key)) = parola.passi.last() else { return };
            if matches!(&**key, "titolo" | "nome") && parola.testo.trim().is_empty() {
                report.add(
                    Diagnostic::error("C-19", format!("`{key}` è vuoto"))
                        .at(scheda.origine.value(parola.passi.to_vec()))
                        .help("scrivi almeno una parola: è ciò che si legge nei menu e in cima alla pagina"),
                );
            }
        });
    });
}

/// C-28: every picture of a text has its alternative text.
pub fn descritte(plan: &Plan, report: &mut Report) {
    brani::each(plan, |brano| {
        let pictures = markdown::wordless_pictures(brano.testo).into_iter().map(|at| {
            Diagnostic::error("C-28", "l'immagine non dice a parole che cosa mostra")
                .at(brano.place(at))
                .help("scrivilo fra le parentesi quadre, per chi non vede l'immagine: `![Il nido di Alfa](/media/…)`")
        });
        report.extend(brano.told(pictures));
    });
}
