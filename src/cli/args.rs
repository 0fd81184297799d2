//! The command line, in Italian: read by the table of commands.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;

use crate::pipeline::{Request, is_base_url};
use crate::report::Format;
use crate::value::Id;

use super::commands::{COMMANDS, named};
use super::mistyped::{answer, no_command};
use super::options::{help_flag, version_flag};
use super::{Done, fail, or_fail};

/// A request and how its findings are shown.
pub struct Shown {
    pub request: Request,
    pub strict: bool,
    /// Only for what people read.
    pub only_errors: bool,
    pub format: Format,
}

impl Shown {
    /// For commands that use records and are about something else: `check` tells the warnings.
    pub fn errors_of(request: Request) -> Self {
        Shown { request, strict: false, only_errors: true, format: Format::Brief }
    }
}

const HELP: &str = "{about}\n\nUso: {usage}\n\n{all-args}\n{after-help}";
const HELP_OF_ONE: &str = "{about}\n\nUso: {usage}\n\n{all-args}";

const ABOUT: &str = "concilia: dalle schede dei Piani di conciliazione al sito pubblicato.";

const AFTER: &str = "\
Per cominciare:
  concilia inizia        fa un sito nuovo, che si può già pubblicare
  concilia check         controlla i file e dice che cosa non va, senza pubblicare
  concilia serve         mostra il sito nel browser e lo aggiorna mentre scrivi
  concilia build         controlla e pubblica in `public`
  concilia guida         la guida per chi scrive il Piano, nel browser
  concilia aiuto build   le opzioni di un comando

Esce con 0 se va tutto bene (avvisi compresi), 1 se ci sono errori, 2 se non ha potuto lavorare.
";

/// The whole command line, for the parser and for whoever describes it.
pub fn command() -> clap::Command {
    let bare = |name: &'static str| clap::Command::new(name).disable_help_flag(true).arg(help_flag());
    let commands = COMMANDS.iter().map(|entry| {
        let also = entry.alias.map(|alias| format!(" (anche `{alias}`)"));
        bare(entry.name)
            .about(format!("{}{}", entry.about, also.unwrap_or_default()))
            .aliases(entry.alias)
            .help_template(HELP_OF_ONE)
            .override_usage(format!("concilia {} {}", entry.name, entry.usage))
            .args((entry.args)())
    });
    bare("concilia")
        .about(ABOUT)
        .version(env!("CARGO_PKG_VERSION"))
        .help_template(HELP)
        .override_usage("concilia <comando> [opzioni]")
        .subcommand_help_heading("Comandi")
        .subcommand_value_name("comando")
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .arg(version_flag())
        .after_help(AFTER)
        .subcommands(commands)
}

/// Does what the command line says.
pub fn run(args: Vec<OsString>) -> Done {
    let args = command_first(args);
    let name = args.get(1).map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let matches = command().try_get_matches_from(args).map_err(|error| answer(&error, &name))?;
    let found = matches.subcommand().and_then(|(name, matches)| Some((named(name)?, matches)));
    let (entry, matches) = found.ok_or_else(no_command)?;
    (entry.run)(matches)
}

/// `concilia --content x check` and `concilia aiuto check`, as the parser takes them.
fn command_first(mut args: Vec<OsString>) -> Vec<OsString> {
    let with_value: Vec<String> = COMMANDS
        .iter()
        .flat_map(|entry| (entry.args)())
        .filter(|arg| arg.get_action().takes_values())
        .filter_map(|arg| arg.get_long().map(|name| format!("--{name}")))
        .collect();
    let mut at = 1;
    while let Some(arg) = args.get(at).filter(|arg| arg.as_encoded_bytes().starts_with(b"-")) {
        at += if with_value.iter().any(|option| arg == option.as_str()) { 2 } else { 1 };
    }
    if at >= args.len() {
        return args;
    }
    let name = args.remove(at);
    if name == "aiuto" || name == "help" {
        args.push("--help".into());
        return command_first(args);
    }
    args.insert(1, name);
    args
}

pub fn word<'a>(matches: &'a ArgMatches, name: &str) -> Option<&'a str> {
    matches.get_one::<String>(name).map(String::as_str)
}

/// What is read by its own rules; a mistake ends the command.
pub fn parsed<T>(
    matches: &ArgMatches,
    name: &str,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Result<Option<T>, ExitCode> {
    or_fail(word(matches, name).map(parse).transpose())
}

pub fn file<'a>(matches: &'a ArgMatches, name: &str) -> Option<&'a Path> {
    matches.get_one::<PathBuf>(name).map(PathBuf::as_path)
}

/// The folder of an option that has one by itself.
pub fn folder<'a>(matches: &'a ArgMatches, name: &str) -> &'a Path {
    file(matches, name).unwrap_or(Path::new(""))
}

pub fn is_json(matches: &ArgMatches) -> bool {
    word(matches, "format") == Some("json")
}

/// The records as they are, for commands that take no other options of a site.
pub fn records(matches: &ArgMatches) -> Request {
    Request { content: folder(matches, "content").to_owned(), base_url: None, theme: None }
}

pub fn shown(matches: &ArgMatches) -> Result<Shown, ExitCode> {
    let base_url = word(matches, "base-url");
    if let Some(address) = base_url.filter(|address| !is_base_url(address)) {
        return Err(fail(&format!(
            "`{address}` non è l'indirizzo di un sito: scrivilo per intero, come `https://www.esempio.it/piano/`"
        )));
    }
    let theme = word(matches, "theme");
    if let Some(name) = theme.filter(|name| Id::parse(name).is_err()) {
        return Err(fail(&format!("`{name}` non è il nome di un tema: è una cartella di `themes`, come `italia`")));
    }
    // `serve` has none of these.
    let flag = |name: &str| matches.try_get_one::<bool>(name).ok().flatten().copied().unwrap_or(false);
    let format = match word(matches, "format") {
        Some("riga") => Format::Line,
        Some("json") => Format::Json,
        Some("sarif") => Format::Sarif,
        _ if flag("tutti") => Format::Human,
        _ => Format::Brief,
    };
    let (base_url, theme) = (base_url.map(str::to_owned), theme.map(str::to_owned));
    let request = Request { base_url, theme, ..records(matches) };
    Ok(Shown { request, strict: flag("severo"), only_errors: flag("solo-errori"), format })
}
