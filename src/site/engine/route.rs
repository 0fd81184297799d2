//! One file of the published site: where it lies, what it is made from, and how its bytes show phrase and logo.
//!
//! What many routes share is no part of the site: whoever makes routes makes it before them, in [`Condivisi`], and a
//! route is handed the one part that it is written for. Routes can then be made side by side, none waits for another.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::Site;
use crate::print::documento::blocchi::Documento;
use crate::print::opera::Opera;
use crate::report::Diagnostic;
use crate::value::Chiave;

/// The bytes of a route before they are framed and read.
pub type Made = Result<Vec<u8>, Box<Diagnostic>>;

/// What could be read in each file of `media/`, by its path.
pub type Letture = BTreeMap<String, String>;

/// Gives the bytes that a route had when it was made from the same, if somebody kept them.
pub type Presta<'a> = dyn Fn(&str, &Chiave) -> Option<Vec<u8>> + Sync + 'a;

/// Nothing was kept.
pub const NIENTE: &Presta<'static> = &|_, _| None;

/// The document of a period as it is set, and what its page shows of it.
pub struct Edizione {
    /// The plan on one page, as markup.
    pub in_breve: String,
    /// The pages of the site that headings of the document have too, by their anchors.
    pub pagine: BTreeMap<String, String>,
    pub documento: Documento,
}

/// A dataset as it is published.
pub struct DatiFatti {
    pub righe: usize,
    /// The first rows, in the words of people.
    pub anteprima: Vec<Vec<Option<String>>>,
    /// By their ending: `csv`.
    pub file: BTreeMap<&'static str, FileDiDati>,
}

pub struct FileDiDati {
    pub bytes: Vec<u8>,
    pub sha256: String,
}

/// The pieces of the index of the search, ready to be written.
pub struct IndiceDiRicerca {
    pub testa: String,
    pub termini: Vec<String>,
    pub documenti: Vec<String>,
}

/// What a route needs of what many share.
pub(in super::super) enum Serve {
    Niente,
    Letture,
    Indice,
    /// The document of a period.
    Edizione(usize),
    /// Some of the datasets, by their place in the list.
    Dati(Range<usize>),
}

/// What the typesetter is to set.
type Scelta<'a> = Result<Box<dyn Opera + 'a>, Box<Diagnostic>>;

type Scrivi = Box<dyn Fn(&Site, &str, &Condivisi) -> Made + Send + Sync>;
type Scegli = Box<dyn for<'a> Fn(&'a Site, &str, &'a Condivisi) -> Scelta<'a> + Send + Sync>;

/// What makes the bytes, from the site and what the route needs.
pub(in super::super) enum Make {
    Written(Scrivi),
    Typeset(Scegli),
}

/// One file of the published site.
pub struct Route {
    /// Its path, with `/`: `2017-2018/progetti/win/index.html`.
    pub path: String,
    pub(in super::super) serve: Serve,
    pub(in super::super) make: Make,
    pub proof: Proof,
    /// Whether it is a page to be found: those that only lead on to another are not.
    pub listed: bool,
}

/// How the final bytes come to show phrase and logo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// In the frame of a page.
    Page,
    /// In the frame of a drawing.
    Chart,
    /// Proved on the laid-out pages by the typesetter: in the bytes of a PDF letters are only numbers of glyphs.
    Typeset,
    /// Data, styles, scripts and media carry no attribution.
    Exempt,
}

/// What browsers call the content of a file, by its ending.
pub fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "woff2" => "font/woff2",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "pdf" => "application/pdf",
        "json" => "application/json",
        "jsonld" => "application/ld+json",
        "csv" => "text/csv; charset=utf-8",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

impl Route {
    pub(in super::super) fn of(
        path: String,
        proof: Proof,
        serve: Serve,
        make: impl Fn(&Site, &str, &Condivisi) -> Made + Send + Sync + 'static,
    ) -> Self {
        Route { path, serve, make: Make::Written(Box::new(make)), proof, listed: proof == Proof::Page }
    }

    pub(in super::super) fn data(path: String, make: impl Fn(&Site, &str) -> Made + Send + Sync + 'static) -> Self {
        Route::of(path, Proof::Exempt, Serve::Niente, move |site, path, _| make(site, path))
    }

    pub(in super::super) fn typeset(
        path: String,
        serve: Serve,
        scelta: impl for<'a> Fn(&'a Site, &str, &'a Condivisi) -> Scelta<'a> + Send + Sync + 'static,
    ) -> Self {
        Route { path, serve, make: Make::Typeset(Box::new(scelta)), proof: Proof::Typeset, listed: false }
    }

    /// Set by the typesetter: a document or a card.
    pub fn is_typeset(&self) -> bool {
        self.proof == Proof::Typeset
    }

    /// Whether it is made with something that others need too.
    pub fn shares(&self) -> bool {
        !matches!(self.serve, Serve::Niente)
    }
}

/// By their number; of one that cannot be made, why.
type Resi<T> = BTreeMap<usize, Arc<Result<T, Box<Diagnostic>>>>;

/// What many routes share, as far as it was made; [`Condivisi::prepare`] makes what some routes need.
#[derive(Clone, Default)]
pub struct Condivisi {
    pub letture: Option<Arc<Letture>>,
    pub(in super::super) indice: Option<Arc<IndiceDiRicerca>>,
    /// By period.
    pub(in super::super) edizioni: Resi<Edizione>,
    /// By their place in the list of the datasets.
    pub(in super::super) dati: Resi<DatiFatti>,
}

impl Condivisi {
    pub(in super::super) fn letture(&self, path: &str) -> Result<&Letture, Box<Diagnostic>> {
        self.letture.as_deref().ok_or_else(|| unprepared(path))
    }

    pub(in super::super) fn indice(&self, path: &str) -> Result<&IndiceDiRicerca, Box<Diagnostic>> {
        self.indice.as_deref().ok_or_else(|| unprepared(path))
    }

    pub(in super::super) fn edizione(&self, p: usize, path: &str) -> Result<&Edizione, Box<Diagnostic>> {
        reso(&self.edizioni, p, path)
    }

    pub(in super::super) fn dati(&self, i: usize, path: &str) -> Result<&DatiFatti, Box<Diagnostic>> {
        reso(&self.dati, i, path)
    }
}

fn reso<'a, T>(resi: &'a Resi<T>, i: usize, path: &str) -> Result<&'a T, Box<Diagnostic>> {
    let reso = resi.get(&i).ok_or_else(|| unprepared(path))?;
    (**reso).as_ref().map_err(Box::clone)
}

fn unprepared(path: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::error("M-02", format!("ciò che serve a `{path}` non è stato preparato")))
}

/// Why a route has no bytes to publish.
pub struct Failure {
    pub problems: Vec<Diagnostic>,
    /// The page that was refused, for the excerpts of messages that point into it.
    pub page: Option<(String, String)>,
}

impl From<Box<Diagnostic>> for Failure {
    fn from(problem: Box<Diagnostic>) -> Self {
        Failure { problems: vec![*problem], page: None }
    }
}

impl Failure {
    pub(in super::super) fn of_page(path: &str, problems: Vec<Diagnostic>, text: String) -> Self {
        let points_here = problems.iter().flat_map(|problem| &problem.place).any(|place| place.file == path);
        Failure { problems, page: points_here.then(|| (path.to_owned(), text)) }
    }
}
