//! Findings for other programs, with the same words as the records.

use serde::Serialize;

use super::{At, Counts, Located};

#[derive(Serialize)]
struct Document<'a> {
    problemi: Vec<Finding<'a>>,
    errori: usize,
    avvisi: usize,
    note: usize,
}

#[derive(Serialize)]
struct Finding<'a> {
    codice: &'a str,
    gravita: &'static str,
    messaggio: &'a str,
    #[serde(flatten)]
    luogo: Where<'a>,
    etichetta: Option<&'a str>,
    norma: Option<&'a str>,
    aiuto: Option<&'a str>,
    correlati: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Where<'a> {
    file: Option<&'a str>,
    riga: Option<usize>,
    colonna: Option<usize>,
    riga_fine: Option<usize>,
    colonna_fine: Option<usize>,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    luogo: Where<'a>,
    testo: &'a str,
}

impl<'a> Where<'a> {
    fn of(file: Option<&'a str>, at: Option<&At>) -> Self {
        Where {
            file,
            riga: at.map(|at| at.line),
            colonna: at.map(|at| at.column),
            riga_fine: at.map(|at| at.end_line),
            colonna_fine: at.map(|at| at.end_column),
        }
    }
}

pub(super) fn render(located: &[Located<'_>], counts: Counts) -> String {
    let problemi = located
        .iter()
        .map(|l| Finding {
            codice: &l.diagnostic.code,
            gravita: l.diagnostic.severity.name(),
            messaggio: &l.diagnostic.message,
            luogo: Where::of(l.file(), l.at.as_ref()),
            etichetta: Some(l.diagnostic.label.as_str()).filter(|label| !label.is_empty()),
            norma: l.diagnostic.norm.as_deref(),
            aiuto: l.diagnostic.help.as_deref(),
            correlati: l
                .diagnostic
                .related
                .iter()
                .zip(&l.related)
                .map(|((place, text), at)| Related { luogo: Where::of(Some(&place.file), at.as_ref()), testo: text })
                .collect(),
        })
        .collect();
    let document = Document { problemi, errori: counts.errors, avvisi: counts.warnings, note: counts.notes };
    // Text and numbers alone: there is nothing that could fail.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}
