//! The words of those who search: those of the program, and over them those of the site.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use super::words::stems;
use crate::record::Ricerca;
use crate::yaml;

const DI_SERIE: &str = include_str!("sinonimi.yaml");

static SERIE: LazyLock<Ricerca> = LazyLock::new(|| {
    // A file of the program, which a test reads.
    yaml::parse("sinonimi.yaml", DI_SERIE, 0..DI_SERIE.len()).unwrap_or_default()
});

/// By stems in a row, how they are written and the words that are searched too.
type Sinonimi = BTreeMap<String, (String, BTreeSet<String>)>;

/// For the index: `asilo|nursery`, and `bambini piccoli|nido`. What the site does not know is left out, so that nobody is
/// told that something was searched where it could not be found.
pub fn per_indice(ricerca: Option<&Ricerca>, is_known: impl Fn(&str) -> bool) -> Vec<[String; 2]> {
    let mut all = in_parole(&SERIE);
    all.extend(ricerca.map(in_parole).unwrap_or_default());
    let mut by_targets: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (key, (detta, targets)) in all {
        let told = targets.into_iter().filter(|target| {
            let stems = radici(target);
            !stems.is_empty() && stems.join(" ") != key && is_known(&chiave(&stems))
        });
        let told: Vec<String> = told.collect();
        if !told.is_empty() {
            by_targets.entry(told.join("|")).or_default().push(detta);
        }
    }
    by_targets.into_iter().map(|(targets, keys)| [keys.join("|"), targets]).collect()
}

fn in_parole(ricerca: &Ricerca) -> Sinonimi {
    let mut found = Sinonimi::new();
    for voce in &ricerca.sinonimi {
        for detta in &voce.chi_scrive {
            let voci = found.entry(radici(detta).join(" ")).or_insert_with(|| (detta.clone(), BTreeSet::new()));
            voci.1.extend(voce.trova_anche.iter().cloned());
        }
    }
    found.remove("");
    found
}

/// The expressions of several words that are searched too, by the first of their stems.
pub fn espressioni(ricerca: Option<&Ricerca>) -> HashMap<String, Vec<Vec<String>>> {
    let voci = SERIE.sinonimi.iter().chain(ricerca.iter().flat_map(|ricerca| &ricerca.sinonimi));
    let mut by_first: HashMap<String, Vec<Vec<String>>> = HashMap::new();
    for testo in voci.flat_map(|voce| &voce.trova_anche) {
        let stems = radici(testo);
        if let [first, _, ..] = stems.as_slice() {
            let known = by_first.entry(first.clone()).or_default();
            if !known.contains(&stems) {
                known.push(stems);
            }
        }
    }
    by_first
}

/// What stands in the index for words in a row: the stem of one, and for several one that no word begins like.
pub fn chiave(stems: &[String]) -> String {
    match stems {
        [una] => una.clone(),
        tante => tante.iter().flat_map(|stem| ["+", stem]).collect(),
    }
}

fn radici(text: &str) -> Vec<String> {
    // The script does not make the whole of two words with a hyphen.
    stems(&text.replace('-', " "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Sinonimo;

    fn voce(chi_scrive: &[&str], trova_anche: &[&str]) -> Sinonimo {
        let texts = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect();
        Sinonimo { chi_scrive: texts(chi_scrive), trova_anche: texts(trova_anche) }
    }

    fn of<'a>(all: &'a [[String; 2]], key: &str) -> Option<&'a str> {
        all.iter().find(|[keys, _]| keys.split('|').any(|one| one == key)).map(|[_, targets]| targets.as_str())
    }

    #[test]
    fn the_words_of_the_program_are_read_and_those_of_the_site_take_their_place() {
        let all = per_indice(None, |_| true);
        assert!(all.len() > 40, "{}", all.len());
        assert_eq!(of(&all, "asilo"), Some("bambini piccoli|nido"));
        assert_eq!(of(&all, "centro estivo"), Some("pomeriggi senza scuola|quando la scuola è chiusa"));
        let site = [voce(&["Asili"], &["asilo bosco"]), voce(&["colf"], &[]), voce(&["bolge"], &["nido"])];
        let site = per_indice(Some(&Ricerca { sinonimi: site.into() }), |stem| stem != "+asil+bosc");
        assert_eq!(of(&site, "Asili"), None, "what the site does not know");
        assert_eq!(of(&site, "colf"), None, "what the site takes away");
        assert_eq!(of(&site, "bolge"), Some("nido"));
        assert_eq!(of(&site, "badante"), of(&all, "badante"));
    }
}
