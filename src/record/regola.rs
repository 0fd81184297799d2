//! A rule of a norm: its code, its article, and exactly one kind with its parameters.
//!
//! The kind is the key under which the parameters stand (`durata:`, `limite:`), and never a tag: a tagged enum
//! would read money through a float.

use serde::{Deserialize, Serialize};

use super::{Modalita, TipoAvviso};
use crate::value::{Data, DataOra, Euro, Id};

/// Declares the kinds once: the fields of [`Regola`] and the enum that the engine matches on.
macro_rules! kinds {
    ($($field:ident: $kind:ident),* $(,)?) => {
        #[derive(Debug, Clone, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Regola {
            pub codice: String,
            /// What it asks for, in one sentence.
            pub titolo: String,
            /// Where the act says so; without it the norm as a whole does.
            pub paragrafo: Option<String>,
            /// The document that says so, where it is not the act of the norm.
            pub fonte: Option<String>,
            #[serde(default)]
            pub gravita: Gravita,
            pub perche: String,
            pub esempio: Option<String>,
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

/// How much a broken rule weighs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gravita {
    #[default]
    Errore,
    Avviso,
}

/// Who takes part: how many bodies, of which qualifications.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partenariato {
    pub requisiti: Vec<Requisito>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requisito {
    pub chi: Chi,
    /// Only where the capofila has one of these qualifications.
    #[serde(default)]
    pub se_capofila: Vec<Id>,
    /// So many bodies with one of the qualifications of `con`.
    pub almeno: Option<u32>,
    #[serde(default)]
    pub con: Vec<Id>,
    /// Every body has one of these.
    #[serde(default)]
    pub ammessi: Vec<Id>,
    /// A body that has none of these is to be looked at, not wrong.
    #[serde(default)]
    pub certi: Vec<Id>,
    pub contributo_massimo: Option<Euro>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chi {
    CapofilaDellaRete,
    Capofila,
    /// The beneficiaries beside the capofila.
    Partner,
    /// Capofila and partners.
    Beneficiari,
    #[serde(alias = "rete_di_sostegno")]
    ReteDiSupporto,
}

/// What each body of a kind must be: size, register, seats.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequisitiEnte {
    pub chi: Chi,
    /// Only bodies with one of these qualifications.
    pub con: Vec<Id>,
    /// The size that a body states is the one that the thresholds of the norm give.
    #[serde(default)]
    pub dimensione: bool,
    #[serde(default)]
    pub registro_imprese: bool,
    #[serde(default)]
    pub sede_legale: bool,
    #[serde(default)]
    pub sede_operativa: bool,
    /// Where the seats must be.
    #[serde(default)]
    pub province: Vec<String>,
}

/// Which firms an action may serve.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImpreseServite {
    pub voci: Vec<VoceImprese>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoceImprese {
    pub macrocategoria: Id,
    /// Only firms of these kinds.
    #[serde(default)]
    pub settori: Vec<Settore>,
    /// No firm with more people than these.
    pub occupati_massimi: Option<u32>,
    /// Firms of these sizes only where the others are enough.
    #[serde(default)]
    pub dimensioni: Vec<Id>,
    #[serde(default)]
    pub altre: Vec<Id>,
    /// In percent of the firms of the partnership.
    pub quota_minima: Option<u32>,
}

/// What firms do, as far as acts tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settore {
    Commercio,
    Artigianato,
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

/// Days: how long, until when, in which window.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tempi {
    /// From the first day to the last, both included: `dal` + months − 1 day.
    pub mesi: Option<u32>,
    pub ultimo_giorno: Option<Data>,
    pub domande: Option<FinestraDomande>,
    pub trasferimenti_entro: Option<GiornoDellAnno>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FinestraDomande {
    pub dal: DataOra,
    pub al: DataOra,
    pub canale: Option<String>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GiornoDellAnno {
    pub giorno: u32,
    pub mese: u32,
}

/// Under which entries of the norm actions and services fall.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Classificazione {
    /// So many different entries of `ammesse`.
    pub almeno: Option<u32>,
    /// Groups or single macro-categories.
    #[serde(default)]
    pub ammesse: Vec<String>,
    /// Groups or macro-categories of which it is not clear whether they count.
    #[serde(default)]
    pub incerte: Vec<String>,
    /// Every action falls under `ammesse`; under `incerte` it is to be looked at.
    #[serde(default)]
    pub ogni_azione: bool,
    /// How services may be offered.
    #[serde(default)]
    pub modalita: Vec<Modalita>,
}

/// Parts of a record that must be there.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Campi {
    pub richiesti: Vec<CampoRichiesto>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CampoRichiesto {
    pub campo: Campo,
    /// Of a number or a list.
    pub almeno: Option<u32>,
    /// The kinds of call that are surely meant; the call is the agency's own.
    #[serde(default)]
    pub tipi: Vec<TipoAvviso>,
    /// Who issues the act.
    pub organo: Option<String>,
}

/// What a norm may ask to be there. The name tells the record: a field of the plan, of each project, of each residual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Campo {
    PianoRete,
    PianoOrganismo,
    PianoEsitoOrganismo,
    PianoProgetti,
    PianoPriorita,
    PianoMappaturaBisogni,
    PianoMappaturaServizi,
    PianoDocumentoDiIndirizzo,
    PianoIncontriAnnuiMinimi,
    PianoVerificaPubblicita,
    ProgettoAvviso,
    ProgettoCofinanziamentoInDenaro,
    RisorseResidui,
    ResiduoAutorizzazione,
    SitoAmministrazioneTrasparente,
}

