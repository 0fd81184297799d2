//! The records as a request finds them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use serde::Serialize;

use super::campi::{nome, pagina, sotto};
use super::form::address;
use super::forme::scritto;
use super::guard::No;
use super::rilievi::{self, Rilievo};
use super::{Editor, lock};
use crate::input::elenchi::Elenchi;
use crate::input::source::{self, Kind};
use crate::input::store::{Entry, Parsed, Store};
use crate::path;
use crate::plan::{Norme, norms_of};
use crate::report::Step;
use crate::schema;
use crate::serve::View;
use crate::theme::messaggi::capital;
use crate::value::{Id, Nodo, impronta};
use crate::yaml::modifica::{Errore, Scheda};

pub struct Vista {
    pub store: Store,
    pub view: View,
    pub norme: Norme,
    pub rilievi: Vec<Rilievo>,
    /// The files by the names that messages have for them.
    nomi: BTreeMap<String, String>,
    /// What records of each plan may name, as far as somebody asked.
    elenchi: Mutex<BTreeMap<Option<Id>, Arc<Elenchi>>>,
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

impl Editor {
    /// The records as they were last read: made once for each edition.
    pub fn vista(&self) -> Arc<Vista> {
        let view = self.state.view();
        let seen = &mut *lock(&self.seen);
        let known = seen.as_ref().filter(|vista| vista.view.generation == view.generation);
        known.map(Arc::clone).unwrap_or_else(|| {
            let vista = Arc::new(Vista::new(self.state.store(), view));
            *seen = Some(Arc::clone(&vista));
            vista
        })
    }
}

impl Vista {
    fn new(store: Store, view: View) -> Self {
        let (norme, _) = norms_of(Some(&store));
        let name = |entry: &Arc<Entry>| (entry.source.name.clone(), entry.source.relative.clone());
        let nomi = store.entries.values().map(name).collect();
        Vista { rilievi: rilievi::tutti(&view.findings), store, view, norme, nomi, elenchi: Mutex::default() }
    }

    /// The file that messages call so.
    pub fn di_nome(&self, name: &str) -> Option<&Arc<Entry>> {
        self.store.entries.get(self.nomi.get(name)?)
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
    pub fn elenchi(&self, piano: Option<&Id>) -> Arc<Elenchi> {
        let known = &mut *lock(&self.elenchi);
        Arc::clone(known.entry(piano.cloned()).or_insert_with(|| {
            let mut store = self.store.clone();
            let suo = |altro: &Id| piano.is_none_or(|piano| piano == altro);
            store.entries.retain(|_, entry| entry.source.kind.piano().is_none_or(suo));
            Arc::new(Elenchi::new(Some(&store), &self.norme))
        }))
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
        let entry = self.di_nome(file)?;
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
        Parsed::Broken => scritto_nel_file(entry).unwrap_or_else(|| capital(&id.replace('-', " "))),
        Parsed::Consegna(_) | Parsed::Media(_) => id.to_owned(),
    }
}

/// The name of a record that has errors, if its file can be read at all.
fn scritto_nel_file(entry: &Entry) -> Option<String> {
    let nodo = schema::nodo(entry.source.kind.genere()?);
    let testo = source::read_as_written(&entry.source).ok()?;
    let letta = if entry.source.relative.ends_with(".md") { Scheda::leggi_pagina } else { Scheda::leggi };
    let scheda = letta(&testo, nodo).ok()?;
    let nome = scheda.valore(&path!["titolo"]).or_else(|| scheda.valore(&path!["nome"])).map(scritto)?;
    Some(nome.to_owned()).filter(|nome| !nome.is_empty())
}
