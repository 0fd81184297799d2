//! Fields that once had another name: the old one is still read, with a warning, and never offered.

use super::{FirstKey, first_keys};
use crate::report::{Diagnostic, Place, Rule};

pub const RULES: &[Rule] = &[Rule::new("C-25", "i campi hanno il nome di oggi")
    .why("il nome vecchio si legge ancora, ma chi cerca le istruzioni trova quello nuovo")
    .example("`rete_di_sostegno:` al posto di `rete_di_supporto:`, la parola della DGR XII/5464")];

/// The old name and the one of today. A record reads both: `serde(alias)`.
const RENAMED: &[(&str, &str)] = &[("rete_di_sostegno", "rete_di_supporto")];

/// The names without those of the past.
pub(super) fn of_today<'a>(names: &[&'a str]) -> Vec<&'a str> {
    names.iter().copied().filter(|name| RENAMED.iter().all(|(old, _)| old != name)).collect()
}

/// C-25: the fields of a record that are written with an old name.
pub fn told(file: &str, text: &str) -> Vec<Diagnostic> {
    if !RENAMED.iter().any(|(old, _)| text.contains(old)) {
        return Vec::new();
    }
    let warning = |key: FirstKey| {
        let (old, new) = RENAMED.iter().find(|(old, _)| *old == key.name)?;
        let found = Diagnostic::warning("C-25", format!("`{old}` ora si chiama `{new}`"));
        Some(
            found
                .at(Place::span(file, key.at))
                .help(format!("scrivi `{new}:` al posto di `{old}:`; il resto non cambia")),
        )
    };
    first_keys(text).into_iter().filter_map(warning).collect()
}
