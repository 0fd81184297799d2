//! The names that records refer to each other by, and what is said of a wrong one.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::Origine;
use crate::path;
use crate::record;
use crate::report::{Diagnostic, Place, Report, Step};
use crate::suggest;
use crate::value::Id;

/// The names that a record of any period may refer to.
pub(super) struct Names<'a> {
    pub(super) enti: &'a HashMap<Id, usize>,
    /// A list of bodies could not be read: no reference to a body can be called wrong.
    pub(super) enti_rotti: bool,
    pub(super) servizi: BTreeSet<&'a str>,
    pub(super) norme: &'a BTreeMap<Id, Arc<record::Norma>>,
}

impl<'a> Names<'a> {
    pub(super) fn new(
        enti: &'a HashMap<Id, usize>,
        enti_rotti: bool,
        servizi: &'a [record::Voce],
        norme: &'a BTreeMap<Id, Arc<record::Norma>>,
    ) -> Self {
        Names { enti, enti_rotti, servizi: servizi.iter().map(|voce| voce.id.as_str()).collect(), norme }
    }

    pub(super) fn ente(&self, id: &Id, origine: &Origine, steps: Vec<Step>, report: &mut Report) -> Option<usize> {
        let found = self.enti.get(id).copied();
        if found.is_none() && !self.enti_rotti {
            let mut noti: Vec<&str> = self.enti.keys().map(Id::as_str).collect();
            noti.sort_unstable();
            report.add(unknown("un ente", id, origine.value(steps), &noti));
        }
        found
    }

    pub(super) fn enti(
        &self,
        ids: &[Id],
        origine: &Origine,
        key: &'static str,
        report: &mut Report,
    ) -> Option<Vec<usize>> {
        let found: Vec<Option<usize>> =
            ids.iter().enumerate().map(|(i, id)| self.ente(id, origine, path![key, i], report)).collect();
        let mut seen = BTreeSet::new();
        for (i, id) in ids.iter().enumerate() {
            if !seen.insert(id) {
                report.add(
                    Diagnostic::error("C-09", format!("`{id}` è scritto due volte nello stesso elenco"))
                        .at(origine.value(path![key, i]))
                        .help("togli il doppione: i conteggi ne risulterebbero sbagliati"),
                );
            }
        }
        found.into_iter().collect()
    }
}

pub(super) fn unknown(what: &str, id: &Id, place: Place, known: &[&str]) -> Diagnostic {
    let problem = Diagnostic::error("C-08", format!("`{id}` non è {what} che esista nei contenuti")).at(place);
    match suggest::closest(id.as_str(), known.iter().copied()) {
        Some(near) => problem.label("nome sconosciuto").help(format!("forse intendevi `{near}`?")),
        None if known.is_empty() => problem.label("nome sconosciuto"),
        None if known.len() <= 12 => problem
            .label("nome sconosciuto")
            .help(format!("si può scegliere fra {}", suggest::list(known.iter().copied()))),
        None => problem.label("nome sconosciuto").help("controlla il nome, o aggiungi la scheda che manca"),
    }
}
