//! The proof that laid-out pages carry phrase and logo where they are seen, and why something could not be set.

use super::vista::{self, Figura, Perche};
use super::{Composto, Guasto, caratteri};

/// Why a product was not made.
#[derive(Debug, Clone)]
pub enum Rifiuto {
    Guasto(Guasto),
    /// The pages that do not show the phrase, counted from 1, and why the first of them does not.
    Frase(Vec<usize>, Perche),
    Logo(Perche),
}

impl From<Guasto> for Rifiuto {
    fn from(guasto: Guasto) -> Self {
        Rifiuto::Guasto(guasto)
    }
}

impl Composto {
    /// The phrase on every page, and these pictures on the first one, the logo before the code: in the pixels of the pages
    /// as they were laid out.
    pub fn porta(&self, frase: &str, figure: &[Figura]) -> Result<(), Rifiuto> {
        let (pagine, frase) = (self.documento.pages(), caratteri::adatta(frase));
        let senza =
            pagine.iter().enumerate().filter_map(|(i, pagina)| Some((i + 1, vista::frase(pagina, &frase).err()?)));
        let senza: Vec<(usize, Perche)> = senza.collect();
        if let Some(&(_, perche)) = senza.first() {
            return Err(Rifiuto::Frase(senza.into_iter().map(|(pagina, _)| pagina).collect(), perche));
        }
        let Some(prima) = pagine.first() else { return Ok(()) };
        figure.iter().enumerate().try_for_each(|(i, figura)| {
            vista::figura(prima, figura).map_err(|perche| match i {
                0 => Rifiuto::Logo(perche),
                _ => Rifiuto::Guasto(Guasto::detto(format!("il codice QR {}", perche.detto()))),
            })
        })
    }

    /// No text is covered, cut, outside of its page or upon another.
    pub fn si_legge(&self) -> Result<(), Guasto> {
        for (i, pagina) in self.documento.pages().iter().enumerate() {
            vista::testi(pagina).map_err(|(testo, perche)| Guasto {
                consigli: vec!["il modello lo rimpicciolisce o lo accorcia finché sta al suo posto".into()],
                ..Guasto::detto(format!("alla pagina {} il testo «{testo}» {}", i + 1, perche.detto()))
            })?;
        }
        Ok(())
    }
}
