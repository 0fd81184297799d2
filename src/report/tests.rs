//! Whole outputs, compared.

use super::*;
use crate::path;

const WIN: &str = "\
titolo: W.IN.
finanziamento:
  contributo_richiesto: 40000.00
  contributo_riconosciuto: 42000.00
azioni:
  - titolo: Città e società
    costo: 3
";

fn files() -> Texts {
    let comuni = "- id: albino\n  nome: Albino\n- id: nembro\n";
    [("progetti/win.yaml", WIN), ("partner/comuni.yaml", comuni)].map(|(file, text)| whole(file, text)).into()
}

fn whole(file: &str, text: &str) -> (String, (String, Range<usize>)) {
    (file.to_owned(), (text.to_owned(), 0..text.len()))
}

fn too_much() -> Diagnostic {
    Diagnostic::error("Q-02", "il contributo riconosciuto supera quello richiesto")
        .at(Place::value("progetti/win.yaml", path!["finanziamento", "contributo_riconosciuto"]))
        .label("€ 42.000,00, ma richiesti € 40.000,00")
        .norm("DGR n. X/5969 del 12 dicembre 2016, punto 5")
        .help("correggi `contributo_riconosciuto` o `contributo_richiesto`")
}

fn shown(diagnostics: impl IntoIterator<Item = Diagnostic>, format: Format) -> String {
    let mut report = Report::default();
    report.extend(diagnostics);
    render(&report, &files(), format, false)
}

#[test]
fn a_finding_shows_line_carets_norm_and_remedy() {
    let expected = "\
errore[Q-02]: il contributo riconosciuto supera quello richiesto
 --> progetti/win.yaml:4:28
  |
4 |   contributo_riconosciuto: 42000.00
  |                            ^^^^^^^^ € 42.000,00, ma richiesti € 40.000,00
  |
  = norma: DGR n. X/5969 del 12 dicembre 2016, punto 5
  = aiuto: correggi `contributo_riconosciuto` o `contributo_richiesto`

";
    assert_eq!(shown([too_much()], Format::Human), expected);
}

#[test]
fn a_finding_fits_one_line() {
    let expected = "progetti/win.yaml:4:28: errore[Q-02]: il contributo riconosciuto supera quello richiesto \
        (aiuto: correggi `contributo_riconosciuto` o `contributo_richiesto`)\n";
    assert_eq!(shown([too_much()], Format::Line), expected);
}

#[test]
fn related_places_are_shown_with_their_labels() {
    let finding = Diagnostic::warning("R-01", "il comune è scritto in due modi")
        .at(Place::value("partner/comuni.yaml", path![1, "id"]))
        .label("qui così")
        .related(Place::key("progetti/win.yaml", path!["azioni", 0, "costo"]), "qui altrimenti")
        .related(Place::file("media/logo.png"), "e nel logo");
    let expected = "\
avviso[R-01]: il comune è scritto in due modi
 --> partner/comuni.yaml:3:7
  |
3 | - id: nembro
  |       ^^^^^^ qui così
  |
 ::: progetti/win.yaml:7:5
  |
7 |     costo: 3
  |     ----- qui altrimenti
 ::: media/logo.png
  = nota: e nel logo

";
    assert_eq!(shown([finding], Format::Human), expected);
}

#[test]
fn files_that_are_not_text_and_findings_without_a_file_show_no_excerpt() {
    let findings = [
        Diagnostic::warning("M-01", "il logo è troppo piccolo").at(Place::file("media/logo.png")),
        Diagnostic::note("B-01", "nessuna pagina è cambiata").help("non serve pubblicare"),
    ];
    let expected = "\
nota[B-01]: nessuna pagina è cambiata
 |
 = aiuto: non serve pubblicare

avviso[M-01]: il logo è troppo piccolo
--> media/logo.png

";
    assert_eq!(shown(findings.clone(), Format::Human), expected);
    let expected = "\
nota[B-01]: nessuna pagina è cambiata (aiuto: non serve pubblicare)
media/logo.png: avviso[M-01]: il logo è troppo piccolo
";
    assert_eq!(shown(findings, Format::Line), expected);
}

