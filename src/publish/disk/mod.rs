//! The few file operations that publishing needs, each naming its path when it fails.
//!
//! Everything happens below a [`Folder`], and no symbolic link on the way leads elsewhere. What not every system has
//! stands in `linux.rs`, and its double in `elsewhere.rs`.

// The tests read it everywhere, so that it does not go stale where it is not used.
#[cfg(any(test, not(target_os = "linux")))]
mod elsewhere;
mod identity;
#[cfg(target_os = "linux")]
mod linux;
mod records;

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, FileType, Metadata};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;

use super::error::{PublishError, Result};
#[cfg(not(target_os = "linux"))]
use elsewhere as system;
pub(super) use identity::Identity;
#[cfg(target_os = "linux")]
use linux as system;
pub use records::{rewrite, scrivi_nuovi};
pub(super) use system::EXCHANGES;

/// What one folder of a tree holds; `path` is relative to the folder the walk began at.
#[derive(Debug)]
pub(super) struct Listing {
    pub path: PathBuf,
    pub names: Vec<(OsString, FileType)>,
}

impl Listing {
    fn folders(&self) -> impl Iterator<Item = PathBuf> {
        let folders = self.names.iter().filter(|(_, kind)| kind.is_dir());
        folders.map(|(name, _)| self.path.join(name))
    }
}

/// A folder by its path, which says where it is after it has been moved too.
#[derive(Debug)]
pub(super) struct Folder {
    pub path: PathBuf,
    /// Open, where folders can be locked and this one is.
    held: Option<File>,
}

/// What became of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Linked {
    Done,
    /// Not this file, not by us, or not on this file system.
    Refused,
    /// The file went away, or another took its place.
    Disturbed,
}

impl Folder {
    pub fn open(path: &Path) -> Result<Self> {
        Self::open_if_any(path)?.ok_or_else(|| PublishError::of(path, &ErrorKind::NotFound.into()))
    }

    /// `None` where there is no such folder.
    pub fn open_if_any(path: &Path) -> Result<Option<Self>> {
        match there(path)? {
            None => Ok(None),
            Some(found) if found.is_dir() => Ok(Some(Self { path: path.to_path_buf(), held: None })),
            Some(_) => Err(PublishError::Disturbed(path.to_path_buf())),
        }
    }

    pub fn at(&self, path: impl AsRef<Path>) -> PathBuf {
        self.path.join(path)
    }

    fn fault(&self, path: impl AsRef<Path>) -> impl Fn(io::Error) -> PublishError {
        let path = self.at(path);
        move |error| PublishError::of(&path, &error)
    }

    pub fn inode(&self) -> Result<u64> {
        Identity::of(&self.path).map(|own| own.inode).map_err(self.fault(""))
    }

    /// What a name stands for; `None` where there is nothing.
    pub fn identity(&self, path: impl AsRef<Path>) -> Result<Option<Identity>> {
        match there(&self.at(&path))? {
            None => Ok(None),
            Some(_) => Identity::of(&self.at(&path)).map(Some).map_err(self.fault(path)),
        }
    }

    /// The folder at `path` below this one, through no link and no mount point.
    pub fn below(&self, path: &Path) -> Result<Self> {
        let mut folder = Self::open(&self.path)?;
        for step in path.components() {
            if let Component::Normal(step) = step {
                folder = Self::open(&folder.at(step))?;
                if system::is_mount(&folder.path) {
                    return Err(PublishError::OtherDisk(folder.path));
                }
            }
        }
        Ok(folder)
    }

    /// Like [`Self::below`], making what is missing.
    pub fn make_below(&self, path: &Path) -> Result<Self> {
        let mut folder = self.below(Path::new(""))?;
        for step in path {
            folder.ensure(step)?;
            folder = folder.below(Path::new(step))?;
        }
        Ok(folder)
    }

    /// The whole file; `None` where there is none, or something that is no file.
    pub fn read(&self, path: impl AsRef<Path>) -> Result<Option<Vec<u8>>> {
        let whole = self.at(&path);
        match there(&whole)? {
            Some(found) if found.is_file() => fs::read(&whole).map(Some).map_err(self.fault(path)),
            _ => Ok(None),
        }
    }

