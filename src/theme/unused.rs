//! M-04: files of the site's theme that take the place of nothing and that nobody uses: most often a name mistyped,
//! and then the built-in file stays in use without a word.

use std::path::Path;

use super::{BUILTIN_MARK, Italia, Theme};
use crate::input::folder;
use crate::report::{Diagnostic, Place, Rule};
use crate::suggest;

pub const RULES: &[Rule] = &[Rule::new("M-04", "ogni file del tema serve a qualcosa")
    .why("con un nome sbagliato il sito userebbe ancora il file del tema incorporato")
    .example("`stille.css` al posto di `stile.css`")];

const TEMPLATES: &str = "templates";
const ASSETS: &str = "assets";
const DOCUMENTO: &str = "documento";

/// What the rest of the site says of the theme's files.
pub trait Users {
    /// The pages of the site, by id: each can have a template of its own.
    fn pages(&self) -> Vec<&str>;
    /// Whether a text of the records names a file.
    fn name(&self, file: &str) -> bool;
}

impl Theme {
    /// Warnings about the files of the site's theme that have no effect.
    pub fn unused(&self, users: &dyn Users) -> Vec<Diagnostic> {
        let Some(folder) = &self.folder else { return Vec::new() };
        let root = format!("{folder}/{TEMPLATES}/");
        let own = self.sources.keys().filter_map(|file| Some((file, file.strip_prefix(&root)?)));
        let templates = own.filter(|(file, name)| !self.uses_template(file, name, users));
        let mut found = self.outside.clone();
        found.extend(templates.map(|(file, name)| unused_template(file, name, users)));
        let own =
            self.assets.iter().filter(|(_, asset)| !asset.file.ends_with(BUILTIN_MARK) && !asset.bytes.is_empty());
        let own = own.filter_map(|(path, asset)| Some((&asset.file, path.strip_prefix("assets/")?)));
        let assets = own.filter(|(file, name)| !self.uses_asset(file, name, users));
        found.extend(assets.map(|(file, name)| unused_asset(file, name)));
        found
    }

    fn uses_template(&self, file: &str, name: &str, users: &dyn Users) -> bool {
        let is_page = || {
            let id = name.strip_prefix("pagine/").and_then(|name| name.strip_suffix(".html"));
            id.is_some_and(|id| users.pages().contains(&id))
        };
        // Components are used by names of their own.
        let defines = || self.sources[file].contains("component ");
        let others = || self.sources.iter().filter(|(other, _)| *other != file);
        let is_named =
            || others().any(|(_, text)| text.contains(&format!("\"{name}\"")) || text.contains(&format!("'{name}'")));
        is_builtin(TEMPLATES, name) || is_page() || defines() || is_named()
    }

    fn uses_asset(&self, file: &str, name: &str, users: &dyn Users) -> bool {
        let base = name.rsplit('/').next().unwrap_or(name);
        // A template can put the rest of a name together: `assets/icone/{{ id }}.svg`.
        let folder = name.rsplit_once('/').map(|(folder, _)| format!("{folder}/"));
        let says = |text: &str| text.contains(base) || folder.as_ref().is_some_and(|folder| text.contains(folder));
        let in_templates = || self.sources.values().any(|text| says(text));
        let texts = || self.assets.values().filter(|asset| asset.file != *file);
        let in_assets = || texts().filter_map(|asset| std::str::from_utf8(&asset.bytes).ok()).any(says);
        // A whole page among the assets stands by itself.
        is_builtin(ASSETS, name) || base.ends_with(".html") || in_templates() || in_assets() || users.name(base)
    }
}

fn is_builtin(part: &str, name: &str) -> bool {
    Italia::get(&format!("{part}/{name}")).is_some()
}

fn warning(message: String, file: &str, help: String) -> Diagnostic {
    Diagnostic::warning("M-04", message).at(Place::file(file)).help(help)
}

fn unused_template(file: &str, name: &str, users: &dyn Users) -> Diagnostic {
    let message = format!("il modello `{name}` non prende il posto di nessuno, e nessuno lo chiama");
    let help = near(TEMPLATES, name, &users.pages()).unwrap_or_else(|| {
        format!("chiamalo da un altro modello con `{{% include \"{name}\" %}}`, dagli il nome di quello da sostituire, o toglilo")
    });
    warning(message, file, help)
}

fn unused_asset(file: &str, name: &str) -> Diagnostic {
    let message = format!("il file `{name}` non prende il posto di nessuno, e nessuno lo usa");
    let help = near(ASSETS, name, &[]).unwrap_or_else(|| {
        format!("chiamalo da un modello con `{{{{ radice }}}}assets/{name}`, dagli il nome di quello da sostituire, o toglilo")
    });
    warning(message, file, help)
}

/// The file that was probably meant, built-in or for a page: the ending, which is the same for many, is not compared.
fn near(part: &str, name: &str, pages: &[&str]) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    let builtin = Italia::iter().filter_map(|file| Some(file.strip_prefix(part)?.strip_prefix('/')?.to_owned()));
    let names: Vec<String> = builtin.chain(pages.iter().map(|id| format!("pagine/{id}.html"))).collect();
    let stems = names.iter().filter_map(|name| name.rsplit_once('.')).filter(|(_, other)| *other == ending);
    let near = suggest::closest(stem, stems.map(|(stem, _)| stem))?;
    Some(format!("forse intendevi `{near}.{ending}`?"))
}

/// What lies in the folder of a theme beside the two that are read.
pub(super) fn outside(folder: &Path) -> Vec<Diagnostic> {
    let shown = folder.to_string_lossy().replace('\\', "/");
    let told = folder::entries(folder).filter_map(|entry| {
        let name = entry.name().to_str()?;
        let file = format!("{shown}/{name}");
        if name.starts_with('.') || matches!(name, TEMPLATES | ASSETS | DOCUMENTO) {
            return None;
        }
        if entry.kind.is_dir() {
            let help = match suggest::closest(name, [TEMPLATES, ASSETS, DOCUMENTO]) {
                Some(near) => format!("forse intendevi `{near}/`?"),
                None => "i modelli stanno in `templates/`, stili e immagini in `assets/`".to_owned(),
            };
            return Some(warning(
                format!("la cartella `{name}` non è letta: un tema ha `{TEMPLATES}`, `{ASSETS}` e `{DOCUMENTO}`"),
                &file,
                help,
            ));
        }
        let (_, ending) = name.rsplit_once('.')?;
        let part = match ending {
            "html" | "xml" => TEMPLATES,
            "typ" => DOCUMENTO,
            "css" | "js" | "svg" | "png" | "jpg" | "webp" | "ico" | "woff2" => ASSETS,
            // A note about the theme, say.
            _ => return None,
        };
        Some(warning(
            format!("il file `{name}` non è letto: sta fuori da `{TEMPLATES}` e `{ASSETS}`"),
            &file,
            format!("spostalo in `{part}/`"),
        ))
    });
    told.collect()
}
