//! A record like the real ones: required, optional and defaulted fields, lists, maps, exact values.

use crate::record::unique_map;
use crate::value::{Casella, Data, Euro, Id, Punteggio};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scheda {
    pub titolo: String,
    pub scheda: u32,
    pub alleanza: Option<String>,
    pub stato: Option<Stato>,
    #[serde(default)]
    pub durata: Option<Durata>,
    pub finanziamento: Finanziamento,
    #[serde(default)]
    pub azioni: Vec<Azione>,
    #[serde(default)]
    pub obiettivi: Vec<String>,
    #[serde(default)]
    pub pubblicata: bool,
    pub sigla: Option<Casella>,
    pub saldo: Option<Punteggio>,
    #[serde(default, deserialize_with = "unique_map")]
    pub note: BTreeMap<String, u32>,
}

#[derive(Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finanziamento {
    pub costo_complessivo: Euro,
    pub contributo_richiesto: Euro,
    pub contributo_riconosciuto: Option<Euro>,
}

#[derive(Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Azione {
    pub titolo: String,
    pub macrocategoria: Id,
}

#[derive(Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Durata {
    pub dal: Data,
    pub al: Data,
}

#[derive(Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stato {
    Presentato,
    InCorso,
    Concluso,
}
