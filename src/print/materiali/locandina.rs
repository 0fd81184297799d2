//! Posters: one A4 page, tagged, to be printed and hung up.

use serde::Serialize;

use super::{CODICE, DaComporre, Firma, qr};
use crate::lettura::Testi;
use crate::print::documento::blocchi::{Parole, Riga};
use crate::print::opera::{Opera, letta};
use crate::print::tipografia::{Composto, Figura, Guasto, Lavoro, Rifiuto};
use crate::value::Chiave;

const PRINCIPALE: &str = "locandina.typ";

/// What a poster says.
#[derive(Clone, Serialize)]
pub struct Locandina {
    /// What it is a poster of: `Progetto`.
    pub genere: Parole,
    pub titolo: Parole,
    pub periodo: Parole,
    pub sintesi: Parole,
    /// What has ended.
    pub stato: Option<Parole>,
    pub voci: Vec<Voce>,
    /// The page that its code leads to.
    pub indirizzo: String,
}

/// A question and its answers.
#[derive(Clone, Serialize)]
pub struct Voce {
    pub nome: Parole,
    pub righe: Vec<Riga>,
    /// Answers that found no room.
    pub altre: usize,
}

#[derive(Serialize)]
struct Dati<'a> {
    #[serde(flatten)]
    firma: &'a Firma,
    #[serde(flatten)]
    locandina: &'a Locandina,
    codice: &'static str,
}

/// How many answers to a question, tried until they stay on one page. What is left out is on the page of the site.
const MISURE: [usize; 5] = [12, 8, 5, 3, 1];

impl DaComporre<'_, Locandina> {
    fn con_codice(&self, locandina: &Locandina, codice: &[u8]) -> Result<Lavoro<'_>, Guasto> {
        self.lavoro(PRINCIPALE, &Dati { firma: &self.firma, locandina, codice: CODICE }, Some(codice))
    }

    fn pagina(&self, codice: &[u8]) -> Result<Composto, Guasto> {
        for misura in MISURE {
            let voci = self.cosa.voci.iter().map(|voce| voce.ridotta(misura)).collect();
            let composto = self.con_codice(&Locandina { voci, ..self.cosa.clone() }, codice)?.componi()?;
            if composto.pagine() == 1 {
                return Ok(composto);
            }
        }
        Err(Guasto {
            consigli: vec!["accorcia il titolo o la sintesi".into()],
            ..Guasto::detto("il testo non sta in una pagina")
        })
    }
}

impl Opera for DaComporre<'_, Locandina> {
    fn modello(&self) -> &'static str {
        PRINCIPALE
    }

    fn chiave(&self) -> Result<Chiave, Guasto> {
        let codice = qr::svg(&self.cosa.indirizzo)?;
        Ok(self.con_codice(&self.cosa, &codice)?.chiave(&[&self.identita]))
    }

    fn componi(&self) -> Result<Vec<u8>, Rifiuto> {
        let codice = qr::svg(&self.cosa.indirizzo)?;
        let composto = self.pagina(&codice)?;
        composto.porta(&self.firma.frase.0, &[Figura::logo(&self.firma.disegno), Figura::codice(&codice)])?;
        composto.si_legge()?;
        Ok(composto.pdf(&self.identita, self.firma.data)?)
    }

    fn prova(&self, bytes: &[u8]) -> Result<Option<Testi>, Rifiuto> {
        letta(bytes, &self.firma.frase.0, Some(&self.firma.logo.alternativa.0))
    }
}

impl Voce {
    pub fn new(nome: &str, righe: Vec<Riga>) -> Self {
        Voce { nome: nome.into(), righe, altre: 0 }
    }

    fn ridotta(&self, misura: usize) -> Voce {
        // One more line takes no more room than the words that say it is missing.
        let tenute = if self.righe.len() <= misura + 1 { self.righe.len() } else { misura };
        Voce { nome: self.nome.clone(), righe: self.righe[..tenute].to_vec(), altre: self.righe.len() - tenute }
    }
}
