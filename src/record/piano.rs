//! `piano.yaml`: a plan, its network and how it was decided.

use serde::{Deserialize, Serialize};

use super::{Atto, Deroga, Dichiarazioni, Fonte, Periodo};
use crate::value::{Data, Id, Indirizzo};

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Piano {
    pub titolo: String,
    pub periodo: Periodo,
    pub norma: Id,
    pub stato: StatoPiano,
    #[serde(default)]
    pub passaggi: Passaggi,
    pub sintesi: Option<String>,
    #[serde(default)]
    pub atti: Vec<Atto>,
    pub rete: Option<Rete>,
    pub organismo: Option<Organismo>,
    #[serde(default)]
    pub punti_di_forza: Vec<String>,
    #[serde(default)]
    pub priorita: Vec<String>,
    #[serde(default)]
    pub criteri: Vec<Criterio>,
    pub composizione: Option<Composizione>,
    #[serde(default)]
    pub calendario: Vec<Scadenza>,
    pub mappatura: Option<Mappatura>,
    /// What the network wrote to direct the projects, and where it is.
    pub documento_di_indirizzo: Option<String>,
    pub verifica_pubblicita: Option<VerificaPubblicita>,
    #[serde(default)]
    pub dichiarazioni: Dichiarazioni,
    #[serde(default)]
    pub deroghe: Vec<Deroga>,
    /// Where its page was before: there a reader is led on.
    #[serde(default)]
    pub indirizzi_precedenti: Vec<Indirizzo>,
    pub fonte: Option<Fonte>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatoPiano {
    InPreparazione,
    Bozza,
    Adottato,
    Inviato,
    /// The word of the acts before 2025.
    Validato,
    PresoAtto,
}

/// How far the plan has come, each step with what proves it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passaggi {
    pub adozione: Option<Passaggio>,
    pub invio: Option<Passaggio>,
    pub presa_d_atto: Option<Passaggio>,
}

/// A step: the day, the act that decides it, the number under which it was registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passaggio {
    pub data: Data,
    pub atto: Option<Atto>,
    pub protocollo: Option<String>,
    pub nota: Option<String>,
}

impl Passaggi {
    /// Key and step, in the order in which they are taken.
    pub fn fatti(&self) -> impl Iterator<Item = (&'static str, &Passaggio)> {
        [("adozione", &self.adozione), ("invio", &self.invio), ("presa_d_atto", &self.presa_d_atto)]
            .into_iter()
            .filter_map(|(chiave, passaggio)| Some((chiave, passaggio.as_ref()?)))
    }

    pub fn is_empty(&self) -> bool {
        self.fatti().next().is_none()
    }
}

/// What the territory needs and what it already has.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mappatura {
    pub bisogni: Option<String>,
    pub servizi: Option<String>,
}

/// The office that looked at the publicity of the contribution, and when.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerificaPubblicita {
    pub ufficio: String,
    pub data: Data,
    pub esito: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rete {
    pub nome: Option<String>,
    pub capofila: Option<Id>,
    pub descrizione: Option<String>,
    #[serde(default)]
    pub membri: Vec<Id>,
    /// How often a year the network meets at least.
    pub incontri_annui_minimi: Option<u32>,
    #[serde(default)]
    pub incontri: Vec<Incontro>,
    pub monitoraggio: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incontro {
    pub data: Data,
    pub titolo: String,
    pub descrizione: Option<String>,
}

/// The Comitato of the earlier periods, the Comunità di Pratica of today.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organismo {
    pub nome: String,
    pub descrizione: Option<String>,
    #[serde(default)]
    pub membri: Vec<Seggio>,
    pub esito: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seggio {
    pub seggio: Id,
    pub ente: Id,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterio {
    pub nome: String,
    #[serde(default)]
    pub voci: Vec<String>,
}

/// The partners by kind, where the source prints only percentages.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Composizione {
    pub titolo: String,
    pub enti: u32,
    /// How the narrative of the same source puts that number.
    pub partner_nel_testo: Option<String>,
    pub voci: Vec<VoceComposizione>,
    pub fonte: Option<Fonte>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoceComposizione {
    pub nome: String,
    pub percentuale: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scadenza {
    pub data: Data,
    pub titolo: String,
    pub descrizione: Option<String>,
    pub fonte: Option<Fonte>,
}
