//! The records as ATS staff write them, one file a kind.
//!
//! One vocabulary everywhere: a YAML key, a field here, a template variable, a CSV header and a word
//! in a message are the same Italian word, the one that the acts use.

mod aiuto;
mod alleanza;
mod atto;
mod avviso;
mod canonico;
mod comuni;
mod ente;
mod etichette;
mod importi;
mod indicatore;
mod norma;
mod pagina;
mod piano;
mod progetto;
mod regole;
mod ricerca;
mod risorse;
mod servizio;
mod sito;
mod storia;
#[cfg(test)]
mod tests;
mod unique_map;
mod visita;
mod vita;

pub use aiuto::{Aiuto, Visura};
pub use alleanza::{Alleanza, AltriPartner, Territorio};
pub use atto::{Atto, ConAtti, cita};
pub use avviso::{
    Adesione, Avviso, Esito, EsitoProvincia, Finestra, Limiti, NonAmmessa, Rata, Saldo, Scorrimento, SommaAProgetto,
    TipoAvviso,
};
pub use canonico::{canonico, valore};
pub use comuni::{Contatti, Deroga, Dichiarazioni, Fonte, Fonti, Periodo, Sportello, recapiti};
pub use ente::{Ente, Sede};
#[cfg(test)]
pub(crate) use etichette::ETICHETTE;
pub use etichette::etichetta;
pub use importi::{IMPORTI, Importo, Visibilita};
pub use indicatore::{Indicatore, Rilevazione, TipoIndicatore};
pub use norma::{
    Attribuzione, CategoriaEnte, Destinatari, Dimensione, Natura, Norma, Organismo as OrganismoDiNorma,
    Seggio as SeggioDiNorma, Voce,
};
pub use pagina::Pagina;
pub use piano::{
    Bisogno, Composizione, Criterio, Incontro, Mappatura, Organismo, Passaggi, Passaggio, Piano, Rete, Richiesta,
    Scadenza, Seggio, StatoPiano, VerificaPubblicita, VoceComposizione,
};
pub use progetto::{
    AttiProgetto, Azione, DomandaDiContributo, Durata, Finanziamento, ImpreseServiteDaAzione, Partecipazione,
    PostoInGraduatoria, Progetto, PuntiDiCriterio, Responsabile, Ruolo, StatoProgetto,
};
pub use regole::*;
pub use ricerca::{Ricerca, Sinonimo};
pub use risorse::{
    AzioneDiSistema, Destinazione, Quota, Residuo, RigaRiparto, Riparto, Risorse, Stanziamento, TotaleDichiarato,
    Trasferimento, VoceFinanziaria,
};
pub use servizio::{Modalita, Prodotto, Servizio};
pub use sito::{Agenzia, Ambito, EnteSuperiore, Logo, Sito};
pub use storia::{Cifra, Programma};
pub use unique_map::unique_map;
pub use visita::{Parola, Visita};
pub use vita::{Copertura, Cosa, Evento, Pagamento, Rendiconto, TipoPagamento};
