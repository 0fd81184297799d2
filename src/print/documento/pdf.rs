//! The document as an archival PDF: the theme's templates over its blocks, and the proof that every page carries the
//! attribution.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::blocchi::Documento;
use crate::lettura::Testi;
use crate::print::opera::{Opera, letta};
use crate::print::tipografia::{Figura, Guasto, Lavoro, Rifiuto};
use crate::value::Chiave;

/// The template that is the document; it calls the others.
const PRINCIPALE: &str = "piano.typ";

pub struct Archivio<'a> {
    pub documento: &'a Documento,
    pub modelli: &'a BTreeMap<String, String>,
    pub logo: &'a Arc<[u8]>,
    /// The same for every edition of the document.
    pub identita: String,
}

impl Archivio<'_> {
    fn lavoro(&self) -> Result<Lavoro<'_>, Guasto> {
        let logo = &self.documento.copertina.logo.file;
        Ok(Lavoro::new(self.modelli, PRINCIPALE, self.documento)?.con(logo, Arc::clone(self.logo)))
    }
}

impl Opera for Archivio<'_> {
    fn modello(&self) -> &'static str {
        PRINCIPALE
    }

    fn chiave(&self) -> Result<Chiave, Guasto> {
        Ok(self.lavoro()?.chiave(&[&self.identita]))
    }

    fn componi(&self) -> Result<Vec<u8>, Rifiuto> {
        let copertina = &self.documento.copertina;
        let composto = self.lavoro()?.componi()?;
        composto.porta(&copertina.frase.0, &[Figura::logo(self.logo)])?;
        Ok(composto.pdf(&self.identita, copertina.data)?)
    }

    fn prova(&self, bytes: &[u8]) -> Result<Option<Testi>, Rifiuto> {
        letta(bytes, &self.documento.copertina.frase.0, None)
    }
}
