//! `avvisi/*.yaml`: the calls.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Atto, Contatti, Copertura, Criterio, Deroga, Dichiarazioni, Fonti, TipoPagamento};
use crate::value::{Data, DataOra, Euro, Id, Indirizzo, Punteggio, Quando, Testo};

/// Un avviso, nella cartella `avvisi` del suo Piano: il nome del file è il suo identificativo.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Avviso {
    /// Il titolo dell'avviso, com'è nell'atto che lo approva.
    /// Esempio: Avviso 2026
    pub titolo: String,
    /// Di che genere è l'avviso. La DGR XII/5464 ammette avvisi di coprogettazione e manifestazioni di interesse
    /// dell'ATS.
    /// Esempio: avviso_di_coprogettazione
    pub tipo: TipoAvviso,
    /// Chi pubblica l'avviso. Se è l'ATS, scrivi il suo nome come in `sito.yaml`.
    /// Esempio: ATS Bergamo
    pub promotore: Option<String>,
    /// La norma che vale per questo avviso, se è diversa da quella del Piano.
    #[schemars(extend("x-elenco" = "norme"))]
    pub norma: Option<Id>,
    /// L'atto che approva l'avviso.
    pub atto: Option<Atto>,
    /// Da quando a quando si potevano presentare le domande.
    pub finestra: Option<Finestra>,
    /// La somma che l'avviso mette a disposizione, dal suo testo.
    /// Esempio: 120000.00
    pub dotazione: Option<Euro>,
    /// Quanto può ricevere al massimo un progetto, se l'avviso lo dice.
    pub limiti: Option<Limiti>,
    /// I criteri con cui i progetti si valutano, ognuno con i punti che può dare.
    #[serde(default)]
    pub criteri: Vec<Criterio>,
    /// In quali parti si paga il contributo, e quanto vale ognuna.
    #[serde(default)]
    pub erogazione: Vec<Rata>,
    /// Come si calcola quanto spetta alla fine, quando le spese ammesse sono meno del previsto.
    /// Esempio: percentuale
    pub saldo: Option<Saldo>,
    /// Di che cosa tratta l'avviso, in breve.
    /// Esempio: Per le alleanze del territorio.
    pub descrizione: Option<Testo>,
    /// Chi può presentare un progetto, una voce per riga.
    /// Esempio: [Alleanze locali già costituite]
    #[serde(default)]
    pub beneficiari: Vec<Testo>,
    /// Chi userà i servizi che l'avviso finanzia, una voce per riga.
    /// Esempio: [Lavoratori con figli]
    #[serde(default)]
    pub destinatari: Vec<Testo>,
    /// # Aree di intervento
    /// Le aree di intervento che l'avviso finanzia, una per riga.
    /// Esempio: [Mobilità casa-lavoro]
    #[serde(default)]
    pub aree: Vec<Testo>,
    /// Che cosa fare per presentare un progetto.
    /// Esempio: La domanda si invia per PEC all'ufficio protocollo.
    pub come_partecipare: Option<Testo>,
    /// Com'è finito l'avviso, quando la graduatoria è approvata.
    pub esito: Option<Esito>,
    /// Gli atti che, dopo la graduatoria, danno altro denaro ai progetti che ne erano rimasti senza.
    #[serde(default)]
    pub scorrimenti: Vec<Scorrimento>,
    /// Gli enti che, dopo l'avviso, sono entrati nel catalogo con i loro servizi.
    #[serde(default)]
    pub adesioni: Vec<Adesione>,
    #[serde(default)]
    pub dichiarazioni: Dichiarazioni,
    #[serde(default)]
    pub deroghe: Vec<Deroga>,
    #[serde(default)]
    pub contatti: Contatti,
    #[serde(default)]
    pub indirizzi_precedenti: Vec<Indirizzo>,
    #[serde(default)]
    pub fonte: Fonti,
}

/// Il genere di un avviso.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TipoAvviso {
    /// Un avviso pubblico come gli altri.
    Avviso,
    /// # avviso di coprogettazione
    /// L'ATS e chi partecipa scrivono insieme il progetto.
    AvvisoDiCoprogettazione,
    /// # manifestazione di interesse
    /// L'ATS chiede chi è interessato a proporre progetti.
    ManifestazioneDiInteresse,
}

/// Il tempo per presentare le domande.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finestra {
    /// # Apertura
    /// Il giorno e l'ora in cui si aprono le domande, come nell'avviso. Se la fonte non dice l'ora, basta il giorno.
    /// Esempio: 2026-01-07 09:00
    pub dal: DataOra,
    /// # Chiusura
    /// Il giorno e l'ora in cui si chiudono.
    /// Esempio: 2026-01-30 12:00
    pub al: DataOra,
}

