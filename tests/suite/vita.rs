//! The life of a project: what its events make of it, and the account of its money.

use std::collections::BTreeMap;

use crate::html::Page;
use crate::support::{Output, Site, Tree, fixtures};

const PIANO: &str = "2025-2027";
const DOPOSCUOLA: &str = "content/piani/2025-2027/progetti/doposcuola.yaml";
const COMMISSIONI: &str = "content/piani/2025-2027/progetti/commissioni.yaml";
const ASCOLTO: &str = "content/piani/2025-2027/progetti/ascolto.yaml";
const RISORSE: &str = "content/piani/2025-2027/risorse.yaml";
const AVVISO: &str = "content/piani/2025-2027/avvisi/coprogettazione-2026.yaml";

/// The steps of the plan's life, each with the day that the site then shows.
const PASSI: [(&str, &str); 8] = [
    ("1-avviso", "2026-03-31"),
    ("2-domande", "2026-04-30"),
    ("3-concessione", "2026-05-15"),
    ("4-anticipo", "2026-06-30"),
    ("5-cambi", "2026-11-30"),
    ("6-revoca", "2027-02-28"),
    ("7-saldo", "2028-11-30"),
    ("8-di-nuovo", "2028-12-31"),
];

/// The site after so many steps.
fn dopo(quanti: usize) -> Site {
    let steps = PASSI.iter().take(quanti).map(|(folder, _)| fixtures().join("anno").join(folder));
    let site = steps.fold(Site::example(), |site, folder| site.lay_over(&folder));
    let (_, giorno) = PASSI[quanti - 1];
    site.replace("content/sito.yaml", "aggiornato_al: 2026-03-31", &format!("aggiornato_al: {giorno}"))
}

/// The columns of a project in the data.
fn row(tree: &Tree, id: &str) -> BTreeMap<String, String> {
    let text = String::from_utf8(tree["dati/v1/progetti.json"].clone()).expect("text");
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let rows = json["righe"].as_array().expect("rows");
    let row = rows.iter().find(|row| row["id"] == id && row["periodo"] == PIANO).expect("the project");
    row.as_object().expect("a row").iter().map(|(key, value)| (key.clone(), value.to_string())).collect()
}

#[track_caller]
fn tells(row: &BTreeMap<String, String>, wanted: &[(&str, &str)]) {
    for (key, value) in wanted {
        assert_eq!(row[*key], *value, "{key} of {row:?}");
    }
}

#[test]
fn a_plan_under_coprogettazione_lives_without_a_finding() {
    for quanti in 1..=PASSI.len() {
        let Output { stderr, .. } = dopo(quanti).check().exits(0);
        let told: Vec<&str> = stderr.lines().filter(|line| line.starts_with("avviso[")).collect();
        assert!(told.is_empty(), "{}: {told:#?}", PASSI[quanti - 1].0);
    }
}

#[test]
fn the_account_of_each_step_is_the_one_worked_out_by_hand() {
    let at = |quanti: usize| dopo(quanti).built().published();
    let tree = at(2);
    tells(
        &row(&tree, "doposcuola"),
        &[("stato", "\"presentato\""), ("contributo_riconosciuto", "null"), ("pagato", "null")],
    );
    let tree = at(3);
    tells(
        &row(&tree, "doposcuola"),
        &[("stato", "\"finanziato\""), ("contributo_riconosciuto", "40000.0"), ("da_pagare", "null")],
    );
    tells(&row(&tree, "ascolto"), &[("stato", "\"ammesso\""), ("contributo_riconosciuto", "null")]);
    // An advance of half: 40.000 - 20.000 are still to be paid.
    let tree = at(4);
    tells(
        &row(&tree, "doposcuola"),
        &[("stato", "\"in corso\""), ("pagato", "20000.0"), ("da_pagare", "20000.0"), ("da_recuperare", "0.0")],
    );
    // 12.000 from the residual of another programme, down the ranking.
    let tree = at(5);
    tells(&row(&tree, "ascolto"), &[("stato", "\"finanziato\""), ("contributo_riconosciuto", "12000.0")]);
    // Revoked after 20.000 of 40.000 were paid: nothing is due any more, 20.000 have to come back.
    let tree = at(6);
    let revocato = [
        ("stato", "\"revocato\""),
        ("contributo_riconosciuto", "0.0"),
        ("pagato", "20000.0"),
        ("da_recuperare", "20000.0"),
    ];
    tells(&row(&tree, "commissioni"), &revocato);
    // Cost 65.000, grant 40.000, admitted 52.000: 40.000 × 52.000 / 65.000 = 32.000. Paid 20.000 + 12.000. Saved 8.000.
    let tree = at(7);
    let saldato = [("spettante", "32000.0"), ("pagato", "32000.0"), ("da_pagare", "0.0"), ("economia", "8000.0")];
    tells(&row(&tree, "doposcuola"), &saldato);
    tells(&row(&tree, "commissioni"), &[("pagato", "0.0"), ("da_recuperare", "0.0")]);
    // The money of the revocation goes to who had less: 12.000 + 12.000.
    let tree = at(8);
    tells(&row(&tree, "ascolto"), &[("contributo_riconosciuto", "24000.0")]);
}

