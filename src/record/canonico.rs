//! What a record says, however it is written.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

pub fn valore(record: &impl Serialize) -> Value {
    // Records are made of texts, numbers, lists and names: JSON has all of them.
    serde_json::to_value(record).unwrap_or_default()
}

/// Keys in order, nothing empty, texts without the spaces at their ends.
pub fn canonico(value: Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) if text.trim().is_empty() => None,
        Value::String(text) => Some(Value::String(text.trim().replace("\r\n", "\n"))),
        Value::Array(values) => {
            let values: Vec<Value> = values.into_iter().filter_map(canonico).collect();
            (!values.is_empty()).then_some(Value::Array(values))
        }
        Value::Object(fields) => {
            let sorted: BTreeMap<String, Value> =
                fields.into_iter().filter_map(|(key, value)| Some((key, canonico(value)?))).collect();
            (!sorted.is_empty()).then(|| Value::Object(sorted.into_iter().collect()))
        }
        other => Some(other),
    }
}
