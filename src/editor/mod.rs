//! Records by forms, on this computer: pages beside the preview that say what is missing, show each record as a form made
//! from its schema, and save through [`crate::yaml::modifica`], so that comments, order and style stay.
//!
//! `docs/decisioni/editor.md` tells what is safe and why. [`guard`] says who may ask, [`place`] where may be written,
//! [`modifiche`] keeps what can be undone.

mod allegati;
mod atti;
mod campi;
mod casa;
mod form;
mod forme;
mod griglie;
mod guard;
mod incollato;
mod indietro;
mod interi;
mod lines;
mod modifiche;
mod modulo;
mod nuova;
mod place;
mod pubblica;
mod riferimenti;
mod rilievi;
mod rinomina;
mod salva;
mod schede;
mod sospeso;
mod tabelle;
mod vincoli;
mod vista;

use std::collections::VecDeque;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rust_embed::RustEmbed;
use serde_json::{Value, json};
use tera::{Context, Kwargs, Tera};

use crate::input::store::Parsed;
use crate::markdown;
use crate::pacchetto::verifica::Esame;
use crate::publish::{rewrite, scrivi_nuovi};
use crate::quiet::lock;
use crate::serve::http::{self, Method};
use crate::serve::{self, Preview, State};
use crate::site::media_type;
use crate::theme::messaggi::{capital, sentence};
use crate::value::impronta;
use allegati::Upload;
use form::{Form, address};
use guard::{Asked, Guard, LARGEST_FILE, LARGEST_FORM, No, no};
use modifiche::{Modifica, Registro};
pub use nuova::NUOVE;

/// Makes the plan of a package again, in a process of its own: only the command line knows how.
type Remake = fn(&Path) -> Result<Esame, String>;

#[derive(RustEmbed)]
#[folder = "src/editor/pagine/"]
struct Pagine;

/// How many forms can be open at once, with the texts that they were made from.
const VERSIONS: usize = 200;
/// One browser asks; more connections than a few wait their turn.
const WORKERS: usize = 8;

const HTML: &str = "text/html; charset=utf-8";

/// Nothing from elsewhere, nothing written inside a page, and no page of it inside another.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The editor of one site.
pub struct Editor {
    guard: Guard,
    state: Arc<State>,
    remake: Remake,
    tera: Tera,
    registro: Registro,
    /// Where the preview is.
    preview: String,
    /// The texts that open forms were made from, by fingerprint, in the order in which they were shown.
    versions: Mutex<VecDeque<(String, String)>>,
    /// What the last requests saw.
    seen: Mutex<Option<Arc<vista::Vista>>>,
    /// Where the package is that was made last.
    packed: Mutex<Option<PathBuf>>,
    /// The port of the guide, once somebody has asked for it.
    guida: Mutex<Option<u16>>,
    /// One write at a time.
    turn: Mutex<()>,
}

