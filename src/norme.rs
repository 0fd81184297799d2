//! The built-in norms.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_embed::RustEmbed;

use crate::record::Norma;
use crate::report::Report;
use crate::value::Id;
use crate::yaml;

/// The taxonomy under those of the norms; no plan runs under it.
pub const GENERALE: &str = "generale";

#[derive(RustEmbed)]
#[folder = "src/norme/"]
struct Builtin;

/// The norms that the program carries as they are written, by file name.
pub fn builtin_files() -> BTreeMap<String, Vec<u8>> {
    Builtin::iter().filter_map(|name| Some((name.to_string(), Builtin::get(&name)?.data.into_owned()))).collect()
}

/// Parses the norms that the program carries, by id.
pub fn builtin(report: &mut Report) -> BTreeMap<Id, Arc<Norma>> {
    let mut norme = BTreeMap::new();
    for file in Builtin::iter() {
        let Some(id) = file.strip_suffix(".yaml").and_then(|stem| Id::parse(stem).ok()) else { continue };
        let Some(bytes) = Builtin::get(&file) else { continue };
        let text = String::from_utf8_lossy(&bytes.data);
        match yaml::parse::<Norma>(&format!("norme/{file}"), &text, 0..text.len()) {
            Ok(norma) => drop(norme.insert(id, Arc::new(norma))),
            Err(problems) => report.extend(problems),
        }
    }
    norme
}
