//! Whether a package is what it says: every file, the same bytes from the same records, the rules, phrase and logo.
//!
//! What is checked first needs nothing that comes later: an archive that is refused is not opened, and records that
//! are not those of the manifest are not made into anything.

mod dicitura;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;

use super::archivio::{self, Rifiuto};
use super::componi::{Composto, Mancato, SCHEDE, componi};
use super::manifesto::{MANIFESTO, Manifesto, Prodotto, impronta};
use super::{CHE_COSA_PROVA, Consegna};
use crate::conformita;
use crate::pipeline::{self, Prepared, Request};
use crate::report::Severity;
use dicitura::{Dicitura, dicitura};

pub use dicitura::file_sciolto;

/// More differences of one kind than these say nothing new.
const MOST_TOLD: usize = 20;

/// How one part of the check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Esito {
    Superata,
    Fallita,
    /// Another version of the program wrote the package: what differs may differ for this reason alone.
    AltraVersione,
    /// What comes before it failed.
    NonFatta,
}

/// One part of the check, and what it found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Prova {
    pub nome: &'static str,
    pub esito: Esito,
    /// One line that says how it went.
    pub detto: String,
    pub trovato: Vec<String>,
}

/// The outcome of a whole check.
#[derive(Debug, Serialize)]
pub struct Verifica {
    pub esito: Esito,
    /// Of the archive; a folder has none.
    pub sha256: Option<String>,
    pub periodo: Option<String>,
    pub ats: Option<String>,
    pub titolo: Option<String>,
    pub codice_di_controllo: Option<String>,
    pub scritto_da: Option<String>,
    /// How the plan stands, by the rules that its records were held against again.
    pub verdetto: Option<String>,
    pub prove: Vec<Prova>,
    pub che_cosa_prova: &'static str,
    #[serde(skip)]
    pub manifesto: Option<Manifesto>,
    /// Known where the records could be read.
    #[serde(skip)]
    dicitura: Option<Dicitura>,
}

/// The files of a package, as they were found.
struct Trovati {
    manifesto: Vec<u8>,
    file: BTreeMap<String, Vec<u8>>,
}

const ARCHIVIO: &str = "archivio";
const FILE: &str = "file";
const RICOSTRUZIONE: &str = "ricostruzione";
const REGOLE: &str = "regole";
const DICITURA: &str = "frase e logo";
/// A file that lies outside of the package.
pub const SCIOLTO: &str = "documento";

impl Prova {
    fn superata(nome: &'static str, detto: impl Into<String>) -> Self {
        Prova { nome, esito: Esito::Superata, detto: detto.into(), trovato: Vec::new() }
    }

    fn fallita(nome: &'static str, detto: impl Into<String>, trovato: Vec<String>) -> Self {
        Prova { nome, esito: Esito::Fallita, detto: detto.into(), trovato }
    }

    fn non_fatta(nome: &'static str) -> Self {
        let detto = "non fatta: prima deve tornare ciò che viene sopra".to_owned();
        Prova { nome, esito: Esito::NonFatta, detto, trovato: Vec::new() }
    }
}

impl Verifica {
    fn di(sha256: Option<String>, manifesto: Option<Manifesto>, mut prove: Vec<Prova>) -> Self {
        let missing = [ARCHIVIO, FILE, RICOSTRUZIONE, REGOLE, DICITURA].into_iter().skip(prove.len());
        prove.extend(missing.map(Prova::non_fatta).collect::<Vec<_>>());
        let worst = |esito| prove.iter().any(|prova| prova.esito == esito);
        let esito = match () {
            () if worst(Esito::Fallita) => Esito::Fallita,
            () if worst(Esito::AltraVersione) => Esito::AltraVersione,
            () => Esito::Superata,
        };
        let testa = manifesto.as_ref().map(|manifesto| &manifesto.consegna);
        Verifica {
            esito,
            sha256,
            periodo: testa.map(|testa| testa.periodo.to_string()),
            ats: testa.map(|testa| testa.ats.clone()),
            titolo: testa.map(|testa| testa.titolo.clone()),
            codice_di_controllo: testa.map(|testa| testa.codice_di_controllo.clone()),
            scritto_da: testa.map(|testa| format!("{} {}", testa.programma.nome, testa.programma.versione)),
            verdetto: None,
            prove,
            che_cosa_prova: CHE_COSA_PROVA,
            manifesto,
            dicitura: None,
        }
    }

