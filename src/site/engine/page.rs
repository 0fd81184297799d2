//! A page: what is known of it before it is made, and the data that its function gathers for the template.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::Value as Json;
use tera::{Context, Value};

use super::cornice;
use super::jsonld::{self, Schema};
use super::route::{Condivisi, Proof, Route, Serve};
use super::{NON_TROVATA, POLITICA, Site, address_of};
use crate::plan::{Periodo, Plan};
use crate::report::Diagnostic;

/// What rendering a template gives.
pub type Rendered = Result<String, Box<Diagnostic>>;

/// A step of the breadcrumb: an address in the site and its title.
#[derive(Debug, Clone, Serialize)]
pub struct Briciola {
    pub titolo: String,
    pub indirizzo: String,
}

pub fn briciola(titolo: impl Into<String>, indirizzo: impl Into<String>) -> Briciola {
    Briciola { titolo: titolo.into(), indirizzo: indirizzo.into() }
}

/// What every page says of itself.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub titolo: String,
    /// The description, unless the function of the page finds a better one.
    pub descrizione: String,
    pub modello: String,
    /// The record, or the page, that is named where the template fails.
    pub soggetto: String,
    pub briciole: Vec<Briciola>,
    pub periodo: Option<usize>,
    /// The canonical address, from the root of the site, where it is not the page's own.
    pub canonico: Option<String>,
}

impl Page {
    pub fn new(titolo: &str, modello: &str, soggetto: &str) -> Self {
        Page { titolo: titolo.into(), modello: modello.into(), soggetto: soggetto.into(), ..Page::default() }
    }

    pub fn detta(self, descrizione: impl Into<String>) -> Self {
        Page { descrizione: descrizione.into(), ..self }
    }

    pub fn route(self, path: impl Into<String>, dati: impl Fn(&mut Foglio) + Send + Sync + 'static) -> Route {
        self.route_con(path, Serve::Niente, move |foglio, _| {
            dati(foglio);
            Ok(())
        })
    }

    /// The same for a page that shows what many routes share.
    pub(in super::super) fn route_con(
        self,
        path: impl Into<String>,
        serve: Serve,
        dati: impl Fn(&mut Foglio, &Condivisi) -> Result<(), Box<Diagnostic>> + Send + Sync + 'static,
    ) -> Route {
        Route::of(path.into(), Proof::Page, serve, move |site, path, condivisi| {
            let mut foglio = Foglio::new(site, path, self.descrizione.clone());
            dati(&mut foglio, condivisi)?;
            foglio.finish(&self).map(String::into_bytes)
        })
    }
}

/// A page in the making: what its function puts here, the template reads.
pub struct Foglio<'a> {
    pub site: &'a Site,
    pub plan: &'a Plan,
    pub path: &'a str,
    pub descrizione: String,
    /// What the page is about, in the words of schema.org: one thing, or several.
    pub about: Option<Json>,
    pub context: Context,
}

impl<'a> Foglio<'a> {
    fn new(site: &'a Site, path: &'a str, descrizione: String) -> Self {
        Foglio { site, plan: &site.plan, path, descrizione, about: None, context: Context::new() }
    }

    pub fn insert(&mut self, name: &'static str, value: &(impl Serialize + ?Sized)) {
        self.context.insert(name, value);
    }

    pub fn insert_value(&mut self, name: &'static str, value: Value) {
        self.context.insert_value(name, value);
    }

    /// Writes the JSON-LD of the page, for its `about`.
    pub fn schema(&self) -> Schema<'a> {
        Schema::of(self.site, self.path)
    }

    pub fn periodo(&self, p: usize) -> &'a Periodo {
        &self.plan.periodi[p]
    }

    /// Adds what every page has, and renders.
    fn finish(self, page: &Page) -> Rendered {
        let Foglio { site, plan, path, descrizione, about, mut context } = self;
        let root = site.root_of(path);
        let address = address_of(path);
        let canonical = page.canonico.as_deref().unwrap_or(address);
        let way =
            (path != "index.html" && path != NON_TROVATA).then_some((page.briciole.as_slice(), page.titolo.as_str()));
        let schema = Schema::of(site, path).blocco(about, way);
        let data = vista! {
            "titolo": page.titolo,
            "descrizione": jsonld::breve(&descrizione),
            "percorso": address,
            "canonico": plan.indirizzo.as_ref().map(|base| format!("{base}{canonical}")),
            "immagine": site.immagine(path),
            "segnalazione": segnalazione(site, path, &page.titolo),
            "briciole": page.briciole,
        };
        context.insert_value("pagina", data);
        context.insert("schema", &schema.map(|schema| Value::safe_string(&schema)));
        context.insert("politica", &Value::safe_string(POLITICA));
        context.insert("attribuzione", &Value::safe_string(&cornice::blocco(site, &root)));
        site.render_part(path, page.periodo, Innesto::default(), &page.modello, &page.soggetto, context)
    }
}

/// Where a visitor reports a mistake on a page, so that the office reads which page it is; nothing where the site names nobody to write to.
fn segnalazione(site: &Site, path: &str, titolo: &str) -> Option<String> {
    let sito = &site.plan.sito;
    let dove = sito.segnalazioni.as_deref().or(sito.ats.contatti.email.as_deref())?;
    if dove.contains("://") {
        return Some(dove.to_owned());
    }
    let posta = dove.strip_prefix("mailto:").unwrap_or(dove);
    let pagina = match &site.plan.indirizzo {
        Some(base) => format!("{base}{}", address_of(path)),
        None => format!("/{}", address_of(path)),
    };
    let segno = if posta.contains('?') { '&' } else { '?' };
    Some(format!(
        "mailto:{posta}{segno}subject={}&body={}",
        encoded(&format!("Errore: {titolo}")),
        encoded(&format!("Pagina: {pagina}\r\n\r\n"))
    ))
}

/// As RFC 6068 wants the parts of a `mailto:`: mail programs take `+` and unescaped letters in different ways.
fn encoded(text: &str) -> String {
    const ESCAPED: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/').remove(b':');
    utf8_percent_encode(text, ESCAPED).to_string()
}

/// How a template fits where it stands: by itself, or as a part of the document.
#[derive(Default)]
pub struct Innesto {
    /// How many levels its headings go down from those of a page.
    pub sotto: u8,
    /// What its anchors end with, so that no two parts have the same one.
    pub coda: String,
}

impl Site {
    /// The data of a page without its frame, for the document.
    pub(in super::super) fn context_of(&self, path: &str, riempi: impl FnOnce(&mut Foglio)) -> Context {
        let mut foglio = Foglio::new(self, path, String::new());
        riempi(&mut foglio);
        foglio.context
    }

    /// A template that is a page, or that is a part of one.
    pub(in super::super) fn render_part(
        &self,
        path: &str,
        periodo: Option<usize>,
        innesto: Innesto,
        modello: &str,
        soggetto: &str,
        mut context: Context,
    ) -> Rendered {
        let radice = self.root_of(path);
        context.insert("frase", &self.plan.frase);
        context.insert("logo", &format!("{radice}{}", self.logo_path()));
        context.insert("radice", &radice);
        context.insert("sotto", &innesto.sotto);
        context.insert("coda", &innesto.coda);
        context.insert_value("sito", self.sito.clone());
        context.insert_value("piani", self.piani.clone());
        context.insert_value("generali", self.generali.clone());
        if let Some(p) = periodo {
            context.insert_value("periodo", self.periodi[p].clone());
        }
        self.theme.render(modello, &context, soggetto)
    }
}
