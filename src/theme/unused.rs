//! M-04: files of the site's theme that take the place of nothing and that nobody uses: most often a name mistyped,
//! and then the built-in file stays in use without a word.

use std::path::Path;

use super::{ASSETS, DOCUMENTO, Italia, TEMPLATES, Theme};
use crate::input::folder;
use crate::report::{Diagnostic, Place, Rule};
use crate::suggest;

pub const RULES: &[Rule] = &[Rule::new("M-04", "ogni file del tema serve a qualcosa")
    .why("con un nome sbagliato il sito userebbe ancora il file del tema incorporato")
    .example("`stille.css` al posto di `stile.css`")];

impl Theme {
    /// Warnings about the files of the site's theme that have no effect. Each of `pages`, by id, can have a template of
    /// its own; `is_named` says whether a text of the records names a file.
    pub fn unused(&self, pages: &[&str], is_named: &dyn Fn(&str) -> bool) -> Vec<Diagnostic> {
        let Some(folder) = &self.folder else { return Vec::new() };
        let root = format!("{folder}/{TEMPLATES}/");
        let own = self.sources.keys().filter_map(|file| Some((file, file.strip_prefix(&root)?)));
        let templates = own.filter(|(file, name)| !self.uses_template(file, name, pages));
        let mut found = self.outside.clone();
        found.extend(templates.map(|(file, name)| unused_template(file, name, pages)));
        let own = self.assets.iter().filter(|(_, asset)| !super::is_builtin(&asset.file) && !asset.bytes.is_empty());
        let own = own.filter_map(|(path, asset)| Some((&asset.file, path.strip_prefix("assets/")?)));
        let assets = own.filter(|(file, name)| !self.uses_asset(file, name, is_named));
        found.extend(assets.map(|(file, name)| unused_asset(file, name)));
        found
    }

    fn uses_template(&self, file: &str, name: &str, pages: &[&str]) -> bool {
        let is_page = || {
            let id = name.strip_prefix("pagine/").and_then(|name| name.strip_suffix(".html"));
            id.is_some_and(|id| pages.contains(&id))
        };
        // Components are used by names of their own.
        let defines = || self.sources[file].contains("component ");
        let others = || self.sources.iter().filter(|(other, _)| *other != file);
        let is_named =
            || others().any(|(_, text)| text.contains(&format!("\"{name}\"")) || text.contains(&format!("'{name}'")));
        is_builtin(TEMPLATES, name) || is_page() || defines() || is_named()
    }

    fn uses_asset(&self, file: &str, name: &str, is_named: &dyn Fn(&str) -> bool) -> bool {
        let base = name.rsplit('/').next().unwrap_or(name);
        // A template can put the rest of a name together: `assets/icone/{{ id }}.svg`.
        let folder = name.rsplit_once('/').map(|(folder, _)| format!("{folder}/"));
        let says = |text: &str| text.contains(base) || folder.as_ref().is_some_and(|folder| text.contains(folder));
        let in_templates = || self.sources.values().any(|text| says(text));
        let texts = || self.assets.values().filter(|asset| asset.file != *file);
        let in_assets = || texts().filter_map(|asset| std::str::from_utf8(&asset.bytes).ok()).any(says);
        // A whole page among the assets stands by itself.
        is_builtin(ASSETS, name) || base.ends_with(".html") || in_templates() || in_assets() || is_named(base)
    }
}

fn is_builtin(part: &str, name: &str) -> bool {
    Italia::get(&format!("{part}/{name}")).is_some()
}

fn warning(message: String, file: &str, help: String) -> Diagnostic {
    Diagnostic::warning("M-04", message).at(Place::file(file)).help(help)
}

fn unused_template(file: &str, name: &str, pages: &[&str]) -> Diagnostic {
    let message = format!("il modello `{name}` non prende il posto di nessuno, e nessuno lo chiama");
    let help = near(TEMPLATES, name, pages).unwrap_or_else(|| {
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
    let shown = folder::shown(folder);
    let told = folder::entries(folder).filter_map(|entry| {
        let name = entry.name().to_str()?;
        let file = format!("{shown}/{name}");
        if name.starts_with('.') || matches!(name, TEMPLATES | ASSETS | DOCUMENTO) {
            return None;
        }
        if entry.kind.is_dir() {
            let near = suggest::closest(name, [TEMPLATES, ASSETS, DOCUMENTO]);
            let near = near.map(|near| format!("forse intendevi `{near}/`?"));
            let help = near.unwrap_or_else(|| "i modelli stanno in `templates/`, stili e immagini in `assets/`".into());
            let has = format!("un tema ha `{TEMPLATES}`, `{ASSETS}` e `{DOCUMENTO}`");
            return Some(warning(format!("la cartella `{name}` non è letta: {has}"), &file, help));
        }
        let (_, ending) = name.rsplit_once('.')?;
        let part = match ending {
            "html" | "xml" => TEMPLATES,
            "typ" => DOCUMENTO,
            "css" | "js" | "svg" | "png" | "jpg" | "webp" | "ico" | "woff2" => ASSETS,
            // A note about the theme, say.
            _ => return None,
        };
        let message = format!("il file `{name}` non è letto: sta fuori da `{TEMPLATES}` e `{ASSETS}`");
        Some(warning(message, &file, format!("spostalo in `{part}/`")))
    });
    told.collect()
}
