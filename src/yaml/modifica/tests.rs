use serde_json::Value;

use super::{Errore, Scheda, Valore};
use crate::path;
use crate::schema;
use crate::value::{Euro, Nodo};

const FREE: Nodo = Nodo(&Value::Null);

fn edited(text: &str, edit: impl FnOnce(&mut Scheda) -> Result<(), Errore>) -> String {
    let mut scheda = Scheda::leggi(text, FREE).expect(text);
    edit(&mut scheda).unwrap_or_else(|error| panic!("{error}\n{text}"));
    scheda.fine()
}

fn set(text: &str, value: impl Into<Valore>) -> String {
    edited(text, |scheda| scheda.scrivi(&path!["a"], value))
}

fn refused(text: &str, edit: impl FnOnce(&mut Scheda) -> Result<(), Errore>) -> String {
    let mut scheda = Scheda::leggi(text, FREE).expect(text);
    let error = edit(&mut scheda).expect_err("it is refused");
    assert_eq!(scheda.testo(), text);
    error.to_string()
}

fn group(entries: &[(&str, &str)]) -> Valore {
    Valore::Gruppo(entries.iter().map(|(key, value)| ((*key).to_owned(), Valore::from(*value))).collect())
}

#[test]
fn a_scalar_takes_the_place_of_another_whatever_its_style() {
    let cases = [
        ("a: 1\n", "a: x\n"),
        ("a:   1   # nota\nb: 2\n", "a:   x   # nota\nb: 2\n"),
        ("a:\nb: 2\n", "a: x\nb: 2\n"),
        ("a: \nb: 2\n", "a: x\nb: 2\n"),
        ("a: # nota\nb: 2\n", "a: x # nota\nb: 2\n"),
        ("a: 'y'\n", "a: 'x'\n"),
        ("a: \"y\" # nota\n", "a: \"x\" # nota\n"),
        ("a: |-\n  due\n  righe\n\nb: 2\n", "a: x\n\nb: 2\n"),
        ("a: >+2 # nota\n    due\n\nb: 2\n", "a: x # nota\nb: 2\n"),
        ("a: una\n  riga sola # nota\nb: 2\n", "a: x # nota\nb: 2\n"),
        ("a: \"una\n  riga\"\nb: 2\n", "a: \"x\"\nb: 2\n"),
        ("a:\n  y\nb: 2\n", "a:\n  x\nb: 2\n"),
        ("a:\n- y\n- z # nota\n# resta\nb: 2\n", "a: x\n# resta\nb: 2\n"),
        ("a: # nota\n  b: 1\n", "a: x # nota\n"),
        ("{ a: 1, b: 2 }\n", "{ a: x, b: 2 }\n"),
        ("{ a: , b: 2 }\n", "{ a: x , b: 2 }\n"),
        ("{ a, b: 2 }\n", "{ a: x, b: 2 }\n"),
        ("\u{feff}a: 1\r\nb: 2\r\n", "\u{feff}a: x\r\nb: 2\r\n"),
        ("a: 1", "a: x"),
        ("---\na: 1\n...\n", "---\na: x\n...\n"),
    ];
    for (before, after) in cases {
        assert_eq!(set(before, "x"), after, "{before}");
    }
}

#[test]
fn a_text_has_quotes_where_something_else_would_be_read() {
    let cases = [
        ("", "\"\""),
        ("no", "\"no\""),
        ("Sì", "Sì"),
        ("2017", "\"2017\""),
        ("2017-2018", "2017-2018"),
        ("2017-03-30", "\"2017-03-30\""),
        ("12:30", "\"12:30\""),
        ("1_000", "\"1_000\""),
        ("null", "\"null\""),
        ("1e3", "\"1e3\""),
        ("X/5969", "X/5969"),
        ("0372 497670", "0372 497670"),
        ("a: b", "\"a: b\""),
        ("https://esempio.it/", "https://esempio.it/"),
        (" x", "\" x\""),
        ("#x", "\"#x\""),
        ("x #y", "\"x #y\""),
        ("C#", "C#"),
        ("l'ora", "l'ora"),
        ("'x'", "\"'x'\""),
        ("dice \"sì\": bene", "'dice \"sì\": bene'"),
        ("\"x\" e 'y'", "\"\\\"x\\\" e 'y'\""),
        ("- x", "\"- x\""),
        ("-x", "-x"),
        ("x\ty", "\"x\\ty\""),
        ("nb\u{a0}sp", "nb\u{a0}sp"),
        ("\u{feff}x", "\"\\uFEFFx\""),
        ("x, y", "x, y"),
    ];
    for (text, written) in cases {
        assert_eq!(set("a: 1\n", text), format!("a: {written}\n"));
    }
    assert_eq!(set("{ a: 1 }\n", "x, y"), "{ a: \"x, y\" }\n");
    assert_eq!(set("b: 'y'\na: 1\n", "x: y"), "b: 'y'\na: 'x: y'\n");
}

