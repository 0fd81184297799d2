//! The answers to a command line that is not understood, in Italian.

use std::process::ExitCode;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::suggest;
use crate::value::elenco;

use super::args::command;
use super::commands::{COMMANDS, Entry, named};
use super::{fail, give};

pub fn no_command() -> ExitCode {
    fail(&format!("manca il comando\n\n{}", command().render_help()).trim_end())
}

/// What the parser says of a line whose first word is `name`.
pub fn answer(error: &Error, name: &str) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp => return give(&error.render().to_string(), 0),
        ErrorKind::DisplayVersion => return give(&format!("concilia {}\n", env!("CARGO_PKG_VERSION")), 0),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return no_command(),
        _ => {}
    }
    let argument = context(error, ContextKind::InvalidArg).unwrap_or_default();
    let option = argument.split(' ').next().unwrap_or_default();
    let value = context(error, ContextKind::InvalidValue).unwrap_or_default();
    let help = named(name).map_or("concilia aiuto".to_owned(), |entry| format!("concilia aiuto {}", entry.name));
    fail(&match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = context(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            let words = COMMANDS.iter().flat_map(|entry| [Some(entry.name), entry.alias]).flatten();
            let all = || elenco(COMMANDS.iter().map(|entry| format!("`{}`", entry.name)));
            let help = suggest::meant(suggest::closest(&name, words), || format!("si può scegliere fra {}", all()));
            format!("il comando `{name}` non c'è: {help}")
        }
        ErrorKind::UnknownArgument if argument.starts_with('-') => match named(name) {
            None if options().any(|(_, known)| known == argument) => return no_command(),
            entry => format!("l'opzione `{argument}` {}", unknown_option(&argument, entry, &help)),
        },
        ErrorKind::UnknownArgument if takes_names(name) => {
            let usage = named(name).map_or("", |entry| entry.usage);
            format!("`{argument}` è di troppo: si scrive `concilia {name} {usage}`")
        }
        ErrorKind::UnknownArgument => format!(
            "`{argument}` è di troppo: le cartelle e i file si indicano con un'opzione, come `--content {argument}` \
             (vedi `{help}`)"
        ),
        ErrorKind::InvalidValue if value.is_empty() => format!("dopo `{option}` manca il valore"),
        ErrorKind::InvalidValue => {
            let known = contexts(error, ContextKind::ValidValue);
            let known = suggest::list(known.iter().map(String::as_str));
            format!("`{value}` non va bene per `{option}`: si può scegliere fra {known}")
        }
        ErrorKind::ValueValidation if option == "--port" => {
            format!("`{value}` non va bene per `--port`: una porta è un numero da 1 a {}", u16::MAX)
        }
        ErrorKind::ValueValidation => format!("`{value}` non va bene per `{option}`: vedi `{help}`"),
        ErrorKind::MissingRequiredArgument => {
            let missing = elenco(contexts(error, ContextKind::InvalidArg).iter().map(|arg| format!("`{arg}`")));
            format!("manca {missing}: vedi `{help}`")
        }
        ErrorKind::ArgumentConflict => format!("l'opzione `{option}` è scritta due volte"),
        ErrorKind::InvalidUtf8 => "un argomento contiene caratteri illeggibili".to_owned(),
        _ => format!("la riga di comando non si capisce: vedi `{help}`"),
    })
}

/// Whether a command is about what its line names without an option.
fn takes_names(name: &str) -> bool {
    named(name).is_some_and(|entry| (entry.args)().iter().any(clap::Arg::is_positional))
}

/// Every option with its command.
fn options() -> impl Iterator<Item = (&'static Entry, String)> {
    COMMANDS.iter().flat_map(|entry| {
        (entry.args)().into_iter().filter_map(move |arg| arg.get_long().map(|long| (entry, format!("--{long}"))))
    })
}

fn unknown_option(written: &str, entry: Option<&Entry>, help: &str) -> String {
    let (own, others): (Vec<_>, Vec<_>) =
        options().partition(|(of, _)| entry.is_some_and(|entry| entry.name == of.name));
    let has_it: Vec<&str> = others.iter().filter(|(_, known)| known == written).map(|(of, _)| of.name).collect();
    if let (Some(entry), false) = (entry, has_it.is_empty()) {
        let verb = if has_it.len() == 1 { "conosce" } else { "conoscono" };
        return format!("non è di `{}`: la {verb} {}", entry.name, suggest::list(has_it));
    }
    let near = suggest::closest(written, own.iter().map(|(_, known)| known.as_str()));
    format!("non c'è: {}", suggest::meant(near, || format!("vedi `{help}`")))
}

fn context(error: &Error, kind: ContextKind) -> Option<String> {
    contexts(error, kind).into_iter().next()
}

fn contexts(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}
