//! `concilia consegna`: one package, the same on every run, with all that the Region asks for.

use std::collections::BTreeMap;
use std::fs;

use concilia::input::consegne::{MANIFESTO, Manifesto, archivio};
use concilia::value::impronta;

use crate::support::{Site, Tree, tree};

pub const ZIP: &str = "piano-2025-2027-ats-esempio.zip";

/// The bytes of the package of a site, which has to come about.
pub fn delivered(site: &Site) -> Vec<u8> {
    site.concilia(["consegna", "2025-2027"]).output().exits(0);
    fs::read(site.path(ZIP)).expect(ZIP)
}

/// The files of a package, by name.
pub fn opened(bytes: &[u8]) -> Tree {
    let voci = archivio::leggi(bytes).expect("a package");
    voci.into_iter().map(|voce| (voce.nome, voce.dati.into_owned())).collect()
}

fn manifest(tree: &Tree) -> Manifesto {
    Manifesto::letto(&tree[MANIFESTO]).expect("a manifest")
}

#[test]
fn two_packages_of_the_same_records_are_the_same_bytes_whatever_folder_and_machine() {
    let one = delivered(&Site::example());
    let site = Site::example();
    fs::rename(site.path("content"), site.path("schede-2026")).expect("another name");
    for (threads, zone) in [("1", "UTC"), ("8", "Pacific/Kiritimati")] {
        let file = format!("{threads}.zip");
        let args = ["consegna", "2025-2027", "--content", "schede-2026", "--out", &file];
        site.concilia(args).env("RAYON_NUM_THREADS", threads).env("TZ", zone).output().exits(0);
        assert!(fs::read(site.path(&file)).expect("a package") == one, "{threads} threads, {zone}");
    }
}

#[test]
fn a_second_package_is_told_to_be_the_same_and_another_is_never_overwritten() {
    let site = Site::small();
    let first = site.concilia(["consegna"]).output().exits(0);
    assert!(first.stdout.starts_with(&format!("Scritto {ZIP}: ")), "{}", first.stdout);
    let bytes = fs::read(site.path(ZIP)).expect(ZIP);
    let second = site.concilia(["consegna", "2025-2027"]).output().exits(0);
    assert!(second.stdout.starts_with(&format!("{ZIP} c'era già, identico")), "{}", second.stdout);
    let sha256 = impronta(&bytes);
    for output in [&first, &second] {
        assert!(output.stdout.contains(&sha256) && output.stdout.contains("nel protocollo"), "{}", output.stdout);
    }
    let site = site.replace("content/sito.yaml", "titolo: Piano di conciliazione", "titolo: Un altro titolo");
    site.concilia(["consegna"]).output().exits(2).says("c'è già ed è diverso").says("--out");
    assert_eq!(fs::read(site.path(ZIP)).expect(ZIP), bytes);
    fs::create_dir(site.path("altrove")).expect("a folder");
    site.concilia(["consegna", "--out", "altrove"]).output().exits(0);
    assert_ne!(fs::read(site.path("altrove").join(ZIP)).expect(ZIP), bytes);
    let left: Vec<_> = fs::read_dir(site.root()).expect("the site").flatten().map(|entry| entry.file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with(".concilia")), "{left:?}");
}

#[test]
fn the_package_lists_every_file_and_every_product_with_its_hash() {
    let site = Site::example().built();
    let tree = opened(&delivered(&site));
    let manifest = manifest(&tree);
    let told: BTreeMap<&str, &str> =
        manifest.file.iter().map(|file| (file.nome.as_str(), file.sha256.as_str())).collect();
    let found: Vec<(&str, String)> = tree
        .iter()
        .filter(|(name, _)| *name != MANIFESTO)
        .map(|(name, bytes)| (name.as_str(), impronta(bytes)))
        .collect();
    assert_eq!(told.into_iter().map(|(name, sha)| (name, sha.to_owned())).collect::<Vec<_>>(), found);
    // Posters and cards are composed when somebody asks for them: the site does not publish them.
    let (made, products): (Vec<_>, Vec<_>) =
        manifest.prodotti.into_iter().partition(|product| product.percorso.starts_with("materiali/"));
    assert_eq!(made.len(), 8, "{made:?}");
    let products: BTreeMap<String, String> =
        products.into_iter().map(|product| (product.percorso, product.sha256)).collect();
    let published = site.published();
    let published: BTreeMap<String, String> = published
        .iter()
        .filter(|(path, _)| !path.starts_with(".concilia"))
        .map(|(path, bytes)| (path.clone(), impronta(bytes)))
        .collect();
    assert_eq!(products, published);
    assert_eq!(manifest.consegna.codice_di_controllo, impronta(&tree["dati/piano.json"]));
}

