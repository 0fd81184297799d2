//! What the texts of all records hold, and whether the document can show it.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::Check;
use super::schede::{Scheda, ogni_testo, schede};
use crate::markdown;
use crate::path;
use crate::plan::Plan;
use crate::print::tipografia::caratteri::{SOSTITUTO, mancanti, nome};
use crate::report::{Diagnostic, Report, Rule};

pub const CHECKS: &[Check] = &[
    Rule::new("M-06", "il documento PDF ha un segno per ogni carattere")
        .why("un PDF da archiviare contiene i caratteri tipografici che usa, e nessuno di questi ha tutti i segni")
        .example("un'emoji nel titolo di un progetto: nel PDF c'è □ al suo posto")
        .by(mostrabili),
    Rule::new("C-17", "il testo non contiene HTML")
        .why("l'HTML non viene interpretato: si leggerebbe così com'è")
        .example("`<b>importante</b>` al posto di `**importante**`")
        .by(senza_html),
    Rule::new("C-19", "titoli, nomi e pagine non sono vuoti")
        .why("una pagina senza titolo non si trova e non si legge; una senza testo non dice niente a chi la apre")
        .example("`titolo: \"\"`")
        .by(non_vuoti),
    Rule::new("C-28", "ogni immagine di un testo dice a parole che cosa mostra")
        .why("chi non la vede ne ascolta la descrizione")
        .example("`![](/media/nido.jpg)` al posto di `![Il nido di Alfa](/media/nido.jpg)`")
        .article("L. 4/2004; WCAG 2.2, criterio 1.1.1")
        .by(descritte),
    Rule::new("C-32", "le tabelle di un testo si leggono come tabelle")
        .why("una tabella scritta a metà si legge come una fila di barre e di trattini")
        .example("`| Anno | Importo |` sopra `|---|`: la riga dei trattini ha una colonna sola")
        .by(intere),
];

/// M-06: the PDF of a plan can show every character of its records. One warning a record: its first such character.
fn mostrabili(plan: &Plan, report: &mut Report) {
    // Of some records there are thousands.
    let found: Vec<Diagnostic> =
        schede(plan).par_iter().filter(|scheda| scheda.nel_documento).filter_map(in_record).collect();
    report.extend(found);
}

fn in_record(scheda: &Scheda) -> Option<Diagnostic> {
    const SHOWN: usize = 3;
    let mut first = None;
    let mut distinct: BTreeSet<String> = BTreeSet::new();
    scheda.testi(&mut |testo| {
        let clusters = mancanti(testo.testo);
        if let Some((at, cluster)) = clusters.first().filter(|_| first.is_none()) {
            first = Some(testo.place(*at..at + cluster.len()));
        }
        distinct.extend(clusters.iter().map(|(_, cluster)| (*cluster).to_owned()));
    });
    let place = first?;
    let codes: Vec<String> = distinct.iter().take(SHOWN).map(|cluster| nome(cluster)).collect();
    let more = distinct.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!(" e altri {more}") } else { String::new() };
    let message = match distinct.len() {
        1 => "un carattere non si può comporre nel documento PDF",
        _ => "alcuni caratteri non si possono comporre nel documento PDF",
    };
    Some(Diagnostic::warning("M-06", message).at(place).label(format!("{}{more}", codes.join(", "))).help(format!(
        "dove manca un carattere il PDF ha {SOSTITUTO}, e così le locandine e le cartoline, mentre nelle pagine si vede: se \
         serve a capire, scrivilo a parole"
    )))
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

/// C-19: titles and names are more than blanks, and a page says something under its title.
fn non_vuoti(plan: &Plan, report: &mut Report) {
    let di_piani = plan.periodi.iter().flat_map(|periodo| &periodo.pagine);
    // Under its title the page of the history has the programmes.
    let del_sito = plan.pagine.iter().filter(|pagina| plan.storia.is_empty() || pagina.id.as_str() != "storia");
    for pagina in del_sito.chain(di_piani).filter(|pagina| pagina.dati.testo.trim().is_empty()) {
        report.add(
            Diagnostic::warning("C-19", "la pagina non ha testo: nel menu porta a un titolo soltanto")
                .at(pagina.origine.value(path!["titolo"]))
                .help("scrivi il testo, o togli la pagina finché non c'è"),
        );
    }
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

/// C-32: a row of hyphens under a row of cells makes a table.
fn intere(plan: &Plan, report: &mut Report) {
    ogni_testo(plan, |testo| {
        let broken = markdown::broken_tables(testo.testo).into_iter().map(|at| {
            Diagnostic::warning("C-32", "la tabella non è scritta bene, e sul sito si leggono le barre e i trattini")
                .at(testo.place(at))
                .help(
                    "la riga dei trattini deve avere tante colonne quante l'intestazione, e sopra l'intestazione ci vuole una \
                     riga vuota",
                )
        });
        report.extend(testo.told(broken));
    });
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
