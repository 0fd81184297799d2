//! Stage 5: named routes, each a function from the plan to bytes.
//!
//! `build` evaluates all of them in parallel, `serve` only the one that a browser asks for.

mod alleanze;
mod allegati;
mod ancore;
mod avvisi;
mod cartoline;
mod catalogo;
pub mod collegamenti;
mod concessioni;
mod conformita;
mod cornice;
mod cronologia;
mod dati;
mod denaro;
mod dichiarazioni;
mod documento;
mod enti;
mod faccette;
mod generali;
mod graduatoria;
mod grafici;
mod indirizzario;
mod inoltri;
mod mappa;
pub mod materiali;
mod norme;
mod novita;
pub(crate) mod parole;
mod piano;
mod progetti;
pub(crate) mod registro;
pub mod ricerca;
mod risorse;
mod schema;
mod segnala;
mod servizi;
mod situazione;
mod storico;
mod viste;

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use serde::Serialize;
use tera::{Context, Value};

use crate::audit::scan::Fault;
use crate::check::riservatezza;
use crate::conformita::Conformita;
use crate::input::consegne::TipoProdotto;
use crate::plan::{Periodo, Plan};
use crate::print::materiali::cartolina::Mazzo;
use crate::print::tipografia::Rifiuto;
use crate::report::{Diagnostic, Place, Rule, Target};
use crate::theme::{self, Theme};
use conformita::Indice;
use schema::Schema;
use viste::VistaEnte;

/// The rules of this stage.
pub const RULES: &[&[Rule]] = &[inoltri::RULES, collegamenti::RULES];

/// What servers show where there is no page.
pub const NON_TROVATA: &str = "404.html";

/// What a page may load: its own files, and nothing written inside it. Every page says it, since nobody knows who will
/// serve them; `serve` says it too.
pub const POLITICA: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; \
                            connect-src 'self'; base-uri 'none'; form-action 'self'";

/// A plan, the theme that shows it, and where it is published.
pub struct Site {
    pub plan: Arc<Plan>,
    /// What the rules of the norms say of the plan.
    pub conformita: Conformita,
    /// Where each rule of a period is shown, and what was said of each record.
    indici: Vec<Indice>,
    pub theme: Arc<Theme>,
    /// Pages by section, for menus: the same on every page.
    sito: Value,
    piani: Value,
    generali: Value,
    /// The plans one by one, in the order of time.
    periodi: Vec<Value>,
    /// What lists show of each body, in the order of the plan: most are in many lists.
    enti: Vec<Value>,
    /// The pages that only lead on, and where each of them leads, from the root of the site.
    inoltri: BTreeMap<String, String>,
    /// What may be published of contacts and codes, as `privacy` writes them.
    ammessi: HashSet<Box<str>>,
    /// Where the logo stands in the site.
    logo_path: String,
    /// What search reads, once somebody has asked for it.
    indice: OnceLock<ricerca::Indice>,
    /// The register of the products, once somebody has asked for it.
    prodotti: OnceLock<Vec<(String, TipoProdotto)>>,
    /// What could be read in each file of the staff, once somebody has asked for it.
    letture: OnceLock<BTreeMap<String, String>>,
    /// The cards of the kinds of page, once somebody has asked for one.
    mazzo: OnceLock<Result<Mazzo, Rifiuto>>,
}

/// What rendering a template gives.
type Rendered = Result<String, Box<Diagnostic>>;

type Make = Box<dyn Fn(&Site, &str) -> Result<Vec<u8>, Box<Diagnostic>> + Send + Sync>;

/// One file of the published site.
pub struct Route {
    /// Its path, with `/`: `2017-2018/progetti/win/index.html`.
    pub path: String,
    make: Make,
    pub proof: Proof,
    /// Whether it is a page to be found: those that only lead on to another are not.
    pub listed: bool,
}

/// Why a route has no bytes to publish.
pub struct Failure {
    pub problems: Vec<Diagnostic>,
    /// The page that was refused, for the excerpts of messages that point into it.
    pub page: Option<(String, String)>,
}

impl Failure {
    fn of(problem: Diagnostic) -> Self {
        Failure { problems: vec![problem], page: None }
    }

    fn of_page(path: &str, problems: Vec<Diagnostic>, text: String) -> Self {
        let points_here = problems.iter().flat_map(|problem| &problem.place).any(|place| place.file == path);
        Failure { problems, page: points_here.then(|| (path.to_owned(), text)) }
    }
}

