//! A record written by its name where its id belongs: the message gives the id.

use std::collections::BTreeMap;

use super::files::Files;
use super::norme::Norme;
use crate::report::Diagnostic;
use crate::value::Id;
use crate::yaml::codes;

/// The ids of records by their names in small letters; none for a name of two.
pub(super) fn by_name(files: &Files, norme: &Norme) -> BTreeMap<String, Option<Id>> {
    let mut nomi: BTreeMap<String, Option<Id>> = BTreeMap::new();
    let mut add = |nome: &str, id: Option<&Id>| {
        let suo = nomi.entry(nome.to_lowercase()).or_insert_with(|| id.cloned());
        if suo.as_ref() != id {
            *suo = None;
        }
    };
    for &(entry, records, list) in &files.enti {
        for dati in records.iter() {
            let id = if list { dati.id.as_ref() } else { Some(&entry.source.id) };
            [&dati.nome].into_iter().chain(&dati.sigla).chain(&dati.alias).for_each(|nome| add(nome, id));
        }
    }
    for piano in files.piani.values() {
        piano.alleanze.iter().for_each(|(id, dati, _)| add(&dati.nome, Some(id)));
        piano.avvisi.iter().for_each(|(id, dati, _)| add(&dati.titolo, Some(id)));
    }
    for norma in norme.values() {
        norma.macrocategorie.iter().for_each(|voce| add(&voce.nome, Some(&voce.id)));
        norma.categorie_servizi.iter().for_each(|voce| add(&voce.nome, Some(&voce.id)));
    }
    nomi
}

/// The problem, with the id of what is written by its name.
pub(super) fn advise(problem: Diagnostic, id: impl FnOnce(&str) -> Option<Id>) -> Diagnostic {
    let written = (problem.code == codes::WRONG_VALUE).then(|| Id::scritto(&problem.message)).flatten();
    match written.and_then(|name| id(&name.to_lowercase())) {
        Some(id) => problem.help(format!("qui va l'`id`, che è `{id}`")),
        None => problem,
    }
}
