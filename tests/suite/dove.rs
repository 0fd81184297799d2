//! "Il tuo comune": commune, district, what there is, what there was, whom to ask; and nothing that no record says.

use crate::golden::shipped;
use crate::html::{Page, parsed, text};
use crate::support::Site;

const GAMMA: &str = "{ nome: Gamma, casella: B2 }";
const TOLD: &str = "{ nome: Gamma, casella: B2, comuni: [Albino, Nembro], \
                    contatti: { ufficio: Ufficio di piano, telefono: 035 123456 }, fonte: { documento: Accordo } }";

fn told() -> Site {
    Site::example().replace("content/sito.yaml", GAMMA, TOLD)
}

/// What a section of the page says, and where it leads.
fn section(page: &Page, id: &str) -> (String, Vec<String>) {
    let found = page.select(&format!("section#{id}"));
    let links = found[0].select(&parsed("a[href]")).filter_map(|a| a.attr("href").map(str::to_owned)).collect();
    (text(found[0]), links)
}

#[test]
fn a_commune_leads_to_what_is_there_and_to_whom_to_ask() {
    let tree = told().built().published();
    let page = Page::of(&tree, "dove/index.html");
    let (said, links) = section(&page, "ambito-gamma");
    for told in
        ["Albino", "Nembro", "Un nido vicino al lavoro", "2025-2027, in corso", "Ufficio di piano", "Fonte Accordo"]
    {
        assert!(said.contains(told), "{told}: {said}");
    }
    let nido = "../2025-2027/progetti/nido/";
    for link in
        [nido, "../2025-2027/progetti/nido/#servizio-nido", "../2025-2027/alleanze/monte/", "tel:035123456", "#ats"]
    {
        assert!(links.iter().any(|a| a == link), "{link}: {links:?}");
    }
    assert!(!links.iter().any(|a| a.contains("/sollievo/")), "a project of another district: {links:?}");
    let (nembro, home) = (page.select("#comune-nembro"), Page::of(&tree, "index.html"));
    assert_eq!(crate::html::text(nembro[0]), "Nembro");
    let form = &home.select("section.dove form")[0];
    assert_eq!((form.attr("action"), form.attr("method")), (Some("dove/"), Some("get")));
    assert_eq!(home.select("section.dove form input[name=comune]").len(), 1);
}

#[test]
fn what_is_over_is_told_as_over() {
    let tree = told().built().published();
    let page = Page::of(&tree, "dove/index.html");
    let body = page.body();
    let (now, then) = (body.find("Che cosa c'è").expect("now"), body.find("Che cosa c'è stato").expect("then"));
    assert!(now < then);
    let title = "Bottega aperta";
    let over = page.select("li").into_iter().map(text).find(|said| said.starts_with(title)).expect(title);
    assert!(over.contains("termine previsto") || over.contains("conclus") || over.contains("Piano finito"), "{over}");
}

#[test]
fn no_district_is_guessed() {
    let tree = told().built().published();
    let page = Page::of(&tree, "dove/index.html");
    let (said, links) = section(&page, "senza-ambito");
    assert!(said.contains("gli altri comuni della provincia di Bergamo"), "{said}");
    assert!(said.contains("Clusone") && !said.contains("Nembro"), "{said}");
    assert!(links.contains(&"#ats".to_owned()), "{links:?}");
    let (alto, _) = section(&page, "ambito-alto");
    assert!(alto.contains("Non si sa quali comuni comprende"), "{alto}");
    let (alfa, links) = section(&page, "solo-alfa");
    assert!(alfa.contains("Non si sa in quale ambito è"), "{alfa}");
    assert!(links.iter().any(|a| a.ends_with("/alleanze/monte/")), "{links:?}");
    let (ats, links) = section(&page, "ats");
    assert!(ats.contains("Ufficio Conciliazione"), "{ats}");
    assert!(links.contains(&"mailto:conciliazione@ats-esempio.it".to_owned()), "{links:?}");
}

#[test]
fn where_no_district_names_its_communes_there_is_no_page() {
    let tree = Site::example().built().published();
    assert!(!tree.contains_key("dove/index.html"));
    assert!(Page::of(&tree, "index.html").select("section.dove").is_empty());
}

#[test]
fn the_shipped_plan_tells_the_communes_that_its_source_tells() {
    let page = Page::of(shipped(), "dove/index.html");
    let (seriana, _) = section(&page, "ambito-valle-seriana");
    assert!(seriana.contains("Albino") && seriana.contains("termine previsto il 15 gennaio 2019"), "{seriana}");
    assert!(seriana.contains("Nessun progetto in corso o da avviare"), "{seriana}");
    let (altrove, _) = section(&page, "altrove");
    assert!(altrove.contains("Smart"), "{altrove}");
    assert_eq!(page.select(".comuni li").len(), 238);
    // Where a body of an alliance has its seat, the alliance can be asked.
    let seats = page.texts("#senza-ambito [data-comune]");
    assert_eq!(seats.len(), 5, "{seats:?}");
    assert!(
        seats.contains(&"Nembro: un ente di Alleanza locale Valle Seriana , 2017-2018 (finito)".to_owned()),
        "{seats:?}"
    );
}