#[test]
fn the_page_tells_the_story_with_its_acts() {
    let tree = dopo(7).built().published();
    let page = Page::of(&tree, "2025-2027/progetti/doposcuola/index.html");
    let said = page.body();
    for told in [
        "Contributo concesso: € 40.000,00. Atto: Determina n. 45 dell'11 maggio 2026, ATS Esempio.",
        "Da: Quota del 2026, € 40.000,00",
        "Anticipo a Comune di Alfa: € 20.000,00. Atto: Determina n. 60 dell'8 giugno 2026, ATS Esempio.",
        "Proroga: il termine passa dal 31 maggio 2028 al 31 agosto 2028",
        "La scuola è stata chiusa per lavori",
        "Spese di Comune di Alfa fino a questo giorno: dichiarate € 30.000,00, ammesse € 28.000,00",
        "Quanto spetta, visto il rendiconto: € 32.000,00",
        "Economia € 8.000,00",
    ] {
        assert!(said.contains(told), "{told}\n{said}");
    }
    let document = crate::materiali::pagine(&tree["2025-2027/documento/piano.pdf"]).join(" ");
    assert!(document.contains("il termine passa dal 31 maggio 2028"), "the document tells it too");
    let body = Page::of(&tree, "partner/comune-alfa/index.html");
    let rows = body.table("Quanto l'ente ha ricevuto da questi Piani, anno per anno, in euro");
    let doposcuola = ["Un doposcuola fino a sera", "2026", "2025-2027", "Capofila", "Non indicato", "20.000,00"];
    assert_eq!(rows[1], doposcuola, "{rows:?}");
    assert_eq!(rows[2][1..], ["2028", "2025-2027", "Capofila", "Non indicato", "12.000,00"]);
    assert_eq!(
        rows[3..],
        [["Nel 2026", "", "20.000,00"], ["Nel 2028", "", "12.000,00"], ["In tutto", "", "32.000,00"]]
    );
}

/// An act that granted something stays published when a later one takes it back; each amount has all its acts.
#[test]
fn what_was_taken_back_stays_among_the_grants() {
    let tree = dopo(8).built().published();
    let said = Page::of(&tree, "2025-2027/trasparenza/index.html").body();
    for told in [
        "il contributo non c'è più",
        "per Commissioni per chi lavora (revocato)",
        "poi Determina n. 12 dell'8 febbraio 2027",
        "poi Determina n. 99 del 27 novembre 2028",
    ] {
        assert!(said.contains(told), "{told}\n{said}");
    }
    let page = Page::of(&tree, "2025-2027/progetti/commissioni/index.html").body();
    for told in ["Contributo revocato: € 40.000,00", "Torna a: Quota del 2026, € 30.000,00"] {
        assert!(page.contains(told), "{told}\n{page}");
    }
    assert!(!page.contains("Quanto spetta alla fine"), "{page}");
    let feed = String::from_utf8_lossy(&tree["feed.xml"]).into_owned();
    assert!(feed.contains("«Commissioni per chi lavora»: Restituzione da Fondazione Zeta"), "{feed}");
    assert!(!feed.contains("Pagamento a"), "{feed}");
}

/// Endowment 450.000, residuals allowed 5.000 + 20.000 + 12.000 of 15.000: 487.000. Granted: 56.000 + 40.000 + 29.000 of
/// before, 40.000 + 12.000 of this call. System action 20.000. Not assigned: 487.000 - 177.000 - 20.000 = 290.000.
#[test]
fn the_account_of_the_plan_closes() {
    let tree = dopo(6).built().published();
    let said = Page::of(&tree, "2025-2027/risorse/index.html").body();
    for told in [
        "Disponibile € 487.000,00",
        "Concesso ai progetti € 177.000,00",
        "Azione di sistema € 20.000,00",
        "Non destinato € 290.000,00",
        "Da recuperare € 20.000,00",
    ] {
        assert!(said.contains(told), "{told}\n{said}");
    }
}

