//! The small exact values that records are made of: money, dates, identifiers, shares.

mod casella;
pub mod codici;
mod data;
mod euro;
mod id;
mod indirizzo;
mod numero;
pub mod quote;

pub use casella::Casella;
pub use data::{Data, DataOra};
pub use euro::{Euro, NBSP, euro};
pub use id::{Id, IdError};
pub use indirizzo::Indirizzo;
pub use numero::{Punteggio, migliaia};
