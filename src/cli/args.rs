//! The command line, in Italian: help, and an answer to what was mistyped.

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, ValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Error};

use crate::pipeline::{Request, is_base_url};
use crate::report::Format;
use crate::value::Euro;

use super::simula::{Domanda, Simulazione};
use super::{confronta, verifica};

/// What to do.
pub enum Command {
    Build(Shown, PathBuf),
    /// `true` where documents and cards are set too.
    Check(Shown, bool),
    Serve(Shown, u16),
    Explain(Option<String>, PathBuf),
    Norme(Option<String>, PathBuf),
    Simula(Simulazione),
    Consegna(Shown, Option<String>, Option<PathBuf>),
    Materiali(Shown, Option<String>, Option<PathBuf>),
    Verifica(verifica::Domanda),
    Confronta(confronta::Domanda),
}

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

/// Help, the version, or what is wrong with the command line.
pub struct Answer {
    text: String,
    code: u8,
}

impl Answer {
    pub fn give(self) -> ExitCode {
        // Nobody is left to tell when the stream is closed.
        let _ = if self.code == 0 {
            std::io::stdout().lock().write_all(self.text.as_bytes())
        } else {
            std::io::stderr().lock().write_all(self.text.as_bytes())
        };
        ExitCode::from(self.code)
    }
}

const HELP: &str = "{about}\n\nUso: {usage}\n\n{all-args}\n{after-help}";

const ABOUT: &str = "concilia: dai file dei piani di conciliazione al sito pubblicato.";

const AFTER: &str = "\
Per cominciare:
  concilia check     controlla i file e dice che cosa non va, senza pubblicare
  concilia serve     mostra il sito nel browser e lo aggiorna mentre scrivi
  concilia build     controlla e pubblica in `public`

Esce con 0 se va tutto bene (avvisi compresi), 1 se ci sono errori, 2 se non ha potuto lavorare.
";

