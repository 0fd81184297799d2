//! What a file is, by its name and place, and what is said of one that is out of place.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Kind, display_name};
use crate::report::{Diagnostic, Place};
use crate::suggest;
use crate::value::{Id, elenco};

const CARTELLE: [&str; 6] = ["media", "norme", "pagine", "partner", "piani", "storia"];
const CARTELLE_DI_SCHEDE: [&str; 4] = ["alleanze", "avvisi", "pagine", "progetti"];
const CARTELLE_DI_PIANO: [&str; 5] = ["alleanze", "avvisi", "consegne", "pagine", "progetti"];

/// Endings that people add to a copy that they keep.
const COPIES: [&str; 9] = ["bak", "backup", "old", "orig", "copia", "copy", "save", "tmp", "vecchio"];

/// What lies where no record is expected.
pub(super) enum Stray {
    /// What is said of a file, but for its place.
    File(Box<Diagnostic>),
    Folder(StrayFolder),
}

impl From<Box<Diagnostic>> for Stray {
    fn from(file: Box<Diagnostic>) -> Self {
        Stray::File(file)
    }
}

/// An error where something would be missed, else a warning.
fn told(serious: bool, message: String, help: String) -> Box<Diagnostic> {
    let make = if serious { Diagnostic::error } else { Diagnostic::warning };
    Box::new(make("C-10", message).help(help))
}

/// What is said of a file that would be missed.
pub(super) fn missed(message: String, help: impl Into<String>) -> Box<Diagnostic> {
    told(true, message, help.into())
}

/// A folder that is not read, whatever is in it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct StrayFolder {
    /// Below the content folder.
    path: String,
    help: String,
    /// Its name is nearly that of one that is read: then what is in it is missed, whatever it is.
    is_near: bool,
}

/// The folders that are not read: one cause, one message, however many files are in it.
#[derive(Default)]
pub(super) struct StrangeFolders {
    /// How many files, and whether one of them looks like a record.
    folders: BTreeMap<StrayFolder, (usize, bool)>,
}

impl StrangeFolders {
    pub(super) fn add(&mut self, folder: StrayFolder, file: &str) {
        let (count, serious) = self.folders.entry(folder).or_default();
        *count += 1;
        *serious |= is_written(file);
    }

    pub(super) fn into_diagnostics(self, content: &Path) -> impl Iterator<Item = Diagnostic> {
        self.folders.into_iter().map(move |(StrayFolder { path, help, is_near }, (count, serious))| {
            let what = match count {
                1 => "il suo file non viene letto".to_owned(),
                count => format!("i suoi {count} file non vengono letti"),
            };
            let folder = path.rsplit('/').next().unwrap_or_default();
            let message = format!("concilia non conosce la cartella `{folder}`: {what}");
            let place = Place::file(display_name(content, &content.join(&path)));
            told(serious || is_near, message, help).at(place)
        })
    }
}

/// Whether somebody wrote it to be published: a record or a page.
fn is_written(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or_default().to_lowercase();
    [".yaml", ".yml", ".md", ".markdown"].iter().any(|ending| name.ends_with(ending))
}

/// The kind and the id of a file, from its path below the content folder.
pub(super) fn classify(relative: &str) -> Result<(Kind, Id), Stray> {
    let parts: Vec<&str> = relative.split('/').collect();
    if let ["media", .., file] = parts[..] {
        return Ok(media(relative, file)?);
    }
    if let Some(folder) = strange_folder(&parts) {
        return Err(Stray::Folder(folder));
    }
    let file = parts[parts.len() - 1];
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
    let wanted = match parts[..] {
        ["pagine", _] | ["piani", _, "pagine", _] => "md",
        // Inside a package lie the extracts of those before it.
        ["piani", _, "consegne", _] if extension == "json" => "json",
        ["piani", _, "consegne", _] => "zip",
        _ => "yaml",
    };
    let is_read = matches!(extension, "yaml" | "md") || (extension == wanted && matches!(wanted, "zip" | "json"));
    if !is_read {
        return Err(not_read(file, stem, extension, wanted).into());
    }
    let kind = kind_at(&parts)?;
    if extension != wanted {
        let message = format!("`{file}` è in una cartella di file `.{wanted}`");
        return Err(missed(message, format!("spostalo, o riscrivilo come file `.{wanted}`")).into());
    }
    let id = Id::parse(stem).map_err(|why| badly_named(file, stem, extension, &why))?;
    Ok((kind, id))
}

