//! Old addresses of renamed records: each is a small page that leads on, since addresses are kept for years.

use std::collections::BTreeMap;

use super::engine::{Page, Route, address_of};
use super::viste;
use crate::path;
use crate::plan::{Origine, Plan};
use crate::report::{Diagnostic, Rule};
use crate::value::Indirizzo;

pub const RULES: &[Rule] = &[Rule::new("M-03", "due pagine non hanno lo stesso indirizzo")
    .why("una cancellerebbe l'altra")
    .example("una pagina `note-legali.md` e un'altra con lo stesso indirizzo")];

/// A record with the addresses that its page had.
struct Trasloco<'a> {
    titolo: &'a str,
    /// From the root of the site.
    nuovo: String,
    vecchi: &'a [Indirizzo],
    origine: &'a Origine,
}

fn traslochi(plan: &Plan) -> Vec<Trasloco<'_>> {
    let mut tutti = Vec::new();
    let mut aggiungi = |titolo, nuovo, vecchi, origine| tutti.push(Trasloco { titolo, nuovo, vecchi, origine });
    for pagina in &plan.pagine {
        let dati = &*pagina.dati;
        aggiungi(
            dati.titolo.as_str(),
            format!("{}/", pagina.id),
            dati.indirizzi_precedenti.as_slice(),
            &pagina.origine,
        );
    }
    for ente in &plan.enti {
        aggiungi(&ente.dati.nome, format!("partner/{}/", ente.id), &ente.dati.indirizzi_precedenti, &ente.origine);
    }
    for periodo in &plan.periodi {
        let id = &periodo.id;
        aggiungi(&periodo.dati.titolo, format!("{id}/"), &periodo.dati.indirizzi_precedenti, &periodo.origine);
        for pagina in &periodo.pagine {
            let dati = &*pagina.dati;
            aggiungi(&dati.titolo, format!("{id}/{}/", pagina.id), &dati.indirizzi_precedenti, &pagina.origine);
        }
        for (a, avviso) in periodo.avvisi.iter().enumerate() {
            let nuovo = viste::collegamento_avviso(periodo, a).indirizzo;
            aggiungi(&avviso.dati.titolo, nuovo, &avviso.dati.indirizzi_precedenti, &avviso.origine);
        }
        for alleanza in &periodo.alleanze {
            let nuovo = viste::indirizzo_alleanza(periodo, alleanza);
            aggiungi(&alleanza.dati.nome, nuovo, &alleanza.dati.indirizzi_precedenti, &alleanza.origine);
        }
        for progetto in &periodo.progetti {
            let nuovo = viste::indirizzo_progetto(periodo, progetto);
            aggiungi(&progetto.dati.titolo, nuovo, &progetto.dati.indirizzi_precedenti, &progetto.origine);
        }
    }
    tutti
}

/// The files of the pages that lead on, and where each leads.
pub fn pagine(plan: &Plan) -> BTreeMap<String, String> {
    let indirizzi = |trasloco: &Trasloco<'_>| {
        trasloco.vecchi.iter().map(|vecchio| (vecchio.file(), trasloco.nuovo.clone())).collect::<Vec<_>>()
    };
    traslochi(plan).iter().flat_map(indirizzi).collect()
}

/// Adds a page for every old address, once all the others are known: none may stand where another does.
pub fn routes(plan: &Plan, routes: &mut BTreeMap<String, Route>, problems: &mut Vec<Diagnostic>) {
    let mut taken: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let moves = traslochi(plan);
    let mut new = Vec::new();
    for (t, moved) in moves.iter().enumerate() {
        for (i, old) in moved.vecchi.iter().enumerate() {
            let file = old.file();
            let place = moved.origine.value(path!["indirizzi_precedenti", i]);
            let told = |message: String| Diagnostic::error("M-03", message).at(place.clone());
            if let Some((other, _)) = in_the_way(&file, routes) {
                let other = address_of(other);
                problems.push(
                    told(format!("all'indirizzo `{old}` c'è già una pagina del sito"))
                        .label(format!("lo occupa `/{other}`"))
                        .help("un indirizzo precedente è uno che oggi non porta più a nulla: toglilo, o correggilo"),
                );
            } else if let Some((_, &(t, i))) = in_the_way(&file, &taken) {
                let first = moves[t].origine.value(path!["indirizzi_precedenti", i]);
                problems.push(
                    told(format!("l'indirizzo precedente `{old}` è scritto due volte"))
                        .related(first, "la prima è qui")
                        .help("da un indirizzo si può essere portati in un posto solo: toglilo da uno dei due"),
                );
            } else {
                taken.insert(file.clone(), (t, i));
                new.push(pagina(moved, file));
            }
        }
    }
    routes.extend(new.into_iter().map(|route| (route.path.clone(), route)));
}

/// The file that keeps another from being written: the same one, or one where the other needs a folder.
fn in_the_way<'a, T>(file: &str, there: &'a BTreeMap<String, T>) -> Option<(&'a String, &'a T)> {
    let mut folders = file.match_indices('/').map(|(at, _)| &file[..at]);
    let inside = format!("{file}/");
    there
        .get_key_value(file)
        .or_else(|| folders.find_map(|folder| there.get_key_value(folder)))
        .or_else(|| there.range(inside.clone()..).next().filter(|(path, _)| path.starts_with(&inside)))
}

fn pagina(trasloco: &Trasloco, file: String) -> Route {
    let (titolo, nuovo) = (trasloco.titolo.to_owned(), trasloco.nuovo.clone());
    let titolo_della_pagina = format!("Pagina spostata: {titolo}");
    let pagina = Page::new(&titolo_della_pagina, "spostata.html", &trasloco.origine.file);
    let pagina = Page { canonico: Some(nuovo.clone()), ..pagina.detta(format!("«{titolo}» ha cambiato indirizzo.")) };
    let route = pagina.route(file, move |foglio| {
        foglio.insert("titolo", &titolo);
        foglio.insert("nuovo", &nuovo);
    });
    Route { listed: false, ..route }
}
