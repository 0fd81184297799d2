//! The citizens' catalogue: what can be used, by need.

use serde::Serialize;
use tera::Context;

use super::progetti::{VistaServizio, servizi_di};
use super::schema::Schema;
use super::{Also, Head, Route, Site, briciola, faccette};
use crate::plan::Plan;

pub fn routes(site: &Site, put: &mut dyn FnMut(Route)) {
    let categorie: Vec<(usize, String)> = site
        .plan
        .categorie_servizi
        .iter()
        .enumerate()
        .filter(|(_, voce)| tutti(&site.plan).any(|servizio| servizio.categoria.id == voce.id.as_str()))
        .map(|(i, voce)| (i, voce.id.to_string()))
        .collect();
    if categorie.is_empty() {
        return;
    }
    put(Route::page("servizi/index.html".into(), elenco));
    for (i, id) in categorie {
        put(Route::page(format!("servizi/{id}/index.html"), move |site, path| categoria(site, path, i)));
    }
}

/// All services, those of the most recent period first.
pub fn tutti(plan: &Plan) -> impl Iterator<Item = VistaServizio<'_>> {
    let periodi = plan.periodi.iter().rev();
    periodi.flat_map(|periodo| periodo.progetti.iter().flat_map(|progetto| servizi_di(plan, periodo, progetto)))
}

/// A need and how many services answer it.
#[derive(Serialize)]
pub struct Bisogno<'a> {
    id: &'a str,
    nome: &'a str,
    descrizione: Option<&'a str>,
    indirizzo: String,
    servizi: usize,
    /// Those of projects that are not over.
    attivi: usize,
}

pub fn bisogni(plan: &Plan) -> Vec<Bisogno<'_>> {
    let servizi: Vec<VistaServizio> = tutti(plan).collect();
    plan.categorie_servizi
        .iter()
        .map(|voce| {
            let suoi = servizi.iter().filter(|servizio| servizio.categoria.id == voce.id.as_str());
            Bisogno {
                id: voce.id.as_str(),
                nome: &voce.nome,
                descrizione: voce.descrizione.as_deref(),
                indirizzo: format!("servizi/{}/", voce.id),
                servizi: suoi.clone().count(),
                attivi: suoi.filter(|servizio| !servizio.concluso).count(),
            }
        })
        .filter(|bisogno| bisogno.servizi > 0)
        .collect()
}

fn elenco(site: &Site, path: &str) -> super::Rendered {
    let plan = &*site.plan;
    let mut context = Context::new();
    context.insert("bisogni", &bisogni(plan));
    let servizi: Vec<VistaServizio> = tutti(plan).collect();
    context.insert("faccette", &servizi.iter().map(faccette::di_servizio).collect::<Vec<_>>());
    context.insert("servizi", &servizi);
    let head = Head {
        path,
        titolo: "Servizi".into(),
        descrizione: "I servizi per conciliare lavoro e cura: per chi sono, dove, quanto costano e come chiederli."
            .into(),
        briciole: vec![],
        periodo: None,
    };
    site.render(head, "servizi.html", "servizi", context)
}

fn categoria(site: &Site, path: &str, i: usize) -> super::Rendered {
    let plan = &*site.plan;
    let voce = &plan.categorie_servizi[i];
    let mut context = Context::new();
    context.insert("categoria", voce);
    let servizi: Vec<VistaServizio> =
        tutti(plan).filter(|servizio| servizio.categoria.id == voce.id.as_str()).collect();
    context.insert("faccette", &servizi.iter().map(faccette::di_servizio).collect::<Vec<_>>());
    context.insert("servizi", &servizi);
    context.insert("bisogni", &bisogni(plan));
    let head = Head {
        path,
        titolo: voce.nome.clone(),
        descrizione: voce.descrizione.clone().unwrap_or_else(|| format!("I servizi per: {}.", voce.nome)),
        briciole: vec![briciola("Servizi", "servizi/")],
        periodo: None,
    };
    let about = Also::about(Schema::of(site, path).servizi(&servizi));
    site.render_for(about, head, "servizi-categoria.html", "servizi", context)
}
