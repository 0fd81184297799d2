//! The norms that can bind: the built-in ones, those of the site over them, each with what it extends.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::files::Files;
use super::names::Elenco;
use super::sostituzioni::{self, Sostituzione};
use crate::input::store::Store;
use crate::norme::GENERALE;
use crate::path;
use crate::record::Norma;
use crate::report::{Diagnostic, Report, Rule};
use crate::value::Id;

pub const RULES: &[Rule] = &[Rule::new("A-04", "la frase di attribuzione è quella delle norme del programma")
    .why("un sito non può dire con altre parole chi paga")
    .example("una norma del sito con `attribuzione: { frase: Con il contributo della Regione }` è rifiutata")
    .article("DGR XII/5464, § 4.5")];

/// By id.
pub type Norme = BTreeMap<Id, Arc<Norma>>;

/// All the norms, by id, and what those of the site change in those of the program.
pub(super) fn norms(files: &Files, report: &mut Report) -> (Norme, Vec<Sostituzione>) {
    let builtin = crate::norme::builtin(report);
    let mut own = builtin.clone();
    for (id, norma, origine) in &files.norme {
        let mut norma = Arc::clone(norma);
        if let Some(found) = reworded(&builtin, id, &norma) {
            report.add(found.at(origine.value(path!["attribuzione"])));
        }
        // The attribution of a built-in norm stays, also when a site takes the place of the rest.
        if let Some(kept) = builtin.get(id).and_then(|prima| prima.attribuzione.clone()) {
            Arc::make_mut(&mut norma).attribuzione = Some(kept);
        }
        if norma.atto.is_none() && builtin.get(id).is_some_and(|prima| prima.attribuzione.is_some()) {
            Arc::make_mut(&mut norma).atto = builtin[id].atto.clone();
        }
        own.insert(id.clone(), norma);
    }
    for (id, norma, origine) in &files.norme {
        let Some(base) = &norma.estende else { continue };
        let is_broken = files.rotti.contains(format!("norme/{base}.yaml").as_str());
        if !own.contains_key(base) && !is_broken {
            let note = Elenco::di_schede("le norme", own.keys().map(Id::as_str));
            report.add(note.unknown(base.as_str(), origine.value(path!["estende"])));
        } else if is_circle(&own, id) {
            report.add(
                Diagnostic::error("C-20", "una norma non può estendere sé stessa")
                    .at(origine.value(path!["estende"]))
                    .label("di norma in norma si torna qui")
                    .help("togli `estende` da una delle norme"),
            );
        }
    }
    let whole = |norme: &Norme| norme.iter().map(|(id, norma)| (id.clone(), extended(norme, id, norma))).collect();
    let own: Norme = whole(&own);
    let changed = match files.norme.is_empty() {
        true => Vec::new(),
        false => sostituzioni::trova(&whole(&builtin), &own, &files.norme),
    };
    (own, changed)
}

/// The norms that a site knows: the built-in ones, and its own where there is a site; with what its own change in the
/// built-in ones. What is wrong with them is told by `check`.
pub fn norms_of(store: Option<&Store>) -> (Norme, Vec<Sostituzione>) {
    norms(&store.map(Files::sort).unwrap_or_default(), &mut Report::default())
}

/// The attribution, from the most recent norm that words it.
pub fn frase(norme: &Norme) -> Option<String> {
    let worded = norme
        .values()
        .filter_map(|norma| Some((norma.atto.as_ref()?.data?.primo(), norma.attribuzione.as_ref()?.frase.clone())));
    worded.max_by_key(|(data, _)| *data).map(|(_, frase)| frase)
}

