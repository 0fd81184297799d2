//! Arguments, exit codes and what is said on the terminal.
//!
//! Exit 0: fine, warnings included; 1: errors were found; 2: could not run.

mod args;
mod confronta;
mod consegna;
mod explain;
mod graduatoria;
mod materiali;
mod norme;
mod riparto;
mod simula;
mod tabella;
mod verifica;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use crate::pipeline::{self, Built, Prepared};
use crate::report::{self, Format};
use crate::store::Store;

use args::{Command, Shown};

/// Findings stop the publication.
const FOUND: u8 = 1;
/// The command could not do its work.
const COULD_NOT: u8 = 2;

/// Runs the program.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let command = match args::parse(args) {
        Ok(command) => command,
        Err(answer) => return answer.give(),
    };
    match command {
        Command::Check(shown) => check(&shown),
        Command::Build(shown, out) => build(&shown, &out),
        Command::Serve(shown, port) => serve(&shown, port),
        Command::Explain(code, content) => told(explain::explain(code.as_deref(), &known_norms(&content))),
        Command::Norme(id, content) => told(norme::norme(id.as_deref(), &known_norms(&content))),
        Command::Simula(simulazione) => simula::run(&simulazione),
        Command::Consegna(shown, periodo, out) => consegna::run(&shown, periodo.as_deref(), out.as_deref()),
        Command::Materiali(shown, periodo, out) => materiali::run(&shown, periodo.as_deref(), out.as_deref()),
        Command::Verifica(domanda) => verifica::run(&domanda),
        Command::Confronta(domanda) => confronta::run(&domanda),
    }
}

/// The built-in norms and, where there is a site, its own.
fn known_norms(content: &std::path::Path) -> explain::Norme {
    // A rule is explained also where there is no site, or a broken one.
    crate::plan::norms_of(Store::load(content).ok().as_ref())
}

fn told(text: Result<String, String>) -> ExitCode {
    match text {
        Ok(text) => {
            print(&text);
            ExitCode::SUCCESS
        }
        Err(message) => fail(&message),
    }
}

fn check(shown: &Shown) -> ExitCode {
    let mut prepared = match pipeline::prepare(&shown.request) {
        Ok(prepared) => prepared,
        Err(error) => return fail(&error),
    };
    if !prepared.stops(false) {
        prepared.prove();
    }
    tell(&prepared, shown);
    if prepared.stops(shown.strict) {
        return ExitCode::from(FOUND);
    }
    say(&format!("Tutto a posto: {} file da pubblicare.", prepared.routes.len()));
    ExitCode::SUCCESS
}

fn build(shown: &Shown, out: &std::path::Path) -> ExitCode {
    let mut prepared = match pipeline::prepare(&shown.request) {
        Ok(prepared) => prepared,
        Err(error) => return fail(&error),
    };
    let built = prepared.publish(&shown.request, out, shown.strict);
    tell(&prepared, shown);
    let only_warnings = !prepared.report.has_errors();
    // The program ends here: the system takes the memory back faster all at once than piece by piece.
    std::mem::forget(prepared);
    match built {
        Err(error) => fail(&error),
        Ok(Built::Refused) => {
            if only_warnings {
                complain("con `--severo` gli avvisi contano come errori");
            }
            complain(&format!("nulla è stato pubblicato: `{}` è rimasta com'era", out.display()));
            ExitCode::from(FOUND)
        }
        Ok(Built::Published { outcome, files, .. }) => {
            for warning in &outcome.warnings {
                complain(&format!("avviso: {warning}"));
            }
            say(&format!(
                "Pubblicati {files} file in {}: {} nuovi o cambiati, {} uguali, {} tolti.",
                out.display(),
                outcome.written,
                outcome.unchanged,
                outcome.removed
            ));
            ExitCode::SUCCESS
        }
    }
}

fn serve(shown: &Shown, port: u16) -> ExitCode {
    match crate::serve::run(&shown.request, port, say_always) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

/// The findings: for people on the standard error, with their count; for programs on the standard output.
fn tell(prepared: &Prepared, shown: &Shown) {
    if prepared.report.is_empty() && !shown.format.is_for_programs() {
        return;
    }
    let color = std::io::stderr().is_terminal() && colors_wanted();
    let texts = prepared.texts();
    let mut text = report::render(&prepared.report, &texts, shown.format, color);
    if shown.format.is_for_programs() {
        // Nobody is left to tell when the standard output is closed.
        let _ = std::io::stdout().lock().write_all(text.as_bytes());
        return;
    }
    if shown.format == Format::Human {
        text.push_str(&format!("{}\n", prepared.report.counts().summary()));
    }
    // Nobody is left to tell when the standard error is closed.
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// See <https://no-color.org>.
fn colors_wanted() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Success is told to people, not to pipes.
fn say(line: &str) {
    if std::io::stdout().is_terminal() {
        say_always(line);
    }
}

fn say_always(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

fn print(text: &str) {
    // Nobody is left to tell when the standard output is closed.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

fn complain(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

fn fail(error: &dyn std::fmt::Display) -> ExitCode {
    complain(&format!("errore: {error}"));
    ExitCode::from(COULD_NOT)
}
