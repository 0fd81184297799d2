//! The bodies across periods.

use std::collections::BTreeMap;

use super::engine::Foglio;
use super::viste::{collegamento_alleanza, collegamento_progetto};
use super::{filtri, grafici, parole, situazione};
use crate::plan::beneficiari::Concessione;
use crate::plan::conto::saldo;
use crate::plan::{Ente, Plan, Progetto, RuoloInAlleanza, Somma};
use crate::record::{Pagamento, Ruolo};
use crate::value::{Euro, Id};

pub fn elenco(foglio: &mut Foglio) {
    let (site, plan) = (foglio.site, foglio.plan);
    let concessioni = Concessioni::di(
        plan,
        plan.periodi.iter().enumerate().flat_map(|(p, periodo)| (0..periodo.progetti.len()).map(move |i| (p, i))),
    );
    let parti: Vec<Vec<Parte>> = (0..plan.enti.len()).map(|i| parti(plan, i, &concessioni)).collect();
    let riga = |(i, ente): (usize, &Ente)| {
        let quota = quote(&parti[i]);
        vista! {
            "ente": site.ente(i),
            "alleanze": ente.alleanze.len(),
            "progetti": parti[i].len(),
            "quota": quota,
            "contributo": contributi(&parti[i]),
            "filtri": filtri::di_ente(plan, ente, quota),
        }
    };
    foglio.insert("enti", &plan.enti.iter().enumerate().map(riga).collect::<Vec<_>>());
    foglio.insert("totale_quote", &quote(parti.iter().flatten()));
    foglio.insert("totale_contributi", &contributi(parti.iter().flatten()));
    foglio.insert("totale_partecipazioni", &parti.iter().map(Vec::len).sum::<usize>());
    foglio.insert("grafico", &grafici::enti(plan));
}

/// The part of a body in a project.
struct Parte {
    periodo: usize,
    progetto: usize,
    ruolo: &'static str,
    quota: Option<Euro>,
    /// What it receives of the grant, where it is told.
    contributo: Option<Euro>,
}

/// What projects were granted, by period and project.
struct Concessioni<'a>(BTreeMap<(usize, usize), Option<Concessione<'a>>>);

impl<'a> Concessioni<'a> {
    fn di(plan: &'a Plan, progetti: impl Iterator<Item = (usize, usize)>) -> Self {
        let concessione = |(p, i): (usize, usize)| plan.periodi[p].concessione(&plan.periodi[p].progetti[i]);
        Concessioni(progetti.map(|dove| (dove, concessione(dove))).collect())
    }
}

/// The projects that a body takes part in: those that name it, then those of its alliances that name nobody, or that it
/// leads without being named.
fn progetti_di(plan: &Plan, i: usize) -> impl Iterator<Item = (usize, usize, Option<usize>, RuoloInAlleanza)> {
    let ente = &plan.enti[i];
    let nominato =
        ente.progetti.iter().map(|parte| (parte.periodo, parte.progetto, Some(parte.riga), RuoloInAlleanza::Partner));
    let per_alleanza = ente.alleanze.iter().flat_map(move |adesione| {
        let periodo = &plan.periodi[adesione.periodo];
        let is_in = move |progetto: &Progetto| {
            let mut righe = progetto.partenariato();
            righe.len() == 0 || periodo.capofila(progetto) == i && righe.all(|parte| parte.ente != i)
        };
        let progetti = periodo.alleanze[adesione.alleanza].progetti.iter().copied();
        let progetti = progetti.filter(move |&progetto| is_in(&periodo.progetti[progetto]));
        progetti.map(|progetto| (adesione.periodo, progetto, None, adesione.ruolo))
    });
    nominato.chain(per_alleanza)
}

