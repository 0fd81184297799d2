//! Where `--out` lets a command write, and how it writes a file that is there for good.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::publish::{is_site, resolve};

/// The folder of a plan with its packages.
const CONSEGNE: &str = "consegne";

/// Refuses a place in the published site, which anybody reads, or among the records, but for where packages are kept.
pub fn reserved(out: Option<&Path>, content: &Path) -> Result<(), String> {
    let Some(out) = out else { return Ok(()) };
    let posto = |path| resolve(path).map_err(|no| no.to_string());
    let (dove, schede) = (posto(out)?, posto(content)?);
    let no = |che| Err(format!("`{}` {che}: scegli un altro posto con `--out`", out.display()));
    if dove.ancestors().any(is_site) {
        return no("è nel sito pubblicato, che tutti possono leggere");
    }
    match dove.strip_prefix(schede) {
        Ok(dentro) if !dentro.iter().any(|passo| passo == CONSEGNE) => no("è nella cartella delle schede"),
        _ => Ok(()),
    }
}

/// The file that was asked for, or this one in the folder that was, or here.
pub fn target(out: Option<&Path>, nome: &str) -> PathBuf {
    match out {
        Some(folder) if folder.is_dir() => folder.join(nome),
        Some(file) => file.to_owned(),
        None => PathBuf::from(nome),
    }
}

/// Whether the file is new; an equal one is left as it is, another one is never replaced: `perche`.
pub fn write(path: &Path, bytes: &[u8], perche: &str) -> Result<bool, String> {
    let shown = path.display();
    let io = |cause: &std::io::Error| format!("non riesco a scrivere `{shown}`: {}", crate::io_message(cause));
    // A device or a pipe would be read without end.
    if std::fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return Err(format!("`{shown}` c'è già e non è un file: scegli un altro nome con `--out`"));
    }
    match std::fs::read(path) {
        Ok(old) if old == bytes => return Ok(false),
        Ok(_) => return Err(other(path, perche)),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {}
        Err(cause) => return Err(io(&cause)),
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".concilia-");
    // Anybody may read what is handed to the Region.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut file = builder.tempfile_in(folder).map_err(|cause| match cause.kind() {
        std::io::ErrorKind::NotFound => {
            format!("non riesco a scrivere `{shown}`: la cartella `{}` non c'è", folder.display())
        }
        _ => io(&cause),
    })?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|cause| io(&cause))?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(true),
        Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => Err(other(path, perche)),
        Err(error) => Err(io(&error.error)),
    }
}

fn other(path: &Path, perche: &str) -> String {
    format!("`{}` c'è già ed è diverso: {perche}. Spostalo, o scegli un altro nome con `--out`", path.display())
}