fn command() -> clap::Command {
    clap::Command::new("concilia")
        .about(ABOUT)
        .version(env!("CARGO_PKG_VERSION"))
        .help_template(HELP)
        .override_usage("concilia <comando> [opzioni]")
        .subcommand_help_heading("Comandi")
        .subcommand_value_name("comando")
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(help_flag())
        .arg(
            Arg::new("version")
                .long("version")
                .short('V')
                .action(ArgAction::Version)
                .help("Mostra la versione")
                .help_heading("Opzioni"),
        )
        .after_help(AFTER)
        .subcommand(
            sub("build", "Controlla i file e pubblica il sito")
                .arg(
                    path("out", "cartella", "La cartella in cui pubblicare (di solito `public`)")
                        .default_value("public"),
                )
                .args(weighed()),
        )
        .subcommand(
            sub("check", "Controlla i file senza pubblicare nulla")
                .args(weighed())
                .arg(flag("documento", "Compone anche i documenti PDF e le cartoline, come fa `build`")),
        )
        .subcommand(
            sub("serve", "Mostra il sito su questo computer e lo aggiorna a ogni modifica").arg(
                Arg::new("port")
                    .long("port")
                    .value_name("numero")
                    .value_parser(clap::value_parser!(u16).range(1..))
                    .default_value("4400")
                    .hide_default_value(true)
                    .help("La porta; se è occupata si usa la prima libera dopo (di solito 4400)")
                    .help_heading("Opzioni"),
            ),
        )
        .subcommand(
            bare("explain", "Spiega una regola, o le elenca tutte", "concilia explain [codice] [opzioni]".into())
                .arg(argument("codice", "Il codice fra parentesi quadre in un messaggio, come `Q-02` o `P25-06`"))
                .arg(content()),
        )
        .subcommand(
            bare("norme", "Elenca le norme, o mostra le regole di una", "concilia norme [id] [opzioni]".into())
                .arg(argument("id", "Il nome di una norma, come `dgr-5464-2025`"))
                .arg(content()),
        )
        .subcommand(
            simulating(
                "graduatoria",
                "Simula la graduatoria di un periodo: chi riceve quanto, e con quale altra dotazione",
                "<periodo>",
                "La cartella del piano, come `2017-2018`",
                "La dotazione da provare al posto di quella registrata, come `300000.00`",
            )
            .arg(text("avviso", "id", "Solo i progetti di un avviso").display_order(0)),
        )
        .subcommand(simulating(
            "riparto",
            "Riproduce il riparto delle risorse fra le ATS per numero di abitanti",
            "[periodo]",
            "La cartella del piano, come `2025-2027`; di solito l'ultimo che ha un riparto",
            "Il totale annuo da provare al posto di quello registrato, come `1200000.00`",
        ))
        .subcommand(
            sub("consegna", "Scrive il pacchetto del Piano per la Regione: documento, dati, schede e impronte")
                .override_usage("concilia consegna <periodo> [opzioni]")
                .arg(argument("periodo", "La cartella del piano, come `2025-2027`; se ce n'è uno solo si può omettere"))
                .arg(path("out", "file", "Il file da scrivere, o la cartella in cui metterlo (di solito questa)"))
                .args(weighed()),
        )
        .subcommand(
            sub("materiali", "Compone locandine e cartoline dei progetti e degli avvisi, con frase, logo e codice QR")
                .override_usage("concilia materiali <periodo> [opzioni]")
                .arg(argument("periodo", "La cartella del piano, come `2025-2027`; se ce n'è uno solo si può omettere"))
                .arg(path("out", "cartella", "La cartella in cui scriverli (di solito `materiali-<periodo>`)"))
                .args(weighed()),
        )
        .subcommand(
            bare("verifica", "Verifica un pacchetto, byte per byte", "concilia verifica <file> [opzioni]".into())
                .arg(given_path("file", "Il pacchetto, la cartella in cui è stato estratto, o un suo file sciolto"))
                .arg(path("pacchetto", "file", "Il pacchetto da cui viene un file sciolto, come un PDF"))
                .arg(told_as()),
        )
        .subcommand(
            bare(
                "confronta",
                "Dice che cosa è cambiato fra due pacchetti, o fra un pacchetto e le schede",
                "concilia confronta <prima> <dopo> [opzioni]".into(),
            )
            .arg(given_path("prima", "Un pacchetto, la cartella in cui è stato estratto, o una cartella di contenuti"))
            .arg(given_path("dopo", "Come il primo: la versione più recente"))
            .arg(text("periodo", "periodo", "Quale piano, dove le schede ne hanno più d'uno"))
            .arg(told_as()),
        )
}

/// A command that simulates, on the period of its argument.
fn simulating(
    name: &'static str,
    about: &'static str,
    usage: &str,
    period: &'static str,
    money: &'static str,
) -> clap::Command {
    bare(name, about, format!("concilia {name} {usage} [opzioni]"))
        .arg(argument("periodo", period))
        .arg(content())
        .arg(text("dotazione", "importo", money))
        .arg(told_as())
}

/// How a result is shown that is no list of findings.
fn told_as() -> Arg {
    text("format", "forma", "Come mostrare il risultato: `testo` o `json` (per altri programmi)")
        .value_parser(PossibleValuesParser::new(["testo", "json"]))
        .hide_possible_values(true)
}

/// A command, its help in Italian.
fn bare(name: &'static str, about: &'static str, usage: String) -> clap::Command {
    clap::Command::new(name)
        .about(about)
        .help_template("{about}\n\nUso: {usage}\n\n{all-args}")
        .override_usage(usage)
        .disable_help_flag(true)
        .arg(help_flag())
}

/// A command that works on a site.
fn sub(name: &'static str, about: &'static str) -> clap::Command {
    bare(name, about, format!("concilia {name} [opzioni]"))
        .arg(content())
        .arg(
            Arg::new("base-url")
                .long("base-url")
                .value_name("indirizzo")
                .value_parser(ValueParser::string())
                .help("L'indirizzo pubblico del sito, al posto di quello in `sito.yaml`")
                .help_heading("Opzioni"),
        )
        .arg(
            Arg::new("theme")
                .long("theme")
                .value_name("nome")
                .value_parser(ValueParser::string())
                .help("Il tema, al posto di quello in `sito.yaml`: una cartella di `themes`")
                .help_heading("Opzioni"),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("forma")
                .value_parser(PossibleValuesParser::new(["esteso", "riga", "json", "sarif"]))
                .default_value("esteso")
                .hide_default_value(true)
                .hide_possible_values(true)
                .help(
                    "Come mostrare i problemi: `esteso`, `riga` (uno per riga), `json` o `sarif` (per altri programmi)",
                )
                .help_heading("Opzioni"),
        )
}

