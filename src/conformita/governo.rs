//! Kind `governo`: the network, and the body that plans and accompanies.

use super::contesto::{Contesto, Giudizi, whole};
use super::giudizio::Giudizio;
use crate::path;
use crate::plan::Periodo;
use crate::record::{Governo, OrganismoDiNorma, SeggioDiNorma};
use crate::suggest;
use crate::value::Id;

pub fn judge(dati: &Governo, contesto: &Contesto) -> Giudizi {
    contesto.sul_piano(|giudizio| {
        if let Some(organismo) = &contesto.norma.organismo {
            if dati.nome {
                name(organismo, contesto, giudizio);
            }
            if dati.seggi {
                seats(organismo, contesto, giudizio);
            }
        }
        if dati.continuita {
            continuity(contesto, giudizio);
        }
    })
}

/// The body that the norm wants is not there at all.
fn absent(organismo: &OrganismoDiNorma, contesto: &Contesto, giudizio: &mut Giudizio) {
    giudizio
        .manca("manca `organismo`", whole(&contesto.periodo.origine))
        .help(format!("aggiungi `organismo`, con nome, membri ed esito: la norma lo chiama «{}»", organismo.nome));
}

fn name(organismo: &OrganismoDiNorma, contesto: &Contesto, giudizio: &mut Giudizio) {
    let origine = &contesto.periodo.origine;
    match &contesto.periodo.dati.organismo {
        None => absent(organismo, contesto, giudizio),
        Some(found) if found.nome.trim().to_lowercase() == organismo.nome.to_lowercase() => giudizio.caso(),
        Some(_) => {
            giudizio
                .viola(
                    "l'organismo non ha il nome che la norma gli dà in questo periodo",
                    origine.value(path!["organismo", "nome"]),
                )
                .label(format!("la norma lo chiama «{}»", organismo.nome));
        }
    }
}

/// Every required seat is held, and each by a body that can hold it.
fn seats(organismo: &OrganismoDiNorma, contesto: &Contesto, giudizio: &mut Giudizio) {
    let origine = &contesto.periodo.origine;
    let Some(found) = &contesto.periodo.dati.organismo else { return absent(organismo, contesto, giudizio) };
    let membri = found.membri.as_slice();
    let held = |seggio: &&SeggioDiNorma| membri.iter().any(|membro| membro.seggio == seggio.id);
    let (held, empty): (Vec<_>, Vec<_>) = organismo.seggi.iter().filter(|seggio| seggio.obbligatorio).partition(held);
    held.iter().for_each(|_| giudizio.caso());
    let ids = suggest::list(empty.iter().map(|seggio| seggio.id.as_str()));
    let help = format!("aggiungi a `membri` una riga `{{ seggio: …, ente: … }}` per {ids}");
    if !empty.is_empty() && membri.is_empty() {
        giudizio.manca("manca `organismo.membri`", origine.value(path!["organismo"])).help(help);
    } else if !empty.is_empty() {
        let nomi = empty.iter().map(|seggio| format!("«{}»", seggio.nome)).collect::<Vec<_>>().join(", ");
        giudizio
            .manca(format!("nell'organismo nessuno rappresenta {nomi}"), origine.key(path!["organismo", "membri"]))
            .help(help);
    }
    for (i, membro) in membri.iter().enumerate() {
        let Some(seggio) = organismo.seggi.iter().find(|seggio| seggio.id == membro.seggio) else { continue };
        let Some(ente) = contesto.plan.ente(&membro.ente) else { continue };
        if seggio.qualifiche.is_empty() || contesto.ha(ente, &seggio.qualifiche) {
            giudizio.caso();
        } else {
            giudizio
                .viola(
                    format!("«{}» non può rappresentare «{}»", ente.dati.nome, seggio.nome),
                    origine.value(path!["organismo", "membri", i, "ente"]),
                )
                .label(format!(
                    "è {}, e serve un ente di tipo {}",
                    contesto.plan.categorie_enti[ente.categoria].nome,
                    suggest::list(seggio.qualifiche.iter().map(Id::as_str))
                ))
                .related(ente.origine.value(path!["categoria"]), "il tipo dell'ente")
                .help("cambia seggio o ente, o scrivi la qualifica nella scheda dell'ente");
        }
    }
}

/// Who was in the network of the period before still is.
fn continuity(contesto: &Contesto, giudizio: &mut Giudizio) {
    let Some(before) = contesto.p.checked_sub(1).map(|p| &contesto.plan.periodi[p]) else { return };
    let members = |periodo: &'_ Periodo| periodo.dati.rete.iter().flat_map(|rete| rete.membri.clone()).collect();
    let (prima, ora): (Vec<Id>, Vec<Id>) = (members(before), members(contesto.periodo));
    if prima.is_empty() {
        return;
    }
    let origine = &contesto.periodo.origine;
    if ora.is_empty() {
        giudizio.manca("manca `rete.membri`", origine.value(path!["rete"]));
        return;
    }
    for (i, membro) in prima.iter().enumerate() {
        if ora.contains(membro) {
            giudizio.caso();
            continue;
        }
        let nome = contesto.plan.ente(membro).map_or(membro.as_str(), |ente| &ente.dati.nome);
        giudizio
            .viola(
                format!("«{nome}» era nella rete del periodo precedente e ora non c'è"),
                origine.key(path!["rete", "membri"]),
            )
            .related(before.origine.value(path!["rete", "membri", i]), "qui nel periodo precedente");
    }
}
