//! Posters and cards: what they carry, what they say, where their codes lead.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::process::Command;

use concilia::print::tipografia::png::scritte;
use concilia::value::impronta;

use crate::consegna::{ZIP, delivered};
use crate::html::pages;
use crate::stato::PASSAGGI;
use crate::support::{Site, tree};

const NIDO: &str = "content/piani/2025-2027/progetti/nido.yaml";
const PIANO: &str = "content/piani/2025-2027/piano.yaml";
const FRASE: &str = "Intervento finanziato con il contributo di Regione Lombardia";
const FOLDER: &str = "materiali-2025-2027";
const NIDO_PAGE: &str = "https://conciliazione.ats-esempio.it/2025-2027/progetti/nido/";

pub fn composed(site: &Site) -> BTreeMap<String, Vec<u8>> {
    site.concilia(["materiali", "2025-2027"]).output().exits(0);
    let mut files = tree(&site.path(FOLDER));
    files.retain(|name, _| !name.starts_with(".concilia"));
    files
}

/// The pages of a PDF, blanks made one.
pub fn pagine(bytes: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("l.pdf");
    fs::write(&file, bytes).expect("a file");
    let output = Command::new("pdftotext").args(["-enc", "UTF-8"]).arg(&file).arg("-").output().expect("pdftotext");
    let text = String::from_utf8(output.stdout).expect("UTF-8").replace('\u{200b}', "");
    let mut pages: Vec<String> =
        text.split('\u{c}').map(|page| page.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    pages.pop();
    pages
}

/// Width, height and the grey of each point.
fn picture(bytes: &[u8]) -> (usize, usize, Vec<u8>) {
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().expect("a picture");
    let mut rgb = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut rgb).expect("a picture");
    let grey = rgb.chunks_exact(3).map(|pixel| pixel[1]).collect();
    (info.width as usize, info.height as usize, grey)
}

/// Where the code of a picture leads.
fn code(bytes: &[u8]) -> Option<String> {
    let (width, height, grey) = picture(bytes);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| grey[y * width + x]);
    let grids = prepared.detect_grids();
    grids.first().and_then(|grid| grid.decode().ok()).map(|(_, content)| content)
}

#[test]
fn every_project_and_call_has_a_poster_and_a_card_that_carry_phrase_and_logo() {
    let site = Site::small();
    let files = composed(&site);
    let mut subjects = vec!["avviso-avviso-2025"];
    subjects.extend(["progetto-doposcuola", "progetto-nido", "progetto-sollievo"]);
    let mut expected: Vec<String> =
        subjects.iter().flat_map(|name| [format!("{name}-cartolina.png"), format!("{name}-locandina.pdf")]).collect();
    expected.push("registro.csv".to_owned());
    assert_eq!(files.keys().cloned().collect::<Vec<_>>(), expected);
    let logo = impronta(&fs::read(site.path("content/media/logo.svg")).expect("the logo"));
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".png")) {
        let (width, height, grey) = picture(bytes);
        assert_eq!((width, height), (1200, 630), "{name}");
        assert!(grey.iter().any(|&point| point < 100), "{name} is not white all over");
        let said: BTreeMap<String, String> = scritte(bytes).expect("a picture").into_iter().collect();
        assert_eq!(said["Attribuzione"], FRASE, "{name}");
        assert_eq!(said["Logo SHA-256"], logo, "{name}");
    }
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".pdf")) {
        let pages = pagine(bytes);
        assert_eq!(pages.len(), 1, "{name}");
        assert!(pages[0].contains(FRASE) && pages[0].contains("Agenzia di Tutela della Salute di Esempio"), "{name}");
    }
    let register = std::str::from_utf8(&files["registro.csv"]).expect("UTF-8");
    let row = |name: &str, kind: &str| format!("{name},{kind},{NIDO_PAGE},si vede,si vede,");
    assert!(register.contains(&row("progetto-nido-cartolina.png", "cartolina")), "{register}");
    assert!(register.contains(&row("progetto-nido-locandina.pdf", "locandina")), "{register}");
    for (name, bytes) in files.iter().filter(|(name, _)| *name != "registro.csv") {
        assert!(register.contains(&impronta(bytes)), "{name}");
    }
}

