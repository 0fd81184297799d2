//! `storia/*.yaml`: what the acts say of the earlier programmes.

use serde::{Deserialize, Serialize};

use super::{Atto, Fonte};
use crate::value::Euro;

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programma {
    pub titolo: String,
    pub dal: u32,
    pub al: u32,
    pub atto: Option<Atto>,
    pub descrizione: Option<String>,
    #[serde(default)]
    pub cifre: Vec<Cifra>,
    pub fonte: Option<Fonte>,
}

/// A figure as an act gives it: a number, an amount or a percentage.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cifra {
    pub nome: String,
    pub numero: Option<u32>,
    pub importo: Option<Euro>,
    pub percentuale: Option<u32>,
    /// How the source puts the number: `oltre`, `circa`.
    pub precisione: Option<String>,
}
