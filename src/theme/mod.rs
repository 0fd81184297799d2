//! The built-in theme, and the theme of a site laid over it.
//!
//! A theme is a folder: `templates/` for pages, charts and feeds, `assets/` for what is copied. A site's theme
//! replaces single files; its templates can extend the one they replace as `italia/<name>`.

pub mod compact;
mod filters;
mod inline;
pub mod messaggi;
mod unused;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;
use std::sync::{Arc, OnceLock};

use rust_embed::RustEmbed;
use tera::{Context, ErrorKind, Tera};

use crate::input::folder::{self, Entry};
use crate::report::{Diagnostic, Place, Rule};

pub const RULES: &[&[Rule]] = &[OWN, inline::RULES, unused::RULES];

const OWN: &[Rule] = &[
    Rule::new("M-01", "i modelli del tema si leggono")
        .why("un modello sbagliato non produce pagine")
        .example("un modello con `{% if %}` senza `{% endif %}`"),
    Rule::new("M-02", "i modelli del tema si compongono con i dati")
        .why("un modello può chiedere un dato che non c'è")
        .example("un modello che scrive `{{ progetto.titlo }}`"),
];

/// The name under which built-in templates can always be reached.
pub const BUILTIN: &str = "italia";

/// Tells files of the program from files of the user.
const BUILTIN_MARK: &str = " (tema incorporato)";

/// The parts of a theme.
const TEMPLATES: &str = "templates";
const ASSETS: &str = "assets";
const DOCUMENTO: &str = "documento";

/// Themes are small; a larger file is not a template or a style.
const MAX_FILE_BYTES: u64 = 16 << 20;

#[derive(RustEmbed)]
#[folder = "themes/italia/"]
struct Italia;

/// A file of a theme that is published as it is.
#[derive(Debug, Clone)]
pub struct Asset {
    /// The name to show in messages.
    pub file: String,
    pub bytes: Vec<u8>,
}

/// Templates ready to render, and assets by their path in the site.
pub struct Theme {
    tera: Tera,
    pub assets: BTreeMap<String, Asset>,
    /// The Typst templates of the document, by name.
    pub documento: BTreeMap<String, String>,
    /// Text of each template by the name that messages show.
    sources: BTreeMap<String, String>,
    /// Where the site's theme stands, for the names in messages.
    folder: Option<String>,
    /// What lies in it and is not read.
    outside: Vec<Diagnostic>,
}

impl Theme {
    /// The built-in theme with the given folder over it, if any.
    pub fn load(over: Option<&Path>) -> Result<Self, Vec<Diagnostic>> {
        let mut files = Files::builtin();
        if let Some(over) = over {
            files.lay_over(over)?;
        }
        let mut tera = Tera::default();
        tera.set_fallback_prefixes([format!("{BUILTIN}/")])
            .map_err(|error| vec![Diagnostic::error("M-01", "il tema non si carica").help(error.to_string())])?;
        tera.autoescape_on(vec![".html", ".svg", ".xml"]);
        filters::register(&mut tera);
        let loaded = tera.add_raw_templates(files.templates);
        let theme = Theme {
            tera,
            assets: files.assets,
            documento: files.documento,
            sources: files.sources,
            folder: over.map(folder::shown),
            outside: over.map(unused::outside).unwrap_or_default(),
        };
        match loaded {
            Ok(()) => Ok(theme),
            Err(error) => Err(theme.unreadable(&error)),
        }
    }

    /// The same; the built-in one is read once, since nothing on this computer changes it.
    pub fn shared(over: Option<&Path>) -> Result<Arc<Self>, Vec<Diagnostic>> {
        static READ: OnceLock<Arc<Theme>> = OnceLock::new();
        if over.is_none()
            && let Some(read) = READ.get()
        {
            return Ok(Arc::clone(read));
        }
        let theme = Arc::new(Theme::load(over)?);
        Ok(if over.is_none() { Arc::clone(READ.get_or_init(|| theme)) } else { theme })
    }

    pub fn has(&self, template: &str) -> bool {
        self.tera.contains_template(template)
    }

    /// The names of the sheets in a folder of the assets.
    pub fn sheets(&self, folder: &str) -> Vec<&str> {
        let names = self.assets.keys().filter_map(|path| path.strip_prefix(folder)?.strip_suffix(".css"));
        names.collect()
    }

