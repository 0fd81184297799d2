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

/// `35.7%`, in thousandths of the width.
fn tenths(element: &scraper::ElementRef, name: &str) -> u32 {
    // What begins at the left edge does not say where.
    let text = element.attr(name).unwrap_or("0").trim_end_matches('%');
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    whole.parse::<u32>().expect(text) * 10 + part.parse::<u32>().expect(text)
}

/// The cents of `€ 1.234,56`.
fn cents(amount: &str) -> u64 {
    let digits: String = amount.chars().filter(char::is_ascii_digit).collect();
    digits.parse().expect(amount)
}

const PROGETTI: &str = "2025-2027/progetti/index.html";
const CRONOLOGIA: &str = "figure[aria-labelledby=grafico-cronologia]";

#[test]
fn the_projects_stand_on_one_line_of_time_in_the_order_in_which_they_begin() {
    let tree = example();
    let page = Page::of(&tree, PROGETTI);
    assert_eq!(page.texts(&format!("{CRONOLOGIA} .anni text")), ["2025", "2026", "2027"]);
    assert!(
        page.text(&format!("{CRONOLOGIA} .grafico-parole"))
            .starts_with("3 progetti: il primo comincia il 1° marzo 2026")
    );
    let bars: Vec<(u32, u32)> = page
        .select(&format!("{CRONOLOGIA} .traccia [class^=serie]"))
        .iter()
        .map(|bar| (tenths(bar, "x"), tenths(bar, "x") + tenths(bar, "width")))
        .collect();
    // From 1 January 2025 to 31 March 2028 are 1186 days: the first begins after 424 of them.
    assert_eq!(bars[0].0, 424 * 1000 / 1186);
    assert_eq!(bars.last().map(|bar| bar.1), Some(1000));
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
    assert_eq!(page.text(&format!("{map} .casella-scelta")), "Bergamo 330.000");
    // The table of the split has what the map draws.
    assert_eq!(page.select(&format!("{map} a[href='#tabella-riparto']")).len(), 1);
    let rows = page.table("Riparto fra le ATS");
    assert!(rows.iter().any(|row| row[0].starts_with("ATS Bergamo") && row[5] == "330.000,00"), "{rows:?}");
    let csv = text(shipped(), "2025-2027/grafici/mappa-ats.csv");
    assert!(csv.starts_with("\u{feff}ATS,Importo\r\n") && csv.contains("ATS Bergamo,330000.00\r\n"), "{csv}");
    let svg = text(shipped(), "2025-2027/grafici/mappa-ats.svg");
    assert!(svg.matches("stroke-width=\"2.5\"").count() == 1 && svg.contains(">Metropo-<") && svg.contains(">litana<"));
}

#[test]
fn the_map_of_the_districts_says_where_alliances_work() {
    let tree = example();
    let page = Page::of(&tree, "2025-2027/alleanze/index.html");
    let map = "figure[aria-labelledby=grafico-mappa-ambiti]";
    assert_eq!(page.select(&format!("{map} .casella-scelta")).len(), 3);
    let rows = page.table("Le alleanze di ogni ambito");
    assert_eq!(rows[1][..3], ["Alto", "1", "Alleanza del Monte"]);
    // A tile leads to the alliance of its district, whose money is not of this district alone.
    let alto =
        page.select(&format!("{map} a.casella")).into_iter().find(|tile| crate::html::text(*tile).starts_with("Alto"));
    let alto = alto.expect("a tile");
    assert_eq!(crate::html::text(alto), "Alto 1 alleanza in 2 ambiti");
    assert!(
        alto.attr("href").is_some_and(|href| href.ends_with("2025-2027/alleanze/monte/")),
        "{:?}",
        alto.attr("href")
    );
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
    let tree = Site::example().built().published();
    let home = Page::of(&tree, "index.html");
    let doors: Vec<_> = home.select(".scelte a").iter().filter_map(|link| link.attr("href")).collect();
    assert!(doors.contains(&"servizi/?territorio=Alto#tutti"), "{doors:?}");
    assert!(doors.contains(&"servizi/?accesso=con%20voucher#tutti"), "{doors:?}");
    let said = home.texts(".scelte a");
    assert!(said.iter().any(|text| text.starts_with("Alto")), "{said:?}");
}

