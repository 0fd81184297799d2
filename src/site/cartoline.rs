//! The cards that others show with a link to a page: one a kind of page, set once for the whole site.

use super::documento::rifiutato;
use super::engine::{Carte, GENERI, Genere, Make, Proof, Route, SITO, Site};
use super::materiali;
use crate::print::materiali::cartolina::{Carta, Mazzo, PRINCIPALE};

/// Cards lie where links to them can be written: others ask for a whole address.
pub fn routes(site: &Site, put: &mut dyn FnMut(Route)) {
    if site.plan.indirizzo.is_none() {
        return;
    }
    for (i, genere) in GENERI.iter().enumerate() {
        let make = move |site: &Site, path: &str, carte: &Carte| {
            let png = carte.as_ref().map_err(Clone::clone).and_then(|mazzo| mazzo.png(i));
            png.map_err(|rifiuto| Box::new(rifiutato(site, path, PRINCIPALE, rifiuto)))
        };
        put(Route::of(genere.percorso(), Proof::Typeset, Make::WithCarte(Box::new(make))));
    }
}

/// The cards, all of them at once.
pub fn carte(site: &Site) -> Carte {
    let sito = &site.plan.sito;
    let carta = |(i, genere): (usize, &Genere)| match i {
        SITO => Carta::new(&sito.ats.nome, &sito.titolo, sito.descrizione.as_deref().unwrap_or_default()),
        _ => Carta::new(&sito.titolo, genere.titolo, genere.testo),
    };
    let carte = GENERI.iter().enumerate().map(carta).collect();
    Mazzo::componi(&site.theme.documento, &materiali::firma(site, None), carte)
}
