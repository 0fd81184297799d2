//! What the derived schema lacks: titles, examples, choices with their words, the order of the fields.

use serde_json::{Map, Value, json};

use crate::yaml;

type Nodo = Map<String, Value>;

/// The fields of the group that lies below these keys, in the order of the type.
pub type Ordine<'a> = dyn Fn(&[String]) -> &'static [&'static str] + 'a;

/// The line of a doc comment that gives an example.
const ESEMPIO: &str = "Esempio:";

/// A part of a record, and the way to it from the name of the record on.
pub fn visit(schema: &mut Value, percorso: &mut Vec<String>, ordine: &Ordine) {
    let Value::Object(nodo) = schema else { return };
    unwrap_choices(nodo);
    nodo.remove("default");
    words(nodo);
    title(nodo, percorso);
    // A project and an action are asked different questions: the list has the name of who answers.
    if nodo.get("x-elenco").is_some_and(|elenco| elenco == "domande") && is(nodo, "object") {
        nodo.insert("x-elenco".into(), format!("domande-{}", percorso[percorso.len() - 2]).into());
    }
    // The reader takes what stands in the file, whatever YAML would make of it.
    if is(nodo, "string") && !nodo.contains_key("x-tipo") && !nodo.contains_key("enum") {
        allow(nodo, "number");
    }
    if is(nodo, "integer") {
        nodo.remove("format");
    }
    if let Some(formato) = nodo.get("x-formato").filter(|_| nodo.contains_key("pattern")).and_then(Value::as_str) {
        let come = nodo["examples"][0].as_str().unwrap_or_default();
        let messaggio = format!("qui va {formato}, per esempio `{come}`");
        nodo.insert("patternErrorMessage".into(), messaggio.into());
    }
    if let Some(mut voci) = nodo.remove("items") {
        visit(&mut voci, percorso, ordine);
        // A list without an explanation takes that of the type of its entries.
        if let (None, Some(detto)) = (nodo.get("description"), voci.get("description")) {
            nodo.insert("description".into(), detto.clone());
        }
        if let (Some(elenco), Some(voci)) = (nodo.remove("x-elenco"), voci.as_object_mut()) {
            voci.insert("x-elenco".into(), elenco);
        }
        nodo.insert("items".into(), voci);
    }
    if let Some(Value::Object(campi)) = nodo.get_mut("properties") {
        let ordinati: Vec<&str> =
            ordine(&percorso[1..]).iter().copied().filter(|nome| campi.contains_key(*nome)).collect();
        for (nome, campo) in campi.iter_mut() {
            percorso.push(nome.clone());
            visit(campo, percorso, ordine);
            percorso.pop();
        }
        nodo.insert("x-ordine".into(), json!(ordinati));
    }
    if let Some(valori) = nodo.get_mut("additionalProperties") {
        visit(valori, percorso, ordine);
    }
    if let Some(Value::Object(valori)) = nodo.get_mut("patternProperties") {
        valori.values_mut().for_each(|valore| visit(valore, percorso, ordine));
    }
    // What is left empty is absent, also where it is a list or a group.
    if percorso.len() > 1 && (is(nodo, "array") || is(nodo, "object")) {
        allow(nodo, "null");
    }
}

/// `oneOf` of constants becomes `enum`, whose words editors show; an optional one has lost its `anyOf`.
fn unwrap_choices(nodo: &mut Nodo) {
    let facoltativo = nodo.get("anyOf").and_then(Value::as_array).and_then(|casi| match &casi[..] {
        [caso, nulla] if nulla["type"] == "null" => caso.as_object().cloned(),
        _ => None,
    });
    let is_optional = facoltativo.is_some();
    if let Some(caso) = facoltativo {
        nodo.remove("anyOf");
        for (chiave, valore) in caso {
            nodo.entry(chiave).or_insert(valore);
        }
    }
    let Some(Value::Array(casi)) = nodo.remove("oneOf") else { return };
    let (mut valori, mut nomi, mut detti) = (Vec::new(), Vec::new(), Vec::new());
    for caso in &casi {
        let valore = caso["const"].as_str().unwrap_or_default();
        valori.push(json!(valore));
        nomi.push(caso["title"].as_str().map_or_else(|| valore.replace('_', " "), str::to_owned));
        detti.push(joined(caso["description"].as_str().unwrap_or_default()));
    }
    nodo.insert("type".into(), "string".into());
    if is_optional {
        allow(nodo, "null");
        valori.push(Value::Null);
    }
    nodo.insert("enum".into(), valori.into());
    nodo.insert("x-nomi".into(), nomi.into());
    nodo.insert("enumDescriptions".into(), detti.into());
}

fn is(nodo: &Nodo, tipo: &str) -> bool {
    let tipi = nodo.get("type").unwrap_or(&Value::Null);
    tipi == tipo || tipi.as_array().is_some_and(|tipi| tipi.iter().any(|altro| altro == tipo))
}

fn allow(nodo: &mut Nodo, tipo: &str) {
    match nodo.get_mut("type") {
        Some(Value::Array(tipi)) if !tipi.iter().any(|altro| altro == tipo) => tipi.push(tipo.into()),
        Some(uno @ Value::String(_)) => *uno = json!([uno.clone(), tipo]),
        _ => {}
    }
}

fn joined(testo: &str) -> String {
    testo.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The example leaves the explanation and stands as it is written in a file.
fn words(nodo: &mut Nodo) {
    let Some(Value::String(detto)) = nodo.remove("description") else { return };
    let (detto, scritto) = detto.split_once(ESEMPIO).unwrap_or((&detto, ""));
    let scritto = joined(scritto);
    if !scritto.is_empty() {
        // A text stays as it is written: `40000.00` is no number to count with.
        let letto = match is(nodo, "string") {
            true => yaml::value::<String>(&scritto).map(Value::from),
            false => yaml::value::<Value>(&scritto),
        };
        nodo.insert("examples".into(), json!([letto.unwrap_or_else(|| json!(scritto))]));
        nodo.insert("x-esempio".into(), scritto.into());
    }
    nodo.insert("description".into(), joined(detto).into());
}

/// Most fields are called as they are written.
fn title(nodo: &mut Nodo, percorso: &[String]) {
    // The root has the name of its type.
    let Some(nome) = percorso.last().filter(|_| percorso.len() == 1 || !nodo.contains_key("title")) else { return };
    let mut lettere = nome.chars();
    let prima = lettere.next().into_iter().flat_map(char::to_uppercase);
    let titolo: String = prima.chain(lettere).map(|c| if c == '_' { ' ' } else { c }).collect();
    nodo.insert("title".into(), titolo.into());
}
