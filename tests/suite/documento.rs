//! The plan as one document: what its PDF says, and that no text can break it.

use std::process::Command;

use crate::consegna::{delivered, opened};
use crate::html::Page;
use crate::stato::PASSAGGI;
use crate::support::{Site, fixtures};

const NIDO: &str = "content/piani/2025-2027/progetti/nido.yaml";
const PIANO: &str = "content/piani/2025-2027/piano.yaml";
const FRASE: &str = "Intervento finanziato con il contributo di Regione Lombardia";

/// The text of each page of the document of a plan.
fn pagine(site: &Site, periodo: &str) -> Vec<String> {
    testi(&site.path(&format!("public/{periodo}/documento/piano.pdf")))
}

/// The text of each page of a PDF in the order in which it is written, blanks made one: a reader of tables row by row.
fn testi(file: &std::path::Path) -> Vec<String> {
    let output = Command::new("pdftotext").args(["-raw", "-enc", "UTF-8"]).arg(file).arg("-").output();
    let output = output.expect("pdftotext, of poppler-utils");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let mut pages: Vec<String> = text.split('\u{c}').map(plain).collect();
    assert_eq!(pages.pop().as_deref(), Some(""), "the last page ends like the others");
    pages
}

fn plain(text: &str) -> String {
    text.replace('\u{200b}', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn codice(site: &Site, periodo: &str) -> String {
    Page::of(&site.published(), &format!("{periodo}/documento/index.html")).text(".codice-controllo")
}

#[test]
fn every_page_says_who_pays_which_page_it_is_and_the_control_code() {
    for site in [Site::shipped(), Site::example()] {
        let site = site.built();
        for periodo in std::fs::read_dir(site.path("content/piani")).expect("plans") {
            let periodo = periodo.expect("a plan").file_name().into_string().expect("a name");
            let codice = codice(&site, &periodo);
            assert_eq!(codice.split(' ').map(str::len).collect::<Vec<_>>(), [4; 8], "{codice}");
            let pagine = pagine(&site, &periodo);
            assert!(pagine.len() > 5, "{periodo}");
            for (i, pagina) in pagine.iter().enumerate() {
                let numero = format!("Pagina {} di {}", i + 1, pagine.len());
                for parte in [FRASE, &numero, &codice] {
                    assert!(pagina.contains(parte), "{periodo}, page {}: no «{parte}» in\n{pagina}", i + 1);
                }
            }
        }
    }
}

#[test]
fn sheets_follow_each_other_with_accents_and_amounts() {
    let site = Site::shipped().built();
    let text = pagine(&site, "2017-2018").join(" ");
    assert!(text.contains("solidarietà") && text.contains("Perché, e con quali obiettivi"), "accents");
    let mut at = text.rfind("Le schede dei progetti").expect("the chapter");
    for (n, file) in [
        ("8.1", "smart-companies"),
        ("8.2", "networking"),
        ("8.3", "welfare-2020"),
        ("8.4", "win"),
        ("8.5", "tempi-accoglienti"),
        ("8.6", "welfare-e-comunita"),
        ("8.7", "caring-care"),
        ("8.8", "progettare-insieme"),
    ] {
        let titolo = Page::of(&site.published(), &format!("2017-2018/progetti/{file}/index.html")).text("h1");
        let found = text[at..].find(&format!("{n} {}", plain(&titolo)));
        at += found.unwrap_or_else(|| panic!("{n} {titolo} is not where it should be"));
    }
    for importo in ["299.078,25", "168.039,00", "370.813,31", "11.940,25", "12.138,00"] {
        assert!(text.contains(importo), "{importo}");
    }
}

#[test]
fn the_code_is_of_the_records_of_the_plan_and_of_nothing_else() {
    let site = Site::small().built();
    let before = codice(&site, "2025-2027");
    let changed = Site::small().replace(NIDO, "previsto: 20", "previsto: 21").built();
    assert_ne!(codice(&changed, "2025-2027"), before);
    let commented = Site::small().append(NIDO, "# un commento\n").built();
    assert_eq!(codice(&commented, "2025-2027"), before);
}

/// What stands for commands elsewhere, and what breaks lines and letters.
const OSTILE: &str = "#panic(1) $x$ *a* _b_ <etichetta> @rif = - + / \\ `#read(\"x\")` [a](b) ~ // /* ";

#[test]
fn texts_are_texts_whatever_they_say() {
    let lunga = "supercalifragilistichespiralidoso".repeat(40);
    let site = Site::small()
        .replace(NIDO, "titolo: Un nido vicino al lavoro", &format!("titolo: '{OSTILE}'"))
        .replace(NIDO, "nome: Bambini", &format!("nome: '{lunga}'"))
        .append(
            NIDO,
            &format!(
                "finalita: |\n  # Uno\n\n  ### Tre #let x = 1\n\n  - a\n    1. b\n\n    > c `#d`\n  -\n\n  | x | y |\n  |---|--:|\n  | #z |\n\n  ```\n  $ #panic() $\n  ```\n\n  {lunga} ![#pic](/media/logo.svg) ~~via~~ [^1]\n\n  [^1]: nota #x\n"
            ),
        )
        .built();
    let text = pagine(&site, "2025-2027").join(" ");
    let senza_bianchi = |text: &str| text.split_whitespace().collect::<String>();
    let (tutto, ostile) = (senza_bianchi(&text), senza_bianchi(OSTILE));
    assert!(tutto.contains(&ostile), "{text}");
    for parte in ["Tre#letx=1", "$#panic()$", "c#d", &lunga, "nota#x", "#z"] {
        assert!(tutto.contains(parte), "{parte}");
    }
}

#[test]
fn what_no_font_has_is_told_and_shown_as_a_sign() {
    let site = Site::small().lay_over(&fixtures().join("regole/M-06"));
    let output = site.concilia(["build"]).output().exits(0);
    assert_eq!(output.codes(), ["M-06"]);
    let text = pagine(&site, "2025-2027").join(" ");
    assert!(text.contains("Un nido □ vicino al □□"), "{text}");
    assert!(text.contains("U+1F476") && text.contains("U+5DE5"), "the document names what it replaces");
    let page = Page::of(&site.published(), "2025-2027/documento/index.html");
    assert!(page.body().contains("Un nido 👶 vicino al 工作"), "pages show what is written");
}

#[test]
fn a_long_table_goes_on_with_its_head_and_says_where_it_stops() {
    let righe: String = (1..=2100).map(|n| format!("  - {{ nome: Indicatore {n}., previsto: {n} }}\n")).collect();
    let text = Site::small().read(NIDO);
    let (prima, dopo) = text.split_once("indicatori:\n  - { nome: Bambini, previsto: 20 }\n").expect("the indicators");
    let site = Site::small().write(NIDO, format!("{prima}indicatori:\n{righe}{dopo}")).built();
    let pagine = pagine(&site, "2025-2027");
    let with_rows: Vec<&String> = pagine.iter().filter(|pagina| pagina.matches("Indicatore ").count() > 10).collect();
    assert!(with_rows.len() > 30, "{} pages", with_rows.len());
    assert!(with_rows.iter().all(|pagina| pagina.contains("Indicatore Previsto")), "the head comes again");
    let text = pagine.join(" ");
    assert!(text.contains("Indicatore 2000.") && !text.contains("Indicatore 2001."));
    assert!(text.contains("le altre righe sono nei dati aperti del sito (100)"));
}

#[test]
fn a_plan_that_is_not_adopted_is_a_draft_on_every_page() {
    let draft = Site::small().replace(PIANO, "stato: adottato", "stato: bozza").replace(PIANO, PASSAGGI, "").built();
    let pagine = pagine(&draft, "2025-2027");
    assert!(pagine[0].contains("Bozza: il Piano non è ancora adottato"), "{}", pagine[0]);
    assert!(pagine[1..].iter().all(|pagina| pagina.contains("BOZZA")));
}

#[test]
fn the_cover_tells_the_steps_of_the_plan_and_a_sheet_the_aid_already_received() {
    let site = Site::example().built();
    let pagine = pagine(&site, "2025-2027");
    for detto in [
        "Adottato dall'ATS: 10 febbraio 2026 – Delibera n. 12 del 10 febbraio 2026, ATS Esempio",
        "Inviato alla Regione: 12 febbraio 2026 – protocollo 4321/2026",
    ] {
        assert!(pagine[0].replace('\u{a0}', " ").contains(detto), "{detto} in\n{}", pagine[0]);
    }
    let text = pagine.join(" ");
    for detto in
        ["Gli aiuti «de minimis»", "Fondazione Zeta 20.000,00 COR-100002 0,00", "15.000,00 COR-100003 60.000,00"]
    {
        assert!(text.contains(detto), "{detto} in\n{text}");
    }
    // As readers of the file list its chapters.
    let pdf = lopdf::Document::load_mem(&site.published()["2025-2027/documento/piano.pdf"]).expect("a PDF");
    let entries = pdf.objects.values().filter_map(|object| object.as_dict().ok()).filter(|dict| dict.has(b"Parent"));
    let titles = entries.filter_map(|dict| lopdf::decode_text_string(dict.get(b"Title").ok()?).ok());
    assert!(titles.collect::<Vec<_>>().contains(&"2 Il Piano in sintesi".to_owned()));
}

/// What an office asks first: what was decided, where the money is, how the rules went, all projects.
#[test]
fn the_second_page_is_the_plan_on_one_page() {
    let site = Site::example().built();
    let pagina = &pagine(&site, "2025-2027")[1];
    let one = |text: &str| text.replace('\u{a0}', " ");
    for detto in [
        "Adottato dall'ATS con Delibera n. 12 del 10 febbraio 2026",
        "Inviato alla Regione, protocollo n. 4321/2026",
        // Of years nobody writes which one paid; of a residual it is known, and of all of them.
        "2025 Quota del 2025 150.000,00 Non diviso Non diviso Non diviso",
        "Residuo del piano 2020-2023 Regione Lombardia, Decreto n. 101 del 12 gennaio 2026 5.000,00 5.000,00 0,00 Non diviso",
        "In tutto 475.000,00 145.000,00 330.000,00 28.000,00",
        "la somma di 1 progetto su 3, perché degli altri non è indicato",
        "Il Piano è in regola: 18 regole rispettate, 5 dichiarate dall'ATS, 7 presenti, 2 informazioni.",
        "Una navetta per chi lavora",
        "Totale di 3 progetti",
    ] {
        assert!(one(pagina).contains(detto), "{detto} in\n{pagina}");
    }
    let page = Page::of(&site.published(), "2025-2027/documento/index.html");
    assert_eq!(
        page.texts(".documento caption").iter().filter(|caption| caption.starts_with("Le risorse di ogni")).count(),
        1
    );
}

/// A project of a call of the Region has the Region's money: it takes nothing of the plan's.
#[test]
fn calls_of_others_do_not_spend_the_money_of_the_plan() {
    let site = Site::example().built();
    let pagina = pagine(&site, "2017-2018")[1].replace('\u{a0}', " ");
    for detto in [
        "Per i progetti 80.000,00 80.000,00 0,00",
        "che hanno denaro loro: 1 progetto, con € 100.000,00 di contributi.",
    ] {
        assert!(pagina.contains(detto), "{detto} in\n{pagina}");
    }
    let ranking = site.published().remove("2017-2018/graduatoria/index.html").expect("the ranking");
    assert!(!String::from_utf8_lossy(&ranking).contains("-100.000,00"), "the plan looks overspent");
}

#[test]
fn the_sheet_of_one_project_is_a_document_of_its_own() {
    let site = Site::example();
    let done = site.concilia(["documento", "2025-2027", "--progetto", "navetta"]).output().exits(0);
    assert!(done.stderr.contains("Scritto `progetto-navetta.pdf`, PDF/A-2a e PDF/UA-1"), "{}", done.stderr);
    let pagine = testi(&site.path("progetto-navetta.pdf"));
    assert!(
        pagine[0].contains("Una navetta per chi lavora") && pagine[0].contains("Piano: Piano 2025-2027"),
        "{}",
        pagine[0]
    );
    assert!(pagine.iter().all(|pagina| pagina.contains(FRASE)), "{pagine:?}");
    assert!(
        pagine[1].contains("1 Una navetta per chi lavora") && !pagine.join(" ").contains("Un nido vicino"),
        "{pagine:?}"
    );
    let again = site.concilia(["documento", "2025-2027", "--progetto", "navetta"]).output().exits(0);
    assert!(again.stderr.contains("identico"), "{}", again.stderr);
    let other = site.concilia(["documento", "2025-2027", "--progetto", "navett"]).output().exits(2);
    assert!(other.stderr.contains("forse intendevi `navetta`?"), "{}", other.stderr);
    site.concilia(["documento", "2025-2027"]).output().exits(2);
}

/// A chapter of the theme may hold what the document knows, and nothing else.
#[test]
fn a_theme_writes_chapters_with_the_elements_of_the_document() {
    let site = Site::small().append("content/sito.yaml", "tema: prova\n");
    let chapter = "<h2 class=\"capitolo\" id=\"fonti\">Da dove</h2>\n<p data-stampa=\"solo-pagina\">A voce.</p>\n";
    let own = site.write("themes/prova/templates/documento/fonti.html", chapter).built();
    let text = pagine(&own, "2025-2027").join(" ");
    assert!(text.contains("Da dove") && !text.contains("A voce.") && !text.contains("Le fonti"), "{text}");
    let page = Page::of(&own.published(), "2025-2027/documento/index.html");
    assert_eq!(page.texts(".indice-documento li").last().map(String::as_str), Some("11 Da dove"));
}

#[test]
fn a_theme_sets_the_document_and_cannot_leave_out_who_pays() {
    let site = Site::small().append("content/sito.yaml", "tema: prova\n");
    let broken = site.write("themes/prova/documento/piano.typ", "#let dati = json(\"dati.json\")\n#dati.niente\n");
    let output = broken.concilia(["build"]).output().exits(1);
    assert_eq!(output.codes(), ["M-02"]);
    output.says("themes/prova/documento/piano.typ:2:");
    let silent = "#let c = json(\"dati.json\").copertina\n#set document(title: c.titolo)\n#set text(lang: \"it\")\n";
    let logo = "#image(c.logo.file, alt: c.logo.alternativa)\n";
    let without_phrase = broken.write("themes/prova/documento/piano.typ", format!("{silent}{logo}"));
    assert_eq!(without_phrase.concilia(["build"]).output().exits(1).codes(), ["A-01"]);
    let without_logo = without_phrase.write("themes/prova/documento/piano.typ", format!("{silent}#c.frase\n"));
    assert_eq!(without_logo.concilia(["build"]).output().exits(1).codes(), ["A-02"]);
    let own = without_logo.write("themes/prova/documento/piano.typ", format!("{silent}{logo}#c.frase\n")).built();
    assert!(pagine(&own, "2025-2027")[0].contains(FRASE));
}

/// Each document that began before the last one had ended stood on the same stack: 150 plans, or 250 posters, ended the
/// program. With less of it a few are enough.
#[test]
fn many_documents_do_not_stand_on_one_stack() {
    const LITTLE: &str = "131072";
    let plan = Site::small().read(PIANO);
    let site = (0..12).fold(Site::small(), |site, i| site.write(&format!("content/piani/altro-{i}/piano.yaml"), &plan));
    for command in ["check", "build"] {
        site.concilia([command]).env("RUST_MIN_STACK", LITTLE).output().exits(0);
    }
    let example = Site::example();
    example.concilia(["materiali", "2025-2027"]).env("RUST_MIN_STACK", LITTLE).output().exits(0);
}

/// A drawing longer than a page ran into the foot of it, over the phrase, and nothing could be published.
#[test]
fn a_drawing_longer_than_a_page_goes_on_in_the_next() {
    const TITLE: &str =
        "titolo: Un nido vicino al lavoro di chi ha turni, con una navetta che passa a prendere i bambini";
    let record = Site::small().read(NIDO);
    let is_own = |line: &&str| !["titolo:", "scheda:", "graduatoria:"].iter().any(|field| line.starts_with(field));
    let record: Vec<&str> = std::iter::once(TITLE).chain(record.lines().filter(is_own)).collect();
    let risorse = "content/piani/2025-2027/risorse.yaml";
    let site = Site::small().replace(risorse, "importo: 117000.50", "importo: 2117000.50").replace(
        risorse,
        "importo: 80000.00\n    esclude",
        "importo: 1680000.00\n    esclude",
    );
    let copy = |site: Site, i| site.write(&NIDO.replace("nido", &format!("nido-{i}")), record.join("\n"));
    (0..40).fold(site, copy).concilia(["build"]).output().exits(0);
}

/// What is sent asks for something, in the document and in the package; a demonstration asks for nothing.
#[test]
fn a_plan_that_was_sent_says_what_is_asked_of_the_region() {
    let sent = || {
        Site::small()
            .replace(PIANO, "stato: adottato", "stato: inviato")
            .append(PIANO, "  invio: { data: 2026-03-20, protocollo: 99/2026 }\n")
    };
    let asked = "Presa d'atto della Regione: Non ancora: è ciò che si chiede";
    let plain = |page: &str| page.replace('’', "'");
    let site = sent().built();
    let pages = pagine(&site, "2025-2027");
    assert!(plain(&pages[0]).contains(asked), "{}", pages[0]);
    let steps = "Non ancora – Presa d'atto della Regione: è ciò che si chiede.";
    assert!(plain(&pages[1]).contains(steps), "{}", pages[1]);
    let package = opened(&delivered(&site));
    let readme = std::str::from_utf8(&package["leggimi.txt"]).expect("UTF-8");
    for line in [
        "Stato: inviato alla Regione\n",
        "Inviato alla Regione il 20 marzo 2026, protocollo n. 99/2026\n",
        "Presa d'atto della Regione: non ancora, è ciò che si chiede\n",
    ] {
        assert!(readme.contains(line), "{line} in\n{readme}");
    }
    let other = sent().append("content/sito.yaml", "avvertenza: Una prova\n").built();
    let pages = pagine(&other, "2025-2027").join(" ");
    assert!(!plain(&pages).contains("è ciò che si chiede"), "{pages}");
}

/// The act whose rules a norm takes is one of the norms, and a document that only a body's record cites is told apart.
#[test]
fn sources_say_what_they_are_used_for() {
    let site = Site::shipped().built();
    let text = pagine(&site, "2017-2018").join(" ");
    let (_, fonti) = text.rsplit_once("qui ci sono tutti.").expect("the sources");
    let (documenti, norme) = fonti.split_once("Le norme").expect("the norms");
    assert!(norme.contains("DGR n. X/5969"), "{norme}");
    let (del_piano, degli_enti) = documenti.split_once("solo le schede degli enti").expect("those of bodies");
    assert!(!del_piano.contains("XII/5464") && degli_enti.contains("XII/5464"), "{documenti}");
}

/// Without its third part the cost is not the sum of what the chart tells.
#[test]
fn the_chart_of_the_cost_tells_all_its_parts() {
    let site = Site::shipped().built();
    let text = pagine(&site, "2017-2018").join(" ").replace('\u{a0}', " ");
    assert!(text.contains("chiesto e non riconosciuto, € 15.921,75; costo, "), "{text}");
}

/// A grant without its publication has no effect yet: the rule is not kept, and the register says so.
#[test]
fn a_grant_that_is_not_published_is_told() {
    let navetta = "content/piani/2025-2027/progetti/navetta.yaml";
    let site = Site::example().replace(navetta, "pubblicato_il: 2026-02-18\n", "");
    site.check().exits(0);
    let site = site.built();
    let text = pagine(&site, "2025-2027").join(" ");
    assert!(text.contains("pubblicazione: non ancora registrata"), "{text}");
    let tree = site.published();
    let rule = Page::of(&tree, "2025-2027/conformita/index.html").text("#T-01");
    assert!(rule.contains("Da dichiarare per 1 progetto"), "{rule}");
    let why = "manca il giorno della pubblicazione: senza pubblicazione la concessione non ha ancora efficacia";
    assert!(rule.contains(why) && rule.contains("Una navetta per chi lavora"), "{rule}");
    let tree = Site::example().built().published();
    let rule = Page::of(&tree, "2025-2027/conformita/index.html").text("#T-01");
    assert!(!rule.contains("Da dichiarare"), "{rule}");
    // Who alone makes a rule hold is named.
    let rule = Page::of(&tree, "2025-2027/conformita/index.html").text("#P25-05");
    let signed = "conta l'accordo di programma firmato da «Azienda Speciale di Gamma» per «Gamma»";
    assert!(rule.replace('’', "'").contains(signed) && rule.contains("Una navetta per chi lavora"), "{rule}");
}
