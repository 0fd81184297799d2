//! `progetti/*.yaml`: the sheets of the projects.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Atto, Contatti, Deroga, Dichiarazioni, Fonti, Settore, Territorio, VerificaPubblicita, VoceFinanziaria};
use crate::value::{Data, DataOra, Euro, Id, Indirizzo, Punteggio, Testo, Web};

/// La scheda di un progetto, nella cartella `progetti` del suo Piano: il nome del file è il suo identificativo e
/// diventa il suo indirizzo sul sito.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Progetto {
    /// Il titolo del progetto, com'è nella sua scheda o nell'atto che lo finanzia.
    /// Esempio: W.IN. – Modello vincente
    pub titolo: String,
    /// Il nome breve con cui tutti chiamano il progetto, se ne ha uno.
    /// Esempio: W.IN.
    pub acronimo: Option<String>,
    /// Che cosa offre il progetto, in parole semplici e in una o due frasi: si legge in cima alla sua pagina.
    /// Esempio: Un portale dove chi lavora sceglie servizi per sé e per la famiglia.
    pub sintesi: Option<Testo>,
    /// # Numero di scheda
    /// Il numero che la scheda ha nel Piano. Può essere diverso dal posto in graduatoria, che si scrive in
    /// `graduatoria`.
    /// Esempio: 1
    pub scheda: Option<u32>,
    /// L'alleanza che realizza il progetto: il nome del suo file nella cartella `alleanze`, senza `.yaml`.
    #[schemars(extend("x-elenco" = "alleanze"))]
    pub alleanza: Id,
    /// L'avviso con cui il progetto è stato scelto: il nome del suo file nella cartella `avvisi`, senza `.yaml`. La
    /// trasparenza lo chiede di ogni contributo (D.Lgs. 33/2013, art. 27).
    #[schemars(extend("x-elenco" = "avvisi"))]
    pub avviso: Option<Id>,
    /// Quando e per quale via è arrivata la domanda di contributo: lo dicono il protocollo o la ricevuta del portale.
    pub domanda: Option<DomandaDiContributo>,
    /// A che punto è il progetto oggi. Deve andare d'accordo con gli importi e i giorni della scheda. Dove ci sono
    /// `eventi` non si scrive: è quello a cui porta l'ultimo.
    /// Esempio: in_corso
    pub stato: Option<StatoProgetto>,
    /// # Già nel Piano precedente
    /// `true` se l'alleanza lavorava già nel periodo precedente, `false` se no. Se la fonte non lo dice, lascia il
    /// campo via.
    pub gia_nel_piano_precedente: Option<bool>,
    /// Il primo e l'ultimo giorno del progetto. La DGR XII/5464 vuole due anni: dal 1° marzo 2026 al 29 febbraio 2028.
    pub durata: Option<Durata>,
    /// Il posto e i punti del progetto, dall'atto che approva la graduatoria.
    pub graduatoria: Option<PostoInGraduatoria>,
    /// Quanto costa il progetto e chi lo paga. Scrivi solo gli importi che la fonte dà: uno che manca non è zero.
    #[serde(default)]
    pub finanziamento: Finanziamento,
    /// Gli enti che realizzano il progetto, una riga per ciascuno: il ruolo, e la parte di costo e di contributo, se la
    /// fonte le dice.
    #[serde(default)]
    pub partenariato: Vec<Partecipazione>,
    /// # Vantaggio per le imprese
    /// `true` se un servizio può dare a imprese un vantaggio economico: solo allora ci sono aiuti «de minimis» da
    /// registrare (DGR XII/5464, punto 4).
    /// Esempio: false
    pub vantaggio_per_imprese: Option<bool>,
    /// Che cosa è successo al progetto dopo la domanda, un fatto dopo l'altro, ognuno con l'atto che lo decide. Ne vengono
    /// lo stato, il contributo riconosciuto, l'atto di concessione e il termine prorogato, che allora non si scrivono.
    #[serde(default)]
    #[schemars(extend("x-esempio-breve" = "[{ cosa: concessione, data: 2026-04-29, importo: 29000.00, atto: det-388-2026 }]"))]
    pub eventi: Vec<Evento>,
    /// Gli aiuti «de minimis» del progetto, una riga per ogni ente che ne riceve. Servono solo se
    /// `vantaggio_per_imprese` è `true`.
    #[serde(default)]
    pub aiuti: Vec<Aiuto>,
    /// Dove si svolge il progetto: gli ambiti e i comuni che la scheda nomina.
    #[serde(default)]
    pub territorio: Territorio,
    /// `true` se le macrocategorie delle azioni le ha scelte chi scrive queste schede, perché la fonte non le dà: la
    /// pagina lo dice.
    /// Esempio: true
    #[serde(default)]
    pub macrocategorie_redazionali: bool,
    /// Le azioni di cui è fatto il progetto, nell'ordine della scheda.
    #[serde(default)]
    pub azioni: Vec<Azione>,
    /// # Finalità
    /// Perché si fa il progetto e a quale bisogno risponde, con le parole della scheda ma più brevi.
    /// Esempio: Aiutare chi lavora a turni a trovare un posto al nido.
    pub finalita: Option<Testo>,
    /// I risultati che il progetto vuole raggiungere, uno per riga.
    /// Esempio: [Coinvolgere comuni e imprese, Far conoscere i servizi]
    #[serde(default)]
    pub obiettivi: Vec<Testo>,
    /// A chi si rivolge il progetto, una voce per riga.
    /// Esempio: [Dipendenti delle imprese che aderiscono]
    #[serde(default)]
    pub destinatari: Vec<Testo>,
    /// I servizi che un cittadino può usare davvero: vanno nel catalogo dei servizi.
    #[serde(default)]
    pub servizi: Vec<Servizio>,
    /// Ciò che il progetto fa vedere al pubblico: volantini, video, pagine. Ognuno porta frase e logo (DGR XII/5464, § 4.5).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prodotti: Vec<Prodotto>,
    /// I numeri con cui si misura il progetto, dalla parte della scheda sui risultati attesi.
    #[serde(default)]
    pub indicatori: Vec<Indicatore>,
    /// L'atto che concede il contributo e il codice unico di progetto (CUP).
    #[serde(default)]
    pub atti: AttiProgetto,
    /// Il responsabile del procedimento, con il suo ufficio: il D.Lgs. 33/2013 (art. 27) chiede di pubblicarlo, e sta
    /// nella determina di concessione.
    pub responsabile: Option<Responsabile>,
    /// Dove si legge il curriculum di chi ha avuto un incarico, se il contributo ne paga uno (D.Lgs. 33/2013, art. 27).
    /// Esempio: https://www.ats-esempio.it/curriculum.pdf
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curriculum: Option<Web>,
    /// L'argomento che la fonte dà al progetto, se lo dà.
    /// Esempio: Welfare aziendale
    pub tema: Option<String>,
    /// Il programma più grande di cui il progetto fa parte, se la fonte lo nomina.
    /// Esempio: WorkLife Community
    pub programma: Option<String>,
    /// Il giorno in cui il contributo è stato pubblicato in Amministrazione trasparente. Viene prima di ogni pagamento
    /// (D.Lgs. 33/2013, art. 26).
    /// Esempio: 2026-02-18
    pub pubblicato_il: Option<Data>,
    /// Le somme già pagate, una riga per mandato, e quelle restituite. Ciò che è pagato non supera il contributo che
    /// valeva quel giorno.
    #[serde(default)]
    pub pagamenti: Vec<Pagamento>,
    /// Le spese che gli enti hanno dichiarato e l'ufficio ha ammesso: una riga per ente e per periodo.
    #[serde(default)]
    pub rendicontazione: Vec<Rendiconto>,
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

