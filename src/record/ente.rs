//! The bodies, shared by all periods.

use serde::{Deserialize, Serialize};

use super::{Contatti, Fonte};
use crate::value::Id;

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
    pub codice_fiscale: Option<String>,
    pub anno_costituzione: Option<u32>,
    pub addetti: Option<u32>,
    pub descrizione: Option<String>,
    #[serde(default)]
    pub contatti: Contatti,
    pub fonte: Option<Fonte>,
}
