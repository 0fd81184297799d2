//! The rules of the norms, on a site that keeps them all: ATS Esempio.
//!
//! `tests/fixtures/norme` breaks each of them with one small change. Here is the other side: what lies exactly on a
//! boundary passes, what is waived is silent, and no rule of a built-in norm goes without its proof.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use concilia::conformita::Esito;
use concilia::norme;
use concilia::pipeline::{self, Request};
use concilia::record::{Mostra, Regola};
use concilia::report::Report;

use crate::casi::{cases, code_of, of_2028, told_by};
use crate::consegna::{ZIP, delivered, opened};
use crate::html::Page;
use crate::support::Site;

const SITO: &str = "content/sito.yaml";
const ENTI: &str = "content/partner/imprese.yaml";
const TERZO: &str = "content/partner/terzo-settore.yaml";
const PIANO: &str = "content/piani/2025-2027/piano.yaml";
const RISORSE: &str = "content/piani/2025-2027/risorse.yaml";
const AVVISO: &str = "content/piani/2025-2027/avvisi/avviso-2026.yaml";
const ENTI_PUBBLICI: &str = "content/partner/enti-pubblici.yaml";
const NIDO: &str = "content/piani/2025-2027/progetti/nido.yaml";
const NAVETTA: &str = "content/piani/2025-2027/progetti/navetta.yaml";
const SOLLIEVO: &str = "content/piani/2025-2027/progetti/sollievo.yaml";
const RISORSE_2020: &str = "content/piani/2020-2023/risorse.yaml";
const BOTTEGHE: &str = "content/piani/2020-2023/alleanze/botteghe.yaml";
const VALLE: &str = "content/piani/2020-2023/alleanze/valle.yaml";
const MAGGIORDOMO: &str = "content/piani/2020-2023/progetti/maggiordomo.yaml";
const WELFARE: &str = "content/piani/2020-2023/progetti/welfare-insieme.yaml";
const PIANO_2017: &str = "content/piani/2017-2018/piano.yaml";
const RISORSE_2017: &str = "content/piani/2017-2018/risorse.yaml";
const SPORTELLO: &str = "content/piani/2017-2018/progetti/sportello.yaml";
const BOTTEGA: &str = "content/piani/2017-2018/progetti/bottega-aperta.yaml";
const ESTATE: &str = "content/piani/2017-2018/progetti/estate.yaml";

/// What a waiver needs, for whatever rule.
const ATTO: &str = "motivo: Proroga, atto: { tipo: Delibera, numero: \"40\", data: 2026-02-01 }";

#[test]
fn the_example_keeps_every_rule_and_nothing_is_said_of_it() {
    Site::example().check().exits(0).says_nothing();
}

#[test]
fn each_finding_of_a_norm_comes_with_a_remedy() {
    for (case, folder) in cases("norme").into_iter().chain(cases("dgr-2028/casi")) {
        let told = fs::read_to_string(folder.join("atteso.txt")).unwrap_or_default();
        let count = |mark: &str| told.lines().filter(|line| line.trim_start().starts_with(mark)).count();
        assert_eq!(count("= aiuto: "), count("errore[") + count("avviso["), "{case}\n{told}");
    }
}

#[test]
fn a_new_act_of_the_same_kinds_is_data_of_the_site_and_no_code() {
    of_2028().check().exits(0).says_nothing();
}

/// What is changed in a file: the text and what takes its place.
type Change = (&'static str, &'static str, String);

fn money(costo: &str, cofinanziamento: &str, contributo: &str) -> String {
    format!(
        "costo_complessivo: {costo}\n  cofinanziamento: {cofinanziamento}\n  contributo_richiesto: {contributo}\n  \
         contributo_riconosciuto: {contributo}"
    )
}

