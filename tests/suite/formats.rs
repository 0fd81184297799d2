//! Findings for programs, and the rules explained.

use serde_json::Value;

use crate::support::Site;

const PROJECT: &str = "content/piani/2025-2027/progetti/nido.yaml";

fn broken() -> Site {
    Site::small().replace(PROJECT, "contributo_richiesto: 40000.00", "contributo_richiesto: 40000.01").replace(
        "content/piani/2025-2027/progetti/sollievo.yaml",
        "alleanza:",
        "aleanza:",
    )
}

/// The standard output of a check, as JSON, when it found errors.
fn parsed(site: &Site, format: &str) -> Value {
    let output = site.concilia(["check", "--format", format]).output().exits(1);
    assert_eq!(output.stderr, "");
    serde_json::from_str(&output.stdout).expect("JSON")
}

#[test]
fn json_says_all_that_the_lines_for_people_say() {
    let document = parsed(&broken(), "json");
    let sum =
        document["problemi"].as_array().expect("a list").iter().find(|one| one["codice"] == "Q-01").expect("Q-01");
    assert_eq!(sum["gravita"], "errore");
    assert_eq!(sum["file"], PROJECT);
    let text = broken().read(PROJECT);
    let line = text.lines().position(|line| line.contains("costo_complessivo")).expect("the field") + 1;
    assert_eq!(sum["riga"], line);
    let column = text.lines().nth(line - 1).and_then(|line| line.find("50000.00")).expect("the value") + 1;
    assert_eq!(
        (&sum["colonna"], &sum["colonna_fine"]),
        (&Value::from(column), &Value::from(column + "50000.00".len()))
    );
    assert_eq!(sum["correlati"].as_array().map(Vec::len), Some(2));
    let errors =
        document["problemi"].as_array().expect("a list").iter().filter(|one| one["gravita"] == "errore").count();
    assert_eq!(document["errori"], errors);
}

#[test]
fn sarif_points_into_the_files() {
    let document = parsed(&broken(), "sarif");
    assert_eq!(document["version"], "2.1.0");
    let results = document["runs"][0]["results"].as_array().expect("a list");
    let unknown = results.iter().find(|one| one["ruleId"] == "C-02").expect("C-02");
    assert_eq!(unknown["level"], "error");
    let place = &unknown["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "content/piani/2025-2027/progetti/sollievo.yaml");
    assert_eq!(place["region"]["startColumn"], 1);
    assert_eq!(place["region"]["endColumn"], "aleanza".len() + 1);
    assert!(unknown["message"]["text"].as_str().expect("a text").contains("aiuto: forse intendevi `alleanza`?"));
}

#[test]
fn programs_get_an_answer_when_all_is_well_too() {
    let output = Site::small().concilia(["check", "--format", "json"]).output().exits(0);
    let document: Value = serde_json::from_str(&output.stdout).expect("JSON");
    assert_eq!(document["errori"], 0);
}

#[test]
fn every_rule_is_explained() {
    let site = Site::empty();
    let list = site.concilia(["explain"]).output().exits(0).stdout;
    for rule in concilia::check::catalogo::RULES {
        assert!(list.contains(rule.code), "{} is not in the list", rule.code);
        let text = site.concilia(["explain", &rule.code.to_lowercase()]).output().exits(0).stdout;
        assert_eq!(text, format!("{}\n\nChe cosa chiede: {}.\nPerché: {}.\n", rule.code, rule.what, rule.why));
    }
    let wrong = site.concilia(["explain", "Q-1"]).output().exits(2).stderr;
    assert_eq!(wrong, "errore: la regola `Q-1` non c'è: forse intendevi `Q-01`?\n");
}
