//! What is served now: the last good site, and the problems of the records as they are.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{ErrorKind, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use crate::input::source::ContentError;
use crate::input::store::Store;
use crate::pipeline::{self, Prepared, Request};
use crate::quiet::lock;
use crate::report::{self, Format, Place, Report, Severity, Target, Texts};
use crate::site::{Condivisi, NIENTE, Proof, Route, Site};
use crate::value::{Chiave, impronta};

/// A site, and what was made for its routes.
pub struct Edition {
    pub site: Site,
    /// What routes share, as far as browsers asked for it: a first page must not wait for the index of the search.
    condivisi: Mutex<Condivisi>,
    /// A page of it could not be made: later editions do not fall back on it.
    failed: AtomicBool,
    /// One document at a time: Typst spreads each over all processors.
    set: Arc<Mutex<LastSet>>,
}

/// Pages that wait for a change. A browser beyond these takes the place of the one that has waited longest, which
/// comes back by itself.
const LISTENERS: usize = 64;

/// The bytes of a route and what they must show, or what is wrong with them.
type Made = Result<(Vec<u8>, Proof), Vec<String>>;

/// What a request sees.
#[derive(Clone)]
pub struct View {
    /// The newest site without errors in its records, and the one before it.
    pub edition: Option<Arc<Edition>>,
    pub earlier: Option<Arc<Edition>>,
    /// The errors of the records, one text each; empty while all is well.
    pub errors: Arc<Vec<String>>,
    /// All the findings, with the texts that errors and places by their bytes point into.
    pub findings: Arc<(Report, Texts)>,
    /// Grows with every change: browsers compare it.
    pub generation: u64,
}

/// What was set in type last, by path, with the key of what it was made from: it is set again only if that changes.
type LastSet = BTreeMap<String, (Chiave, Vec<u8>)>;

pub struct State {
    pub request: Request,
    store: Mutex<Store>,
    /// One reading at a time: a later one goes on from what the one before has found. Never taken by a thread of the pool:
    /// whoever holds it waits for the pool.
    reading: Mutex<()>,
    view: RwLock<View>,
    said: Mutex<String>,
    set: Arc<Mutex<LastSet>>,
    /// The address of the editor, where there is one.
    pub editor: OnceLock<String>,
    /// The fingerprints of files that the editor has written and shown; none of what it took away.
    own: Mutex<BTreeMap<PathBuf, Option<String>>>,
    /// Browsers that wait for a change.
    listeners: Mutex<Vec<TcpStream>>,
}

impl State {
    pub fn start(request: Request) -> Result<Self, ContentError> {
        let prepared = pipeline::prepare(&request)?;
        let view =
            View { edition: None, earlier: None, errors: Arc::default(), findings: Arc::default(), generation: 0 };
        let state = State {
            request,
            store: Mutex::default(),
            reading: Mutex::default(),
            view: RwLock::new(view),
            said: Mutex::default(),
            set: Arc::default(),
            editor: OnceLock::new(),
            own: Mutex::default(),
            listeners: Mutex::default(),
        };
        state.show(prepared, true);
        Ok(state)
    }

