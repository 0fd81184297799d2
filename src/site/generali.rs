//! The pages of the whole site: home, texts, history, map, and what machines ask for.

use tera::Context;

use super::{Head, NON_TROVATA, Proof, Route, Site, address_of, grafici, piano, servizi};
use crate::report::Diagnostic;

pub fn routes(site: &Site, put: &mut dyn FnMut(Route)) {
    put(Route::page("index.html".into(), home));
    for (i, pagina) in site.plan.pagine.iter().enumerate() {
        put(Route::page(format!("{}/index.html", pagina.id), move |site, path| testo(site, path, i)));
    }
    put(Route::page("mappa-del-sito/index.html".into(), mappa));
    put(Route::page(NON_TROVATA.into(), non_trovata));
    put(Route::data("robots.txt".into(), |site, _| Ok(robots(site).into_bytes())));
    if site.plan.indirizzo.is_some() {
        put(Route::data("sitemap.xml".into(), |site, _| sitemap(site).map(String::into_bytes)));
        put(Route::data("feed.xml".into(), |site, path| feed(site, path).map(String::into_bytes)));
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
    context.insert("scelte", &servizi::scelte(plan));
    let corrente = plan.corrente.map(|p| &plan.periodi[p]);
    context.insert("corrente", &corrente.map(super::VocePiano::of));
    context.insert("piano", &corrente.map(|periodo| &*periodo.dati));
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
    site.render(head, "home.html", "home", context)
}

fn testo(site: &Site, path: &str, i: usize) -> super::Rendered {
    let plan = &*site.plan;
    let pagina = &plan.pagine[i];
    let mut context = Context::new();
    context.insert("contenuto", &*pagina.dati);
    context.insert("testo", &pagina.dati.testo);
    context.insert("id", &pagina.id);
    context.insert("storia", &plan.storia.iter().map(|programma| &*programma.dati).collect::<Vec<_>>());
    let head = Head {
        path,
        titolo: pagina.dati.titolo.clone(),
        descrizione: pagina.dati.sommario.clone().unwrap_or_else(|| pagina.dati.titolo.clone()),
        briciole: vec![],
        periodo: None,
    };
    // A theme can have a template of its own for a page: `pagine/storia.html`.
    let own = format!("pagine/{}.html", pagina.id);
    let template = if site.theme.has(&own) { own.as_str() } else { "pagina.html" };
    site.render(head, template, &pagina.origine.file, context)
}

fn mappa(site: &Site, path: &str) -> super::Rendered {
    let plan = &*site.plan;
    let mut context = Context::new();
    let pagine: Vec<_> =
        plan.pagine.iter().map(|pagina| super::briciola(&*pagina.dati.titolo, format!("{}/", pagina.id))).collect();
    context.insert("pagine", &pagine);
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
        .filter(|route| route.proof == Proof::Page && route.path != NON_TROVATA)
        .map(|route| format!("{base}{}", address_of(&route.path)))
        .collect();
    context.insert("pagine", &pages);
    context.insert("aggiornato_al", &site.plan.sito.aggiornato_al);
    site.theme.render("sitemap.xml", &context, "sitemap.xml")
}

fn feed(site: &Site, path: &str) -> Result<String, Box<Diagnostic>> {
    let plan = &*site.plan;
    let mut context = Context::new();
    context.insert("base", &site.plan.indirizzo);
    context.insert("percorso", path);
    context.insert("frase", &plan.frase);
    context.insert("sito", &*plan.sito);
    let voci: Vec<_> = plan.periodi.iter().rev().map(super::VocePiano::of).collect();
    context.insert("piani", &voci);
    site.theme.render("feed.xml", &context, "feed.xml")
}
