//! The same as on Linux, with what every system has: folders change places in two steps, a file beside them is the
//! lock, and what a power cut spoils the next publication finds, since it compares bytes, and writes again.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Whether folders change places in one step, as a rule.
pub const EXCHANGES: bool = false;

pub fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// `false` where the new name is taken.
pub fn rename_to_free(from: &Path, to: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(to) {
        Ok(_) => Ok(false),
        Err(_) => fs::rename(from, to).map(|()| true),
    }
}

pub fn open_folder(_: &Path) -> Option<File> {
    None
}

#[expect(clippy::unnecessary_wraps, reason = "on Linux it may fail")]
pub fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}

pub fn sync_all(folder: &Path) -> io::Result<()> {
    sync(folder)
}

pub fn is_mount(_: &Path) -> bool {
    false
}

pub fn label_like(_: &Path, _: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_system_has_is_enough() {
        let dir = tempfile::tempdir().unwrap();
        let (one, other) = (dir.path().join("one"), dir.path().join("other"));
        fs::create_dir(&one).unwrap();
        fs::create_dir(&other).unwrap();
        assert!(!EXCHANGES && exchange(&one, &other).is_err() && open_folder(&one).is_none() && !is_mount(&one));
        assert!(!rename_to_free(&one, &other).unwrap() && one.exists());
        assert!(rename_to_free(&one, &dir.path().join("new")).unwrap() && !one.exists());
        label_like(&other, dir.path());
        sync_all(&other).unwrap();
    }
}
