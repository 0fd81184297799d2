//! What a template can reach: the files of one job and the fonts of the program, and nothing else.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};

use super::{Guasto, Lavoro, caratteri};

/// The language itself: the same for every job.
static LIBRERIA: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

pub struct Mondo {
    principale: FileId,
    modelli: HashMap<FileId, Source>,
    file: HashMap<FileId, Bytes>,
}

impl Mondo {
    pub fn new(lavoro: Lavoro) -> Result<Self, Guasto> {
        let modelli = lavoro.modelli.iter().map(|(path, testo)| {
            let id = id(path)?;
            Ok((id, Source::new(id, (*testo).to_owned())))
        });
        let modelli = modelli.collect::<Result<_, Guasto>>()?;
        let file = lavoro.file.into_iter().map(|(path, bytes)| Ok((id(&path)?, bytes)));
        Ok(Mondo { principale: id(lavoro.principale)?, modelli, file: file.collect::<Result<_, Guasto>>()? })
    }

    /// Where in the templates; what happens in a file called by another is told of the file itself.
    pub fn guasto(&self, errore: &SourceDiagnostic) -> Guasto {
        let luogo = errore.span.id().zip(self.range(errore.span));
        Guasto {
            messaggio: errore.message.to_string(),
            consigli: errore.hints.iter().map(|hint| hint.v.to_string()).collect(),
            dove: luogo.map(|(id, range)| (id.get().vpath().get_without_slash().to_owned(), range)),
        }
    }
}

fn id(path: &str) -> Result<FileId, Guasto> {
    let path = VirtualPath::new(path).map_err(|_| Guasto::detto(format!("`{path}` non è un nome di file")))?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

impl World for Mondo {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRERIA
    }

    fn book(&self) -> &LazyHash<FontBook> {
        caratteri::libro()
    }

    fn main(&self) -> FileId {
        self.principale
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.modelli.get(&id).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.file.get(&id).cloned().ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        caratteri::font(index)
    }

    /// There is no clock.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(PathBuf::from(id.get().vpath().get_without_slash()))
}
