//! What several kinds of record share.

use serde::{Deserialize, Serialize};

use crate::value::Data;

/// Where a record's facts come from; shown on its page.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fonte {
    pub documento: String,
    /// Table, paragraph or sheet of the document.
    pub parte: Option<String>,
    pub pagina: Option<u32>,
    pub indirizzo: Option<String>,
}

/// An act. Its key is type, number and year: numbers repeat across years (2398/2019 and 2398/2024).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Atto {
    pub tipo: String,
    pub numero: String,
    pub data: Data,
    pub organo: Option<String>,
    pub oggetto: Option<String>,
    pub indirizzo: Option<String>,
}

/// Contacts that a body has declared as public.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contatti {
    /// The office to ask for, never a person.
    pub ufficio: Option<String>,
    pub indirizzo: Option<String>,
    pub email: Option<String>,
    pub pec: Option<String>,
    pub telefono: Option<String>,
    pub sito: Option<String>,
    pub orari: Option<String>,
}

/// From a day to a day, both included.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Periodo {
    pub dal: Data,
    pub al: Data,
}
