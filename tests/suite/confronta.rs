//! `concilia confronta` and the page of the changes: what changed between two plans, in words.

use std::fs;

use concilia::confronto::codice_di_controllo;
use concilia::input::consegne::Consegna;
use concilia::pipeline::{self, Request};
use concilia::value::impronta;

use crate::consegna::{ZIP, delivered, opened};
use crate::html::Page;
use crate::support::{Output, Site, fixtures};
use crate::verifica::packed;

const PIANO: &str = "content/piani/2025-2027/piano.yaml";
const NIDO: &str = "content/piani/2025-2027/progetti/nido.yaml";
const MONTE: &str = "content/piani/2025-2027/alleanze/monte.yaml";
const KEPT: &str = "content/piani/2025-2027/consegne";

/// The small site after changes of every kind, with the package of before as `prima.zip`.
fn changed() -> Site {
    let before = delivered(&Site::small());
    let act = "    data: 2026-02-10\n    organo: ATS Esempio\nrete:";
    let act_and_more = "    data: 2026-02-10\n    organo: ATS Esempio\n  - { tipo: Delibera, numero: \"45\", data: \
                        2026-05-05, organo: ATS Esempio }\nrete:";
    Site::small()
        .write("prima.zip", before)
        .replace("content/sito.yaml", "aggiornato_al: 2026-03-31", "aggiornato_al: 2026-05-06")
        // The state and its step.
        .replace(PIANO, "stato: adottato", "stato: inviato")
        .append(PIANO, "  invio: { data: 2026-05-06, protocollo: 99/2026 }\n")
        .replace(PIANO, act, act_and_more)
        // Amounts, with an act of the project's own.
        .replace(NIDO, "contributo_riconosciuto: 40000.00", "contributo_riconosciuto: 38000.00")
        .replace(
            "content/piani/2025-2027/risorse.yaml",
            "    importo: 80000.00\n    esclude",
            "    importo: 78000.00\n    esclude",
        )
        .replace(NIDO, "numero: \"7\", data: 2026-03-02", "numero: \"21\", data: 2026-05-04")
        // Partners, dates, texts, other data.
        .replace(MONTE, "partner: [ambito-gamma, coop-delta]", "partner: [ambito-gamma, fondazione-zeta, coop-delta]")
        .replace(NIDO, "al: 2027-12-31", "al: 2027-06-30")
        .replace(PIANO, "  - Aiutare chi assiste un familiare", "  - Aiutare chi assiste un familiare\n  - Aprire nidi")
        .replace(NIDO, "previsto: 20", "previsto: 24")
        .replace(NIDO, "  - titolo: Una navetta per il nido", "  - titolo: Una corsa per il nido")
        // What a form calls in another way than the file.
        .replace(NIDO, "scheda: 2", "scheda: 4")
        .replace(NIDO, "modalita: calmierato", "modalita: voucher")
        .replace("content/piani/2025-2027/avvisi/avviso-2025.yaml", "dal: 2026-01-07 09:00", "dal: 2026-01-07 08:00")
        .write("content/piani/2025-2027/pagine/nuova.md", "---\ntitolo: Una pagina nuova\n---\nTesto.\n")
}

fn compared(site: &Site, args: &[&str]) -> Output {
    site.concilia(["confronta"].iter().chain(args)).output()
}

/// The codes change with every field that a test site gains: they are proved elsewhere.
pub fn without_codes(text: &str) -> String {
    let line = |line: &str| match line.split_once("codice di controllo ") {
        Some((before, _)) => format!("{before}codice di controllo …\n"),
        None => line.to_owned(),
    };
    text.split_inclusive('\n').map(line).collect()
}

#[test]
fn changes_of_every_kind_are_told_in_words_with_their_acts() {
    let site = changed();
    let output = compared(&site, &["prima.zip", "content"]).exits(1);
    let expected = fixtures().join("confronti/ogni-genere.txt");
    let told = without_codes(&output.stdout);
    if std::env::var_os("AGGIORNA").is_some() {
        fs::create_dir_all(expected.parent().expect("a folder")).expect("a folder");
        fs::write(&expected, &told).expect("ogni-genere.txt");
    }
    assert_eq!(told, fs::read_to_string(&expected).unwrap_or_default());
    let amount = "progetto «Un nido vicino al lavoro»: contributo riconosciuto: da €\u{a0}40.000,00 a €\u{a0}38.000,00 (Determina \
                  n. 21 del 4 maggio 2026)";
    assert!(told.contains(amount), "{told}");
}

