//! The proof that laid-out pages carry phrase and logo, and why something could not be set.

use super::{Composto, Guasto};

/// Why a product was not made.
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

impl Composto {
    /// The phrase on every page, and on the first ones at least so many pictures as are told one page after the other:
    /// read back from the pages as they were laid out, which costs nothing.
    pub fn porta(&self, frase: &str, immagini: &[usize]) -> Result<(), Rifiuto> {
        let frase: String = frase.chars().filter(|c| !c.is_whitespace()).collect();
        let testi = self.testi();
        let senza = testi.iter().enumerate().filter(|(_, testo)| !testo.contains(&frase)).map(|(i, _)| i + 1);
        let senza: Vec<usize> = senza.collect();
        if !senza.is_empty() {
            return Err(Rifiuto::SenzaFrase(senza));
        }
        let found = self.immagini();
        let has = |(i, quante): (usize, &usize)| found.get(i).is_some_and(|trovate| trovate >= quante);
        if immagini.iter().enumerate().all(has) { Ok(()) } else { Err(Rifiuto::SenzaLogo) }
    }
}
