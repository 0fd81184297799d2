//! The records as ATS staff write them, one file a kind.
//!
//! One vocabulary everywhere: a YAML key, a field here, a template variable, a CSV header and a word
//! in a message are the same Italian word, the one that the acts use.

mod alleanza;
mod atto;
mod avviso;
mod canonico;
mod comuni;
mod ente;
mod etichette;
mod importi;
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

pub use alleanza::*;
pub use atto::*;
pub use avviso::*;
pub use canonico::{canonico, valore};
pub use comuni::*;
pub use ente::*;
pub use etichette::*;
pub use importi::*;
pub use norma::{
    Attribuzione, CategoriaEnte, Destinatari, Dimensione, Natura, Norma, Organismo as OrganismoDiNorma,
    Seggio as SeggioDiNorma, Voce,
};
pub use pagina::*;
pub use piano::*;
pub use progetto::*;
pub use regole::*;
pub use ricerca::*;
pub use risorse::*;
pub use servizio::*;
pub use sito::*;
pub use storia::*;
pub use unique_map::unique_map;
pub use visita::*;
pub use vita::*;
