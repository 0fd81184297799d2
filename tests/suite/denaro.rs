//! Money: what a source does not give is absent everywhere, and never 0,00.

use std::collections::BTreeMap;

use crate::html::Page;
use crate::materiali::{composed, pagine};
use crate::support::Site;

const ESTATE: &str = "content/piani/2017-2018/progetti/estate.yaml";

const FINANZIAMENTO: &str = "finanziamento:
  costo_complessivo: 130000.00
  costo_ammissibile: 125000.00
  cofinanziamento: 30000.00
  contributo_richiesto: 100000.00
  contributo_riconosciuto: 100000.00
";

#[test]
fn an_amount_that_the_source_does_not_give_is_never_a_zero() {
    let tree = Site::example().replace(ESTATE, FINANZIAMENTO, "").built().published();
    let list = Page::of(&tree, "2017-2018/progetti/index.html");
    let said = list.body();
    assert!(said.contains("somma di 2 progetti su 3"), "{said}");
    let said = Page::of(&tree, "2017-2018/alleanze/centro/index.html").body();
    assert!(said.contains("Non indicato"), "{said}");
    let project = Page::of(&tree, "2017-2018/progetti/estate/index.html");
    assert!(project.text("section[aria-labelledby=finanziamento]").contains("La fonte non dice nessun importo."));
    assert!(!Page::of(&tree, "2017-2018/progetti/estate/index.html").body().contains("0,00"));
    let rows = String::from_utf8(tree["dati/v1/progetti.csv"].clone()).expect("text");
    let row = rows.lines().find(|row| row.contains(",estate,")).expect("the project");
    assert!(row.trim_end().ends_with(&",".repeat(11)), "{row}");
}

/// The bodies of three projects and what each receives, written out here.
const RICEVONO: [(&str, &str, &str, &str); 7] = [
    ("nido", "Comune di Alfa", "26.000,00", "26000.00"),
    ("nido", "Ambito di Gamma", "10.000,00", "10000.00"),
    ("nido", "Cooperativa sociale Delta", "20.000,00", "20000.00"),
    ("sollievo", "Fondazione Zeta", "20.000,00", "20000.00"),
    ("sollievo", "Comune di Beta", "5.000,00", "5000.00"),
    ("sollievo", "Cooperativa sociale Epsilon", "15.000,00", "15000.00"),
    ("navetta", "Azienda Speciale di Gamma", "29.000,00", "29000.00"),
];

#[test]
fn the_same_bodies_receive_the_same_sums_on_page_data_document_and_poster() {
    let site = Site::example().built();
    let tree = site.published();
    let rows = Page::of(&tree, "2025-2027/trasparenza/index.html").table("Chi riceve i contributi, in euro");
    let csv = String::from_utf8(tree["dati/v1/beneficiari.csv"].clone()).expect("text");
    let text = String::from_utf8(tree["dati/v1/beneficiari.json"].clone()).expect("text");
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let pdf = pagine(&tree["2025-2027/documento/piano.pdf"]).join(" ");
    let register = pdf.split("Chi riceve i contributi, in euro").nth(1).expect("the register in the document");
    let posters = composed(&site);
    for (progetto, nome, importo, cifre) in RICEVONO {
        let on_page = rows.iter().filter(|row| row[0].starts_with(nome) && row[2] == importo).count();
        assert!(on_page >= 1, "{nome} with {importo} is not among {rows:?}");
        let in_csv = |row: &str| [progetto, nome, cifre].iter().all(|part| row.contains(part));
        assert!(csv.lines().any(in_csv), "{nome}: {csv}");
        let in_json = |row: &serde_json::Value| {
            let importo = row["contributo"].as_f64();
            row["progetto"] == progetto && row["beneficiario_nome"] == nome && importo == cifre.parse().ok()
        };
        assert!(text.contains(&format!("\"contributo\": {cifre},")), "{cifre}: {text}");
        assert!(json["righe"].as_array().expect("rows").iter().any(in_json), "{nome}: {json}");
        assert!(register.contains(nome) && register.contains(importo), "{nome}: {register}");
        let poster = pagine(&posters[&format!("progetto-{progetto}-locandina.pdf")]).join(" ").replace('\u{a0}', " ");
        assert!(poster.contains(&format!("{nome}: € {importo}")), "{nome}: {poster}");
    }
    // The capofila of the alliance, of which the project has another one.
    assert_eq!(csv.matches("29000.00").count(), 1, "{csv}");
    let navetta = Page::of(&tree, "2025-2027/progetti/navetta/index.html").body();
    assert!(!navetta.contains("Comune di Alfa"), "{navetta}");
    assert!(navetta.contains("2, capofila escluso"), "{navetta}");
    let bodies = Page::of(&tree, "partner/coop-delta/index.html").body();
    assert!(bodies.contains("20.000,00"), "{bodies}");
}

