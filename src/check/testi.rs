//! What the texts of all records hold.

use super::Check;
use super::schede::{ogni_testo, schede};
use crate::markdown;
use crate::plan::Plan;
use crate::report::{Diagnostic, Report, Rule};
use crate::theme::Theme;

pub const CHECKS: &[Check] = &[
    Rule::new("C-17", "il testo non contiene HTML")
        .why("l'HTML non viene interpretato: si leggerebbe così com'è")
        .example("`<b>importante</b>` al posto di `**importante**`")
        .by(senza_html),
    Rule::new("C-19", "titoli e nomi non sono vuoti")
        .why("una pagina senza titolo non si trova e non si legge")
        .example("`titolo: \"\"`")
        .by(non_vuoti),
    Rule::new("C-28", "ogni immagine di un testo dice a parole che cosa mostra")
        .why("chi non la vede ne ascolta la descrizione")
        .example("`![](/media/nido.jpg)` al posto di `![Il nido di Alfa](/media/nido.jpg)`")
        .article("L. 4/2004; WCAG 2.2, criterio 1.1.1")
        .by(descritte),
];

/// M-04: every file of the site's theme is good for something; a text may name it.
pub fn tema_usato(plan: &Plan, theme: &Theme) -> Vec<Diagnostic> {
    let pagine: Vec<&str> = plan.pagine.iter().map(|pagina| pagina.id.as_str()).collect();
    theme.unused(&pagine, &|file| {
        let mut found = false;
        ogni_testo(plan, |testo| found |= testo.testo.contains(file));
        found
    })
}

/// C-17: raw HTML in Markdown is shown as text, so it is surely not meant.
fn senza_html(plan: &Plan, report: &mut Report) {
    ogni_testo(plan, |testo| {
        if let Some((html, at)) = markdown::first_html(testo.testo) {
            report.add(
                Diagnostic::warning("C-17", "il testo contiene HTML, che sul sito si leggerà così com'è")
                    .at(testo.place(at))
                    .label(format!("qui dentro c'è `{html}`"))
                    .help("usa il Markdown: `**grassetto**`, `*corsivo*`, `[testo](https://…)`, `- elenco`"),
            );
        }
    });
}

/// C-19: titles and names are more than blanks.
fn non_vuoti(plan: &Plan, report: &mut Report) {
    for scheda in schede(plan) {
        scheda.testi(&mut |testo| {
            let Some(campo @ ("titolo" | "nome")) = testo.campo() else { return };
            if testo.testo.trim().is_empty() {
                report.add(
                    Diagnostic::error("C-19", format!("`{campo}` è vuoto"))
                        .at(testo.whole())
                        .help("scrivi almeno una parola: è ciò che si legge nei menu e in cima alla pagina"),
                );
            }
        });
    }
}

/// C-28: every picture of a text has its alternative text.
fn descritte(plan: &Plan, report: &mut Report) {
    ogni_testo(plan, |testo| {
        let pictures = markdown::wordless_pictures(testo.testo).into_iter().map(|at| {
            Diagnostic::error("C-28", "l'immagine non dice a parole che cosa mostra")
                .at(testo.place(at))
                .help("scrivilo fra le parentesi quadre, per chi non vede l'immagine: `![Il nido di Alfa](/media/…)`")
        });
        report.extend(testo.told(pictures));
    });
}