/// A site that words the attribution in another way.
fn reworded(builtin: &Norme, id: &Id, norma: &Norma) -> Option<Diagnostic> {
    let frase = &norma.attribuzione.as_ref()?.frase;
    let fixed: Vec<&str> = builtin
        .iter()
        .filter(|(other, norma)| *other == id || norma.attribuzione.is_some())
        .filter_map(|(_, norma)| Some(norma.attribuzione.as_ref()?.frase.as_str()))
        .collect();
    if fixed.is_empty() || fixed.contains(&frase.as_str()) {
        return None;
    }
    Some(
        Diagnostic::error("A-04", "un sito non può cambiare la frase di attribuzione")
            .label(format!("la frase è «{}»", fixed[0]))
            .help("togli `attribuzione`: la frase e il logo sono già quelli delle norme del programma"),
    )
}

/// Whether a plan may run under a norm: not under one that binds all of them, nor under the lists that all share.
pub fn di_un_piano(id: &Id, norma: &Norma) -> bool {
    !norma.vale_sempre && id.as_str() != GENERALE
}

/// A norm and those under it, one after the other. In a circle, which C-20 reports, it ends after one norm too many.
pub fn catena<'a>(norme: &'a Norme, id: &'a Id) -> impl Iterator<Item = (&'a Id, &'a Arc<Norma>)> {
    let under = |(_, norma): &(&'a Id, &'a Arc<Norma>)| norme.get_key_value(norma.estende.as_ref()?);
    std::iter::successors(norme.get_key_value(id), under).take(norme.len() + 1)
}

/// Whether a norm stands over another, directly or not.
pub fn extends(norme: &Norme, id: &Id, base: &Id) -> bool {
    catena(norme, id).skip(1).any(|(sotto, _)| sotto == base)
}

fn is_circle(norme: &Norme, id: &Id) -> bool {
    catena(norme, id).count() > norme.len()
}

/// A norm with the lists and rules of those under it; what it says itself comes first.
fn extended(norme: &Norme, id: &Id, norma: &Arc<Norma>) -> Arc<Norma> {
    if norma.estende.is_none() || is_circle(norme, id) {
        return Arc::clone(norma);
    }
    let mut whole = Norma::clone(norma);
    for (_, sotto) in catena(norme, id).skip(1) {
        let cited = sotto.cita();
        whole.periodo = whole.periodo.or_else(|| sotto.periodo.clone());
        whole.organismo = whole.organismo.or_else(|| sotto.organismo.clone());
        whole.destinatari = whole.destinatari.or_else(|| sotto.destinatari.clone());
        whole.fonte_storica |= sotto.fonte_storica;
        whole.partner_beneficiari |= sotto.partner_beneficiari;
        join(&mut whole.macrocategorie, &sotto.macrocategorie, |voce| &voce.id);
        join(&mut whole.dimensioni, &sotto.dimensioni, |dimensione| &dimensione.id);
        let own: BTreeSet<String> = whole.regole.iter().map(|regola| regola.codice.clone()).collect();
        let more = sotto.regole.iter().filter(|regola| !own.contains(&regola.codice)).map(|regola| {
            let mut regola = regola.clone();
            // A rule keeps the act it comes from.
            regola.fonte.get_or_insert_with(|| cited.clone());
            regola
        });
        whole.regole.extend(more.collect::<Vec<_>>());
    }
    whole.regole.sort_by(|a, b| a.codice.cmp(&b.codice));
    Arc::new(whole)
}

fn join<T: Clone>(own: &mut Vec<T>, base: &[T], id: fn(&T) -> &Id) {
    for voce in base {
        if !own.iter().any(|altra| id(altra) == id(voce)) {
            own.push(voce.clone());
        }
    }
}

/// A list of all the norms together: the general one first, then what each norm adds.
pub(super) fn lists<T: Clone>(norme: &Norme, of: impl Fn(&Norma) -> &Vec<T>, id: fn(&T) -> &Id) -> Vec<T> {
    let mut in_order: Vec<_> = norme.iter().collect();
    in_order.sort_by_key(|(id, _)| id.as_str() != GENERALE);
    let mut all = Vec::new();
    in_order.into_iter().for_each(|(_, norma)| join(&mut all, of(norma), id));
    all
}
