//! Kind `imprese_servite`: which firms an action may serve.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Spiegazione, TipoDiRegola, Vincolati, vincolati};
use crate::value::Id;

/// Quali imprese può servire un'azione.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImpreseServite {
    /// Una riga per macrocategoria.
    pub voci: Vec<VoceImprese>,
}

impl TipoDiRegola for ImpreseServite {
    const SPIEGAZIONE: Spiegazione = Spiegazione {
        che_cosa: "quali imprese può servire un'azione, e a quali condizioni",
        perche: "il denaro pubblico va prima alle imprese che da sole non ce la fanno",
        esempio: "imprese_servite: { voci: [{ macrocategoria: time-saving, occupati_massimi: 3 }] }",
        articolo: "DGR X/5969, azioni per le imprese",
    };

    fn vincola(&self) -> Vincolati {
        vincolati([(true, &["progetto.azioni.imprese_servite", "progetto.azioni.macrocategoria"])])
    }
}

/// Le imprese che un'azione di una macrocategoria può servire.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VoceImprese {
    /// La macrocategoria di cui si parla.
    #[schemars(extend("x-elenco" = "macrocategorie"))]
    pub macrocategoria: Id,
    /// Solo imprese che fanno questo.
    /// Esempio: [commercio, artigianato]
    #[serde(default)]
    pub settori: Vec<Settore>,
    /// Nessuna impresa con più occupati di così.
    /// Esempio: 3
    pub occupati_massimi: Option<u32>,
    /// Le dimensioni ammesse solo se ci sono abbastanza imprese delle `altre`.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "dimensioni"))]
    pub dimensioni: Vec<Id>,
    /// Le dimensioni che devono essere abbastanza.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "dimensioni"))]
    pub altre: Vec<Id>,
    /// Quante imprese del partenariato devono essere delle `altre`, in percentuale e senza il segno `%`.
    /// Esempio: 20
    pub quota_minima: Option<u32>,
}

/// Che cosa fanno le imprese, per quanto gli atti le distinguono.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Settore {
    /// Imprese commerciali.
    Commercio,
    /// Imprese artigiane.
    Artigianato,
    /// Tutte le altre.
    Altro,
}
