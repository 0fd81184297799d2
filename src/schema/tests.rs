//! Every field is explained, in Italian, and every example is one that the typed reader takes.

use std::collections::BTreeSet;

use super::*;
use crate::record::ETICHETTE;

/// Every place of a schema, with its path.
fn places<'a>(nome: String, nodo: Nodo<'a>, found: &mut Vec<(String, Nodo<'a>)>) {
    found.push((nome.clone(), nodo));
    for (campo, sotto) in nodo.gruppo().campi() {
        places(format!("{nome}.{campo}"), sotto, found);
    }
}

fn each(judge: impl Fn(&str, Nodo)) {
    for genere in GENERI {
        let schema = genere.schema();
        let mut found = Vec::new();
        places(genere.nome.to_owned(), Nodo(&schema), &mut found);
        assert!(found.len() > 3, "{}", genere.nome);
        found.iter().for_each(|(nome, nodo)| judge(nome, *nodo));
    }
}

#[test]
fn every_field_and_choice_is_explained_in_italian() {
    let english = [" the ", " of ", " and ", " its ", " is ", " where ", " which "];
    let is_italian = |detto: &str| {
        let padded = format!(" {} ", detto.to_lowercase());
        !english.iter().any(|word| padded.contains(word))
    };
    each(|nome, nodo| {
        assert!(nodo.detto().contains(' ') && nodo.detto().ends_with(['.', '?']), "{nome}: {}", nodo.detto());
        assert!(is_italian(nodo.detto()), "{nome}: {}", nodo.detto());
        assert!(!nodo.titolo().is_empty() && !nodo.titolo().contains('_'), "{nome}: {}", nodo.titolo());
        let scelte = nodo.voci().unwrap_or(nodo);
        let dette: Vec<_> = scelte.scelte().collect();
        let valori = scelte.0["enum"].as_array().map_or(0, |valori| valori.iter().filter(|v| !v.is_null()).count());
        assert_eq!(dette.len(), valori, "{nome}");
        assert!(dette.iter().all(|(_, detto)| detto.ends_with('.') && is_italian(detto)), "{nome}: {dette:?}");
    });
}

#[test]
fn every_identifier_says_of_which_list_it_is_or_has_an_example_of_its_own() {
    each(|nome, nodo| {
        let id = nodo.voci().unwrap_or(nodo);
        if id.0["x-tipo"] == "Id" {
            assert!(id.elenco().is_some() || id.0.get("x-esempio").is_some(), "{nome}");
        }
    });
}

fn read<T: yaml::Record>(nome: &str, esempio: &str) {
    let read = yaml::parse::<T>(nome, esempio, 0..esempio.len());
    assert!(read.is_ok(), "{nome}: {:?}\n{esempio}", read.err());
}

#[test]
fn every_example_is_read_by_the_typed_reader() {
    for genere in GENERI {
        let schema = genere.schema();
        // With every field, so that each example of the schema is in it; and as it is shown.
        for intero in [true, false] {
            let testo = esempio(Nodo(&schema), intero).join("\n");
            match genere.nome {
                "sito" => read::<Sito>(genere.nome, &testo),
                "atto" => read::<Atto>(genere.nome, &testo),
                "ente" => read::<Ente>(genere.nome, &testo),
                "piano" => read::<Piano>(genere.nome, &testo),
                "risorse" => read::<Risorse>(genere.nome, &testo),
                "avviso" => read::<Avviso>(genere.nome, &testo),
                "alleanza" => read::<Alleanza>(genere.nome, &testo),
                "progetto" => read::<Progetto>(genere.nome, &testo),
                "pagina" => read::<Pagina>(genere.nome, &testo),
                "ricerca" => read::<Ricerca>(genere.nome, &testo),
                "programma" => read::<Programma>(genere.nome, &testo),
                _ => read::<Norma>(genere.nome, &testo),
            }
        }
    }
}

#[test]
fn every_label_is_of_a_field_or_of_a_choice() {
    let mut nomi = BTreeSet::from(["risorse.yaml".to_owned()]);
    for genere in GENERI {
        let mut found = Vec::new();
        places(genere.nome.to_owned(), nodo(genere.nome), &mut found);
        for (nome, nodo) in found {
            let ultimi = nome.match_indices('.').map(|(punto, _)| nome[punto + 1..].to_owned());
            nomi.extend(ultimi);
            nomi.extend(nodo.voci().unwrap_or(nodo).scelte().map(|(scelta, _)| scelta.to_owned()));
        }
    }
    for (nome, _) in ETICHETTE {
        assert!(nomi.contains(*nome), "{nome}");
    }
}