/// How the final bytes come to show phrase and logo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// In the frame of a page.
    Page,
    /// In the frame of a drawing.
    Chart,
    /// Whoever sets it proves it, on its pages as they are laid out: letters are numbers of glyphs in the bytes.
    Typeset,
    /// Data, styles, scripts and media carry no attribution.
    Exempt,
}

impl Route {
    /// A page from a template.
    fn page(
        path: String,
        make: impl Fn(&Site, &str) -> Result<String, Box<Diagnostic>> + Send + Sync + 'static,
    ) -> Self {
        let make = move |site: &Site, path: &str| make(site, path).map(String::into_bytes);
        Route { path, make: Box::new(make), proof: Proof::Page, listed: true }
    }

    fn chart(
        path: String,
        make: impl Fn(&Site, &str) -> Result<String, Box<Diagnostic>> + Send + Sync + 'static,
    ) -> Self {
        Route { proof: Proof::Chart, ..Route::page(path, make) }
    }

    fn data(
        path: String,
        make: impl Fn(&Site, &str) -> Result<Vec<u8>, Box<Diagnostic>> + Send + Sync + 'static,
    ) -> Self {
        Route { path, make: Box::new(make), proof: Proof::Exempt, listed: false }
    }

    /// Set by the typesetter: a document or a card.
    pub fn is_typeset(&self) -> bool {
        self.proof == Proof::Typeset
    }

    fn typeset(
        path: String,
        make: impl Fn(&Site, &str) -> Result<Vec<u8>, Box<Diagnostic>> + Send + Sync + 'static,
    ) -> Self {
        Route { proof: Proof::Typeset, ..Route::data(path, make) }
    }
}

impl Site {
    pub fn new(plan: Arc<Plan>, conformita: Conformita, theme: Arc<Theme>, ammessi: HashSet<Box<str>>) -> Self {
        let logo_path = plan.sito.logo.file.clone();
        let inoltri = inoltri::pagine(&plan);
        let sito = Value::from_serializable(&*plan.sito);
        let periodi: Vec<Value> =
            plan.periodi.iter().map(|periodo| Value::from_serializable(&VocePiano::of(periodo))).collect();
        let piani = Value::from(periodi.iter().rev().cloned().collect::<Vec<_>>());
        let generali = Value::from_serializable(&Generali::of(&plan));
        let ente = |i| Value::from_serializable(&VistaEnte::of(&plan, i));
        let enti = (0..plan.enti.len()).into_par_iter().map(ente).collect();
        let indici = plan.periodi.iter().zip(&conformita.periodi);
        let indici = indici.map(|(periodo, norme)| Indice::of(&plan, periodo, norme)).collect();
        Site {
            plan,
            conformita,
            indici,
            theme,
            sito,
            piani,
            generali,
            periodi,
            enti,
            inoltri,
            ammessi,
            logo_path,
            indice: OnceLock::new(),
            prodotti: OnceLock::new(),
            letture: OnceLock::new(),
            mazzo: OnceLock::new(),
        }
    }

    /// Every file of the site, in the order of their paths. Two files on one path is an error.
    pub fn routes(&self) -> Result<BTreeMap<String, Route>, Vec<Diagnostic>> {
        let mut routes = BTreeMap::new();
        let mut problems = Vec::new();
        let mut put = |route: Route| {
            if let Some(other) = routes.insert(route.path.clone(), route) {
                let problem =
                    Diagnostic::error("M-03", format!("due pagine hanno lo stesso indirizzo: `{}`", other.path));
                problems.push(match self.page_at(&other.path) {
                    Some(file) => problem.at(Place::file(file)).help("cambia il nome del file"),
                    None => problem.help("cambia il nome di uno dei due file"),
                });
            }
        };
        generali::routes(self, &mut put);
        cartoline::routes(self, &mut put);
        enti::routes(self, &mut put);
        servizi::routes(self, &mut put);
        dati::routes(self, &mut put);
        norme::routes(self, &mut put);
        ricerca::routes(self, &mut put);
        for p in 0..self.plan.periodi.len() {
            piano::routes(self, p, &mut put);
            conformita::routes(self, p, &mut put);
            avvisi::routes(self, p, &mut put);
            risorse::routes(self, p, &mut put);
            progetti::routes(self, p, &mut put);
            alleanze::routes(self, p, &mut put);
            documento::routes(self, p, &mut put);
            registro::routes(self, p, &mut put);
            storico::routes(self, p, &mut put);
        }
        inoltri::routes(self, &mut routes, &mut problems);
        if problems.is_empty() { Ok(routes) } else { Err(problems) }
    }

