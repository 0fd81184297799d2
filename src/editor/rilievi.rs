//! The findings of `check`, each at the field that it is about.

use serde::Serialize;

use super::campi::sotto;
use super::forme::a_voce;
use super::vista::Vista;
use crate::plan::Norme;
use crate::report::marked::Kind;
use crate::report::{Diagnostic, Marked, Report, Severity, Step, Target, Texts};
use crate::schema;
use crate::value::Nodo;

/// A finding, as it stands beside its field.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Rilievo {
    /// The file, as the user knows it.
    pub file: String,
    /// The way to what it is about, in its file.
    #[serde(skip)]
    pub passi: Vec<Step>,
    pub codice: String,
    pub e_errore: bool,
    pub gravita: &'static str,
    pub detto: String,
    /// The article that it breaks.
    pub norma: Option<String>,
    pub aiuto: Option<String>,
}

impl Rilievo {
    /// What keeps a form from being saved.
    pub fn non_salvato(detto: &str) -> Self {
        Rilievo { e_errore: true, gravita: "Non salvato", detto: detto.to_owned(), ..Rilievo::default() }
    }
}

/// The text of a page below its fields, as its form calls it.
pub const TESTO_DELLA_PAGINA: &str = "testo_della_pagina";

impl Vista {
    /// All the findings, each once and at its field: errors first, then by file and field.
    pub fn trovati(&self, (report, texts): &(Report, Texts)) -> Vec<Rilievo> {
        let uno = |diagnostic| rilievo(diagnostic, texts, self);
        let mut trovati: Vec<Rilievo> = report.diagnostics().iter().map(uno).collect();
        trovati.sort();
        trovati.sort_by_key(|rilievo| !rilievo.e_errore);
        trovati.dedup();
        trovati
    }
}

fn rilievo(diagnostic: &Diagnostic, texts: &Texts, vista: &Vista) -> Rilievo {
    let file = diagnostic.place.as_ref().map(|place| place.file.clone()).unwrap_or_default();
    let passi = match diagnostic.place.as_ref().map(|place| &place.target) {
        Some(Target::Value(passi) | Target::Key(passi) | Target::Words { value: passi, .. }) => passi.clone(),
        Some(Target::Span(bytes)) => texts.get(&file).map(|text| way(text, bytes.start)).unwrap_or_default(),
        Some(Target::File) | None => Vec::new(),
    };
    let genere = vista.di_nome(&file).and_then(|entry| entry.source.kind.genere());
    let passi = genere.and_then(|genere| mancante(genere, &passi, diagnostic, &vista.norme)).unwrap_or(passi);
    // How a file writes an answer is nothing for whoever has its field.
    let aiuto = diagnostic.help.as_deref().filter(|help| !help.starts_with("scrivi `dichiarazioni: {"));
    // Here the field is there, and only empty.
    let is_empty =
        aiuto.is_some_and(|help| help.starts_with("aggiungi `") && diagnostic.message.starts_with("manca il campo"));
    let aiuto = if is_empty { Some("scrivilo qui") } else { aiuto };
    let label = Some(&diagnostic.label).filter(|label| !label.is_empty());
    let detto = label.map_or_else(|| diagnostic.message.clone(), |label| format!("{}: {label}", diagnostic.message));
    Rilievo {
        file,
        passi,
        codice: diagnostic.code.to_string(),
        e_errore: diagnostic.severity == Severity::Error,
        gravita: match diagnostic.severity {
            Severity::Error => "Errore",
            Severity::Warning => "Avviso",
            Severity::Note => "Nota",
        },
        detto: a_voce(&detto),
        norma: diagnostic.norm.clone(),
        aiuto: aiuto.map(a_voce),
    }
}

/// The field that a finding is about where it is not there yet: the finding stands at the title of its record, or at the
/// group that lacks the field, and its words name it; else the rule tells which fields it binds.
fn mancante(genere: &str, passi: &[Step], trovato: &Diagnostic, norme: &Norme) -> Option<Vec<Step>> {
    let radice = schema::nodo(genere);
    let inizio = if let [primo @ Step::Index(_), ..] = passi { std::slice::from_ref(primo) } else { &[] };
    let sopra = passi.split_last().map_or(passi, |(_, sopra)| sopra);
    let campo = |via: &[Step]| {
        [passi, sopra, inizio].iter().map(|base| [*base, via].concat()).find(|via| e_un_campo(radice, via))
    };
    let chiavi = |nomi: &str| nomi.split('.').map(|nome| Step::from(nome.to_owned())).collect::<Vec<_>>();
    if trovato.message.starts_with("manca") {
        let dichiarate = trovato.message.contains("dichiarazion");
        let parole = |testo: &str| testo.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        let dette = [parole(&trovato.message), parole(trovato.help.as_deref().unwrap_or_default())].concat();
        let detto = dette.iter().find_map(|parola| match dichiarate {
            true => campo(&[Step::from("dichiarazioni"), Step::from(parola.clone())]),
            false => campo(&chiavi(parola.split(':').next().unwrap_or_default())),
        });
        if detto.is_some() {
            return detto;
        }
    }
    let e_al_titolo = passi.is_empty() || passi.last() == Some(&Step::from("titolo"));
    let mut regole = norme.values().flat_map(|norma| &norma.regole);
    let regola = regole.find(|regola| e_al_titolo && regola.codice == trovato.code)?;
    let vincolati = regola.tipi().into_iter().flat_map(|tipo| tipo.vincola());
    let mut suoi =
        vincolati.filter_map(|campo| Some(chiavi(campo.strip_prefix(genere)?.strip_prefix('.')?.split('.').next()?)));
    suoi.find_map(|via| campo(&via))
}

/// Whether the schema has a field there.
fn e_un_campo(radice: Nodo<'static>, via: &[Step]) -> bool {
    via.iter().enumerate().all(|(n, passo)| match (passo, sotto(radice, &via[..n])) {
        (Step::Index(_), _) => true,
        (Step::Key(chiave), Some(nodo)) => {
            nodo.0["properties"].get(&**chiave).is_some() || (nodo.elenco().is_some() && nodo.valori().is_some())
        }
        _ => false,
    })
}

/// The way to the smallest value around a place of a text, or to the one whose key is there.
fn way((text, yaml): &(String, std::ops::Range<usize>), at: usize) -> Vec<Step> {
    if at >= yaml.end && yaml.end < text.len() {
        return vec![Step::from(TESTO_DELLA_PAGINA)];
    }
    let tree = Marked::load(text, yaml.clone());
    let holds = |id: usize| tree.nodes[id].bytes.start <= at && at < tree.nodes[id].bytes.end;
    let smallest = (0..tree.nodes.len()).filter(|id| holds(*id)).min_by_key(|id| tree.nodes[*id].bytes.len());
    let Some(found) = smallest else { return Vec::new() };
    let valued = tree.nodes.iter().position(|node| node.key == Some(found));
    match (valued, &tree.nodes[found].kind) {
        (Some(value), Kind::Scalar { .. }) => tree.way(value),
        _ => tree.way(found),
    }
}
