//! Stage 7: one whole generation at every instant.
//!
//! A generation is staged in a folder beside the output and takes its place in one atomic exchange; the old one is
//! deleted afterwards. Through `kill -9` or a full disk the output is the whole old or the whole new generation, and
//! the next run removes whatever was left beside it.
//!
//! - **Ours** is a folder with our [`MANIFEST`]. One with only `.gitignore` or `.gitkeep` counts as empty; any other is
//!   refused.
//! - **Unchanged files** are hard links: same inode, same date. Unchanged means that the bytes on the disk are the
//!   bytes wanted, read and compared: a date can lie, and what somebody edited by hand is written again. If no file
//!   changed, the output is not touched at all.
//! - **Foreign files** are linked into the new generation, and those that arrive later are moved across before the old
//!   one is deleted. If the new generation wants to write where one stands, it is refused before anything changes.
//! - **Where folders cannot be exchanged** the output moves in two steps, and where it cannot move at all (a mount
//!   point, a parent that is not ours to write) it is brought up to date file by file, out of a staging folder inside
//!   it. A journal lets the next run complete either; both warn that readers may have seen a gap.
//!
//! Whoever opens the output by its path finds one whole generation; whoever holds the old folder open sees it empty.

mod disk;
mod error;
mod exchange;
mod fallback;
mod lock;
mod manifest;
mod place;
mod recover;
mod stage;
mod survey;
mod sweep;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::quiet::lock;
use crate::value::Chiave;
use disk::{EXCHANGES, Folder, check_writable};
pub use disk::{rewrite, scrivi_nuovi};
pub use error::PublishError;
use error::Result;
use exchange::{How, Journal, NEXT, OLD, OURS, Shown};
use lock::Lock;
pub use manifest::{Entry, MANIFEST, Manifest};
use place::Place;
pub use place::{is_site, resolve};
use stage::{Inodes, Stage};
use survey::Survey;
use sweep::{Sweep, Swept};

/// How long a second build waits for the first.
const PATIENCE: Duration = Duration::from_secs(10);

/// A reader on its way through the old folder at the moment of the exchange arrives before anything is deleted there.
const GRACE: Duration = Duration::from_millis(20);

const GAP: &str = "questo disco non permette di scambiare due cartelle in un colpo solo: per un istante chi leggeva il \
                   sito può aver trovato pagine mancanti o di due edizioni diverse";

/// A generation on its way to the output folder, which this process alone may write to.
///
/// Dropped without [`Publication::commit`] it leaves the output as it was.
#[derive(Debug)]
pub struct Publication {
    target: PathBuf,
    old: Manifest,
    /// The old manifest as it is on the disk.
    old_bytes: Option<Vec<u8>>,
    book: Mutex<Book>,
    /// A write failed: what is staged lacks something.
    broken: AtomicBool,
    warnings: Vec<String>,
    stage: Stage,
    // Order matters: the work folder is removed before the lock is released.
    work: Work,
    lock: Lock,
}

/// What a publication did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Files with new bytes, each a new inode.
    pub written: usize,
    /// Files that kept inode and date.
    pub unchanged: usize,
    /// Files of the last generation that this one does not have.
    pub removed: usize,
    /// Files of others that came along into the new generation; none if nothing changed, since then they stayed.
    pub carried: usize,
    /// Italian, for the user.
    pub warnings: Vec<String>,
    /// Readers may have seen something else than one whole generation.
    pub gap: bool,
}

/// What has been handed in so far.
#[derive(Debug, Default)]
struct Book {
    manifest: Manifest,
    staged: BTreeSet<String>,
    folders: BTreeSet<String>,
}

/// The work folder; dropped, it goes, unless the next run needs it.
#[derive(Debug)]
struct Work {
    folder: Folder,
    is_inside: bool,
    keep: bool,
}

impl Publication {
    /// Resolves links, refuses what is not ours, takes the lock, finishes or cleans what an interrupted run left.
    ///
    /// `protected` folders (the records, the theme) may neither contain the output nor lie in it.
    pub fn begin(out: &Path, protected: &[&Path]) -> Result<Self> {
        Self::begin_within(out, protected, PATIENCE)
    }

