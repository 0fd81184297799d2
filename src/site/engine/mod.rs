//! The site that routes are made from, and how the bytes of one come to be published.

pub mod cornice;
mod immagine;
mod jsonld;
mod page;
mod rifinitura;
mod rifiuto;
mod route;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use tera::Value;

use super::indice_regole::Indice;
use crate::audit::scan::Fault;
use crate::check::riservatezza;
use crate::conformita::Conformita;
use crate::plan::Plan;
use crate::print::opera::{Fatta, compi};
use crate::report::{Diagnostic, Place, Target};
use crate::theme::{self, Theme};
use crate::value::Chiave;
pub use immagine::{GENERI, SITO};
pub use jsonld::{Schema, breve, inizio};
pub use page::{Briciola, Foglio, Innesto, Page, Rendered, briciola};
pub use rifiuto::rifiutato;
use route::Make;
pub(super) use route::Serve;
pub use route::{
    Condivisi, DatiFatti, Edizione, Failure, FileDiDati, IndiceDiRicerca, Letture, NIENTE, Presta, Proof, Route,
    media_type,
};

/// What servers show where there is no page.
pub const NON_TROVATA: &str = "404.html";

/// What a page may load: its own files, and nothing written inside it. Every page says it, since nobody knows who will
/// serve them; `serve` says it too.
pub const POLITICA: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; \
                            connect-src 'self'; base-uri 'none'; form-action 'self'";

/// A plan, the theme that shows it, and every file that is published.
pub struct Site {
    pub plan: Arc<Plan>,
    /// What the rules of the norms say of the plan.
    pub conformita: Conformita,
    pub theme: Arc<Theme>,
    /// Every file of the site, by its path.
    pub routes: BTreeMap<String, Route>,
    /// Where each rule of a period is shown, and what was said of each record.
    pub(in super::super) indici: Vec<Indice>,
    /// What every page is given: the fields of `sito.yaml`, the plans with their sections, the pages of the whole site.
    pub(in super::super) sito: Value,
    pub(in super::super) piani: Value,
    pub(in super::super) generali: Value,
    /// The plans one by one, in the order of time, and the pages that each has for its menu.
    pub(in super::super) periodi: Vec<Value>,
    pub(in super::super) sezioni: Vec<Vec<Briciola>>,
    /// The pages of the whole site that are no texts, and what they say of themselves.
    pub(in super::super) elenchi: Vec<(Briciola, &'static str)>,
    /// What lists show of each body, in the order of the plan: most are in many lists.
    pub(in super::super) enti: Vec<Value>,
    /// The pages that only lead on, and where each of them leads, from the root of the site.
    pub(in super::super) inoltri: BTreeMap<String, String>,
    /// What may be published of contacts and codes, as `privacy` writes them.
    pub(in super::super) ammessi: HashSet<Box<str>>,
}

impl Site {
    /// The path of the site on its host, with a slash at both ends; without an address it has the host for itself.
    pub fn base_path(&self) -> &str {
        base_of(self.plan.indirizzo.as_deref())
    }

    /// The way from a page up to the root of the site: `../../`. The error page is shown at any address, so it begins
    /// at the host.
    pub(in super::super) fn root_of(&self, path: &str) -> String {
        if path == NON_TROVATA {
            return self.base_path().to_owned();
        }
        "../".repeat(path.bytes().filter(|&b| b == b'/').count())
    }

    /// Where the logo stands in the site.
    pub(in super::super) fn logo_path(&self) -> &str {
        &self.plan.sito.logo.file
    }

    /// What lists show of a body; a copy is only a reference.
    pub(in super::super) fn ente(&self, i: usize) -> Value {
        self.enti[i].clone()
    }

    /// The final bytes of a route, a page in its frame, and nothing personal in them.
    pub fn make(&self, route: &Route, condivisi: &Condivisi) -> Result<Vec<u8>, Failure> {
        Ok(self.make_unless(route, condivisi, NIENTE)?.0)
    }

