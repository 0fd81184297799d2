//! What the steps of a publication ask of the system beyond reading and writing: exchanges, links, locks.

use std::ffi::OsStr;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{
    self, Access, AtFlags, FlockOperation, Mode, OFlags, RenameFlags, StatxAttributes, StatxFlags, Timestamps,
};
use rustix::io::Errno;

use super::super::error::{PublishError, Result};
use super::Folder;

/// Nobody else has any business with a half-made generation.
const PRIVATE: Mode = Mode::from_raw_mode(0o700);

/// What became of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Linked {
    Done,
    /// Not this file, not by us, or not on this file system.
    Refused,
    /// The file went away, or another took its place.
    Disturbed,
}

impl Folder {
    pub fn make_private(&self, name: impl AsRef<Path>) -> Result<()> {
        fs::mkdirat(&self.fd, name.as_ref(), PRIVATE).map_err(self.fault(name))
    }

    /// A new file, safe on the disk before this returns.
    pub fn create_synced(&self, name: &str, bytes: &[u8]) -> Result<()> {
        fs::fsync(self.create(name, bytes)?).map_err(self.fault(name))
    }

    /// Two names change places in one step; `false` where the system cannot.
    pub fn exchange(&self, name: &str, other: &Self, theirs: &OsStr) -> Result<bool> {
        able(fs::renameat_with(self, name, other, theirs, RenameFlags::EXCHANGE)).map_err(other.fault(theirs))
    }

    /// Moves a folder; `false` where it does not move.
    pub fn move_if_able(&self, name: &OsStr, to: &Self, new: &str) -> Result<bool> {
        able(fs::renameat(self, name, to, new)).map_err(self.fault(name))
    }

    /// `false` if the name has been taken meanwhile.
    pub fn move_to_free(&self, name: &OsStr, to: &Self, new: &OsStr) -> Result<bool> {
        match fs::renameat_with(self, name, to, new, RenameFlags::NOREPLACE) {
            Ok(()) => Ok(true),
            Err(Errno::EXIST) => Ok(false),
            // No such flag here: the look before has to do.
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => self.rename(name, to, new).map(|()| true),
            Err(errno) => Err(to.fault(new)(errno)),
        }
    }

    pub fn link(&self, name: &OsStr, to: &Self, path: &Path) -> Result<Linked> {
        match fs::linkat(self, name, to, path, AtFlags::empty()) {
            Ok(()) => Ok(Linked::Done),
            Err(Errno::PERM | Errno::ACCESS | Errno::MLINK | Errno::OPNOTSUPP | Errno::NOSYS) => Ok(Linked::Refused),
            Err(Errno::NOENT | Errno::EXIST) => Ok(Linked::Disturbed),
            Err(errno) => Err(self.fault(name)(errno)),
        }
    }

    /// Where there are no links the date at least is kept.
    pub fn copy(&self, name: &OsStr, to: &Self) -> Result<()> {
        let disturbed = || PublishError::Disturbed(self.at(name));
        let stat = self.stat(name)?.ok_or_else(disturbed)?;
        let bytes = self.read(name)?.ok_or_else(disturbed)?;
        let file = to.create(name, &bytes)?;
        let time = |seconds, nanoseconds: u64| fs::Timespec {
            tv_sec: seconds,
            tv_nsec: i64::try_from(nanoseconds).unwrap_or(0),
        };
        let times = Timestamps {
            last_access: time(stat.st_atime, stat.st_atime_nsec),
            last_modification: time(stat.st_mtime, stat.st_mtime_nsec),
        };
        fs::futimens(&file, &times).map_err(to.fault(name))
    }

    /// Whether a folder can be renamed at all: a mount point cannot, nor what lies on another disk than its parent.
    pub fn is_movable(&self) -> bool {
        let around = self.path.parent().map(Folder::open);
        let (Some(Ok(around)), Ok(own)) = (around, fs::fstat(self)) else { return false };
        let is_mount = fs::statx(self, "", AtFlags::EMPTY_PATH, StatxFlags::BASIC_STATS)
            .is_ok_and(|statx| statx.stx_attributes.contains(StatxAttributes::MOUNT_ROOT));
        !is_mount && fs::fstat(&around).is_ok_and(|around| around.st_dev == own.st_dev)
    }