#[test]
fn findings_are_sorted_by_place_and_equal_ones_are_merged() {
    let at = |code: &'static str, file: &str, steps| Diagnostic::error(code, "x").at(Place::value(file, steps));
    let findings = [
        at("Q-09", "progetti/win.yaml", path!["azioni", 0, "costo"]),
        at("Q-01", "progetti/win.yaml", path!["azioni", 0, "titolo"]),
        at("Q-03", "progetti/win.yaml", path!["titolo"]),
        at("Q-02", "progetti/win.yaml", path!["titolo"]),
        at("Q-04", "partner/comuni.yaml", path![1, "id"]),
        at("Q-02", "progetti/win.yaml", path!["titolo"]),
        Diagnostic::error("Q-05", "x").at(Place::file("progetti/win.yaml")),
    ];
    let expected = "\
partner/comuni.yaml:3:7: errore[Q-04]: x
progetti/win.yaml: errore[Q-05]: x
progetti/win.yaml:1:9: errore[Q-02]: x
progetti/win.yaml:1:9: errore[Q-03]: x
progetti/win.yaml:6:13: errore[Q-01]: x
progetti/win.yaml:7:12: errore[Q-09]: x
";
    assert_eq!(shown(findings, Format::Line), expected);
}

#[test]
fn warnings_come_first_and_many_are_told_by_rule() {
    let at = |code: &'static str, message: &str, steps| {
        Diagnostic::warning(code, message).at(Place::value("progetti/win.yaml", steps)).help("aggiungilo")
    };
    let few = [too_much(), at("Q-09", "manca il CUP", path!["titolo"])];
    let told = shown(few, Format::Brief);
    assert!(told.starts_with("avviso[Q-09]: manca il CUP\n") && told.contains("= aiuto: aggiungilo"), "{told}");
    assert_eq!(told, shown([too_much(), at("Q-09", "manca il CUP", path!["titolo"])], Format::Human));

    let many = [
        too_much(),
        at("T-01", "manca `atti`", path!["titolo"]),
        at("P-02", "non è chiaro", path!["titolo"]),
        at("P-02", "non è chiaro", path!["azioni", 0, "titolo"]),
        at("P-02", "non è chiaro", path!["azioni", 0, "costo"]),
        at("P-02", "non è chiaro", path!["finanziamento", "contributo_richiesto"]),
        at("P-01", "manca la macrocategoria", path!["azioni", 0]),
        Diagnostic::warning("P-01", "il piano non ha progetti"),
    ];
    let expected = "\
avviso[P-01]: 2 avvisi
  il piano non ha progetti
  progetti/win.yaml:6:5: manca la macrocategoria
avviso[P-02]: non è chiaro (4 volte)
  progetti/win.yaml:1:9
  progetti/win.yaml:3:25
  progetti/win.yaml:6:13
  e in un altro posto
avviso[T-01]: manca `atti`
  progetti/win.yaml:1:9

Ogni avviso per intero, con il rimedio: `concilia check --tutti`; che cosa chiede una regola: `concilia explain T-01`

errore[Q-02]: il contributo riconosciuto supera quello richiesto
";
    let told = shown(many, Format::Brief);
    assert!(told.starts_with(expected) && told.contains("4 |   contributo_riconosciuto: 42000.00\n"), "{told}");
}

#[test]
fn columns_count_characters() {
    let text = format!("è à {}qui{}", "ò ".repeat(300), " dopo".repeat(300));
    let at = text.find("qui").unwrap();
    let texts = Texts::from([whole("a.md", &text)]);
    let mut report = Report::default();
    report.add(Diagnostic::error("X-01", "x").at(Place::span("a.md", at..at + 3)).label("è qui"));
    assert_eq!(render(&report, &texts, Format::Line, false), "a.md:1:605: errore[X-01]: x\n");
    let human = render(&report, &texts, Format::Human, false);
    assert!(human.contains("--> a.md:1:605\n"), "{human}");
    assert!(human.lines().all(|line| line.chars().count() <= 140), "{human}");
    let lines: Vec<&str> = human.lines().collect();
    let column = |line: &str, what: &str| line.find(what).map(|at| line[..at].chars().count());
    assert_eq!(column(lines[3], "qui"), column(lines[4], "^^^ è qui"), "{human}");
}

