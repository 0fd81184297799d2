//! Search: what the index holds, and what a page carries before anybody searches.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use concilia::site::ricerca::words;

use crate::golden::shipped;
use crate::html::{Page, pages};
use crate::support::{Site, Tree, copy};

/// Of a project page with its style, its script and the logo, uncompressed.
const PROJECT_PAGE_BYTES: usize = 60_000;

/// A document of the index: its kind, title, address and excerpt.
#[derive(Debug, Clone)]
struct Found {
    kind: String,
    title: String,
    address: String,
}

/// The index read back as the script reads it.
struct Index {
    documents: Vec<Found>,
    postings: BTreeMap<String, Vec<(usize, usize)>>,
}

impl Index {
    fn of(tree: &Tree) -> Self {
        let is_piece = |path: &&String| path.starts_with("cerca/") && path.ends_with(".js");
        let mut calls: BTreeMap<String, Vec<serde_json::Value>> = BTreeMap::new();
        for path in tree.keys().filter(is_piece) {
            let text = std::str::from_utf8(&tree[path]).expect("UTF-8");
            for line in text.lines() {
                let call = line.strip_prefix("conciliaCerca.").and_then(|line| line.strip_suffix(");")).expect(line);
                let (name, arguments) = call.split_once('(').expect(line);
                let arguments = serde_json::from_str(&format!("[{arguments}]")).expect(line);
                calls.entry(name.to_owned()).or_default().push(arguments);
            }
        }
        let head = &calls["indice"][0][0];
        let kinds = head["tipi"].as_array().expect("kinds").iter().flat_map(|kind| {
            let times = kind[1].as_u64().expect("a number") as usize;
            std::iter::repeat_n(kind[0].as_str().expect("a name").to_owned(), times)
        });
        let mut blocks = calls["documenti"].clone();
        blocks.sort_by_key(|block| block[0].as_u64());
        let rows: Vec<_> = blocks.iter().flat_map(|block| block[1].as_array().expect("rows").clone()).collect();
        let text = |row: &serde_json::Value, n: usize| row[n].as_str().expect("a text").to_owned();
        let (mut title, mut address) = (String::new(), String::new());
        let found = |(n, (kind, row)): (usize, (String, &serde_json::Value))| {
            // Each block begins anew.
            if n % head["blocco"].as_u64().expect("a number") as usize == 0 {
                (title, address) = Default::default();
            }
            title = after(&title, &text(row, 0));
            address = after(&address, &text(row, 1));
            let words = words::fold(&title).replace(|c: char| !c.is_ascii_alphanumeric(), " ");
            let anchor = words.split_whitespace().collect::<Vec<_>>().join("-");
            Found { kind, title: title.clone(), address: address.replace('~', &anchor) }
        };
        let documents: Vec<Found> = kinds.zip(&rows).enumerate().map(found).collect();
        assert_eq!(documents.len(), rows.len(), "every document has a kind");
        let mut postings = BTreeMap::new();
        for piece in &calls["termini"] {
            let (stems, codes) = (piece[1].as_str().expect("stems"), piece[2].as_str().expect("postings"));
            let mut before = String::new();
            assert_eq!(stems.split(' ').count(), codes.split(' ').count());
            for (entry, code) in stems.split(' ').zip(codes.split(' ')).filter(|(entry, _)| !entry.is_empty()) {
                before = after(&before, entry.split([',', '=']).next().unwrap_or_default());
                postings.insert(before.clone(), decoded(code));
            }
        }
        Index { documents, postings }
    }

    /// The documents that have all the words, whatever their weight.
    fn with(&self, query: &str) -> Vec<&Found> {
        let of = |stem: &str| -> BTreeSet<usize> {
            self.postings.get(stem).into_iter().flatten().map(|&(document, _)| document).collect()
        };
        let sets: Vec<BTreeSet<usize>> = words::stems(query).iter().map(|stem| of(stem)).collect();
        let all = sets.into_iter().reduce(|a, b| a.intersection(&b).copied().collect()).unwrap_or_default();
        all.into_iter().map(|n| &self.documents[n]).collect()
    }
}

/// A text of which the letters shared with the one before are only counted.
fn after(before: &str, entry: &str) -> String {
    let shared = entry[..1].parse::<usize>().unwrap_or_else(|_| usize::from(entry.as_bytes()[0] - b'a') + 10);
    before.chars().take(shared).collect::<String>() + &entry[1..]
}

