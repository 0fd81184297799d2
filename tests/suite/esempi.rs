//! The two sites of `tests/esempi`, from one public document each: Val Padana has a call and no project, Lodi a project
//! and no amount. Their facts are written out here, as the documents state them, and looked for where a reader looks.
//!
//! `AGGIORNA=1` writes what `check` says of them anew, to be read before it is committed: each finding is a thing that the
//! document leaves out.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use scraper::ElementRef;

use crate::html::{Page, pages, parsed};
use crate::support::{Site, Tree, copy};

const AVVISO: &str = "2022-2023/avvisi/conciliazione-e-welfare-aziendale/index.html";
const INTERESSE: &str = "2020-2023/avvisi/manifestazione-di-interesse/index.html";
const ALLEANZA: &str = "2020-2023/alleanze/labor/index.html";
const PROGETTO: &str = "2020-2023/progetti/lodigiano-welfare/index.html";

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/esempi").join(name)
}

fn site(name: &str) -> Site {
    let site = Site::empty();
    copy(&folder(name).join("content"), &site.path("content"));
    site
}

pub fn val_padana() -> &'static Tree {
    static TREE: OnceLock<Tree> = OnceLock::new();
    TREE.get_or_init(|| site("val-padana").built().published())
}

pub fn lodi() -> &'static Tree {
    static TREE: OnceLock<Tree> = OnceLock::new();
    TREE.get_or_init(|| site("lodi").built().published())
}

