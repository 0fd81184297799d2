//! What Linux can do beyond other systems: exchange two folders in one step, lock one, sync a whole disk.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use rustix::fs::{self as linux, AtFlags, CWD, RenameFlags, StatxAttributes, StatxFlags};
use rustix::io::Errno;

/// Whether folders change places in one step, as a rule.
pub const EXCHANGES: bool = true;

pub fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    Ok(linux::renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// `false` where the new name is taken.
pub fn rename_to_free(from: &Path, to: &Path) -> io::Result<bool> {
    match linux::renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        Ok(()) => Ok(true),
        Err(Errno::EXIST) => Ok(false),
        // No such flag here: the look before has to do.
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => fs::rename(from, to).map(|()| true),
        Err(errno) => Err(errno.into()),
    }
}

pub fn open_folder(path: &Path) -> Option<File> {
    File::open(path).ok()
}

pub fn sync(folder: &Path) -> io::Result<()> {
    match linux::fsync(File::open(folder)?) {
        // Some network and user-space file systems cannot sync a folder, and keep it safe by themselves.
        Ok(()) | Err(Errno::INVAL) => Ok(()),
        Err(errno) => Err(errno.into()),
    }
}

pub fn sync_all(folder: &Path) -> io::Result<()> {
    Ok(linux::syncfs(File::open(folder)?)?)
}

pub fn is_mount(folder: &Path) -> bool {
    linux::statx(CWD, folder, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::BASIC_STATS)
        .is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

/// Copies the labels that say who may read, such as those of SELinux.
pub fn label_like(own: &Path, other: &Path) {
    // Both limits are the kernel's own.
    let mut names = vec![0; 64 * 1024];
    let mut value = vec![0; 64 * 1024];
    let Ok(length) = linux::listxattr(other, &mut names[..]) else { return };
    for name in names[..length].split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
        if let Ok(size) = linux::getxattr(other, name, &mut value[..]) {
            let _ = linux::setxattr(own, name, &value[..size], linux::XattrFlags::empty());
        }
    }
}