/// What is due by the two rules of a call, and above what was paid.
#[test]
fn the_balance_follows_the_rule_of_the_call() {
    // Cofinancing of 25.000 not reached: 12.000 were admitted. To balance, the grant covers 52.000 - 12.000 = 40.000.
    let site = dopo(7).replace(AVVISO, "saldo: percentuale", "saldo: pareggio");
    let told = site.check().exits(0).says("avviso[Q-29]: quanto spetta non è quello che il saldo dell'avviso comporta");
    assert!(told.stderr.contains("€\u{a0}32.000,00, il conto darebbe €\u{a0}40.000,00"), "{}", told.stderr);
    // An advance of 20.000 above the 16.000 that are due: nothing to pay, 4.000 to recover.
    let site = dopo(7).replace(DOPOSCUOLA, "importo: 32000.00", "importo: 16000.00").replace(
        DOPOSCUOLA,
        "  - { ente: comune-alfa, tipo: saldo, importo: 12000.00, data: 2028-11-20, atto: det-80-2028 }\n",
        "",
    );
    let tree = site.built().published();
    let dovuto = [("spettante", "16000.0"), ("pagato", "20000.0"), ("da_pagare", "0.0"), ("da_recuperare", "4000.0")];
    tells(&row(&tree, "doposcuola"), &dovuto);
}

#[test]
fn what_a_later_act_takes_away_is_no_mistake_and_what_was_never_granted_is_one() {
    // 20.000 paid in June are within the grant of that day; the same in May are not.
    dopo(6).check().exits(0);
    dopo(6)
        .replace(COMMISSIONI, "importo: 20000.00, data: 2026-06-08", "importo: 40000.01, data: 2026-06-08")
        .check()
        .exits(1)
        .says("errore[Q-14]: i pagamenti superano il contributo riconosciuto");
}

#[test]
fn the_register_lists_what_projects_made_and_who_looked_at_it() {
    let made = "prodotti:\n  - { titolo: Un volantino, verifica: { ufficio: Ufficio Comunicazione, data: 2026-06-20 } }\n  \
                - { titolo: Un video }\nindicatori:";
    let site = dopo(4).replace(DOPOSCUOLA, "indicatori:", made);
    let due = site.concilia(["scadenze", PIANO, "--al", "2026-07-01"]).output().exits(0).stdout;
    // The norm of the plan asks for it, with its own article.
    assert!(
        due.contains(
            "Verificare frase e logo di «Un video»\n              DGR n. XII/5464 del 9 dicembre 2025, § 4.5;"
        ),
        "{due}"
    );
    assert!(!due.contains("«Un volantino»"), "{due}");
    let tree = site.built().published();
    let rows = Page::of(&tree, "2025-2027/registro/index.html")
        .table("I prodotti dei progetti, e chi ne ha verificato frase e logo");
    assert_eq!(rows[1], ["Un volantino", "Un doposcuola fino a sera", "Ufficio Comunicazione, 20 giugno 2026"]);
    assert_eq!(rows[2], ["Un video", "Un doposcuola fino a sera", "Non ancora verificato"]);
}

/// Of 10.000 of 2027, all went to who was revoked: from that day on they can go to another.
#[test]
fn what_came_back_can_be_granted_again_and_what_nobody_allowed_cannot() {
    let again = dopo(8).replace(RISORSE, "anno: 2027, importo: 150000.00", "anno: 2027, importo: 10000.00").replace(
        ASCOLTO,
        "{ da: quota-2026, importo: 12000.00 }",
        "{ da: quota-2027, importo: 10000.00 }, { da: quota-2026, importo: 2000.00 }",
    );
    let told = again.check().stderr;
    assert!(!told.contains("Q-31"), "{told}");
    let before = dopo(8).replace(RISORSE, "anno: 2027, importo: 150000.00", "anno: 2027, importo: 9999.99");
    before.check().exits(1).says("errore[Q-31]: `quota-2027` copre più di quanto ha");
    let forbidden = dopo(8).replace(RISORSE, "    atto: decr-77-2026\n", "");
    forbidden.check().exits(1).says("errore[Q-31]: `residuo-2398` non si può ancora usare");
}

#[test]
fn each_step_is_told_by_the_comparison_with_the_one_before() {
    let mut told = String::new();
    for quanti in 2..=PASSI.len() {
        let before = crate::consegna::delivered(&dopo(quanti - 1));
        let site = dopo(quanti).write("prima.zip", before);
        let output = site.concilia(["confronta", "prima.zip", "content", "--periodo", PIANO]).output().exits(1);
        told.push_str(&format!("# {}\n\n{}\n", PASSI[quanti - 1].0, crate::confronta::without_codes(&output.stdout)));
    }
    let expected = fixtures().join("anno/confronti.txt");
    if std::env::var_os("AGGIORNA").is_some() {
        std::fs::write(&expected, &told).expect("confronti.txt");
    }
    assert_eq!(told, std::fs::read_to_string(&expected).unwrap_or_default());
}

