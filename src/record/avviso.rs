//! `avvisi/*.yaml`: the calls.

use serde::{Deserialize, Serialize};

use super::{Atto, Contatti, Deroga, Dichiarazioni, Fonte};
use crate::value::{DataOra, Euro, Id, Indirizzo};

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Avviso {
    pub titolo: String,
    pub tipo: TipoAvviso,
    /// Who publishes it.
    pub promotore: Option<String>,
    /// A call may run under a norm of its own inside a plan.
    pub norma: Option<Id>,
    pub atto: Option<Atto>,
    pub finestra: Option<Finestra>,
    pub dotazione: Option<Euro>,
    pub limiti: Option<Limiti>,
    pub descrizione: Option<String>,
    #[serde(default)]
    pub beneficiari: Vec<String>,
    #[serde(default)]
    pub destinatari: Vec<String>,
    #[serde(default)]
    pub aree: Vec<String>,
    pub come_partecipare: Option<String>,
    pub esito: Option<Esito>,
    #[serde(default)]
    pub dichiarazioni: Dichiarazioni,
    #[serde(default)]
    pub deroghe: Vec<Deroga>,
    #[serde(default)]
    pub contatti: Contatti,
    /// Where its page was before: there a reader is led on.
    #[serde(default)]
    pub indirizzi_precedenti: Vec<Indirizzo>,
    pub fonte: Option<Fonte>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TipoAvviso {
    Avviso,
    AvvisoDiCoprogettazione,
    ManifestazioneDiInteresse,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finestra {
    pub dal: DataOra,
    pub al: DataOra,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limiti {
    /// Of the cost of a project.
    pub percentuale_massima: Option<u32>,
    pub contributo_massimo: Option<Euro>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Esito {
    pub atto: Option<Atto>,
    pub presentati: Option<u32>,
    pub ammessi: Option<u32>,
    pub finanziati: Option<u32>,
    pub contributo: Option<Euro>,
    #[serde(default)]
    pub province: Vec<EsitoProvincia>,
    pub nota: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EsitoProvincia {
    pub provincia: String,
    pub progetti: u32,
    pub contributo: Euro,
}