/// What the author of a record declares, because records cannot tell it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RichiestaDiDichiarazione {
    pub su: SuCosa,
    pub chiede: Vec<Domanda>,
}

impl RichiestaDiDichiarazione {
    /// What is asked of a kind of record.
    pub fn domande(&self, su: SuCosa) -> impl Iterator<Item = &Domanda> {
        self.chiede.iter().filter(move |domanda| domanda.su.unwrap_or(self.su) == su)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuCosa {
    Piano,
    Avviso,
    Progetto,
    Azione,
    Servizio,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Domanda {
    /// The record that answers, where it is not the one of the rule.
    pub su: Option<SuCosa>,
    /// The key under `dichiarazioni`.
    pub campo: Id,
    /// What is asked, for people.
    pub domanda: String,
    /// The answer that respects the norm; without it any answer does.
    pub atteso: Option<bool>,
    /// A text is asked for, such as an act.
    #[serde(default)]
    pub testo: bool,
    /// Only where this other declaration is `true`.
    pub se: Option<Id>,
    /// Only for these macro-categories.
    #[serde(default)]
    pub macrocategorie: Vec<Id>,
    /// Only for these categories of services.
    #[serde(default)]
    pub categorie_servizi: Vec<Id>,
}

/// The network and the body that plans and accompanies.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Governo {
    /// The required seats of the norm's `organismo` are held, each by a body that fits.
    #[serde(default)]
    pub seggi: bool,
    /// The body has the name that the norm gives it.
    #[serde(default)]
    pub nome: bool,
    /// Who was in the network of the period before still is.
    #[serde(default)]
    pub continuita: bool,
}

/// How much a project, and all of them together, may receive.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limite {
    /// Of the cost of a project.
    pub percentuale: Option<u32>,
    /// The percentage is of the eligible cost.
    #[serde(default)]
    pub del_costo_ammissibile: bool,
    /// For each project.
    pub massimo: Option<Euro>,
    /// Awards stay within endowment and authorised residuals.
    #[serde(default)]
    pub dotazione: bool,
    /// Sums of all the awards.
    #[serde(default)]
    pub totali: Vec<TotaleMassimo>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TotaleMassimo {
    pub importo: Euro,
    /// Only for this agency, as `sito.yaml` names it.
    pub ats: Option<String>,
}

/// The action of the agency for the whole territory.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VincoloAzioneDiSistema {
    #[serde(default)]
    pub obbligatoria: bool,
    /// Qualifications of who leads it.
    #[serde(default)]
    pub capofila: Vec<Id>,
    /// In percent of the whole, residuals excluded.
    pub quota_minima: Option<u32>,
    pub quota_massima: Option<u32>,
    /// It is paid by authorised residuals; otherwise it is to be looked at.
    #[serde(default)]
    pub da_residui: bool,
}

/// The ranking decides who receives what.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VincoloGraduatoria {
    /// Places follow falling scores.
    #[serde(default)]
    pub punteggio_decrescente: bool,
    /// Money goes down the list, the last one takes what remains.
    #[serde(default)]
    pub scorrimento: bool,
}

/// How the Region divides the money.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VincoloRiparto {
    pub anni: Vec<u32>,
    pub importo_annuo: Euro,
}

/// State aid to whoever carries on an economic activity.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aiuti {
    pub regolamento: String,
    pub massimale: Euro,
    pub anni: u32,
    /// After the registration, to send the act.
    pub giorni_per_la_trasmissione: Option<u32>,
}

/// What is published of each grant above a sum.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trasparenza {
    /// To one body in a calendar year; the rule holds above it.
    pub soglia: Euro,
    /// Beneficiary, amount, legal basis, office and official, selection procedure, project: for `anni`, if they are told.
    #[serde(default)]
    pub completezza: bool,
    /// Publication comes before payment.
    #[serde(default)]
    pub prima_del_pagamento: bool,
    /// Grants stay published for so many years; then nobody is named any more.
    pub anni: Option<u32>,
}

/// What records cannot decide: shown, or proved elsewhere.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Informazione {
    pub mostra: Mostra,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mostra {
    /// The page that tells who may use the services.
    Destinatari,
    /// Phrase and logo, proved on the bytes of every product.
    Attribuzione,
    /// Nothing more than the rule itself.
    Regola,
}
