//! Kind `informazione`: what records cannot decide.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Spiegazione, TipoDiRegola};

/// Ciò che le schede non possono decidere: si mostra, o si prova sui file finiti.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Informazione {
    /// Che cosa si mostra.
    pub mostra: Mostra,
}

impl TipoDiRegola for Informazione {
    const SPIEGAZIONE: Spiegazione = Spiegazione {
        che_cosa: "niente che si possa giudicare dalle schede: si mostra in una pagina, o si prova sui file finiti",
        perche: "delle persone non si scrive nelle schede, e frase e logo si vedono solo alla fine",
        esempio: "informazione: { mostra: destinatari }",
        articolo: "DGR XII/5464, § 4.3",
    };
}

/// Che cosa si mostra di una regola che informa soltanto.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mostra {
    /// La pagina che dice chi può usare i servizi.
    Destinatari,
    /// Frase e logo, provati sui file di ogni prodotto.
    Attribuzione,
    /// Nient'altro che la regola.
    Regola,
}