/// What a page answers.
pub struct Reply {
    status: u16,
    kind: &'static str,
    fields: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

/// A page, or why there is none.
type Answer = Result<Reply, No>;

/// Starts the editor beside a preview, and says its address.
pub fn start(preview: &Preview, remake: Remake, say: impl Fn(&str)) -> Result<(), String> {
    let (listener, port) = serve::listen(preview.port.saturating_add(1))?;
    let guard = Guard::new(port)?;
    say(&format!(
        "L'editor delle schede si apre con questo indirizzo, che vale finché concilia è acceso:\n  {}",
        guard.entry()
    ));
    // Only one editor is beside a preview.
    let _ = preview.state.editor.set(guard.address());
    let editor = Arc::new(Editor {
        guard,
        state: Arc::clone(&preview.state),
        remake,
        tera: tera()?,
        registro: Registro::beside(&preview.state.request.content),
        preview: format!("http://127.0.0.1:{}/", preview.port),
        versions: Mutex::default(),
        seen: Mutex::default(),
        packed: Mutex::default(),
        guida: Mutex::default(),
        turn: Mutex::default(),
    });
    let listener = Arc::new(listener);
    for _ in 0..WORKERS {
        let (editor, listener) = (Arc::clone(&editor), Arc::clone(&listener));
        let work = move || serve::accept(&listener, |stream| editor.answer(&stream));
        let started = std::thread::Builder::new().stack_size(serve::STACK).spawn(work);
        started.map_err(|cause| format!("l'editor non parte: {}", crate::io_message(&cause)))?;
    }
    Ok(())
}

fn tera() -> Result<Tera, String> {
    let mut tera = Tera::default();
    tera.autoescape_on(vec![".html"]);
    tera.register_filter("per_indirizzo", |text: &str, _: Kwargs, _: &tera::State| form::escaped(text));
    let templates = Pagine::iter().filter(|name| name.ends_with(".html")).filter_map(|name| {
        let text = String::from_utf8(Pagine::get(&name)?.data.into_owned()).ok()?;
        Some((name.into_owned(), text))
    });
    tera.add_raw_templates(templates).map_err(|error| format!("l'editor non parte: {error}"))?;
    Ok(tera)
}

impl Editor {
    fn answer(&self, stream: &TcpStream) {
        let Some(head) = http::head(stream) else { return };
        let asked = head.and_then(|(head, rest)| Ok((http::parse(&head)?, rest)));
        let (is_shown, answer) = match asked {
            Err(refusal) => (true, Err(No::from(refusal))),
            Ok((request, rest)) => {
                let answer = self.guard.admit(&request).and_then(|asked| match asked {
                    Asked::Entry => Ok(self.enter()),
                    Asked::Read { path } => self.read(&path).or_else(|no| self.mistake(no, &path)),
                    Asked::Write { path } => {
                        let written = form(stream, &request, rest).and_then(|form| self.write(&path, form));
                        written.or_else(|no| self.mistake(no, &path))
                    }
                    Asked::Late { path } => self.late(&path, &form(stream, &request, rest)?, ""),
                    Asked::Again => self.again(form(stream, &request, rest)?),
                    Asked::Upload => {
                        let body = http::body(stream, &request, rest, LARGEST_FILE).map_err(No::from);
                        let _turn = lock(&self.turn);
                        let kind = request.field("content-type").unwrap_or_default();
                        let loaded = body.and_then(|body| self.upload(&Upload::read(kind, &body)?));
                        loaded.or_else(|no| self.mistake(no, guard::UPLOAD))
                    }
                });
                (request.method != Method::Head, answer)
            }
        };
        let refused = |No(status, why)| Reply::new(status, "text/plain; charset=utf-8", format!("{why}\n"));
        answer.unwrap_or_else(refused).send(stream, is_shown);
    }

    /// Why there is no page, for whoever is in: what happened, what can be done, and the way back.
    fn mistake(&self, No(status, why): No, path: &str) -> Answer {
        let (page, asked) = path.split_once('?').unwrap_or((path, ""));
        let context = json!({
            "titolo": match status {
                409 => "Non si può aprire".to_owned(),
                404 | 413 => capital(&why),
                _ => "Qualcosa non va".to_owned(),
            },
            "perche": sentence(&why),
            "stato": status,
            "di_un_file": page == guard::UPLOAD,
            "file": Form::read(asked).get("file"),
            "mb": LARGEST_FILE >> 20,
        });
        self.page("errore.html", status, context)
    }

    fn enter(&self) -> Reply {
        Reply::lead_to(&self.guard.folder).with("Set-Cookie", self.guard.cookie())
    }

    /// Pages change nothing.
    fn read(&self, path: &str) -> Answer {
        let (page, asked) = path.split_once('?').unwrap_or((path, ""));
        let asked = Form::read(asked);
        match page {
            "" => self.home(),
            "schede" => self.records(),
            "scheda" => self.record(&asked),
            "nuova" => self.blank(&asked, ""),
            "testo" => self.text(&asked),
            "allegati" => self.media(asked.get("file"), asked.get("testo"), ""),
            "elimina" => self.removal(&asked),
            "rinomina" => self.renaming(&asked, ""),
            "modifiche" => self.changes(&asked),
            "vai" => Ok(self.page_of(&asked)),
            "progetto" | "avviso" | "pagamenti" => self.grid(page, &asked, &[]),
            "servizi" => self.services(&asked),
            "pacchetto" => self.package(),
            "guida" => self.guide(asked.get("pagina")),
            "stile.css" => asset(page, "text/css; charset=utf-8"),
            _ if page.starts_with("media/") => self.picture(page),
            "editor.js" => asset(page, "text/javascript; charset=utf-8"),
            _ => Err(no(404, "la pagina non c'è")),
        }
    }

