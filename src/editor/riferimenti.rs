//! Who names a record: every scalar whose schema says that it is chosen from the list of such records.

use serde::Serialize;

use super::campi::{nome, sotto};
use super::vista::{Aperta, Vie, Vista};
use crate::report::Step;
use crate::value::{Id, Nodo};
use crate::yaml::modifica::{Scheda, Valore};

const ELENCHI: [(&str, &str); 6] = [
    ("ente", "enti"),
    ("atto", "atti"),
    ("alleanza", "alleanze"),
    ("avviso", "avvisi"),
    ("progetto", "progetti"),
    ("piano", "piani"),
];

/// The list in which records of a kind stand.
pub fn elenco(genere: &str) -> Option<&'static str> {
    ELENCHI.iter().find(|(altro, _)| *altro == genere).map(|(_, elenco)| *elenco)
}

/// A field that names the record.
#[derive(Debug, Serialize)]
pub struct Riferimento {
    titolo: String,
    campo: String,
    indirizzo: String,
}

/// A file with fields that name a record, and the ways to them.
pub struct Nominante {
    pub aperta: Aperta,
    pub scheda: Scheda,
    pub vie: Vec<Vec<Step>>,
}

/// All the fields that name one of the records of a file, or the one at a place of it.
pub fn di(vista: &Vista, aperta: &Aperta, posto: Option<usize>) -> Vec<Riferimento> {
    let mut trovati = Vec::new();
    for Nominante { aperta, scheda, vie } in nominanti(vista, aperta, posto) {
        let pagine = Vie::di(&aperta, &scheda);
        trovati.extend(vie.iter().map(|passi| Riferimento {
            titolo: aperta.titolo(),
            campo: parole(aperta.nodo, passi),
            indirizzo: pagine.a(passi),
        }));
    }
    trovati
}

/// The same by file; the file of the records itself only where it is about one of several.
pub fn nominanti(vista: &Vista, aperta: &Aperta, posto: Option<usize>) -> Vec<Nominante> {
    let Some(elenco) = elenco(aperta.genere) else { return Vec::new() };
    let piano = aperta.piano();
    let ids = ids(aperta, piano, posto);
    let mut nominanti = Vec::new();
    for entry in vista.store.entries.values() {
        let altrove = entry.source.kind.piano().zip(piano).is_some_and(|(altro, piano)| altro != piano);
        let e_suo = entry.source.relative == aperta.file();
        if altrove || (e_suo && posto.is_none()) {
            continue;
        }
        let Ok(altra) = vista.apri(&entry.source.relative) else { continue };
        let Ok(scheda) = altra.scheda() else { continue };
        let lo_nomina = |via: &[Step], testo: &String| {
            let in_lui = e_suo && via.first() == posto.map(Step::Index).as_ref();
            !in_lui && ids.contains(testo) && sotto(altra.nodo, via).and_then(Nodo::elenco) == Some(elenco)
        };
        let vie = scheda.valore(&[]).map(|valore| vie(valore, &[], &lo_nomina)).unwrap_or_default();
        if !vie.is_empty() {
            nominanti.push(Nominante { aperta: altra, scheda, vie });
        }
    }
    nominanti
}

/// The identifiers of the records in the file.
fn ids(aperta: &Aperta, piano: Option<&Id>, posto: Option<usize>) -> Vec<String> {
    let valore = aperta.scheda().ok().and_then(|scheda| scheda.valore(&[]).cloned());
    let id = |voce: &Valore| super::campi::dentro(Some(voce), "id").map(|id| super::forme::scritto(id).to_owned());
    if let Some(Valore::Elenco(voci)) = &valore {
        let sue = voci.iter().enumerate().filter(|(n, _)| posto.is_none_or(|posto| posto == *n));
        return sue.filter_map(|(_, voce)| id(voce)).collect();
    }
    let del_file = || piano.filter(|_| aperta.genere == "piano").unwrap_or(&aperta.entry.source.id).to_string();
    vec![valore.as_ref().and_then(id).unwrap_or_else(del_file)]
}

/// The ways to the texts of a value that are of a kind.
fn vie(valore: &Valore, via: &[Step], sono: &impl Fn(&[Step], &String) -> bool) -> Vec<Vec<Step>> {
    let sotto = |passo: Step, valore| vie(valore, &[via, &[passo]].concat(), sono);
    match valore {
        Valore::Gruppo(campi) => {
            campi.iter().flat_map(|(nome, valore)| sotto(Step::from(nome.clone()), valore)).collect()
        }
        Valore::Elenco(voci) => {
            voci.iter().enumerate().flat_map(|(posto, voce)| sotto(Step::Index(posto), voce)).collect()
        }
        Valore::Testo(testo) if sono(via, testo) => vec![via.to_vec()],
        _ => Vec::new(),
    }
}

/// The titles on the way to a field.
fn parole(radice: Nodo<'static>, passi: &[Step]) -> String {
    let titolo = |n: usize| match &passi[n - 1] {
        Step::Key(_) => sotto(radice, &passi[..n]).map(Nodo::titolo).unwrap_or_default().to_owned(),
        Step::Index(posto) => (posto + 1).to_string(),
    };
    let titoli: Vec<String> = (1..=passi.len()).map(titolo).filter(|titolo| !titolo.is_empty()).collect();
    if titoli.is_empty() { nome(passi) } else { titoli.join(", ") }
}
