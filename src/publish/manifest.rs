//! The list of what concilia wrote: what tells our files from everybody else's.
//!
//! It holds no date and its bytes depend on the files alone, so that two builds of the same records are the same
//! bytes, manifest included.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::disk::Folder;
use super::error::{PublishError, Result};
use super::place::path_fault;
use crate::value::{Chiave, esadecimale};

/// Hidden, so that no page can have this name by chance.
pub const MANIFEST: &str = ".concilia-manifest.json";

/// Raised when an older concilia could misread the file.
const FORMAT: u32 = 2;
/// The format before there were keys: what it says is read as it always was.
const WITHOUT_KEYS: u32 = 1;

/// What one published file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub size: u64,
    pub sha256: [u8; 32],
}

impl Entry {
    pub fn of(bytes: &[u8]) -> Self {
        Self { size: bytes.len() as u64, sha256: Sha256::digest(bytes).into() }
    }

    /// The hash as the manifest spells it.
    pub fn hex(&self) -> String {
        esadecimale(&self.sha256)
    }
}

/// One whole generation: path below the output, with `/`, to what stands there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    pub files: BTreeMap<String, Entry>,
    /// Of the files that are dear to make.
    pub keys: BTreeMap<String, Chiave>,
}

impl Manifest {
    /// The manifest of an output folder; `None` where there is none.
    pub fn load(dir: &Path) -> Result<Option<Self>> {
        let folder = Folder::open(dir)?;
        let Some(bytes) = folder.read(MANIFEST)? else { return Ok(None) };
        Self::parse(&bytes, &dir.join(MANIFEST)).map(Some)
    }

    pub(super) fn parse(bytes: &[u8], path: &Path) -> Result<Self> {
        let fault = |why: String| PublishError::Manifest { path: path.to_path_buf(), why };
        let is_known = |head: Head| matches!(head.format, WITHOUT_KEYS | FORMAT);
        if serde_json::from_slice(bytes).is_ok_and(|head| !is_known(head)) {
            return Err(fault("è di una versione di concilia diversa".into()));
        }
        let written: Written = serde_json::from_slice(bytes).map_err(|error| fault(error.to_string()))?;
        let (mut files, mut keys) = (BTreeMap::new(), BTreeMap::new());
        for (path, entry) in written.files {
            // Files are deleted by these names: a manifest that was tampered with must not lead outside.
            if let Some(why) = path_fault(&path) {
                return Err(fault(format!("`{path}`: {why}")));
            }
            let hash = |hex: &str| unhex(hex).ok_or_else(|| fault(format!("`{path}`: impronta non valida")));
            let sha256 = hash(&entry.sha256)?;
            if let Some(key) = entry.key.as_deref().map(hash).transpose()? {
                keys.insert(path.clone(), key);
            }
            files.insert(path, Entry { size: entry.size, sha256 });
        }
        Ok(Self { files, keys })
    }

    /// One line a file, so that two generations can be compared with any tool.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut text = format!("{{\n\"format\": {FORMAT},\n\"files\": {{");
        for (index, (path, entry)) in self.files.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            let key = self.keys.get(path).map(|key| format!(", \"key\": \"{}\"", esadecimale(key))).unwrap_or_default();
            let path = serde_json::Value::from(path.as_str());
            let _ = write!(text, "{comma}\n{path}: {{\"size\": {}, \"sha256\": \"{}\"{key}}}", entry.size, entry.hex());
        }
        text.push_str("\n}\n}\n");
        text.into_bytes()
    }

    pub(super) fn holds(&self, path: &Path) -> bool {
        self.files.contains_key(&*route(path))
    }

    /// Whether the file `name` of a folder is, to the byte, the one that this generation has at `path`.
    pub(super) fn is_same(&self, path: &Path, folder: &Folder, name: impl AsRef<Path>) -> Result<bool> {
        let Some(entry) = self.files.get(&*route(path)) else { return Ok(false) };
        Ok(folder.read(name)?.is_some_and(|bytes| Entry::of(&bytes) == *entry))
    }

    /// Every folder that has a file of ours somewhere below it.
    pub(super) fn folders(&self) -> BTreeSet<&Path> {
        let mut folders = BTreeSet::new();
        for path in self.files.keys() {
            for folder in parents(path) {
                if !folders.insert(Path::new(folder)) {
                    break;
                }
            }
        }
        folders
    }
}

/// The folders above a path, nearest first, the output itself excluded.
pub(super) fn parents(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/').map(|(parent, _)| parent), |folder| {
        folder.rsplit_once('/').map(|(parent, _)| parent)
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "format")]
    _format: u32,
    files: BTreeMap<String, WrittenEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEntry {
    size: u64,
    sha256: String,
    key: Option<String>,
}

#[derive(Deserialize)]
struct Head {
    format: u32,
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes();
    if digits.len() != 64 || !digits.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

/// What a file below the output would be called in the manifest, all of whose names are UTF-8.
pub(super) fn route(path: &Path) -> Cow<'_, str> {
    let path = path.to_string_lossy();
    if cfg!(windows) { path.replace('\\', "/").into() } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Manifest {
        let files = ["b \"x\".html", "a/à.html"].map(|path| (path.to_owned(), Entry::of(path.as_bytes())));
        Manifest { files: files.into_iter().collect(), keys: [("a/à.html".to_owned(), [7; 32])].into() }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let bytes = sample().to_bytes();
        assert_eq!(Manifest::parse(&bytes, Path::new("m")).unwrap(), sample());
        assert_eq!(Manifest::parse(&Manifest::default().to_bytes(), Path::new("m")).unwrap(), Manifest::default());
    }

    #[test]
    fn a_path_that_leads_outside_is_not_believed() {
        let text = String::from_utf8(sample().to_bytes()).unwrap().replace("a/à", "../../à");
        assert!(matches!(Manifest::parse(text.as_bytes(), Path::new("m")), Err(PublishError::Manifest { .. })));
    }

    #[test]
    fn another_format_is_told_apart_from_a_broken_file() {
        let error = Manifest::parse(br#"{"format": 3, "pages": []}"#, Path::new("m")).unwrap_err();
        assert!(error.to_string().contains("versione"), "{error}");
        assert!(Manifest::parse(b"{", Path::new("m")).is_err());
    }

    #[test]
    fn folders_are_those_with_files_of_ours_below() {
        let manifest = Manifest {
            files: [("a/b/c".to_owned(), Entry::of(b"")), ("d".to_owned(), Entry::of(b""))].into(),
            ..Manifest::default()
        };
        assert_eq!(manifest.folders().into_iter().collect::<Vec<_>>(), ["a", "a/b"].map(Path::new));
    }
}
