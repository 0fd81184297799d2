//! Kind `trasparenza`: what is published of each grant above a sum (D.Lgs. 33/2013, arts. 26 and 27).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Spiegazione, TipoDiRegola, Vincolati, vincolati};
use crate::value::Euro;

/// Che cosa si pubblica di ogni contributo sopra una soglia.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trasparenza {
    /// La somma che un ente riceve in un anno solare: la regola vale quando è superata.
    /// Esempio: 1000.00
    pub soglia: Euro,
    /// `true` se per `anni` si pubblicano beneficiario, importo, atto, ufficio, responsabile, procedura e progetto.
    /// Esempio: true
    #[serde(default)]
    pub completezza: bool,
    /// `true` se la pubblicazione deve venire prima del pagamento.
    /// Esempio: true
    #[serde(default)]
    pub prima_del_pagamento: bool,
    /// Per quanti anni i contributi restano pubblicati; poi il nome del responsabile si toglie.
    /// Esempio: 5
    pub anni: Option<u32>,
}

impl TipoDiRegola for Trasparenza {
    const SPIEGAZIONE: Spiegazione = Spiegazione {
        che_cosa: "se di ogni contributo sopra una soglia si pubblica tutto ciò che la legge chiede, e in tempo",
        perche: "senza pubblicazione la concessione non ha efficacia",
        esempio: "trasparenza: { soglia: 1000.00, completezza: true }",
        articolo: "D.Lgs. 33/2013, artt. 26 e 27",
    };

    fn vincola(&self) -> Vincolati {
        vincolati([
            (self.completezza, &["progetto.atti.concessione", "progetto.avviso", "ente.codice_fiscale"]),
            (self.completezza || self.anni.is_some(), &["progetto.responsabile"]),
            (self.completezza || self.prima_del_pagamento, &["progetto.pubblicato_il"]),
            (self.prima_del_pagamento, &["progetto.pagamenti.data"]),
        ])
    }
}