/// Distances and weights, as `push_number` writes them.
fn decoded(code: &str) -> Vec<(usize, usize)> {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (mut found, mut value, mut shift, mut next) = (Vec::new(), 0, 0, 0);
    for c in code.chars() {
        let digit = DIGITS.find(c).expect("a digit");
        value |= (digit & 31) << shift;
        shift += 5;
        if digit & 32 == 0 {
            next += value >> 2;
            found.push((next - 1, value & 3));
            (value, shift) = (0, 0);
        }
    }
    found
}

#[track_caller]
fn finds(index: &Index, query: &str, kind: &str, address: &str) {
    let found = index.with(query);
    let is_there = found.iter().any(|one| one.kind == kind && one.address == address);
    assert!(is_there, "«{query}» does not find {kind} {address} but {found:#?}");
}

#[test]
fn everything_that_is_published_is_found_by_its_words() {
    let index = Index::of(shipped());
    finds(&index, "portale welfare", "Servizi", "2017-2018/progetti/win/#servizio-portale-dei-servizi-di-welfare");
    finds(&index, "modello vincente", "Progetti", "2017-2018/progetti/win/");
    finds(&index, "W.IN.", "Progetti", "2017-2018/progetti/win/");
    finds(&index, "win", "Progetti", "2017-2018/progetti/win/");
    finds(
        &index,
        "accompagnare imprese piccole",
        "Azioni dei progetti",
        "2017-2018/progetti/win/#azione-accompagnare-le-imprese-soprattutto-piccole",
    );
    finds(&index, "Comune di Albino", "Partner", "partner/comune-albino/");
    finds(&index, "valle seriana", "Alleanze locali", "2017-2018/alleanze/valle-seriana/");
    finds(&index, "manifestazione interesse", "Avvisi", "2017-2018/avvisi/manifestazione-di-interesse-2017/");
    finds(&index, "graduatoria 2017-2018", "Pagine", "2017-2018/graduatoria/");
    finds(&index, "come partecipare", "Pagine", "2025-2027/come-partecipare/");
    finds(&index, "note legali", "Pagine", "note-legali/");
    finds(&index, "voucher buono", "Glossario", "glossario/#voce-voucher");
    finds(&index, "lodigiano", "Storia", "storia/#programma-un-esempio-lodigiano-welfare");
}

#[test]
fn who_types_a_commune_finds_what_its_district_has() {
    let gamma = "{ nome: Gamma, casella: B2 }";
    let site =
        Site::example().replace("content/sito.yaml", gamma, "{ nome: Gamma, casella: B2, comuni: [Albino, Nembro] }");
    let tree = site.built().published();
    let named = tree.iter().filter(|(path, _)| path.ends_with("index.html") && path.contains("/alleanze/"));
    let named = named.filter(|(_, page)| {
        String::from_utf8_lossy(page).contains("Comuni dell'ambito Gamma nominati nelle schede: Albino, Nembro.")
    });
    assert!(named.count() > 0, "the page of an alliance of the district names its communes");
    let index = Index::of(&tree);
    finds(&index, "nembro", "Alleanze locali", "2025-2027/alleanze/monte/");
    let wrong = Site::example().replace("content/sito.yaml", gamma, "{ nome: Gamma, casella: B2, comuni: [Nembbro] }");
    wrong.check().exits(1).says("`Nembbro` non è fra i comuni della Lombardia dell'ISTAT: forse `Nembro`?");
}

#[test]
fn plurals_accents_and_elisions_lead_to_the_same_documents() {
    let index = Index::of(shipped());
    let same = [
        ("alleanza locale", "alleanze locali"),
        ("impresa", "imprese"),
        ("comunita di pratica", "Comunità di Pratica"),
        ("l'alleanza", "alleanza"),
        ("COWORKING", "coworking"),
    ];
    for (one, other) in same {
        let addresses = |query| index.with(query).into_iter().map(|found| &found.address).collect::<Vec<_>>();
        assert!(!addresses(one).is_empty(), "«{one}» finds nothing");
        assert_eq!(addresses(one), addresses(other), "«{one}» and «{other}»");
    }
}

