//! Each rule with the smallest site that breaks it, and the whole report that its author reads.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use concilia::check::catalogo::RULES;

use crate::support::{Site, fixtures};

/// The cases in a folder of the fixtures: `Q-02`, or `C-08-norma` where a rule has several.
pub fn cases(folder: &str) -> Vec<(String, PathBuf)> {
    let folders = fs::read_dir(fixtures().join(folder)).expect(folder);
    let mut cases: Vec<_> = folders
        .map(|folder| folder.expect("a folder").path())
        .map(|path| (path.file_name().expect("a name").to_string_lossy().into_owned(), path))
        .collect();
    cases.sort();
    cases
}

pub fn code_of(case: &str) -> String {
    case.splitn(3, '-').take(2).collect::<Vec<_>>().join("-")
}

/// Lays each case over a site and compares the whole report with the expected one; no other rule than its own may
/// speak, since one cause gives one message.
pub fn told_as_expected(folder: &str, site: fn() -> Site, code: fn(&str) -> String) {
    let mut wrong = Vec::new();
    for (case, folder) in cases(folder) {
        let output = site().lay_over(&folder).concilia(["check", "--tutti"]).output();
        let expected = folder.join("atteso.txt");
        if std::env::var_os("AGGIORNA").is_some() {
            fs::write(&expected, &output.stderr).expect("atteso.txt");
        }
        let told = fs::read_to_string(&expected).unwrap_or_default();
        if told != output.stderr {
            wrong.push(format!("{case}: expected\n{told}\nbut got\n{}", output.stderr));
        }
        let codes: BTreeSet<String> = output.codes().into_iter().collect();
        if codes != BTreeSet::from([code(&case)]) {
            wrong.push(format!("{case} is told as {codes:?}\n{}", output.stderr));
        }
        let is_error = output.stderr.lines().any(|line| line.starts_with("errore["));
        if output.code != Some(i32::from(is_error)) || !output.stdout.is_empty() {
            wrong.push(format!("{case} exits {:?} and writes «{}»", output.code, output.stdout));
        }
    }
    assert!(wrong.is_empty(), "{}\n(AGGIORNA=1 writes what is told now)", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_site_that_breaks_it() {
    let proved: BTreeSet<String> = cases("regole").iter().map(|(case, _)| code_of(case)).collect();
    let rules: BTreeSet<String> = RULES.iter().map(|rule| rule.code.to_owned()).collect();
    assert_eq!(proved, rules);
}

#[test]
fn each_broken_rule_is_told_as_expected_and_alone() {
    told_as_expected("regole", Site::small, code_of);
}

#[test]
fn the_small_site_and_the_shipped_one_break_no_rule() {
    Site::small().check().exits(0).says_nothing();
    let shipped = Site::shipped().check().exits(0);
    assert!(!shipped.stderr.contains("errore"), "{}", shipped.stderr);
}
