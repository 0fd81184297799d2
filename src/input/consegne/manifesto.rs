//! The manifest: what a package holds and what it was made from, with the SHA-256 of each file.

use serde::{Deserialize, Serialize};

use super::{TipoProdotto, scritti};
use crate::record::{Passaggi, StatoPiano};
use crate::value::{Data, Id};

/// Its name in the package; it cannot list itself.
pub const MANIFESTO: &str = "manifesto.json";

/// Raised when an older concilia could misread a package. In the second the data hold the norms, the site and the media.
pub const FORMATO: u32 = 2;

/// Packages are kept for years: those of the first format are read too.
pub const LETTI: [u32; 2] = [1, FORMATO];

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifesto {
    pub formato: u32,
    pub consegna: Testa,
    /// The files of the package, by name.
    pub file: Vec<FileDiPacchetto>,
    /// The files of the published site, by path.
    pub prodotti: Vec<Prodotto>,
}

/// What is kept of a package also where its files are not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Testa {
    pub ats: String,
    pub titolo: String,
    pub periodo: Id,
    pub stato: StatoPiano,
    #[serde(default, skip_serializing_if = "Passaggi::is_empty")]
    pub passaggi: Passaggi,
    /// The n-th delivery of this plan, counting those that are kept.
    pub numero: u32,
    /// The date that the site shows: a build knows no clock.
    pub data: Data,
    /// The SHA-256 of the plan's data, `dati/piano.json`.
    pub codice_di_controllo: String,
    pub attribuzione: String,
    pub programma: Programma,
    pub richiesta: Richiesta,
}

/// The program that wrote the package: another may write other bytes from the same records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programma {
    pub nome: String,
    pub versione: String,
    /// Of the built-in theme and of the built-in norms.
    pub tema_sha256: String,
    pub norme_sha256: String,
}

/// What the command line said over `sito.yaml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Richiesta {
    pub indirizzo: Option<String>,
    pub tema: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileDiPacchetto {
    pub nome: String,
    pub byte: u64,
    pub sha256: String,
    /// Where it lay among the records, if not under this name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origine: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prodotto {
    pub percorso: String,
    pub tipo: TipoProdotto,
    /// What could be read in a file of `media/`: the program cannot prove phrase and logo there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letto: Option<String>,
    pub byte: u64,
    pub sha256: String,
}

impl Manifesto {
    /// The bytes that stand for it: one writing alone, so that a changed space is a changed manifest.
    pub fn scritto(&self) -> Vec<u8> {
        scritti(self)
    }

    pub fn letto(bytes: &[u8]) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Solo {
            formato: u32,
        }
        if let Ok(Solo { formato }) = serde_json::from_slice(bytes)
            && !LETTI.contains(&formato)
        {
            return Err(format!("è nel formato {formato}, e questa versione di concilia legge fino al {FORMATO}"));
        }
        serde_json::from_slice(bytes).map_err(|cause| format!("non si legge: {cause}"))
    }
}
