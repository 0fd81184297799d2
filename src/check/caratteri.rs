//! M-06: characters that the fonts of the document do not have.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::Check;
use crate::plan::{Origine, Pagina, Periodo, Plan};
use crate::print::tipografia::caratteri::{SOSTITUTO, mancanti, nome};
use crate::record::{Parola, Visita};
use crate::report::{Diagnostic, Place, Report, Rule};

pub const CHECKS: &[Check] = &[Rule::new("M-06", "il documento PDF ha un segno per ogni carattere")
    .why("un PDF da archiviare contiene i caratteri tipografici che usa, e nessuno di questi ha tutti i segni")
    .example("un'emoji nel titolo di un progetto: nel PDF c'è □ al suo posto")
    .by(mostrabili)];

/// M-06: the PDF of a plan can show every character of its records. One warning a record: its first such character.
fn mostrabili(plan: &Plan, report: &mut Report) {
    let enti: Vec<Diagnostic> = plan.enti.par_iter().filter_map(|ente| in_record(&*ente.dati, &ente.origine)).collect();
    report.extend(enti);
    for periodo in &plan.periodi {
        report.extend(in_period(periodo));
    }
    report.extend(in_record(&*plan.sito, &plan.sito_origine));
}

fn in_period(periodo: &Periodo) -> Vec<Diagnostic> {
    let one = in_record(&*periodo.dati, &periodo.origine).into_iter();
    let risorse = periodo.risorse.iter().filter_map(|risorse| in_record(&*risorse.dati, &risorse.origine));
    let avvisi = periodo.avvisi.iter().filter_map(|avviso| in_record(&*avviso.dati, &avviso.origine));
    let alleanze = periodo.alleanze.iter().filter_map(|alleanza| in_record(&*alleanza.dati, &alleanza.origine));
    let pagine = periodo.pagine.iter().filter_map(in_page);
    let mut found: Vec<Diagnostic> = one.chain(risorse).chain(avvisi).chain(alleanze).chain(pagine).collect();
    // Of some records there are thousands.
    found.par_extend(periodo.progetti.par_iter().filter_map(|progetto| in_record(&*progetto.dati, &progetto.origine)));
    found
}

fn in_page(pagina: &Pagina) -> Option<Diagnostic> {
    let dati = &*pagina.dati;
    let found = mancanti(&dati.testo);
    let Some(&(at, gruppo)) = found.first() else { return in_record(dati, &pagina.origine) };
    let start = dati.inizio + at;
    let place = Place::span(&*pagina.origine.file, start..start + gruppo.len());
    Some(warning(place, found.iter().map(|(_, gruppo)| *gruppo)))
}

fn in_record(dati: &impl Visita, origine: &Origine) -> Option<Diagnostic> {
    let mut first = None;
    let mut found: Vec<String> = Vec::new();
    dati.visita(&mut |Parola { testo, passi, .. }| {
        let gruppi = mancanti(testo);
        if let Some((at, gruppo)) = gruppi.first().filter(|_| first.is_none()) {
            first = Some(origine.part(passi.to_vec(), testo, *at..at + gruppo.len()));
        }
        found.extend(gruppi.iter().map(|(_, gruppo)| (*gruppo).to_owned()));
    });
    Some(warning(first?, found.iter().map(String::as_str)))
}

fn warning<'t>(place: Place, gruppi: impl Iterator<Item = &'t str>) -> Diagnostic {
    let distinct: BTreeSet<&str> = gruppi.collect();
    const SHOWN: usize = 3;
    let codes: Vec<String> = distinct.iter().take(SHOWN).map(|gruppo| nome(gruppo)).collect();
    let more = distinct.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!(" e altri {more}") } else { String::new() };
    let message = match distinct.len() {
        1 => "un carattere non si può comporre nel documento PDF",
        _ => "alcuni caratteri non si possono comporre nel documento PDF",
    };
    Diagnostic::warning("M-06", message).at(place).label(format!("{}{more}", codes.join(", "))).help(format!(
        "dove manca un carattere il PDF ha {SOSTITUTO}, mentre nelle pagine si vede: se serve a capire, scrivilo a parole"
    ))
}
