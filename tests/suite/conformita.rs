//! What the rules say, on the pages and in the open data: the one is held against the other.
//!
//! `AGGIORNA=1` writes the expected data of `tests/fixtures/conformita` anew, to be read before it is committed.

use std::collections::BTreeMap;
use std::fs;
use std::sync::OnceLock;

use scraper::ElementRef;
use serde_json::Value;

use crate::golden::shipped;
use crate::html::{Page, pages, parsed, text};
use crate::support::{Site, Tree, fixtures};

const PIANO: &str = "2025-2027/conformita/index.html";
const CSV: &str = "dati/v1/conformita.csv";
/// The places of its columns.
const PERIODO: usize = 2;
const REGOLA: usize = 5;
const TIPO: usize = 7;
const SCHEDA: usize = 8;
const ESITO: usize = 9;

/// The small site under a norm with a rule for each outcome, and with waivers.
fn alive() -> Site {
    Site::small().lay_over(&fixtures().join("conformita"))
}

/// That site, built once.
pub fn published() -> &'static Tree {
    static TREE: OnceLock<Tree> = OnceLock::new();
    TREE.get_or_init(|| alive().built().published())
}

fn page(path: &str) -> Page {
    Page::of(published(), path)
}

/// The card of a rule.
#[track_caller]
fn card<'a>(page: &'a Page, code: &str) -> ElementRef<'a> {
    let found = page.select(&format!("article.regola[id=\"{code}\"]"));
    assert_eq!(found.len(), 1, "{}: cards of {code}", page.path);
    found[0]
}

fn texts(of: ElementRef, selector: &str) -> Vec<String> {
    of.select(&parsed(selector)).map(text).collect()
}

/// How a rule went, in the words of its card.
#[track_caller]
fn outcomes(page: &Page, code: &str) -> Vec<String> {
    texts(card(page, code), ".etichette > .esito")
}

fn links(of: ElementRef, selector: &str) -> Vec<String> {
    of.select(&parsed(selector)).filter_map(|a| a.attr("href").map(str::to_owned)).collect()
}

/// The rows of the open data, without the head. No cell of these sites has a line end in it.
fn rows(tree: &Tree) -> Vec<Vec<String>> {
    let csv = std::str::from_utf8(&tree[CSV]).expect("UTF-8").strip_prefix('\u{feff}').expect("a byte order mark");
    let cells = |line: &str| {
        let (mut cells, mut quoted) = (vec![String::new()], false);
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                c => cells.last_mut().expect("a cell").push(c),
            }
        }
        cells
    };
    csv.split_terminator("\r\n").skip(1).map(cells).collect()
}

#[test]
fn every_outcome_has_its_word_and_its_records() {
    let page = page(PIANO);
    let expected: [(&str, &[&str]); 16] = [
        ("NP-01", &["Rispettata da 3 progetti", "Da verificare per 1 progetto"]),
        ("NV-01", &["Rispettata da 1 progetto", "Derogata per 1 progetto", "Da verificare per 1 progetto"]),
        ("NV-02", &["Rispettata da 3 progetti"]),
        ("NV-03", &["Dichiarata dall'ATS per 1 progetto", "Da dichiarare per 2 progetti"]),
        ("NV-04", &["Dichiarata dall'ATS per 1 progetto", "Non applicabile per 2 progetti"]),
        ("NV-05", &["Informazione"]),
        ("NV-06", &["Rispettata dal Piano"]),
        ("NV-07", &["Non applicabile per 3 progetti"]),
        ("NV-08", &["Derogata per il Piano"]),
        ("NV-09", &["Dichiarata dall'ATS per 1 avviso"]),
        ("NV-10", &["Derogata per 1 avviso"]),
        ("NV-11", &["Da dichiarare per il Piano"]),
        ("T-01", &["Rispettata da 3 progetti", "Non applicabile per 1 progetto"]),
        ("T-02", &["Rispettata da 1 progetto", "Non applicabile per 3 progetti"]),
        ("T-03", &["Rispettata da 3 progetti", "Non applicabile per 1 progetto"]),
        ("T-04", &["Presente in 2 avvisi"]),
    ];
    for (code, words) in expected {
        assert_eq!(outcomes(&page, code), words, "{code}");
    }
    let cards: Vec<&str> = page.select("article.regola").iter().filter_map(|card| card.attr("id")).collect();
    assert_eq!(cards, expected.map(|(code, _)| code), "each rule once, those that always hold last");
    assert_eq!(
        page.texts("section.norma > h2"),
        ["Norma viva di prova", "D.Lgs. n. 33 del 14 marzo 2013"],
        "what the call's norm shares with that of the plan stands under the latter"
    );
}

