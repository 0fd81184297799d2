//! Names that a protocol office accepts: small letters without accents, digits, hyphens and points, and not too long.

use crate::input::consegne::archivio::LONGEST_PATH;
use crate::value::impronta;

/// Of one part of a path.
const LONGEST_PART: usize = 60;

/// Names that a system of Microsoft keeps for itself, whatever the ending.
const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// The path under which a file is packed: its own where that is a good one, else one that is made from it.
///
/// No capitals are good, since names that differ by them alone are the same file on some systems.
pub fn nome(path: &str) -> String {
    let good = path.len() <= LONGEST_PATH && path.split('/').all(is_good);
    if good { path.to_owned() } else { made(path) }
}

fn is_good(part: &str) -> bool {
    let tidy = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.');
    let stem = part.split('.').next().unwrap_or_default();
    part.len() <= LONGEST_PART
        && !part.is_empty()
        && part.bytes().all(tidy)
        && !part.starts_with(['.', '-'])
        && !part.ends_with('.')
        && !part.contains("..")
        && !RESERVED.contains(&stem.trim_end_matches(|c: char| c.is_ascii_digit()))
}

/// What was written is told again by the fingerprint of the whole path, so that no two paths meet.
fn made(path: &str) -> String {
    let (folder, file) = path.split_once('/').unwrap_or(("", path));
    let name = file.rsplit('/').next().unwrap_or_default();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let mut short: String = crate::suggest::slug(stem).chars().filter(char::is_ascii).take(30).collect();
    short.truncate(short.trim_end_matches('-').len());
    let ending = crate::suggest::slug(ending);
    let ending = if ending.is_empty() { String::new() } else { format!(".{}", ending.get(..8).unwrap_or(&ending)) };
    let sign: String = impronta(path.as_bytes()).chars().take(12).collect();
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let stem = if short.is_empty() { "file".to_owned() } else { short };
    format!("{folder}rinominati/{stem}-{sign}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_names_stay_and_others_are_made_good() {
        let mut given = std::collections::BTreeSet::new();
        assert_eq!(nome("schede/content/sito.yaml"), "schede/content/sito.yaml");
        let long = "a".repeat(100);
        for path in [
            "schede/content/media/Logo_ATS.PNG".to_owned(),
            "schede/content/media/logo_ats.png".to_owned(),
            "schede/content/media/LOGO_ATS.png".to_owned(),
            "schede/themes/prova/assets/perché.css".to_owned(),
            "schede/content/media/con.png".to_owned(),
            format!("schede/content/piani/2025-2027/progetti/{long}.yaml"),
        ] {
            let name = nome(&path);
            assert!(name.split('/').all(is_good) && name.len() <= LONGEST_PATH, "{path}: {name}");
            assert!(name.starts_with("schede/rinominati/"), "{name}");
            assert!(given.insert(name), "{path}");
        }
    }
}
