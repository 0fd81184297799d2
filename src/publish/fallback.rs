//! The new generation file by file, for a folder that cannot be moved: a mount point, or a parent that is not ours.
//!
//! Readers may see files of two generations, never a file cut short. Every step can be taken twice, so that the next
//! run, led by the journal, takes those that are missing.

use std::path::{Path, PathBuf};

use super::disk::{Folder, Kind};
use super::error::PublishError;
use super::exchange::NEXT;
use super::manifest::{Entry, MANIFEST, Manifest};
use super::place::is_reserved;
use super::sweep::{Swept, put_aside};

/// Brings what is staged into `shown`; `ours` is the generation that was there.
pub(super) fn bring(work: &Folder, shown: &Folder, ours: &Manifest) -> Result<Swept, PublishError> {
    let mut swept = Swept::default();
    let next = work.below(Path::new(NEXT))?;
    // The manifest goes last: once it has gone, everything has.
    let Some(bytes) = next.read(MANIFEST)? else {
        return Ok(swept);
    };
    let new = Manifest::parse(&bytes, &next.at(MANIFEST))?;
    remove_routes(shown, ours, &new)?;
    for listing in next.tree()? {
        let from = next.below(&listing.path)?;
        let to = shown.make_below(&listing.path)?;
        for (name, kind) in &listing.names {
            let path = listing.path.join(name);
            if *kind == Kind::Folder || is_reserved(&path) {
                continue;
            }
            let (Some(staged), there) = (from.stat(name)?, to.stat(name)?) else {
                continue;
            };
            if there.is_some_and(|there| (there.st_dev, there.st_ino) == (staged.st_dev, staged.st_ino)) {
                continue;
            }
            if there.is_some() && !ours.holds(&path) && !is_wanted(&to, &path, &new)? {
                let kept = put_aside(&to, name, &to)?;
                swept.warnings.push(format!(
                    "qualcuno ha scritto `{}` mentre concilia pubblicava: è conservato in `{}`, spostalo o cancellalo",
                    path.display(),
                    to.at(kept).display()
                ));
            }
            from.rename(name, &to, name)?;
        }
    }
    shown.sync_all_below()?;
    next.rename(MANIFEST.as_ref(), shown, MANIFEST.as_ref())?;
    shown.sync()?;
    Ok(swept)
}

fn is_wanted(to: &Folder, path: &Path, new: &Manifest) -> Result<bool, PublishError> {
    let entry = path.to_str().and_then(|path| new.files.get(path));
    let name = path.file_name().unwrap_or_default();
    Ok(match (entry, to.read(name)?) {
        (Some(entry), Some(bytes)) => Entry::of(&bytes) == *entry,
        _ => false,
    })
}

/// First of all, since what was a page may be a folder now.
fn remove_routes(shown: &Folder, ours: &Manifest, new: &Manifest) -> Result<(), PublishError> {
    let (had, wanted) = (ours.folders(), new.folders());
    let has =
        |set: &std::collections::BTreeSet<&str>, path: &Path| path.to_str().is_some_and(|path| set.contains(path));
    let tree = shown.tree()?;
    for listing in tree.iter().filter(|listing| !is_reserved(&listing.path)) {
        let folder = shown.below(&listing.path)?;
        for (name, kind) in &listing.names {
            let path = listing.path.join(name);
            if *kind != Kind::Folder && ours.holds(&path) && !new.holds(&path) {
                folder.unlink(name)?;
            }
        }
    }
    let emptied: Vec<&PathBuf> =
        tree.iter().map(|listing| &listing.path).filter(|path| has(&had, path) && !has(&wanted, path)).collect();
    for path in emptied.into_iter().rev() {
        shown.remove_empty(path)?;
    }
    Ok(())
}
