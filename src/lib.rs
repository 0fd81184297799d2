//! concilia turns the records of a *Piano Territoriale di Conciliazione* into the published plan.
//!
//! The published plan is a pure function of the records, in seven stages:
//!
//! 1. [`input::source`]: the files of the content folder, found and read within limits;
//! 2. [`input::store`]: each file parsed into its [`record`]; a broken one is reported and the others go on;
//! 3. [`plan`]: references followed, totals computed, the norm of each period found;
//! 4. [`check`]: rules over the plan, and [`conformita`]: the rules of the norms, which are data; all run,
//!    none stops another;
//! 5. [`site`]: named routes, each a function from the plan to bytes, evaluated in parallel or on request;
//! 6. [`audit`]: pages and drawings are read strictly; `site::engine::cornice` puts what passes into the frame that shows
//!    the attribution;
//! 7. [`publish`]: staged beside the target, then one atomic exchange.
//!
//! [`pacchetto`] puts what the seven stages make, and the records themselves, into the one file that the Region receives,
//! and checks such a file, with [`lettura`] reading its documents from their bytes; [`confronto`] tells what changed
//! from one plan to another.
//!
//! Errors in 1-4 stop before 5; errors in 6 stop before 7.
#![forbid(unsafe_code)]

pub mod audit;
pub mod check;
pub mod cli;
pub mod codes;
pub mod conformita;
pub mod confronto;
pub mod editor;
pub mod fogli;
pub mod input;
pub mod lettura;
pub mod markdown;
pub mod markup;
pub mod norme;
pub mod pacchetto;
pub mod pipeline;
pub mod plan;
pub mod print;
pub mod publish;
pub mod quiet;
pub mod record;
pub mod report;
pub mod scadenze;
pub mod schema;
pub mod serve;
pub mod site;
pub mod suggest;
pub mod theme;
pub mod value;
pub mod view;
pub mod yaml;

/// What went wrong with a file, in plain Italian.
pub fn io_message(cause: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match cause.kind() {
        ErrorKind::NotFound => "non esiste".into(),
        ErrorKind::PermissionDenied => "manca il permesso".into(),
        ErrorKind::StorageFull => "il disco è pieno".into(),
        ErrorKind::QuotaExceeded => "lo spazio assegnato sul disco è finito".into(),
        ErrorKind::FileTooLarge => "il file è troppo grande per il disco".into(),
        ErrorKind::ReadOnlyFilesystem => "il disco è in sola lettura".into(),
        ErrorKind::IsADirectory => "è una cartella, non un file".into(),
        ErrorKind::NotADirectory => "non è una cartella".into(),
        ErrorKind::DirectoryNotEmpty => "la cartella non è vuota".into(),
        ErrorKind::AlreadyExists => "c'è già".into(),
        ErrorKind::InvalidFilename => "il nome non è ammesso, o è troppo lungo".into(),
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "un altro programma lo sta usando".into(),
        ErrorKind::CrossesDevices => "sta su un altro disco".into(),
        ErrorKind::OutOfMemory => "manca la memoria".into(),
        ErrorKind::AddrInUse => "la porta è già usata da un altro programma".into(),
        ErrorKind::InvalidData => "il contenuto non si legge".into(),
        ErrorKind::UnexpectedEof => "finisce prima del previsto".into(),
        // Whoever helps can look the number up; the system's own words are in no language of the reader.
        _ => match cause.raw_os_error() {
            Some(number) => format!("il sistema risponde con l'errore {number}"),
            None => "il sistema non dice perché".into(),
        },
    }
}