#[test]
fn nothing_changed_is_told_and_exits_zero_whatever_the_two_are() {
    let site = Site::small();
    let tree = opened(&delivered(&site));
    let site = tree.iter().fold(site, |site, (name, bytes)| site.write(&format!("estratto/{name}"), bytes));
    for (one, two) in [(ZIP, "content"), ("estratto", ZIP), ("content", "."), (ZIP, ZIP)] {
        let output = compared(&site, &[one, two]).exits(0);
        assert!(output.stdout.contains("Non è cambiato nulla."), "{one} {two}: {}", output.stdout);
    }
    let json = compared(&site, &[ZIP, "content", "--format", "json"]).exits(0).stdout;
    let told: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(told["prima"]["codice_di_controllo"], told["dopo"]["codice_di_controllo"]);
    assert_eq!(told["modifiche"].as_array().map(Vec::len), Some(0));
}

/// Order of keys, comments, quotes, empty fields and the protocol number say nothing of the plan.
#[test]
fn the_control_code_is_that_of_the_data_and_not_of_their_writing() {
    let code = |site: &Site| {
        let bytes = delivered(site);
        Consegna::letta(&bytes).expect("a package").testa.codice_di_controllo
    };
    let plain = code(&Site::small());
    let same = Site::small()
        .replace(NIDO, "scheda: 2\nalleanza: monte", "# un commento\nalleanza: \"monte\"\nscheda: 2")
        .append(NIDO, "obiettivi: []\n")
        .replace("content/sito.yaml", "aggiornato_al: 2026-03-31", "aggiornato_al: 2026-05-06")
        .replace(PIANO, "stato: adottato", "stato: inviato")
        .append(PIANO, "  invio: { data: 2026-05-06, protocollo: 99/2026 }\n");
    assert_eq!(code(&same), plain);
    assert_ne!(code(&Site::small().replace(NIDO, "previsto: 20", "previsto: 21")), plain);
    assert_ne!(code(&Site::small().replace(MONTE, "coop-delta]", "coop-delta, fondazione-zeta]")), plain);
}

