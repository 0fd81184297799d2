//! What the Region receives: one archive that holds the plan, the records that it was made from and the proof of both.
//!
//! [`componi`] makes the files, [`archivio`] puts them in one writing into a ZIP, [`manifesto`] lists them with their
//! SHA-256, [`verifica`] opens a package that somebody hands over and does it all again. A package proves that nothing
//! in it was changed since it was written, never who wrote it: that is told by the control code in the protocol.

pub mod archivio;
pub mod componi;
pub mod consegne;
pub mod manifesto;
mod nomi;
mod rapporto;
pub mod verifica;

pub use componi::{Composto, componi};
pub use consegne::Consegna;

/// The data of the plan: their SHA-256 is the control code.
pub const DATI_DEL_PIANO: &str = "dati/piano.json";
/// What the rules say of each record.
pub const RAPPORTO: &str = "conformita/rapporto.json";
/// Offices send packages by certified mail, which often stops here.
pub const PESO_MASSIMO: usize = 20_000_000;

/// What a package proves, and what it does not: told wherever a package is made or checked.
pub const CHE_COSA_PROVA: &str = "Un pacchetto prova di essere integro, non chi lo ha scritto: confronta codice di controllo e \
                                  SHA-256 con quelli registrati nel protocollo, con `--codice` e `--sha256`.";

/// What stands behind a control code, told beside it.
pub const CODICE_COPRE: &str = "Il codice di controllo è dei dati del Piano: le schede, gli enti che nominano, le norme in \
                                vigore, i dati dell'ATS, immagini e allegati. Non cambia con stato, passaggi e data di \
                                aggiornamento, né con il tema: di tutto il pacchetto risponde solo il suo SHA-256.";
