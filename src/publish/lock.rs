//! One builder at a time, whatever way it came to the folder.
//!
//! Two locks together. The file beside the output serves when there is no output yet; it is removed on release, so
//! whoever gets it makes sure that the name still means the file it holds. The lock on the output folder itself also
//! keeps apart two builders that do not agree on where to put that file: one in a container, where the output is a
//! mount point, and one outside it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::disk::{Folder, Held};
use super::error::{PublishError, Result};

/// Often enough that nobody notices, seldom enough to cost nothing.
const POLL: Duration = Duration::from_millis(50);

#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _file: Held,
    /// The output folder as it is now; `None` before the first generation.
    folder: Option<Folder>,
}

impl Lock {
    /// Waits for `patience` at most.
    pub fn acquire(path: &Path, target: &Path, patience: Duration) -> Result<Self> {
        let deadline = Instant::now() + patience;
        loop {
            if let Some(lock) = Self::attempt(path, target)? {
                return Ok(lock);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(PublishError::Busy(target.to_path_buf()));
            }
            std::thread::sleep(POLL.min(left));
        }
    }

    pub fn folder(&self) -> Option<&Folder> {
        self.folder.as_ref()
    }

    /// Looks at the output again, after the repair of an interrupted run has changed it.
    pub fn renew(&mut self, target: &Path) -> Result<()> {
        let mut now = Folder::open_if_any(target)?;
        let inode = |folder: &Option<Folder>| folder.as_ref().map(Folder::inode).transpose();
        if inode(&now)? == inode(&self.folder)? {
            return Ok(());
        }
        if now.as_mut().is_some_and(|folder| !folder.hold()) {
            return Err(PublishError::Busy(target.to_path_buf()));
        }
        self.folder = now;
        Ok(())
    }

    fn attempt(path: &Path, target: &Path) -> Result<Option<Self>> {
        let Some(file) = Held::attempt(path, target)? else { return Ok(None) };
        // From here on the file is ours, and dropping it removes it.
        let mut lock = Self { path: path.to_path_buf(), _file: file, folder: None };
        let Some(mut folder) = Folder::open_if_any(target)? else { return Ok(Some(lock)) };
        if !folder.hold() || Folder::open_if_any(target)?.map(|now| now.inode()).transpose()? != Some(folder.inode()?) {
            return Ok(None);
        }
        lock.folder = Some(folder);
        Ok(Some(lock))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_millis(120);

    #[test]
    fn a_second_one_waits_and_gives_up_then_gets_it_when_the_first_lets_go() {
        let dir = tempfile::tempdir().unwrap();
        let (path, target) = (dir.path().join("lock"), dir.path().join("public"));
        let first = Lock::acquire(&path, &target, SOON).unwrap();
        let before = Instant::now();
        assert!(matches!(Lock::acquire(&path, &target, SOON), Err(PublishError::Busy(_))));
        assert!(before.elapsed() >= SOON);
        drop(first);
        assert!(!path.exists());
        drop(Lock::acquire(&path, &target, Duration::ZERO).unwrap());
    }

    #[test]
    fn two_lock_files_for_one_folder_exclude_each_other() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("public");
        std::fs::create_dir(&target).unwrap();
        let _first = Lock::acquire(&dir.path().join("outside"), &target, SOON).unwrap();
        assert!(matches!(Lock::acquire(&target.join("inside"), &target, SOON), Err(PublishError::Busy(_))));
        assert!(!target.join("inside").exists());
    }

    #[test]
    fn only_one_of_many_holds_it_at_any_time() {
        use std::sync::atomic::{AtomicBool, Ordering};
        let dir = tempfile::tempdir().unwrap();
        let (path, target) = (dir.path().join("lock"), dir.path().join("public"));
        let inside = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let end = Instant::now() + Duration::from_millis(300);
                    while Instant::now() < end {
                        if let Ok(Some(lock)) = Lock::attempt(&path, &target) {
                            assert!(!inside.swap(true, Ordering::SeqCst));
                            std::thread::yield_now();
                            inside.store(false, Ordering::SeqCst);
                            drop(lock);
                        }
                    }
                });
            }
        });
    }
}