#[test]
fn a_text_of_several_lines_is_a_block_or_escaped_between_brackets() {
    assert_eq!(set("a: 1 # nota\nb: 2\n", "due\n\nrighe"), "a: |- # nota\n  due\n\n  righe\nb: 2\n");
    assert_eq!(set("a: |-\n    x\n", "due\nrighe\n"), "a: |\n  due\n  righe\n");
    assert_eq!(set("a: 1\n", " due\nrighe"), "a: |2-\n   due\n  righe\n");
    assert_eq!(set("a: 1\r\nb: 2", "due\nrighe"), "a: |-\r\n  due\r\n  righe\r\nb: 2");
    assert_eq!(set("a: 1", "due\nrighe\n"), "a: |\n  due\n  righe\n");
    assert_eq!(set("a: 1  \nb: 2\n", "due\nrighe"), "a: |-\n  due\n  righe\nb: 2\n");
    assert_eq!(set("a: 1\n", "due\n\n\n"), "a: \"due\\n\\n\\n\"\n");
    assert_eq!(set("{ a: 1 }\n", "due\nrighe"), "{ a: \"due\\nrighe\" }\n");
    // What follows would become a part of the text.
    assert_eq!(set("a: 1\n   # nota\nb: 2\n", "due\nrighe"), "a: \"due\\nrighe\"\n   # nota\nb: 2\n");
    let list = edited("- x\n- y\n", |scheda| scheda.scrivi(&path![1], "due\nrighe"));
    assert_eq!(list, "- x\n- |-\n  due\n  righe\n");
}

#[test]
fn numbers_amounts_and_groups_are_written_as_the_house_does() {
    assert_eq!(set("a: x\n", true), "a: true\n");
    assert_eq!(set("a: \"x\"\n", Euro::da_centesimi(5_600_000)), "a: 56000.00\n");
    assert_eq!(set("a: x # nota\nb: 2\n", group(&[("c", "1"), ("d", "x")])), "a: # nota\n  c: \"1\"\n  d: x\nb: 2\n");
    assert_eq!(set("a: 1\n", vec!["x".into(), group(&[("c", "y"), ("d", "z")])]), "a:\n  - x\n  - c: y\n    d: z\n");
    assert_eq!(set("z:\n- 1\na: 1\n", vec!["x".into()]), "z:\n- 1\na:\n- x\n");
    assert_eq!(set("z:\n    b: 1\na: 1\n", group(&[("c", "x")])), "z:\n    b: 1\na:\n    c: x\n");
    assert_eq!(set("a: [x, y]\n", vec!["z".into()]), "a: [z]\n");
    assert_eq!(set("a: { x: y }\n", group(&[("c", "x, y")])), "a: { c: \"x, y\" }\n");
    assert_eq!(set("a: 1\n", Valore::Elenco(Vec::new())), "a: []\n");
    assert_eq!(set("a: 1 # nota\n", Valore::Nulla), "a: # nota\n");
    assert_eq!(set("a: \"1\"\n", "1"), "a: \"1\"\n");
}

