//! The pages of the whole site: home, texts, history, map, and what machines ask for.

use serde::Serialize;
use tera::Context;

use super::schema::Schema;
use super::{
    Also, Head, NON_TROVATA, Proof, Route, Site, address_of, ancore, cornice, grafici, novita, piano, servizi,
    situazione,
};
use crate::plan::Plan;
use crate::record::Pagina;

pub fn routes(site: &Site, put: &mut dyn FnMut(Route)) {
    put(Route::page("index.html".into(), home));
    for (i, pagina) in site.plan.pagine.iter().enumerate() {
        put(Route::page(format!("{}/index.html", pagina.id), move |site, path| testo(site, path, i)));
    }
    for pagina in incorporate(&site.plan) {
        put(Route::page(format!("{}/index.html", pagina.id), move |site, path| incorporata(site, path, pagina)));
    }
    put(Route::page("mappa-del-sito/index.html".into(), mappa));
    put(Route::page(NON_TROVATA.into(), non_trovata));
    put(Route::data(cornice::FOGLIO.into(), |_, _| Ok(cornice::foglio())));
    put(Route::data("robots.txt".into(), |site, _| Ok(robots(site).into_bytes())));
    if site.plan.indirizzo.is_some() {
        put(Route::data("sitemap.xml".into(), |site, _| sitemap(site).map(String::into_bytes)));
        put(Route::data("feed.xml".into(), |site, path| novita::feed(site, path).map(String::into_bytes)));
    }
    for (path, asset) in &site.theme.assets {
        let path = path.clone();
        if path.rsplit('/').next().is_some_and(|name| name.starts_with('.')) || asset.bytes.is_empty() {
            continue;
        }
        let key = path.clone();
        // A whole page among the assets is a page of the site: it carries the attribution like the others.
        let proof = if path.ends_with(".html") { Proof::Page } else { Proof::Exempt };
        let route = Route::data(path, move |site, _| Ok(site.theme.assets[&key].bytes.clone()));
        put(Route { proof, ..route });
    }
    for path in site.plan.media.keys() {
        let key = path.clone();
        put(Route::data(path.clone(), move |site, _| Ok(site.plan.media[&key].to_vec())));
    }
}

fn home(site: &Site, path: &str) -> super::Rendered {
    let plan = &*site.plan;
    let mut context = Context::new();
    context.insert("bisogni", &servizi::bisogni(plan));
    context.insert("situazione", &situazione::di_servizi(plan, &servizi::tutti(plan).collect::<Vec<_>>()));
    context.insert("scelte", &servizi::scelte(plan));
    let corrente = plan.corrente.map(|p| &plan.periodi[p]);
    context.insert("corrente", &corrente.map(super::VocePiano::of));
    context.insert("piano", &corrente.map(|periodo| &*periodo.dati));
    let al_giorno = |periodo| situazione::di_piano(periodo, plan.sito.aggiornato_al);
    context.insert("situazione_del_piano", &corrente.map(al_giorno));
    context.insert("numeri", &corrente.map(piano::numeri));
    // The most recent plan that has projects: what money does is seen there.
    let con_progetti = plan.periodi.iter().rev().find(|periodo| !periodo.progetti.is_empty());
    context.insert("con_progetti", &con_progetti.map(super::VocePiano::of));
    context.insert("numeri_progetti", &con_progetti.map(piano::numeri));
    context.insert("finanziamento", &con_progetti.map(grafici::finanziamento));
    context.insert("grafico_enti", &grafici::enti(plan));
    context.insert("numero_enti", &plan.enti.len());
    let descrizione = plan.sito.descrizione.clone().unwrap_or_else(|| plan.sito.titolo.clone());
    let head = Head { path, titolo: plan.sito.titolo.clone(), descrizione, briciole: vec![], periodo: None };
    let about = Also::about(Schema::of(site, path).home());
    site.render_for(about, head, "home.html", "home", context)
}

/// A page that every site has, in the words of the theme where it has none of its own.
#[derive(Debug, Clone, Copy)]
pub struct Incorporata {
    pub id: &'static str,
    pub titolo: &'static str,
    pub sommario: &'static str,
}

const INCORPORATE: [Incorporata; 5] = [
    Incorporata {
        id: "note-legali",
        titolo: "Note legali",
        sommario: "Chi pubblica questo sito e come se ne possono usare i contenuti.",
    },
    Incorporata { id: "privacy", titolo: "Privacy", sommario: "Questo sito non raccoglie dati su chi lo visita." },
    Incorporata {
        id: "accessibilita",
        titolo: "Accessibilità",
        sommario: "La dichiarazione di accessibilità di questo sito.",
    },
    Incorporata {
        id: "storia",
        titolo: "Storia",
        sommario: "I periodi di programmazione, anno dopo anno, con le cifre degli atti.",
    },
    Incorporata { id: "glossario", titolo: "Glossario", sommario: "Le parole del Piano, spiegate in modo semplice." },
];