/// The figures of the summary, recomputed from the data that anybody can download.
#[test]
fn the_summary_counts_what_the_data_say() {
    for (name, tree) in [("small", published()), ("shipped", shipped())] {
        let mut heaviest: BTreeMap<(String, String), BTreeMap<String, &str>> = BTreeMap::new();
        let order = [
            "non applicabile",
            "informazione",
            "rispettata",
            "dichiarata dall'ATS",
            "presente",
            "derogata",
            "non indicato nella fonte",
            "da dichiarare",
            "da verificare",
        ];
        for row in rows(tree) {
            let outcome =
                order.iter().position(|word| *word == row[ESITO]).unwrap_or_else(|| panic!("{name}: {row:?}"));
            let of = heaviest.entry((row[PERIODO].clone(), row[REGOLA].clone())).or_default();
            of.insert(format!("{outcome}"), order[outcome]);
        }
        let periods: Vec<String> =
            tree.keys().filter_map(|path| path.strip_suffix("/conformita/index.html")).map(str::to_owned).collect();
        let mut counted = 0;
        for period in periods.iter().filter(|period| !period.contains("dati")) {
            let page = Page::of(tree, &format!("{period}/conformita/index.html"));
            let overview = Page::of(tree, &format!("{period}/index.html"));
            let chips = overview.texts("section[aria-labelledby=regole] .esito");
            let mut expected: BTreeMap<&str, usize> = BTreeMap::new();
            for card in page.select("article.regola") {
                let code = card.attr("id").expect("an anchor");
                let of = heaviest.get(&(period.clone(), code.to_owned()));
                // A rule that speaks of no record at all has no row.
                let word = of.and_then(|of| of.values().last()).copied().unwrap_or("non applicabile");
                *expected.entry(word).or_default() += 1;
            }
            assert_eq!(chips.len(), expected.len(), "{name} {period}: {chips:?}");
            for word in order {
                let anchor = match word {
                    "non indicato nella fonte" => "non-indicato".to_owned(),
                    "dichiarata dall'ATS" => "dichiarata".to_owned(),
                    word => word.replace(' ', "-"),
                };
                let link = format!("dl.cifre a[href=\"#esito-{anchor}\"]");
                let Some(number) = expected.get(word) else {
                    assert!(page.select(&link).is_empty(), "{name} {period}: {word}");
                    continue;
                };
                let figure = page.select(&link)[0].parent().and_then(|dt| dt.parent()).and_then(ElementRef::wrap);
                let figure = text(figure.expect("a figure"));
                assert!(figure.ends_with(&format!(" {number}")), "{name} {period}: {word} {number}, not {figure}");
                let list = page.select(&format!("#esito-{anchor} + p + ul.indice-regole"))[0];
                assert_eq!(list.select(&parsed("li")).count(), *number, "{name} {period}: {word}");
                assert!(chips.iter().any(|chip| chip.starts_with(&format!("{number} "))), "{name} {period}: {chips:?}");
                counted += number;
            }
        }
        assert!(counted >= 15, "{name}: {counted}");
    }
}

/// A rule is respected by records that were decided, and says by how many.
#[test]
fn each_card_counts_what_the_data_say() {
    for tree in [published(), shipped()] {
        let mut said: BTreeMap<(String, String, String, String), usize> = BTreeMap::new();
        for row in rows(tree) {
            *said
                .entry((row[PERIODO].clone(), row[REGOLA].clone(), row[TIPO].clone(), row[ESITO].clone()))
                .or_default() += 1;
        }
        let mut respected = 0;
        for ((period, code, kind, outcome), number) in said {
            let page = Page::of(tree, &format!("{period}/conformita/index.html"));
            let words = outcomes(&page, &code);
            let who = match (kind.as_str(), number) {
                ("piano", _) => "Piano".to_owned(),
                ("avviso", 1) => "1 avviso".to_owned(),
                ("avviso", n) => format!("{n} avvisi"),
                (_, 1) => "1 progetto".to_owned(),
                (_, n) => format!("{n} progetti"),
            };
            let told = words.iter().any(|told| {
                told.to_lowercase().starts_with(&outcome.to_lowercase())
                    && (told.contains(&who) || outcome == "informazione")
            });
            assert!(told, "{period} {code}: {outcome} for {who}, but {words:?}");
            respected += usize::from(outcome == "rispettata");
        }
        assert!(respected >= 2, "{respected}");
    }
}