#[test]
fn a_new_key_stands_where_the_schema_says() {
    let schema = schema::nodo("progetto");
    let scritto = |text: &str, path: &[crate::report::Step], value: Valore| {
        let mut scheda = Scheda::leggi(text, schema).expect(text);
        scheda.scrivi(path, value).expect("written");
        scheda.fine()
    };
    let text = "titolo: X\n# l'alleanza\nalleanza: y # nota\nstato: presentato\n";
    assert_eq!(
        scritto(text, &path!["acronimo"], "X".into()),
        "titolo: X\nacronimo: X\n# l'alleanza\nalleanza: y # nota\nstato: presentato\n"
    );
    assert_eq!(
        scritto(text, &path!["durata", "al"], "2026-12-31".into()),
        "titolo: X\n# l'alleanza\nalleanza: y # nota\nstato: presentato\ndurata:\n  al: 2026-12-31\n"
    );
    assert_eq!(
        scritto("titolo: X\ndurata: { al: 2026-12-31 }\n", &path!["durata", "dal"], "2026-01-01".into()),
        "titolo: X\ndurata: { dal: 2026-01-01, al: 2026-12-31 }\n"
    );
    assert_eq!(
        scritto("titolo: X\n\nfinanziamento:\n", &path!["finanziamento", "costo_complessivo"], "56000.00".into()),
        "titolo: X\n\nfinanziamento:\n  costo_complessivo: 56000.00\n"
    );
    assert_eq!(
        scritto("alleanza: y\n\nstato: presentato\n", &path!["titolo"], "2017".into()),
        "titolo: \"2017\"\n\nalleanza: y\n\nstato: presentato\n"
    );
    assert_eq!(scritto("", &path!["titolo"], "X".into()), "titolo: X\n");
    assert_eq!(scritto("# solo questo", &path!["titolo"], "X".into()), "# solo questo\ntitolo: X\n");
}

#[test]
fn a_key_goes_with_the_comments_that_are_its_own() {
    let without = |text: &str| edited(text, |scheda| scheda.togli(&path!["a"]));
    let cases = [
        ("# testa\n\n# sua\na: 1 # sua\nb: 2\n", "# testa\n\nb: 2\n"),
        ("b: 2\n\n# sua\na:\n  - 1\n  # sua\n# di c\nc: 3\n", "b: 2\n# di c\nc: 3\n"),
        ("b: 2\na: |\n  testo\n# in fondo\n", "b: 2\n# in fondo\n"),
        ("{ b: 2, a: 1, c: 3 }\n", "{ b: 2, c: 3 }\n"),
        ("{ a: 1 }\n", "{}\n"),
        ("{\n  b: 2, # di b\n  a: 1, # sua\n  c: 3\n}\n", "{\n  b: 2, # di b\n  c: 3\n}\n"),
        ("{\n  b: 2, # di b\n  a: 1\n}\n", "{\n  b: 2, # di b\n  \n}\n"),
        ("a: 1\n", "{}\n"),
        ("b: 1\na: 2", "b: 1\n"),
        ("---\na: 1\nb: 2\n", "---\nb: 2\n"),
    ];
    for (before, after) in cases {
        assert_eq!(without(before), after, "{before}");
    }
    let inner = "x:\n  a: 1 # sua\ny: 2\n";
    assert_eq!(edited(inner, |scheda| scheda.togli(&path!["x", "a"])), "x: {}\ny: 2\n");
    let first = "- a: 1\n  # di b\n  b: 2\n- c: 3\n";
    assert_eq!(edited(first, |scheda| scheda.togli(&path![0, "a"])), "# di b\n- b: 2\n- c: 3\n");
}

