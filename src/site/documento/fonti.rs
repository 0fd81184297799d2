//! Where the facts come from: the documents that the records cite, and the norms.

use std::collections::BTreeSet;

use serde_json::Value;
use tera::Context;

use crate::confronto::dati_canonici;
use crate::input::consegne::CODICE_COPRE;
use crate::print::tipografia::caratteri;
use crate::record::Norma;
use crate::site::{Site, parole};
use crate::value::Id;

pub fn contesto(site: &Site, p: usize, codice: &str) -> Context {
    let periodo = &site.plan.periodi[p];
    let dati = dati_canonici(&site.plan, p);
    let mut del_piano: Value = serde_json::from_slice(&dati).unwrap_or_default();
    let enti = del_piano.get_mut("enti").map(Value::take).unwrap_or_default();
    let (mut documenti, mut degli_enti) = (BTreeSet::new(), BTreeSet::new());
    cited(&del_piano, &mut documenti);
    for fonte in periodo.pagine.iter().flat_map(|pagina| pagina.dati.fonte.iter()) {
        documenti.insert((fonte.documento.clone(), fonte.indirizzo.as_ref().map(|web| web.to_string())));
    }
    // A body takes part in other plans too: what only its record cites may be of another time.
    cited(&enti, &mut degli_enti);
    degli_enti.retain(|documento| !documenti.contains(documento));
    let mancanti = caratteri::nomi_mancanti(&String::from_utf8_lossy(&dati));
    let mut contesto = Context::new();
    contesto.insert("documenti", &documenti);
    contesto.insert("documenti_degli_enti", &degli_enti);
    contesto.insert("norme", &norme(site, p));
    contesto.insert("codice", codice);
    contesto.insert("codice_copre", CODICE_COPRE);
    contesto.insert("sostituiti", &parole::elenco(mancanti));
    contesto.insert("sostituto", &caratteri::SOSTITUTO);
    contesto
}

/// The norms of a period, each before those that it takes its rules from.
fn norme(site: &Site, p: usize) -> Vec<&Norma> {
    let noti = &site.plan.norme;
    let mut dette: Vec<&Id> = Vec::new();
    for esito in &site.conformita.periodi[p] {
        let mut prossima = Some(&esito.id);
        while let Some(id) = prossima.filter(|id| !dette.contains(id)) {
            dette.push(id);
            prossima = noti.get(id).and_then(|norma| norma.estende.as_ref());
        }
    }
    dette.into_iter().filter_map(|id| noti.get(id).map(|norma| &**norma)).collect()
}

/// Every document that the records cite, wherever they do, with its address.
fn cited(dati: &Value, documenti: &mut BTreeSet<(String, Option<String>)>) {
    match dati {
        Value::Object(campi) => {
            if let Some(documento) = campi.get("documento").and_then(Value::as_str) {
                let indirizzo = campi.get("indirizzo").and_then(Value::as_str).map(str::to_owned);
                documenti.insert((documento.to_owned(), indirizzo));
            }
            campi.values().for_each(|campo| cited(campo, documenti));
        }
        Value::Array(voci) => voci.iter().for_each(|voce| cited(voce, documenti)),
        _ => {}
    }
}
