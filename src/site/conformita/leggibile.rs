//! Messages in the words of readers: rules write them for those who keep the records, with names of fields and ids.

use crate::plan::{Periodo, Plan};
use crate::record::etichetta;
use crate::theme::messaggi::{in_words, quoted};
use crate::value::Id;

pub fn leggibile(plan: &Plan, periodo: &Periodo, testo: &str) -> String {
    let detto = in_words(testo, |parola| named(plan, periodo, parola));
    // Where a name was left out, so is its space.
    detto.split(' ').filter(|parola| !parola.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A field by its label, an entry of a list by its name. A declaration has none: the message tells the question.
fn named(plan: &Plan, periodo: &Periodo, parola: &str) -> String {
    if let Some(detta) = etichetta(parola) {
        return detta.to_owned();
    }
    let Ok(id) = Id::parse(parola) else { return quoted(parola) };
    let norme = || plan.norme.values();
    let richieste = norme().flat_map(|norma| &norma.regole).filter_map(|regola| regola.dichiarazione.as_ref());
    if richieste.flat_map(|dati| &dati.chiede).any(|domanda| domanda.campo == id) {
        return String::new();
    }
    let voci = norme().flat_map(|norma| norma.macrocategorie.iter().chain(&norma.categorie_servizi));
    let voci = voci.map(|voce| (&voce.id, &voce.nome));
    let dimensioni = norme().flat_map(|norma| &norma.dimensioni).map(|dimensione| (&dimensione.id, &dimensione.nome));
    let residui = periodo.risorse.iter().flat_map(|risorse| &risorse.dati.residui);
    let residui = residui.map(|residuo| (&residuo.id, &residuo.descrizione));
    let mut noti = voci.chain(dimensioni).chain(residui);
    match noti.find(|(altra, _)| **altra == id) {
        Some((_, nome)) => format!("«{nome}»"),
        None => quoted(plan.nome_qualifica(&id)),
    }
}
