//! The generation in the making: new files written, unchanged and foreign ones linked.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::disk::{Folder, Linked};
use super::error::{PublishError, Result};
use super::survey::Task;
use crate::quiet::lock;

/// Foreign files that have been linked, and the inodes they have.
pub(super) type Inodes = BTreeMap<PathBuf, u64>;

#[derive(Debug)]
pub(super) struct Stage {
    pub root: Folder,
    /// Folders that are there already, so that each is made once.
    made: Mutex<BTreeSet<OsString>>,
}

impl Stage {
    /// A new folder `name` in `work`, which readers will find as they found the one that is `shown` now.
    pub fn make(work: &Folder, name: &str, shown: Option<&Folder>) -> Result<Self> {
        work.ensure(name)?;
        let root = work.below(Path::new(name))?;
        // Before anything is put in: what is made below inherits group and labels.
        if let Some(shown) = shown {
            root.resemble(shown);
        }
        Ok(Self { root, made: Mutex::default() })
    }

    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        if let Some((parent, _)) = path.rsplit_once('/') {
            self.ensure(OsStr::new(parent))?;
        }
        self.root.create(path, bytes).map(drop)
    }

    /// Links what the task names of `from`, the visible folder at `path`, into this generation, and adds the foreign
    /// files with their inodes to `carried`.
    ///
    /// A foreign file that cannot be linked (another user's, or the file system has no links) is left where it is: it
    /// is moved across after the exchange.
    pub fn link(&self, from: &Folder, path: &Path, task: &Task, carried: &Mutex<Inodes>) -> Result<()> {
        self.ensure(path.as_os_str())?;
        // By its path: nobody else can get in here, and opening each folder would cost as much as all the rest.
        let link = |name: &OsStr| from.link(name, &self.root, &path.join(name));
        for &name in &task.kept {
            match link(name)? {
                Linked::Done => {}
                Linked::Refused => from.copy(name, &self.root.below(path)?)?,
                Linked::Disturbed => return Err(PublishError::Disturbed(from.at(name))),
            }
        }
        for &name in &task.carried {
            let Some(theirs) = from.identity(name)? else { continue };
            if link(name)? == Linked::Done {
                lock(carried).insert(path.join(name), theirs.inode);
            }
        }
        if task.is_foreign {
            self.root.below(path)?.resemble(from);
        }
        Ok(())
    }

    /// Makes a folder and those above it. Marked as made only afterwards: another thread may be just behind.
    fn ensure(&self, path: &OsStr) -> Result<()> {
        if path.is_empty() || lock(&self.made).contains(path) {
            return Ok(());
        }
        if !self.root.ensure(path)? {
            let parent = Path::new(path).parent().unwrap_or(Path::new(""));
            self.ensure(parent.as_os_str())?;
            if !self.root.ensure(path)? {
                return Err(PublishError::Disturbed(self.root.at(path)));
            }
        }
        lock(&self.made).insert(path.to_owned());
        Ok(())
    }
}
