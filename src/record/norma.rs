//! A norm as data: the act and the words that it defines.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Atto, Campo, Fonti, Periodo, Regola};
use crate::value::{Euro, Id, Testo};

/// Una norma, con le sue regole e le parole che definisce: un file nella cartella `norme`. Le norme del programma ci
/// sono già.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Norma {
    /// Il titolo della norma.
    /// Esempio: Piani territoriali di conciliazione 2028-2030
    pub titolo: String,
    /// L'atto della norma.
    pub atto: Option<Atto>,
    /// Come si cita l'atto quando non se ne sa tutto, per esempio il giorno.
    /// Esempio: DGR 5755/2021
    pub citazione: Option<String>,
    /// La norma che questa completa: i suoi elenchi e le sue regole valgono anche qui, se non sono scritti di nuovo.
    #[schemars(extend("x-elenco" = "norme"))]
    pub estende: Option<Id>,
    /// Le norme di cui questa prende il posto.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "norme"))]
    pub sostituisce: Vec<Id>,
    /// `true` se obbliga ogni Piano, qualunque norma indichi.
    /// Esempio: true
    #[serde(default)]
    pub vale_sempre: bool,
    /// `true` se le schede sono più vecchie delle regole: ciò che la fonte non dice non è un errore.
    /// Esempio: true
    #[serde(default)]
    pub fonte_storica: bool,
    /// `true` se ogni partner di un progetto è un beneficiario: allora le schede dicono quanto riceve ciascuno.
    /// Esempio: true
    #[serde(default)]
    pub partner_beneficiari: bool,
    /// I giorni in cui le attività si svolgono, se l'atto li fissa.
    pub periodo: Option<Periodo>,
    /// La frase che ogni prodotto deve portare.
    pub attribuzione: Option<Attribuzione>,
    /// # Categorie di enti
    /// I tipi di ente, ognuno con la sua natura: sono le parole di `categoria` negli enti.
    #[serde(default)]
    pub categorie_enti: Vec<CategoriaEnte>,
    /// Come un ente può contare nelle regole, oltre al suo tipo: sono le parole di `qualifiche`.
    #[serde(default)]
    pub qualifiche: Vec<Voce>,
    /// I gruppi in cui cadono le azioni: sono le parole di `macrocategoria`.
    #[serde(default)]
    pub macrocategorie: Vec<Voce>,
    /// # Categorie di servizi
    /// I bisogni a cui rispondono i servizi: sono le parole di `categoria` nei servizi.
    #[serde(default)]
    pub categorie_servizi: Vec<Voce>,
    /// Chi programma, valuta e accompagna, con i suoi seggi.
    pub organismo: Option<Organismo>,
    /// Chi può usare i servizi: ne viene la pagina «Chi può accedere».
    pub destinatari: Option<Destinatari>,
    /// Le dimensioni delle imprese, dalla più piccola alla più grande.
    #[serde(default)]
    pub dimensioni: Vec<Dimensione>,
    /// Le regole della norma. Una con lo stesso codice prende il posto di quella della norma che si estende.
    #[serde(default)]
    pub regole: Vec<Regola>,
    /// Che cos'altro va saputo della norma.
    /// Esempio: La DGR cita un regolamento che nel frattempo è stato sostituito.
    #[schemars(extend("x-spiega" = true))]
    pub nota: Option<Testo>,
    #[serde(default)]
    pub fonte: Fonti,
}

impl Norma {
    pub fn macrocategoria(&self, id: &Id) -> Option<&Voce> {
        self.macrocategorie.iter().find(|voce| voce.id == *id)
    }

    /// Whether residuals are used only once someone allows it, and who, where the norm says.
    pub fn autorizza_residui(&self) -> Option<Option<&str>> {
        let richiesti =
            self.regole.iter().filter_map(|regola| regola.campi.as_ref()).flat_map(|campi| &campi.richiesti);
        let mut suoi = richiesti.filter(|richiesto| richiesto.campo == Campo::ResiduoAutorizzazione).peekable();
        suoi.peek()?;
        Some(suoi.find_map(|richiesto| richiesto.organo.as_deref()))
    }

    /// The act, as messages and pages cite it: `DGR n. XII/5464 del 9 dicembre 2025`.
    pub fn cita(&self) -> String {
        match (&self.atto, &self.citazione) {
            (Some(atto), _) => atto.cita(),
            (None, Some(citazione)) => citazione.clone(),
            (None, None) => self.titolo.clone(),
        }
    }
}

