//! The bodies, shared by all periods.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Contatti, Fonti};
use crate::value::{Euro, Id, Indirizzo, Testo};

/// Un ente, nella cartella `partner`: uno per file, o un elenco in cui ognuno ha il suo `id`. Vale per tutti i periodi.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ente {
    /// # Identificativo
    /// Il nome breve con cui le altre schede chiamano l'ente. Serve in un elenco; in un file che ha un ente solo vale
    /// il nome del file.
    /// Esempio: comune-albino
    pub id: Option<Id>,
    /// Il nome dell'ente, come nello statuto o nell'indice delle pubbliche amministrazioni.
    /// Esempio: Comune di Albino
    pub nome: String,
    /// La sigla con cui è conosciuto.
    /// Esempio: CISL
    pub sigla: Option<String>,
    /// # Altri nomi
    /// Gli altri nomi con cui gli atti chiamano lo stesso ente: servono a non contarlo due volte e a trovarlo nella
    /// ricerca.
    /// Esempio: [Comune di Albino – Ambito Territoriale n. 8]
    #[serde(default)]
    pub alias: Vec<String>,
    /// Il tipo di ente. Decide la natura (pubblico, privato, impresa) e come l'ente conta nelle regole.
    #[schemars(extend("x-elenco" = "categorie_enti"))]
    pub categoria: Id,
    /// Il comune in cui ha la sede legale.
    /// Esempio: Albino
    pub comune: Option<String>,
    /// La sigla della provincia in cui ha la sede legale.
    /// Esempio: BG
    pub provincia: Option<String>,
    /// Il codice fiscale dell'ente, undici cifre. Di una ditta individuale è di sedici caratteri, e si pubblica solo
    /// con `ditta_individuale: true` (D.Lgs. 33/2013, art. 27).
    /// Esempio: "00000000018"
    pub codice_fiscale: Option<String>,
    /// # Partita IVA
    /// La partita IVA, se l'ente ne ha una diversa dal codice fiscale.
    /// Esempio: "00000000018"
    pub partita_iva: Option<String>,
    /// # Codice IPA
    /// Il codice dell'ente nell'indice delle pubbliche amministrazioni.
    /// Esempio: c_a163
    pub codice_ipa: Option<String>,
    /// `true` se è l'impresa di una persona sola: allora il suo codice fiscale ha sedici caratteri e va pubblicato.
    /// Esempio: true
    #[serde(default)]
    pub ditta_individuale: bool,
    /// # Anno di costituzione
    /// L'anno in cui l'ente è nato.
    /// Esempio: 1998
    pub anno_costituzione: Option<u32>,
    /// Quante persone ci lavorano, secondo la fonte. Decide se un'impresa è micro, piccola o più grande.
    /// Esempio: 49
    pub addetti: Option<u32>,
    /// Come l'ente conta nelle regole, oltre a ciò che dice la sua categoria: una fondazione iscritta al RUNTS scrive
    /// `[ets]`.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "qualifiche"))]
    pub qualifiche: Vec<Id>,
    /// L'ambito per cui l'ente ha firmato l'accordo di programma del Piano di Zona: così un'azienda conta come ente del
    /// territorio (regola P25-05). Dove `sito.yaml` elenca gli ambiti, scrivilo uguale.
    /// Esempio: Gamma Est
    pub accordo_di_programma: Option<String>,
    /// Il nome del gruppo di imprese collegate che contano come una sola per gli aiuti (Reg. UE 2023/2831, art. 2):
    /// scrivilo uguale in tutte.
    /// Esempio: Gruppo Omicron
    pub impresa_unica: Option<String>,
    /// La dimensione che l'impresa dichiara, con le parole della norma.
    #[schemars(extend("x-elenco" = "dimensioni"))]
    pub dimensione: Option<Id>,
    /// Il fatturato annuo, dall'ultimo bilancio.
    /// Esempio: 2000000.00
    pub fatturato: Option<Euro>,
    /// # Totale di bilancio
    /// Il totale dello stato patrimoniale, dall'ultimo bilancio. Per essere piccola basta che uno fra fatturato e
    /// bilancio stia nella soglia.
    /// Esempio: 1500000.00
    pub bilancio: Option<Euro>,
    /// # Registro delle imprese
    /// L'iscrizione al registro della Camera di commercio: il numero REA.
    /// Esempio: CR-000031
    pub registro_imprese: Option<String>,
    /// Dove l'ente lavora davvero, se alcune sedi contano per l'avviso.
    #[serde(default)]
    pub sedi_operative: Vec<Sede>,
    /// Chi è l'ente e che cosa fa, in poche frasi.
    /// Esempio: Lavora le materie plastiche.
    pub descrizione: Option<Testo>,
    #[serde(default)]
    pub contatti: Contatti,
    #[serde(default)]
    pub indirizzi_precedenti: Vec<Indirizzo>,
    #[serde(default)]
    pub fonte: Fonti,
}

/// Una sede operativa.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sede {
    /// Il comune in cui si trova.
    /// Esempio: Beta
    pub comune: String,
    /// La sigla della provincia.
    /// Esempio: MN
    pub provincia: String,
}
