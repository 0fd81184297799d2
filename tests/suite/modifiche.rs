//! Edits that keep the file, thousands of them over every file that is shipped: what is asked for is there, and nothing
//! else has changed. The judge is the parser that reads the records, and comments that are all different.

use std::collections::BTreeMap;
use std::path::Path;

use concilia::path;
use concilia::report::Step;
use concilia::schema;
use concilia::value::{Euro, Nodo};
use concilia::yaml::modifica::{Errore, Scheda, Valore};
use serde_yaml::{Mapping, Value};

use crate::fuzz::Chance;
use crate::support::tree;

const EDITS: usize = 10_000;
const SEED: u64 = 0x5c4e_da01;
/// After so many edits of one file the next one begins.
const IN_A_ROW: usize = 25;

/// Texts that YAML would read as something else, or that break a line that has no quotes.
const TEXTS: [&str; 42] = [
    "nuovo",
    "no",
    "2017",
    "null",
    "1e3",
    "a: b",
    " x",
    "#x",
    "x #y",
    "2017-03-30",
    "~",
    "",
    "è così",
    "sì, forse",
    "[x]",
    "{x",
    "- x",
    "-",
    "? x",
    "*x",
    "&x",
    "!x",
    "%x",
    "@x",
    "`x`",
    "\"x\"",
    "l'ora",
    "l'ora \"x\"",
    "x\\y",
    "12:30",
    "0x1F",
    "007",
    "---",
    "fine:",
    "due\nrighe",
    "due\nrighe\n",
    "due\n\nparti\n",
    "molte righe\n\n\n",
    "  rientrato\npoi no\n",
    "\tx\ny",
    "\u{85}\u{feff}\r\n",
    "http://esempio.it/a?b#c",
];

struct File {
    path: String,
    text: String,
    schema: Nodo<'static>,
}

impl File {
    fn is_page(&self) -> bool {
        self.path.ends_with(".md")
    }

    fn open(&self, text: &str, schema: Nodo<'static>) -> Scheda {
        let read = if self.is_page() { Scheda::leggi_pagina(text, schema) } else { Scheda::leggi(text, schema) };
        read.unwrap_or_else(|error| panic!("{}: {error}\n{text}", self.path))
    }
}

fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in
        ["content", "tests/fixtures/sito/content", "tests/esempi/lodi/content", "tests/esempi/val-padana/content"]
    {
        for (path, bytes) in tree(&root.join(folder)) {
            if path.ends_with(".yaml") || path.ends_with(".md") {
                let text = String::from_utf8(bytes).expect("UTF-8");
                files.push(File { schema: schema::nodo(kind(&path)), path: format!("{folder}/{path}"), text });
            }
        }
    }
    assert!(files.len() > 70, "{}", files.len());
    files
}

/// What is in a file, by its place below the content folder.
fn kind(path: &str) -> &'static str {
    let parts: Vec<&str> = path.split('/').collect();
    match parts[..] {
        [.., "partner", _] => "ente",
        [.., "norme", _] => "norma",
        [.., "storia", _] => "programma",
        [.., "pagine", _] => "pagina",
        [.., "avvisi", _] => "avviso",
        [.., "alleanze", _] => "alleanza",
        [.., "progetti", _] => "progetto",
        [.., "piano.yaml"] => "piano",
        [.., "atti.yaml"] => "atto",
        [.., "risorse.yaml"] => "risorse",
        _ => "sito",
    }
}

/// The part of a file that is YAML.
fn front(text: &str, is_page: bool) -> &str {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !is_page {
        return text;
    }
    let (_, rest) = text.split_once('\n').expect("a first line");
    let end = rest.find("\n---").expect("a line of dashes");
    &rest[..=end]
}

