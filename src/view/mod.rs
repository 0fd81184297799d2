//! What tables and charts show: columns and cells, and the geometry of drawings. Pages, documents, data and packages are
//! made from the same.

mod cella;
mod colonne;
pub mod csv;
pub mod disegno;
pub mod grafico;
pub mod xlsx;

pub use cella::{Cella, Codice, Tipata, Tipo};
pub use colonne::{Campo, Colonne};
