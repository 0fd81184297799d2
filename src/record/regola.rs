//! A rule of a norm: its code, its article, and exactly one kind with its parameters.
//!
//! The kind is the key under which the parameters stand (`durata:`, `limite:`), and never a tag: a tagged enum
//! would read money through a float.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Modalita, TipoAvviso};
use crate::value::{Data, DataOra, Euro, Id};

/// Declares the kinds once: the fields of [`Regola`] and the enum that the engine matches on.
macro_rules! kinds {
    ($($field:ident: $kind:ident),* $(,)?) => {
        /// Una regola di una norma: il codice, l'articolo e un solo tipo, con ciò che chiede. `concilia explain` elenca
        /// i tipi.
        #[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct Regola {
            /// Il codice della regola, che non cambia nel tempo.
            /// Esempio: P28-01
            pub codice: String,
            /// Che cosa chiede, in una frase.
            /// Esempio: progetti e attività durano tre anni
            pub titolo: String,
            /// Il paragrafo dell'atto che lo dice. Senza, lo dice la norma nel suo insieme.
            /// Esempio: "4.1"
            pub paragrafo: Option<String>,
            /// Il documento che lo dice, se non è l'atto della norma.
            /// Esempio: DGR n. XII/5464 del 9 dicembre 2025, Allegato A
            pub fonte: Option<String>,
            /// # Peso
            /// Se chi non la rispetta ferma la pubblicazione o riceve solo un avviso. Senza, la ferma.
            #[serde(default)]
            pub gravita: Gravita,
            /// # Perché
            /// Perché la regola c'è.
            /// Esempio: l'atto vuole una durata triennale
            pub perche: String,
            /// Un caso che aiuta a capirla.
            /// Esempio: dal 1° gennaio 2028 al 31 dicembre 2030
            pub esempio: Option<String>,
            /// Che cosa fare quando non è rispettata.
            /// Esempio: correggi `dal` o `al`
            pub rimedio: Option<String>,
            $(#[serde(skip_serializing_if = "Option::is_none")] pub $field: Option<$kind>,)*
        }

        /// The kind of a rule, with its parameters.
        #[derive(Debug, Clone, Copy)]
        pub enum Tipo<'a> {
            $($kind(&'a $kind),)*
        }

        /// The names of the kinds, as a norm writes them.
        pub const TIPI: &[&str] = &[$(stringify!($field)),*];

        impl Regola {
            /// The kinds that are written: a sound rule has one.
            pub fn tipi(&self) -> Vec<(&'static str, Tipo<'_>)> {
                let tutti = [$(self.$field.as_ref().map(|tipo| (stringify!($field), Tipo::$kind(tipo)))),*];
                tutti.into_iter().flatten().collect()
            }
        }
    };
}

kinds! {
    partenariato: Partenariato,
    requisiti_ente: RequisitiEnte,
    imprese_servite: ImpreseServite,
    tempi: Tempi,
    classificazione: Classificazione,
    campi: Campi,
    dichiarazione: RichiestaDiDichiarazione,
    governo: Governo,
    limite: Limite,
    azione_di_sistema: VincoloAzioneDiSistema,
    graduatoria: VincoloGraduatoria,
    riparto: VincoloRiparto,
    aiuti: Aiuti,
    trasparenza: Trasparenza,
    informazione: Informazione,
}

/// Quanto pesa una regola non rispettata.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Gravita {
    /// # vincolante
    /// Chi non la rispetta ferma la pubblicazione.
    #[default]
    Errore,
    /// # solo segnalata
    /// Chi non la rispetta riceve un avviso.
    Avviso,
}

/// Quanti enti partecipano, e con quali qualifiche.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Partenariato {
    /// Che cosa si chiede agli enti, una riga per richiesta.
    pub requisiti: Vec<Requisito>,
}

/// Una richiesta su chi partecipa.
/// Esempio: { chi: beneficiari, almeno: 3, con: [ets, cooperativa-sociale, pubblico] }
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Requisito {
    /// Di quali enti si parla.
    pub chi: Chi,
    /// La richiesta vale solo se il capofila ha una di queste qualifiche.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "qualifiche"))]
    pub se_capofila: Vec<Id>,
    /// Quanti enti devono avere una delle qualifiche di `con`.
    /// Esempio: 3
    pub almeno: Option<u32>,
    /// Le qualifiche che si contano.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "qualifiche"))]
    pub con: Vec<Id>,
    /// Ogni ente deve avere una di queste qualifiche.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "qualifiche"))]
    pub ammessi: Vec<Id>,
    /// Un ente che non ha nessuna di queste qualifiche è un dubbio da chiarire, non un errore.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "qualifiche"))]
    pub certi: Vec<Id>,
    /// Il contributo che ciascuno può ricevere al massimo.
    /// Esempio: 0.00
    pub contributo_massimo: Option<Euro>,
}

