//! Kind `requisiti_ente`: what each body of a kind must be: its size, its register, its seats.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Chi, Spiegazione, TipoDiRegola, Vincolati, vincolati};
use crate::value::Id;

/// Che cosa dev'essere ogni ente di un certo tipo.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequisitiEnte {
    /// Di quali enti si parla.
    pub chi: Chi,
    /// Solo gli enti con una di queste qualifiche.
    #[schemars(extend("x-elenco" = "qualifiche"))]
    pub con: Vec<Id>,
    /// `true` se la dimensione dichiarata dev'essere quella che danno le soglie della norma.
    /// Esempio: true
    #[serde(default)]
    pub dimensione: bool,
    /// # Registro delle imprese
    /// `true` se l'ente dev'essere iscritto al registro delle imprese.
    /// Esempio: true
    #[serde(default)]
    pub registro_imprese: bool,
    /// `true` se la sede legale dev'essere in una delle `province`.
    /// Esempio: true
    #[serde(default)]
    pub sede_legale: bool,
    /// `true` se una sede operativa dev'essere in una delle `province`.
    /// Esempio: true
    #[serde(default)]
    pub sede_operativa: bool,
    /// Le sigle delle province ammesse.
    /// Esempio: [BG, BS]
    #[serde(default)]
    pub province: Vec<String>,
}

impl TipoDiRegola for RequisitiEnte {
    const SPIEGAZIONE: Spiegazione = Spiegazione {
        che_cosa: "che cosa deve avere ogni ente di un certo tipo: dimensione, registro delle imprese, sedi",
        perche: "alcuni avvisi sono per imprese piccole o con una sede in Lombardia",
        esempio: "requisiti_ente: { chi: capofila, con: [impresa], sede_legale: true, province: [BG, BS] }",
        articolo: "avviso della DGR 5755/2021, Soggetti beneficiari",
    };

    fn vincola(&self) -> Vincolati {
        vincolati([
            (self.dimensione, &["ente.dimensione"]),
            (self.registro_imprese, &["ente.registro_imprese"]),
            (self.sede_legale, &["ente.provincia"]),
            (self.sede_operativa, &["ente.sedi_operative"]),
        ])
    }
}