/// Una dimensione d'impresa. Ogni soglia è compresa o no, come dice l'atto.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dimensione {
    /// # Identificativo
    /// La parola che le schede usano.
    /// Esempio: micro
    pub id: Id,
    /// Il nome della dimensione.
    /// Esempio: Microimpresa
    pub nome: String,
    /// Le imprese di questa dimensione hanno meno addetti di così: la soglia non è compresa.
    /// Esempio: 10
    pub addetti_meno_di: Option<u32>,
    /// Le imprese di questa dimensione hanno al massimo questi addetti: la soglia è compresa.
    /// Esempio: 50
    pub addetti_fino_a: Option<u32>,
    /// Il massimo di fatturato o di totale di bilancio: basta che uno dei due ci stia.
    /// Esempio: 2000000.00
    pub fatturato_o_bilancio: Option<Euro>,
}

/// La frase che dice chi paga.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attribuzione {
    /// Le parole esatte dell'atto.
    /// Esempio: Intervento finanziato con il contributo di Regione Lombardia
    pub frase: String,
    /// Il paragrafo dell'atto che le chiede.
    /// Esempio: "4.5"
    pub paragrafo: String,
}

/// Un tipo di ente.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoriaEnte {
    /// # Identificativo
    /// La parola che gli enti usano in `categoria`.
    /// Esempio: comunita-montana
    pub id: Id,
    /// Il nome al singolare.
    /// Esempio: Comunità montana
    pub nome: String,
    /// Il nome al plurale.
    /// Esempio: Comunità montane
    pub plurale: String,
    /// Se è pubblico, privato, impresa o rappresentanza.
    pub natura: Natura,
    /// Come contano gli enti di questo tipo nelle regole, oltre alla loro natura.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "qualifiche"))]
    pub qualifiche: Vec<Id>,
}

/// La natura di un ente.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Natura {
    /// # ente pubblico
    /// Un ente pubblico.
    Pubblico,
    /// # privato non profit
    /// Un privato senza scopo di lucro.
    PrivatoNonProfit,
    /// Un'impresa.
    Impresa,
    /// Un sindacato, un'associazione di imprese o un ordine.
    Rappresentanza,
}

/// Una voce di un elenco della norma.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Voce {
    /// # Identificativo
    /// La parola che le schede usano.
    /// Esempio: mobilita-casa-lavoro
    pub id: Id,
    /// Il nome che si legge sul sito.
    /// Esempio: Mobilità casa-lavoro
    pub nome: String,
    /// Il gruppo a cui la voce appartiene: una regola può nominare il gruppo intero.
    /// Esempio: macrocategorie
    pub gruppo: Option<String>,
    /// Che cosa comprende.
    /// Esempio: Meno tempo per raggiungere il lavoro.
    pub descrizione: Option<Testo>,
    /// Gli esempi che l'atto fa, uno per riga.
    /// Esempio: [navette verso i poli di interscambio]
    #[serde(default)]
    pub esempi: Vec<String>,
}

/// L'organismo che la norma prevede.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organismo {
    /// Il nome che la norma gli dà.
    /// Esempio: Comunità di Pratica
    pub nome: String,
    /// I seggi, obbligatori o no.
    #[serde(default)]
    pub seggi: Vec<Seggio>,
}

/// Un seggio dell'organismo.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seggio {
    /// # Identificativo
    /// La parola che `organismo.membri` usa in `piano.yaml`.
    /// Esempio: camera-commercio
    pub id: Id,
    /// Chi ci siede, come lo dice l'atto.
    /// Esempio: Camera di commercio
    pub nome: String,
    /// `true` se il seggio deve essere occupato.
    /// Esempio: true
    #[serde(default)]
    pub obbligatorio: bool,
    /// Chi può occuparlo: un ente con una di queste qualifiche. Senza, chiunque.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "qualifiche"))]
    pub qualifiche: Vec<Id>,
}

/// Chi può usare i servizi, in parole semplici.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Destinatari {
    /// Il paragrafo dell'atto che lo dice.
    /// Esempio: "4.3"
    pub paragrafo: String,
    /// Per chi sono i servizi, in una o due frasi.
    /// Esempio: I servizi sono per le famiglie in cui almeno una persona lavora.
    pub introduzione: Testo,
    /// Le condizioni da rispettare tutte, una per riga.
    /// Esempio: [Chi usa il servizio abita in Lombardia.]
    #[serde(default)]
    pub condizioni: Vec<Testo>,
    /// Chi conta come lavoratore, una voce per riga.
    /// Esempio: [Liberi professionisti]
    #[serde(default)]
    pub lavoratori: Vec<Testo>,
    /// Che cosa vale per chi è disoccupato.
    /// Esempio: Devono aver già rilasciato la dichiarazione di disponibilità.
    pub disoccupati: Option<Testo>,
}
