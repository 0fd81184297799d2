//! What a project offers to citizens, and what it shows to the public.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Contatti, Dichiarazioni, Fonti, Territorio, VerificaPubblicita};
use crate::value::{Data, Id, Testo, Web};

/// Un servizio che un cittadino può davvero usare.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Servizio {
    /// Il nome del servizio, come lo cercherebbe chi ne ha bisogno.
    /// Esempio: Navetta per la stazione
    pub nome: String,
    /// Il bisogno a cui il servizio risponde: decide in quale pagina del catalogo si trova.
    #[schemars(extend("x-elenco" = "categorie_servizi"))]
    pub categoria: Id,
    /// Che cosa offre, in una o due frasi.
    /// Esempio: Porta al lavoro chi arriva in treno.
    pub descrizione: Option<Testo>,
    /// # Modalità
    /// Se si paga e come: gratis, a tariffa agevolata, con voucher o rimborso. Se la fonte non lo dice, lascia il campo
    /// via.
    pub modalita: Option<Modalita>,
    /// Chi può usare il servizio.
    /// Esempio: Dipendenti delle imprese che aderiscono
    pub per_chi: Option<String>,
    /// L'ente che dà il servizio: il suo identificativo, dalla cartella `partner`.
    #[schemars(extend("x-elenco" = "enti"))]
    pub erogatore: Option<Id>,
    /// Gli altri enti che danno lo stesso servizio: i loro identificativi.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "enti"))]
    pub altri_erogatori: Vec<Id>,
    /// Dove si trova il servizio, se non è in tutto il territorio del progetto.
    #[serde(default)]
    pub territorio: Territorio,
    /// # Disponibile da
    /// Il primo giorno in cui si può usare.
    /// Esempio: 2026-09-01
    pub dal: Option<Data>,
    /// # Disponibile fino a
    /// L'ultimo giorno in cui si può usare.
    /// Esempio: 2027-06-30
    pub al: Option<Data>,
    /// I giorni e le ore in cui si può usare, a parole.
    /// Esempio: Dal lunedì al venerdì, dalle 7:30 alle 9
    pub orari: Option<String>,
    /// Quanti posti ci sono.
    /// Esempio: 25
    pub posti: Option<u32>,
    /// Che cosa serve per poterlo usare: residenza, reddito, età.
    /// Esempio: Figli fra 3 e 11 anni
    pub requisiti: Option<Testo>,
    /// Quanto paga chi lo usa, a parole: può dipendere dal reddito.
    /// Esempio: Da 2 a 5 euro al giorno, secondo l'ISEE
    pub costo: Option<String>,
    /// Che cosa fare per avere il servizio: a chi chiedere, con quale modulo, entro quando.
    /// Esempio: Si chiede allo sportello del Comune.
    pub come_accedere: Option<Testo>,
    #[serde(default)]
    pub dichiarazioni: Dichiarazioni,
    #[serde(default)]
    pub contatti: Contatti,
    /// Da dove vengono i dati del servizio, se è un documento diverso da quello del progetto.
    #[serde(default)]
    pub fonte: Fonti,
}

/// Una cosa che il progetto ha fatto per il pubblico.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Prodotto {
    /// Che cos'è.
    /// Esempio: Il volantino del doposcuola
    pub titolo: String,
    /// Dove si vede, se è in rete.
    /// Esempio: https://www.esempio.it/volantino.pdf
    pub indirizzo: Option<Web>,
    /// # Verifica di frase e logo
    /// Chi ha controllato che frase e logo ci siano, e quando.
    pub verifica: Option<VerificaPubblicita>,
}

/// Come si paga un servizio.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Modalita {
    /// Chi usa il servizio non paga.
    Gratuito,
    /// # a tariffa agevolata
    /// Chi usa il servizio paga meno del prezzo di mercato.
    Calmierato,
    /// # con voucher
    /// Chi usa il servizio riceve prima un buono con cui pagarlo.
    Voucher,
    /// # con rimborso
    /// Chi usa il servizio paga, e poi riceve indietro il denaro o una sua parte.
    Rimborso,
    /// # a pagamento
    /// Chi usa il servizio lo paga per intero.
    Pagamento,
    /// # a tariffa agevolata o con voucher
    /// La fonte nomina tutti e due i modi, senza dire quando vale l'uno o l'altro.
    CalmieratoOVoucher,
    /// # gratuito o a pagamento
    /// La fonte dice che una parte è gratuita e una si paga, senza dire quale.
    GratuitoOPagamento,
}
