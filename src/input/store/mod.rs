//! Stage 2: every file parsed into its record, the broken ones reported and kept by name.
//!
//! The store is what `serve` keeps between two changes: only a file whose bytes changed is parsed again.

mod declared;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;
use serde::Serialize;

use crate::input::consegne::{Consegna, scritti};
use crate::input::privacy::{self, Personal, Spot};
use crate::input::source::{self, ContentError, Kind, Source};
use crate::record::{Alleanza, Atto, Avviso, Ente, Norma, Pagina, Piano, Progetto, Programma, Ricerca, Risorse, Sito};
use crate::report::{Diagnostic, Place, Rule};
use crate::value::{Id, Testo};
use crate::yaml::{self, front_matter};
use crate::{input::lookalike, input::misplaced};
use declared::Declared;

pub const RULES: &[Rule] = &[
    Rule::new("C-14", "i file necessari ci sono")
        .why("senza `sito.yaml`, `piano.yaml` e il logo non c'è sito")
        .example("un sito senza `sito.yaml`, o un logo che non c'è"),
    Rule::new("C-23", "i pacchetti consegnati si leggono e sono del Piano nella cui cartella stanno")
        .why("lo storico delle modifiche si ricava da questi: un pacchetto rovinato lo falserebbe")
        .example("un file in `consegne/` che non è un pacchetto, o che è stato cambiato dopo la consegna"),
];

/// The record or records that one file holds. It can be written so that all its texts can be walked.
#[derive(Debug, Clone, Serialize)]
pub enum Parsed {
    Sito(Arc<Sito>),
    Ricerca(Arc<Ricerca>),
    /// A list, or one record alone (`false`): where a field stands depends on it.
    Enti(Vec<Arc<Ente>>, bool),
    Pagina(Arc<Pagina>),
    Storia(Arc<Programma>),
    Norma(Arc<Norma>),
    Piano(Arc<Piano>),
    /// A list, or one act alone (`false`).
    Atti(Arc<[Atto]>, bool),
    Risorse(Arc<Risorse>),
    Avviso(Arc<Avviso>),
    Alleanza(Arc<Alleanza>),
    Progetto(Arc<Progetto>),
    #[serde(skip)]
    Consegna(Arc<Consegna>),
    #[serde(skip)]
    Media(Arc<[u8]>),
    /// Wrong in itself: what refers to it is not judged.
    Broken,
}

/// One file and what it gave.
#[derive(Debug, Clone)]
pub struct Entry {
    pub source: Source,
    pub parsed: Parsed,
    pub problems: Vec<Diagnostic>,
    /// Personal data in it, but for the contacts that it declares itself.
    pub personal: Vec<Personal>,
    /// What it declares public.
    pub declared: Declared,
    /// Of the file before it was read; a file with the same stamp is not parsed again.
    stamp: Option<Stamp>,
}

/// Size and time of a file.
type Stamp = (u64, SystemTime);

/// All the records of a content folder, by path.
#[derive(Debug, Clone, Default)]
pub struct Store {
    pub entries: BTreeMap<String, Arc<Entry>>,
    /// What is wrong with the folder itself.
    pub problems: Vec<Diagnostic>,
}

impl Store {
    pub fn load(content: &Path) -> Result<Self, ContentError> {
        Store::default().refreshed(content, &BTreeSet::new())
    }

    /// The store after a change: files that are the same keep their records; `changed` are read in any case.
    pub fn refreshed(&self, content: &Path, changed: &BTreeSet<PathBuf>) -> Result<Self, ContentError> {
        let sources = source::walk(content)?;
        let fresh = |source: Source| {
            let known = self.entries.get(&source.relative).filter(|known| {
                !changed.contains(&source.path) && known.stamp.is_some() && known.stamp == stamp(&source.path)
            });
            (source.relative.clone(), known.map_or_else(|| Arc::new(read(source)), Arc::clone))
        };
        let entries: Vec<_> = sources.files.into_par_iter().map(fresh).collect();
        Ok(Store { entries: entries.into_iter().collect(), problems: sources.problems })
    }

