//! The words of the records stay in the records: readers see the labels of fields and the names of entries.

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::Arc;

use concilia::norme;
use concilia::report::Report;

use crate::conformita;
use crate::golden::shipped;
use crate::html::pages;
use crate::support::{Site, Tree};

/// Pages that explain data by the names of their columns.
fn is_about_data(path: &str) -> bool {
    path.starts_with("dati/")
}

/// The ids by which norms call kinds of bodies, macro-categories, questions: those that are no plain Italian word.
fn ids() -> BTreeSet<String> {
    let mut ids: BTreeSet<String> = BTreeSet::from(["ets", "asst"].map(str::to_owned));
    for norma in norme::builtin(&mut Report::default()).into_values() {
        let norma = Arc::unwrap_or_clone(norma);
        ids.extend(norma.categorie_enti.iter().map(|categoria| categoria.id.to_string()));
        let voci = norma.qualifiche.iter().chain(&norma.macrocategorie).chain(&norma.categorie_servizi);
        ids.extend(voci.map(|voce| voce.id.to_string()));
        let seggi = norma.organismo.iter().flat_map(|organismo| &organismo.seggi);
        ids.extend(seggi.map(|seggio| seggio.id.to_string()));
        let richieste = norma.regole.iter().filter_map(|regola| regola.dichiarazione.as_ref());
        ids.extend(richieste.flat_map(|dati| &dati.chiede).map(|domanda| domanda.campo.to_string()));
    }
    ids.retain(|id| id.contains('-') || id == "ets" || id == "asst");
    ids
}

/// The words of the records that stand in a text: keys, file names, ids, names between backticks.
fn of_records(testo: &str, ids: &BTreeSet<String>) -> BTreeSet<String> {
    let is_inside = |c: char| c.is_alphanumeric() || "_-./@:?=&%#".contains(c);
    let words = testo.split(|c: char| !is_inside(c)).map(|word| word.trim_matches(['.', ':', '?', '/', '-']));
    let found = words.filter(|word| {
        let is_address = word.contains(['/', '@']) || word.starts_with("www.");
        let is_key = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        let is_path = word.contains('.') && word.split('.').all(|part| is_key(part) && part.len() > 2);
        let is_snake = word.contains('_') && word.split('.').all(is_key);
        !is_address && (is_snake || is_path || word.ends_with(".yaml") || ids.contains(*word))
    });
    let mut found: BTreeSet<String> = found.map(str::to_owned).collect();
    if testo.contains('`') {
        found.insert("`".to_owned());
    }
    found
}

fn in_pdf(bytes: &[u8]) -> String {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), bytes).expect("written");
    let output = Command::new("pdftotext").args(["-enc", "UTF-8"]).arg(file.path()).arg("-").output();
    String::from_utf8(output.expect("pdftotext, of poppler-utils").stdout).expect("UTF-8")
}

fn judge(site: &str, tree: &Tree) -> Vec<String> {
    let ids = ids();
    let mut wrong = Vec::new();
    for page in pages(tree).iter().filter(|page| !is_about_data(&page.path)) {
        let found = of_records(&page.text("main"), &ids);
        if !found.is_empty() {
            wrong.push(format!("{site} {}: {found:?}", page.path));
        }
        // The control code of a document is no word.
        for code in page.texts("main code") {
            let is_control =
                code.split(' ').all(|group| group.len() == 4 && group.chars().all(|c| c.is_ascii_hexdigit()));
            if !is_control {
                wrong.push(format!("{site} {}: <code>{code}</code>", page.path));
            }
        }
    }
    for (path, bytes) in tree.iter().filter(|(path, _)| path.ends_with("/piano.pdf")) {
        let found = of_records(&in_pdf(bytes), &ids);
        if !found.is_empty() {
            wrong.push(format!("{site} {path}: {found:?}"));
        }
    }
    wrong
}

#[test]
fn no_word_of_the_records_is_on_a_public_page_or_in_the_document() {
    let mut wrong = judge("shipped", shipped());
    wrong.extend(judge("small", conformita::published()));
    wrong.extend(judge("example", &Site::example().built().published()));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the pages of an example where nearly everything is wanting say.
#[test]
fn what_is_wanting_is_told_in_the_words_of_readers() {
    let site = ["P25-14", "P25-16", "P25-28", "P25-23-cor", "P25-20-autorizzazione"]
        .iter()
        .fold(Site::example(), |site, case| site.lay_over(&crate::support::fixtures().join("norme").join(case)));
    let output = site.concilia(["build"]).output();
    if output.code != Some(0) {
        panic!("{}", output.stderr);
    }
    let wrong = judge("wanting", &site.published());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_of_records_are_told_from_those_of_people() {
    let ids = ids();
    let found = |testo: &str| of_records(testo, &ids).into_iter().collect::<Vec<_>>();
    assert_eq!(found("manca atti.concessione, e occupati_massimi"), ["atti.concessione", "occupati_massimi"]);
    assert_eq!(found("serve un ente di tipo ets o privato-non-profit."), ["ets", "privato-non-profit"]);
    assert_eq!(found("scrivi in risorse.yaml"), ["risorse.yaml"]);
    assert!(found("www.ats-esempio.it, art. 26 c. 3, Time-saving, ETS, l.r. 28/2004, pre e dopo-scuola").is_empty());
}
