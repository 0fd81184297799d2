//! The citizens' catalogue: what can be used, by need.

use std::collections::BTreeMap;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tera::Value;

use super::engine::Foglio;
use super::offerta::{VistaServizio, servizi_di};
use super::situazione::Situazione;
use super::{filtri, parole};
use crate::plan::Plan;
use crate::record::Voce;
use crate::theme::messaggi::capital;

/// The needs that some service answers.
pub fn categorie(plan: &Plan) -> impl Iterator<Item = (usize, &Voce)> {
    let offerta = |voce: &Voce| tutti(plan).any(|servizio| servizio.categoria.id == voce.id.as_str());
    plan.categorie_servizi.iter().enumerate().filter(move |(_, voce)| offerta(voce))
}

/// All services, those of the most recent period first.
pub fn tutti(plan: &Plan) -> impl Iterator<Item = VistaServizio<'_>> {
    let periodi = plan.periodi.iter().rev();
    periodi.flat_map(|periodo| periodo.progetti.iter().flat_map(|progetto| servizi_di(plan, periodo, progetto)))
}

/// The needs, with how many services answer each, and how many of these are of projects that are not over.
pub fn bisogni(plan: &Plan) -> Vec<Value> {
    let servizi: Vec<VistaServizio> = tutti(plan).collect();
    let bisogno = |voce: &Voce| {
        let suoi = servizi.iter().filter(|servizio| servizio.categoria.id == voce.id.as_str());
        let attivi = suoi.clone().filter(|servizio| !servizio.situazione.finita).count();
        (suoi.clone().next().is_some()).then(|| {
            vista! {
                "indirizzo": format!("servizi/{}/", voce.id),
                "servizi": suoi.count(),
                "attivi": attivi,
                ..voce
            }
        })
    };
    plan.categorie_servizi.iter().filter_map(bisogno).collect()
}

/// Ways to choose among the services, with what each choice gives: by place, and by what they cost and how they are asked
/// for. The addresses are those of the narrowed list.
pub fn scelte(plan: &Plan) -> Vec<Value> {
    let servizi: Vec<VistaServizio> = tutti(plan).collect();
    let dove = servizi.iter().flat_map(|servizio| filtri::dove(servizio.territorio)).map(String::as_str);
    let come = servizi.iter().filter_map(|voce| voce.servizio.modalita).flat_map(parole::accesso);
    let dove = scelta("Dove ti serve?", "territorio", dove, senza_luogo(&servizi));
    dove.into_iter().chain(scelta("Quanto costa e come si ottiene?", "accesso", come, None)).collect()
}

/// The services of which nobody tells where they are: how many, and the list of them; none where all have a place.
pub fn senza_luogo(servizi: &[VistaServizio]) -> Option<Value> {
    let senza = servizi.iter().filter(|servizio| filtri::dove(servizio.territorio).next().is_none()).count();
    let indirizzo = lista("territorio", filtri::NON_INDICATO);
    (senza > 0).then(|| vista! { "servizi": senza, "indirizzo": indirizzo })
}

/// The address of the list of services, narrowed.
fn lista(chiave: &str, valore: &str) -> String {
    format!("servizi/?{chiave}={}#tutti", utf8_percent_encode(valore, NON_ALPHANUMERIC))
}

/// Nothing where there is no choice.
fn scelta<'a>(
    titolo: &str,
    chiave: &str,
    valori: impl Iterator<Item = &'a str>,
    senza: Option<Value>,
) -> Option<Value> {
    let mut quanti: BTreeMap<&str, usize> = BTreeMap::new();
    valori.for_each(|valore| *quanti.entry(valore).or_default() += 1);
    let voci = quanti.iter().map(|(nome, servizi)| {
        vista! { "nome": capital(nome), "indirizzo": lista(chiave, nome), "servizi": servizi }
    });
    (quanti.len() > 1).then(|| vista! { "titolo": titolo, "voci": voci.collect::<Vec<_>>(), "senza": senza })
}

pub fn elenco(foglio: &mut Foglio) {
    let servizi: Vec<VistaServizio> = tutti(foglio.plan).collect();
    in_lista(foglio, &servizi);
}

pub fn categoria(foglio: &mut Foglio, i: usize) {
    let plan = foglio.plan;
    let voce = &plan.categorie_servizi[i];
    let servizi: Vec<VistaServizio> =
        tutti(plan).filter(|servizio| servizio.categoria.id == voce.id.as_str()).collect();
    foglio.insert("categoria", voce);
    in_lista(foglio, &servizi);
    foglio.descrizione =
        voce.descrizione.as_deref().map_or_else(|| format!("I servizi per: {}.", voce.nome), str::to_owned);
    // Who searches elsewhere is offered what can still be asked for.
    let attivi = servizi.iter().filter(|servizio| !servizio.situazione.finita);
    foglio.about = Some(foglio.schema().servizi(attivi));
}

fn in_lista(foglio: &mut Foglio, servizi: &[VistaServizio]) {
    let plan = foglio.plan;
    foglio.insert("bisogni", &bisogni(plan));
    let filtri = filtri::che_dividono(servizi.iter().map(filtri::di_servizio).collect());
    let righe = servizi.iter().zip(filtri).map(|(voce, filtri)| vista! { "filtri": filtri, ..voce });
    foglio.insert("servizi", &righe.collect::<Vec<_>>());
    foglio.insert("situazione", &situazione(plan, servizi));
}

/// How things stand with the services of a page: with all, or with those of one need.
pub fn situazione(plan: &Plan, servizi: &[VistaServizio]) -> Situazione {
    let finiti = servizi.iter().filter(|voce| voce.situazione.finita).count();
    let sospesi = servizi.iter().filter(|voce| voce.situazione.sospesa()).count();
    let attivi = servizi.len() - finiti - sospesi;
    let oggi = plan.sito.aggiornato_al.con("al");
    let fermi = match sospesi {
        0 => String::new(),
        1 => "; 1 è sospeso, e può essere fermo".to_owned(),
        altri => format!("; {altri} sono sospesi, e possono essere fermi"),
    };
    let frase = match (finiti, servizi.len() - finiti) {
        (1, 0) => format!("Questo servizio, {oggi}, è finito o oltre il termine previsto: può non esserci più."),
        (_, 0) => {
            format!("{oggi} nessuno di questi servizi risulta in corso: sono finiti o oltre il termine previsto.")
        }
        (0, 1) => return servizi[0].situazione.clone(),
        (0, _) if sospesi == 0 => format!("Questi servizi, {oggi}, sono in corso o da avviare."),
        (0, _) => format!("{oggi}: {} in corso o da avviare{fermi}.", parole::conta(attivi, "servizio", "servizi")),
        _ => format!(
            "{oggi}: {} in corso o da avviare{fermi}; {finiti} {} oltre il termine previsto, che {} non esserci più.",
            parole::conta(attivi, "servizio", "servizi"),
            if finiti == 1 { "finito o" } else { "finiti o" },
            if finiti == 1 { "può" } else { "possono" },
        ),
    };
    Situazione { finita: finiti == servizi.len(), breve: String::new(), frase: capital(&frase), fine: None }
}
