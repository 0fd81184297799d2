//! What no field of no record may hold, asked of the schema that the records make of themselves: none can be forgotten.

use std::collections::BTreeSet;

use serde::Serialize;

use super::*;
use crate::report::Step;
use crate::schema::{GENERI, Nodo, esempio};
use crate::value::{Recapito, Testo, Web};
use crate::yaml::{self, Record};

/// The texts of a kind of record.
struct Texts {
    name: &'static str,
    /// The way to each, and the type that judges it.
    all: Vec<(String, String)>,
    /// The ways that the walk over the record shows as Markdown.
    shown: BTreeSet<String>,
}

fn texts_of(nodo: Nodo, at: &str, found: &mut Vec<(String, String)>) {
    if let Some(voci) = nodo.voci() {
        texts_of(voci, &format!("{at}.0"), found);
    }
    nodo.campi().for_each(|(nome, campo)| texts_of(campo, &format!("{at}.{nome}"), found));
    if nodo.e("string") {
        found.push((at.to_owned(), nodo.0["x-tipo"].as_str().unwrap_or_default().to_owned()));
    }
}

fn texts<T: Record + Serialize>(name: &'static str) -> Texts {
    let genere = GENERI.iter().find(|genere| genere.nome == name).expect(name);
    let schema = genere.schema();
    let mut all = Vec::new();
    texts_of(Nodo(&schema), "", &mut all);
    // With every field.
    let written = esempio(Nodo(&schema), true).join("\n");
    let record: T = yaml::parse(name, &written, 0..written.len()).unwrap_or_else(|found| panic!("{name}: {found:?}"));
    let mut shown = BTreeSet::new();
    record.visita(&mut |parola| {
        let steps = parola.passi.iter().map(|step| match step {
            Step::Key(key) => format!(".{key}"),
            Step::Index(_) => ".0".to_owned(),
        });
        if parola.tipo == Some(Testo::TIPO) {
            shown.insert(steps.collect::<String>());
        }
    });
    Texts { name, all, shown }
}

fn all_records() -> [Texts; 10] {
    [
        texts::<Sito>("sito"),
        texts::<Ente>("ente"),
        texts::<Programma>("programma"),
        texts::<Norma>("norma"),
        texts::<Piano>("piano"),
        texts::<Risorse>("risorse"),
        texts::<Avviso>("avviso"),
        texts::<Alleanza>("alleanza"),
        texts::<Progetto>("progetto"),
        texts::<Pagina>("pagina"),
    ]
}

#[test]
fn every_address_of_every_record_is_of_a_type_that_leads_to_a_page() {
    let mut addresses = 0;
    for record in all_records() {
        for (at, tipo) in &record.all {
            let name = at.rsplit('.').next().unwrap_or_default();
            let is_postal = at.ends_with("contatti.indirizzo");
            let is_address = matches!(name, "indirizzo" | "sito" | "segnalazioni")
                || matches!(name, "amministrazione_trasparente" | "dichiarazione_accessibilita");
            if is_address && !is_postal {
                addresses += 1;
                assert!([Web::TIPO, Recapito::TIPO].contains(&tipo.as_str()), "{}{at}: {tipo}", record.name);
            }
        }
    }
    assert!(addresses >= 40, "{addresses}");
}

#[test]
fn every_markdown_text_is_shown_to_the_rules() {
    let mut texts = 0;
    for record in all_records() {
        let markdown = record.all.iter().filter(|(_, tipo)| tipo == Testo::TIPO).map(|(at, _)| at.clone());
        let markdown: BTreeSet<String> = markdown.collect();
        texts += markdown.len();
        assert_eq!(markdown, record.shown, "{}", record.name);
    }
    assert!(texts > 35, "{texts}");
}

/// A template that sets a field as Markdown means a field of that type.
#[test]
fn what_templates_set_as_markdown_is_markdown() {
    let typed: BTreeSet<String> = all_records()
        .iter()
        .flat_map(|record| &record.shown)
        .filter_map(|at| at.trim_end_matches(".0").rsplit('.').next().map(str::to_owned))
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
