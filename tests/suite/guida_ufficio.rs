//! The guide for the office, `docs/guida`: a site that concilia builds. What its chapters tell to do is done, one after the
//! other, and what they say that is answered is answered; its reference is what the program tells today.
//!
//! A block of `comando` is run, one of `risposta` is what comes out of it, with `…` on a line for what is left out. A file
//! is shown whole below its name, or below where it goes: "In fondo a `FILE`:", "In `FILE`, al posto di `TESTO`:".
//! `AGGIORNA=1` writes answers and reference anew, to be read before they are committed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::html::Page;
use crate::riferimento;
use crate::support::{Site, Tree, copy, tree};

/// What a picture may weigh, and how many there may be.
const BYTES_OF_A_PICTURE: usize = 60_000;
const PICTURES: usize = 12;

fn root(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guida").join(file)
}

fn rewrites() -> bool {
    std::env::var_os("AGGIORNA").is_some()
}

/// The pages of the guide, by file.
fn pages() -> Vec<(String, String)> {
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    tree(&root("content/pagine")).into_iter().map(|(name, bytes)| (name, text(bytes))).collect()
}

/// The pages that people write.
fn chapters() -> Vec<(String, String)> {
    let made = riferimento::pages();
    pages().into_iter().filter(|(name, _)| !made.contains_key(name)).collect()
}

fn guide() -> Site {
    let site = Site::empty();
    copy(&root(""), site.root());
    site
}

#[test]
fn the_reference_is_what_the_program_tells() {
    let made = riferimento::pages();
    for (name, text) in &made {
        let file = root("content/pagine").join(name);
        if rewrites() {
            fs::write(&file, text).expect("a page");
        }
        let kept = fs::read_to_string(&file).unwrap_or_default();
        assert!(kept == *text, "{name} is not what the program tells: AGGIORNA=1 writes it");
    }
    let is_made = |name: &str| ["scheda-", "messaggi-", "comandi"].iter().any(|start| name.starts_with(start));
    let stale: Vec<String> =
        pages().into_iter().map(|(name, _)| name).filter(|name| is_made(name) && !made.contains_key(name)).collect();
    assert_eq!(stale, [""; 0]);
}

#[test]
fn it_is_built_by_the_program_without_an_error_and_every_link_leads_somewhere() {
    let site = guide();
    let built = site.concilia(["build"]).output().exits(0);
    // Where it is read is not known here.
    assert_eq!(built.codes(), ["C-18"], "{}", built.stderr);
    assert_eq!(dead_links(&site.published()), [""; 0]);
}

/// A site of texts has no data to count and no history to tell, with the look of every site too.
#[test]
fn a_site_without_plans_has_no_page_that_is_empty() {
    let site = guide();
    let menu = |theme: &str| {
        site.concilia(["build", "--theme", theme]).output().exits(0);
        let tree = site.published();
        let empty = tree.keys().filter(|path| path.starts_with("dati/") || path.starts_with("storia/"));
        assert_eq!(empty.collect::<Vec<_>>(), [""; 0]);
        assert_eq!(dead_links(&tree), [""; 0], "{theme}");
        Page::of(&tree, "index.html").texts("#menu-voci a")
    };
    assert_eq!(menu("italia"), ["Norme"]);
    assert_eq!(menu("guida").len(), 5);
}

