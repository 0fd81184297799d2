//! The document as an archival PDF: the theme's templates over its blocks, and the proof that every page carries the
//! attribution.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::blocchi::Documento;
use crate::print::tipografia::{Composto, Figura, Guasto, Lavoro, Rifiuto};

/// The template that is the document; it calls the others.
pub const PRINCIPALE: &str = "piano.typ";

/// The final bytes. `identita` is the same for every edition of the document.
pub fn pdf(
    documento: &Documento,
    modelli: &BTreeMap<String, String>,
    logo: &Arc<[u8]>,
    identita: &str,
) -> Result<Vec<u8>, Rifiuto> {
    let composto = componi(documento, modelli, logo)?;
    composto.porta(&documento.copertina.frase.0, &[vec![Figura::logo(logo)]])?;
    Ok(composto.pdf(identita, documento.copertina.data)?)
}

fn componi(documento: &Documento, modelli: &BTreeMap<String, String>, logo: &Arc<[u8]>) -> Result<Composto, Guasto> {
    Lavoro::new(modelli, PRINCIPALE, documento)?.con(&documento.copertina.logo.file, Arc::clone(logo)).componi()
}