    pub fn view(&self) -> View {
        self.view.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The records as they were last read.
    pub fn store(&self) -> Store {
        lock(&self.store).clone()
    }

    /// Reads and shows what the editor has written itself: what the system tells of it later is no news.
    pub fn wrote(&self, file: &Path) -> Result<(), ContentError> {
        lock(&self.own).insert(file.to_owned(), fingerprint(file));
        let _turn = lock(&self.reading);
        // Always by the same few threads: each that judges records keeps the memory that it needed.
        rayon::scope(|_| {
            let store = self.store();
            let store = match store.reread(file) {
                Some(store) => store,
                None => store.refreshed(&self.request.content, &BTreeSet::from([file.to_owned()]))?,
            };
            self.show(pipeline::judge(&self.request, store), false);
            self.announce();
            Ok(())
        })
    }

    /// Whether all of these files are as the editor left them, or hidden: then they were shown already.
    pub fn is_known(&self, changed: &BTreeSet<PathBuf>) -> bool {
        let mut own = lock(&self.own);
        let is_hidden = |file: &Path| file.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        let is_own = |file: &Path| own.get(file).is_some_and(|known| *known == fingerprint(file));
        let is_known = !changed.is_empty() && changed.iter().all(|file| is_hidden(file) || is_own(file));
        if !is_known {
            // Somebody may write again what the editor wrote: that will be news.
            own.retain(|file, _| !changed.contains(file));
        }
        is_known
    }

    /// Reads what changed, and shows it.
    pub fn refresh(&self, changed: &BTreeSet<PathBuf>) -> Result<(), ContentError> {
        let _turn = lock(&self.reading);
        let store = self.store().refreshed(&self.request.content, changed)?;
        self.show(pipeline::judge(&self.request, store), true);
        self.announce();
        Ok(())
    }

    /// Shows why nothing can be read, over the last good pages. What was read is forgotten: whatever comes back is read
    /// as if it were new.
    pub fn fail(&self, error: &ContentError) {
        *lock(&self.store) = Store::default();
        let mut view = self.view.write().unwrap_or_else(PoisonError::into_inner);
        view.errors = Arc::new(vec![format!("errore: {error}")]);
        view.generation += 1;
        drop(view);
        self.announce();
    }

    /// `is_told`: on the terminal too. What the editor writes is told in its pages, and nobody waits for the rest.
    fn show(&self, prepared: Prepared, is_told: bool) {
        let by_bytes = |place: &Place| matches!(place.target, Target::Span(_));
        let texts = match is_told {
            true => prepared.texts(),
            false => prepared
                .texts_of(|found| found.severity == Severity::Error || found.place.as_ref().is_some_and(by_bytes)),
        };
        if is_told {
            let mut text = report::render(&prepared.report, &texts, Format::Brief, false);
            if !prepared.report.is_empty() {
                text.push_str(&format!("\n{}", prepared.report.counts().summary()));
            }
            *lock(&self.said) = text;
        }
        let errors = one_by_one(&prepared.report.errors(), &texts);
        let Prepared { store, report, site, .. } = prepared;
        *lock(&self.store) = store;
        let mut view = self.view.write().unwrap_or_else(PoisonError::into_inner);
        // Nobody waits while a site of a thousand projects is taken apart.
        let past = (view.earlier.clone(), Arc::clone(&view.findings));
        if let Some(site) = site {
            if let Some(good) = view.edition.take().filter(|edition| !edition.failed.load(Ordering::Relaxed)) {
                view.earlier = Some(good);
            }
            view.edition = Some(Arc::new(Edition {
                site,
                condivisi: Mutex::default(),
                failed: AtomicBool::new(false),
                set: Arc::clone(&self.set),
            }));
        }
        view.errors = Arc::new(errors);
        view.findings = Arc::new((report, texts));
        view.generation += 1;
        drop(view);
        rayon::spawn(move || drop(past));
    }

    /// Says the findings of the last reading, once.
    pub fn tell(&self, say: &dyn Fn(&str)) {
        let text = std::mem::take(&mut *lock(&self.said));
        if !text.is_empty() {
            say(&text);
        }
    }

    /// A browser that wants to be told of changes.
    pub fn listen(&self, mut browser: TcpStream) {
        // Nobody waits for a browser: one that does not read what it is told is dropped.
        if browser.set_nonblocking(true).is_err() {
            return;
        }
        // Locked before it is told the generation: a change before it is in the list would never reach it.
        let mut listeners = lock(&self.listeners);
        if !told(&mut browser, self.view().generation) {
            return;
        }
        listeners.retain(is_there);
        let most = listeners.len().min(LISTENERS - 1);
        let gone = listeners.len() - most;
        listeners.drain(..gone);
        listeners.push(browser);
    }

    fn announce(&self) {
        let generation = self.view().generation;
        lock(&self.listeners).retain_mut(|browser| told(browser, generation));
    }
}

fn fingerprint(file: &Path) -> Option<String> {
    std::fs::read(file).ok().map(|bytes| impronta(&bytes))
}

fn told(browser: &mut TcpStream, generation: u64) -> bool {
    browser.write_all(format!("data: {generation}\n\n").as_bytes()).is_ok()
}

/// Whether a browser that waits has not closed the connection; it has nothing to say.
fn is_there(browser: &TcpStream) -> bool {
    browser.peek(&mut [0]).is_err_and(|error| error.kind() == ErrorKind::WouldBlock)
}

impl Edition {
    /// Sets one document at a time, and none that is made from the same as before.
    fn make_route(&self, route: &Route, condivisi: &Condivisi) -> Result<Vec<u8>, (Report, Texts)> {
        if !route.is_typeset() {
            return Ok(pipeline::make_one(&self.site, route, condivisi, NIENTE)?.0);
        }
        let mut set = lock(&self.set);
        let last = set.remove(&route.path);
        let lent =
            |_: &str, key: &Chiave| last.as_ref().filter(|(theirs, _)| theirs == key).map(|(_, set)| set.clone());
        let (bytes, key) = pipeline::make_one(&self.site, route, condivisi, &lent)?;
        set.extend(key.map(|key| (route.path.clone(), (key, bytes.clone()))));
        Ok(bytes)
    }

    /// The bytes of a route, or what is wrong with them.
    pub fn make(&self, path: &str) -> Option<Made> {
        let route = self.site.routes.get(path)?;
        let condivisi = if route.shares() {
            let mut kept = lock(&self.condivisi);
            kept.prepare(&self.site, [route]);
            kept.clone()
        } else {
            Condivisi::default()
        };
        Some(self.make_route(route, &condivisi).map(|bytes| (bytes, route.proof)).map_err(|(report, texts)| {
            self.failed.store(true, Ordering::Relaxed);
            one_by_one(&report, &texts)
        }))
    }
}

/// Each finding as a text of its own, in the order of the report.
fn one_by_one(report: &Report, texts: &Texts) -> Vec<String> {
    report::sorted(report, texts)
        .into_iter()
        .map(|located| {
            let mut alone = Report::default();
            alone.add(located.diagnostic.clone());
            report::render(&alone, texts, Format::Human, false)
        })
        .collect()
}
