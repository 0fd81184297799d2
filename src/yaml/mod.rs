//! Typed reading of YAML, and where a field stands when something is wrong with it.
//!
//! Reading takes two roads. The fast one is `serde_yaml`, which stops at the first problem and
//! gives no byte ranges. Only when it fails is the file read again into a tree with positions ([`Marked`]), which is
//! walked beside the schema that the type makes of itself, so that all the problems are told at once.
//!
//! This room knows no record: the schema comes with the type that a caller asks for, and [`crate::schema`] above it
//! adds the words for people.

pub mod codes;
pub mod commenti;
mod diagnose;
mod fields;
mod guard;
pub mod modifica;
mod prose;
pub mod quotes;
pub mod renamed;
mod scalar;
mod shape;
mod spaces;
mod syntax;
#[cfg(test)]
mod tests;
mod wording;

use crate::report::{Diagnostic, Rule, marked};
use schemars::JsonSchema;
use serde::de::{DeserializeOwned, IgnoredAny};
use std::ops::Range;

pub use crate::report::Marked;
pub use fields::{fields, fields_at};
pub use shape::schema;

pub const RULES: &[&[Rule]] = &[codes::RULES, quotes::RULES, renamed::RULES];

/// The typed parser. Whatever replaces it comes in here: docs/decisioni/serde_yaml.md.
use serde_yaml as fast;

/// A type that YAML is read into, and that gives the schema of itself.
pub trait Record: DeserializeOwned + JsonSchema + 'static {}

impl<T: DeserializeOwned + JsonSchema + 'static> Record for T {}

/// Reads one record. `yaml` is the part of `text` that is YAML; `file` is how the user calls it.
pub fn parse<T: Record>(file: &str, text: &str, yaml: Range<usize>) -> Result<T, Vec<Diagnostic>> {
    guard::check(file, text, &yaml)?;
    fast::from_str(&text[yaml.clone()]).map_err(|error| explain::<T>(file, text, yaml, &error, false))
}

/// Reads a file that holds one record (a mapping) or a list of records (a sequence), and says whether it is a list.
pub fn parse_one_or_many<T: Record>(file: &str, text: &str) -> Result<(Vec<T>, bool), Vec<Diagnostic>> {
    let yaml = 0..text.len();
    guard::check(file, text, &yaml)?;
    let content = guard::content(text);
    let is_list = content.starts_with('[')
        || content.strip_prefix('-').is_some_and(|rest| rest.starts_with([' ', '\t', '\r', '\n']));
    let read = if is_list { fast::from_str(text) } else { fast::from_str(text).map(|record| vec![record]) };
    read.map(|records| (records, is_list)).map_err(|error| explain::<T>(file, text, yaml, &error, true))
}

/// Reads YAML that the program wrote itself: its errors need no explanation.
pub fn value<T: DeserializeOwned>(text: &str) -> Option<T> {
    fast::from_str(text).ok()
}

/// A text as a scalar that is read back as this text; in double quotes where it needs any, as people write them.
pub fn scalare(text: &str) -> String {
    // Only what cannot be written is refused, and a text can.
    let plain = fast::to_string(text).unwrap_or_default();
    match plain.trim_end() {
        plain if plain == text => plain.to_owned(),
        _ => serde_json::Value::from(text).to_string(),
    }
}

/// In the message where the fast parser refuses what the walk accepts; random tests see that this never happens.
pub const UNEXPLAINED: &str = "questo punto della scheda";

/// All the problems of a text that the fast parser refused with `error`.
fn explain<T: Record>(file: &str, text: &str, yaml: Range<usize>, error: &fast::Error, many: bool) -> Vec<Diagnostic> {
    let tree = Marked::load(text, yaml.clone());
    let place = syntax::Place { file, text, yaml: &yaml, unclosed: tree.unclosed, fields: fields::<T>() };
    if let Some(found) = place.special_space(&tree).or_else(|| place.unreadable(&tree)) {
        return vec![found];
    }
    let refused = guard::tree(file, &tree);
    if !refused.is_empty() {
        return refused;
    }
    if let Err(error) = fast::from_str::<IgnoredAny>(&text[yaml.clone()]) {
        return vec![place.refused(&error, "questo punto del file")];
    }
    let found = diagnose::problems(file, &tree, &shape::of::<T>(), many);
    // Should parser and walk ever disagree, the file is refused all the same, at the place that the parser names.
    if found.is_empty() { vec![place.refused(error, UNEXPLAINED)] } else { found }
}

/// The keys at the first level of a record, or of the first one of a list, and where they are written; none where the
/// text cannot be read.
pub fn first_keys(text: &str) -> Vec<(String, Range<usize>)> {
    let tree = Marked::load(text, 0..text.len());
    let Some(root) = tree.root.filter(|_| tree.error.is_none()) else { return Vec::new() };
    let record = match &tree.nodes[root].kind {
        marked::Kind::Sequence(items) => items.first().copied().unwrap_or(root),
        _ => root,
    };
    let named =
        |&(key, _): &(marked::Id, marked::Id)| Some((tree.text(key)?.to_owned(), tree.nodes[key].bytes.clone()));
    diagnose::entries(&tree, record).iter().filter_map(named).collect()
}

/// The YAML between the two lines of dashes of a page, and where its text begins.
pub fn front_matter(text: &str) -> Option<(Range<usize>, usize)> {
    let content = text.strip_prefix('\u{feff}').unwrap_or(text);
    let rest = content.strip_prefix("---\r\n").or_else(|| content.strip_prefix("---\n"))?;
    let start = text.len() - rest.len();
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some((start..at, at + line.len()));
        }
        at += line.len();
    }
    None
}