    fn begin_within(out: &Path, protected: &[&Path], patience: Duration) -> Result<Self> {
        let target = place::resolve(out)?;
        place::keep_apart(out, &target, protected)?;
        let (place, mut lock) = enter(out, &target, patience)?;

        let mut warnings = Vec::new();
        let mut places = vec![Place::inside(&target), place.clone()];
        places.dedup();
        for place in places {
            warnings.extend(recover::recover(&place.work, &target)?);
        }
        lock.renew(&target)?;

        let mut old_bytes = None;
        if let Some(shown) = lock.folder() {
            place::refuse_foreign(shown)?;
            old_bytes = shown.read(MANIFEST)?;
        }
        let old = match &old_bytes {
            Some(bytes) => Manifest::parse(bytes, &target.join(MANIFEST))?,
            None => Manifest::default(),
        };

        let within = Folder::open(&place.within)?;
        let name = place.work.file_name().unwrap_or_default();
        within.make_private(name)?;
        let work = Work { folder: within.below(Path::new(name))?, is_inside: place.within == target, keep: false };
        let stage = Stage::make(&work.folder, NEXT, lock.folder())?;
        Ok(Self {
            target,
            old,
            old_bytes,
            book: Mutex::default(),
            broken: AtomicBool::new(false),
            warnings,
            stage,
            work,
            lock,
        })
    }

