//! A product that is set in type: what it is made from, how, and what its finished bytes have to show.

use super::tipografia::{Guasto, Perche, Rifiuto, caratteri};
use crate::lettura::{self, Testi};
use crate::value::Chiave;

pub trait Opera {
    /// The template that it is made with.
    fn modello(&self) -> &'static str;

    /// What it is made from.
    fn chiave(&self) -> Result<Chiave, Guasto>;

    /// Sets it, and proves its pages as they are laid out.
    fn componi(&self) -> Result<Vec<u8>, Rifiuto>;

    /// The proof on finished bytes, and the words that were read in them, if it has any.
    fn prova(&self, bytes: &[u8]) -> Result<Option<Testi>, Rifiuto>;
}

/// The finished bytes, what they were made from, and the words in them.
pub struct Fatta {
    pub bytes: Vec<u8>,
    pub chiave: Chiave,
    pub testi: Option<Testi>,
}

/// Makes it. What is lent as made from the same is not set again; it is proved
/// like everything else, and what fails there is set after all.
pub fn compi(opera: &dyn Opera, presta: impl FnOnce(&Chiave) -> Option<Vec<u8>>) -> Result<Fatta, Rifiuto> {
    let chiave = opera.chiave()?;
    if let Some(bytes) = presta(&chiave)
        && let Ok(testi) = opera.prova(&bytes)
    {
        return Ok(Fatta { bytes, chiave, testi });
    }
    let bytes = opera.componi()?;
    let testi = opera.prova(&bytes)?;
    Ok(Fatta { bytes, chiave, testi })
}

/// Phrase and logo in a PDF, as another reader finds them. Where nobody says what the logo is called, some picture has to
/// stand on the first page: that it is the logo is proved where the page is set.
pub fn letta(bytes: &[u8], frase: &str, logo: Option<&str>) -> Result<Option<Testi>, Rifiuto> {
    let (letto, testi) = lettura::pdf_con_testi(bytes).map_err(Guasto::detto)?;
    let senza = letto.pagine_senza(&caratteri::adatta(frase));
    let named = |logo: &str| letto.mostra(0, &caratteri::adatta(logo));
    let pictured = || letto.figure.iter().any(|figura| figura.pagine.contains(&0));
    match () {
        () if !senza.is_empty() => Err(Rifiuto::Frase(senza, Perche::Manca)),
        () if !logo.map_or_else(pictured, named) => Err(Rifiuto::Logo(Perche::Manca)),
        () => Ok(Some(testi)),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// One whose finished bytes are `buona`.
    #[derive(Default)]
    struct Finta {
        volte: Cell<u32>,
    }

    impl Opera for Finta {
        fn modello(&self) -> &'static str {
            "finta.typ"
        }

        fn chiave(&self) -> Result<Chiave, Guasto> {
            Ok([7; 32])
        }

        fn componi(&self) -> Result<Vec<u8>, Rifiuto> {
            self.volte.set(self.volte.get() + 1);
            Ok(b"buona".to_vec())
        }

        fn prova(&self, bytes: &[u8]) -> Result<Option<Testi>, Rifiuto> {
            if bytes == b"buona" { Ok(None) } else { Err(Rifiuto::Logo(Perche::Manca)) }
        }
    }

    #[test]
    fn what_is_lent_is_not_set_again_unless_its_proof_fails() {
        let finta = Finta::default();
        let con = |lent: Option<&[u8]>| compi(&finta, |_| lent.map(<[u8]>::to_vec)).ok().unwrap();
        let Fatta { bytes, chiave, .. } = con(Some(b"buona"));
        assert_eq!((bytes, chiave), (b"buona".to_vec(), [7; 32]));
        assert_eq!(finta.volte.get(), 0);
        assert_eq!(con(Some(b"altro")).bytes, b"buona");
        assert_eq!(finta.volte.get(), 1);
        assert_eq!(con(None).bytes, b"buona");
        assert_eq!(finta.volte.get(), 2);
    }
}