    /// Renders one template; `subject` names the record, so that a mistake can be found.
    pub fn render(&self, template: &str, context: &Context, subject: &str) -> Result<String, Box<Diagnostic>> {
        self.tera.render(template, context).map_err(|error| {
            if let ErrorKind::TemplateNotFound(missing) = error.kind() {
                let message = format!("il tema non ha il modello `{missing}`");
                return Box::new(Diagnostic::error("M-02", message).help(format!("serve per `{subject}`")));
            }
            let message = format!("il modello `{template}` non si compone per `{subject}`");
            Box::new(self.diagnose("M-02", &message, &error))
        })
    }

    /// The file that a template of the document came from.
    pub fn modello_di_documento(&self, modello: &str) -> String {
        let name = format!("documento/{modello}");
        let own = self.folder.as_ref().map(|folder| format!("{folder}/{name}"));
        own.filter(|own| self.sources.contains_key(own)).unwrap_or_else(|| builtin_name(&name))
    }

    /// The text of a file of the theme, for excerpts.
    pub fn source(&self, file: &str) -> Option<&str> {
        self.sources.get(file).map(String::as_str).or_else(|| {
            let asset = self.assets.values().find(|asset| asset.file == file)?;
            std::str::from_utf8(&asset.bytes).ok()
        })
    }

    /// The files of the site's own theme, by the names that messages show.
    pub fn own_files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let templates = self.sources.iter().map(|(file, text)| (file.as_str(), text.as_bytes()));
        let assets = self.assets.values().map(|asset| (asset.file.as_str(), asset.bytes.as_slice()));
        templates.chain(assets).filter(|(file, _)| !is_builtin(file))
    }

    /// Which template wrote a piece of a page: of all places with the same text, the one around which most agrees with
    /// the page. Of a tag only the beginning has to agree, since its end may come from a record.
    pub fn find(&self, text: &str, span: Range<usize>) -> Option<(&str, Range<usize>)> {
        let whole = text.get(span.clone()).filter(|piece| !piece.trim().is_empty())?;
        let written = |end: &usize| self.sources.values().any(|source| source.contains(&whole[..*end]));
        let ends: Vec<usize> = whole.char_indices().map(|(at, letter)| at + letter.len_utf8()).collect();
        let piece = &whole[..*ends.get(ends.partition_point(written).checked_sub(1)?)?];
        if piece != whole && !(whole.starts_with('<') && piece.len() > 1) {
            return None;
        }
        let (before, after) = (&text.as_bytes()[..span.start], &text.as_bytes()[span.start + piece.len()..]);
        let alike = |(a, b): &(&u8, &u8)| a == b;
        let places = self.sources.iter().flat_map(|(file, source)| {
            source.match_indices(piece).map(move |(at, _)| {
                let (above, below) = (&source.as_bytes()[..at], &source.as_bytes()[at + piece.len()..]);
                let length = above.iter().rev().zip(before.iter().rev()).take_while(alike).count()
                    + below.iter().zip(after).take_while(alike).count();
                (length, !is_builtin(file), file, at)
            })
        });
        let (_, _, file, at) = places.max_by_key(|(length, own, ..)| (*length, *own))?;
        Some((file, at..at + piece.len()))
    }

    /// What is wrong with the templates before any page is made, each at its place.
    fn unreadable(&self, error: &tera::Error) -> Vec<Diagnostic> {
        const MESSAGE: &str = "il modello non si legge";
        match error.kind() {
            ErrorKind::MissingParent { current, parent } => {
                let file = self.file_of(current);
                let at = self.source(&file).and_then(|text| text.find(parent.as_str())).unwrap_or_default();
                let place = Place::span(file, at..at + parent.len());
                vec![Diagnostic::error("M-01", MESSAGE).at(place).label(format!("estende `{parent}`, che non c'è"))]
            }
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
                let place = Place::file(self.file_of(tpl));
                vec![Diagnostic::error("M-01", "il modello finisce per chiamare sé stesso").at(place)]
            }
            // Blocks that the site's own base lacks are one cause, whatever templates fill them.
            ErrorKind::Msg(text) if missing_blocks(text).is_none() => {
                let found: Vec<Diagnostic> = text
                    .split("error: ")
                    .filter_map(|report| self.place_in(report))
                    .map(|(what, place)| Diagnostic::error("M-01", MESSAGE).at(place).label(explain(what)))
                    .collect();
                if found.is_empty() { vec![self.diagnose("M-01", MESSAGE, error)] } else { found }
            }
            _ => vec![self.diagnose("M-01", MESSAGE, error)],
        }
    }

    /// The engine joins what it finds in several templates into one text; each part reads
    /// `message`, `--> template:line:column`, the line, and carets under what is meant.
    fn place_in<'a>(&self, report: &'a str) -> Option<(&'a str, Place)> {
        let (what, rest) = report.split_once('\n')?;
        let at = rest.lines().find_map(|line| line.trim_start().strip_prefix("--> "))?;
        let mut parts = at.trim().rsplitn(3, ':');
        let column: usize = parts.next()?.parse().ok()?;
        let line: usize = parts.next()?.parse().ok()?;
        let file = self.file_of(parts.next()?);
        let text = self.source(&file)?;
        let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
        let before: usize = text[start..].chars().take(column.checked_sub(1)?).map(char::len_utf8).sum();
        let carets = rest.matches('^').count();
        let length: usize = text[start + before..].chars().take(carets).map(char::len_utf8).sum();
        Some((what.trim(), Place::span(file, start + before..start + before + length)))
    }

    fn diagnose(&self, code: &'static str, message: &str, error: &tera::Error) -> Diagnostic {
        let (ErrorKind::SyntaxError(found) | ErrorKind::RenderingError(found)) = error.kind() else {
            let text = error.to_string();
            if let Some(blocks) = missing_blocks(&text) {
                return Diagnostic::error(code, "al modello del sito mancano blocchi che altri modelli riempiono")
                    .help(format!("aggiungi al modello che altri estendono, di solito `base.html`: {blocks}"));
            }
            return Diagnostic::error(code, message).help(explain(&text));
        };
        let place = Place::span(self.file_of(found.filename()), found.span().range.clone());
        Diagnostic::error(code, message).at(place).label(explain(found.message()))
    }

    /// The file that a template came from.
    fn file_of(&self, template: &str) -> String {
        match (template.strip_prefix("italia/"), &self.folder) {
            (Some(name), _) => builtin_name(&format!("templates/{name}")),
            (None, Some(folder)) => format!("{folder}/templates/{template}"),
            (None, None) => builtin_name(&format!("templates/{template}")),
        }
    }
}