#[test]
fn what_was_found_is_told_with_the_records_and_in_the_words_of_readers() {
    let page = page(PIANO);
    let duration = card(&page, "NV-01");
    let words = text(duration);
    assert!(words.contains("I progetti durano venti mesi") && words.contains("La DGR di prova vuole così."));
    assert!(words.contains("Norma viva di prova, § 1 · Regola solo segnalata"), "{words}");
    assert!(words.contains("la durata non è di 20 mesi, primo e ultimo giorno compresi"));
    let found = texts(duration, ".rilievo");
    assert_eq!(found.len(), 2);
    assert!(found[0].starts_with("Da verificare : la durata") && found[0].ends_with("Doposcuola lungo"), "{found:?}");
    assert!(found[0].contains("(finisce il 30/06/2027; 20 mesi finiscono il 15/11/2027)"), "the heaviest first");
    assert!(found[1].starts_with("Derogata : la durata") && found[1].contains("(finisce il 31/12/2027;"), "{found:?}");
    let waiver =
        "Un nido vicino al lavoro Deroga : Il cantiere comincia prima. Atto: Decreto n. 11 del 15 marzo 2026 .";
    assert!(found[1].ends_with(waiver), "{found:?}");
    let to = links(duration, ".rilievo a");
    assert_eq!(to[0], "../../2025-2027/progetti/doposcuola/");
    assert!(to.contains(&"https://www.ats-esempio.it/decreti/11".to_owned()));

    let declared = card(&page, "NV-03");
    assert!(text(declared).contains("manca la dichiarazione (il contributo paga studi?)"));
    assert_eq!(texts(declared, ".rilievo a"), ["Doposcuola lungo", "Sollievo per chi assiste"]);
    assert!(text(declared).contains("In regola: Un nido vicino al lavoro"));

    let seats = text(card(&page, "NV-11"));
    for seat in ["Associazioni sindacali", "Associazioni datoriali e imprese", "Camera di commercio"] {
        assert!(seats.contains(&format!("«{seat}»")), "all that is missing at once: {seats}");
    }
    assert_eq!(links(card(&page, "NV-11"), ".rilievo a"), ["../../2025-2027/"]);

    let hostile = card(&page, "NP-01");
    assert_eq!(texts(hostile, ".rilievo a"), ["Un progetto *piccolo* & <nuovo>"]);
    assert!(texts(hostile, "details li").is_empty(), "who is in order is in the table of rules by records");
    for tree in [published(), shipped()] {
        for page in pages(tree).iter().filter(|page| page.path.contains("conformita") || page.path.contains("norme/")) {
            assert!(!page.text("main").contains('`'), "{}", page.path);
        }
    }
}

#[test]
fn every_rule_can_be_linked_to_and_leads_to_its_norm() {
    for tree in [published(), shipped()] {
        for page in pages(tree).iter().filter(|page| page.path.ends_with("7/conformita/index.html")) {
            for card in page.select("article.regola") {
                let code = card.attr("id").expect("an anchor");
                let to = links(card, "a");
                assert!(to.contains(&format!("#{code}")), "{}: {code}", page.path);
                assert!(to.iter().any(|a| a.starts_with("../../norme/") && a.ends_with(&format!("#{code}"))), "{to:?}");
            }
        }
    }
}

/// The norm of the plan words a rule of the one under it anew, and a call is still judged by the old wording.
#[test]
fn two_wordings_of_a_rule_have_a_card_each() {
    let tree = alive()
        .replace(
            "content/norme/norma-viva.yaml",
            "regole:\n",
            "regole:\n  - codice: NP-01\n    titolo: le azioni sono di cura\n    perche: la cura viene prima\n    \
             classificazione: { almeno: 1, ammesse: [responsabilita-di-cura] }\n",
        )
        .built()
        .published();
    let page = Page::of(&tree, PIANO);
    assert_eq!(outcomes(&page, "NP-01"), ["Rispettata da 3 progetti"]);
    assert_eq!(outcomes(&page, "NP-01-norma-piccola"), ["Da verificare per 1 progetto"]);
    let small = Page::of(&tree, "2025-2027/progetti/piccolo/index.html");
    let to = "../../../2025-2027/conformita/#NP-01-norma-piccola";
    assert_eq!(small.select(&format!("section[aria-labelledby=regole] a[href=\"{to}\"]")).len(), 1);
    assert_eq!(page.texts("section.norma > h2")[..2], ["Norma viva di prova", "DGR n. XII/1 del 1° dicembre 2025"]);
    let norm = Page::of(&tree, "norme/norma-piccola/index.html");
    let went = links(card(&norm, "NP-01"), "a");
    assert!(went.contains(&"../../2025-2027/conformita/#NP-01-norma-piccola".to_owned()), "{went:?}");
}

