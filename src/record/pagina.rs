//! Pages in Markdown, with a few fields in front.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Fonti;
use crate::value::{Indirizzo, Testo};

/// I campi in testa a una pagina di testo (`.md`), fra due righe di trattini: sotto comincia il testo.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pagina {
    /// Il titolo della pagina.
    /// Esempio: Che cosa si finanzia
    pub titolo: String,
    /// Il posto della pagina fra quelle della sua cartella: si va dal numero più piccolo al più grande.
    /// Esempio: 3
    #[serde(default)]
    pub ordine: u32,
    /// Di che cosa parla la pagina, in una frase: si legge sotto il titolo.
    /// Esempio: Le azioni che la Regione paga, e quelle che non paga.
    pub sommario: Option<String>,
    #[serde(default)]
    pub indirizzi_precedenti: Vec<Indirizzo>,
    #[serde(default)]
    pub fonte: Fonti,
    #[serde(skip)]
    pub testo: Testo,
    /// Where `testo` begins in the file.
    #[serde(skip)]
    pub inizio: usize,
}
