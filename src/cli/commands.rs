//! The table of commands: help, aliases and the reading of the command line come from it.

use std::path::PathBuf;

use clap::{Arg, ArgMatches};

use crate::pacchetto::verifica::Protocollo;
use crate::value::Data;

use super::args::{given, shown, simulation};
use super::mistyped::wrong;
use super::options::{argument, content, flag, given_path, of_site, path, port, simulating, text, told_as, weighed};
use super::simula::Domanda;
use super::{Done, confronta, consegna, documento, explain, materiali, norme, scadenze, schema, simula, verifica};

/// A command.
pub struct Entry {
    pub name: &'static str,
    /// The Italian word for a name that is none.
    pub alias: Option<&'static str>,
    pub about: &'static str,
    /// What follows the name.
    pub usage: &'static str,
    pub args: fn() -> Vec<Arg>,
    pub run: fn(&ArgMatches) -> Done,
}

const PERIOD: &str = "La cartella del Piano, come `2025-2027`; se ce n'è uno solo si può omettere";

/// In the order of the help.
pub const COMMANDS: &[Entry] = &[
    Entry {
        name: "build",
        alias: Some("pubblica"),
        about: "Controlla i file e pubblica il sito",
        usage: "[opzioni]",
        args: || {
            let out = path("out", "cartella", "La cartella in cui pubblicare (di solito `public`)");
            of_site([out.default_value("public")].into_iter().chain(weighed()))
        },
        run: |args| super::build(&shown(args)?, &given(args, "out")),
    },
    Entry {
        name: "check",
        alias: Some("controlla"),
        about: "Controlla i file senza pubblicare nulla",
        usage: "[opzioni]",
        args: || {
            let documento = flag("documento", "Compone anche i documenti PDF e le cartoline, come fa `build`");
            of_site(weighed().into_iter().chain([documento]))
        },
        run: |args| super::check(&shown(args)?, args.get_flag("documento")),
    },
    Entry {
        name: "serve",
        alias: Some("apri"),
        about: "Mostra il sito su questo computer e lo aggiorna a ogni modifica",
        usage: "[opzioni]",
        args: || of_site([port()]),
        run: |args| super::serve(&shown(args)?, args.get_one("port").copied().unwrap_or(0)),
    },
    Entry {
        name: "explain",
        alias: Some("spiega"),
        about: "Spiega una regola, una scheda o un campo, o li elenca",
        usage: "[che cosa] [opzioni]",
        args: || {
            let cosa = "Il codice in un messaggio, come `Q-02`; una scheda, come `progetto`; un campo, come \
                        `progetto.pagamenti`";
            vec![argument("che cosa", cosa), content()]
        },
        run: |args| explain::run(word(args, "che cosa").as_deref(), &given(args, "content")),
    },
    Entry {
        name: "schema",
        alias: None,
        about: "Scrive gli schemi JSON con cui un editor completa e controlla le schede",
        usage: "[opzioni]",
        args: || {
            let out = path("out", "cartella", "La cartella in cui scriverli (di solito `schemi`)");
            vec![content(), out.default_value("schemi")]
        },
        run: |args| schema::run(&given(args, "content"), &given(args, "out")),
    },
    Entry {
        name: "norme",
        alias: None,
        about: "Elenca le norme, o mostra le regole di una",
        usage: "[id] [opzioni]",
        args: || vec![argument("id", "Il nome di una norma, come `dgr-5464-2025`"), content()],
        run: |args| norme::run(word(args, "id").as_deref(), &given(args, "content")),
    },
    Entry {
        name: "graduatoria",
        alias: None,
        about: "Simula la graduatoria di un periodo: chi riceve quanto, e con quale altra dotazione",
        usage: "<periodo> [opzioni]",
        args: || {
            let dotazione = "La dotazione da provare al posto di quella registrata, come `300000.00`";
            let mut args = simulating("La cartella del Piano, come `2017-2018`", dotazione);
            args.push(text("avviso", "id", "Solo i progetti di un avviso").display_order(0));
            args
        },
        run: |args| simula::run(&simulation(args, Domanda::Graduatoria { avviso: word(args, "avviso") })?),
    },
    Entry {
        name: "riparto",
        alias: None,
        about: "Riproduce il riparto delle risorse fra le ATS per numero di abitanti",
        usage: "[periodo] [opzioni]",
        args: || {
            simulating(
                "La cartella del Piano, come `2025-2027`; di solito l'ultimo che ha un riparto",
                "Il totale annuo da provare al posto di quello registrato, come `1200000.00`",
            )
        },
        run: |args| simula::run(&simulation(args, Domanda::Riparto)?),
    },
    Entry {
        name: "scadenze",
        alias: None,
        about: "Dice che cosa scade e che cosa è in ritardo, con l'orologio di questo computer",
        usage: "[periodo] [opzioni]",
        args: || {
            let al = "Il giorno da cui guardare, come `2026-12-01` (di solito oggi)";
            let periodo = "La cartella di un Piano, come `2025-2027`; senza, di tutti";
            vec![argument("periodo", periodo), text("al", "giorno", al), content(), told_as()]
        },
        run: |args| {
            let al = word(args, "al").map(|giorno| Data::parse(&giorno)).transpose().map_err(|why| wrong(&why))?;
            let (content, periodo) = (given(args, "content"), word(args, "periodo"));
            scadenze::run(&scadenze::Domanda { content, periodo, al, json: is_json(args) })
        },
    },
    Entry {
        name: "consegna",
        alias: None,
        about: "Scrive il pacchetto del Piano per la Regione: documento, dati, schede e impronte",
        usage: "<periodo> [opzioni]",
        args: || {
            let out = path("out", "file", "Il file da scrivere, o la cartella in cui metterlo (di solito questa)");
            of_site([argument("periodo", PERIOD), out].into_iter().chain(weighed()))
        },
        run: |args| consegna::run(&shown(args)?, word(args, "periodo").as_deref(), file(args, "out").as_deref()),
    },
    Entry {
        name: "documento",
        alias: None,
        about: "Compone la scheda di un progetto in un PDF accessibile, come nel documento del Piano",
        usage: "<periodo> --progetto <id> [opzioni]",
        args: || {
            let progetto = text("progetto", "id", "Il progetto: il nome del suo file, senza `.yaml`").required(true);
            let out = path("out", "file", "Il file da scrivere, o la cartella in cui metterlo (di solito questa)");
            of_site([argument("periodo", PERIOD), progetto, out].into_iter().chain(weighed()))
        },
        run: |args| {
            let (periodo, progetto) = (word(args, "periodo"), word(args, "progetto").unwrap_or_default());
            documento::run(&shown(args)?, periodo.as_deref(), &progetto, file(args, "out").as_deref())
        },
    },
    Entry {
        name: "materiali",
        alias: None,
        about: "Compone locandine e cartoline dei progetti e degli avvisi, con frase, logo e codice QR",
        usage: "<periodo> [opzioni]",
        args: || {
            let out = path("out", "cartella", "La cartella in cui scriverli (di solito `materiali-<periodo>`)");
            of_site([argument("periodo", PERIOD), out].into_iter().chain(weighed()))
        },
        run: |args| materiali::run(&shown(args)?, word(args, "periodo").as_deref(), file(args, "out").as_deref()),
    },
    Entry {
        name: "verifica",
        alias: None,
        about: "Verifica che un pacchetto sia integro, byte per byte",
        usage: "<file> [opzioni]",
        args: || {
            vec![
                given_path("file", "Il pacchetto, la cartella in cui è stato estratto, o un suo file sciolto"),
                path("pacchetto", "file", "Il pacchetto da cui viene un file sciolto, come un PDF"),
                text("codice", "codice", "Il codice di controllo registrato nel protocollo, da confrontare"),
                text("sha256", "impronta", "Lo SHA-256 del pacchetto registrato nel protocollo, da confrontare"),
                told_as(),
            ]
        },
        run: |args| {
            let (file, pacchetto) = (file(args, "file"), file(args, "pacchetto"));
            let (codice, sha256) = (word(args, "codice"), word(args, "sha256"));
            let protocollo = Protocollo::letto(codice.as_deref(), sha256.as_deref()).map_err(|why| wrong(&why))?;
            verifica::run(&verifica::Domanda { file, pacchetto, protocollo, json: is_json(args) })
        },
    },
    Entry {
        name: "confronta",
        alias: None,
        about: "Dice che cosa è cambiato fra due pacchetti, o fra un pacchetto e le schede",
        usage: "<prima> <dopo> [opzioni]",
        args: || {
            let prima = "Un pacchetto, la cartella in cui è stato estratto, o una cartella di contenuti";
            vec![
                given_path("prima", prima),
                given_path("dopo", "Come il primo: la versione più recente"),
                text("periodo", "periodo", "Quale Piano, se le schede ne hanno più d'uno"),
                flag("comunque", "Confronta anche i Piani di due ATS"),
                told_as(),
            ]
        },
        run: |args| {
            let (prima, dopo) = (file(args, "prima"), file(args, "dopo"));
            let periodo = word(args, "periodo");
            let comunque = args.get_flag("comunque");
            confronta::run(&confronta::Domanda { prima, dopo, periodo, comunque, json: is_json(args) })
        },
    },
];

/// The command of this name, in either language.
pub fn named(name: &str) -> Option<&'static Entry> {
    COMMANDS.iter().find(|entry| entry.name == name || entry.alias == Some(name))
}

pub fn word(args: &ArgMatches, name: &str) -> Option<String> {
    args.get_one::<String>(name).cloned()
}

pub fn is_json(args: &ArgMatches) -> bool {
    word(args, "format").as_deref() == Some("json")
}

fn file(args: &ArgMatches, name: &str) -> Option<PathBuf> {
    args.get_one::<PathBuf>(name).cloned()
}
