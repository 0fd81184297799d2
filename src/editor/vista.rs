//! The records as a request finds them.

use std::sync::Arc;

use serde::Serialize;

use super::Editor;
use super::campi::{nome, pagina, sotto};
use super::form::address;
use super::guard::No;
use super::rilievi::{self, Rilievo};
use crate::input::elenchi::Elenchi;
use crate::input::source::{self, Kind};
use crate::input::store::{Entry, Parsed, Store};
use crate::plan::{Norme, norms_of};
use crate::report::Step;
use crate::schema;
use crate::serve::View;
use crate::value::{Id, Nodo, impronta};
use crate::yaml::modifica::{Errore, Scheda};

pub struct Vista {
    pub store: Store,
    pub view: View,
    pub norme: Norme,
    pub rilievi: Vec<Rilievo>,
}

/// A file of records that is open.
pub struct Aperta {
    pub entry: Arc<Entry>,
    pub genere: &'static str,
    pub nodo: Nodo<'static>,
    pub testo: String,
    pub impronta: String,
}

/// A plan, as the menu names it.
#[derive(Serialize)]
pub struct Piano {
    pub id: String,
    titolo: String,
}

impl Vista {
    pub fn new(editor: &Editor) -> Self {
        let (store, view) = (editor.state.store(), editor.state.view());
        let rilievi = rilievi::tutti(&view.findings);
        Vista::di(store, view, rilievi)
    }

    pub fn di(store: Store, view: View, rilievi: Vec<Rilievo>) -> Self {
        let (norme, _) = norms_of(Some(&store));
        Vista { store, view, norme, rilievi }
    }

    pub fn titolo(&self) -> String {
        match self.store.entries.get("sito.yaml").map(|entry| &entry.parsed) {
            Some(Parsed::Sito(sito)) => sito.titolo.clone(),
            _ => "Il sito".to_owned(),
        }
    }

    /// The plans, the current one first.
    pub fn piani(&self) -> Vec<Piano> {
        let mut piani: Vec<Piano> = self
            .store
            .entries
            .values()
            .filter_map(|entry| match (&entry.source.kind, &entry.parsed) {
                (Kind::Piano(id), Parsed::Piano(piano)) => {
                    Some(Piano { id: id.to_string(), titolo: piano.titolo.clone() })
                }
                (Kind::Piano(id), _) => Some(Piano { id: id.to_string(), titolo: format!("Piano {id}") }),
                _ => None,
            })
            .collect();
        piani.reverse();
        let corrente = match self.store.entries.get("sito.yaml").map(|entry| &entry.parsed) {
            Some(Parsed::Sito(sito)) => sito.piano_corrente.as_ref().map(Id::to_string),
            _ => None,
        };
        piani.sort_by_key(|piano| Some(&piano.id) != corrente.as_ref());
        piani
    }

    /// What records of a plan may name; those of the site, everything.
    pub fn elenchi(&self, piano: Option<&Id>) -> Elenchi {
        let mut store = self.store.clone();
        store
            .entries
            .retain(|_, entry| entry.source.kind.piano().is_none_or(|altro| piano.is_none_or(|piano| piano == altro)));
        Elenchi::new(Some(&store), &self.norme)
    }

    /// A file of records that is there: whatever else is asked for does not exist.
    pub fn apri(&self, file: &str) -> Result<Aperta, No> {
        let entry = self.store.entries.get(file).ok_or(No(404, "la scheda non c'è"))?;
        let genere = entry.source.kind.genere().ok_or(No(404, "la scheda non c'è"))?;
        let testo = source::read_as_written(&entry.source)
            .map_err(|_| No(409, "il file non si legge: aprilo con un altro programma"))?;
        let impronta = impronta(testo.as_bytes());
        Ok(Aperta { entry: Arc::clone(entry), genere, nodo: schema::nodo(genere), testo, impronta })
    }

