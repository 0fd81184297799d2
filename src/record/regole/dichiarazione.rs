//! Kind `dichiarazione`: what only the author of a record can say. The questions are data of the norm.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Spiegazione, TipoDiRegola, Vincolati};
use crate::value::Id;

/// Che cosa dichiara chi scrive una scheda, quando i dati da soli non lo dicono.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RichiestaDiDichiarazione {
    /// In quale scheda si risponde.
    pub su: SuCosa,
    /// Le domande, una per riga.
    pub chiede: Vec<Domanda>,
}

impl TipoDiRegola for RichiestaDiDichiarazione {
    const SPIEGAZIONE: Spiegazione = Spiegazione {
        che_cosa: "che cosa dichiara l'autore di una scheda, quando i dati da soli non lo dicono",
        perche: "chi valuta deve poter leggere l'impegno di chi propone",
        esempio: "dichiarazione: { su: progetto, chiede: [{ campo: spese-escluse, domanda: …, atteso: false }] }",
        articolo: "DGR XII/5464, § 4.1",
    };

    fn vincola(&self) -> Vincolati {
        let campo = |domanda: &Domanda| {
            let scheda = match domanda.su.unwrap_or(self.su) {
                SuCosa::Piano => "piano",
                SuCosa::Avviso => "avviso",
                SuCosa::Progetto => "progetto",
                SuCosa::Azione => "progetto.azioni",
                SuCosa::Servizio => "progetto.servizi",
            };
            format!("{scheda}.dichiarazioni.{}", domanda.campo).into()
        };
        self.chiede.iter().map(campo).collect()
    }
}

impl RichiestaDiDichiarazione {
    /// What is asked of a kind of record.
    pub fn domande(&self, su: SuCosa) -> impl Iterator<Item = &Domanda> {
        self.chiede.iter().filter(move |domanda| domanda.su.unwrap_or(self.su) == su)
    }
}

/// La scheda che risponde a una domanda.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SuCosa {
    /// Il Piano.
    Piano,
    /// Ogni avviso.
    Avviso,
    /// Ogni progetto.
    Progetto,
    /// Ogni azione di un progetto.
    Azione,
    /// Ogni servizio di un progetto.
    Servizio,
}

/// Una domanda della norma.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Domanda {
    /// La scheda che risponde, se non è quella della regola.
    pub su: Option<SuCosa>,
    /// La chiave della risposta, sotto `dichiarazioni`.
    /// Esempio: spese-escluse
    pub campo: Id,
    /// La domanda, come si fa a una persona.
    /// Esempio: il contributo paga studi di contesto?
    pub domanda: String,
    /// La risposta che rispetta la norma. Senza, va bene qualunque risposta.
    /// Esempio: false
    pub atteso: Option<bool>,
    /// `true` se si chiede un testo, per esempio un atto.
    /// Esempio: true
    #[serde(default)]
    pub testo: bool,
    /// La domanda si fa solo se a quest'altra si è risposto `true`: la sua chiave.
    #[schemars(extend("x-elenco" = "domande"))]
    pub se: Option<Id>,
    /// Solo per le azioni di queste macrocategorie.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "macrocategorie"))]
    pub macrocategorie: Vec<Id>,
    /// # Categorie di servizi
    /// Solo per i servizi di queste categorie.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "categorie_servizi"))]
    pub categorie_servizi: Vec<Id>,
}
