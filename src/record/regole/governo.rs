//! Kind `governo`: who sits in the body of the plan, what it is called, who stays.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Spiegazione, TipoDiRegola, Vincolati, vincolati};

/// Chi siede nell'organismo, come si chiama, e se la rete conserva chi c'era.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Governo {
    /// `true` se i seggi obbligatori devono essere occupati, ognuno da un ente adatto.
    /// Esempio: true
    #[serde(default)]
    pub seggi: bool,
    /// `true` se l'organismo deve avere il nome della norma.
    /// Esempio: true
    #[serde(default)]
    pub nome: bool,
    /// # Continuità
    /// `true` se chi era nella rete del periodo precedente deve esserci ancora.
    /// Esempio: true
    #[serde(default)]
    pub continuita: bool,
}

impl TipoDiRegola for Governo {
    const SPIEGAZIONE: Spiegazione = Spiegazione {
        che_cosa: "chi siede nell'organismo, come si chiama, e se la rete conserva chi c'era",
        perche: "gli atti vogliono che alcuni soggetti siano rappresentati",
        esempio: "governo: { seggi: true }",
        articolo: "DGR XII/5464, § 4.1",
    };

    fn vincola(&self) -> Vincolati {
        vincolati([
            (self.seggi, &["piano.organismo.membri"]),
            (self.nome, &["piano.organismo.nome"]),
            (self.continuita, &["piano.rete.membri"]),
        ])
    }
}