#[test]
fn a_project_that_nobody_finances_has_none_and_is_named() {
    let doposcuola = "content/piani/2025-2027/progetti/doposcuola.yaml";
    let site = Site::small()
        .replace(doposcuola, "  contributo_riconosciuto: 30000.00\n", "")
        .replace(doposcuola, "stato: in_corso", "stato: ammesso")
        .replace(doposcuola, "atti:\n  concessione: { tipo: Determina, numero: \"8\", data: 2026-03-02 }\n", "");
    site.concilia(["materiali", "2025-2027"]).output().exits(0).says("`doposcuola` (ammesso)").says("Composti 6 file");
    let files = tree(&site.path(FOLDER));
    assert!(!files.keys().any(|name| name.contains("doposcuola")), "{:?}", files.keys());
}

#[test]
fn they_say_in_plain_words_what_the_record_says_and_lead_to_its_page() {
    let site = Site::small();
    let files = composed(&site);
    let poster = &pagine(&files["progetto-nido-locandina.pdf"])[0];
    for words in ["Un nido vicino al lavoro", "Che cosa offre", "A chi rivolgersi", "Chi lo realizza"] {
        assert!(poster.contains(words), "{words} in {poster}");
    }
    assert!(poster.replace(' ', "").contains(NIDO_PAGE), "{poster}");
    assert_eq!(code(&files["progetto-nido-cartolina.png"]).as_deref(), Some(NIDO_PAGE));
    let call = &pagine(&files["avviso-avviso-2025-locandina.pdf"])[0];
    assert!(call.contains("Avviso 2025") && call.contains("Per le domande"), "{call}");
}

#[test]
fn the_same_records_make_the_same_bytes_and_long_ones_stay_on_their_page() {
    let one = composed(&Site::example());
    let two = Site::example();
    two.concilia(["materiali", "2025-2027", "--out", "altrove"]).env("RAYON_NUM_THREADS", "1").output().exits(0);
    let mut other = tree(&two.path("altrove"));
    other.retain(|name, _| !name.starts_with(".concilia"));
    assert!(one == other);
    let long = "precipitevolissimevolmente ".repeat(20);
    let people: String = (0..60).map(|n| format!("  - Persone del gruppo {n}, {long}\n")).collect();
    let crowded = Site::small().append(NIDO, &format!("destinatari:\n{people}"));
    let crowded = crowded.replace(NIDO, "titolo: Un nido vicino al lavoro", &format!("titolo: {}", long.trim()));
    let poster = &composed(&crowded)["progetto-nido-locandina.pdf"];
    let pages = pagine(poster);
    assert_eq!(pages.len(), 1);
    assert!(pages[0].contains(FRASE) && pages[0].contains("è nella pagina"), "{}", pages[0]);
}

#[test]
fn a_title_that_is_cut_and_a_sign_that_is_not_there_are_told() {
    let long = "Conciliazione dei tempi di vita e di lavoro ".repeat(4);
    let site = Site::small().replace(NIDO, "titolo: Un nido vicino al lavoro", &format!("titolo: {long}👶"));
    let told = site.concilia(["materiali", "2025-2027"]).output().exits(0);
    let kept = "Conciliazione dei tempi di vita e di lavoro ".repeat(3);
    let kept = kept.trim();
    let told = told.says(&format!(
        "nota: il titolo di `nido` ha più di 140 caratteri, e su locandina e cartolina si legge solo «{kept}"
    ));
    told.says("avviso[M-06]").says("e così le locandine e le cartoline");
    assert!(!Site::small().concilia(["materiali", "2025-2027"]).output().exits(0).stderr.contains("il titolo di"));
}

/// What a run that was interrupted left beside the folder goes with the next one.
#[test]
fn what_an_interrupted_run_left_goes_with_the_next() {
    let site = Site::small()
        .write(".materiali-2025-2027.concilia-lock", "")
        .write(".materiali-2025-2027.concilia-work/next/progetto-nido-locandina.pdf", "%PDF");
    composed(&site);
    assert!(!tree(site.root()).keys().any(|name| name.starts_with(".materiali-2025-2027.concilia")));
}

