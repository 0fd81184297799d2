//! What lies in a folder, in the order of the names.

use std::ffi::OsStr;
use std::fs::FileType;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::quiet::quietly;

/// A file, a folder or something else; a link is not followed.
#[derive(Debug, Clone)]
pub struct Entry {
    pub path: PathBuf,
    pub kind: FileType,
    /// How many folders below the one that was asked for.
    pub depth: usize,
}

impl Entry {
    fn of(entry: &DirEntry) -> Self {
        Entry { path: entry.path().to_owned(), kind: entry.file_type(), depth: entry.depth() }
    }

    pub fn name(&self) -> &OsStr {
        self.path.file_name().unwrap_or_default()
    }
}

/// A path as messages write it, with `/` on every system.
pub fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// A path with its links resolved. Windows has a longer way of writing one, which people do not know and `..` does not
/// go with.
pub fn real(path: &Path) -> io::Result<PathBuf> {
    let real = std::fs::canonicalize(path)?;
    let short = real.to_str().and_then(|long| long.strip_prefix(r"\\?\"));
    Ok(short.filter(|short| short.as_bytes().get(1) == Some(&b':')).map(PathBuf::from).unwrap_or(real))
}

/// The way from a folder to what lies below it, with `/` on every system.
pub fn below(folder: &Path, path: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path);
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// A folder that could not be read.
#[derive(Debug)]
pub struct Unreadable {
    pub path: PathBuf,
    pub cause: io::Error,
}

/// The entries of one folder that can be read.
pub fn entries(folder: &Path) -> impl Iterator<Item = Entry> {
    walk(folder, 1, |_| true).into_iter().flatten()
}

/// The entries that are wanted down to so many folders below, each before what lies in it. What lies in one that is not
/// wanted is not looked at.
pub fn walk(folder: &Path, deepest: usize, wanted: impl Fn(&Entry) -> bool) -> Vec<Result<Entry, Unreadable>> {
    let mut found = Vec::new();
    let walker = WalkDir::new(folder).max_depth(deepest).sort_by_file_name().into_iter();
    let walker = walker.filter_entry(|entry| entry.depth() == 0 || wanted(&Entry::of(entry)));
    // The standard library panics where the system cannot close a folder, as it cannot on a disk of the network that
    // goes away: told like any folder that cannot be read.
    let whole = quietly(|| {
        for entry in walker {
            match entry {
                Ok(entry) if entry.depth() == 0 => {}
                Ok(entry) => found.push(Ok(Entry::of(&entry))),
                Err(cause) => {
                    let path = cause.path().unwrap_or(folder).to_owned();
                    let cause = cause.into_io_error().unwrap_or_else(|| io::ErrorKind::InvalidData.into());
                    found.push(Err(Unreadable { path, cause }));
                }
            }
        }
    });
    if whole.is_none() {
        found.push(Err(Unreadable { path: folder.to_owned(), cause: io::ErrorKind::ResourceBusy.into() }));
    }
    found
}