    /// The store after one of its files was written again: nothing else is looked at. None where the file is no longer
    /// there, or was not.
    pub fn reread(&self, path: &Path) -> Option<Self> {
        let known = self.entries.values().find(|entry| entry.source.path == path).filter(|_| path.is_file())?;
        let mut store = self.clone();
        store.entries.insert(known.source.relative.clone(), Arc::new(read(known.source.clone())));
        Some(store)
    }

    /// What the site says of itself, where that can be read.
    pub fn sito(&self) -> Option<&Arc<Sito>> {
        match &self.entries.get("sito.yaml")?.parsed {
            Parsed::Sito(sito) => Some(sito),
            _ => None,
        }
    }

    /// The store as it would be if one of its files held this text.
    pub fn as_if(&self, relative: &str, text: &str) -> Self {
        let mut store = self.clone();
        if let Some(known) = store.entries.get_mut(relative) {
            *known = Arc::new(entry(known.source.clone(), None, Some(text)));
        }
        store
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.len(), metadata.modified().ok()?))
}

fn read(source: Source) -> Entry {
    // Before the bytes: a file that changes in between looks changed the next time.
    let stamp = stamp(&source.path);
    entry(source, stamp, None)
}

/// What a record holds, without a byte order mark; `written` takes the place of its file.
fn text(source: &Source, written: Option<&str>) -> Result<String, Box<Diagnostic>> {
    let text = written.map_or_else(|| source::read_as_written(source), |text| Ok(text.to_owned()))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn entry(source: Source, stamp: Option<Stamp>, written: Option<&str>) -> Entry {
    let mut problems = Vec::new();
    let mut personal = privacy::in_name(&source.relative);
    let parsed = parse(&source, written, &mut problems, &mut personal).unwrap_or_else(|mut found| {
        // Fields that are unknown here may be those of another kind: one cause, one message.
        if found.iter().all(|problem| problem.code != yaml::codes::SYNTAX)
            && let Some(misplaced) = text(&source, written).ok().and_then(|text| misplaced::find(&source, &text))
        {
            found = vec![misplaced];
        }
        problems.append(&mut found);
        Parsed::Broken
    });
    let declared = declared::settle(&source, &parsed, &mut personal);
    Entry { source, parsed, problems, personal, declared, stamp }
}

fn parse(
    source: &Source,
    written: Option<&str>,
    warnings: &mut Vec<Diagnostic>,
    personal: &mut Vec<Personal>,
) -> Result<Parsed, Vec<Diagnostic>> {
    if source.kind == Kind::Media {
        let bytes = source::read_bytes(source).map_err(|problem| vec![*problem])?;
        personal.extend(privacy::in_media(&bytes));
        if let Some(what) = source::script_in(&source.relative, &bytes) {
            let message = format!("il disegno contiene {what}: fra gli allegati non si pubblica");
            let help = "esportalo di nuovo senza script e senza pagine dentro, come «SVG semplice»";
            return Err(vec![*source::refused("C-10", &source.name, message, help)]);
        }
        return Ok(Parsed::Media(bytes.into()));
    }
    if let Kind::Consegna(piano) = &source.kind {
        let bytes = source::read_bytes(source).map_err(|problem| vec![*problem])?;
        return delivery(source, piano, &bytes, personal).map_err(|problem| vec![*problem]);
    }
    let text = text(source, written).map_err(|problem| vec![*problem])?;
    lookalike::check(&source.name, &text, warnings);
    personal.extend(privacy::in_text(&text));
    let parsed = match source.kind {
        Kind::Sito => Parsed::Sito(record(source, &text)?),
        Kind::Ricerca => Parsed::Ricerca(record(source, &text)?),
        Kind::Partner => {
            let (enti, list) = yaml::parse_one_or_many::<Ente>(&source.name, &text)?;
            Parsed::Enti(enti.into_iter().map(Arc::new).collect(), list)
        }
        Kind::Storia => Parsed::Storia(record(source, &text)?),
        Kind::Norma => Parsed::Norma(record(source, &text)?),
        Kind::Piano(_) => Parsed::Piano(record(source, &text)?),
        Kind::Atti(_) => {
            let (atti, list) = yaml::parse_one_or_many::<Atto>(&source.name, &text)?;
            Parsed::Atti(atti.into(), list)
        }
        Kind::Risorse(_) => Parsed::Risorse(record(source, &text)?),
        Kind::Avviso(_) => Parsed::Avviso(record(source, &text)?),
        Kind::Alleanza(_) => {
            warnings.extend(yaml::renamed::told::<Alleanza>(&source.name, &text));
            Parsed::Alleanza(record(source, &text)?)
        }
        Kind::Progetto(_) => Parsed::Progetto(record(source, &text)?),
        Kind::Pagina | Kind::PaginaDiPiano(_) => Parsed::Pagina(page(source, &text)?),
        Kind::Media | Kind::Consegna(_) => Parsed::Broken,
    };
    // Of a record that could not be read, its own message tells.
    let yaml = front_matter(&text).map_or(0..text.len(), |(front, _)| front);
    warnings.extend(yaml::commenti::told(&source.name, &text, yaml.clone()));
    warnings.extend(yaml::quotes::told(&source.name, &text, yaml));
    Ok(parsed)
}

/// A package that was delivered: it is somebody's file as long as it lies here, whoever wrote it.
fn delivery(
    source: &Source,
    piano: &Id,
    bytes: &[u8],
    personal: &mut Vec<Personal>,
) -> Result<Parsed, Box<Diagnostic>> {
    let refuse = |why: String, help: &str| {
        let message = format!("il pacchetto consegnato non si può leggere: {why}");
        source::refused("C-23", &source.name, message, help)
    };
    let again = "rimetti il file che `concilia consegna` ha scritto, oppure toglilo da `consegne/`";
    let consegna = Consegna::letta(bytes).map_err(|why| refuse(why, again))?;
    let suo = &consegna.testa.periodo;
    if suo != piano {
        let why = format!("è del Piano `{suo}`");
        return Err(refuse(why, &format!("spostalo in `piani/{suo}/consegne/`")));
    }
    // What pages are made from. No message can show where it stands in an archive.
    let text = String::from_utf8_lossy(&scritti(&consegna.contenuto.dati)).into_owned();
    personal.extend(privacy::in_text(&text).into_iter().map(|found| Personal { spot: Spot::Inside, ..found }));
    Ok(Parsed::Consegna(Arc::new(consegna)))
}

fn record<T: yaml::Record>(source: &Source, text: &str) -> Result<Arc<T>, Vec<Diagnostic>> {
    yaml::parse(&source.name, text, 0..text.len()).map(Arc::new)
}

fn page(source: &Source, text: &str) -> Result<Arc<Pagina>, Vec<Diagnostic>> {
    let Some((front, body)) = front_matter(text) else {
        let help = "comincia il file con `---`, poi `titolo: …`, poi un'altra riga `---`, e sotto il testo";
        let message = match text.lines().next().map(str::trim_end) {
            Some("---") => "l'intestazione non è chiusa: manca la seconda riga `---`",
            _ => "manca l'intestazione della pagina",
        };
        return Err(vec![*source::refused("C-14", &source.name, message, help)]);
    };
    let mut pagina: Pagina = yaml::parse(&source.name, text, front)?;
    let place = |at: Range<usize>| Place::span(&*source.name, body + at.start..body + at.end);
    let refused = Testo::rifiuti(&text[body..]).map(|(rifiuto, at)| rifiuto.diagnostic().at(place(at)));
    pagina.testo = Testo::parse(&text[body..]).map_err(|_| refused.collect::<Vec<_>>())?;
    pagina.inizio = body;
    Ok(Arc::new(pagina))
}