#[test]
fn services_of_which_no_record_tells_the_place_are_counted_and_lead_to_the_list() {
    // The project that has no place is that of the alliance of firms.
    let page = Page::of(shipped(), "dove/index.html");
    let told = page.select("main a[href$='servizi/?territorio=non%20indicato#tutti']");
    assert_eq!(told.len(), 1);
    let line = crate::html::text(scraper::ElementRef::wrap(told[0].parent().expect("a line")).expect("an element"));
    let without = Page::of(shipped(), "servizi/index.html").select("tr[data-voce]:not([data-f-territorio])").len();
    assert!(without > 1);
    let said = format!("Di {without} servizi non si sa il luogo: sono fra tutti i servizi.");
    assert_eq!(line.replace(" .", "."), said);
}

#[test]
fn needs_whose_services_are_all_over_say_it() {
    let home = Page::of(shipped(), "index.html");
    let today = home.text("section[aria-labelledby=oggi]").replace(" .", ".");
    assert!(today.contains("Servizi Nessuno risulta in corso al 21 novembre 2026."), "{today}");
    assert!(home.text("#bisogni").contains("I servizi che c'erano"));
    let services = Page::of(shipped(), "servizi/index.html");
    assert!(services.text(".situazione").starts_with("Al 21 novembre 2026 nessuno di questi servizi risulta in corso"));
    let doors = services.texts(".adesso a");
    let firms = "Come partecipare: imprese ed enti";
    assert_eq!(doors, ["Chi potrà usare i servizi 2025-2027", "A chi chiedere nel tuo comune", firms, "Contatti"]);
    // Where some go on, each card tells of its own.
    let old = "content/piani/2020-2023/progetti/welfare-insieme.yaml";
    let site = Site::example().replace(old, "categoria: figli-piccoli", "categoria: formazione");
    let home = Page::of(&site.built().published(), "index.html");
    let cards = home.texts(".bisogni .conteggio");
    assert_eq!(cards.iter().filter(|card| *card == "1 servizio, non risulta in corso").count(), 1, "{cards:?}");
    assert!(!home.body().contains("Nessuno risulta in corso"), "some go on");
}

