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
    assert_eq!(output.stderr.lines().count(), 1, "the closing line alone: {}", output.stderr);
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

/// The plan that is shipped: what somebody sees who tries the program for the first time.
#[test]
fn many_warnings_are_a_page_for_people_and_all_of_them_for_programs() {
    let site = Site::shipped();
    let page =
        site.concilia(["build"]).output().exits(0).says("`concilia check --tutti`").says("Pubblicato in `public`: ");
    assert!(page.stderr.lines().count() <= 45, "{}", page.stderr);
    let all = site.concilia(["check", "--format", "json"]).output().exits(0);
    let document: Value = serde_json::from_str(&all.stdout).expect("JSON");
    let found = document["problemi"].as_array().map(Vec::len).expect("a list");
    let lines = site.concilia(["check", "--format", "riga"]).output().exits(0).stderr;
    assert_eq!(lines.lines().filter(|line| line.contains(": avviso[")).count(), found);
    let whole = site.concilia(["check", "--tutti"]).output().exits(0);
    assert_eq!(whole.codes().len(), found);
    let errors = site.concilia(["check", "--solo-errori"]).output().exits(0);
    assert!(errors.stderr.ends_with(&format!("; {found} avvisi\n")) && errors.stderr.lines().count() == 1);
}

#[test]
fn every_rule_is_explained() {
    let site = Site::empty();
    let list = site.concilia(["explain"]).output().exits(0).stdout;
    for rule in concilia::codes::rules() {
        assert!(list.contains(&format!("  {} ", rule.code)), "{} is not in the list", rule.code);
        let text = site.concilia(["explain", &rule.code.to_lowercase()]).output().exits(0).stdout;
        let words = one_line(&text);
        let article = rule.article.map(|article| format!(" Articolo {article}")).unwrap_or_default();
        let whole = format!("{}: {} Perché {} Esempio {}{article}", rule.code, rule.what, rule.why, rule.example);
        assert_eq!(words, one_line(&whole));
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    }
    let wrong = site.concilia(["explain", "Q-1"]).output().exits(2).stderr;
    assert_eq!(wrong, "errore: la regola `Q-1` non c'è: forse intendevi `Q-01`?\n");
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_rule_of_every_norm_is_explained_with_its_article() {
    let site = Site::empty();
    let list = site.concilia(["explain"]).output().exits(0).stdout;
    for (id, norma) in &concilia::plan::norms_of(None).0 {
        for regola in &norma.regole {
            assert!(list.contains(&format!("  {} ", regola.codice)), "{} is not in the list", regola.codice);
            let text = one_line(&site.concilia(["explain", &regola.codice]).output().exits(0).stdout);
            assert!(text.contains(&one_line(&regola.titolo)), "{text}");
            assert!(text.contains(&one_line(&concilia::conformita::citazione(norma, regola))), "{id}: {text}");
            assert!(text.contains(&one_line(&regola.perche)), "{text}");
        }
    }
}

#[test]
fn every_kind_of_rule_is_explained_with_the_rules_that_use_it() {
    let site = Site::empty();
    for (tipo, spiegazione) in concilia::record::TIPI {
        let text = site.concilia(["explain", *tipo]).output().exits(0).stdout;
        assert!(one_line(&text).contains(spiegazione.che_cosa), "{text}");
        // A kind that no norm uses is one too many.
        assert!(text.contains("  Regole  "), "{text}");
    }
}

#[test]
fn a_norm_is_printed_with_its_act_and_its_rules() {
    let site = Site::empty();
    let text = site.concilia(["norme", "FSE-2017"]).output().exits(0).stdout;
    assert_eq!(
        text,
        "Avviso POR FSE 2017 per i servizi all'infanzia e all'adolescenza

  Atto        Avviso POR FSE del 10 marzo 2017
  Nota        Le voci sono le azioni per le famiglie che la presentazione
              regionale segna come aperte anche ai fondi POR FSE: la fonte non
              dice quali di queste l'avviso finanzi.

Regole
  FSE17-01    il contributo è al massimo l'80 % del costo ammissibile e
              €\u{a0}100.000,00 (Avviso POR FSE del 10 marzo 2017)
  FSE17-02    il partenariato unisce pubblico e privato (Avviso POR FSE del 10
              marzo 2017)

`concilia explain CODICE` spiega una regola.
"
    );
    let list = site.concilia(["norme"]).output().exits(0).stdout;
    assert!(list.contains("  dgr-5464-2025\n"), "{list}");
    assert!(!list.contains("generale"), "{list}");
    let wrong = site.concilia(["norme", "dgr-5464-25"]).output().exits(2).stderr;
    assert_eq!(wrong, "errore: la norma `dgr-5464-25` non c'è: forse intendevi `dgr-5464-2025`?\n");
}

#[test]
fn the_norms_of_a_site_are_explained_with_the_others() {
    let site = Site::small().write(
        "content/norme/norma-locale.yaml",
        "titolo: Norma locale\nregole:\n  - codice: LOC-1\n    titolo: due anni e mezzo\n    perche: per prova\n    tempi: { mesi: 30 }\n",
    );
    let text = site.concilia(["explain", "loc-1"]).output().exits(0).stdout;
    assert!(text.starts_with("LOC-1: due anni e mezzo\n\n  Articolo    Norma locale\n"), "{text}");
    let text = site.concilia(["norme", "norma-locale"]).output().exits(0).stdout;
    assert!(text.contains("  LOC-1       due anni e mezzo (Norma locale)\n"), "{text}");
}

/// What stands under the article of an act is not what the act says: it is told, with what the act does say.
#[test]
fn a_rule_that_the_site_replaces_is_explained_as_such() {
    let norm = include_str!("../fixtures/regole/C-30/content/norme/norma-piccola-2.yaml");
    let site = Site::small().write("content/norme/norma-larga.yaml", norm);
    let said = "P25-01 (DGR n. XII/5464 del 9 dicembre 2025) è sostituita dal sito: per la norma «il partenariato ha almeno tre \
                beneficiari fra enti del Terzo settore, cooperative sociali ed enti pubblici», per il sito «il \
                partenariato ha almeno un beneficiario»";
    let text = site.concilia(["explain", "P25-01"]).output().exits(0).stdout;
    assert_eq!(one_line(&text).matches(said).count(), 1, "{text}");
    let text = one_line(&site.concilia(["norme", "norma-larga"]).output().exits(0).stdout);
    assert!(
        text.contains(
            "P25-01 il partenariato ha almeno un beneficiario (Una norma più larga, § 4.2; sostituita dal sito)"
        ),
        "{text}"
    );
    assert!(text.contains(&format!("Che cosa il sito cambia nelle norme {said}")), "{text}");
    let text = site.concilia(["norme", "dgr-5464-2025"]).output().exits(0).stdout;
    assert!(!text.contains("dal sito"), "{text}");
    let told = site.check().exits(0).stderr;
    assert!(told.ends_with("\nSi può pubblicare; 1 nota\n"), "{told}");
}

/// Why a rule is there, how a norm is called and by which act it stands are words of the norm like the others.
#[test]
fn other_words_around_a_rule_are_told_too() {
    let norm = include_str!("../../src/norme/dgr-5464-2025.yaml");
    let own = |da: &str, a: &str| {
        assert!(norm.contains(da), "{da}");
        let site = Site::small().write("content/norme/dgr-5464-2025.yaml", norm.replacen(da, a, 1));
        let checked = site.check().exits(0);
        assert_eq!(checked.codes(), ["C-30"]);
        checked.stderr
    };
    let told = own("perche: i progetti sono di una rete, non di un ente solo", "perche: così vuole il sito");
    assert!(told.contains("(cambia la spiegazione)"), "{told}");
    let told = own("titolo: ", "titolo: Altre ");
    assert!(told.contains("altre parti della norma sono cambiate dal sito (titolo: "), "{told}");
    let told = own("XII/5464", "XII/5465");
    assert!(
        told.contains(
            "altre parti della norma sono cambiate dal sito (atto: da DGR n. XII/5464 del 9 dicembre 2025 a DGR n. XII/5465 del "
        ),
        "{told}"
    );
}