#[test]
fn items_are_added_moved_and_taken_away() {
    let list = "# in testa\n- id: x # di x\n  nome: X\n# di y\n- id: y\n\n- { id: z, nome: Z } # di z\n# in fondo\n";
    assert_eq!(
        edited(list, |scheda| scheda.aggiungi(&[], group(&[("id", "w"), ("nome", "W")]))),
        list.replace("# in fondo", "- { id: w, nome: W }\n# in fondo")
    );
    assert_eq!(
        edited(list, |scheda| scheda.sposta(&path![1], 0)),
        "# in testa\n# di y\n- id: y\n- id: x # di x\n  nome: X\n\n- { id: z, nome: Z } # di z\n# in fondo\n"
    );
    assert_eq!(
        edited(list, |scheda| scheda.togli(&path![0])),
        "# in testa\n# di y\n- id: y\n\n- { id: z, nome: Z } # di z\n# in fondo\n"
    );
    let append = |text: &str| edited(text, |scheda| scheda.aggiungi(&path!["a"], "x"));
    assert_eq!(append("a: [y, z]\n"), "a: [y, z, x]\n");
    assert_eq!(append("a: [\n  y, # di y\n  z,\n]\n"), "a: [\n  y, # di y\n  z,\n  x,\n]\n");
    assert_eq!(append("a: [] # nota\n"), "a: # nota\n  - x\n");
    assert_eq!(append("a:\nb: 2\n"), "a:\n  - x\nb: 2\n");
    assert_eq!(append("b: 2\n"), "b: 2\na:\n  - x\n");
    assert_eq!(append("a:\n  - - 1\n    - 2\n"), "a:\n  - - 1\n    - 2\n  - x\n");
    assert_eq!(append("a:\n- y\nb: 2\n"), "a:\n- y\n- x\nb: 2\n");
    assert_eq!(append("a:\r\n  - y"), "a:\r\n  - y\r\n  - x\r\n");
    let several = |text: &str| edited(text, |scheda| scheda.aggiungi_tutte(&path!["a"], vec!["x".into(), "y".into()]));
    assert_eq!(several("a: [z]\nb: 2\n"), "a: [z, x, y]\nb: 2\n");
    assert_eq!(several("a:\n  - z # nota\nb: 2\n"), "a:\n  - z # nota\n  - x\n  - y\nb: 2\n");
    assert_eq!(several("b: 2\n"), "b: 2\na:\n  - x\n  - y\n");
    let written = ["id: w".to_owned(), "# Di più si trova altrove.".to_owned()];
    assert_eq!(
        edited(list, |scheda| scheda.aggiungi_scritta(&[], &written)),
        list.replace("# in fondo", "- id: w\n  # Di più si trova altrove.\n# in fondo")
    );
    let in_brackets = refused("a: [{ id: x }]\n", |scheda| scheda.aggiungi_scritta(&path!["a"], &written));
    assert_eq!(in_brackets, "contiene un elenco fra parentesi: riscrivilo in modo semplice");
    assert_eq!(edited("- |\n- x\n-\n- y\n", |scheda| scheda.togli(&path![1])), "- |\n-\n- y\n");
    assert_eq!(edited("- x\n- |\n- |\n  y\n", |scheda| scheda.togli(&path![0])), "- |\n- |\n  y\n");
    assert_eq!(edited("- x\n", |scheda| scheda.togli(&path![0])), "[]\n");
}

#[test]
fn a_page_has_only_its_fields_edited() {
    let page = "\u{feff}---\r\ntitolo: X\r\n---\r\n\r\ntitolo: resta\r\n---\r\n";
    let mut scheda = Scheda::leggi_pagina(page, schema::nodo("pagina")).expect("a page");
    scheda.scrivi(&path!["ordine"], 2).expect("written");
    scheda.scrivi(&path!["sommario"], "a: b").expect("written");
    let after = "\u{feff}---\r\ntitolo: X\r\nordine: 2\r\nsommario: \"a: b\"\r\n---\r\n\r\ntitolo: resta\r\n---\r\n";
    assert_eq!(scheda.fine(), after);
    let mut empty = Scheda::leggi_pagina("---\n---\nTesto\n", FREE).expect("a page");
    empty.scrivi(&path!["titolo"], "X").expect("written");
    assert_eq!(empty.fine(), "---\ntitolo: X\n---\nTesto\n");
    assert_eq!(Scheda::leggi_pagina("titolo: X\n", FREE).err(), Some(Errore::SenzaIntestazione));
}