#[test]
fn one_sentence_on_top_says_how_the_plan_stands() {
    assert_eq!(
        page(PIANO).text(".verdetto"),
        "Nessuna regola risulta violata, ma non si può ancora dire che il Piano è in regola: 2 regole da verificare (NP-01 \
         e NV-01), 2 da dichiarare (NV-03 e NV-11), 2 derogate (NV-08 e NV-10), 5 rispettate, 2 dichiarate dall'ATS, 1 presente, 1 non applicabile, 1 informazione."
    );
    let document = page("2025-2027/documento/index.html").body();
    assert!(document.contains("2 regole da verificare (NP-01 e NV-01), 2 da dichiarare"));
    let verdict = |periodo| Page::of(shipped(), &format!("{periodo}/conformita/index.html")).text(".verdetto");
    let said = verdict("2025-2027");
    assert!(said.starts_with("Nessuna regola risulta violata, ma "), "{said}");
    assert!(!said.contains("non è"), "nothing is broken: {said}");
    // The kinds of action that the editor chose judge nothing; whom an action serves is told by the source.
    assert_eq!(
        verdict("2017-2018"),
        "Nessuna regola risulta violata, ma non si può ancora dire che il Piano è in regola: 1 regola da verificare \
         (P16-04), 6 non indicate nella fonte (P16-03, P16-05, P16-07, T-01, T-02 e T-03), 1 rispettata, 4 presenti, 2 non \
         applicabili."
    );
}

/// Rules by records: each cell says what the data say, and leads to the card where there is something to read.
#[test]
fn the_table_of_rules_by_records_says_what_the_data_say() {
    let mut compared = 0;
    for (tree, period) in [(published(), "2025-2027"), (shipped(), "2017-2018")] {
        let page = Page::of(tree, &format!("{period}/conformita/index.html"));
        let ids: Vec<String> = page
            .select("table.matrice thead th a")
            .iter()
            .filter_map(|a| a.attr("href")?.trim_end_matches('/').rsplit('/').next().map(str::to_owned))
            .collect();
        let said: BTreeMap<(String, String), String> = rows(tree)
            .into_iter()
            .filter(|row| row[PERIODO] == period)
            .map(|row| ((row[REGOLA].clone(), row[SCHEDA].clone()), row[ESITO].clone()))
            .collect();
        let cards = page.select("article.regola").len();
        let lines = page.select("table.matrice tr[data-voce]");
        assert_eq!(lines.len(), cards, "{period}");
        for line in lines {
            let code = links(line, "th a")[0].trim_start_matches('#').to_owned();
            let cells: Vec<ElementRef> = line.select(&parsed("td")).collect();
            assert_eq!(cells.len(), ids.len(), "{period} {code}");
            for (id, cell) in ids.iter().zip(cells) {
                let outcome = said.get(&(code.clone(), id.clone())).map(String::as_str).unwrap_or_default();
                assert_eq!(text(cell), outcome, "{period} {code} {id}");
                let is_open =
                    ["da verificare", "da dichiarare", "derogata", "non indicato nella fonte"].contains(&outcome);
                assert_eq!(links(cell, "a"), if is_open { vec![format!("#{code}")] } else { vec![] });
                compared += usize::from(!outcome.is_empty());
            }
        }
    }
    assert!(compared > 60, "{compared}");
}

/// A late transfer is for the office that keeps the records to know: readers learn when the Region pays.
#[test]
fn what_the_agency_is_late_with_is_on_no_page() {
    let late = Site::example().lay_over(&fixtures().join("norme/P25-19"));
    late.check().exits(0).says("avviso[P25-19]");
    let tree = late.built().published();
    let page = Page::of(&tree, PIANO);
    assert_eq!(outcomes(&page, "P25-19"), ["Informazione"]);
    assert!(card(&page, "P25-19").select(&parsed(".rilievo")).next().is_none());
    assert!(pages(&tree).iter().all(|page| !page.body().contains("arrivato tardi")));
    assert!(!std::str::from_utf8(&tree[CSV]).expect("UTF-8").contains("arrivato tardi"));
    let verdetto = page.text(".verdetto");
    assert!(verdetto.starts_with("Il Piano è in regola: "), "{verdetto}");
}