    /// What the preview of a text shows.
    fn picture(&self, path: &str) -> Answer {
        let vista = self.vista();
        match vista.store.entries.get(path).map(|entry| &entry.parsed) {
            Some(Parsed::Media(bytes)) => Ok(Reply::new(200, media_type(path), bytes.to_vec())),
            _ => Err(no(404, "il file non c'è")),
        }
    }

    /// A page of the guide, which is served from the first time that somebody asks for it.
    fn guide(&self, pagina: &str) -> Answer {
        let mut port = lock(&self.guida);
        if port.is_none() {
            let (preview, folder) = serve::guida::apri(0)?;
            *port = Some(preview.port);
            std::thread::spawn(move || {
                preview.run();
                drop(folder);
            });
        }
        let port = port.unwrap_or_default();
        Ok(Reply::lead_to(&format!("http://127.0.0.1:{port}/{}", serve::guida::pagina(pagina))))
    }

    fn write(&self, path: &str, form: Form) -> Answer {
        let form = &self.renamed(form);
        // Judging the records as if a form were saved writes nothing.
        match path {
            "prova" if form.get("vista").is_empty() => return self.trial(form),
            "prova" => return self.grid_trial(form),
            "leggi" => return Ok(read_aloud(form.get("testo"))),
            _ => {}
        }
        let _turn = lock(&self.turn);
        let answer = match path {
            "scheda" => self.save(form),
            "nuova" => self.create(form),
            "testo" => self.save_text(form),
            "elimina" => self.remove(form),
            "rinomina" => self.rename(form),
            "annulla" => self.undo(form),
            "griglia" => self.save_grid(form),
            "pubblica" => self.publish(),
            "consegna" => self.deliver(form),
            _ => Err(no(404, "la pagina non c'è")),
        };
        match answer {
            // Whatever somebody has typed is shown again.
            Err(No(status, why)) if guard::WRITTEN.contains(&path) => {
                Ok(Reply { status, ..self.unsaved(path, form, &why)? })
            }
            answer => answer,
        }
    }

    /// A page of the editor, with what all of them show.
    fn page(&self, template: &str, status: u16, mut context: Value) -> Answer {
        let vista = self.vista();
        context["anteprima"] = json!(self.preview);
        context["titolo_sito"] = json!(vista.titolo());
        context["piani"] = json!(vista.piani());
        context["errori"] = json!(vista.rilievi.iter().filter(|rilievo| rilievo.e_errore).count());
        self.render(template, status, &context)
    }

    fn render(&self, template: &str, status: u16, context: &Value) -> Answer {
        const NOT_MADE: No = no(500, "la pagina non si compone");
        let context = Context::from_serialize(context).map_err(|_| NOT_MADE)?;
        let html = self.tera.render(template, &context).map_err(|_| NOT_MADE)?;
        Ok(Reply::new(status, HTML, html))
    }

    /// Keeps the text that a form was made from; its fingerprint goes with the form.
    fn keep(&self, text: &str) -> String {
        let hash = impronta(text.as_bytes());
        let mut versions = lock(&self.versions);
        if !versions.iter().any(|(known, _)| *known == hash) {
            versions.push_back((hash.clone(), text.to_owned()));
            let oldest = versions.len().saturating_sub(VERSIONS);
            versions.drain(..oldest);
        }
        hash
    }

    fn kept(&self, hash: &str) -> Option<String> {
        lock(&self.versions).iter().find(|(known, _)| known == hash).map(|(_, text)| text.clone())
    }