/// Those that the site does not write itself.
pub fn incorporate(plan: &Plan) -> impl Iterator<Item = Incorporata> {
    let own = |pagina: &Incorporata| plan.pagine.iter().any(|own| own.id.as_str() == pagina.id);
    INCORPORATE.into_iter().filter(move |pagina| !own(pagina))
}

/// The pages of text, for menus: first the site's own, in its order.
pub fn testi(plan: &Plan) -> Vec<super::Briciola> {
    let own = plan.pagine.iter().map(|pagina| super::briciola(&*pagina.dati.titolo, format!("{}/", pagina.id)));
    own.chain(incorporate(plan).map(|pagina| super::briciola(pagina.titolo, format!("{}/", pagina.id)))).collect()
}

/// Where the page of history tells of each programme.
pub fn ancore_storia(plan: &Plan) -> Vec<String> {
    ancore::di("programma", plan.storia.iter().map(|programma| programma.dati.titolo.as_str()))
}

/// A period on the page of history.
#[derive(Serialize)]
struct Tappa<'a> {
    piano: super::VocePiano<'a>,
    numeri: piano::Numeri,
}

fn testo(site: &Site, path: &str, i: usize) -> super::Rendered {
    let pagina = &site.plan.pagine[i];
    pagina_di_testo(site, path, pagina.id.as_str(), &pagina.dati, &pagina.origine.file)
}

fn incorporata(site: &Site, path: &str, pagina: Incorporata) -> super::Rendered {
    let dati = Pagina {
        titolo: pagina.titolo.to_owned(),
        ordine: 0,
        sommario: Some(pagina.sommario.to_owned()),
        indirizzi_precedenti: vec![],
        fonte: None,
        testo: Default::default(),
        inizio: 0,
    };
    pagina_di_testo(site, path, pagina.id, &dati, pagina.id)
}

fn pagina_di_testo(site: &Site, path: &str, id: &str, dati: &Pagina, subject: &str) -> super::Rendered {
    let plan = &*site.plan;
    let mut context = Context::new();
    context.insert("contenuto", dati);
    context.insert("testo", &dati.testo);
    context.insert("id", id);
    context.insert("storia", &plan.storia.iter().map(|programma| &*programma.dati).collect::<Vec<_>>());
    context.insert("ancore", &ancore_storia(plan));
    let tappa = |periodo| Tappa { piano: super::VocePiano::of(periodo), numeri: piano::numeri(periodo) };
    context.insert("tappe", &plan.periodi.iter().map(tappa).collect::<Vec<_>>());
    context.insert("categorie_servizi", &plan.categorie_servizi);
    let head = Head {
        path,
        titolo: dati.titolo.clone(),
        descrizione: dati
            .sommario
            .clone()
            .unwrap_or_else(|| if dati.testo.is_empty() { dati.titolo.clone() } else { dati.testo.to_string() }),
        briciole: vec![],
        periodo: None,
    };
    // A theme can have a template of its own for a page: `pagine/storia.html`.
    let own = format!("pagine/{id}.html");
    let template = if site.theme.has(&own) { own.as_str() } else { "pagina.html" };
    site.render(head, template, subject, context)
}

fn mappa(site: &Site, path: &str) -> super::Rendered {
    let plan = &*site.plan;
    let mut context = Context::new();
    context.insert("pagine", &testi(plan));
    context.insert("bisogni", &servizi::bisogni(plan));
    let narrative: Vec<_> = plan.periodi.iter().rev().map(piano::pagine).collect();
    context.insert("narrative", &narrative);
    let head = Head {
        path,
        titolo: "Mappa del sito".into(),
        descrizione: "Tutte le sezioni del sito.".into(),
        briciole: vec![],
        periodo: None,
    };
    site.render(head, "mappa-del-sito.html", "mappa-del-sito", context)
}

fn non_trovata(site: &Site, path: &str) -> super::Rendered {
    let head = Head {
        path,
        titolo: "Pagina non trovata".into(),
        descrizione: "L'indirizzo non corrisponde a nessuna pagina.".into(),
        briciole: vec![],
        periodo: None,
    };
    site.render(head, NON_TROVATA, "404", Context::new())
}

fn robots(site: &Site) -> String {
    let map = site.plan.indirizzo.as_ref().map(|base| format!("Sitemap: {base}sitemap.xml\n")).unwrap_or_default();
    format!("User-agent: *\nAllow: /\n{map}")
}

/// The pages of the site with their public addresses; the error page is not one of them.
fn sitemap(site: &Site) -> super::Rendered {
    let routes = site.routes().map_err(|mut problems| Box::new(problems.remove(0)))?;
    let base = site.plan.indirizzo.as_deref().unwrap_or_default();
    let mut context = Context::new();
    let pages: Vec<String> = routes
        .values()
        .filter(|route| route.proof == Proof::Page && route.listed && route.path != NON_TROVATA)
        .map(|route| format!("{base}{}", address_of(&route.path)))
        .collect();
    context.insert("pagine", &pages);
    site.theme.render("sitemap.xml", &context, "sitemap.xml")
}