/// A file whose name makes no id.
fn badly_named(file: &str, stem: &str, extension: &str, why: &str) -> Box<Diagnostic> {
    // `win.yaml.yaml`: Windows hid the first ending, so that somebody added it again.
    if let Some(name) = before_the_ending(stem) {
        let help = format!("rinominalo in `{}.{extension}`", suggest::slug(name));
        return missed(format!("il nome `{file}` ha due estensioni"), help);
    }
    if let Some(name) = copied(stem) {
        let new = suggest::slug(name);
        let help = format!("toglila da qui; se è una scheda nuova, dalle un nome suo, come `{new}-2.{extension}`");
        return missed(format!("`{file}` sembra una copia di `{name}.{extension}`"), help);
    }
    let good = suggest::slug(stem);
    let help = format!("il nome del file diventa l'indirizzo della pagina: per esempio `{good}.{extension}`");
    missed(format!("il nome del file non va bene: {why}"), help)
}

/// What a file is by its place, where its folder is one of those that are read.
fn kind_at(parts: &[&str]) -> Result<Kind, Box<Diagnostic>> {
    let plan = |id: &str| Id::parse(id).map_err(|errore| unknown(id, &[], &errore));
    Ok(match *parts {
        ["sito.yaml"] => Kind::Sito,
        ["ricerca.yaml"] => Kind::Ricerca,
        ["partner", _] => Kind::Partner,
        ["pagine", _] => Kind::Pagina,
        ["storia", _] => Kind::Storia,
        ["norme", _] => Kind::Norma,
        ["piani", id, "piano.yaml"] => Kind::Piano(plan(id)?),
        ["piani", id, "atti.yaml"] => Kind::Atti(plan(id)?),
        ["piani", id, "risorse.yaml"] => Kind::Risorse(plan(id)?),
        ["piani", id, "avvisi", _] => Kind::Avviso(plan(id)?),
        ["piani", id, "alleanze", _] => Kind::Alleanza(plan(id)?),
        ["piani", id, "progetti", _] => Kind::Progetto(plan(id)?),
        ["piani", id, "pagine", _] => Kind::PaginaDiPiano(plan(id)?),
        ["piani", id, "consegne", _] => Kind::Consegna(plan(id)?),
        ["piani", file] => {
            return Err(unknown(file, &[], "ogni Piano ha la sua cartella, come `piani/2025-2027/`: spostalo lì"));
        }
        ["piani", _, file] => {
            let help = format!(
                "qui stanno `piano.yaml`, `risorse.yaml` e `atti.yaml`; le altre schede vanno in {}",
                listed(&CARTELLE_DI_SCHEDE)
            );
            return Err(unknown(file, &["piano", "risorse", "atti"], &help));
        }
        _ => {
            let file = parts.last().copied().unwrap_or_default();
            let help =
                format!("qui stanno `sito.yaml` e `ricerca.yaml`; le altre schede vanno in {}", listed(&CARTELLE));
            return Err(unknown(file, &["sito", "ricerca"], &help));
        }
    })
}

/// A file whose name means nothing in its folder.
fn unknown(file: &str, known: &[&str], help: &str) -> Box<Diagnostic> {
    // The ending is the same for all: compared too, it would make any two names look alike.
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let near = suggest::closest(stem, known.iter().copied()).map(|near| format!("forse intendevi `{near}.yaml`?"));
    let message = format!("`{file}` non è un nome che concilia conosce in questa cartella");
    missed(message, near.unwrap_or_else(|| help.to_owned()))
}

/// The outermost folder on the way to a file that is not one of those that are read.
fn strange_folder(parts: &[&str]) -> Option<StrayFolder> {
    match parts[..parts.len() - 1] {
        [] | ["piani"] => None,
        ["piani", piano, ..] => match Id::parse(piano) {
            Err(errore) => {
                let help = match copied(piano) {
                    Some(name) => format!(
                        "sembra una copia di `{name}`: toglila da qui; se è un Piano nuovo, dalle gli anni suoi, come `2028-2030`"
                    ),
                    None => format!("rinomina la cartella con gli anni del Piano, come `2028-2030`: {errore}"),
                };
                Some(StrayFolder { path: parts[..2].join("/"), help, is_near: true })
            }
            Ok(_) => unread(parts, 2, &CARTELLE_DI_PIANO),
        },
        _ => unread(parts, 0, &CARTELLE),
    }
}

