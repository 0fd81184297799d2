//! Kind `riparto`: how the Region divides the money among the agencies.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Spiegazione, TipoDiRegola, Vincolati, vincolati};
use crate::value::Euro;

/// Come la Regione divide le risorse fra le ATS.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VincoloRiparto {
    /// Gli anni di cui si parla.
    /// Esempio: [2025, 2026, 2027]
    pub anni: Vec<u32>,
    /// La somma che si divide ogni anno.
    /// Esempio: 1000000.00
    pub importo_annuo: Euro,
}

impl TipoDiRegola for VincoloRiparto {
    const SPIEGAZIONE: Spiegazione = Spiegazione {
        che_cosa: "se le somme divise fra le ATS sono quelle dell'atto, e se la dotazione è la quota di questa",
        perche: "da qui viene ogni altro importo del Piano",
        esempio: "riparto: { anni: [2025], importo_annuo: 1000000.00 }",
        articolo: "DGR XII/5464, § 4.4",
    };

    fn vincola(&self) -> Vincolati {
        vincolati([(true, &["risorse.dotazione", "risorse.riparto.righe"])])
    }
}
