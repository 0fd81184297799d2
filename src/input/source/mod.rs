//! Stage 1: the files of the content folder, found and read within limits.
//!
//! What a record is follows from where it lies. Nothing outside the folder is ever read: links that
//! lead out are refused, and so is whatever is not a regular file.

mod classify;
mod media;

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::input::folder::{self, Entry, Unreadable};
use crate::report::{Diagnostic, Place, Rule, Severity};
use crate::value::Id;
use classify::{StrangeFolders, Stray, classify};
pub use media::{promesso, script_in, untrue};

pub const RULES: &[Rule] = &[
    Rule::new("C-10", "ogni file ha un nome e un posto che concilia conosce")
        .why("un file fuori posto non verrebbe pubblicato")
        .example("un file in `progeti/` invece che in `progetti/`; in `media/`, una pagina, un programma, un disegno con uno script o una fotografia che non lo è"),
    Rule::new("C-11", "i testi sono in UTF-8")
        .why("le lettere accentate si leggerebbero male")
        .example("un testo salvato da un vecchio programma in un'altra codifica"),
    Rule::new("C-12", "i file si possono leggere e stanno nella cartella dei contenuti")
        .why("nulla di esterno finisce nel sito per errore")
        .example("un collegamento a un file che sta fuori da `content`"),
];

/// No record is near this; a larger file is a mistake or an attack.
const MAX_RECORD_BYTES: u64 = 8 << 20;
/// Pictures, attachments, delivered packages.
const MAX_MEDIA_BYTES: u64 = 64 << 20;
/// Folders deeper than any record lies.
const MAX_DEPTH: usize = 12;

/// What a file is, by its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Sito,
    Ricerca,
    Partner,
    Pagina,
    Storia,
    Norma,
    Media,
    Piano(Id),
    Atti(Id),
    Risorse(Id),
    Avviso(Id),
    Alleanza(Id),
    Progetto(Id),
    PaginaDiPiano(Id),
    /// A package that was delivered, or its extract.
    Consegna(Id),
}

impl Kind {
    /// The plan in whose folder it lies.
    pub fn piano(&self) -> Option<&Id> {
        match self {
            Kind::Piano(id) | Kind::Atti(id) | Kind::Risorse(id) | Kind::Avviso(id) | Kind::Alleanza(id) => Some(id),
            Kind::Progetto(id) | Kind::PaginaDiPiano(id) | Kind::Consegna(id) => Some(id),
            Kind::Sito | Kind::Ricerca | Kind::Partner | Kind::Pagina | Kind::Storia | Kind::Norma | Kind::Media => {
                None
            }
        }
    }

    /// What its records are, by the name of their schema.
    pub fn genere(&self) -> Option<&'static str> {
        Some(match self {
            Kind::Sito => "sito",
            Kind::Ricerca => "ricerca",
            Kind::Partner => "ente",
            Kind::Pagina | Kind::PaginaDiPiano(_) => "pagina",
            Kind::Storia => "programma",
            Kind::Norma => "norma",
            Kind::Piano(_) => "piano",
            Kind::Atti(_) => "atto",
            Kind::Risorse(_) => "risorse",
            Kind::Avviso(_) => "avviso",
            Kind::Alleanza(_) => "alleanza",
            Kind::Progetto(_) => "progetto",
            Kind::Consegna(_) | Kind::Media => return None,
        })
    }
}

/// What a file would be, by its path below the content folder.
pub fn kind_of(relative: &str) -> Option<Kind> {
    classify(relative).ok().map(|(kind, _)| kind)
}

/// A file of the content folder.
#[derive(Debug, Clone)]
pub struct Source {
    pub kind: Kind,
    /// The file's name without extension: the id of the record in it.
    pub id: Id,
    /// Path below the content folder, with `/`.
    pub relative: String,
    /// The path as the user knows it.
    pub name: String,
    pub path: PathBuf,
}

/// All the files found, in the order of their paths, and what is wrong with the others.
#[derive(Debug, Default)]
pub struct Sources {
    pub files: Vec<Source>,
    pub problems: Vec<Diagnostic>,
}

