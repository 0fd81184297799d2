//! `risorse.yaml`: the money of a plan, where it comes from and where it goes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Atto, Fonte};
use crate::value::{Casella, Data, Euro, Id};

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Risorse {
    #[serde(default)]
    pub dotazione: Vec<Stanziamento>,
    #[serde(default)]
    pub residui: Vec<Residuo>,
    /// The earlier programmes left nothing over.
    #[serde(default)]
    pub nessun_residuo: bool,
    /// What the Region has paid to the agency.
    #[serde(default)]
    pub trasferimenti: Vec<Trasferimento>,
    pub azione_di_sistema: Option<AzioneDiSistema>,
    /// Totals as the source prints them, checked against the records.
    #[serde(default)]
    pub totali_dichiarati: Vec<TotaleDichiarato>,
    pub riparto: Option<Riparto>,
    pub nota: Option<String>,
    pub fonte: Option<Fonte>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stanziamento {
    pub id: Id,
    pub descrizione: String,
    /// The act that provides the money.
    pub origine: Option<String>,
    pub anno: Option<u32>,
    pub importo: Euro,
    pub destinazione: Destinazione,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destinazione {
    Progetti,
    AzioneDiSistema,
    /// The acts do not say yet how it is divided.
    Piano,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trasferimento {
    pub anno: u32,
    pub data: Data,
    pub importo: Euro,
}

/// What an earlier programme left over.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Residuo {
    pub id: Id,
    pub descrizione: String,
    pub importo: Euro,
    /// The project that receives it.
    pub assegnato_a: Option<Id>,
    /// Who decided that it is used, as a source puts it.
    pub autorizzazione: Option<String>,
    /// The act that allows its use, with who issued it.
    pub atto: Option<Atto>,
    /// The call that was concluded and left it.
    pub avviso: Option<String>,
    pub deciso_il: Option<Data>,
    pub fonte: Option<Fonte>,
}

impl Residuo {
    /// Who allowed its use and with which act: `Regione Lombardia, Decreto 12 del 12/01/2026`.
    pub fn autorizzato_da(&self) -> Option<String> {
        let atto = self.atto.as_ref().map(Atto::cita);
        let chi = self.atto.as_ref().and_then(|atto| atto.organo.as_deref()).or(self.autorizzazione.as_deref());
        let parti: Vec<String> = chi.map(|chi| chi.trim().to_owned()).into_iter().chain(atto).collect();
        Some(parti.join(", ")).filter(|detto| !detto.is_empty())
    }

    /// Whether its use is allowed, by an act of `organo` where a norm wants one.
    pub fn autorizzato(&self, organo: Option<&str>) -> bool {
        match organo {
            None => self.autorizzato_da().is_some(),
            Some(organo) => {
                let issuer = self.atto.as_ref().and_then(|atto| atto.organo.as_deref());
                issuer.is_some_and(|issuer| issuer.to_lowercase().contains(&organo.to_lowercase()))
            }
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AzioneDiSistema {
    pub titolo: String,
    pub capofila: Id,
    /// The `dotazione` entry that pays for it.
    pub dotazione: Option<Id>,
    /// The `residui` entry that pays for it.
    pub residuo: Option<Id>,
    pub quota: Option<Quota>,
    pub termine: Option<Data>,
    pub descrizione: Option<String>,
    #[serde(default)]
    pub interventi: Vec<String>,
    pub fonte: Option<Fonte>,
}

/// The part of the whole that goes to the system action: whole percentages.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    pub percentuale: u32,
    pub minima: Option<u32>,
    pub massima: Option<u32>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TotaleDichiarato {
    pub voce: VoceFinanziaria,
    pub importo: Euro,
    /// The `residui` entries that the printed total leaves out.
    #[serde(default)]
    pub esclude: Vec<Id>,
    pub fonte: Option<Fonte>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoceFinanziaria {
    CostoComplessivo,
    Cofinanziamento,
    ContributoRichiesto,
    ContributoRiconosciuto,
}

/// How the Region divides the money among the agencies.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Riparto {
    pub titolo: String,
    pub atto: Option<Atto>,
    /// The amounts are multiples of this.
    pub unita: Euro,
    pub righe: Vec<RigaRiparto>,
    /// Totals as printed.
    pub totale_abitanti: Option<u32>,
    #[serde(default, deserialize_with = "crate::yaml::unique_map")]
    pub totale_annuo: BTreeMap<u32, Euro>,
    pub nota: Option<String>,
    pub fonte: Option<Fonte>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RigaRiparto {
    pub ats: String,
    /// This row is the agency that publishes the plan.
    #[serde(default)]
    pub questa: bool,
    pub abitanti: u32,
    /// Where it stands on the schematic map.
    pub casella: Option<Casella>,
    #[serde(deserialize_with = "crate::yaml::unique_map")]
    pub importi: BTreeMap<u32, Euro>,
}
