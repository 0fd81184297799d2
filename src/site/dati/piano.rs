//! The JSON Schema of `piano.json`, the data of a plan that a package carries: what the records are, as the control code
//! takes them.

use serde_json::{Value, json};

use crate::input::consegne::scritti;
use crate::schema::GENERI;

pub const FILE: &str = "piano.schema.json";

pub fn schema() -> Vec<u8> {
    let per_id = |valore: Value| json!({ "type": "object", "additionalProperties": valore });
    let testo = || json!({ "type": "string" });
    let piano = senza(genere("piano"), &["stato", "passaggi"]);
    let sito = senza(genere("sito"), &["aggiornato_al", "indirizzo", "tema", "piano_corrente"]);
    scritti(&json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "piano.json",
        "description": "I dati di un Piano, da cui si calcola il codice di controllo: le schede senza campi vuoti, le norme che valgono e le impronte dei file che i testi nominano.",
        "type": "object",
        "required": ["formato", "periodo", "ats", "piano", "sito"],
        "additionalProperties": false,
        "properties": {
            "formato": { "const": crate::confronto::FORMATO },
            "periodo": testo(),
            "ats": testo(),
            "piano": piano,
            "risorse": genere("risorse"),
            "avvisi": per_id(genere("avviso")),
            "alleanze": per_id(genere("alleanza")),
            "progetti": per_id(genere("progetto")),
            "pagine": per_id(json!({ "type": "object" })),
            "enti": per_id(genere("ente")),
            "media": per_id(json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" })),
            "norme": per_id(json!({ "type": "object" })),
            "categorie_enti": { "type": "array" },
            "categorie_servizi": { "type": "array" },
            "sito": sito,
        },
    }))
}

/// A kind of record, without what only its editors need.
fn genere(nome: &str) -> Value {
    let mut schema = GENERI.iter().find(|genere| genere.nome == nome).map(|genere| genere.schema()).unwrap_or_default();
    spoglia(&mut schema);
    schema
}

fn spoglia(schema: &mut Value) {
    const DI_CHI_SCRIVE: [&str; 4] = ["$schema", "enumDescriptions", "patternErrorMessage", "examples"];
    match schema {
        Value::Object(campi) => {
            campi.retain(|campo, _| !campo.starts_with("x-") && !DI_CHI_SCRIVE.contains(&campo.as_str()));
            campi.values_mut().for_each(spoglia);
        }
        Value::Array(voci) => voci.iter_mut().for_each(spoglia),
        _ => {}
    }
}

fn senza(mut schema: Value, via: &[&str]) -> Value {
    let resta = |nome: &str| !via.contains(&nome);
    if let Some(campi) = schema["properties"].as_object_mut() {
        campi.retain(|nome, _| resta(nome));
    }
    if let Some(obbligatori) = schema["required"].as_array_mut() {
        obbligatori.retain(|nome| nome.as_str().is_some_and(resta));
    }
    schema
}