/// La domanda di contributo, come l'ha ricevuta l'ufficio.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DomandaDiContributo {
    /// Il giorno e l'ora in cui è arrivata, dalla ricevuta o dal protocollo. Cade dentro la finestra dell'avviso.
    /// Esempio: 2022-05-04 12:00
    pub presentata: DataOra,
    /// La via per cui è arrivata, con il nome che le dà l'avviso.
    /// Esempio: Bandi Online
    pub canale: Option<String>,
}

/// Una somma pagata a chi realizza il progetto.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tipo: Option<TipoPagamento>,
    /// L'ente che riceve la somma, o che la restituisce: il suo identificativo, dalla cartella `partner`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-elenco" = "enti"))]
    pub ente: Option<Id>,
    /// L'atto che liquida la somma.
    #[serde(skip_serializing_if = "Option::is_none")]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub importo: Option<Euro>,
    /// # Nuovo costo
    /// Il costo complessivo dopo una variante che lo cambia: allora è cofinanziamento più contributo riconosciuto.
    /// Esempio: 54000.00
    #[serde(skip_serializing_if = "Option::is_none")]
    pub costo_complessivo: Option<Euro>,
    /// # Nuovo cofinanziamento
    /// Il cofinanziamento dopo una variante che lo cambia.
    /// Esempio: 25000.00
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cofinanziamento: Option<Euro>,
    /// # Nuovo termine
    /// Il nuovo ultimo giorno del progetto, in una proroga.
    /// Esempio: 2028-06-30
    #[serde(skip_serializing_if = "Option::is_none")]
    pub al: Option<Data>,
    /// Perché: scrivilo in una proroga, in una variante e quando qualcosa si toglie.
    /// Esempio: Il centro è stato chiuso per lavori.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub motivo: Option<Testo>,
    /// L'atto che lo decide.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub atto: Option<Atto>,
    /// Da quali risorse viene la somma. Le righe, insieme, fanno l'importo.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-elenco" = "enti"))]
    pub ente: Option<Id>,
    /// Quanto ha dichiarato, cofinanziamento compreso.
    /// Esempio: 9000.00
    pub dichiarato: Euro,
    /// Quanto l'ufficio ha ammesso, cofinanziamento compreso. Se non l'ha ancora deciso, lascia il campo via.
    /// Esempio: 8700.00
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ammesso: Option<Euro>,
    /// La parte di quanto è ammesso che l'ente ha pagato di suo.
    /// Esempio: 2000.00
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cofinanziamento_ammesso: Option<Euro>,
}

