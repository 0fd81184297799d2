//! The figures by which a project is measured.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::Data;

/// Un numero con cui si misura il progetto.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicatore {
    /// Che cosa si conta.
    /// Esempio: Imprese coinvolte
    pub nome: String,
    /// Il numero che il progetto vuole raggiungere, dalla scheda.
    /// Esempio: 5
    pub previsto: u32,
    /// Come la fonte dice il numero previsto, quando non è esatto: si legge davanti al numero.
    /// Esempio: almeno
    pub precisione: Option<String>,
    /// Il numero raggiunto: scrivilo solo quando un documento lo dice. Dove ci sono `rilevazioni` non si scrive: è
    /// l'ultima.
    /// Esempio: 4
    pub raggiunto: Option<u32>,
    /// Che cosa si conta, se sono persone, famiglie o imprese.
    /// Esempio: famiglie
    pub tipo: Option<TipoIndicatore>,
    /// I numeri contati durante il progetto, ognuno con il suo giorno.
    #[serde(default)]
    pub rilevazioni: Vec<Rilevazione>,
}

/// Che cosa conta un indicatore.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TipoIndicatore {
    /// Persone.
    Persone,
    /// Famiglie.
    Famiglie,
    /// Imprese.
    Imprese,
    /// Qualsiasi altra cosa.
    Altro,
}

/// Un numero contato un giorno.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rilevazione {
    /// Il giorno a cui arriva il conto.
    /// Esempio: 2026-12-31
    pub al: Data,
    /// Quanti, dall'inizio del progetto.
    /// Esempio: 22
    pub valore: u32,
}