/// The blocks that templates fill and the one they extend lacks, as its author would write them.
fn missing_blocks(message: &str) -> Option<String> {
    let parts = message.split("Block `").skip(1);
    let names = parts.filter_map(|part| part.split_once("` is not defined in any parent")).map(|(name, _)| name);
    let names: BTreeSet<&str> = names.collect();
    let blocks = names.into_iter().map(|name| format!("`{{% block {name} %}}{{% endblock {name} %}}`"));
    Some(blocks.collect::<Vec<_>>().join(", ")).filter(|blocks| !blocks.is_empty())
}

/// Whether a file that messages name belongs to the program.
pub fn is_builtin(file: &str) -> bool {
    file.ends_with(BUILTIN_MARK)
}

fn builtin_name(file: &str) -> String {
    format!("themes/{BUILTIN}/{file}{BUILTIN_MARK}")
}

/// The engine speaks English; its most frequent sentences are put into Italian.
fn explain(message: &str) -> String {
    let table = [
        ("is not defined.", "non c'è."),
        ("is not defined", "non c'è"),
        ("exists but its value is undefined", "c'è ma non ha valore"),
        ("Available variables:", "Ci sono:"),
        ("Available fields:", "Ci sono:"),
        ("Unexpected end of input", "il modello finisce prima del previsto"),
        ("Found", "trovato"),
        ("but expected one of", "ma ci si aspettava uno fra"),
        ("but expected", "ma ci si aspettava"),
        ("Unknown filter", "non c'è il filtro"),
        ("Unknown function", "non c'è la funzione"),
        ("Unknown test", "non c'è la prova"),
        ("Unknown template", "non c'è il modello"),
        ("Unknown component", "non c'è il componente"),
        ("Variable", "la variabile"),
        ("Field", "il campo"),
        ("Iteration not possible on type", "non si può scorrere un valore di tipo"),
        ("Template", "il modello"),
        ("not found", "non c'è"),
    ];
    table.iter().fold(message.to_owned(), |text, (english, italian)| text.replace(english, italian))
}

/// The files of the built-in theme, by path.
pub fn builtin_files() -> BTreeMap<String, Vec<u8>> {
    Italia::iter().filter_map(|name| Some((name.to_string(), Italia::get(&name)?.data.into_owned()))).collect()
}

