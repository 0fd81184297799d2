//! Posters: one A4 page, tagged, to be printed and hung up.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Codici, Firma, componi, qr};
use crate::lettura;
use crate::print::documento::blocchi::{Parole, Riga};
use crate::print::tipografia::{Composto, Figura, Guasto, Perche, Rifiuto, caratteri};

pub const PRINCIPALE: &str = "locandina.typ";
const CODICE: &str = "codice.svg";

/// What a poster says.
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
    genere: &'a Parole,
    titolo: &'a Parole,
    periodo: &'a Parole,
    sintesi: &'a Parole,
    stato: Option<&'a Parole>,
    voci: &'a [Voce],
    indirizzo: &'a str,
    codice: &'static str,
}

/// How many answers to a question, tried until they stay on one page. What is left out is on the page of the site.
const MISURE: [usize; 5] = [12, 8, 5, 3, 1];

impl Locandina {
    /// The final bytes.
    pub fn pdf(&self, modelli: &BTreeMap<String, String>, firma: &Firma, identita: &str) -> Result<Vec<u8>, Rifiuto> {
        let codice = qr::disegno(&self.indirizzo)?;
        let composto = self.componi(modelli, firma, &codice)?;
        composto.porta(&firma.frase.0, &[vec![Figura::logo(&firma.disegno), Figura::codice(&codice)]])?;
        composto.si_legge()?;
        let bytes = composto.pdf(identita, firma.data)?;
        letta(&bytes, firma)?;
        Ok(bytes)
    }

    fn componi(&self, modelli: &BTreeMap<String, String>, firma: &Firma, codice: &[u8]) -> Result<Composto, Guasto> {
        let codici = Codici::from([(CODICE.to_owned(), codice.to_vec())]);
        for misura in MISURE {
            let voci: Vec<Voce> = self.voci.iter().map(|voce| voce.ridotta(misura)).collect();
            let dati = Dati {
                firma,
                genere: &self.genere,
                titolo: &self.titolo,
                periodo: &self.periodo,
                sintesi: &self.sintesi,
                stato: self.stato.as_ref(),
                voci: &voci,
                indirizzo: &self.indirizzo,
                codice: CODICE,
            };
            let composto = componi(modelli, PRINCIPALE, &dati, firma, &codici)?;
            if composto.pagine() == 1 {
                return Ok(composto);
            }
        }
        Err(Guasto {
            messaggio: "il testo non sta in una pagina".into(),
            consigli: vec!["accorcia il titolo o la sintesi".into()],
            dove: None,
        })
    }
}

/// The proof once more, on the bytes that are handed out.
fn letta(bytes: &[u8], firma: &Firma) -> Result<(), Rifiuto> {
    let illeggibile = |messaggio| Guasto { messaggio, consigli: Vec::new(), dove: None };
    let letto = lettura::pdf(bytes).map_err(illeggibile)?;
    let senza = letto.pagine_senza(&caratteri::adatta(&firma.frase.0));
    match () {
        () if !senza.is_empty() => Err(Rifiuto::Frase(senza, Perche::Manca)),
        () if !letto.mostra(0, &caratteri::adatta(&firma.logo.alternativa.0)) => Err(Rifiuto::Logo(Perche::Manca)),
        () => Ok(()),
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