/// Changes that lie on a boundary, just inside or just beyond, and the codes of all that is said of them.
fn boundaries() -> Vec<(&'static str, Vec<Change>, Vec<&'static str>)> {
    let navetta = "costo_complessivo: 40000.00\n  cofinanziamento: 10000.00\n  contributo_richiesto: 30000.00\n  \
                   contributo_riconosciuto: 29000.00";
    let navetta_row = "contributo: 29000.00, attivita_economica";
    let welfare = "costo_complessivo: 71428.57\n  cofinanziamento: 21428.57\n  contributo_richiesto: 50000.00\n  \
                   contributo_riconosciuto: 50000.00";
    let estate = "costo_complessivo: 130000.00\n  costo_ammissibile: 125000.00\n  cofinanziamento: 30000.00\n  \
                  contributo_richiesto: 100000.00\n  contributo_riconosciuto: 100000.00";
    let valle = "partner: [officine-eta, fabbrica-ni, fabbrica-xi, gruppo-omicron, gruppo-pi]";
    let waived = |codice: &str| format!("\nderoghe: [{{ regola: {codice}, {ATTO} }}]");
    let award = "atti:\n  concessione: { tipo: Determina, numero: \"7\", data: 2026-02-16 }\nresponsabile: { nome: Maria Esempio, ufficio: Ufficio \
                 Conciliazione }\npubblicato_il: 2026-02-18\npagamenti:\n  - { data: 2026-02-18, importo: 28000.00 }\n";
    let longer = (NIDO, "al: 2028-02-29", "al: 2028-03-01".to_owned());
    let only_responsabile = "responsabile: { nome: Maria Esempio, ufficio: Ufficio Conciliazione }";
    vec![
        // Two years, both days included.
        ("to the same day", vec![(SOLLIEVO, "al: 2028-03-14", "al: 2028-03-15".into())], vec!["P25-06"]),
        // Awards and endowment.
        (
            "the whole endowment of the plan",
            vec![
                (AVVISO, "dotazione: 120000.00\n", String::new()),
                (NAVETTA, navetta, money("400000.00", "41000.00", "359000.00")),
                (NAVETTA, navetta_row, "contributo: 359000.00, attivita_economica".into()),
            ],
            vec![],
        ),
        (
            "a residual that nobody authorised adds nothing",
            vec![(RISORSE, "    assegnato_a: navetta\n    atto: { tipo: Decreto, numero: \"101\", data: 2026-01-12, organo: Regione Lombardia }\n", "    assegnato_a: navetta\n".into())],
            vec!["P25-20", "P25-22"],
        ),
        // De minimis.
        ("one cent below the ceiling", vec![(NIDO, "280000.00", "279999.99".into())], vec![]),
        (
            "no advantage for firms, no aid",
            vec![(NIDO, "vantaggio_per_imprese: true\naiuti:\n  - ente: coop-delta\n    importo: 20000.00\n    cor: COR-100001\n    registrato_il: 2026-02-12\n    trasmesso_il: 2026-03-04\n    visura: { data: 2026-02-10, gia_concessi: 280000.00 }\n", "vantaggio_per_imprese: false\n".into())],
            vec![],
        ),
        (
            "linked firms count as one, over all the projects",
            vec![
                (TERZO, "  nome: Cooperativa sociale Delta\n", "  nome: Cooperativa sociale Delta\n  impresa_unica: Gruppo\n".into()),
                (TERZO, "  nome: Cooperativa sociale Epsilon\n", "  nome: Cooperativa sociale Epsilon\n  impresa_unica: Gruppo\n".into()),
            ],
            vec!["P25-23"],
        ),
        (
            "a firm of the support network may have the aid",
            vec![(NIDO, "  - ente: coop-delta\n    importo", "  - { ente: officine-eta, importo: 1000.00, cor: COR-100009, registrato_il: 2026-02-12, trasmesso_il: 2026-02-13, visura: { data: 2026-02-10, gia_concessi: 299000.00 } }\n  - ente: coop-delta\n    importo".into())],
            vec![],
        ),
        // Transfers: by 15 December of a year that has passed.
        ("well before the day", vec![(RISORSE, "data: 2025-12-15", "data: 2025-11-03".into())], vec![]),
        ("the day itself has not passed", vec![(SITO, "2026-03-31", "2026-12-15".into())], vec![]),
        ("the day after", vec![(SITO, "2026-03-31", "2026-12-16".into())], vec!["P25-19"]),
        // Percentages, to the cent.
        ("70 % exactly", vec![(WELFARE, welfare, money("60000.00", "18000.00", "42000.00"))], vec![]),
        ("70 % and 50.000,00 one cent short of cost", vec![(WELFARE, welfare, money("71428.56", "21428.56", "50000.00"))], vec!["P21-05"]),
        ("50.000,00 of a larger cost", vec![(WELFARE, welfare, money("90000.00", "40000.00", "50000.00"))], vec![]),
        (
            "80 % of the eligible cost exactly",
            vec![(ESTATE, estate, money("130000.00\n  costo_ammissibile: 100000.00", "50000.00", "80000.00"))],
            vec![],
        ),
        ("100.000,00 of a larger cost", vec![(ESTATE, "125000.00", "129000.00".into())], vec![]),
        // The money of an act.
        (
            "457.930,00 in Val Padana",
            vec![
                (SITO, "nome: ATS Esempio", "nome: ATS Val Padana".into()),
                (AVVISO, "promotore: ATS Esempio", "promotore: ATS Val Padana".into()),
                (WELFARE, welfare, money("654185.73", "196255.73", "457930.00") + &waived("P21-05")),
            ],
            vec![],
        ),
        (
            "more than 457.930,00, which only Val Padana is bound by",
            vec![(WELFARE, welfare, money("654185.73", "196255.72", "457930.01") + &waived("P21-05"))],
            vec![],
        ),
        // What the Region set aside for itself is no ceiling for an agency.
        ("more than 200.000,00 of system action", vec![(RISORSE_2020, "importo: 10000.00", "importo: 200000.01".into())], vec![]),
        // A trade union is a private body without profit.
        ("a trade union among the four", vec![(BOTTEGHE, "datoriale-kappa]", "datoriale-kappa, sindacato-iota]".into())], vec![]),
        ("a trade union leads an alliance", vec![(VALLE, "capofila: comune-beta", "capofila: sindacato-iota".into())], vec![]),
        (
            "another decision of the network adds nothing",
            vec![(RISORSE, "    assegnato_a: navetta\n    atto: { tipo: Decreto, numero: \"101\", data: 2026-01-12, organo: Regione Lombardia }\n", "    assegnato_a: navetta\n    autorizzazione: Decisione della Rete\n".into())],
            vec!["P25-20", "P25-22"],
        ),
        ("a manifestation of interest", vec![(AVVISO, "tipo: avviso_di_coprogettazione", "tipo: manifestazione_di_interesse".into())], vec![]),
        ("there is no other money", vec![(SOLLIEVO, "  attivita-gia-finanziate: true\n  complementare-o-aggiuntivo: true\n", "  attivita-gia-finanziate: false\n".into())], vec![]),
        // The system action: 20 % in the example, 30 % here, rounded to the cent.
        ("30 % rounded down", vec![(RISORSE_2017, "importo: 20000.00", "importo: 34285.71".into())], vec![]),
        ("30 % rounded up", vec![(RISORSE_2017, "importo: 20000.00", "importo: 34285.72".into())], vec![]),
        // Micro below 10 people and up to 2 millions, small below 50 and up to 10.
        ("ten people are a small firm", vec![(ENTI, "addetti: 9\n  dimensione: micro", "addetti: 10\n  dimensione: piccola".into())], vec![]),
        ("either turnover or balance is enough", vec![(ENTI, "fatturato: 2000000.00", "fatturato: 2000000.01\n  bilancio: 2000000.00".into())], vec![]),
        ("balance alone", vec![(ENTI, "fatturato: 2000000.00", "bilancio: 2000000.00".into())], vec![]),
        ("neither is within", vec![(ENTI, "fatturato: 2000000.00", "fatturato: 2000000.01\n  bilancio: 2000000.01".into())], vec!["P21-03"]),
        ("fifty people are not a small firm", vec![(ENTI, "addetti: 49", "addetti: 50".into())], vec!["P21-01", "P21-02", "P21-03"]),
        ("ten millions and a cent neither", vec![(ENTI, "bilancio: 10000000.00", "bilancio: 10000000.01".into())], vec!["P21-01", "P21-02", "P21-03"]),
        // The window.
        ("the last minute", vec![(WELFARE, "presentata: 2022-05-04 12:00", "presentata: 2022-06-15 12:00".into())], vec![]),
        ("the channel in other letters", vec![(WELFARE, "Bandi Online", "bandi online".into())], vec![]),
        // A fifth of the firms.
        ("one small firm of five, of which one is only counted", vec![(VALLE, valle, "partner: [officine-eta, fabbrica-ni, fabbrica-xi, gruppo-pi]\naltri_partner: [{ numero: 1, categoria: impresa }]".into())], vec![]),
        ("one small firm of six, of which one is only counted", vec![(VALLE, valle, format!("{valle}\naltri_partner: [{{ numero: 1, categoria: impresa }}]"))], vec!["P19-03"]),
        ("small firms alone need no share", vec![(VALLE, valle, "partner: [officine-eta]".into()), (MAGGIORDOMO, "dimensioni: [piccola, media, grande]", "dimensioni: [piccola]".into()), (MAGGIORDOMO, "dimensioni: [grande]", "dimensioni: [media]".into())], vec![]),
        ("over fifty is large enough to ask, whatever it states", vec![(ENTI, "addetti: 51\n  dimensione: media", "addetti: 51\n  dimensione: micro".into())], vec![]),
        // The ranking.
        ("equal scores", vec![(BOTTEGA, "punteggio: 24.5", "punteggio: 28".into())], vec![]),
        ("another call has a ranking of its own", vec![(ESTATE, "avviso: fse", "avviso: fse\ngraduatoria: { posizione: 1, punteggio: 90 }".into())], vec![]),
        // The region's act, without what the plan of Bergamo adds.
        ("under the act alone", vec![(PIANO_2017, "norma: piano-bergamo-2017-2018", "norma: dgr-5969-2016".into()), (PIANO_2017, "incontri_annui_minimi: 2", "incontri_annui_minimi: 1".into())], vec![]),
        // Publication: above 1.000,00 to one body in a year, for five years.
        (
            "1.000,00 exactly",
            vec![
                (NAVETTA, navetta, money("11000.00", "10000.00", "1000.00")),
                (NAVETTA, navetta_row, "contributo: 1000.00, attivita_economica".into()),
                (NAVETTA, only_responsabile, String::new()),
                (RISORSE, "importo: 5000.00", "importo: 500.00".into()),
            ],
            vec![],
        ),
        ("a grant of 2020, whose official is still named", vec![(MAGGIORDOMO, "2021-01-18", "2020-12-31".into())], vec!["T-03"]),
        ("a grant of 2020, and nobody is named any more", vec![(MAGGIORDOMO, "2021-01-18", "2020-12-31".into()), (MAGGIORDOMO, only_responsabile, String::new())], vec![]),
        (
            "a grant of 2020 whose project still runs, though its days are over",
            vec![(MAGGIORDOMO, "2021-01-18", "2020-12-31".into()), (MAGGIORDOMO, "stato: concluso", "stato: in_corso".into())],
            vec!["Q-20"],
        ),
        ("the first of January 2021", vec![(MAGGIORDOMO, "2021-01-18", "2021-01-01".into())], vec![]),
        // Residuals: there are none, and that is said.
        (
            "no residual",
            vec![
                (RISORSE, "residui:\n  - id: residuo-2020-23\n    descrizione: Residuo del piano 2020-2023\n    importo: 5000.00\n    assegnato_a: navetta\n    atto: { tipo: Decreto, numero: \"101\", data: 2026-01-12, organo: Regione Lombardia }\n  - id: residuo-avviso-2022\n    descrizione: Residuo dell'avviso 2022, che si è concluso\n    importo: 20000.00\n    avviso: Avviso 2022\n    atto: { tipo: Decreto, numero: \"101\", data: 2026-01-12, organo: Regione Lombardia }\n", "nessun_residuo: true\n".into()),
                (RISORSE, "azione_di_sistema:\n  titolo: Uno sportello per tutto il territorio\n  capofila: ats-esempio\n  residuo: residuo-avviso-2022\n", String::new()),
                (NAVETTA, "contributo_riconosciuto: 29000.00", "contributo_riconosciuto: 24000.00".into()),
                (NAVETTA, navetta_row, "contributo: 24000.00, attivita_economica".into()),
            ],
            vec![],
        ),
        // Waivers are silent: for a project, for one that is only asked for, for a call, for a plan, for another law.
        ("waived", vec![longer.clone(), (NIDO, "scheda: 1", format!("scheda: 1{}", waived("P25-06")))], vec![]),
        ("waived for a request", vec![longer.clone(), (NIDO, "stato: in_corso", format!("stato: presentato{}", waived("P25-06"))), (NIDO, "  contributo_riconosciuto: 56000.00\n", String::new()), (NIDO, award, String::new())], vec![]),
        ("waived for a call", vec![(AVVISO, "professionisti: true", format!("professionisti: false{}", waived("P25-27")))], vec![]),
        ("waived for a plan", vec![(PIANO, "beta, coop-delta, ambito-gamma]", "beta, ambito-gamma]".into()), (PIANO, "stato: inviato", format!("stato: inviato{}", waived("P25-26")))], vec![]),
        ("waived under another law", vec![(NIDO, "  - { data: 2026-02-18", "  - { data: 2026-02-17".into()), (NIDO, "scheda: 1", format!("scheda: 1{}", waived("T-02")))], vec![]),
        ("waived in an earlier plan", vec![(SPORTELLO, "al: 2019-01-15", "al: 2019-02-15".into()), (SPORTELLO, "scheda: 1", format!("scheda: 1{}", waived("P16-02")))], vec![]),
        ("the waiver of one rule is not that of another", vec![longer.clone(), (NIDO, "scheda: 1", format!("scheda: 1{}", waived("P25-09")))], vec!["C-21", "P25-06"]),
        // What is withdrawn is not judged.
        ("withdrawn", vec![longer, (NIDO, "stato: in_corso", "stato: ritirato".into()), (NIDO, "  contributo_riconosciuto: 56000.00\n", String::new()), (NIDO, award, String::new())], vec![]),
    ]
}

