//! Which card a page shows where others link to it: one a kind of page.

use super::Site;

/// A kind of page: the name of its card, its title and what it answers.
pub struct Genere {
    nome: &'static str,
    pub titolo: &'static str,
    pub testo: &'static str,
}

const fn genere(nome: &'static str, titolo: &'static str, testo: &'static str) -> Genere {
    Genere { nome, titolo, testo }
}

/// The card of every page that is of no other kind; its words are those of `sito.yaml`.
pub const SITO: usize = 0;

pub static GENERI: [Genere; 9] = [
    genere("sito", "", ""),
    genere("servizi", "I servizi", "I servizi dei progetti: per quale bisogno, per chi, dove e come si chiedono"),
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
    let prima = path.split('/').next().unwrap_or_default();
    let del_piano = site.plan.periodi.iter().any(|periodo| periodo.id.as_str() == prima);
    let nome = match (del_piano, if del_piano { path.split('/').nth(1).unwrap_or_default() } else { prima }) {
        (false, "norme") => "dati",
        (true, "graduatoria" | "trasparenza") => "risorse",
        (_, nome @ ("servizi" | "partner" | "dati" | "progetti" | "alleanze" | "avvisi" | "risorse")) => nome,
        (true, _) => "piano",
        (false, _) => "sito",
    };
    GENERI.iter().position(|genere| genere.nome == nome).unwrap_or(SITO)
}

impl Genere {
    pub fn percorso(&self) -> String {
        format!("cartoline/{}.png", self.nome)
    }
}

impl Site {
    /// The whole address of the card of a page.
    pub fn immagine(&self, path: &str) -> Option<String> {
        let base = self.plan.indirizzo.as_ref()?;
        Some(format!("{base}{}", GENERI[di_pagina(self, path)].percorso()))
    }
}
