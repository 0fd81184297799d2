//! Kind `governo`: the network, and the body that plans and accompanies.

use super::contesto::{Contesto, Giudizi, whole};
use super::giudizio::{Caso, Esame, Giudizio, manca, viola};
use crate::path;
use crate::plan::Periodo;
use crate::record::{Governo, OrganismoDiNorma, SeggioDiNorma};
use crate::suggest;
use crate::value::Id;

pub fn judge(dati: &Governo, contesto: &Contesto) -> Giudizi {
    contesto.sul_piano(|giudizio| {
        if let Some(organismo) = &contesto.norma.organismo {
            if dati.nome {
                giudizio.push(name(organismo, contesto));
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
fn absent(organismo: &OrganismoDiNorma, contesto: &Contesto) -> Esame {
    manca("manca `organismo`")
        .at(whole(&contesto.periodo.origine))
        .help(format!("aggiungi `organismo`, con nome, membri ed esito: la norma lo chiama «{}»", organismo.nome))
}

fn name(organismo: &OrganismoDiNorma, contesto: &Contesto) -> Esame {
    match &contesto.periodo.dati.organismo {
        None => absent(organismo, contesto),
        Some(found) if found.nome.trim().to_lowercase() == organismo.nome.to_lowercase() => Caso,
        Some(_) => viola("l'organismo non ha il nome che la norma gli dà in questo periodo")
            .at(contesto.periodo.origine.value(path!["organismo", "nome"]))
            .label(format!("la norma lo chiama «{}»", organismo.nome)),
    }
}

/// Every required seat is held, and each by a body that can hold it.
fn seats(organismo: &OrganismoDiNorma, contesto: &Contesto, giudizio: &mut Giudizio) {
    let origine = &contesto.periodo.origine;
    let Some(found) = &contesto.periodo.dati.organismo else { return giudizio.push(absent(organismo, contesto)) };
    let membri = found.membri.as_slice();
    let held = |seggio: &&SeggioDiNorma| membri.iter().any(|membro| membro.seggio == seggio.id);
    let (held, empty): (Vec<_>, Vec<_>) = organismo.seggi.iter().filter(|seggio| seggio.obbligatorio).partition(held);
    giudizio.extend(held.iter().map(|_| Caso));
    if !empty.is_empty() {
        let found = if membri.is_empty() {
            manca("manca `organismo.membri`").at(origine.value(path!["organismo"]))
        } else {
            let nomi = empty.iter().map(|seggio| format!("«{}»", seggio.nome)).collect::<Vec<_>>().join(", ");
            manca(format!("nell'organismo nessuno rappresenta {nomi}")).at(origine.key(path!["organismo", "membri"]))
        };
        let ids = suggest::list(empty.iter().map(|seggio| seggio.id.as_str()));
        giudizio.push(found.help(format!("aggiungi a `membri` una riga `{{ seggio: …, ente: … }}` per {ids}")));
    }
    for (i, membro) in membri.iter().enumerate() {
        let Some(seggio) = organismo.seggi.iter().find(|seggio| seggio.id == membro.seggio) else { continue };
        let Some(ente) = contesto.plan.ente(&membro.ente) else { continue };
        giudizio.push(if seggio.qualifiche.is_empty() || contesto.ha(ente, &seggio.qualifiche) {
            Caso
        } else {
            viola(format!("«{}» non può rappresentare «{}»", ente.dati.nome, seggio.nome))
                .at(origine.value(path!["organismo", "membri", i, "ente"]))
                .label(format!(
                    "è {}, e serve un ente di tipo {}",
                    contesto.plan.categorie_enti[ente.categoria].nome,
                    suggest::list(seggio.qualifiche.iter().map(Id::as_str))
                ))
                .related(ente.origine.value(path!["categoria"]), "il tipo dell'ente")
                .help("cambia seggio o ente, o scrivi la qualifica nella scheda dell'ente")
        });
    }
}

/// Who was in the network of the period before still is.
fn continuity(contesto: &Contesto, giudizio: &mut Giudizio) {
    let Some(before) = contesto.p.checked_sub(1).map(|p| &contesto.plan.periodi[p]) else { return };
    let members = |periodo: &'_ Periodo| periodo.dati.rete.iter().flat_map(|rete| rete.membri.clone()).collect();
    let (prima, ora): (Vec<Id>, Vec<Id>) = (members(before), members(contesto.periodo));
    let origine = &contesto.periodo.origine;
    if ora.is_empty() {
        return giudizio.push(manca("manca `rete.membri`").at(origine.value(path!["rete"])));
    }
    giudizio.extend(prima.iter().enumerate().map(|(i, membro)| {
        if ora.contains(membro) {
            return Caso;
        }
        let nome = contesto.plan.ente(membro).map_or(membro.as_str(), |ente| &ente.dati.nome);
        viola(format!("«{nome}» era nella rete del periodo precedente e ora non c'è"))
            .at(origine.key(path!["rete", "membri"]))
            .related(before.origine.value(path!["rete", "membri", i]), "qui nel periodo precedente")
    }));
}
