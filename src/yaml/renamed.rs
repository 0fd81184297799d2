//! Fields that once had another name: the old one is still read, with a warning, and never offered.

use super::{Record, first_keys, shape};
use crate::report::{Diagnostic, Place, Rule};

pub const RULES: &[Rule] = &[Rule::new("C-25", "i campi hanno il nome di oggi")
    .why("il nome vecchio si legge ancora, ma chi cerca le istruzioni trova quello nuovo")
    .example("`rete_di_sostegno:` al posto di `rete_di_supporto:`, la parola della DGR XII/5464")];

/// C-25: the fields of a record that are written with an old name.
pub fn told<T: Record>(file: &str, text: &str) -> Vec<Diagnostic> {
    let shape = shape::of::<T>();
    let names = shape.fields().iter().filter_map(|field| Some((field.name.once.as_deref()?, &field.name.today)));
    let names: Vec<_> = names.filter(|(old, _)| text.contains(old)).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let warnings = first_keys(text).into_iter().filter_map(|(key, at)| {
        let (old, new) = names.iter().find(|(old, _)| *old == key)?;
        let found = Diagnostic::warning("C-25", format!("`{old}` ora si chiama `{new}`")).at(Place::span(file, at));
        Some(found.help(format!("scrivi `{new}:` al posto di `{old}:`; il resto non cambia")))
    });
    warnings.collect()
}
