//! What no field of no record may hold. The fields are asked of the records themselves: none can be forgotten here.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Expected, IntoDeserializer, Visitor};
use serde::{Serialize, forward_to_deserialize_any};

use super::*;
use crate::report::Step;
use crate::value::Testo;

/// Gives a record something for every field, each text as its type wants it; one field is given `attack` instead.
#[derive(Clone)]
struct Full<'a> {
    at: String,
    attack: Option<(&'a str, &'a str)>,
    /// The way to every text, and what its type wants.
    seen: &'a RefCell<Vec<(String, String)>>,
}

impl Full<'_> {
    fn below(&self, step: &str) -> Self {
        Full { at: format!("{}.{step}", self.at), ..self.clone() }
    }
}

impl<'de> IntoDeserializer<'de, Error> for Full<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Full<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let wanted = (&visitor as &dyn Expected).to_string();
        self.seen.borrow_mut().push((self.at.clone(), wanted.clone()));
        match self.attack {
            Some((at, attack)) if at == self.at => visitor.visit_str(attack),
            // What a type wants comes with an example.
            _ => visitor.visit_str(wanted.split('`').nth(1).unwrap_or("x")),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(SeqDeserializer::new(std::iter::once(self.below("0"))))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(MapDeserializer::new(std::iter::once((self.below("key"), self.below("1")))))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        // The older name of a field is not a second field.
        let fields = fields.iter().filter(|field| **field != "rete_di_sostegno");
        visitor.visit_map(MapDeserializer::new(fields.map(|field| (*field, self.below(field)))))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(variants[0].into_deserializer())
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(true)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u64(1)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u64(1)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u16 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
        identifier ignored_any
    }
}

/// Every text of a record: the way to it and what its type wants.
struct Texts {
    name: &'static str,
    all: Vec<(String, String)>,
    refuses: fn(&str, &str) -> bool,
    /// The ways that the walk over the record shows as Markdown, and as addresses.
    shown: Vec<(String, &'static str)>,
}

fn texts<T: DeserializeOwned + Serialize>(name: &'static str) -> Texts {
    fn full<T: DeserializeOwned>(attack: Option<(&str, &str)>) -> (Result<T, Error>, Vec<(String, String)>) {
        let seen = RefCell::default();
        let read = T::deserialize(Full { at: String::new(), attack, seen: &seen });
        (read, seen.into_inner())
    }
    let (record, all) = full::<T>(None);
    let mut shown = Vec::new();
    record.unwrap_or_else(|error| panic!("{name}: {error}")).visita(&mut |parola| {
        let steps = parola.passi.iter().map(|step| match step {
            Step::Key(key) => format!(".{key}"),
            Step::Index(i) => format!(".{i}"),
        });
        shown.extend(parola.tipo.map(|tipo| (steps.collect::<String>(), tipo)));
    });
    Texts { name, all, refuses: |at, attack| full::<T>(Some((at, attack))).0.is_err(), shown }
}

fn all_records() -> Vec<Texts> {
    macro_rules! records {
        ($($record:ident),*) => { vec![$(texts::<$record>(stringify!($record))),*] };
    }
    records!(Sito, Ente, Programma, Norma, Piano, Risorse, Avviso, Alleanza, Progetto, Pagina)
}

#[test]
fn every_address_of_every_record_leads_to_a_page_or_is_refused() {
    let mut addresses = 0;
    for record in all_records() {
        for (at, _) in &record.all {
            let name = at.rsplit('.').next().unwrap_or_default();
            let is_postal = at.ends_with("contatti.indirizzo");
            let is_address = matches!(name, "indirizzo" | "sito" | "segnalazioni")
                || matches!(name, "amministrazione_trasparente" | "dichiarazione_accessibilita");
            if !is_address || is_postal {
                continue;
            }
            addresses += 1;
            for attack in ["javascript:alert(1)", "data:text/html,x", "//evil.example", "java\tscript:alert(1)", ""] {
                assert!((record.refuses)(at, attack), "{}{at} takes {attack:?}", record.name);
            }
            assert!(!(record.refuses)(at, "https://www.ente.it/"), "{}{at}", record.name);
        }
    }
    assert!(addresses >= 40, "{addresses}");
}

#[test]
fn every_markdown_text_refuses_links_that_run_and_is_shown_to_the_rules() {
    for record in all_records() {
        let of = |wanted: &str| record.all.iter().filter(|(_, w)| w == wanted).map(|(at, _)| at.as_str()).collect();
        let markdown: BTreeSet<&str> = of("un testo");
        let shown = record.shown.iter().filter(|(_, tipo)| *tipo == Testo::TIPO).map(|(at, _)| at.as_str());
        assert_eq!(markdown, shown.collect(), "{}", record.name);
        for at in markdown {
            assert!((record.refuses)(at, "Vedi [qui](javascript:alert(1))."), "{}{at}", record.name);
            assert!(!(record.refuses)(at, "Vedi [qui](/media/a.pdf) e [lì](https://ente.it)."), "{}{at}", record.name);
        }
    }
}

/// A template that sets a field as Markdown means a field of that type.
#[test]
fn what_templates_set_as_markdown_is_markdown() {
    let typed: BTreeSet<String> = all_records()
        .iter()
        .flat_map(|record| record.shown.iter().filter(|(_, tipo)| *tipo == Testo::TIPO))
        .filter_map(|(at, _)| at.trim_end_matches(".0").rsplit('.').next().map(str::to_owned))
        .collect();
    let templates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/italia/templates");
    let mut found = 0;
    for file in walkdir::WalkDir::new(templates).into_iter().filter_map(Result::ok).filter(|f| f.file_type().is_file())
    {
        let text = std::fs::read_to_string(file.path()).unwrap_or_default();
        for (i, _) in text.match_indices(" | markdown").chain(text.match_indices(" | testo")) {
            let start = text[..i].rfind(|c: char| !(c.is_alphanumeric() || "_.".contains(c))).map_or(0, |at| at + 1);
            let Some((_, field)) = text[start..i].rsplit_once('.') else { continue };
            assert!(typed.contains(field), "{}: {}", file.path().display(), &text[start..i]);
            found += 1;
        }
    }
    assert!(found > 20, "{found}");
}