fn read(text: &str, is_page: bool) -> Value {
    serde_yaml::from_str(front(text, is_page)).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The same file as others would have written it: with breaks of two bytes, a mark at the beginning, no last break,
/// blank lines, and comments at the ends of lines and between them.
fn as_others_write(file: &File, chance: &mut Chance) -> String {
    let value = read(&file.text, file.is_page());
    let mut lines: Vec<String> = file.text.lines().map(str::to_owned).collect();
    let first = usize::from(file.is_page());
    let length = if file.is_page() { front(&file.text, true).lines().count() } else { lines.len() };
    for number in 0..chance.below(8) {
        let at = first + chance.below(length);
        let before = lines.clone();
        let indent = lines[at].len() - lines[at].trim_start().len();
        match chance.below(3) {
            0 => lines[at].push_str(&format!(" # nota {number}.")),
            1 => lines.insert(at, format!("{}# nota {number}.", " ".repeat(indent))),
            _ => lines.insert(at, String::new()),
        }
        // In a text it would be no comment.
        let text = lines.join("\n") + "\n";
        if serde_yaml::from_str::<Value>(front(&text, file.is_page())).ok().as_ref() != Some(&value) {
            lines = before;
        }
    }
    let line_break = chance.one(&["\n", "\n", "\r\n"]);
    let mut text = lines.join(line_break);
    if file.is_page() || chance.below(5) > 0 {
        text.push_str(line_break);
    }
    if chance.below(4) == 0 {
        text.insert(0, '\u{feff}');
    }
    text
}

/// The places of a value that fit, from the outside in.
fn places(value: &Value, way: &mut Vec<Step>, fits: &impl Fn(&Value) -> bool, all: &mut Vec<Vec<Step>>) {
    if fits(value) {
        all.push(way.clone());
    }
    let mut below = |step: Step, value: &Value| {
        way.push(step);
        places(value, way, fits, all);
        way.pop();
    };
    match value {
        Value::Mapping(map) => map.iter().for_each(|(key, value)| below(Step::from(name(key)), value)),
        Value::Sequence(items) => items.iter().enumerate().for_each(|(at, item)| below(Step::Index(at), item)),
        _ => {}
    }
}

/// A key as it is written: a year is a number.
fn name(key: &Value) -> String {
    key.as_str().map_or_else(|| serde_yaml::to_string(key).expect("a key").trim().to_owned(), str::to_owned)
}

fn at<'v>(value: &'v mut Value, path: &[Step]) -> Option<&'v mut Value> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.as_mapping_mut()?.iter_mut().find(|(it, _)| name(it) == *key).map(|(_, value)| value),
        Step::Index(index) => value.as_sequence_mut()?.get_mut(*index),
    })
}

/// A value as it is asked for, and as it is to be read.
fn value(chance: &mut Chance, depth: usize) -> (Valore, Value) {
    match chance.below(if depth > 2 { 6 } else { 8 }) {
        0 => {
            let truth = chance.below(2) == 0;
            (Valore::from(truth), Value::from(truth))
        }
        1 => {
            let number = u32::try_from(chance.below(3000)).expect("small");
            (Valore::from(number), Value::from(number))
        }
        2 => {
            let amount = Euro::da_centesimi(chance.below(9_000_000) as u64);
            (Valore::from(amount), serde_yaml::from_str(&amount.to_string()).expect("a number"))
        }
        6 => {
            let (own, read) = (0..chance.below(3)).map(|_| value(chance, depth + 1)).unzip();
            (Valore::Elenco(own), Value::Sequence(read))
        }
        7 => {
            let keys = ["titolo", "nota", "data", "b-c", "con spazio"];
            let entries = keys[..chance.below(5)].iter().map(|key| (*key, value(chance, depth + 1)));
            let (own, read): (Vec<_>, Mapping) =
                entries.map(|(key, (own, read))| ((key.to_owned(), own), (Value::from(key), read))).unzip();
            (Valore::Gruppo(own), Value::Mapping(read))
        }
        _ => {
            let text = chance.one(&TEXTS);
            (Valore::from(text), Value::from(text))
        }
    }
}

/// The same, but that a schema makes a number of the text of one, a text of a number, and gives amounts their cents.
fn same(own: &Value, wanted: &Value, typed: bool) -> bool {
    let alike = |one: &Value, text: &str| {
        let other = serde_yaml::from_str::<Value>(text).unwrap_or_default();
        *one == other || (one.is_number() && one.as_f64() == other.as_f64())
    };
    match (own, wanted) {
        (Value::Mapping(own), Value::Mapping(wanted)) => {
            let there = |(key, it): (&Value, &Value)| wanted.get(key).is_some_and(|other| same(it, other, typed));
            own.len() == wanted.len() && own.iter().all(there)
        }
        (Value::Sequence(own), Value::Sequence(wanted)) => {
            own.len() == wanted.len() && own.iter().zip(wanted).all(|(one, other)| same(one, other, typed))
        }
        (Value::String(text), Value::Number(_) | Value::Bool(_)) if typed => alike(wanted, text),
        (Value::Number(_) | Value::Bool(_), Value::String(text)) if typed => alike(own, text),
        (Value::Number(one), Value::Number(other)) if typed => one.as_f64() == other.as_f64(),
        _ => own == wanted,
    }
}

/// The comments that were added, each of which stands once in a file.
fn notes(text: &str) -> Vec<&str> {
    text.match_indices("# nota ").map(|(at, _)| text[at..].split('.').next().unwrap_or_default()).collect()
}

/// One edit of what stands at a place, made in the file and, by other means, in the value that it should have then.
struct Edit {
    what: &'static str,
    path: Vec<Step>,
    removes: bool,
    outcome: Result<(), Errore>,
}

