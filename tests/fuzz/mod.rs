//! One target a parser. There is no sanitizer and no coverage: what guides the search is what a parser says, and an
//! input to which it says something new is kept and changed further.
//!
//! An ordinary run of the tests tries a few inputs, always the same. `tests/fuzz/run TARGET SECONDS` goes on for that
//! long from another seed; what ends a parser is left in `target/fuzz`.

mod chance;
mod corpus;
mod targets;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

pub use chance::Chance;
use targets::Target;

/// Bytes, and what they are: the kind of a record, say.
#[derive(Clone)]
pub struct Item {
    pub kind: usize,
    pub bytes: Vec<u8>,
}

/// Inputs that are kept beside the files.
const KEPT: usize = 2_000;
/// Whatever takes longer is told, when there is time to look for it.
const SLOW: Duration = Duration::from_secs(2);
const SEED: u64 = 0x5eed_0011;

/// How long to search, for those who ask.
const SECONDS: &str = "FUZZ_SECONDS";
const SEEDED: &str = "FUZZ_SEED";

fn search(target: &Target) {
    let number = |name| std::env::var(name).ok().and_then(|text: String| text.parse::<u64>().ok());
    let long = number(SECONDS).map(Duration::from_secs);
    let clock = || SystemTime::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_secs());
    let seed = number(SEEDED).unwrap_or_else(|| if long.is_some() { clock() } else { SEED });
    let mut chance = Chance::new(seed);
    let mut items = (target.corpus)();
    assert!(!items.is_empty(), "{}: nothing to begin with", target.name);
    let files = items.len();
    let words = words(target.words);
    let mut said = BTreeSet::new();
    let start = Instant::now();
    let mut tried = 0;
    while long.map_or(tried < target.few, |long| start.elapsed() < long) {
        let other = chance.below(items.len());
        let mut item = items[chance.below(items.len())].clone();
        chance.mutate(&mut item.bytes, &items[other].bytes, &words);
        let before = Instant::now();
        // A stack or a memory that is used up ends everything: then this is the input.
        let last = long.map(|_| keep(target, "last", &item));
        let outcome = std::panic::catch_unwind(|| (target.parse)(&item));
        let Ok(outcome) = outcome else {
            panic!("{}: seed {seed}, input {tried}: {}", target.name, keep(target, "panic", &item).display())
        };
        if last.is_some() && before.elapsed() > SLOW {
            println!("{}: {:?}: {}", target.name, before.elapsed(), keep(target, "slow", &item).display());
        }
        if said.insert(signature(&outcome)) && items.len() < files + KEPT {
            items.push(item);
        }
        tried += 1;
    }
    if long.is_some() {
        println!("{}: {tried} inputs in {:?}, {} answers, seed {seed}", target.name, start.elapsed(), said.len());
    }
}

/// The words between every two spaces.
fn words(mut text: &[u8]) -> Vec<&[u8]> {
    let mut words = Vec::new();
    while let Some(end) = text.windows(2).position(|two| two == b"  ") {
        words.push(&text[..end]);
        text = &text[end + 2..];
    }
    words.push(text);
    words
}

/// What was said, without what was quoted and counted in it.
fn signature(outcome: &str) -> String {
    let unquoted = outcome.split('`').step_by(2).flat_map(str::chars);
    unquoted.filter(|c| !c.is_ascii_digit()).take(240).collect()
}

fn keep(target: &Target, why: &str, item: &Item) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz");
    let path = folder.join(format!("{}-{}.{why}", target.name, item.kind));
    std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, &item.bytes)).expect("a place for the input");
    path
}

macro_rules! targets {
    ($($name:ident),*) => {
        $(#[test]
        fn $name() {
            search(&targets::$name());
        })*
    };
}

targets!(yaml, markdown, html, svg, archive, package, pdf, media, personal, png, theme, http, sheets, values, site);
