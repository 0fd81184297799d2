//! The seven stages, called in order.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::check;
use crate::conformita;
use crate::input::folder;
use crate::input::source::ContentError;
use crate::input::store::Store;
use crate::plan::{self, Plan};
use crate::print::tipografia::turni;
use crate::publish::{Outcome, Publication, PublishError};
use crate::quiet::lock;
use crate::report::{Diagnostic, Report, Texts};
use crate::site::{Condivisi, NIENTE, Presta, Route, Site, collegamenti};
use crate::theme::{self, Theme};
use crate::value::Chiave;
use crate::value::is_web_address;
use crate::yaml::front_matter;

/// What a user asks for.
#[derive(Debug, Clone)]
pub struct Request {
    pub content: PathBuf,
    /// Over `indirizzo` of `sito.yaml`.
    pub base_url: Option<String>,
    /// Over `tema` of `sito.yaml`.
    pub theme: Option<String>,
}

/// Records that were read, resolved and judged, and the site they make if there is one.
pub struct Prepared {
    pub store: Store,
    pub report: Report,
    /// Absent where errors leave nothing to show.
    pub site: Option<Site>,
    /// What routes share, as far as routes were made.
    pub condivisi: Condivisi,
    theme: Option<Arc<Theme>>,
    /// Pages that were refused, by path: messages point into them.
    refused: BTreeMap<String, String>,
}

/// What a build did.
pub enum Built {
    Published {
        outcome: Outcome,
        files: usize,
    },
    /// Errors were found: nothing was published.
    Refused,
}

impl Request {
    fn content_name(&self) -> String {
        folder::shown(&self.content).trim_end_matches('/').to_owned()
    }

    /// The folder of the theme over the built-in one, if any.
    pub fn theme_folder(&self, plan: &Plan) -> Option<PathBuf> {
        let named = self.theme.as_deref().or(plan.sito.tema.as_ref().map(|id| id.as_str()));
        let folder = named.map(|name| (name, theme::folder_of(&self.content, name)));
        // The built-in theme needs no folder.
        folder.filter(|(name, folder)| *name != theme::BUILTIN || folder.exists()).map(|(_, folder)| folder)
    }
}

/// Stages 1 to 4: from files to a plan that was judged.
pub fn prepare(request: &Request) -> Result<Prepared, ContentError> {
    Ok(judge(request, Store::load(&request.content)?))
}

/// Stages 3 and 4 alone, of records that are as they are, or as somebody would write them.
pub fn judge(request: &Request, store: Store) -> Prepared {
    let mut report = Report::default();
    let plan = plan::resolve(&store, &request.content_name(), request.base_url.as_deref(), &mut report);
    let mut prepared =
        Prepared { store, report, site: None, condivisi: Condivisi::default(), theme: None, refused: BTreeMap::new() };
    let guasti = collegamenti::spoilt(&prepared.report, &request.content_name());
    // Of every file, also where there is no plan: nothing personal waits for another mistake to be mended.
    check::riservatezza::judge(&prepared.store, &mut prepared.report);
    let Some(plan) = plan else { return prepared };
    check::run(&plan, &mut prepared.report);
    let conformita = conformita::judge(&plan, &mut prepared.report);
    let theme = match Theme::shared(request.theme_folder(&plan).as_deref()) {
        Ok(theme) => theme,
        Err(problems) => {
            prepared.report.extend(problems);
            return prepared;
        }
    };
    prepared.theme = Some(Arc::clone(&theme));
    prepared.report.extend(check::sito::tema_usato(&plan, &theme));
    prepared.report.extend(theme.inline());
    let ammessi = check::riservatezza::ammessi(&prepared.store);
    check::riservatezza::tema(&theme, &ammessi, &mut prepared.report);
    match Site::new(Arc::new(plan), conformita, theme, ammessi) {
        Ok(site) => {
            collegamenti::vivi(&site, &guasti, &mut prepared.report);
            prepared.site = Some(site).filter(|_| !prepared.report.has_errors());
        }
        Err(problems) => prepared.report.extend(problems),
    }
    prepared
}

impl Prepared {
    /// Stages 5 and 6: every route rendered and proved, its bytes handed to `keep`.
    ///
    /// All are evaluated, so that all problems are known; the first failure of `keep` ends it. It gets the key of what
    /// was set in type too; what is lent under the same key is not set again.
    pub fn evaluate<E: Send>(
        &mut self,
        typeset: bool,
        presta: &Presta,
        keep: impl Fn(&str, &[u8], Option<Chiave>) -> Result<(), E> + Sync,
    ) -> Result<(), E> {
        let Some(site) = &self.site else { return Ok(()) };
        let failures: Mutex<(Vec<Diagnostic>, BTreeMap<String, String>)> = Mutex::default();
        let chosen = || site.routes.values().filter(|route| typeset || !route.is_typeset());
        self.condivisi.prepare(site, chosen());
        let condivisi = &self.condivisi;
        let make = |route: &Route| match site.make_unless(route, condivisi, presta) {
            Ok((bytes, key)) => keep(&route.path, &bytes, key),
            Err(failure) => {
                let mut failures = lock(&failures);
                failures.0.extend(failure.problems);
                failures.1.extend(failure.page);
                Ok(())
            }
        };
        let (set, written): (Vec<&Route>, Vec<&Route>) = chosen().partition(|route| route.is_typeset());
        written.into_par_iter().try_for_each(make)?;
        // Nothing is set any more once something could not be kept.
        let stopped = AtomicBool::new(false);
        let turn = |_, route: &&Route| {
            if stopped.load(Ordering::Relaxed) {
                return Ok(());
            }
            make(route).inspect_err(|_| stopped.store(true, Ordering::Relaxed))
        };
        turni::ciascuno(&set, turn).into_iter().collect::<Result<(), E>>()?;
        let (problems, refused) = failures.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.report.extend(once_each(problems));
        self.refused = refused;
        Ok(())
    }

