//! The few file operations that publishing needs, each naming its path when it fails.
//!
//! Everything happens below an open [`Folder`]: a folder that is exchanged while we hold it stays the one we mean,
//! and no symbolic link on the way can lead us elsewhere.

mod records;
mod steps;

use std::ffi::{OsStr, OsString};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;
use rustix::fs::{self, AtFlags, Mode, OFlags, RawDir, ResolveFlags, Stat};
use rustix::io::Errno;

use super::error::{PublishError, Result};
pub use records::{rewrite, scrivi_nuovi};
pub(super) use rustix::fs::FileType;
pub(super) use steps::{Held, Linked, check_writable};

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

/// A folder held open, and the path it had, for messages.
#[derive(Debug)]
pub(super) struct Folder {
    pub fd: OwnedFd,
    pub path: PathBuf,
}

const OPEN_FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC);

/// Without `NONBLOCK` a pipe left in the folder would hold us for ever.
const OPEN_FILE: OFlags = OFlags::RDONLY.union(OFlags::NOFOLLOW).union(OFlags::NONBLOCK).union(OFlags::CLOEXEC);

const CREATE_FILE: OFlags = OFlags::WRONLY.union(OFlags::CREATE).union(OFlags::EXCL).union(OFlags::CLOEXEC);

/// The umask takes from these what the user does not want to give; what is published is for everybody to read all the
/// same, and the web server is somebody else.
const FILE_MODE: Mode = Mode::from_raw_mode(0o666);
const FILE_FOR_ALL: Mode = Mode::from_raw_mode(0o644);
const FOLDER_MODE: Mode = Mode::from_raw_mode(0o777);
const FOLDER_FOR_ALL: Mode = Mode::from_raw_mode(0o755);

impl Folder {
    pub fn open(path: &Path) -> Result<Self> {
        let fd = fs::open(path, OPEN_FOLDER, Mode::empty()).map_err(|errno| PublishError::io(path, errno))?;
        Ok(Self { fd, path: path.to_path_buf() })
    }

    /// `None` where there is no such folder.
    pub fn open_if_any(path: &Path) -> Result<Option<Self>> {
        match fs::open(path, OPEN_FOLDER, Mode::empty()) {
            Ok(fd) => Ok(Some(Self { fd, path: path.to_path_buf() })),
            Err(Errno::NOENT) => Ok(None),
            Err(errno) => Err(PublishError::io(path, errno)),
        }
    }

    pub fn at(&self, path: impl AsRef<Path>) -> PathBuf {
        self.path.join(path)
    }

    fn fault(&self, path: impl AsRef<Path>) -> impl Fn(Errno) -> PublishError {
        let path = self.at(path);
        move |errno| PublishError::io(&path, errno)
    }

    pub fn inode(&self) -> Result<u64> {
        Ok(fs::fstat(&self.fd).map_err(self.fault(""))?.st_ino)
    }