fn edit(scheda: &mut Scheda, wanted: &mut Value, chance: &mut Chance) -> Option<Edit> {
    let what = *chance.one(&[&"new", &"append", &"move", &"remove", &"set", &"set"]);
    let fits = |value: &Value| match what {
        "new" => value.is_mapping(),
        "append" => value.is_sequence(),
        "move" => value.as_sequence().is_some_and(|items| !items.is_empty()),
        _ => true,
    };
    let mut all = Vec::new();
    places(wanted, &mut Vec::new(), &fits, &mut all);
    if all.is_empty() {
        return None;
    }
    let mut path = all.swap_remove(chance.below(all.len()));
    if path.is_empty() && matches!(what, "remove" | "set") {
        return None;
    }
    let (own, read) = value(chance, 0);
    let (removes, outcome) = match (what, at(wanted, &path).expect("a place")) {
        ("new", Value::Mapping(map)) => {
            let key = chance.one(&["nuova", "sintesi", "fonte", "data", "nota"]);
            if map.contains_key(key) {
                return None;
            }
            path.extend(path![key.to_owned()]);
            if chance.below(3) == 0 {
                path.extend(path!["voce"]);
                map.insert(key.into(), Value::Mapping(Mapping::from_iter([("voce".into(), read)])));
            } else {
                map.insert(key.into(), read);
            }
            (false, scheda.scrivi(&path, own))
        }
        ("append", Value::Sequence(items)) => {
            let (more, others): (Vec<_>, Vec<_>) = (0..chance.below(3)).map(|_| value(chance, 1)).unzip();
            items.extend(std::iter::once(read).chain(others));
            (false, scheda.aggiungi_tutte(&path, std::iter::once(own).chain(more).collect()))
        }
        ("move", Value::Sequence(items)) => {
            let (from, to) = (chance.below(items.len()), chance.below(items.len()));
            let item = items.remove(from);
            items.insert(to, item);
            path.push(Step::Index(from));
            (false, scheda.sposta(&path, to))
        }
        ("remove", _) => {
            let (last, way) = path.split_last().expect("not empty");
            match (at(wanted, way).expect("a place"), last) {
                (Value::Mapping(map), Step::Key(key)) => {
                    let key = map.keys().find(|it| name(it) == *key).cloned().expect("a key");
                    map.remove(&key);
                }
                (Value::Sequence(items), Step::Index(index)) => drop(items.remove(*index)),
                _ => unreachable!("a place is in one or the other"),
            }
            (true, scheda.togli(&path))
        }
        (_, here) => {
            let removes = here.is_mapping() || here.is_sequence();
            *here = read;
            (removes, scheda.scrivi(&path, own))
        }
    };
    Some(Edit { what, path, removes, outcome })
}

#[test]
fn ten_thousand_edits_change_what_they_should_and_nothing_else() {
    let files = files();
    let mut chance = Chance::new(SEED);
    let mut refused = Vec::new();
    let mut done: BTreeMap<&str, usize> = BTreeMap::new();
    while done.values().sum::<usize>() < EDITS {
        let file = &files[chance.below(files.len())];
        let is_page = file.is_page();
        let typed = chance.below(2) == 0;
        let mut text = as_others_write(file, &mut chance);
        let mut scheda = file.open(&text, if typed { file.schema } else { Nodo(&serde_json::Value::Null) });
        let mut now = read(&text, is_page);
        for _ in 0..IN_A_ROW {
            let mut wanted = now.clone();
            let Some(Edit { what, path, removes, outcome }) = edit(&mut scheda, &mut wanted, &mut chance) else {
                continue;
            };
            *done.entry(what).or_default() += 1;
            let after = scheda.testo();
            let told = || format!("{}: {what} {path:?}\n--- before\n{text}\n--- after\n{after}", file.path);
            if let Err(error) = outcome {
                assert_eq!(text, after, "{}", told());
                refused.push(format!("{error}: {}", told()));
                continue;
            }
            now = read(after, is_page);
            assert!(same(&now, &wanted, typed), "{}", told());
            let (before, kept) = (notes(&text), notes(after));
            let lost = before.iter().filter(|note| !kept.contains(note)).count();
            assert_eq!(kept.len() + lost, before.len(), "{}", told());
            assert!(removes || lost == 0, "{}", told());
            let around = |text: &str| text.replacen(front(text, is_page), "", 1);
            assert_eq!(around(&text), around(after), "{}", told());
            let breaks = if text.contains("\r\n") { after.replace("\r\n", "") } else { after.replace('\n', "") };
            assert!(!breaks.contains(['\r', '\n']), "{}", told());
            text = after.to_owned();
        }
    }
    assert!(done.len() == 5 && done.values().all(|times| *times > 500), "{done:?}");
    assert!(refused.len() * 1000 < EDITS, "{} were refused:\n{}", refused.len(), refused.join("\n"));
}
