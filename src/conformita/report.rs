//! From verdicts to findings.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::contesto::Contesto;
use super::{Esito, EsitoNorma, Natura, Rilievo, Soggetto, citazione, weight};
use crate::plan::Plan;
use crate::record::{Gravita, Norma, Regola};
use crate::report::{Diagnostic, Place, Report};

/// Beyond these a finding names its companions by number.
const SHOWN_PLACES: usize = 9;

/// Says what is wrong in one period.
pub fn tell(plan: &Plan, p: usize, norme: &[EsitoNorma], report: &mut Report) {
    let contesti = Contesto::tutti(plan, p);
    for (esito, contesto) in norme.iter().zip(&contesti) {
        for regola in &esito.regole {
            let di = esito.regola(regola);
            let mut silent: BTreeMap<&str, Vec<&Rilievo>> = BTreeMap::new();
            let mut found = Found::default();
            for verdetto in regola.verdetti.iter().filter(|verdetto| verdetto.esito != Esito::Derogata) {
                let mut told: Vec<(Natura, Diagnostic)> = Vec::new();
                for rilievo in &verdetto.rilievi {
                    match finding(contesto, di, verdetto.soggetto, rilievo) {
                        Some(found) => join(&mut told, rilievo.natura, found),
                        None => silent.entry(&rilievo.messaggio).or_default().push(rilievo),
                    }
                }
                told.into_iter().for_each(|(_, one)| found.add(one));
            }
            report.extend(found.told);
            for rilievi in silent.values() {
                report.add(not_in_the_source(&esito.norma, di, rilievi));
            }
        }
    }
}

/// The findings of one rule. What is wrong with a body is said once, with all the records where it takes part.
#[derive(Default)]
struct Found {
    told: Vec<Diagnostic>,
    /// Only asked, never walked: its order cannot reach the output.
    of: HashMap<(Option<Place>, String), usize>,
}

impl Found {
    fn add(&mut self, one: Diagnostic) {
        match self.of.entry((one.place.clone(), one.message.clone())) {
            Entry::Vacant(entry) => {
                entry.insert(self.told.len());
                self.told.push(one);
            }
            Entry::Occupied(entry) => {
                let before = &mut self.told[*entry.get()];
                let room = SHOWN_PLACES.saturating_sub(before.related.len());
                before.related.extend(one.related.into_iter().take(room));
                // Of an error and a warning on one thing, the error is what stops.
                before.severity = before.severity.min(one.severity);
            }
        }
    }
}

/// All that is absent at one place is one finding.
fn join(told: &mut Vec<(Natura, Diagnostic)>, natura: Natura, found: Diagnostic) {
    let absent = matches!(natura, Natura::Manca | Natura::NonDichiarato);
    let same = told.iter_mut().find(|(other, before)| absent && *other == natura && before.place == found.place);
    let Some((_, before)) = same else { return told.push((natura, found)) };
    if before.message != found.message {
        before.message.push_str("; ");
        before.message.push_str(&found.message);
    }
    match (&mut before.help, found.help) {
        (Some(text), Some(more)) if !text.contains(&more) => {
            text.push_str("; ");
            text.push_str(&more);
        }
        (text @ None, more) => *text = more,
        _ => {}
    }
    if before.label != found.label && !found.label.is_empty() {
        before.label = [before.label.as_str(), &found.label]
            .iter()
            .filter(|s| !s.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join("; ");
    }
    before.related.extend(found.related);
}

/// What a finding says; nothing where an old source is silent, which is said once for all records.
fn finding(contesto: &Contesto, regola: &Regola, soggetto: Soggetto, rilievo: &Rilievo) -> Option<Diagnostic> {
    let absent = matches!(rilievo.natura, Natura::Manca | Natura::NonDichiarato);
    if absent && contesto.storica {
        return None;
    }
    let is_error = matches!(rilievo.natura, Natura::Viola | Natura::Manca)
        && weight(contesto, regola, soggetto, rilievo) == Gravita::Errore;
    let new = if is_error { Diagnostic::error } else { Diagnostic::warning };
    Some(told(new(regola.codice.clone(), rilievo.messaggio.clone()), &contesto.norma, regola, rilievo))
}

fn told(mut found: Diagnostic, norma: &Norma, regola: &Regola, rilievo: &Rilievo) -> Diagnostic {
    found.place = Some(rilievo.posto.clone());
    found.label.clone_from(&rilievo.etichetta);
    found.related.clone_from(&rilievo.altrove);
    found.norm = Some(format!("{}: {}", citazione(norma, regola), regola.titolo));
    found.help = rilievo.aiuto.clone().or_else(|| regola.rimedio.clone());
    found
}

/// One finding for all the records of which an old source does not say something: nobody can mend them one by one.
fn not_in_the_source(norma: &Norma, regola: &Regola, rilievi: &[&Rilievo]) -> Diagnostic {
    let mut places: HashSet<&Place> = HashSet::new();
    let rilievi: Vec<&&Rilievo> = rilievi.iter().filter(|rilievo| places.insert(&rilievo.posto)).collect();
    let first = rilievi[0];
    let mut found =
        Diagnostic::warning(regola.codice.clone(), format!("{}: non indicato nella fonte", first.messaggio));
    found.place = Some(first.posto.clone());
    found.label = match rilievi.len() {
        1 => String::new(),
        2 => "qui e in un altro posto".to_owned(),
        n => format!("qui e in altri {} posti", n - 1),
    };
    found.related =
        rilievi.iter().skip(1).take(SHOWN_PLACES).map(|rilievo| (rilievo.posto.clone(), String::new())).collect();
    found.norm = Some(format!("{}: {}", citazione(norma, regola), regola.titolo));
    found.help = Some("se trovi il dato in un'altra fonte, aggiungilo; altrimenti la pagina dice che manca".to_owned());
    found
}
