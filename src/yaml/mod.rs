//! Typed reading of YAML, and where a field stands when something is wrong with it.
//!
//! Reading takes two roads. The fast one is `serde_yaml`, which stops at the first problem and
//! gives no byte ranges. Only when it fails is the file read again into a tree with positions
//! ([`Marked`]), from which all the problems are told at once.

pub mod codes;
mod diagnose;
mod fields;
mod guard;
mod marked;
mod prose;
pub mod quotes;
pub mod renamed;
mod scalar;
mod spaces;
mod standin;
mod syntax;
#[cfg(test)]
mod tests;
mod walk;
mod wording;

use crate::report::{Diagnostic, Rule, Target};
use serde::de::{DeserializeOwned, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

pub use fields::{fields, fields_at};
pub use marked::Marked;

pub const RULES: &[&[Rule]] = &[codes::RULES, quotes::RULES, renamed::RULES];

/// The typed parser. A maintained fork takes its place by changing this line.
use serde_yaml as fast;

/// Reads one record. `yaml` is the part of `text` that is YAML; `file` is how the user calls it.
pub fn parse<T: DeserializeOwned>(file: &str, text: &str, yaml: Range<usize>) -> Result<T, Vec<Diagnostic>> {
    let yaml = within(text, yaml);
    guard::check(file, text, &yaml)?;
    let source = &text[yaml.clone()];
    fast::from_str(source).map_err(|error| explain(file, text, yaml, &error, fields::<T>(), diagnose::record::<T>))
}

/// Reads a file that holds one record (a mapping) or a list of records (a sequence).
pub fn parse_one_or_many<T: DeserializeOwned>(
    file: &str,
    text: &str,
    yaml: Range<usize>,
) -> Result<Vec<T>, Vec<Diagnostic>> {
    let yaml = within(text, yaml);
    guard::check(file, text, &yaml)?;
    let source = &text[yaml.clone()];
    let content = guard::content(source);
    let is_list = content.starts_with('[')
        || content.strip_prefix('-').is_some_and(|rest| rest.starts_with([' ', '\t', '\r', '\n']));
    let read = if is_list { fast::from_str(source) } else { fast::from_str(source).map(|record| vec![record]) };
    read.map_err(|error| explain(file, text, yaml, &error, fields::<T>(), diagnose::records::<T>))
}

/// All the problems of a text that the fast parser refused with `error`.
fn explain(
    file: &str,
    text: &str,
    yaml: Range<usize>,
    error: &fast::Error,
    fields: &'static [&'static str],
    diagnose: impl Fn(&str, &Marked) -> Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let tree = Marked::load(text, yaml.clone());
    let place = syntax::Place { file, text, yaml: &yaml, unclosed: tree.unclosed, fields };
    if let Some(found) = place.special_space(&tree) {
        return vec![found];
    }
    if let Some(found) = place.unreadable(&tree) {
        return vec![found];
    }
    let refused = guard::tree(file, &tree);
    if !refused.is_empty() {
        return refused;
    }
    if let Err(error) = fast::from_str::<serde::de::IgnoredAny>(&text[yaml.clone()]) {
        return vec![place.refused(&error)];
    }
    let found = diagnose(file, &tree);
    if found.is_empty() { vec![place.refused(error)] } else { found }
}

/// The range, made to fit the text.
fn within(text: &str, yaml: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(yaml.start);
    start..text.floor_char_boundary(yaml.end).max(start)
}

/// A key of a record, and where it is written.
pub struct FirstKey {
    pub name: String,
    pub at: Range<usize>,
}

/// The keys at the first level of a record, or of the first one of a list; none where the text cannot be read.
pub fn first_keys(text: &str) -> Vec<FirstKey> {
    let tree = Marked::load(text, 0..text.len());
    let Some(root) = tree.root.filter(|_| tree.error.is_none()) else { return Vec::new() };
    let record = match &tree.nodes[root].kind {
        marked::Kind::Sequence(items) => items.first().copied().unwrap_or(root),
        _ => root,
    };
    let keys = diagnose::entries(&tree, record).map(|(key, _)| key);
    let named = |key| Some(FirstKey { name: tree.text(key)?.to_owned(), at: tree.nodes[key].bytes.clone() });
    keys.filter_map(named).collect()
}

/// For `#[serde(deserialize_with = "yaml::unique_map")]`: a map whose keys must not repeat. Without
/// it the last of two equal keys would silently win, which only structs refuse by themselves.
pub fn unique_map<'de, D, K, V>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord,
    V: Deserialize<'de>,
{
    struct Unique<K, V>(PhantomData<(K, V)>);

    impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Visitor<'de> for Unique<K, V> {
        type Value = BTreeMap<K, V>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("un gruppo di campi")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
            let mut map = BTreeMap::new();
            while let Some((key, value)) = access.next_entry()? {
                if map.insert(key, value).is_some() {
                    return Err(A::Error::duplicate_field("?"));
                }
            }
            Ok(map)
        }
    }

    deserializer.deserialize_map(Unique(PhantomData))
}

/// The bytes of `text` that `target` means; for a path that does not exist, those of its deepest
/// part that does. Nothing for a text that cannot be read and for [`Target::File`].
pub fn locate(text: &str, yaml: Range<usize>, target: &Target) -> Option<Range<usize>> {
    Marked::load(text, yaml).locate(text, target)
}
