//! What a record holds, whatever way it is written.

use crate::report::Step;
use crate::report::marked::{Id, Kind, Marked};
use crate::value::{Euro, Nodo};
use crate::yaml::fast;
use crate::yaml::scalar::{is_null, is_number, is_truth};

/// A value of a record. Whether it needs quotes is nobody's business but the writer's.
#[derive(Debug, Clone)]
pub enum Valore {
    /// Left empty.
    Nulla,
    Testo(String),
    Esatto(Esatto),
    Elenco(Vec<Valore>),
    Gruppo(Vec<(String, Valore)>),
}

/// Readers of YAML round what is longer, or refuse it: it stands in quotes, and whoever judges the record tells it.
const LONGEST_NUMBER: usize = 18;

/// A number or a truth value: written as it is, and made only of what is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Esatto(String);

impl Esatto {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether YAML takes a scalar without quotes for a number or a truth value.
    pub(super) fn is(text: &str) -> bool {
        let infinite =
            || matches!(text.trim_start_matches(['+', '-']), ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN");
        is_truth(text) || is_number(text) || infinite()
    }
}

impl From<&str> for Valore {
    fn from(text: &str) -> Self {
        Valore::Testo(text.to_owned())
    }
}

impl From<String> for Valore {
    fn from(text: String) -> Self {
        Valore::Testo(text)
    }
}

impl From<bool> for Valore {
    fn from(truth: bool) -> Self {
        Valore::Esatto(Esatto(truth.to_string()))
    }
}

impl From<u32> for Valore {
    fn from(number: u32) -> Self {
        Valore::Esatto(Esatto(number.to_string()))
    }
}

impl From<Euro> for Valore {
    fn from(euro: Euro) -> Self {
        Valore::Esatto(Esatto(euro.to_string()))
    }
}

impl From<Vec<Valore>> for Valore {
    fn from(items: Vec<Valore>) -> Self {
        Valore::Elenco(items)
    }
}

/// The order of keys is none of the value.
impl PartialEq for Valore {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Valore::Gruppo(own), Valore::Gruppo(theirs)) => {
                let same = |(key, value): &(String, Valore)| theirs.iter().any(|(name, it)| name == key && it == value);
                own.len() == theirs.len() && own.iter().all(same)
            }
            (Valore::Elenco(own), Valore::Elenco(theirs)) => own == theirs,
            (Valore::Testo(own), Valore::Testo(theirs)) => own == theirs,
            (Valore::Esatto(own), Valore::Esatto(theirs)) => own == theirs,
            (Valore::Nulla, Valore::Nulla) => true,
            _ => false,
        }
    }
}

impl Valore {
    pub(super) fn of(tree: &Marked, node: Id) -> Self {
        match &tree.nodes[node].kind {
            Kind::Scalar { text, plain: true } if is_null(text) => Valore::Nulla,
            Kind::Scalar { text, plain: true } if Esatto::is(text) => Valore::Esatto(Esatto(text.clone())),
            Kind::Scalar { text, .. } => Valore::Testo(text.clone()),
            Kind::Sequence(items) => Valore::Elenco(items.iter().map(|item| Valore::of(tree, *item)).collect()),
            Kind::Mapping(entries) => {
                let named = |(key, value): &(Id, Id)| {
                    (tree.text(*key).unwrap_or_default().to_owned(), Valore::of(tree, *value))
                };
                Valore::Gruppo(entries.iter().map(named).collect())
            }
            Kind::Alias(_) => Valore::Nulla,
        }
    }

    /// The same as the schema takes it: a text is a number where a number belongs, and the other way round; an amount has
    /// its cents.
    pub fn typed(self, schema: Nodo) -> Self {
        let amount = |text: &str| Euro::parse(text).ok().filter(|_| schema.testo("x-tipo") == "Euro");
        let below = |step: Step| schema.sotto(&[step]).unwrap_or(Nodo(&serde_json::Value::Null));
        match self {
            Valore::Testo(text) | Valore::Esatto(Esatto(text)) if let Some(euro) = amount(&text) => Valore::from(euro),
            Valore::Testo(text) if takes_exact(schema) && Esatto::is(&text) && text.len() <= LONGEST_NUMBER => {
                Valore::Esatto(Esatto(text))
            }
            Valore::Esatto(Esatto(text)) if takes_text(schema) => Valore::Testo(text),
            Valore::Elenco(items) => {
                Valore::Elenco(items.into_iter().map(|item| item.typed(below(Step::Index(0)))).collect())
            }
            Valore::Gruppo(entries) => {
                let named = |(key, value): (String, Valore)| {
                    let value = value.typed(below(Step::from(key.clone())));
                    (key, value)
                };
                Valore::Gruppo(entries.into_iter().map(named).collect())
            }
            other => other,
        }
    }