/// Gli enti di cui una regola parla.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Chi {
    /// Chi guida la rete territoriale.
    CapofilaDellaRete,
    /// Chi guida il progetto.
    Capofila,
    /// I beneficiari, capofila escluso.
    Partner,
    /// Capofila e partner.
    Beneficiari,
    /// Chi aiuta senza ricevere contributo.
    #[serde(alias = "rete_di_sostegno")]
    ReteDiSupporto,
}

/// Che cosa dev'essere ogni ente di un certo tipo.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequisitiEnte {
    /// Di quali enti si parla.
    pub chi: Chi,
    /// Solo gli enti con una di queste qualifiche.
    #[schemars(extend("x-elenco" = "qualifiche"))]
    pub con: Vec<Id>,
    /// `true` se la dimensione dichiarata dev'essere quella che danno le soglie della norma.
    /// Esempio: true
    #[serde(default)]
    pub dimensione: bool,
    /// # Registro delle imprese
    /// `true` se l'ente dev'essere iscritto al registro delle imprese.
    /// Esempio: true
    #[serde(default)]
    pub registro_imprese: bool,
    /// `true` se la sede legale dev'essere in una delle `province`.
    /// Esempio: true
    #[serde(default)]
    pub sede_legale: bool,
    /// `true` se una sede operativa dev'essere in una delle `province`.
    /// Esempio: true
    #[serde(default)]
    pub sede_operativa: bool,
    /// Le sigle delle province ammesse.
    /// Esempio: [BG, BS]
    #[serde(default)]
    pub province: Vec<String>,
}

/// Quali imprese può servire un'azione.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImpreseServite {
    /// Una riga per macrocategoria.
    pub voci: Vec<VoceImprese>,
}

/// Le imprese che un'azione di una macrocategoria può servire.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VoceImprese {
    /// La macrocategoria di cui si parla.
    #[schemars(extend("x-elenco" = "macrocategorie"))]
    pub macrocategoria: Id,
    /// Solo imprese che fanno questo.
    /// Esempio: [commercio, artigianato]
    #[serde(default)]
    pub settori: Vec<Settore>,
    /// Nessuna impresa con più occupati di così.
    /// Esempio: 3
    pub occupati_massimi: Option<u32>,
    /// Le dimensioni ammesse solo se ci sono abbastanza imprese delle `altre`.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "dimensioni"))]
    pub dimensioni: Vec<Id>,
    /// Le dimensioni che devono essere abbastanza.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "dimensioni"))]
    pub altre: Vec<Id>,
    /// Quante imprese del partenariato devono essere delle `altre`, in percentuale e senza il segno `%`.
    /// Esempio: 20
    pub quota_minima: Option<u32>,
}

/// Che cosa fanno le imprese, per quanto gli atti le distinguono.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Settore {
    /// Imprese commerciali.
    Commercio,
    /// Imprese artigiane.
    Artigianato,
    /// Tutte le altre.
    Altro,
}

impl Settore {
    /// The word that records use.
    pub fn chiave(self) -> &'static str {
        match self {
            Settore::Commercio => "commercio",
            Settore::Artigianato => "artigianato",
            Settore::Altro => "altro",
        }
    }
}

/// Quanto durano le attività, entro quando finiscono, quando si presentano le domande.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tempi {
    /// Quanti mesi durano progetti e attività, primo e ultimo giorno compresi.
    /// Esempio: 24
    pub mesi: Option<u32>,
    /// Il giorno entro cui tutto finisce.
    /// Esempio: 2019-01-15
    pub ultimo_giorno: Option<Data>,
    /// Quando si presentano le domande.
    pub domande: Option<FinestraDomande>,
    /// Il giorno dell'anno entro cui la Regione trasferisce le risorse.
    pub trasferimenti_entro: Option<GiornoDellAnno>,
}

