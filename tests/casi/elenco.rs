//! The cases: each is a folder of the fixtures, laid over a site that breaks no rule.

use std::fs;
use std::path::PathBuf;

use crate::support::{Site, copy, fixtures};

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

/// Publicity is proved on the bytes, by the rules of the output.
pub fn told_by(case: &str) -> String {
    match case {
        "P25-25" => "A-01".to_owned(),
        "P25-25-logo" => "A-02".to_owned(),
        _ => code_of(case),
    }
}

/// The example, and a plan under an act of 2028 that only the site knows.
pub fn of_2028() -> Site {
    let site = Site::example();
    copy(&fixtures().join("dgr-2028/content"), &site.path("content"));
    site
}
