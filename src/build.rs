//! Files embedded into the program, so that a new one triggers a build; and the sources of the typesetter, for the key of
//! what it sets.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    for path in ["themes/italia", "src/norme", "src/print", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names a folder"));
    fs::write(out.join("typesetter"), typesetter()).expect("the folder can be written");
}

/// What sets documents, posters and cards, and the versions of all it uses: where it is another, so may the bytes be.
fn typesetter() -> Vec<u8> {
    let mut sources = Vec::new();
    find(Path::new("src/print"), &mut sources);
    sources.sort();
    sources.push("Cargo.lock".into());
    sources.iter().flat_map(|path| fs::read(path).expect("a source")).collect()
}

fn find(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            find(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
}
