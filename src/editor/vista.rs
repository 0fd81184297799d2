//! The records as a request finds them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::Editor;
use super::campi::{mostrati, nome, pagina};
use super::form::address;
use super::forme::scritto;
use super::guard::{No, no};
use super::rilievi::{Rilievo, TESTO_DELLA_PAGINA};
use crate::input::elenchi::Elenchi;
use crate::input::source::{self, Kind};
use crate::input::store::{Entry, Parsed, Store};
use crate::path;
use crate::plan::{Norme, Periodo, Progetto, norms_of};
use crate::quiet::lock;
use crate::report::Step;
use crate::schema;
use crate::serve::View;
use crate::theme::messaggi::capital;
use crate::value::{Euro, Id, Nodo, impronta};
use crate::yaml::modifica::{Errore, Scheda, Valore};

/// How the people of an office give a file the letters that all records have.
const NON_UTF8: &str = "il testo del file non è in UTF-8: aprilo con il programma che l'ha scritto e salvalo con la codifica \
                        UTF-8 (nel Blocco note: File, Salva con nome, Codifica)";

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

/// The pages of a file, and the places in them.
pub struct Vie {
    file: String,
    /// None where its records have no form.
    nodo: Option<Nodo<'static>>,
    /// None where it cannot be read.
    valore: Option<Valore>,
}

impl Editor {
    /// The records as they were last read: made once for each edition.
    pub fn vista(&self) -> Arc<Vista> {
        let view = self.state.view();
        let seen = &mut *lock(&self.seen);
        let known = seen.take().filter(|vista| vista.view.generation == view.generation);
        let vista = known.unwrap_or_else(|| Arc::new(Vista::new(self.state.store(), view)));
        Arc::clone(seen.insert(vista))
    }
}

impl Vista {
    fn new(store: Store, view: View) -> Self {
        let (norme, _) = norms_of(Some(&store));
        let name = |entry: &Arc<Entry>| (entry.source.name.clone(), entry.source.relative.clone());
        let nomi = store.entries.values().map(name).collect();
        let mut vista = Vista { rilievi: Vec::new(), store, view, norme, nomi, elenchi: Mutex::default() };
        vista.rilievi = vista.trovati(&vista.view.findings);
        vista
    }

    /// The file that messages call so.
    pub fn di_nome(&self, name: &str) -> Option<&Arc<Entry>> {
        self.store.entries.get(self.nomi.get(name)?)
    }

    /// A project in the last plan that could be read.
    pub fn nel_piano(&self, aperta: &Aperta) -> Option<(&Periodo, &Progetto)> {
        let piano = aperta.piano()?;
        let plan = &self.view.edition.as_ref()?.site.plan;
        let periodo = plan.periodi.iter().find(|periodo| periodo.id == *piano)?;
        Some((periodo, periodo.progetti.iter().find(|progetto| progetto.id == aperta.entry.source.id)?))
    }

    /// The grant of a project whose events tell it.
    pub fn concesso(&self, aperta: &Aperta, scheda: &Scheda) -> Option<Euro> {
        if scheda.valore(&riconosciuto()).is_some() || scheda.valore(&path!["eventi"]).is_none() {
            return None;
        }
        self.nel_piano(aperta)?.1.dati.finanziamento.contributo_riconosciuto
    }

    pub fn titolo(&self) -> String {
        self.store.sito().map_or_else(|| "Il sito".to_owned(), |sito| sito.titolo.clone())
    }

    /// The plans, the current one first.
    pub fn piani(&self) -> Vec<Id> {
        let piano = |entry: &Arc<Entry>| match &entry.source.kind {
            Kind::Piano(id) => Some(id.clone()),
            _ => None,
        };
        let mut piani: Vec<Id> = self.store.entries.values().rev().filter_map(piano).collect();
        let corrente = self.store.sito().and_then(|sito| sito.piano_corrente.as_ref());
        piani.sort_by_key(|piano| Some(piano) != corrente);
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
        let entry = self.store.entries.get(file).ok_or(no(404, "la scheda non c'è"))?;
        let genere = entry.source.kind.genere().ok_or(no(404, "la scheda non c'è"))?;
        let testo = source::read_as_written(&entry.source).map_err(|rifiuto| {
            no(
                409,
                if rifiuto.code == "C-11" { NON_UTF8 } else { "il file non si legge: aprilo con un altro programma" },
            )
        })?;
        let impronta = impronta(testo.as_bytes());
        Ok(Aperta { entry: Arc::clone(entry), genere, nodo: schema::nodo(genere), testo, impronta })
    }

