//! The walk finds something wrong exactly when `serde_yaml` refuses.
//!
//! Every place of every kind of record is changed: in an example that has every field, and in the records of this
//! repository. To take seconds, only the first place of each type in a kind of record is changed in all ways, the others in
//! one of [`FEW`] ways, and a place that comes again is left alone. So each type sees all the changes, and
//! each place many of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::record::{Alleanza, Avviso, Ente, Norma, Pagina, Piano, Progetto, Programma, Risorse, Sito};
use crate::report::marked::{Id, Kind, Marked};
use crate::schema::{GENERI, Nodo, esempio};
use crate::yaml::shape::{self, Shape, Slot};
use crate::yaml::{Record, diagnose, fast, guard};

/// A record that can be changed and written again.
#[derive(Clone)]
enum Yaml {
    /// As it is written, without quotes where it had none.
    Scalar(String),
    List(Vec<Yaml>),
    Group(Vec<Entry>),
}

type Entry = (String, Yaml);

impl Yaml {
    fn of(tree: &Marked, node: Id) -> Self {
        match &tree.nodes[tree.resolve(node)].kind {
            Kind::Scalar { text, plain } => Yaml::Scalar(written(text, *plain)),
            Kind::Sequence(items) => Yaml::List(items.iter().map(|item| Yaml::of(tree, *item)).collect()),
            Kind::Mapping(entries) => {
                let entry = |(key, value): &(Id, Id)| {
                    let plain = tree.plain(*key).is_some();
                    (written(tree.text(*key).unwrap_or_default(), plain), Yaml::of(tree, *value))
                };
                Yaml::Group(entries.iter().map(entry).collect())
            }
            Kind::Alias(_) => Yaml::Scalar(String::new()),
        }
    }

    fn write(&self, indent: usize, out: &mut String) {
        let line = |out: &mut String, start: &str, value: &Yaml| {
            out.push_str(&format!("\n{}{start}", " ".repeat(indent)));
            value.write(indent + 2, out);
        };
        match self {
            Yaml::Scalar(written) => out.push_str(&format!(" {written}")),
            Yaml::List(items) if items.is_empty() => out.push_str(" []"),
            Yaml::Group(entries) if entries.is_empty() => out.push_str(" {}"),
            Yaml::List(items) => items.iter().for_each(|item| line(out, "-", item)),
            Yaml::Group(entries) => entries.iter().for_each(|(key, value)| line(out, &format!("{key}:"), value)),
        }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        self.write(0, &mut text);
        text.push('\n');
        text
    }

    /// The ways to all values, in lists by their number.
    fn ways(&self, here: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
        found.push(here.clone());
        for (i, value) in self.values().enumerate() {
            here.push(i);
            value.ways(here, found);
            here.pop();
        }
    }

    fn values(&self) -> impl Iterator<Item = &Yaml> {
        let (items, entries): (&[Yaml], &[Entry]) = match self {
            Yaml::Scalar(_) => (&[], &[]),
            Yaml::List(items) => (items, &[]),
            Yaml::Group(entries) => (&[], entries),
        };
        items.iter().chain(entries.iter().map(|(_, value)| value))
    }

    fn at(&mut self, way: &[usize]) -> &mut Yaml {
        let Some((first, rest)) = way.split_first() else { return self };
        match self {
            Yaml::List(items) => items[*first].at(rest),
            Yaml::Group(entries) => entries[*first].1.at(rest),
            Yaml::Scalar(_) => unreachable!("a way leads through lists and groups"),
        }
    }