    /// Another look at what was checked, such as a document that lies outside of the package.
    pub fn aggiungi(&mut self, prova: Prova) {
        if prova.esito == Esito::Fallita {
            self.esito = Esito::Fallita;
        }
        self.prove.push(prova);
    }
}

/// Checks the archive of a package.
pub fn pacchetto(bytes: &[u8]) -> Verifica {
    let sha256 = Some(impronta(bytes));
    match integro(bytes) {
        Err((manifesto, prove)) => Verifica::di(sha256, manifesto.map(|manifesto| *manifesto), prove),
        Ok((manifesto, trovati, prove)) => continua(sha256, manifesto, &trovati, prove),
    }
}

/// Checks the bytes alone, without making the plan again: what a changed byte shows on.
pub fn e_integro(bytes: &[u8]) -> Result<Manifesto, Vec<String>> {
    match integro(bytes) {
        Ok((manifesto, ..)) => Ok(manifesto),
        Err((_, prove)) => Err(prove.into_iter().flat_map(|prova| prova.trovato).collect()),
    }
}

type Integro = Result<(Manifesto, Trovati, Vec<Prova>), (Option<Box<Manifesto>>, Vec<Prova>)>;

fn integro(bytes: &[u8]) -> Integro {
    let refused =
        |rifiuto: Rifiuto| (None, vec![Prova::fallita(ARCHIVIO, "l'archivio è rifiutato", vec![rifiuto.to_string()])]);
    let voci = archivio::leggi(bytes).map_err(refused)?;
    let again = archivio::scrivi(voci.iter().map(|voce| (voce.nome.as_str(), &*voce.dati))).map_err(refused)?;
    let mut different = archivio::confronta(bytes, &again);
    let names: Vec<&str> = voci.iter().map(|voce| voce.nome.as_str()).collect();
    let in_order = names.first() == Some(&MANIFESTO) && names[1..].is_sorted();
    if !in_order && different.is_empty() {
        different.push(format!("i file non sono nell'ordine di un pacchetto: prima `{MANIFESTO}`, poi per nome"));
    }
    let prova = match different.is_empty() {
        true => Prova::superata(ARCHIVIO, format!("riscritto da capo è uguale, byte per byte ({})", bytes.len())),
        false if bytes.len() != again.len() => {
            let detto = "l'archivio non è come concilia lo ha scritto: di solito accade quando un altro programma lo \
                         rifà. Chiedi il file originale, oppure estrailo e verifica la cartella";
            Prova::fallita(ARCHIVIO, detto, different)
        }
        false => Prova::fallita(ARCHIVIO, "l'archivio non è come concilia lo ha scritto", different),
    };
    let is_ours = prova.esito == Esito::Superata;
    let mut file: BTreeMap<String, Vec<u8>> =
        voci.into_iter().map(|voce| (voce.nome, voce.dati.into_owned())).collect();
    let trovati = file.remove(MANIFESTO).map(|manifesto| Trovati { manifesto, file });
    let (manifesto, prove) = elenco(trovati.as_ref(), vec![prova]);
    match (manifesto, trovati) {
        (Some(manifesto), Some(trovati)) if is_ours && prove.iter().all(|prova| prova.esito == Esito::Superata) => {
            Ok((manifesto, trovati, prove))
        }
        (manifesto, _) => Err((manifesto.map(Box::new), prove)),
    }
}

/// Checks a package that was extracted into a folder.
pub fn cartella(folder: &Path) -> Result<Verifica, String> {
    let trovati = raccogli(folder)?;
    let detto = "è una cartella estratta: si controllano i file, non l'archivio da cui vengono";
    let (manifesto, prove) = elenco(Some(&trovati), vec![Prova::superata(ARCHIVIO, detto)]);
    Ok(match manifesto {
        Some(manifesto) if prove.iter().all(|prova| prova.esito == Esito::Superata) => {
            continua(None, manifesto, &trovati, prove)
        }
        manifesto => Verifica::di(None, manifesto, prove),
    })
}

