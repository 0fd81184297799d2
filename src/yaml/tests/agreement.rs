//! The fast parser and the walk over the marked tree accept the same and read the same.

use super::schema::{Scheda, Stato};
use crate::yaml::Marked;
use crate::yaml::diagnose::Diagnosis;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fmt::Debug;

/// Values as people write them, and as YAML can take them.
const VALUES: &[&str] = &[
    "ciao",
    "\"ciao\"",
    "'ciao'",
    "'l''albero'",
    "\"a\\nb\"",
    "",
    "~",
    "null",
    "Null",
    "\"\"",
    "''",
    "true",
    "True",
    "no",
    "si",
    "\"true\"",
    "0",
    "1",
    "-1",
    "+1",
    "+-1",
    "007",
    "-007",
    "0x1F",
    "-0x1F",
    "+0x1F",
    "0x-1",
    "0o17",
    "0b11",
    "1_000",
    "1.5",
    "-1.5",
    "1e3",
    "1.",
    ".5",
    "56000.00",
    ".inf",
    "-.inf",
    "+.inf",
    ".nan",
    "255",
    "256",
    "-128",
    "4294967295",
    "4294967296",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775808",
    "-9223372036854775809",
    "340282366920938463463374607431768211456",
    "2017-07-01",
    "12:30",
    "x",
    "à",
    "[]",
    "{}",
    "[1, 2]",
    "[1, 2, 3]",
    "[a, b]",
    "{ a: 1 }",
    "{ a: 1, b: 2 }",
    "{ a: 1, a: 2 }",
    "{ 1: 2 }",
    "{ [a]: 1 }",
    "{ ~: 1 }",
    "{ a }",
    "[a: 1]",
    "[a, ]",
    "[~, '']",
    "concluso",
    "in_corso",
    "\"concluso\"",
    "Concluso",
    "{ concluso: ~ }",
    "[concluso]",
    "&x 1",
    "[&x 1, *x]",
    "&x [a, b]",
    "\n  - 1\n  - 2",
    "\n  a: 1\n  b: 2",
    "|\n  a\n  b",
    ">-\n  a\n  b\n\n  c",
    "|+\n  a\n\n",
    "a\n  b\n  c",
    "ciao # commento",
    "a#b",
    "http://x.y/z",
    "\"\\u00e8\"",
    "[[1], [2]]",
    "- 1",
];

fn agree<T: DeserializeOwned + Debug>(text: &str) {
    let fast = serde_yaml::from_str::<T>(text);
    let tree = Marked::load(text, 0..text.len());
    assert_eq!(tree.error.is_some(), serde_yaml::from_str::<serde::de::IgnoredAny>(text).is_err(), "{text:?}");
    let (None, Some(root)) = (&tree.error, tree.root) else {
        return;
    };
    let slow = Diagnosis::new("", &tree, Vec::new()).pass::<T>(root);
    let kind = std::any::type_name::<T>();
    match (fast, slow) {
        (Ok(fast), Ok(slow)) => assert_eq!(format!("{fast:?}"), format!("{slow:?}"), "{text:?} as {kind}"),
        (Err(_), Err(_)) => {}
        (fast, slow) => panic!("{text:?} as {kind}: {fast:?} but {slow:?}"),
    }
}

/// As a field and in a list.
fn agree_everywhere<T: DeserializeOwned + Debug>(value: &str) {
    agree::<BTreeMap<String, T>>(&format!("k: {value}\n"));
    agree::<Vec<T>>(&format!("- {}\n", value.replace('\n', "\n  ")));
}

#[test]
fn scalars_and_collections_are_read_alike() {
    for value in VALUES {
        agree_everywhere::<String>(value);
        agree_everywhere::<char>(value);
        agree_everywhere::<bool>(value);
        agree_everywhere::<u8>(value);
        agree_everywhere::<u32>(value);
        agree_everywhere::<u64>(value);
        agree_everywhere::<i8>(value);
        agree_everywhere::<i64>(value);
        agree_everywhere::<i128>(value);
        agree_everywhere::<f64>(value);
        agree_everywhere::<()>(value);
        agree_everywhere::<Option<String>>(value);
        agree_everywhere::<Option<u32>>(value);
        agree_everywhere::<Option<Vec<String>>>(value);
        agree_everywhere::<Vec<String>>(value);
        agree_everywhere::<Vec<u32>>(value);
        agree_everywhere::<(u8, u8)>(value);
        agree_everywhere::<BTreeMap<String, i64>>(value);
        agree_everywhere::<Stato>(value);
        agree_everywhere::<Option<Stato>>(value);
        agree_everywhere::<serde_yaml::Value>(value);
    }
}

#[test]
fn records_are_read_alike() {
    let good = "titolo: a\nscheda: 1\nfinanziamento: { costo_complessivo: 1, contributo_richiesto: 1.5 }\n";
    agree::<Scheda>(good);
    for value in VALUES {
        for field in [
            "alleanza",
            "stato",
            "durata",
            "azioni",
            "obiettivi",
            "pubblicata",
            "sigla",
            "saldo",
            "note",
            "boh",
            "titolo",
        ] {
            agree::<Scheda>(&format!("{good}{field}: {value}\n"));
        }
        agree::<Scheda>(&format!("titolo: {value}\nscheda: 1\n"));
        agree::<Scheda>(&format!("finanziamento: {value}\nscheda: 1\ntitolo: a\n"));
    }
}