    /// Leaves out what a change at a way cannot touch: fields that may be absent, and the other elements of lists. Gives the
    /// way through what is left.
    fn thin(&mut self, way: Option<&[usize]>, slot: &Slot) -> Vec<usize> {
        let (first, rest) = way.and_then(<[usize]>::split_first).map_or((None, None), |(a, b)| (Some(*a), Some(b)));
        match (self, &slot.shape) {
            (Yaml::List(items), shape) => {
                // A file may hold a list of records.
                let slot = if let Shape::List(slot) = shape { slot } else { slot };
                *items = items.drain(..).skip(first.unwrap_or(0)).take(1).collect();
                let below = items.first_mut().map(|item| item.thin(rest, slot)).unwrap_or_default();
                first.map_or(Vec::new(), |_| [vec![0], below].concat())
            }
            (Yaml::Group(entries), Shape::Group(fields)) => {
                let mut found = Vec::new();
                for (i, (key, mut value)) in std::mem::take(entries).into_iter().enumerate() {
                    let on_the_way = first == Some(i);
                    let field =
                        fields.iter().find(|field| field.name.is(key.trim_matches('"'))).expect("a sound record");
                    if on_the_way || field.required || rest.is_some_and(<[usize]>::is_empty) {
                        let below = value.thin(rest.filter(|_| on_the_way), &field.slot);
                        if on_the_way {
                            found = [vec![entries.len()], below].concat();
                        }
                        entries.push((key, value));
                    }
                }
                found
            }
            _ => way.unwrap_or_default().to_vec(),
        }
    }

    /// The names of the fields on a way.
    fn place(&self, way: &[usize]) -> String {
        let Some((first, rest)) = way.split_first() else { return String::new() };
        match self {
            Yaml::Group(entries) => format!(".{}{}", entries[*first].0, entries[*first].1.place(rest)),
            _ => format!("[]{}", self.values().nth(*first).map_or(String::new(), |value| value.place(rest))),
        }
    }
}

