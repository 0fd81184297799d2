//! How the rules went before, and how they go now.

use std::collections::{BTreeMap, BTreeSet};

use super::{Genere, Lato, Modifica};
use crate::input::consegne::RegolaDiScheda;

type Chiave<'a> = (&'a str, &'a str, &'a str, &'a str);

pub fn confronta(prima: &Lato, dopo: &Lato) -> Vec<Modifica> {
    let (vecchie, nuove) = (di(prima), di(dopo));
    let note = |regole: &[RegolaDiScheda]| -> BTreeSet<(String, String)> {
        regole.iter().map(|regola| (regola.norma.clone(), regola.codice.clone())).collect()
    };
    let (prima_note, dopo_note) = (note(&prima.contenuto.regole), note(&dopo.contenuto.regole));
    let mut trovate = Vec::new();
    let mut aggiungi = |soggetto: String, detto: String, atto: Option<String>| {
        trovate.push(Modifica { genere: Genere::Regole, soggetto, detto, atto });
    };
    for (regole, altre, parole) in [
        (&dopo.contenuto.regole, &prima_note, "ora vale per il Piano"),
        (&prima.contenuto.regole, &dopo_note, "non vale più per il Piano"),
    ] {
        let mut dette = BTreeSet::new();
        for regola in regole {
            let chiave = (regola.norma.clone(), regola.codice.clone());
            if !altre.contains(&chiave) && dette.insert(chiave) {
                aggiungi("regole".to_owned(), format!("{} ({}) {parole}", regola.codice, regola.titolo), None);
            }
        }
    }
    for (chiave, nuova) in &nuove {
        // A record that is new, or gone, has been told.
        let Some(vecchia) = vecchie.get(chiave) else { continue };
        let come = match (vecchia.esito == nuova.esito, vecchia.deroga == nuova.deroga) {
            (false, _) => format!("da {} a {}", vecchia.esito, nuova.esito),
            (true, false) => "derogata con un altro atto".to_owned(),
            (true, true) => continue,
        };
        let detto = format!("{} ({}): {come}", nuova.codice, nuova.titolo);
        aggiungi(soggetto(dopo, nuova), detto, nuova.deroga.clone());
    }
    trovate
}

fn di(lato: &Lato) -> BTreeMap<Chiave<'_>, &RegolaDiScheda> {
    lato.contenuto.regole.iter().map(|regola| (chiave(regola), regola)).collect()
}

fn chiave(regola: &RegolaDiScheda) -> Chiave<'_> {
    (&regola.norma, &regola.codice, &regola.tipo, &regola.scheda)
}

fn soggetto(lato: &Lato, regola: &RegolaDiScheda) -> String {
    let cartella = match regola.tipo.as_str() {
        "progetto" => "progetti",
        "avviso" => "avvisi",
        _ => return "piano".to_owned(),
    };
    let scheda = lato.contenuto.dati.get(cartella).and_then(|schede| schede.get(&regola.scheda));
    let nome = scheda.and_then(|scheda| scheda.get("titolo")).and_then(|titolo| titolo.as_str());
    format!("{} «{}»", regola.tipo, nome.unwrap_or(&regola.scheda))
}