/// The files that are read of a site's theme, by path below its folder. Call it for a theme that loads.
pub fn site_files(folder: &Path) -> std::io::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for (_, entry) in read_in(folder) {
        files.insert(folder::below(folder, &entry.path), std::fs::read(&entry.path)?);
    }
    Ok(files)
}

/// What is read of a theme folder, with the part that it lies in.
fn read_in(folder: &Path) -> impl Iterator<Item = (&'static str, Entry)> {
    [TEMPLATES, ASSETS, DOCUMENTO].into_iter().flat_map(move |part| {
        let entries = folder::walk(&folder.join(part), usize::MAX, |_| true).into_iter().flatten();
        let is_read = |entry: &Entry| !entry.kind.is_dir() && !entry.name().to_string_lossy().starts_with('.');
        entries.filter(is_read).map(move |entry| (part, entry))
    })
}

/// The files of the built-in theme and of the one over it.
#[derive(Default)]
struct Files {
    templates: Vec<(String, String)>,
    assets: BTreeMap<String, Asset>,
    documento: BTreeMap<String, String>,
    sources: BTreeMap<String, String>,
}

impl Files {
    fn builtin() -> Self {
        let mut files = Files::default();
        for (path, mut bytes) in builtin_files() {
            let Some((part, name)) = path.split_once('/') else { continue };
            let name = if part == TEMPLATES { format!("{BUILTIN}/{name}") } else { name.to_owned() };
            if name.ends_with(".css") {
                bytes = compact::css(&String::from_utf8_lossy(&bytes)).into_bytes();
            } else if name.ends_with(".js") {
                bytes = compact::js(&String::from_utf8_lossy(&bytes)).into_bytes();
            }
            // Its templates are texts.
            let _ = files.put(part, name, builtin_name(&path), bytes);
        }
        files
    }

    /// Takes a file of one of the parts; all but assets are texts.
    fn put(&mut self, part: &str, name: String, file: String, bytes: Vec<u8>) -> Result<(), FromUtf8Error> {
        if part == ASSETS {
            self.assets.insert(format!("{ASSETS}/{name}"), Asset { file, bytes });
            return Ok(());
        }
        let text = String::from_utf8(bytes)?;
        self.sources.insert(file, text.clone());
        match part {
            DOCUMENTO => drop(self.documento.insert(name, text)),
            _ => self.templates.push((name, text)),
        }
        Ok(())
    }

    fn lay_over(&mut self, folder: &Path) -> Result<(), Vec<Diagnostic>> {
        if !folder.is_dir() {
            return Err(vec![
                Diagnostic::error("M-01", format!("il tema `{}` non c'è", folder.display()))
                    .help("i temi stanno in `themes/`, accanto alla cartella dei contenuti; senza `tema:` si usa quello incorporato"),
            ]);
        }
        let mut problems = Vec::new();
        for (part, entry) in read_in(folder) {
            if let Err(problem) = self.add(folder, part, &entry.path) {
                problems.push(*problem);
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    fn add(&mut self, folder: &Path, part: &str, path: &Path) -> Result<(), Box<Diagnostic>> {
        let name = folder::below(&folder.join(part), path);
        let shown = format!("{}/{part}/{name}", folder::shown(folder));
        let refuse = |why: String| Box::new(Diagnostic::error("M-01", why).at(Place::file(shown.clone())));
        let inside = folder::real(path).ok().zip(folder::real(folder).ok());
        if !inside.is_some_and(|(file, folder)| file.starts_with(folder) && file.is_file()) {
            return Err(refuse("non è un file del tema: non lo leggo".into()));
        }
        let size = std::fs::metadata(path).map_err(|cause| refuse(crate::io_message(&cause)))?.len();
        if size > MAX_FILE_BYTES {
            return Err(refuse(format!("il file supera {} MB: non lo leggo", MAX_FILE_BYTES >> 20)));
        }
        let bytes = std::fs::read(path).map_err(|cause| refuse(crate::io_message(&cause)))?;
        self.put(part, name, shown.clone(), bytes).map_err(|_| refuse("il modello non è in UTF-8".into()))
    }
}

/// Where the theme that a site names lies: `themes/` stands beside the content folder.
pub fn folder_of(content: &Path, name: &str) -> PathBuf {
    let parent = match content.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ if content.file_name().is_some() => PathBuf::new(),
        _ => content.join(".."),
    };
    parent.join("themes").join(name)
}