/// Norms, agency, logo and named media make the plan too; the day of the data, the address and the theme do not.
#[test]
fn the_control_code_is_of_all_that_makes_the_plan() {
    let code = |site: &Site| {
        let request = Request { content: site.path("content"), base_url: None, theme: None };
        let prepared = pipeline::prepare(&request).expect("records");
        let site = prepared.site.unwrap_or_else(|| panic!("{:?}", prepared.report.diagnostics()));
        codice_di_controllo(&site.plan, 0)
    };
    let sito = "content/sito.yaml";
    let with_picture = |bytes: &str| {
        let page = "---\ntitolo: Figure\n---\n![Un disegno](/media/disegno-uno.svg)\n";
        Site::small()
            .write("content/piani/2025-2027/pagine/figure.md", page)
            .write("content/media/disegno-uno.svg", format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{bytes}</svg>"))
    };
    let plain = code(&Site::small());
    let day = Site::small().read(sito);
    let day = day.lines().find(|line| line.starts_with("aggiornato_al:")).expect("a day").to_owned();
    for (same, what) in [
        (Site::small().replace(sito, &day, "aggiornato_al: 2026-04-30"), "the day"),
        (Site::small().replace(sito, "indirizzo: https://conciliazione.ats-esempio.it/\n", ""), "the address"),
        (Site::small().write("content/media/altro.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), "another file"),
    ] {
        assert_eq!(code(&same), plain, "{what}");
    }
    let norm = "content/norme/norma-piccola.yaml";
    let logo = Site::small().read("content/media/logo.svg");
    for (other, what) in [
        (Site::small().replace(sito, "titolo: Piano di conciliazione", "titolo: Un altro titolo"), "the site"),
        (Site::small().write("content/media/logo.svg", logo.replacen('>', "><!-- altro -->", 1)), "the logo"),
        (Site::small().replace(norm, "nome: Servizi salvatempo", "nome: Altri servizi"), "the norm"),
    ] {
        assert_ne!(code(&other), plain, "{what}");
    }
    assert_ne!(code(&with_picture("<g/>")), code(&with_picture("")));
}

#[test]
fn a_waived_rule_is_told_with_its_act() {
    let nido = "content/piani/2025-2027/progetti/nido.yaml";
    let before = delivered(&Site::example());
    let deroga = "deroghe:\n  - { regola: P25-06, motivo: l'asilo apre dopo, atto: { tipo: Determina, numero: \"3\", data: \
                  2026-06-01 } }\n";
    let site = Site::example().write("prima.zip", before);
    let text = site.read(nido);
    let line = text.lines().find(|line| line.starts_with("durata:")).expect("a duration").to_owned();
    let site = site.replace(nido, &line, "durata: { dal: 2026-03-16, al: 2027-06-30 }").append(nido, deroga);
    let output = compared(&site, &["prima.zip", "content"]).exits(1);
    assert!(
        output.stdout.contains("da rispettata a derogata (Determina n. 3 del 1° giugno 2026)"),
        "{}",
        output.stdout
    );
}

#[test]
fn projects_that_come_and_go_are_told_by_name() {
    let before = delivered(&Site::example());
    let site = Site::example().write("prima.zip", before).remove("content/piani/2025-2027/progetti/navetta.yaml");
    let site = site.replace("content/piani/2025-2027/risorse.yaml", "    assegnato_a: navetta\n", "");
    let output = compared(&site, &["prima.zip", "content"]).exits(1);
    assert!(output.stdout.contains(": tolto"), "{}", output.stdout);
    site.concilia(["consegna", "2025-2027", "--out", "dopo.zip"]).output().exits(0);
    let back = compared(&site, &["dopo.zip", "prima.zip"]).exits(1);
    // The amounts of a project are those of its list.
    let amounts = ["aggiunto: costo complessivo", "cofinanziamento", "contributo richiesto", "contributo riconosciuto"];
    let told = back.stdout.lines().find(|line| line.contains("aggiunto: ")).expect("the project");
    let told: Vec<&str> = told.split("€").map(|part| part.trim_end()).collect();
    for (amount, said) in amounts.iter().zip(told) {
        assert!(said.ends_with(amount), "{}", back.stdout);
    }
}

#[test]
fn what_cannot_be_compared_gets_an_answer_and_exit_two() {
    let site = Site::example();
    site.concilia(["consegna", "2025-2027"]).output().exits(0);
    site.concilia(["consegna", "2020-2023", "--out", "altro.zip"]).output().exits(0);
    let site = site.write("rotto.zip", "PK").write("testo.txt", "niente");
    let cases: [(&[&str], &str); 8] = [
        (&[], "servono due versioni"),
        (&[ZIP], "servono due versioni"),
        (&[ZIP, "assente.zip"], "non riesco a leggere `assente.zip`: non esiste"),
        (&[ZIP, "rotto.zip"], "`rotto.zip`: non è un archivio ZIP"),
        (&[ZIP, "testo.txt"], "`testo.txt`: non è un archivio ZIP"),
        (
            &[ZIP, "altro.zip"],
            "`piano-2025-2027-ats-esempio.zip` è del Piano 2025-2027, `altro.zip` del Piano 2020-2023: due Piani diversi \
             non si confrontano",
        ),
        (
            &[ZIP, "altro.zip", "--periodo", "2020-2023"],
            "è del Piano 2025-2027, e con `--periodo` è chiesto il 2020-2023",
        ),
        (&["content", "content"], "quale Piano? Con `--periodo` si può scegliere fra `2017-2018`"),
    ];
    for (args, answer) in cases {
        let output = compared(&site, args).exits(2);
        assert!(output.stderr.contains(answer), "{args:?}: {}", output.stderr);
        assert_eq!(output.stdout, "", "{args:?}");
    }
    compared(&site, &["content", "content", "--periodo", "2017-2018"]).exits(0);
}

/// The control code is of the data alone: a package is trusted when every file of it is that of the manifest.
#[test]
fn a_package_that_was_tampered_with_is_not_compared() {
    let site = Site::small();
    let tree = opened(&delivered(&site));
    let nido = "schede/content/piani/2025-2027/progetti/nido.yaml";
    for name in [nido, "documento/piano.pdf"] {
        let mut changed = tree.clone();
        changed.get_mut(name).expect(name).push(b'\n');
        let zip = packed(&changed);
        let site =
            changed.iter().fold(Site::small(), |site, (name, bytes)| site.write(&format!("estratto/{name}"), bytes));
        let site = site.write("cambiato.zip", zip);
        for one in ["estratto", "cambiato.zip"] {
            let output = compared(&site, &[one, "content"]).exits(2);
            let told =
                format!("`{one}`: `{name}` non è il file del manifesto: è stato cambiato. Un pacchetto così non si");
            assert!(output.stderr.contains(&told) && output.stderr.contains("concilia verifica"), "{}", output.stderr);
            assert_eq!(output.stdout, "");
        }
    }
    let others = tree.iter().filter(|(name, _)| *name != "manifesto.json");
    let site = others.fold(site, |site, (name, bytes)| site.write(&format!("estratto/{name}"), bytes));
    let output = compared(&site, &["estratto", ZIP]).exits(2);
    assert!(output.stderr.contains("in `estratto` non c'è `manifesto.json`: non è un pacchetto estratto"));
}

#[test]
fn a_step_that_is_dated_anew_is_told_with_what_it_was() {
    let sent = |invio: &str| {
        Site::small()
            .replace(PIANO, "stato: adottato", "stato: inviato")
            .append(PIANO, &format!("  invio: {{ {invio} }}\n"))
    };
    let before = delivered(&sent("data: 2026-02-28, protocollo: 1/2026"));
    let site = sent("data: 2026-02-27, protocollo: 9999/2026").write("prima.zip", before);
    let output = compared(&site, &["prima.zip", "content"]).exits(1);
    let told = "- piano: Inviato alla Regione: da 28 febbraio 2026, protocollo n. 1/2026 a 27 febbraio 2026, protocollo n. \
                9999/2026\n";
    assert!(output.stdout.contains(told), "{}", output.stdout);
}

/// Delivered packages make the page of the changes, and the packages after them hold what they need of them.
#[test]
fn kept_packages_make_the_history_and_are_packed_as_extracts() {
    let site = changed();
    let first = fs::read(site.path("prima.zip")).expect("prima.zip");
    let site = site.write(&format!("{KEPT}/consegna-1.zip"), &first).built();
    let tree = site.published();
    let page = Page::of(&tree, "2025-2027/storico/index.html");
    assert_eq!(page.texts("main h2"), ["Dopo l'ultima consegna", "Consegna n. 1"]);
    let body = page.body();
    assert!(body.contains("da € 40.000,00 a € 38.000,00. Determina n. 21 del 4 maggio 2026."), "{body}");
    assert!(body.contains(&impronta(&first)) && body.contains("È la prima consegna"), "{body}");

    let second = delivered(&site);
    let kept = Consegna::letta(&second).expect("a package");
    assert_eq!(kept.testa.numero, 2);
    let extract =
        opened(&second).remove("schede/content/piani/2025-2027/consegne/consegna-1.json").expect("an extract");
    assert_eq!(Consegna::letta(&extract), Consegna::letta(&first));
    site.concilia(["verifica", ZIP]).output().exits(0);

    // The extract stands for the package: the page is the same byte by byte.
    let other = site.remove(&format!("{KEPT}/consegna-1.zip")).write(&format!("{KEPT}/consegna-1.json"), &extract);
    let path = "2025-2027/storico/index.html";
    assert_eq!(other.built().published()[path], tree[path]);

    let site =
        changed().write(&format!("{KEPT}/consegna-1.zip"), &first).write(&format!("{KEPT}/consegna-2.zip"), &second);
    let page = Page::of(&site.built().published(), path).texts("main h2");
    assert_eq!(page, ["Consegna n. 2", "Consegna n. 1"]);
}

#[test]
fn a_package_kept_under_another_plan_or_changed_is_a_finding_at_its_file() {
    let other = delivered(&Site::example());
    let kept = format!("{KEPT}/consegna-1.zip");
    let site = Site::example().write("content/piani/2020-2023/consegne/consegna-1.zip", &other);
    site.check()
        .exits(1)
        .says("errore[C-23]")
        .says("è del Piano `2025-2027`")
        .says("spostalo in `piani/2025-2027/consegne/`");
    let mut bytes = delivered(&Site::small());
    let at = bytes.windows(9).position(|window| window == b"Tre proge").expect("the summary");
    bytes[at] = b'X';
    Site::small().write(&kept, &bytes).check().exits(1).says("il contenuto è stato cambiato");
    assert_eq!(Site::small().write(&kept, &bytes).check().codes(), ["C-23"]);
}

/// What was delivered by mistake is not published by the page that tells of it.
#[test]
fn personal_data_in_a_kept_package_stop_the_build() {
    let mut kept = Consegna::letta(&delivered(&Site::small())).expect("a package");
    kept.contenuto.dati["piano"]["sintesi"] = "Referente RSSMRA85T10A562S".into();
    let text = serde_json::to_vec_pretty(&kept.contenuto.dati).expect("JSON");
    kept.testa.codice_di_controllo = impronta(&[text, vec![b'\n']].concat());
    let site = Site::small().write(&format!("{KEPT}/consegna-1.json"), kept.estratto());
    let output = site.check().exits(1).says("errore[R-01]");
    assert!(!output.stderr.contains("RSSMRA85T10A562S"));
}
