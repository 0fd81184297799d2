//! The figures that the published documents print, on the pages of the shipped site: to the cent, and everywhere.
//!
//! They are written out here, never computed: a test that adds up what the program adds up proves nothing.

use std::sync::OnceLock;

use crate::html::{Page, pages, text};
use crate::support::{Site, Tree};

const PHRASE: &str = "Intervento finanziato con il contributo di Regione Lombardia";
const WARNING: &str = "Dimostrazione da documenti pubblici: non è il sito dell'ATS";

/// The shipped site, built once.
pub fn shipped() -> &'static Tree {
    static TREE: OnceLock<Tree> = OnceLock::new();
    TREE.get_or_init(|| Site::shipped().built().published())
}

fn page(path: &str) -> Page {
    Page::of(shipped(), path)
}

/// A row of Tab. 1-3 of the plan of 2017-18.
struct Row {
    id: &'static str,
    leader: &'static str,
    sheet: &'static str,
    partners: &'static str,
    was_in_2014_16: bool,
    points: &'static str,
    cost: &'static str,
    cofinancing: &'static str,
    asked: &'static str,
    granted: &'static str,
}

#[rustfmt::skip]
const RANKING: [Row; 8] = [
    row("smart-companies", "Comune di Valbrembilla", "6", "11", true, "26,5", ["56.000,00", "16.000,00", "40.000,00", "40.000,00"]),
    row("networking", "Consorzio Servizi Val Cavallina", "7", "39", true, "24,9", ["63.000,00", "23.000,00", "40.000,00", "40.000,00"]),
    row("welfare-2020", "Comune di Bolgare", "4", "14", true, "24,1", ["60.000,00", "20.000,00", "40.000,00", "40.000,00"]),
    row("win", "Comune di Albino", "1", "34", false, "23,5", ["65.000,00", "25.000,00", "40.000,00", "40.000,00"]),
    row("tempi-accoglienti", "Comune di Bergamo", "3", "24", true, "22,7", ["54.000,00", "19.000,00", "35.000,00", "35.000,00"]),
    row("welfare-e-comunita", "Azienda speciale consortile Valle Imagna Villa d'Almè", "8", "19", true, "22,2", ["59.500,00", "19.500,00", "40.000,00", "40.000,00"]),
    row("caring-care", "ASST Bergamo Ovest", "2", "4", false, "18,7", ["67.000,00", "27.000,00", "40.000,00", "40.000,00"]),
    row("progettare-insieme", "Azienda Isola", "5", "6", false, "14,5", ["58.539,00", "18.539,00", "40.000,00", "24.078,25"]),
];

