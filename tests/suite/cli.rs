//! The command line: help, exit codes, and what is said to whom.

use crate::support::{Output, Site};

/// Every command, with its Italian alias.
const COMMANDS: [(&str, &str); 22] = [
    ("inizia", ""),
    ("nuovo", ""),
    ("modello", ""),
    ("importa", ""),
    ("esporta", ""),
    ("chiedi-dati", ""),
    ("build", "pubblica"),
    ("check", "controlla"),
    ("serve", "apri"),
    ("explain", "spiega"),
    ("schema", ""),
    ("riordina", ""),
    ("norme", ""),
    ("graduatoria", ""),
    ("riparto", ""),
    ("consegna", ""),
    ("documento", ""),
    ("materiali", ""),
    ("verifica", ""),
    ("confronta", ""),
    ("completamento", ""),
    ("manuale", ""),
];

const NIDO: &str = "content/piani/2025-2027/progetti/nido.yaml";

fn ask(args: &[&str]) -> Output {
    Site::small().concilia(args).output()
}

#[test]
fn help_is_in_italian_and_names_every_command() {
    for args in [&["--help"][..], &["-h"]] {
        let help = ask(args).exits(0);
        assert_eq!(help.stderr, "");
        for word in ["Uso:", "Comandi:", "Opzioni:", "Esce con 0"].into_iter().chain(COMMANDS.map(|(name, _)| name)) {
            assert!(help.stdout.contains(word), "{word} in\n{}", help.stdout);
        }
        for english in ["Usage", "Options", "Commands", "Print", "default"] {
            assert!(!help.stdout.contains(english), "{english} in\n{}", help.stdout);
        }
    }
    let options = [("build", "--out"), ("check", "--severo"), ("serve", "--port"), ("graduatoria", "--avviso")];
    for (command, option) in options.into_iter().chain([("riparto", "--dotazione")]) {
        let help = ask(&[command, "--help"]).exits(0);
        assert!(help.stdout.contains(option) && help.stdout.contains("Uso:"), "{}", help.stdout);
        assert!(!help.stdout.contains("Usage") && !help.stdout.contains("default:"), "{}", help.stdout);
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    let version = ask(&["--version"]).exits(0);
    assert_eq!(version.stdout, format!("concilia {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn what_is_mistyped_gets_an_answer_and_exit_two() {
    let cases: [(&[&str], &str); 20] = [
        (&[], "manca il comando"),
        (&["biuld"], "forse intendevi `build`?"),
        (&["pubblcia"], "forse intendevi `pubblica`?"),
        // Two letters of three are no near miss.
        (
            &["esempi"],
            "il comando `esempi` non c'è: si può scegliere fra `inizia`, `nuovo`, `modello`, `importa`, `esporta`, \
             `chiedi-dati`, `build`, `check`, `serve`, `guida`, `explain`, \
             `schema`, `riordina`, `norme`, `graduatoria`, `riparto`, `scadenze`, `consegna`, `documento`, `materiali`, \
             `verifica`, `confronta`, `completamento` e `manuale`",
        ),
        (&["aiuto", "biuld"], "forse intendevi `build`?"),
        (
            &["check", "--out", "x"],
            "non è di `check`: la conoscono `esporta`, `chiedi-dati`, `build`, `schema`, `consegna`, `documento`, `materiali`, `manuale`",
        ),
        (&["build", "--port", "80"], "non è di `build`: la conoscono `serve`, `guida`"),
        (&["--content", "content"], "manca il comando"),
        (&["check", "--sevro"], "forse intendevi `--severo`?"),
        (&["check", "--qualcosa"], "l'opzione `--qualcosa` non c'è"),
        (&["check", "cartella"], "`cartella` è di troppo: le cartelle e i file si indicano con un'opzione"),
        (&["importa", "a.xlsx", "b.xlsx"], "`b.xlsx` è di troppo: si scrive `concilia importa "),
        (&["build", "--out"], "dopo `--out` manca il valore"),
        (&["check", "--format", "html"], "si può scegliere fra `esteso`, `riga`"),
        (&["check", "--content", "a", "--content", "b"], "è scritta due volte"),
        (&["build", "--base-url", "esempio"], "non è l'indirizzo di un sito"),
        (&["serve", "--port", "0"], "`0` non va bene per `--port`"),
        (&["serve", "--port", "99999"], "`99999` non va bene per `--port`: una porta è un numero da 1 a 65535"),
        (&["riparto", "--dotazione", "-5"], "`--dotazione`: l'importo `-5` è negativo: scrivine uno positivo"),
        (&["serve", "--port", "centomila"], "`centomila` non va bene per `--port`"),
    ];
    for (args, answer) in cases {
        let output = ask(args).exits(2);
        assert!(output.stderr.contains(answer), "{args:?}: {}", output.stderr);
        assert!(output.stderr.starts_with("errore: "), "{args:?}: {}", output.stderr);
        assert_eq!(output.stdout, "", "{args:?}");
    }
}

#[test]
fn every_command_answers_to_its_italian_name_and_explains_itself() {
    for (name, alias) in COMMANDS {
        let help = ask(&["aiuto", name]).exits(0);
        assert!(help.stdout.contains(&format!("Uso: concilia {name}")), "{}", help.stdout);
        assert_eq!(ask(&[name, "--help"]), help);
        assert_eq!(ask(&["help", name]), help);
        if !alias.is_empty() {
            assert_eq!(ask(&["aiuto", alias]), help);
        }
    }
    assert_eq!(ask(&["aiuto"]), ask(&["--help"]));
    let site = Site::small();
    let told = site.concilia(["--content", "content", "--format", "riga", "controlla"]).output().exits(0);
    assert_eq!(site.concilia(["check", "--content", "content", "--format", "riga"]).output(), told);
    assert_eq!(ask(&["spiega", "Q-02"]), ask(&["explain", "Q-02"]));
}

#[test]
fn the_readme_names_every_command() {
    let readme = include_str!("../../README.md");
    for (name, alias) in COMMANDS {
        assert!(readme.contains(&format!("concilia {name}")), "{name}");
        assert!(alias.is_empty() || readme.contains(&format!("`{alias}`")), "{alias}");
    }
}

/// A result that could not be written is a failure, whatever was found.
#[test]
fn a_full_disk_on_the_standard_output_is_exit_two() {
    let site = Site::small();
    let commands = ["aiuto", "--version", "explain", "norme", "riparto", "check --format json", "check --format sarif"];
    for command in commands {
        let run = format!("exec \"$0\" {command} > /dev/full");
        let output = site.wrapped(&["sh", "-c", &run], [""; 0]).output().exits(2);
        assert!(output.stderr.contains("non riesco a scrivere il risultato: il disco è pieno"), "{}", output.stderr);
    }
}

#[test]
fn a_folder_that_is_not_there_is_exit_two() {
    ask(&["check", "--content", "assente"]).exits(2).says("la cartella dei contenuti `assente` non c'è");
    ask(&["check", "--content", "content/sito.yaml"]).exits(2).says("non è una cartella");
}

#[test]
fn success_closes_with_what_happened() {
    let site = Site::small();
    site.concilia(["check"]).output().exits(0).says("Tutto a posto: ").says_nothing();
    site.concilia(["build"]).output().exits(0).says("Pubblicato in `public`: ").says_nothing();
    site.concilia(["build"]).output().exits(0).says(" file, nessuno cambiato\n").says_nothing();
}

#[test]
fn warnings_pass_unless_the_user_is_strict() {
    let site = || Site::small().replace("content/sito.yaml", "indirizzo: https://conciliazione.ats-esempio.it/\n", "");
    let output = site().concilia(["check"]).output().exits(0).says("avviso[C-18]").says("; 1 avviso\n");
    assert_eq!(output.stdout, "");
    let why = ": 1 avviso, e con `--severo` gli avvisi contano come errori\n";
    site().concilia(["check", "--severo"]).output().exits(1).says("avviso[C-18]").says(why);
    let strict = site();
    strict.concilia(["build", "--severo", "--solo-errori"]).output().exits(1).says("avviso[C-18]").says(why);
    assert!(!strict.path("public").exists());
    site().concilia(["build"]).output().exits(0).says("avviso[C-18]");
    site().concilia(["build", "--severo", "--base-url", "https://esempio.it/"]).output().exits(0).says_nothing();
}

#[test]
fn errors_leave_the_output_as_it_was() {
    let site = Site::small().built();
    let before = site.published();
    let site = site.replace(NIDO, "contributo_riconosciuto: 40000.00", "contributo_riconosciuto: 40000.01");
    site.concilia(["build"])
        .output()
        .exits(1)
        .says("errore[Q-02]")
        .says("\nNon pubblicato: 2 errori, il primo in content/piani/2025-2027/progetti/nido.yaml:13; 1 avviso; `public` resta com'era\n");
    assert_eq!(site.published(), before);
}

/// All the problems of all the files at once, in the order of files, lines and columns.
#[test]
fn one_run_tells_everything_with_file_line_and_column() {
    let site = Site::small()
        .replace(NIDO, "stato: in_corso", "statto: in_corso")
        .replace(NIDO, "scheda: 2", "scheda: due")
        .replace("content/piani/2025-2027/progetti/doposcuola.yaml", "alleanza: piano", "alleanza: pianura")
        .replace("content/piani/2025-2027/piano.yaml", "percentuale: 50", "percentuale: 51")
        .write(
            "content/storia/altrove.yaml",
            "titolo: X\ndal: 2000\nal: 2001\nfonte: { documento: X, indirizzo: ftp://x }\n",
        )
        .write("content/storia/rotta.yaml", "titolo: [");
    let output = site.concilia(["check", "--format", "riga"]).output().exits(1);
    let lines = output.stderr.lines().filter(|line| line.contains(": errore["));
    let places: Vec<&str> = lines.map(|line| line.split(": ").next().unwrap_or_default()).collect();
    assert_eq!(
        places,
        [
            "content/piani/2025-2027/piano.yaml:32:3",
            "content/piani/2025-2027/progetti/doposcuola.yaml:3:11",
            "content/piani/2025-2027/progetti/nido.yaml:2:9",
            "content/piani/2025-2027/progetti/nido.yaml:5:1",
            "content/storia/altrove.yaml:4:35",
            "content/storia/rotta.yaml:1:9",
        ]
    );
    assert!(output.stderr.contains("forse intendevi `stato`?"), "{}", output.stderr);
    let extended = site.check().exits(1).says("6 errori").says("5 | statto: in_corso");
    assert_eq!(extended.codes().len(), 6);
}

#[test]
fn a_broken_file_still_owns_its_id_and_no_total_is_judged_without_it() {
    let site = Site::small()
        .write("content/piani/2025-2027/alleanze/monte.yaml", "nome: [")
        .write("content/piani/2025-2027/progetti/sollievo.yaml", "titolo: \"")
        .write("content/piani/2025-2027/avvisi/avviso-2025.yaml", "titolo: {");
    let output = site.check().exits(1);
    assert_eq!(output.codes(), ["C-01"; 3], "{}", output.stderr);
}

#[test]
fn a_declared_total_may_leave_out_what_it_names_and_nothing_else() {
    let file = "content/piani/2025-2027/risorse.yaml";
    Site::small()
        .replace(file, "    esclude: [residuo-2020-23]\n", "")
        .check()
        .exits(1)
        .says("errore[Q-03]")
        .says("nominalo in `esclude`");
    Site::small().check().exits(0).says_nothing();
}

/// A terminal is needed to see colours: `script` makes one.
#[test]
fn colours_are_for_terminals_whose_user_wants_them() {
    let site = Site::small().replace(NIDO, "scheda: 2", "scheda: due");
    let piped = site.concilia(["check"]).env("TERM", "xterm").output().exits(1);
    assert!(!piped.stderr.contains('\u{1b}'));
    let shown = |env: &[(&str, &str)]| {
        let line = format!("{} check", crate::support::BINARY);
        let mut command = std::process::Command::new("script");
        command.args(["-qec", &line, "/dev/null"]).current_dir(site.root()).env_remove("NO_COLOR").env("TERM", "xterm");
        command.envs(env.iter().copied()).stdin(std::process::Stdio::null());
        String::from_utf8(command.output().expect("script, of util-linux").stdout).expect("UTF-8")
    };
    assert!(shown(&[]).contains("\u{1b}["));
    for env in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        let plain = shown(&[env]);
        assert!(plain.contains("errore[C-04]") && !plain.contains('\u{1b}'), "{env:?}: {plain:?}");
    }
    let done = Site::small();
    let line = format!("{} check", crate::support::BINARY);
    let told =
        std::process::Command::new("script").args(["-qec", &line, "/dev/null"]).current_dir(done.root()).output();
    assert!(String::from_utf8_lossy(&told.expect("script").stdout).contains("Tutto a posto: "));
}

#[test]
fn a_folder_above_the_content_is_answered_with_the_right_one() {
    Site::small()
        .concilia(["check", "--content", "."])
        .output()
        .exits(2)
        .says("forse intendevi `--content ./content`?");
}

#[test]
fn the_built_in_theme_can_be_named() {
    Site::small().concilia(["check", "--theme", "italia"]).output().exits(0);
}
