//! The data of one plan as one text: what the control code stands for, and what two plans are compared by.
//!
//! How far the plan has come (`stato`, `passaggi`) is not part of it: a protocol number that arrives later must not make
//! another plan of it.
//!
//! It is the records of the plan, the bodies that they name, the norms in force with the lists of the program, what
//! `sito.yaml` says of the agency, and the fingerprints of the logo and of the files that the texts name. Neither the day
//! of the data nor address, theme and current plan are part of it: they are of the site, and change without the plan.
//!
//! It is what the records say, not how they say it: order of keys, comments, quotes and empty fields do not count. A
//! field that a later version of the program adds changes nothing where it is not used.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::conformita::{Conformita, Contesto, Soggetto, deroghe_di, sostituzioni};
use crate::input::consegne::{Contenuto, RegolaDiScheda, scritti};
use crate::plan::{Pagina, Periodo, Plan};
use crate::record::{Norma, canonico, valore};
use crate::schema::{self, Nodo};
use crate::value::impronta;

/// Raised when the data mean something else.
pub const FORMATO: u32 = 2;

/// The data of a plan, and what the rules say of them.
pub fn contenuto(plan: &Plan, conformita: &Conformita, p: usize) -> Contenuto {
    Contenuto { dati: dati(plan, p), regole: regole(plan, conformita, p) }
}

/// The data of a plan in their one writing.
pub fn dati_canonici(plan: &Plan, p: usize) -> Vec<u8> {
    scritti(&dati(plan, p))
}

/// The control code of a plan: it stands in the document, in the package and in the protocol.
pub fn codice_di_controllo(plan: &Plan, p: usize) -> String {
    impronta(&dati_canonici(plan, p))
}

fn dati(plan: &Plan, p: usize) -> Value {
    let periodo = &plan.periodi[p];
    let mut campi: BTreeMap<&str, Value> = BTreeMap::new();
    campi.insert("formato", Value::from(FORMATO));
    campi.insert("periodo", Value::from(periodo.id.as_str()));
    campi.insert("ats", Value::from(plan.sito.ats.nome.as_str()));
    campi.insert("piano", senza(valore(&*periodo.dati), &["stato", "passaggi"]));
    campi.insert("risorse", periodo.risorse.as_ref().map(|risorse| valore(&*risorse.dati)).unwrap_or_default());
    campi.insert("avvisi", per_id(periodo.avvisi.iter().map(|voce| (voce.id.as_str(), valore(&*voce.dati)))));
    campi.insert("alleanze", per_id(periodo.alleanze.iter().map(|voce| (voce.id.as_str(), valore(&*voce.dati)))));
    campi.insert("progetti", per_id(periodo.progetti.iter().map(|voce| (voce.id.as_str(), valore(&*voce.dati)))));
    let pagina = |pagina: &Pagina| {
        let dati = &pagina.dati;
        json!({ "titolo": dati.titolo.as_str(), "sommario": dati.sommario, "testo": dati.testo.as_str() })
    };
    campi.insert("pagine", per_id(periodo.pagine.iter().map(|voce| (voce.id.as_str(), pagina(voce)))));
    let mut nominati = BTreeSet::new();
    campi.values().for_each(|campo| words(campo, &mut nominati));
    let nominati: Vec<_> = plan.enti.iter().filter(|ente| nominati.contains(ente.id.as_str())).collect();
    let enti = per_id(nominati.into_iter().map(|ente| (ente.id.as_str(), valore(&*ente.dati))));
    campi.insert("enti", enti);
    campi.insert("media", media(plan, &campi));
    let norme = Contesto::tutti(plan, p);
    campi.insert("norme", per_id(norme.iter().map(|contesto| (contesto.id.as_str(), sostanza(contesto.norma)))));
    campi.insert("categorie_enti", valore(&plan.categorie_enti));
    campi.insert("categorie_servizi", valore(&plan.categorie_servizi));
    campi.insert("sito", senza(valore(&*plan.sito), &["aggiornato_al", "indirizzo", "tema", "piano_corrente"]));
    canonico(Value::Object(campi.into_iter().map(|(nome, valore)| (nome.to_owned(), valore)).collect()))
        .unwrap_or_default()
}

