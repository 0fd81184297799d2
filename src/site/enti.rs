//! The bodies across periods.

use std::collections::BTreeSet;

use tera::Value;

use super::engine::Foglio;
use super::viste::{collegamento_alleanza, collegamento_progetto};
use super::{filtri, grafici, parole, situazione};
use crate::plan::{Adesione, Ente, Plan, Somma};
use crate::value::Euro;

pub fn elenco(foglio: &mut Foglio) {
    let (site, plan) = (foglio.site, foglio.plan);
    let conti: Vec<_> = plan.enti.iter().map(|ente| (quote(plan, ente), contributi(plan, ente))).collect();
    let partecipazioni: Vec<usize> =
        plan.enti.iter().map(|ente| ente.progetti.len() + per_alleanza(plan, ente).count()).collect();
    let riga = |(i, ente): (usize, &Ente)| {
        let (quota, contributo) = conti[i];
        vista! {
            "ente": site.ente(i),
            "alleanze": ente.alleanze.len(),
            "progetti": partecipazioni[i],
            "quota": quota,
            "contributo": contributo,
            "filtri": filtri::di_ente(plan, ente, quota),
        }
    };
    foglio.insert("enti", &plan.enti.iter().enumerate().map(riga).collect::<Vec<_>>());
    foglio.insert("totale_quote", &somma(conti.iter().map(|(quota, _)| *quota)));
    foglio.insert("totale_contributi", &somma(conti.iter().map(|(_, contributo)| *contributo)));
    foglio.insert("totale_partecipazioni", &partecipazioni.iter().sum::<usize>());
    foglio.insert("grafico", &grafici::enti(plan));
}

/// The projects that name the body, and those of the alliances that it is part of where no partnership is written.
/// Each with the role that it has there.
fn progetti_di(plan: &Plan, ente: &Ente) -> Vec<Value> {
    let riga = |p: usize, i: usize, ruolo: &str, quota: Option<Euro>| {
        let periodo = &plan.periodi[p];
        let progetto = &periodo.progetti[i];
        vista! {
            "progetto": collegamento_progetto(periodo, progetto),
            "periodo": periodo.id,
            "ruolo": ruolo,
            "situazione": situazione::di_progetto(plan, periodo, progetto),
            "quota": quota,
            "contributo": contributo(plan, ente, p, i),
        }
    };
    let nominato = ente.progetti.iter().map(|parte| {
        let scritta = &plan.periodi[parte.periodo].progetti[parte.progetto].dati.partenariato[parte.riga];
        riga(parte.periodo, parte.progetto, parole::nome(scritta.ruolo), scritta.quota)
    });
    let per_alleanza = per_alleanza(plan, ente)
        .map(|(adesione, i)| riga(adesione.periodo, i, parole::ruolo_in_alleanza(adesione.ruolo), None));
    nominato.chain(per_alleanza).collect()
}

/// The projects of a body's alliances where no partnership is written.
fn per_alleanza<'a>(plan: &'a Plan, ente: &'a Ente) -> impl Iterator<Item = (&'a Adesione, usize)> {
    ente.alleanze.iter().flat_map(|adesione| {
        let periodo = &plan.periodi[adesione.periodo];
        let progetti = periodo.alleanze[adesione.alleanza].progetti.iter().copied();
        progetti.filter(|&i| periodo.progetti[i].dati.partenariato.is_empty()).map(move |i| (adesione, i))
    })
}

fn somma(importi: impl Iterator<Item = Option<Euro>>) -> Option<Euro> {
    Somma::di(importi).importo
}

fn quote(plan: &Plan, ente: &Ente) -> Option<Euro> {
    let righe = ente.progetti.iter();
    somma(righe.map(|parte| plan.periodi[parte.periodo].progetti[parte.progetto].dati.partenariato[parte.riga].quota))
}

/// What a body receives of the grant of a project, where it is told.
fn contributo(plan: &Plan, ente: &Ente, p: usize, i: usize) -> Option<Euro> {
    let periodo = &plan.periodi[p];
    periodo.concessione(&periodo.progetti[i])?.di(*plan.ente_per_id.get(&ente.id)?)
}

fn contributi(plan: &Plan, ente: &Ente) -> Option<Euro> {
    let progetti: BTreeSet<(usize, usize)> =
        ente.progetti.iter().map(|parte| (parte.periodo, parte.progetto)).collect();
    somma(progetti.into_iter().map(|(p, i)| contributo(plan, ente, p, i)))
}

pub fn scheda(foglio: &mut Foglio, i: usize) {
    let (site, plan) = (foglio.site, foglio.plan);
    let ente = &plan.enti[i];
    let alleanze = ente.alleanze.iter().map(|adesione| {
        let periodo = &plan.periodi[adesione.periodo];
        vista! {
            "alleanza": collegamento_alleanza(periodo, &periodo.alleanze[adesione.alleanza]),
            "periodo": periodo.id,
            "ruolo": parole::ruolo_in_alleanza(adesione.ruolo),
        }
    });
    foglio.insert("id", &ente.id);
    foglio.insert("ente", &*ente.dati);
    foglio.insert_value("vista", site.ente(i));
    let qualifiche = ente.dati.qualifiche.iter().map(|id| plan.nome_qualifica(id));
    foglio.insert("qualifiche", &qualifiche.collect::<Vec<_>>());
    foglio.insert("alleanze", &alleanze.collect::<Vec<_>>());
    foglio.insert("progetti", &progetti_di(plan, ente));
    foglio.insert("totale_quote", &quote(plan, ente));
    foglio.insert("totale_contributi", &contributi(plan, ente));
    foglio.descrizione = ente.dati.descrizione.as_deref().map(str::to_owned).unwrap_or_else(|| {
        let tipo = &plan.categorie_enti[ente.categoria].nome;
        format!("{} ({tipo}): le alleanze e i progetti a cui partecipa.", ente.dati.nome)
    });
    foglio.about = Some(foglio.schema().ente(ente));
}