#[test]
fn what_is_due_is_told_by_the_day_that_is_asked_for() {
    let navetta = format!("content/piani/{PIANO}/progetti/navetta.yaml");
    let site = dopo(6).replace(&navetta, "pubblicato_il: 2026-02-18\n", "");
    let output = site.concilia(["scadenze", PIANO, "--al", "2027-03-01"]).output().exits(0);
    let expected = fixtures().join("anno/scadenze.txt");
    if std::env::var_os("AGGIORNA").is_some() {
        std::fs::write(&expected, &output.stdout).expect("scadenze.txt");
    }
    assert_eq!(output.stdout, std::fs::read_to_string(&expected).unwrap_or_default());
    let json = site.concilia(["scadenze", PIANO, "--al", "2027-03-01", "--format", "json"]).output().exits(0);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&json.stdout).expect("JSON");
    assert!(rows.iter().any(|row| row["quando"] == "passata"), "{rows:?}");
    site.concilia(["scadenze", PIANO, "--al", "domani"]).output().exits(2).says("`domani` non è una data");
}

#[test]
fn what_was_paid_stands_beside_what_was_asked_and_granted() {
    let page = Page::of(&dopo(4).built().published(), "2025-2027/risorse/index.html");
    let chart = "figure[aria-labelledby=grafico-chiesto-e-concesso]";
    assert_eq!(page.texts(&format!("{chart} .legenda li")), ["Chiesto", "Concesso", "Pagato"]);
    let bars = page.texts(&format!("{chart} .barra"));
    let told = |project: &str| {
        let bar = bars.iter().find(|bar| bar.starts_with(project)).unwrap_or_else(|| panic!("{project}: {bars:?}"));
        bar[project.len()..].trim().replace('\u{a0}', " ")
    };
    assert_eq!(told("Un doposcuola fino a sera"), "€ 40.000,00 € 40.000,00 € 20.000,00");
    // What nobody tells is not zero.
    assert_eq!(told("Ascolto per chi assiste"), "€ 24.000,00 non indicato non indicato");
}

/// Where a project has ended, or cannot go on, its pages do not tell the days that were planned as if they held.
#[test]
fn the_days_of_a_project_are_the_true_ones() {
    const AVVIO: &str = "  - { cosa: avvio, data: 2026-06-01 }\n";
    let with = |event: &str| {
        let site = dopo(4).replace(DOPOSCUOLA, AVVIO, &format!("{AVVIO}  - {{ {event} }}\n"));
        let site = site.replace("content/sito.yaml", "aggiornato_al: 2026-06-30", "aggiornato_al: 2026-10-31");
        site.built().published()
    };
    let quando = |tree: &Tree| Page::of(tree, "2025-2027/progetti/doposcuola/index.html").value("Quando");
    let ended = with("cosa: conclusione, data: 2026-09-30");
    assert_eq!(quando(&ended), "Dal 1° giugno 2026 al 30 settembre 2026. Il termine previsto era il 31 maggio 2028.");
    let revoked = with(
        "cosa: revoca, data: 2026-09-30, motivo: È fermo, atto: det-45-2026, copertura: [{ da: quota-2026, importo: 40000.00 }]",
    );
    assert_eq!(quando(&revoked), "Era previsto: dal 1° giugno 2026 al 31 maggio 2028.");
    let suspended = with("cosa: sospensione, data: 2026-09-30");
    let services = Page::of(&suspended, "servizi/index.html").text(".situazione");
    assert!(services.contains("1 è sospeso, e può essere fermo"), "{services}");
}

/// What was taken away later was granted before.
#[test]
fn the_ranking_tells_a_grant_before_and_after_a_renunciation() {
    let nido = "content/piani/2025-2027/progetti/nido.yaml";
    let act = "{ tipo: Determina, numero: \"7\", data: 2026-03-02 }";
    let site = Site::small().replace(nido, "  contributo_riconosciuto: 40000.00\n", "");
    let site = site.replace(nido, &format!("atti:\n  concessione: {act}\n"), "");
    let granted = format!("  - {{ cosa: concessione, data: 2026-03-02, importo: 40000.00, atto: {act} }}\n");
    let given_up = "  - { cosa: rinuncia, data: 2026-03-20, importo: 1000.00, motivo: Un posto in meno }\n";
    let site = site.replace(nido, "stato: in_corso\n", &format!("eventi:\n{granted}{given_up}"));
    let page = Page::of(&site.built().published(), "2025-2027/graduatoria/index.html");
    let told = page.texts(".avviso-lieve").join(" ").replace('\u{a0}', " ");
    let words = "ha chiesto € 40.000,00 e ha avuto € 40.000,00; poi rinunce, riduzioni o revoche hanno tolto € 1.000,00: restano \
                 € 39.000,00.";
    assert!(told.contains(words), "{told}");
    let nido = told.split(" Sollievo").next().unwrap_or_default();
    assert!(!nido.contains("Non sono stati concessi"), "{told}");
}