/// The delivery that was extracted into a folder, its data held against the manifest.
pub fn consegna_in(folder: &Path) -> Result<Consegna, String> {
    let trovati = raccogli(folder)?;
    let manifesto = Manifesto::letto(&trovati.manifesto).map_err(|why| format!("`{MANIFESTO}` {why}"))?;
    let file = trovati.file.iter().map(|(nome, dati)| (nome.as_str(), dati.as_slice())).collect();
    Consegna::da_file(&manifesto, &file, String::new())
}

/// The files of a package that was extracted, within the limits of an archive.
fn raccogli(folder: &Path) -> Result<Trovati, String> {
    let mut file = BTreeMap::new();
    let mut total = 0_u64;
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|cause| {
            let why = cause.io_error().map_or_else(|| cause.to_string(), crate::io_message);
            format!("non riesco a leggere la cartella `{}`: {why}", folder.display())
        })?;
        if entry.file_type().is_dir() {
            continue;
        }
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let nome = below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        if !entry.file_type().is_file() {
            return Err(format!(
                "`{nome}` è un collegamento o un file speciale: in un pacchetto ci sono solo file normali"
            ));
        }
        let unreadable =
            |cause: std::io::Error| format!("non riesco a leggere `{nome}`: {}", crate::io_message(&cause));
        total += std::fs::metadata(entry.path()).map_err(unreadable)?.len();
        if total > archivio::MOST_BYTES {
            return Err(format!("la cartella supera {} MB: non è un pacchetto estratto", archivio::MOST_BYTES >> 20));
        }
        let bytes = std::fs::read(entry.path()).map_err(unreadable)?;
        file.insert(nome, bytes);
    }
    match file.remove(MANIFESTO) {
        Some(manifesto) => Ok(Trovati { manifesto, file }),
        None => Err(format!("in `{}` non c'è `{MANIFESTO}`: non è un pacchetto estratto", folder.display())),
    }
}

/// Every file against the manifest.
fn elenco(trovati: Option<&Trovati>, mut prove: Vec<Prova>) -> (Option<Manifesto>, Vec<Prova>) {
    let Some(trovati) = trovati else {
        let found = vec![format!("manca `{MANIFESTO}`")];
        prove.push(Prova::fallita(FILE, "non è un pacchetto di consegna", found));
        return (None, prove);
    };
    let manifesto = match Manifesto::letto(&trovati.manifesto) {
        Ok(manifesto) => manifesto,
        Err(why) => {
            prove.push(Prova::fallita(FILE, "il manifesto non si può usare", vec![format!("`{MANIFESTO}` {why}")]));
            return (None, prove);
        }
    };
    let mut found = Vec::new();
    if manifesto.scritto() != trovati.manifesto {
        found.push(format!("`{MANIFESTO}` non è scritto come lo scrive concilia"));
    }
    let mut listed = BTreeSet::new();
    for voce in &manifesto.file {
        if !listed.insert(voce.nome.as_str()) {
            found.push(format!("`{}` è due volte nel manifesto", voce.nome));
            continue;
        }
        match trovati.file.get(&voce.nome) {
            None => found.push(format!("`{}` manca", voce.nome)),
            Some(dati) if impronta(dati) != voce.sha256 || dati.len() as u64 != voce.byte => {
                found.push(format!("`{}` non è il file del manifesto: è stato cambiato", voce.nome));
            }
            Some(_) => {}
        }
    }
    let extra = trovati.file.keys().filter(|nome| !listed.contains(nome.as_str()));
    found.extend(extra.map(|nome| format!("`{nome}` non è nel manifesto: è stato aggiunto")));
    if found.is_empty() {
        let file: BTreeMap<&str, &[u8]> =
            trovati.file.iter().map(|(nome, dati)| (nome.as_str(), dati.as_slice())).collect();
        found.extend(Consegna::da_file(&manifesto, &file, String::new()).err());
    }
    prove.push(match found.is_empty() {
        true => Prova::superata(FILE, format!("{} file, ognuno è quello del manifesto", manifesto.file.len())),
        false => Prova::fallita(FILE, "i file non sono quelli del manifesto", limited(found)),
    });
    (Some(manifesto), prove)
}

