//! The store, sorted by what its files are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Origine, Pagina, Programma};
use crate::input::consegne::Consegna;
use crate::input::source::Kind;
use crate::input::store::{Entry, Parsed, Store};
use crate::record;
use crate::value::Id;

/// The files of one plan folder.
#[derive(Default)]
pub(super) struct PlanFiles<'a> {
    pub(super) piano: Option<(Arc<record::Piano>, Origine)>,
    pub(super) risorse: Option<(Arc<record::Risorse>, Origine)>,
    pub(super) avvisi: Vec<(Id, Arc<record::Avviso>, Origine)>,
    pub(super) alleanze: Vec<(Id, Arc<record::Alleanza>, Origine)>,
    pub(super) progetti: Vec<(Id, Arc<record::Progetto>, Origine)>,
    pub(super) pagine: Vec<Pagina>,
    pub(super) consegne: Vec<(Id, Arc<Consegna>)>,
    /// Records that exist but could not be read: they own their ids.
    pub(super) rotti: BTreeSet<(&'static str, &'a str)>,
    pub(super) piano_rotto: bool,
}

/// The store, sorted by what the files are.
#[derive(Default)]
pub(super) struct Files<'a> {
    pub(super) sito: Option<(Arc<record::Sito>, Origine)>,
    pub(super) sito_rotto: bool,
    pub(super) enti: Vec<(&'a Entry, &'a [Arc<record::Ente>], bool)>,
    pub(super) enti_rotti: bool,
    pub(super) pagine: Vec<Pagina>,
    pub(super) storia: Vec<Programma>,
    pub(super) norme: Vec<(Id, Arc<record::Norma>, Origine)>,
    pub(super) media: BTreeMap<String, Arc<[u8]>>,
    pub(super) piani: BTreeMap<Id, PlanFiles<'a>>,
    /// Norms and media that could not be read, by path: who names one is not wrong.
    pub(super) rotti: BTreeSet<&'a str>,
}

impl<'a> Files<'a> {
    pub(super) fn sort(store: &'a Store) -> Self {
        let mut files = Files::default();
        for entry in store.entries.values() {
            files.put(entry);
        }
        files.pagine.sort_by(|a, b| (a.dati.ordine, &a.id).cmp(&(b.dati.ordine, &b.id)));
        files.storia.sort_by_key(|Programma { dati, .. }| (dati.dal, dati.al, dati.titolo.clone()));
        files
    }

    pub(super) fn put(&mut self, entry: &'a Entry) {
        let id = entry.source.id.clone();
        let origine = Origine { file: entry.source.name.as_str().into(), elemento: None };
        match (&entry.source.kind, &entry.parsed) {
            (_, Parsed::Broken) => self.put_broken(entry),
            (_, Parsed::Sito(sito)) => self.sito = Some((Arc::clone(sito), origine)),
            (_, Parsed::Enti(enti, list)) => self.enti.push((entry, enti, *list)),
            (_, Parsed::Storia(programma)) => self.storia.push(Programma { dati: Arc::clone(programma), origine }),
            (_, Parsed::Norma(norma)) => self.norme.push((id, Arc::clone(norma), origine)),
            (_, Parsed::Media(bytes)) => {
                self.media.insert(entry.source.relative.clone(), Arc::clone(bytes));
            }
            (Kind::Pagina, Parsed::Pagina(pagina)) => {
                self.pagine.push(Pagina { id, dati: Arc::clone(pagina), origine });
            }
            (Kind::PaginaDiPiano(piano), Parsed::Pagina(pagina)) => {
                self.piano(piano).pagine.push(Pagina { id, dati: Arc::clone(pagina), origine });
            }
            (Kind::Piano(piano), Parsed::Piano(dati)) => self.piano(piano).piano = Some((Arc::clone(dati), origine)),
            (Kind::Risorse(piano), Parsed::Risorse(dati)) => {
                self.piano(piano).risorse = Some((Arc::clone(dati), origine));
            }
            (Kind::Avviso(piano), Parsed::Avviso(dati)) => {
                self.piano(piano).avvisi.push((id, Arc::clone(dati), origine));
            }
            (Kind::Alleanza(piano), Parsed::Alleanza(dati)) => {
                self.piano(piano).alleanze.push((id, Arc::clone(dati), origine));
            }
            (Kind::Progetto(piano), Parsed::Progetto(dati)) => {
                self.piano(piano).progetti.push((id, Arc::clone(dati), origine));
            }
            (Kind::Consegna(piano), Parsed::Consegna(consegna)) => {
                self.piano(piano).consegne.push((id, Arc::clone(consegna)));
            }
            _ => {}
        }
    }

    pub(super) fn put_broken(&mut self, entry: &'a Entry) {
        let id = entry.source.id.as_str();
        match &entry.source.kind {
            Kind::Sito => self.sito_rotto = true,
            Kind::Partner => self.enti_rotti = true,
            Kind::Piano(piano) => self.piano(piano).piano_rotto = true,
            Kind::Risorse(piano) => drop(self.piano(piano).rotti.insert(("risorse", id))),
            Kind::Avviso(piano) => drop(self.piano(piano).rotti.insert(("avviso", id))),
            Kind::Alleanza(piano) => drop(self.piano(piano).rotti.insert(("alleanza", id))),
            Kind::Progetto(piano) => drop(self.piano(piano).rotti.insert(("progetto", id))),
            Kind::PaginaDiPiano(piano) | Kind::Consegna(piano) => drop(self.piano(piano)),
            Kind::Norma | Kind::Media => drop(self.rotti.insert(entry.source.relative.as_str())),
            Kind::Pagina | Kind::Storia => {}
        }
    }

    pub(super) fn piano(&mut self, id: &Id) -> &mut PlanFiles<'a> {
        self.piani.entry(id.clone()).or_default()
    }
}