#[test]
fn boundaries_are_kept_on_both_sides() {
    let mut wrong = Vec::new();
    for (name, changes, codes) in boundaries() {
        let site = changes.iter().fold(Site::example(), |site, (file, from, to)| site.replace(file, from, to));
        let output = site.check();
        let found: BTreeSet<String> = output.codes().into_iter().collect();
        if found.iter().map(String::as_str).ne(codes.iter().copied()) {
            wrong.push(format!("{name}: {codes:?} expected, but told\n{}", output.stderr));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A project like the shuttle, with a grant of its own to the same body in the same year.
fn second_grant(site: Site, importo: &str, data: &str) -> Site {
    let small = |testo: String, importo: &str| {
        testo
            .replace("costo_complessivo: 40000.00", &format!("costo_complessivo: {importo}"))
            .replace("cofinanziamento: 10000.00", "cofinanziamento: 0.00")
            .replace("contributo_richiesto: 30000.00", &format!("contributo_richiesto: {importo}"))
            .replace("29000.00", importo)
            .replace("responsabile: { nome: Maria Esempio, ufficio: Ufficio Conciliazione }\n", "")
            .replace("pubblicato_il: 2026-02-18\n", "")
    };
    let navetta = site.read(NAVETTA);
    // The residual assigned to the first stays within its grant.
    let site = site.replace(RISORSE, "importo: 5000.00", "importo: 500.00");
    let second = small(navetta.replace("2026-02-16", data).replace("scheda: 3", "scheda: 4"), importo);
    site.write(NAVETTA, small(navetta, "600.00")).write("content/piani/2025-2027/progetti/spesa.yaml", second)
}

#[test]
fn a_grant_that_nobody_divides_is_of_the_partnership_under_its_capofila() {
    let told = Site::example()
        .replace(NAVETTA, "contributo: 29000.00, attivita", "attivita")
        .replace(NAVETTA, "asst-esempio, ruolo: partner, contributo: 0.00", "asst-esempio, ruolo: partner")
        .replace(NAVETTA, "coop-delta, ruolo: partner, contributo: 0.00", "coop-delta, ruolo: partner")
        .replace(ENTI_PUBBLICI, "  codice_fiscale: \"00000000042\"\n", "")
        .check()
        .exits(1)
        .says("manca `codice_fiscale` del capofila del partenariato che riceve il contributo");
    assert!(told.stderr.contains("il partenariato riceve €\u{a0}29.000,00"), "{}", told.stderr);
    assert_eq!(told.codes(), ["Q-13", "T-01"]);
}

#[test]
fn small_grants_to_one_body_add_up_within_a_calendar_year() {
    second_grant(Site::example(), "400.00", "2026-03-31").check().exits(0).says_nothing();
    let told = second_grant(Site::example(), "400.01", "2026-03-31").check().exits(1);
    assert_eq!(told.codes(), ["T-01", "T-01"], "each of the two lacks its official\n{}", told.stderr);
    second_grant(Site::example(), "400.01", "2025-12-31").check().exits(0).says_nothing();
}

/// The outcomes of each rule, by its code, on a site that has no errors.
fn outcomes(site: &Site) -> BTreeMap<String, BTreeSet<Esito>> {
    let request = Request { content: site.path("content"), base_url: None, theme: None };
    let prepared = pipeline::prepare(&request).unwrap_or_else(|_| panic!("a site"));
    let site = prepared.site.expect("no errors");
    let mut found: BTreeMap<String, BTreeSet<Esito>> = BTreeMap::new();
    for norma in site.conformita.periodi.iter().flatten() {
        for esito in &norma.regole {
            let outcomes = found.entry(norma.regola(esito).codice.clone()).or_default();
            outcomes.extend(esito.verdetti.iter().map(|verdetto| verdetto.esito));
        }
    }
    found
}

/// Every rule of every built-in norm.
fn rules() -> Vec<Regola> {
    let mut report = Report::default();
    let norme = norme::builtin(&mut report);
    assert!(report.diagnostics().is_empty());
    norme.values().flat_map(|norma| norma.regole.clone()).collect()
}

#[test]
fn every_rule_of_every_norm_holds_on_the_example_and_fails_somewhere() {
    let mut held = outcomes(&Site::example());
    // What binds one agency alone holds on the example under that name.
    let val_padana = Site::example().replace(SITO, "nome: ATS Esempio", "nome: ATS Val Padana").replace(
        AVVISO,
        "promotore: ATS Esempio",
        "promotore: ATS Val Padana",
    );
    held.entry("P21-06".into()).or_default().extend(outcomes(&val_padana).remove("P21-06").unwrap_or_default());

    let mut broken: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (case, folder) in cases("norme") {
        let told = fs::read_to_string(folder.join("atteso.txt")).unwrap_or_default();
        if told.contains(&format!("[{}]: ", told_by(&case))) {
            broken.entry(code_of(&case)).or_default().insert(case);
        }
    }
    let mut wrong = Vec::new();
    for regola in rules() {
        let codice = &regola.codice;
        let own = held.get(codice).cloned().unwrap_or_default();
        if !own.iter().any(|esito| esito.in_ordine() && *esito != Esito::NonApplicabile) {
            wrong.push(format!("{codice} holds nowhere on the example: {own:?}"));
        }
        // Payments and acts of years ago may be told by nobody: that is told, and asked of no one.
        let is_silent = |esito: &Esito| *esito == Esito::NonIndicata && regola.trasparenza.is_some();
        if own.iter().any(|esito| !esito.in_ordine() && !is_silent(esito)) {
            wrong.push(format!("{codice} does not hold everywhere on the example: {own:?}"));
        }
        // Who may use the services is told and judged by nobody, since no person is ever recorded.
        let is_told_only = matches!(&regola.informazione, Some(dati) if dati.mostra != Mostra::Attribuzione);
        if broken.contains_key(codice) == is_told_only {
            wrong.push(format!("{codice} has no case in tests/fixtures/norme, or one too many"));
        }
        if regola.rimedio.is_none() && regola.informazione.is_none() {
            wrong.push(format!("{codice} says no remedy"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_built_in_norms_are_held_against_the_checks_for_those_of_a_site() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/norme");
    let all = fs::read_dir(&folder).expect("the norms").map(|file| file.expect("a norm").path());
    let mut together = Site::example();
    for path in all {
        let name = format!("content/norme/{}", path.file_name().expect("a name").to_string_lossy());
        let text = fs::read_to_string(&path).expect("a norm");
        Site::example().write(&name, &text).check().exits(0).says_nothing();
        together = together.write(&name, &text);
    }
    together.check().exits(0).says_nothing();
}

/// A rule that the site words in another way is told to everybody, and is another plan for the control code.
#[test]
fn a_norm_that_the_site_replaces_is_told_everywhere() {
    let built_in = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/norme/dgr-5464-2025.yaml");
    let norm = fs::read_to_string(built_in).expect("the norm");
    let one = "chi: beneficiari, almeno: 3, con";
    assert_eq!(norm.matches(one).count(), 1);
    let loose = norm.replace(one, "chi: beneficiari, almeno: 1, con");
    let before = delivered(&Site::example());
    let site = Site::example().write("prima.zip", &before).write("content/norme/dgr-5464-2025.yaml", &loose);
    let wording = "è sostituita dal sito, con lo stesso titolo";
    let change = "numero minimo: da 3 a 1";

    let checked = site.check().exits(0);
    assert_eq!(checked.codes(), ["C-30"]);
    assert!(checked.stderr.contains("nota[C-30]: P25-01 (") && checked.stderr.contains(change), "{}", checked.stderr);

    let site = site.built();
    let tree = site.published();
    for path in ["2025-2027/conformita/index.html", "norme/dgr-5464-2025/index.html"] {
        let page = Page::of(&tree, path).body();
        assert!(page.contains(wording) && page.contains(change), "{path}\n{page}");
    }
    let card = Page::of(&tree, "2025-2027/conformita/index.html").texts("#P25-01 .etichette");
    assert!(card[0].starts_with("Sostituita dal sito") || card[0].starts_with("sostituita dal sito"), "{card:?}");
    let pdf = concilia::lettura::pdf(&tree["2025-2027/documento/piano.pdf"]).expect("a PDF");
    assert!(pdf.pagine_senza("Che cosa il sito cambia nelle norme").len() < pdf.pagine.len());

    let after = delivered(&site);
    let files = opened(&after);
    let report = String::from_utf8(files["conformita/rapporto.txt"].clone()).expect("a report");
    assert!(report.contains(wording) && report.contains("sostituita dal sito"), "{report}");
    assert_ne!(files["dati/piano.json"], opened(&before)["dati/piano.json"]);
    let checked = site.concilia(["verifica", ZIP]).output().exits(0);
    assert!(
        checked.stdout.contains("ma il sito cambia le norme") && checked.stdout.contains(wording),
        "{}",
        checked.stdout
    );

    let compared = site.concilia(["confronta", "prima.zip", "content"]).output().exits(1);
    assert!(compared.stdout.contains(change), "{}", compared.stdout);
    assert!(compared.stdout.contains("da rispettata a sostituita dal sito"), "{}", compared.stdout);

    // What is taken away, and what is not a rule.
    let start = loose.find("  - codice: P25-02").expect("a rule");
    let end = loose.find("  - codice: P25-03").expect("the next");
    let less = format!("fonte_storica: true\n{}{}", &loose[..start], &loose[end..]);
    let told = site.write("content/norme/dgr-5464-2025.yaml", less).check().stderr;
    assert!(told.contains("P25-02 (DGR n. XII/5464 del 9 dicembre 2025) è tolta dal sito"), "{told}");
    assert!(told.contains("altre parti della norma sono cambiate dal sito (fonte storica: da no a sì)"), "{told}");
}

/// A rule that the site takes away is missed by the verdict, by the note and by whoever asks what it says.
#[test]
fn a_rule_that_the_site_takes_away_is_told_everywhere() {
    let site = Site::example().write("content/norme/dgr-5464-2025.yaml", without(&built_in("dgr-5464-2025"), "P25-02"));
    let told = site.check().exits(0).stderr;
    assert!(told.contains("P25-02 (DGR n. XII/5464 del 9 dicembre 2025) è tolta dal sito"), "{told}");
    assert!(told.contains("in questo file la regola non c'è più") && told.contains("rimetti la regola"), "{told}");
    assert!(!told.contains("prende il posto"), "{told}");

    let site = site.built();
    let tree = site.published();
    let verdict = "il sito toglie P25-02.";
    for path in ["2025-2027/conformita/index.html", "2025-2027/documento/index.html"] {
        let page = Page::of(&tree, path).body();
        assert!(page.contains(verdict), "{path}\n{page}");
    }
    let files = opened(&delivered(&site));
    for name in ["conformita/rapporto.txt", "conformita/rapporto.json"] {
        let report = String::from_utf8(files[name].clone()).expect("a report");
        assert!(report.contains(verdict), "{name}\n{report}");
    }
    let checked = site.concilia(["verifica", ZIP]).output().exits(0).stdout;
    assert!(checked.contains(verdict), "{checked}");

    let explained = site.concilia(["explain", "P25-02"]).output().exits(0).stdout;
    assert!(explained.starts_with("P25-02 (DGR n. XII/5464 del 9 dicembre 2025) è tolta dal sito: "), "{explained}");
    let program = Site::example().concilia(["explain", "P25-02"]).output().exits(0).stdout;
    assert!(explained.ends_with(&format!("\nCom'è nella norma\n{program}")), "{explained}");
}

fn built_in(id: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/norme/{id}.yaml"));
    fs::read_to_string(path).expect("the norm")
}

/// A norm that has one rule less.
fn without(norm: &str, codice: &str) -> String {
    let start = norm.find(&format!("  - codice: {codice}")).expect("a rule");
    let end = norm[start + 1..].find("  - codice: ").expect("the next") + start + 1;
    format!("{}{}", &norm[..start], &norm[end..])
}