/// Lo stato di un progetto.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatoProgetto {
    /// La domanda è arrivata e non è ancora decisa.
    Presentato,
    /// È stato ammesso; il contributo non è ancora concesso.
    Ammesso,
    /// Ha un contributo riconosciuto; che sia cominciato, nessuna fonte lo dice ancora.
    Finanziato,
    /// È cominciato e non è ancora finito.
    InCorso,
    /// È fermo per un tempo.
    Sospeso,
    /// Le attività sono finite.
    Concluso,
    /// Chi lo proponeva ha rinunciato.
    Ritirato,
    /// # non ammesso
    /// La domanda non è stata ammessa.
    NonAmmesso,
    /// Un atto ha tolto tutto il contributo.
    Revocato,
}

impl StatoProgetto {
    /// Whether it has a grant.
    pub fn e_finanziato(self) -> bool {
        use StatoProgetto::{Concluso, Finanziato, InCorso, Sospeso};
        matches!(self, Finanziato | InCorso | Sospeso | Concluso)
    }

    /// Whether it was turned down, given up or taken back.
    pub fn e_caduto(self) -> bool {
        matches!(self, StatoProgetto::Ritirato | StatoProgetto::NonAmmesso | StatoProgetto::Revocato)
    }
}

impl Progetto {
    /// The state that is written, or that its events lead to: a plan has no project without one.
    pub fn stato(&self) -> StatoProgetto {
        self.stato.unwrap_or(StatoProgetto::Presentato)
    }

    /// Whether a variant has changed cost or cofinancing: they add up with the grant then, no more with what was asked for.
    pub fn e_variato(&self) -> bool {
        self.eventi.iter().any(|evento| evento.costo_complessivo.is_some() || evento.cofinanziamento.is_some())
    }
}

/// Da quando a quando, primo e ultimo giorno compresi.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Durata {
    /// # Inizio
    /// Il primo giorno, dalla convenzione o dalla comunicazione di avvio.
    /// Esempio: 2026-03-01
    pub dal: Option<Data>,
    /// # Fine
    /// L'ultimo giorno, compreso: dal 1° marzo 2026 due anni finiscono il 29 febbraio 2028.
    /// Esempio: 2028-02-29
    pub al: Option<Data>,
    /// Che cosa dice la fonte quando non dà un giorno preciso.
    /// Esempio: Avvio previsto per luglio 2017.
    pub nota: Option<String>,
    /// Da dove vengono questi giorni, se è un documento diverso da quello del progetto.
    #[serde(default)]
    pub fonte: Fonti,
    /// The last day before it was put off: `al` is the one that holds.
    #[serde(skip)]
    #[schemars(skip)]
    pub prima_della_proroga: Option<Data>,
}

/// Il posto del progetto nella graduatoria del suo avviso.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostoInGraduatoria {
    /// Il posto: 1 è il primo. Due progetti non hanno lo stesso.
    /// Esempio: 4
    pub posizione: u32,
    /// I punti dati dalla commissione, come li stampa l'atto, con il punto per i decimali.
    /// Esempio: 23.5
    pub punteggio: Punteggio,
    /// I punti criterio per criterio, con i nomi che i criteri hanno nell'avviso. Insieme fanno il punteggio.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub punti: Vec<PuntiDiCriterio>,
}

