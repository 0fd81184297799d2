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
use crate::print::tipografia::{Giorno, Guasto, Lavoro};

/// What all of them carry.
#[derive(Clone, Serialize)]
pub struct Firma {
    pub ente: Parole,
    pub ente_esteso: Parole,
    /// Who answers for it, in the data of the file.
    pub autore: Parole,
    pub frase: Parole,
    pub logo: Logo,
    /// The picture of the logo, as it was read.
    #[serde(skip)]
    pub disegno: Arc<[u8]>,
    /// Of a plan that is not adopted, and of a site that is an example.
    pub avvertenze: Vec<Parole>,
    /// Year, month and day.
    pub data: Giorno,
}

/// A poster or a card, the templates that it is set with, and the name that all its editions have.
pub struct DaComporre<'a, T> {
    pub cosa: T,
    pub modelli: &'a BTreeMap<String, String>,
    pub firma: Firma,
    pub identita: String,
}

/// The drawing of its QR code, for a template.
const CODICE: &str = "codice.svg";

impl<'a, T> DaComporre<'a, T> {
    /// The job of a template over these data.
    fn lavoro(
        &'a self,
        principale: &'a str,
        dati: &impl Serialize,
        codice: Option<&[u8]>,
    ) -> Result<Lavoro<'a>, Guasto> {
        let firma = &self.firma;
        let lavoro = Lavoro::new(self.modelli, principale, dati)?.con(&firma.logo.file, Arc::clone(&firma.disegno));
        Ok(match codice {
            Some(codice) => lavoro.con(CODICE, codice.to_vec()),
            None => lavoro,
        })
    }
}
