//! Whole outputs, compared.

use super::*;
use crate::path;

struct One<'a>(&'a str, &'a str);

impl Texts for One<'_> {
    fn text(&self, file: &str) -> Option<(&str, Range<usize>)> {
        (file == self.0).then(|| (self.1, 0..self.1.len()))
    }
}

const WIN: &str = "titolo: W.IN.
finanziamento:
  costo_complessivo: 65000.00
  contributo_riconosciuto: 42000.00
azioni:
  - titolo: Città e società: no
";

#[test]
fn probe() {
    let mut report = Report::default();
    report.add(
        Diagnostic::error("Q-02", "il contributo riconosciuto supera quello richiesto")
            .at(Place::value("content/win.yaml", path!["finanziamento", "contributo_riconosciuto"]))
            .label("42.000,00 €, ma richiesti 40.000,00 €")
            .norm("DGR X/5969 del 12/12/2016")
            .help("correggi `contributo_riconosciuto` o `contributo_richiesto`")
            .related(Place::key("content/win.yaml", path!["titolo"]), "qui")
            .related(Place::file("content/logo.png"), ""),
    );
    report.add(Diagnostic::warning("Q-03", "boh").at(Place::file("logo.png")).help("non so"));
    report.add(Diagnostic::note("Q-03", "boh").help("non so"));
    let texts = One("content/win.yaml", WIN);
    println!("{}", render(&report, &texts, Format::Human, false));
    println!("{}", render(&report, &texts, Format::Line, false));
}
#[test]
fn probe2() {
    let mut report = Report::default();
    let t = format!("titolo: {}però ecco il punto{}\n", "à ".repeat(300), " fine".repeat(300));
    let i = t.find("ecco").unwrap();
    report.add(Diagnostic::error("Q-02", "lunga\u{1b}[31m\nriga").at(Place::span("content/win.yaml", i..i+4)).label("qui"));
    let texts = One("content/win.yaml", &t);
    println!("{}", render(&report, &texts, Format::Human, false));
    println!("{}", render(&report, &texts, Format::Line, false));
    let t = "a: \u{202e}x\ty\u{7}z\r\nb: 1\n";
    let mut report = Report::default();
    report.add(Diagnostic::error("Q-02", "lunga").at(Place::span("content/win.yaml", 10..t.len())).label("qui"));
    let texts = One("content/win.yaml", &t);
    println!("{}", render(&report, &texts, Format::Human, true));
}
