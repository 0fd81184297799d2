//! C-10: a record that lies among those of another kind. Its fields tell what it is, and one message says where it
//! belongs, instead of one for each field that is unknown there or missing.

use crate::record::{Alleanza, Avviso, Ente, Norma, Piano, Progetto, Programma, Risorse, Sito};
use crate::report::{Diagnostic, Place};
use crate::source::{Kind, Source};
use crate::yaml;

/// One field out of place is a slip; two that all belong to one other kind are not.
const SURE: usize = 2;

/// A kind of record.
struct Sort {
    /// How a record of it is called.
    one: &'static str,
    /// Where another one is that lies here by mistake.
    among: &'static str,
    /// Below the folder of a plan, or of the content.
    place: &'static str,
    of_plan: bool,
    fields: &'static [&'static str],
}

fn sorts() -> [Sort; 9] {
    let sort = |one, among, place, of_plan, fields| Sort { one, among, place, of_plan, fields };
    [
        sort("un progetto", "fra i progetti", "progetti/", true, yaml::fields::<Progetto>()),
        sort("un'alleanza", "fra le alleanze", "alleanze/", true, yaml::fields::<Alleanza>()),
        sort("un avviso", "fra gli avvisi", "avvisi/", true, yaml::fields::<Avviso>()),
        sort("la scheda di un Piano", "al posto di quella del Piano", "piano.yaml", true, yaml::fields::<Piano>()),
        sort(
            "la scheda delle risorse",
            "al posto di quella delle risorse",
            "risorse.yaml",
            true,
            yaml::fields::<Risorse>(),
        ),
        sort("un ente", "fra i partner", "partner/", false, yaml::fields::<Ente>()),
        sort("una norma", "fra le norme", "norme/", false, yaml::fields::<Norma>()),
        sort("un programma del passato", "nella storia", "storia/", false, yaml::fields::<Programma>()),
        sort("la scheda del sito", "al posto di quella del sito", "sito.yaml", false, yaml::fields::<Sito>()),
    ]
}

/// What a file is that could not be read as what its place says, if that is clear.
pub fn find(source: &Source, text: &str) -> Option<Diagnostic> {
    let (own, plan) = match &source.kind {
        Kind::Progetto(plan) => (0, Some(plan)),
        Kind::Alleanza(plan) => (1, Some(plan)),
        Kind::Avviso(plan) => (2, Some(plan)),
        Kind::Piano(plan) => (3, Some(plan)),
        Kind::Risorse(plan) => (4, Some(plan)),
        Kind::Partner => (5, None),
        Kind::Norma => (6, None),
        Kind::Storia => (7, None),
        Kind::Sito => (8, None),
        Kind::Pagina | Kind::PaginaDiPiano(_) | Kind::Consegna(_) | Kind::Media => return None,
    };
    let sorts = sorts();
    let keys = yaml::first_keys(text);
    let strange = |sort: &Sort| keys.iter().filter(|key| !sort.fields.contains(&key.name.as_str())).count();
    let here = strange(&sorts[own]);
    let fewest = sorts.iter().map(strange).min()?;
    // A slip or two may be in it all the same.
    if here < SURE || fewest * 3 > here {
        return None;
    }
    let mut nearest = sorts.iter().filter(|sort| strange(sort) == fewest);
    let (sort, None) = (nearest.next()?, nearest.next()) else { return None };
    let is_telling = |name: &str| sort.fields.contains(&name) && !sorts[own].fields.contains(&name);
    let key = keys.iter().find(|key| is_telling(&key.name))?;
    let folder = match (sort.of_plan, plan) {
        (true, Some(plan)) => format!("piani/{plan}/"),
        (true, None) => "piani/…/".to_owned(),
        (false, _) => String::new(),
    };
    let file = source.relative.rsplit('/').next().unwrap_or_default();
    Some(
        Diagnostic::error("C-10", format!("`{file}` sembra {}, ma sta {}", sort.one, sorts[own].among))
            .at(Place::span(source.name.clone(), key.at.clone()))
            .label("questo campo non è di qui")
            .help(format!("spostalo in `{folder}{}`", sort.place)),
    )
}

#[cfg(test)]
mod tests {
    use super::sorts;

    #[test]
    fn every_kind_of_record_says_its_fields() {
        for sort in sorts() {
            assert!(sort.fields.len() > 3, "{}", sort.one);
        }
    }
}