#[test]
fn the_package_holds_records_norms_theme_data_report_and_register() {
    let site = Site::example();
    let tree = opened(&delivered(&site));
    for (path, bytes) in crate::support::tree(&site.path("content")) {
        assert_eq!(tree.get(&format!("schede/content/{path}")), Some(&bytes), "{path}");
    }
    for name in [
        "programma/norme/dgr-5464-2025.yaml",
        "programma/tema/templates/base.html",
        "dati/progetti.csv",
        "dati/progetti.json",
        "conformita/rapporto.json",
        "conformita/rapporto.csv",
        "registro/prodotti.csv",
    ] {
        assert!(tree.contains_key(name), "{name}");
    }
    let text = |name: &str| String::from_utf8(tree[name].clone()).expect(name);
    assert!(text("conformita/rapporto.txt").contains("P25-01  il partenariato ha almeno tre beneficiari"));
    assert!(
        text("conformita/rapporto.txt").contains("\n\nIl Piano è in regola: 18 regole rispettate, "),
        "how the plan stands comes first"
    );
    let report: serde_json::Value = serde_json::from_str(&text("conformita/rapporto.json")).expect("JSON");
    let verdetto = "Il Piano è in regola: 18 regole rispettate, 5 dichiarate dall'ATS, 7 presenti, 2 informazioni.";
    assert_eq!(report["verdetto"], verdetto);
    assert!(text("leggimi.txt").contains("concilia verifica"));
    let register = text("registro/prodotti.csv");
    assert!(register.lines().any(|line| line.starts_with("2025-2027/index.html,pagina,si vede,")), "{register}");
    assert!(register.lines().any(|line| line.contains("grafici/") && line.contains("grafico da scaricare,si vede,")));
}

