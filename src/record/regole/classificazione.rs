//! Kind `classificazione`: under which entries of the norm actions and services stand.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Spiegazione, TipoDiRegola, Vincolati, vincolati};
use crate::record::Modalita;

/// Sotto quali voci della norma stanno azioni e servizi.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Classificazione {
    /// # Numero minimo
    /// Quante voci diverse di `ammesse` deve avere un progetto.
    /// Esempio: 2
    pub almeno: Option<u32>,
    /// Gruppi o singole macrocategorie che contano.
    /// Esempio: [macrocategorie]
    #[serde(default)]
    #[schemars(extend("x-elenco" = "classi"))]
    pub ammesse: Vec<String>,
    /// Gruppi o macrocategorie di cui non è chiaro se contano.
    /// Esempio: [l.r. 28/2004]
    #[serde(default)]
    #[schemars(extend("x-elenco" = "classi"))]
    pub incerte: Vec<String>,
    /// `true` se ogni azione deve stare fra le `ammesse`; fra le `incerte` è un dubbio da chiarire.
    /// Esempio: true
    #[serde(default)]
    pub ogni_azione: bool,
    /// # Modalità
    /// I modi in cui un servizio si può offrire.
    /// Esempio: [gratuito, voucher]
    #[serde(default)]
    pub modalita: Vec<Modalita>,
}

impl TipoDiRegola for Classificazione {
    const SPIEGAZIONE: Spiegazione = Spiegazione {
        che_cosa: "sotto quali voci della norma stanno azioni e servizi, e quante voci servono",
        perche: "si finanzia solo ciò che gli atti elencano",
        esempio: "classificazione: { almeno: 2, ammesse: [macrocategorie] }",
        articolo: "DGR XII/5464, § 4.1",
    };

    fn vincola(&self) -> Vincolati {
        vincolati([
            (self.almeno.is_some(), &["progetto.azioni"]),
            (self.almeno.is_some() || self.ogni_azione, &["progetto.azioni.macrocategoria"]),
            (!self.modalita.is_empty(), &["progetto.servizi.modalita"]),
        ])
    }
}
