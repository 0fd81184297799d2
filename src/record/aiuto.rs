//! The aid that a project gives to firms.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Data, Euro, Id};

/// Un aiuto «de minimis» che il progetto dà a un ente.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Aiuto {
    /// Chi riceve l'aiuto: il suo identificativo, dalla cartella `partner`.
    #[schemars(extend("x-elenco" = "enti"))]
    pub ente: Id,
    /// Quanto vale l'aiuto, come è scritto nel registro nazionale degli aiuti.
    /// Esempio: 20000.00
    pub importo: Euro,
    /// # Codice COR
    /// Il codice che il registro nazionale degli aiuti (RNA) ha dato alla registrazione.
    /// Esempio: COR-100001
    pub cor: Option<String>,
    /// Il giorno in cui l'aiuto è entrato nel registro: viene prima della concessione.
    /// Esempio: 2026-02-12
    pub registrato_il: Option<Data>,
    /// Il giorno in cui l'atto di concessione è stato trasmesso al registro, entro venti giorni dalla registrazione.
    /// Esempio: 2026-03-04
    pub trasmesso_il: Option<Data>,
    /// La visura del registro sugli aiuti che l'ente aveva già.
    pub visura: Option<Visura>,
}

/// Che cosa dice il registro degli aiuti già ricevuti dall'ente e dalle imprese che contano come una sola con lui.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Visura {
    /// Il giorno in cui la visura è stata chiesta: viene prima della concessione.
    /// Esempio: 2026-02-10
    pub data: Data,
    /// # Già concessi
    /// Il totale degli aiuti «de minimis» che la visura riporta per gli ultimi tre anni. Scrivi `0.00` se non ce ne
    /// sono.
    /// Esempio: 280000.00
    pub gia_concessi: Euro,
}
