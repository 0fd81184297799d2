//! M-06: characters that the fonts of the document do not have.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

use crate::plan::{Origine, Pagina, Periodo, Plan};
use crate::report::{Diagnostic, Place, Report, Step};
use crate::tipografia::caratteri::{SOSTITUTO, mancanti, nome};

/// M-06: the PDF of a plan can show every character of its records. One warning a record: its first such character.
pub fn mostrabili(plan: &Plan, report: &mut Report) {
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

/// Nearly every record is plain: it is read once as one text, and walked only where something is missing.
fn in_record(dati: &impl Serialize, origine: &Origine) -> Option<Diagnostic> {
    let testo = serde_json::to_string(dati).ok()?;
    if mancanti(&testo).is_empty() {
        return None;
    }
    let mut found = Vec::new();
    walk(&serde_json::to_value(dati).ok()?, &mut Vec::new(), &mut found);
    let (steps, testo, at) = found.first()?.clone();
    let all: Vec<(usize, &str)> = found.iter().flat_map(|(_, testo, _)| mancanti(testo)).collect();
    let gruppo = mancanti(&testo).first().map_or(0, |(_, gruppo)| gruppo.len());
    Some(warning(origine.part(steps, &testo, at..at + gruppo), all.into_iter().map(|(_, gruppo)| gruppo)))
}

/// Every text with a missing character, and the way to it.
fn walk(value: &Value, steps: &mut Vec<Step>, found: &mut Vec<(Vec<Step>, String, usize)>) {
    match value {
        Value::String(testo) => {
            if let Some(&(at, _)) = mancanti(testo).first() {
                found.push((steps.clone(), testo.clone(), at));
            }
        }
        Value::Array(values) => {
            for (i, value) in values.iter().enumerate() {
                steps.push(Step::Index(i));
                walk(value, steps, found);
                steps.pop();
            }
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                steps.push(Step::Key(key.clone().into()));
                walk(value, steps, found);
                steps.pop();
            }
        }
        _ => {}
    }
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
        "nel PDF al suo posto c'è {SOSTITUTO}; nelle pagine si vede com'è: scrivilo in lettere, se serve a capire"
    ))
}
