//! Stage 5: named routes, each a function from the plan to bytes.
//!
//! `build` evaluates all of them in parallel, `serve` only the one that a browser asks for. [`routes`] is the table.

/// What a template reads of something: names, and values that can be written as data; after `..` a record, whose other
/// fields it reads too.
macro_rules! vista {
    ($($nome:literal: $valore:expr,)* ..$scheda:expr) => {{
        let mut campi = tera::Value::from_serializable($scheda).into_map().unwrap_or_default();
        campi.extend([$((tera::value::Key::from($nome), tera::Value::from_serializable(&$valore)),)*]);
        tera::Value::from(campi)
    }};
    ($($nome:literal: $valore:expr),* $(,)?) => {
        tera::Value::from(tera::Map::from_iter([
            $((tera::value::Key::from($nome), tera::Value::from_serializable(&$valore)),)*
        ]))
    };
}

mod alleanze;
mod allegati;
mod ancore;
mod avvisi;
mod cartoline;
mod catalogo;
pub mod collegamenti;
mod concessioni;
mod conformita;
mod dati;
mod denaro;
mod dichiarazioni;
mod documento;
mod dove;
mod engine;
mod enti;
mod feed;
mod filtri;
mod generali;
mod graduatoria;
mod grafici;
mod identita;
mod indice_regole;
mod indirizzario;
mod inoltri;
mod jsonld;
pub mod materiali;
mod norme;
mod offerta;
pub(crate) mod parole;
mod piano;
mod progetti;
pub(crate) mod registro;
pub mod ricerca;
mod risorse;
mod routes;
mod servizi;
mod situazione;
mod storico;
mod viste;
mod vita;

pub use engine::{Condivisi, Failure, NIENTE, NON_TROVATA, POLITICA, Presta, Proof, Route, Site, media_type};

pub use documento::{nome_di_scheda, scheda_in_pdf};

use crate::report::Rule;

/// The rules of this stage.
pub const RULES: &[&[Rule]] = &[inoltri::RULES, collegamenti::RULES];
