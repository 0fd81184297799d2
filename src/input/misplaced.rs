//! C-10: a record that lies among those of another kind. Its fields tell what it is, and one message says where it
//! belongs, instead of one for each field that is unknown there or missing.

use crate::input::source::Source;
use crate::report::{Diagnostic, Place};
use crate::schema::{GENERI, Genere};
use crate::value::Id;
use crate::yaml;

/// One field out of place is a slip; two that all belong to one other kind are not.
const SURE: usize = 2;

/// What a file is that could not be read as what its place says, if that is clear.
pub fn find(source: &Source, text: &str) -> Option<Diagnostic> {
    let kinds = || GENERI.iter().filter(|kind| kind.posto.ends_with(".yaml"));
    let own = kinds().find(|kind| Some(kind.nome) == source.kind.genere())?;
    let keys = yaml::first_keys(text);
    let strange = |kind: &Genere| keys.iter().filter(|(key, _)| !kind.campi().contains(&key.as_str())).count();
    let here = strange(own);
    let fewest = kinds().map(strange).min()?;
    // A slip or two may be in it all the same.
    if here < SURE || fewest * 3 > here {
        return None;
    }
    let mut nearest = kinds().filter(|kind| strange(kind) == fewest);
    let (kind, None) = (nearest.next()?, nearest.next()) else { return None };
    let is_telling = |name: &str| kind.campi().contains(&name) && !own.campi().contains(&name);
    let (_, at) = keys.iter().find(|(key, _)| is_telling(key))?;
    let posto = kind.posto.trim_end_matches("*.yaml");
    let folder = posto.replace('*', source.kind.piano().map_or("…", Id::as_str));
    let file = source.relative.rsplit('/').next().unwrap_or_default();
    Some(
        Diagnostic::error("C-10", format!("`{file}` sembra {}, ma sta {}", kind.uno, own.fra))
            .at(Place::span(source.name.clone(), at.clone()))
            .label("questo campo non è di qui")
            .help(format!("spostalo in `{folder}`")),
    )
}
