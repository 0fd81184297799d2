//! `LEGGIMI.md`, which an office reads first: its commands make a plan, and what it shows is what is told.

use std::fs;
use std::path::Path;

use crate::guida::blocks;
use crate::support::{Site, copy};

fn leggimi() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("LEGGIMI.md")).expect("LEGGIMI.md")
}

/// The commands that it begins with, done, and the record that it shows.
fn first_plan() -> Site {
    let text = leggimi();
    let (_, commands) = text.split_once("```\nconcilia inizia ").expect("the first command");
    let (first, rest) = commands.split_once('\n').expect("its line");
    let (commands, _) = rest.split_once("\n```").expect("a block ends");
    let site = Site::empty();
    site.concilia(["inizia", first]).output().exits(0);
    let mut done = 0;
    for command in commands.lines().filter_map(|line| line.strip_prefix("concilia nuovo ")) {
        // Quoted words are one.
        let parts = command.split('"').enumerate();
        let words = parts.flat_map(|(i, part)| if i % 2 == 1 { vec![part] } else { part.split_whitespace().collect() });
        site.concilia(["nuovo"].into_iter().chain(words)).in_folder(site.path(first)).output().exits(0);
        done += 1;
    }
    assert_eq!(done, 4);
    let here = Site::empty();
    copy(&site.path(first), here.root());
    blocks(&text).into_iter().fold(here, |site, (file, text)| site.write(&file, text))
}

#[test]
fn what_it_begins_with_can_be_published_and_what_is_missing_is_told() {
    let checked = first_plan().check().exits(0).says("avviso[P25-06]: manca `durata`").says("Si può pubblicare; ");
    assert!(!checked.stderr.contains("errore"), "{}", checked.stderr);
    let tree = first_plan().built().published();
    for page in ["nido", "nido-aperto"] {
        assert!(tree.contains_key(&format!("2025-2027/progetti/{page}/index.html")), "{page}");
    }
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
