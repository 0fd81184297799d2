//! A norm as data: the act and the words that it defines.

use serde::{Deserialize, Serialize};

use super::{Atto, Fonte, Periodo, Regola};
use crate::value::{Euro, Id};

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Norma {
    pub titolo: String,
    pub atto: Option<Atto>,
    /// How the act is called where its whole identity is not known: `DGR 5755/2021`.
    pub citazione: Option<String>,
    /// The norm under this one: its lists and rules hold here too.
    pub estende: Option<Id>,
    /// The norms whose place this one takes.
    #[serde(default)]
    pub sostituisce: Vec<Id>,
    /// It binds every plan, whatever its norm.
    #[serde(default)]
    pub vale_sempre: bool,
    /// The records are older than the rules that concilia knows: what the source does not say is not an error.
    #[serde(default)]
    pub fonte_storica: bool,
    /// Every partner of a project is a beneficiary: the records tell what each receives.
    #[serde(default)]
    pub partner_beneficiari: bool,
    pub periodo: Option<Periodo>,
    pub attribuzione: Option<Attribuzione>,
    #[serde(default)]
    pub categorie_enti: Vec<CategoriaEnte>,
    /// What bodies may count as, beside their kind: the words of `qualifiche`, with their names.
    #[serde(default)]
    pub qualifiche: Vec<Voce>,
    /// The groups into which actions fall.
    #[serde(default)]
    pub macrocategorie: Vec<Voce>,
    #[serde(default)]
    pub categorie_servizi: Vec<Voce>,
    /// The body that plans, evaluates or accompanies.
    pub organismo: Option<Organismo>,
    pub destinatari: Option<Destinatari>,
    /// The sizes of firms, from the smallest.
    #[serde(default)]
    pub dimensioni: Vec<Dimensione>,
    #[serde(default)]
    pub regole: Vec<Regola>,
    pub nota: Option<String>,
    pub fonte: Option<Fonte>,
}

impl Norma {
    /// The act, as messages and pages cite it: `DGR XII/5464 del 9/12/2025`.
    pub fn cita(&self) -> String {
        match (&self.atto, &self.citazione) {
            (Some(atto), _) => atto.cita(),
            (None, Some(citazione)) => citazione.clone(),
            (None, None) => self.titolo.clone(),
        }
    }
}

/// How big a firm of this size may be. A threshold is either included or not, as the act has it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dimensione {
    pub id: Id,
    pub nome: String,
    pub addetti_meno_di: Option<u32>,
    pub addetti_fino_a: Option<u32>,
    /// Turnover, or else balance sheet total.
    pub fatturato_o_bilancio: Option<Euro>,
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
    /// What bodies of this kind count as, beside their nature.
    #[serde(default)]
    pub qualifiche: Vec<Id>,
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
    /// What the act names as examples.
    #[serde(default)]
    pub esempi: Vec<String>,
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
    /// Who may hold it: one of these qualifications. Without any, anybody.
    #[serde(default)]
    pub qualifiche: Vec<Id>,
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
