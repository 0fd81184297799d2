//! Kind `graduatoria`: the ranking decides who receives what.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Spiegazione, TipoDiRegola, Vincolati, vincolati};

/// Come la graduatoria decide chi riceve.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VincoloGraduatoria {
    /// `true` se i posti devono seguire i punteggi, dal più alto.
    /// Esempio: true
    #[serde(default)]
    pub punteggio_decrescente: bool,
    /// `true` se il denaro scende lungo l'elenco e l'ultimo prende ciò che resta.
    /// Esempio: true
    #[serde(default)]
    pub scorrimento: bool,
}

impl TipoDiRegola for VincoloGraduatoria {
    const SPIEGAZIONE: Spiegazione = Spiegazione {
        che_cosa: "se i posti seguono i punteggi e se i contributi seguono la graduatoria",
        perche: "la graduatoria decide chi riceve, e chiunque deve poterla rifare",
        esempio: "graduatoria: { punteggio_decrescente: true, scorrimento: true }",
        articolo: "Piano di ATS Bergamo 2017-18, Tab. 2 e 3",
    };

    fn vincola(&self) -> Vincolati {
        vincolati([
            (self.punteggio_decrescente, &["progetto.graduatoria.punteggio", "progetto.graduatoria.posizione"]),
            (self.scorrimento, &["progetto.finanziamento.contributo_riconosciuto"]),
        ])
    }
}