    /// Locks the folder; `false` if somebody else has it. Where folders cannot be locked a file has to do.
    pub fn hold(&self) -> bool {
        !matches!(fs::flock(self, FlockOperation::NonBlockingLockExclusive), Err(Errno::WOULDBLOCK))
    }
}

/// Network and user-space file systems, layers of a container image, mount points, sandboxes.
fn able(done: std::result::Result<(), Errno>) -> std::result::Result<bool, Errno> {
    match done {
        Ok(()) => Ok(true),
        Err(
            Errno::INVAL
            | Errno::NOSYS
            | Errno::OPNOTSUPP
            | Errno::XDEV
            | Errno::BUSY
            | Errno::PERM
            | Errno::ACCESS
            | Errno::EXIST
            | Errno::NOTEMPTY,
        ) => Ok(false),
        Err(errno) => Err(errno),
    }
}

/// Refuses a folder in which nothing can be made.
pub(in super::super) fn check_writable(folder: &Path) -> Result<()> {
    fs::accessat(fs::CWD, folder, Access::WRITE_OK | Access::EXEC_OK, AtFlags::EACCESS)
        .map_err(|errno| PublishError::io(folder, errno))
}

/// A file that is locked as long as it is held.
#[derive(Debug)]
pub(in super::super) struct Held {
    _file: OwnedFd,
}

impl Held {
    /// `None` if somebody else holds it, or the name has come to mean another file. A failure is told of `target`: the
    /// lock is ours, what the user named is the output.
    pub fn attempt(path: &Path, target: &Path) -> Result<Option<Self>> {
        let fault = |errno| PublishError::io(target, errno);
        let file = open(path).map_err(fault)?;
        match fs::flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(Errno::WOULDBLOCK | Errno::INTR) => return Ok(None),
            Err(errno) => return Err(fault(errno)),
        }
        let held = fs::fstat(&file).map_err(fault)?;
        match fs::lstat(path) {
            Ok(named) if (named.st_dev, named.st_ino) == (held.st_dev, held.st_ino) => Ok(Some(Held { _file: file })),
            Ok(_) | Err(Errno::NOENT) => Ok(None),
            Err(errno) => Err(fault(errno)),
        }
    }
}

fn open(path: &Path) -> std::result::Result<OwnedFd, Errno> {
    let flags = OFlags::NOFOLLOW | OFlags::CLOEXEC;
    match fs::open(path, flags | OFlags::RDWR | OFlags::CREATE, Mode::from_raw_mode(0o666)) {
        // Made by another user: to lock it, reading is enough.
        Err(Errno::ACCESS) => match fs::open(path, flags | OFlags::RDONLY, Mode::empty()) {
            Err(Errno::NOENT) => Err(Errno::ACCESS),
            other => other,
        },
        other => other,
    }
}

impl PublishError {
    /// Sorts what the system says into what the user can do about it.
    pub(super) fn io(path: impl AsRef<Path>, errno: Errno) -> Self {
        let path = path.as_ref().to_path_buf();
        match errno {
            Errno::NOSPC | Errno::DQUOT | Errno::FBIG => Self::Full(path),
            Errno::ROFS | Errno::ACCESS | Errno::PERM => Self::ReadOnly(path),
            Errno::XDEV => Self::OtherDisk(path),
            Errno::LOOP | Errno::NOTDIR => Self::Disturbed(path),
            _ => Self::Io { path, source: errno.into() },
        }
    }

    /// The same of what the standard library says.
    pub(in super::super) fn of(path: &Path, source: &std::io::Error) -> Self {
        Self::io(path, Errno::from_io_error(source).unwrap_or(Errno::IO))
    }
}
