//! A delivery as it is written and read: [`archivio`] is the one writing of the ZIP, [`manifesto`] lists the files with
//! their SHA-256. What is kept of the packages of before is read by this, and so are those that somebody hands over.

pub mod archivio;
mod consegna;
mod manifesto;
mod prodotto;

pub use consegna::Consegna;
pub use manifesto::{FORMATO, FileDiPacchetto, LETTI, MANIFESTO, Manifesto, Prodotto, Programma, Richiesta, Testa};
pub use prodotto::TipoProdotto;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The data of the plan: their SHA-256 is the control code.
pub const DATI_DEL_PIANO: &str = "dati/piano.json";
/// What the rules say of each record.
pub const RAPPORTO: &str = "conformita/rapporto.json";

/// What stands behind a control code, told beside it.
pub const CODICE_COPRE: &str = "Il codice di controllo è dei dati del Piano: le schede, gli enti che nominano, le norme in \
                                vigore, i dati dell'ATS, immagini e allegati. Non cambia con stato, passaggi e data di \
                                aggiornamento, né con il tema: di tutto il pacchetto risponde la sua impronta SHA-256.";

/// The data of a plan, and what the rules say of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Contenuto {
    pub dati: Value,
    pub regole: Vec<RegolaDiScheda>,
}

/// The outcome of a rule for a record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegolaDiScheda {
    pub norma: String,
    pub codice: String,
    pub titolo: String,
    /// piano, avviso or progetto.
    pub tipo: String,
    pub scheda: String,
    pub esito: String,
    /// The act of the waiver, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deroga: Option<String>,
}

/// Data in their one writing: these bytes are packed, and the SHA-256 of those of the plan is the control code.
pub fn scritti(dati: &impl Serialize) -> Vec<u8> {
    // Text and numbers alone: there is nothing that could fail.
    let mut bytes = serde_json::to_vec_pretty(dati).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// A control code as people read it aloud and compare it: its first 32 digits, in groups of four.
pub fn in_gruppi(codice: &str) -> String {
    let cifre: Vec<char> = codice.to_ascii_uppercase().chars().take(32).collect();
    cifre.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}
