//! `sito.yaml`: the agency, its logo, and how the site is published.

use serde::{Deserialize, Serialize};

use super::Contatti;
use crate::value::{Casella, Data, Id};

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sito {
    pub titolo: String,
    pub descrizione: Option<String>,
    pub ats: Agenzia,
    pub ente_superiore: Option<EnteSuperiore>,
    pub logo: Logo,
    /// The date that the site shows: the build knows no clock.
    pub aggiornato_al: Data,
    /// A sentence shown on every page, such as that of a demonstration.
    pub avvertenza: Option<String>,
    /// The public address; without it there is no canonical address, sitemap or feed.
    pub indirizzo: Option<String>,
    pub tema: Option<Id>,
    /// The plan that the home page shows; without it the most recent one.
    pub piano_corrente: Option<Id>,
    pub licenza_dati: Option<String>,
    pub dichiarazione_accessibilita: Option<String>,
    pub amministrazione_trasparente: Option<String>,
    /// Where visitors report a mistake: an e-mail address or a web page.
    pub segnalazioni: Option<String>,
    /// The districts of the territory, for the schematic map and for who names them.
    #[serde(default)]
    pub ambiti: Vec<Ambito>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ambito {
    pub nome: String,
    pub casella: Casella,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agenzia {
    pub nome: String,
    pub nome_esteso: String,
    /// How the agency is called in regional tables, where it differs from its name.
    pub codice_fiscale: Option<String>,
    #[serde(default)]
    pub contatti: Contatti,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnteSuperiore {
    pub nome: String,
    pub indirizzo: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Logo {
    /// Path of the file under `content/`.
    pub file: String,
    /// The text alternative.
    pub alternativa: String,
    /// A drawing that stands in for the real logo.
    #[serde(default)]
    pub provvisorio: bool,
}
