//! From verdicts to findings.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::contesto::Contesto;
use super::{Esito, EsitoNorma, Lettori, Natura, Rilievo, Soggetto, citazione, weight};
use crate::record::{Gravita, Norma, Regola};
use crate::report::{Diagnostic, Place, Report, Severity};

/// Beyond these a finding names its companions by number.
const SHOWN_PLACES: usize = 9;

/// Says what is wrong in one period, of each norm by what was found under it.
pub fn tell(judged: &[(EsitoNorma, Contesto)], report: &mut Report) {
    let mut before = Told::default();
    for (esito, contesto) in judged {
        for regola in &esito.regole {
            let di = esito.regola(regola);
            let mut found = Found::default();
            let mut silent: BTreeMap<&str, Vec<&Rilievo>> = BTreeMap::new();
            for verdetto in regola.verdetti.iter().filter(|verdetto| verdetto.esito != Esito::Derogata) {
                for rilievo in verdetto.rilievi.iter().filter(|rilievo| rilievo.per != Lettori::Pagine) {
                    let one = finding(contesto, di, verdetto.soggetto, rilievo);
                    let severity = one.as_ref().map_or(Severity::Warning, |one| one.severity);
                    if before.by_another(&di.codice, rilievo, severity) {
                        continue;
                    }
                    match one {
                        Some(one) => found.add(rilievo.natura, one),
                        None => silent.entry(&rilievo.messaggio).or_default().push(rilievo),
                    }
                }
            }
            report.extend(found.told);
            for rilievi in silent.values() {
                report.add(not_in_the_source(&esito.norma, di, rilievi));
            }
        }
    }
}

/// What the rules before have said, and where: several may ask for one thing, and its author mends it once.
#[derive(Default)]
struct Told<'a>(HashMap<(&'a Place, &'a str, &'a str), (&'a str, Severity)>);

impl<'a> Told<'a> {
    fn by_another(&mut self, codice: &'a str, rilievo: &'a Rilievo, severity: Severity) -> bool {
        // What is absent has no value to tell: a label says why this rule wants it.
        let label = if rilievo.natura.is_absent() { "" } else { &rilievo.etichetta };
        let what = (&rilievo.posto, rilievo.messaggio.as_str(), label);
        let (first, weight) = *self.0.entry(what).or_insert((codice, severity));
        first != codice && weight <= severity
    }
}

/// The findings of one rule. All that is absent at one place is one finding, and so is what several records say of one
/// place: what is wrong with a body is said once, with the records where it takes part.
#[derive(Default)]
struct Found {
    told: Vec<Diagnostic>,
    /// Only asked, never walked: its order cannot reach the output.
    of: HashMap<(Option<Place>, Natura, Option<String>), usize>,
}

impl Found {
    fn add(&mut self, natura: Natura, one: Diagnostic) {
        let said = (!natura.is_absent()).then(|| format!("{}\n{}", one.message, one.label));
        match self.of.entry((one.place.clone(), natura, said)) {
            Entry::Vacant(entry) => {
                entry.insert(self.told.len());
                self.told.push(one);
            }
            Entry::Occupied(entry) => join(&mut self.told[*entry.get()], one),
        }
    }
}

fn join(before: &mut Diagnostic, found: Diagnostic) {
    // Of an error and a warning on one thing, the error is what stops.
    before.severity = before.severity.min(found.severity);
    if before.message != found.message {
        before.message = together(&before.message, &found.message);
    }
    match (&mut before.help, found.help) {
        (Some(text), Some(more)) if !text.contains(&more) => {
            *text = together(text, &more);
        }
        (text @ None, more) => *text = more,
        _ => {}
    }
    if before.label != found.label && !found.label.is_empty() {
        let between = match before.label.as_str() {
            "" => "",
            asked if asked.ends_with('?') => " ",
            _ => "; ",
        };
        before.label = [before.label.as_str(), between, &found.label].concat();
    }
    for related in found.related {
        if before.related.len() < SHOWN_PLACES && !before.related.contains(&related) {
            before.related.push(related);
        }
    }
}

/// How several absent things are told: ``mancano `a`, `b` ``.
const MANCA: [(&str, &str); 2] = [("manca la dichiarazione `", "mancano le dichiarazioni `"), ("manca `", "mancano `")];

/// How a remedy writes declarations.
const DICHIARAZIONI: (&str, &str) = ("scrivi `dichiarazioni: { ", " }`");

/// Two texts about one place, in one.
fn together(before: &str, more: &str) -> String {
    for (one, several) in MANCA {
        let listed = before.strip_prefix(one).or_else(|| before.strip_prefix(several));
        if let (Some(listed), Some(more)) = (listed, more.strip_prefix(one)) {
            return format!("{several}{listed}, `{more}");
        }
    }
    let inside = |text: &str| Some(text.strip_prefix(DICHIARAZIONI.0)?.strip_suffix(DICHIARAZIONI.1)?.to_owned());
    if let (Some(one), Some(other)) = (inside(before), inside(more)) {
        return format!("{}{one}, {other}{}", DICHIARAZIONI.0, DICHIARAZIONI.1);
    }
    format!("{before}; {more}")
}

/// What a finding says; nothing where an old source is silent, which is said once for all records.
fn finding(contesto: &Contesto, regola: &Regola, soggetto: Soggetto, rilievo: &Rilievo) -> Option<Diagnostic> {
    if rilievo.natura.is_absent() && contesto.storica {
        return None;
    }
    let is_error = matches!(rilievo.natura, Natura::Viola | Natura::Manca)
        && weight(contesto, regola, soggetto, rilievo) == Gravita::Errore;
    let new = if is_error { Diagnostic::error } else { Diagnostic::warning };
    Some(Diagnostic {
        place: Some(rilievo.posto.clone()),
        label: rilievo.etichetta.clone(),
        related: rilievo.altrove.clone(),
        norm: Some(format!("{}: {}", citazione(contesto.norma, regola), regola.titolo)),
        help: rilievo.aiuto.clone().or_else(|| regola.rimedio.clone()),
        ..new(regola.codice.clone(), rilievo.messaggio.clone())
    })
}

/// One finding for all the records of which an old source does not say something: nobody can mend them one by one.
fn not_in_the_source(norma: &Norma, regola: &Regola, rilievi: &[&Rilievo]) -> Diagnostic {
    let mut seen: HashSet<&Place> = HashSet::new();
    let places: Vec<&Place> = rilievi.iter().map(|rilievo| &rilievo.posto).filter(|posto| seen.insert(posto)).collect();
    let first = rilievi[0];
    let (label, related) = match places.len() {
        1 => (first.etichetta.clone(), first.altrove.clone()),
        n => {
            let label = match n {
                2 => "qui e in un altro posto".to_owned(),
                n => format!("qui e in altri {} posti", n - 1),
            };
            let others = places.iter().skip(1).take(SHOWN_PLACES);
            (label, others.map(|place| ((*place).clone(), String::new())).collect())
        }
    };
    Diagnostic {
        place: Some(first.posto.clone()),
        label,
        related,
        norm: Some(format!("{}: {}", citazione(norma, regola), regola.titolo)),
        help: Some("se trovi il dato in un'altra fonte, aggiungilo; altrimenti la pagina dice che manca".to_owned()),
        ..Diagnostic::warning(regola.codice.clone(), format!("{}: non indicato nella fonte", first.messaggio))
    }
}
