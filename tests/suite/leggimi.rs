//! `LEGGIMI.md`, which an office reads first: its five files are a plan, and what it shows is what is told.

use std::fs;
use std::path::Path;

use crate::guida::blocks;
use crate::support::{Site, fixtures};

fn leggimi() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("LEGGIMI.md")).expect("LEGGIMI.md")
}

/// The five files, and the logo of the fixtures.
fn first_plan() -> Site {
    let site = Site::empty();
    let logo = fs::read(fixtures().join("sito/content/media/logo.svg")).expect("a logo");
    blocks(&leggimi())
        .into_iter()
        .fold(site, |site, (file, text)| site.write(&file, text))
        .write("content/media/logo.svg", logo)
}

#[test]
fn the_five_files_can_be_published_and_what_is_missing_is_told() {
    let checked = first_plan().check().exits(0).says("avviso[P25-06]: manca `durata`").says("Si può pubblicare; ");
    assert!(!checked.stderr.contains("errore"), "{}", checked.stderr);
    let tree = first_plan().built().published();
    assert!(tree.contains_key("2025-2027/progetti/nido/index.html"));
}

#[test]
fn the_message_that_it_shows_is_the_one_that_is_told() {
    let (_, shown) =
        leggimi().split_once("```\nerrore[").map(|(a, b)| (a.to_owned(), b.to_owned())).expect("a message");
    let (shown, _) = shown.split_once("\n```").expect("a block ends");
    let site = first_plan().replace(
        "content/piani/2025-2027/progetti/nido.yaml",
        "contributo_richiesto: 40000.00",
        "contributo_richiesto: 41000.00",
    );
    // A guide has the plain space that keyboards write.
    let told = site.check().exits(1).stderr.replace('\u{a0}', " ");
    assert!(told.contains(&format!("errore[{shown}\n")), "{told}");
}
