//! What is said, and where.
//!
//! Results go to the standard output. Findings, and the closing line that says what happened, go to the standard error:
//! people and logs read it there whatever the output is sent to, and no program that reads a result stumbles over it.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use crate::pipeline::Prepared;
use crate::report::{self, Severity};
use crate::site::Site;

use super::args::Shown;
use super::{COULD_NOT, Done, FOUND};

/// A result, and the exit status it stands for; where it cannot be written, another one.
pub fn give(text: &str, code: u8) -> ExitCode {
    write(&harmless(text), code)
}

/// What is told may quote what others wrote: nothing in it moves the cursor or turns the line around.
pub fn harmless(text: &str) -> String {
    text.split('\n').map(report::one_line).collect::<Vec<_>>().join("\n")
}

/// The same for what programs read, byte for byte.
pub fn write(text: &str, code: u8) -> ExitCode {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // Nobody is left to tell when a reader such as `head` has gone.
        Err(cause) if cause.kind() != std::io::ErrorKind::BrokenPipe => {
            fail(&format!("non riesco a scrivere il risultato: {}", crate::io_message(&cause)))
        }
        _ => ExitCode::from(code),
    }
}

/// The findings; the exit status where they cannot be written.
pub fn tell(prepared: &Prepared, shown: &Shown) -> Result<(), ExitCode> {
    let text = |format, color| {
        // Programs leave out by themselves what they do not want; strict users want all that stops them.
        let errors = shown.only_errors && !shown.strict && !shown.format.is_for_programs();
        let report = if errors { &prepared.report.errors() } else { &prepared.report };
        report::render(report, &prepared.texts(), format, color)
    };
    if shown.format.is_for_programs() {
        let given = write(&text(shown.format, false), 0);
        return if given == ExitCode::SUCCESS { Ok(()) } else { Err(given) };
    }
    if !prepared.report.is_empty() {
        let color = std::io::stderr().is_terminal() && colors_wanted();
        // Nobody is left to tell when the standard error is closed.
        let _ = std::io::stderr().lock().write_all(text(shown.format, color).as_bytes());
    }
    Ok(())
}

/// The closing line of a run that did what it should, with the warnings that did not stop it; the notes, where there is
/// nothing more.
pub fn close(prepared: &Prepared, happened: &str) {
    let counts = prepared.report.counts();
    let also = match (counts.warnings, counts.notes) {
        (0, 0) => String::new(),
        (0, notes) => format!("; {}", Severity::Note.counted(notes)),
        (warnings, _) => format!("; {}", Severity::Warning.counted(warnings)),
    };
    complain(&format!("{happened}{also}"));
}

/// The site of records that nothing stops; else the end of the command, with the findings.
pub fn site_or_refused<'p>(
    prepared: &'p Prepared,
    shown: &Shown,
    happened: &str,
    stands: &str,
) -> Result<&'p Site, ExitCode> {
    let site = prepared.site.as_ref().filter(|_| !prepared.stops(shown.strict));
    site.ok_or_else(|| refused(prepared, shown, happened, stands).unwrap_or_else(|code| code))
}

/// The findings that stop a run, and the closing line: what did not happen, why, and how things stand.
pub fn refused(prepared: &Prepared, shown: &Shown, happened: &str, stands: &str) -> Done {
    tell(prepared, shown)?;
    let counts = prepared.report.counts();
    let warnings = Severity::Warning.counted(counts.warnings);
    let why = if counts.errors == 0 {
        format!("{warnings}, e con `--severo` gli avvisi contano come errori")
    } else {
        let first = prepared.report.first_error(&prepared.texts());
        let first = first
            .map(|place| if counts.errors == 1 { format!(", in {place}") } else { format!(", il primo in {place}") });
        let also = if counts.warnings > 0 { format!("; {warnings}") } else { String::new() };
        format!("{}{}{also}", Severity::Error.counted(counts.errors), first.unwrap_or_default())
    };
    complain(&format!("{happened}: {why}{stands}"));
    Ok(ExitCode::from(FOUND))
}

/// See <https://no-color.org>.
fn colors_wanted() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// What takes a while, for who waits at a terminal: it is no result, and nobody else hears of it.
pub fn waiting(line: &str) {
    if std::io::stderr().is_terminal() {
        complain(line);
    }
}

pub fn complain(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", harmless(line));
}

/// What came of something that may fail, or the end of the command.
pub fn or_fail<T, E: std::fmt::Display>(result: Result<T, E>) -> Result<T, ExitCode> {
    result.map_err(|error| fail(&error))
}

pub fn fail(error: &dyn std::fmt::Display) -> ExitCode {
    complain(&format!("errore: {error}"));
    ExitCode::from(COULD_NOT)
}