/// A scalar that reads as it did.
fn written(text: &str, plain: bool) -> String {
    let is_safe = || {
        let first = text.chars().next().is_none_or(|c| c.is_alphanumeric() || "/~.+-".contains(c));
        first
            && !text.starts_with("- ")
            && !["\n", ": ", " #"].iter().any(|mark| text.contains(mark))
            && !text.ends_with(':')
    };
    if plain && is_safe() { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

/// What people write, and what YAML makes of it.
const VALUES: &[&str] = &[
    "",
    "~",
    "null",
    "Null",
    "\"\"",
    "''",
    "\"null\"",
    "uno",
    "\"uno\"",
    "'l''albero'",
    "due parole",
    "à",
    "true",
    "True",
    "\"true\"",
    "no",
    "sì",
    "yes",
    "0",
    "1",
    "\"1\"",
    "-1",
    "+1",
    "+-1",
    "007",
    "0x1F",
    "-0x1F",
    "+0x1F",
    "0x-1",
    "0o17",
    "0b11",
    "0x",
    "1_000",
    "1.5",
    "-1.5",
    "1e3",
    "1.",
    ".5",
    ".inf",
    ".nan",
    "255",
    "256",
    "65536",
    "4294967295",
    "4294967296",
    "18446744073709551615",
    "18446744073709551616",
    "340282366920938463463374607431768211456",
    "56000.00",
    "1.000,00",
    "1.234",
    "2019-01-15",
    "2019-02-30",
    "15/01/2019",
    "2022-05-04 12:00",
    "\"2022-05-04 12:00\"",
    "12:30",
    "B3",
    "Z9",
    "comune-albino",
    "Comune di Albino",
    "in_corso",
    "\"capofila\"",
    "Capofila",
    "rete_di_sostegno",
    "https://www.ente.it/",
    "javascript:alert(1)",
    "ufficio@ente.it",
    "/vecchio/",
    "/../vecchio/",
    "\"vedi [qui](javascript:alert(1)) e [lì](vbscript:x)\"",
    "vedi [qui](https://ente.it)",
    "[]",
    "{}",
    "[uno]",
    "[~]",
    "[[]]",
    "[1, 2]",
    "{ uno: 1 }",
    "{ uno: 12,5 }",
    "{ 2025: 1.00 }",
    "{ 2025: 1, 0x7E9: 2 }",
    "{ uno: ~ }",
    "{ [a]: 1 }",
    "{ ~: 1 }",
    "&x uno",
    "&x [uno]",
    "|\n    uno\n    due",
    ">-\n    uno\n\n    due",
];

/// Keys in the place of a key.
const KEYS: &[&str] = &["sconosciuto", "\"{}\"", "{}_", "{}\u{a0}", "[{}]", "~", "<<", "2025", "rete_di_sostegno", "1"];

/// The changes beside those of values and keys.
const OTHERS: usize = 7;

/// One change of what stands at a way; none where it does not apply.
fn change(record: &Yaml, way: &[usize], n: usize) -> Option<Yaml> {
    let mut changed = record.clone();
    let it = changed.at(way);
    if let Some(value) = VALUES.get(n) {
        *it = Yaml::Scalar((*value).to_owned());
        return Some(changed);
    }
    match (n - VALUES.len(), &mut *it) {
        (0, _) => *it = Yaml::List(vec![it.clone()]),
        (1, _) => *it = Yaml::Group(vec![("sconosciuto".to_owned(), it.clone())]),
        (2, Yaml::Group(entries)) => entries.push(("sconosciuto".to_owned(), Yaml::Scalar("1".to_owned()))),
        (3, Yaml::Scalar(_)) => {
            *it = Yaml::Scalar("*x".to_owned());
            let Yaml::Group(entries) = &mut changed else { return None };
            let (_, Yaml::Scalar(first)) = entries.first_mut()? else { return None };
            *first = format!("&x {first}");
        }
        (2 | 3, _) => return None,
        (n, _) => {
            let (last, above) = way.split_last()?;
            let Yaml::Group(entries) = changed.at(above) else { return None };
            let own = entries[*last].0.trim_matches('"').to_owned();
            match n - 4 {
                0 => drop(entries.remove(*last)),
                1 => entries.push(entries[*last].clone()),
                2 => entries.push((format!("\"{own}\""), Yaml::List(Vec::new()))),
                n => entries[*last].0 = KEYS.get(n - 3)?.replace("{}", &own),
            }
        }
    }
    Some(changed)
}

/// Compared for one text; how it was refused.
fn agree<T: Record>(text: &str, many: bool) -> Option<usize> {
    let tree = Marked::load(text, 0..text.len());
    let is_list = tree.root.is_some_and(|root| matches!(tree.nodes[root].kind, Kind::Sequence(_)));
    let refused = match many && is_list {
        true => fast::from_str::<Vec<T>>(text).err(),
        false => fast::from_str::<T>(text).err(),
    };
    // What does not come so far is no question for the walk.
    let is_readable = || fast::from_str::<serde::de::IgnoredAny>(text).is_ok();
    if tree.error.is_some()
        || tree.second.is_some()
        || guard::content(text).is_empty()
        || (refused.is_some() && !is_readable())
    {
        return None;
    }
    if !guard::tree("", &tree).is_empty() {
        return None;
    }
    let found = diagnose::problems("", &tree, &shape::of::<T>(), many);
    let kind = std::any::type_name::<T>();
    assert_eq!(refused.is_some(), !found.is_empty(), "{kind}: {refused:?} but {found:?} of\n{text}");
    Some(found.len())
}

/// How often a place, or a type, was changed already.
type Seen = BTreeMap<String, usize>;

const FEW: usize = 16;

/// What stands at a way, in a word.
fn kind_at(record: &Yaml, way: &[usize], slot: &Slot) -> String {
    let below = way.split_first().and_then(|(first, rest)| {
        let value = record.values().nth(*first)?;
        let slot = match (&slot.shape, record) {
            (Shape::Group(fields), Yaml::Group(entries)) => {
                let name = entries[*first].0.trim_matches('"');
                &fields.iter().find(|field| field.name.is(name))?.slot
            }
            (Shape::List(items), _) => items,
            (_, Yaml::List(_)) => slot,
            (Shape::Map { values, .. }, _) => values,
            _ => return None,
        };
        Some(kind_at(value, rest, slot))
    });
    let own = || match &slot.shape {
        Shape::Text { expected, judge } => format!("{expected}{}{}", judge.is_some(), slot.optional),
        Shape::Truth | Shape::Count => format!("{}{}", matches!(slot.shape, Shape::Truth), slot.optional),
        Shape::Choice(_) => format!("choice{}", slot.optional),
        Shape::List(_) => "list".to_owned(),
        Shape::Group(_) => format!("group{}", slot.optional),
        Shape::Map { keys, .. } => format!("map{}", matches!(keys.shape, Shape::Count)),
    };
    below.unwrap_or_else(own)
}

/// How many records were tried, and how many of them refused.
fn vary<T: Record>(name: &str, text: &str, many: bool, seen: &mut Seen) -> (usize, usize) {
    let tree = Marked::load(text, 0..text.len());
    let Some(root) = tree.root.filter(|_| agree::<T>(text, many) == Some(0)) else { return (0, 0) };
    let (record, slot) = (Yaml::of(&tree, root), shape::of::<T>());
    let mut ways = Vec::new();
    record.ways(&mut Vec::new(), &mut ways);
    let (mut tried, mut refused) = (0, 0);
    for way in ways {
        let mut count = |what: String| {
            let times = seen.entry(what).or_default();
            *times += 1;
            *times
        };
        let place = count(format!("{name}{}", record.place(&way)));
        if place > 1 {
            continue;
        }
        let kind = count(kind_at(&record, &way, &slot));
        let mut record = record.clone();
        let way = record.thin(Some(&way), &slot);
        assert_eq!(agree::<T>(&record.text(), many), Some(0), "{}", record.text());
        let chosen = (0..VALUES.len() + OTHERS + KEYS.len()).filter(|n| kind == 1 || n % FEW == kind % FEW);
        for changed in chosen.filter_map(|n| change(&record, &way, n)) {
            tried += 1;
            refused += usize::from(agree::<T>(&changed.text(), many).is_some_and(|found| found > 0));
        }
    }
    (tried, refused)
}

/// Files below a folder that lie where records of a kind do.
fn files(folder: &Path, place: &str) -> Vec<String> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let names = walk.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path());
    let fits = |path: &std::path::PathBuf| {
        let name = path.to_string_lossy().into_owned();
        match place.trim_start_matches("**/").split_once("*.") {
            Some((below, ending)) => {
                let below = below.rsplit('/').nth(1).unwrap_or_default();
                name.contains(&format!("/{below}/")) && name.ends_with(ending)
            }
            None => name.ends_with(&format!("/{}", place.rsplit('/').next().unwrap_or_default())),
        }
    };
    names.filter(fits).filter_map(|path| std::fs::read_to_string(path).ok()).collect()
}

