//! The rooms of the house: each uses only those that stand before it, so that data flow one way.

use std::fs;
use std::path::{Path, PathBuf};

/// From what knows nothing of the others to the command line. `docs/architettura.md` draws them.
const ROOMS: [&str; 40] = [
    // Values and findings.
    "quiet",
    "suggest",
    "markdown",
    "markup",
    "folder",
    "report",
    "value",
    // The schema, and how it is read and explained.
    "record",
    "yaml",
    "norme",
    "schema",
    // What comes in.
    "lettura",
    "lookalike",
    "privacy",
    "source",
    "misplaced",
    "consegne",
    "store",
    "elenchi",
    // What goes out, which knows no plan.
    "view",
    "theme",
    "publish",
    "audit",
    "tipografia",
    // The plan, and what is said of it.
    "plan",
    "check",
    "simulazione",
    "conformita",
    "confronto",
    // Pages, documents, posters.
    "documento",
    "materiali",
    "site",
    "codes",
    // The stages, and who calls them.
    "pipeline",
    "pacchetto",
    "serve",
    "cli",
    "lib",
    "main",
    "build",
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
}

/// The source without comments and without its unit tests, which may look anywhere.
fn product(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The first names of what follows `crate::`: one, or those of a list in braces.
fn names(rest: &str) -> Vec<String> {
    let first = |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(list) = rest.strip_prefix('{') else { return vec![first(rest)] };
    let mut depth = 0;
    let mut parts = vec![String::new()];
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => parts.push(String::new()),
            _ => {}
        }
        parts.last_mut().expect("there is one").push(c);
    }
    parts.iter().map(|part| first(part.trim_start_matches(','))).collect()
}

/// What a file uses of the whole program: by `crate::`, and by as many `super::` as lead to its root.
fn used(text: &str, depth: usize) -> Vec<String> {
    let root = "super::".repeat(depth);
    let ways = ["crate::", root.as_str()];
    let starts = ways.iter().flat_map(|way| {
        text.match_indices(way).filter_map(move |(at, way)| {
            let before = text[..at].chars().next_back();
            let alone = !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '$'));
            alone.then_some(at + way.len())
        })
    });
    starts.flat_map(|at| names(&text[at..])).collect()
}

#[test]
fn every_room_uses_only_those_before_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    files(&root, &mut sources);
    let rank = |name: &str| ROOMS.iter().position(|room| *room == name);
    let (mut up, mut uses) = (Vec::new(), 0);
    for file in &sources {
        let inside = file.strip_prefix(&root).expect("below").to_string_lossy().into_owned();
        let parts: Vec<&str> = inside.trim_end_matches(".rs").split('/').collect();
        if parts.contains(&"tests") {
            continue;
        }
        let own = rank(parts[0]).unwrap_or_else(|| panic!("`{}` is in no room: add it to ROOMS", parts[0]));
        let depth = if parts.last() == Some(&"mod") { parts.len() - 1 } else { parts.len() };
        let text = product(&fs::read_to_string(file).expect("a source"));
        for name in used(&text, depth) {
            // Macros and what `lib.rs` itself holds are of nobody.
            let Some(other) = rank(&name) else { continue };
            uses += 1;
            if other > own {
                up.push(format!("{inside} uses {name}"));
            }
        }
    }
    up.sort();
    up.dedup();
    assert!(up.is_empty(), "these run up:\n{}", up.join("\n"));
    assert!(uses > 500, "{uses}: paths are not found any more");
}

#[test]
fn a_path_that_runs_up_is_found_however_it_is_written() {
    assert_eq!(used("use crate::site::Site;", 1), ["site"]);
    assert_eq!(used("use crate::{check, site::{self, Site}, cli};", 1), ["check", "site", "cli"]);
    assert_eq!(used("let page = crate::site::page();", 2), ["site"]);
    assert_eq!(used("use super::super::site::Site;", 2), ["site"]);
    assert_eq!(used("use super::sibling::Thing; $crate::path!()", 2), Vec::<String>::new());
}

#[test]
fn no_file_is_longer_than_one_reads_at_once() {
    const MOST: usize = 450;
    // To be shortened, and none to be added.
    const LONGER: [&str; 5] =
        ["audit/scan.rs", "record/progetto.rs", "site/documento/piano.rs", "site/mod.rs", "site/ricerca/documenti.rs"];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    files(&root, &mut sources);
    let long = sources.iter().filter_map(|file| {
        let inside = file.strip_prefix(&root).expect("below").to_string_lossy().into_owned();
        let lines = product(&fs::read_to_string(file).expect("a source")).lines().count();
        (lines > MOST && !inside.contains("tests")).then_some(inside)
    });
    let mut long: Vec<String> = long.collect();
    long.sort();
    assert_eq!(long, LONGER);
}
