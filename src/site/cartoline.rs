//! The cards that others show with a link to a page: one a kind of page, set once for the whole site.

use super::documento::rifiutato;
use super::engine::{Carte, Make, Proof, Route, Site};
use super::materiali;
use crate::print::materiali::cartolina::{Carta, Mazzo, PRINCIPALE};

/// A kind of page: the name of its card, its title and what it answers.
struct Genere {
    nome: &'static str,
    titolo: &'static str,
    testo: &'static str,
}

const fn genere(nome: &'static str, titolo: &'static str, testo: &'static str) -> Genere {
    Genere { nome, titolo, testo }
}

/// The card of every page that is of no other kind; its words are those of `sito.yaml`.
const SITO: usize = 0;

const GENERI: [Genere; 9] = [
    genere("sito", "", ""),
    genere("servizi", "I servizi", "Che cosa si può usare, per quale bisogno, dove, quanto costa e come si chiede"),
    genere("piano", "Il Piano", "Le priorità, le regole, il documento, che cosa è cambiato"),
    genere("progetti", "I progetti", "A chi servono, che cosa offrono e quanto ricevono"),
    genere("alleanze", "Le alleanze locali", "Chi lavora insieme, e dove"),
    genere("avvisi", "Gli avvisi", "Chi può partecipare, fino a quando e come"),
    genere("risorse", "Le risorse", "Da dove viene il denaro e dove va"),
    genere("partner", "I partner", "Gli enti delle alleanze e i loro progetti"),
    genere("dati", "Norme e dati aperti", "Le regole del Piano e i suoi dati, da leggere e da riusare"),
];

/// Which of the kinds a page is of.
fn di_pagina(site: &Site, path: &str) -> usize {
    let first = path.split('/').next().unwrap_or_default();
    let of_plan = site.plan.periodi.iter().any(|periodo| periodo.id.as_str() == first);
    let name = match (of_plan, if of_plan { path.split('/').nth(1).unwrap_or_default() } else { first }) {
        (false, "norme") => "dati",
        (true, "graduatoria" | "trasparenza") => "risorse",
        (_, name @ ("servizi" | "partner" | "dati" | "progetti" | "alleanze" | "avvisi" | "risorse")) => name,
        (true, _) => "piano",
        (false, _) => "sito",
    };
    GENERI.iter().position(|genere| genere.nome == name).unwrap_or(SITO)
}

fn percorso(genere: usize) -> String {
    format!("cartoline/{}.png", GENERI[genere].nome)
}

/// Cards lie where links to them can be written: others ask for a whole address.
pub fn routes(site: &Site, put: &mut dyn FnMut(Route)) {
    if site.plan.indirizzo.is_none() {
        return;
    }
    for i in 0..GENERI.len() {
        let make = move |site: &Site, path: &str, carte: &Carte| {
            let png = carte.as_ref().map_err(Clone::clone).and_then(|mazzo| mazzo.png(i));
            png.map_err(|rifiuto| Box::new(rifiutato(site, path, PRINCIPALE, rifiuto)))
        };
        put(Route::of(percorso(i), Proof::Typeset, Make::WithCarte(Box::new(make))));
    }
}

impl Site {
    /// The whole address of the card of a page.
    pub(super) fn immagine(&self, path: &str) -> Option<String> {
        let base = self.plan.indirizzo.as_ref()?;
        Some(format!("{base}{}", percorso(di_pagina(self, path))))
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
