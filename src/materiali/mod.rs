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
use typst::foundations::Bytes;

use crate::documento::blocchi::{Logo, Parole};
use crate::documento::pdf::Rifiuto;
use crate::tipografia::{Composto, Guasto, Lavoro};

const DATI: &str = "dati.json";

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

/// Sets a template of the theme over these data. `codici` are the addresses that its QR codes lead to, by file.
fn componi(
    modelli: &BTreeMap<String, String>,
    principale: &str,
    dati: &impl Serialize,
    firma: &Firma,
    codici: &BTreeMap<String, String>,
) -> Result<Composto, Guasto> {
    let dati = serde_json::to_vec(dati).map_err(|cause| Guasto {
        messaggio: format!("i dati di `{principale}` non si compongono: {cause}"),
        consigli: Vec::new(),
        dove: None,
    })?;
    let mut file = BTreeMap::from([(DATI.to_owned(), Bytes::new(dati))]);
    file.insert(firma.logo.file.clone(), Bytes::new(Arc::clone(&firma.disegno)));
    for (nome, indirizzo) in codici {
        file.insert(nome.clone(), Bytes::new(qr::disegno(indirizzo)?));
    }
    let modelli = modelli.iter().map(|(path, testo)| (path.as_str(), testo.as_str())).collect();
    Lavoro { modelli, file, principale }.componi()
}

/// The phrase on every page, and on each as many pictures as there have to be: the logo, and the code where there is one.
fn prova(composto: &Composto, frase: &Parole, immagini: usize) -> Result<(), Rifiuto> {
    let frase: String = frase.0.chars().filter(|c| !c.is_whitespace()).collect();
    let testi = composto.testi();
    let senza = testi.iter().enumerate().filter(|(_, testo)| !testo.contains(&frase)).map(|(i, _)| i + 1);
    let senza: Vec<usize> = senza.collect();
    if !senza.is_empty() {
        return Err(Rifiuto::SenzaFrase(senza));
    }
    if composto.immagini().iter().any(|&quante| quante < immagini) {
        return Err(Rifiuto::SenzaLogo);
    }
    Ok(())
}
