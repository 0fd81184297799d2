//! The waivers of a period, each with its reason and its act.

use tera::Value;

use super::RegolaNominata;
use super::rilievi::vista_soggetto;
use crate::conformita::{Soggetto, deroghe_di};
use crate::site::Site;
use crate::site::indice_regole::regola;

/// Every waiver that a record states, also one that waives nothing: who wrote it is told so by `check`.
pub fn deroghe(site: &Site, p: usize) -> Vec<Value> {
    let periodo = &site.plan.periodi[p];
    let norme = &site.conformita.periodi[p];
    let indice = &site.indici[p];
    let soggetti = std::iter::once(Soggetto::Piano)
        .chain((0..periodo.avvisi.len()).map(Soggetto::Avviso))
        .chain((0..periodo.progetti.len()).map(Soggetto::Progetto));
    let mut tutte = Vec::new();
    for soggetto in soggetti {
        let (scritte, _) = deroghe_di(periodo, soggetto);
        // Nearly no record has one: the others are not looked up.
        if scritte.is_empty() {
            continue;
        }
        let dette = indice.di(norme, soggetto);
        for (i, deroga) in scritte.iter().enumerate() {
            let mut sue = dette.iter().filter(|(numero, _)| regola(norme, *numero).codice == deroga.regola);
            let serve = sue.clone().any(|(_, scheda)| scheda.deroga == Some(i));
            tutte.push(vista! {
                "codice": deroga.regola,
                "regola": sue.next().map(|(numero, _)| RegolaNominata::di(site, p, *numero)),
                "soggetto": vista_soggetto(periodo, soggetto),
                "deroga": deroga,
                // Without it the record would not respect the rule.
                "serve": serve,
            });
        }
    }
    tutte
}
