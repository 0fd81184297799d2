//! The findings of `check`, each at the field that it is about.

use serde::Serialize;

use super::forme::a_voce;
use crate::report::marked::Kind;
use crate::report::{Diagnostic, Marked, Report, Severity, Step, Target, Texts};

/// A finding, as it stands beside its field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Rilievo {
    #[serde(skip)]
    lieve: bool,
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

/// All of them, each once: errors first, then by file and field.
pub fn tutti((report, texts): &(Report, Texts)) -> Vec<Rilievo> {
    let mut trovati: Vec<Rilievo> = report.diagnostics().iter().map(|diagnostic| rilievo(diagnostic, texts)).collect();
    trovati.sort();
    trovati.dedup();
    trovati
}

fn rilievo(diagnostic: &Diagnostic, texts: &Texts) -> Rilievo {
    let file = diagnostic.place.as_ref().map(|place| place.file.clone()).unwrap_or_default();
    let passi = match diagnostic.place.as_ref().map(|place| &place.target) {
        Some(Target::Value(passi) | Target::Key(passi) | Target::Words { value: passi, .. }) => passi.clone(),
        Some(Target::Span(bytes)) => texts.get(&file).map(|text| way(text, bytes.start)).unwrap_or_default(),
        Some(Target::File) | None => Vec::new(),
    };
    let label = Some(&diagnostic.label).filter(|label| !label.is_empty());
    let detto = label.map_or_else(|| diagnostic.message.clone(), |label| format!("{}: {label}", diagnostic.message));
    Rilievo {
        lieve: diagnostic.severity != Severity::Error,
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
        aiuto: diagnostic.help.as_deref().map(a_voce),
    }
}

/// The way to the smallest value around a place of a text, or to the one whose key is there.
fn way((text, yaml): &(String, std::ops::Range<usize>), at: usize) -> Vec<Step> {
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
