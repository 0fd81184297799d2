//! Kind `aiuti`: State aid to who carries on an economic activity.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Spiegazione, TipoDiRegola, Vincolati, vincolati};
use crate::value::Euro;

/// Gli aiuti di Stato a chi svolge un'attività economica.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Aiuti {
    /// Il regolamento europeo.
    /// Esempio: Reg. UE 2023/2831
    pub regolamento: String,
    /// Quanto un'impresa può ricevere al massimo.
    /// Esempio: 300000.00
    pub massimale: Euro,
    /// Gli anni in cui gli aiuti si sommano.
    /// Esempio: 3
    pub anni: u32,
    /// Entro quanti giorni dalla registrazione si trasmette l'atto.
    /// Esempio: 20
    pub giorni_per_la_trasmissione: Option<u32>,
}

impl TipoDiRegola for Aiuti {
    const SPIEGAZIONE: Spiegazione = Spiegazione {
        che_cosa: "se chi svolge attività economica resta nel massimale «de minimis» ed è nel registro nazionale",
        perche: "oltre il massimale l'aiuto è illegale e va restituito",
        esempio: "aiuti: { regolamento: Reg. UE 2023/2831, massimale: 300000.00, anni: 3 }",
        articolo: "DGR XII/5464, punto 4",
    };

    fn vincola(&self) -> Vincolati {
        vincolati([(
            true,
            &["progetto.vantaggio_per_imprese", "progetto.aiuti", "progetto.partenariato.attivita_economica"],
        )])
    }
}
