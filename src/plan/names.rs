//! The names that records refer to each other by, and what is said of a wrong one.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::Origine;
use super::bodies::Bodies;
use super::files::Files;
use super::misplaced::Misplaced;
use super::norme::Norme;
use crate::norme::GENERALE;
use crate::path;
use crate::record::{self, Visita};
use crate::report::{Diagnostic, Place, Report, Rule, Step};
use crate::schema::{self, Nodo};
use crate::suggest::{self, Words};
use crate::value::Id;

pub const RULES: &[Rule] = &[
    Rule::new("C-08", "ogni riferimento porta a una scheda che esiste")
        .why("un riferimento a vuoto è un dato perso")
        .example("`alleanza: vale-seriana`, quando l'alleanza si chiama `valle-seriana`"),
    Rule::new("C-09", "ogni identificativo e ogni voce compaiono una volta sola")
        .why("i conteggi ne sarebbero falsati")
        .example("due enti con lo stesso `id`, o un partner scritto due volte"),
];

/// The names that a record of any period may refer to.
pub(super) struct Names<'a> {
    pub(super) enti: &'a HashMap<Id, usize>,
    /// The ids of the bodies, prepared once for suggestions: there may be thousands of bodies and of wrong names.
    pub(super) nomi_enti: OnceCell<Known<'a>>,
    pub(super) enti_tolti: &'a BTreeSet<Id>,
    /// A list of bodies could not be read: no reference to a body can be called wrong.
    pub(super) enti_rotti: bool,
    pub(super) servizi: Vec<&'a str>,
    pub(super) categorie_enti: Vec<&'a str>,
    pub(super) norme: &'a Norme,
    pub(super) norme_rotte: BTreeSet<&'a str>,
    pub(super) misplaced: &'a Misplaced,
}

/// Each once, in the order of the alphabet.
pub(super) fn sorted<'a>(words: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    words.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The id of a norm, from the path of its file.
fn broken_norm(path: &str) -> Option<&str> {
    path.strip_prefix("norme/")?.strip_suffix(".yaml")
}

impl<'a> Names<'a> {
    pub(super) fn new(
        enti: &'a Bodies,
        files: &Files<'a>,
        servizi: &'a [record::Voce],
        categorie_enti: &'a [record::CategoriaEnte],
        norme: &'a Norme,
        misplaced: &'a Misplaced,
    ) -> Self {
        Names {
            enti: &enti.per_id,
            nomi_enti: OnceCell::new(),
            enti_tolti: &enti.tolti,
            enti_rotti: files.enti_rotti || enti.incerti || misplaced.hides("partner"),
            servizi: sorted(servizi.iter().map(|voce| voce.id.as_str())),
            categorie_enti: sorted(categorie_enti.iter().map(|categoria| categoria.id.as_str())),
            norme,
            misplaced,
            norme_rotte: files.rotti.iter().filter_map(|path| broken_norm(path)).collect(),
        }
    }

    pub(super) fn norma(
        &self,
        id: &Id,
        place: impl FnOnce() -> Place,
        report: &mut Report,
    ) -> Option<&'a Arc<record::Norma>> {
        let found = self.norme.get(id);
        if found.is_none() && !self.norme_rotte.contains(id.as_str()) && !self.misplaced.hides("norme") {
            let note = self.norme.keys().map(Id::as_str).filter(|id| *id != GENERALE);
            report.add(unknown("le norme", id, place(), note));
        }
        found
    }

    pub(super) fn ente(
        &self,
        id: &Id,
        origine: &Origine,
        steps: impl FnOnce() -> Vec<Step>,
        report: &mut Report,
    ) -> Option<usize> {
        let found = self.enti.get(id).copied();
        if found.is_none() && !self.enti_rotti && !self.enti_tolti.contains(id) {
            let noti = self.nomi_enti.get_or_init(|| Known::of(self.enti.keys().map(Id::as_str)));
            report.add(noti.unknown("gli enti", id.as_str(), origine.value(steps())));
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
            ids.iter().enumerate().map(|(i, id)| self.ente(id, origine, || path![key, i], report)).collect();
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

/// Longer lists of records are not worth reading; a missing one may have to be written.
const SHOWN_NAMES: usize = 12;

/// The names that one could have meant.
pub(super) struct Known<'a> {
    words: Words<'a>,
    /// All of them, where they are few enough to be read.
    few: Vec<&'a str>,
    is_empty: bool,
}

impl<'a> Known<'a> {
    /// In the order of the alphabet.
    pub(super) fn of(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut names: Vec<&str> = names.into_iter().collect();
        names.sort_unstable();
        Known::in_order(&names)
    }

    /// In the order in which they are told.
    fn in_order(names: &[&'a str]) -> Self {
        let few = if names.len() <= SHOWN_NAMES { names.to_vec() } else { Vec::new() };
        Known { words: Words::of(names.iter().copied()), few, is_empty: names.is_empty() }
    }

    /// A name that no record has; `among` is where it was looked for.
    pub(super) fn unknown(&self, among: &str, id: &str, place: Place) -> Diagnostic {
        let problem = unknown_name(among, id, place, &self.words);
        match self.few[..] {
            _ if self.is_empty => problem,
            [] => advised(problem, "controlla il nome, o aggiungi la scheda che manca"),
            _ => advised(problem, &one_of(&self.few)),
        }
    }
}

/// A name that no record has, told once.
pub(super) fn unknown<'a>(among: &str, id: &Id, place: Place, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    Known::in_order(&known.collect::<Vec<_>>()).unknown(among, id.as_str(), place)
}

/// A word of a fixed list: there is no other, so all are shown.
pub(super) fn unknown_word(among: &str, word: &str, place: Place, known: &[&str]) -> Diagnostic {
    advised(unknown_name(among, word, place, &Words::of(known.iter().copied())), &one_of(known))
}

/// The words that fields may take from the lists of the schema, each list with how a message calls it.
pub(super) struct Liste<'a>(pub(super) BTreeMap<&'static str, (&'static str, Vec<&'a str>)>);

impl Liste<'_> {
    /// Each word that a part of a record takes from a list is in it; the schema says which fields take one.
    pub(super) fn check(
        &self,
        genere: &str,
        below: &[Step],
        part: &dyn Visita,
        origine: &Origine,
        report: &mut Report,
    ) {
        let schema = schema::nodo(genere).sotto(below);
        part.visita(&mut |parola| {
            let elenco = schema.and_then(|nodo| nodo.sotto(parola.passi)).and_then(Nodo::elenco);
            let Some((among, words)) = elenco.and_then(|elenco| self.0.get(elenco)) else { return };
            if !words.contains(&parola.testo) {
                let place = origine.value([below, parola.passi].concat());
                report.add(unknown_word(among, parola.testo, place, words));
            }
        });
    }
}

fn one_of(known: &[&str]) -> String {
    format!("si può scegliere fra {}", suggest::list(known.iter().copied()))
}

/// A near name is the best advice.
fn advised(mut problem: Diagnostic, help: &str) -> Diagnostic {
    problem.help.get_or_insert_with(|| help.to_owned());
    problem
}

fn unknown_name(among: &str, word: &str, place: Place, known: &Words) -> Diagnostic {
    let problem = Diagnostic::error("C-08", format!("`{word}` non è fra {among}")).at(place).label("nome sconosciuto");
    match known.closest(word) {
        Some(near) => problem.help(format!("forse intendevi `{near}`?")),
        None => problem,
    }
}
