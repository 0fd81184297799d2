//! What the editor has written, kept so that it can be undone after a restart too.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::input::folder;
use crate::publish::scrivi_nuovi;

/// Beside the content folder, where neither the build nor the preview look.
pub const CARTELLA: &str = ".concilia";
const MODIFICHE: &str = "modifiche";
const ANNULLATO: &str = "Annullato: ";
const RIFATTO: &str = "Rifatto: ";
/// Older ones are forgotten.
const MOST: u64 = 200;

/// One file before and after it was written.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Modifica {
    pub quando: String,
    /// Below the content folder.
    pub file: String,
    /// None where the file was not there.
    pub prima: Option<String>,
    pub dopo: Option<String>,
    /// What changed, in words.
    pub detti: Vec<String>,
    /// The number of the change that this one takes back.
    #[serde(default)]
    pub annulla: Option<u64>,
    /// Of a save that wrote several files, the number of its first one: they are taken back together.
    #[serde(default)]
    pub insieme: Option<u64>,
    /// The fingerprint of a file that was put among the media: its bytes are not kept.
    #[serde(default)]
    pub caricato: Option<String>,
}

impl Modifica {
    pub fn di(file: &str, prima: Option<&str>, dopo: Option<&str>, detti: Vec<String>) -> Self {
        let (prima, dopo) = (prima.map(str::to_owned), dopo.map(str::to_owned));
        Modifica { quando: adesso(), file: file.to_owned(), prima, dopo, detti, ..Modifica::default() }
    }

    /// Whether taking it back does again what was undone.
    pub fn si_rifa(&self) -> bool {
        self.detti.iter().any(|detto| detto.starts_with(ANNULLATO))
    }

    /// The words for taking it back.
    pub fn all_indietro(&self) -> Vec<String> {
        let detto = |detto: &String| match detto.strip_prefix(ANNULLATO) {
            Some(rifatto) => format!("{RIFATTO}{rifatto}"),
            None => format!("{ANNULLATO}{}", detto.strip_prefix(RIFATTO).unwrap_or(detto)),
        };
        self.detti.iter().map(detto).collect()
    }
}

/// The folder in which they lie, one a file, by number.
pub struct Registro {
    /// The folder that holds the content folder.
    pub radice: PathBuf,
}

impl Registro {
    pub fn beside(content: &Path) -> Self {
        let parent = content.parent().filter(|parent| !parent.as_os_str().is_empty());
        Registro { radice: parent.unwrap_or(Path::new(".")).to_owned() }
    }

    fn folder(&self) -> PathBuf {
        self.radice.join(CARTELLA).join(MODIFICHE)
    }

    /// Their numbers, from the last one.
    pub fn numeri(&self) -> Vec<u64> {
        let name = |entry: folder::Entry| entry.name().to_str()?.strip_suffix(".json")?.parse().ok();
        let mut numeri: Vec<u64> = folder::entries(&self.folder()).filter_map(name).collect();
        numeri.sort_unstable_by(|a, b| b.cmp(a));
        numeri
    }

    pub fn leggi(&self, numero: u64) -> Option<Modifica> {
        serde_json::from_slice(&fs::read(self.folder().join(nome(numero))).ok()?).ok()
    }

    /// Everything that was written in the same save, in the order in which it was.
    pub fn salvataggio(&self, numero: u64) -> Vec<(u64, Modifica)> {
        let Some(modifica) = self.leggi(numero) else { return Vec::new() };
        let Some(primo) = modifica.insieme else { return vec![(numero, modifica)] };
        let sua = |numero| Some((numero, self.leggi(numero).filter(|altra| altra.insieme == Some(primo))?));
        (primo..).map_while(sua).collect()
    }

    /// The number that the next change gets.
    pub fn prossimo(&self) -> u64 {
        self.numeri().first().map_or(1, |ultimo| ultimo + 1)
    }

    /// Those that a later one has taken back, unless that was taken back itself; of what came after a number.
    pub fn annullate(&self, dopo: u64) -> BTreeSet<u64> {
        let mut annullate = BTreeSet::new();
        for numero in self.numeri().into_iter().take_while(|numero| *numero > dopo) {
            if !annullate.contains(&numero) {
                annullate.extend(self.leggi(numero).and_then(|modifica| modifica.annulla));
            }
        }
        annullate
    }

    /// Keeps a change before it is made, and forgets the oldest.
    pub fn scrivi(&self, modifica: &Modifica) -> Result<u64, String> {
        let numero = self.prossimo();
        let bytes = serde_json::to_vec_pretty(modifica).unwrap_or_default();
        // Drafts and earlier texts are for this computer.
        let ignore = format!("{CARTELLA}/.gitignore");
        if !self.radice.join(&ignore).exists() {
            scrivi_nuovi(&self.radice, &[(ignore, b"*\n".to_vec())])?;
        }
        scrivi_nuovi(&self.radice, &[(format!("{CARTELLA}/{MODIFICHE}/{}", nome(numero)), bytes)])?;
        for vecchio in self.numeri().into_iter().filter(|vecchio| vecchio + MOST <= numero) {
            let _ = fs::remove_file(self.folder().join(nome(vecchio)));
        }
        Ok(numero)
    }
}

fn nome(numero: u64) -> String {
    format!("{numero:08}.json")
}

/// The moment, as the list of changes shows it.
pub fn adesso() -> String {
    jiff::Zoned::now().strftime("%d/%m/%Y %H:%M").to_string()
}
