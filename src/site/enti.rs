//! The bodies across periods.

use std::collections::BTreeSet;

use serde::Serialize;
use tera::{Context, Value};

use super::schema::Schema;
use super::situazione::{self, Situazione};
use super::viste::{Collegamento, collegamento_alleanza, indirizzo_progetto};
use super::{Also, Head, Route, Site, briciola, faccette, grafici, parole};
use crate::plan::{Adesione, Ente, Plan, Somma};
use crate::value::Euro;

pub fn routes(site: &Site, put: &mut dyn FnMut(Route)) {
    if site.plan.enti.is_empty() {
        return;
    }
    grafici::rotte(site, put, |site| grafici::enti(&site.plan));
    put(Route::page("partner/index.html".into(), elenco));
    for (i, ente) in site.plan.enti.iter().enumerate() {
        put(Route::page(format!("partner/{}/index.html", ente.id), move |site, path| scheda(site, path, i)));
    }
}

#[derive(Serialize)]
struct Riga {
    ente: Value,
    alleanze: usize,
    progetti: usize,
    quota: Option<Euro>,
    contributo: Option<Euro>,
}

fn elenco(site: &Site, path: &str) -> super::Rendered {
    let plan = &*site.plan;
    let righe: Vec<Riga> = (0..plan.enti.len())
        .map(|i| {
            let ente = &plan.enti[i];
            Riga {
                ente: site.ente(i),
                alleanze: ente.alleanze.len(),
                progetti: ente.progetti.len() + per_alleanza(plan, ente).count(),
                quota: quote(plan, ente),
                contributo: contributi(plan, ente),
            }
        })
        .collect();
    let mut context = Context::new();
    context.insert("totale_quote", &somma(righe.iter().map(|riga| riga.quota)));
    context.insert("totale_contributi", &somma(righe.iter().map(|riga| riga.contributo)));
    context.insert("totale_partecipazioni", &righe.iter().map(|riga| riga.progetti).sum::<usize>());
    context.insert("enti", &righe);
    context.insert(
        "faccette",
        &plan.enti.iter().map(|ente| faccette::di_ente(plan, ente, quote(plan, ente))).collect::<Vec<_>>(),
    );
    context.insert("grafico", &grafici::enti(plan));
    let head = Head {
        path,
        titolo: "Partner".into(),
        descrizione: "Gli enti che fanno parte delle alleanze e dei progetti, in tutti i periodi.".into(),
        briciole: vec![],
        periodo: None,
    };
    site.render(head, "partner.html", "partner", context)
}

/// A project of a body and the role that it has there.
#[derive(Serialize)]
struct RigaProgetto<'a> {
    progetto: Collegamento<'a>,
    periodo: &'a str,
    ruolo: &'static str,
    situazione: Situazione,
    quota: Option<Euro>,
    contributo: Option<Euro>,
}

/// The projects that name the body, and those of the alliances that it is part of where no partnership is written.
fn progetti_di<'a>(plan: &'a Plan, ente: &Ente) -> Vec<RigaProgetto<'a>> {
    let riga = |p: usize, i: usize, ruolo, quota: Option<Euro>| {
        let periodo = &plan.periodi[p];
        let progetto = &periodo.progetti[i];
        RigaProgetto {
            progetto: Collegamento {
                id: progetto.id.as_str(),
                nome: &progetto.dati.titolo,
                indirizzo: indirizzo_progetto(periodo, progetto),
            },
            periodo: periodo.id.as_str(),
            ruolo,
            situazione: situazione::di_progetto(plan, periodo, progetto),
            quota,
            contributo: contributo(plan, ente, p, i),
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
        progetti.filter(|&i| periodo.progetti[i].partenariato.is_empty()).map(move |i| (adesione, i))
    })
}

/// What the body counts as beside its kind.
fn qualifiche<'a>(plan: &'a Plan, ente: &'a Ente) -> Vec<&'a str> {
    ente.dati.qualifiche.iter().map(|id| plan.nome_qualifica(id)).collect()
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

#[derive(Serialize)]
struct RigaAlleanza<'a> {
    alleanza: Collegamento<'a>,
    periodo: &'a str,
    ruolo: &'static str,
}

fn scheda(site: &Site, path: &str, i: usize) -> super::Rendered {
    let plan = &*site.plan;
    let ente = &plan.enti[i];
    let alleanze: Vec<RigaAlleanza> = ente
        .alleanze
        .iter()
        .map(|adesione| {
            let periodo = &plan.periodi[adesione.periodo];
            RigaAlleanza {
                alleanza: collegamento_alleanza(periodo, &periodo.alleanze[adesione.alleanza]),
                periodo: periodo.id.as_str(),
                ruolo: parole::ruolo_in_alleanza(adesione.ruolo),
            }
        })
        .collect();
    let mut context = Context::new();
    context.insert("id", &ente.id);
    context.insert("ente", &*ente.dati);
    context.insert_value("vista", site.ente(i));
    context.insert("qualifiche", &qualifiche(plan, ente));
    context.insert("alleanze", &alleanze);
    context.insert("progetti", &progetti_di(plan, ente));
    context.insert("totale_quote", &quote(plan, ente));
    context.insert("totale_contributi", &contributi(plan, ente));
    let head = Head {
        path,
        titolo: ente.dati.nome.clone(),
        descrizione: ente.dati.descrizione.as_deref().map(str::to_owned).unwrap_or_else(|| {
            let tipo = &plan.categorie_enti[ente.categoria].nome;
            format!("{} ({tipo}): le alleanze e i progetti a cui partecipa.", ente.dati.nome)
        }),
        briciole: vec![briciola("Partner", "partner/")],
        periodo: None,
    };
    let about = Also::about(Schema::of(site, path).ente(ente));
    site.render_for(about, head, "ente.html", &ente.origine.file, context)
}
