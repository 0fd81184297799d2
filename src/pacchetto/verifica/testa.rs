//! The head of a package against its records: what a manifest says of the plan needs no program to be judged.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{CONSEGNA, Prova};
use crate::input::consegne::Testa;
use crate::input::source::Kind;
use crate::input::store::Parsed;
use crate::pipeline::Prepared;

/// Read from the records one by one: the rules may stop what is made of them, and the head is judged all the same.
pub fn confronto(testa: &Testa, prepared: &Prepared) -> Prova {
    let told = json!({
        "ats": testa.ats, "data": testa.data, "titolo": testa.titolo, "stato": testa.stato,
        "passaggi": testa.passaggi, "numero": testa.numero, "attribuzione": testa.attribuzione,
    });
    let (told, found) = (foglie(&told), foglie(&schede(testa, prepared)));
    let keys: std::collections::BTreeSet<&String> = told.keys().chain(found.keys()).collect();
    let keys = keys.into_iter().filter(|key| told.get(*key) != found.get(*key));
    let said = |value: Option<&String>| value.map_or_else(|| "nulla".to_owned(), |value| format!("«{value}»"));
    let different: Vec<String> = keys
        .map(|key| format!("`{key}`: il manifesto dice {}, le schede {}", said(told.get(key)), said(found.get(key))))
        .collect();
    match different.is_empty() {
        true => Prova::superata(CONSEGNA, "ATS, titolo, data, numero, stato e passaggi sono quelli delle schede"),
        false => Prova::fallita(
            CONSEGNA,
            "ciò che il manifesto dice della consegna non è ciò che dicono le schede",
            different,
        ),
    }
}

/// The same fields, as the records have them; one that cannot be read is missing.
fn schede(testa: &Testa, prepared: &Prepared) -> Value {
    let mut found = json!({});
    let mut numero = 1;
    for entry in prepared.store.entries.values() {
        match (&entry.source.kind, &entry.parsed) {
            (_, Parsed::Sito(sito)) => {
                found["ats"] = json!(sito.ats.nome);
                found["data"] = json!(sito.aggiornato_al);
            }
            (Kind::Piano(periodo), Parsed::Piano(piano)) if *periodo == testa.periodo => {
                found["titolo"] = json!(piano.titolo);
                found["stato"] = json!(piano.stato);
                found["passaggi"] = json!(piano.passaggi);
            }
            (Kind::Consegna(periodo), _) if *periodo == testa.periodo => numero += 1,
            _ => {}
        }
    }
    found["numero"] = json!(numero);
    // Norms word the phrase; where they could not be read the rules tell.
    found["attribuzione"] = json!(prepared.site.as_ref().map_or(&testa.attribuzione, |site| &site.plan.frase));
    found
}

/// The single values of a record, each with the way to it.
fn foglie(value: &Value) -> BTreeMap<String, String> {
    let below = |(key, value): (&String, &Value)| match value {
        Value::Object(_) => foglie(value).into_iter().map(|(way, leaf)| (format!("{key}.{way}"), leaf)).collect(),
        Value::Null => Vec::new(),
        Value::String(text) => vec![(key.clone(), text.clone())],
        other => vec![(key.clone(), other.to_string())],
    };
    value.as_object().into_iter().flatten().flat_map(below).collect()
}
