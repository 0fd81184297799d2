//! What happens to a project after its grant: events, payments, costs reported, figures that measure it, aid to firms.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Atto;
use crate::value::{Data, Euro, Id, Testo};

/// Una somma pagata a chi realizza il progetto.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pagamento {
    /// Il giorno del mandato di pagamento.
    /// Esempio: 2026-02-18
    pub data: Data,
    /// Quanto è stato pagato, dal mandato: sempre positivo e al lordo, anche in una restituzione.
    /// Esempio: 28000.00
    pub importo: Euro,
    /// Di che pagamento si tratta. Una `restituzione` torna all'ATS, e si toglie da quanto è pagato.
    /// Esempio: anticipo
    pub tipo: Option<TipoPagamento>,
    /// L'ente che riceve la somma, o che la restituisce: il suo identificativo, dalla cartella `partner`.
    #[schemars(extend("x-elenco" = "enti"))]
    pub ente: Option<Id>,
    /// L'atto che liquida la somma.
    pub atto: Option<Atto>,
}

/// Il genere di un pagamento.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TipoPagamento {
    /// Prima delle spese, nella parte che l'avviso ammette.
    Anticipo,
    /// Durante il progetto, su spese già fatte.
    Acconto,
    /// Quanto resta, alla fine.
    Saldo,
    /// # unica soluzione
    /// Tutto in una volta.
    UnicaSoluzione,
    /// L'ente ridà all'ATS ciò che non gli spettava.
    Restituzione,
}

/// Un fatto nella vita del progetto.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evento {
    /// Che cosa è successo.
    /// Esempio: concessione
    pub cosa: Cosa,
    /// Il giorno da cui vale: di solito quello dell'atto.
    /// Esempio: 2026-04-29
    pub data: Data,
    /// Di quanto si parla: la somma concessa, aggiunta, tolta o, alla fine, quella che spetta.
    /// Esempio: 29000.00
    pub importo: Option<Euro>,
    /// # Nuovo costo
    /// Il costo complessivo dopo una variante che lo cambia: allora è cofinanziamento più contributo riconosciuto.
    /// Esempio: 54000.00
    pub costo_complessivo: Option<Euro>,
    /// # Nuovo cofinanziamento
    /// Il cofinanziamento dopo una variante che lo cambia.
    /// Esempio: 25000.00
    pub cofinanziamento: Option<Euro>,
    /// # Nuovo termine
    /// Il nuovo ultimo giorno del progetto, in una proroga.
    /// Esempio: 2028-06-30
    pub al: Option<Data>,
    /// Perché: scrivilo in una proroga, in una variante e quando qualcosa si toglie.
    /// Esempio: Il centro è stato chiuso per lavori.
    pub motivo: Option<Testo>,
    /// L'atto che lo decide.
    pub atto: Option<Atto>,
    /// Da quali risorse viene la somma. Le righe, insieme, fanno l'importo.
    #[serde(default)]
    pub copertura: Vec<Copertura>,
}

/// Una parte di una somma, e la risorsa da cui viene.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Copertura {
    /// La riga di `dotazione` o di `residui` in `risorse.yaml`: il suo `id`.
    #[schemars(extend("x-elenco" = "risorse"))]
    pub da: Id,
    /// Quanto ne viene.
    /// Esempio: 20000.00
    pub importo: Euro,
}

/// Che cosa può succedere a un progetto.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cosa {
    /// La domanda è ammessa; il contributo non è ancora concesso.
    Ammissione,
    /// # non ammissione
    /// La domanda non è ammessa.
    NonAmmissione,
    /// Un atto concede il contributo.
    Concessione,
    /// Il progetto comincia, o riprende dopo una sospensione.
    Avvio,
    /// Il progetto può finire più tardi.
    Proroga,
    /// Il progetto cambia, senza che cambi il contributo.
    Variante,
    /// Un atto aggiunge una somma al contributo.
    Integrazione,
    /// Un atto toglie una somma al contributo.
    Riduzione,
    /// Il progetto si ferma per un tempo.
    Sospensione,
    /// Chi lo realizza rinuncia al contributo, o a una sua parte.
    Rinuncia,
    /// Un atto toglie il contributo, o una sua parte, a chi non lo può tenere.
    Revoca,
    /// Un atto dice quanto spetta alla fine, visto il rendiconto.
    Rideterminazione,
    /// Le attività sono finite.
    Conclusione,
}

