//! How far a plan has come: told with act, day and number, and a draft is told on every page.

use crate::html::{Page, pages};
use crate::support::{Site, Tree};

const PIANO: &str = "content/piani/2025-2027/piano.yaml";
pub const PASSAGGI: &str = "passaggi:\n  adozione:\n    data: 2026-02-10\n    atto: { tipo: Delibera, numero: \"12\", data: \
                        2026-02-10, organo: ATS Esempio }\n";

/// The small site with its plan in this state, and no step taken yet.
fn in_state(stato: &str) -> Tree {
    let site = Site::small().replace(PIANO, "stato: adottato", &format!("stato: {stato}")).replace(PIANO, PASSAGGI, "");
    site.built().published()
}

#[test]
fn a_draft_is_told_on_every_page_of_the_site() {
    let tree = in_state("bozza");
    let pages = pages(&tree);
    assert!(pages.len() > 20);
    for page in &pages {
        let notes = page.texts(".bozza");
        assert_eq!(
            notes,
            ["Piano 2025-2027 , bozza: il Piano non è ancora adottato, e ciò che si legge può cambiare."],
            "{}",
            page.path
        );
        assert_eq!(page.select(".bozza")[0].attr("role"), Some("note"), "{}", page.path);
    }
}

#[test]
fn a_plan_in_preparation_is_told_on_its_own_pages() {
    let tree = in_state("in_preparazione");
    for page in pages(&tree) {
        let is_own = page.path.starts_with("2025-2027/");
        assert_eq!(page.texts(".bozza").len(), usize::from(is_own), "{}", page.path);
    }
}

#[test]
fn an_adopted_plan_carries_no_mark_and_tells_its_steps() {
    let tree = Site::example().built().published();
    for page in pages(&tree) {
        assert!(page.select(".bozza").is_empty(), "{}", page.path);
    }
    let body = Page::of(&tree, "2025-2027/index.html").body();
    for words in
        ["Adottato dall'ATS con Delibera n. 12", "Inviato alla Regione , protocollo n. 4321/2026", "10 febbraio 2026"]
    {
        assert!(body.contains(words), "{words} in\n{body}");
    }
}

#[test]
fn each_state_asks_for_the_steps_that_lead_to_it() {
    let full = "  invio: { data: 2026-02-12, protocollo: \"1\" }\n  presa_d_atto: { data: 2026-03-02, atto: { tipo: DGR, \
                numero: XII/1, data: 2026-03-02 } }\n";
    let at = |stato: &str, more: &str| {
        let site = Site::small().replace(PIANO, "stato: adottato", &format!("stato: {stato}"));
        site.append(PIANO, more).check()
    };
    assert_eq!(at("preso_atto", full).exits(0).codes(), Vec::<String>::new());
    assert_eq!(at("preso_atto", "").exits(0).codes(), ["C-24", "C-24"]);
    assert_eq!(at("inviato", full).exits(1).codes(), ["C-24"]);
    at("inviato", "  invio: { data: 2026-02-12 }\n").exits(0).says("l'invio è senza numero di protocollo");
}

/// The register of §4.5: every product, and how it is known that it carries phrase and logo.
#[test]
fn the_register_lists_every_product_of_the_plan_and_of_the_site() {
    let tree = Site::small().built().published();
    let page = Page::of(&tree, "2025-2027/registro/index.html");
    let listed = page.texts("#del-piano ~ .scorri tbody th");
    let own = tree.keys().filter(|path| path.starts_with("2025-2027/"));
    assert_eq!(listed.len(), own.clone().count());
    for path in own {
        assert!(listed.contains(path), "{path}");
    }
    let csv = std::str::from_utf8(&tree["dati/v1/prodotti.csv"]).expect("UTF-8");
    let published = tree.keys().filter(|path| !path.starts_with(".concilia")).count();
    assert_eq!(csv.lines().count(), published + 1);
    assert!(csv.contains("2025-2027/index.html,pagina,si vede,si vede,letta la pagina finita"));
    assert!(csv.contains("grafico da scaricare,si vede,si vede,"));
}
