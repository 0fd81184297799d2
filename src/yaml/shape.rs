//! What a record may hold: the JSON Schema that its type makes of itself, read once into a tree that is easy to walk.
//!
//! It is asked of the type, as [`crate::schema`] asks it for people and editors: what is told of a broken record needs
//! nothing from the rooms above this one.

use super::Record;
use super::fields::fields_at;
use crate::value::schema::{Giudice, giudice};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;
use std::any::TypeId;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Where a value stands.
pub(super) struct Slot {
    /// Nothing may stand there.
    pub optional: bool,
    pub shape: Shape,
}

pub(super) enum Shape {
    /// Any scalar as it is written. Of a type with a form, that type judges it.
    Text {
        expected: String,
        judge: Option<Giudice>,
    },
    Truth,
    /// A whole number of the type `u32`.
    Count,
    Choice(Vec<Name>),
    List(Box<Slot>),
    Group(Vec<Field>),
    /// Values under keys that are no fields: years, questions.
    Map {
        keys: Box<Slot>,
        values: Box<Slot>,
    },
}

pub(super) struct Field {
    pub name: Name,
    pub required: bool,
    pub slot: Slot,
}

/// What stands where any words may.
pub(super) const PROSE: &str = "un testo";

/// The name of a field or of a choice.
pub(super) struct Name {
    pub today: String,
    /// An older one that is still read.
    pub once: Option<String>,
}

impl Name {
    pub fn is(&self, written: &str) -> bool {
        self.today == written || self.once.as_deref() == Some(written)
    }
}

impl Slot {
    /// The fields of a group, or of the groups of a list.
    pub fn fields(&self) -> &[Field] {
        match &self.shape {
            Shape::Group(fields) => fields,
            Shape::List(items) => items.fields(),
            _ => &[],
        }
    }
}

/// The schema of a type, as it makes it: every part stands where it is used.
pub fn schema<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

/// The shape of a record. Only what is broken asks for it, once for each type.
pub(super) fn of<T: Record>() -> Arc<Slot> {
    static MADE: Mutex<BTreeMap<TypeId, Arc<Slot>>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let make = || Arc::new(slot(&schema::<T>(), &mut Vec::new(), &|path| fields_at::<T>(path)));
    Arc::clone(made.entry(TypeId::of::<T>()).or_insert_with(make))
}

/// The fields of the group below these keys, in their order, which a schema does not keep.
type Order<'a> = dyn Fn(&[String]) -> &'static [&'static str] + 'a;

fn slot(schema: &Value, path: &mut Vec<String>, order: &Order) -> Slot {
    match list(schema, "anyOf") {
        [one, null] if is(null, "null") => Slot { optional: true, shape: shape(one, path, order) },
        _ => Slot { optional: is(schema, "null"), shape: shape(schema, path, order) },
    }
}

fn shape(schema: &Value, path: &mut Vec<String>, order: &Order) -> Shape {
    let inside = |inner: &Value, path: &mut Vec<String>| Box::new(slot(inner, path, order));
    let choices = choices(schema);
    if !choices.is_empty() {
        return Shape::Choice(choices);
    }
    if let Some(tipo) = schema["x-tipo"].as_str() {
        return text(schema, giudice(tipo));
    }
    if let Some(properties) = schema["properties"].as_object() {
        let (names, required) = (order(path), list(schema, "required"));
        let field = |key: &&str| {
            let inner = properties.get(*key)?;
            path.push((*key).to_owned());
            let slot = slot(inner, path, order);
            path.pop();
            Some(Field { name: name(key, inner), required: required.iter().any(|name| name == key), slot })
        };
        return Shape::Group(names.iter().filter_map(field).collect());
    }
    if let Some(items) = schema.get("items") {
        return Shape::List(inside(items, path));
    }
    let years = schema["patternProperties"].as_object().and_then(|values| values.values().next());
    if let Some(values) = years {
        let keys = Box::new(Slot { optional: false, shape: Shape::Count });
        return Shape::Map { keys, values: inside(values, path) };
    }
    if let Some(values) = schema.get("additionalProperties") {
        let keys = text(&Value::Null, giudice(word(schema, "x-chiave")));
        return Shape::Map { keys: Box::new(Slot { optional: false, shape: keys }), values: inside(values, path) };
    }
    match schema {
        _ if is(schema, "boolean") => Shape::Truth,
        _ if is(schema, "integer") => Shape::Count,
        _ => text(schema, None),
    }
}

/// The words of an enumeration: those with an explanation stand alone.
fn choices(schema: &Value) -> Vec<Name> {
    let alone = schema["const"].as_str();
    let words = list(schema, "enum").iter().filter_map(Value::as_str).chain(alone).map(|word| name(word, schema));
    words.chain(list(schema, "oneOf").iter().flat_map(choices)).collect()
}

fn text(schema: &Value, judge: Option<Giudice>) -> Shape {
    let expected = match (word(schema, "x-formato"), schema["examples"][0].as_str()) {
        // What names its words needs no example.
        (form, _) if form.starts_with('`') => form.to_owned(),
        (form, Some(example)) if schema.get("pattern").is_some() => format!("{form} come `{example}`"),
        _ => PROSE.to_owned(),
    };
    Shape::Text { expected, judge }
}

fn name(today: &str, schema: &Value) -> Name {
    Name { today: today.to_owned(), once: schema["x-prima"].as_str().map(str::to_owned) }
}

fn list<'v>(schema: &'v Value, key: &str) -> &'v [Value] {
    schema[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn word<'v>(schema: &'v Value, key: &str) -> &'v str {
    schema[key].as_str().unwrap_or_default()
}

fn is(schema: &Value, kind: &str) -> bool {
    schema["type"] == kind || list(schema, "type").iter().any(|other| other == kind)
}
