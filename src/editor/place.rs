//! Where the editor may write: files of the content folder, and nothing else.

use std::path::{Path, PathBuf};

use crate::input::folder;

/// Names that Windows keeps for devices, with whatever ending: such a file could not be copied to an office computer.
const RESERVED: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Whether a new file may lie here, below the content folder; the name is one that somebody gave.
pub fn for_new(content: &Path, relative: &str) -> Result<PathBuf, String> {
    let mut place = content.to_owned();
    for part in relative.split('/') {
        let stem = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
        let is_tidy = !part.is_empty()
            && !part.starts_with('.')
            && !part.ends_with(['.', ' '])
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
        if !is_tidy || RESERVED.contains(&stem.as_str()) {
            return Err(format!("`{part}` non può essere il nome di un file: scegline un altro"));
        }
        let twin = folder::entries(&place).find(|entry| {
            let name = entry.name().to_string_lossy();
            name != part && name.eq_ignore_ascii_case(part)
        });
        if let Some(twin) = twin {
            let name = twin.name().to_string_lossy().into_owned();
            return Err(format!("c'è già `{name}`, che su molti computer è lo stesso nome: scegline un altro"));
        }
        place.push(part);
        stays_inside(content, &place)?;
    }
    match place.symlink_metadata() {
        Ok(_) => Err(format!("`{relative}` c'è già: scegli un altro nome")),
        Err(_) => Ok(place),
    }
}

/// Links are resolved: what leads out of the content folder is not written.
pub fn stays_inside(content: &Path, place: &Path) -> Result<(), String> {
    if place.symlink_metadata().is_err() {
        return Ok(());
    }
    let root = folder::real(content).map_err(|cause| crate::io_message(&cause))?;
    match folder::real(place) {
        Ok(found) if found.starts_with(&root) => Ok(()),
        _ => Err("il file porta fuori dalla cartella dei contenuti: non lo scrivo".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_files_have_names_that_every_computer_takes_and_stay_inside() {
        let folder = tempfile::tempdir().expect("a folder");
        let content = folder.path().join("content");
        std::fs::create_dir_all(content.join("partner")).expect("a folder");
        std::fs::write(content.join("partner/Nido.yaml"), "nome: x\n").expect("a file");
        let free = |relative: &str| for_new(&content, relative).is_ok();
        assert!(free("partner/nuovo.yaml"));
        assert!(free("piani/2025-2027/progetti/nuovo.yaml"));
        for no in [
            "../x.yaml",
            "partner/../../x.yaml",
            "/etc/x",
            "partner//x",
            ".nascosto",
            "partner/con.yaml",
            "partner/x.",
            "partner/a\\b.yaml",
            "partner/c:x",
            "partner/nido.yaml",
            "Partner/x.yaml",
            "partner/Nido.yaml",
            "partner/a b",
        ] {
            assert!(!free(no), "{no}");
        }
        assert!(stays_inside(&content, &content.join("partner/Nido.yaml")).is_ok());
        assert!(stays_inside(&content, folder.path()).is_err());
    }
}