#[test]
fn what_has_ended_says_so_and_addresses_are_links_that_can_be_copied() {
    let long = "https://conciliazione.ats-esempio.it/una-pagina-dal-nome-lungo/che-va-a-capo/piu-volte/";
    let site = Site::small()
        .replace(NIDO, "stato: in_corso", "stato: concluso")
        .replace("content/sito.yaml", "aggiornato_al: 2026-03-31", "aggiornato_al: 2028-03-31")
        .replace(NIDO, "al: 2027-12-31 }", "al: 2027-12-31, nota: la fonte non dà il giorno }")
        .append(
            NIDO,
            &format!("contatti: {{ email: nido-di-tutti-i-giorni@comune-alfa.example.it, sito: '{long}' }}\n"),
        );
    let files = composed(&site);
    let bytes = &files["progetto-nido-locandina.pdf"];
    let poster = &pagine(bytes)[0];
    assert!(poster.contains("Il progetto è concluso: i servizi possono non esserci più"), "{poster}");
    assert!(!poster.contains("la fonte") && !poster.contains("Non indicato"), "{poster}");
    assert!(pagine(&files["avviso-avviso-2025-locandina.pdf"])[0].contains("Domande chiuse il 30 gennaio 2026"));
    let over = &pagine(&files["progetto-doposcuola-locandina.pdf"])[0];
    assert!(
        over.contains("Il termine previsto, 30 giugno 2027, è passato: i servizi possono non esserci più"),
        "{over}"
    );
    // The text as a reader copies it: no invisible characters in an address.
    let pdf = lopdf::Document::load_mem(bytes).expect("a PDF");
    let copied = pdf.extract_text(&[1]).expect("its text");
    assert!(!copied.contains('\u{200b}'), "{copied}");
    let together: String = copied.split_whitespace().collect();
    for address in [long, "nido-di-tutti-i-giorni@comune-alfa.example.it", NIDO_PAGE] {
        assert!(together.contains(address), "{address} in\n{copied}");
    }
    let uris = pdf.objects.values().filter_map(|object| object.as_dict().ok()?.get(b"A").ok()?.as_dict().ok());
    let uris: Vec<String> = uris
        .filter_map(|action| Some(String::from_utf8_lossy(action.get(b"URI").ok()?.as_str().ok()?).into_owned()))
        .collect();
    for address in [long, "mailto:nido-di-tutti-i-giorni@comune-alfa.example.it", NIDO_PAGE] {
        assert!(uris.iter().any(|uri| uri == address), "{address} in {uris:?}");
    }
}

#[test]
fn titles_of_all_lengths_leave_every_text_in_its_place() {
    for title in
        ["Su", &"Conciliazione dei tempi di vita e di lavoro ".repeat(3), &"Precipitevolissimevolmente".repeat(8)]
    {
        let site = Site::small()
            .replace(NIDO, "titolo: Un nido vicino al lavoro", &format!("titolo: {}", title.trim()))
            .append(NIDO, &format!("sintesi: {}\n", "Parole che spiegano a lungo. ".repeat(20).trim()))
            .replace(
                "content/sito.yaml",
                "nome_esteso: Agenzia di Tutela della Salute di Esempio",
                &format!("nome_esteso: {}", "Agenzia di Tutela della Salute ".repeat(5).trim()),
            )
            .append("content/sito.yaml", &format!("avvertenza: {}\n", "Questo sito è una prova. ".repeat(12).trim()));
        // Where a text is covered, cut or outside its page, nothing is composed.
        composed(&site);
    }
}

#[test]
fn a_draft_is_marked_and_what_a_theme_leaves_out_is_refused() {
    let draft = Site::small().replace(PIANO, "stato: adottato", "stato: bozza").replace(PIANO, PASSAGGI, "");
    let files = composed(&draft);
    assert!(pagine(&files["progetto-nido-locandina.pdf"])[0].contains("il Piano non è ancora adottato"));
    let theme = |file: &str, text: &str| {
        let site = Site::small().append("content/sito.yaml", "tema: prova\n");
        site.write(&format!("themes/prova/documento/{file}"), text)
    };
    let head = "#let d = json(\"dati.json\")\n#set document(title: \"x\")\n#set text(lang: \"it\")\n";
    let silent =
        theme("locandina.typ", &format!("{head}#image(d.logo.file, alt: \"x\")\n#image(d.codice, alt: \"y\")\n"));
    assert_eq!(silent.concilia(["materiali"]).output().exits(1).codes()[0], "A-01");
    let bare = theme("locandina.typ", &format!("{head}#d.frase\n#image(d.codice, alt: \"y\")\n"));
    assert_eq!(bare.concilia(["materiali"]).output().exits(1).codes()[0], "A-02");
    assert!(!bare.path(FOLDER).exists());
    let card = theme(
        "cartolina.typ",
        &format!("{head}#for (i, c) in d.carte.enumerate() {{ if i > 0 {{ pagebreak() }}; d.frase }}\n"),
    );
    assert_eq!(card.concilia(["build"]).output().exits(1).codes()[0], "A-02");
}

