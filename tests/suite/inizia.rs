//! `concilia inizia`: a site that can be published as it is, from a few answers or from none.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use crate::html::Page;
use crate::support::{BINARY, Site, is_root, tree};

/// A site begun with these arguments, in its folder.
fn begun(args: &[&str]) -> Site {
    let site = Site::empty();
    let told = site.concilia(["inizia"].iter().chain(args)).output().exits(0);
    assert_eq!(told.stderr, "");
    site
}

#[test]
fn a_site_is_checked_and_built_at_once_and_tells_of_its_agency_and_its_money() {
    for (ats, nome, importo) in [("325", "ATS Bergamo", "110.000,00"), ("pavia", "ATS Pavia", "50.000,00")] {
        let site = begun(&["--ats", ats]);
        let checked = site.check().exits(0).says("Si può pubblicare");
        assert!(!checked.stderr.contains("errore"), "{}", checked.stderr);
        let tree = site.built().published();
        assert!(
            String::from_utf8_lossy(&tree["index.html"]).contains(&format!("alt=\"Logo provvisorio di {nome}\"")),
            "{nome}"
        );
        let risorse = Page::of(&tree, "2025-2027/risorse/index.html").body().replace('\u{a0}', " ");
        assert!(risorse.contains(importo), "{importo} in\n{risorse}");
        assert!(Page::of(&tree, "2025-2027/che-cos-e-il-piano/index.html").body().contains("in preparazione"));
        assert!(Page::of(&tree, "note-legali/index.html").body().contains("Agenzia di Tutela della Salute di "));
    }
}

/// What each of the eight gets stands in the act, and in the records that are shipped.
#[test]
fn the_table_of_the_act_is_written_once_more_and_the_same() {
    let tabella = |text: &str| {
        let (_, riparto) = text.split_once("\nriparto:\n").expect("a table");
        let rows: Vec<&str> = riparto.lines().take_while(|line| line.starts_with(' ')).collect();
        assert!(rows.len() > 40, "{rows:?}");
        // The row of this agency is told after its name.
        rows.into_iter().filter(|row| row.trim() != "questa: true").map(str::to_owned).collect::<Vec<_>>()
    };
    let shipped = tabella(&Site::shipped().read("content/piani/2025-2027/risorse.yaml"));
    for ats in ["321", "322", "323", "324", "325", "326", "327", "328"] {
        let risorse = begun(&["--ats", ats]).read("content/piani/2025-2027/risorse.yaml");
        assert_eq!(tabella(&risorse), shipped);
        assert_eq!(risorse.matches("questa: true").count(), 1, "{ats}");
        assert_eq!(risorse.matches("\n  - id: risorse-202").count(), 3, "{ats}");
    }
}

#[test]
fn every_record_names_the_schema_that_its_editor_reads() {
    let site = begun(&["--ats", "326", "--segnalazioni", "conciliazione@ats-esempio.it"]);
    let files = tree(&site.path("content"));
    let yaml: Vec<&String> = files.keys().filter(|name| name.ends_with(".yaml")).collect();
    assert_eq!(yaml, ["piani/2025-2027/piano.yaml", "piani/2025-2027/risorse.yaml", "sito.yaml"]);
    for name in yaml {
        let text = site.read(&format!("content/{name}"));
        let schema = text.strip_prefix("# yaml-language-server: $schema=").expect(name).lines().next().expect("a line");
        let path = site.path("content").join(name).parent().expect("a folder").join(schema);
        assert!(path.exists(), "{name}: {schema}");
    }
    let settings: serde_json::Value = serde_json::from_str(&site.read(".vscode/settings.json")).expect("JSON");
    for (schema, files) in settings["yaml.schemas"].as_object().expect("schemas") {
        assert!(site.path(schema).exists(), "{schema}");
        assert!(files.as_str().expect("a pattern").starts_with("content/"), "{files}");
    }
    assert!(site.read("content/sito.yaml").contains("\nsegnalazioni: conciliazione@ats-esempio.it\n"));
}

