//! Each rule with the smallest site that breaks it, and the whole report that its author reads.
//!
//! Every folder of the fixtures is a test of its own, found when the tests run: `cargo test --test casi P25-06`.
//! `AGGIORNA=1` writes what is told now. The crate that makes such harnesses would turn on features of `clap`, and so
//! compile the program once more for its tests.

mod elenco;
#[path = "../suite/support.rs"]
#[expect(dead_code, reason = "the suite uses the rest")]
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use elenco::{cases, code_of, of_2028, told_by};
use support::Site;

/// A site and the folders that each break one rule of it.
struct Serie {
    /// Below the fixtures.
    folder: &'static str,
    site: fn() -> Site,
    /// The code that has to tell a case, and the only one.
    code: fn(&str) -> String,
}

const SERIE: [Serie; 3] = [
    Serie { folder: "regole", site: Site::small, code: code_of },
    Serie { folder: "norme", site: Site::example, code: told_by },
    Serie { folder: "dgr-2028/casi", site: of_2028, code: code_of },
];

struct Case {
    name: String,
    folder: PathBuf,
    /// The code that has to tell it.
    code: String,
    serie: &'static Serie,
}

fn main() -> ExitCode {
    let asked = Asked::of(std::env::args().skip(1));
    let all = SERIE.iter().flat_map(|serie| {
        cases(serie.folder).into_iter().map(move |(case, folder)| Case {
            name: format!("{}/{case}", serie.folder),
            folder,
            code: (serie.code)(&case),
            serie,
        })
    });
    let (chosen, rest): (Vec<Case>, Vec<Case>) = all.partition(|case| asked.wants(&case.name));
    if asked.list {
        chosen.iter().for_each(|case| println!("{}: test", case.name));
        return ExitCode::SUCCESS;
    }
    println!("\nrunning {} tests", chosen.len());
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..asked.threads {
            scope.spawn(|| {
                while let Some(case) = chosen.get(next.fetch_add(1, Ordering::Relaxed)) {
                    // What fails in the making of its site is a failure of this case alone.
                    let told = thread::scope(|one| one.spawn(|| case.check()).join());
                    let told = told.unwrap_or_else(|_| Err("it panicked".to_owned()));
                    println!("test {} ... {}", case.name, if told.is_ok() { "ok" } else { "FAILED" });
                    if let Err(why) = told {
                        failed.lock().expect("no case holds it").push(format!("---- {} ----\n{why}", case.name));
                    }
                }
            });
        }
    });
    let mut failed = failed.into_inner().expect("all have ended");
    failed.sort();
    failed.iter().for_each(|why| println!("\n{why}"));
    let result = if failed.is_empty() { "ok" } else { "FAILED" };
    println!(
        "\ntest result: {result}. {} passed; {} failed; {} filtered out\n",
        chosen.len() - failed.len(),
        failed.len(),
        rest.len()
    );
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

impl Case {
    /// Lays it over its site and compares the whole report with the expected one; no other rule than its own may
    /// speak, since one cause gives one message.
    fn check(&self) -> Result<(), String> {
        // Setting the document is slow: only where its template is what is wrong.
        let sets = self.folder.join("themes/prova/documento").exists().then_some("--documento");
        let site = (self.serie.site)().lay_over(&self.folder);
        let output = site.concilia(["check", "--tutti"].into_iter().chain(sets)).output();
        let expected = self.folder.join("atteso.txt");
        if std::env::var_os("AGGIORNA").is_some() {
            fs::write(&expected, &output.stderr).expect("atteso.txt");
        }
        let told = fs::read_to_string(&expected).unwrap_or_default();
        if told != output.stderr {
            return Err(format!("expected\n{told}\nbut got\n{}\n(AGGIORNA=1 writes what is told now)", output.stderr));
        }
        let codes: BTreeSet<String> = output.codes().into_iter().collect();
        if codes != BTreeSet::from([self.code.clone()]) {
            return Err(format!("told as {codes:?}\n{}", output.stderr));
        }
        let is_error = output.stderr.lines().any(|line| line.starts_with("errore["));
        if output.code != Some(i32::from(is_error)) || !output.stdout.is_empty() {
            return Err(format!("exits {:?} and writes «{}»", output.code, output.stdout));
        }
        Ok(())
    }
}

/// The arguments of every test binary, as far as they choose among the cases.
struct Asked {
    list: bool,
    exact: bool,
    names: Vec<String>,
    skipped: Vec<String>,
    threads: usize,
}

impl Asked {
    fn of(mut args: impl Iterator<Item = String>) -> Self {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let mut asked = Asked { list: false, exact: false, names: Vec::new(), skipped: Vec::new(), threads };
        while let Some(arg) = args.next() {
            let (option, value) = arg.split_once('=').map_or((arg.as_str(), None), |(o, v)| (o, Some(v.to_owned())));
            match option {
                "--list" => asked.list = true,
                "--exact" => asked.exact = true,
                // No case is ignored, so a run of the ignored ones has none.
                "--ignored" => asked.names.push("no such case".to_owned()),
                "--skip" => asked.skipped.extend(value.or_else(|| args.next())),
                "--test-threads" => {
                    let number = value.or_else(|| args.next()).and_then(|number| number.parse().ok());
                    asked.threads = number.unwrap_or(threads).max(1);
                }
                "--format" | "--color" | "--logfile" if value.is_none() => drop(args.next()),
                option if option.starts_with('-') => {}
                _ => asked.names.push(arg),
            }
        }
        asked
    }

    fn wants(&self, name: &str) -> bool {
        let fits = |part: &String| if self.exact { name == part } else { name.contains(part.as_str()) };
        (self.names.is_empty() || self.names.iter().any(fits)) && !self.skipped.iter().any(fits)
    }
}
