//! What the search begins with: the files that are shipped, those of the fixtures, and a small site that was built.

use std::path::Path;
use std::sync::OnceLock;

use super::Item;
use crate::support::{Site, Tree, fixtures, tree};

/// Longer files say nothing that shorter ones do not, and take longer.
const LONGEST: usize = 24 << 10;
/// So many of one kind are enough.
const MOST: usize = 60;

/// Files of the repository, with the kind that `kind_of` gives to a path.
pub fn files(kind_of: impl Fn(&str) -> Option<usize>) -> Vec<Item> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = tree(&fixtures());
    for folder in ["content", "themes", "src/norme"] {
        if root.join(folder).is_dir() {
            all.extend(tree(&root.join(folder)).into_iter().map(|(path, bytes)| (format!("{folder}/{path}"), bytes)));
        }
    }
    chosen(all, kind_of)
}

/// Files of a small site as it is published.
pub fn published(kind_of: impl Fn(&str) -> Option<usize>) -> Vec<Item> {
    static BUILT: OnceLock<Tree> = OnceLock::new();
    let built = BUILT.get_or_init(|| Site::small().built().published());
    chosen(built.clone(), kind_of)
}

fn chosen(all: Tree, kind_of: impl Fn(&str) -> Option<usize>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    // The shortest of each kind come first.
    let mut all: Vec<(String, Vec<u8>)> = all.into_iter().collect();
    all.sort_by_key(|(_, bytes)| bytes.len());
    for (path, bytes) in all {
        if let Some(kind) = kind_of(&path) {
            let same = items.iter().filter(|item| item.kind == kind).count();
            if same < MOST && (bytes.len() <= LONGEST || same == 0) {
                items.push(Item { kind, bytes });
            }
        }
    }
    items
}

/// By how a name ends.
pub fn ending(endings: &'static [&'static str]) -> impl Fn(&str) -> Option<usize> {
    move |path| endings.iter().position(|ending| path.ends_with(ending))
}

/// Texts that are written here.
pub fn texts(texts: &[&str]) -> Vec<Item> {
    texts.iter().enumerate().map(|(kind, text)| Item { kind, bytes: text.as_bytes().to_vec() }).collect()
}
