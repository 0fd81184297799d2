//! Where the output really is, whether it is ours, and where we may work on it.

use std::ffi::{OsStr, OsString};
use std::fs::FileType;
use std::path::{Component, Path, PathBuf};

use super::disk::Folder;
use super::error::{PublishError, Result};
use super::manifest::MANIFEST;
use crate::input::folder::real;

/// Suffixes beside the output, whole names inside it.
const LOCK: &str = ".concilia-lock";
const WORK: &str = ".concilia-work";

/// What keeps an otherwise empty folder in a repository.
const COUNTS_AS_EMPTY: [&str; 2] = [".gitignore", ".gitkeep"];

/// As many as the kernel follows.
const MOST_LINKS: usize = 40;

/// The longest name of one file that common file systems take.
const LONGEST_NAME: usize = 255;

/// Where one builder puts its lock and the generation it is staging.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub lock: PathBuf,
    pub work: PathBuf,
    /// The folder that holds both.
    pub within: PathBuf,
}

impl Place {
    /// Next to the output, so that the two can be exchanged in one step.
    pub fn beside(target: &Path) -> Option<Self> {
        let (parent, name) = (target.parent()?, target.file_name()?);
        let named = |suffix: &str| {
            let mut hidden = OsString::from(".");
            hidden.push(name);
            hidden.push(suffix);
            parent.join(hidden)
        };
        Some(Self { lock: named(LOCK), work: named(WORK), within: parent.to_path_buf() })
    }

    /// In the output itself, where the folder around it is another file system, or not ours to write.
    pub fn inside(target: &Path) -> Self {
        Self { lock: target.join(LOCK), work: target.join(WORK), within: target.to_path_buf() }
    }
}

/// Why a route cannot be a file below the output; `None` if it can.
pub(super) fn path_fault(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("è vuoto");
    }
    if path.contains('\0') {
        return Some("contiene un carattere nullo");
    }
    for step in path.split('/') {
        match step {
            "" => return Some("comincia o finisce con `/`, o ne ha due di seguito"),
            "." | ".." => return Some("contiene `.` o `..`"),
            _ if step.len() > LONGEST_NAME => return Some("contiene un nome troppo lungo"),
            _ => {}
        }
    }
    is_reserved(Path::new(path)).then_some("è un nome che concilia usa per sé")
}

/// Manifest, lock and staging folder: ours, and not part of a generation.
pub(super) fn is_reserved(path: &Path) -> bool {
    let first = path.components().next().map(Component::as_os_str);
    first.is_some_and(|first| [MANIFEST, LOCK, WORK].iter().any(|name| first == OsStr::new(name)))
}

/// The folder that `out` means, all links resolved, whether or not it exists yet.
pub fn resolve(out: &Path) -> Result<PathBuf> {
    let fault = |source| PublishError::Io { path: out.to_path_buf(), source };
    let mut path = std::path::absolute(out).map_err(fault)?;
    for _ in 0..MOST_LINKS {
        if let Ok(real) = real(&path) {
            return Ok(real);
        }
        // Not there as a whole: the deepest part that is there decides, and it may be a link to nothing yet.
        let mut rest = Vec::new();
        let mut start = path.clone();
        while start.symlink_metadata().is_err() {
            match (start.parent(), start.components().next_back()) {
                (Some(parent), Some(last)) => {
                    rest.push(last.as_os_str().to_owned());
                    start = parent.to_path_buf();
                }
                _ => break,
            }
        }
        let mut next = match start.read_link() {
            Ok(aim) => start.parent().unwrap_or(Path::new("/")).join(aim),
            Err(_) => real(&start).map_err(fault)?,
        };
        let was_link = start.is_symlink();
        for step in rest.into_iter().rev() {
            // Nothing is there, so that no link can make `..` mean anything else.
            if step == ".." {
                next.pop();
            } else {
                next.push(step);
            }
        }
        if !was_link {
            return Ok(next);
        }
        path = next;
    }
    Err(PublishError::Disturbed(out.to_path_buf()))
}

/// Whether a folder is a published site, and not what another command publishes in the same way.
pub fn is_site(folder: &Path) -> bool {
    [MANIFEST, "index.html"].iter().all(|name| folder.join(name).is_file())
}

/// The output must share no branch with a folder whose files would be lost or published.
pub(super) fn keep_apart(out: &Path, target: &Path, protected: &[&Path]) -> Result<()> {
    for &path in protected {
        let real = resolve(path)?;
        if target.starts_with(&real) || real.starts_with(target) {
            return Err(PublishError::Nested { out: out.to_path_buf(), protected: path.to_path_buf() });
        }
    }
    Ok(())
}

/// Refuses a folder that is neither empty nor ours. What we put there while we work counts for nothing.
pub(super) fn refuse_foreign(target: &Folder) -> Result<()> {
    if target.identity(MANIFEST)?.is_some() {
        return Ok(());
    }
    let names = target.below(Path::new(""))?.names()?;
    let is_nothing = |name: &OsStr, kind: FileType| {
        is_reserved(Path::new(name)) || (kind.is_file() && COUNTS_AS_EMPTY.iter().any(|empty| name == *empty))
    };
    let foreign = names.iter().filter(|(name, kind)| !is_nothing(name, *kind));
    match foreign.map(|(name, _)| name).min() {
        None => Ok(()),
        Some(example) => Err(PublishError::NotOurs { folder: target.path.clone(), example: example.into() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_that_lead_elsewhere_are_faulty() {
        for path in ["", "/a", "a/", "a//b", "../a", "a/../b", "./a", "a\0b", MANIFEST, ".concilia-work/x"] {
            assert!(path_fault(path).is_some(), "{path:?}");
        }
        for path in ["index.html", "a/b/c d.html", "a/...", "perché/è.html", "sub/.concilia-lock"] {
            assert_eq!(path_fault(path), None, "{path:?}");
        }
        assert!(path_fault(&"x".repeat(256)).is_some());
    }

    #[test]
    fn links_are_resolved_even_if_they_lead_to_nothing_yet() {
        let dir = tempfile::tempdir().unwrap();
        let base = dir.path().canonicalize().unwrap();
        std::os::unix::fs::symlink("later/site", base.join("public")).unwrap();
        assert_eq!(resolve(&base.join("public")).unwrap(), base.join("later/site"));
        assert_eq!(resolve(&base.join("new/../other/public")).unwrap(), base.join("other/public"));
        std::os::unix::fs::symlink("b", base.join("a")).unwrap();
        std::os::unix::fs::symlink("a", base.join("b")).unwrap();
        assert!(resolve(&base.join("a")).is_err());
    }
}
