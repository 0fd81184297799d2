//! The names that records refer to each other by, and what is said of a wrong one.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use super::Origine;
use super::bodies::Bodies;
use super::files::Files;
use super::misplaced::Misplaced;
use super::norme::Norme;
use crate::norme::GENERALE;
use crate::record::{self, Visita};
use crate::report::{Diagnostic, Place, Report, Rule, Step};
use crate::schema::{self, Nodo};
use crate::suggest::{self, Words};
use crate::value::Id;
use crate::yaml::codes::WRONG_VALUE;

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
    per_ente: &'a HashMap<Id, usize>,
    pub(super) norme: &'a Norme,
    /// Some kind of body or of service, any body, any norm: by the name that the schema gives the list.
    pub(super) liste: Liste<'a>,
    /// A list of bodies could not be read: no reference to a body can be called wrong.
    pub(super) enti_rotti: bool,
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
        let enti_rotti = files.enti_rotti || enti.incerti || misplaced.hides("partner");
        let categorie_enti = sorted(categorie_enti.iter().map(|categoria| categoria.id.as_str()));
        let note = norme.keys().map(Id::as_str);
        let liste = Liste::default()
            .con(
                "enti",
                Elenco::di_schede("gli enti", sorted(enti.per_id.keys().map(Id::as_str)))
                    .anche(enti.tolti.iter().map(Id::as_str))
                    .incerto(enti_rotti),
            )
            .con(
                "norme",
                Elenco::di_schede("le norme", note.filter(|id| *id != GENERALE))
                    .anche([GENERALE])
                    .anche(files.rotti.iter().filter_map(|path| broken_norm(path)))
                    .incerto(misplaced.hides("norme")),
            )
            .con(
                "categorie_servizi",
                Elenco::di_parole("le categorie di servizi", sorted(servizi.iter().map(|voce| voce.id.as_str()))),
            )
            .con("categorie_enti", Elenco::di_parole("le categorie di enti", categorie_enti));
        Names { per_ente: &enti.per_id, norme, liste, enti_rotti, misplaced }
    }

    /// Where a body stands; one that is not there has had its message.
    pub(super) fn ente(&self, id: &Id) -> Option<usize> {
        self.per_ente.get(id).copied()
    }
}

/// Longer lists of records are not worth reading; a missing one may have to be written.
const SHOWN_NAMES: usize = 12;

/// The names that one may write in the place of a record, or the words of a fixed list.
pub(super) struct Elenco<'a> {
    /// How a message calls the list.
    among: &'static str,
    /// In the order in which they are told.
    nomi: Vec<&'a str>,
    ammessi: HashSet<&'a str>,
    /// A record that is missed may be one of those that could not be read: no name can be called wrong.
    incerto: bool,
    is_fixed: bool,
    /// Prepared once for suggestions: there may be thousands of bodies and of wrong names.
    simili: OnceCell<Words<'a>>,
}

impl<'a> Elenco<'a> {
    pub(super) fn di_schede(among: &'static str, nomi: impl IntoIterator<Item = &'a str>) -> Self {
        let nomi: Vec<&str> = nomi.into_iter().collect();
        let ammessi = nomi.iter().copied().collect();
        Elenco { among, nomi, ammessi, incerto: false, is_fixed: false, simili: OnceCell::new() }
    }

    /// There are no other words: all are shown, however many.
    pub(super) fn di_parole(among: &'static str, parole: impl IntoIterator<Item = &'a str>) -> Self {
        Elenco { is_fixed: true, ..Elenco::di_schede(among, parole) }
    }

    /// Records that were left out, which has had its own message: who names one is not wrong.
    pub(super) fn anche(mut self, altri: impl IntoIterator<Item = &'a str>) -> Self {
        self.ammessi.extend(altri);
        self
    }

    pub(super) fn incerto(self, incerto: bool) -> Self {
        Elenco { incerto, ..self }
    }

    /// What is wrong with a name, if anything is.
    pub(super) fn judge(&self, nome: &str, place: impl FnOnce() -> Place) -> Option<Diagnostic> {
        (!self.incerto && !self.ammessi.contains(nome)).then(|| self.unknown(nome, place()))
    }

    /// A name that is none of these: a near one is the best advice.
    pub(super) fn unknown(&self, nome: &str, place: Place) -> Diagnostic {
        let problem = Diagnostic::error("C-08", format!("`{nome}` non è fra {}", self.among));
        let problem = problem.at(place).label("nome sconosciuto");
        match self.simili.get_or_init(|| Words::of(self.nomi.iter().copied())).closest(nome) {
            Some(near) => problem.help(format!("forse intendevi `{near}`?")),
            None if self.nomi.is_empty() && self.is_fixed => {
                problem.help("la norma non ne prevede: togli la riga, o controlla che `norma` sia quella giusta")
            }
            None if self.nomi.is_empty() => problem,
            None if self.nomi.len() > SHOWN_NAMES && !self.is_fixed => {
                problem.help("controlla il nome, o aggiungi la scheda che manca")
            }
            None => problem.help(format!("si può scegliere fra {}", suggest::list(self.nomi.iter().copied()))),
        }
    }
}

/// Lists by the name that the schema gives them.
#[derive(Clone, Default)]
pub(super) struct Liste<'a>(BTreeMap<&'static str, Rc<Elenco<'a>>>);

impl<'a> Liste<'a> {
    pub(super) fn con(mut self, nome: &'static str, elenco: Elenco<'a>) -> Self {
        self.0.insert(nome, Rc::new(elenco));
        self
    }

    /// Each name and each word that a part of a record takes from a list is in it; the schema says which fields take one.
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
            let nome = schema.and_then(|nodo| nodo.sotto(parola.passi)).and_then(Nodo::elenco);
            let elenco = nome.and_then(|nome| self.0.get(nome));
            let place = || origine.value([below, parola.passi].concat());
            report.extend(elenco.and_then(|elenco| elenco.judge(parola.testo, place)));
        });
    }
}

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
    let written = (problem.code == WRONG_VALUE).then(|| Id::scritto(&problem.message)).flatten();
    match written.and_then(|name| id(&name.to_lowercase())) {
        Some(id) => problem.help(format!("qui va l'`id`, che è `{id}`")),
        None => problem,
    }
}