    /// Makes at once what many pages share. While routes are made side by side it would be too late: the index hands out
    /// work of its own, and a thread that waits for it may take up another route, which waits for the same thing.
    pub fn make_shared(&self, typeset: bool) {
        self.indice();
        self.letture();
        if typeset && self.plan.indirizzo.is_some() {
            // What is wrong with it is told by the routes that need it.
            let _ = self.mazzo();
        }
    }

    /// The path of the site on its host, with a slash at both ends; without an address it has the host for itself.
    pub fn base_path(&self) -> &str {
        base_of(self.plan.indirizzo.as_deref())
    }

    /// The way from a page up to the root of the site: `../../`. The error page is shown at any address, so it begins
    /// at the host.
    fn root_of(&self, path: &str) -> String {
        if path == NON_TROVATA {
            return self.base_path().to_owned();
        }
        "../".repeat(path.bytes().filter(|&b| b == b'/').count())
    }

    /// What lists show of a body; a copy is only a reference.
    fn ente(&self, i: usize) -> Value {
        self.enti[i].clone()
    }

    /// The file of the Markdown page with this path: of two things on one path, the one that a user can rename.
    fn page_at(&self, path: &str) -> Option<String> {
        let plan = &*self.plan;
        let of_site = plan.pagine.iter().map(|pagina| (format!("{}/index.html", pagina.id), pagina));
        let of_plans = plan.periodi.iter().flat_map(|periodo| {
            periodo.pagine.iter().map(|pagina| (format!("{}/{}/index.html", periodo.id, pagina.id), pagina))
        });
        let (_, pagina) = of_site.chain(of_plans).find(|(theirs, _)| theirs == path)?;
        Some(pagina.origine.file.to_string())
    }

    /// The final bytes of a route, a page in its frame, and nothing personal in them.
    pub fn make(&self, route: &Route) -> Result<Vec<u8>, Failure> {
        let mut bytes = (route.make)(self, &route.path).map_err(|problem| Failure::of(*problem))?;
        if route.proof == Proof::Page {
            let html = String::from_utf8(bytes).map_err(|_| Failure::of(not_text(&route.path)))?;
            match cornice::pagina(self, &route.path, &html) {
                Ok(page) => bytes = page.into_bytes(),
                Err(fault) => {
                    let problem = self.unreadable(&route.path, &html, &fault);
                    return Err(Failure::of_page(&route.path, vec![problem], html));
                }
            }
        }
        // What is published as it is was judged where it lies.
        if self.plan.media.contains_key(&route.path) || self.theme.assets.contains_key(&route.path) {
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
    fn unreadable(&self, path: &str, text: &str, fault: &Fault) -> Diagnostic {
        let own = [Some(&fault.span), fault.or.as_ref()].into_iter().flatten();
        let found: Vec<_> = own.filter_map(|span| self.theme.find(text, span.clone())).collect();
        let place = found.iter().find(|(file, _)| !theme::is_builtin(file)).or(found.first());
        let place = match place {
            Some((file, span)) => Place::span(*file, span.clone()),
            None => Place::span(path, fault.span.clone()),
        };
        Diagnostic::error("A-03", format!("in `{path}` frase e logo potrebbero non vedersi: {}", fault.why))
            .at(place)
            .help("correggi il modello: concilia li mette in fondo alla pagina, se i browser la leggono com'è scritta")
    }

    /// Renders a page; `subject` is the record that a mistake is reported for.
    fn render(&self, head: Head, template: &str, subject: &str, context: Context) -> Result<String, Box<Diagnostic>> {
        self.render_for(Also::default(), head, template, subject, context)
    }

    /// The same for a page that says more of itself than the words of its head.
    fn render_for(&self, also: Also, head: Head, template: &str, subject: &str, mut context: Context) -> Rendered {
        let radice = self.root_of(head.path);
        let percorso = also.canonico.unwrap_or_else(|| address_of(head.path));
        let canonico = self.plan.indirizzo.as_ref().map(|base| format!("{base}{percorso}"));
        let is_first = head.path == "index.html";
        let way = (!is_first && head.path != NON_TROVATA).then_some((head.briciole.as_slice(), head.titolo.as_str()));
        let schema = Schema::of(self, head.path).blocco(also.about, way);
        context.insert(
            "pagina",
            &Pagina {
                titolo: &head.titolo,
                descrizione: &schema::breve(&head.descrizione),
                percorso: address_of(head.path),
                canonico,
                immagine: self.immagine(head.path),
                segnalazione: segnala::indirizzo(self, head.path, &head.titolo),
                briciole: &head.briciole,
            },
        );
        context.insert("schema", &schema.map(|schema| Value::safe_string(&schema)));
        context.insert("politica", &Value::safe_string(POLITICA));
        context.insert("attribuzione", &Value::safe_string(&cornice::blocco(self, &radice)));
        context.insert("frase", &self.plan.frase);
        context.insert("logo", &format!("{radice}{}", self.logo_path));
        context.insert("radice", &radice);
        context.insert_value("sito", self.sito.clone());
        context.insert_value("piani", self.piani.clone());
        context.insert_value("generali", self.generali.clone());
        if let Some(p) = head.periodo {
            context.insert_value("periodo", self.periodi[p].clone());
        }
        self.theme.render(template, &context, subject)
    }
}

/// What every page says of itself.
struct Head<'a> {
    path: &'a str,
    titolo: String,
    descrizione: String,
    briciole: Vec<Briciola>,
    periodo: Option<usize>,
}

/// What only some pages say of themselves.
#[derive(Default)]
struct Also<'a> {
    /// What the page is about, in the words of schema.org: one thing, or several.
    about: Option<serde_json::Value>,
    /// Where the page really is, from the root of the site, when it is not where it stands.
    canonico: Option<&'a str>,
}