#[test]
fn without_a_terminal_nothing_is_asked_and_what_is_presumed_is_told() {
    let site = Site::empty();
    let told = site.concilia(["inizia", "piano nuovo"]).output().exits(0);
    assert!(
        told.stdout.contains("L'ATS non è detta") && told.stdout.contains("Il Piano è del 2025-2027"),
        "{}",
        told.stdout
    );
    assert!(told.stdout.contains("concilia serve") && told.stdout.contains("concilia nuovo"), "{}", told.stdout);
    site.concilia(["check"]).in_folder(site.path("piano nuovo")).output().exits(0);
    let altra = Site::empty();
    let told = altra.concilia(["inizia", "--ats", "ats val padana", "--periodo", "2028-2030"]).output().exits(0);
    assert!(told.stdout.contains("Nessuna norma nota è del 2028-2030"), "{}", told.stdout);
    assert!(!altra.path("content/piani/2028-2030/risorse.yaml").exists());
    altra.check().exits(0);
}

#[test]
fn nothing_is_written_over_and_nothing_is_left_half_written() {
    let refused = |site: &Site, args: &[&str], why: &str| {
        let before = tree(site.root());
        site.concilia(["inizia"].iter().chain(args)).output().exits(2).says(why);
        assert_eq!(tree(site.root()), before);
    };
    let site = Site::empty().write("content/note.txt", "mie").write("file", "x");
    refused(&site, &[], "`./content` c'è già");
    refused(&site, &["file"], "`file` non è una cartella");
    refused(&site, &["file/dentro"], "non riesco a scrivere");
    refused(&Site::empty().write(".vscode/settings.json", "{}"), &["--ats", "325"], "settings.json` c'è già");
    refused(&Site::empty().write("schemi/altro.json", "{}"), &[], "schemi` c'è già");
    refused(&Site::empty(), &["--ats", "999"], "non è un'ATS: sono `321` (ATS Città Metropolitana), `322`");
    refused(&Site::empty(), &["--ats", "Regione Lombardia"], "`328` (ATS Pavia)");
    refused(&Site::empty(), &["--ats", "ATS Bergmo"], "forse intendevi `ATS Bergamo`?");
    refused(&Site::empty(), &["--periodo", "domani"], "scrivi il primo e l'ultimo anno, come `2025-2027`");
    refused(&Site::empty(), &["--segnalazioni", "ufficio"], "non è un indirizzo");
    // Among the records of a site, or in what is published, there is no room for another one.
    let begun = Site::small().built();
    refused(&begun, &["content"], "`content` è nella cartella delle schede di un sito");
    refused(&begun, &["content/piani/nuovo"], "è nella cartella delle schede di un sito");
    refused(&begun, &["public/nuovo"], "`public/nuovo` è nel sito pubblicato: non ho scritto niente");
    // What else lies there is no obstacle, and stays.
    let site = Site::empty().write("appunti.docx", "x");
    site.concilia(["inizia", "--ats", "325"]).output().exits(0);
    assert_eq!(site.read("appunti.docx"), "x");
    // A second time it would be over the first.
    refused(&site, &["--ats", "325"], "c'è già");
}

#[test]
fn a_folder_that_cannot_be_written_stays_empty() {
    use std::os::unix::fs::PermissionsExt;
    if is_root() {
        return;
    }
    let site = Site::empty();
    fs::create_dir(site.path("chiusa")).expect("a folder");
    fs::set_permissions(site.path("chiusa"), fs::Permissions::from_mode(0o555)).expect("its mode");
    site.concilia(["inizia", "chiusa"]).output().exits(2).says("manca il permesso; non ho scritto niente");
    assert_eq!(fs::read_dir(site.path("chiusa")).expect("the folder").count(), 0);
}