/// Text as it is read: words of one sentence stay together, whatever marks some of them.
fn read(element: ElementRef) -> String {
    let whole: String = element.text().collect();
    whole.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The items of a section of a page, each with the items below it.
fn items(page: &Page, section: &str) -> Vec<(String, Vec<String>)> {
    let below = parsed(":scope > ul > li");
    let item = |item: ElementRef| {
        let inner: Vec<String> = item.select(&below).map(read).collect();
        let whole = read(item);
        let own = whole.strip_suffix(&inner.join(" ")).expect("the list ends its item").trim_end().to_owned();
        (own, inner)
    };
    let found = page.select(&format!("section[aria-labelledby=\"{section}\"] > ul.elenco > li"));
    found.into_iter().map(item).collect()
}

/// The rows of a table by the first cell, without head and foot.
fn names(page: &Page, caption: &str) -> Vec<String> {
    let mut rows = page.table(caption);
    rows.remove(0);
    rows.into_iter().map(|row| row[0].clone()).collect()
}

#[track_caller]
fn says(page: &Page, facts: &[&str]) {
    let body = read(page.select("main")[0]);
    for fact in facts {
        assert!(body.contains(fact), "{} does not say «{fact}»:\n{body}", page.path);
    }
}

#[test]
fn check_tells_what_the_documents_leave_out_and_nothing_else() {
    for name in ["val-padana", "lodi"] {
        let told = site(name).concilia(["check", "--tutti", "--documento"]).output().exits(0);
        assert_eq!(told.stdout, "");
        let file = folder(name).join("check.txt");
        if std::env::var_os("AGGIORNA").is_some() {
            fs::write(&file, &told.stderr).expect("check.txt");
        }
        let expected = fs::read_to_string(&file).expect("check.txt");
        assert_eq!(told.stderr, expected, "{name}: AGGIORNA=1 writes what comes now");
    }
}

/// A fact that no source states would come in by a figure: these are all that a reader can meet on the pages of records.
#[test]
fn no_page_shows_a_zero_where_the_document_is_silent() {
    for (name, tree) in [("val-padana", val_padana()), ("lodi", lodi())] {
        for page in pages(tree).iter().filter(|page| !page.path.starts_with("dati/")) {
            let body = page.body();
            for zero in ["0,00", "€ 0 ", "NaN", "0 progetti", "0 servizi", "0 alleanze", "0 enti"] {
                let found = body.match_indices(zero).any(|(at, _)| !body[..at].ends_with(|c: char| c.is_ascii_digit()));
                assert!(!found, "{name} {}: {zero}\n{body}", page.path);
            }
        }
    }
}

#[test]
fn the_call_of_val_padana_has_its_seven_areas_with_all_their_examples() {
    let expected: [(&str, &[&str]); 7] = [
        (
            "Rete di imprese per il welfare di conciliazione, che si aggiunge alle altre aree:",
            &[
                "accompagnare le imprese verso accordi di rete, perché il welfare di conciliazione si conosca meglio e i servizi siano flessibili e sostenibili, soprattutto per i bisogni delle microimprese;",
                "usare bene ciò che il territorio offre, con convenzioni e altre soluzioni che aprano i servizi alle imprese della rete;",
                "piani perché la rete duri e cresca.",
            ],
        ),
        (
            "Servizi per chi ha compiti di cura e assistenza, per esempio:",
            &[
                "assistenza a casa, anche di emergenza, che non sia continuativa né già pagata da altre misure nazionali o regionali;",
                "baby-sitter, e assistenti per familiari fragili; anche per poter frequentare altri servizi che custodiscono i bambini o aiutano i familiari fragili a carico;",
                "custodia dei figli quando la scuola è chiusa o sospesa, come nelle vacanze di Natale e di Pasqua o per le elezioni;",
                "pre-scuola e dopo-scuola, anche con l'aiuto compiti;",
                "accompagnamento dei figli alle attività fuori dalla scuola, e dei familiari fragili alle loro.",
            ],
        ),
        (
            "Servizi salvatempo, per esempio:",
            &[
                "spesa portata in azienda;",
                "maggiordomo aziendale;",
                "banche del tempo, per scambiarsi ore e aiuto: progetti che le fanno conoscere o nascere.",
            ],
        ),
        (
            "Conciliazione fra generazioni: interventi per bambini e anziani insieme, con enti del settore. Per esempio:",
            &["laboratori e attività in cui le generazioni si incontrano."],
        ),
        (
            "Mobilità casa-lavoro: servizi che accorciano i tempi del percorso, per esempio:",
            &[
                "convenzioni per viaggiare sui mezzi pubblici a minor costo;",
                "car pooling e car sharing aziendali;",
                "navette verso i poli di interscambio.",
            ],
        ),
        (
            "Sostegno ai dipendenti, per esempio:",
            &[
                "l'assistente sociale di impresa: un ente o un professionista che aiuta i dipendenti, soprattutto chi ha familiari minori o fragili, in ciò che c'è da fare per la famiglia;",
                "welfare manager, disability manager e diversity manager: un ente o un professionista che, letti i bisogni, pensa a welfare, smart working e lavoro agile, all'inserimento al lavoro delle persone con disabilità nelle imprese della rete, e a regole di inclusione per tutti i dipendenti.",
            ],
        ),
        (
            "Flessibilità in azienda e coworking:",
            &[
                "studiare un piano di orari flessibili, o prepararne il terreno;",
                "azioni per la salute sul luogo di lavoro, insieme al programma «Luoghi di lavoro che Promuovono Salute – Rete WHP Lombardia».",
            ],
        ),
    ];
    let expected: Vec<(String, Vec<String>)> = expected
        .iter()
        .map(|(area, examples)| ((*area).to_owned(), examples.iter().map(|one| (*one).to_owned()).collect()))
        .collect();
    assert_eq!(items(&Page::of(val_padana(), AVVISO), "aree"), expected);
    // In the document too, where lists are set by another reader.
    let document = concilia::lettura::pdf(&val_padana()["2022-2023/documento/piano.pdf"]).expect("a PDF");
    for told in expected.iter().flat_map(|(area, examples)| examples.iter().chain([area])) {
        assert!(document.pagine_senza(told).len() < document.pagine.len(), "{told}");
    }
}

#[test]
fn the_call_of_val_padana_says_who_when_how_much_and_whom_to_ask() {
    let page = Page::of(val_padana(), AVVISO);
    assert_eq!(page.value("Chi lo pubblica"), "ATS Val Padana");
    assert_eq!(page.value("Per le domande"), "Dal 4 maggio 2022, ore 12:00 al 15 giugno 2022, ore 12:00");
    assert_eq!(page.value("Dotazione"), "€ 457.930,00");
    assert_eq!(page.value("Contributo massimo"), "70 % del costo, e comunque non più di € 50.000,00 per progetto");
    assert_eq!(page.value("E-mail"), "conciliazione@ats-valpadana.it");
    assert_eq!(page.value("Telefono"), "0372 497670 , 0376 334045");
    let who: Vec<String> = items(&page, "beneficiari").into_iter().map(|(item, _)| item).collect();
    assert_eq!(who.len(), 9);
    #[rustfmt::skip]
    let of_each: [&[&str]; 9] = [
        &["almeno quattro enti"],
        &["Ambiti territoriali", "comuni", "unioni di comuni", "comunità montane", "aziende speciali"],
        &["senza scopo di lucro", "Terzo settore iscritti al RUNTS"],
        &["Associazioni datoriali"],
        &["Microimprese", "CCIAA", "meno di 10 persone", "fatturato annuo", "bilancio annuo", "2 milioni", "651 del 17 giugno 2014"],
        &["Piccole imprese", "CCIAA", "meno di 50 persone", "fatturato annuo", "bilancio annuo", "10 milioni"],
        &["due micro o piccole imprese", "almeno un ente pubblico"],
        &["guida un'impresa", "Lombardia", "sede legale", "operativa"],
        &["più progetti"],
    ];
    for (item, facts) in who.iter().zip(of_each) {
        for fact in facts {
            assert!(item.contains(fact), "«{fact}» is not in «{item}»");
        }
    }
    let whom: Vec<String> = items(&page, "destinatari").into_iter().map(|(item, _)| item).collect();
    assert!(whom[0].contains("almeno una sede operativa in Lombardia") && whom[1] == "Le loro famiglie.", "{whom:?}");
    says(
        &page,
        &[
            "soltanto in rete",
            "Bandi Online",
            "www.bandi.regione.lombardia.it",
            "una sola finestra",
            "Fino al 70 % del costo complessivo",
            "Il restante 30 % lo mette il gruppo, come cofinanziamento.",
            "nucleo di valutazione che nomina lei stessa",
            "0376 334045",
        ],
    );
    says(
        &Page::of(val_padana(), "contatti/index.html"),
        &[
            "Via dei Toscani 1, 46100 Mantova",
            "protocollo@pec.ats-valpadana.it",
            "Via San Sebastiano 14, 26100 Cremona",
            "0372 497653",
            "pipss.sociale@ats-valpadana.it",
            "UOC Raccordo con il Sistema Sociale",
        ],
    );
}

/// Nobody says which projects came: no page, menu or figure is about any.
#[test]
fn val_padana_has_no_project_and_no_body() {
    let folders = ["progetti/", "alleanze/", "trasparenza/", "graduatoria/", "servizi/", "partner/"];
    for page in pages(val_padana()).iter().filter(|page| !page.path.starts_with("dati/")) {
        assert!(!folders.iter().any(|folder| page.path.contains(folder)), "{}", page.path);
    }
    let home = Page::of(val_padana(), "index.html");
    assert_eq!(home.texts(".cifra dt"), ["Risorse del Piano"]);
    assert_eq!(home.texts(".cifra dd"), ["€ 457.930,00"]);
}

/// By name, as the document lists them.
const BODIES: [&str; 33] = [
    "Azienda Speciale Consortile del Lodigiano per i Servizi alla Persona",
    "A.C.L.",
    "ASST Lodi",
    "Asvicom Lodi",
    "Auser Lodi",
    "Azienda di servizi alla persona Valsasino San Colombano al Lambro",
    "Azienda Speciale di Servizi di Casalpusterlengo",
    "CGIL",
    "CISL",
    "Comune di Casalpusterlengo",
    "Comune di Codogno",
    "Comune di Lodi",
    "Comune di Massalengo",
    "Confartigianato provinciale Lodi",
    "Confcommercio provincia di Lodi",
    "Consigliera di Parità Provincia di Lodi",
    "Consorzio per la Formazione Professionale e l'Educazione Permanente",
    "EBT Lodi",
    "Emmanuele Coop. Sociale",
    "Famiglia Nuova Coop. Sociale",
    "Fondazione Bignaschi",
    "Fondazione Opere Pie Codogno",
    "Fondazione Santa Chiara Lodi",
    "Gesam srl",
    "Gruppo Cooperativo CGM",
    "Il Mosaico Servizi Coop. Sociale",
    "L'Officina Coop. Sociale",
    "Microcosmi Coop. Sociale",
    "MLFM",
    "Provincia di Lodi",
    "UIL",
    "Unione artigiani e imprese Lodi",
    "Università degli Studi di Milano Bicocca",
];

#[test]
fn the_33_bodies_of_lodi_are_named_where_a_reader_looks_for_them() {
    let alliance = Page::of(lodi(), ALLEANZA);
    assert_eq!(names(&alliance, "Gli enti che"), BODIES);
    assert_eq!(alliance.value("Capofila"), BODIES[0]);
    assert_eq!(alliance.value("Partner"), "32, capofila escluso");
    says(&alliance, &["Ambito di Lodi", "Ufficio di Piano"]);
    let mut listed = names(&Page::of(lodi(), "partner/index.html"), "33 enti");
    listed.pop();
    listed.sort();
    let mut bodies = BODIES.to_vec();
    bodies.sort_unstable();
    assert_eq!(listed, bodies);
}

#[test]
fn lodi_says_its_six_categories_of_service_on_the_call_and_in_the_catalogue() {
    let expected = [
        "Servizi socio-assistenziali: per esempio pasti a domicilio, SAD, SADH",
        "Servizi di assistenza sanitaria: per esempio ADI",
        "Servizi per la cura dei figli: asili nido, scuole materne, doposcuola, laboratori e sport",
        "Accompagnamento e trasporto di anziani e persone con disabilità",
        "Servizi psicologici: sostegno psicologico, sostegno ai genitori, mediazione familiare",
        "Piccole commissioni",
    ];
    let areas: Vec<String> = items(&Page::of(lodi(), INTERESSE), "aree").into_iter().map(|(area, _)| area).collect();
    assert_eq!(areas, expected);
    let catalogue = Page::of(lodi(), "servizi/index.html");
    let services = names(&catalogue, "I servizi");
    assert_eq!(services.len(), 6);
    for name in [
        "Servizi socio-assistenziali",
        "Servizi di assistenza sanitaria",
        "Servizi per la cura dei figli",
        "Accompagnamento e trasporto",
        "Servizi psicologici",
        "Piccole commissioni",
    ] {
        assert_eq!(services.iter().filter(|row| row.starts_with(name)).count(), 1, "{name}: {services:?}");
    }
}

#[test]
fn lodi_says_how_the_third_sector_joins_whom_to_ask_and_who_guarantees() {
    let page = Page::of(lodi(), INTERESSE);
    assert_eq!(page.value("Chi lo pubblica"), "Ufficio di Piano dell'Ambito di Lodi");
    assert_eq!(page.value("E-mail"), "lodigianowelfare@gmail.com");
    let who: Vec<String> = items(&page, "beneficiari").into_iter().map(|(item, _)| item).collect();
    assert_eq!(who, ["Enti del Terzo settore"]);
    let how = read(page.select("section[aria-labelledby=\"come\"]")[0]);
    for fact in [
        "sul sito dell'Ufficio di Piano",
        "Chi aderisce alla manifestazione di interesse entra nel catalogo",
        "si scrive a lodigianowelfare@gmail.com",
        "Chi garantisce L'Ufficio di Piano",
        "ne garantisce la qualità a famiglie e imprese",
    ] {
        assert!(how.contains(fact), "«{fact}» is not in\n{how}");
    }
    let links: Vec<_> =
        page.select("section[aria-labelledby=\"come\"] a").iter().filter_map(|a| a.attr("href")).collect();
    assert!(links.contains(&"https://www.ufficiodipiano.lodi.it/news-dettaglio.php?id=100"), "{links:?}");
}

#[test]
fn the_amounts_of_lodi_are_said_to_be_unknown() {
    let project = Page::of(lodi(), PROGETTO);
    assert!(project.text("section[aria-labelledby=finanziamento]").contains("nessun importo"));
    says(&Page::of(lodi(), "index.html"), &["Gli importi non sono nel documento."]);
    // The rules tell the money of the Region; the document has a chapter of them.
    let of_rules = |path: &str| ["norme/", "conformita", "documento/"].iter().any(|folder| path.contains(folder));
    for page in pages(lodi()).iter().filter(|page| !of_rules(&page.path)) {
        assert!(!page.body().contains('€'), "{}", page.path);
    }
}

/// What the engine said wrongly, or showed empty, before it met a plan without projects and one without amounts.
#[test]
fn nothing_is_said_of_what_is_not_there() {
    let home = Page::of(val_padana(), "index.html");
    assert_eq!(home.texts(".carta h3"), ["Avviso interventi di conciliazione e welfare aziendale"]);
    assert_eq!(
        home.text(".situazioni li:first-child span"),
        "Il periodo di questo Piano è finito con il 2023: le pagine dicono che cosa prevedeva."
    );
    let history = Page::of(val_padana(), "storia/index.html");
    let row = &history.table("I periodi")[1];
    assert_eq!(row[2..4], ["Non indicati", "Non indicate"]);
    let document = Page::of(val_padana(), "2022-2023/documento/index.html");
    assert_eq!(
        document.texts(".sommario")[0],
        "Ciò che queste pagine dicono di «Conciliazione e welfare aziendale (DGR 5755/2021)» in un solo documento, da leggere, stampare e conservare."
    );
    let money = document.table("Il denaro del Piano");
    assert_eq!(money[1][1..], ["457.930,00"]);
    // One bar alone would tell nothing.
    assert!(Page::of(val_padana(), "2022-2023/risorse/index.html").select("figure.grafico").is_empty());

    let home = Page::of(lodi(), "index.html");
    assert!(home.select("#denaro").is_empty() && home.select("#avvisi").is_empty());
    assert!(!lodi().contains_key("2020-2023/grafici/finanziamento.svg"));
    let chapters = Page::of(lodi(), "2020-2023/documento/index.html").texts(".indice-documento li");
    assert!(chapters.len() > 5 && !chapters.iter().any(|chapter| chapter.contains("graduatoria")), "{chapters:?}");
    let projects = Page::of(lodi(), "2020-2023/progetti/index.html");
    says(
        &projects,
        &["1 progetto del Piano Territoriale di Conciliazione 2020-2023: che cosa offre e come è finanziato."],
    );
    says(
        &Page::of(lodi(), "2020-2023/alleanze/index.html"),
        &["I partner sono 32, escluso il capofila: in tutto gli enti sono 33."],
    );
    let project = Page::of(lodi(), PROGETTO);
    assert_eq!(project.value("Quanto costa"), "Gratuito o a pagamento, secondo il servizio");
    assert_eq!(project.value("Come si chiede"), "Dal portale LodiWelfare.");
    assert_eq!(project.texts("#piede section p"), Vec::<String>::new());
}