fn parti(plan: &Plan, i: usize, concessioni: &Concessioni) -> Vec<Parte> {
    let parte = |(periodo, progetto, riga, in_alleanza): (usize, usize, Option<usize>, RuoloInAlleanza)| {
        let riga = riga.map(|riga| &plan.periodi[periodo].progetti[progetto].dati.partenariato[riga]);
        let concessione = concessioni.0.get(&(periodo, progetto)).and_then(Option::as_ref);
        let dati = &plan.periodi[periodo].progetti[progetto].dati;
        // Nothing is left of what was taken back.
        let niente = dati.finanziamento.contributo_riconosciuto.filter(|contributo| contributo.e_zero());
        let contributo = niente.or_else(|| {
            concessione.and_then(|concessione| match riga {
                Some(riga) if riga.contributo.is_some() || riga.ruolo != Ruolo::Capofila => riga.contributo,
                _ => concessione.di(i),
            })
        });
        let ruolo = riga.map_or(parole::ruolo_in_alleanza(in_alleanza), |riga| parole::nome(riga.ruolo));
        Parte { periodo, progetto, ruolo, quota: riga.and_then(|riga| riga.quota), contributo }
    };
    progetti_di(plan, i).map(parte).collect()
}

fn quote<'a>(parti: impl IntoIterator<Item = &'a Parte>) -> Option<Euro> {
    Somma::di(parti.into_iter().map(|parte| parte.quota)).importo
}

fn contributi<'a>(parti: impl IntoIterator<Item = &'a Parte>) -> Option<Euro> {
    Somma::di(parti.into_iter().map(|parte| parte.contributo)).importo
}

/// What was paid to a body, less what it gave back, by year and by its role in the project.
fn erogati(plan: &Plan, id: &Id, parti: &[Parte]) -> BTreeMap<(i16, &'static str), Vec<Pagamento>> {
    let mut erogati: BTreeMap<_, Vec<Pagamento>> = BTreeMap::new();
    for parte in parti {
        let pagamenti = &plan.periodi[parte.periodo].progetti[parte.progetto].dati.pagamenti;
        for pagamento in pagamenti.iter().filter(|pagamento| pagamento.ente.as_ref() == Some(id)) {
            erogati.entry((pagamento.data.anno(), parte.ruolo)).or_default().push(pagamento.clone());
        }
    }
    erogati
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
    let concessioni = Concessioni::di(plan, progetti_di(plan, i).map(|(p, progetto, ..)| (p, progetto)));
    let parti = parti(plan, i, &concessioni);
    let riga = |parte: &Parte| {
        let periodo = &plan.periodi[parte.periodo];
        let progetto = &periodo.progetti[parte.progetto];
        vista! {
            "progetto": collegamento_progetto(periodo, progetto),
            "periodo": periodo.id,
            "ruolo": parte.ruolo,
            "situazione": situazione::di_progetto(plan, periodo, progetto),
            "quota": parte.quota,
            "contributo": parte.contributo,
        }
    };
    let qualifiche = ente.dati.qualifiche.iter().map(|id| plan.nome_qualifica(id));
    foglio.insert("qualifiche", &qualifiche.collect::<Vec<_>>());
    foglio.insert("alleanze", &alleanze.collect::<Vec<_>>());
    foglio.insert("progetti", &parti.iter().map(riga).collect::<Vec<_>>());
    foglio.insert("totale_quote", &quote(&parti));
    foglio.insert("totale_contributi", &contributi(&parti));
    let erogati = erogati(plan, &ente.id, &parti);
    let totale = saldo(&erogati.values().flatten().cloned().collect::<Vec<_>>());
    let erogato = |((anno, ruolo), pagamenti): (&(i16, &'static str), &Vec<Pagamento>)| {
        vista! { "anno": anno, "ruolo": ruolo, "importo": saldo(pagamenti) }
    };
    foglio.insert("erogati", &erogati.iter().map(erogato).collect::<Vec<_>>());
    foglio.insert("totale_erogati", &totale);
    foglio.descrizione = ente.dati.descrizione.as_deref().map(str::to_owned).unwrap_or_else(|| {
        let tipo = &plan.categorie_enti[ente.categoria].nome;
        format!("{} ({tipo}): le alleanze e i progetti a cui partecipa.", ente.dati.nome)
    });
    foglio.about = Some(foglio.schema().ente(ente));
}
