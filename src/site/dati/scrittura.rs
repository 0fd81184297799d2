//! The three forms of a dataset, written in one reading of its rows.

use std::collections::BTreeMap;

use super::catalogo::Intestazione;
use super::{Dati, indirizzo};
use crate::report::Diagnostic;
use crate::site::engine::{DatiFatti, FileDiDati, Site};
use crate::value::impronta;
use crate::view::xlsx::{Detto, Libro};
use crate::view::{Cella, csv};

/// How many rows a page shows.
const ANTEPRIMA: usize = 5;

pub fn scritti(site: &Site, dati: &Dati) -> Result<DatiFatti, Box<Diagnostic>> {
    let (testa, campi) = (dati.testa, &dati.campi);
    let foglio = |cause| Box::new(senza_foglio(testa, &cause));
    let mut tabella = csv::inizio();
    let mut oggetti = inizio_json(site);
    let mut libro = Libro::nuovo(testa.titolo, campi).map_err(foglio)?;
    let mut anteprima = Vec::new();
    let mut righe = 0;
    // Programs find a field by its name, people by the alphabet.
    let mut per_nome: Vec<(&str, usize)> = campi.iter().enumerate().map(|(i, campo)| (campo.id, i)).collect();
    per_nome.sort_unstable();
    csv::riga(&mut tabella, campi.iter().map(|campo| Cella::from(campo.id)));
    for celle in (dati.righe)() {
        csv::riga(&mut tabella, &celle);
        oggetto(&mut oggetti, &celle, &per_nome, righe == 0);
        libro.riga(&celle).map_err(foglio)?;
        if righe < ANTEPRIMA {
            anteprima
                .push(celle.iter().map(|cella| (*cella != Cella::Assente).then(|| breve(&cella.dato()))).collect());
        }
        righe += 1;
    }
    oggetti.push_str(if righe == 0 { "]" } else { "\n  ]" });
    oggetti.push_str(&format!(",\n  \"titolo\": {}\n}}\n", Cella::from(testa.titolo).json()));
    let foglio = libro.chiuso(detto(site, testa), campi).map_err(foglio)?;
    let file = |bytes: Vec<u8>| FileDiDati { sha256: impronta(&bytes), bytes };
    let file = [("csv", tabella.into_bytes()), ("json", oggetti.into_bytes()), ("xlsx", foglio)]
        .map(|(fine, bytes)| (fine, file(bytes)));
    Ok(DatiFatti { righe, anteprima, file: BTreeMap::from(file) })
}

/// What comes before the rows, with the attribution as a field, as every product must carry it.
fn inizio_json(site: &Site) -> String {
    let sito = &*site.plan.sito;
    let testa = [
        ("aggiornato_al", Cella::from(sito.aggiornato_al)),
        ("ats", Cella::from(&sito.ats.nome)),
        ("attribuzione", Cella::from(&*site.plan.frase)),
        ("licenza", Cella::from(sito.licenza())),
    ];
    let mut out = String::from("{\n");
    out.extend(testa.map(|(campo, cella)| format!("  \"{campo}\": {},\n", cella.json())));
    out.push_str("  \"righe\": [");
    out
}

fn oggetto(out: &mut String, celle: &[Cella], per_nome: &[(&str, usize)], prima: bool) {
    out.push_str(if prima { "\n    {\n" } else { ",\n    {\n" });
    for (n, &(nome, i)) in per_nome.iter().enumerate() {
        let end = if n + 1 < per_nome.len() { ",\n" } else { "\n    }" };
        out.extend(["      \"", nome, "\": ", &celle[i].json(), end]);
    }
}

/// What a table on a phone has room for.
fn breve(testo: &str) -> String {
    crate::site::engine::inizio(testo, 60, |word| word.chars().count())
}

fn detto<'a>(site: &'a Site, testa: Intestazione) -> Detto<'a> {
    let sito = &*site.plan.sito;
    let note = [
        ("Dati", Some(testa.descrizione.to_owned())),
        ("Fonte", Some(format!("{}, aggiornate {}", sito.di_chi_le_schede(), sito.aggiornato_al.con("al")))),
        ("Indirizzo", indirizzo(site, &format!("dati/{}/", testa.id))),
        ("Licenza", Some(sito.licenza().to_owned())),
        ("Attribuzione", Some(site.plan.frase.clone())),
        ("Formati", Some("Gli importi sono in euro, i giorni sono date, i codici sono testo. Una cella vuota non è zero: la fonte non dice il dato. Non ci sono righe di totale.".to_owned())),
        ("Testi", Some(csv::REGOLA.to_owned())),
    ];
    Detto {
        titolo: testa.titolo,
        autore: sito.chi_pubblica(),
        frase: &site.plan.frase,
        data: sito.aggiornato_al,
        note: note.into_iter().filter_map(|(nome, detto)| Some((nome, detto?))).collect(),
    }
}

fn senza_foglio(testa: Intestazione, cause: &dyn std::fmt::Display) -> Diagnostic {
    Diagnostic::error("M-02", format!("non riesco a comporre il foglio di calcolo di `{}`: {cause}", testa.id))
        .help("le righe passano da un file temporaneo: controlla che nella cartella temporanea ci sia posto")
}
