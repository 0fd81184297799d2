//! What several kinds of record share.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::value::{Data, Id};

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Atto {
    pub tipo: String,
    pub numero: String,
    pub data: Data,
    pub organo: Option<String>,
    pub oggetto: Option<String>,
    pub indirizzo: Option<String>,
}

impl Atto {
    /// `DGR XII/5464 del 9/12/2025`
    pub fn cita(&self) -> String {
        format!("{} {} del {}", self.tipo, self.numero, self.data.breve())
    }
}

/// Contacts that a body has declared as public.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// A rule that does not hold for a record, by an act: published, never silent.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deroga {
    pub regola: String,
    pub motivo: String,
    pub atto: Atto,
}

/// What the author declares because records cannot tell it: the questions are those of the norm.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Dichiarazioni(#[serde(deserialize_with = "crate::yaml::unique_map")] pub BTreeMap<Id, Dichiarazione>);

/// An answer: yes, no, or a text such as an act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Dichiarazione {
    Detto(bool),
    Testo(String),
}

impl<'de> Deserialize<'de> for Dichiarazione {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Answer;
        impl Visitor<'_> for Answer {
            type Value = Dichiarazione;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("`true`, `false` o un testo")
            }

            fn visit_bool<E: de::Error>(self, detto: bool) -> Result<Self::Value, E> {
                Ok(Dichiarazione::Detto(detto))
            }

            fn visit_str<E: de::Error>(self, testo: &str) -> Result<Self::Value, E> {
                match testo.trim().to_lowercase().as_str() {
                    // What Italian hands write for `true` and `false`.
                    "sì" | "si" => Ok(Dichiarazione::Detto(true)),
                    "no" => Ok(Dichiarazione::Detto(false)),
                    "" => Err(E::custom("la dichiarazione è vuota: scrivi `true`, `false` o un testo")),
                    _ => Ok(Dichiarazione::Testo(testo.to_owned())),
                }
            }
        }
        deserializer.deserialize_any(Answer)
    }
}