/// The rest of the check, for files that are those of the manifest.
fn continua(sha256: Option<String>, manifesto: Manifesto, trovati: &Trovati, mut prove: Vec<Prova>) -> Verifica {
    let (mut attesa, mut verdetto) = (None, None);
    match rifatto(&manifesto, trovati) {
        Ok((composto, prepared)) => {
            prove.push(confronto(&manifesto, trovati, &composto));
            prove.push(regole(&prepared));
            verdetto = stato(&manifesto, &prepared);
            attesa = prepared.site.as_ref().map(|site| Dicitura::di(&site.plan));
            prove.push(dicitura(&composto.manifesto.prodotti, trovati, attesa.as_ref()));
        }
        Err(Rovina::Regole(prepared)) => {
            let detto = "dalle schede del pacchetto il Piano non si può rifare";
            prove.push(Prova::fallita(RICOSTRUZIONE, detto, vec!["le schede hanno errori".into()]));
            prove.push(regole(&prepared));
        }
        Err(Rovina::Altro(why)) => {
            let detto = "dalle schede del pacchetto il Piano non si può rifare";
            prove.push(Prova::fallita(RICOSTRUZIONE, detto, vec![why]));
        }
    }
    Verifica { dicitura: attesa, verdetto, ..Verifica::di(sha256, Some(manifesto), prove) }
}

fn stato(manifesto: &Manifesto, prepared: &Prepared) -> Option<String> {
    let site = prepared.site.as_ref()?;
    let p = site.plan.periodi.iter().position(|periodo| periodo.id == manifesto.consegna.periodo)?;
    Some(conformita::verdetto(&site.conformita.periodi[p]))
}

/// Why the plan could not be made again.
enum Rovina {
    Regole(Box<Prepared>),
    Altro(String),
}

/// The package made again from the records in it.
fn rifatto(manifesto: &Manifesto, trovati: &Trovati) -> Result<(Composto, Box<Prepared>), Rovina> {
    let io = |cause: std::io::Error| {
        Rovina::Altro(format!("non riesco a estrarre le schede: {}", crate::io_message(&cause)))
    };
    let folder = tempfile::Builder::new().prefix("concilia-").tempdir().map_err(io)?;
    for voce in manifesto.file.iter().filter(|voce| voce.nome.starts_with(SCHEDE)) {
        let path = voce.origine.as_deref().unwrap_or(&voce.nome);
        let Some(below) = path.strip_prefix(SCHEDE).filter(|below| is_inside(below)) else {
            return Err(Rovina::Altro(format!("`{}` andrebbe in `{path}`, fuori dalle schede", voce.nome)));
        };
        let target = folder.path().join(below);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent).map_err(io)?;
        }
        std::fs::write(&target, trovati.file.get(&voce.nome).map(Vec::as_slice).unwrap_or_default()).map_err(io)?;
    }
    let asked = &manifesto.consegna.richiesta;
    let is_good_theme = |tema: &str| crate::value::Id::parse(tema).is_ok();
    if asked.tema.as_deref().is_some_and(|tema| !is_good_theme(tema))
        || asked.indirizzo.as_deref().is_some_and(|address| !pipeline::is_base_url(address))
    {
        return Err(Rovina::Altro(format!("`{MANIFESTO}` chiede un tema o un indirizzo che non possono essere")));
    }
    let request = Request {
        content: folder.path().join("content"),
        base_url: asked.indirizzo.clone(),
        theme: asked.tema.clone(),
    };
    let mut prepared = Box::new(pipeline::prepare(&request).map_err(|error| Rovina::Altro(error.to_string()))?);
    let periodo = &manifesto.consegna.periodo;
    let plan = prepared.site.as_ref().map(|site| &site.plan);
    let Some(p) = plan.and_then(|plan| plan.periodi.iter().position(|found| found.id == *periodo)) else {
        return match prepared.stops(false) {
            true => Err(Rovina::Regole(prepared)),
            false => Err(Rovina::Altro(format!("fra le schede non c'è il Piano `{periodo}`"))),
        };
    };
    match componi(&mut prepared, &request, p, false) {
        Ok(composto) => Ok((composto, prepared)),
        Err(Mancato::Errori) => Err(Rovina::Regole(prepared)),
        Err(Mancato::Altro(why)) => Err(Rovina::Altro(why)),
    }
}

