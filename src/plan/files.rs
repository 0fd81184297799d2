//! The store, sorted by what its files are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Origine, Pagina, Programma};
use crate::input::consegne::Consegna;
use crate::input::source::{Kind, Source};
use crate::input::store::{Entry, Parsed, Store};
use crate::record;
use crate::value::Id;

/// The files of one plan folder.
#[derive(Default)]
pub(super) struct PlanFiles<'a> {
    pub(super) piano: Option<(Arc<record::Piano>, Origine)>,
    pub(super) risorse: Option<(Arc<record::Risorse>, Origine)>,
    /// The acts that others name, each with its place.
    pub(super) atti: Vec<(record::Atto, Origine)>,
    pub(super) avvisi: Vec<(Id, Arc<record::Avviso>, Origine)>,
    pub(super) alleanze: Vec<(Id, Arc<record::Alleanza>, Origine)>,
    pub(super) progetti: Vec<(Id, Arc<record::Progetto>, Origine)>,
    pub(super) pagine: Vec<Pagina>,
    pub(super) consegne: Vec<(Id, Arc<Consegna>)>,
    /// Records that exist but could not be read: they own their ids.
    pub(super) rotti: BTreeSet<(&'static str, &'a str)>,
}

/// The store, sorted by what the files are.
#[derive(Default)]
pub(super) struct Files<'a> {
    pub(super) sito: Option<(Arc<record::Sito>, Origine)>,
    pub(super) ricerca: Option<(Arc<record::Ricerca>, Origine)>,
    pub(super) enti: Vec<(&'a Entry, &'a [Arc<record::Ente>], bool)>,
    pub(super) enti_rotti: bool,
    pub(super) pagine: Vec<Pagina>,
    pub(super) storia: Vec<Programma>,
    pub(super) norme: Vec<(Id, Arc<record::Norma>, Origine)>,
    pub(super) media: BTreeMap<String, Arc<[u8]>>,
    pub(super) piani: BTreeMap<Id, PlanFiles<'a>>,
    /// The site, norms and media that could not be read, by path: who names one is not wrong.
    pub(super) rotti: BTreeSet<&'a str>,
}

impl<'a> Files<'a> {
    pub(super) fn sort(store: &'a Store) -> Self {
        let mut files = Files::default();
        for entry in store.entries.values() {
            files.put(entry);
        }
        let in_order = |pagine: &mut Vec<Pagina>| {
            pagine.sort_by(|a, b| (a.dati.ordine, &a.id).cmp(&(b.dati.ordine, &b.id)));
        };
        in_order(&mut files.pagine);
        for piano in files.piani.values_mut() {
            in_order(&mut piano.pagine);
            piano.consegne.sort_by_key(|(id, consegna)| (consegna.testa.data, consegna.testa.numero, id.clone()));
        }
        files.storia.sort_by_key(|Programma { dati, .. }| (dati.dal, dati.al, dati.titolo.clone()));
        files
    }

    fn put(&mut self, entry: &'a Entry) {
        let Source { id, name, relative, kind, .. } = &entry.source;
        let origine = Origine { file: name.as_str().into(), elemento: None };
        let piano = kind.piano().map(|id| self.piani.entry(id.clone()).or_default());
        let id = id.clone();
        match (&entry.parsed, piano) {
            (Parsed::Broken, piano) => match (kind, kind.genere().zip(piano)) {
                (Kind::Pagina | Kind::PaginaDiPiano(_) | Kind::Consegna(_) | Kind::Storia | Kind::Ricerca, _) => {}
                (_, Some((genere, piano))) => drop(piano.rotti.insert((genere, entry.source.id.as_str()))),
                (Kind::Partner, _) => self.enti_rotti = true,
                // The site, a norm or a file of media.
                _ => drop(self.rotti.insert(relative)),
            },
            (Parsed::Sito(dati), _) => self.sito = Some((Arc::clone(dati), origine)),
            (Parsed::Enti(enti, list), _) => self.enti.push((entry, enti, *list)),
            (Parsed::Ricerca(dati), _) => self.ricerca = Some((Arc::clone(dati), origine)),
            (Parsed::Storia(dati), _) => self.storia.push(Programma { dati: Arc::clone(dati), origine }),
            (Parsed::Norma(dati), _) => self.norme.push((id, Arc::clone(dati), origine)),
            (Parsed::Media(bytes), _) => drop(self.media.insert(relative.clone(), Arc::clone(bytes))),
            (Parsed::Pagina(dati), piano) => {
                let pagine = piano.map_or(&mut self.pagine, |piano| &mut piano.pagine);
                pagine.push(Pagina { id, dati: Arc::clone(dati), origine });
            }
            (Parsed::Piano(dati), Some(piano)) => piano.piano = Some((Arc::clone(dati), origine)),
            (Parsed::Atti(atti, list), Some(piano)) => {
                let origine = |i| Origine { elemento: list.then_some(i), ..origine.clone() };
                piano.atti = atti.iter().enumerate().map(|(i, atto)| (atto.clone(), origine(i))).collect();
            }
            (Parsed::Risorse(dati), Some(piano)) => piano.risorse = Some((Arc::clone(dati), origine)),
            (Parsed::Avviso(dati), Some(piano)) => piano.avvisi.push((id, Arc::clone(dati), origine)),
            (Parsed::Alleanza(dati), Some(piano)) => piano.alleanze.push((id, Arc::clone(dati), origine)),
            (Parsed::Progetto(dati), Some(piano)) => piano.progetti.push((id, Arc::clone(dati), origine)),
            (Parsed::Consegna(consegna), Some(piano)) => piano.consegne.push((id, Arc::clone(consegna))),
            (_, None) => {}
        }
    }
}