#[test]
fn where_nobody_tells_the_shares_the_row_is_of_the_partnership() {
    let tree = Site::small().built().published();
    let rows = Page::of(&tree, "2025-2027/trasparenza/index.html").table("Chi riceve i contributi, in euro");
    let said = &rows[1][0];
    for part in ["Partenariato, capofila", "Comune di Alfa", "ripartizione fra i beneficiari non indicata"] {
        assert!(said.contains(part), "{said}");
    }
    assert_eq!(rows[0][1], "Importo", "the fiscal code of the capofila is not that of who receives");
    let json: serde_json::Value = serde_json::from_slice(&tree["dati/v1/beneficiari.json"]).expect("JSON");
    let undivided = &json["righe"][0];
    for column in ["beneficiario", "codice_fiscale", "ruolo"] {
        assert_eq!(undivided[column], serde_json::Value::Null, "{column}: {undivided}");
    }
    for (column, said) in [
        ("capofila", "comune-alfa"),
        ("responsabile", "Maria Esempio"),
        ("ufficio", "Ufficio Conciliazione"),
        ("avviso", "avviso-2025"),
    ] {
        assert_eq!(undivided[column], said, "{undivided}");
    }
    // What one body has of it is not known.
    let body = Page::of(&tree, "partner/comune-beta/index.html").body();
    assert!(!body.contains("30.000,00") && !body.contains("0,00"), "{body}");
}

#[test]
fn a_project_without_a_grant_is_neither_listed_nor_counted() {
    let doposcuola = "content/piani/2025-2027/progetti/doposcuola.yaml";
    let tree = Site::small()
        .replace(doposcuola, "  contributo_riconosciuto: 30000.00\n", "")
        .replace(doposcuola, "stato: in_corso", "stato: ammesso")
        .replace(doposcuola, "atti:\n  concessione: { tipo: Determina, numero: \"8\", data: 2026-03-02 }\n", "")
        .built()
        .published();
    let page = Page::of(&tree, "2025-2027/trasparenza/index.html");
    assert!(!page.body().contains("Doposcuola"), "{}", page.body());
    assert!(page.body().contains("Contributi riconosciuti a 2 progetti"), "{}", page.body());
}

#[test]
fn a_sole_trader_is_published_with_its_fiscal_code_and_a_free_service_lacks_no_amount() {
    let tree = Site::small()
        .replace(
            "content/partner/impresa-eta.yaml",
            "categoria: impresa",
            "categoria: impresa\ncodice_fiscale: RSSMRA80A01F205X\npartita_iva: \"12345670017\"\nditta_individuale: true",
        )
        .append("content/piani/2025-2027/progetti/doposcuola.yaml", "contatti: { telefono: 035 1234567 }\n")
        .built()
        .published();
    let body = Page::of(&tree, "partner/impresa-eta/index.html").body();
    assert!(body.contains("RSSMRA80A01F205X") && body.contains("12345670017"), "{body}");
    let services = Page::of(&tree, "servizi/doposcuola/index.html").body();
    assert!(services.contains("Gratuito"), "{services}");
    assert!(!services.contains("l'importo") && !services.contains("quanto costa"), "{services}");
    assert!(services.contains("035 1234567"), "{services}");
}

/// The fields of each row of a dataset, as they are written: `"importo": 40000.00`.
fn fields(json: &str) -> Vec<BTreeMap<&str, &str>> {
    fn field(line: &str) -> Option<(&str, &str)> {
        let (name, value) = line.trim().trim_end_matches(',').split_once("\": ")?;
        Some((name.strip_prefix('"')?, value))
    }
    let rows = json.split("\n    {\n").skip(1).map(|row| row.split("\n    }").next().unwrap_or_default());
    rows.map(|row| row.lines().filter_map(field).collect()).collect()
}