/// Small letters, digits, hyphens and points; no part over 60, no path over 150.
#[test]
fn every_name_is_one_that_a_protocol_office_accepts() {
    let long = "b".repeat(90);
    let site = Site::small()
        .write("content/media/Foto_di_Gruppo.SVG", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .write("content/media/foto_di_gruppo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>")
        .write(&format!("content/piani/2025-2027/pagine/{long}.md"), "---\ntitolo: Lunga\n---\nTesto.\n");
    let bytes = delivered(&site);
    let tree = opened(&bytes);
    let good = |part: &str| {
        part.len() <= 60
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.'))
    };
    for name in tree.keys() {
        assert!(name.len() <= 150 && name.split('/').all(good), "{name}");
    }
    let renamed: Vec<String> = manifest(&tree).file.into_iter().filter_map(|file| file.origine).collect();
    assert_eq!(renamed.len(), 3, "{renamed:?}");
    assert!(renamed.contains(&"schede/content/media/Foto_di_Gruppo.SVG".to_owned()), "{renamed:?}");
    site.concilia(["verifica", ZIP]).output().exits(0);
}

#[test]
fn the_shipped_plans_are_delivered_under_twenty_megabytes() {
    let site = Site::shipped();
    site.concilia(["consegna", "2017-2018", "--out", "a.zip"]).output().exits(0);
    let size = fs::metadata(site.path("a.zip")).expect("a.zip").len();
    assert!(size < 20_000_000, "{size}");
}

#[test]
fn a_plan_with_errors_is_not_delivered() {
    let nido = "content/piani/2025-2027/progetti/nido.yaml";
    let site = Site::small().replace(nido, "contributo_riconosciuto: 40000.00", "contributo_riconosciuto: 40000.01");
    site.concilia(["consegna", "2025-2027"])
        .output()
        .exits(1)
        .says("errore[Q-02]")
        .says("nessun pacchetto è stato scritto");
    assert!(!site.path(ZIP).exists());
    let site = Site::small().replace("content/sito.yaml", "indirizzo: https://conciliazione.ats-esempio.it/\n", "");
    site.concilia(["consegna", "--severo"]).output().exits(1).says("con `--severo` gli avvisi contano come errori");
    site.concilia(["consegna"]).output().exits(0).says("avviso[C-18]");
}

#[test]
fn what_is_mistyped_gets_an_answer_and_exit_two() {
    let example = Site::example();
    let cases: [(&[&str], &str); 5] = [
        (&["consegna"], "manca il periodo: si può scegliere fra `2017-2018`, `2020-2023`, `2025-2027`"),
        (&["consegna", "2025-2028"], "forse intendevi `2025-2027`?"),
        (&["consegna", "2024"], "il periodo `2024` non c'è"),
        (
            &["consegna", "2025-2027", "--out", "assente/x.zip"],
            "non riesco a scrivere `assente/x.zip`: la cartella `assente` non c'è",
        ),
        (&["consegna", "2025-2027", "--out", "/dev/full"], "`/dev/full` c'è già e non è un file"),
    ];
    for (args, answer) in cases {
        let output = example.concilia(args).output().exits(2);
        assert!(output.stderr.starts_with("errore: ") && output.stderr.contains(answer), "{args:?}: {}", output.stderr);
        assert_eq!(output.stdout, "", "{args:?}");
    }
}

/// What is published is read by anybody and made anew, and records are records.
#[test]
fn nothing_is_written_into_the_site_or_among_the_records() {
    let site = Site::small().built();
    let before = tree(site.root());
    for command in ["consegna", "materiali", "schema", "esporta", "chiedi-dati"] {
        for (out, why) in [
            ("public", "`public` è nel sito pubblicato"),
            ("public/dati", "`public/dati` è nel sito pubblicato"),
            ("content", "`content` è nella cartella delle schede"),
            ("content/partner", "`content/partner` è nella cartella delle schede"),
        ] {
            site.concilia([command, "--out", out]).output().exits(2).says(why);
            assert!(tree(site.root()) == before, "{command} {out}");
        }
    }
    site.concilia(["consegna", "--out", "z.pdf"]).output().exits(2).says("`z.pdf` deve finire con `.zip`");
    assert!(tree(site.root()) == before);
    // Beside what the plan handed over before there is its place, and what was published so is made anew so.
    fs::create_dir_all(site.path("content/piani/2025-2027/consegne")).expect("a folder");
    site.concilia(["consegna", "--out", "content/piani/2025-2027/consegne"]).output().exits(0);
    for _ in 0..2 {
        site.concilia(["schema"]).output().exits(0);
    }
}

/// What the command line says over `sito.yaml` is an input like the records.
#[test]
fn an_address_and_a_theme_of_the_command_line_are_packed() {
    let site = Site::small()
        .write("themes/prova/templates/404.html", "{% extends \"italia/404.html\" %}")
        .write("themes/prova/assets/prova.css", "main { margin: 0 }");
    let args = ["consegna", "--base-url", "https://altrove.it/piano/", "--theme", "prova", "--out", "x.zip"];
    site.concilia(args).output().exits(0);
    let tree = opened(&fs::read(site.path("x.zip")).expect("x.zip"));
    assert!(tree.contains_key("schede/themes/prova/templates/404.html"));
    let asked = manifest(&tree).consegna.richiesta;
    assert_eq!((asked.indirizzo.as_deref(), asked.tema.as_deref()), (Some("https://altrove.it/piano/"), Some("prova")));
    site.concilia(["verifica", "x.zip"]).output().exits(0);
}
