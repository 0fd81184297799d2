//! Kind `azione_di_sistema`: who leads the system action, what it is worth, who pays it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Spiegazione, TipoDiRegola, Vincolati, Wrong, vincolati};
use crate::path;
use crate::value::Id;

/// Come dev'essere l'azione di sistema.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VincoloAzioneDiSistema {
    /// `true` se ci deve essere.
    /// Esempio: true
    #[serde(default)]
    pub obbligatoria: bool,
    /// Le qualifiche di chi la può guidare.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "qualifiche"))]
    pub capofila: Vec<Id>,
    /// La parte minima delle risorse, residui esclusi, in percentuale e senza il segno `%`.
    /// Esempio: 20
    pub quota_minima: Option<u32>,
    /// La parte massima delle risorse, residui esclusi.
    /// Esempio: 30
    pub quota_massima: Option<u32>,
    /// `true` se la devono pagare i residui autorizzati; altrimenti è un dubbio da chiarire.
    /// Esempio: true
    #[serde(default)]
    pub da_residui: bool,
}

impl TipoDiRegola for VincoloAzioneDiSistema {
    const SPIEGAZIONE: Spiegazione = Spiegazione {
        che_cosa: "chi guida l'azione di sistema, quanto vale e chi la paga",
        perche: "è la parte che l'ATS tiene per tutto il territorio",
        esempio: "azione_di_sistema: { capofila: [ats], quota_minima: 20, quota_massima: 30 }",
        articolo: "DGR X/5969",
    };

    fn vincola(&self) -> Vincolati {
        let denaro = self.quota_minima.is_some() || self.quota_massima.is_some();
        vincolati([
            (self.obbligatoria || denaro, &["risorse.azione_di_sistema"]),
            (!self.capofila.is_empty(), &["risorse.azione_di_sistema.capofila"]),
            (self.da_residui, &["risorse.azione_di_sistema.residuo"]),
        ])
    }

    fn lint(&self, wrong: &mut Wrong) {
        let (minima, massima) = (self.quota_minima.unwrap_or(0), self.quota_massima.unwrap_or(100));
        if minima > massima || massima > 100 {
            wrong(path![], "la quota minima supera la massima, o la massima il 100 %", "correggi le quote");
        }
    }
}