#[test]
fn an_outcome_claims_no_more_than_was_computed() {
    let tree = Site::example().lay_over(&fixtures().join("norme/P25-16-nessuna")).built().published();
    let page = Page::of(&tree, PIANO);
    assert_eq!(outcomes(&page, "P25-18"), ["Rispettata dal Piano"], "figures");
    assert_eq!(outcomes(&page, "P25-08"), ["Dichiarata dall'ATS per 3 progetti"]);
    assert_eq!(outcomes(&page, "P25-27"), ["Dichiarata dall'ATS per 1 avviso"]);
    for code in ["P25-13", "P25-14", "P25-24", "P25-28"] {
        assert_eq!(outcomes(&page, code), ["Presente nel Piano"], "{code}");
    }
    assert_eq!(outcomes(&page, "P25-16"), ["Da verificare per il Piano"]);
    assert!(text(card(&page, "P25-16")).contains("l'ATS risponde «Nessuna.»"), "{}", text(card(&page, "P25-16")));
    let verdetto = page.text(".verdetto");
    let one = "Nessuna regola risulta violata, ma non si può ancora dire che il Piano è in regola: 1 regola da verificare (P25-16), ";
    assert!(verdetto.starts_with(one), "{verdetto}");
}

#[test]
fn rules_that_only_inform_say_where_to_read_more() {
    let page = page(PIANO);
    assert!(links(card(&page, "NV-05"), "a").contains(&"../../2025-2027/chi-puo-accedere/".to_owned()));
    assert!(!text(card(&page, "NV-05")).contains("Regola vincolante"), "nobody can break it");
    let attribution = text(card(&page, "NV-06"));
    assert!(attribution.contains("si controllano su ogni pagina"), "{attribution}");
    let shipped = Page::of(shipped(), PIANO);
    assert!(text(card(&shipped, "P25-25")).contains("si controllano su ogni pagina"));
    assert!(links(card(&shipped, "P25-17"), "a").contains(&"../../2025-2027/chi-puo-accedere/".to_owned()));
}

#[test]
fn waivers_have_a_section_with_reason_and_act() {
    let page = page(PIANO);
    let waivers: Vec<Vec<String>> =
        page.select(".deroghe > li").into_iter().map(|waiver| texts(waiver, "dd")).collect();
    assert_eq!(
        waivers,
        [
            vec![
                "La rete scrive un documento di indirizzo",
                "Piano 2025-2027 (piano)",
                "Il documento arriva con l'aggiornamento del 2026.",
                "Delibera n. 30 del 20 febbraio 2026, ATS Esempio",
            ],
            vec![
                "Gli avvisi sono per tutti",
                "Avviso 2025 (avviso)",
                "È per le alleanze che c'erano già.",
                "Decreto n. 6 del 3 gennaio 2026",
            ],
            vec![
                "I progetti durano venti mesi",
                "Un nido vicino al lavoro (progetto)",
                "Il cantiere comincia prima.",
                "Decreto n. 11 del 15 marzo 2026",
            ],
            vec![
                "La pubblicazione viene prima del pagamento",
                "Un nido vicino al lavoro (progetto)",
                "Scritta per prudenza.",
                "Decreto n. 12 del 15 marzo 2026",
                "La deroga non serve: la scheda rispetta la regola, o la regola non la riguarda.",
            ],
        ]
    );
    let none = Page::of(shipped(), PIANO);
    assert!(none.body().contains("Nessuna scheda di questo Piano è in deroga"));
}

