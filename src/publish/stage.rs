//! The generation in the making: new files written, unchanged and foreign ones linked.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rustix::fs::{self, AtFlags, Timestamps};
use rustix::io::Errno;

use super::disk::Folder;
use super::error::PublishError;
use super::survey::Task;

/// Foreign files that have been linked, and the inodes they have.
pub(super) type Carried = Mutex<BTreeMap<PathBuf, u64>>;

#[derive(Debug)]
pub(super) struct Stage {
    pub root: Folder,
    /// Folders that are there already, so that each is made once.
    made: Mutex<BTreeSet<OsString>>,
}

impl Stage {
    /// A new folder `name` in `work`, which readers will find as they found the one that is `shown` now.
    pub fn make(work: &Folder, name: &str, shown: Option<&Folder>) -> Result<Self, PublishError> {
        work.ensure(name).map_err(|errno| PublishError::io(work.at(name), errno))?;
        let root = work.below(Path::new(name))?;
        // Before anything is put in: what is made below inherits group and labels.
        if let Some(shown) = shown {
            root.resemble(shown);
        }
        Ok(Self { root, made: Mutex::default() })
    }

    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
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
    pub fn link(&self, from: &Folder, path: &Path, task: &Task, carried: &Carried) -> Result<(), PublishError> {
        self.ensure(path.as_os_str())?;
        // By its path: nobody else can get in here, and opening each folder would cost as much as all the rest.
        let link = |name: &OsStr| fs::linkat(from, name, &self.root, path.join(name), AtFlags::empty());
        for &name in &task.kept {
            match link(name) {
                Ok(()) => {}
                Err(errno) if is_unlinkable(errno) => copy(from, &self.root.below(path)?, name)?,
                Err(Errno::NOENT | Errno::EXIST) => return Err(PublishError::Disturbed(from.at(name))),
                Err(errno) => return Err(PublishError::io(from.at(name), errno)),
            }
        }
        for &name in &task.carried {
            let Some(stat) = from.stat(name)? else { continue };
            match link(name) {
                Ok(()) => {
                    let mut carried = carried.lock().unwrap_or_else(PoisonError::into_inner);
                    carried.insert(path.join(name), stat.st_ino);
                }
                Err(errno) if is_unlinkable(errno) || errno == Errno::NOENT => {}
                Err(errno) => return Err(PublishError::io(from.at(name), errno)),
            }
        }
        if task.is_foreign {
            self.root.below(path)?.resemble(from);
        }
        Ok(())
    }

    /// Makes a folder and those above it. Marked as made only afterwards: another thread may be just behind.
    fn ensure(&self, path: &OsStr) -> Result<(), PublishError> {
        if path.is_empty() || self.made().contains(path) {
            return Ok(());
        }
        let made = self.root.ensure(path).or_else(|errno| {
            if errno != Errno::NOENT {
                return Err(PublishError::io(self.root.at(path), errno));
            }
            let parent = Path::new(path).parent().unwrap_or(Path::new(""));
            self.ensure(parent.as_os_str())?;
            self.root.ensure(path).map_err(|errno| PublishError::io(self.root.at(path), errno))
        });
        made?;
        self.made().insert(path.to_owned());
        Ok(())
    }

    fn made(&self) -> std::sync::MutexGuard<'_, BTreeSet<OsString>> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Not this file, not by us, or not on this file system.
fn is_unlinkable(errno: Errno) -> bool {
    matches!(errno, Errno::PERM | Errno::ACCESS | Errno::MLINK | Errno::OPNOTSUPP | Errno::NOSYS)
}

/// Where there are no links the date at least is kept.
fn copy(from: &Folder, to: &Folder, name: &OsStr) -> Result<(), PublishError> {
    let disturbed = || PublishError::Disturbed(from.at(name));
    let stat = from.stat(name)?.ok_or_else(disturbed)?;
    let bytes = from.read(name)?.ok_or_else(disturbed)?;
    let file = to.create(name, &bytes)?;
    let time =
        |seconds, nanoseconds: u64| fs::Timespec { tv_sec: seconds, tv_nsec: i64::try_from(nanoseconds).unwrap_or(0) };
    let times = Timestamps {
        last_access: time(stat.st_atime, stat.st_atime_nsec),
        last_modification: time(stat.st_mtime, stat.st_mtime_nsec),
    };
    fs::futimens(&file, &times).map_err(|errno| PublishError::io(to.at(name), errno))
}
