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
    /// How many contacts the record declares public.
    contacts: usize,
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
    let mut contacts = 0;
    recapiti(&record, &mut |_| contacts += 1);
    Texts { name, all, shown, contacts }
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

/// Whatever stands among `contatti`, in whichever record and group, but for the site and for reasons.
#[test]
fn every_contact_of_every_record_is_declared_public() {
    let mut contacts = 0;
    for record in all_records() {
        let is_contact = |(at, tipo): &&(String, String)| {
            let among = at.contains(".contatti.") && tipo != Web::TIPO && !at.ends_with(".motivo");
            among || tipo == Recapito::TIPO
        };
        let declared = record.all.iter().filter(is_contact).count();
        contacts += declared;
        assert_eq!(declared, record.contacts, "{}", record.name);
    }
    assert!(contacts > 40, "{contacts}");
}

#[test]
fn a_contact_without_its_reason_is_not_let_through() {
    let text = "nome: X\ncategoria: ets\ncontatti: { email: a@b.it, sportelli: [{ recapito: 340, motivo: ' ' }, { recapito: 341, motivo: Sì }] }";
    let ente: Ente = yaml::parse("x", text, 0..text.len()).expect("a body");
    let mut found = Vec::new();
    recapiti(&ente, &mut |contact| found.push(contact.to_owned()));
    assert_eq!(found, ["a@b.it", "341"]);
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
