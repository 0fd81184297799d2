//! The options and arguments that commands share, with their help in Italian.

use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction};

const OPTIONS: &str = "Opzioni";

/// What works on a site, with the options of its own in front of those that all such commands have.
pub fn of_site(own: impl IntoIterator<Item = Arg>) -> Vec<Arg> {
    let formats = text(
        "format",
        "forma",
        "Come mostrare i problemi: `esteso`, `riga` (uno per riga), `json` o `sarif` (per altri programmi)",
    );
    let shared = [
        content(),
        text("base-url", "indirizzo", "L'indirizzo pubblico del sito, al posto di quello in `sito.yaml`"),
        text("theme", "nome", "Il tema, al posto di quello in `sito.yaml`: una cartella di `themes`"),
        formats
            .value_parser(PossibleValuesParser::new(["esteso", "riga", "json", "sarif"]))
            .default_value("esteso")
            .hide_default_value(true)
            .hide_possible_values(true),
    ];
    shared.into_iter().chain(own).collect()
}

/// Which findings are shown, and how much they weigh.
pub fn weighed() -> [Arg; 3] {
    [
        ("severo", "Tratta gli avvisi come errori"),
        ("solo-errori", "Mostra solo gli errori; gli avvisi restano contati nell'ultima riga"),
        ("tutti", "Mostra ogni avviso per intero, anche quando sono molti"),
    ]
    .map(|(name, help)| flag(name, help))
}

pub fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help).help_heading(OPTIONS)
}

/// What simulates, on the period of its argument.
pub fn simulating(period: &'static str, money: &'static str) -> Vec<Arg> {
    // What is negative is an amount too, and is told so.
    let dotazione = text("dotazione", "importo", money).allow_negative_numbers(true);
    vec![argument("periodo", period), content(), dotazione, told_as()]
}

/// How a result is shown that is no list of findings.
pub fn told_as() -> Arg {
    text("format", "forma", "Come mostrare il risultato: `testo` o `json` (per altri programmi)")
        .value_parser(PossibleValuesParser::new(["testo", "json"]))
        .hide_possible_values(true)
}

pub fn port() -> Arg {
    text("port", "numero", "La porta (di solito 4400); se è occupata si usa la prima libera dopo")
        .value_parser(clap::value_parser!(u16).range(1..))
        .default_value("4400")
        .hide_default_value(true)
}

pub fn content() -> Arg {
    path("content", "cartella", "La cartella dei contenuti (di solito `content`)").default_value("content")
}

pub fn text(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).value_parser(ValueParser::string()).help(help).help_heading(OPTIONS)
}

pub fn path(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    text(name, value, help).value_parser(ValueParser::path_buf()).hide_default_value(true)
}

/// A word that follows the command.
pub fn argument(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).value_name(name).value_parser(ValueParser::string()).help(help).help_heading("Argomenti")
}

/// A file or folder that follows the command.
pub fn given_path(name: &'static str, help: &'static str) -> Arg {
    argument(name, help).value_parser(ValueParser::path_buf())
}

pub fn help_flag() -> Arg {
    flag("help", "Mostra questo aiuto").short('h').action(ArgAction::Help).display_order(999)
}

pub fn version_flag() -> Arg {
    flag("version", "Mostra la versione").short('V').action(ArgAction::Version)
}