impl Also<'_> {
    fn about(thing: serde_json::Value) -> Self {
        Also { about: Some(thing), canonico: None }
    }
}

#[derive(Serialize)]
struct Pagina<'a> {
    titolo: &'a str,
    descrizione: &'a str,
    percorso: &'a str,
    canonico: Option<String>,
    immagine: Option<String>,
    /// Where to report a mistake on this page.
    segnalazione: Option<String>,
    briciole: &'a [Briciola],
}

/// A step of the breadcrumb: an address in the site and its title.
#[derive(Debug, Clone, Serialize)]
struct Briciola {
    titolo: String,
    indirizzo: String,
}

/// The pages beside the plans, for menus: only what is there is linked.
#[derive(Serialize)]
struct Generali {
    servizi: bool,
    partner: bool,
    testi: Vec<Briciola>,
}

impl Generali {
    fn of(plan: &Plan) -> Self {
        Generali {
            servizi: servizi::tutti(plan).next().is_some(),
            partner: !plan.enti.is_empty(),
            testi: generali::testi(plan),
        }
    }
}

/// A plan in the menus.
#[derive(Serialize)]
struct VocePiano<'a> {
    id: &'a str,
    titolo: &'a str,
    indirizzo: String,
    stato: &'static str,
    /// What every page says of a plan that is not adopted.
    non_definitivo: Option<&'static str>,
    sezioni: Vec<Briciola>,
    /// The same sections, by who reads them.
    gruppi: Vec<piano::Gruppo>,
}

impl<'a> VocePiano<'a> {
    fn of(periodo: &'a Periodo) -> Self {
        VocePiano {
            id: periodo.id.as_str(),
            titolo: &periodo.dati.titolo,
            indirizzo: format!("{}/", periodo.id),
            stato: parole::nome(periodo.dati.stato),
            non_definitivo: parole::non_definitivo(periodo.dati.stato),
            sezioni: piano::sezioni(periodo),
            gruppi: piano::gruppi(periodo),
        }
    }
}

fn briciola(titolo: impl Into<String>, indirizzo: impl Into<String>) -> Briciola {
    Briciola { titolo: titolo.into(), indirizzo: indirizzo.into() }
}

/// The path of an address on its host.
fn base_of(address: Option<&str>) -> &str {
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

fn not_text(path: &str) -> Diagnostic {
    Diagnostic::error("M-02", "la pagina composta non è testo").at(Place::file(path.to_owned()))
}
