//! The new generation file by file, for a folder that cannot be moved: a mount point, or a parent that is not ours.
//!
//! Readers may see files of two generations, never a file cut short. Every step can be taken twice, so that the next
//! run, led by the journal, takes those that are missing.

use std::path::Path;

use super::disk::Folder;
use super::error::Result;
use super::exchange::NEXT;
use super::manifest::{MANIFEST, Manifest};
use super::place::is_reserved;
use super::sweep::{Swept, put_aside};

/// Brings what is staged into `shown`; `ours` is the generation that was there.
pub(super) fn bring(work: &Folder, shown: &Folder, ours: &Manifest) -> Result<Swept> {
    let mut swept = Swept::default();
    let next = work.below(Path::new(NEXT))?;
    // The manifest goes last: once it has gone, everything has.
    let Some(bytes) = next.read(MANIFEST)? else { return Ok(swept) };
    let new = Manifest::parse(&bytes, &next.at(MANIFEST))?;
    remove_routes(shown, ours, &new)?;
    for listing in next.tree()? {
        let from = next.below(&listing.path)?;
        let to = shown.make_below(&listing.path)?;
        for (name, kind) in &listing.names {
            let path = listing.path.join(name);
            if kind.is_dir() || is_reserved(&path) {
                continue;
            }
            let (Some(staged), there) = (from.identity(name)?, to.identity(name)?) else { continue };
            if there == Some(staged) {
                continue;
            }
            if there.is_some() && !ours.holds(&path) && !new.is_same(&path, &to, name)? {
                swept.warnings.push(put_aside(&to, name, &to, &path)?);
            }
            from.rename(name, &to, name)?;
        }
    }
    shown.sync_all_below()?;
    next.rename(MANIFEST, shown, MANIFEST)?;
    shown.sync()?;
    Ok(swept)
}

/// First of all, since what was a page may be a folder now.
fn remove_routes(shown: &Folder, ours: &Manifest, new: &Manifest) -> Result<()> {
    let (had, wanted) = (ours.folders(), new.folders());
    let tree = shown.tree()?;
    for listing in tree.iter().filter(|listing| !is_reserved(&listing.path)) {
        let folder = shown.below(&listing.path)?;
        for (name, kind) in &listing.names {
            let path = listing.path.join(name);
            if !kind.is_dir() && ours.holds(&path) && !new.holds(&path) {
                folder.unlink(name)?;
            }
        }
    }
    let folders = tree.iter().rev().map(|listing| listing.path.as_path());
    for path in folders.filter(|path| had.contains(path) && !wanted.contains(path)) {
        shown.remove_empty(path)?;
    }
    Ok(())
}