#[test]
fn what_is_mistyped_gets_an_answer_and_nothing_is_lost() {
    let site = Site::small();
    site.concilia(["materiali", "2025-2026"]).output().exits(2).says("forse intendevi `2025-2027`");
    Site::example().concilia(["materiali"]).output().exits(2).says("manca il periodo");
    let nowhere = Site::small().replace("content/sito.yaml", "indirizzo: https://conciliazione.ats-esempio.it/\n", "");
    nowhere.concilia(["materiali"]).output().exits(2).says("--base-url");
    nowhere.concilia(["materiali", "--base-url", "https://prova.it/"]).output().exits(0);
    fs::create_dir(site.path("mie")).expect("a folder");
    fs::write(site.path("mie/tesi.txt"), "anni di lavoro").expect("a file");
    site.concilia(["materiali", "--out", "mie"]).output().exits(2);
    assert_eq!(fs::read_to_string(site.path("mie/tesi.txt")).expect("it is there"), "anni di lavoro");
    let wrong = Site::small().replace(NIDO, "stato: in_corso", "stato: in corso");
    wrong.concilia(["materiali"]).output().exits(1).says("nessun file è stato scritto");
    assert!(!wrong.path(FOLDER).exists());
}

#[test]
fn a_poster_is_checked_against_the_package_of_its_plan() {
    let site = Site::small();
    delivered(&site);
    let files = composed(&site);
    for name in files.keys().filter(|name| *name != "registro.csv") {
        let file = format!("{FOLDER}/{name}");
        let output = site.concilia(["verifica", &file, "--pacchetto", ZIP]).output().exits(0);
        assert!(output.stdout.contains(&format!("materiali/2025-2027/{name}")), "{}", output.stdout);
    }
    let mut poster = files["progetto-nido-locandina.pdf"].clone();
    let middle = poster.len() / 2;
    poster[middle] ^= 1;
    fs::write(site.path("ritoccata.pdf"), poster).expect("a file");
    site.concilia(["verifica", "ritoccata.pdf", "--pacchetto", ZIP]).output().exits(1);
}

#[test]
fn every_page_is_shown_with_the_card_of_its_kind() {
    let tree = Site::small().built().published();
    let base = "https://conciliazione.ats-esempio.it/";
    let mut used = BTreeMap::new();
    for page in pages(&tree).into_iter().filter(|page| !page.select("meta[property='og:title']").is_empty()) {
        let image = page.select("meta[property='og:image']")[0].attr("content").expect("an address").to_owned();
        let card = image.strip_prefix(base).expect("of this site").to_owned();
        let said: BTreeMap<String, String> = scritte(&tree[&card]).expect("a picture").into_iter().collect();
        assert_eq!(said["Attribuzione"], FRASE, "{card}");
        used.entry(card).or_insert_with(Vec::new).push(page.path.clone());
    }
    let cards: Vec<&String> = tree.keys().filter(|path| path.starts_with("cartoline/")).collect();
    assert_eq!(used.keys().collect::<Vec<_>>(), cards, "each card is of some page");
    assert!(used["cartoline/progetti.png"].contains(&"2025-2027/progetti/nido/index.html".to_owned()));
    assert!(used["cartoline/sito.png"].contains(&"index.html".to_owned()));
}

#[test]
fn files_of_the_staff_are_listed_to_be_looked_at_with_what_was_read_in_them() {
    let drawing = format!("<svg xmlns='http://www.w3.org/2000/svg'><text>{FRASE}</text></svg>");
    let site = Site::small()
        .write("content/media/volantino.svg", drawing)
        .append("content/pagine/note-legali.md", "\n![Volantino](/media/volantino.svg)\n");
    let output = site.concilia(["build"]).output();
    assert_eq!(output.code, Some(0), "{}", output.stderr);
    let tree = site.published();
    let csv = std::str::from_utf8(&tree["dati/v1/prodotti.csv"]).expect("UTF-8");
    let row = csv.lines().find(|line| line.starts_with("media/volantino.svg")).expect("a row");
    assert_eq!(
        row,
        "media/volantino.svg,allegato,da verificare,da verificare,disegno SVG; la frase c’è nel testo: guarda il file"
    );
    assert!(csv.contains("media/logo.svg,logo,non richiesta,è questo,"), "{csv}");
    let page = crate::html::Page::of(&tree, "2025-2027/registro/index.html");
    assert!(page.text("#da-verificare ~ .scorri").contains("media/volantino.svg"));
}
