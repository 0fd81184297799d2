//! The resolved model: every reference followed, every total computed, nothing stringly from here on.
//!
//! Collections are in a fixed order and point at each other by index. What could not be resolved has been
//! reported and left out; a period that misses something is not `completo`, and its totals are not judged.

mod atti;
pub mod beneficiari;
mod bodies;
pub mod conto;
mod files;
mod lint;
mod logo;
mod misplaced;
mod names;
mod norme;
mod periodo;
pub mod qualifiche;
mod resolve;
pub mod simulazione;
mod sostituzioni;
pub mod vita;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

pub use norme::{Norme, di_un_piano, extends, frase, norms_of};
pub use periodo::{Alleanza, Avviso, Pagina, Partecipazione, Periodo, Progetto, Programma, Risorse, Servizio, Somma};
pub use resolve::resolve;
pub use sostituzioni::Sostituzione;

use crate::record;
use crate::report::{Place, Rule, Step};
use crate::value::Id;

pub const RULES: &[&[Rule]] = &[lint::RULES, names::RULES, norme::RULES, vita::RULES];

/// The published plan of one agency, all periods.
#[derive(Debug)]
pub struct Plan {
    pub sito: Arc<record::Sito>,
    pub sito_origine: Origine,
    pub logo: Arc<[u8]>,
    /// The public address, with a final slash: the one asked for, else that of `sito.yaml`.
    pub indirizzo: Option<String>,
    /// The attribution, from the most recent norm that words it.
    pub frase: String,
    pub norme: Norme,
    /// The files of the norms that are the site's own.
    pub norme_origine: BTreeMap<Id, Origine>,
    /// What they change in the norms of the program.
    pub sostituzioni: Vec<Sostituzione>,
    pub categorie_enti: Vec<record::CategoriaEnte>,
    pub qualifiche: Vec<record::Voce>,
    pub categorie_servizi: Vec<record::Voce>,
    /// By id.
    pub enti: Vec<Ente>,
    pub ente_per_id: HashMap<Id, usize>,
    /// From the oldest to the most recent.
    pub periodi: Vec<Periodo>,
    /// The period that the home page shows.
    pub corrente: Option<usize>,
    pub pagine: Vec<Pagina>,
    pub storia: Vec<Programma>,
    /// What the site says of the words of search.
    pub ricerca: Option<(Arc<record::Ricerca>, Origine)>,
    /// Path below `media/` and bytes.
    pub media: BTreeMap<String, Arc<[u8]>>,
}

/// What has the key of another before it, each with the first that has it.
pub fn doppioni<K: Ord, T: Copy>(voci: impl IntoIterator<Item = (K, T)>) -> impl Iterator<Item = (T, T)> {
    let mut prime: BTreeMap<K, T> = BTreeMap::new();
    voci.into_iter().filter_map(move |(chiave, voce)| match prime.entry(chiave) {
        Entry::Occupied(prima) => Some((*prima.get(), voce)),
        Entry::Vacant(posto) => {
            posto.insert(voce);
            None
        }
    })
}

/// The file that a record comes from, and its place in a list.
#[derive(Debug, Clone)]
pub struct Origine {
    pub file: Arc<str>,
    pub elemento: Option<usize>,
}

/// A body and all that it takes part in.
#[derive(Debug)]
pub struct Ente {
    pub id: Id,
    pub dati: Arc<record::Ente>,
    pub origine: Origine,
    /// Index into `Plan::categorie_enti`.
    pub categoria: usize,
    pub alleanze: Vec<Adesione>,
    pub progetti: Vec<PartecipazioneDiEnte>,
    /// Period and project of the payments to it where no row of the project names it: it may have left.
    pub pagato: Vec<(usize, usize)>,
}

/// A body in an alliance.
#[derive(Debug, Clone, Copy)]
pub struct Adesione {
    pub periodo: usize,
    pub alleanza: usize,
    pub ruolo: RuoloInAlleanza,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuoloInAlleanza {
    Capofila,
    Partner,
    ReteDiSupporto,
}

/// A body in a project: `riga` is its row of `partenariato`.
#[derive(Debug, Clone, Copy)]
pub struct PartecipazioneDiEnte {
    pub periodo: usize,
    pub progetto: usize,
    pub riga: usize,
}

impl Origine {
    pub fn value(&self, steps: Vec<Step>) -> Place {
        Place::value(&*self.file, self.whole(steps))
    }

    pub fn key(&self, steps: Vec<Step>) -> Place {
        Place::key(&*self.file, self.whole(steps))
    }

    /// A part of a text, as near to it as the way the text is written allows.
    pub fn part(&self, steps: Vec<Step>, text: &str, part: Range<usize>) -> Place {
        Place::part(&*self.file, self.whole(steps), text, part)
    }

    fn whole(&self, steps: Vec<Step>) -> Vec<Step> {
        self.elemento.map(Step::Index).into_iter().chain(steps).collect()
    }
}

impl Plan {
    /// What a word by which bodies are told apart means: that of a list of names, or of a kind of body.
    pub fn nome_qualifica<'a>(&'a self, id: &'a Id) -> &'a str {
        let named = self.qualifiche.iter().find(|voce| voce.id == *id).map(|voce| voce.nome.as_str());
        let kind = || self.categorie_enti.iter().find(|categoria| categoria.id == *id).map(|c| c.nome.as_str());
        named.or_else(kind).unwrap_or(id.as_str())
    }

    /// Every project, with its period.
    pub fn progetti(&self) -> impl Iterator<Item = (&Periodo, &Progetto)> {
        self.periodi.iter().flat_map(|periodo| periodo.progetti.iter().map(move |progetto| (periodo, progetto)))
    }

    /// Whether a project stands in a source of years ago, whose mistakes nobody can mend.
    pub fn storico(&self, periodo: &Periodo, progetto: &Progetto) -> bool {
        self.norma_di(periodo, progetto).1.fonte_storica
    }

    /// The norm that binds a project: that of its call, if it has one, else that of the plan.
    pub fn norma_di<'a>(&'a self, periodo: &'a Periodo, progetto: &Progetto) -> (&'a Id, &'a Arc<record::Norma>) {
        let propria = progetto.avviso.and_then(|a| periodo.avvisi[a].dati.norma.as_ref());
        propria.and_then(|id| self.norme.get_key_value(id)).unwrap_or((&periodo.dati.norma, &periodo.norma))
    }

    /// Whether a norm stands over another, directly or not.
    pub fn estende(&self, norma: &Id, base: &Id) -> bool {
        extends(&self.norme, norma, base)
    }

    /// Whether a rule of a norm is another one than the program has.
    pub fn e_sostituita(&self, norma: &Id, codice: &str) -> bool {
        let is_it = |s: &&Sostituzione| s.codice.as_deref() == Some(codice) && s.dopo.is_some();
        self.sostituzioni.iter().filter(is_it).any(|s| s.norma == *norma || self.estende(norma, &s.norma))
    }

    pub fn ente(&self, id: &Id) -> Option<&Ente> {
        self.ente_per_id.get(id).map(|&i| &self.enti[i])
    }
}
