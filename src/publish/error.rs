//! What can go wrong, in the words of whoever has to put it right.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why nothing (or, for [`PublishError::Interrupted`], not everything) was published.
#[derive(Debug)]
#[non_exhaustive]
pub enum PublishError {
    /// The output folder holds files and no manifest of ours.
    NotOurs {
        folder: PathBuf,
        example: PathBuf,
    },
    /// The output exists and is a file, a device, a socket.
    NotAFolder(PathBuf),
    /// Output and content (or another protected folder) are one inside the other.
    Nested {
        out: PathBuf,
        protected: PathBuf,
    },
    /// Another build has held the output for longer than we wait.
    Busy(PathBuf),
    /// A route that cannot be a file name below the output.
    BadPath {
        path: String,
        why: &'static str,
    },
    /// Two routes on one path.
    Twice(String),
    /// One route needs a file where another needs a folder.
    FileAndFolder(String),
    /// A file that concilia did not write stands where the new generation writes.
    Foreign(PathBuf),
    /// A mount point inside the output: its files can be neither linked nor moved.
    OtherDisk(PathBuf),
    /// Our manifest, or our journal, is there and makes no sense.
    Manifest {
        path: PathBuf,
        why: String,
    },
    /// A published file vanished or changed its nature while we were publishing.
    Disturbed(PathBuf),
    /// `commit` after a `write` that failed: the generation would lack a page.
    Incomplete(PathBuf),
    /// The disk, or the quota, is full.
    Full(PathBuf),
    /// Not permitted, or a read-only disk.
    ReadOnly(PathBuf),
    /// What an interrupted build left lacks the list that tells our files from others.
    Stranded(PathBuf),
    /// It failed half way through the fallback; the journal stays, and the next run completes it.
    Interrupted(Box<PublishError>),
    Io {
        path: PathBuf,
        source: io::Error,
    },
}

pub(super) type Result<T> = std::result::Result<T, PublishError>;

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs { folder, example } => write!(
                f,
                "la cartella `{}` contiene già altro (per esempio `{}`) e non è stata scritta da concilia: \
                 indica una cartella nuova o vuota, oppure sposta altrove ciò che contiene",
                folder.display(),
                example.display()
            ),
            Self::NotAFolder(path) => write!(
                f,
                "`{}` esiste e non è una cartella: spostalo, oppure indica un'altra cartella di uscita",
                path.display()
            ),
            Self::Nested { out, protected } => write!(
                f,
                "la cartella di uscita `{}` e la cartella `{}` coincidono o stanno una dentro l'altra: \
                 indica una cartella di uscita separata",
                out.display(),
                protected.display()
            ),
            Self::Busy(path) => write!(
                f,
                "un'altra pubblicazione sta già scrivendo in `{}`: attendi che finisca e riprova",
                path.display()
            ),
            Self::BadPath { path, why } => {
                write!(f, "`{path}` non può essere il percorso di un file pubblicato: {why}; cambialo")
            }
            Self::Twice(path) => write!(f, "il file `{path}` verrebbe scritto due volte: cambia il nome a uno dei due"),
            Self::FileAndFolder(path) => {
                write!(f, "`{path}` dovrebbe essere insieme un file e una cartella: cambia il nome a uno dei due")
            }
            Self::Foreign(path) => write!(
                f,
                "`{}` non è stato scritto da concilia e la nuova pubblicazione vuole scrivere proprio lì: \
                 spostalo o cancellalo, poi riprova",
                path.display()
            ),
            Self::OtherDisk(path) => write!(
                f,
                "`{}` sta su un altro disco: smontalo, oppure indica una cartella di uscita che stia tutta \
                 sullo stesso disco",
                path.display()
            ),
            Self::Manifest { path, why } => write!(
                f,
                "il file `{}` di concilia non si legge ({why}): ripristinalo, oppure svuota la cartella di uscita, \
                 poi riprova",
                path.display()
            ),
            Self::Disturbed(path) => write!(
                f,
                "`{}` è stato spostato o cambiato mentre concilia pubblicava: riprova quando nessuno ci lavora",
                path.display()
            ),
            Self::Incomplete(path) => write!(
                f,
                "un file non è stato scritto e `{}` sarebbe incompleta: risolvi l'errore segnalato prima, poi riprova",
                path.display()
            ),
            Self::Full(path) => {
                write!(f, "spazio esaurito mentre scrivevo `{}`: libera spazio e riprova", path.display())
            }
            Self::ReadOnly(path) => write!(
                f,
                "non ho il permesso di scrivere `{}`: controlla i permessi e che il disco non sia in sola lettura",
                path.display()
            ),
            Self::Stranded(path) => write!(
                f,
                "la cartella di lavoro `{}`, lasciata da una pubblicazione interrotta, è incompleta: guarda se contiene \
                 qualcosa da conservare, poi cancellala e riprova",
                path.display()
            ),
            Self::Interrupted(cause) => {
                write!(f, "la pubblicazione è rimasta a metà e la prossima la completerà; {cause}")
            }
            Self::Io { path, source } => {
                write!(
                    f,
                    "operazione non riuscita su `{}`: {}. Controlla il disco e riprova",
                    path.display(),
                    crate::io_message(source)
                )
            }
        }
    }
}

impl std::error::Error for PublishError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Interrupted(cause) => Some(cause.as_ref()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_lower_case_without_a_full_stop_and_name_the_path() {
        let path = || PathBuf::from("public/x");
        let all = [
            PublishError::NotOurs { folder: path(), example: path() },
            PublishError::NotAFolder(path()),
            PublishError::Nested { out: path(), protected: path() },
            PublishError::Busy(path()),
            PublishError::BadPath { path: "public/x".into(), why: "è vuoto" },
            PublishError::Twice("public/x".into()),
            PublishError::FileAndFolder("public/x".into()),
            PublishError::Foreign(path()),
            PublishError::OtherDisk(path()),
            PublishError::Manifest { path: path(), why: "…".into() },
            PublishError::Disturbed(path()),
            PublishError::Incomplete(path()),
            PublishError::Full(path()),
            PublishError::ReadOnly(path()),
            PublishError::Stranded(path()),
            PublishError::Interrupted(Box::new(PublishError::Io { path: path(), source: io::ErrorKind::Other.into() })),
        ];
        for error in all {
            let text = error.to_string();
            assert!(text.contains("`public/x`"), "{text}");
            assert!(!text.ends_with('.'), "{text}");
            assert!(!text.starts_with(char::is_uppercase), "{text}");
            assert!(!text.contains("  "), "{text}");
        }
    }
}
