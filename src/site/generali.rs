//! The pages of the whole site: home, texts, history, map; and the files for robots and feed readers.

use std::sync::Arc;

use tera::Context;

use super::engine::{Briciola, Foglio, NON_TROVATA, Page, Proof, Rendered, Route, Site, address_of, briciola, cornice};
use super::{ancore, avvisi, feed, grafici, piano, servizi};
use crate::plan::{Plan, Programma};
use crate::record::Pagina;

/// The files for robots and feed readers, and those that are published as they are.
pub fn file(site: &Site, put: &mut dyn FnMut(Route)) {
    put(Route::data(cornice::STYLES.into(), |_, _| Ok(cornice::styles())));
    put(Route::data("robots.txt".into(), |site, _| Ok(robots(site).into_bytes())));
    if site.plan.indirizzo.is_some() {
        put(Route::data("sitemap.xml".into(), |site, _| sitemap(site).map(String::into_bytes)));
        put(Route::data("feed.xml".into(), |site, path| feed::feed(site, path).map(String::into_bytes)));
    }
    for (path, asset) in &site.theme.assets {
        if path.rsplit('/').next().is_some_and(|name| name.starts_with('.')) || asset.bytes.is_empty() {
            continue;
        }
        // A theme may have whole pages among its assets: like all pages they must carry the attribution.
        let proof = if path.ends_with(".html") { Proof::Page } else { Proof::Exempt };
        let route = Route::data(path.clone(), |site, path| Ok(site.theme.assets[path].bytes.clone()));
        put(Route { proof, ..route });
    }
    for path in site.plan.media.keys() {
        put(Route::data(path.clone(), |site, path| Ok(site.plan.media[path].to_vec())));
    }
}

pub fn home(foglio: &mut Foglio) {
    let (site, plan) = (foglio.site, foglio.plan);
    foglio.insert("bisogni", &servizi::bisogni(plan));
    foglio.insert("situazione", &servizi::situazione(plan, &servizi::tutti(plan).collect::<Vec<_>>()));
    foglio.insert("scelte", &servizi::scelte(plan));
    let corrente = plan.corrente.map(|p| &plan.periodi[p]);
    foglio.insert("corrente", &plan.corrente.map(|p| &site.periodi[p]));
    foglio.insert("piano", &corrente.map(|periodo| &*periodo.dati));
    foglio.insert("numeri", &corrente.map(|periodo| piano::numeri(plan, periodo)));
    let avviso = |periodo| move |a| avvisi::vista(plan, periodo, a);
    let avvisi = corrente.map(|periodo| (0..periodo.avvisi.len()).map(avviso(periodo)).collect::<Vec<_>>());
    foglio.insert("avvisi", &avvisi.unwrap_or_default());
    // The amounts on the home page are those of the most recent plan that has projects.
    let con_progetti = plan.periodi.iter().rposition(|periodo| !periodo.progetti.is_empty());
    foglio.insert("con_progetti", &con_progetti.map(|p| &site.periodi[p]));
    foglio.insert("numeri_progetti", &con_progetti.map(|p| piano::numeri(plan, &plan.periodi[p])));
    foglio.insert("con_importi", &con_progetti.is_some_and(|p| grafici::ha_finanziamento(&plan.periodi[p])));
    foglio.insert("finanziamento", &con_progetti.and_then(|p| grafici::in_breve(&plan.periodi[p])));
    foglio.insert("grafico_enti", &grafici::enti(plan));
    foglio.insert("numero_enti", &plan.enti.len());
    foglio.about = Some(foglio.schema().home());
}