    /// Takes one file of the new generation; callable from many threads. `path` is relative, with `/`.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        self.write_made(path, bytes, None)
    }

    /// The same for a file that is dear to make: `key` is what it was made from, and the next run may ask for it.
    pub fn write_made(&self, path: &str, bytes: &[u8], key: Option<Chiave>) -> Result<()> {
        self.take(path, bytes, key).inspect_err(|_| self.broken.store(true, Ordering::Relaxed))
    }

    /// The bytes of the last generation's file where it was made from the same, and nobody has touched it since.
    pub fn lend(&self, path: &str, key: &Chiave) -> Option<Vec<u8>> {
        let (entry, _) = self.old.files.get(path).zip(self.old.keys.get(path).filter(|theirs| *theirs == key))?;
        let bytes = self.lock.folder()?.read(path).ok()??;
        (Entry::of(&bytes) == *entry).then_some(bytes)
    }

    /// Manifest, sync, exchange, farewell to the old generation. Nothing is visible before this.
    pub fn commit(mut self) -> Result<Outcome> {
        if self.broken.load(Ordering::Relaxed) {
            return Err(PublishError::Incomplete(self.target.clone()));
        }
        let Book { manifest: new, staged, .. } = std::mem::take(&mut *lock(&self.book));
        let bytes = new.to_bytes();
        let removed = self.old.files.keys().filter(|path| !new.files.contains_key(*path));
        let mut outcome = Outcome {
            written: staged.len(),
            unchanged: new.files.len() - staged.len(),
            removed: removed.count(),
            warnings: std::mem::take(&mut self.warnings),
            ..Outcome::default()
        };
        if staged.is_empty() && self.old_bytes.as_ref() == Some(&bytes) {
            return Ok(outcome);
        }

        let carried = self.complete(&new, &staged, &bytes)?;
        outcome.carried = carried.len();
        let swept = self.show(&new, &carried, &mut outcome)?;
        outcome.carried += swept.moved;
        outcome.warnings.extend(swept.warnings);
        if outcome.gap {
            outcome.warnings.push(GAP.to_owned());
        }
        Ok(outcome)
    }

    fn take(&self, path: &str, bytes: &[u8], key: Option<Chiave>) -> Result<()> {
        if let Some(why) = place::path_fault(path) {
            return Err(PublishError::BadPath { path: path.to_owned(), why });
        }
        let entry = Entry::of(bytes);
        let is_kept =
            self.old.files.get(path) == Some(&entry) && self.lock.folder().is_some_and(|shown| shown.has(path, bytes));
        let mut book = lock(&self.book);
        book.enter(path, entry, !is_kept)?;
        book.manifest.keys.extend(key.map(|key| (path.to_owned(), key)));
        drop(book);
        if is_kept {
            return Ok(());
        }
        self.stage.write(path, bytes)
    }

    /// Makes the staged folder the whole new generation, safe on the disk, and says so in the journal.
    fn complete(&self, new: &Manifest, staged: &BTreeSet<String>, bytes: &[u8]) -> Result<Inodes> {
        let work = &self.work.folder;
        let carried = Mutex::default();
        if let Some(shown) = self.lock.folder() {
            let survey = Survey::new(shown, &self.old, new, staged);
            let kept = shown.walk(|from, listing| {
                let task = survey.task(listing)?;
                // File by file everything that is not new stays where it is.
                if !self.work.is_inside && !task.is_idle() {
                    self.stage.link(from, &listing.path, &task, &carried)?;
                }
                Ok(task.kept.len())
            })?;
            let kept: usize = kept.into_iter().map(|(_, kept)| kept).sum();
            if kept + staged.len() != new.files.len() {
                return Err(PublishError::Disturbed(self.target.clone()));
            }
        }
        self.stage.root.create(MANIFEST, bytes)?;
        work.create(OURS, self.old_bytes.as_deref().unwrap_or(&Manifest::default().to_bytes()))?;
        work.sync_all_below()?;
        let how = if self.work.is_inside { How::Files } else { How::Swap };
        let stage = self.stage.root.inode()?;
        Journal { how, stage }.store(work)?;
        Ok(carried.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    fn show(&mut self, new: &Manifest, carried: &Inodes, outcome: &mut Outcome) -> Result<Swept> {
        // Whoever waits for the folder, and not for the file beside it, has to wait for the new folder too.
        self.stage.root.hold();
        let mut shown = Shown::NotThisWay;
        if !self.work.is_inside {
            self.work.keep = true;
            let result = exchange::swap(&self.work.folder, &self.target, self.lock.folder().is_some());
            shown = result.inspect_err(|_| self.work.keep = !self.is_still_staged())?;
        }
        outcome.gap = match shown {
            Shown::AtOnce => false,
            // Where nothing is wrong with the disk there is nothing to warn of.
            Shown::WithGap => EXCHANGES,
            Shown::NotThisWay => true,
        };
        if shown != Shown::NotThisWay {
            self.stage.root.path.clone_from(&self.target);
        }
        let Some(visible) = self.lock.folder() else {
            self.work.keep = false;
            return Ok(Swept::default());
        };
        if shown == Shown::NotThisWay {
            let work = &self.work.folder;
            let stage = self.stage.root.inode()?;
            Journal { how: How::Files, stage }.store(work)?;
            self.work.keep = true;
            let swept = fallback::bring(work, visible, &self.old)
                .map_err(|cause| PublishError::Interrupted(Box::new(cause)))?;
            self.work.keep = false;
            return Ok(swept);
        }
        let left = Path::new(if shown == Shown::AtOnce { NEXT } else { OLD });
        let sweep =
            Sweep { within: &self.work.folder, name: left, shown: &self.stage.root, ours: &self.old, new, carried };
        std::thread::sleep(GRACE);
        match sweep.run() {
            Ok(swept) => {
                self.work.keep = false;
                Ok(swept)
            }
            // The new generation is there, and the next run finishes this: no reason to call the build failed.
            Err(error) => Ok(Swept {
                warnings: vec![format!(
                    "la pubblicazione è riuscita, ma in `{}` resta parte della precedente, che la prossima toglierà; \
                     {error}",
                    self.work.folder.path.display()
                )],
                ..Swept::default()
            }),
        }
    }

    /// Whether a failed exchange has changed nothing, so that the work folder may go.
    fn is_still_staged(&self) -> bool {
        let work = &self.work.folder;
        let next = work.identity(NEXT).ok().flatten().map(|next| next.inode);
        next.is_some() && next == self.stage.root.inode().ok() && work.identity(OLD).is_ok_and(|old| old.is_none())
    }
}

impl Book {
    fn enter(&mut self, path: &str, entry: Entry, is_staged: bool) -> Result<()> {
        if self.manifest.files.contains_key(path) {
            return Err(PublishError::Twice(path.to_owned()));
        }
        if self.folders.contains(path) {
            return Err(PublishError::FileAndFolder(path.to_owned()));
        }
        for folder in manifest::parents(path) {
            if self.folders.contains(folder) {
                break;
            }
            if self.manifest.files.contains_key(folder) {
                return Err(PublishError::FileAndFolder(folder.to_owned()));
            }
            self.folders.insert(folder.to_owned());
        }
        if is_staged {
            self.staged.insert(path.to_owned());
        }
        self.manifest.files.insert(path.to_owned(), entry);
        Ok(())
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if !self.keep {
            let _ = recover::discard(&self.folder);
        }
    }
}

/// Finds where to work, and locks it.
fn enter(out: &Path, target: &Path, patience: Duration) -> Result<(Place, Lock)> {
    let inside = Place::inside(target);
    let beside = Place::beside(target);
    let shown = match target.symlink_metadata() {
        Err(_) => None,
        Ok(meta) if !meta.is_dir() => return Err(PublishError::NotAFolder(out.to_path_buf())),
        Ok(_) => Some(Folder::open(target)?),
    };
    let Some(shown) = shown else {
        let beside = beside.ok_or_else(|| PublishError::NotAFolder(out.to_path_buf()))?;
        std::fs::create_dir_all(&beside.within).map_err(|source| PublishError::of(&beside.within, &source))?;
        let lock = Lock::acquire(&beside.lock, target, patience)?;
        return Ok((beside, lock));
    };
    // Now, so that a folder which is not ours does not even see a lock; unless a run was cut short there, which has
    // to be repaired before it can be judged.
    if inside.work.symlink_metadata().is_err() {
        place::refuse_foreign(&shown)?;
    }
    check_writable(target)?;
    if let Some(beside) = beside.filter(|_| shown.is_movable()) {
        match Lock::acquire(&beside.lock, target, patience) {
            Err(PublishError::ReadOnly(_)) => {}
            other => return other.map(|lock| (beside, lock)),
        }
    }
    let lock = Lock::acquire(&inside.lock, target, patience)?;
    Ok((inside, lock))
}
