//! The bodies, shared by all periods.

use serde::{Deserialize, Serialize};

use super::{Contatti, Fonte};
use crate::value::{Euro, Id, Indirizzo};

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ente {
    /// Required in a list; in a file of its own it is the file's name.
    pub id: Option<Id>,
    pub nome: String,
    pub sigla: Option<String>,
    /// The names by which the acts call the same body.
    #[serde(default)]
    pub alias: Vec<String>,
    pub categoria: Id,
    pub comune: Option<String>,
    pub provincia: Option<String>,
    /// Eleven digits; of a sole trader the sixteen characters that art. 27 of D.Lgs. 33/2013 wants published too.
    pub codice_fiscale: Option<String>,
    pub partita_iva: Option<String>,
    #[serde(default)]
    pub ditta_individuale: bool,
    pub anno_costituzione: Option<u32>,
    pub addetti: Option<u32>,
    /// What it counts as, beside what its category says: a foundation that is an ETS.
    #[serde(default)]
    pub qualifiche: Vec<Id>,
    /// The ambito for which it signed the accordo di programma of the Piano di Zona.
    pub accordo_di_programma: Option<String>,
    /// The group of linked firms that counts as one (Reg. UE 2023/2831, art. 2), by a name that all of them have.
    pub impresa_unica: Option<String>,
    /// The size that the firm states.
    pub dimensione: Option<Id>,
    pub fatturato: Option<Euro>,
    pub bilancio: Option<Euro>,
    /// Its entry in the register of the Camera di commercio (REA).
    pub registro_imprese: Option<String>,
    #[serde(default)]
    pub sedi_operative: Vec<Sede>,
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
pub struct Sede {
    pub comune: String,
    pub provincia: String,
}