#[test]
fn every_document_leads_to_a_page_and_to_a_place_on_it() {
    let trees = [("shipped", shipped().clone()), ("small", Site::small().built().published())];
    for (site, tree) in trees {
        let index = Index::of(&tree);
        assert!(index.documents.len() > 20, "{site}: {}", index.documents.len());
        for document in &index.documents {
            let (path, anchor) = document.address.split_once('#').unwrap_or((&document.address, ""));
            let page = Page::of(&tree, &format!("{path}index.html"));
            assert!(!document.title.is_empty(), "{site}: {document:?}");
            let is_there = anchor.is_empty() || page.select("[id]").iter().any(|one| one.attr("id") == Some(anchor));
            assert!(is_there, "{site}: {document:?}");
        }
    }
}

/// Of a page of a site with plans the whole is found; a site of texts alone is searched for what stands below a heading.
#[test]
fn of_a_site_without_plans_each_part_of_a_page_is_found() {
    let site = Site::empty();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guida"), site.root());
    let index = Index::of(&site.built().published());
    finds(&index, "coordinate bancarie IBAN", "Pagine", "messaggi-r/#voce-r-02-nessun-codice-iban");
    finds(&index, "progetto finanziamento cofinanziamento", "Pagine", "scheda-progetto/#voce-finanziamento");
    let whole = index.with("coordinate bancarie IBAN");
    assert!(whole.iter().all(|found| found.address != "messaggi-r/"), "{whole:?}");
}

#[test]
fn the_index_is_the_same_at_every_build() {
    let again = Site::shipped().built().published();
    let is_index = |path: &str| path.starts_with("cerca/");
    let pick = |tree: &Tree| -> Tree {
        tree.iter().filter(|(path, _)| is_index(path)).map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    };
    assert_eq!(pick(shipped()), pick(&again));
}

#[test]
fn a_page_loads_neither_the_index_nor_the_program_of_search() {
    for page in pages(shipped()) {
        let scripts: Vec<_> = page.select("script").iter().filter_map(|script| script.attr("src")).collect();
        assert_eq!(scripts.len(), 1, "{}: {scripts:?}", page.path);
        assert!(scripts[0].ends_with("assets/concilia.js"), "{}: {scripts:?}", page.path);
        assert_eq!(page.select("form[role=search]").len(), 1, "{}", page.path);
        assert_eq!(page.select("form[role=search] label[for=cerca]").len(), 1, "{}", page.path);
    }
}

#[test]
fn the_page_of_search_helps_without_script() {
    let page = Page::of(shipped(), "cerca/index.html");
    assert!(page.body().contains("ha bisogno di JavaScript"), "{}", page.body());
    let links: Vec<_> = page.select("main nav a").iter().filter_map(|link| link.attr("href")).collect();
    for wanted in ["../servizi/", "../2017-2018/progetti/", "../partner/", "../mappa-del-sito/"] {
        assert!(links.contains(&wanted), "{wanted}: {links:?}");
    }
    let form = &page.select("form[role=search]")[0];
    assert_eq!((form.attr("action"), form.attr("method")), (Some("../cerca/"), Some("get")));
}

#[test]
fn a_project_page_is_light_with_all_that_it_loads() {
    let tree = shipped();
    let size = |path: &str| tree[path].len();
    // Sorting comes where a table has rows enough.
    let shared =
        ["assets/concilia.js", "assets/ordina.js", "media/logo-provvisorio.svg"].map(size).iter().sum::<usize>();
    for (path, bytes) in tree.iter().filter(|(path, _)| path.contains("/progetti/") && path.matches('/').count() == 3) {
        let page = Page::of(tree, path);
        let sheets = page.select("link[rel=stylesheet]").into_iter().filter_map(|link| link.attr("href"));
        let whole = bytes.len() + shared + sheets.map(|href| size(href.trim_start_matches("../"))).sum::<usize>();
        assert!(whole <= PROJECT_PAGE_BYTES, "{path}: {whole} bytes");
    }
}

/// The lists that can be narrowed: where, how a record is found there, and how many there are.
const LISTS: [(&str, &str, usize); 4] = [
    ("2017-2018/progetti/index.html", "li.carta", 8),
    ("2017-2018/alleanze/index.html", "#tabella-alleanze ~ tbody tr", 8),
    ("servizi/index.html", "#tabella-servizi ~ tbody tr", 31),
    ("partner/index.html", "#tabella-enti ~ tbody tr", 18),
];

