//! Where the facts come from: the documents that the records cite, and the norms.

use std::collections::BTreeSet;

use serde_json::Value;
use tera::Context;

use crate::confronto::dati_canonici;
use crate::input::consegne::CODICE_COPRE;
use crate::print::tipografia::caratteri;
use crate::record::Norma;
use crate::site::{Site, parole};

pub fn contesto(site: &Site, p: usize, codice: &str) -> Context {
    let periodo = &site.plan.periodi[p];
    let dati = dati_canonici(&site.plan, p);
    let mut documenti = BTreeSet::new();
    cited(&serde_json::from_slice(&dati).unwrap_or_default(), &mut documenti);
    for fonte in periodo.pagine.iter().flat_map(|pagina| pagina.dati.fonte.iter()) {
        documenti.insert((fonte.documento.clone(), fonte.indirizzo.as_ref().map(|web| web.to_string())));
    }
    let norme: Vec<&Norma> = site.conformita.periodi[p].iter().map(|esito| &*esito.norma).collect();
    let mancanti = caratteri::nomi_mancanti(&String::from_utf8_lossy(&dati));
    let mut contesto = Context::new();
    contesto.insert("documenti", &documenti);
    contesto.insert("norme", &norme);
    contesto.insert("codice", codice);
    contesto.insert("codice_copre", CODICE_COPRE);
    contesto.insert("sostituiti", &parole::elenco(mancanti));
    contesto.insert("sostituto", &caratteri::SOSTITUTO);
    contesto
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