#[test]
fn what_cannot_be_edited_safely_is_refused_in_plain_words() {
    let read = |text: &str| Scheda::leggi(text, FREE).err().expect(text).to_string();
    for text in ["a: &x 1\n", "a: !x 1\n", "a: !!int 1\n", "<<: { a: 1 }\n", "a: &x 1\nb: *x\n"] {
        assert!(read(text).starts_with("usa rimandi o etichette"), "{text}");
    }
    for text in ["a: [", "a: 1\na: 2\n", "a: 1\n---\nb: 2\n", "a: x\u{85}y\n"] {
        assert!(read(text).starts_with("non è YAML leggibile"), "{text}");
    }
    assert_eq!(refused("a: 1\n", |scheda| scheda.togli(&path!["b", 2])), "`b`, voce 3 non c'è");
    assert_eq!(refused("a: 1\n", |scheda| scheda.scrivi(&path!["a", "b"], "x")), "`a` non è un gruppo di campi");
    assert_eq!(refused("a: 1\n", |scheda| scheda.aggiungi(&path!["a"], "x")), "`a` non è un elenco");
    assert_eq!(refused("a:\n  - x\n", |scheda| scheda.scrivi(&path!["a", 4], "x")), "`a`, voce 5 non c'è");
    let named = "contiene chiavi con `?`, o scritte in un modo insolito: riscrivilo in modo semplice";
    assert_eq!(refused("? a\n: 1\n? b\n: 2\n", |scheda| scheda.togli(&path!["a"])), named);
    // Without a last break the text has none either, and would get one.
    let end = refused("b: 1\na: |\n  x", |scheda| scheda.scrivi(&path!["c"], "x"));
    assert_eq!(end, "l'ultima riga non finisce con un a capo: aggiungilo in fondo al file");
    let comment = refused("a:\n  # nota\n  x\n", |scheda| scheda.scrivi(&path!["a"], group(&[("b", "c")])));
    assert_eq!(comment, "si perderebbe il commento `# nota`");
}

fn in_order(text: &str, kind: &str) -> String {
    let mut scheda = Scheda::leggi(text, schema::nodo(kind)).expect(text);
    scheda.riordina().unwrap_or_else(|error| panic!("{error}\n{text}"));
    let once = scheda.fine();
    let mut again = Scheda::leggi(&once, schema::nodo(kind)).expect(&once);
    again.riordina().expect("in order");
    assert_eq!(again.testo(), once);
    once
}

#[test]
fn keys_are_put_in_order_with_their_comments() {
    assert_eq!(
        in_order(
            "# testa\n\nstato: presentato # lo stato\n# l'alleanza,\n# di due righe\nalleanza: y\ntitolo: X\n# fondo\n",
            "progetto"
        ),
        "# testa\n\ntitolo: X\n# l'alleanza,\n# di due righe\nalleanza: y\nstato: presentato # lo stato\n# fondo\n"
    );
    assert_eq!(
        in_order("partenariato:\r\n  - ruolo: capofila\r\n    # chi\r\n    ente: x\r\ntitolo: X\r\n", "progetto"),
        "titolo: X\r\npartenariato:\r\n  # chi\r\n  - ente: x\r\n    ruolo: capofila\r\n"
    );
    assert_eq!(
        in_order("- nome: X\n  id: x\n- { nome: Y, id: y }\n", "ente"),
        "- id: x\n  nome: X\n- { id: y, nome: Y }\n"
    );
    assert_eq!(
        in_order("stato: presentato\n\nsintesi: |\n  a\n\n  b\n\ntitolo: X\n", "progetto"),
        "titolo: X\n\nsintesi: |\n  a\n\n  b\n\nstato: presentato\n"
    );
    let broken_over_lines = "titolo: X\ndurata: {\n  al: 2026-12-31, # fine\n  dal: 2026-01-01\n}\n";
    assert_eq!(in_order(broken_over_lines, "progetto"), broken_over_lines);
    assert_eq!(
        in_order("altro: 1\ntitolo: X\nsconosciuto: 2\nstato: x\n", "progetto"),
        "altro: 1\ntitolo: X\nsconosciuto: 2\nstato: x\n"
    );
}

#[test]
fn amounts_and_quotes_get_one_form() {
    let before = "titolo: 'W.IN.'\nacronimo: 2017\nsintesi: 'a: b'\nscheda: 1\nalleanza: \"y\"\ndurata: { al: \"2026-12-31\" }\n\
                  finanziamento:\n  costo_complessivo: 56000\n  cofinanziamento: '16000.5'\n  contributo_richiesto: x\n";
    let after = "titolo: W.IN.\nacronimo: \"2017\"\nsintesi: \"a: b\"\nscheda: 1\nalleanza: y\ndurata: { al: 2026-12-31 }\n\
                 finanziamento:\n  costo_complessivo: 56000.00\n  cofinanziamento: 16000.50\n  contributo_richiesto: x\n";
    assert_eq!(in_order(before, "progetto"), after);
    let kept = "titolo: \"a\\nb\"\nacronimo: \"\"\nsintesi: \"due\n  righe: sì\"\nalleanza:\nstato: null\n";
    assert_eq!(in_order(kept, "progetto"), kept);
}
