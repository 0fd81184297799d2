//! The page of a body, with all its money, and the file of it.

use crate::html::Page;
use crate::support::{Site, Tree};

const NIDO: &str = "content/piani/2025-2027/progetti/nido.yaml";

fn csv(tree: &Tree, id: &str) -> Vec<Vec<String>> {
    let bytes = &tree[&format!("partner/{id}/importi.csv")];
    let text = std::str::from_utf8(bytes).expect("UTF-8").strip_prefix('\u{feff}').expect("a byte order mark");
    text.split_terminator("\r\n").map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn of_project(rows: &[Vec<String>], project: &str) -> Vec<[String; 3]> {
    let suoi = rows.iter().filter(|row| row[1] == project);
    suoi.map(|row| [row[row.len() - 3].clone(), row[row.len() - 2].clone(), row[row.len() - 1].clone()]).collect()
}

#[test]
fn what_nobody_divides_is_of_the_project_and_not_of_the_body() {
    let tree = Site::example().built().published();
    let page = Page::of(&tree, "partner/comune-alfa/index.html");
    let said = page.text("section[aria-labelledby=erogati]");
    assert!(said.contains("la fonte non dice come si dividono fra gli enti"), "{said}");
    assert!(said.contains("2026, Un nido vicino al lavoro (2025-2027): € 28.000,00"), "{said}");
    let supporter = Page::of(&tree, "partner/officine-eta/index.html");
    assert!(!supporter.body().contains("28.000,00"), "who supports a project receives nothing of it");
    let rows = csv(&tree, "comune-alfa");
    assert_eq!(rows[0].join(","), "periodo,progetto,progetto_titolo,ruolo,cup,stato,voce,anno,importo");
    assert_eq!(
        of_project(&rows, "nido"),
        [["quota del costo", "", "30000.00"], ["contributo", "2026", "26000.00"],],
        "summed over the bodies it would count for each of them"
    );
}

#[test]
fn a_body_without_money_says_what_nobody_tells() {
    let page = Page::of(crate::golden::shipped(), "partner/comune-albino/index.html");
    let said = page.text("section[aria-labelledby=progetti]");
    let muti = "non si sa: quanto mette del costo, quanto riceve del contributo e quanto gli è stato pagato.";
    assert!(said.contains(muti), "{said}");
    let tree = Site::example().built().published();
    let told = Page::of(&tree, "partner/comune-alfa/index.html").text("section[aria-labelledby=progetti]");
    assert!(!told.contains("non si sa"), "{told}");
    // Who supports projects receives nothing of them: that is no silence.
    let supporter = Page::of(&tree, "partner/officine-eta/index.html").text("section[aria-labelledby=progetti]");
    assert!(!supporter.contains("quanto riceve"), "{supporter}");
}

#[test]
fn what_was_paid_to_a_body_is_its_own_year_by_year() {
    let tree = Site::example()
        .replace(NIDO, "importo: 28000.00 }", "importo: 28000.00, ente: coop-delta }")
        .built()
        .published();
    let page = Page::of(&tree, "partner/coop-delta/index.html");
    let rows = page.table("Quanto l'ente ha ricevuto da questi Piani");
    assert!(rows.iter().any(|row| row[0] == "Un nido vicino al lavoro" && row[1] == "2026" && row[5] == "28.000,00"));
    assert_eq!(of_project(&csv(&tree, "coop-delta"), "nido")[2], ["erogato", "2026", "28000.00"]);
    let other = Page::of(&tree, "partner/ambito-gamma/index.html").body();
    assert!(!other.contains("28.000,00"), "{other}");
}

/// What the alliance covers is not where a service can be used.
#[test]
fn the_places_of_a_service_are_those_that_somebody_tells() {
    let places = |site: Site| {
        let tree = site.built().published();
        let text = std::str::from_utf8(&tree["dati/v1/servizi.json"]).expect("UTF-8");
        let data: serde_json::Value = serde_json::from_str(text).expect("JSON");
        let row = data["righe"].as_array().expect("rows").iter().find(|row| row["nome"] == "Nido").expect("a service");
        let schema = Page::of(&tree, "servizi/figli-piccoli/index.html").texts("script[type=\"application/ld+json\"]");
        (row["comuni"].as_str().unwrap_or_default().to_owned(), schema.concat().contains("areaServed"))
    };
    assert_eq!(places(Site::example()), (String::new(), false));
    let nome = "  - nome: Nido\n";
    let own = Site::example().replace(NIDO, nome, &format!("{nome}    territorio: {{ comuni: [Albino] }}\n"));
    assert_eq!(places(own), ("Albino".to_owned(), true));
}

/// A body with two roles in a project is one body in one project.
#[test]
fn a_body_counts_once_for_each_project() {
    let tree = Site::example().built().published();
    let page = Page::of(&tree, "partner/index.html");
    let rows = page.table("20 enti");
    let last = rows.last().expect("a foot");
    let each: usize = rows[1..rows.len() - 1].iter().filter_map(|row| row[4].parse::<usize>().ok()).sum();
    assert_eq!(last[2], each.to_string());
    for row in &rows[1..rows.len() - 1] {
        let Ok(progetti) = row[4].parse::<usize>() else { continue };
        let id = page
            .select("tbody tr")
            .iter()
            .find(|tr| crate::html::text(**tr).starts_with(&row[0]))
            .and_then(|tr| tr.attr("id"));
        let own = Page::of(&tree, &format!("partner/{}/index.html", id.expect("a row").trim_start_matches("ente-")));
        let mut named: Vec<String> = own
            .select("section[aria-labelledby=progetti] tbody th a")
            .iter()
            .filter_map(|a| a.attr("href").map(str::to_owned))
            .collect();
        named.sort();
        named.dedup();
        assert_eq!(named.len(), progetti, "{}", row[0]);
    }
}

#[test]
fn each_telephone_of_a_list_can_be_dialled() {
    let site = |telefono: &str| Site::example().append(NIDO, &format!("contatti: {{ telefono: {telefono} }}\n"));
    let tree = site("035 123456 / +39 800-123456").built().published();
    for path in ["2025-2027/progetti/nido/index.html", "servizi/figli-piccoli/index.html"] {
        let page = Page::of(&tree, path);
        let links: Vec<&str> = page.select("main a[href^=\"tel:\"]").iter().filter_map(|a| a.attr("href")).collect();
        assert!(links.starts_with(&["tel:035123456", "tel:+39800123456"]), "{path}: {links:?}");
    }
    // From the home page to the need, and there the number: two presses.
    let home = Page::of(&tree, "index.html");
    assert!(home.select("main a").iter().any(|a| a.attr("href") == Some("servizi/figli-piccoli/")));
    site("in portineria").check().exits(1).says("`in portineria` non è un numero di telefono");
    site("035 123456 int. 12 (centralino) / 800 123456").check().exits(0);
    site("Chiamare al 035 123456, dalle 9")
        .check()
        .exits(1)
        .says("`Chiamare al 035 123456` non è un numero di telefono");
    site("035 123456 / 12").check().exits(1).says("`12` è troppo corto per un numero di telefono");
}

#[test]
fn a_service_that_has_ended_is_not_offered() {
    let with = |dal_al: &str| {
        let nome = "  - nome: Nido\n";
        Site::example().replace(NIDO, nome, &format!("{nome}{dal_al}")).built().published()
    };
    let ended = with("    al: 2026-03-30\n");
    let page = Page::of(&ended, "servizi/figli-piccoli/index.html");
    let label = page.texts("article.servizio .etichetta-spenta");
    assert!(label.contains(&"Disponibile fino al 30 marzo 2026".to_owned()), "{label:?}");
    let row = Page::of(&ended, "servizi/index.html");
    let stato = row
        .select("tr[data-voce]")
        .iter()
        .find(|tr| crate::html::text(**tr).starts_with("Nido"))
        .and_then(|tr| tr.attr("data-f-stato"));
    assert_eq!(stato, Some("finito o oltre il termine"));
    let schema = |tree: &Tree| {
        Page::of(tree, "servizi/figli-piccoli/index.html").texts("script[type=\"application/ld+json\"]").join("")
    };
    assert!(!schema(&ended).contains("\"Service\""), "{}", schema(&ended));
    assert!(schema(&with("    al: 2027-03-30\n")).contains("\"Service\""));
}

#[test]
fn a_body_that_only_leads_a_network_says_what_it_leads_and_offers_no_amounts() {
    let tree = crate::golden::shipped();
    let page = Page::of(tree, "partner/ats-bergamo/index.html");
    let leads: Vec<_> = page.select("section[aria-labelledby=guida] a").iter().filter_map(|a| a.attr("href")).collect();
    assert!(leads.contains(&"../../2017-2018/risorse/"), "{leads:?}");
    assert!(leads.contains(&"../../2025-2027/rete/"), "{leads:?}");
    assert!(page.texts("a[href='importi.csv']").is_empty());
    assert!(!tree.contains_key("partner/ats-bergamo/importi.csv"));
    assert!(
        tree.contains_key("partner/radici-group/importi.csv")
            == Page::of(tree, "partner/radici-group/index.html").body().contains("importi.csv")
    );
}

/// A body can leave a project after it was paid: what it had is its own.
#[test]
fn who_was_paid_keeps_its_money_though_no_row_names_it() {
    let paid = "pagamenti:\n  - { data: 2026-03-12, importo: 1000.00, ente: azienda-gamma }\n";
    let site = Site::example().replace(NIDO, "pagamenti:\n", paid);
    let tree = site.built().published();
    let page = Page::of(&tree, "partner/azienda-gamma/index.html");
    let row = page.table("I progetti a cui partecipa").into_iter().find(|row| row[0] == "Un nido vicino al lavoro");
    assert!(row.is_some_and(|row| row[2] == "Ha ricevuto pagamenti, e non è fra i partner"));
    let paid = page.table("Quanto l'ente ha ricevuto");
    assert_eq!(paid.last().expect("a total").last().map(String::as_str), Some("1.000,00"));
    let csv = String::from_utf8(tree["partner/azienda-gamma/importi.csv"].clone()).expect("text");
    assert!(csv.contains(",erogato,2026,1000.00"), "{csv}");
}