#[test]
fn figures_are_numbers_in_the_json_digit_by_digit_and_what_nobody_tells_is_null() {
    let nido = "content/piani/2025-2027/progetti/nido.yaml";
    let tree = Site::small()
        .replace(nido, "costo_complessivo: 50000.00", "costo_complessivo: 50000.10")
        .replace(nido, "contributo_richiesto: 40000.00", "contributo_richiesto: 40000.1")
        .replace("content/piani/2025-2027/risorse.yaml", "importo: 117000.50", "importo: 117000.60")
        .replace(nido, "coop-delta, ruolo: partner, quota: 20000.00", "coop-delta, ruolo: partner, quota: 20000.10")
        .built()
        .published();
    let text = |path: &str| String::from_utf8(tree[path].clone()).expect("text");
    let progetti = text("dati/v1/progetti.json");
    let nido = fields(&progetti).into_iter().find(|row| row["id"] == "\"nido\"").expect("the project");
    let figures = ["costo_complessivo", "cofinanziamento", "contributo_richiesto"].map(|field| nido[field]);
    assert_eq!(figures, ["50000.10", "10000.00", "40000.10"]);
    assert_eq!(nido["titolo"].chars().next(), Some('"'));
    let csv = text("dati/v1/progetti.csv");
    for row in fields(&progetti) {
        let absent = row.values().filter(|value| **value == "null").count();
        let line = csv.lines().find(|line| line.contains(row["id"].trim_matches('"'))).expect("the same row");
        assert_eq!(absent, line.split(',').filter(|cell| cell.is_empty()).count(), "{line}: {row:?}");
        assert!(row.values().all(|value| *value != "\"\""), "{row:?}");
    }
    let alleanze = text("dati/v1/alleanze.json");
    assert!(fields(&alleanze).iter().all(|row| row["partner"].bytes().all(|b| b.is_ascii_digit())), "{alleanze}");
}

#[test]
fn what_is_left_starts_from_the_whole_endowment_where_no_act_divides_it() {
    let risorse = "content/piani/2025-2027/risorse.yaml";
    let ranking = |site: Site| {
        let page = Page::of(&site.built().published(), "2025-2027/graduatoria/index.html");
        let table = page.table("La graduatoria e l'assegnazione dei contributi, in euro");
        let left = table[0].iter().position(|head| head == "Rimane in dotazione").expect("the column");
        table[1..].iter().filter_map(|row| row.get(left).cloned()).collect::<Vec<String>>()
    };
    let left = ["40.000,00", "10.000,00", "0,00", "Non si somma"];
    assert_eq!(ranking(Site::small()), left);
    assert_eq!(ranking(Site::small().replace(risorse, "destinazione: progetti", "destinazione: piano")), left);
}

/// Five years after the act, and once the project has ended, the person whom the law asked for is named nowhere.
#[test]
fn where_the_time_of_publication_is_over_nobody_is_named() {
    const SPORTELLO: &str = "content/piani/2017-2018/progetti/sportello.yaml";
    let responsabile = "responsabile: { nome: Giovanna Prova, ufficio: Ufficio Welfare }\npubblicato_il:";
    let tree = Site::example().replace(SPORTELLO, "pubblicato_il:", responsabile).built().published();
    let page = Page::of(&tree, "2017-2018/trasparenza/index.html").body();
    assert!(page.contains("Termine di pubblicazione scaduto il 31 dicembre 2022"), "{page}");
    let named = |(path, bytes): (&String, &Vec<u8>)| {
        let is_register = path.contains("trasparenza/") || path.starts_with("dati/") && !path.contains("piano.json");
        is_register && String::from_utf8_lossy(bytes).contains("Giovanna Prova")
    };
    assert_eq!(tree.iter().filter(|entry| named(*entry)).map(|(path, _)| path).collect::<Vec<_>>(), [""; 0]);
    // While it lasts, the register names them and says when the grant was published.
    let page = Page::of(&tree, "2025-2027/trasparenza/index.html").body();
    assert!(page.contains("Maria Esempio, Ufficio Conciliazione") && page.contains("pubblicato il"), "{page}");
}