#[test]
fn every_record_of_a_list_says_its_facets_but_for_those_that_no_source_gives() {
    let mut silent = 0;
    let mut told = 0;
    for (path, rows, count) in LISTS {
        let page = Page::of(shipped(), path);
        let names = page.select(".filtri")[0].attr("data-faccette").expect("facets").to_owned();
        let keys: Vec<&str> = names.split(';').map(|entry| entry.split_once('=').expect(entry).0).collect();
        let records = page.select(rows);
        assert_eq!(records.len(), count, "{path} {rows}");
        for (n, record) in records.iter().enumerate() {
            assert_eq!(record.attr("data-voce"), Some((n + 1).to_string().as_str()), "{path} {rows}");
            for key in &keys {
                let value = record.attr(&format!("data-f-{key}"));
                assert!(!matches!(value, Some("" | "non indicato")), "{path} {rows} {n}: {value:?} for {key}");
                silent += usize::from(value.is_none());
                told += usize::from(value.is_some());
            }
        }
    }
    assert!(silent > 0 && told > silent, "{told} told, {silent} not");
}

#[test]
fn what_a_facet_says_is_what_the_record_shows() {
    let page = Page::of(shipped(), "2017-2018/progetti/index.html");
    // Card and row of the table are one record.
    let row = page.select("#tabella-progetti ~ tbody tr")[7];
    assert_eq!(row.attr("data-voce"), Some("8"));
    let last = page.select("li.carta")[7];
    assert_eq!(last.attr("data-f-contributo"), Some("fino a € 30.000"), "€ 24.078,25");
    let alliances = Page::of(shipped(), "2017-2018/alleanze/index.html");
    let new = alliances.select("[data-f-novita=nuova]").len();
    let shown = alliances.texts("#tabella-alleanze ~ tbody td").into_iter().filter(|cell| cell == "Nuova").count();
    assert_eq!(new, shown);
}

/// What the head of the index says is searched too.
fn searched_too(tree: &Tree, spoken: &str) -> Option<String> {
    let text = std::str::from_utf8(&tree["cerca/indice.js"]).expect("UTF-8");
    let head = text.lines().next().and_then(|line| line.strip_prefix("conciliaCerca.indice(")).expect("a head");
    let head: serde_json::Value = serde_json::from_str(head.strip_suffix(");").expect("an end")).expect("JSON");
    let pairs = head["sinonimi"].as_array().expect("a list").iter();
    let mut pairs = pairs.map(|pair| (pair[0].as_str().expect("words"), pair[1].as_str().expect("words")));
    pairs.find(|(words, _)| words.split('|').any(|one| one == spoken)).map(|(_, also)| also.to_owned())
}

#[test]
fn the_words_of_those_who_search_are_kept_by_the_editors() {
    assert_eq!(searched_too(shipped(), "badante").as_deref(), Some("assistenza a casa|assistenza familiare"));
    let ricerca = "sinonimi:\n  - { chi_scrive: [schiscetta], trova_anche: [nido, parola di nessuno] }\n  \
                   - { chi_scrive: [Badanti], trova_anche: [] }\n";
    let site = Site::example().write("content/ricerca.yaml", ricerca).built();
    let tree = site.published();
    assert_eq!(searched_too(&tree, "schiscetta").as_deref(), Some("nido"), "what the site does not know is not told");
    assert_eq!(searched_too(&tree, "badante"), None);
    assert!(searched_too(&tree, "colf").is_some());
    let wrong = Site::example().write("content/ricerca.yaml", "sinonimi:\n  - { scrive: [x], trova_anche: [nido] }\n");
    wrong.check().exits(1).says("chi_scrive");
}

#[test]
fn amounts_acts_norms_and_datasets_are_found() {
    let index = Index::of(shipped());
    finds(&index, "€ 67.000,00", "Progetti", "2017-2018/progetti/caring-care/");
    finds(&index, "67000 euro", "Progetti", "2017-2018/progetti/caring-care/");
    finds(&index, "15/01/2019", "Progetti", "2017-2018/progetti/caring-care/");
    finds(&index, "286.940,25", "Pagine", "2017-2018/risorse/");
    for query in ["DGR 5969", "5969/2016", "X/5969", "D.G.R. n. X/5969 del 12/12/2016"] {
        finds(&index, query, "Norme", "norme/dgr-5969-2016/");
    }
    finds(&index, "dataset progetti", "Dati aperti", "dati/progetti/");
    finds(&index, "Albino", "Comuni e ambiti", "dove/#comune-albino");
}
