//! The guide for authors of themes: what it shows is what is built, and what there is it names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::html::Page;
use crate::support::{Site, Tree, copy, tree};

fn root(file: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}

fn guide() -> String {
    fs::read_to_string(root("themes/README.md")).expect("the guide")
}

/// The files that a text shows: a name in a line of its own, and the block below it.
pub fn blocks(text: &str) -> BTreeMap<String, String> {
    let files = text.match_indices("`:\n\n```").map(|(at, mark)| {
        let (_, name) = text[..at].rsplit_once('`').expect("a name");
        let (_, text) = text[at + mark.len()..].split_once('\n').expect("a block has a kind");
        (name.to_owned(), text.split_once("```").expect("a block ends").0.to_owned())
    });
    files.collect()
}

/// The files of the example.
fn shown() -> BTreeMap<String, String> {
    blocks(&guide())
}

#[test]
fn the_example_of_the_guide_is_the_theme_that_is_kept() {
    let kept: Tree = tree(&root("themes/esempio"));
    let kept: BTreeMap<String, String> =
        kept.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).expect("a text"))).collect();
    assert_eq!(shown(), kept);
}

#[test]
fn the_example_of_the_guide_builds_and_changes_what_it_says() {
    let site = Site::small();
    copy(&root("themes"), &site.path("themes"));
    site.concilia(["build", "--theme", "esempio"]).output().exits(0).says_nothing();
    let tree = site.published();
    assert_eq!(tree["assets/colori.css"], shown()["assets/colori.css"].as_bytes());
    let page = Page::of(&tree, "partner/coop-delta/index.html");
    assert_eq!(page.select("link[rel=stylesheet]").len(), 5);
    assert_eq!(page.text(".insegna .marchio"), "Agenzia di Tutela della Salute di Esempio");
    assert!(page.text("main > .avviso-lieve").contains("progett"), "{}", page.body());
    assert_eq!(page.select(".concilia-attribuzione img").len(), 1);
}

#[test]
fn the_guide_names_every_template_block_filter_and_component() {
    let guide = guide();
    let templates = tree(&root("themes/italia/templates"));
    for name in templates.keys().filter(|name| !name.contains('/')) {
        assert!(guide.contains(&format!("`{name}`")), "{name}");
    }
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let after = |text: &str, mark: &str| -> Vec<String> {
        let word = |part: &str| part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        text.split(mark).skip(1).map(word).collect()
    };
    let blocks = after(&text(&templates["base.html"]), " block ");
    assert!(blocks.len() > 5, "{blocks:?}");
    for block in blocks {
        assert!(guide.contains(&format!("| `{block}` |")), "{block}");
    }
    for component in after(&text(&templates["parti/componenti.html"]), "- component ") {
        assert!(guide.contains(&format!("`<{component}")), "{component}");
    }
    let filters = fs::read_to_string(root("src/theme/filters.rs")).expect("the filters");
    for filter in after(&filters, "register_filter(\"") {
        assert!(guide.contains(&format!("`{filter}")), "{filter}");
    }
}

#[test]
fn the_guide_lists_what_the_document_accepts_and_nothing_else() {
    let guide = guide();
    let (_, table) = guide.split_once("| elementi | classi |\n| --- | --- |\n").expect("the table");
    let quoted = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<BTreeSet<_>>();
    let rows = table.lines().map_while(|line| line.strip_prefix('|')?.split_once('|'));
    let listed: BTreeMap<String, BTreeSet<String>> = rows
        .flat_map(|(elements, classes)| quoted(elements).into_iter().map(move |element| (element, quoted(classes))))
        .collect();
    let source = fs::read_to_string(root("src/print/documento/ammessi.rs")).expect("the list");
    let (list, _) = source.split_once("];").expect("the end of the list");
    let entries = list.lines().filter_map(|line| line.trim().strip_prefix("(\"")?.strip_suffix("\"),"));
    let accepted: BTreeMap<String, BTreeSet<String>> = entries
        .map(|entry| entry.split_once("\", \"").expect("an element and its classes"))
        .map(|(element, classes)| (element.to_owned(), classes.split_whitespace().map(str::to_owned).collect()))
        .collect();
    assert!(accepted.len() > 30, "{accepted:?}");
    assert_eq!(listed, accepted);
}
