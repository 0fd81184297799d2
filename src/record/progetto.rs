//! `progetti/*.yaml`: the sheets of the projects.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Aiuto, Atto, Contatti, Deroga, Dichiarazioni, Evento, Fonti, Indicatore, Pagamento, Prodotto, Rendiconto, Servizio,
    Settore, Territorio, VoceFinanziaria,
};
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
    #[serde(default)]
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

    /// Whether it has a grant that can be divided: of one that is not there, or no longer, nobody has a part.
    pub fn e_concesso(&self) -> bool {
        match self.finanziamento.contributo_riconosciuto {
            Some(contributo) => !contributo.e_zero(),
            None => self.stato().e_finanziato(),
        }
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
    #[serde(default)]
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
    /// La parte del cofinanziamento messa in denaro. Zero è scritto solo dove la fonte dice che è zero.
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
    pub cofinanziamento: Option<Euro>,
    /// # CUP
    /// I codici unici di progetto che valgono per la parte dell'ente, se ne ha di suoi.
    /// Esempio: [B61J22000140006]
    #[serde(default)]
    pub cup: Vec<String>,
    /// # Attività economica
    /// `true` se l'ente svolge un'attività economica: può farlo anche una cooperativa o un ente del Terzo settore. Lo
    /// dichiara l'ente.
    /// Esempio: false
    pub attivita_economica: Option<bool>,
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
