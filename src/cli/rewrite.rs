//! A file that people write, in the place of its older text.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, fchown};
use std::path::Path;

/// Puts the new text in the place of the old one, in one step: whoever opens the file finds one of the two, whole. What
/// was changed since it was read stays.
pub fn rewrite(file: &Path, name: &str, old: &str, new: &str) -> Result<(), String> {
    let io = |cause: std::io::Error| format!("non riesco a scrivere `{name}`: {}", crate::io_message(&cause));
    // A link stays one.
    let path = fs::canonicalize(file).map_err(io)?;
    let metadata = fs::metadata(&path).map_err(io)?;
    if metadata.permissions().readonly() {
        return Err(format!("`{name}` è in sola lettura"));
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut beside = tempfile::Builder::new().prefix(".concilia-").tempfile_in(folder).map_err(io)?;
    beside.write_all(new.as_bytes()).map_err(io)?;
    // Whose it was it stays, as far as the system lets us.
    let _ = fchown(beside.as_file(), Some(metadata.uid()), Some(metadata.gid()));
    beside.as_file().set_permissions(metadata.permissions()).map_err(io)?;
    beside.as_file().sync_all().map_err(io)?;
    if fs::read(&path).map_err(io)? != old.as_bytes() {
        return Err(format!("`{name}` è cambiato nel frattempo: riprova"));
    }
    beside.persist(&path).map(drop).map_err(|error| io(error.error))
}