/// A page that every site has, by its name, its title and its summary: the theme writes it where `content/pagine` does
/// not.
pub type Incorporata = [&'static str; 3];

const INCORPORATE: [Incorporata; 5] = [
    ["note-legali", "Note legali", "Chi pubblica questo sito e come se ne possono usare i contenuti."],
    ["privacy", "Privacy", "Questo sito non raccoglie dati su chi lo visita."],
    ["accessibilita", "Accessibilità", "La dichiarazione di accessibilità di questo sito."],
    ["storia", "Storia", "I periodi di programmazione, anno dopo anno, con le cifre degli atti."],
    ["glossario", "Glossario", "Le parole del Piano, spiegate in modo semplice."],
];

/// The pages that the theme writes.
pub fn incorporate(plan: &Plan) -> impl Iterator<Item = Incorporata> {
    let ha_una_storia = !plan.periodi.is_empty() || !plan.storia.is_empty();
    let c_e = move |[id, ..]: &Incorporata| *id != "storia" || ha_una_storia;
    INCORPORATE.into_iter().filter(c_e).filter(|[id, ..]| !plan.pagine.iter().any(|suo| suo.id.as_str() == *id))
}

/// A page of text, of the site or of the theme.
pub struct Testo {
    pub id: String,
    pub dati: Arc<Pagina>,
    file: String,
}

/// The pages of text: first the site's own, in its order, then those of the theme.
pub fn testi(plan: &Plan) -> impl Iterator<Item = Testo> {
    let suo = |pagina: &crate::plan::Pagina| Testo {
        id: pagina.id.to_string(),
        dati: pagina.dati.clone(),
        file: pagina.origine.file.to_string(),
    };
    let del_tema = |[id, titolo, sommario]: Incorporata| {
        let dati = Pagina { titolo: titolo.to_owned(), sommario: Some(sommario.to_owned()), ..Pagina::default() };
        Testo { id: id.to_owned(), dati: Arc::new(dati), file: id.to_owned() }
    };
    plan.pagine.iter().map(suo).chain(incorporate(plan).map(del_tema))
}

impl Testo {
    pub fn page(&self) -> Page {
        let Pagina { titolo, sommario, testo, .. } = &*self.dati;
        let detta = if testo.is_empty() { titolo } else { testo.as_str() };
        Page::new(titolo, "pagina.html", &self.file).detta(sommario.as_deref().unwrap_or(detta))
    }
}

/// Links to the pages of text, for menus.
pub fn voci(plan: &Plan) -> Vec<Briciola> {
    testi(plan).map(|testo| briciola(&testo.dati.titolo, format!("{}/", testo.id))).collect()
}

/// The Markdown file of the page with this path: where two routes have one path, the user can rename the file.
pub fn file_della_pagina(plan: &Plan, path: &str) -> Option<String> {
    let del_sito = plan.pagine.iter().map(|pagina| (format!("{}/index.html", pagina.id), pagina));
    let dei_piani = plan.periodi.iter().flat_map(|periodo| {
        periodo.pagine.iter().map(|pagina| (format!("{}/{}/index.html", periodo.id, pagina.id), pagina))
    });
    let (_, pagina) = del_sito.chain(dei_piani).find(|(suo, _)| suo == path)?;
    Some(pagina.origine.file.to_string())
}

/// The earlier programmes, and where the page of history tells of each.
pub fn storia(plan: &Plan) -> impl Iterator<Item = (&Programma, String)> {
    ancore::di("programma", plan.storia.iter(), |programma| programma.dati.titolo.as_str())
}

pub fn testo(foglio: &mut Foglio, testo: &Testo) {
    let (site, plan) = (foglio.site, foglio.plan);
    foglio.insert("contenuto", &*testo.dati);
    foglio.insert("testo", &testo.dati.testo);
    foglio.insert("id", &testo.id);
    let programma =
        |(programma, ancora): (&Programma, String)| vista! { "programma": &*programma.dati, "ancora": ancora };
    foglio.insert("storia", &storia(plan).map(programma).collect::<Vec<_>>());
    let periodi = plan.periodi.iter().zip(&site.periodi);
    let tappa = |(periodo, voce)| vista! { "piano": voce, "numeri": piano::numeri(plan, periodo) };
    foglio.insert("tappe", &periodi.map(tappa).collect::<Vec<_>>());
    foglio.insert("categorie_servizi", &plan.categorie_servizi);
}

pub fn mappa(foglio: &mut Foglio) {
    let plan = foglio.plan;
    foglio.insert("pagine", &voci(plan));
    foglio.insert("bisogni", &servizi::bisogni(plan));
    foglio.insert("narrative", &plan.periodi.iter().rev().map(piano::pagine).collect::<Vec<_>>());
}

fn robots(site: &Site) -> String {
    let map = site.plan.indirizzo.as_ref().map(|base| format!("Sitemap: {base}sitemap.xml\n")).unwrap_or_default();
    format!("User-agent: *\nAllow: /\n{map}")
}

/// The pages of the site with their public addresses; the error page is not one of them.
fn sitemap(site: &Site) -> Rendered {
    let base = site.plan.indirizzo.as_deref().unwrap_or_default();
    let shown = |route: &&Route| route.proof == Proof::Page && route.listed && route.path != NON_TROVATA;
    let pages = site.routes.values().filter(shown).map(|route| format!("{base}{}", address_of(&route.path)));
    let mut context = Context::new();
    context.insert("pagine", &pages.collect::<Vec<_>>());
    site.theme.render("sitemap.xml", &context, "sitemap.xml")
}
