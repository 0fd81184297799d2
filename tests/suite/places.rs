//! Files and folders out of place: one cause, one message, and what to do.

use crate::support::{Output, Site};

const PIANO: &str = "content/piani/2025-2027";

/// The site after a folder or a file took another name.
fn renamed(from: &str, to: &str) -> Site {
    let site = Site::small();
    let target = site.path(&format!("content/{to}"));
    std::fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
    std::fs::rename(site.path(&format!("content/{from}")), target).expect("renamed");
    site
}

#[track_caller]
fn alone(output: Output, code: &str, words: &[&str]) {
    assert_eq!(output.codes(), [code], "{}", output.stderr);
    for word in words {
        assert!(output.stderr.contains(word), "{word}\n{}", output.stderr);
    }
}

#[test]
fn a_misspelt_folder_is_one_error_with_its_right_name() {
    let cases = [
        ("piani/2025-2027/progetti", "piani/2025-2027/proggetti", "`progetti/`"),
        ("piani/2025-2027/alleanze", "piani/2025-2027/alleanza", "`alleanze/`"),
        ("piani/2025-2027/avvisi", "piani/2025-2027/Avvisi", "`avvisi/`"),
        ("partner", "partners", "`partner/`"),
        ("piani", "piano", "`piani/`"),
        ("media", "Media", "`media/`"),
        ("storia", "storie", "`storia/`"),
    ];
    for (from, to, near) in cases {
        let output = renamed(from, to).check().exits(1);
        let folder = to.rsplit('/').next().expect("a name");
        let place = format!("--> content/{to}\n");
        let words = [&format!("la cartella `{folder}`"), &format!("forse intendevi {near}?"), &place];
        alone(output, "C-10", &words.map(String::as_str));
    }
    let output = Site::small().write("content/bozze/2026/idea.md", "x").write("content/bozze/x.docx", "x").check();
    alone(output.exits(1), "C-10", &["`bozze`: i suoi 2 file non vengono letti", "concilia legge `media/`"]);
    // Nothing in it was meant to be published.
    let output = Site::small().write("content/bozze/x.docx", "x").check().exits(0);
    alone(output, "C-10", &["avviso[C-10]", "il suo file non viene letto"]);
}

#[test]
fn folders_within_folders_and_files_outside_of_them_are_told_where_to_go() {
    let output = Site::small().write(&format!("{PIANO}/progetti/2026/a.yaml"), "x").check().exits(1);
    alone(output, "C-10", &["la cartella `2026`", "direttamente in `progetti/`"]);
    let output = Site::small().write("content/piani/a.yaml", "x").check().exits(1);
    alone(output, "C-10", &["come `piani/2025-2027/`: spostalo lì"]);
    let output = Site::small().write(&format!("{PIANO}/nido.yaml"), "x").check().exits(1);
    alone(output, "C-10", &["le altre schede vanno in `alleanze/`, `avvisi/`, `pagine/` e `progetti/`"]);
    let output = renamed("piani/2025-2027", "piani/2025_2027").check().exits(1);
    assert_eq!(output.codes(), ["C-10"], "{}", output.stderr);
    let output = renamed("piani/2025-2027/piano.yaml", "piani/2025-2027/plano.yaml").check().exits(1);
    alone(output, "C-10", &["forse intendevi `piano.yaml`?"]);
}

#[test]
fn a_record_among_those_of_another_kind_is_one_error_that_says_where_it_belongs() {
    let cases = [
        ("alleanze/monte", "progetti/monte", "`monte.yaml` sembra un'alleanza, ma sta fra i progetti", "alleanze/"),
        ("progetti/nido", "alleanze/nido", "`nido.yaml` sembra un progetto, ma sta fra le alleanze", "progetti/"),
        ("avvisi/avviso-2025", "progetti/avviso-2025", "sembra un avviso, ma sta fra i progetti", "avvisi/"),
        ("risorse", "progetti/risorse", "sembra la scheda delle risorse, ma sta fra i progetti", "risorse.yaml"),
    ];
    for (from, to, words, place) in cases {
        let of_plan = |name| format!("piani/2025-2027/{name}.yaml");
        let output = renamed(&of_plan(from), &of_plan(to)).check().exits(1);
        alone(output, "C-10", &[words, &format!("spostalo in `piani/2025-2027/{place}`")]);
    }
    let output = renamed("piani/2025-2027/alleanze/monte.yaml", "partner/monte.yaml").check().exits(1);
    alone(output, "C-10", &["sembra un'alleanza, ma sta fra i partner", "`piani/…/alleanze/`"]);
    let output = renamed("partner/enti-pubblici.yaml", "piani/2025-2027/progetti/enti-pubblici.yaml").check().exits(1);
    alone(output, "C-10", &["sembra un ente, ma sta fra i progetti", "spostalo in `partner/`"]);
    // A slip in it does not change what it is.
    let output = renamed("piani/2025-2027/alleanze/monte.yaml", "piani/2025-2027/progetti/monte.yaml").replace(
        &format!("{PIANO}/progetti/monte.yaml"),
        "capofila:",
        "capofilla:",
    );
    alone(output.check().exits(1), "C-10", &["sembra un'alleanza"]);
}

#[test]
fn a_record_that_is_only_begun_is_one_of_its_folder() {
    for text in ["titolo: X\n", "titolo: X\ndescrizione: Y\n", "titolo: X\nnome: Y\n", "a: 1\nb: 2\nc: 3\n"] {
        let output = Site::small().write(&format!("{PIANO}/progetti/nuovo.yaml"), text).check().exits(1);
        assert!(!output.codes().contains(&"C-10".to_owned()), "{text}\n{}", output.stderr);
    }
}

#[test]
fn a_name_that_is_nearly_that_of_a_record_is_an_error_that_says_the_right_one() {
    let cases = [
        ("win.yaml.txt", "rinominalo in `win.yaml`"),
        ("win.yml.txt", "rinominalo in `win.yaml`"),
        ("win.yaml.yaml", "rinominalo in `win.yaml`"),
        ("win.Yaml", "rinominalo in `win.yaml`"),
        ("win.yaml ", "il nome finisce con uno spazio: rinominalo in `win.yaml`"),
        ("win.yml.bak", "rinominala in `win.yaml`"),
        ("win.yaml.bak", "copia di riserva: toglila da qui"),
        ("win.yaml.1", "rinominala in `win.yaml`"),
    ];
    for (file, words) in cases {
        let output = Site::small().write(&format!("{PIANO}/progetti/{file}"), "titolo: x").check().exits(1);
        alone(output, "C-10", &["errore[C-10]", words]);
    }
    let output = Site::small().write("content/pagine/aiuto.md.txt", "x").check().exits(1);
    alone(output, "C-10", &["rinominalo in `aiuto.md`"]);
}

#[test]
fn a_file_that_may_be_anything_is_a_warning_and_what_programs_leave_behind_is_nothing() {
    for (file, words) in
        [("win.txt", "rinominalo in `win.yaml`"), ("win.bak", "copia di riserva"), ("win.jpg", "in `media`")]
    {
        let output = Site::small().write(&format!("{PIANO}/progetti/{file}"), "titolo: x").check().exits(0);
        alone(output, "C-10", &["avviso[C-10]", words]);
    }
    let left = [".win.yaml.swp", "win.yaml~", ".~lock.win.yaml#", "~$win.yaml", "#win.yaml#"];
    let site = left.iter().fold(Site::small(), |site, file| site.write(&format!("{PIANO}/progetti/{file}"), "x"));
    site.check().exits(0).says_nothing();
}
