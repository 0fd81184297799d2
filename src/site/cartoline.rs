//! The cards that others show with a link to a page: one a kind of page.

use super::engine::{GENERI, Route, SITO, Serve, Site};
use super::materiali;
use crate::print::materiali::DaComporre;
use crate::print::materiali::cartolina::Carta;

/// Cards lie where links to them can be written: others ask for a whole address.
pub fn routes(site: &Site, put: &mut dyn FnMut(Route)) {
    if site.plan.indirizzo.is_none() {
        return;
    }
    for (i, genere) in GENERI.iter().enumerate() {
        put(Route::typeset(genere.percorso(), Serve::Niente, move |site, _, _| {
            let (modelli, firma) = (&site.theme.documento, materiali::firma(site, None));
            Ok(Box::new(DaComporre { cosa: carta(site, i), modelli, firma, identita: String::new() }))
        }));
    }
}

fn carta(site: &Site, genere: usize) -> Carta {
    let sito = &site.plan.sito;
    match genere {
        SITO => Carta::new(&sito.ats.nome, &sito.titolo, sito.descrizione.as_deref().unwrap_or_default()),
        _ => Carta::new(&sito.titolo, GENERI[genere].titolo, GENERI[genere].testo),
    }
}
