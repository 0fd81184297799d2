//! Where each rule is shown and what was said of each record: the page of a project finds its own among ten thousand.

use std::collections::BTreeMap;

use crate::conformita::{Esito, EsitoNorma, Rilievo, Soggetto};
use crate::plan::{Periodo, Plan};
use crate::record::Regola;
use crate::value::Id;

/// The place of a norm in its period, and that of a rule in its norm.
pub type NumeroDiRegola = (usize, usize);

/// The rules of a period, each on one card.
#[derive(Default)]
pub struct Indice {
    /// By norm and rule, the card that shows it.
    carte: Vec<Vec<NumeroDiRegola>>,
    /// The anchor of each card, by norm and rule.
    ancore: Vec<Vec<String>>,
    /// Rule and verdict.
    di: BTreeMap<Soggetto, Vec<(NumeroDiRegola, usize)>>,
}

/// What a rule says of one record, all that its parts found put together.
#[derive(Clone)]
pub struct Scheda<'a> {
    pub soggetto: Soggetto,
    pub esito: Esito,
    pub rilievi: Vec<&'a Rilievo>,
    pub deroga: Option<usize>,
}

impl Indice {
    pub fn of(plan: &Plan, periodo: &Periodo, norme: &[EsitoNorma]) -> Self {
        let carte: Vec<Vec<NumeroDiRegola>> = (0..norme.len())
            .map(|n| (0..norme[n].regole.len()).map(|r| card(plan, &periodo.dati.norma, norme, (n, r))).collect())
            .collect();
        let ancore = (0..norme.len())
            .map(|n| (0..norme[n].regole.len()).map(|r| anchor(norme, &carte, (n, r))).collect())
            .collect();
        let mut di: BTreeMap<Soggetto, Vec<(NumeroDiRegola, usize)>> = BTreeMap::new();
        for (n, norma) in norme.iter().enumerate() {
            for (r, regola) in norma.regole.iter().enumerate() {
                for (v, verdetto) in regola.verdetti.iter().enumerate() {
                    di.entry(verdetto.soggetto).or_default().push(((n, r), v));
                }
            }
        }
        Indice { carte, ancore, di }
    }

    /// The cards of a norm, in the order of its rules.
    pub fn carte(&self, n: usize) -> impl Iterator<Item = NumeroDiRegola> + '_ {
        (0..self.carte[n].len()).map(move |r| (n, r)).filter(|&numero| self.carta(numero) == numero)
    }

    /// The card that shows a rule, which may be that of another norm.
    pub fn carta(&self, (n, r): NumeroDiRegola) -> NumeroDiRegola {
        self.carte[n][r]
    }

    /// The anchor of the card that shows a rule.
    pub fn ancora(&self, numero: NumeroDiRegola) -> &str {
        let (n, r) = self.carta(numero);
        &self.ancore[n][r]
    }

    /// What the rule of a card says, record by record.
    pub fn schede<'a>(&self, norme: &'a [EsitoNorma], carta: NumeroDiRegola) -> Vec<Scheda<'a>> {
        let regole = self.carte.iter().enumerate().flat_map(|(n, carte)| {
            carte.iter().enumerate().filter(move |(_, of)| **of == carta).map(move |(r, _)| (n, r))
        });
        let mut schede: BTreeMap<Soggetto, Scheda> = BTreeMap::new();
        for verdetto in regole.flat_map(|(n, r)| &norme[n].regole[r].verdetti) {
            let scheda = Scheda::of(verdetto);
            match schede.get_mut(&verdetto.soggetto) {
                Some(prima) => prima.join(scheda),
                None => drop(schede.insert(verdetto.soggetto, scheda)),
            }
        }
        schede.into_values().collect()
    }

    /// What the rules say of one record, rule by rule.
    pub fn di<'a>(&self, norme: &'a [EsitoNorma], soggetto: Soggetto) -> Vec<(NumeroDiRegola, Scheda<'a>)> {
        let mut trovate: BTreeMap<NumeroDiRegola, Scheda> = BTreeMap::new();
        for &((n, r), v) in self.di.get(&soggetto).into_iter().flatten() {
            let scheda = Scheda::of(&norme[n].regole[r].verdetti[v]);
            match trovate.get_mut(&self.carte[n][r]) {
                Some(prima) => prima.join(scheda),
                None => drop(trovate.insert(self.carte[n][r], scheda)),
            }
        }
        trovate.into_iter().collect()
    }
}

impl<'a> Scheda<'a> {
    fn of(verdetto: &'a crate::conformita::Verdetto) -> Self {
        let rilievi = verdetto.rilievi.iter().filter(|rilievo| !rilievo.interno).collect();
        Scheda { soggetto: verdetto.soggetto, esito: verdetto.esito, rilievi, deroga: verdetto.deroga }
    }

    /// A rule of several parts can speak of a record more than once.
    fn join(&mut self, other: Scheda<'a>) {
        self.esito = self.esito.max(other.esito);
        self.rilievi.extend(other.rilievi);
        self.deroga = self.deroga.or(other.deroga);
    }
}

/// A call may name the norm that the norm of the plan extends: their common rules are shown once.
fn card(plan: &Plan, del_piano: &Id, norme: &[EsitoNorma], (n, r): NumeroDiRegola) -> NumeroDiRegola {
    let norma = &norme[n];
    if norma.id == *del_piano || !plan.estende(del_piano, &norma.id) {
        return (n, r);
    }
    let Some(sopra) = norme.iter().position(|norma| norma.id == *del_piano) else { return (n, r) };
    let regola = norma.regola(&norma.regole[r]);
    let stessa = norme[sopra].regole.iter().position(|altra| norme[sopra].regola(altra).codice == regola.codice);
    match stessa {
        // What the plan's own norm words anew takes its place, unless the call was judged by the old wording.
        Some(s) if is_same(norme[sopra].regola(&norme[sopra].regole[s]), regola) => (sopra, s),
        Some(s) if norma.regole[r].verdetti.is_empty() => (sopra, s),
        _ => (n, r),
    }
}

pub fn is_same(one: &Regola, other: &Regola) -> bool {
    one.codice == other.codice && one.titolo == other.titolo
}

/// The code; where two cards have the same one, the later says its norm too.
fn anchor(norme: &[EsitoNorma], carte: &[Vec<NumeroDiRegola>], (n, r): NumeroDiRegola) -> String {
    let codice = |n: usize, r: usize| &norme[n].regola(&norme[n].regole[r]).codice;
    let prima = |m: usize| (0..norme[m].regole.len()).any(|s| carte[m][s] == (m, s) && codice(m, s) == codice(n, r));
    if (0..n).any(prima) { format!("{}-{}", codice(n, r), norme[n].id) } else { codice(n, r).clone() }
}
