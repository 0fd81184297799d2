//! The document as an archival PDF: the theme's templates over its blocks, and the proof that every page carries the
//! attribution.

use std::collections::BTreeMap;
use std::sync::Arc;

use typst::foundations::Bytes;

use super::blocchi::Documento;
use crate::tipografia::{Composto, Guasto, Lavoro};

/// The template that is the document; it calls the others.
pub const PRINCIPALE: &str = "piano.typ";
const DATI: &str = "dati.json";

/// Why there is no PDF.
#[derive(Debug, Clone)]
pub enum Rifiuto {
    Guasto(Guasto),
    /// The pages without the phrase, counted from 1.
    SenzaFrase(Vec<usize>),
    SenzaLogo,
}

impl From<Guasto> for Rifiuto {
    fn from(guasto: Guasto) -> Self {
        Rifiuto::Guasto(guasto)
    }
}

/// The final bytes. `identita` is the same for every edition of the document.
pub fn pdf(
    documento: &Documento,
    modelli: &BTreeMap<String, String>,
    logo: &Arc<[u8]>,
    identita: &str,
) -> Result<Vec<u8>, Rifiuto> {
    let composto = componi(documento, modelli, logo)?;
    prova(documento, &composto)?;
    Ok(composto.pdf(identita, documento.copertina.data)?)
}

pub fn componi(
    documento: &Documento,
    modelli: &BTreeMap<String, String>,
    logo: &Arc<[u8]>,
) -> Result<Composto, Guasto> {
    let dati = serde_json::to_vec(documento).map_err(|cause| Guasto {
        messaggio: format!("i dati del documento non si compongono: {cause}"),
        consigli: Vec::new(),
        dove: None,
    })?;
    let mut file = BTreeMap::new();
    file.insert(DATI.to_owned(), Bytes::new(dati));
    file.insert(documento.copertina.logo.file.clone(), Bytes::new(Arc::clone(logo)));
    let modelli = modelli.iter().map(|(path, testo)| (path.as_str(), testo.as_str())).collect();
    Lavoro { modelli, file, principale: PRINCIPALE }.componi()
}

/// What obliges us, read back from the pages as they were laid out, which costs nothing. The bytes themselves are read
/// by [`crate::lettura`] when a package is written and when one is checked.
fn prova(documento: &Documento, composto: &Composto) -> Result<(), Rifiuto> {
    let frase: String = documento.copertina.frase.0.chars().filter(|c| !c.is_whitespace()).collect();
    let senza = composto
        .testi()
        .iter()
        .enumerate()
        .filter(|(_, testo)| !testo.contains(&frase))
        .map(|(i, _)| i + 1)
        .collect::<Vec<_>>();
    if !senza.is_empty() {
        return Err(Rifiuto::SenzaFrase(senza));
    }
    if composto.immagini().first().copied().unwrap_or(0) == 0 {
        return Err(Rifiuto::SenzaLogo);
    }
    Ok(())
}
