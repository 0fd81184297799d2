//! A norm as data: the act and the words that it defines.

use serde::{Deserialize, Serialize};

use super::{Atto, Periodo};
use crate::value::Id;

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Norma {
    pub titolo: String,
    pub atto: Option<Atto>,
    pub periodo: Option<Periodo>,
    pub attribuzione: Option<Attribuzione>,
    #[serde(default)]
    pub categorie_enti: Vec<CategoriaEnte>,
    /// The groups into which actions fall.
    #[serde(default)]
    pub macrocategorie: Vec<Voce>,
    #[serde(default)]
    pub categorie_servizi: Vec<Voce>,
    /// The body that plans, evaluates or accompanies.
    pub organismo: Option<Organismo>,
    pub destinatari: Option<Destinatari>,
}

/// The words that every product must carry.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribuzione {
    pub frase: String,
    pub paragrafo: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoriaEnte {
    pub id: Id,
    pub nome: String,
    /// How several bodies of this kind are called.
    pub plurale: String,
    pub natura: Natura,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Natura {
    Pubblico,
    PrivatoNonProfit,
    Impresa,
    Rappresentanza,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voce {
    pub id: Id,
    pub nome: String,
    pub gruppo: Option<String>,
    pub descrizione: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organismo {
    pub nome: String,
    #[serde(default)]
    pub seggi: Vec<Seggio>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seggio {
    pub id: Id,
    pub nome: String,
    #[serde(default)]
    pub obbligatorio: bool,
}

/// Who may use the services, in plain words.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Destinatari {
    pub paragrafo: String,
    pub introduzione: String,
    #[serde(default)]
    pub condizioni: Vec<String>,
    #[serde(default)]
    pub lavoratori: Vec<String>,
    pub disoccupati: Option<String>,
}
