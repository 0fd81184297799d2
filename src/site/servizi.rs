//! The citizens' catalogue: what can be used, by need.

use std::collections::BTreeMap;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use tera::Context;

use super::progetti::{VistaServizio, servizi_di};
use super::schema::Schema;
use super::{Also, Head, Route, Site, briciola, faccette, parole, situazione};
use crate::plan::Plan;
use crate::theme::messaggi::capital;

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
                attivi: suoi.filter(|servizio| !servizio.situazione.finita).count(),
            }
        })
        .filter(|bisogno| bisogno.servizi > 0)
        .collect()
}

/// One way to choose among the services, with what each choice gives.
#[derive(Serialize)]
pub struct Scelta {
    titolo: &'static str,
    voci: Vec<VoceScelta>,
}

#[derive(Serialize)]
struct VoceScelta {
    nome: String,
    indirizzo: String,
    servizi: usize,
}

/// By place, and by what they cost and how they are asked for. The addresses are those of the narrowed list.
pub fn scelte(plan: &Plan) -> Vec<Scelta> {
    let servizi: Vec<VistaServizio> = tutti(plan).collect();
    let dove = servizi.iter().flat_map(|servizio| faccette::dove(servizio.territorio)).map(String::as_str);
    let come = servizi.iter().filter_map(|voce| voce.servizio.modalita).flat_map(parole::accesso);
    [scelta("Dove ti serve?", "territorio", dove), scelta("Quanto costa e come si ottiene?", "accesso", come)]
        .into_iter()
        .filter(|scelta| scelta.voci.len() > 1)
        .collect()
}

fn scelta<'a>(titolo: &'static str, chiave: &str, valori: impl Iterator<Item = &'a str>) -> Scelta {
    let mut quanti: BTreeMap<&str, usize> = BTreeMap::new();
    valori.for_each(|valore| *quanti.entry(valore).or_default() += 1);
    let voci = quanti.into_iter().map(|(nome, servizi)| VoceScelta {
        nome: capital(nome),
        indirizzo: format!("servizi/?{chiave}={}#tutti", utf8_percent_encode(nome, NON_ALPHANUMERIC)),
        servizi,
    });
    Scelta { titolo, voci: voci.collect() }
}

fn elenco(site: &Site, path: &str) -> super::Rendered {
    let plan = &*site.plan;
    let mut context = Context::new();
    context.insert("bisogni", &bisogni(plan));
    let servizi: Vec<VistaServizio> = tutti(plan).collect();
    context.insert("faccette", &servizi.iter().map(faccette::di_servizio).collect::<Vec<_>>());
    context.insert("servizi", &servizi);
    context.insert("situazione", &situazione::di_servizi(plan, &servizi));
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
    context.insert("situazione", &situazione::di_servizi(plan, &servizi));
    context.insert("bisogni", &bisogni(plan));
    let head = Head {
        path,
        titolo: voce.nome.clone(),
        descrizione: voce
            .descrizione
            .as_deref()
            .map(str::to_owned)
            .unwrap_or_else(|| format!("I servizi per: {}.", voce.nome)),
        briciole: vec![briciola("Servizi", "servizi/")],
        periodo: None,
    };
    let about = Also::about(Schema::of(site, path).servizi(&servizi));
    site.render_for(about, head, "servizi-categoria.html", "servizi", context)
}
