//! The words for fields and values of the data.

use serde_json::Value;

use super::Nodo;
use crate::record::{IMPORTI, cita};
use crate::value::{Data, DataOra, Euro, Quando, euro, migliaia};

/// Longer texts are not quoted: that they changed is enough.
const LONGEST: usize = 90;

/// How a field is called; one that only an older version of the program knew, as it was written.
pub fn campo(nodo: Option<Nodo>, chiave: &str) -> String {
    nodo.map_or_else(|| chiave.replace('_', " "), Nodo::nome)
}

/// An amount, written as the data write it.
pub fn importo(chiave: &str, value: &Value) -> Option<Euro> {
    let text = value.as_str()?;
    let (_, cents) = text.split_once('.')?;
    // Points in a ranking have decimals too.
    if ["massimo", "punteggio", "punti"].contains(&chiave) || cents.len() != 2 {
        return None;
    }
    Euro::parse(text).ok()
}

/// A number, an amount, a day or an answer in words; nothing of any other value.
pub fn cifra(chiave: &str, value: &Value) -> Option<String> {
    match value {
        Value::Number(_) | Value::Bool(_) => Some(testo(value)),
        _ => importo(chiave, value).map(euro).or_else(|| giorno(value)),
    }
}

pub fn giorno(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    Data::parse(text).map(Data::lunga).or_else(|_| DataOra::parse(text).map(DataOra::lunga)).ok()
}

/// The act that a value is.
pub fn atto(value: &Value) -> Option<String> {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    // Payments have a kind and a day too.
    value.get("numero")?;
    Some(cita(text("tipo")?, text("numero"), text("data").and_then(|data| Quando::parse(data).ok())))
}

pub fn e_lungo(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.chars().count() > LONGEST || text.contains('\n'))
}

/// A value that is no list and no record, in one line.
pub fn testo(value: &Value) -> String {
    match value {
        Value::Bool(true) => "sì".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => migliaia(&number.to_string()),
        Value::String(text) => format!("«{text}»"),
        _ => "…".to_owned(),
    }
}

/// What a record costs and receives, in the words of its fields.
pub fn denaro_di(scheda: &Value) -> Option<String> {
    let voci = scheda.get("finanziamento")?;
    let amounts = IMPORTI.iter().filter(|voce| voce.in_elenco());
    let said = amounts.filter_map(|voce| {
        let quanto = importo(voce.id, voci.get(voce.id)?)?;
        Some(format!("{} {}", voce.campo().nome(), euro(quanto)))
    });
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| said.join(", "))
}

/// A step of a plan, by its key.
pub fn passaggio(chiave: &str) -> &'static str {
    match chiave {
        "adozione" => "Adottato dall'ATS",
        "invio" => "Inviato alla Regione",
        _ => "Presa d'atto della Regione",
    }
}
