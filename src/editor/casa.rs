//! The first page, with what is missing and what is due; and the list of all the records.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::form::address;
use super::rilievi::Rilievo;
use super::vista::{Vie, Vista, titolo};
use super::{Answer, Editor};
use crate::input::source::Kind;
use crate::input::store::Entry;
use crate::report::one_line;
use crate::scadenze::{Quando, scadenze};
use crate::theme::messaggi::capital;
use crate::value::Data;

/// So many records are told at once, those with errors first.
const MOST: usize = 60;

/// Of one record, so many findings are shown at first.
const FIRST: usize = 5;

impl Editor {
    pub fn home(&self) -> Answer {
        let vista = self.vista();
        let mut schede: BTreeMap<&str, Vec<&Rilievo>> = BTreeMap::new();
        for rilievo in vista.rilievi.iter().filter(|rilievo| rilievo.gravita != "Nota") {
            schede.entry(&rilievo.file).or_default().push(rilievo);
        }
        // Of each file the errors come first.
        let mut schede: Vec<_> =
            schede.into_iter().map(|(file, rilievi)| (rilievi[0].e_errore, file, rilievi)).collect();
        schede.sort_by_key(|(errata, ..)| !errata);
        let oltre = schede.len().saturating_sub(MOST);
        let manca: Vec<Value> = schede
            .into_iter()
            .take(MOST)
            .map(|(errata, file, rilievi)| {
                let entry = vista.di_nome(file);
                let rilievi = vista.legati(rilievi);
                let (prime, altre) = rilievi.split_at(rilievi.len().min(FIRST));
                json!({
                    "titolo": entry.map_or_else(|| "Il sito nel suo insieme".to_owned(), |entry| titolo(entry)),
                    "file": entry.map_or(file, |entry| entry.source.relative.as_str()),
                    "errata": errata,
                    "rilievi": prime,
                    "altri": altre,
                })
            })
            .collect();
        let context = json!({
            "titolo": "Che cosa manca e che cosa scade",
            "manca": manca,
            "oltre": oltre,
            "avvisi": vista.rilievi.iter().filter(|rilievo| rilievo.gravita == "Avviso").count(),
            "scadenze": due(&vista),
            "bandi": calls(&vista),
        });
        self.page("casa.html", 200, context)
    }

    /// All the files, by folder.
    pub fn records(&self) -> Answer {
        let vista = self.vista();
        let mut gruppi: Vec<(&str, Vec<Value>)> = Vec::new();
        for entry in vista.store.entries.values().filter(|entry| entry.source.kind.genere().is_some()) {
            let relative = entry.source.relative.as_str();
            let cartella = relative.rsplit_once('/').map_or("", |(cartella, _)| cartella);
            let errori = vista.rilievi.iter().filter(|rilievo| rilievo.e_errore && rilievo.file == entry.source.name);
            let voce = json!({
                "titolo": titolo(entry),
                "file": relative,
                "errori": errori.count(),
                "indirizzo": address("scheda", &[("file", relative)]),
            });
            match gruppi.iter_mut().find(|(altra, _)| *altra == cartella) {
                Some((_, voci)) => voci.push(voce),
                None => gruppi.push((cartella, vec![voce])),
            }
        }
        let gruppi: Vec<_> = gruppi.iter().map(|(nome, voci)| (cartella(nome), voci)).collect();
        self.page("schede.html", 200, json!({ "titolo": "Tutte le schede", "gruppi": gruppi }))
    }
}

/// What is due, as the last plan without errors tells it.
fn due(vista: &Vista) -> Value {
    let Some(edition) = &vista.view.edition else { return Value::Null };
    let plan = &edition.site.plan;
    let oggi = Data::oggi();
    let mut trovate: Vec<_> = (0..plan.periodi.len()).flat_map(|p| scadenze(plan, p, oggi)).collect();
    trovate.sort();
    let mut vie: BTreeMap<&str, Option<Vie>> = BTreeMap::new();
    let gruppo = |(quando, titolo): (Quando, &str)| {
        let sue = trovate.iter().filter(|scadenza| scadenza.quando(oggi) == quando);
        let voci: Vec<Value> = sue
            .clone()
            .take(MOST)
            .map(|scadenza| {
                let vie = vie.entry(&scadenza.file).or_insert_with(|| vista.vie(&scadenza.file));
                json!({
                    "entro": scadenza.entro.breve(),
                    "che": one_line(&scadenza.che),
                    "articolo": scadenza.articolo,
                    "indirizzo": vie.as_ref().map(|vie| vie.a(&scadenza.campo)),
                })
            })
            .collect();
        json!({ "titolo": titolo, "quante": sue.count(), "voci": voci, "aperto": quando != Quando::Lontana })
    };
    json!(Quando::TUTTI.map(gruppo))
}

/// The calls, each with its ranking.
fn calls(vista: &Vista) -> Vec<Value> {
    let avvisi = vista.store.entries.values().filter(|entry| matches!(entry.source.kind, Kind::Avviso(_)));
    let indirizzo = |entry: &Entry| address("avviso", &[("file", &entry.source.relative)]);
    avvisi.map(|entry| json!({ "titolo": titolo(entry), "indirizzo": indirizzo(entry) })).collect()
}

/// What lies in a folder, in words.
fn cartella(nome: &str) -> String {
    match nome.split('/').collect::<Vec<_>>()[..] {
        [""] => "Tutto il sito".to_owned(),
        ["partner"] => "Enti".to_owned(),
        ["pagine"] => "Pagine del sito".to_owned(),
        ["piani", piano] => format!("Piano {piano}"),
        ["piani", piano, dentro] => format!("Piano {piano}: {dentro}"),
        _ => capital(nome),
    }
}