/// Why there is nothing to read at all.
#[derive(Debug)]
pub enum ContentError {
    Missing(PathBuf),
    NotAFolder(PathBuf),
    /// The records lie in the folder named here.
    OneLevelUp(PathBuf),
    Unreadable(PathBuf, std::io::Error),
}

impl std::fmt::Display for ContentError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ContentError::Missing(path) => write!(
                f,
                "la cartella dei contenuti `{}` non c'è: spostati nella cartella del sito o indicala con `--content`",
                path.display()
            ),
            ContentError::NotAFolder(path) => {
                write!(f, "`{}` non è una cartella: indica con `--content` quella dei contenuti", path.display())
            }
            ContentError::OneLevelUp(path) => {
                write!(f, "i contenuti sono nella cartella `{0}`: forse intendevi `--content {0}`?", path.display())
            }
            ContentError::Unreadable(path, cause) => {
                write!(f, "non riesco a leggere la cartella `{}`: {}", path.display(), crate::io_message(cause))
            }
        }
    }
}

/// Walks the content folder.
pub fn walk(content: &Path) -> Result<Sources, ContentError> {
    let metadata = fs::metadata(content).map_err(|cause| match cause.kind() {
        std::io::ErrorKind::NotFound => ContentError::Missing(content.into()),
        _ => ContentError::Unreadable(content.into(), cause),
    })?;
    if !metadata.is_dir() {
        return Err(ContentError::NotAFolder(content.into()));
    }
    let below = content.join("content");
    if !content.join("sito.yaml").exists() && below.join("sito.yaml").exists() {
        return Err(ContentError::OneLevelUp(below));
    }
    let root = folder::real(content).map_err(|cause| ContentError::Unreadable(content.into(), cause))?;
    let mut sources = Sources::default();
    let mut strange = StrangeFolders::default();
    for entry in folder::walk(content, MAX_DEPTH + 1, |entry| !is_ignored(entry)) {
        match entry {
            Ok(entry) => visit(content, &root, &entry, &mut sources, &mut strange),
            Err(Unreadable { path, cause }) => {
                sources.problems.push(*unreadable("la cartella", &display_name(content, &path), &cause));
            }
        }
    }
    sources.problems.extend(strange.into_diagnostics(content));
    Ok(sources)
}

/// An error in a file that is refused as a whole.
pub fn refused(code: &'static str, file: &str, message: impl Into<String>, help: impl Into<String>) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(code, message).at(Place::file(file)).help(help))
}

fn unreadable(what: &str, name: &str, cause: &std::io::Error) -> Box<Diagnostic> {
    let help = format!("{}: controlla i permessi", crate::io_message(cause));
    refused("C-12", name, format!("non riesco a leggere {what}"), help)
}

/// Left behind by editors and systems, never records.
fn is_ignored(entry: &Entry) -> bool {
    let name = entry.name().to_string_lossy();
    name.starts_with('.')
        || name.ends_with('~')
        || name.starts_with("~$")
        || (name.starts_with('#') && name.ends_with('#'))
        || matches!(&*name, "Thumbs.db" | "desktop.ini")
}

fn visit(content: &Path, root: &Path, entry: &Entry, sources: &mut Sources, strange: &mut StrangeFolders) {
    let name = display_name(content, &entry.path);
    let relative = folder::below(content, &entry.path);
    if entry.kind.is_dir() {
        if entry.depth > MAX_DEPTH {
            sources.problems.push(
                Diagnostic::error("C-12", "la cartella è troppo in profondità: non la leggo").at(Place::file(name)),
            );
        }
        return;
    }
    if entry.kind.is_symlink() {
        if let Err(problem) = check_link(root, &entry.path, &name) {
            sources.problems.push(*problem);
            return;
        }
    } else if !entry.kind.is_file() {
        let message = "non è un file normale: non lo leggo";
        sources.problems.push(*refused("C-12", &name, message, "toglilo dalla cartella dei contenuti"));
        return;
    }
    match classify(&relative) {
        Ok((kind, id)) => sources.files.push(Source { kind, id, relative, name, path: entry.path.clone() }),
        Err(Stray::File(stray)) => sources.problems.push(stray.at(Place::file(name))),
        Err(Stray::Folder(folder)) => strange.add(folder, &relative),
    }
}