fn kind<T: Record>(name: &str) -> (usize, usize) {
    let genere = GENERI.iter().find(|genere| genere.nome == name).expect(name);
    let schema = genere.schema();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = vec![esempio(Nodo(&schema), true).join("\n")];
    for folder in ["content", "tests/fixtures/sito", "tests/fixtures/esempio", "tests/fixtures/dgr-2028", "src/norme"] {
        texts.extend(files(&root.join(folder), genere.posto));
    }
    let mut seen = Seen::new();
    let many = name == "ente";
    let mut distinct = BTreeSet::new();
    let counts = texts.into_iter().filter(|text| distinct.insert(text.clone())).map(|text| {
        let front = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map(|(front, _)| front);
        vary::<T>(name, front.unwrap_or(&text), many, &mut seen)
    });
    counts.fold((0, 0), |(tried, refused), (t, r)| (tried + t, refused + r))
}

macro_rules! oracle {
    ($($test:ident: $record:ident, $name:literal;)*) => {$(
        #[test]
        fn $test() {
            let (tried, refused) = kind::<$record>($name);
            println!("{}: {tried} changed, {refused} refused", $name);
            assert!(tried > 300 && refused * 4 > tried && refused < tried, "{tried} {refused}");
        }
    )*};
}

oracle! {
    sites: Sito, "sito";
    bodies: Ente, "ente";
    plans: Piano, "piano";
    money: Risorse, "risorse";
    calls: Avviso, "avviso";
    alliances: Alleanza, "alleanza";
    projects: Progetto, "progetto";
    pages: Pagina, "pagina";
    programmes: Programma, "programma";
    norms: Norma, "norma";
}