    /// Whether a regular file stands here with exactly these bytes. Whatever keeps us from knowing means no.
    pub fn has(&self, path: &str, bytes: &[u8]) -> bool {
        self.compare(path, bytes).unwrap_or(false)
    }

    fn compare(&self, path: &str, bytes: &[u8]) -> io::Result<bool> {
        // Big enough for any page at one go, small enough for the stack of a worker.
        const CHUNK: usize = 32 * 1024;
        let path = self.at(path);
        let found = fs::symlink_metadata(&path)?;
        if !found.is_file() || u64::try_from(bytes.len()) != Ok(found.len()) {
            return Ok(false);
        }
        let mut file = File::open(path)?;
        let mut chunk = [0; CHUNK];
        for wanted in bytes.chunks(CHUNK) {
            let read = &mut chunk[..wanted.len()];
            file.read_exact(read)?;
            if read != wanted {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A new file that everybody may read, which must not be there yet.
    pub fn create(&self, path: impl AsRef<Path>, bytes: &[u8]) -> Result<File> {
        let write = || {
            let mut file = File::create_new(self.at(&path))?;
            identity::open_for_all(&self.at(&path), &file.metadata()?)?;
            file.write_all(bytes)?;
            Ok(file)
        };
        write().map_err(self.fault(&path))
    }

    /// A new file, safe on the disk before this returns.
    pub fn create_synced(&self, name: &str, bytes: &[u8]) -> Result<()> {
        self.create(name, bytes)?.sync_all().map_err(self.fault(name))
    }

    /// A folder that everybody may read, if it is not there already: one that is stays as it is. `false` where the one
    /// that should hold it is missing.
    pub fn ensure(&self, path: impl AsRef<Path>) -> Result<bool> {
        let whole = self.at(&path);
        let make = || {
            fs::create_dir(&whole)?;
            identity::open_for_all(&whole, &fs::symlink_metadata(&whole)?)
        };
        match make() {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(self.fault(path)(error)),
        }
    }

    /// Nobody else has any business with a half-made generation.
    pub fn make_private(&self, name: impl AsRef<Path>) -> Result<()> {
        identity::make_private(&self.at(&name)).map_err(self.fault(name))
    }

    pub fn rename(&self, name: impl AsRef<Path>, to: &Self, new: impl AsRef<Path>) -> Result<()> {
        fs::rename(self.at(name), to.at(&new)).map_err(to.fault(new))
    }

    /// Two names change places in one step; `false` where the system cannot.
    pub fn exchange(&self, name: &str, other: &Self, theirs: &OsStr) -> Result<bool> {
        able(system::exchange(&self.at(name), &other.at(theirs))).map_err(other.fault(theirs))
    }

    /// Moves a folder; `false` where it does not move.
    pub fn move_if_able(&self, name: &OsStr, to: &Self, new: &str) -> Result<bool> {
        able(fs::rename(self.at(name), to.at(new))).map_err(self.fault(name))
    }

    /// `false` if the name has been taken meanwhile.
    pub fn move_to_free(&self, name: &OsStr, to: &Self, new: &OsStr) -> Result<bool> {
        system::rename_to_free(&self.at(name), &to.at(new)).map_err(to.fault(new))
    }

    pub fn link(&self, name: &OsStr, to: &Self, path: &Path) -> Result<Linked> {
        match fs::hard_link(self.at(name), to.at(path)).map_err(|error| (error.kind(), error)) {
            Ok(()) => Ok(Linked::Done),
            Err((ErrorKind::NotFound | ErrorKind::AlreadyExists, _)) => Ok(Linked::Disturbed),
            Err((ErrorKind::PermissionDenied | ErrorKind::TooManyLinks | ErrorKind::Unsupported, _)) => {
                Ok(Linked::Refused)
            }
            Err((_, error)) => Err(self.fault(name)(error)),
        }
    }

    /// Where there are no links the date at least is kept.
    pub fn copy(&self, name: &OsStr, to: &Self) -> Result<()> {
        let disturbed = || PublishError::Disturbed(self.at(name));
        let found = there(&self.at(name))?.ok_or_else(disturbed)?;
        let file = to.create(name, &self.read(name)?.ok_or_else(disturbed)?)?;
        found.modified().and_then(|time| file.set_modified(time)).map_err(to.fault(name))
    }

    /// Something that is gone already is as good as removed.
    pub fn unlink(&self, name: impl AsRef<Path>) -> Result<()> {
        match fs::remove_file(self.at(&name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(self.fault(name)(error)),
            _ => Ok(()),
        }
    }

    /// Whether the folder is gone: one that is not empty stays.
    pub fn remove_empty(&self, path: &Path) -> Result<bool> {
        match fs::remove_dir(self.at(path)).map_err(|error| (error.kind(), error)) {
            Ok(()) | Err((ErrorKind::NotFound, _)) => Ok(true),
            Err((ErrorKind::DirectoryNotEmpty, _)) => Ok(false),
            Err((_, error)) => Err(self.fault(path)(error)),
        }
    }

    pub fn sync(&self) -> Result<()> {
        system::sync(&self.path).map_err(self.fault(""))
    }

    /// One call for the whole file system: 32,000 separate ones take minutes.
    pub fn sync_all_below(&self) -> Result<()> {
        system::sync_all(&self.path).map_err(self.fault(""))
    }

    /// Every folder of the tree with what it holds, those nearest the root first.
    pub fn tree(&self) -> Result<Vec<Listing>> {
        let tree = self.walk(|_, _| Ok(()))?;
        Ok(tree.into_iter().map(|(listing, ())| listing).collect())
    }

    /// The same, each folder shown to `visit`: with 32,000 of them every call counts.
    ///
    /// Level by level and not by recursion: a deep foreign tree must not be able to exhaust the stack.
    pub fn walk<T: Send>(&self, visit: impl Fn(&Folder, &Listing) -> Result<T> + Sync) -> Result<Vec<(Listing, T)>> {
        let mut all = Vec::new();
        let mut level = vec![PathBuf::new()];
        while !level.is_empty() {
            let visited = level.into_par_iter().map(|path| {
                let folder = self.below(&path)?;
                let listing = Listing { names: folder.names()?, path };
                let seen = visit(&folder, &listing)?;
                Ok((listing, seen))
            });
            let visited = visited.collect::<Result<Vec<_>>>()?;
            let folders = visited.iter().flat_map(|(listing, _)| listing.folders());
            level = folders.collect();
            all.extend(visited);
        }
        Ok(all)
    }

    /// What the folder holds.
    pub fn names(&self) -> Result<Vec<(OsString, FileType)>> {
        let entries = fs::read_dir(&self.path).map_err(self.fault(""))?;
        let names = entries.map(|entry| entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))));
        names.collect::<io::Result<_>>().map_err(self.fault(""))
    }

    /// Deletes a tree of ours, whatever is in it.
    pub fn remove_tree(&self, name: &OsStr) -> Result<()> {
        match there(&self.at(name))? {
            None => return Ok(()),
            Some(found) if !found.is_dir() => return self.unlink(name),
            Some(_) => {}
        }
        let root = self.below(Path::new(name))?;
        let tree = root.walk(|folder, listing| {
            let files = listing.names.iter().filter(|(_, kind)| !kind.is_dir());
            files.map(|(name, _)| name).try_for_each(|name| folder.unlink(name))
        })?;
        root.remove_emptied(&tree)?;
        if self.remove_empty(Path::new(name))? {
            return Ok(());
        }
        Err(PublishError::Disturbed(self.at(name)))
    }

    /// Removes the folders of a walk that are empty by now, deepest first, except the root.
    pub fn remove_emptied<T: Sync>(&self, tree: &[(Listing, T)]) -> Result<()> {
        let depth = |listing: &Listing| listing.path.components().count();
        let levels = tree.chunk_by(|(one, _), (other, _)| depth(one) == depth(other));
        for level in levels.rev().filter(|level| level.iter().all(|(one, _)| depth(one) > 0)) {
            level.par_iter().try_for_each(|(listing, _)| self.remove_empty(&listing.path).map(drop))?;
        }
        Ok(())
    }

    /// Gives this folder the owner, the permissions and the labels of another, as far as the system lets us: a web
    /// server that could read the old one has to be able to read the new one.
    pub fn resemble(&self, other: &Self) {
        identity::resemble(&self.path, &other.path);
        system::label_like(&self.path, &other.path);
    }

    /// Whether a folder can be renamed at all: a mount point cannot, nor what lies on another disk than its parent.
    pub fn is_movable(&self) -> bool {
        let around = self.path.parent().map(Identity::of);
        let (Some(Ok(around)), Ok(own)) = (around, Identity::of(&self.path)) else { return false };
        !system::is_mount(&self.path) && around.disk == own.disk
    }

    /// Locks the folder; `false` if somebody else has it. Where folders cannot be locked a file has to do.
    pub fn hold(&mut self) -> bool {
        let Some(held) = system::open_folder(&self.path) else { return true };
        let is_taken = matches!(held.try_lock(), Err(fs::TryLockError::WouldBlock));
        self.held = Some(held).filter(|_| !is_taken);
        !is_taken
    }
}

/// What stands here, never following a link; `None` where there is nothing.
fn there(path: &Path) -> Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(PublishError::of(path, &error)),
    }
}

