//! Pages in Markdown, with a few fields in front.

use serde::{Deserialize, Serialize};

use super::Fonte;
use crate::value::Indirizzo;

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pagina {
    pub titolo: String,
    /// The place among the pages of its folder.
    #[serde(default)]
    pub ordine: u32,
    pub sommario: Option<String>,
    /// Where its page was before: there a reader is led on.
    #[serde(default)]
    pub indirizzi_precedenti: Vec<Indirizzo>,
    pub fonte: Option<Fonte>,
    #[serde(skip)]
    pub testo: String,
    /// Where `testo` begins in the file.
    #[serde(skip)]
    pub inizio: usize,
}
