//! What an interrupted run left is finished or cleaned before anything else is done.

use std::path::Path;

use super::disk::Folder;
use super::error::{PublishError, Result};
use super::exchange::{How, JOURNAL, Journal, NEXT, OLD, OURS};
use super::fallback;
use super::manifest::Manifest;
use super::stage::Inodes;
use super::sweep::Sweep;

/// Call it with the lock held. Returns what the user should know.
pub(super) fn recover(work: &Path, target: &Path) -> Result<Vec<String>> {
    let Some(folder) = Folder::open_if_any(work)? else { return Ok(Vec::new()) };
    let warnings = match Journal::load(&folder)? {
        // Nothing had been shown: whatever foreign file is linked here is in the output as well.
        None => Vec::new(),
        Some(journal) => finish(&folder, journal, target)?,
    };
    discard(&folder)?;
    Ok(warnings)
}

/// Removes the work folder; the journal first, since with it the rest would still count.
pub(super) fn discard(work: &Folder) -> Result<()> {
    let (Some(parent), Some(name)) = (work.path.parent(), work.path.file_name()) else { return Ok(()) };
    work.unlink(JOURNAL)?;
    Folder::open(parent)?.remove_tree(name)
}

fn finish(work: &Folder, journal: Journal, target: &Path) -> Result<Vec<String>> {
    let ours = match work.read(OURS)? {
        Some(bytes) => Manifest::parse(&bytes, &work.at(OURS))?,
        None => return Err(PublishError::Stranded(work.path.clone())),
    };
    if journal.how == How::Files {
        let Some(shown) = Folder::open_if_any(target)? else { return Ok(Vec::new()) };
        return fallback::bring(work, &shown, &ours).map(|swept| swept.warnings);
    }
    if target.symlink_metadata().is_err()
        && let (Some(parent), Some(name)) = (target.parent(), target.file_name())
        && work.identity(NEXT)?.is_some_and(|next| next.inode == journal.stage)
    {
        work.rename(NEXT, &Folder::open(parent)?, name)?;
    }
    let Some(shown) = Folder::open_if_any(target)? else { return Ok(Vec::new()) };
    let new = Manifest::load(target)?.unwrap_or_default();
    let mut warnings = Vec::new();
    for name in [OLD, NEXT] {
        let is_stage = work.identity(name)?.is_none_or(|there| there.inode == journal.stage);
        if is_stage {
            continue;
        }
        let sweep = Sweep {
            within: work,
            name: Path::new(name),
            shown: &shown,
            ours: &ours,
            new: &new,
            carried: &Inodes::new(),
        };
        warnings.extend(sweep.run()?.warnings);
    }
    Ok(warnings)
}
