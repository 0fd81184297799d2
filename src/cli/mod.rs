//! Arguments, exit codes and what is said on the terminal.
//!
//! Exit 0: fine, warnings included; 1: errors were found; 2: could not run.

mod args;
mod campi;
mod commands;
mod completamento;
mod confronta;
mod consegna;
mod documento;
mod domande;
mod esporta;
mod explain;
mod graduatoria;
mod guida;
mod importa;
mod inizia;
mod materiali;
mod mistyped;
mod norme;
mod nuovo;
mod options;
mod piano_scelto;
mod ricostruzione;
mod riordina;
mod riparto;
mod said;
mod scadenze;
mod schema;
mod simula;
mod tabella;
mod uscita;
mod verifica;

use std::ffi::OsString;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use clap::ArgMatches;

use crate::input::elenchi::Elenchi;
use crate::input::store::Store;
use crate::pipeline::{self, Built};
use crate::publish::Outcome;

use args::{folder, shown};
use said::{close, complain, fail, give, or_fail, refused, site_or_refused, tell, waiting};

/// Findings stop the publication.
const FOUND: u8 = 1;
/// The command could not do its work.
const COULD_NOT: u8 = 2;

/// Runs the program.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    if let [_, word, cartella] = &args[..]
        && word == ricostruzione::ARGOMENTO
    {
        return ricostruzione::qui(cartella.as_ref());
    }
    args::run(args).unwrap_or_else(|code| code)
}

/// How a command ended; an error is how it ended early.
type Done = Result<ExitCode, ExitCode>;

/// The built-in norms and, where there is a site, its own, with what its records may name.
fn known(content: &Path) -> (explain::Note, Elenchi) {
    // A rule is explained also where there is no site, or a broken one.
    let store = Store::load(content).ok();
    let note = explain::Note::new(store.as_ref());
    let elenchi = Elenchi::new(store.as_ref(), &note.norme);
    (note, elenchi)
}

fn check(args: &ArgMatches) -> Done {
    let shown = &shown(args)?;
    let mut prepared = or_fail(pipeline::prepare(&shown.request))?;
    if !prepared.stops(false) {
        prepared.prove(args.get_flag("documento"));
    }
    if prepared.stops(shown.strict) {
        return refused(&prepared, shown, "Non si può pubblicare", "");
    }
    tell(&prepared, shown)?;
    close(&prepared, if prepared.report.is_empty() { "Tutto a posto: si può pubblicare" } else { "Si può pubblicare" });
    Ok(ExitCode::SUCCESS)
}

fn build(args: &ArgMatches) -> Done {
    let (shown, out) = (&shown(args)?, folder(args, "out"));
    let mut prepared = or_fail(pipeline::prepare(&shown.request))?;
    if !prepared.stops(shown.strict) {
        waiting("Le schede vanno bene: compongo le pagine e i documenti…");
    }
    let built = prepared.publish(&shown.request, out, shown.strict);
    if matches!(built, Ok(Built::Refused)) {
        let stands = if out.exists() { format!("; `{}` resta com'era", out.display()) } else { String::new() };
        return refused(&prepared, shown, "Non pubblicato", &stands);
    }
    let told = tell(&prepared, shown);
    if let Built::Published { outcome, files } = or_fail(built)? {
        outcome.warnings.iter().for_each(|warning| complain(&format!("avviso: {warning}")));
        close(&prepared, &published(out, files, &outcome));
    }
    // The program ends here: the system takes the memory back faster all at once than piece by piece.
    std::mem::forget(prepared);
    told.map(|()| ExitCode::SUCCESS)
}

fn published(out: &Path, files: usize, outcome: &Outcome) -> String {
    let mut line = format!("Pubblicato in `{}`: {files} file", out.display());
    if (outcome.written, outcome.removed) == (0, 0) {
        return format!("{line}, nessuno cambiato");
    }
    let written = if outcome.written == 1 { "nuovo o cambiato" } else { "nuovi o cambiati" };
    line.push_str(&format!(", {} {written}", outcome.written));
    match outcome.removed {
        0 => {}
        1 => line.push_str(", 1 tolto"),
        removed => line.push_str(&format!(", {removed} tolti")),
    }
    line
}

fn serve(args: &ArgMatches) -> Done {
    let port = args.get_one("port").copied().unwrap_or(0);
    let preview = or_fail(crate::serve::start(&shown(args)?.request, port, say))?;
    if !args.get_flag("sola-lettura") {
        or_fail(crate::editor::start(&preview, ricostruzione::in_disparte, say))?;
    }
    preview.run();
    Ok(ExitCode::SUCCESS)
}

/// Says something at once, whoever reads it.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}
