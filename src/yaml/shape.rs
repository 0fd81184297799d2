//! What a record may hold: the JSON Schema that its type makes of itself, read once into a tree that is easy to walk.
//!
//! It is asked of the type, as [`crate::schema`] asks it for people and editors: what is told of a broken record needs
//! nothing from the rooms above this one.

use super::Record;
use super::fields::fields_at;
use crate::value::Nodo;
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
    /// In the place of a group, the name of one that is written elsewhere.
    pub named: bool,
    /// In the place of a group, a list of them.
    pub listed: Option<Box<Slot>>,
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

/// How messages call a value that may be any text.
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
    let make = || Arc::new(slot(Nodo(&schema::<T>()), &mut Vec::new(), &|path| fields_at::<T>(path)));
    Arc::clone(made.entry(TypeId::of::<T>()).or_insert_with(make))
}

/// The fields of the group below these keys, in their order, which a schema does not keep.
type Order<'a> = dyn Fn(&[String]) -> &'static [&'static str] + 'a;

fn slot(schema: Nodo, path: &mut Vec<String>, order: &Order) -> Slot {
    let (schema, optional) = match schema.lista("anyOf") {
        [one, null] if Nodo(null).e("null") => (Nodo(one), true),
        _ => (schema, schema.e("null")),
    };
    let listed = schema.anche_in_elenco().map(|one| Box::new(slot(one, path, order)));
    Slot { optional, named: schema.e("object") && schema.e("string"), listed, shape: shape(schema, path, order) }
}

fn shape(schema: Nodo, path: &mut Vec<String>, order: &Order) -> Shape {
    let choices = choices(schema);
    if !choices.is_empty() {
        return Shape::Choice(choices);
    }
    if let Some(tipo) = schema.0["x-tipo"].as_str() {
        return text(schema, giudice(tipo));
    }
    if let Some(properties) = schema.0["properties"].as_object() {
        let names = order(path);
        let field = |key: &&str| {
            let inner = Nodo(properties.get(*key)?);
            path.push((*key).to_owned());
            let slot = slot(inner, path, order);
            path.pop();
            Some(Field { name: name(key, inner), required: schema.obbligatorio(key), slot })
        };
        return Shape::Group(names.iter().filter_map(field).collect());
    }
    if let Some(items) = schema.voci() {
        return Shape::List(Box::new(slot(items, path, order)));
    }
    if let Some(values) = schema.valori() {
        let keys = match schema.0.get("patternProperties") {
            Some(_) => Shape::Count,
            None => text(Nodo(&Value::Null), giudice(schema.testo("x-chiave"))),
        };
        let keys = Box::new(Slot { optional: false, named: false, listed: None, shape: keys });
        return Shape::Map { keys, values: Box::new(slot(values, path, order)) };
    }
    match schema {
        _ if schema.e("boolean") => Shape::Truth,
        _ if schema.e("integer") => Shape::Count,
        _ => text(schema, None),
    }
}

/// The words of an enumeration: those with an explanation stand alone.
fn choices(schema: Nodo) -> Vec<Name> {
    let alone = schema.0["const"].as_str();
    let words = schema.lista("enum").iter().filter_map(Value::as_str).chain(alone).map(|word| name(word, schema));
    words.chain(schema.lista("oneOf").iter().map(Nodo).flat_map(choices)).collect()
}

fn text(schema: Nodo, judge: Option<Giudice>) -> Shape {
    let expected = match (schema.testo("x-formato"), schema.0["examples"][0].as_str()) {
        // A form that lists its words in backticks needs no example.
        (form, _) if form.starts_with('`') => form.to_owned(),
        (form, Some(example)) if schema.ha_una_forma() => format!("{form} come `{example}`"),
        _ => PROSE.to_owned(),
    };
    Shape::Text { expected, judge }
}

fn name(today: &str, schema: Nodo) -> Name {
    Name { today: today.to_owned(), once: schema.0["x-prima"].as_str().map(str::to_owned) }
}