#[test]
fn a_project_shows_its_own_outcomes_and_nothing_of_the_others() {
    let nido = page("2025-2027/progetti/nido/index.html");
    let section = nido.select("section[aria-labelledby=regole]")[0];
    // NP-01, NV-01 to NV-03, T-01 to T-03: the others do not concern it.
    assert!(text(section).contains("7 regole riguardano questo progetto"), "{}", text(section));
    assert_eq!(texts(section, ".etichette > .esito"), ["5 rispettate", "1 dichiarata dall'ATS", "1 derogata"]);
    assert_eq!(texts(section, "h3"), ["NV-01 I progetti durano venti mesi"]);
    assert!(text(section).contains("Deroga : Il cantiere comincia prima. Atto: Decreto n. 11 del 15 marzo 2026"));
    assert!(links(section, "a").contains(&"../../../2025-2027/conformita/#NV-01".to_owned()));

    let doposcuola = page("2025-2027/progetti/doposcuola/index.html");
    let section = doposcuola.select("section[aria-labelledby=regole]")[0];
    assert_eq!(texts(section, ".etichette > .esito"), ["4 rispettate", "1 da verificare", "1 da dichiarare"]);
    assert!(text(section).contains("finisce il 30/06/2027") && !text(section).contains("finisce il 31/12/2027"));

    let avviso = page("2025-2027/avvisi/avviso-2025/index.html");
    let section = avviso.select("section[aria-labelledby=regole]")[0];
    assert_eq!(texts(section, ".etichette > .esito"), ["1 dichiarata dall'ATS", "1 presente", "1 derogata"]);
    assert!(text(section).contains("È per le alleanze che c'erano già."));

    let sportello = "content/piani/2017-2018/progetti/sportello.yaml";
    let tree = Site::example().replace(sportello, "    macrocategoria: voucher-infanzia\n", "").built().published();
    let page = Page::of(&tree, "2017-2018/progetti/sportello/index.html");
    let section = text(page.select("section[aria-labelledby=regole]")[0]);
    assert!(section.contains("azione «Buoni per il nido»"), "the part that is meant is named: {section}");
}

#[test]
fn a_project_that_was_withdrawn_is_judged_by_no_rule() {
    let tree = alive()
        .replace("content/piani/2025-2027/progetti/piccolo.yaml", "stato: presentato", "stato: ritirato")
        .built()
        .published();
    assert!(Page::of(&tree, "2025-2027/progetti/piccolo/index.html").select("#regole").is_empty());
    assert_eq!(outcomes(&Page::of(&tree, PIANO), "NP-01"), ["Rispettata da 3 progetti"]);
    assert!(!rows(&tree).iter().any(|row| row[SCHEDA] == "piccolo"));
}

/// What breaks a binding rule is never on a page: it stops the publication.
#[test]
fn a_broken_rule_is_not_published() {
    let site = alive().replace("content/norme/norma-viva.yaml", "massimo: 40000.00", "massimo: 39999.99");
    site.concilia(["build"]).output().exits(1).says("errore[NV-02]");
    assert!(!site.path("public").exists());
    for tree in [published(), shipped()] {
        assert!(!rows(tree).iter().any(|row| row[ESITO] == "non rispettata"));
        assert!(pages(tree).iter().all(|page| page.select(".esito-non-rispettata").is_empty()));
    }
}

#[test]
fn the_shipped_plans_tell_how_their_rules_went() {
    let old = Page::of(shipped(), "2017-2018/conformita/index.html");
    assert_eq!(outcomes(&old, "P16-02"), ["Presente nel Piano e in 8 progetti"]);
    assert_eq!(outcomes(&old, "P16-01"), ["Presente nel Piano"]);
    assert_eq!(outcomes(&old, "T-01"), ["Non indicato nella fonte per 8 progetti"]);
    assert_eq!(outcomes(&old, "FSE17-02"), ["Non applicabile"]);
    let silent = text(card(&old, "T-01"));
    assert!(
        silent.contains("manca l'atto di concessione manca il responsabile del procedimento, con il suo ufficio"),
        "said once, with all the records: {silent}"
    );
    let new = Page::of(shipped(), PIANO);
    assert_eq!(outcomes(&new, "P25-18"), ["Rispettata dal Piano"]);
    assert_eq!(outcomes(&new, "P25-01"), ["Non applicabile"], "there are no projects yet");
    assert_eq!(outcomes(&new, "P25-16"), ["Da dichiarare per il Piano"]);
    assert!(
        text(card(&new, "P25-20")).contains("DGR n. XII/5464 del 9 dicembre 2025, punto 3 e § 4.4 · Regola vincolante")
    );
}

#[test]
fn every_norm_but_the_general_lists_has_a_page() {
    let list = Page::of(shipped(), "norme/index.html");
    let listed = |section: &str| -> Vec<String> {
        list.select(&format!("section[aria-labelledby={section}] li.carta a")).into_iter().map(text).collect()
    };
    assert_eq!(
        listed("in-uso"),
        [
            "DGR n. XII/5464 del 9 dicembre 2025",
            "DGR n. X/5969 del 12 dicembre 2016",
            "Avviso POR FSE del 10 marzo 2017",
            "Piano Territoriale di Conciliazione 2017-18, ATS Bergamo",
            "D.Lgs. n. 33 del 14 marzo 2013",
        ]
    );
    assert_eq!(listed("altre"), ["DGR n. 2398 dell'11 novembre 2019", "Avviso della DGR 5755/2021"]);
    assert!(!shipped().contains_key("norme/generale/index.html"));
    assert!(published().contains_key("norme/norma-viva/index.html"), "those of the site have one too");
    assert!(published().contains_key("norme/piano-bergamo-2017-2018/index.html"), "addresses are kept");
    let other = Page::of(published(), "norme/index.html").body();
    assert!(!other.contains("ATS Bergamo"), "what the plan of another agency adds is not listed: {other}");
}

