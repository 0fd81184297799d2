//! What every page owes its readers: links that lead somewhere, an outline, tables that are announced, no request to
//! anybody else.

use std::collections::{BTreeMap, BTreeSet};

use scraper::ElementRef;

use crate::golden::shipped;
use crate::html::{Page, pages, parsed, text};
use crate::support::{Site, Tree};

fn all() -> [(&'static str, Tree); 5] {
    [
        ("shipped", shipped().clone()),
        ("small", Site::small().built().published()),
        ("with waivers", crate::conformita::published().clone()),
        ("val padana", crate::esempi::val_padana().clone()),
        ("lodi", crate::esempi::lodi().clone()),
    ]
}

/// The file that an address leads to from a page, and the anchor in it.
fn target(page: &str, address: &str) -> (String, Option<String>) {
    let (path, anchor) = match address.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor.to_owned())),
        None => (address, None),
    };
    if path.is_empty() {
        return (page.to_owned(), anchor);
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop().expect("an address that leads out of the site")),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    let mut file = parts.join("/");
    if path.ends_with('/') || path.ends_with("..") || path == "." || file.is_empty() {
        file = if file.is_empty() { "index.html".into() } else { format!("{file}/index.html") };
    }
    (file, anchor)
}

fn has_scheme(address: &str) -> bool {
    let head = address.split(['/', '?', '#']).next().unwrap_or_default();
    head.contains(':') || address.starts_with("//")
}

#[test]
fn every_internal_link_and_anchor_resolves() {
    for (site, tree) in all() {
        let ids = |file: &str| -> BTreeSet<String> {
            let page = Page::of(&tree, file);
            page.select("[id]").iter().filter_map(|element| element.attr("id").map(str::to_owned)).collect()
        };
        let mut dead = BTreeMap::new();
        let mut followed = 0;
        for page in pages(&tree) {
            for element in page.select("[href], [src]") {
                let address = element.attr("href").or(element.attr("src")).unwrap_or_default();
                if has_scheme(address) {
                    continue;
                }
                // The error page is shown at any address: it begins at the host, all others anywhere.
                let is_error_page = page.path == "404.html";
                let is_absolute = address.starts_with('/');
                let is_own = address.starts_with('#');
                assert!(is_absolute == is_error_page || is_own, "{site} {}: {address}", page.path);
                followed += 1;
                let (file, anchor) = target(
                    &page.path,
                    address.strip_prefix('/').map_or(address, |rest| if rest.is_empty() { "." } else { rest }),
                );
                // What a list is narrowed to stands after the address of its page.
                let file = match file.split_once('?') {
                    Some((folder, _)) => format!("{folder}index.html"),
                    None => file,
                };
                let is_there = tree.contains_key(&file) && anchor.is_none_or(|anchor| ids(&file).contains(&anchor));
                if !is_there {
                    // Once each: a menu is on every page.
                    dead.entry(file).or_insert_with(|| format!("{address} on {}", page.path));
                }
            }
        }
        assert!(followed > 500, "{site}: {followed}");
        assert!(dead.is_empty(), "{site}: {dead:#?}");
    }
}

#[test]
fn no_page_asks_another_host_for_anything() {
    for (site, tree) in all() {
        for page in pages(&tree) {
            let fetched = "[src], link[rel=stylesheet], link[rel=icon], link[rel=preload], object, embed, iframe";
            for element in page.select(fetched) {
                let names = ["src", "href", "data"];
                let address = names.iter().find_map(|name| element.attr(name)).unwrap_or_default();
                let is_ours = !has_scheme(address) || address.starts_with("data:");
                assert!(is_ours, "{site} {}: {address}", page.path);
            }
        }
        for (path, bytes) in tree.iter().filter(|(path, _)| path.ends_with(".css") || path.ends_with(".js")) {
            let text = String::from_utf8_lossy(bytes);
            for sign in ["url(http", "url(//", "url(\"http", "url('http", "@import", "fetch(\"http", "fetch('http"] {
                assert!(!text.contains(sign), "{site} {path}: {sign}");
            }
        }
    }
}

