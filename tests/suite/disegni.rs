//! Drawings beyond bars: the line of time, the maps of tiles, and what can be downloaded of each.

use crate::golden::shipped;
use crate::html::Page;
use crate::support::{Site, Tree};

fn example() -> Tree {
    Site::example().built().published()
}

fn text<'t>(tree: &'t Tree, path: &str) -> &'t str {
    std::str::from_utf8(&tree[path]).expect(path)
}

const PROGETTI: &str = "2025-2027/progetti/index.html";
const CRONOLOGIA: &str = "figure[aria-labelledby=grafico-cronologia]";

#[test]
fn the_projects_stand_on_one_line_of_time_in_the_order_in_which_they_begin() {
    let tree = example();
    let page = Page::of(&tree, PROGETTI);
    assert_eq!(page.texts(&format!("{CRONOLOGIA} .anno")), ["2025", "2026", "2027"]);
    assert!(
        page.text(&format!("{CRONOLOGIA} .grafico-parole"))
            .starts_with("3 progetti: il primo comincia il 1° marzo 2026")
    );
    let bars: Vec<(u64, u64)> = page
        .select(&format!("{CRONOLOGIA} svg.barre > rect"))
        .iter()
        .map(|bar| {
            let number = |name| bar.attr(name).and_then(|text| text.parse().ok()).expect("a number");
            (number("x"), number("x") + number("width"))
        })
        .collect();
    // From 1 January 2025 to 31 March 2028 are 1186 days on 360 units: the first begins after 424 of them.
    assert_eq!(bars[0].0, 424 * 360 / 1186);
    assert_eq!(bars.last().map(|bar| bar.1), Some(360));
    assert!(bars.windows(2).all(|pair| pair[0].0 <= pair[1].0), "{bars:?}");
    let csv = text(&tree, "2025-2027/grafici/cronologia.csv");
    assert!(csv.contains("Un nido vicino al lavoro,2026-03-01,2028-02-29,in corso\r\n"), "{csv}");
}

#[test]
fn where_no_project_says_both_its_days_no_line_of_time_is_drawn() {
    let old = Page::of(shipped(), "2017-2018/progetti/index.html");
    assert!(old.select(CRONOLOGIA).is_empty(), "the plan of 2017 gives no first day");
    assert!(!shipped().contains_key("2017-2018/grafici/cronologia.svg"));
}

#[test]
fn the_map_of_the_agencies_marks_this_one_and_tells_what_each_receives() {
    let page = Page::of(shipped(), "2025-2027/risorse/index.html");
    let map = "figure[aria-labelledby=grafico-mappa-ats]";
    assert_eq!(page.select(&format!("{map} .casella")).len(), 8);
    assert_eq!(page.select(&format!("{map} .casella-scelta")).len(), 1);
    let tiles = page.texts(&format!("{map} .in-casella"));
    assert!(tiles.windows(2).any(|pair| pair[0] == "Bergamo" && pair[1] == "€ 330.000"), "{tiles:?}");
    let rows = page.table("Quanto riceve ogni ATS");
    assert_eq!(rows[1], ["ATS Città Metropolitana", "1.050.000,00"], "the largest share first");
    let csv = text(shipped(), "2025-2027/grafici/mappa-ats.csv");
    assert!(csv.starts_with("\u{feff}ATS,Importo\r\n") && csv.contains("ATS Bergamo,330000.00\r\n"), "{csv}");
    let svg = text(shipped(), "2025-2027/grafici/mappa-ats.svg");
    assert!(svg.matches("stroke-width=\"2.5\"").count() == 1 && svg.contains("Metropolitana"));
}

#[test]
fn the_map_of_the_districts_says_where_alliances_work() {
    let tree = example();
    let page = Page::of(&tree, "2025-2027/alleanze/index.html");
    let map = "figure[aria-labelledby=grafico-mappa-ambiti]";
    assert_eq!(page.select(&format!("{map} .casella-scelta")).len(), 3);
    let rows = page.table("Le alleanze di ogni ambito");
    assert_eq!(rows[1], ["Alto", "1", "Alleanza del Monte"]);
    // The earlier plan names no district: there is nothing to mark.
    assert!(!tree.contains_key("2020-2023/grafici/mappa-ambiti.svg"));
}

#[test]
fn every_drawing_of_a_page_can_be_downloaded_with_its_data() {
    for tree in [shipped(), &example()] {
        let mut drawings = 0;
        // The document is for reading and printing: its tables follow its drawings, which are those of other pages.
        for page in crate::html::pages(tree).into_iter().filter(|page| !page.path.contains("/documento/")) {
            for figure in page.select("figure.grafico") {
                let links: Vec<_> = figure.select(&crate::html::parsed(".scarica a")).collect();
                assert_eq!(links.len(), 2, "{}", page.path);
                drawings += 1;
            }
        }
        assert!(drawings > 10, "{drawings}");
        for (path, bytes) in tree.iter().filter(|(path, _)| path.ends_with(".csv") && path.contains("grafici/")) {
            let lines: Vec<&str> = std::str::from_utf8(bytes).expect(path).lines().collect();
            assert!(lines.len() > 1, "{path}: {lines:?}");
        }
    }
}

#[test]
fn the_home_page_leads_to_services_by_place_and_by_cost() {
    let home = Page::of(shipped(), "index.html");
    let doors: Vec<_> = home.select(".scelte a").iter().filter_map(|link| link.attr("href")).collect();
    assert!(doors.contains(&"servizi/?territorio=Valle%20Imagna%20e%20Villa%20d%27Alm%C3%A8#tutti"), "{doors:?}");
    assert!(doors.contains(&"servizi/?accesso=con%20voucher#tutti"), "{doors:?}");
    let said = home.texts(".scelte a");
    assert!(said.iter().any(|text| text.starts_with("Valle Imagna e Villa d'Almè")), "{said:?}");
}

#[test]
fn kinds_that_are_all_as_numerous_make_no_chart() {
    let tree = Site::small().built().published();
    // A municipality, an ambito and a cooperative: one of each.
    let nido = Page::of(&tree, "2025-2027/progetti/nido/index.html");
    assert!(nido.select("figure[aria-labelledby=grafico-composizione]").is_empty(), "{}", nido.body());
    assert!(!nido.body().contains("I più numerosi"), "{}", nido.body());
    assert!(!tree.contains_key("2025-2027/progetti/nido/composizione.svg"));
    let bodies = Page::of(&tree, "partner/index.html");
    assert_eq!(bodies.select("figure[aria-labelledby=grafico-enti]").len(), 1, "{}", bodies.body());
}
