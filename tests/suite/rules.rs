//! Each rule with the smallest site that breaks it, and the whole report that its author reads.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use concilia::codes;

use crate::support::{Site, fixtures};

/// The cases in a folder of the fixtures: `Q-02`, or `C-08-norma` where a rule has several.
pub fn cases(folder: &str) -> Vec<(String, PathBuf)> {
    let folders = fs::read_dir(fixtures().join(folder)).expect(folder);
    let mut cases: Vec<_> = folders
        .map(|folder| folder.expect("a folder").path())
        .map(|path| (path.file_name().expect("a name").to_string_lossy().into_owned(), path))
        .collect();
    cases.sort();
    cases
}

pub fn code_of(case: &str) -> String {
    case.splitn(3, '-').take(2).collect::<Vec<_>>().join("-")
}

/// Lays each case over a site and compares the whole report with the expected one; no other rule than its own may
/// speak, since one cause gives one message.
pub fn told_as_expected(folder: &str, site: fn() -> Site, code: fn(&str) -> String) {
    let mut wrong = Vec::new();
    for (case, folder) in cases(folder) {
        let output = site().lay_over(&folder).concilia(["check", "--tutti"]).output();
        let expected = folder.join("atteso.txt");
        if std::env::var_os("AGGIORNA").is_some() {
            fs::write(&expected, &output.stderr).expect("atteso.txt");
        }
        let told = fs::read_to_string(&expected).unwrap_or_default();
        if told != output.stderr {
            wrong.push(format!("{case}: expected\n{told}\nbut got\n{}", output.stderr));
        }
        let codes: BTreeSet<String> = output.codes().into_iter().collect();
        if codes != BTreeSet::from([code(&case)]) {
            wrong.push(format!("{case} is told as {codes:?}\n{}", output.stderr));
        }
        let is_error = output.stderr.lines().any(|line| line.starts_with("errore["));
        if output.code != Some(i32::from(is_error)) || !output.stdout.is_empty() {
            wrong.push(format!("{case} exits {:?} and writes «{}»", output.code, output.stdout));
        }
    }
    assert!(wrong.is_empty(), "{}\n(AGGIORNA=1 writes what is told now)", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_site_that_breaks_it() {
    let proved: BTreeSet<String> = cases("regole").iter().map(|(case, _)| code_of(case)).collect();
    let rules: BTreeSet<String> = codes::rules().iter().map(|rule| rule.code.to_owned()).collect();
    assert_eq!(proved, rules);
}

#[test]
fn each_broken_rule_is_told_as_expected_and_alone() {
    told_as_expected("regole", Site::small, code_of);
}

/// What stands just on the admitted side of a limit.
#[test]
fn the_last_admitted_values_break_no_rule() {
    let file = |name: &str| format!("content/piani/2025-2027/{name}.yaml");
    let (nido, doposcuola, avviso) = (file("progetti/nido"), file("progetti/doposcuola"), file("avvisi/avviso-2025"));
    Site::small()
        // Paid in full, on the day of the award; the second time on the day that the site shows.
        .replace(
            &nido,
            "indicatori:",
            "pubblicato_il: 2026-03-02\npagamenti:\n  - { data: 2026-03-02, importo: 20000.00 }\n  - { data: 2026-03-31, importo: 20000.00 }\nindicatori:",
        )
        // Another capofila with its reason, and a supporter from outside.
        .replace(&nido, "ente: comune-alfa, ruolo: capofila", "ente: comune-alfa, ruolo: partner")
        .replace(
            &nido,
            "  - { ente: ambito-gamma, ruolo: partner, quota: 10000.00 }",
            "  - { ente: ambito-gamma, ruolo: capofila, motivo: Lo ha scelto il partenariato., quota: 10000.00 }\n  - { ente: fondazione-zeta, ruolo: sostenitore, quota: 0.00 }",
        )
        .replace("content/partner/enti-pubblici.yaml", "categoria: ambito", "categoria: ambito\n  codice_fiscale: \"00000000034\"")
        // In the last minute of the window; begun and ended on the day that the site shows.
        .replace(&nido, "stato: in_corso", "stato: in_corso\ndomanda: { presentata: 2026-01-30 12:00 }")
        .replace(&doposcuola, "stato: in_corso", "stato: in_corso\ndomanda: { presentata: 2026-01-07 09:00 }")
        .replace(&nido, "dal: 2026-03-16, al: 2027-12-31", "dal: 2026-03-31, al: 2026-03-31")
        .replace(&doposcuola, "punteggio: 25", "punteggio: 28.5")
        .replace(&doposcuola, "atti:", "atti:\n  cup: B61J22000140006")
        .replace(&avviso, "finestra:", "atto: { tipo: Determina, numero: \"2\", data: 2026-01-07 }\nfinestra:")
        .replace(&avviso, "esito:", "esito:\n  atto: { tipo: Determina, numero: \"5\", data: 2026-01-30 }")
        .replace(
            &file("piano"),
            "stato: adottato",
            "stato: inviato\nverifica_pubblicita: { ufficio: Ufficio Comunicazione, data: 2026-02-12 }",
        )
        .replace(&file("piano"), "passaggi:", "passaggi:\n  invio: { data: 2026-02-12, protocollo: 1/2026 }")
        // A title that is quoted in its own way is no code.
        .replace(&file("progetti/sollievo"), "titolo: Sollievo per chi assiste", "titolo: “Sollievo” ![il logo](/media/logo.svg)")
        .check()
        .exits(0)
        .says_nothing();
}

#[test]
fn the_small_site_and_the_shipped_one_break_no_rule() {
    Site::small().check().exits(0).says_nothing();
    let shipped = Site::shipped().check().exits(0);
    assert!(!shipped.stderr.contains("errore"), "{}", shipped.stderr);
}