#[test]
fn a_norm_tells_its_act_its_rules_and_its_words() {
    let norm = Page::of(shipped(), "norme/dgr-5464-2025/index.html");
    assert_eq!(norm.text("h1"), "DGR n. XII/5464 del 9 dicembre 2025");
    assert!(norm.value("Atto").starts_with("DGR n. XII/5464 del 9 dicembre 2025, Giunta regionale della Lombardia"));
    assert_eq!(norm.value("Prima di questa"), "DGR n. 2398 dell'11 novembre 2019");
    assert_eq!(norm.value("Piani a cui si applica"), "Verso il Piano Territoriale di Conciliazione 2025-2027");
    let codes: Vec<&str> = norm.select("article.regola").iter().filter_map(|card| card.attr("id")).collect();
    let all: Vec<String> = (1..=28).map(|n| format!("P25-{n:02}")).collect();
    assert_eq!(codes, all);
    let rule = text(card(&norm, "P25-06"));
    for words in [
        "Progetti e attività durano due anni",
        "L'atto vuole una durata biennale per tutte le attività.",
        "Per esempio: dal 1° marzo 2026 al 29 febbraio 2028, primo e ultimo giorno compresi.",
        "DGR n. XII/5464 del 9 dicembre 2025, § 4.1 · Regola vincolante",
        "Che cosa si controlla: quanto durano progetti e attività",
    ] {
        assert!(rule.contains(words), "{words}: {rule}");
    }
    assert!(links(card(&norm, "P25-06"), "a").contains(&"../../2025-2027/conformita/#P25-06".to_owned()));
    assert!(text(card(&norm, "P25-08")).contains("Il contributo paga studi di contesto"), "the questions are there");
    assert_eq!(norm.texts("section[aria-labelledby=macrocategorie] h3"), ["Macrocategorie", "L.r. 28/2004"]);
    assert_eq!(norm.select("section[aria-labelledby=macrocategorie] dt").len(), 8);
    assert_eq!(norm.select("section[aria-labelledby=organismo] li strong").len(), 5, "five seats must be held");
    assert_eq!(norm.select("section[aria-labelledby=organismo] li").len(), 11);

    let before = Page::of(shipped(), "norme/dgr-2398-2019/index.html");
    assert_eq!(before.value("Dopo di questa"), "DGR n. XII/5464 del 9 dicembre 2025");
    assert_eq!(before.value("Piani a cui si applica"), "A nessun Piano di questo sito");
    assert_eq!(before.value("Micro o piccola impresa"), "Fino a 50 addetti, compresi");
    assert!(card(&before, "P19-01").select(&parsed("a[href*=conformita]")).next().is_none());

    let base = Page::of(shipped(), "norme/dgr-5969-2016/index.html");
    assert!(base.value("Integrata da").contains("2017-18, ATS Bergamo"));
    assert_eq!(base.value("Piani a cui si applica"), "Piano Territoriale di Conciliazione 2017-2018");
    let over = Page::of(shipped(), "norme/piano-bergamo-2017-2018/index.html");
    assert_eq!(over.value("Integra"), "DGR n. X/5969 del 12 dicembre 2016");
    let own = |page: &Page| links(card(page, "P16-08"), "a").iter().any(|a| a.contains("conformita"));
    assert!(own(&over), "the wording of the plan holds in 2017-2018");
    assert!(!own(&base), "and takes the place of that of the DGR");

    let firms = Page::of(published(), "norme/norma-viva/index.html");
    assert_eq!(firms.value("Microimpresa"), "Meno di 10 addetti, con fatturato o bilancio fino a € 2.000.000,00");
}