    /// Shows what was written.
    fn show(&self, path: &Path) -> Result<(), String> {
        self.state.wrote(path).map_err(|error| error.to_string())
    }

    /// Writes all the files of a save; the number of the last one.
    fn put_all(&self, mut modifiche: Vec<Modifica>) -> Result<Option<u64>, String> {
        if modifiche.len() > 1 {
            let primo = self.registro.prossimo();
            modifiche.iter_mut().for_each(|modifica| modifica.insieme = Some(primo));
        }
        modifiche.iter().try_fold(None, |_, modifica| self.put(modifica).map(Some))
    }

    /// Writes a file of the content folder, or takes it away, keeps what undoes it, and shows it in the preview.
    fn put(&self, modifica: &Modifica) -> Result<u64, String> {
        let content = &self.state.request.content;
        let file = modifica.file.as_str();
        let path = content.join(file);
        let (prima, dopo) = (modifica.prima.as_deref(), modifica.dopo.as_deref());
        match (prima, dopo) {
            (None, Some(_)) => drop(place::for_new(content, file)?),
            _ => place::stays_inside(content, &path)?,
        }
        let numero = self.registro.scrivi(modifica)?;
        match (prima, dopo) {
            (Some(old), Some(new)) => rewrite(&path, file, old, new)?,
            (None, Some(new)) => scrivi_nuovi(content, &[(file.to_owned(), new.as_bytes().to_vec())])?,
            (_, None) => std::fs::remove_file(&path)
                .map_err(|cause| format!("non riesco a togliere `{file}`: {}", crate::io_message(&cause)))?,
        }
        self.show(&path)?;
        Ok(numero)
    }
}

fn form(stream: &TcpStream, request: &http::Request, rest: Vec<u8>) -> Result<Form, No> {
    let body = http::body(stream, request, rest, LARGEST_FORM)?;
    Ok(Form::read(&String::from_utf8_lossy(&body)))
}

/// A text in Markdown, as it will be saved and as a page will show it.
fn read_aloud(text: &str) -> Reply {
    const MENDED: &str = "<p class=\"lieve\">Nel testo c'è qualcosa di incollato: quando salvi, i segni d'elenco diventano \
                          un elenco e gli spazi speciali diventano spazi semplici.</p>";
    let saved = incollato::testo(text, true);
    let told = if saved == text { "" } else { MENDED };
    let html = markdown::render(&saved, markdown::Setting { heading: 3, root: "", anchors: false });
    Reply::new(200, HTML, format!("{told}{html}"))
}

fn asset(name: &str, kind: &'static str) -> Answer {
    let file = Pagine::get(name).ok_or(no(404, "la pagina non c'è"))?;
    Ok(Reply::new(200, kind, file.data))
}

impl Reply {
    fn new(status: u16, kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Reply { status, kind, fields: Vec::new(), body: body.into() }
    }

    /// After something was done: the browser asks for the page, and asking again does nothing.
    fn lead_to(to: &str) -> Self {
        Reply::new(303, HTML, "").with("Location", to.to_owned())
    }

    fn to(page: &str, asked: &[(&str, &str)]) -> Self {
        Reply::lead_to(&address(page, asked))
    }

    fn json(value: &Value) -> Self {
        Reply::new(200, "application/json", value.to_string())
    }

    fn with(mut self, name: &'static str, value: String) -> Self {
        self.fields.push((name, value));
        self
    }

    fn send(&self, stream: &TcpStream, is_shown: bool) {
        let own = self.fields.iter().map(|(name, value)| (*name, value.as_str()));
        let fields = [
            ("Content-Type", self.kind),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", POLICY),
            // With less a browser would not say from which page a form comes.
            ("Referrer-Policy", "same-origin"),
            ("X-Content-Type-Options", "nosniff"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ];
        let is_own = |name: &str| self.fields.iter().any(|(own, _)| *own == name);
        let fields: Vec<(&str, &str)> = fields.into_iter().filter(|(name, _)| !is_own(name)).chain(own).collect();
        http::answer(stream, self.status, &fields, &self.body, is_shown);
    }
}
