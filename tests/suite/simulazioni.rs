//! `concilia graduatoria` and `concilia riparto`: whole outputs on the shipped plan, and small sites at the limits.
//!
//! `AGGIORNA=1` writes the expected outputs of `tests/fixtures/simulazioni` anew, to be read before they are committed.

use std::fs;

use serde_json::Value;

use crate::support::{Output, Site, fixtures};

const PIANO: &str = "content/piani/2025-2027";

fn progetto(nome: &str) -> String {
    format!("{PIANO}/progetti/{nome}.yaml")
}

fn risorse() -> String {
    format!("{PIANO}/risorse.yaml")
}

/// The small site with two equal scores, written in two ways.
fn pari_merito() -> Site {
    Site::small().replace(&progetto("sollievo"), "punteggio: 21.25", "punteggio: 25.0")
}

fn run(site: &Site, args: &[&str]) -> Output {
    site.concilia(args).output()
}

/// What a simulation that works writes; nothing else is said.
#[track_caller]
fn text(site: &Site, args: &[&str]) -> String {
    let output = run(site, args).exits(0);
    assert_eq!(output.stderr, "");
    output.stdout
}

/// The same with single spaces: the layout is proved on whole outputs.
#[track_caller]
fn words(site: &Site, args: &[&str]) -> String {
    text(site, args).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What `risorse.yaml` declares of all the grants.
const GRANTED: &str = "voce: contributo_riconosciuto\n    importo: 80000.00";

/// Each of these is said.
#[track_caller]
fn says(told: &str, all: &[&str]) {
    for words in all {
        assert!(told.contains(words), "nothing says\n{words}\nbut\n{told}");
    }
}

#[track_caller]
fn json(site: &Site, args: &[&str]) -> Value {
    serde_json::from_str(&text(site, &[args, &["--format", "json"]].concat())).expect("JSON")
}

/// The amounts of one key, row by row.
fn column(document: &Value, key: &str) -> Vec<String> {
    let rows = document["graduatoria"]["righe"].as_array().expect("rows");
    rows.iter().map(|row| row[key].as_str().map_or_else(|| row[key].to_string(), str::to_owned)).collect()
}

#[test]
fn whole_outputs_are_as_expected() {
    let shipped = Site::shipped();
    // With a tie, a withdrawn project and years that were not split alike: what the shipped plan has not.
    let other = pari_merito()
        .replace(&progetto("nido"), "stato: in_corso", "stato: ritirato")
        .replace(&progetto("nido"), "contributo_riconosciuto: 40000.00", "contributo_riconosciuto: 0.00")
        .replace(&risorse(), GRANTED, "voce: contributo_riconosciuto\n    importo: 40000.00")
        .replace(&risorse(), "importi: { 2025: 100000.00 }", "importi: { 2025: 100000.00, 2026: 20000.00 }")
        .replace(&risorse(), "importi: { 2025: 50000.00 }", "importi: { 2025: 50000.00, 2026: 20000.00 }");
    let cases: [(&str, &[&str]); 8] = [
        ("graduatoria-2017-2018.txt", &["graduatoria", "2017-2018"]),
        ("graduatoria-2017-2018.json", &["graduatoria", "2017-2018", "--format", "json"]),
        ("graduatoria-2017-2018-con-320000.txt", &["graduatoria", "2017-2018", "--dotazione", "320000"]),
        ("graduatoria-2017-2018-con-200000.txt", &["graduatoria", "2017-2018", "--dotazione", "200000.00"]),
        ("graduatoria-2025-2027.txt", &["graduatoria", "2025-2027"]),
        ("riparto-2025-2027.txt", &["riparto"]),
        ("riparto-2025-2027.json", &["riparto", "2025-2027", "--format", "json"]),
        ("riparto-2025-2027-con-1234567.txt", &["riparto", "--dotazione", "1234567.89"]),
    ];
    let others: [(&str, &[&str]); 2] = [
        ("graduatoria-con-pari-merito.txt", &["graduatoria", "2025-2027", "--dotazione", "35000"]),
        ("riparto-di-due-anni.txt", &["riparto"]),
    ];
    let cases: Vec<_> =
        cases.iter().map(|case| (&shipped, case)).chain(others.iter().map(|case| (&other, case))).collect();
    let mut wrong = Vec::new();
    for &(site, &(file, args)) in &cases {
        let path = fixtures().join("simulazioni").join(file);
        let written = text(site, args);
        if std::env::var_os("AGGIORNA").is_some() {
            fs::write(&path, &written).expect(file);
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if expected != written {
            wrong.push(format!("{file}: expected\n{expected}\nbut got\n{written}"));
        }
        let wide = written.lines().filter(|line| !file.ends_with(".json") && line.chars().count() > 80);
        wrong.extend(wide.map(|line| format!("{file}: wider than a terminal: {line}")));
    }
    assert!(wrong.is_empty(), "{}\n(AGGIORNA=1 writes what comes now)", wrong.join("\n"));
    let files = fs::read_dir(fixtures().join("simulazioni")).expect("tests/fixtures/simulazioni");
    assert_eq!(files.count(), cases.len(), "every expected output is compared");
}

/// Written out from Tab. 3 of the published plan, never computed.
#[test]
fn the_award_of_2017_is_reproduced_to_the_cent() {
    let document = json(&Site::shipped(), &["graduatoria", "2017-2018"]);
    #[rustfmt::skip]
    let granted = [
        "40000.00", "40000.00", "40000.00", "40000.00", "35000.00", "40000.00", "40000.00", "24078.25",
    ];
    assert_eq!(column(&document, "simulato"), granted);
    assert_eq!(column(&document, "riconosciuto"), granted);
    assert_eq!(column(&document, "differenza"), ["0.00"; 8]);
    let ranking = &document["graduatoria"];
    assert_eq!(ranking["righe"][7]["id"], "progettare-insieme");
    assert_eq!(ranking["righe"][7]["da_dotazione"], "11940.25");
    assert_eq!(ranking["righe"][7]["da_residui"], "12138.00");
    assert_eq!(ranking["scorrimento"][0]["mancante"], "15921.75");
    assert_eq!(ranking["dotazione"]["importo"], "286940.25");
    assert_eq!(ranking["dotazione"]["provenienza"], "progetti");
    assert_eq!(ranking["totali"]["simulato"], "299078.25");
    assert_eq!(ranking["confronto"]["uguali"], 8);
}

/// Written out from the table of DGR XII/5464, never computed.
#[test]
fn the_split_of_2025_is_reproduced_in_every_row() {
    let document = json(&Site::shipped(), &["riparto"]);
    assert_eq!(document["periodo"], "2025-2027");
    let years = document["riparto"]["anni"].as_array().expect("years");
    assert_eq!(
        years.iter().map(|year| year["anno"].as_u64()).collect::<Vec<_>>(),
        [Some(2025), Some(2026), Some(2027)]
    );
    #[rustfmt::skip]
    let table = [
        ("ATS Città Metropolitana", "350000.00"), ("ATS Insubria", "150000.00"), ("ATS Montagna", "30000.00"),
        ("ATS Brianza", "120000.00"), ("ATS Bergamo", "110000.00"), ("ATS Brescia", "120000.00"),
        ("ATS Val Padana", "70000.00"), ("ATS Pavia", "50000.00"),
    ];
    for year in years {
        let rows = year["righe"].as_array().expect("rows");
        let split: Vec<_> =
            rows.iter().map(|row| (row["ats"].as_str().unwrap(), row["riprodotto"].as_str().unwrap())).collect();
        assert_eq!(split, table);
        assert_eq!((year["riprodotte"].as_u64(), year["registrate"].as_u64()), (Some(8), Some(8)));
        assert_eq!(year["arrotondando"], "1010000.00");
    }
    let words = words(&Site::shipped(), &["riparto"]);
    assert!(words.contains("riprodotto con"), "the act does not say by which method");
    assert!(!words.to_lowercase().contains("calcolat"), "{words}");
}

#[test]
fn a_residual_completes_the_last_of_the_small_site() {
    let document = json(&Site::small(), &["graduatoria", "2025-2027"]);
    assert_eq!(column(&document, "id"), ["nido", "doposcuola", "sollievo"]);
    assert_eq!(column(&document, "simulato"), ["40000.00", "30000.00", "15000.50"]);
    assert_eq!(column(&document, "resta"), ["40000.00", "10000.00", "0.00"]);
}

#[test]
fn money_that_ends_exactly_at_a_project_leaves_the_next_without_a_part() {
    let site = Site::small();
    let document = json(&site, &["graduatoria", "2025-2027", "--dotazione", "70000"]);
    assert_eq!(column(&document, "da_dotazione"), ["40000.00", "30000.00", "0.00"]);
    assert_eq!(document["graduatoria"]["dotazione"]["resta"], "0.00");
    let cent = json(&site, &["graduatoria", "2025-2027", "--dotazione", "70000.01"]);
    assert_eq!(column(&cent, "da_dotazione"), ["40000.00", "30000.00", "0.01"]);
}

#[test]
fn a_larger_endowment_shows_what_changes_and_what_is_left() {
    let site = Site::small();
    let told = words(&site, &["graduatoria", "2025-2027", "--dotazione", "91000"]);
    says(
        &told,
        &[
            "3 Sollievo per chi assis… 21,25 20.000,50 20.000,40 15.000,50 +4.999,90",
            "Dotazione provata 91.000,00 90.000,40 999,60",
            "Del residuo `residuo-2020-23` restano € 5.000,50: a `sollievo`, a cui è assegnato, non serve altro.",
            "Con questa dotazione cambia 1 contributo su 3.",
        ],
    );
    assert!(!told.contains("Con altri fondi"), "nothing is missing:\n{told}");
    let recorded = words(&site, &["graduatoria", "2025-2027"]);
    says(&recorded, &["La simulazione dà al centesimo i contributi registrati: 3 su 3."]);
}

/// A simulation informs: a difference is told, and the exit is that of success.
#[test]
fn a_difference_from_the_records_is_told_and_exits_zero() {
    let site = Site::small()
        .replace(&progetto("sollievo"), "contributo_riconosciuto: 15000.50", "contributo_riconosciuto: 14000.50")
        .replace(&risorse(), "    importo: 80000.00\n    esclude", "    importo: 79000.00\n    esclude");
    let told = words(&site, &["graduatoria", "2025-2027"]);
    says(&told, &["14.000,50 +1.000,00"]);
    says(&told, &["1 contributo è diverso dal registrato, su 3. È un'informazione, non un errore"]);
}

#[test]
fn equal_scores_keep_the_recorded_places_and_say_who_decides() {
    let site = pari_merito();
    let told = words(&site, &["graduatoria", "2025-2027"]);
    says(
        &told,
        &[
            "1 Un nido",
            "2* Doposcuola lungo",
            "3* Sollievo",
            "* Posti 2, 3: a pari punteggio (25) decidono i criteri dell'avviso. Qui vale la posizione \
             registrata; l'ordine cambia quanto ricevono.",
        ],
    );
    assert_eq!(column(&json(&site, &["graduatoria", "2025-2027"]), "pari_merito"), ["false", "true", "true"]);
}

#[test]
fn places_that_do_not_follow_the_score_are_told() {
    let site = Site::small().replace(&progetto("sollievo"), "punteggio: 21.25", "punteggio: 30");
    let told = words(&site, &["graduatoria", "2025-2027"]);
    says(&told, &["Le posizioni registrate non seguono il punteggio: qui conta il punteggio."]);
    assert_eq!(column(&json(&site, &["graduatoria", "2025-2027"]), "posizione"), ["3", "1", "2"]);
}

#[test]
fn withdrawn_projects_and_those_without_score_stand_apart() {
    let site = Site::small()
        .replace(&progetto("nido"), "stato: in_corso", "stato: ritirato")
        .replace(&progetto("nido"), "contributo_riconosciuto: 40000.00", "contributo_riconosciuto: 0.00")
        .replace(&risorse(), GRANTED, "voce: contributo_riconosciuto\n    importo: 40000.00")
        .replace(&progetto("doposcuola"), "graduatoria: { posizione: 2, punteggio: 25 }\n", "");
    let told = words(&site, &["graduatoria", "2025-2027"]);
    says(
        &told,
        &[
            "Doposcuola lungo senza punteggio 30.000,00 30.000,00",
            "Un nido vicino al lavoro ritirato 40.000,00 0,00",
            "I progetti in disparte hanno € 30.000,00 registrati, fuori dal confronto.",
        ],
    );
}

#[test]
fn without_scores_there_is_nothing_to_rank() {
    let site = Site::small()
        .replace(&progetto("nido"), "graduatoria: { posizione: 1, punteggio: 28.5 }\n", "")
        .replace(&progetto("doposcuola"), "graduatoria: { posizione: 2, punteggio: 25 }\n", "")
        .replace(&progetto("sollievo"), "graduatoria: { posizione: 3, punteggio: 21.25 }\n", "");
    let told = words(&site, &["graduatoria", "2025-2027"]);
    says(&told, &["Nessun progetto ha un punteggio: non c'è una graduatoria da simulare."]);
    let document = json(&site, &["graduatoria", "2025-2027"]);
    assert_eq!(document["graduatoria"]["in_disparte"].as_array().map(Vec::len), Some(3));
}

#[test]
fn awards_that_are_not_recorded_yet_are_not_compared() {
    let site = ["nido", "doposcuola", "sollievo"].into_iter().fold(Site::small(), |site, nome| {
        let file = progetto(nome);
        let text = site.read(&file);
        // Without a grant no project is funded yet, and no act grants it.
        let granted = ["contributo_riconosciuto:", "atti:", "  concessione:"];
        let kept: Vec<&str> = text
            .lines()
            .filter(|line| !granted.iter().any(|start| line.trim_start().starts_with(start.trim())))
            .collect();
        let kept =
            kept.join("\n").replace("stato: in_corso", "stato: ammesso").replace("stato: finanziato", "stato: ammesso");
        site.write(&file, kept + "\n")
    });
    let site = site.replace(
        &risorse(),
        "  - voce: contributo_riconosciuto\n    importo: 80000.00\n    esclude: [residuo-2020-23]\n",
        "",
    );
    let told = words(&site, &["graduatoria", "2025-2027"]);
    says(&told, &["Nessun contributo è registrato: non c'è nulla con cui confrontare."]);
    assert!(!told.contains("Registrato"), "{told}");
}

#[test]
fn a_plan_without_money_for_projects_needs_an_endowment_to_try() {
    let call = format!("{PIANO}/avvisi/avviso-2025.yaml");
    let site = Site::small().replace(&risorse(), "destinazione: progetti", "destinazione: azione_di_sistema");
    // A call that has its own pays its own list.
    says(&words(&site, &["graduatoria", "2025-2027"]), &["Dotazione dell'avviso"]);
    let site = site.replace(&call, "dotazione: 80000.00\n", "");
    run(&site, &["graduatoria", "2025-2027"]).exits(2).says(
        "errore: in `2025-2027` non c'è una dotazione per i progetti: provane una, come `--dotazione 100000.00`\n",
    );
    let document = json(&site, &["graduatoria", "2025-2027", "--dotazione", "10.50"]);
    assert_eq!(column(&document, "da_dotazione"), ["10.50", "0.00", "0.00"]);
}

#[test]
fn money_of_the_whole_plan_is_used_where_no_part_is_for_projects_and_it_is_said() {
    let call = format!("{PIANO}/avvisi/avviso-2025.yaml");
    let site = Site::small().replace(&risorse(), "destinazione: progetti", "destinazione: piano");
    let site = site.replace(&call, "dotazione: 80000.00\n", "");
    let told = words(&site, &["graduatoria", "2025-2027"]);
    says(&told, &["Dotazione di tutto il Piano"]);
    says(&told, &["Nessuna voce della dotazione è destinata ai progetti"]);
}

#[test]
fn one_call_is_ranked_alone_with_its_own_endowment() {
    let site = Site::small()
        .write(format!("{PIANO}/avvisi/avviso-2026.yaml").as_str(), "titolo: Avviso 2026\ntipo: avviso\n")
        .replace(&progetto("sollievo"), "avviso: avviso-2025", "avviso: avviso-2026");
    let site = site.replace(&format!("{PIANO}/avvisi/avviso-2025.yaml"), "dotazione: 80000.00", "dotazione: 65000.00");
    let first = json(&site, &["graduatoria", "2025-2027", "--avviso", "avviso-2025"]);
    assert_eq!(column(&first, "id"), ["nido", "doposcuola"]);
    assert_eq!(column(&first, "simulato"), ["40000.00", "25000.00"]);
    assert_eq!(first["graduatoria"]["avviso"], "avviso-2025");
    assert_eq!(first["graduatoria"]["dotazione"]["provenienza"], "avviso");
    assert_eq!(first["graduatoria"]["residui"][0]["fuori_lista"], true);
    let second = words(&site, &["graduatoria", "2025-2027", "--avviso", "avviso-2026"]);
    says(&second, &["Solo i progetti dell'avviso: Avviso 2026"]);
    says(&second, &["L'avviso non ha una dotazione propria"]);
    let all = words(&site, &["graduatoria", "2025-2027"]);
    says(&all, &["I progetti vengono da più avvisi"]);
    run(&site, &["graduatoria", "2025-2027", "--avviso", "aviso-2026"])
        .exits(2)
        .says("errore: l'avviso `aviso-2026` non c'è in `2025-2027`: forse intendevi `avviso-2026`?\n");
    run(&site, &["graduatoria", "2025-2027", "--avviso", "altro"])
        .exits(2)
        .says("si può scegliere fra `avviso-2025`, `avviso-2026`\n");
}

#[test]
fn what_is_mistyped_gets_an_answer_and_exit_two() {
    let shipped = Site::shipped();
    let cases: [(&[&str], &str); 9] = [
        (&["graduatoria"], "manca il periodo: si può scegliere fra `2017-2018`, `2025-2027`\n"),
        (&["graduatoria", "2017-2019"], "il periodo `2017-2019` non c'è: forse intendevi `2017-2018`?\n"),
        (&["graduatoria", "quello"], "il periodo `quello` non c'è: si può scegliere fra `2017-2018`, `2025-2027`\n"),
        (&["riparto", "2025-2072"], "il periodo `2025-2072` non c'è: forse intendevi `2025-2027`?\n"),
        (&["riparto", "2017-2018"], "in `2017-2018` non c'è un riparto fra le ATS: c'è in `2025-2027`\n"),
        (
            &["graduatoria", "2017-2018", "--dotazione", "1e3"],
            "`--dotazione`: `1e3` non è un importo: scrivilo in cifre, per esempio",
        ),
        (&["graduatoria", "2017-2018", "--dotazoine", "1"], "forse intendevi `--dotazione`?"),
        (&["riparto", "--format", "sarif"], "si può scegliere fra `testo`, `json`"),
        (&["gradutoria", "2017-2018"], "forse intendevi `graduatoria`?"),
    ];
    for (args, answer) in cases {
        let output = run(&shipped, args).exits(2);
        assert!(output.stderr.starts_with("errore: ") && output.stderr.contains(answer), "{args:?}: {}", output.stderr);
        assert_eq!(output.stdout, "", "{args:?}");
    }
    run(&shipped, &["riparto", "--content", "assente"]).exits(2).says("la cartella dei contenuti `assente` non c'è");
}

#[test]
fn records_with_errors_are_reported_and_not_simulated() {
    let site = Site::small().replace(&progetto("nido"), "riconosciuto: 40000.00", "riconosciuto: 40000.01");
    for args in [&["graduatoria", "2025-2027"][..], &["riparto", "--format", "json"]] {
        let output = run(&site, args).exits(1).says("errore[Q-02]").says("2 errori");
        assert_eq!(output.stdout, "");
    }
}

#[test]
fn warnings_do_not_stop_a_simulation() {
    let site = Site::small().replace("content/sito.yaml", "indirizzo: https://conciliazione.ats-esempio.it/\n", "");
    assert!(site.check().stderr.contains("avviso[C-18]"));
    assert!(text(&site, &["graduatoria", "2025-2027"]).contains("3 su 3"));
}

#[test]
fn a_split_that_the_method_does_not_give_is_told_row_by_row() {
    let site = Site::small()
        .replace(&risorse(), "importi: { 2025: 100000.00 }", "importi: { 2025: 90000.00 }")
        .replace(&risorse(), "importi: { 2025: 50000.00 }", "importi: { 2025: 60000.00 }");
    let told = words(&site, &["riparto", "2025-2027"]);
    says(
        &told,
        &[
            "+10.000,00",
            "-10.000,00",
            "il metodo ridà gli importi registrati in 0 righe su 2. È un'informazione, non un errore",
            "Arrotondando ogni quota per conto suo si darebbero € 150.000,00, lo stesso totale.",
        ],
    );
}

#[test]
fn a_site_without_a_split_says_so() {
    let site = Site::small();
    let text = site.read(&risorse());
    let (before, _) = text.split_once("riparto:\n").expect("a split");
    let site = site.write(&risorse(), before);
    run(&site, &["riparto"]).exits(2).says("errore: nessun Piano ha un riparto fra le ATS\n");
    run(&site, &["riparto", "2025-2027"]).exits(2).says("errore: in `2025-2027` non c'è un riparto fra le ATS\n");
}