#[test]
fn pages_that_name_a_norm_lead_to_it() {
    for path in
        ["2025-2027/index.html", "2025-2027/chi-puo-accedere/index.html", "2025-2027/avvisi/avviso-2025/index.html"]
    {
        let up = "../".repeat(path.matches('/').count());
        let link = format!("main a[href=\"{up}norme/norma-viva/\"]");
        assert_eq!(page(path).texts(&link), ["Norma con regole di prova"], "{path}");
    }
    let piccolo = page("2025-2027/avvisi/avviso-piccolo/index.html");
    assert_eq!(piccolo.texts("main dd a[href=\"../../../norme/norma-piccola/\"]"), ["Norma di prova"]);
    for page in pages(published()) {
        let up = match page.path.as_str() {
            // Served at any address: its links begin at the root.
            "404.html" => "/".to_owned(),
            path => "../".repeat(path.matches('/').count()),
        };
        assert_eq!(page.select(&format!("nav.menu a[href=\"{up}norme/\"]")).len(), 1, "{}", page.path);
        let conformity = format!(".porte-gruppi a[href=\"{up}2025-2027/conformita/\"]");
        let is_of_the_plan = page.path.starts_with("2025-2027/");
        assert_eq!(page.select(&conformity).len(), usize::from(is_of_the_plan), "{}", page.path);
    }
}

#[test]
fn the_open_data_are_as_expected_in_both_forms() {
    let file = fixtures().join("conformita/conformita.csv");
    let csv = std::str::from_utf8(&published()[CSV]).expect("UTF-8");
    if std::env::var_os("AGGIORNA").is_some() {
        fs::write(&file, csv).expect("conformita.csv");
    }
    assert_eq!(csv, fs::read_to_string(&file).expect("conformita.csv"), "AGGIORNA=1 writes what comes now");
    let json: Value = serde_json::from_slice(&published()["dati/v1/conformita.json"]).expect("JSON");
    assert_eq!(json["attribuzione"], "Intervento finanziato con il contributo di Regione Lombardia");
    let head: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().next().expect("a head").split(',').collect();
    let of_json = json["righe"].as_array().expect("rows");
    let of_csv = rows(published());
    assert_eq!(of_json.len(), of_csv.len());
    for (object, row) in of_json.iter().zip(&of_csv) {
        assert_eq!(object.as_object().expect("an object").len(), head.len());
        for (name, cell) in head.iter().zip(row) {
            assert_eq!(object[*name].as_str().unwrap_or_default(), cell, "{name}");
        }
    }
    let described = page("dati/conformita/index.html");
    assert_eq!(described.texts("table.campi:not(.impronte) tbody th"), head, "every field is explained");
    assert_eq!(described.value("Righe"), of_csv.len().to_string());
    assert!(page("dati/index.html").body().contains("Conformità alle norme"));
}

#[test]
fn a_large_plan_has_a_small_page() {
    const PROJECTS: usize = 300;
    let mut site = alive();
    for n in 0..PROJECTS {
        let sheet = format!(
            "titolo: Progetto numero {n}\nalleanza: piano\navviso: avviso-2025\nstato: presentato\n\
             durata: {{ dal: 2026-05-01, al: 2027-12-30 }}\n\
             finanziamento: {{ costo_complessivo: 0.00, cofinanziamento: 0.00, contributo_richiesto: 0.00 }}\n\
             azioni: [{{ titolo: Fare, macrocategoria: time-saving }}]\n"
        );
        site = site.write(&format!("content/piani/2025-2027/progetti/grande-{n:03}.yaml"), sheet);
    }
    let tree = site.built().published();
    let page = Page::of(&tree, PIANO);
    assert_eq!(outcomes(&page, "NV-02"), ["Rispettata da 303 progetti"]);
    assert!(card(&page, "NV-02").select(&parsed("details")).next().is_none(), "too many to be named");
    assert!(text(card(&page, "NV-02")).contains("303 altre schede sono solo nei dati aperti"));
    let late = card(&page, "NV-01");
    assert_eq!(
        texts(late, ".etichette > .esito"),
        ["Rispettata da 1 progetto", "Derogata per 1 progetto", "Da verificare per 301 progetti"]
    );
    // 60 are named; of the 243 others one is in order.
    assert_eq!(links(late, ".rilievo a").len(), 60);
    assert!(text(late).contains("243 altre schede sono solo nei dati aperti"), "{}", text(late));
    let to = links(late, "a");
    assert_eq!(to.last().map(String::as_str), Some("../../dati/conformita/"));
    assert!(tree[PIANO].len() < 60_000, "{} bytes", tree[PIANO].len());
    assert!(rows(&tree).len() >= PROJECTS * 9, "the data have all of them");
}
