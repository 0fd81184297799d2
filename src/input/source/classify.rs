//! What a file is, by its name and place, and what is said of one that is out of place.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Kind, display_name};
use crate::report::{Diagnostic, Place};
use crate::suggest;
use crate::value::Id;

const CARTELLE: [&str; 6] = ["media", "norme", "pagine", "partner", "piani", "storia"];
const CARTELLE_DI_SCHEDE: [&str; 4] = ["alleanze", "avvisi", "pagine", "progetti"];
const CARTELLE_DI_PIANO: [&str; 5] = ["alleanze", "avvisi", "consegne", "pagine", "progetti"];

/// Endings that people add to a copy that they keep.
const COPIES: [&str; 9] = ["bak", "backup", "old", "orig", "copia", "copy", "save", "tmp", "vecchio"];

/// What lies where no record is expected.
pub(super) enum Stray {
    File(StrayFile),
    Folder(StrayFolder),
}

pub(super) struct StrayFile {
    pub(super) message: String,
    pub(super) help: String,
    pub(super) serious: bool,
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

impl StrayFile {
    pub(super) fn into_diagnostic(self, name: String) -> Diagnostic {
        let make = if self.serious { Diagnostic::error } else { Diagnostic::warning };
        make("C-10", self.message).at(Place::file(name)).help(self.help)
    }
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
            StrayFile { message, help, serious: serious || is_near }
                .into_diagnostic(display_name(content, &content.join(&path)))
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
        return media(relative, file).map_err(Stray::File);
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
        return Err(Stray::File(not_read(file, stem, extension, wanted)));
    }
    let kind = kind_at(&parts).map_err(Stray::File)?;
    if extension != wanted {
        return Err(Stray::File(StrayFile {
            message: format!("`{file}` è in una cartella di file `.{wanted}`"),
            help: format!("spostalo, o riscrivilo come file `.{wanted}`"),
            serious: true,
        }));
    }
    let id = Id::parse(stem).map_err(|errore| {
        // `win.yaml.yaml`: Windows hid the first ending, so that somebody added it again.
        if let Some(name) = before_the_ending(stem) {
            let message = format!("il nome `{file}` ha due estensioni");
            let help = format!("rinominalo in `{}.{wanted}`", suggest::slug(name));
            return Stray::File(StrayFile { message, help, serious: true });
        }
        if let Some(name) = copied(stem) {
            let message = format!("`{file}` sembra una copia di `{name}.{extension}`");
            let help = format!(
                "toglila da qui; se è una scheda nuova, dalle un nome suo, come `{}-2.{extension}`",
                suggest::slug(name)
            );
            return Stray::File(StrayFile { message, help, serious: true });
        }
        Stray::File(StrayFile {
            message: format!("il nome del file non va bene: {errore}"),
            help: format!(
                "il nome del file diventa l'indirizzo della pagina: per esempio `{}.{extension}`",
                suggest::slug(stem)
            ),
            serious: true,
        })
    })?;
    Ok((kind, id))
}

/// What a file is by its place, where its folder is one of those that are read.
fn kind_at(parts: &[&str]) -> Result<Kind, StrayFile> {
    let plan = |id: &str| Id::parse(id).map_err(|errore| unknown(id, &[], &errore.to_string()));
    Ok(match *parts {
        ["sito.yaml"] => Kind::Sito,
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
            let help = format!("qui sta `sito.yaml`; le altre schede vanno in {}", listed(&CARTELLE));
            return Err(unknown(file, &["sito"], &help));
        }
    })
}

/// A file whose name means nothing in its folder.
fn unknown(file: &str, known: &[&str], help: &str) -> StrayFile {
    // The ending is the same for all: compared too, it would make any two names look alike.
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let near = suggest::closest(stem, known.iter().copied()).map(|near| format!("forse intendevi `{near}.yaml`?"));
    StrayFile {
        message: format!("`{file}` non è un nome che concilia conosce in questa cartella"),
        help: near.unwrap_or_else(|| help.to_owned()),
        serious: true,
    }
}

/// The outermost folder on the way to a file that is not one of those that are read.
fn strange_folder(parts: &[&str]) -> Option<StrayFolder> {
    match parts[..parts.len() - 1] {
        [] | ["piani"] => None,
        ["piani", piano, ..] => match Id::parse(piano) {
            Err(errore) => {
                let help = format!("rinomina la cartella, per esempio `2025-2027`: {errore}");
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
    let shown: Vec<String> = names.iter().map(|name| format!("`{name}/`")).collect();
    match shown.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} e {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// A file that is no record by its ending, and perhaps should be one.
fn not_read(file: &str, stem: &str, extension: &str, wanted: &str) -> StrayFile {
    let message = format!("`{file}` non è un file che concilia legge");
    let told = |serious: bool, help: String| StrayFile { message: message.clone(), help, serious };
    let kept = |name: &str| format!("`{}.{wanted}`", suggest::slug(name));
    if is_ending(extension) {
        let blank = if extension.trim() == extension { "" } else { "il nome finisce con uno spazio: " };
        return told(true, format!("{blank}rinominalo in {}", kept(before_the_ending(stem).unwrap_or(stem))));
    }
    // What carries the ending of a record was to be one, whatever follows it.
    let inner = before_the_ending(stem);
    if COPIES.contains(&extension.to_lowercase().as_str()) || extension.bytes().all(|b| b.is_ascii_digit()) {
        let help = format!(
            "sembra una copia di riserva: toglila da qui; se invece è la scheda da pubblicare, rinominala in {}",
            kept(inner.unwrap_or(stem))
        );
        return told(inner.is_some(), help);
    }
    match inner {
        Some(name) => told(
            true,
            format!(
                "il nome finisce con `.{extension}`, che Windows può nascondere: se è una scheda da pubblicare rinominalo in {}, altrimenti toglilo",
                kept(name)
            ),
        ),
        None if matches!(extension, "txt" | "") => told(
            false,
            format!(
                "se è una scheda da pubblicare rinominalo in {}, se è un allegato spostalo in `media`, altrimenti toglilo",
                kept(stem)
            ),
        ),
        None => told(false, "se è un'immagine o un allegato spostalo in `media`, altrimenti toglilo".to_owned()),
    }
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
fn media(relative: &str, file: &str) -> Result<(Kind, Id), StrayFile> {
    let tidy = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'/');
    if !relative.bytes().all(tidy) || relative.contains("..") {
        return Err(StrayFile {
            message: format!("il nome `{file}` non può diventare un indirizzo"),
            help: "usa lettere senza accenti, cifre, trattini e punti".into(),
            serious: true,
        });
    }
    super::media::admitted(file)?;
    let id = Id::parse("media").map_err(|errore| StrayFile {
        message: errore.to_string(),
        help: String::new(),
        serious: true,
    })?;
    Ok((Kind::Media, id))
}
