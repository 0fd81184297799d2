//! A body written by its name where its id belongs: the message gives the id.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::files::Files;
use crate::report::Diagnostic;
use crate::value::{Id, IdError};
use crate::yaml::codes;

pub(super) struct Chiamati<'a> {
    files: &'a Files<'a>,
    /// By name in small letters; none for a name of two bodies. Made only where something is wrong.
    nomi: OnceCell<BTreeMap<String, Option<Id>>>,
}

impl<'a> Chiamati<'a> {
    pub(super) fn new(files: &'a Files<'a>) -> Self {
        Chiamati { files, nomi: OnceCell::new() }
    }

    /// The problem, with the id of the body that is written by its name.
    pub(super) fn advise(&self, problem: Diagnostic) -> Diagnostic {
        let written = (problem.code == codes::WRONG_VALUE).then(|| IdError::scritto(&problem.message)).flatten();
        let found =
            written.and_then(|name| self.nomi.get_or_init(|| self.by_name()).get(&name.to_lowercase())?.clone());
        match found {
            Some(id) => problem.help(format!("l'`id` di questo ente è `{id}`")),
            None => problem,
        }
    }

    fn by_name(&self) -> BTreeMap<String, Option<Id>> {
        let mut nomi: BTreeMap<String, Option<Id>> = BTreeMap::new();
        for &(entry, records, list) in &self.files.enti {
            for dati in records.iter() {
                let id = if list { dati.id.clone() } else { Some(entry.source.id.clone()) };
                for nome in [&dati.nome].into_iter().chain(&dati.sigla).chain(&dati.alias) {
                    let suo = nomi.entry(nome.to_lowercase()).or_insert_with(|| id.clone());
                    if *suo != id {
                        *suo = None;
                    }
                }
            }
        }
        nomi
    }
}
