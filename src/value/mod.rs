//! The small exact values that records are made of: money, dates, identifiers, shares, addresses, texts.

mod casella;
pub mod codici;
mod colore;
mod comune;
mod data;
mod dichiarazione;
mod elenco;
mod euro;
mod id;
mod impronta;
mod indirizzo;
mod nodo;
mod numero;
pub mod posta;
pub mod provincia;
mod quando;
pub mod quote;
pub mod schema;
pub mod telefono;
mod testo;
mod web;

pub use casella::Casella;
pub use colore::{Colore, Contrasto};
pub use comune::Comune;
pub use data::{Data, DataOra, MESI};
pub use dichiarazione::Dichiarazione;
pub use elenco::{accorciato, elenco};
pub use euro::{Euro, NBSP, euro};
pub use id::Id;
pub use impronta::{Chiave, esadecimale, impronta};
pub use indirizzo::Indirizzo;
pub use nodo::Nodo;
pub use numero::{Punteggio, intero_inteso, migliaia, percentuale_intesa};
pub use posta::Posta;
pub use quando::Quando;
pub use telefono::Telefoni;
pub use testo::Testo;
pub use web::{RULES, Recapito, Rifiuto, Web, is_web_address};

/// Written as it is displayed.
macro_rules! in_lettere {
    ($($tipo:ty),*) => {$(
        impl serde::Serialize for $tipo {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )*};
}

in_lettere!(Casella, Colore, Comune, Data, DataOra, Euro, Id, Punteggio, Quando, quote::Percentuale);

/// A text that is a value only if the `parse` of its type takes it. It serializes under the name of its type, by which
/// whoever walks a record knows it.
macro_rules! testuale {
    ($tipo:ident) => {
        impl $tipo {
            pub const TIPO: &str = stringify!($tipo);

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::ops::Deref for $tipo {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $tipo {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl serde::Serialize for $tipo {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_newtype_struct(Self::TIPO, &self.0)
            }
        }
    };
}
use testuale;