/// Only where records and themes lie, and nowhere above.
fn is_inside(below: &str) -> bool {
    let odd = |part: &str| part.is_empty() || part == "." || part == ".." || part.contains(['\\', ':', '\0']);
    (below.starts_with("content/") || below.starts_with("themes/")) && !below.split('/').any(odd)
}

fn confronto(manifesto: &Manifesto, trovati: &Trovati, rifatto: &Composto) -> Prova {
    let mut found = Vec::new();
    let made: BTreeMap<&str, &Prodotto> = by_path(&rifatto.manifesto.prodotti);
    let told: BTreeMap<&str, &Prodotto> = by_path(&manifesto.prodotti);
    if told.len() != manifesto.prodotti.len() {
        found.push("un prodotto è due volte nel manifesto".to_owned());
    }
    for (path, prodotto) in &told {
        match made.get(path) {
            None => found.push(format!("il prodotto `{path}` del manifesto non si ottiene dalle schede")),
            Some(other) if other != prodotto => {
                found.push(format!("il prodotto `{path}`, rifatto dalle schede, non ha lo SHA-256 del manifesto"));
            }
            Some(_) => {}
        }
    }
    let untold = made.keys().filter(|path| !told.contains_key(*path));
    found.extend(untold.map(|path| format!("il prodotto `{path}` si ottiene dalle schede, ma non è nel manifesto")));
    for (nome, dati) in &trovati.file {
        match rifatto.file.get(nome) {
            None => found.push(format!("`{nome}` non viene dalle schede")),
            Some(other) if other != dati => found.push(format!("`{nome}`, rifatto dalle schede, è diverso")),
            Some(_) => {}
        }
    }
    let missing = rifatto.file.keys().filter(|nome| !trovati.file.contains_key(*nome));
    found.extend(missing.map(|nome| format!("`{nome}` si ottiene dalle schede e nel pacchetto manca")));
    let (theirs, ours) = (&manifesto.consegna.programma, &rifatto.manifesto.consegna.programma);
    if found.is_empty() && manifesto.consegna != rifatto.manifesto.consegna && theirs == ours {
        found.push(format!("ciò che `{MANIFESTO}` dice della consegna non è ciò che dicono le schede"));
    }
    if found.is_empty() {
        let detto = format!(
            "rifatti dalle schede, {} prodotti del sito e {} file del pacchetto danno gli stessi byte",
            told.len(),
            trovati.file.len()
        );
        return Prova::superata(RICOSTRUZIONE, detto);
    }
    if theirs == ours {
        return Prova::fallita(RICOSTRUZIONE, "dalle schede si ottiene altro", limited(found));
    }
    let which = if theirs.versione == ours.versione {
        format!("un'altra edizione di {} {}", theirs.nome, theirs.versione)
    } else {
        format!("{} {}", theirs.nome, theirs.versione)
    };
    let detto = format!(
        "il pacchetto è di {which}, e qui c'è {} {}: i byte possono essere diversi anche solo per questo. Per averne la \
         prova, verificalo con la versione che lo ha scritto",
        ours.nome, ours.versione
    );
    Prova { nome: RICOSTRUZIONE, esito: Esito::AltraVersione, detto, trovato: limited(found) }
}

fn by_path(prodotti: &[Prodotto]) -> BTreeMap<&str, &Prodotto> {
    prodotti.iter().map(|prodotto| (prodotto.percorso.as_str(), prodotto)).collect()
}

/// Whether the records in the package keep the rules.
fn regole(prepared: &Prepared) -> Prova {
    let counts = prepared.report.counts();
    if counts.errors == 0 {
        let avvisi = match counts.warnings {
            0 => String::new(),
            n => format!(" ({n} {})", if n == 1 { "avviso" } else { "avvisi" }),
        };
        return Prova::superata(REGOLE, format!("le schede rispettano le regole vincolanti{avvisi}"));
    }
    let errors = prepared.report.diagnostics().iter().filter(|problem| problem.severity == Severity::Error);
    let told = errors.map(|problem| format!("{}: {}", problem.code, problem.message)).collect();
    Prova::fallita(REGOLE, "le schede non rispettano le regole", limited(told))
}

fn limited(mut found: Vec<String>) -> Vec<String> {
    if found.len() > MOST_TOLD {
        let others = found.len() - MOST_TOLD;
        found.truncate(MOST_TOLD);
        found.push(format!("e altri {others}"));
    }
    found
}