/// Quando e per quale via si presentano le domande.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FinestraDomande {
    /// # Apertura
    /// Il giorno e l'ora in cui si aprono.
    /// Esempio: 2022-05-04 12:00
    pub dal: DataOra,
    /// # Chiusura
    /// Il giorno e l'ora in cui si chiudono.
    /// Esempio: 2022-06-15 12:00
    pub al: DataOra,
    /// La via per presentarle.
    /// Esempio: Bandi Online
    pub canale: Option<String>,
}

/// Un giorno di ogni anno.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GiornoDellAnno {
    /// Il giorno del mese.
    /// Esempio: 15
    pub giorno: u32,
    /// Il mese, da 1 a 12.
    /// Esempio: 12
    pub mese: u32,
}

/// Sotto quali voci della norma stanno azioni e servizi.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Classificazione {
    /// Quante voci diverse di `ammesse` deve avere un progetto.
    /// Esempio: 2
    pub almeno: Option<u32>,
    /// Gruppi o singole macrocategorie che contano.
    /// Esempio: [macrocategorie]
    #[serde(default)]
    pub ammesse: Vec<String>,
    /// Gruppi o macrocategorie di cui non è chiaro se contano.
    /// Esempio: [l.r. 28/2004]
    #[serde(default)]
    pub incerte: Vec<String>,
    /// `true` se ogni azione deve stare fra le `ammesse`; fra le `incerte` è un dubbio da chiarire.
    /// Esempio: true
    #[serde(default)]
    pub ogni_azione: bool,
    /// # Modalità
    /// I modi in cui un servizio si può offrire.
    /// Esempio: [gratuito, voucher]
    #[serde(default)]
    pub modalita: Vec<Modalita>,
}

/// Quali parti di una scheda devono esserci.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Campi {
    /// Le parti che devono esserci, una per riga.
    pub richiesti: Vec<CampoRichiesto>,
}

/// Una parte che deve esserci.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CampoRichiesto {
    /// Quale parte deve esserci.
    pub campo: Campo,
    /// Quanto, se è un numero, o quante voci, se è un elenco.
    /// Esempio: 2
    pub almeno: Option<u32>,
    /// I tipi di avviso che vanno bene di sicuro; l'avviso è dell'ATS.
    /// Esempio: [avviso_di_coprogettazione]
    #[serde(default)]
    pub tipi: Vec<TipoAvviso>,
    /// Chi deve aver emanato l'atto.
    /// Esempio: Regione Lombardia
    pub organo: Option<String>,
}

/// Che cosa una norma può chiedere. Il nome dice la scheda: il Piano, ogni progetto, ogni residuo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Campo {
    /// La rete del Piano, con i suoi membri.
    PianoRete,
    /// L'organismo del Piano, con chi ci siede.
    PianoOrganismo,
    /// L'esito dei lavori dell'organismo.
    PianoEsitoOrganismo,
    /// I progetti del Piano.
    PianoProgetti,
    /// # piano priorità
    /// Le priorità del Piano.
    PianoPriorita,
    /// I bisogni del territorio.
    PianoMappaturaBisogni,
    /// I servizi che ci sono già.
    PianoMappaturaServizi,
    /// Il documento di indirizzo della rete.
    PianoDocumentoDiIndirizzo,
    /// Quante volte l'anno la rete si incontra almeno.
    PianoIncontriAnnuiMinimi,
    /// # piano verifica pubblicità
    /// La verifica di frase e logo.
    PianoVerificaPubblicita,
    /// L'avviso di ogni progetto.
    ProgettoAvviso,
    /// Il cofinanziamento in denaro di ogni progetto.
    ProgettoCofinanziamentoInDenaro,
    /// I residui, o `nessun_residuo: true`.
    RisorseResidui,
    /// L'atto che autorizza ogni residuo.
    ResiduoAutorizzazione,
    /// L'indirizzo della sezione Amministrazione trasparente.
    SitoAmministrazioneTrasparente,
}

/// Che cosa dichiara chi scrive una scheda, quando i dati da soli non lo dicono.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RichiestaDiDichiarazione {
    /// In quale scheda si risponde.
    pub su: SuCosa,
    /// Le domande, una per riga.
    pub chiede: Vec<Domanda>,
}

impl RichiestaDiDichiarazione {
    /// What is asked of a kind of record.
    pub fn domande(&self, su: SuCosa) -> impl Iterator<Item = &Domanda> {
        self.chiede.iter().filter(move |domanda| domanda.su.unwrap_or(self.su) == su)
    }
}