/// Network and user-space file systems, layers of a container image, mount points, sandboxes; where a file that
/// somebody has open does not move.
fn able(done: io::Result<()>) -> io::Result<bool> {
    match done {
        Ok(()) => Ok(true),
        Err(error) => match error.kind() {
            ErrorKind::InvalidInput
            | ErrorKind::Unsupported
            | ErrorKind::CrossesDevices
            | ErrorKind::ResourceBusy
            | ErrorKind::PermissionDenied
            | ErrorKind::AlreadyExists
            | ErrorKind::DirectoryNotEmpty => Ok(false),
            _ => Err(error),
        },
    }
}

/// Refuses a folder in which nothing can be made.
pub(super) fn check_writable(folder: &Path) -> Result<()> {
    tempfile::tempfile_in(folder).map(drop).map_err(|error| PublishError::of(folder, &error))
}

/// A file that is locked as long as it is held.
#[derive(Debug)]
pub(super) struct Held {
    _file: File,
}

impl Held {
    /// `None` if somebody else holds it, or the name has come to mean another file. A failure is told of `target`: the
    /// lock is ours, what the user named is the output.
    pub fn attempt(path: &Path, target: &Path) -> Result<Option<Self>> {
        let fault = |error: io::Error| PublishError::of(target, &error);
        let writing = File::options().read(true).write(true).create(true).truncate(false).open(path);
        let opened = match writing {
            // Made by another user: to lock it, reading is enough.
            Err(denied) if denied.kind() == ErrorKind::PermissionDenied => File::open(path).map_err(|_| denied),
            other => other,
        };
        let file = match opened {
            // One that is being removed stays somebody's until it has gone.
            Err(denied) if cfg!(windows) && denied.kind() == ErrorKind::PermissionDenied && path.exists() => {
                return Ok(None);
            }
            opened => opened.map_err(fault)?,
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Ok(None),
            Err(fs::TryLockError::Error(error)) => return Err(fault(error)),
        }
        let held = Identity::of_open(&file).map_err(fault)?;
        Ok(Identity::of(path).is_ok_and(|named| named == held).then_some(Self { _file: file }))
    }
}

impl PublishError {
    /// Sorts what the system says into what the user can do about it.
    pub(super) fn of(path: &Path, source: &io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Self::Full(path),
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Self::ReadOnly(path),
            ErrorKind::CrossesDevices => Self::OtherDisk(path),
            ErrorKind::NotADirectory => Self::Disturbed(path),
            kind => Self::Io { path, source: source.raw_os_error().map_or(kind.into(), io::Error::from_raw_os_error) },
        }
    }
}