    /// The findings of a file.
    pub fn rilievi_di(&self, entry: &Entry) -> Vec<Rilievo> {
        self.rilievi.iter().filter(|rilievo| rilievo.file == entry.source.name).cloned().collect()
    }

    /// The page of the preview that shows a record, where there is one.
    pub fn pagina(&self, relative: &str) -> Option<String> {
        let parti: Vec<&str> = relative.split('/').collect();
        let page = match parti[..] {
            ["sito.yaml"] => String::new(),
            ["pagine", file] => format!("{}/", stem(file)),
            ["partner", file] => format!("partner/{}/", stem(file)),
            ["norme", file] => format!("norme/{}/", stem(file)),
            ["piani", piano, "piano.yaml"] => format!("{piano}/"),
            ["piani", piano, "risorse.yaml"] => format!("{piano}/risorse/"),
            ["piani", piano, "pagine", file] => format!("{piano}/{}/", stem(file)),
            ["piani", piano, cartella, file] => format!("{piano}/{cartella}/{}/", stem(file)),
            _ => return None,
        };
        let edition = self.view.edition.as_ref()?;
        edition.site.routes.contains_key(&format!("{page}index.html")).then_some(page)
    }

    /// The address of a field, by the file as messages name it.
    pub fn indirizzo(&self, file: &str, passi: &[Step]) -> Option<String> {
        let entry = self.store.entries.values().find(|entry| entry.source.name == file)?;
        let relative = &entry.source.relative;
        let Some(genere) = entry.source.kind.genere() else { return Some("schede".to_owned()) };
        let nodo = schema::nodo(genere);
        let dove = pagina(nodo, passi);
        let page = address("scheda", &[("file", relative), ("dove", &nome(&passi[..dove]))]);
        let known = (dove + 1..=passi.len()).rev().find(|n| sotto(nodo, &passi[..*n]).is_some());
        Some(known.map_or(page.clone(), |known| format!("{page}#c-{}", nome(&passi[..known]))))
    }
}

impl Aperta {
    pub fn e_pagina(&self) -> bool {
        self.genere == "pagina"
    }

    pub fn scheda(&self) -> Result<Scheda, Errore> {
        self.di(&self.testo)
    }

    /// The same record with another text.
    pub fn di(&self, testo: &str) -> Result<Scheda, Errore> {
        if self.e_pagina() { Scheda::leggi_pagina(testo, self.nodo) } else { Scheda::leggi(testo, self.nodo) }
    }

    /// What the record is called.
    pub fn titolo(&self) -> String {
        titolo(&self.entry)
    }
}

fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// What a record is called by whoever reads a list of them.
pub fn titolo(entry: &Entry) -> String {
    let id = entry.source.id.as_str();
    match &entry.parsed {
        Parsed::Sito(_) => "Il sito".to_owned(),
        Parsed::Ricerca(_) => "Le parole della ricerca".to_owned(),
        Parsed::Enti(enti, true) => format!("{} ({} enti)", id.replace('-', " "), enti.len()),
        Parsed::Enti(enti, false) => enti.first().map_or(id, |ente| ente.nome.as_str()).to_owned(),
        Parsed::Pagina(pagina) => pagina.titolo.clone(),
        Parsed::Storia(programma) => programma.titolo.clone(),
        Parsed::Norma(norma) => norma.titolo.clone(),
        Parsed::Piano(piano) => piano.titolo.clone(),
        Parsed::Atti(..) => "Gli atti".to_owned(),
        Parsed::Risorse(_) => "Le risorse".to_owned(),
        Parsed::Avviso(avviso) => avviso.titolo.clone(),
        Parsed::Alleanza(alleanza) => alleanza.nome.clone(),
        Parsed::Progetto(progetto) => progetto.titolo.clone(),
        Parsed::Consegna(_) | Parsed::Media(_) | Parsed::Broken => id.to_owned(),
    }
}
