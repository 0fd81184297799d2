//! What of the visible generation goes into the next one, and what stands in its way.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::Path;

use super::disk::{Folder, Listing};
use super::error::{PublishError, Result};
use super::manifest::{Manifest, parents, route};
use super::place::is_reserved;

/// What to link from one folder: names in it.
#[derive(Debug, Default)]
pub(super) struct Task<'a> {
    /// Ours, and as the new generation wants them.
    pub kept: Vec<&'a OsStr>,
    /// Everybody else's.
    pub carried: Vec<&'a OsStr>,
    /// No file of ours was or will be below: even empty it is carried.
    pub is_foreign: bool,
}

impl Task<'_> {
    pub fn is_idle(&self) -> bool {
        self.kept.is_empty() && self.carried.is_empty() && !self.is_foreign
    }
}

pub(super) struct Survey<'a> {
    shown: &'a Folder,
    old: &'a Manifest,
    new: &'a Manifest,
    /// Paths of `new` that were written anew.
    staged: &'a BTreeSet<String>,
    /// The folders that files of `old` and `new` need.
    ours: BTreeSet<&'a Path>,
    wanted: BTreeSet<&'a Path>,
}

impl<'a> Survey<'a> {
    pub fn new(shown: &'a Folder, old: &'a Manifest, new: &'a Manifest, staged: &'a BTreeSet<String>) -> Self {
        Self { shown, old, new, staged, ours: old.folders(), wanted: new.folders() }
    }

    /// Judges one folder of the visible tree. A foreign file where the new generation writes is refused, before
    /// anything visible has changed: overwriting it would lose it, and leaving it would publish what the records do
    /// not say. Only if it is the very same bytes there is nothing to lose, and it becomes ours.
    pub fn task<'l>(&self, listing: &'l Listing) -> Result<Task<'l>> {
        let at = listing.path.as_path();
        let mut task = Task::default();
        if is_reserved(at) {
            return Ok(task);
        }
        task.is_foreign = !at.as_os_str().is_empty() && !self.ours.contains(at) && !self.wanted.contains(at);
        if task.is_foreign && self.is_below_a_file(at) {
            return Err(PublishError::Foreign(self.shown.at(at)));
        }
        for (name, kind) in &listing.names {
            let path = at.join(name);
            if is_reserved(&path) {
                continue;
            }
            let foreign = || PublishError::Foreign(self.shown.at(&path));
            if kind.is_dir() {
                if self.new.holds(&path) && !self.ours.contains(path.as_path()) {
                    return Err(foreign());
                }
            } else if self.old.holds(&path) {
                if self.new.holds(&path) && !self.staged.contains(&*route(&path)) {
                    task.kept.push(name);
                }
            } else if self.new.holds(&path) {
                if !(kind.is_file() && self.new.is_same(&path, self.shown, &path)?) {
                    return Err(foreign());
                }
            } else if self.wanted.contains(path.as_path()) || self.is_below_a_file(&path) {
                return Err(foreign());
            } else {
                task.carried.push(name);
            }
        }
        Ok(task)
    }

    fn is_below_a_file(&self, path: &Path) -> bool {
        // A path of the new generation is UTF-8, so only the part of the foreign path that is can lie below it.
        parents(&route(path)).any(|parent| self.new.files.contains_key(parent))
    }
}
