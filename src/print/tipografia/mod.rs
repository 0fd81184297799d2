//! The typesetter: templates and data in, PDF or picture out.
//!
//! It knows nothing of plans. Templates are Typst files; data are handed over as virtual JSON files and pictures as
//! virtual files, never put together into source, so that no text can be taken for a command. Fonts are those of the
//! program: no system fonts, no packages, no network and no clock, so equal input gives equal bytes.

pub mod caratteri;
mod chiave;
mod dicitura;
mod mondo;
pub mod png;
pub mod svg;
pub mod turni;
mod vista;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Serialize;
use typst::comemo;
use typst::diag::SourceDiagnostic;
use typst::ecow::EcoVec;
use typst::foundations::{Bytes, Datetime, Smart};
use typst::utils::Scalar;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use mondo::Mondo;

pub use dicitura::Rifiuto;
pub use vista::{Figura, Perche};

/// What is to be set: the files that a template reads, by their path.
#[derive(Default)]
pub struct Lavoro<'a> {
    /// Typst files, by path: `piano.typ`.
    pub modelli: BTreeMap<&'a str, &'a str>,
    /// Data and pictures, by path: `dati.json`.
    pub file: BTreeMap<String, Bytes>,
    /// The template that is the document.
    pub principale: &'a str,
}

/// Year, month and day.
pub type Giorno = (i16, i8, i8);

/// A document whose pages are laid out.
pub struct Composto {
    documento: PagedDocument,
}

/// Why there is no document, and where in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guasto {
    pub messaggio: String,
    pub consigli: Vec<String>,
    /// The template and the part of it that is meant.
    pub dove: Option<(String, Range<usize>)>,
}

impl Guasto {
    pub fn detto(messaggio: impl Into<String>) -> Self {
        Guasto { messaggio: messaggio.into(), consigli: Vec::new(), dove: None }
    }
}

/// The data that a template reads.
const DATI: &str = "dati.json";

impl<'a> Lavoro<'a> {
    /// A template of a theme over these data.
    pub fn new(
        modelli: &'a BTreeMap<String, String>,
        principale: &'a str,
        dati: &impl Serialize,
    ) -> Result<Self, Guasto> {
        let dati = serde_json::to_vec(dati)
            .map_err(|cause| Guasto::detto(format!("i dati di `{principale}` non si compongono: {cause}")))?;
        let modelli = modelli.iter().map(|(path, testo)| (path.as_str(), testo.as_str())).collect();
        Ok(Lavoro { modelli, file: BTreeMap::from([(DATI.to_owned(), Bytes::new(dati))]), principale })
    }

    /// One more file for the template, such as a picture.
    pub fn con(mut self, nome: &str, bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Self {
        self.file.insert(nome.to_owned(), Bytes::new(bytes));
        self
    }

    /// Lays out the pages. Warnings of the typesetter are faults too: a template that runs is a template that is right.
    pub fn componi(self) -> Result<Composto, Guasto> {
        let mondo = Mondo::new(self)?;
        let esito = typst::compile::<PagedDocument>(&mondo);
        let composto = match (esito.output, esito.warnings.first()) {
            (Ok(documento), None) => Ok(Composto { documento }),
            (Ok(_), Some(avviso)) => Err(mondo.guasto(avviso)),
            (Err(errori), _) => Err(match errori.first() {
                Some(errore) => mondo.guasto(errore),
                None => Guasto::detto("la composizione si è fermata"),
            }),
        };
        // What it remembers of this document serves no other one, and a long `serve` would keep all of it.
        comemo::evict(0);
        composto
    }
}

impl Composto {
    /// PDF/A-2a and PDF/UA-1 at once. `identita` is the same for every edition of the document; `data` is its day, where
    /// the template names none.
    pub fn pdf(&self, identita: &str, (anno, mese, giorno): Giorno) -> Result<Vec<u8>, Guasto> {
        let opzioni = PdfOptions {
            ident: Smart::Custom(identita.to_owned()),
            creator: Smart::Custom(Some("concilia".to_owned())),
            timestamp: Datetime::from_ymd(i32::from(anno), mese.unsigned_abs(), giorno.unsigned_abs())
                .map(Timestamp::new_utc),
            page_ranges: None,
            standards: STANDARDS.clone().map_err(Guasto::detto)?,
            tagged: true,
            pretty: false,
        };
        let mut bytes = typst_pdf::pdf(&self.documento, &opzioni).map_err(|errori| senza_luogo(&errori))?;
        chiudi_i_flussi(&mut bytes);
        Ok(bytes)
    }

    /// A page as a picture, with so many pixels a point and these texts in its metadata.
    pub fn png(&self, pagina: usize, pixel_per_punto: f64, note: &[(&str, &str)]) -> Result<Vec<u8>, Guasto> {
        let Some(pagina) = self.documento.pages().get(pagina) else {
            return Err(Guasto::detto(format!("non c'è la pagina {}", pagina + 1)));
        };
        let opzioni = typst_render::RenderOptions { pixel_per_pt: Scalar::new(pixel_per_punto), render_bleed: false };
        let disegno = typst_render::render(pagina, &opzioni);
        png::scrivi(disegno.width(), disegno.height(), disegno.data(), note)
    }

    pub fn pagine(&self) -> usize {
        self.documento.pages().len()
    }
}

/// A stream that happens to end with a carriage return, before the line feed that ends its line, reads as one byte
/// shorter than it is: PDF/A asks for the exact length. A carriage return alone ends a line as well.
fn chiudi_i_flussi(bytes: &mut [u8]) {
    const AMBIGUO: &[u8] = b"\r\nendstream";
    let luoghi: Vec<usize> = memchr::memmem::find_iter(bytes, AMBIGUO).collect();
    for at in luoghi {
        bytes[at + 1] = b'\r';
    }
}

/// For archives, and for readers who do not see.
static STANDARDS: LazyLock<Result<PdfStandards, String>> = LazyLock::new(|| {
    PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|cause| cause.message().to_string())
});

fn senza_luogo(errori: &EcoVec<SourceDiagnostic>) -> Guasto {
    let messaggi: Vec<String> = errori.iter().map(|errore| errore.message.to_string()).collect();
    let consigli = errori.iter().flat_map(|errore| &errore.hints).map(|hint| hint.v.to_string()).collect();
    Guasto { messaggio: messaggi.join("; "), consigli, dove: None }
}