/// The links of pages to what is not there.
fn dead_links(tree: &Tree) -> Vec<String> {
    let pages = tree.keys().filter(|path| path.ends_with(".html") && *path != "404.html");
    let pages: BTreeMap<&str, Page> = pages.map(|path| (path.as_str(), Page::of(tree, path))).collect();
    let ids = |page: &Page| -> BTreeSet<String> {
        page.select("[id]").iter().filter_map(|element| element.attr("id")).map(str::to_owned).collect()
    };
    let ids: BTreeMap<&str, BTreeSet<String>> = pages.iter().map(|(path, page)| (*path, ids(page))).collect();
    let mut dead = Vec::new();
    for (path, page) in &pages {
        let links = page.select("[href], [src]");
        let links = links.iter().filter_map(|link| link.attr("href").or(link.attr("src")));
        for link in links.filter(|link| !link.contains("://") && !link.starts_with("mailto:")) {
            let (target, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if target.is_empty() { (*path).to_owned() } else { resolved(path, target) };
            let is_there = anchor.is_empty() || ids.get(target.as_str()).is_some_and(|ids| ids.contains(anchor));
            if !tree.contains_key(&target) || !is_there {
                dead.push(format!("{path}: {link}"));
            }
        }
    }
    dead
}

/// The file behind a link of a page.
fn resolved(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('?').next().unwrap_or_default().split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    match () {
        () if path.is_empty() => "index.html".to_owned(),
        () if link.ends_with('/') || link.ends_with("..") => format!("{path}/index.html"),
        () => path,
    }
}

#[test]
fn every_chapter_is_in_the_list_once_and_in_the_order_in_which_it_is_read() {
    let list = fs::read_to_string(root("themes/guida/templates/parti/capitoli.html")).expect("the list");
    let listed: Vec<String> = list
        .lines()
        .filter_map(|line| line.split_once("pagine={[").map(|(_, ids)| ids))
        .flat_map(|ids| ids.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let mut written: Vec<(u32, String)> =
        pages().into_iter().map(|(name, text)| (place(&text), name.trim_end_matches(".md").to_owned())).collect();
    written.sort();
    assert_eq!(listed, written.into_iter().map(|(_, name)| name).collect::<Vec<_>>());
}

#[test]
fn what_is_read_first_leads_to_what_there_is() {
    for name in ["README.md", "LEGGIMI.md", "docs/riferimento.md"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let text = fs::read_to_string(&file).expect(name);
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let links: Vec<&str> = links.filter(|link| !link.contains("://")).collect();
        assert!(links.len() > 1, "{name}: {links:?}");
        for link in links {
            assert!(file.with_file_name(link).exists(), "{name}: {link}");
        }
    }
}

#[test]
fn its_pictures_are_few_and_light_and_all_of_them_are_shown() {
    let media: Tree = tree(&root("content/media"));
    let pictures: Vec<_> = media.iter().filter(|(name, _)| *name != "logo.svg").collect();
    assert!((3..=PICTURES).contains(&pictures.len()), "{}", pictures.len());
    let text: String = pages().into_iter().map(|(_, text)| text).collect();
    for (name, bytes) in pictures {
        assert!(bytes.len() <= BYTES_OF_A_PICTURE, "{name}: {} bytes", bytes.len());
        assert!(text.contains(&format!("](/media/{name})")), "{name}");
    }
}

#[test]
fn every_command_that_it_names_exists_with_its_options() {
    let site = Site::empty();
    let helps = riferimento::commands(&|args: &[&str]| site.concilia(args).output().exits(0).stdout);
    let help_of = |name: &str| {
        let known = |(own, help): &&(String, String)| own == name || help.contains(&format!("(anche `{name}`)"));
        helps.iter().find(known).map(|(_, help)| help.as_str())
    };
    let mut named = 0;
    for (page, text) in chapters() {
        for said in said_to_be_typed(&text).iter().filter_map(|said| said.strip_prefix("concilia ")) {
            let mut words = said.split_whitespace();
            let name = words.next().filter(|name| *name != "aiuto" && !name.starts_with('-')).or_else(|| words.next());
            let Some(name) = name else { continue };
            let help = help_of(name).unwrap_or_else(|| panic!("{page}: there is no `concilia {name}`"));
            for option in words.filter(|word| word.starts_with("--")) {
                let option = option.split('=').next().unwrap_or_default();
                assert!(help.contains(&format!(" {option} ")), "{page}: `concilia {name}` has no {option}");
            }
            named += 1;
        }
    }
    assert!(named > 40, "{named}");
}

/// What a text shows as something to type: its blocks of commands, and what stands between backticks, on one line each.
fn said_to_be_typed(text: &str) -> Vec<String> {
    let (blocks, prose): (Vec<_>, Vec<_>) = text.split("\n```").enumerate().partition(|(i, _)| i % 2 == 1);
    let commands = blocks.iter().filter_map(|(_, block)| block.strip_prefix("comando\n"));
    let quoted = prose.iter().flat_map(|(_, prose)| prose.split('`').skip(1).step_by(2));
    commands.flat_map(str::lines).map(str::to_owned).chain(quoted.map(|said| said.replace('\n', " "))).collect()
}

#[test]
fn what_it_tells_to_do_is_done_and_answered_as_it_says() {
    let mut chapters = chapters();
    chapters.sort_by_key(|(_, text)| place(text));
    let mut reader = Lettore { site: Site::empty(), folder: PathBuf::new(), answer: String::new() };
    for (name, text) in &chapters {
        reader.follow(name, text);
    }
    assert!(reader.site.path("piano/content/sito.yaml").is_file());
}

/// The place of a page among the others.
fn place(text: &str) -> u32 {
    let place = text.lines().find_map(|line| line.strip_prefix("ordine: ")).expect("a page has its place");
    place.parse().expect("a number")
}

/// Whether an answer is told, where a line of `…` stands for any lines.
fn matches(told: &[&str], answer: &[&str]) -> bool {
    match (told.split_first(), answer.split_first()) {
        (None, None) => true,
        (Some((&"…", told)), _) => (0..=answer.len()).any(|left_out| matches(told, &answer[left_out..])),
        (Some((line, told)), Some((come, answer))) => is_line(line, come.trim_end()) && matches(told, answer),
        _ => false,
    }
}

/// `…` stands for any part of a line too.
fn is_line(told: &str, come: &str) -> bool {
    match told.split_once('…') {
        Some((start, end)) => come.strip_prefix(start).is_some_and(|rest| rest.ends_with(end)),
        None => told == come,
    }
}

/// Somebody who does what the guide says.
struct Lettore {
    site: Site,
    /// Where they are, below the folder of the site.
    folder: PathBuf,
    /// What the last block of commands was answered.
    answer: String,
}

impl Lettore {
    /// Does what a chapter says, and compares what it says that is answered.
    fn follow(&mut self, name: &str, text: &str) {
        let mut written: Vec<String> = Vec::new();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            written.push(line.to_owned());
            let Some(kind) = line.strip_prefix("```") else { continue };
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let before = written.iter().rev().skip(1).find(|line| !line.trim().is_empty()).cloned().unwrap_or_default();
            match kind {
                "comando" => self.run(name, &block),
                "risposta" if matches(&block, &self.answer.lines().collect::<Vec<_>>()) => {}
                "risposta" => {
                    assert!(
                        rewrites() && !block.contains(&"…"),
                        "{name} says\n{}\nbut what comes is\n{}",
                        block.join("\n"),
                        self.answer
                    );
                    written.extend(self.answer.lines().map(str::to_owned));
                    written.push("```".to_owned());
                    continue;
                }
                "yaml" | "md" | "html" | "css" | "csv" => self.write(name, &before, &block),
                // What stands in no file and on no screen.
                "" => {}
                kind => panic!("{name}: a block of {kind}"),
            }
            written.extend(block.iter().map(|line| (*line).to_owned()));
            written.push("```".to_owned());
        }
        let written = written.join("\n") + "\n";
        if rewrites() && written != text {
            fs::write(root("content/pagine").join(name), written).expect("a chapter");
        }
    }

    fn run(&mut self, name: &str, block: &[&str]) {
        self.answer.clear();
        for line in block {
            let quoted = line.split('"').enumerate();
            let words: Vec<&str> = quoted
                .flat_map(|(i, part)| if i % 2 == 1 { vec![part] } else { part.split_whitespace().collect() })
                .collect();
            match words[..] {
                ["cd", to] => self.folder.push(to),
                // It ends when somebody ends it.
                ["concilia", "serve", ..] => {}
                ["concilia", ref args @ ..] => {
                    let told = self.site.concilia(args).in_folder(self.site.path("").join(&self.folder)).output();
                    assert_ne!(told.code, Some(2), "{name}: {line}\n{}", told.stderr);
                    self.answer.push_str(&(told.stdout + &told.stderr).replace('\u{a0}', " "));
                }
                _ => panic!("{name}: {line}"),
            }
        }
    }

    fn write(&self, name: &str, before: &str, block: &[&str]) {
        let quoted: Vec<&str> = before.split('`').skip(1).step_by(2).collect();
        let text = block.join("\n") + "\n";
        let file = |file: &str| self.site.path("").join(&self.folder).join(file);
        let kept = |path: &Path| fs::read_to_string(path).unwrap_or_else(|error| panic!("{name}: {before}: {error}"));
        let (path, text) = match (&quoted[..], before) {
            ([path], before) if before.starts_with("In fondo a `") => (file(path), kept(&file(path)) + &text),
            ([path, old], before) if before.contains("`, al posto di `") => {
                let kept = kept(&file(path));
                assert_eq!(kept.matches(old).count(), 1, "{name}: {before}\n{kept}");
                (file(path), kept.replace(old, text.trim_end()))
            }
            ([path], before) if before == format!("`{path}`:") => (file(path), text),
            _ => panic!("{name}: nothing says where the block below «{before}» goes"),
        };
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
}