#[test]
fn partners_of_which_nobody_tells_the_kind_are_a_bar_of_their_own() {
    let grumello = Page::of(shipped(), "2017-2018/alleanze/grumello-del-monte/index.html");
    let rows = grumello.table("Alleanza locale di Grumello del Monte: i suoi enti");
    assert!(rows.iter().any(|row| row[0] == "Tipo non indicato" && row[1] == "6"), "{rows:?}");
    let words = grumello.text("figure[aria-labelledby=grafico-composizione] .grafico-parole");
    assert!(words.starts_with("15 enti: 9 di 2 tipi, e 6 di cui il tipo non è indicato."), "{words}");
    let bodies = grumello.table("Gli enti che");
    assert!(bodies.iter().any(|row| row[0].starts_with("Altri 6,") && row[2] == "Non indicato"), "{bodies:?}");
    // Where one kind alone is known, a chart would say that most is not.
    let bergamo = Page::of(shipped(), "2017-2018/alleanze/bergamo/index.html");
    assert!(bergamo.select("figure[aria-labelledby=grafico-composizione]").is_empty());
    let bodies = bergamo.table("Gli enti che");
    assert!(bodies.iter().any(|row| row[0].starts_with("Altri 24,") && row[2] == "Non indicato"), "{bodies:?}");
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

const FLUSSO: &str = "figure[aria-labelledby=grafico-flusso]";

#[test]
fn every_step_of_the_flow_adds_up_to_the_money_of_the_page() {
    for (tree, plan) in [(shipped(), "2017-2018"), (&example(), "2025-2027"), (&example(), "2020-2023")] {
        let page = Page::of(tree, &format!("{plan}/risorse/index.html"));
        let rows = page.table("Da dove viene il denaro e a chi va");
        let sum =
            |is: fn(&str) -> bool| rows[1..].iter().filter(|row| is(&row[0])).map(|row| cents(&row[2])).sum::<u64>();
        let (from, to) = (sum(|step| step == "Da dove viene"), sum(|step| step == "Dove va"));
        assert!([from, to].iter().all(|sum| [0, cents(&page.value("Disponibile"))].contains(sum)), "{plan}: {rows:?}");
        let granted = cents(&page.value("Concesso ai progetti"));
        assert!([0, granted].contains(&sum(|step| step.starts_with("Ai progetti"))), "{plan}: {rows:?}");
        assert!([0, granted].contains(&sum(|step| step == "Agli enti")), "{plan}: {rows:?}");
        // What is drawn are the same amounts, step by step.
        let drawn: u64 = page.texts(&format!("{FLUSSO} svg .valore")).iter().map(|amount| cents(amount)).sum();
        assert_eq!(drawn, rows[1..].iter().map(|row| cents(&row[2])).sum::<u64>(), "{plan}");
    }
}

#[test]
fn a_step_of_the_flow_that_the_acts_do_not_tell_is_left_out_and_said() {
    let old = Page::of(shipped(), "2017-2018/risorse/index.html");
    let words = old.text(&format!("{FLUSSO} .grafico-parole"));
    assert!(words.ends_with("Gli atti non dicono come ogni contributo si divide fra gli enti."), "{words}");
    let titles = |page: &Page| page.texts(&format!("{FLUSSO} text.titolo"));
    assert!(!titles(&old).iter().any(|title| title.starts_with("Agli enti")), "{:?}", titles(&old));
    let told = Page::of(&example(), "2025-2027/risorse/index.html");
    assert!(titles(&told).contains(&"Agli enti".to_owned()), "{:?}", titles(&told));
    // Before anything is granted there is nothing to follow.
    assert!(Page::of(shipped(), "2025-2027/risorse/index.html").select(FLUSSO).is_empty());
}

#[test]
fn the_stream_of_money_cuts_no_name() {
    let page = Page::of(shipped(), "2017-2018/risorse/index.html");
    let drawn = page.texts(&format!("{FLUSSO} svg text")).join(" ");
    for row in &page.table("Da dove viene il denaro e a chi va")[1..] {
        assert!(drawn.contains(&row[1]), "{}: {drawn}", row[1]);
    }
    let svg = text(shipped(), "2017-2018/grafici/flusso.svg");
    assert!(!svg.contains('…'), "{svg}");
}

#[test]
fn down_the_ranking_the_chart_leaves_what_the_table_leaves() {
    let page = Page::of(shipped(), "2017-2018/graduatoria/index.html");
    let table = page.table("La graduatoria e l'assegnazione dei contributi");
    let left = table[0].iter().position(|name| name == "Rimane in dotazione").expect("the column");
    let chart = "figure[aria-labelledby=grafico-assegnazione]";
    let told: Vec<String> = table[1..table.len() - 1].iter().map(|row| format!("€ {}", row[left])).collect();
    assert_eq!(
        page.texts(&format!("{chart} .valore")).iter().map(|t| t.replace('\u{a0}', " ")).collect::<Vec<_>>(),
        told
    );
    assert_eq!(page.texts(&format!("{chart} .taglio")), ["Qui finisce la dotazione"]);
    // The line stands below the last, which takes less than it asked for.
    let rows = page.texts(&format!("{chart} .disegno > li"));
    assert_eq!(rows.len(), 9);
    assert!(
        rows[7].contains("prende € 11.940,25, più € 12.138,00 dai residui; ne chiedeva € 40.000,00"),
        "{}",
        rows[7]
    );
}

#[test]
fn what_was_asked_stands_beside_what_was_granted() {
    let page = Page::of(shipped(), "2017-2018/risorse/index.html");
    let chart = "figure[aria-labelledby=grafico-chiesto-e-concesso]";
    // Nothing is known of payments.
    assert_eq!(page.texts(&format!("{chart} .legenda li")), ["Chiesto", "Concesso"]);
    let words = page.text(&format!("{chart} .grafico-parole"));
    assert!(words.ends_with("1 progetto su 8 ha meno di quanto ha chiesto."), "{words}");
    assert_eq!(page.select(&format!("{chart} .barra")).len(), 8);
    let last = page.select(&format!("{chart} .barra")).into_iter().last().expect("a bar");
    let bars: Vec<u32> = last.select(&crate::html::parsed("[class^=serie]")).map(|bar| tenths(&bar, "width")).collect();
    assert_eq!(bars, [1000, 2_407_825 * 1000 / 4_000_000]);
}

#[test]
fn where_every_project_was_granted_what_it_asked_words_say_it_and_no_bars() {
    let path = "2025-2027/risorse/index.html";
    let chart = "figure[aria-labelledby=grafico-chiesto-e-concesso]";
    let navetta = "content/piani/2025-2027/progetti/navetta.yaml";
    let nido = "content/piani/2025-2027/progetti/nido.yaml";
    let unpaid = "pagamenti:\n  - { data: 2026-02-18, importo: 28000.00 }\n";
    let [asked, now] = ["10000.00\n  contributo_richiesto: 30000.00", "11000.00\n  contributo_richiesto: 29000.00"];
    let site = Site::example().replace(navetta, asked, now);
    let tree = site.replace(nido, unpaid, "").built().published();
    let page = Page::of(&tree, path);
    assert!(page.select(chart).is_empty());
    assert!(!tree.contains_key("2025-2027/grafici/chiesto-e-concesso.svg"));
    let said = page.text("section[aria-labelledby=per-progetto]");
    assert!(said.contains("Ogni progetto ha avuto quanto ha chiesto: in tutto € 125.000,00."), "{said}");
    // The amounts stand in a table instead.
    assert_eq!(page.table("Le risorse di ogni progetto").len(), 5);
}

#[test]
fn equal_amounts_are_equal_shares_and_make_no_chart() {
    let page = Page::of(shipped(), "2025-2027/risorse/index.html");
    let shares: Vec<String> = page.table("La dotazione")[1..4].iter().map(|row| row[3].clone()).collect();
    assert_eq!(shares, ["33,3 %"; 3]);
    assert!(page.select("figure[aria-labelledby=grafico-risorse]").is_empty());
    assert!(!shipped().contains_key("2025-2027/grafici/risorse.svg"));
    let [bars, bar, part] = [".barre", ".traccia:not(.anni)", "[class^=serie]"].map(crate::html::parsed);
    for tree in [shipped(), &example()] {
        for page in crate::html::pages(tree) {
            for figure in page.select("figure.grafico").iter().filter(|figure| figure.select(&bars).count() > 0) {
                let shapes: std::collections::BTreeSet<Vec<(u32, u32)>> = figure
                    .select(&bar)
                    .map(|bar| bar.select(&part).map(|part| (tenths(&part, "x"), tenths(&part, "width"))).collect())
                    .collect();
                assert!(shapes.len() > 1, "{}: {}", page.path, crate::html::text(*figure));
            }
        }
    }
}

#[test]
fn for_every_thousand_inhabitants_agencies_receive_nearly_the_same() {
    let page = Page::of(shipped(), "2025-2027/risorse/index.html");
    let rows = page.table("Abitanti di ogni ATS");
    // 330.000,00 on 1.110.427.
    assert!(rows.contains(&vec!["ATS Bergamo".into(), "1.110.427".into(), "297,18".into()]), "{rows:?}");
    assert_eq!(rows.last().map(|row| row[2].as_str()), Some("299,64"));
}
