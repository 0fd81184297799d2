//! The schema of a record as editors read it: draft-07, with the ids of this site as suggestions.

use serde_json::{Map, Value, json};

use super::Elenchi;
use crate::schema::Genere;

impl Genere {
    /// For the files of `posto`. An id that is not in the lists is no mistake: its record may be written next.
    pub fn per_editor(&self, elenchi: &Elenchi) -> Value {
        let mut schema = self.schema();
        suggest(&mut schema, elenchi);
        if let (true, Value::Object(nodo)) = (matches!(self.nome, "ente" | "atto"), &mut schema) {
            list_or_one(nodo);
        }
        schema
    }
}

/// Keywords hold for the values of their own type: the same schema serves a list of records and one alone.
fn list_or_one(nodo: &mut Map<String, Value>) {
    let mut voce: Map<String, Value> = nodo.clone();
    voce.remove("$schema");
    if let Some(Value::Array(richiesti)) = voce.get_mut("required") {
        richiesti.push("id".into());
    }
    nodo.insert("type".into(), json!(["object", "array"]));
    nodo.insert("items".into(), voce.into());
}

fn suggest(schema: &mut Value, elenchi: &Elenchi) {
    match schema {
        Value::Array(voci) => voci.iter_mut().for_each(|voce| suggest(voce, elenchi)),
        Value::Object(nodo) => {
            nodo.values_mut().for_each(|valore| suggest(valore, elenchi));
            words(nodo);
            let Some(valori) = nodo.get("x-elenco").and_then(Value::as_str).map(|elenco| elenchi.di(elenco)) else {
                return;
            };
            if valori.is_empty() {
                return;
            }
            if let Some(risposta) = nodo.get("additionalProperties").filter(|altri| altri.is_object()).cloned() {
                let answers = valori.iter().map(|voce| (voce.valore.clone(), question(risposta.clone(), &voce.nome)));
                nodo.insert("properties".into(), Value::Object(answers.collect()));
                return;
            }
            // What is named may be written out instead: its group goes on being what the node says.
            let of_text: &[&str] = match nodo.contains_key("properties") {
                true => &[],
                false => &["type", "pattern", "patternErrorMessage", "maxLength", "x-tipo", "x-formato"],
            };
            let forma: Map<String, Value> = of_text.iter().filter_map(|chiave| nodo.remove_entry(*chiave)).collect();
            let (ids, nomi): (Vec<&str>, Vec<&str>) =
                valori.iter().map(|voce| (voce.valore.as_str(), voce.nome.as_str())).unzip();
            nodo.insert("anyOf".into(), json!([{ "enum": ids, "enumDescriptions": nomi }, forma]));
        }
        _ => {}
    }
}

/// An editor would offer examples as values, and they would be published: they are for reading.
fn words(nodo: &mut Map<String, Value>) {
    let scritto = nodo.remove("x-esempio");
    nodo.remove("examples");
    if let (Some(Value::String(detto)), Some(Value::String(come))) = (nodo.get_mut("description"), scritto) {
        detto.push_str(&format!(" Per esempio: `{come}`."));
    }
}

fn question(mut risposta: Value, domanda: &str) -> Value {
    risposta["description"] = domanda.into();
    risposta
}
