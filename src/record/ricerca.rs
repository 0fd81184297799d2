//! `ricerca.yaml`: the words of those who search, beside the words of the pages.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Le parole della ricerca, `ricerca.yaml`: chi cerca usa parole che nelle pagine non ci sono. concilia ne conosce già
/// molte, come badante e asilo: qui si aggiungono le vostre, o si cambiano quelle. Il file si può non scrivere.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ricerca {
    /// Le parole di chi cerca e quelle delle pagine, una voce per significato.
    pub sinonimi: Vec<Sinonimo>,
}

/// Parole di chi cerca, e le parole con cui le pagine dicono la stessa cosa.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sinonimo {
    /// Le parole, o le espressioni, che le persone scrivono. Singolare e plurale, maiuscole e accenti non contano. Se
    /// concilia ne conosce già una, per quella vale ciò che scrivete qui.
    /// Esempio: [badante, aiuto per i nonni]
    pub chi_scrive: Vec<String>,
    /// Le parole che si cercano anche: il risultato lo dice. Con un elenco vuoto, `[]`, si cercano solo quelle scritte.
    /// Esempio: [assistenza familiare]
    pub trova_anche: Vec<String>,
}
