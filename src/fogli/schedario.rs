//! The records that sheets are about, as values: read once, by what they are called.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::input::source::{self, Source};
use crate::input::store::{Entry, Parsed, Store};
use crate::report::Step;
use crate::schema;
use crate::value::{Id, impronta};
use crate::yaml::modifica::{Scheda, Valore};

use super::colonne::FOGLI;
use super::valori::{in_una_forma, sotto, testo};

/// A file with records.
pub struct Fascicolo {
    pub source: Source,
    pub genere: &'static str,
    pub testo: String,
    pub scheda: Scheda,
}

impl Fascicolo {
    pub fn e_un_elenco(&self) -> bool {
        matches!(self.scheda.valore(&[]), Some(Valore::Elenco(_)))
    }
}

/// A record.
pub struct Voce {
    /// Its file, and where it stands there; none of one that is not written yet.
    pub posto: Option<(usize, Vec<Step>)>,
    pub valore: Valore,
}

/// The records of a plan and the bodies of the site.
#[derive(Default)]
pub struct Schedario {
    pub fascicoli: Vec<Fascicolo>,
    voci: BTreeMap<&'static str, BTreeMap<String, Voce>>,
    /// What could not be read, and why.
    pub guasti: Vec<String>,
}

impl Schedario {
    /// What of a site is about a plan.
    pub fn letto(store: &Store, piano: &Id) -> Self {
        let nostro = |entry: &&std::sync::Arc<Entry>| {
            let di_un_foglio = FOGLI.iter().any(|foglio| entry.source.kind.genere() == Some(foglio.genere));
            di_un_foglio && entry.source.kind.piano().is_none_or(|altro| altro == piano)
        };
        let entries: Vec<_> = store.entries.values().filter(nostro).collect();
        let letti: Vec<Result<Fascicolo, String>> = entries.par_iter().map(|entry| fascicolo(entry)).collect();
        let mut schedario = Schedario::default();
        for (entry, letto) in entries.iter().zip(letti) {
            match letto {
                Ok(fascicolo) => schedario.prendi(fascicolo),
                Err(perche) => schedario.guasti.push(format!("`{}` {perche}", entry.source.name)),
            }
        }
        schedario
    }

    fn prendi(&mut self, fascicolo: Fascicolo) {
        let (file, genere) = (self.fascicoli.len(), fascicolo.genere);
        let id_di = |valore: &Valore| sotto(valore, &["id"]).and_then(testo).map(str::to_owned);
        let trovate: Vec<(String, Vec<Step>, Valore)> = match fascicolo.scheda.valore(&[]) {
            Some(Valore::Elenco(voci)) => {
                let una = |(i, valore): (usize, &Valore)| Some((id_di(valore)?, vec![Step::Index(i)], valore.clone()));
                voci.iter().enumerate().filter_map(una).collect()
            }
            Some(valore @ Valore::Gruppo(_)) => {
                let id = id_di(valore).unwrap_or_else(|| fascicolo.source.id.to_string());
                vec![(id, Vec::new(), valore.clone())]
            }
            _ => Vec::new(),
        };
        for (id, passi, valore) in trovate {
            let voce = Voce { posto: Some((file, passi)), valore };
            self.voci.entry(genere).or_default().entry(id).or_insert(voce);
        }
        self.fascicoli.push(fascicolo);
    }

    /// The records of a kind, by identifier.
    pub fn di(&self, genere: &str) -> impl Iterator<Item = (&str, &Valore)> {
        self.voci.get(genere).into_iter().flatten().map(|(id, voce)| (id.as_str(), &voce.valore))
    }

    pub fn voce(&self, genere: &str, id: &str) -> Option<&Voce> {
        self.voci.get(genere)?.get(id)
    }

    /// What each record says, in a few letters: whether it has changed since.
    pub fn impronte(&self) -> BTreeMap<String, String> {
        const LETTERE: usize = 16;
        let tutte = self.voci.iter().flat_map(|(genere, voci)| voci.iter().map(move |(id, voce)| (genere, id, voce)));
        let una = |(genere, id, voce): (_, _, &Voce)| {
            let impronta = impronta(in_una_forma(&voce.valore).to_string().as_bytes());
            (format!("{genere} {id}"), impronta[..LETTERE].to_owned())
        };
        tutte.map(una).collect()
    }

    /// A record that is there, or one that begins now.
    pub fn voce_mut(&mut self, genere: &'static str, id: &str) -> &mut Voce {
        let nuova = || Voce { posto: None, valore: Valore::Gruppo(Vec::new()) };
        self.voci.entry(genere).or_default().entry(id.to_owned()).or_insert_with(nuova)
    }
}

fn fascicolo(entry: &Entry) -> Result<Fascicolo, String> {
    if matches!(entry.parsed, Parsed::Broken) {
        return Err("ha errori: correggilo prima, `concilia check` dice quali".to_owned());
    }
    let genere = entry.source.kind.genere().unwrap_or_default();
    let testo = source::read_as_written(&entry.source).map_err(|problema| problema.message)?;
    let scheda = Scheda::leggi(&testo, schema::nodo(genere)).map_err(|perche| perche.to_string())?;
    Ok(Fascicolo { source: entry.source.clone(), genere, testo, scheda })
}