/// La scheda che risponde a una domanda.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

/// Chi siede nell'organismo, come si chiama, e se la rete conserva chi c'era.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Governo {
    /// `true` se i seggi obbligatori devono essere occupati, ognuno da un ente adatto.
    /// Esempio: true
    #[serde(default)]
    pub seggi: bool,
    /// `true` se l'organismo deve avere il nome della norma.
    /// Esempio: true
    #[serde(default)]
    pub nome: bool,
    /// # Continuità
    /// `true` se chi era nella rete del periodo precedente deve esserci ancora.
    /// Esempio: true
    #[serde(default)]
    pub continuita: bool,
}

/// Quanto può ricevere un progetto, e quanto tutti insieme.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limite {
    /// La parte del costo che il contributo può pagare al massimo, senza il segno `%`.
    /// Esempio: 70
    pub percentuale: Option<u32>,
    /// `true` se la percentuale è del costo ammissibile e non di quello complessivo.
    /// Esempio: true
    #[serde(default)]
    pub del_costo_ammissibile: bool,
    /// Quanto può ricevere al massimo un progetto.
    /// Esempio: 50000.00
    pub massimo: Option<Euro>,
    /// `true` se i contributi, insieme, devono stare nella dotazione e nei residui autorizzati.
    /// Esempio: true
    #[serde(default)]
    pub dotazione: bool,
    /// Quanto possono fare al massimo i contributi di tutti i progetti.
    #[serde(default)]
    pub totali: Vec<TotaleMassimo>,
}

/// La somma massima di tutti i contributi.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TotaleMassimo {
    /// La somma che i contributi, insieme, non superano.
    /// Esempio: 457930.00
    pub importo: Euro,
    /// # ATS
    /// L'ATS per cui vale, con il nome che ha in `sito.yaml`. Senza, vale per tutte.
    /// Esempio: ATS Val Padana
    pub ats: Option<String>,
}

/// Come dev'essere l'azione di sistema.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VincoloAzioneDiSistema {
    /// `true` se ci deve essere.
    /// Esempio: true
    #[serde(default)]
    pub obbligatoria: bool,
    /// Le qualifiche di chi la può guidare.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "qualifiche"))]
    pub capofila: Vec<Id>,
    /// La parte minima delle risorse, residui esclusi, in percentuale e senza il segno `%`.
    /// Esempio: 20
    pub quota_minima: Option<u32>,
    /// La parte massima delle risorse, residui esclusi.
    /// Esempio: 30
    pub quota_massima: Option<u32>,
    /// `true` se la devono pagare i residui autorizzati; altrimenti è un dubbio da chiarire.
    /// Esempio: true
    #[serde(default)]
    pub da_residui: bool,
}

/// Come la graduatoria decide chi riceve.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VincoloGraduatoria {
    /// `true` se i posti devono seguire i punteggi, dal più alto.
    /// Esempio: true
    #[serde(default)]
    pub punteggio_decrescente: bool,
    /// `true` se il denaro scende lungo l'elenco e l'ultimo prende ciò che resta.
    /// Esempio: true
    #[serde(default)]
    pub scorrimento: bool,
}

/// Come la Regione divide le risorse fra le ATS.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VincoloRiparto {
    /// Gli anni di cui si parla.
    /// Esempio: [2025, 2026, 2027]
    pub anni: Vec<u32>,
    /// La somma che si divide ogni anno.
    /// Esempio: 1000000.00
    pub importo_annuo: Euro,
}

/// Gli aiuti di Stato a chi svolge un'attività economica.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Aiuti {
    /// Il regolamento europeo.
    /// Esempio: Reg. UE 2023/2831
    pub regolamento: String,
    /// Quanto un'impresa può ricevere al massimo.
    /// Esempio: 300000.00
    pub massimale: Euro,
    /// Gli anni in cui gli aiuti si sommano.
    /// Esempio: 3
    pub anni: u32,
    /// Entro quanti giorni dalla registrazione si trasmette l'atto.
    /// Esempio: 20
    pub giorni_per_la_trasmissione: Option<u32>,
}

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

/// Ciò che le schede non possono decidere: si mostra, o si prova sui file finiti.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Informazione {
    /// Che cosa si mostra.
    pub mostra: Mostra,
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
