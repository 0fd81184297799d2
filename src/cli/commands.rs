//! The table of commands: help, aliases and the reading of the command line come from it.

use clap::{Arg, ArgAction, ArgMatches};

use super::options::{argument, content, flag, given_path, of_site, path, port, simulating, text, told_as, weighed};
use super::{
    Done, completamento, confronta, consegna, documento, esporta, explain, guida, importa, inizia, materiali, norme,
    nuovo, riordina, scadenze, schema, simula, verifica,
};

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

impl Entry {
    const fn new(name: &'static str, usage: &'static str, run: fn(&ArgMatches) -> Done) -> Self {
        Entry { name, alias: None, about: "", usage, args: Vec::new, run }
    }

    const fn about(self, about: &'static str) -> Self {
        Entry { about, ..self }
    }

    const fn or(self, alias: &'static str) -> Self {
        Entry { alias: Some(alias), ..self }
    }

    const fn with(self, args: fn() -> Vec<Arg>) -> Self {
        Entry { args, ..self }
    }
}

const PERIOD: &str = "La cartella del Piano, come `2025-2027`; se ce n'è uno solo si può omettere";

/// In the order of the help.
pub const COMMANDS: &[Entry] = &[
    Entry::new("inizia", "[cartella] [opzioni]", inizia::run)
        .about("Comincia un sito: poche domande, e c'è qualcosa da pubblicare")
        .with(|| {
            vec![
                given_path("cartella", "La cartella del sito, che non ne abbia già uno (di solito questa)"),
                text("ats", "codice", "Il codice dell'ATS, come `325`, o il suo nome"),
                text("periodo", "anni", "Gli anni del Piano (di solito 2025-2027)"),
                text(
                    "segnalazioni",
                    "indirizzo",
                    "Dove scrive chi trova un errore: l'e-mail dell'ufficio, o una pagina",
                ),
            ]
        }),
    Entry::new("nuovo", "<scheda> <nome> [opzioni]", nuovo::run)
        .about("Aggiunge una scheda, con i campi spiegati: `concilia nuovo progetto \"Nido aperto\"`")
        .with(|| {
            let scheda = "`piano`, `ente`, `alleanza`, `avviso`, `progetto`, `atto` o `pagina`";
            let nome = "Il titolo, o l'identificativo: da \"Nido aperto\" viene `nido-aperto`";
            vec![
                argument("scheda", scheda),
                argument("nome", nome).num_args(0..).action(ArgAction::Append),
                content(),
                text("periodo", "piano", "Il Piano a cui si aggiunge, come `2025-2027`"),
                text("titolo", "testo", "Il titolo, se il nome è un identificativo"),
                text("alleanza", "id", "Di un progetto: l'alleanza che lo realizza"),
                text("capofila", "id", "Di un'alleanza: l'ente che la guida"),
                text(
                    "categoria",
                    "id",
                    "Di un ente: che tipo è, come in `concilia nuovo ente \"Comune di Albino\" --categoria comune`",
                ),
                text("tipo", "tipo", "Di un avviso o di un atto: di che genere è"),
                text("numero", "numero", "Di un atto: il suo numero"),
                text("data", "giorno", "Di un atto: il suo giorno, come `2026-02-16`"),
                text("norma", "id", "Di un Piano: la norma che vale, come `dgr-5464-2025`"),
                text("in", "file", "Di un ente: il file di `partner` che ne elenca altri, come `comuni.yaml`"),
            ]
        }),
    Entry::new("modello", "<file> [opzioni]", esporta::modello)
        .about("Scrive un foglio di calcolo vuoto, da riempire con enti, progetti, importi e importare")
        .with(|| vec![given_path("file", "Il file da scrivere, come `piano.xlsx`"), content()]),
    Entry::new("importa", "<file> [opzioni]", importa::run)
        .about("Mostra che cosa un foglio di calcolo (.xlsx, .ods, .csv) cambierebbe; con `--scrivi` lo scrive")
        .with(|| {
            let foglio = "Che cosa c'è in un file di un foglio solo, come `Progetti`";
            let annulla = "Toglie ciò che l'ultima importazione ha scritto";
            vec![
                given_path("file", "Il foglio di calcolo, come `piano.xlsx`"),
                flag(importa::SCRIVI, "Scrive nelle schede, se tutto si è capito"),
                flag(importa::ANNULLA, annulla),
                text("periodo", "piano", "Il Piano di cui è, come `2025-2027`"),
                text("foglio", "nome", foglio),
                content(),
            ]
        }),
    Entry::new("esporta", "[periodo] [opzioni]", esporta::run)
        .about("Scrive le schede di un Piano in un foglio di calcolo, che `importa` sa rileggere")
        .with(|| vec![argument("periodo", PERIOD), to_file(), content()]),
    Entry::new("chiedi-dati", "[periodo] [opzioni]", esporta::chiedi_dati)
        .about("Scrive per ogni capofila un foglio di calcolo con i soli dati che mancano nelle sue schede")
        .with(|| {
            let out = path("out", "cartella", "La cartella in cui scriverli (di solito `dati-mancanti-<periodo>`)");
            vec![argument("periodo", PERIOD), out, content()]
        }),
    Entry::new("build", "[opzioni]", super::build).about("Controlla i file e pubblica il sito").or("pubblica").with(
        || {
            let out = path("out", "cartella", "La cartella in cui pubblicare (di solito `public`)");
            of_site([out.default_value("public")].into_iter().chain(weighed()))
        },
    ),
    Entry::new("check", "[opzioni]", super::check)
        .about("Controlla i file senza pubblicare nulla")
        .or("controlla")
        .with(|| {
            let documento = flag("documento", "Compone anche i documenti PDF e le cartoline, come fa `build`");
            of_site(weighed().into_iter().chain([documento]))
        }),
    Entry::new("serve", "[opzioni]", super::serve)
        .about("Mostra il sito su questo computer e lo aggiorna a ogni modifica")
        .or("apri")
        .with(|| of_site([port(), flag("sola-lettura", "Mostra il sito senza l'editor delle schede")])),
    Entry::new("guida", "[opzioni]", guida::run)
        .about("Apre la guida per chi scrive il Piano: si legge nel browser")
        .with(|| vec![port()]),
    Entry::new("explain", "[che cosa] [opzioni]", explain::run)
        .about("Spiega una regola, una scheda o un campo, o li elenca")
        .or("spiega")
        .with(|| {
            let cosa = "Il codice in un messaggio, come `Q-02`; una scheda, come `progetto`; un campo, come \
                        `progetto.pagamenti`";
            vec![argument("che cosa", cosa), content()]
        }),
    Entry::new("schema", "[opzioni]", schema::run)
        .about("Scrive gli schemi JSON con cui un editor completa e controlla le schede")
        .with(|| {
            let out = path("out", "cartella", "La cartella in cui scriverli (di solito `schemi`)");
            vec![content(), out.default_value("schemi")]
        }),
    Entry::new("riordina", "[file…] [opzioni]", riordina::run)
        .about("Mette le schede in un solo ordine e in una sola forma: valori e commenti restano quelli")
        .with(|| {
            let quali = "Le schede, o le cartelle, da riordinare (di solito tutte)";
            let check = "Non scrive nulla: elenca i file che cambierebbero, ed esce con 1 se ce n'è";
            vec![given_path("file", quali).num_args(0..), flag(riordina::CHECK, check), content()]
        }),
    Entry::new("norme", "[id] [opzioni]", norme::run)
        .about("Elenca le norme, o mostra le regole di una")
        .with(|| vec![argument("id", "Il nome di una norma, come `dgr-5464-2025`"), content()]),
    Entry::new("graduatoria", "<periodo> [opzioni]", simula::graduatoria)
        .about("Simula la graduatoria di un periodo: chi riceve quanto, e con quale altra dotazione")
        .with(|| {
            let dotazione = "La dotazione da provare al posto di quella registrata, come `300000.00`";
            let mut args = simulating("La cartella del Piano, come `2017-2018`", dotazione);
            args.push(text("avviso", "id", "Solo i progetti di un avviso").display_order(0));
            args
        }),
    Entry::new("riparto", "[periodo] [opzioni]", simula::riparto)
        .about("Riproduce il riparto delle risorse fra le ATS per numero di abitanti")
        .with(|| {
            simulating(
                "La cartella del Piano, come `2025-2027`; di solito l'ultimo che ha un riparto",
                "Il totale annuo da provare al posto di quello registrato, come `1200000.00`",
            )
        }),
    Entry::new("scadenze", "[periodo] [opzioni]", scadenze::run)
        .about("Dice che cosa scade e che cosa è in ritardo, con l'orologio di questo computer")
        .with(|| {
            let al = "Il giorno da cui guardare, come `2026-12-01` (di solito oggi)";
            let periodo = "La cartella di un Piano, come `2025-2027`; senza, di tutti";
            vec![argument("periodo", periodo), text("al", "giorno", al), content(), told_as()]
        }),
    Entry::new("consegna", "<periodo> [opzioni]", consegna::run)
        .about("Scrive il pacchetto del Piano per la Regione: documento, dati, schede e impronte")
        .with(|| of_site([argument("periodo", PERIOD), to_file()].into_iter().chain(weighed()))),
    Entry::new("documento", "<periodo> --progetto <id> [opzioni]", documento::run)
        .about("Compone la scheda di un progetto in un PDF accessibile, come nel documento del Piano")
        .with(|| {
            let progetto = text("progetto", "id", "Il progetto: il nome del suo file, senza `.yaml`").required(true);
            of_site([argument("periodo", PERIOD), progetto, to_file()].into_iter().chain(weighed()))
        }),
    Entry::new("materiali", "<periodo> [opzioni]", materiali::run)
        .about("Compone locandine e cartoline dei progetti e degli avvisi, con frase, logo e codice QR")
        .with(|| {
            let out = path("out", "cartella", "La cartella in cui scriverli (di solito `materiali-<periodo>`)");
            of_site([argument("periodo", PERIOD), out].into_iter().chain(weighed()))
        }),
    Entry::new("verifica", "<file> [opzioni]", verifica::run)
        .about("Verifica che un pacchetto sia integro, byte per byte")
        .with(|| {
            vec![
                given_path("file", "Il pacchetto, la cartella in cui è stato estratto, o un suo file sciolto"),
                path("pacchetto", "file", "Il pacchetto da cui viene un file sciolto, come un PDF"),
                text("codice", "codice", "Il codice di controllo registrato nel protocollo, da confrontare"),
                text("sha256", "impronta", "Lo SHA-256 del pacchetto registrato nel protocollo, da confrontare"),
                told_as(),
            ]
        }),
    Entry::new("confronta", "<prima> <dopo> [opzioni]", confronta::run)
        .about("Dice che cosa è cambiato fra due pacchetti, o fra un pacchetto e le schede")
        .with(|| {
            vec![
                given_path("prima", "Un pacchetto, la cartella in cui è stato estratto, o una cartella di contenuti")
                    .display_order(0),
                given_path("dopo", "Come il primo: la versione più recente").display_order(1),
                text("periodo", "periodo", "Quale Piano, se le schede ne hanno più d'uno"),
                flag("comunque", "Confronta anche i Piani di due ATS"),
                told_as(),
            ]
        }),
    Entry::new("completamento", "<shell>", completamento::run)
        .about("Scrive lo script con cui la shell completa i comandi")
        .with(|| vec![argument("shell", "`bash`, `zsh`, `fish` o `powershell`")]),
    Entry::new("manuale", "[opzioni]", completamento::manuale).about("Scrive le pagine di `man` del programma").with(
        || {
            vec![
                content(),
                path("out", "cartella", "La cartella in cui scriverle (di solito `man`)").default_value("man"),
            ]
        },
    ),
];

/// Where a command writes its one file.
fn to_file() -> Arg {
    path("out", "file", "Il file da scrivere, o la cartella in cui metterlo (di solito questa)")
}

/// The command of this name, in either language.
pub fn named(name: &str) -> Option<&'static Entry> {
    COMMANDS.iter().find(|entry| entry.name == name || entry.alias == Some(name))
}
