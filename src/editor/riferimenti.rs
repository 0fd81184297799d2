//! Who names a record: every scalar whose schema says that it is chosen from the list of such records.

use serde::Serialize;

use super::campi::{nome, sotto};
use super::vista::{Aperta, Vista, titolo};
use crate::report::Step;
use crate::schema;
use crate::value::{Id, Nodo};
use crate::yaml::modifica::{Scheda, Valore};

/// The list in which records of a kind stand.
const ELENCHI: [(&str, &str); 6] = [
    ("ente", "enti"),
    ("atto", "atti"),
    ("alleanza", "alleanze"),
    ("avviso", "avvisi"),
    ("progetto", "progetti"),
    ("piano", "piani"),
];

/// A field that names the record.
#[derive(Debug, Serialize)]
pub struct Riferimento {
    titolo: String,
    campo: String,
    indirizzo: Option<String>,
}

/// All the fields that name one of the records of a file, or the one at a place of it.
pub fn di(vista: &Vista, aperta: &Aperta, posto: Option<usize>) -> Vec<Riferimento> {
    let Some((_, elenco)) = ELENCHI.iter().find(|(genere, _)| *genere == aperta.genere) else { return Vec::new() };
    let piano = aperta.entry.source.kind.piano();
    let ids = ids(aperta, piano, posto);
    let mut trovati = Vec::new();
    for entry in vista.store.entries.values() {
        let altrove = entry.source.kind.piano().zip(piano).is_some_and(|(altro, piano)| altro != piano);
        if altrove || entry.source.relative == aperta.entry.source.relative {
            continue;
        }
        let Ok(altra) = vista.apri(&entry.source.relative) else { continue };
        let Ok(scheda) = altra.scheda() else { continue };
        let radice = schema::nodo(altra.genere);
        let mut visita = |passi: &[Step], testo: &str| {
            if ids.iter().any(|id| id == testo) {
                trovati.push(Riferimento {
                    titolo: titolo(entry),
                    campo: parole(radice, passi),
                    indirizzo: vista.indirizzo(&entry.source.name, passi),
                });
            }
        };
        cerca(&scheda, radice, elenco, &mut visita);
    }
    trovati
}

/// The identifiers of the records in the file.
fn ids(aperta: &Aperta, piano: Option<&Id>, posto: Option<usize>) -> Vec<String> {
    let voci = match aperta.scheda().ok().and_then(|scheda| scheda.valore(&[]).cloned()) {
        Some(Valore::Elenco(voci)) => voci,
        _ => Vec::new(),
    };
    let id = |voce: &Valore| super::campi::dentro(Some(voce), "id").map(|id| super::forme::scritto(id).to_owned());
    let sue = voci.iter().enumerate().filter(|(n, _)| posto.is_none_or(|posto| posto == *n));
    let mut ids: Vec<String> = sue.filter_map(|(_, voce)| id(voce)).collect();
    if voci.is_empty() {
        let del_piano = piano.filter(|_| aperta.genere == "piano");
        ids.push(del_piano.unwrap_or(&aperta.entry.source.id).to_string());
    }
    ids
}

fn cerca(scheda: &Scheda, radice: Nodo<'static>, elenco: &str, visita: &mut impl FnMut(&[Step], &str)) {
    if let Some(valore) = scheda.valore(&[]) {
        scendi(valore, radice, elenco, &mut Vec::new(), visita);
    }
}

fn scendi(
    valore: &Valore,
    radice: Nodo<'static>,
    elenco: &str,
    passi: &mut Vec<Step>,
    visita: &mut impl FnMut(&[Step], &str),
) {
    let mut sotto_di = |passo: Step, valore: &Valore| {
        passi.push(passo);
        scendi(valore, radice, elenco, passi, visita);
        passi.pop();
    };
    match valore {
        Valore::Gruppo(campi) => campi.iter().for_each(|(nome, valore)| sotto_di(Step::from(nome.clone()), valore)),
        Valore::Elenco(voci) => voci.iter().enumerate().for_each(|(posto, voce)| sotto_di(Step::Index(posto), voce)),
        Valore::Testo(testo) if sotto(radice, passi).and_then(Nodo::elenco) == Some(elenco) => visita(passi, testo),
        _ => {}
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
