//! New files, all or none, and a file that takes the place of its older text. Nothing of others is written over.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

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

/// Puts a text in the place of another at once, where the file that stands there is still the one that was read.
pub fn riscrivi(percorso: &Path, prima: &str, dopo: &str) -> Result<(), String> {
    let in_parole =
        |cause: io::Error| format!("non riesco a scrivere `{}`: {}", percorso.display(), crate::io_message(&cause));
    // A link goes on leading to its file.
    let vero = fs::canonicalize(percorso).map_err(in_parole)?;
    let cartella = vero.parent().unwrap_or(Path::new("."));
    let permessi = fs::metadata(&vero).map_err(in_parole)?.permissions();
    if permessi.readonly() {
        return Err(format!("`{}` è in sola lettura", percorso.display()));
    }
    let mut file = tempfile::Builder::new().prefix(".concilia-").tempfile_in(cartella).map_err(in_parole)?;
    file.write_all(dopo.as_bytes()).and_then(|()| file.as_file().set_permissions(permessi)).map_err(in_parole)?;
    if fs::read(&vero).map_err(in_parole)? != prima.as_bytes() {
        return Err(format!("`{}` è cambiato mentre lo leggevo: riprova", percorso.display()));
    }
    file.persist(&vero).map(drop).map_err(|error| in_parole(error.error))
}
