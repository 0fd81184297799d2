//! `progetti/*.yaml`: the sheets of the projects.

use serde::{Deserialize, Serialize};

use super::{Atto, Contatti, Deroga, Dichiarazioni, Fonte, Settore, Territorio, VoceFinanziaria};
use crate::value::{Data, DataOra, Euro, Id, Indirizzo, Punteggio};

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Progetto {
    pub titolo: String,
    pub acronimo: Option<String>,
    /// What it offers, in plain words and in one or two sentences.
    pub sintesi: Option<String>,
    /// The number of the sheet in the plan, which need not be the place in the ranking.
    pub scheda: Option<u32>,
    pub alleanza: Id,
    pub avviso: Option<Id>,
    /// When and how the contribution was asked for.
    pub domanda: Option<DomandaDiContributo>,
    pub stato: StatoProgetto,
    /// Whether the alliance already worked in the period before.
    pub gia_nel_piano_precedente: Option<bool>,
    pub durata: Option<Durata>,
    pub graduatoria: Option<PostoInGraduatoria>,
    #[serde(default)]
    pub finanziamento: Finanziamento,
    /// Who takes part in the project and with how much of its cost, where a source tells.
    #[serde(default)]
    pub partenariato: Vec<Partecipazione>,
    /// Whether a service may give firms an economic advantage: only then is there aid.
    pub vantaggio_per_imprese: Option<bool>,
    #[serde(default)]
    pub aiuti: Vec<Aiuto>,
    #[serde(default)]
    pub territorio: Territorio,
    /// The editors put the actions into groups, not the source: pages say so.
    #[serde(default)]
    pub macrocategorie_redazionali: bool,
    #[serde(default)]
    pub azioni: Vec<Azione>,
    pub finalita: Option<String>,
    #[serde(default)]
    pub obiettivi: Vec<String>,
    #[serde(default)]
    pub destinatari: Vec<String>,
    #[serde(default)]
    pub servizi: Vec<Servizio>,
    #[serde(default)]
    pub indicatori: Vec<Indicatore>,
    #[serde(default)]
    pub atti: AttiProgetto,
    pub responsabile: Option<Responsabile>,
    pub tema: Option<String>,
    pub programma: Option<String>,
    /// The day on which the grant was published (D.Lgs. 33/2013 art. 26).
    pub pubblicato_il: Option<Data>,
    #[serde(default)]
    pub pagamenti: Vec<Pagamento>,
    #[serde(default)]
    pub dichiarazioni: Dichiarazioni,
    #[serde(default)]
    pub deroghe: Vec<Deroga>,
    #[serde(default)]
    pub contatti: Contatti,
    /// Where its page was before: there a reader is led on.
    #[serde(default)]
    pub indirizzi_precedenti: Vec<Indirizzo>,
    pub fonte: Option<Fonte>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DomandaDiContributo {
    pub presentata: DataOra,
    /// The way it came in: `Bandi Online`.
    pub canale: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pagamento {
    pub data: Data,
    pub importo: Euro,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatoProgetto {
    Presentato,
    Ammesso,
    Finanziato,
    InCorso,
    Concluso,
    Ritirato,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Durata {
    pub dal: Option<Data>,
    pub al: Option<Data>,
    /// What the source says where it gives no day.
    pub nota: Option<String>,
    /// Where it is another one than that of the project.
    pub fonte: Option<Fonte>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostoInGraduatoria {
    pub posizione: u32,
    pub punteggio: Punteggio,
}

/// What a source does not give is absent; a rule asks for it where the norm is not one of a historical source.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finanziamento {
    pub costo_complessivo: Option<Euro>,
    /// The part of the cost that the contribution may pay for.
    pub costo_ammissibile: Option<Euro>,
    pub cofinanziamento: Option<Euro>,
    pub cofinanziamento_in_denaro: Option<Euro>,
    pub contributo_richiesto: Option<Euro>,
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

    /// Asked and not granted, where both are known.
    pub fn non_riconosciuto(&self) -> Option<Euro> {
        Some(self.contributo_richiesto? - self.contributo_riconosciuto?)
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partecipazione {
    pub ente: Id,
    pub ruolo: Ruolo,
    /// Why it leads the project in place of the capofila of the alliance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub motivo: Option<String>,
    /// The part of the cost that this body manages.
    pub quota: Option<Euro>,
    /// The part of the contribution that this body receives.
    pub contributo: Option<Euro>,
    /// Whether it carries on an economic activity: co-operatives and ETS may too.
    pub attivita_economica: Option<bool>,
}

/// De minimis aid that a project gives a body.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aiuto {
    pub ente: Id,
    pub importo: Euro,
    /// Its code in the national register.
    pub cor: Option<String>,
    pub registrato_il: Option<Data>,
    /// When the act that grants it was sent to the register.
    pub trasmesso_il: Option<Data>,
    pub visura: Option<Visura>,
}

/// What the register says of earlier aid, to the body and to those that are one firm with it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visura {
    pub data: Data,
    pub gia_concessi: Euro,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ruolo {
    Capofila,
    Partner,
    Associato,
    Attuatore,
    Sostenitore,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Azione {
    pub titolo: String,
    pub macrocategoria: Option<Id>,
    pub descrizione: Option<String>,
    pub durata_mesi: Option<u32>,
    pub durata: Option<Durata>,
    pub costo: Option<Euro>,
    pub imprese_servite: Option<ImpreseServiteDaAzione>,
    #[serde(default)]
    pub dichiarazioni: Dichiarazioni,
}

/// The firms whose people an action serves.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImpreseServiteDaAzione {
    #[serde(default)]
    pub dimensioni: Vec<Id>,
    /// What they do.
    #[serde(default)]
    pub settori: Vec<Settore>,
    /// People of the largest of them.
    pub occupati_massimi: Option<u32>,
}

/// What a citizen can actually use.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Servizio {
    pub nome: String,
    pub categoria: Id,
    pub descrizione: Option<String>,
    pub modalita: Option<Modalita>,
    pub per_chi: Option<String>,
    pub erogatore: Option<Id>,
    #[serde(default)]
    pub territorio: Territorio,
    pub costo: Option<String>,
    pub come_accedere: Option<String>,
    #[serde(default)]
    pub dichiarazioni: Dichiarazioni,
    #[serde(default)]
    pub contatti: Contatti,
    pub fonte: Option<Fonte>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modalita {
    Gratuito,
    Calmierato,
    Voucher,
    Rimborso,
    Pagamento,
    /// The source names two ways and does not say which holds when.
    CalmieratoOVoucher,
}

impl Modalita {
    /// The word that records use.
    pub fn chiave(self) -> &'static str {
        match self {
            Modalita::Gratuito => "gratuito",
            Modalita::Calmierato => "calmierato",
            Modalita::Voucher => "voucher",
            Modalita::Rimborso => "rimborso",
            Modalita::Pagamento => "pagamento",
            Modalita::CalmieratoOVoucher => "calmierato_o_voucher",
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicatore {
    pub nome: String,
    pub previsto: u32,
    /// How the source puts the number: `circa`, `almeno`.
    pub precisione: Option<String>,
    /// Only where a source says it.
    pub raggiunto: Option<u32>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttiProgetto {
    pub concessione: Option<Atto>,
    pub cup: Option<String>,
}

/// The official whom D.Lgs. 33/2013 art. 27 asks for: the only person that records name.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Responsabile {
    pub nome: String,
    pub ufficio: String,
}