    /// The same where somebody may lend what has to be set in type, with the key of what it was made from.
    pub fn make_unless(
        &self,
        route: &Route,
        condivisi: &Condivisi,
        presta: &Presta,
    ) -> Result<(Vec<u8>, Option<Chiave>), Failure> {
        let path = route.path.as_str();
        match &route.make {
            Make::Written(make) => Ok((self.proved(route, make(self, path, condivisi)?)?, None)),
            Make::Typeset(scelta) => {
                let opera = scelta(self, path, condivisi)?;
                let Fatta { bytes, chiave, testi } = compi(&*opera, |key| presta(path, key))
                    .map_err(|refused| rifiutato(self, path, opera.modello(), refused))?;
                let problems = riservatezza::composto(path, &bytes, testi, &self.ammessi);
                if problems.is_empty() { Ok((bytes, Some(chiave))) } else { Err(Failure { problems, page: None }) }
            }
        }
    }

    /// The bytes as they are published.
    fn proved(&self, route: &Route, mut bytes: Vec<u8>) -> Result<Vec<u8>, Failure> {
        if route.proof == Proof::Page {
            let html = String::from_utf8(bytes).map_err(|_| {
                let problem = Diagnostic::error("M-02", "la pagina composta non è testo");
                Box::new(problem.at(Place::file(route.path.clone())))
            })?;
            match cornice::pagina(self, &route.path, &html) {
                Ok(page) => bytes = rifinitura::rifinisci(&page, &self.theme.sheets(rifinitura::PARTI)).into_bytes(),
                Err(fault) => {
                    let problem = self.unreadable(&route.path, &html, &fault);
                    return Err(Failure::of_page(&route.path, vec![problem], html));
                }
            }
        }
        // Files that are published as they are were searched for personal data among the records and in the theme.
        if self.plan.media.contains_key(&route.path) || self.theme.assets.contains_key(&route.path) {
            return Ok(bytes);
        }
        // A sheet has the words of its CSV, which is read like all the others.
        if route.path.ends_with(".xlsx") {
            return Ok(bytes);
        }
        let mut problems = riservatezza::pubblicato(&route.path, &bytes, &self.ammessi);
        if problems.is_empty() {
            return Ok(bytes);
        }
        let text = String::from_utf8(bytes).unwrap_or_default();
        for place in problems.iter_mut().flat_map(|problem| &mut problem.place).filter(|place| place.file == route.path)
        {
            let Target::Span(span) = &place.target else { continue };
            if let Some((file, span)) = self.theme.find(&text, span.clone()) {
                *place = Place::span(file, span);
            }
        }
        Err(Failure::of_page(&route.path, problems, text))
    }

    /// Why a page or a drawing cannot be put into its frame, at the place in the template where that can be told.
    pub(in super::super) fn unreadable(&self, path: &str, text: &str, fault: &Fault) -> Diagnostic {
        let own = [Some(&fault.span), fault.or.as_ref()].into_iter().flatten();
        let found: Vec<_> = own.filter_map(|span| self.theme.find(text, span.clone())).collect();
        let place = found.iter().find(|(file, _)| !theme::is_builtin(file)).or(found.first());
        let problem =
            Diagnostic::error("A-03", format!("in `{path}` frase e logo potrebbero non vedersi: {}", fault.why)).help(
                "correggi il modello: concilia li mette in fondo alla pagina, se i browser la leggono com'è scritta",
            );
        match place {
            Some((file, span)) => problem.at(Place::span(*file, span.clone())),
            // It comes from a template, and stands elsewhere on every page.
            None => problem.at(Place::span(path, fault.span.clone())).cause(fault.why.to_string()),
        }
    }
}

/// The path of an address on its host.
pub fn base_of(address: Option<&str>) -> &str {
    let address = address.unwrap_or_default();
    let host = address.find("://").map_or(0, |scheme| scheme + "://".len());
    let path = address[host..].find('/').map_or("/", |path| &address[host + path..]);
    // Two slashes at the beginning would name another host.
    &path[path.len() - path.trim_start_matches('/').len() - 1..]
}

/// The address of a page: folders end with a slash.
pub fn address_of(path: &str) -> &str {
    path.strip_suffix("index.html").unwrap_or(path)
}
