//! Where each rule is shown and what was said of each record: the page of a project finds its own among ten thousand.

use std::collections::BTreeMap;

use crate::conformita::{Esito, EsitoNorma, Lettori, Rilievo, Soggetto, Verdetto};
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
        let numeri = |n: usize| (0..norme[n].regole.len()).map(move |r| (n, r));
        let carta = |numero| card(plan, &periodo.dati.norma, norme, numero);
        let carte: Vec<Vec<NumeroDiRegola>> = (0..norme.len()).map(|n| numeri(n).map(carta).collect()).collect();
        let ancora = |numero| anchor(norme, &carte, numero);
        let ancore = (0..norme.len()).map(|n| numeri(n).map(ancora).collect()).collect();
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

    /// The cards of all norms.
    pub fn tutte(&self) -> impl Iterator<Item = NumeroDiRegola> + '_ {
        (0..self.carte.len()).flat_map(|n| self.carte(n))
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
        let con_carta = self.carte.iter().zip(norme).flat_map(|(carte, norma)| carte.iter().zip(&norma.regole));
        let sue = con_carta.filter(|(sua, _)| **sua == carta).flat_map(|(_, regola)| &regola.verdetti);
        insieme(sue.map(|verdetto| (verdetto.soggetto, verdetto))).into_values().collect()
    }

    /// What the rules say of one record, rule by rule.
    pub fn di<'a>(&self, norme: &'a [EsitoNorma], soggetto: Soggetto) -> Vec<(NumeroDiRegola, Scheda<'a>)> {
        let detti = self.di.get(&soggetto).into_iter().flatten();
        let per_carta = detti.map(|&((n, r), v)| (self.carte[n][r], &norme[n].regole[r].verdetti[v]));
        insieme(per_carta).into_iter().collect()
    }
}

/// A rule of several parts can speak of a record more than once.
fn insieme<'a, K: Ord>(verdetti: impl Iterator<Item = (K, &'a Verdetto)>) -> BTreeMap<K, Scheda<'a>> {
    let mut schede = BTreeMap::new();
    for (chiave, verdetto) in verdetti {
        let Verdetto { soggetto, esito, deroga, .. } = *verdetto;
        let scheda =
            schede.entry(chiave).or_insert_with(|| Scheda { soggetto, esito, rilievi: Vec::new(), deroga: None });
        scheda.esito = scheda.esito.max(esito);
        scheda.rilievi.extend(verdetto.rilievi.iter().filter(|rilievo| rilievo.per != Lettori::Ufficio));
        scheda.deroga = scheda.deroga.or(deroga);
    }
    schede
}

/// The rule with this place.
pub fn regola(norme: &[EsitoNorma], (n, r): NumeroDiRegola) -> &Regola {
    norme[n].regola(&norme[n].regole[r])
}

/// A call may name the norm that the norm of the plan extends: their common rules are shown once.
fn card(plan: &Plan, del_piano: &Id, norme: &[EsitoNorma], (n, r): NumeroDiRegola) -> NumeroDiRegola {
    let norma = &norme[n];
    if norma.id == *del_piano || !plan.estende(del_piano, &norma.id) {
        return (n, r);
    }
    let Some(sopra) = norme.iter().position(|norma| norma.id == *del_piano) else { return (n, r) };
    let sua = regola(norme, (n, r));
    let stessa = (0..norme[sopra].regole.len()).find(|&s| regola(norme, (sopra, s)).codice == sua.codice);
    match stessa {
        // What the plan's own norm words anew takes its place, unless the call was judged by the old wording.
        Some(s) if is_same(regola(norme, (sopra, s)), sua) || norma.regole[r].verdetti.is_empty() => (sopra, s),
        _ => (n, r),
    }
}

pub fn is_same(one: &Regola, other: &Regola) -> bool {
    one.codice == other.codice && one.titolo == other.titolo
}

/// The code; where two cards have the same one, the later says its norm too.
fn anchor(norme: &[EsitoNorma], carte: &[Vec<NumeroDiRegola>], (n, r): NumeroDiRegola) -> String {
    let codice = &regola(norme, (n, r)).codice;
    let prima =
        |m: usize| (0..norme[m].regole.len()).any(|s| carte[m][s] == (m, s) && regola(norme, (m, s)).codice == *codice);
    if (0..n).any(prima) { format!("{codice}-{}", norme[n].id) } else { codice.clone() }
}
