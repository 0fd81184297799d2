//! The records as ATS staff write them, one file a kind.
//!
//! One vocabulary everywhere: a YAML key, a field here, a template variable, a CSV header and a word
//! in a message are the same Italian word, the one that the acts use.

mod alleanza;
mod avviso;
mod comuni;
mod ente;
mod norma;
mod pagina;
mod piano;
mod progetto;
mod risorse;
mod sito;
mod storia;

pub use alleanza::{Alleanza, AltriPartner, Territorio};
pub use avviso::{Avviso, Esito, EsitoProvincia, Finestra, Limiti, TipoAvviso};
pub use comuni::{Atto, Contatti, Fonte, Periodo};
pub use ente::Ente;
pub use norma::{
    Attribuzione, CategoriaEnte, Destinatari, Natura, Norma, Organismo as OrganismoDiNorma, Seggio as SeggioDiNorma,
    Voce,
};
pub use pagina::Pagina;
pub use piano::{
    Composizione, Criterio, Incontro, Organismo, Piano, Rete, Scadenza, Seggio, StatoPiano, VoceComposizione,
};
pub use progetto::{
    AttiProgetto, Azione, Durata, Finanziamento, Indicatore, Modalita, Partecipazione, PostoInGraduatoria, Progetto,
    Responsabile, Ruolo, Servizio, StatoProgetto,
};
pub use risorse::{
    AzioneDiSistema, Destinazione, Quota, Residuo, RigaRiparto, Riparto, Risorse, Stanziamento, TotaleDichiarato,
    VoceFinanziaria,
};
pub use sito::{Agenzia, EnteSuperiore, Logo, Sito};
pub use storia::{Cifra, Programma};
