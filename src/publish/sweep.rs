//! The farewell to the old generation: what is not ours moves across, the rest is deleted.
//!
//! Somebody may have put a file there after we linked what was there, up to the very exchange. So nothing is deleted
//! for being in the old tree, but only for being ours, or for being there in the new tree too.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::disk::{Folder, Listing};
use super::error::{PublishError, Result};
use super::manifest::Manifest;
use super::place::is_reserved;
use super::stage::Inodes;
use crate::quiet::lock;

/// Two different foreign files under one name: neither is lost.
const ASIDE: &str = ".concilia-salvato";

/// Whoever still has the old folder open may add to it while we empty it; this often we look again.
const ROUNDS: usize = 10;

pub(super) struct Sweep<'a> {
    /// The folder that holds the old one, and its name there.
    pub within: &'a Folder,
    pub name: &'a Path,
    pub shown: &'a Folder,
    pub ours: &'a Manifest,
    pub new: &'a Manifest,
    /// Foreign files linked before the exchange, and the inodes they had.
    pub carried: &'a Inodes,
}

/// What came across only after the exchange.
#[derive(Debug, Default)]
pub(super) struct Swept {
    pub moved: usize,
    pub warnings: Vec<String>,
}

impl Sweep<'_> {
    /// The old folder is opened by name: somebody may have put another one there just before the exchange.
    pub fn run(&self) -> Result<Swept> {
        let old = self.within.below(self.name)?;
        let ours = self.ours.folders();
        let swept = Mutex::new(Swept::default());
        for _ in 0..ROUNDS {
            let tree = old.walk(|from, listing| self.folder(from, listing, &ours, &swept))?;
            old.remove_emptied(&tree)?;
            if self.within.remove_empty(self.name)? {
                return Ok(swept.into_inner().unwrap_or_else(PoisonError::into_inner));
            }
        }
        Err(PublishError::Disturbed(old.path))
    }

    fn folder(&self, from: &Folder, listing: &Listing, ours: &BTreeSet<&Path>, swept: &Mutex<Swept>) -> Result<()> {
        let is_ours =
            listing.path.as_os_str().is_empty() || is_reserved(&listing.path) || ours.contains(listing.path.as_path());
        if !is_ours && self.shown.identity(&listing.path).is_ok_and(|there| there.is_none()) {
            self.shown.make_below(&listing.path)?.resemble(from);
        }
        for (name, kind) in &listing.names {
            let path = listing.path.join(name);
            if kind.is_dir() {
                continue;
            }
            if is_reserved(&path) || self.ours.holds(&path) {
                from.unlink(name)?;
            } else if let Some(note) = self.rescue(from, name, &path)? {
                let mut swept = lock(swept);
                swept.moved += 1;
                swept.warnings.extend(note);
            }
        }
        Ok(())
    }

    /// `None` if it had come across before.
    fn rescue(&self, from: &Folder, name: &OsStr, path: &Path) -> Result<Option<Option<String>>> {
        let Some(theirs) = from.identity(name)? else { return Ok(None) };
        let to = match self.shown.make_below(path.parent().unwrap_or(Path::new(""))) {
            Ok(to) => to,
            // A file stands where its folder was.
            Err(PublishError::Disturbed(_)) => self.shown.below(Path::new(""))?,
            Err(error) => return Err(error),
        };
        match to.identity(name)? {
            None => {
                if from.move_to_free(name, &to, name)? {
                    return Ok(Some(None));
                }
            }
            Some(there) if there == theirs => {
                from.unlink(name)?;
                return Ok(None);
            }
            // The link we made; it has since been replaced in the old tree by a newer file.
            Some(there) if self.carried.get(path) == Some(&there.inode) && !self.new.holds(path) => {
                from.rename(name, &to, name)?;
                return Ok(Some(None));
            }
            Some(_) => {
                if self.new.is_same(path, from, name)? {
                    from.unlink(name)?;
                    return Ok(None);
                }
            }
        }
        put_aside(from, name, &to, path).map(|note| Some(Some(note)))
    }
}

/// Moves the foreign file at `path` to a free name next to the one it had, and says so.
pub(super) fn put_aside(from: &Folder, name: &OsStr, to: &Folder, path: &Path) -> Result<String> {
    for count in 1_u32.. {
        let mut free = name.to_owned();
        free.push(ASIDE);
        if count > 1 {
            free.push(format!("-{count}"));
        }
        if to.identity(&free)?.is_none() && from.move_to_free(name, to, &free)? {
            return Ok(format!(
                "qualcuno ha scritto `{}` mentre concilia pubblicava: è conservato in `{}`, spostalo o cancellalo",
                path.display(),
                to.at(free).display()
            ));
        }
    }
    Err(PublishError::Disturbed(to.at(name)))
}