fn content() -> Arg {
    path("content", "cartella", "La cartella dei contenuti (di solito `content`)").default_value("content")
}

fn text(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).value_parser(ValueParser::string()).help(help).help_heading("Opzioni")
}

/// A word that follows the command.
fn argument(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).value_name(name).value_parser(ValueParser::string()).help(help).help_heading("Argomenti")
}

/// A file or folder that follows the command.
fn given_path(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).value_name(name).value_parser(ValueParser::path_buf()).help(help).help_heading("Argomenti")
}

fn path(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(value)
        .value_parser(ValueParser::path_buf())
        .hide_default_value(true)
        .help(help)
        .help_heading("Opzioni")
}

/// Which findings are shown, and how much they weigh.
fn weighed() -> [Arg; 3] {
    [
        ("severo", "Tratta gli avvisi come errori"),
        ("solo-errori", "Mostra solo gli errori; gli avvisi restano contati nell'ultima riga"),
        ("tutti", "Mostra ogni avviso per intero, anche quando sono molti"),
    ]
    .map(|(name, help)| flag(name, help))
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help).help_heading("Opzioni")
}

fn help_flag() -> Arg {
    Arg::new("help")
        .long("help")
        .short('h')
        .action(ArgAction::Help)
        .display_order(999)
        .help("Mostra questo aiuto")
        .help_heading("Opzioni")
}

/// Reads the command line.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Command, Answer> {
    let matches = command().try_get_matches_from(args).map_err(|error| answer(&error))?;
    let Some((name, matches)) = matches.subcommand() else { return Err(no_command()) };
    let word = |name: &str| matches.get_one::<String>(name).cloned();
    match name {
        "explain" => return Ok(Command::Explain(word("codice"), given(matches, "content"))),
        "norme" => return Ok(Command::Norme(word("id"), given(matches, "content"))),
        _ => {}
    }
    if let "graduatoria" | "riparto" = name {
        return simulation(name, matches).map(Command::Simula);
    }
    let path = |name: &str| matches.get_one::<PathBuf>(name).cloned();
    if name == "verifica" {
        let json = word("format").as_deref() == Some("json");
        return Ok(Command::Verifica(verifica::Domanda { file: path("file"), pacchetto: path("pacchetto"), json }));
    }
    if name == "confronta" {
        let json = word("format").as_deref() == Some("json");
        let (prima, dopo) = (path("prima"), path("dopo"));
        return Ok(Command::Confronta(confronta::Domanda { prima, dopo, periodo: word("periodo"), json }));
    }
    let shown = shown(matches)?;
    Ok(match name {
        "consegna" => Command::Consegna(shown, word("periodo"), path("out")),
        "materiali" => Command::Materiali(shown, word("periodo"), path("out")),
        "build" => Command::Build(shown, given(matches, "out")),
        "check" => Command::Check(shown, matches.get_flag("documento")),
        _ => Command::Serve(shown, matches.get_one("port").copied().unwrap_or(0)),
    })
}

fn given(matches: &ArgMatches, name: &str) -> PathBuf {
    matches.get_one::<PathBuf>(name).cloned().unwrap_or_default()
}

fn shown(matches: &ArgMatches) -> Result<Shown, Answer> {
    let base_url = matches.get_one::<String>("base-url").cloned();
    if let Some(address) = base_url.as_deref().filter(|address| !is_base_url(address)) {
        return Err(wrong(&format!(
            "`{address}` non è l'indirizzo di un sito: scrivilo per intero, come `https://www.esempio.it/piano/`"
        )));
    }
    let theme = matches.get_one::<String>("theme").cloned();
    if let Some(name) = theme.as_deref().filter(|name| crate::value::Id::parse(name).is_err()) {
        return Err(wrong(&format!("`{name}` non è il nome di un tema: è una cartella di `themes`, come `italia`")));
    }
    // `serve` has none of these.
    let flag = |name: &str| matches.try_get_one::<bool>(name).ok().flatten().copied().unwrap_or(false);
    let format = match matches.get_one::<String>("format").map(String::as_str) {
        Some("riga") => Format::Line,
        Some("json") => Format::Json,
        Some("sarif") => Format::Sarif,
        _ if flag("tutti") => Format::Human,
        _ => Format::Brief,
    };
    let request = Request { content: given(matches, "content"), base_url, theme };
    Ok(Shown { request, strict: flag("severo"), only_errors: flag("solo-errori"), format })
}