/// I punti dati per un criterio.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PuntiDiCriterio {
    /// Il nome del criterio, com'è nell'avviso.
    /// Esempio: Qualità del progetto
    pub criterio: String,
    /// I punti dati, entro il massimo del criterio.
    /// Esempio: 12.5
    pub punti: Punteggio,
}

/// Il piano finanziario del progetto. Ciò che la fonte non dà resta via: vuoto non è zero.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finanziamento {
    /// Quanto costa il progetto in tutto: è la somma di cofinanziamento e contributo richiesto. Sta nel piano
    /// finanziario della scheda.
    /// Esempio: 65000.00
    pub costo_complessivo: Option<Euro>,
    /// La parte del costo che il contributo può pagare, se l'avviso la distingue dal totale.
    /// Esempio: 60000.00
    pub costo_ammissibile: Option<Euro>,
    /// Ciò che ci mettono gli enti del progetto, in denaro e in altro: persone, spazi, servizi. Sta nel piano
    /// finanziario della scheda.
    /// Esempio: 25000.00
    pub cofinanziamento: Option<Euro>,
    /// La parte del cofinanziamento messa in denaro. Scrivi `0.00` solo se la fonte dice che è zero.
    /// Esempio: 4000.00
    pub cofinanziamento_in_denaro: Option<Euro>,
    /// Quanto è stato chiesto nella domanda.
    /// Esempio: 40000.00
    pub contributo_richiesto: Option<Euro>,
    /// Quanto è stato concesso, dalla determina di concessione o dalla graduatoria. Non supera il contributo richiesto.
    /// Esempio: 40000.00
    pub contributo_riconosciuto: Option<Euro>,
}

impl Finanziamento {
    pub fn voce(&self, voce: VoceFinanziaria) -> Option<Euro> {
        match voce {
            VoceFinanziaria::CostoComplessivo => self.costo_complessivo,
            VoceFinanziaria::Cofinanziamento => self.cofinanziamento,
            VoceFinanziaria::ContributoRichiesto => self.contributo_richiesto,
            VoceFinanziaria::ContributoRiconosciuto => self.contributo_riconosciuto,
        }
    }

    /// Asked and not recognised today, never granted or taken away since, where both are known.
    pub fn non_riconosciuto(&self) -> Option<Euro> {
        Some(self.contributo_richiesto? - self.contributo_riconosciuto?)
    }
}

/// La parte di un ente nel progetto.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Partecipazione {
    /// L'ente: il suo identificativo, dalla cartella `partner`.
    #[schemars(extend("x-elenco" = "enti"))]
    pub ente: Id,
    /// Che cosa fa l'ente nel progetto. Il capofila è uno solo.
    /// Esempio: partner
    pub ruolo: Ruolo,
    /// Perché il capofila del progetto non è quello dell'alleanza: scrivilo nella riga di chi guida.
    /// Esempio: Il Comune gestisce la gara
    #[serde(skip_serializing_if = "Option::is_none")]
    pub motivo: Option<String>,
    /// # Quota di costo
    /// La parte del costo complessivo che l'ente gestisce. Le quote di tutti, insieme, fanno il costo.
    /// Esempio: 31000.00
    pub quota: Option<Euro>,
    /// La parte del contributo che l'ente riceve. Le parti di tutti, insieme, fanno il contributo riconosciuto; `0.00`
    /// se l'ente non riceve nulla.
    /// Esempio: 29000.00
    pub contributo: Option<Euro>,
    /// La parte di costo che l'ente mette di suo. Con il contributo fa la quota di costo.
    /// Esempio: 2000.00
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cofinanziamento: Option<Euro>,
    /// # CUP
    /// I codici unici di progetto che valgono per la parte dell'ente, se ne ha di suoi.
    /// Esempio: [B61J22000140006]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cup: Vec<String>,
    /// # Attività economica
    /// `true` se l'ente svolge un'attività economica: può farlo anche una cooperativa o un ente del Terzo settore. Lo
    /// dichiara l'ente.
    /// Esempio: false
    pub attivita_economica: Option<bool>,
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

