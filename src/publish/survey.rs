//! What of the visible generation goes into the next one, and what stands in its way.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::disk::{Folder, Kind, Listing};
use super::error::PublishError;
use super::manifest::{Entry, Manifest, parents};
use super::place::is_reserved;

/// What to link from one folder.
#[derive(Debug)]
pub(super) struct Task {
    pub path: PathBuf,
    /// Ours, and as the new generation wants them.
    pub kept: Vec<OsString>,
    /// Everybody else's.
    pub carried: Vec<OsString>,
    /// No file of ours was or will be below: even empty it is carried.
    pub is_foreign: bool,
}

pub(super) struct Survey<'a> {
    pub shown: &'a Folder,
    pub old: &'a Manifest,
    pub new: &'a Manifest,
    /// Paths of `new` that were written anew.
    pub staged: &'a BTreeSet<String>,
}

impl Survey<'_> {
    /// Walks the visible folder. A foreign file where the new generation writes is refused now, before anything has
    /// changed: overwriting it would lose it, and leaving it would publish what the records do not say. Only if it is
    /// the very same bytes there is nothing to lose, and it becomes ours.
    pub fn tasks(&self) -> Result<Vec<Task>, PublishError> {
        let (ours, wanted) = (self.old.folders(), self.new.folders());
        let tasks = self.shown.tree()?.into_par_iter().map(|listing| self.task(listing, &ours, &wanted));
        let tasks = tasks.collect::<Result<Vec<_>, _>>()?;
        let idle = |task: &Task| task.kept.is_empty() && task.carried.is_empty() && !task.is_foreign;
        Ok(tasks.into_iter().filter(|task| !idle(task)).collect())
    }

    fn task(&self, listing: Listing, ours: &BTreeSet<&str>, wanted: &BTreeSet<&str>) -> Result<Task, PublishError> {
        let has = |set: &BTreeSet<&str>, path: &Path| path.to_str().is_some_and(|path| set.contains(path));
        let at = &listing.path;
        let is_inner = !at.as_os_str().is_empty() && !is_reserved(at);
        let mut task = Task {
            path: at.clone(),
            kept: Vec::new(),
            carried: Vec::new(),
            is_foreign: is_inner && !has(ours, at) && !has(wanted, at),
        };
        if is_reserved(at) {
            return Ok(task);
        }
        if task.is_foreign && self.is_below_a_file(at) {
            return Err(PublishError::Foreign(self.shown.at(at)));
        }
        for (name, kind) in listing.names {
            let path = at.join(&name);
            if is_reserved(&path) {
                continue;
            }
            let foreign = || PublishError::Foreign(self.shown.at(&path));
            if kind == Kind::Folder {
                if self.new.holds(&path) && !has(ours, &path) {
                    return Err(foreign());
                }
            } else if self.old.holds(&path) {
                if self.new.holds(&path) && !path.to_str().is_some_and(|path| self.staged.contains(path)) {
                    task.kept.push(name);
                }
            } else if let Some(entry) = path.to_str().and_then(|path| self.new.files.get(path)) {
                if !self.is_same(&path, kind, entry)? {
                    return Err(foreign());
                }
            } else if has(wanted, &path) || self.is_below_a_file(&path) {
                return Err(foreign());
            } else {
                task.carried.push(name);
            }
        }
        Ok(task)
    }

    fn is_same(&self, path: &Path, kind: Kind, entry: &Entry) -> Result<bool, PublishError> {
        Ok(kind == Kind::File && self.shown.read(path)?.is_some_and(|bytes| Entry::of(&bytes) == *entry))
    }

    fn is_below_a_file(&self, path: &Path) -> bool {
        // A path of the new generation is UTF-8, so only the part of the foreign path that is can lie below it.
        let text = path.to_string_lossy();
        parents(&text).any(|parent| self.new.files.contains_key(parent))
    }
}