const fn row(
    id: &'static str,
    leader: &'static str,
    sheet: &'static str,
    partners: &'static str,
    was_in_2014_16: bool,
    points: &'static str,
    [cost, cofinancing, asked, granted]: [&'static str; 4],
) -> Row {
    Row { id, leader, sheet, partners, was_in_2014_16, points, cost, cofinancing, asked, granted }
}

const TOTALS: [&str; 4] = ["483.039,00", "168.039,00", "315.000,00", "299.078,25"];

/// The cells of each row with the heads of the table in front of them.
fn body_and_foot(table: &[Vec<String>]) -> (&[Vec<String>], &Vec<String>) {
    let (foot, rows) = table.split_last().expect("a table with a total");
    (&rows[1..], foot)
}

#[test]
fn the_ranking_gives_every_row_in_order_and_how_the_money_went_down_the_list() {
    let page = page("2017-2018/graduatoria/index.html");
    let table = page.table("La graduatoria");
    let (rows, foot) = body_and_foot(&table);
    let left = ["246.940,25", "206.940,25", "166.940,25", "126.940,25", "91.940,25", "51.940,25", "11.940,25", "0,00"];
    assert_eq!(rows.len(), 8);
    for ((n, (row, cells)), left) in RANKING.iter().zip(rows).enumerate().zip(left) {
        let is_last = row.id == "progettare-insieme";
        assert_eq!(cells[0], (n + 1).to_string());
        assert!(cells[1].ends_with(row.leader), "{cells:?}");
        let from_endowment = if is_last { "11.940,25" } else { row.granted };
        let from_residual = if is_last { "12.138,00" } else { "0,00" };
        let refused = if is_last { "15.921,75" } else { "0,00" };
        assert_eq!(cells[2..], [row.points, row.asked, from_endowment, from_residual, row.granted, left, refused]);
    }
    let foot: Vec<&str> = foot.iter().map(String::as_str).filter(|cell| cell.contains(',')).collect();
    assert_eq!(foot, ["315.000,00", "286.940,25", "12.138,00", "299.078,25", "15.921,75"]);
    let links: Vec<_> =
        page.select("main table:has(.grande) tbody th a").iter().filter_map(|a| a.attr("href")).collect();
    let wanted: Vec<String> = RANKING.iter().map(|row| format!("../../2017-2018/progetti/{}/", row.id)).collect();
    assert_eq!(links, wanted);
    // Another call of the same plan was decided by an act of its own; of this one no act is known.
    let body = page.body();
    assert!(!body.contains("7132") && body.contains("La fonte non dice: l'atto che la approva"), "{body}");
    let criteria = page.select("#criteri ~ ol > li");
    assert_eq!(criteria.len(), 7);
    assert!(text(criteria[0]).contains("Continuità"));
    assert_eq!(criteria[1].select(&crate::html::parsed("li")).count(), 3);
}

#[test]
fn both_totals_of_the_contribution_are_shown_with_what_is_between_them() {
    for path in ["2017-2018/graduatoria/index.html", "2017-2018/risorse/index.html", "2017-2018/progetti/index.html"] {
        let body = page(path).body();
        for figure in TOTALS.into_iter().chain(["286.940,25", "12.138,00"]) {
            assert!(body.contains(figure), "{path}: {figure}");
        }
    }
}

#[test]
fn the_table_of_the_projects_gives_every_amount_and_the_totals() {
    let table = page("2017-2018/progetti/index.html").table("I progetti del");
    let (rows, foot) = body_and_foot(&table);
    assert_eq!(rows.len(), 8);
    for (row, cells) in RANKING.iter().zip(rows) {
        assert!(cells[0].ends_with(row.leader), "{cells:?}");
        assert_eq!(cells[2..], [row.cost, row.cofinancing, row.asked, row.granted]);
    }
    assert_eq!(foot[2..], TOTALS);
    let links = page("2017-2018/risorse/index.html").select("main a[href*='2017-2018/progetti/#']").len();
    assert!(links > 0, "the page of the money leads to them");
}

#[test]
fn each_sheet_gives_its_number_its_partners_its_place_and_its_money() {
    for (n, row) in RANKING.iter().enumerate() {
        let page = page(&format!("2017-2018/progetti/{}/index.html", row.id));
        let table = page.table("Costo e contributi");
        let amounts: Vec<&str> = table[1..].iter().map(|cells| cells[1].as_str()).collect();
        assert_eq!(amounts, [row.cost, row.cofinancing, row.asked, row.granted], "{}", row.id);
        assert_eq!(page.value("Numero nel Piano"), format!("Prg. n. {}", row.sheet));
        assert_eq!(page.value("Capofila"), row.leader);
        assert!(page.value("Partner").starts_with(&format!("{}, capofila escluso", row.partners)), "{}", row.id);
        let before = if row.was_in_2014_16 { "L'alleanza era già nel Piano" } else { "L'alleanza non era nel Piano" };
        assert_eq!(page.value("Nel periodo precedente"), before, "{}", row.id);
        let place = format!("{}° in graduatoria, con {} punti", n + 1, row.points);
        assert!(page.body().contains(&place), "{}: {place}", row.id);
        assert_eq!(page.texts("h1").len(), 1);
    }
    let third = page("2017-2018/progetti/tempi-accoglienti/index.html");
    assert!(third.text("h1").starts_with("Tempi accoglienti"), "its sheet has no title, the tables have one");
}

#[test]
fn the_eighth_alliance_shows_what_its_award_is_made_of() {
    let body = page("2017-2018/progetti/progettare-insieme/index.html").body();
    for figure in ["24.078,25", "11.940,25", "12.138,00"] {
        assert!(body.contains(figure), "{figure}");
    }
    let resources = page("2017-2018/risorse/index.html").body();
    assert!(resources.contains("riceve € 11.940,25 dalla dotazione e € 12.138,00 dal residuo: in tutto € 24.078,25"));
    assert!(resources.contains("€ 15.921,75 non sono riconosciuti"));
}

#[test]
fn the_alliances_are_eight_with_their_partners_and_three_are_new() {
    let page = page("2017-2018/alleanze/index.html");
    let table = page.table("Le alleanze del");
    let mut new = 0;
    for row in &RANKING {
        let cells = table.iter().find(|cells| cells[0].ends_with(row.leader)).expect(row.leader);
        assert_eq!((cells[2].as_str(), cells[4].as_str(), cells[5].as_str()), (row.partners, row.cost, row.granted));
        assert_eq!(cells[1], if row.was_in_2014_16 { "Già attiva" } else { "Nuova" });
        new += usize::from(cells[1] == "Nuova");
    }
    assert_eq!(new, 3);
    let body = page.body();
    assert!(body.contains("159") && body.contains("151") && body.contains("circa 150"), "{body}");
}

#[test]
fn the_composition_is_given_in_percentages_of_159_that_make_100() {
    #[rustfmt::skip]
    let wanted = [
        ("Imprese e aziende a capitale privato", 10), ("Associazioni d'impresa", 1), ("Associazioni datoriali", 2),
        ("Associazioni di genitori degli istituti scolastici", 8), ("Consorzi di cooperative sociali", 2),
        ("Aziende a capitale pubblico", 1), ("Associazioni", 3), ("Istituti religiosi", 1), ("Fondazioni", 10),
        ("Cooperative sociali", 20), ("Enti di formazione", 1), ("Sindacati", 9), ("Associazioni di categoria", 3),
        ("Istituti scolastici", 10), ("Enti pubblici", 19),
    ];
    for path in ["2017-2018/index.html", "2017-2018/alleanze/index.html"] {
        let table = page(path).table("Tipi di ente nelle alleanze locali: percentuale su 159 enti");
        let (rows, foot) = body_and_foot(&table);
        assert_eq!(rows.len(), wanted.len(), "{path}");
        for (name, percentage) in wanted {
            assert!(rows.contains(&vec![name.to_owned(), format!("{percentage} %")]), "{path}: {name}");
        }
        assert_eq!(foot[1], "100 %");
    }
}

#[test]
fn the_system_action_is_a_fifth_of_the_endowment() {
    let page = page("2017-2018/risorse/index.html");
    let table = page.table("La dotazione");
    assert!(table.iter().any(|cells| cells[1..] == ["286.940,25", "80,0 %"]), "{table:?}");
    assert!(table.iter().any(|cells| cells[1..] == ["71.735,06", "20,0 %"]), "{table:?}");
    assert_eq!(table.last().expect("a total")[1], "358.675,31");
    assert_eq!(page.value("Chi la guida"), "ATS Bergamo");
    assert_eq!(page.value("Importo"), "€ 71.735,06: una proposta, e la fonte non dice se fu accolta");
    assert!(page.value("Parte della dotazione").starts_with("20 % di € 358.675,31, residui esclusi"));
    assert!(page.value("Parte della dotazione").contains("fra il 20 % e il 30 %"));
    assert_eq!(page.value("Termine"), "15 gennaio 2019");
    let residual = page.table("Denaro dei periodi precedenti");
    assert!(residual[1][0].ends_with("26 maggio 2017") && residual[1][1] == "12.138,00", "{residual:?}");
}

#[test]
fn the_plan_gives_its_acts_strengths_and_priorities() {
    let page = page("2017-2018/index.html");
    assert_eq!(page.select("#priorita ~ ol > li").len(), 7);
    assert_eq!(page.select("#forza ~ ul > li").len(), 3);
    let body = page.body();
    for act in ["X/5969", "12 dicembre 2016", "13378", "16 dicembre 2016", "259", "30 marzo 2017", "26 maggio 2017"] {
        assert!(body.contains(act), "{act}");
    }
    assert_eq!(page.value("Enti: capofila e partner"), "159");
    assert_eq!(page.value("Contributi ai progetti"), "€ 299.078,25");
    assert_eq!(page.value("Cofinanziamento delle alleanze"), "€ 168.039,00");
    let dates = page.texts("time").join(" ");
    assert!(dates.contains("15 gennaio 2019"), "the day by which all ends: {dates}");
}

/// The targets of three sheets; no source publishes what was achieved, so no page shows it.
#[test]
fn the_indicators_are_those_that_the_sheets_promise() {
    let expected: [(&str, &[&str]); 3] = [
        ("welfare-2020", &["8", "circa 200", "100", "30", "30", "5"]),
        ("welfare-e-comunita", &["50", "50", "80", "60", "40", "20"]),
        ("smart-companies", &["3", "4", "2", "2"]),
    ];
    for (id, values) in expected {
        let page = page(&format!("2017-2018/progetti/{id}/index.html"));
        let table = page.table("Indicatori del progetto");
        let mut told: Vec<&str> = table[1..].iter().map(|cells| cells[1].as_str()).collect();
        for value in values {
            let at = told.iter().position(|told| told == value).unwrap_or_else(|| panic!("{id}: {value} in {table:?}"));
            told.remove(at);
        }
        assert!(!text(page.select("main")[0]).contains("Raggiunto"), "{id}");
    }
}

#[test]
fn the_split_of_2025_2027_is_that_of_the_act() {
    let page = page("2025-2027/risorse/index.html");
    let table = page.table("Riparto fra le ATS lombarde");
    #[rustfmt::skip]
    let rows = [
        ("ATS Città Metropolitana", "3.474.932", "350.000,00", "1.050.000,00"),
        ("ATS Insubria", "1.461.523", "150.000,00", "450.000,00"),
        ("ATS Montagna", "293.646", "30.000,00", "90.000,00"),
        ("ATS Brianza", "1.210.062", "120.000,00", "360.000,00"),
        ("ATS Bergamo Questa ATS", "1.110.427", "110.000,00", "330.000,00"),
        ("ATS Brescia", "1.162.865", "120.000,00", "360.000,00"),
        ("ATS Val Padana", "759.967", "70.000,00", "210.000,00"),
        ("ATS Pavia", "538.632", "50.000,00", "150.000,00"),
        ("Totale", "10.012.054", "1.000.000,00", "3.000.000,00"),
    ];
    assert_eq!(table.len(), rows.len() + 1);
    for ((name, people, year, total), cells) in rows.into_iter().zip(&table[1..]) {
        assert_eq!(cells[..], [name, people, year, year, year, total]);
    }
    assert!(page.body().contains("8 righe su 8"));
    assert!(page.body().contains("riprodotta"), "the act does not say by which method");
    assert_eq!(table[0][2..5], ["2025", "2026", "2027"]);
}

#[test]
fn the_call_of_2017_gives_its_outcome_by_province() {
    let page = page("2017-2018/avvisi/fse-2017/index.html");
    let table = page.table("I progetti finanziati, provincia per provincia");
    #[rustfmt::skip]
    let rows = [
        ("Bergamo", "1", "99.978,00"), ("Brescia", "5", "427.438,27"), ("Como", "0", "0,00"),
        ("Cremona", "2", "199.999,98"), ("Lecco", "1", "99.999,00"), ("Lodi", "1", "99.657,36"),
        ("Mantova", "3", "288.090,03"), ("Milano", "5", "495.995,08"), ("Monza e Brianza", "1", "97.232,72"),
        ("Pavia", "2", "199.999,00"), ("Sondrio", "1", "99.900,00"), ("Varese", "4", "358.515,30"),
        ("Totale", "26", "2.466.804,74"),
    ];
    assert_eq!(table.len(), rows.len() + 1);
    for ((name, projects, amount), cells) in rows.into_iter().zip(&table[1..]) {
        assert_eq!(cells[..], [name, projects, amount]);
    }
    assert_eq!(page.value("Progetti ammessi"), "54");
    assert_eq!(page.value("Progetti finanziati"), "26");
    assert!(page.body().contains("7132") && page.body().contains("15 giugno 2017"));
    assert!(page.body().contains("altre risorse"), "a further allocation is announced");
}

#[test]
fn the_history_gives_the_figures_of_the_acts() {
    let page = page("storia/index.html");
    let mut stages = Vec::new();
    for article in page.select("main article") {
        let title = text(article.select(&crate::html::parsed("h2")).next().expect("a title"));
        stages.push((title, article.select(&crate::html::parsed("dd")).map(text).collect::<Vec<_>>()));
    }
    let expected: [(&str, &[&str]); 5] = [
        ("Reti e alleanze 2014-2016", &["15", "63", "1.104", "oltre 300", "56 %"]),
        ("Avviso POR FSE 2017", &["54", "26", "€ 2.466.804,74"]),
        ("Piani territoriali 2017-2018", &["8", "44", "8", "€ 3.500.000,00"]),
        ("Piani territoriali 2020-2023", &["€ 2.800.000,00", "€ 200.000,00", "40", "più di 4.500", "oltre 400"]),
        ("Conciliazione e welfare aziendale (DGR 5755/2021)", &["42", "41"]),
    ];
    for (title, figures) in expected {
        let (_, told) = stages.iter().find(|(name, _)| name == title).unwrap_or_else(|| panic!("{title}: {stages:?}"));
        for figure in figures {
            assert!(told.iter().any(|told| told == figure), "{title}: {figure} in {told:?}");
        }
    }
}

#[test]
fn every_page_says_that_it_is_a_demonstration_and_who_pays() {
    let pages = pages(shipped());
    assert!(pages.len() > 60, "{}", pages.len());
    for page in pages {
        let text = page.text("body");
        assert!(text.contains(WARNING), "{}", page.path);
        assert!(text.contains(PHRASE), "{}", page.path);
        // The error page is shown at any address: its links start from the root of the site.
        let up = if page.path == "404.html" { "/".to_owned() } else { "../".repeat(page.path.matches('/').count()) };
        let logo = format!("img[src=\"{up}media/logo-provvisorio.svg\"][alt=\"Logo provvisorio di ATS Bergamo\"]");
        assert!(!page.select(&logo).is_empty(), "{}", page.path);
    }
}

#[test]
fn every_chart_to_download_carries_the_attribution() {
    let logo = "data:image/svg+xml;base64,";
    let charts: Vec<_> =
        shipped().iter().filter(|(path, _)| path.contains("grafici/") && path.ends_with(".svg")).collect();
    assert_eq!(charts.len(), 11);
    for (path, bytes) in charts {
        let svg = std::str::from_utf8(bytes).expect(path);
        assert!(svg.contains(PHRASE) && svg.contains(logo), "{path}");
        assert!(svg.contains("Dimostrazione da documenti pubblici"), "{path}");
        assert!(svg.contains("<title") && svg.contains("<desc"), "{path}");
    }
}