impl Finestra {
    pub fn si_chiude_prima(&self) -> bool {
        self.al.fine() <= self.dal.inizio()
    }
}

/// I limiti del contributo a un progetto.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limiti {
    /// La parte del costo che il contributo può pagare al massimo: un numero intero, senza il segno `%`.
    /// Esempio: 80
    pub percentuale_massima: Option<u32>,
    /// La somma che un progetto può ricevere al massimo.
    /// Esempio: 50000.00
    pub contributo_massimo: Option<Euro>,
}

/// Una parte in cui si paga il contributo.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rata {
    /// Di che parte si tratta.
    /// Esempio: anticipo
    pub tipo: TipoPagamento,
    /// Quanta parte del contributo, al massimo: un numero intero, senza il segno `%`.
    /// Esempio: 50
    pub percentuale: u32,
}

/// Come si calcola quanto spetta alla fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Saldo {
    /// Il contributo copre delle spese ammesse la stessa parte che copriva del costo.
    Percentuale,
    /// # a pareggio
    /// Il contributo copre ciò che, delle spese ammesse, il cofinanziamento non copre.
    Pareggio,
}

/// Uno scorrimento della graduatoria.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scorrimento {
    /// L'atto che lo decide.
    pub atto: Atto,
    /// Il denaro che si aggiunge alla dotazione dell'avviso, e da dove viene.
    #[serde(default)]
    pub aggiunte: Vec<Copertura>,
    /// I progetti che ne ricevono, e quanto.
    pub progetti: Vec<SommaAProgetto>,
}

impl Scorrimento {
    /// The day from which it holds: the first that its act may have.
    pub fn giorno(&self) -> Data {
        self.atto.data.map_or_else(Data::default, Quando::primo)
    }
}

/// Quanto riceve un progetto.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SommaAProgetto {
    /// Il progetto: il nome del suo file.
    #[schemars(extend("x-elenco" = "progetti"))]
    pub progetto: Id,
    /// Quanto riceve con questo atto.
    /// Esempio: 12000.00
    pub importo: Euro,
}

/// Un ente che aderisce dopo l'avviso.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Adesione {
    /// L'ente: il suo identificativo, dalla cartella `partner`.
    #[schemars(extend("x-elenco" = "enti"))]
    pub ente: Id,
    /// I servizi che offre, a parole.
    /// Esempio: [Nido per i figli dei dipendenti]
    #[serde(default)]
    pub servizi: Vec<String>,
    /// Il giorno dell'adesione.
    /// Esempio: 2026-11-03
    pub data: Option<Data>,
}

/// Com'è finito un avviso.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Esito {
    /// L'atto che approva la graduatoria.
    pub atto: Option<Atto>,
    /// Quanti progetti sono arrivati.
    /// Esempio: 8
    pub presentati: Option<u32>,
    /// Quanti sono stati ammessi.
    /// Esempio: 8
    pub ammessi: Option<u32>,
    /// Quanti hanno ricevuto un contributo.
    /// Esempio: 8
    pub finanziati: Option<u32>,
    /// La somma di tutti i contributi riconosciuti.
    /// Esempio: 315000.00
    pub contributo: Option<Euro>,
    /// I progetti finanziati, provincia per provincia, se la fonte li divide così. Le righe, insieme, fanno i totali.
    #[serde(default)]
    pub province: Vec<EsitoProvincia>,
    /// # Domande non ammesse
    /// Le domande che la graduatoria elenca come non ammesse: non hanno una scheda, e stanno sotto la graduatoria.
    #[serde(default)]
    pub non_ammesse: Vec<NonAmmessa>,
    /// Che cos'altro va saputo, per esempio un errore di stampa nella fonte.
    /// Esempio: Nella tabella della fonte manca il totale.
    pub nota: Option<Testo>,
}

/// Una domanda non ammessa.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NonAmmessa {
    /// Chi l'ha presentata, a parole: un ente che non è ammesso non ha una pagina.
    /// Esempio: Cooperativa Esempio
    pub ente: String,
    /// Il titolo della domanda, se l'atto lo dice.
    /// Esempio: Un doposcuola in più
    pub titolo: Option<String>,
    /// I punti, se la domanda li ha avuti.
    /// Esempio: 11.5
    pub punteggio: Option<Punteggio>,
    /// Perché non è ammessa, dall'atto.
    /// Esempio: Presentata dopo il termine
    pub motivo: Option<String>,
}

/// I progetti finanziati in una provincia.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EsitoProvincia {
    /// Il nome della provincia.
    /// Esempio: Bergamo
    pub provincia: String,
    /// Quanti progetti; `0` se la fonte dice che non ce ne sono.
    /// Esempio: 1
    pub progetti: u32,
    /// La somma dei loro contributi.
    /// Esempio: 99978.00
    pub contributo: Euro,
}
