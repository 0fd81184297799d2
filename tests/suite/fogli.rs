//! Workbooks: what people fill in becomes edits of records, told cell by cell before anything is written, and back.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};

use concilia::fogli::{Dato, FOGLI, Tavola, leggi};
use rust_xlsxwriter::Workbook;

use crate::support::{Output, Site, Tree, fixtures, tree};

const NIDO: &str = "content/piani/2025-2027/progetti/nido.yaml";
const NIENTE: &str = "Niente da scrivere: le schede dicono già tutto ciò che dice il foglio\n";

/// A workbook of texts, as somebody types it.
fn book(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).expect("a name");
        for (row, cells) in (0..).zip(*rows) {
            for (column, text) in (0..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
                sheet.write_string(row, column, *text).expect("a cell");
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

fn with(site: Site, sheets: &[(&str, &[&[&str]])]) -> Site {
    site.write("foglio.xlsx", book(sheets))
}

fn import(site: &Site, args: &[&str]) -> Output {
    site.concilia(["importa"].iter().chain(args)).output()
}

/// What an import says without writing, which has to change nothing.
#[track_caller]
fn previewed(site: &Site, args: &[&str], code: i32) -> Output {
    let before = tree(site.root());
    let output = import(site, args).exits(code);
    assert!(tree(site.root()) == before, "something was written");
    output
}

fn contents(site: &Site) -> Tree {
    tree(&site.path("content"))
}

fn exported(site: &Site, period: &str) -> Vec<u8> {
    let name = format!("piano-{period}.xlsx");
    let _ = fs::remove_file(site.path(&name));
    site.concilia(["esporta", period]).output().exits(0);
    fs::read(site.path(&name)).expect("a workbook")
}

/// A workbook of ours in which somebody has written into the second row of some sheets.
fn filled(bytes: &[u8], answers: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut names = leggi(bytes, "").expect("a workbook").into_iter().map(|table| table.nome);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut answered = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut place = BTreeMap::new();
    for sheet in 1.. {
        let Some(name) = names.next() else { break };
        place.insert(format!("xl/worksheets/sheet{sheet}.xml"), name);
    }
    for part in 0..archive.len() {
        let mut file = archive.by_index(part).expect("a part");
        let mut text = Vec::new();
        file.read_to_end(&mut text).expect("a part");
        let name = file.name().expect("a name").into_owned();
        if let Some(sheet) = place.get(&name) {
            let mut xml = String::from_utf8(text).expect("XML");
            for (_, column, answer) in answers.iter().filter(|(name, ..)| name == sheet) {
                let start = xml.find(&format!("<c r=\"{column}2\"")).unwrap_or_else(|| panic!("{sheet}!{column}2"));
                let end = start + xml[start..].find("/>").expect("an empty cell") + 2;
                let cell = format!("<c r=\"{column}2\" t=\"inlineStr\"><is><t>{answer}</t></is></c>");
                xml.replace_range(start..end, &cell);
            }
            text = xml.into_bytes();
        }
        answered.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        answered.write_all(&text).expect("a part");
    }
    answered.finish().expect("an archive").into_inner()
}

/// The texts of a sheet, row by row.
fn rows(tables: &[Tavola], sheet: &str) -> Vec<BTreeMap<u32, String>> {
    let table = tables.iter().find(|table| table.nome == sheet).unwrap_or_else(|| panic!("no sheet {sheet}"));
    let text = |dato: &Dato| match dato {
        Dato::Testo(testo) => testo.clone(),
        Dato::Numero(numero) => numero.to_string(),
        Dato::Giorno(giorno) => giorno.clone(),
        altro => format!("{altro:?}"),
    };
    let row = |riga: &concilia::fogli::Riga| riga.celle.iter().map(|(column, dato)| (*column, text(dato))).collect();
    table.righe.iter().map(row).collect()
}

#[test]
fn what_was_exported_changes_nothing() {
    // Two services of one name are two.
    let twins = Site::small().replace(
        NIDO,
        "indicatori:\n",
        "  - { nome: Nido, categoria: figli-piccoli, modalita: voucher, erogatore: coop-epsilon }\nindicatori:\n",
    );
    let sites = [
        (Site::small(), &["2025-2027"][..]),
        (twins, &["2025-2027"]),
        (Site::example(), &["2017-2018", "2020-2023", "2025-2027"]),
        (Site::shipped(), &["2017-2018", "2025-2027"]),
    ];
    for (site, periods) in sites {
        for period in periods {
            let bytes = exported(&site, period);
            let before = contents(&site);
            // The workbook says itself of which plan it is.
            let output = import(&site, &[&format!("piano-{period}.xlsx"), "--scrivi"]).exits(0);
            assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", NIENTE), "{period}");
            assert!(contents(&site) == before, "{period}");
            assert!(!site.path(".concilia").exists());
            assert!(exported(&site, period) == bytes, "{period}: other bytes from the same records");
        }
    }
}

/// Records that are made of their workbook alone give the same workbook.
#[test]
fn what_is_lost_comes_back_from_the_workbook() {
    for (site, period) in [(Site::small(), "2025-2027"), (Site::example(), "2025-2027")] {
        let bytes = exported(&site, period);
        let site = site.remove(&format!("content/piani/{period}/progetti")).remove("content/partner");
        let site = site.remove(&format!("content/piani/{period}/alleanze"));
        import(&site, &[&format!("piano-{period}.xlsx"), "--scrivi"]).exits(0);
        assert!(site.path("content/partner/enti.yaml").exists());
        let [before, after] = [bytes, exported(&site, period)].map(|bytes| leggi(&bytes, "").expect("a workbook"));
        for foglio in FOGLI {
            assert_eq!(rows(&before, foglio.titolo), rows(&after, foglio.titolo), "{}", foglio.titolo);
        }
    }
}

#[test]
fn three_writers_say_the_same() {
    let mut said = Vec::new();
    for name in ["openpyxl.xlsx", "libreoffice.xlsx", "libreoffice.ods"] {
        let site = Site::small();
        let before = contents(&site);
        let file = fixtures().join("fogli").join(name);
        let file = file.to_str().expect("UTF-8");
        let preview = previewed(&site, &[file], 0);
        assert!(preview.stderr.ends_with("Si può scrivere: 6 schede nuove in 6 file. Con `--scrivi` lo scrivo\n"));
        let output = import(&site, &[file, "--scrivi"]).exits(0);
        assert_eq!(output.stdout, preview.stdout);
        let after = contents(&site);
        // Once more is as good as once.
        let again = previewed(&site, &[file, "--scrivi"], 0);
        assert!(again.stdout.is_empty() && again.stderr.ends_with(NIENTE), "{}", again.stderr);
        // And all of it can be taken back.
        site.concilia(["importa", "--annulla"]).output().exits(0);
        assert!(contents(&site) == before, "{name}");
        said.push((output, after));
    }
    let (output, after) = said.pop().expect("three");
    for (other, tree) in &said {
        assert_eq!(*other, output);
        assert!(*tree == after);
    }
    assert_eq!(
        output.stdout,
        "\
aggiunge  ente `comune-di-zeta`: Comune di Zeta
aggiunge  ente `cooperativa-omega`: Cooperativa Omega
aggiunge  atto `det-99-2026`: Determina n. 99 del 29 aprile 2026
aggiunge  alleanza `alleanza-del-lago`: Alleanza del Lago
aggiunge  progetto `doposcuola-sul-lago`: Doposcuola sul lago
        + Partenariati: comune-di-zeta · capofila · 50.000,00
        + Partenariati: cooperativa-omega · partner · 20.000,00
        + Eventi: concessione · 29/04/2026 · 40.000,00 · det-99-2026
aggiunge  progetto `spesa-a-casa`: Spesa a casa
        + Eventi: concessione · 29/04/2026 · 12.000,00 · det-99-2026
"
    );
    assert_eq!(
        output.stderr,
        "\
nota: `Enti`: non conosco la colonna «Note dell'ufficio», e non la leggo
nota: `Enti`: tolgo gli spazi di troppo in: A5
nota: `Progetti`: ci sono righe nascoste, che leggo lo stesso: 3
nota: `Partenariati`: ci sono celle unite, il cui valore vale per ogni riga che coprono: A2:A3
nota: `Eventi`: ci sono celle unite, il cui valore vale per ogni riga che coprono: E2:E3
Scritto: 6 schede nuove in 6 file. `concilia check` dice se va tutto bene; `concilia importa --annulla` torna indietro \
         (com'era prima è in `.concilia/importazioni/0001`)
"
    );
    let text = |file: &str| String::from_utf8(after[file].clone()).expect("UTF-8");
    assert_eq!(
        text("piani/2025-2027/progetti/doposcuola-sul-lago.yaml"),
        "\
titolo: Doposcuola sul lago
alleanza: alleanza-del-lago
durata:
  dal: 2026-03-01
  al: 2028-02-29
finanziamento:
  costo_complessivo: 70000.00
  cofinanziamento: 30000.00
  contributo_richiesto: 40000.00
partenariato:
  - ente: comune-di-zeta
    ruolo: capofila
    quota: 50000.00
  - ente: cooperativa-omega
    ruolo: partner
    quota: 20000.00
eventi:
  - cosa: concessione
    data: 2026-04-29
    importo: 40000.00
    atto: det-99-2026
obiettivi:
  - Aprire di pomeriggio
  - Aprire d'estate
"
    );
    // One act, typed once, decides two projects.
    assert!(
        text("piani/2025-2027/progetti/spesa-a-casa.yaml").contains("    importo: 12000.00\n    atto: det-99-2026\n")
    );
    assert!(text("piani/2025-2027/progetti/spesa-a-casa.yaml").contains("  costo_complessivo: 20000.10\n"));
    assert!(
        text("piani/2025-2027/atti.yaml")
            .ends_with("\n- { id: det-99-2026, tipo: Determina, numero: \"99\", data: 2026-04-29 }\n")
    );
    assert!(text("partner/enti-pubblici.yaml").ends_with("- id: comune-di-zeta\n  nome: Comune di Zeta\n  categoria: comune\n  comune: Zeta\n  codice_fiscale: \"00000000018\"\n"));
}

#[test]
fn a_record_changes_field_by_field_and_keeps_its_comments() {
    let site = Site::small()
        .replace(NIDO, "stato: in_corso\n", "stato: in_corso  # lo dice l'ATS\n# Fino a quando, è da vedere.\n")
        .replace(
            NIDO,
            "  - { ente: coop-delta, ruolo: partner, quota: 20000.00 }\n",
            "  - { ente: coop-delta, ruolo: partner, quota: 20000.00 }  # la gestione\n",
        );
    let before = site.read(NIDO);
    let site = with(
        site,
        &[
            (
                "Progetti",
                &[
                    &["Titolo", "Stato", "Durata: fine", "Tema"],
                    &["Un nido vicino al LAVORO", "Concluso", "30/6/2027", "n.d."],
                ],
            ),
            (
                "Partenariati",
                &[
                    &["Progetto", "Ente", "Ruolo", "Quota"],
                    &["nido", "coop-delta", "", "15.000"],
                    &["nido", "Fondazione Zeta", "partner", "€ 5.000,00"],
                ],
            ),
            ("Indicatori", &[&["Progetto", "Nome", "Previsto"], &["nido", "bambini", "25"]]),
            ("Rilevazioni", &[&["Progetto", "Indicatore", "Al", "Valore"], &["nido", "Bambini", "31/12/2026", "22"]]),
            ("Importi", &[&["Progetto", "cofinanziamento_in_denaro"], &["nido", "(togli)"]]),
        ],
    );
    let output = import(&site, &["foglio.xlsx", "--scrivi"]).exits(0);
    assert_eq!(
        output.stdout,
        "\
cambia    progetto `nido`: Un nido vicino al lavoro
        Stato: in corso → concluso
        Durata: fine: 31/12/2027 → 30/06/2027
        Cofinanziamento in denaro: tolto, era 4.000,00
        Partenariati: Quota di costo: 20.000,00 → 15.000,00
        + Partenariati: fondazione-zeta · partner · 5.000,00
        Indicatori: Previsto: 20 → 25
        + Rilevazioni: 31/12/2026 · 22
"
    );
    let expected = before
        .replace("stato: in_corso ", "stato: concluso ")
        .replace("al: 2027-12-31", "al: 2027-06-30")
        .replace("  cofinanziamento_in_denaro: 4000.00\n", "")
        .replace(
            "quota: 20000.00 }  # la gestione\n",
            "quota: 15000.00 }  # la gestione\n  - { ente: fondazione-zeta, ruolo: partner, quota: 5000.00 }\n",
        )
        .replace("previsto: 20 }", "previsto: 25, rilevazioni: [{ al: 2026-12-31, valore: 22 }] }");
    assert_eq!(site.read(NIDO), expected);
}

/// The title is what makes a project known where no identifier is written: as it stands there, it is no change.
#[test]
fn a_title_in_other_letters_is_a_change_that_is_told() {
    let site = with(Site::small(), &[("Progetti", &[&["Id", "Titolo"], &["nido", "Un nido"]])]);
    let told = previewed(&site, &["foglio.xlsx"], 0);
    assert_eq!(told.stdout, "cambia    progetto `nido`: Un nido\n        Titolo: Un nido vicino al lavoro → Un nido\n");
    assert_eq!(told.stderr, "Si può scrivere: 1 scheda cambiata in 1 file. Con `--scrivi` lo scrivo\n");
}

/// What a cell says, and what is said of it.
#[test]
fn what_cannot_be_read_is_told_with_its_cell_and_what_was_expected() {
    let cases: [(&str, &[&str], &[&str], &str); 27] = [
        (
            "Alleanze",
            &["Nome", "Partner"],
            &["Alleanza del Monte", "ambito-gamma, coop-delta"],
            "`Alleanze!B2`: «ambito-gamma, coop-delta» non c'è",
        ),
        ("Progetti", &["Id", "Titolo"], &["doposcuola", "(togli)"], "`Progetti!B2`: manca «Titolo»"),
        (
            "Enti",
            &["Nome", "Categoria"],
            &["Comune di X", "comunne"],
            "`Enti!B2`: «comunne» non c'è: forse intendevi `comune`?",
        ),
        ("Enti", &["Nome", "Categoria"], &["Comune di X", ""], "`Enti!B2`: manca «Categoria»: Il tipo di ente."),
        (
            "Enti",
            &["Nome", "Comune"],
            &["Comune di X", "Alfa"],
            "`Enti`: manca la colonna «Categoria», che serve alle righe nuove: Il tipo di ente.",
        ),
        ("Enti", &["Nome", "Comune"], &["", "Alfa"], "`Enti!A2`: manca il nome, o l'identificativo"),
        (
            "Enti",
            &["Identificativo", "Nome"],
            &["Comune X", "Comune di X"],
            "`Enti!A2`: `Comune X` non è un identificativo",
        ),
        ("Enti", &["Nome", "Addetti"], &["Officine Eta", "tanti"], "`Enti!B2`: `tanti` non è un numero intero"),
        ("Enti", &["Nome", "Nome"], &["Officine Eta", "y"], "`Enti!B1`: la colonna «Nome» c'è due volte"),
        ("Enti", &["Nome", "Fatturato"], &["Officine Eta", "-5"], "`Enti!B2`: l'importo `-5` è negativo"),
        (
            "Enti",
            &["Nome", "Categoria", "Addetti"],
            &["Officine Eta", "impresa", "80%"],
            "`Enti!C2`: `80%` non è un numero intero: scrivilo come `80`",
        ),
        (
            "Enti",
            &["Nome", "Contatti: sito"],
            &["Officine Eta", "www.eta.it"],
            "`Enti!B2`: `www.eta.it` non è un indirizzo web",
        ),
        ("Atti", &["Tipo", "Numero", "Data"], &["Determina", "", "1/3/2026"], "`Atti!B2`: manca il numero dell'atto"),
        ("Atti", &["Numero", "Data"], &["7", "1/3/2026"], "`Atti`: manca la colonna «Tipo»"),
        (
            "Alleanze",
            &["Nome", "Capofila"],
            &["Nuova", "Comune di Alffa"],
            "`Alleanze!B2`: «Comune di Alffa» non c'è: forse intendevi `comune-alfa`?",
        ),
        ("Progetti", &["Titolo", "Alleanza"], &["Nuovo", ""], "`Progetti!B2`: manca «Alleanza»"),
        (
            "Progetti",
            &["Titolo", "Stato"],
            &["Doposcuola lungo", "sospesso"],
            "`Progetti!B2`: «sospesso» non va bene: forse intendevi `sospeso`?",
        ),
        (
            "Progetti",
            &["Titolo", "Durata: fine"],
            &["Doposcuola lungo", "31/4/2026"],
            "`Progetti!B2`: il giorno `31/4/2026` non esiste nel calendario",
        ),
        (
            "Progetti",
            &["Titolo", "Durata: fine"],
            &["Doposcuola lungo", "31/6/27"],
            "`Progetti!B2`: il giorno `31/6/27` non esiste nel calendario",
        ),
        (
            "Progetti",
            &["Titolo", "Alleanza", "Graduatoria: posizione"],
            &["Nuovo", "monte", "1"],
            "`Progetti`: manca la colonna «Graduatoria: punteggio»",
        ),
        (
            "Importi",
            &["Progetto", "Costo complessivo"],
            &["nido", "settantamila"],
            "`Importi!B2`: `settantamila` non è un importo",
        ),
        ("Importi", &["Progetto", "Costo complessivo"], &["asilo", "70.000"], "`Importi!A2`: «asilo» non c'è"),
        (
            "Importi",
            &["Costo complessivo", "Cofinanziamento"],
            &["70.000", "1"],
            "`Importi`: manca la colonna «Progetto»",
        ),
        (
            "Partenariati",
            &["Progetto", "Ente", "Quota"],
            &["nido", "", "70"],
            "`Partenariati!B2`: manca «Ente», che fa riconoscere la riga",
        ),
        (
            "Rilevazioni",
            &["Progetto", "Indicatore", "Al", "Valore"],
            &["nido", "Bambine", "1/1/2027", "3"],
            "`Rilevazioni!B2`: «Bambine» non è fra gli indicatori di `nido`: forse intendevi `Bambini`?",
        ),
        (
            "Pagamenti",
            &["Progetto", "Data", "Importo", "Atto"],
            &["nido", "1/4/2026", "10", "Determina 5/2026"],
            "`Pagamenti!D2`: l'atto «Determina 5/2026» non c'è: scrivilo una volta nel foglio Atti",
        ),
        (
            "Eventi",
            &["Progetto", "Cosa", "Data", "Atto"],
            &["nido", "avvio", "presto", ""],
            "`Eventi!C2`: `presto` non è una data",
        ),
    ];
    for (sheet, head, row, said) in cases {
        let site = with(Site::small(), &[(sheet, &[head, row])]);
        let output = previewed(&site, &["foglio.xlsx", "--scrivi"], 1);
        assert!(
            output.stderr.contains(&format!("errore: {said}"))
                || said.starts_with("manca") && output.stderr.contains(said),
            "{said}\n{}",
            output.stderr
        );
        assert!(output.stderr.contains("Non ho scritto niente: 1 errore"), "{}", output.stderr);
    }
}

#[test]
fn two_cells_that_say_different_things_are_both_named() {
    let site = with(
        Site::small(),
        &[(
            "Progetti",
            &[
                &["Titolo", "Tema"],
                &["Doposcuola lungo", "Scuola"],
                &["doposcuola", "Casa"],
                &["Doposcuola lungo", "Scuola"],
            ],
        )],
    );
    let output = previewed(&site, &["foglio.xlsx"], 1);
    assert!(
        output.stderr.contains("errore: `Progetti!B3`: di `doposcuola` qui si dice Casa, ma `Progetti!B2` dice Scuola"),
        "{}",
        output.stderr
    );
    assert!(output.stderr.contains("Non ho scritto niente: 1 errore."), "{}", output.stderr);
}

/// Two payments of a day may be alike but for the amount; the same row twice is once.
#[test]
fn what_repeats_itself_is_told_apart() {
    let rows: &[&[&str]] = &[
        &["Progetto", "Data", "Importo", "Tipo"],
        &["nido", "1/4/2026", "10.000", "anticipo"],
        &["nido", "1/4/2026", "5.000", "anticipo"],
        &["nido", "1/4/2026", "5.000", "anticipo"],
        &["", "", "", ""],
        &["Totale", "", "15.000", ""],
    ];
    let site = with(Site::small(), &[("Pagamenti", rows)]);
    let output = import(&site, &["foglio.xlsx", "--scrivi"]).exits(0);
    assert!(output.stderr.starts_with("nota: `Pagamenti`: sembrano totali, e non le leggo, le righe: 6\nnota: `Pagamenti`: la riga 4 è uguale alla riga 3, e conta una volta\n"), "{}", output.stderr);
    assert!(site.read(NIDO).contains("pagamenti:\n  - data: 2026-04-01\n    importo: 10000.00\n    tipo: anticipo\n  - data: 2026-04-01\n    importo: 5000.00\n    tipo: anticipo\n"));
    assert_eq!(previewed(&site, &["foglio.xlsx", "--scrivi"], 0).stdout, "");
    // An amount that was wrong is corrected, and no third payment is made.
    let site = with(site, &[("Pagamenti", &[&["Progetto", "Data", "Importo"], &["nido", "1/4/2026", "12.000"]])]);
    assert!(import(&site, &["foglio.xlsx"]).exits(0).stdout.contains("Pagamenti: Importo: 10.000,00 → 12.000,00"));
}

#[test]
fn a_table_in_csv_is_read_by_its_name_or_by_what_is_said_of_it() {
    let text = "Progetto;Costo complessivo\nnido;€ 51.000,00\n";
    let site = Site::small()
        .write("Importi.csv", text)
        .write("foglio1.csv", text)
        .write("estratto.csv", "Nome;Categoria;Sigla\nComune di Alfa;comune;CA\n");
    let told =
        "cambia    progetto `nido`: Un nido vicino al lavoro\n        Costo complessivo: 50.000,00 → 51.000,00\n";
    assert_eq!(previewed(&site, &["Importi.csv"], 0).stdout, told);
    assert_eq!(previewed(&site, &["foglio1.csv", "--foglio", "importi"], 0).stdout, told);
    let guessed = previewed(&site, &["foglio1.csv"], 0);
    assert!(
        guessed.stdout == told && guessed.stderr.starts_with("nota: `foglio1`: lo leggo come Importi\n"),
        "{}",
        guessed.stderr
    );
    assert!(previewed(&site, &["estratto.csv"], 0).stdout.contains("Sigla: CA"));
    // Two words that we know are not yet a sheet of ours, and a name that is near is not enough.
    let site = with(
        site,
        &[
            ("Attori", &[&["Tipo", "Ruolo"], &["x", "y"]]),
            ("Riepilogo", &[&["Progetto", "Importo"], &["nido", "5"]]),
            ("Progeti", &[&["Titolo", "Tema"], &["Doposcuola lungo", "Scuola"]]),
        ],
    );
    let told = previewed(&site, &["foglio.xlsx"], 0);
    assert_eq!(
        told.stderr,
        "nota: `Attori`: non è uno dei fogli che leggo\nnota: `Riepilogo`: non è uno dei fogli che leggo\nnota: `Progeti`: lo leggo come Progetti\nSi può scrivere: 1 scheda cambiata in 1 file. Con `--scrivi` lo scrivo\n"
    );
    previewed(&site, &["foglio1.csv", "--foglio", "Spese"], 2)
        .says("il foglio `Spese` non c'è: si può scegliere fra `Enti`");
}

#[test]
fn an_import_is_taken_back_unless_somebody_went_on_writing() {
    let site = with(
        Site::small(),
        &[(
            "Progetti",
            &[&["Titolo", "Tema", "Alleanza"], &["Doposcuola lungo", "Scuola", ""], &["Nuovo", "", "monte"]],
        )],
    );
    let before = contents(&site);
    import(&site, &["foglio.xlsx", "--scrivi"]).exits(0);
    let back = site.concilia(["importa", "--annulla"]).output().exits(0);
    assert_eq!(
        back.stdout,
        "Annullata l'ultima importazione: 2 file sono tornati com'erano.\n  content/piani/2025-2027/progetti/doposcuola.yaml\n  content/piani/2025-2027/progetti/nuovo.yaml\n"
    );
    assert!(contents(&site) == before);
    site.concilia(["importa", "--annulla"]).output().exits(2).says("non c'è nessuna importazione da annullare");
    // The one before the last can be taken back too, after the last.
    import(&site, &["foglio.xlsx", "--scrivi"]).exits(0);
    let once = contents(&site);
    let site = with(site, &[("Progetti", &[&["Titolo", "Tema"], &["Nuovo", "Casa"]])]);
    import(&site, &["foglio.xlsx", "--scrivi"]).exits(0);
    site.concilia(["importa", "--annulla"]).output().exits(0);
    assert!(contents(&site) == once);
    let site = site.append("content/piani/2025-2027/progetti/nuovo.yaml", "# da completare\n");
    let kept = tree(site.root());
    site.concilia(["importa", "--annulla"])
        .output()
        .exits(2)
        .says("`content/piani/2025-2027/progetti/nuovo.yaml` è cambiato dopo l'importazione: non tocco niente");
    assert!(tree(site.root()) == kept);
}

#[test]
fn wrong_uses_are_answered() {
    let site = with(Site::small(), &[("Progetti", &[&["Titolo", "Tema"], &["Doposcuola lungo", "x"]])]);
    let site = site
        .write("vecchio.xls", [0xd0, 0xcf, 0x11, 0xe0, 0, 0])
        .write("nota.txt", "Buongiorno")
        .write("foto.png", [0x89, b'P', b'N', b'G', 0, 0])
        .write("rotto.xlsx", "PK rotto")
        .write("vuoto.csv", " \r\n")
        .write("piano.pdf", "%PDF-1.7\n")
        .write("solo-nomi.xlsx", book(&[("Foglio1", &[])]));
    let cases: [(&[&str], i32, &str); 18] = [
        (&["importa"], 2, "manca il foglio di calcolo, come `concilia importa piano.xlsx`"),
        (&["importa", "manca.xlsx"], 2, "non riesco a leggere `manca.xlsx`: non esiste"),
        (&["importa", "content"], 2, "non riesco a leggere `content`: è una cartella"),
        (&["importa", "vecchio.xls"], 2, "salvalo come .xlsx, senza password"),
        (&["importa", "foto.png"], 2, "`foto.png` non è un foglio di calcolo: si leggono .xlsx, .ods e .csv"),
        (&["importa", "rotto.xlsx"], 2, "`rotto.xlsx` non si apre: il file è incompleto o rovinato"),
        (
            &["importa", "nota.txt"],
            1,
            "nessun foglio si riconosce in `nota`: di' che cos'è con `--foglio NOME`. NOME è uno fra `Enti`, ",
        ),
        (&["importa", "vuoto.csv"], 2, "`vuoto.csv` è vuoto: non c'è niente da importare"),
        (&["importa", "solo-nomi.xlsx"], 1, "il foglio di calcolo è vuoto: non c'è nessuna riga"),
        (&["importa", "piano.pdf"], 2, "`piano.pdf` è un PDF, e non un foglio di calcolo"),
        (&["importa", "content/sito.yaml"], 2, "`content/sito.yaml` è una scheda, e una scheda non si importa"),
        (&["importa", "foglio.xlsx", "--annulla"], 2, "`--annulla` va da solo"),
        (&["importa", "foglio.xlsx", "--periodo", "2030-2032"], 2, "il Piano `2030-2032` non c'è: ci sono `2025-2027`"),
        (&["importa", "foglio.xlsx", "--content", "niente"], 2, "la cartella dei contenuti `niente` non c'è"),
        (&["esporta", "2030-2032"], 2, "il Piano `2030-2032` non c'è"),
        (&["esporta", "--out", "piano.ods"], 2, "`piano.ods` deve finire con `.xlsx`"),
        (&["modello"], 2, "manca il nome del file da scrivere"),
        (&["modello", "foglio.xlsx"], 2, "`foglio.xlsx` c'è già, e non lo sovrascrivo"),
    ];
    for (args, code, said) in cases {
        let before = tree(site.root());
        site.concilia(args).output().exits(code).says(said);
        assert!(tree(site.root()) == before, "{args:?}");
    }
    let two = Site::example();
    exported(&two, "2017-2018");
    import(&two, &["piano-2017-2018.xlsx", "--periodo", "2025-2027"])
        .exits(2)
        .says("il foglio di calcolo è del Piano `2017-2018`, non di `2025-2027`");
    // A sheet that names no plan is of the one that the site shows first, and whoever meant another is told.
    let loose = two.write("importi.csv", "Progetto;Contributo richiesto\nsportello;41.000,00\n");
    import(&loose, &["importi.csv", "--foglio", "Importi"])
        .exits(1)
        .says("letto come del Piano `2025-2027`; se è di un altro");
    import(&loose, &["importi.csv", "--foglio", "Importi", "--periodo", "2017-2018"]).exits(0);
    let broken = site.replace(NIDO, "scheda: ", "schedina: ");
    previewed(&broken, &["foglio.xlsx"], 1)
        .says("errore: `content/piani/2025-2027/progetti/nido.yaml` ha errori: correggilo prima")
        .says("Non ho scritto niente: 1 errore. Correggi la scheda e riprova");
    broken.concilia(["esporta"]).output().exits(2).says("nido.yaml` ha errori: correggilo prima");
}

/// A file with one act alone is no list, and nothing is made of it.
#[test]
fn what_cannot_take_one_more_is_told() {
    let atti = "content/piani/2025-2027/atti.yaml";
    let site = Site::small();
    let one = site.read(atti).trim_start_matches("- ").to_owned();
    let site =
        with(site.write(atti, one), &[("Atti", &[&["Tipo", "Numero", "Data"], &["Determina", "99", "29/4/2026"]])]);
    previewed(&site, &["foglio.xlsx", "--scrivi"], 1)
        .says("errore: `content/piani/2025-2027/atti.yaml`: c'è già, con una scheda sola")
        .says("Correggi la scheda e riprova");
    // Anchors would change in another place too.
    let site = Site::small().replace(NIDO, "avviso: avviso-2025", "avviso: &a avviso-2025");
    let site = with(site, &[("Progetti", &[&["Titolo", "Tema"], &["Doposcuola lungo", "Scuola"]])]);
    previewed(&site, &["foglio.xlsx", "--scrivi"], 1).says("nido.yaml` usa rimandi o etichette di YAML");
}

/// Headers, formats and lists of the empty workbook, which is written with a site and without one.
#[test]
fn the_empty_workbook_has_every_sheet_with_its_lists() {
    let bare = Site::empty();
    bare.concilia(["modello", "vuoto.xlsx"]).output().exits(0);
    let site = Site::small();
    site.concilia(["modello", "vuoto.xlsx"]).output().exits(0);
    assert_eq!(previewed(&site, &["vuoto.xlsx"], 0).stderr, NIENTE);
    let bytes = fs::read(site.path("vuoto.xlsx")).expect("a workbook");
    let tables = leggi(&bytes, "").expect("a workbook");
    let names: Vec<&str> = tables.iter().map(|table| table.nome.as_str()).collect();
    assert_eq!(names[..2], ["Legenda", "Elenchi"]);
    assert_eq!(names[2..], FOGLI.iter().map(|foglio| foglio.titolo).collect::<Vec<_>>());
    let head = &rows(&tables, "Importi")[0];
    assert_eq!(
        head.values().map(String::as_str).collect::<Vec<_>>(),
        [
            "Progetto *",
            "Costo complessivo",
            "Costo ammissibile",
            "Cofinanziamento",
            "Cofinanziamento in denaro",
            "Contributo richiesto",
            "Contributo riconosciuto"
        ]
    );
    let legend = rows(&tables, "Legenda");
    assert!(legend.iter().any(|row| row.get(&1).is_some_and(|text| text == "Contributo richiesto")
        && row[&3] == "un importo"
        && row[&4] == "40.000,00"));
    // What one may choose stands in the cell, in the sheet of lists, or in another sheet of the workbook.
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).expect("an archive");
    let mut xml = String::new();
    for sheet in 1..=names.len() {
        archive
            .by_name(&format!("xl/worksheets/sheet{sheet}.xml"))
            .expect("a sheet")
            .read_to_string(&mut xml)
            .expect("XML");
    }
    for list in [
        "\"sì,no\"",
        "\"capofila,partner,partner associato,soggetto attuatore,sostenitore\"",
        "Alleanze!$A$2:$A$500",
        "Elenchi!$",
    ] {
        assert!(
            xml.contains(&format!("<formula1>{}</formula1>", list.replace('"', "&quot;"))) || xml.contains(list),
            "{list}"
        );
    }
    let lists = rows(&tables, "Elenchi");
    assert!(lists.iter().any(|row| row.values().any(|text| text == "cooperativa-sociale")));
}

#[test]
fn each_lead_body_is_asked_only_for_what_is_missing() {
    let site = Site::small();
    let told = site.concilia(["chiedi-dati", "2025-2027"]).output().exits(0);
    assert_eq!(
        told.stdout,
        "\
Ho scritto 2 fogli di calcolo, con evidenziato ciò che manca:
  dati-mancanti-2025-2027/comune-alfa.xlsx: 17 dati
  dati-mancanti-2025-2027/comune-beta.xlsx: 6 dati
Quando tornano, `concilia importa FILE` li unisce alle schede.
"
    );
    let before = tree(site.root());
    site.concilia(["chiedi-dati", "2025-2027"]).output().exits(2).says("c'è già, e non lo sovrascrivo");
    assert!(tree(site.root()) == before);
    let asked = "dati-mancanti-2025-2027/comune-alfa.xlsx";
    let tables = leggi(&fs::read(site.path(asked)).expect("a workbook"), "").expect("a workbook");
    // Who leads has a fiscal code: it is not asked for again, and stands there for the others.
    let bodies = rows(&tables, "Enti");
    assert!(bodies.iter().any(|row| row.get(&0).is_some_and(|id| id == "coop-delta")));
    assert!(bodies.iter().any(|row| row.values().any(|text| text == "Provincia")));
    let counted = rows(&tables, "Rilevazioni");
    assert_eq!(counted.len(), 2, "a head and the indicator that nobody counted");
    assert_eq!(previewed(&site, &[asked], 0).stderr, NIENTE);
    // Whoever answers fills in the cells that are marked and sends the workbook back.
    let answered = filled(
        &fs::read(site.path(asked)).expect("a workbook"),
        &[("Enti", "D", "BG"), ("Rilevazioni", "C", "31/3/2026"), ("Rilevazioni", "D", "18")],
    );
    let site = site.write("risposta.xlsx", answered).remove("dati-mancanti-2025-2027");
    let merged = import(&site, &["risposta.xlsx", "--scrivi"]).exits(0);
    assert_eq!(
        merged.stdout,
        "\
cambia    ente `ambito-gamma`: Ambito di Gamma
        Provincia: BG
cambia    progetto `nido`: Un nido vicino al lavoro
        + Rilevazioni: 31/03/2026 · 18
"
    );
    assert!(site.read(NIDO).contains("rilevazioni: [{ al: 2026-03-31, valore: 18 }]"));
    let told = site.concilia(["chiedi-dati"]).output().exits(0);
    assert!(told.stdout.contains("comune-alfa.xlsx: 14 dati"), "{}", told.stdout);
}

/// A mistake of the afternoon: sheet, row and column, what was typed, what the message leads to, and its words.
type Mistake = (&'static str, usize, usize, &'static str, &'static str, &'static str);

const MISTAKES: [Mistake; 12] = [
    ("Enti", 1, 1, "comunne", "comune", "`Enti!B2`: «comunne» non c'è: forse intendevi `comune`?"),
    ("Enti", 3, 0, "", "Fondazione Gamma", "`Enti!A4`: manca il nome, o l'identificativo"),
    (
        "Alleanze",
        1,
        0,
        "Alleanza Della Valle",
        "alleanza-della-valle",
        "`Alleanze!A2`: `Alleanza Della Valle` non è un identificativo",
    ),
    (
        "Alleanze",
        1,
        2,
        "Comune di Alffa",
        "comune-di-alfa",
        "`Alleanze!C2`: «Comune di Alffa» non c'è: forse intendevi `comune-di-alfa`?",
    ),
    (
        "Progetti",
        1,
        2,
        "presentatto",
        "presentato",
        "`Progetti!C2`: «presentatto» non va bene: forse intendevi `presentato`?",
    ),
    ("Progetti", 1, 3, "31/4/2026", "30/4/2026", "`Progetti!D2`: il giorno `31/4/2026` non esiste nel calendario"),
    ("Progetti", 1, 4, "29/4", "29/4/28", "`Progetti!E2`: `29/4` non è una data: scrivila con giorno, mese e anno"),
    (
        "Importi",
        1,
        1,
        "settantamila",
        "70.000,00",
        "`Importi!B2`: `settantamila` non è un importo: scrivilo in cifre, per esempio `56.000,00`",
    ),
    ("Importi", 1, 3, "40.000,005", "40.000,00", "`Importi!D2`: `40.000,005` non è un importo"),
    (
        "Partenariati",
        1,
        2,
        "capofilla",
        "capofila",
        "`Partenariati!C2`: «capofilla» non va bene: forse intendevi `capofila`?",
    ),
    ("Partenariati", 2, 1, "", "Cooperativa Beta", "`Partenariati!B3`: manca «Ente», che fa riconoscere la riga"),
    (
        "Servizi",
        1,
        0,
        "Nido apperto",
        "nido-aperto",
        "`Servizi!A2`: «Nido apperto» non c'è: forse intendevi `nido-aperto`?",
    ),
];

/// Whoever knows spreadsheets and reads what is said comes from nothing to a package that proves itself.
#[test]
fn an_afternoon_from_nothing_to_a_package() {
    let mut sheets: Vec<(&str, Vec<Vec<&str>>)> = vec![
        (
            "Enti",
            vec![
                vec!["Nome", "Categoria", "Comune"],
                vec!["Comune di Alfa", "comune", "Alfa"],
                vec!["Cooperativa Beta", "Cooperativa sociale", "Alfa"],
                vec!["Fondazione Gamma", "fondazione", "Alfa"],
            ],
        ),
        (
            "Alleanze",
            vec![
                vec!["Identificativo", "Nome", "Capofila", "Partner"],
                vec![
                    "alleanza-della-valle",
                    "Alleanza della Valle",
                    "comune-di-alfa",
                    "Cooperativa Beta; Fondazione Gamma",
                ],
            ],
        ),
        (
            "Progetti",
            vec![
                vec!["Titolo", "Alleanza", "Stato", "Durata: inizio", "Durata: fine"],
                vec!["Nido aperto", "Alleanza della Valle", "presentato", "30/4/2026", "29/4/2028"],
            ],
        ),
        (
            "Importi",
            vec![
                vec!["Progetto", "Costo complesivo", "Cofinanziamento", "Contributo richiesto"],
                vec!["Nido aperto", "70.000,00", "30.000", "40.000,00"],
            ],
        ),
        (
            "Partenariati",
            vec![
                vec!["Progetto", "Ente", "Ruolo", "Quota di costo"],
                vec!["Nido aperto", "Comune di Alfa", "capofila", "€ 40.000,00"],
                vec!["Nido aperto", "Cooperativa Beta", "partner", "20.000"],
                vec!["Nido aperto", "Fondazione Gamma", "partner", "10.000"],
            ],
        ),
        ("Servizi", vec![vec!["Progetto", "Nome", "Categoria"], vec!["nido-aperto", "Nido", "figli-piccoli"]]),
    ];
    let written = |site: Site, sheets: &[(&str, Vec<Vec<&str>>)]| {
        let rows: Vec<Vec<&[&str]>> = sheets.iter().map(|(_, rows)| rows.iter().map(Vec::as_slice).collect()).collect();
        let sheets: Vec<(&str, &[&[&str]])> =
            sheets.iter().zip(&rows).map(|((name, _), rows)| (*name, rows.as_slice())).collect();
        with(site, &sheets)
    };
    let cell =
        |sheets: &mut Vec<(&str, Vec<Vec<&'static str>>)>, (sheet, row, column, ..): &Mistake, text: &'static str| {
            let found = sheets.iter_mut().find(|(name, _)| name == sheet).expect(sheet);
            found.1[*row][*column] = text;
        };
    for mistake in &MISTAKES {
        cell(&mut sheets, mistake, mistake.3);
    }
    let site = Site::empty();
    site.concilia(["inizia", "--ats", "325"]).output().exits(0);
    let mut site = written(site, &sheets);
    // Each turn corrects what is told, and nothing else; what hid behind a mistake is told in the next one.
    let mut told = BTreeMap::new();
    for turn in 0..4 {
        let output = import(&site, &["foglio.xlsx"]);
        for (i, mistake) in MISTAKES.iter().enumerate() {
            if output.stderr.contains(&format!("errore: {}", mistake.5)) {
                told.insert(i, turn);
                cell(&mut sheets, mistake, mistake.4);
            }
        }
        if output.code == Some(0) {
            break;
        }
        assert_eq!(output.code, Some(1), "{}", output.stderr);
        site = written(site, &sheets);
    }
    assert_eq!(told.len(), MISTAKES.len(), "{told:?}");
    assert!(told.values().filter(|turn| **turn == 0).count() >= 10, "{told:?}");
    let output = import(&site, &["foglio.xlsx", "--scrivi"]).exits(0);
    assert!(output.stderr.contains("nota: `Importi`: leggo «Costo complesivo» come «Costo complessivo»\n"));
    assert!(output.stderr.contains("Scritto: 5 schede nuove in 3 file."), "{}", output.stderr);
    site.concilia(["build"]).output().exits(0);
    assert!(site.path("public/2025-2027/progetti/nido-aperto/index.html").exists());
    site.concilia(["consegna", "2025-2027"]).output().exits(0);
    let package =
        tree(site.root()).into_keys().find(|file| !file.contains('/') && file.ends_with(".zip")).expect("a package");
    site.concilia(["verifica", &package]).output().exits(0);
}

/// What a plan of all Lombardy would have; how long it takes is measured elsewhere.
#[test]
fn a_thousand_projects_are_written_at_once() {
    let names: Vec<String> = (0..1_000).map(|n| format!("Progetto numero {n}")).collect();
    let mut projects: Vec<Vec<&str>> = vec![vec!["Titolo", "Alleanza", "Stato", "Durata: inizio", "Durata: fine"]];
    projects.extend(names.iter().map(|name| vec![name.as_str(), "monte", "presentato", "1/3/2026", "29/2/2028"]));
    let mut amounts: Vec<Vec<&str>> =
        vec![vec!["Progetto", "Costo complessivo", "Cofinanziamento", "Contributo richiesto"]];
    amounts.extend(names.iter().map(|name| vec![name.as_str(), "70.000,00", "30.000", "40.000"]));
    let [projects, amounts] = [&projects, &amounts].map(|rows| rows.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let site = with(Site::small(), &[("Progetti", &projects), ("Importi", &amounts)]);
    let output = import(&site, &["foglio.xlsx", "--scrivi"]).exits(0);
    assert!(output.stderr.starts_with("Scritto: 1000 schede nuove in 1000 file."), "{}", output.stderr);
    assert_eq!(output.stdout.lines().count(), 1_000);
    assert_eq!(
        site.read("content/piani/2025-2027/progetti/progetto-numero-999.yaml"),
        "\
titolo: Progetto numero 999
alleanza: monte
stato: presentato
durata:
  dal: 2026-03-01
  al: 2028-02-29
finanziamento:
  costo_complessivo: 70000.00
  cofinanziamento: 30000.00
  contributo_richiesto: 40000.00
"
    );
    site.concilia(["importa", "--annulla"]).output().exits(0);
    assert_eq!(fs::read_dir(site.path("content/piani/2025-2027/progetti")).expect("a folder").count(), 3);
}

/// Offices call columns in other words; where one column alone is meant, it is read, and told.
#[test]
fn a_header_in_other_words_is_read_where_one_column_is_meant() {
    let site = with(
        Site::small(),
        &[
            (
                "Enti",
                &[
                    &["Denominazione ente", "Tipologia", "C.F.", "Categoria"],
                    &["Coop Nuova", "x", "", "cooperativa sociale"],
                ],
            ),
            ("Importi", &[&["Titolo del progetto", "Costo totale (€)"], &["nido", "51.000,00"]]),
        ],
    );
    let told = previewed(&site, &["foglio.xlsx"], 0);
    assert!(told.stderr.contains("«Denominazione ente» come «Nome»"), "{}", told.stderr);
    assert!(told.stderr.contains("«C.F.» come «Codice fiscale»"), "{}", told.stderr);
    assert!(told.stderr.contains("non conosco la colonna «Tipologia»"), "{}", told.stderr);
    assert!(
        told.stderr.contains("«Titolo del progetto» come «Progetto», «Costo totale (€)» come «Costo complessivo»"),
        "{}",
        told.stderr
    );
}

/// A column that is missing is missing once, whatever the number of rows, and errors follow the rows.
#[test]
fn a_column_that_is_not_there_is_told_once_and_errors_go_by_row() {
    let site = with(
        Site::small(),
        &[
            (
                "Enti",
                &[
                    &["Nome", "Categ. giuridica", "Addetti"],
                    &["Coop Uno", "x", "tanti"],
                    &["Coop Due", "x", "3"],
                    &["Coop Tre", "x", "pochi"],
                ],
            ),
            ("Partenariati", &[&["Progetto", "Quota"], &["nido", "5"], &["nido", "6"]]),
        ],
    );
    let told = previewed(&site, &["foglio.xlsx"], 1).stderr;
    let errors: Vec<&str> = told.lines().filter(|line| line.starts_with("errore: ")).collect();
    let [category, first, last, body] = errors[..] else { panic!("{told}") };
    assert!(
        category.starts_with("errore: `Enti`: manca la colonna «Categoria», che serve alle righe nuove: ")
            && category.ends_with(". Forse è «Categ. giuridica»?"),
        "{told}"
    );
    assert!(first.starts_with("errore: `Enti!C2`:") && last.starts_with("errore: `Enti!C4`:"), "{told}");
    assert_eq!(body, "errore: `Partenariati`: manca la colonna «Ente», che fa riconoscere le righe");
    assert!(told.contains("4 errori, il primo in `Enti`"), "{told}");
}

/// The words that offices have for some columns, and the amounts in a list of projects.
#[test]
fn ordinary_headers_and_habits_are_read() {
    let payments: &[&[&str]] = &[
        &["Progetto", "Data mandato", "Importo", "Tipologia"],
        &["nido", "16/06/26", "500,-", "anticipo"],
        &["nido", "lunedì 6 luglio 2026", "EUR 12.000,=", "saldo"],
        &["Subtotale", "", "12.500", ""],
        &["TOTALE MANDATI: 2", "", "12.500 euro", ""],
    ];
    let projects: &[&[&str]] = &[
        &["Titolo", "Alleanza", "Atti: CUP", "Costo totale", "Contributo richiesto"],
        &["Nuovo", "monte", "B61J 2200 0140 006", "70.000", "40.000"],
    ];
    let site = with(
        Site::small(),
        &[
            ("Enti", &[&["Ragione sociale", "Tipologia", "Cod. Fiscale"], &["Coop Nuova", "cooperativa sociale", ""]]),
            ("Progetti", projects),
            ("Pagamenti", payments),
        ],
    );
    let told = import(&site, &["foglio.xlsx", "--scrivi"]).exits(0);
    for said in [
        "`Enti`: leggo «Ragione sociale» come «Nome», «Tipologia» come «Categoria», «Cod. Fiscale» come «Codice fiscale»",
        "`Progetti`: «Costo totale», «Contributo richiesto» si leggono con `--foglio Importi`",
        "`Pagamenti`: leggo «Data mandato» come «Data», «Tipologia» come «Tipo»",
        "`Pagamenti`: sembrano totali, e non le leggo, le righe: 4, 5",
        "di cui il foglio non dice lo stato, scrivo `stato: presentato`: `nuovo`",
    ] {
        assert!(told.stderr.contains(said), "{said}\n{}", told.stderr);
    }
    assert!(told.stdout.contains("16/06/2026 · 500,00 · anticipo"), "{}", told.stdout);
    assert!(told.stdout.contains("06/07/2026 · 12.000,00 · saldo"), "{}", told.stdout);
    let nuovo = site.read("content/piani/2025-2027/progetti/nuovo.yaml");
    assert!(nuovo.contains("stato: presentato\n") && nuovo.contains("cup: B61J22000140006\n"), "{nuovo}");
}

/// What makes a row known was corrected: the row is a new one, and the old one is told.
#[test]
fn a_row_that_was_corrected_leaves_the_old_one_and_it_is_told() {
    let site = Site::small();
    let site = with(
        site,
        &[(
            "Pagamenti",
            &[&["Progetto", "Data", "Importo"], &["nido", "15/4/2026", "4.000"], &["nido", "1/5/2026", "7"]],
        )],
    );
    let first = import(&site, &["foglio.xlsx", "--scrivi"]).exits(0);
    assert!(!first.stderr.contains("restano") && !first.stderr.contains("resta"), "{}", first.stderr);
    let site = with(
        site,
        &[(
            "Pagamenti",
            &[&["Progetto", "Data", "Importo"], &["nido", "16/4/2026", "4.000"], &["nido", "1/5/2026", "7"]],
        )],
    );
    let told = previewed(&site, &["foglio.xlsx"], 0);
    assert!(told.stdout.contains("+ Pagamenti: 16/04/2026 · 4.000,00"), "{}", told.stdout);
    assert!(
        told.stderr.contains(
            "nota: in `Pagamenti` di `nido` c'è una riga che nel foglio non c'è, e resta: «15/04/2026 · 4.000,00»; se è stata corretta, toglila dalla scheda\n"
        ),
        "{}",
        told.stderr
    );
    // Rows that say something of what is there, and add nothing, are no whole list.
    let some = with(site, &[("Pagamenti", &[&["Progetto", "Data", "Tipo"], &["nido", "1/5/2026", "saldo"]])]);
    assert!(!previewed(&some, &["foglio.xlsx"], 0).stderr.contains("resta"));
}

/// What nobody can tell whose it is keeps nothing else from being told.
#[test]
fn every_wrong_cell_of_a_row_is_told_at_once() {
    let site = with(
        Site::small(),
        &[
            (
                "Partenariati",
                &[
                    &["Progetto", "Ente", "Ruolo", "Quota"],
                    &["nido", "Cooperativa Mai Vista", "capo", "molti euro"],
                    &["mai visto", "coop-delta", "partner", "tanti"],
                ],
            ),
            ("Pagamenti", &[&["Progetto", "Data", "Importo", "Tipo"], &["nido", "presto", "molto", "subito"]]),
        ],
    );
    let told = previewed(&site, &["foglio.xlsx"], 1).stderr;
    for cell in [
        "Partenariati!B2",
        "Partenariati!C2",
        "Partenariati!D2",
        "Partenariati!A3",
        "Partenariati!D3",
        "Pagamenti!B2",
        "Pagamenti!C2",
        "Pagamenti!D2",
    ] {
        assert_eq!(told.matches(&format!("errore: `{cell}`:")).count(), 1, "{cell}\n{told}");
    }
}

#[test]
fn an_old_export_says_which_records_have_changed_since() {
    let site = Site::small();
    exported(&site, "2025-2027");
    let site = site.replace(NIDO, "titolo: Un nido vicino al lavoro", "titolo: Un nido per tutti");
    let told = previewed(&site, &["piano-2025-2027.xlsx"], 0);
    assert!(
        told.stderr.contains("sono cambiate dopo l'esportazione del foglio") && told.stderr.contains("`nido`"),
        "{}",
        told.stderr
    );
    assert!(!told.stderr.contains("`doposcuola`"), "{}", told.stderr);
    let site = site.replace(NIDO, "titolo: Un nido per tutti", "titolo: Un nido vicino al lavoro");
    assert_eq!(previewed(&site, &["piano-2025-2027.xlsx"], 0).stderr, NIENTE);
}
