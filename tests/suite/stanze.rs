//! The rooms of the house: each uses only those that stand before it, so that data flow one way.

use std::fs;
use std::path::{Path, PathBuf};

/// From what knows nothing of the others to the command line. `docs/architettura.md` draws them.
const ROOMS: [&str; 83] = [
    // Values and findings.
    "quiet",
    "suggest",
    "markdown",
    "markup",
    "report",
    "value",
    // The schema, and how it is read and explained.
    "record",
    "yaml",
    "norme",
    "schema",
    // What comes in.
    "lettura",
    "input::folder",
    "input::lookalike",
    "input::privacy",
    "input::source",
    "input::misplaced",
    "input::consegne",
    "input::store",
    "input::elenchi",
    // What goes out, which knows no plan.
    "view",
    "theme",
    "publish",
    "audit",
    "print::tipografia",
    "print::opera",
    "print::documento",
    "print::materiali",
    // The plan, and what is said of it.
    "plan",
    "check",
    "conformita",
    "confronto",
    "scadenze",
    // The records as workbooks.
    "fogli",
    // Pages: what several of them say,
    "site::ancore",
    "site::parole",
    "site::dichiarazioni",
    "site::allegati",
    "site::denaro",
    "site::indice_regole",
    "site::situazione",
    "site::vita",
    // the engine, which knows no page,
    "site::engine",
    "site::indirizzario",
    "site::collegamenti",
    // views that several pages share,
    "site::viste",
    "site::offerta",
    "site::filtri",
    "site::grafici",
    "site::jsonld",
    "site::conformita",
    // the pages,
    "site::catalogo",
    "site::registro",
    "site::storico",
    "site::feed",
    "site::inoltri",
    "site::avvisi",
    "site::graduatoria",
    "site::norme",
    "site::piano",
    "site::alleanze",
    "site::concessioni",
    "site::enti",
    "site::progetti",
    "site::servizi",
    "site::dove",
    "site::dati",
    "site::generali",
    "site::risorse",
    "site::documento",
    "site::ricerca",
    "site::materiali",
    "site::cartoline",
    "site::identita",
    // and the table of all of them.
    "site::routes",
    "codes",
    // The stages, and who calls them.
    "pipeline",
    "pacchetto",
    "serve",
    "editor",
    "cli",
    "lib",
    "main",
    "build",
];

/// Rooms with rooms of their own, which keep an order too.
const FLOORS: [&str; 3] = ["input", "print", "site"];

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

/// The rooms named by what follows `crate::`: one, or those of a list in braces.
fn names(rest: &str) -> Vec<String> {
    let first = |text: &str| {
        let text = text.trim();
        let name = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        match text[name.len()..].strip_prefix("::") {
            Some(inner) if FLOORS.contains(&name.as_str()) => {
                names(inner).into_iter().map(|room| format!("{name}::{room}")).collect()
            }
            _ => vec![name],
        }
    };
    let Some(list) = rest.strip_prefix('{') else { return first(rest) };
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
    parts.iter().flat_map(|part| first(part.trim_start_matches(','))).collect()
}

/// What a file uses of the whole program: by `crate::`, and by as many `super::` as lead to its root.
/// Inside a floor, as many `super::` as lead to it, and `floor` before what they name.
fn used(text: &str, depth: usize, floor: &str) -> Vec<String> {
    let root = "super::".repeat(depth);
    let ways = if floor.is_empty() { vec!["crate::", root.as_str()] } else { vec![root.as_str()] };
    let starts = ways.iter().flat_map(|way| {
        text.match_indices(way).filter_map(move |(at, way)| {
            let before = text[..at].chars().next_back();
            let alone = !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '$'));
            alone.then_some(at + way.len())
        })
    });
    starts.flat_map(|at| names(&text[at..])).map(|name| format!("{floor}{name}")).collect()
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
        let floor = FLOORS.contains(&parts[0]);
        if floor && parts[1] == "mod" {
            continue;
        }
        let room = if floor { parts[..2].join("::") } else { parts[0].to_owned() };
        let own = rank(&room).unwrap_or_else(|| panic!("`{room}` is in no room: add it to ROOMS"));
        let depth = if parts.last() == Some(&"mod") { parts.len() - 1 } else { parts.len() };
        let text = product(&fs::read_to_string(file).expect("a source"));
        let beside = if floor { used(&text, depth - 1, &format!("{}::", parts[0])) } else { Vec::new() };
        for name in used(&text, depth, "").into_iter().chain(beside) {
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
    assert_eq!(used("use crate::plan::Plan;", 1, ""), ["plan"]);
    assert_eq!(used("use crate::{check, plan::{self, Plan}, cli};", 1, ""), ["check", "plan", "cli"]);
    assert_eq!(used("use crate::input::{privacy, store::Store};", 1, ""), ["input::privacy", "input::store"]);
    assert_eq!(used("use crate::{input::store::Store, plan};", 1, ""), ["input::store", "plan"]);
    assert_eq!(used("use super::super::store::Store;", 2, "input::"), ["input::store"]);
    assert_eq!(used("let plan = crate::plan::resolve();", 2, ""), ["plan"]);
    assert_eq!(used("use super::super::plan::Plan;", 2, ""), ["plan"]);
    assert_eq!(used("use super::sibling::Thing; $crate::path!()", 2, ""), Vec::<String>::new());
}

#[test]
fn no_file_is_longer_than_one_reads_at_once() {
    const MOST: usize = 450;
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
    assert_eq!(long, [""; 0]);
}

#[test]
fn what_unix_alone_has_is_named_only_by_the_disk_and_the_command_line() {
    const ALONE: [&str; 5] = ["rustix", "os::unix", "os::fd", "Permissions", "set_permissions"];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    files(&root, &mut sources);
    let mut found = Vec::new();
    for file in &sources {
        let inside = file.strip_prefix(&root).expect("below").to_string_lossy().into_owned();
        let text = product(&fs::read_to_string(file).expect("a source"));
        if ALONE.iter().any(|name| text.contains(name)) && !inside.ends_with("tests.rs") {
            found.push(inside);
        }
    }
    assert!(found.iter().any(|file| file.starts_with("publish/disk/")), "names are not found any more");
    found.retain(|file| !file.starts_with("publish/disk/") && !file.starts_with("cli/"));
    assert!(found.is_empty(), "these name what Unix alone has: {found:?}");
}