#[test]
fn every_page_has_a_language_a_title_and_one_heading_of_the_first_level() {
    for (site, tree) in all() {
        let mut titles = BTreeSet::new();
        for page in pages(&tree) {
            let where_ = format!("{site} {}", page.path);
            assert_eq!(page.select("html")[0].attr("lang"), Some("it"), "{where_}");
            assert!(!page.text("head > title").is_empty(), "{where_}");
            assert_eq!(page.select("h1").len(), 1, "{where_}");
            assert!(titles.insert(page.text("head > title")), "{where_}: the title of another page");
            let mut last = 0;
            for heading in page.select("main h1, main h2, main h3, main h4, main h5, main h6") {
                let level: u8 = heading.value().name()[1..].parse().expect("a level");
                assert!(level <= last + 1, "{where_}: {} after h{last}: {}", heading.value().name(), text(heading));
                last = level;
            }
        }
    }
}

#[test]
fn every_table_has_a_caption_and_every_head_a_scope() {
    for (site, tree) in all() {
        let mut tables = 0;
        for page in pages(&tree) {
            let where_ = format!("{site} {}", page.path);
            for table in page.select("table") {
                tables += 1;
                let caption = table.select(&parsed("caption")).next().map(text).unwrap_or_default();
                assert!(!caption.is_empty(), "{where_}");
                assert!(table.select(&parsed("th")).next().is_some(), "{where_}: {caption}");
                for head in table.select(&parsed("th")) {
                    let scope = head.attr("scope").unwrap_or_default();
                    assert!(["row", "col", "rowgroup", "colgroup"].contains(&scope), "{where_}: {}", text(head));
                }
            }
        }
        assert!(tables > 10, "{site}: {tables}");
    }
}

#[test]
fn every_id_is_alone_and_every_picture_has_an_alternative() {
    for (site, tree) in all() {
        for page in pages(&tree) {
            let mut seen = BTreeSet::new();
            for element in page.select("[id]") {
                let id = element.attr("id").unwrap_or_default();
                assert!(seen.insert(id.to_owned()), "{site} {}: two elements are `{id}`", page.path);
            }
            for names in page.select("[aria-labelledby], [aria-describedby]") {
                let of = |name| names.attr(name).unwrap_or_default();
                for id in of("aria-labelledby").split_whitespace().chain(of("aria-describedby").split_whitespace()) {
                    assert!(seen.contains(id), "{site} {}: nothing is `{id}`", page.path);
                }
            }
            assert!(page.select("img").iter().all(|image: &ElementRef| image.attr("alt").is_some()), "{}", page.path);
        }
    }
}

/// Served at a nested address it must not lose style, logo and links.
#[test]
fn the_error_page_finds_everything_from_any_address() {
    let bases = [
        ("https://piani.ats-esempio.it", "/"),
        ("https://ats-esempio.it/piani/conciliazione/", "/piani/conciliazione/"),
        ("http://ats-esempio.it:8080//piani", "/piani/"),
    ];
    for (address, base) in bases {
        let site = Site::small();
        site.concilia(["build", "--base-url", address]).output().exits(0).says_nothing();
        assert_error_page(&site.published(), base);
    }
    let site = Site::small().replace("content/sito.yaml", "indirizzo: https://conciliazione.ats-esempio.it/\n", "");
    assert_error_page(&site.built().published(), "/");
    // A theme that leaves the attribution to the engine has it there too.
    let bare = "<!DOCTYPE html><html lang=\"it\"><head><title>No</title></head><body><h1>No</h1></body></html>";
    let site = Site::small()
        .replace("content/sito.yaml", "piano_corrente:", "tema: prova\npiano_corrente:")
        .write("themes/prova/templates/404.html", bare);
    site.concilia(["build", "--base-url", "https://ats-esempio.it/piani"]).output().exits(0);
    assert_error_page(&site.published(), "/piani/");
}

fn assert_error_page(tree: &Tree, base: &str) {
    let page = Page::of(tree, "404.html");
    for element in page.select("[href], [src]") {
        let address = element.attr("href").or(element.attr("src")).unwrap_or_default();
        if has_scheme(address) || address.starts_with('#') {
            continue;
        }
        let inside = address.strip_prefix(base).unwrap_or_else(|| panic!("{address} is not below {base}"));
        let file =
            if inside.is_empty() || inside.ends_with('/') { format!("{inside}index.html") } else { inside.into() };
        assert!(tree.contains_key(&file), "{address}");
    }
    assert_eq!(page.select("img[src$=\"media/logo.svg\"][alt=\"Logo di ATS Esempio\"]").len(), 1);
}