#[test]
fn text_cannot_command_the_terminal() {
    let text = "a: \u{202e}x\ty\u{7}z\u{1b}[31m\r\nb: 1\n";
    let texts = Texts::from([whole("a.yaml", text)]);
    let mut report = Report::default();
    report.add(
        Diagnostic::error("X-01", "uno\u{1b}[2Jdue\ntre")
            .at(Place::span("a.yaml", 6..9))
            .label("x\u{202e}")
            .norm("a\u{7}")
            .help("b\rc"),
    );
    let expected = "\
errore[X-01]: uno␛[2Jdue tre
 --> a.yaml:1:5
  |
1 | a: �x→y␇z␛[31m
  |     ^^^ x�
  |
  = norma: a␇
  = aiuto: b c

";
    assert_eq!(render(&report, &texts, Format::Human, false), expected);
    assert_eq!(render(&report, &texts, Format::Line, false), "a.yaml:1:5: errore[X-01]: uno␛[2Jdue tre (aiuto: b c)\n");
}

#[test]
fn only_color_brings_escapes() {
    let mut report = Report::default();
    report.add(too_much());
    assert!(!render(&report, &files(), Format::Human, false).contains('\u{1b}'));
    assert!(render(&report, &files(), Format::Human, true).contains('\u{1b}'));
}

#[test]
fn places_that_no_longer_fit_a_text_do_no_harm() {
    let mut report = Report::default();
    for bytes in [5..9_999, 9_000..9_999, Range { start: 7, end: 3 }] {
        report.add(Diagnostic::error("X-01", "x").at(Place::span("progetti/win.yaml", bytes)));
    }
    assert_eq!(render(&report, &files(), Format::Human, false).matches("errore").count(), 3);
}

/// A line that is read anew for each of its findings would take hours.
#[test]
fn many_findings_on_one_long_line_are_shown_around_their_places() {
    const MANY: usize = 5_000;
    let long = "prima\n".to_owned() + &"àbcdefghi ".repeat(MANY * 50) + "\ndopo\n";
    let long = Texts::from([("a.md".to_owned(), (long, 0..0))]);
    let mut report = Report::default();
    for n in 0..MANY {
        let start = 6 + n * 550;
        report.add(Diagnostic::error("X-01", format!("numero {n}")).at(Place::span("a.md", start..start + 4)));
    }
    let shown = render(&report, &long, Format::Human, false);
    let last = shown.split("errore[").last().expect("a finding");
    assert!(last.contains(&format!("--> a.md:2:{}\n", (MANY - 1) * 500 + 1)), "{last}");
    assert!(last.contains("^^^"), "{last}");
    assert!(last.lines().all(|line| line.chars().count() < 200), "{last}");
}

#[test]
fn the_count_agrees_in_number() {
    let mut report = Report::default();
    assert_eq!(report.counts().summary(), "nessun problema");
    assert!(!report.has_errors());
    report.add(Diagnostic::warning("A", "a"));
    report.add(Diagnostic::warning("A", "a"));
    assert!(!report.has_errors());
    assert_eq!(report.counts().summary(), "1 avviso");
    report.extend([Diagnostic::error("A", "a"), Diagnostic::error("B", "b")]);
    assert!(report.has_errors());
    assert_eq!(report.counts().summary(), "2 errori, 1 avviso");
    report.extend([Diagnostic::note("A", "a"), Diagnostic::note("B", "b"), Diagnostic::warning("B", "b")]);
    assert_eq!(report.counts(), Counts { errors: 2, warnings: 2, notes: 2 });
    assert_eq!(report.counts().summary(), "2 errori, 2 avvisi, 2 note");
}
