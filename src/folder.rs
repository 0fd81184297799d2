//! What lies in a folder, in the order of the names.
//!
//! The standard library ends the program where the system cannot close a folder, as a disk of the network that goes
//! away cannot; here everything was read by then, and nobody needs to know.

use std::ffi::OsStr;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, open, statat};

/// A file, a folder or something else; a link is not followed.
#[derive(Debug, Clone)]
pub struct Entry {
    pub path: PathBuf,
    pub kind: FileType,
    /// How many folders below the one that was asked for.
    pub depth: usize,
}

impl Entry {
    pub fn name(&self) -> &OsStr {
        self.path.file_name().unwrap_or_default()
    }

    pub fn is_folder(&self) -> bool {
        self.kind.is_dir()
    }

    pub fn is_file(&self) -> bool {
        self.kind.is_file()
    }
}

/// A folder that could not be read.
#[derive(Debug)]
pub struct Unreadable {
    pub path: PathBuf,
    pub cause: io::Error,
}

/// The entries of one folder.
pub fn entries(folder: &Path) -> Result<Vec<Entry>, Unreadable> {
    read(folder, 1).map_err(|cause| Unreadable { path: folder.to_owned(), cause: cause.into() })
}

/// The entries that are wanted down to so many folders below, each before what lies in it. What lies in one that is not
/// wanted is not looked at.
pub fn walk(folder: &Path, deepest: usize, wanted: impl Fn(&Entry) -> bool) -> Vec<Result<Entry, Unreadable>> {
    let mut found = Vec::new();
    let mut ahead = vec![Entry { path: folder.to_owned(), kind: FileType::Directory, depth: 0 }];
    while let Some(entry) = ahead.pop() {
        let mut unreadable = None;
        if entry.is_folder() && entry.depth < deepest {
            match read(&entry.path, entry.depth + 1) {
                Ok(inside) => ahead.extend(inside.into_iter().filter(&wanted).rev()),
                Err(cause) => unreadable = Some(Unreadable { path: entry.path.clone(), cause: cause.into() }),
            }
        }
        if entry.depth > 0 {
            found.push(Ok(entry));
        }
        found.extend(unreadable.map(Err));
    }
    found
}

fn read(folder: &Path, depth: usize) -> Result<Vec<Entry>, rustix::io::Errno> {
    let fd = open(folder, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
    let mut entries = Vec::new();
    let mut dir = Dir::new(fd)?;
    while let Some(entry) = dir.read() {
        let entry = entry?;
        let name = OsStr::from_bytes(entry.file_name().to_bytes());
        if name == "." || name == ".." {
            continue;
        }
        let kind = match entry.file_type() {
            FileType::Unknown => {
                let stat = statat(dir.fd()?, name, AtFlags::SYMLINK_NOFOLLOW)?;
                FileType::from_raw_mode(stat.st_mode)
            }
            kind => kind,
        };
        entries.push(Entry { path: folder.join(name), kind, depth });
    }
    entries.sort_by(|one, other| one.name().cmp(other.name()));
    Ok(entries)
}