    pub fn at(&self, path: &[Step]) -> Option<&Valore> {
        path.iter().try_fold(self, |value, step| match (step, value) {
            (Step::Key(name), Valore::Gruppo(entries)) => entries.iter().find(|(key, _)| key == name).map(|(_, it)| it),
            (Step::Index(index), Valore::Elenco(items)) => items.get(*index),
            _ => None,
        })
    }

    pub fn at_mut(&mut self, path: &[Step]) -> Option<&mut Valore> {
        path.iter().try_fold(self, |value, step| match (step, value) {
            (Step::Key(name), Valore::Gruppo(entries)) => {
                entries.iter_mut().find(|(key, _)| key == name).map(|(_, it)| it)
            }
            (Step::Index(index), Valore::Elenco(items)) => items.get_mut(*index),
            _ => None,
        })
    }

    /// The way to the first difference, for the message.
    pub(super) fn difference(&self, other: &Valore) -> Vec<Step> {
        let below = |step: Step, own: &Valore, theirs: &Valore| {
            let mut way = vec![step];
            way.extend(own.difference(theirs));
            way
        };
        match (self, other) {
            (Valore::Gruppo(own), Valore::Gruppo(theirs)) => {
                let mut keys = own.iter().chain(theirs).map(|(key, _)| key);
                let find = |entries: &[(String, Valore)], key: &str| {
                    entries.iter().find(|(name, _)| name == key).map_or(Valore::Nulla, |(_, value)| value.clone())
                };
                let differs = keys.find(|key| find(own, key) != find(theirs, key));
                differs.map_or(Vec::new(), |key| below(Step::from(key.clone()), &find(own, key), &find(theirs, key)))
            }
            (Valore::Elenco(own), Valore::Elenco(theirs)) => {
                let differs = own.iter().zip(theirs).enumerate().find(|(_, (one, other))| one != other);
                differs.map_or(Vec::new(), |(place, (one, other))| below(Step::Index(place), one, other))
            }
            _ => Vec::new(),
        }
    }
}

/// A field of text: what looks like a number there is none.
pub(super) fn takes_text(schema: Nodo) -> bool {
    let free = matches!(schema.testo("x-tipo"), "" | "Testo") && schema.scelte().next().is_none();
    free && schema.e("string") && !schema.e("object") && !schema.e("boolean")
}

/// A field of a number, a day, a truth value: it needs no quotes.
pub(super) fn takes_exact(schema: Nodo) -> bool {
    has_form(schema) || schema.e("integer") || schema.e("boolean")
}

/// A field whose type reads the scalar as it is written, with quotes or without.
pub(super) fn has_form(schema: Nodo) -> bool {
    !matches!(schema.testo("x-tipo"), "" | "Testo" | "Comune" | "Dichiarazione")
}

/// Whether the typed parser reads the same as the tree does.
pub(super) fn agree(tree: &Marked, node: Id, read: &fast::Value) -> bool {
    match (&tree.nodes[node].kind, read) {
        (Kind::Mapping(entries), fast::Value::Mapping(map)) => {
            let same = |((key, value), (name, it)): (&(Id, Id), (&fast::Value, &fast::Value))| {
                tree.text(*key).is_some() && agree(tree, *key, name) && agree(tree, *value, it)
            };
            entries.len() == map.len() && entries.iter().zip(map).all(same)
        }
        (Kind::Sequence(items), fast::Value::Sequence(list)) => {
            items.len() == list.len() && items.iter().zip(list).all(|(item, it)| agree(tree, *item, it))
        }
        (Kind::Scalar { .. }, _) => match (Valore::of(tree, node), read) {
            (Valore::Nulla, fast::Value::Null) => true,
            (Valore::Testo(own), fast::Value::String(theirs)) => own == *theirs,
            (Valore::Esatto(Esatto(text)), fast::Value::Bool(_) | fast::Value::Number(_)) => {
                fast::from_str::<fast::Value>(&text).is_ok_and(|value| value == *read)
            }
            _ => false,
        },
        _ => false,
    }
}