/// What somebody sees who answers at a terminal: `script` makes one.
fn answered(site: &Site, command: &str, answers: &str) -> String {
    let line = format!("{BINARY} {command}");
    let mut script = Command::new("script");
    script.args(["-qec", &line, "/dev/null"]).current_dir(site.root()).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut script = script.spawn().expect("script, of util-linux");
    script.stdin.take().expect("a pipe").write_all(answers.as_bytes()).expect("answers");
    String::from_utf8(script.wait_with_output().expect("an end").stdout).expect("UTF-8").replace('\r', "")
}

#[test]
fn at_a_terminal_it_asks_and_asks_again() {
    let site = Site::empty();
    let told = answered(&site, "inizia", "12\n5\n\nufficio\nconciliazione@ats-esempio.it\n");
    assert!(told.contains("  5) ATS Bergamo (codice 325)"), "{told}");
    assert!(told.contains("`12` non è un'ATS: sono `321`"), "{told}");
    assert!(told.contains("Invio per 2025-2027"), "{told}");
    assert!(told.contains("`ufficio` non è un indirizzo"), "{told}");
    assert!(told.contains("Scritto il sito di ATS Bergamo"), "{told}");
    let sito = site.read("content/sito.yaml");
    assert!(sito.contains("\n  codice: \"325\"\n") && sito.contains("\nsegnalazioni: conciliazione@"), "{sito}");
    site.check().exits(0);
    let told = answered(&site, "nuovo ente \"Casa dei nonni\"", "ets\n");
    assert!(
        told.contains("Il tipo di ente.") && told.contains("Scritto in `content/partner/casa-dei-nonni.yaml`"),
        "{told}"
    );
    site.check().exits(0);
}

#[test]
fn who_waits_at_a_terminal_is_told_for_what_and_a_log_is_not() {
    let site = begun(&["--ats", "324"]);
    assert!(answered(&site, "build --out vista", "").contains("compongo le pagine e i documenti…"));
    assert!(!site.concilia(["build"]).output().exits(0).stderr.contains("compongo"));
}

#[test]
fn who_stops_answering_finds_nothing_written() {
    let site = Site::empty();
    let told = answered(&site, "inizia", "5\n\u{4}");
    assert!(told.contains("errore: la risposta manca: non ho scritto niente"), "{told}");
    assert!(tree(site.root()).is_empty());
}

#[test]
fn completions_are_scripts_and_the_manual_is_in_italian() {
    let site = Site::empty();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = site.concilia(["completamento", shell]).output().exits(0);
        assert!(script.stdout.contains("nuovo") && script.stdout.contains("segnalazioni"), "{shell}");
        assert_eq!(script.stderr, "");
    }
    let bash = site.concilia(["completamento", "bash"]).output().stdout;
    let site = site.write("completa.bash", bash);
    let read = Command::new("bash").arg("-n").arg(site.path("completa.bash")).output().expect("bash");
    assert!(read.status.success() && read.stderr.is_empty(), "{}", String::from_utf8_lossy(&read.stderr));
    site.concilia(["completamento", "tcsh"]).output().exits(2).says("si può scegliere fra `bash`, `zsh`");
    site.concilia(["completamento"]).output().exits(2).says("si può scegliere fra");
    site.concilia(["manuale"]).output().exits(0);
    let pages = tree(&site.path("man"));
    let page = String::from_utf8(pages["concilia-nuovo.1"].clone()).expect("UTF-8");
    assert!(page.contains(".SH NOME") && page.contains(".SH OPZIONI"), "{page}");
    for page in pages.iter().filter(|(name, _)| name.ends_with(".1")).map(|(_, page)| String::from_utf8_lossy(page)) {
        for english in ["SYNOPSIS", "DESCRIPTION", "OPTIONS", "default:", "possible values", "SUBCOMMANDS", ".SH NAME"]
        {
            assert!(!page.contains(english), "{english} in\n{page}");
        }
    }
}
