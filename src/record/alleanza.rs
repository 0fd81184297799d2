//! `alleanze/*.yaml`: the local alliances.

use serde::{Deserialize, Serialize};

use super::{Contatti, Fonte};
use crate::value::{Id, Indirizzo};

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alleanza {
    pub nome: String,
    /// The source gives the alliance no name: this one is the editors', and pages say so.
    #[serde(default)]
    pub nome_redazionale: bool,
    pub capofila: Id,
    /// New in this period, as the plan says; absent where no source tells.
    pub nuova: Option<bool>,
    /// The partners that a source names, capofila excluded.
    #[serde(default)]
    pub partner: Vec<Id>,
    /// Partners known only by number.
    #[serde(default)]
    pub altri_partner: Vec<AltriPartner>,
    /// Bodies that help without receiving money (DGR XII/5464 §4.2).
    #[serde(default, alias = "rete_di_sostegno")]
    pub rete_di_supporto: Vec<Id>,
    #[serde(default)]
    pub territorio: Territorio,
    pub tema: Option<String>,
    pub anno_costituzione: Option<u32>,
    pub descrizione: Option<String>,
    #[serde(default)]
    pub contatti: Contatti,
    /// Where its page was before: there a reader is led on.
    #[serde(default)]
    pub indirizzi_precedenti: Vec<Indirizzo>,
    pub fonte: Option<Fonte>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AltriPartner {
    pub numero: u32,
    pub categoria: Option<Id>,
    pub descrizione: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Territorio {
    #[serde(default)]
    pub ambiti: Vec<String>,
    #[serde(default)]
    pub comuni: Vec<String>,
    /// What the source says of places that it does not name.
    pub nota: Option<String>,
}
