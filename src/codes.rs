//! Every code that a run can report, with the entry that explains it. The entries stand beside what reports them.

use crate::report::Rule;
use crate::{audit, check, conformita, input::lookalike, input::source, input::store, plan, site, theme, value, yaml};

/// In the order of the codes.
pub fn rules() -> Vec<&'static Rule> {
    let alone: &[&[Rule]] =
        &[source::RULES, lookalike::RULES, value::RULES, store::RULES, conformita::RULES, audit::RULES];
    let read = [yaml::RULES, plan::RULES, theme::RULES, site::RULES, alone].into_iter().flatten().copied().flatten();
    let mut rules: Vec<&Rule> = read.chain(check::rules()).collect();
    rules.sort_by_key(|rule| rule.code);
    rules
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;

    /// The codes that stand in the source as a whole text: `"Q-01"`.
    fn written(folder: &Path, codes: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                written(&entry, codes);
            } else if entry.extension().is_some_and(|kind| kind == "rs") && !entry.ends_with("rule.rs") {
                let text = fs::read_to_string(&entry).expect("a text");
                let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
                // The entry alone is no report.
                let text = text.replace("Rule::new(\"", "");
                codes.extend(text.split('"').filter(|word| is_code(word)).map(str::to_owned));
            }
        }
    }

    fn is_code(word: &str) -> bool {
        let (family, number) = word.split_once('-').unwrap_or_default();
        crate::report::never_waived(word).is_some()
            && family.len() == 1
            && number.len() == 2
            && number.parse::<u8>().is_ok()
    }

    #[test]
    fn every_code_that_is_reported_has_one_entry_and_every_entry_is_reported() {
        let mut reported = BTreeSet::new();
        written(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut reported);
        let codes: Vec<&str> = rules().iter().map(|rule| rule.code).collect();
        assert_eq!(codes, reported.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(codes.len() > 60);
    }

    #[test]
    fn every_entry_says_why_and_gives_an_example() {
        for Rule { code, what, why, example, .. } in rules() {
            assert!([what, why, example].iter().all(|said| said.len() > 5), "{code}");
        }
    }
}
