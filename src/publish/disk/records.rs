//! Files that people write: a text in the place of its older one, and new files, all or none.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::input::folder::real;

/// Puts the new text in the place of the old one, in one step: whoever opens the file finds one of the two, whole. What
/// was changed since it was read stays.
pub fn rewrite(file: &Path, name: &str, old: &str, new: &str) -> Result<(), String> {
    let io = |cause: io::Error| format!("non riesco a scrivere `{name}`: {}", crate::io_message(&cause));
    // A link stays one.
    let path = real(file).map_err(io)?;
    let metadata = fs::metadata(&path).map_err(io)?;
    if metadata.permissions().readonly() {
        return Err(format!("`{name}` è in sola lettura"));
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut beside = tempfile::Builder::new().prefix(".concilia-").tempfile_in(folder).map_err(io)?;
    beside.write_all(new.as_bytes()).map_err(io)?;
    // Whose it was it stays, as far as the system lets us.
    #[cfg(unix)]
    let _ = {
        use std::os::unix::fs::{MetadataExt, fchown};
        fchown(beside.as_file(), Some(metadata.uid()), Some(metadata.gid()))
    };
    beside.as_file().set_permissions(metadata.permissions()).map_err(io)?;
    beside.as_file().sync_all().map_err(io)?;
    if fs::read(&path).map_err(io)? != old.as_bytes() {
        return Err(format!("`{name}` è cambiato nel frattempo: riprova"));
    }
    beside.persist(&path).map(drop).map_err(|error| io(error.error))
}

/// Writes files that are not there yet; where one cannot be written, none stays.
pub fn scrivi_nuovi(radice: &Path, file: &[(String, Vec<u8>)]) -> Result<(), String> {
    let percorsi = || file.iter().map(|(nome, _)| radice.join(nome));
    if let Some(gia) = percorsi().find(|percorso| percorso.symlink_metadata().is_ok()) {
        return Err(format!("`{}` c'è già, e non lo sovrascrivo: non ho scritto niente", gia.display()));
    }
    let mut creati = Vec::new();
    for (percorso, (_, byte)) in percorsi().zip(file) {
        if let Err(cause) = scrivi(&percorso, byte, &mut creati) {
            for creato in creati.iter().rev() {
                // What is not empty any more has become somebody's.
                let _ = if creato.is_dir() { fs::remove_dir(creato) } else { fs::remove_file(creato) };
            }
            let perche = crate::io_message(&cause);
            return Err(format!("non riesco a scrivere `{}`: {perche}; non ho scritto niente", percorso.display()));
        }
    }
    Ok(())
}

fn scrivi(percorso: &Path, byte: &[u8], creati: &mut Vec<PathBuf>) -> io::Result<()> {
    let mancanti: Vec<&Path> =
        percorso.ancestors().skip(1).take_while(|sopra| !sopra.as_os_str().is_empty() && !sopra.exists()).collect();
    for cartella in mancanti.into_iter().rev() {
        fs::create_dir(cartella)?;
        creati.push(cartella.to_owned());
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(percorso)?;
    creati.push(percorso.to_owned());
    file.write_all(byte)
}