/// Il ruolo di un ente in un progetto.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ruolo {
    /// Guida il progetto e ne risponde.
    Capofila,
    /// Realizza una parte del progetto, e può ricevere contributo.
    Partner,
    /// # partner associato
    /// Prende parte al progetto con il nome di partner associato, come lo chiama la scheda.
    Associato,
    /// # soggetto attuatore
    /// Realizza le attività, o una loro parte, per conto di chi guida.
    Attuatore,
    /// Aiuta da fuori, senza ricevere contributo.
    Sostenitore,
}

/// Un'azione del progetto.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Azione {
    /// Il titolo dell'azione, com'è nella scheda.
    /// Esempio: Una navetta dalla stazione
    pub titolo: String,
    /// La voce della norma a cui l'azione risponde. Conta per le regole che chiedono più voci.
    #[schemars(extend("x-elenco" = "macrocategorie"))]
    pub macrocategoria: Option<Id>,
    /// Che cosa si fa, in poche frasi.
    /// Esempio: La navetta porta dalla stazione alla zona industriale.
    pub descrizione: Option<Testo>,
    /// # Durata in mesi
    /// Quanti mesi dura l'azione, se la scheda lo dice in mesi.
    /// Esempio: 24
    pub durata_mesi: Option<u32>,
    /// Il primo e l'ultimo giorno dell'azione, se la scheda li dice.
    pub durata: Option<Durata>,
    /// Quanto costa l'azione. I costi delle azioni, insieme, non superano il costo del progetto.
    /// Esempio: 45000.00
    pub costo: Option<Euro>,
    /// A quali imprese si rivolge l'azione, quando la norma ne ammette solo alcune.
    pub imprese_servite: Option<ImpreseServiteDaAzione>,
    #[serde(default)]
    pub dichiarazioni: Dichiarazioni,
}

/// Le imprese alle cui persone l'azione si rivolge.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImpreseServiteDaAzione {
    /// Le dimensioni delle imprese, con le parole della norma.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "dimensioni"))]
    pub dimensioni: Vec<Id>,
    /// Che cosa fanno le imprese.
    /// Esempio: [commercio, artigianato]
    #[serde(default)]
    pub settori: Vec<Settore>,
    /// Quanti occupati ha al massimo la più grande di queste imprese.
    /// Esempio: 3
    pub occupati_massimi: Option<u32>,
}

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
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-elenco" = "enti"))]
    pub altri_erogatori: Vec<Id>,
    /// Dove si trova il servizio, se non è in tutto il territorio del progetto.
    #[serde(default)]
    pub territorio: Territorio,
    /// # Disponibile da
    /// Il primo giorno in cui si può usare.
    /// Esempio: 2026-09-01
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dal: Option<Data>,
    /// # Disponibile fino a
    /// L'ultimo giorno in cui si può usare.
    /// Esempio: 2027-06-30
    #[serde(skip_serializing_if = "Option::is_none")]
    pub al: Option<Data>,
    /// I giorni e le ore in cui si può usare, a parole.
    /// Esempio: Dal lunedì al venerdì, dalle 7:30 alle 9
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orari: Option<String>,
    /// Quanti posti ci sono.
    /// Esempio: 25
    #[serde(skip_serializing_if = "Option::is_none")]
    pub posti: Option<u32>,
    /// Che cosa serve per poterlo usare: residenza, reddito, età.
    /// Esempio: Figli fra 3 e 11 anni
    #[serde(skip_serializing_if = "Option::is_none")]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indirizzo: Option<Web>,
    /// # Verifica di frase e logo
    /// Chi ha controllato che frase e logo ci siano, e quando.
    #[serde(skip_serializing_if = "Option::is_none")]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tipo: Option<TipoIndicatore>,
    /// I numeri contati durante il progetto, ognuno con il suo giorno.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
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

/// Gli atti del progetto.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttiProgetto {
    /// L'atto che concede il contributo, di solito una determina.
    pub concessione: Option<Atto>,
    /// # CUP
    /// Il codice unico di progetto: quindici caratteri, senza spazi. Sta nella determina di concessione.
    /// Esempio: B61J22000140006
    pub cup: Option<String>,
}

/// Il responsabile del procedimento (D.Lgs. 33/2013, art. 27): è l'unica persona che le schede nominano.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Responsabile {
    /// Nome e cognome, come nella determina.
    /// Esempio: Maria Esempio
    pub nome: String,
    /// L'ufficio a cui appartiene.
    /// Esempio: Ufficio Conciliazione
    pub ufficio: String,
}