/// A link may stand for a file of the content folder, and for nothing else.
fn check_link(root: &Path, path: &Path, name: &str) -> Result<(), Box<Diagnostic>> {
    let refuse = |why: &str, help: &str| Err(refused("C-12", name, why, help));
    let Ok(target) = folder::real(path) else {
        return refuse("il collegamento non porta a nulla", "togli il collegamento o correggilo");
    };
    if !target.starts_with(root) {
        return refuse(
            "il collegamento porta fuori dalla cartella dei contenuti: non lo seguo",
            "copia il file nella cartella al posto del collegamento",
        );
    }
    match fs::metadata(&target) {
        Ok(metadata) if metadata.is_file() => Ok(()),
        _ => refuse("il collegamento porta a una cartella: non lo seguo", "copia i file al posto del collegamento"),
    }
}

/// Whether a file of this name may lie in `media/`, and what it holds be published.
pub fn may_be_media(relative: &str, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
    match classify(relative) {
        Ok((Kind::Media, _)) => {}
        Err(Stray::File(stray)) => return Err(stray),
        Ok(_) | Err(Stray::Folder(_)) => {
            return Err(refused("C-10", relative, "non è un allegato", "mettilo in `media`"));
        }
    }
    if bytes.len() as u64 > MAX_MEDIA_BYTES {
        return Err(refused("C-07", relative, "il file è troppo grande", "riducilo"));
    }
    if let Some(no) = untrue(relative, bytes).filter(|no| no.severity == Severity::Error) {
        return Err(Box::new(no));
    }
    match script_in(relative, bytes) {
        Some(what) => {
            Err(refused("C-10", relative, format!("il disegno contiene {what}"), "esportalo come «SVG semplice»"))
        }
        None => Ok(()),
    }
}

fn display_name(content: &Path, path: &Path) -> String {
    let folder = folder::shown(content);
    let below = folder::below(content, path);
    if below.is_empty() { folder } else { format!("{}/{below}", folder.trim_end_matches('/')) }
}

/// Reads a text within limits, with a byte order mark if there is one.
pub fn read_as_written(source: &Source) -> Result<String, Box<Diagnostic>> {
    let bytes = read_bytes(source)?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let before = &error.as_bytes()[..good];
            let line = before.iter().filter(|&&b| b == b'\n').count() + 1;
            let byte = before.iter().rev().take_while(|&&b| b != b'\n').count() + 1;
            let utf16 = error.as_bytes().starts_with(&[0xff, 0xfe]) || error.as_bytes().starts_with(&[0xfe, 0xff]);
            let encoding = if utf16 { "UTF-16" } else { "Latin-1 o Windows-1252" };
            let message =
                format!("il testo non è in UTF-8: alla riga {line}, byte {byte}, c'è un carattere illeggibile");
            let help = format!("sembra {encoding}: salvalo come UTF-8 (nell'editor «Salva con codifica UTF-8»)");
            let refused = refused("C-11", &source.name, message, help);
            // Of what is all of another kind no line can be shown. Excerpts begin after the mark of the byte order.
            let at = good - if before.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
            let place = Place::span(&*source.name, at..at + char::REPLACEMENT_CHARACTER.len_utf8());
            Err(if utf16 { refused } else { Box::new(refused.at(place)) })
        }
    }
}

/// Reads a file within limits.
pub fn read_bytes(source: &Source) -> Result<Vec<u8>, Box<Diagnostic>> {
    let is_large = matches!(source.kind, Kind::Media | Kind::Consegna(_));
    let limit = if is_large { MAX_MEDIA_BYTES } else { MAX_RECORD_BYTES };
    let unreadable = |cause: std::io::Error| unreadable("il file", &source.name, &cause);
    let file = File::open(&source.path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    let too_large = || {
        let message = format!("il file supera {} MB: non lo leggo", limit >> 20);
        refused("C-07", &source.name, message, "dividilo, o toglilo dalla cartella dei contenuti")
    };
    if size > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    // A file can grow between the question and the answer.
    file.take(limit + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > limit { Err(too_large()) } else { Ok(bytes) }
}
