//! Kind `limite`: how much a project may receive, and all of them together.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Spiegazione, TipoDiRegola, Vincolati, Wrong, vincolati};
use crate::path;
use crate::value::Euro;

/// Quanto può ricevere un progetto, e quanto tutti insieme.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limite {
    /// La parte del costo che il contributo può pagare al massimo, senza il segno `%`.
    /// Esempio: 70
    pub percentuale: Option<u32>,
    /// `true` se la percentuale è del costo ammissibile e non di quello complessivo.
    /// Esempio: true
    #[serde(default)]
    pub del_costo_ammissibile: bool,
    /// # Importo massimo
    /// Quanto può ricevere al massimo un progetto.
    /// Esempio: 50000.00
    pub massimo: Option<Euro>,
    /// `true` se i contributi, insieme, devono stare nella dotazione e nei residui autorizzati.
    /// Esempio: true
    #[serde(default)]
    pub dotazione: bool,
    /// Quanto possono fare al massimo i contributi di tutti i progetti.
    #[serde(default)]
    pub totali: Vec<TotaleMassimo>,
}

impl TipoDiRegola for Limite {
    const SPIEGAZIONE: Spiegazione = Spiegazione {
        che_cosa: "quanto può ricevere un progetto, e quanto tutti insieme",
        perche: "un contributo oltre il limite va restituito",
        esempio: "limite: { percentuale: 70, massimo: 50000.00 }",
        articolo: "avviso della DGR 5755/2021, Dotazione finanziaria",
    };

    fn vincola(&self) -> Vincolati {
        let di_uno = self.percentuale.is_some() || self.massimo.is_some();
        vincolati([
            (di_uno, &["progetto.finanziamento.contributo_richiesto"]),
            (di_uno || self.dotazione || !self.totali.is_empty(), &["progetto.finanziamento.contributo_riconosciuto"]),
            (self.percentuale.is_some() && self.del_costo_ammissibile, &["progetto.finanziamento.costo_ammissibile"]),
            (self.dotazione, &["avviso.dotazione", "risorse.dotazione"]),
        ])
    }

    fn lint(&self, wrong: &mut Wrong) {
        if self.percentuale.is_some_and(|percentuale| percentuale > 100) {
            wrong(path!["percentuale"], "la percentuale supera il 100 %", "correggi la percentuale");
        }
    }
}

/// La somma massima di tutti i contributi.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TotaleMassimo {
    /// La somma che i contributi, insieme, non superano.
    /// Esempio: 457930.00
    pub importo: Euro,
    /// # ATS
    /// L'ATS per cui vale, con il nome che ha in `sito.yaml`. Senza, vale per tutte.
    /// Esempio: ATS Val Padana
    pub ats: Option<String>,
}