/// Le spese di un ente fino a un giorno.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rendiconto {
    /// L'ultimo giorno delle spese di questa riga.
    /// Esempio: 2026-12-31
    pub al: Data,
    /// L'ente che le ha sostenute: il suo identificativo, dalla cartella `partner`.
    #[schemars(extend("x-elenco" = "enti"))]
    pub ente: Option<Id>,
    /// Quanto ha dichiarato, cofinanziamento compreso.
    /// Esempio: 9000.00
    pub dichiarato: Euro,
    /// Quanto l'ufficio ha ammesso, cofinanziamento compreso. Se non l'ha ancora deciso, lascia il campo via.
    /// Esempio: 8700.00
    pub ammesso: Option<Euro>,
    /// La parte di quanto è ammesso che l'ente ha pagato di suo.
    /// Esempio: 2000.00
    pub cofinanziamento_ammesso: Option<Euro>,
}

/// Un numero con cui si misura il progetto.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicatore {
    /// Che cosa si conta.
    /// Esempio: Imprese coinvolte
    pub nome: String,
    /// Il numero che il progetto vuole raggiungere, dalla scheda.
    /// Esempio: 5
    pub previsto: u32,
    /// Come la fonte dice il numero previsto, quando non è esatto: si legge davanti al numero.
    /// Esempio: almeno
    pub precisione: Option<String>,
    /// Il numero raggiunto: scrivilo solo quando un documento lo dice. Dove ci sono `rilevazioni` non si scrive: è
    /// l'ultima.
    /// Esempio: 4
    pub raggiunto: Option<u32>,
    /// Che cosa si conta, se sono persone, famiglie o imprese.
    /// Esempio: famiglie
    pub tipo: Option<TipoIndicatore>,
    /// I numeri contati durante il progetto, ognuno con il suo giorno.
    #[serde(default)]
    pub rilevazioni: Vec<Rilevazione>,
}

/// Che cosa conta un indicatore.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TipoIndicatore {
    /// Persone.
    Persone,
    /// Famiglie.
    Famiglie,
    /// Imprese.
    Imprese,
    /// Qualsiasi altra cosa.
    Altro,
}

/// Un numero contato un giorno.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rilevazione {
    /// Il giorno a cui arriva il conto.
    /// Esempio: 2026-12-31
    pub al: Data,
    /// Quanti, dall'inizio del progetto.
    /// Esempio: 22
    pub valore: u32,
}

/// Un aiuto «de minimis» che il progetto dà a un ente.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Aiuto {
    /// Chi riceve l'aiuto: il suo identificativo, dalla cartella `partner`.
    #[schemars(extend("x-elenco" = "enti"))]
    pub ente: Id,
    /// Quanto vale l'aiuto, come è scritto nel registro nazionale degli aiuti.
    /// Esempio: 20000.00
    pub importo: Euro,
    /// # Codice COR
    /// Il codice che il registro nazionale degli aiuti (RNA) ha dato alla registrazione.
    /// Esempio: COR-100001
    pub cor: Option<String>,
    /// Il giorno in cui l'aiuto è entrato nel registro: viene prima della concessione.
    /// Esempio: 2026-02-12
    pub registrato_il: Option<Data>,
    /// Il giorno in cui l'atto di concessione è stato trasmesso al registro, entro venti giorni dalla registrazione.
    /// Esempio: 2026-03-04
    pub trasmesso_il: Option<Data>,
    /// La visura del registro sugli aiuti che l'ente aveva già.
    pub visura: Option<Visura>,
}

/// Che cosa dice il registro degli aiuti già ricevuti dall'ente e dalle imprese che contano come una sola con lui.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Visura {
    /// Il giorno in cui la visura è stata chiesta: viene prima della concessione.
    /// Esempio: 2026-02-10
    pub data: Data,
    /// # Già concessi
    /// Il totale degli aiuti «de minimis» che la visura riporta per gli ultimi tre anni. Scrivi `0.00` se non ce ne
    /// sono.
    /// Esempio: 280000.00
    pub gia_concessi: Euro,
}