    /// The folder at `path` below this one, through no link and no mount point.
    pub fn below(&self, path: &Path) -> Result<Self> {
        let fd = self.open_below(path).map_err(self.fault(path))?;
        Ok(Self { fd, path: self.at(path) })
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

    fn open_below(&self, path: &Path) -> std::result::Result<OwnedFd, Errno> {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_XDEV;
        match fs::openat2(&self.fd, path, OPEN_FOLDER, Mode::empty(), resolve) {
            // Old kernels and some sandboxes do not have the call.
            Err(Errno::NOSYS | Errno::PERM | Errno::INVAL) => self.open_step_by_step(path),
            other => other,
        }
    }

    fn open_step_by_step(&self, path: &Path) -> std::result::Result<OwnedFd, Errno> {
        let mut fd = fs::openat(&self.fd, ".", OPEN_FOLDER, Mode::empty())?;
        let device = fs::fstat(&fd)?.st_dev;
        for step in path.components() {
            if let Component::Normal(step) = step {
                fd = fs::openat(&fd, step, OPEN_FOLDER, Mode::empty())?;
                if fs::fstat(&fd)?.st_dev != device {
                    return Err(Errno::XDEV);
                }
            }
        }
        Ok(fd)
    }

    /// What a name stands for, never following a link; `None` where there is nothing.
    pub fn stat(&self, path: impl AsRef<Path>) -> Result<Option<Stat>> {
        match fs::statat(&self.fd, path.as_ref(), AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => Ok(Some(stat)),
            Err(Errno::NOENT) => Ok(None),
            Err(errno) => Err(self.fault(path)(errno)),
        }
    }

    /// The whole file; `None` where there is none, or something that is no file.
    pub fn read(&self, path: impl AsRef<Path>) -> Result<Option<Vec<u8>>> {
        let path = path.as_ref();
        let fd = match fs::openat(&self.fd, path, OPEN_FILE, Mode::empty()) {
            Ok(fd) => fd,
            Err(Errno::NOENT | Errno::LOOP | Errno::NXIO) => return Ok(None),
            Err(errno) => return Err(self.fault(path)(errno)),
        };
        let stat = fs::fstat(&fd).map_err(self.fault(path))?;
        if !FileType::from_raw_mode(stat.st_mode).is_file() {
            return Ok(None);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(stat.st_size).unwrap_or(0) + 1);
        let mut file = std::fs::File::from(fd);
        std::io::Read::read_to_end(&mut file, &mut bytes)
            .map_err(|source| PublishError::Io { path: self.at(path), source })?;
        Ok(Some(bytes))
    }

    /// Whether a regular file stands here with exactly these bytes. Whatever keeps us from knowing means no.
    pub fn has(&self, path: &str, bytes: &[u8]) -> bool {
        self.compare(path, bytes).unwrap_or(false)
    }

    fn compare(&self, path: &str, bytes: &[u8]) -> std::result::Result<bool, Errno> {
        // Big enough for any page at one go, small enough for the stack of a worker.
        const CHUNK: usize = 32 * 1024;
        let fd = fs::openat(&self.fd, path, OPEN_FILE, Mode::empty())?;
        let stat = fs::fstat(&fd)?;
        if !FileType::from_raw_mode(stat.st_mode).is_file() || u64::try_from(stat.st_size) != Ok(bytes.len() as u64) {
            return Ok(false);
        }
        let mut chunk = [0; CHUNK];
        let mut rest = bytes;
        while !rest.is_empty() {
            let read = rustix::io::retry_on_intr(|| rustix::io::read(&fd, &mut chunk[..rest.len().min(CHUNK)]))?;
            if read == 0 || chunk[..read] != rest[..read] {
                return Ok(false);
            }
            rest = &rest[read..];
        }
        Ok(true)
    }

    /// A new file, which must not be there yet.
    pub fn create(&self, path: impl AsRef<Path>, bytes: &[u8]) -> Result<OwnedFd> {
        let path = path.as_ref();
        let write = || {
            let fd = fs::openat(&self.fd, path, CREATE_FILE, FILE_MODE)?;
            let mode = Mode::from_raw_mode(fs::fstat(&fd)?.st_mode);
            if !mode.contains(FILE_FOR_ALL) {
                fs::fchmod(&fd, mode | FILE_FOR_ALL)?;
            }
            let mut rest = bytes;
            while !rest.is_empty() {
                let written = rustix::io::retry_on_intr(|| rustix::io::write(&fd, rest))?;
                rest = &rest[written..];
            }
            Ok(fd)
        };
        write().map_err(self.fault(path))
    }

    /// A folder that everybody may read, if it is not there already: one that is stays as it is. `false` where the one
    /// that should hold it is missing.
    pub fn ensure(&self, path: impl AsRef<Path>) -> Result<bool> {
        let path = path.as_ref();
        let make = || {
            match fs::mkdirat(&self.fd, path, FOLDER_MODE) {
                Ok(()) => {}
                Err(Errno::EXIST) => return Ok(()),
                Err(errno) => return Err(errno),
            }
            let mode = Mode::from_raw_mode(fs::statat(&self.fd, path, AtFlags::SYMLINK_NOFOLLOW)?.st_mode);
            if mode.contains(FOLDER_FOR_ALL) {
                return Ok(());
            }
            fs::fchmod(self.open_below(path)?, mode | FOLDER_FOR_ALL)
        };
        match make() {
            Ok(()) => Ok(true),
            Err(Errno::NOENT) => Ok(false),
            Err(errno) => Err(self.fault(path)(errno)),
        }
    }

    pub fn rename(&self, name: impl AsRef<Path>, to: &Self, new: impl AsRef<Path>) -> Result<()> {
        fs::renameat(&self.fd, name.as_ref(), &to.fd, new.as_ref()).map_err(to.fault(new))
    }

    /// Something that is gone already is as good as removed.
    pub fn unlink(&self, name: impl AsRef<Path>) -> Result<()> {
        match fs::unlinkat(&self.fd, name.as_ref(), AtFlags::empty()) {
            Ok(()) | Err(Errno::NOENT) => Ok(()),
            Err(errno) => Err(self.fault(name)(errno)),
        }
    }

    /// Whether the folder is gone: one that is not empty stays.
    pub fn remove_empty(&self, path: &Path) -> Result<bool> {
        match fs::unlinkat(&self.fd, path, AtFlags::REMOVEDIR) {
            Ok(()) | Err(Errno::NOENT) => Ok(true),
            Err(Errno::NOTEMPTY | Errno::EXIST) => Ok(false),
            Err(errno) => Err(self.fault(path)(errno)),
        }
    }

    pub fn sync(&self) -> Result<()> {
        match fs::fsync(&self.fd) {
            // Some network and user-space file systems cannot sync a folder, and keep it safe by themselves.
            Ok(()) | Err(Errno::INVAL) => Ok(()),
            Err(errno) => Err(self.fault("")(errno)),
        }
    }

    /// One call for the whole file system: 32,000 separate ones take minutes.
    pub fn sync_all_below(&self) -> Result<()> {
        fs::syncfs(&self.fd).map_err(self.fault(""))
    }

    /// Every folder of the tree with what it holds, those nearest the root first.
    pub fn tree(&self) -> Result<Vec<Listing>> {
        let tree = self.walk(|_, _| Ok(()))?;
        Ok(tree.into_iter().map(|(listing, ())| listing).collect())
    }

    /// The same, each folder shown to `visit` while it is open: with 32,000 of them every call counts.
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

    /// What the folder holds. Once only: the place where reading stopped goes with the open folder.
    pub fn names(&self) -> Result<Vec<(OsString, FileType)>> {
        let mut names = Vec::new();
        let mut buffer = [const { MaybeUninit::uninit() }; 8 * 1024];
        let mut dir = RawDir::new(&self.fd, &mut buffer);
        while let Some(entry) = dir.next() {
            let entry = entry.map_err(self.fault(""))?;
            let name = entry.file_name().to_bytes();
            if name == b"." || name == b".." {
                continue;
            }
            let name = OsStr::from_bytes(name).to_owned();
            let kind = match entry.file_type() {
                FileType::Unknown => match self.stat(&name)? {
                    Some(stat) => FileType::from_raw_mode(stat.st_mode),
                    None => continue,
                },
                known => known,
            };
            names.push((name, kind));
        }
        Ok(names)
    }

    /// Deletes a tree of ours, whatever is in it.
    pub fn remove_tree(&self, name: &OsStr) -> Result<()> {
        let Some(stat) = self.stat(name)? else { return Ok(()) };
        if !FileType::from_raw_mode(stat.st_mode).is_dir() {
            return self.unlink(name);
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
        let Ok(theirs) = fs::fstat(&other.fd) else { return };
        let _ = fs::fchown(&self.fd, Some(fs::Uid::from_raw(theirs.st_uid)), Some(fs::Gid::from_raw(theirs.st_gid)));
        let _ = fs::fchmod(&self.fd, Mode::from_raw_mode(theirs.st_mode));
        // Both limits are the kernel's own.
        let mut names = vec![0; 64 * 1024];
        let mut value = vec![0; 64 * 1024];
        let Ok(length) = fs::flistxattr(&other.fd, &mut names[..]) else { return };
        for name in names[..length].split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
            if let Ok(size) = fs::fgetxattr(&other.fd, name, &mut value[..]) {
                let _ = fs::fsetxattr(&self.fd, name, &value[..size], fs::XattrFlags::empty());
            }
        }
    }
}

impl AsFd for Folder {
    fn as_fd(&self) -> std::os::fd::BorrowedFd<'_> {
        self.fd.as_fd()
    }
}
