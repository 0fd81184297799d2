//! What an alliance hands out and what others show of a page: posters on paper and cards on the web.
//!
//! Each carries the phrase and the logo because the program puts them there, and is proved after it is set. What they
//! say is put together in `site::materiali` from the records; the look is the theme's: `documento/locandina.typ` and
//! `documento/cartolina.typ`.

pub mod cartolina;
pub mod locandina;
mod qr;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::print::documento::blocchi::{Logo, Parole};
use crate::print::tipografia::{Composto, Guasto, Lavoro};

/// What all of them carry.
#[derive(Clone, Serialize)]
pub struct Firma {
    pub ente: Parole,
    pub ente_esteso: Parole,
    pub frase: Parole,
    pub logo: Logo,
    /// The picture of the logo, as it was read.
    #[serde(skip)]
    pub disegno: Arc<[u8]>,
    /// Of a plan that is not adopted, and of a site that is an example.
    pub avvertenze: Vec<Parole>,
    /// Year, month and day.
    pub data: (i16, i8, i8),
}

/// Drawings of QR codes, by file.
type Codici = BTreeMap<String, Vec<u8>>;

/// Sets a template of the theme over these data.
fn componi<'a>(
    modelli: &'a BTreeMap<String, String>,
    principale: &'a str,
    dati: &impl Serialize,
    firma: &Firma,
    codici: &Codici,
) -> Result<Composto, Guasto> {
    let lavoro = Lavoro::new(modelli, principale, dati)?.con(&firma.logo.file, Arc::clone(&firma.disegno));
    codici.iter().fold(lavoro, |lavoro, (nome, disegno)| lavoro.con(nome, disegno.clone())).componi()
}