/// The fingerprints of the logo and of the files that the texts name, by path.
fn media(plan: &Plan, campi: &BTreeMap<&str, Value>) -> Value {
    let mut testi = BTreeSet::new();
    campi.values().for_each(|campo| words(campo, &mut testi));
    let decoded = |text: String| percent_encoding::percent_decode_str(&text).decode_utf8_lossy().into_owned();
    let testi: Vec<String> = testi.into_iter().filter(|text| text.contains("media/")).map(decoded).collect();
    let is_named = |path: &str| path == plan.sito.logo.file || testi.iter().any(|text| text.contains(path));
    let named = plan.media.iter().filter(|(path, _)| is_named(path));
    per_id(named.map(|(path, bytes)| (path.as_str(), Value::from(impronta(bytes)))))
}

/// What a norm is judged by: without what only explains it.
fn sostanza(norma: &Norma) -> Value {
    let mut found = valore(norma);
    unexplained(&mut found, schema::nodo("norma"));
    canonico(found).unwrap_or_default()
}

fn unexplained(value: &mut Value, nodo: Nodo) {
    match value {
        Value::Object(campi) => {
            campi.retain(|campo, _| !nodo.campo(campo).is_some_and(Nodo::spiega));
            for (campo, value) in campi {
                nodo.campo(campo).into_iter().for_each(|nodo| unexplained(value, nodo));
            }
        }
        Value::Array(voci) => {
            voci.iter_mut().for_each(|voce| nodo.voci().into_iter().for_each(|nodo| unexplained(voce, nodo)))
        }
        _ => {}
    }
}

fn senza(mut record: Value, campi: &[&str]) -> Value {
    if let Value::Object(suoi) = &mut record {
        suoi.retain(|campo, _| !campi.contains(&campo.as_str()));
    }
    record
}

fn per_id<'a>(voci: impl Iterator<Item = (&'a str, Value)>) -> Value {
    Value::Object(voci.map(|(id, valore)| (id.to_owned(), valore)).collect())
}

/// All the texts of a value: the bodies that a plan names are among them.
fn words(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if !found.contains(text) => drop(found.insert(text.clone())),
        Value::Array(values) => values.iter().for_each(|value| words(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| words(value, found)),
        _ => {}
    }
}

fn regole(plan: &Plan, conformita: &Conformita, p: usize) -> Vec<RegolaDiScheda> {
    let periodo = &plan.periodi[p];
    let mut regole: Vec<RegolaDiScheda> = Vec::new();
    for norma in &conformita.periodi[p] {
        for esito in &norma.regole {
            let regola = norma.regola(esito);
            for verdetto in &esito.verdetti {
                let (tipo, scheda) = scheda(periodo, verdetto.soggetto);
                let deroga = verdetto.deroga.map(|i| deroghe_di(periodo, verdetto.soggetto).0[i].atto.cita());
                regole.push(RegolaDiScheda {
                    norma: norma.id.to_string(),
                    codice: regola.codice.clone(),
                    titolo: regola.titolo.clone(),
                    tipo: tipo.to_owned(),
                    scheda: scheda.to_owned(),
                    esito: verdetto.esito.parola().to_owned(),
                    deroga,
                });
            }
        }
    }
    for tolta in sostituzioni(plan, p) {
        let (Some(codice), Some(titolo)) = (tolta.tolta(), &tolta.prima) else { continue };
        regole.push(RegolaDiScheda {
            norma: tolta.norma.to_string(),
            codice: codice.to_owned(),
            titolo: titolo.clone(),
            tipo: "piano".to_owned(),
            scheda: periodo.id.to_string(),
            esito: tolta.parola().to_owned(),
            deroga: None,
        });
    }
    regole.sort();
    // A rule can bind a project by two norms; the heavier word is the one that counts, and both are the same here.
    regole.dedup();
    regole
}

fn scheda(periodo: &Periodo, soggetto: Soggetto) -> (&'static str, &str) {
    match soggetto {
        Soggetto::Piano => ("piano", periodo.id.as_str()),
        Soggetto::Avviso(a) => ("avviso", periodo.avvisi[a].id.as_str()),
        Soggetto::Progetto(i) => ("progetto", periodo.progetti[i].id.as_str()),
    }
}
