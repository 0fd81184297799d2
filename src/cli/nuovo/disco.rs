//! New files, all or none: nothing that is there is written over.

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