    /// Stages 5 and 6 alone, for `check`. Setting type costs more than all the rest, so it has to be asked for.
    pub fn prove(&mut self, typeset: bool) {
        let Ok(()) = self.evaluate(typeset, NIENTE, |_, _, _| Ok::<(), std::convert::Infallible>(()));
    }

    /// Stages 5 to 7.
    pub fn publish(&mut self, request: &Request, out: &Path, strict: bool) -> Result<Built, PublishError> {
        if self.stops(strict) {
            return Ok(Built::Refused);
        }
        let theme = self.site.as_ref().and_then(|site| request.theme_folder(&site.plan));
        let theme = theme.filter(|folder| folder.exists());
        let protected: Vec<&Path> = std::iter::once(request.content.as_path()).chain(theme.as_deref()).collect();
        let publication = Publication::begin(out, &protected)?;
        let lent = |path: &str, key: &Chiave| publication.lend(path, key);
        self.evaluate(true, &lent, |path, bytes, key| publication.write_made(path, bytes, key))?;
        if self.stops(strict) {
            return Ok(Built::Refused);
        }
        let outcome = publication.commit()?;
        Ok(Built::Published { outcome, files: self.site.as_ref().map_or(0, |site| site.routes.len()) })
    }

    /// Whether the findings stop the publication.
    pub fn stops(&self, strict: bool) -> bool {
        self.report.has_errors() || (strict && self.report.counts().warnings > 0)
    }

    /// The texts that the report points into.
    pub fn texts(&self) -> Texts {
        self.texts_of(|_| true)
    }

    /// The texts that some of the findings point into: a thousand files are not read again for what nobody shows.
    pub fn texts_of(&self, wanted: impl Fn(&Diagnostic) -> bool) -> Texts {
        let found = self.report.diagnostics().iter().filter(|diagnostic| wanted(diagnostic));
        found_texts(found, self.theme.as_deref(), &self.refused)
    }
}

/// One route alone; where it cannot be made, what is wrong and the texts that this points into.
pub fn make_one(
    site: &Site,
    route: &Route,
    condivisi: &Condivisi,
    presta: &Presta,
) -> Result<(Vec<u8>, Option<Chiave>), (Report, Texts)> {
    site.make_unless(route, condivisi, presta).map_err(|failure| {
        let mut report = Report::default();
        report.extend(failure.problems);
        let texts = found_texts(report.diagnostics(), Some(&site.theme), &failure.page.into_iter().collect());
        (report, texts)
    })
}

/// One message for a mistake in a template, which shows on many pages: problems are one if they have the same cause, or
/// else the same place, or else the same words.
fn once_each(problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut causes: BTreeMap<_, Vec<Diagnostic>> = BTreeMap::new();
    for problem in problems {
        let place = problem.place.as_ref().filter(|_| problem.cause.is_none());
        let place = place.map(|place| format!("{place:?}"));
        let words = problem.cause.clone().or_else(|| place.is_none().then(|| problem.message.clone()));
        causes.entry((problem.code.clone(), place, words)).or_default().push(problem);
    }
    let one = |found: Vec<Diagnostic>| {
        let others = match found.len() - 1 {
            0 => String::new(),
            1 => " (e un'altra pagina)".to_owned(),
            others => format!(" (e altre {others} pagine)"),
        };
        // The same choice on every run, whatever thread came first.
        let mut problem = found.into_iter().min_by(|a, b| a.message.cmp(&b.message))?;
        problem.message.push_str(&others);
        Some(problem)
    };
    causes.into_values().filter_map(one).collect()
}

/// Texts of the files that a report names, read again for their excerpts.
fn found_texts<'d>(
    found: impl IntoIterator<Item = &'d Diagnostic>,
    theme: Option<&Theme>,
    refused: &BTreeMap<String, String>,
) -> Texts {
    let mut texts = Texts::new();
    for diagnostic in found {
        for place in diagnostic.place.iter().chain(diagnostic.related.iter().map(|(place, _)| place)) {
            if texts.contains_key(&place.file) {
                continue;
            }
            let theirs = theme.and_then(|theme| theme.source(&place.file)).map(str::to_owned);
            let page = || refused.get(&place.file).cloned();
            if let Some(text) = theirs.or_else(page).or_else(|| read_record(&place.file)) {
                let yaml = match place.file.ends_with(".md") {
                    true => front_matter(&text).map_or(0..0, |(front, _)| front),
                    false => 0..text.len(),
                };
                texts.insert(place.file.clone(), (text, yaml));
            }
        }
    }
    texts
}

/// Excerpts come from texts of the size of a record, read as the records are; what is no UTF-8 is shown where it stands.
fn read_record(file: &str) -> Option<String> {
    const MAX_BYTES: u64 = 8 << 20;
    let metadata = std::fs::metadata(file).ok()?;
    if !metadata.is_file() || metadata.len() > MAX_BYTES {
        return None;
    }
    let text = match String::from_utf8(std::fs::read(file).ok()?) {
        Ok(text) => text,
        Err(error) if [".yaml", ".md"].iter().any(|end| file.ends_with(end)) => {
            String::from_utf8_lossy(error.as_bytes()).into_owned()
        }
        Err(_) => return None,
    };
    Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Whether an address can be that of a site.
pub fn is_base_url(address: &str) -> bool {
    is_web_address(address) && !address.contains(['?', '#'])
}
