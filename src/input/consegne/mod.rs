//! A delivery as it is written and read: [`archivio`] is the one writing of the ZIP, [`manifesto`] lists the files with
//! their SHA-256. What is kept of the packages of before is read by this, and so are those that somebody hands over.

pub mod archivio;
mod consegna;
mod contenuto;
mod manifesto;
mod prodotto;

pub use consegna::Consegna;
pub use contenuto::{Contenuto, RegolaDiScheda, in_gruppi, scritti};
pub use manifesto::{FORMATO, FileDiPacchetto, LETTI, MANIFESTO, Manifesto, Prodotto, Programma, Richiesta, Testa};
pub use prodotto::TipoProdotto;

/// The data of the plan: their SHA-256 is the control code.
pub const DATI_DEL_PIANO: &str = "dati/piano.json";
/// What the rules say of each record.
pub const RAPPORTO: &str = "conformita/rapporto.json";

/// What stands behind a control code, told beside it.
pub const CODICE_COPRE: &str = "Il codice di controllo è dei dati del Piano: le schede, gli enti che nominano, le norme in \
                                vigore, i dati dell'ATS, immagini e allegati. Non cambia con stato, passaggi e data di \
                                aggiornamento, né con il tema: di tutto il pacchetto risponde la sua impronta SHA-256.";
