//! The open data as programs read them: whole outputs of the small site, and what no spreadsheet may do with them.
//!
//! `AGGIORNA=1` writes `tests/fixtures/dati` anew, to be read before it is committed. Outside of the suite, `tests/dati/prova`
//! has the data judged by the validators of their standards.

use std::fs;

use serde_json::Value;

use crate::html::Page;
use crate::support::{Site, Tree, fixtures};

const NIDO: &str = "content/piani/2025-2027/progetti/nido.yaml";

fn text<'a>(tree: &'a Tree, path: &str) -> &'a str {
    std::str::from_utf8(tree.get(path).unwrap_or_else(|| panic!("{path} is not there"))).expect("UTF-8")
}

/// Sizes and hashes change with every page of the site.
fn without_sizes(text: &str) -> String {
    let measured = ["\"bytes\":", "\"hash\":", "dcat:byteSize"];
    let lines = text.split_inclusive('\n').filter(|line| !measured.iter().any(|word| line.contains(word)));
    lines.collect()
}

#[test]
fn the_data_of_the_small_site_are_as_expected() {
    let tree = Site::small().built().published();
    let folder = fixtures().join("dati");
    let told_elsewhere = ["conformita", "prodotti"];
    let of_tables = tree.keys().filter(|path| path.starts_with("dati/v1/") && path.ends_with(".csv"));
    let of_tables = of_tables.filter(|path| !told_elsewhere.iter().any(|id| **path == format!("dati/v1/{id}.csv")));
    let others =
        ["beneficiari.json", "beneficiari.schema.json", "datapackage.json", "csv-metadata.json", "360giving.json"];
    let others = others.map(|name| format!("dati/v1/{name}"));
    for path in of_tables.cloned().chain(others).chain(["dati/catalogo.ttl".to_owned()]) {
        let found = without_sizes(text(&tree, &path));
        let file = folder.join(path.rsplit('/').next().expect("a name"));
        if std::env::var_os("AGGIORNA").is_some() {
            fs::create_dir_all(&folder).expect("the folder");
            fs::write(&file, &found).expect("an expected output");
        }
        let wanted = fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(found, wanted, "{path}: AGGIORNA=1 writes what comes now");
    }
}

#[test]
fn no_text_of_a_record_is_run_by_a_spreadsheet_and_each_can_be_told_back() {
    for title in ["=HYPERLINK(\"http://a.it\";\"qui\")", "+39", "-1", "@SUM(A1)", "'a dumanda"] {
        let tree = Site::small()
            .replace(NIDO, "titolo: Un nido vicino al lavoro", &format!("titolo: '{}'", title.replace('\'', "''")))
            .built()
            .published();
        let csv = text(&tree, "dati/v1/progetti.csv");
        let quoted = title.replace('"', "\"\"");
        assert!(csv.contains(&format!(",'{quoted},")) || csv.contains(&format!(",\"'{quoted}\",")), "{csv}");
        let json: Value = serde_json::from_str(text(&tree, "dati/v1/progetti.json")).expect("JSON");
        assert!(json["righe"].as_array().expect("rows").iter().any(|row| row["titolo"] == title), "{title}");
    }
}

/// A sheet that is printed has its head on each page, lies on its long side, and long texts stay inside their column.
#[test]
fn a_workbook_can_be_printed() {
    let tree = Site::small().built().published();
    let parts = crate::consegna::opened(&tree["dati/v1/progetti.xlsx"]);
    assert!(text(&parts, "xl/worksheets/sheet1.xml").contains("orientation=\"landscape\""));
    assert!(text(&parts, "xl/workbook.xml").contains("name=\"_xlnm.Print_Titles\""));
    assert!(text(&parts, "xl/styles.xml").contains("wrapText=\"1\""));
}

#[test]
fn a_dataset_has_a_page_with_its_files_and_fields_and_an_example_of_each() {
    let tree = Site::small().built().published();
    let page = Page::of(&tree, "dati/beneficiari/index.html");
    assert_eq!(page.value("Licenza"), "CC BY 4.0", "there always is one");
    let csv = text(&tree, "dati/v1/beneficiari.csv");
    let head: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().next().expect("a head").split(',').collect();
    assert_eq!(page.texts("table.campi:not(.impronte) tbody th"), head);
    let fields = page.table("I campi");
    assert_eq!(fields[0], ["Campo", "Che cosa contiene", "Per esempio"]);
    assert!(fields.iter().all(|row| row.len() == 3 && !row[2].is_empty()), "{fields:?}");
    let files = page.texts("table.impronte tbody td code");
    let package: Value = serde_json::from_str(text(&tree, "dati/v1/datapackage.json")).expect("JSON");
    let resource = package["resources"].as_array().expect("resources").iter().find(|r| r["name"] == "beneficiari");
    assert_eq!(resource.expect("the dataset")["hash"], format!("sha256:{}", files[0]));
    let list = Page::of(&tree, "2025-2027/trasparenza/index.html");
    for form in ["csv", "xlsx", "json"] {
        assert_eq!(list.select(&format!("main a[href='../../dati/v1/beneficiari.{form}']")).len(), 1, "{form}");
    }
}

#[test]
fn a_licence_that_the_site_names_is_that_of_the_data() {
    let tree = Site::small().append("content/sito.yaml", "licenza_dati: IODL 2.0\n").built().published();
    let package: Value = serde_json::from_str(text(&tree, "dati/v1/datapackage.json")).expect("JSON");
    assert_eq!(package["licenses"][0]["name"], "IODL-2.0");
    assert!(text(&tree, "dati/catalogo.ttl").contains("foaf:name \"IODL 2.0\""));
}