/// The folder at this depth, or the one in it, where it is not read.
fn unread(parts: &[&str], depth: usize, known: &[&str]) -> Option<StrayFolder> {
    let folders = &parts[..parts.len() - 1];
    let first = folders.get(depth)?;
    if known.contains(first) {
        folders.get(depth + 1)?;
        let help = format!("`{first}` non ha cartelle al suo interno: sposta i file direttamente in `{first}/`");
        return Some(StrayFolder { path: parts[..depth + 2].join("/"), help, is_near: false });
    }
    let near = suggest::closest(first, known.iter().copied());
    let help = match near {
        Some(near) => format!("forse intendevi `{near}/`?"),
        None => format!("qui concilia legge {}: sposta i file, o togli la cartella", listed(known)),
    };
    Some(StrayFolder { path: parts[..=depth].join("/"), help, is_near: near.is_some() })
}

/// `` `alleanze/`, `avvisi/` e `pagine/` ``.
fn listed(names: &[&str]) -> String {
    elenco(names.iter().map(|name| format!("`{name}/`")))
}

/// A file that is no record by its ending, and perhaps should be one.
fn not_read(file: &str, stem: &str, extension: &str, wanted: &str) -> Box<Diagnostic> {
    // What carries the ending of a record was to be one, whatever follows it.
    let inner = before_the_ending(stem);
    let good = format!("`{}.{wanted}`", suggest::slug(inner.unwrap_or(stem)));
    let is_copy = COPIES.contains(&extension.to_lowercase().as_str()) || extension.bytes().all(|b| b.is_ascii_digit());
    let (serious, help) = if is_ending(extension) {
        let blank = if extension.trim() == extension { "" } else { "il nome finisce con uno spazio: " };
        (true, format!("{blank}rinominalo in {good}"))
    } else if is_copy {
        let help = format!(
            "sembra una copia di riserva: toglila da qui; se invece è la scheda da pubblicare, rinominala in {good}"
        );
        (inner.is_some(), help)
    } else if inner.is_some() {
        let help = format!(
            "il nome finisce con `.{extension}`, che Windows può nascondere: se è una scheda da pubblicare rinominalo in {good}, altrimenti toglilo"
        );
        (true, help)
    } else if extension == "txt" {
        let help = format!(
            "se è una scheda da pubblicare rinominalo in {good}, se è un allegato spostalo in `media`, altrimenti toglilo"
        );
        (false, help)
    } else {
        (false, "se è un'immagine o un allegato spostalo in `media`, altrimenti toglilo".to_owned())
    };
    told(serious, format!("`{file}` non è un file che concilia legge"), help)
}

/// Whether an ending is that of a record or a page, in whatever letters.
fn is_ending(extension: &str) -> bool {
    matches!(extension.trim().to_lowercase().as_str(), "yaml" | "yml" | "md" | "markdown")
}

/// The name before the first ending of a record in it: `win` of `win.yaml.copia`.
fn before_the_ending(stem: &str) -> Option<&str> {
    let dots = stem.match_indices('.').map(|(at, _)| at);
    dots.into_iter().find(|&at| is_ending(stem[at + 1..].split('.').next().unwrap_or_default())).map(|at| &stem[..at])
}

/// The name of which this is the copy that an office computer makes: `nido - Copia`, `nido (1)`, `Copia di nido`.
fn copied(stem: &str) -> Option<&str> {
    let is_count = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if let Some((name, number)) = stem.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")) {
        return is_count(number).then(|| copied(name).unwrap_or(name));
    }
    let is_said = |said: &str| ["copia", "copy"].contains(&said.trim().to_lowercase().as_str());
    let after = stem.rsplit_once(" - ").filter(|(_, said)| is_said(said)).map(|(name, _)| name);
    after.or_else(|| ["Copia di ", "Copy of "].into_iter().find_map(|said| stem.strip_prefix(said)))
}

/// Media keep their names, which are public addresses too.
fn media(relative: &str, file: &str) -> Result<(Kind, Id), Box<Diagnostic>> {
    let tidy = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'/');
    if !relative.bytes().all(tidy) || relative.contains("..") {
        let message = format!("il nome `{file}` non può diventare un indirizzo");
        return Err(missed(message, "usa lettere senza accenti, cifre, trattini e punti"));
    }
    super::media::admitted(file)?;
    Ok((Kind::Media, Id::parse("media").map_err(|why| missed(why, ""))?))
}
