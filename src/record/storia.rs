//! `storia/*.yaml`: what the acts say of the earlier programmes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Atto, Fonti};
use crate::value::{Euro, Testo};

/// Che cosa dicono gli atti di un programma del passato: un file nella cartella `storia`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Programma {
    /// Il titolo del programma.
    /// Esempio: Piani territoriali 2020-2023
    pub titolo: String,
    /// # Inizio
    /// L'anno in cui è cominciato.
    /// Esempio: 2020
    pub dal: u32,
    /// # Fine
    /// L'anno in cui è finito.
    /// Esempio: 2023
    pub al: u32,
    /// L'atto che lo ha istituito.
    pub atto: Option<Atto>,
    /// Che cos'era e che cosa ne è rimasto, in poche frasi.
    /// Esempio: La Regione ha confermato le reti guidate dalle ATS.
    pub descrizione: Option<Testo>,
    /// I numeri del programma, come li danno gli atti.
    #[serde(default)]
    pub cifre: Vec<Cifra>,
    #[serde(default)]
    pub fonte: Fonti,
}

/// Un numero come lo dà un atto: un conteggio, un importo o una percentuale.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cifra {
    /// Che cosa dice il numero.
    /// Esempio: Progetti
    pub nome: String,
    /// Un conteggio: quante cose, o quante persone.
    /// Esempio: 40
    pub numero: Option<u32>,
    /// Un importo in euro.
    /// Esempio: 2800000.00
    pub importo: Option<Euro>,
    /// Una percentuale intera, senza il segno `%`.
    /// Esempio: 20
    pub percentuale: Option<u32>,
    /// Come la fonte dice il numero, quando non è esatto: si legge davanti al numero.
    /// Esempio: oltre
    pub precisione: Option<String>,
}