    /// The site has one record of its own, and a plan stays while there is something in it.
    pub fn si_elimina(&self, aperta: &Aperta) -> bool {
        match &aperta.entry.source.kind {
            Kind::Sito => false,
            Kind::Piano(piano) => {
                let cartella = format!("piani/{piano}/");
                self.store.entries.keys().filter(|file| file.starts_with(&cartella)).count() == 1
            }
            _ => true,
        }
    }

    /// The findings of a file.
    pub fn rilievi_di(&self, entry: &Entry) -> Vec<Rilievo> {
        self.rilievi.iter().filter(|rilievo| rilievo.file == entry.source.name).cloned().collect()
    }

    /// The page of the preview that shows a record, where there is one.
    pub fn pagina(&self, relative: &str) -> Option<String> {
        let edition = self.view.edition.as_ref()?;
        indirizzo(relative).filter(|page| edition.site.routes.contains_key(&format!("{page}index.html")))
    }

    /// The ways to the fields of the record of a plan.
    pub fn di_piano(&self, piano: &str) -> Option<Vie> {
        self.vie(&self.store.entries.get(&format!("piani/{piano}/piano.yaml"))?.source.name)
    }

    /// The ways to the fields of a file, as messages name it.
    pub fn vie(&self, file: &str) -> Option<Vie> {
        let source = &self.di_nome(file)?.source;
        let scheda = self.apri(&source.relative).ok().and_then(|aperta| aperta.scheda().ok());
        let valore = scheda.and_then(|scheda| scheda.valore(&[]).cloned());
        Some(Vie { file: source.relative.clone(), nodo: source.kind.genere().map(schema::nodo), valore })
    }

    /// The findings, each with the way to its field.
    pub fn legati<'r>(&self, rilievi: impl IntoIterator<Item = &'r Rilievo>) -> Vec<Value> {
        let mut vie: BTreeMap<&str, Option<Vie>> = BTreeMap::new();
        let con = |rilievo: &'r Rilievo| {
            let vie = vie.entry(&rilievo.file).or_insert_with(|| self.vie(&rilievo.file));
            let mut voce = json!(rilievo);
            voce["indirizzo"] = json!(vie.as_ref().map(|vie| vie.a(&rilievo.passi)));
            voce
        };
        rilievi.into_iter().map(con).collect()
    }
}

impl Vie {
    pub fn di(aperta: &Aperta, scheda: &Scheda) -> Self {
        Vie { file: aperta.file().to_owned(), nodo: Some(aperta.nodo), valore: scheda.valore(&[]).cloned() }
    }

    /// The address of a field; of an item that is not there yet, that of its list.
    pub fn a(&self, passi: &[Step]) -> String {
        let Some(nodo) = self.nodo else { return "allegati".to_owned() };
        let page = |dove: &[Step]| address("scheda", &[("file", &self.file), ("dove", &nome(dove))]);
        if let [Step::Key(chiave)] = passi
            && chiave == TESTO_DELLA_PAGINA
        {
            return format!("{}#testo", page(&[]));
        }
        let Some(valore) = &self.valore else { return format!("{}#tutto", page(&[])) };
        let fin_qui = &passi[..mostrati(nodo, valore, passi)];
        let dove = pagina(nodo, fin_qui);
        let anchor = if fin_qui.len() > dove { format!("#c-{}", nome(fin_qui)) } else { String::new() };
        format!("{}{anchor}", page(&fin_qui[..dove]))
    }
}

impl Aperta {
    /// Below the content folder.
    pub fn file(&self) -> &str {
        &self.entry.source.relative
    }

    pub fn piano(&self) -> Option<&Id> {
        self.entry.source.kind.piano()
    }

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

/// Where a project tells its grant.
pub fn riconosciuto() -> Vec<Step> {
    path!["finanziamento", "contributo_riconosciuto"]
}

/// The address of the page that a record has, below that of the site.
pub fn indirizzo(relative: &str) -> Option<String> {
    let parti: Vec<&str> = relative.split('/').collect();
    Some(match parti[..] {
        ["sito.yaml"] => String::new(),
        ["pagine", file] => format!("{}/", stem(file)),
        ["partner", file] => format!("partner/{}/", stem(file)),
        ["norme", file] => format!("norme/{}/", stem(file)),
        ["piani", piano, "piano.yaml"] => format!("{piano}/"),
        ["piani", piano, "risorse.yaml"] => format!("{piano}/risorse/"),
        ["piani", piano, "pagine", file] => format!("{piano}/{}/", stem(file)),
        ["piani", piano, cartella, file] => format!("{piano}/{cartella}/{}/", stem(file)),
        _ => return None,
    })
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
