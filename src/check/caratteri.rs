//! M-06: characters that the fonts of the document do not have.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::Check;
use super::schede::{Scheda, schede};
use crate::plan::Plan;
use crate::print::tipografia::caratteri::{SOSTITUTO, mancanti, nome};
use crate::report::{Diagnostic, Report, Rule};

pub const CHECKS: &[Check] = &[Rule::new("M-06", "il documento PDF ha un segno per ogni carattere")
    .why("un PDF da archiviare contiene i caratteri tipografici che usa, e nessuno di questi ha tutti i segni")
    .example("un'emoji nel titolo di un progetto: nel PDF c'è □ al suo posto")
    .by(mostrabili)];

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
    let codes: Vec<String> = distinct.iter().take(SHOWN).map(|cluster| nome(cluster)).collect();
    let more = distinct.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!(" e altri {more}") } else { String::new() };
    let message = match distinct.len() {
        1 => "un carattere non si può comporre nel documento PDF",
        _ => "alcuni caratteri non si possono comporre nel documento PDF",
    };
    Some(Diagnostic::warning("M-06", message).at(first?).label(format!("{}{more}", codes.join(", "))).help(format!(
        "dove manca un carattere il PDF ha {SOSTITUTO}, mentre nelle pagine si vede: se serve a capire, scrivilo a parole"
    )))
}