fn simulation(name: &str, matches: &ArgMatches) -> Result<Simulazione, Answer> {
    let said = |name: &str| matches.get_one::<String>(name).cloned();
    let dotazione = said("dotazione").map(|text| Euro::parse(&text)).transpose();
    let domanda = match name {
        "graduatoria" => Domanda::Graduatoria { avviso: said("avviso") },
        _ => Domanda::Riparto,
    };
    Ok(Simulazione {
        content: given(matches, "content"),
        domanda,
        periodo: said("periodo"),
        dotazione: dotazione.map_err(|message| wrong(&format!("`--dotazione`: {message}")))?,
        json: said("format").as_deref() == Some("json"),
    })
}

fn wrong(message: &str) -> Answer {
    Answer { text: format!("errore: {message}\n"), code: super::COULD_NOT }
}

fn no_command() -> Answer {
    let help = command().render_help();
    Answer { text: format!("errore: manca il comando\n\n{help}"), code: super::COULD_NOT }
}

/// The answers of the argument parser, in Italian.
fn answer(error: &Error) -> Answer {
    match error.kind() {
        ErrorKind::DisplayHelp => return Answer { text: error.render().to_string(), code: 0 },
        ErrorKind::DisplayVersion => {
            return Answer { text: format!("concilia {}\n", env!("CARGO_PKG_VERSION")), code: 0 };
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return no_command(),
        _ => {}
    }
    let argument = context(error, ContextKind::InvalidArg).unwrap_or_default();
    let option = argument.split(' ').next().unwrap_or_default();
    let value = context(error, ContextKind::InvalidValue).unwrap_or_default();
    let message = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = context(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            let known =
                "si può scegliere fra `build`, `check`, `serve`, `explain`, `norme`, `graduatoria`, `riparto`, \
                         `consegna`, `verifica` e `confronta`"
                    .to_owned();
            format!(
                "il comando `{name}` non c'è: {}",
                suggestion(error, ContextKind::SuggestedSubcommand).unwrap_or(known)
            )
        }
        ErrorKind::UnknownArgument if argument.starts_with('-') => match suggestion(error, ContextKind::SuggestedArg) {
            Some(near) => format!("l'opzione `{argument}` non c'è: {near}"),
            None => format!("l'opzione `{argument}` non c'è: vedi `concilia --help`"),
        },
        ErrorKind::UnknownArgument => {
            format!(
                "`{argument}` è di troppo: le cartelle si indicano con un'opzione, come `--content {argument}`, e il \
                 pacchetto di un file sciolto con `--pacchetto`"
            )
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("dopo `{option}` manca il valore"),
        ErrorKind::InvalidValue => {
            let known = match error.get(ContextKind::ValidValue) {
                Some(ContextValue::Strings(values)) => crate::suggest::list(values.iter().map(String::as_str)),
                _ => String::new(),
            };
            format!("`{value}` non va bene per `{option}`: si può scegliere fra {known}")
        }
        ErrorKind::ValueValidation => format!("`{value}` non va bene per `{option}`: vedi `concilia --help`"),
        ErrorKind::ArgumentConflict => format!("l'opzione `{option}` è scritta due volte"),
        ErrorKind::InvalidUtf8 => "un argomento contiene caratteri illeggibili".to_owned(),
        _ => "la riga di comando non si capisce: vedi `concilia --help`".to_owned(),
    };
    wrong(&message)
}

fn context(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => texts.first().cloned(),
        _ => None,
    }
}

fn suggestion(error: &Error, kind: ContextKind) -> Option<String> {
    context(error, kind).map(|near| format!("forse intendevi `{near}`?"))
}
