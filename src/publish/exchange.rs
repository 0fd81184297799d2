//! The moment at which readers get the new generation, and the journal that says how far we were.

use std::ffi::OsStr;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::disk::Folder;
use super::error::{PublishError, Result};

/// Names in the work folder: the new generation (after an exchange the old one), …
pub(super) const NEXT: &str = "next";
/// … the old one between the two steps of the fallback, …
pub(super) const OLD: &str = "old";
/// … the manifest of the old one, so that its files are known as ours until the last is deleted, …
pub(super) const OURS: &str = "ours.json";
/// … and what makes a staged generation count.
pub(super) const JOURNAL: &str = "journal.json";
const JOURNAL_DRAFT: &str = "journal.json.new";

/// Written once the staged generation is safe on the disk. Without it the work folder holds nothing worth keeping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Journal {
    pub how: How,
    /// The inode of the staged folder: once the output has it, the exchange has happened.
    pub stage: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum How {
    /// The whole folder changes places: in one step, or in two where that does not exist.
    Swap,
    /// File by file, where the folder itself cannot move.
    Files,
}

impl Journal {
    pub fn load(work: &Folder) -> Result<Option<Self>> {
        let Some(bytes) = work.read(JOURNAL)? else { return Ok(None) };
        serde_json::from_slice(&bytes).map(Some).map_err(|error| fault(work, &error))
    }

    pub fn store(&self, work: &Folder) -> Result<()> {
        let bytes = serde_json::to_vec(self).map_err(|error| fault(work, &error))?;
        work.unlink(JOURNAL_DRAFT)?;
        work.create_synced(JOURNAL_DRAFT, &bytes)?;
        work.rename(JOURNAL_DRAFT, work, JOURNAL)?;
        work.sync()
    }
}

fn fault(work: &Folder, error: &serde_json::Error) -> PublishError {
    PublishError::Manifest { path: work.at(JOURNAL), why: error.to_string() }
}

/// How the new generation came to be visible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    AtOnce,
    /// There was no folder for an instant.
    WithGap,
    /// The folder does not move here: nothing has changed yet.
    NotThisWay,
}

/// Puts `work/next` in the place of the output.
pub(super) fn swap(work: &Folder, target: &Path, exists: bool) -> Result<Shown> {
    let (Some(parent), Some(name)) = (target.parent(), target.file_name()) else { return Ok(Shown::NotThisWay) };
    let around = Folder::open(parent)?;
    let shown = if exists {
        match work.exchange(NEXT, &around, name)? {
            true => Shown::AtOnce,
            false => swap_in_two_steps(work, &around, name)?,
        }
    } else {
        // An empty folder that somebody has made since is replaced; anything else stops us.
        work.rename(NEXT, &around, name)?;
        Shown::AtOnce
    };
    around.sync()?;
    work.sync()?;
    Ok(shown)
}

fn swap_in_two_steps(work: &Folder, around: &Folder, name: &OsStr) -> Result<Shown> {
    if !around.move_if_able(name, work, OLD)? {
        return Ok(Shown::NotThisWay);
    }
    if let Err(error) = work.rename(NEXT, around, name) {
        work.rename(OLD, around, name)?;
        return Err(error);
    }
    Ok(Shown::WithGap)
}
