//! The records of a plan as the sheets of a workbook, and the way back.
//!
//! A sheet is data: which kind of record, which list of it, what makes a row known. Its columns are the fields of the
//! schema, so that a new field is a new column by itself. One place says how a value stands in a cell and how a cell
//! gives a value ([`cella`]): what was written out and comes back changes nothing.
//!
//! ```text
//! file ──lettura──▶ cells ──intesa──▶ rows ──importa──▶ edits ──scrive──▶ texts of files
//! records ──schedario──▶ values ──esporta──▶ rows ──libro──▶ workbook
//! ```

mod cella;
mod colonne;
mod esporta;
mod importa;
mod intesa;
mod lettura;
mod libro;
mod nomi;
mod richieste;
mod schedario;
mod scrive;
mod valori;

pub(crate) use cella::momento;
pub use colonne::FOGLI;
pub use esporta::{esporta, modello};
pub use importa::{Esito, Problema, importa};
pub use intesa::foglio_di_nome;
pub use lettura::{Dato, MASSIMO, Riga, Tavola, e_altro, leggi};
pub use libro::piano_di;
pub use nomi::{Nomi, id_di_atto};
pub use richieste::{Richiesta, richieste};
pub use schedario::Schedario;
pub use scrive::{Riscrittura, riscritture};
pub(crate) use valori::{metti, testo, voci};
