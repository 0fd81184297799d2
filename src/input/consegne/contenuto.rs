//! What a delivery holds of a plan: its data, and what the rules said of them.

use serde::{Deserialize, Serialize};
use serde_json::Value;

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
