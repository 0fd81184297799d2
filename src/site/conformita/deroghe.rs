//! The waivers of a period, each with its reason and its act.

use serde::Serialize;

use super::RegolaNominata;
use super::rilievi::{VistaDeroga, VistaSoggetto, vista_soggetto};
use crate::conformita::{Soggetto, deroghe_di};
use crate::site::Site;

/// A waiver as a record states it.
#[derive(Serialize)]
pub struct DerogaScritta<'a> {
    pub codice: &'a str,
    pub regola: Option<RegolaNominata<'a>>,
    pub soggetto: VistaSoggetto<'a>,
    pub deroga: VistaDeroga<'a>,
    /// Without it the record would not respect the rule.
    pub serve: bool,
}

/// Every waiver that a record states, also one that waives nothing: who wrote it is told so by `check`.
pub fn deroghe(site: &Site, p: usize) -> Vec<DerogaScritta<'_>> {
    let periodo = &site.plan.periodi[p];
    let norme = &site.conformita.periodi[p];
    let indice = &site.indici[p];
    let soggetti = std::iter::once(Soggetto::Piano)
        .chain((0..periodo.avvisi.len()).map(Soggetto::Avviso))
        .chain((0..periodo.progetti.len()).map(Soggetto::Progetto));
    let regola = |(n, r): (usize, usize)| norme[n].regola(&norme[n].regole[r]);
    let mut tutte = Vec::new();
    for soggetto in soggetti {
        let (scritte, _) = deroghe_di(periodo, soggetto);
        // Nearly no record has one: the others are not looked up.
        if scritte.is_empty() {
            continue;
        }
        let dette = indice.di(norme, soggetto);
        for (i, deroga) in scritte.iter().enumerate() {
            let mut sue = dette.iter().filter(|(numero, _)| regola(*numero).codice == deroga.regola);
            let serve = sue.clone().any(|(_, scheda)| scheda.deroga == Some(i));
            let voce = sue.next().map(|(numero, _)| RegolaNominata {
                codice: &regola(*numero).codice,
                ancora: indice.ancora(*numero),
                titolo: &regola(*numero).titolo,
            });
            tutte.push(DerogaScritta {
                codice: &deroga.regola,
                regola: voce,
                soggetto: vista_soggetto(periodo, soggetto),
                deroga: VistaDeroga { motivo: &deroga.motivo, atto: &deroga.atto },
                serve,
            });
        }
    }
    tutte
}
