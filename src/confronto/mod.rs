//! Two plans side by side: what changed between them, in words.

pub mod istantanea;

pub use istantanea::{Istantanea, RegolaDiScheda, codice_di_controllo, dati_canonici};
