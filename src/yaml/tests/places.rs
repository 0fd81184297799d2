//! From a path to the bytes, and positions in a part of a text.

use super::schema::Scheda;
use super::show;
use crate::path;
use crate::report::{Marked, Target};
use crate::yaml::parse;
use std::ops::Range;

const TEXT: &str = "titolo: però\r
finanziamento:
  costo: &c 65000.00
  richiesto: *c
azioni:
  - titolo: a
    tag: [x, {y: z}]
  - titolo: |
      più righe
      di testo
vuoto:
";

fn locate(text: &str, yaml: Range<usize>, target: &Target) -> Option<Range<usize>> {
    Marked::load(text, yaml).locate(text, target)
}

fn at(target: &Target) -> Option<&str> {
    locate(TEXT, 0..TEXT.len(), target).map(|bytes| &TEXT[bytes])
}

#[test]
fn values_are_found() {
    assert_eq!(at(&Target::Value(path!["titolo"])), Some("però"));
    assert_eq!(at(&Target::Value(path!["finanziamento", "costo"])), Some("65000.00"));
    assert_eq!(at(&Target::Value(path!["finanziamento", "richiesto"])), Some("*c"));
    assert_eq!(at(&Target::Value(path!["azioni", 0, "tag"])), Some("[x, {y: z}]"));
    assert_eq!(at(&Target::Value(path!["azioni", 0, "tag", 1, "y"])), Some("z"));
}

#[test]
fn what_does_not_fit_a_line_is_shown_by_its_key() {
    assert_eq!(at(&Target::Value(path!["finanziamento"])), Some("finanziamento"));
    assert_eq!(at(&Target::Value(path!["azioni", 1])), Some("titolo"));
    let bytes = locate(TEXT, 0..TEXT.len(), &Target::Value(path!["azioni", 1, "titolo"]));
    assert_eq!(bytes, TEXT.rfind("titolo: |").map(|at| at..at + "titolo".len()));
    assert_eq!(at(&Target::Value(path!["vuoto"])), Some("vuoto"));
    assert_eq!(at(&Target::Value(path![])), Some("titolo"));
}

#[test]
fn words_of_a_value_are_found_however_it_is_written() {
    let text = "a:\n  - |\n    uno due\n\n    due tre\n  - >-\n    uno\n    due\n  - \"è \\\"due\\\"\"\n  - &x due due\n  - *x\n";
    let at = |item: usize, words: &str, nth| {
        let target = Target::Words { value: path!["a", item], words: words.to_owned(), nth };
        locate(text, 0..text.len(), &target).map(|bytes| (text[..bytes.start].matches('\n').count(), &text[bytes]))
    };
    assert_eq!(at(0, "due", 0), Some((2, "due")));
    assert_eq!(at(0, "due", 1), Some((4, "due")));
    assert_eq!(at(1, "due", 0), Some((7, "due")));
    assert_eq!(at(2, "due", 0), Some((8, "due")));
    assert_eq!(at(3, "due", 1), Some((9, "due")));
    assert_eq!(at(4, "due", 0), Some((9, "due")));
    // Folded over two lines, it is not written so: then the value.
    assert_eq!(at(1, "uno due", 0).map(|(line, _)| line), Some(6));
}

#[test]
fn keys_are_found() {
    assert_eq!(at(&Target::Key(path!["titolo"])), Some("titolo"));
    assert_eq!(at(&Target::Key(path!["azioni", 0, "tag"])), Some("tag"));
}

#[test]
fn what_is_absent_is_shown_by_its_deepest_ancestor() {
    assert_eq!(at(&Target::Value(path!["finanziamento", "boh", "x"])), Some("finanziamento"));
    assert_eq!(at(&Target::Key(path!["finanziamento", "boh"])), Some("finanziamento"));
    assert_eq!(at(&Target::Value(path!["azioni", 7, "titolo"])), Some("azioni"));
    assert_eq!(at(&Target::Value(path!["boh"])), Some("titolo"));
    assert_eq!(at(&Target::File), None);
    assert_eq!(at(&Target::Span(0..6)), Some("titolo"));
    assert_eq!(locate("", 0..0, &Target::Value(path!["a"])), None);
}

#[test]
fn what_stands_before_a_break_is_found_in_a_broken_file() {
    let text = "titolo: a\nstato: b\nboh: [\n";
    let bytes = locate(text, 0..text.len(), &Target::Value(path!["stato"]));
    assert_eq!(bytes.map(|bytes| &text[bytes]), Some("b"));
}

#[test]
fn front_matter_is_counted_from_the_beginning_of_the_file() {
    let text = "---\ntitolo: è\nscheda: uno\n---\n# Titolo: non YAML\n";
    let yaml = 4..text.find("---\n#").unwrap();
    let expected = "\
errore[C-03]: manca il campo `finanziamento`
 --> win.md:2:1
  |
2 | titolo: è
  | ^^^^^^
  |
  = aiuto: aggiungi `finanziamento: …`

errore[C-04]: `scheda` deve essere un numero intero non negativo
 --> win.md:3:9
  |
3 | scheda: uno
  |         ^^^ qui c'è il testo `uno`

2 errori
";
    assert_eq!(show(text, parse::<Scheda>("win.md", text, yaml)), expected);
    let broken = "---\ntitolo: \"è\nscheda: uno\n---\ntesto\n";
    let yaml = 4..broken.find("---\nt").unwrap_or(0).max(broken.rfind("---").unwrap());
    let expected = "\
errore[C-01]: una virgoletta aperta e non chiusa
 --> win.md:2:9
  |
2 | titolo: \"è
  |         ^
  |
  = aiuto: chiudila in fondo al testo

1 errore
";
    assert_eq!(show(broken, parse::<Scheda>("win.md", broken, yaml)), expected);
}

#[test]
fn a_range_that_does_not_fit_the_text_is_made_to_fit() {
    assert!(parse::<Scheda>("x", "titolo: è", 0..999).is_err());
    assert!(parse::<Scheda>("x", "è", 1..1).is_err());
}
