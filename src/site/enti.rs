//! The bodies across periods.

use std::collections::{BTreeMap, BTreeSet};

use tera::Value;

use super::engine::Foglio;
use super::filtri::{Fasce, InTutto};
use super::viste::{collegamento_alleanza, collegamento_progetto};
use super::{filtri, grafici, parole, situazione};
use crate::plan::beneficiari::Concessione;
use crate::plan::conto::saldo;
use crate::plan::{Ente, Periodo, Plan, Progetto, RuoloInAlleanza, Somma};
use crate::record::{Pagamento, Ruolo};
use crate::value::{Euro, Id, Quando};
use crate::view::Colonne;

pub fn elenco(foglio: &mut Foglio) {
    let (site, plan) = (foglio.site, foglio.plan);
    let progetti =
        plan.periodi.iter().enumerate().flat_map(|(p, periodo)| (0..periodo.progetti.len()).map(move |i| (p, i)));
    let concessioni = concessioni(plan, progetti);
    let parti: Vec<Vec<Parte>> = (0..plan.enti.len()).map(|i| parti(plan, i, &concessioni)).collect();
    let in_tutto = |(ente, parti): (&Ente, &Vec<Parte>)| InTutto {
        quota: quote(parti),
        contributo: contributi(parti),
        alleanze: ente
            .alleanze
            .iter()
            .map(|adesione| (adesione.periodo, adesione.alleanza))
            .collect::<BTreeSet<_>>()
            .len(),
        progetti: parti.iter().map(|parte| parte.dove).collect::<BTreeSet<_>>().len(),
    };
    let totali: Vec<InTutto> = plan.enti.iter().zip(&parti).map(in_tutto).collect();
    let fasce = [Fasce::di(totali.iter().map(|suoi| suoi.quota)), Fasce::di(totali.iter().map(|suoi| suoi.contributo))];
    let riga = |(i, suoi): (usize, &InTutto)| {
        vista! {
            "ente": site.ente(i),
            "filtri": filtri::di_ente(plan, &plan.enti[i], suoi, &fasce),
            ..suoi
        }
    };
    let mut per_nome: Vec<(usize, &InTutto)> = totali.iter().enumerate().collect();
    per_nome.sort_by_cached_key(|&(i, _)| plan.enti[i].dati.nome.to_lowercase());
    foglio.insert("enti", &per_nome.into_iter().map(riga).collect::<Vec<_>>());
    foglio.insert("totale_quote", &quote(parti.iter().flatten()));
    foglio.insert("totale_contributi", &contributi(parti.iter().flatten()));
    foglio.insert("totale_partecipazioni", &totali.iter().map(|suoi| suoi.progetti).sum::<usize>());
    foglio.insert("grafico", &grafici::enti(plan));
}

/// The part of a body in a project.
struct Parte<'a> {
    /// Period and project, by their places.
    dove: (usize, usize),
    periodo: &'a Periodo,
    progetto: &'a Progetto,
    ruolo: &'static str,
    quota: Option<Euro>,
    /// What it receives of the grant, where it is told.
    contributo: Option<Euro>,
}

/// What projects were granted, by period and project.
type Concessioni<'a> = BTreeMap<(usize, usize), Option<Concessione<'a>>>;

fn concessioni(plan: &Plan, progetti: impl Iterator<Item = (usize, usize)>) -> Concessioni<'_> {
    progetti.map(|(p, i)| ((p, i), plan.periodi[p].concessione(&plan.periodi[p].progetti[i]))).collect()
}

/// What a body that was paid is to a project that does not name it: it may have left.
const PAGATO: &str = "ha ricevuto pagamenti, e non è fra i partner";

/// How a body comes to have a part in a project.
enum Titolo {
    Riga(usize),
    Alleanza(RuoloInAlleanza),
    Pagato,
}

/// The projects that a body takes part in: those that name it, then those of its alliances that name nobody, or that it
/// leads without being named, and those that have only paid it.
fn progetti_di(plan: &Plan, i: usize) -> impl Iterator<Item = (usize, usize, Titolo)> {
    let ente = &plan.enti[i];
    let nominato = ente.progetti.iter().map(|parte| (parte.periodo, parte.progetto, Titolo::Riga(parte.riga)));
    let per_alleanza = ente.alleanze.iter().flat_map(move |adesione| {
        let periodo = &plan.periodi[adesione.periodo];
        let is_in = move |progetto: &Progetto| {
            let mut righe = progetto.partenariato();
            righe.len() == 0 || periodo.capofila(progetto) == i && righe.all(|parte| parte.ente != i)
        };
        let progetti = periodo.alleanze[adesione.alleanza].progetti.iter().copied();
        let progetti = progetti.filter(move |&progetto| is_in(&periodo.progetti[progetto]));
        progetti.map(|progetto| (adesione.periodo, progetto, Titolo::Alleanza(adesione.ruolo)))
    });
    let per_alleanza: Vec<_> = per_alleanza.collect();
    let is_known = |dove: (usize, usize)| per_alleanza.iter().any(|(p, progetto, _)| (*p, *progetto) == dove);
    let pagato = ente.pagato.iter().copied().filter(|&dove| !is_known(dove));
    let pagato: Vec<_> = pagato.map(|(p, progetto)| (p, progetto, Titolo::Pagato)).collect();
    nominato.chain(per_alleanza).chain(pagato)
}

fn parti<'a>(plan: &'a Plan, i: usize, concessioni: &Concessioni) -> Vec<Parte<'a>> {
    let parte = |(p, n, titolo): (usize, usize, Titolo)| {
        let (dove, periodo, progetto) = ((p, n), &plan.periodi[p], &plan.periodi[p].progetti[n]);
        let riga = if let Titolo::Riga(riga) = titolo { Some(&progetto.dati.partenariato[riga]) } else { None };
        let concessione = concessioni.get(&dove).and_then(Option::as_ref);
        // Nothing is left of what was taken back.
        let niente = progetto.dati.finanziamento.contributo_riconosciuto.filter(|contributo| contributo.e_zero());
        let contributo = niente.or_else(|| {
            concessione.and_then(|concessione| match riga {
                Some(riga) if riga.contributo.is_some() || riga.ruolo != Ruolo::Capofila => riga.contributo,
                _ => concessione.di(i),
            })
        });
        // Where the project names nobody, its alliance does.
        let ruolo = match titolo {
            Titolo::Riga(riga) => parole::nome(progetto.dati.partenariato[riga].ruolo),
            Titolo::Alleanza(RuoloInAlleanza::Partner) => "partner dell'alleanza",
            Titolo::Alleanza(ruolo) => parole::ruolo_in_alleanza(ruolo),
            Titolo::Pagato => PAGATO,
        };
        Parte { dove, periodo, progetto, ruolo, quota: riga.and_then(|riga| riga.quota), contributo }
    };
    progetti_di(plan, i).map(parte).collect()
}

fn quote<'a>(parti: impl IntoIterator<Item = &'a Parte<'a>>) -> Option<Euro> {
    Somma::di(parti.into_iter().map(|parte| parte.quota)).importo
}

fn contributi<'a>(parti: impl IntoIterator<Item = &'a Parte<'a>>) -> Option<Euro> {
    Somma::di(parti.into_iter().map(|parte| parte.contributo)).importo
}

fn sostiene(parte: &Parte) -> bool {
    [parole::nome(Ruolo::Sostenitore), parole::ruolo_in_alleanza(RuoloInAlleanza::ReteDiSupporto)]
        .contains(&parte.ruolo)
}

/// What was paid for a project in a year, less what was given back.
struct Erogato<'a> {
    anno: i16,
    parte: &'a Parte<'a>,
    /// Nobody says how it is divided among the bodies: it is of the project.
    del_progetto: bool,
    importo: Euro,
}

/// Year by year, what was paid to a body, or to a project of its where no source tells to whom.
fn erogati<'a>(plan: &Plan, i: usize, parti: &'a [Parte<'a>]) -> Vec<Erogato<'a>> {
    let mut visti = BTreeSet::new();
    let progetti = parti.iter().filter(|parte| visti.insert(parte.dove));
    let mut erogati: BTreeMap<_, (&Parte, Vec<Pagamento>)> = BTreeMap::new();
    for parte in progetti {
        let Parte { periodo, progetto, .. } = parte;
        let da_solo = periodo.capofila(progetto) == i && periodo.numero_partner(progetto) == 0;
        for pagamento in &progetto.dati.pagamenti {
            let del_progetto = pagamento.ente.is_none() && !da_solo;
            // Who supports a project receives nothing of it, and neither does who was granted nothing.
            let niente = parte.contributo.is_some_and(|contributo| contributo.e_zero());
            if del_progetto && (sostiene(parte) || niente || parte.ruolo == PAGATO) {
                continue;
            }
            if del_progetto || pagamento.ente.as_ref().is_none_or(|ente| *ente == plan.enti[i].id) {
                let dove = (del_progetto, pagamento.data.anno(), parte.dove);
                erogati.entry(dove).or_insert((parte, Vec::new())).1.push(pagamento.clone());
            }
        }
    }
    let voci = erogati.into_iter().filter_map(|((del_progetto, anno, ..), (parte, pagamenti))| {
        Some(Erogato { anno, parte, del_progetto, importo: saldo(&pagamenti)? })
    });
    voci.collect()
}

/// The grants that concern a body, and its parts in projects.
fn sue_parti(plan: &Plan, i: usize) -> Vec<Parte<'_>> {
    parti(plan, i, &concessioni(plan, progetti_di(plan, i).map(|(p, progetto, ..)| (p, progetto))))
}

/// Whose amounts somebody tells has them in a file of its own.
pub fn ha_importi(plan: &Plan, i: usize) -> bool {
    importi(plan, i, &sue_parti(plan, i)).any(|voce| voce.importo.is_some())
}

/// The sums of the money of a body.
pub fn somme(plan: &Plan, i: usize) -> impl Iterator<Item = Euro> {
    let parti = sue_parti(plan, i);
    let erogati =
        Somma::di(erogati(plan, i, &parti).iter().filter(|voce| !voce.del_progetto).map(|voce| Some(voce.importo)));
    [quote(&parti), contributi(&parti), erogati.importo].into_iter().flatten()
}

/// An amount of a body: what it is, in which project, and in which year where that is told.
struct Voce<'a> {
    nome: &'static str,
    parte: &'a Parte<'a>,
    anno: Option<i16>,
    importo: Option<Euro>,
}

/// What it puts in and what it is granted in each project, then what was paid to it: what nobody divides is of the
/// project, and would be summed once for each of its bodies.
fn importi<'a>(plan: &Plan, i: usize, parti: &'a [Parte<'a>]) -> impl Iterator<Item = Voce<'a>> {
    let dei_progetti = parti.iter().flat_map(|parte| {
        let concessione = parte.progetto.dati.atti.concessione.as_ref();
        let anno = concessione.and_then(|atto| atto.data).map(Quando::anno);
        [("quota del costo", None, parte.quota), ("contributo", anno, parte.contributo)]
            .map(|(nome, anno, importo)| Voce { nome, parte, anno, importo })
    });
    let erogati = erogati(plan, i, parti).into_iter().filter(|erogato| !erogato.del_progetto);
    dei_progetti.chain(erogati.map(|Erogato { anno, parte, importo, .. }| Voce {
        nome: "erogato",
        parte,
        anno: Some(anno),
        importo: Some(importo),
    }))
}

/// All the money of a body, as a table for spreadsheets.
pub fn in_csv(plan: &Plan, i: usize) -> Vec<u8> {
    let parti = sue_parti(plan, i);
    Colonne::<Voce>::nessuna()
        .con("periodo", |voce| &voce.parte.periodo.id)
        .con("progetto", |voce| &voce.parte.progetto.id)
        .con("progetto_titolo", |voce| &voce.parte.progetto.dati.titolo)
        .con("ruolo", |voce| voce.parte.ruolo)
        .con("cup", |voce| voce.parte.progetto.dati.atti.cup.as_deref())
        .con("stato", |voce| parole::nome(voce.parte.progetto.dati.stato()))
        .con("voce", |voce| voce.nome)
        .con("anno", |voce| voce.anno.map(|anno| u64::from(anno.unsigned_abs())))
        .con("importo", |voce| voce.importo)
        .csv(importi(plan, i, &parti))
}

/// What a body leads beside alliances and projects: networks, and the actions for a whole territory.
fn guida(plan: &Plan, ente: &Ente) -> Vec<Value> {
    let voci = plan.periodi.iter().flat_map(|periodo| {
        let rete = periodo.dati.rete.as_ref().filter(|rete| rete.capofila.as_ref() == Some(&ente.id));
        let rete = rete.map(|rete| (rete.nome.as_deref().unwrap_or("La rete territoriale"), "rete"));
        let azione = periodo.risorse.as_ref().and_then(|risorse| risorse.dati.azione_di_sistema.as_ref());
        let azione = azione.filter(|azione| azione.capofila == ente.id);
        let azione = azione.map(|azione| (azione.titolo.as_str(), "risorse"));
        [rete, azione].into_iter().flatten().map(|(nome, dove)| (nome, dove, &periodo.id))
    });
    let voce = |(nome, dove, periodo): (&str, &str, &Id)| {
        vista! { "nome": nome, "indirizzo": format!("{periodo}/{dove}/"), "periodo": periodo }
    };
    voci.map(voce).collect()
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
    let parti = sue_parti(plan, i);
    let in_progetto = |parte: &Parte| {
        vista! {
            "progetto": collegamento_progetto(parte.periodo, parte.progetto),
            "periodo": parte.periodo.id,
            "ruolo": parte.ruolo,
            "cup": parte.progetto.dati.atti.cup,
        }
    };
    let riga = |parte: &Parte| {
        vista! {
            "situazione": situazione::di_progetto(plan, parte.periodo, parte.progetto),
            "quota": parte.quota,
            "contributo": parte.contributo,
            ..&in_progetto(parte)
        }
    };
    let qualifiche = ente.dati.qualifiche.iter().map(|id| plan.nome_qualifica(id));
    foglio.insert("guida", &guida(plan, ente));
    foglio.insert("con_importi", &ha_importi(plan, i));
    foglio.insert("qualifiche", &qualifiche.collect::<Vec<_>>());
    foglio.insert("alleanze", &alleanze.collect::<Vec<_>>());
    foglio.insert("progetti", &parti.iter().map(riga).collect::<Vec<_>>());
    foglio.insert("totale_quote", &quote(&parti));
    foglio.insert("totale_contributi", &contributi(&parti));
    let voci = erogati(plan, i, &parti);
    let suoi = || voci.iter().filter(|voce| !voce.del_progetto);
    let mut per_anno: BTreeMap<i16, Euro> = BTreeMap::new();
    for voce in suoi() {
        let somma = per_anno.entry(voce.anno).or_default();
        *somma = *somma + voce.importo;
    }
    let erogato = |voce: &Erogato| vista! { "anno": voce.anno, "importo": voce.importo, ..&in_progetto(voce.parte) };
    foglio.insert("erogati", &suoi().map(erogato).collect::<Vec<_>>());
    foglio.insert("totale_erogati", &Somma::di(suoi().map(|voce| Some(voce.importo))).importo);
    foglio.insert("erogati_per_anno", &per_anno.into_iter().collect::<Vec<_>>());
    // Who only supports projects receives nothing of them.
    let riceve = parti.iter().any(|parte| !sostiene(parte));
    let muti = [
        ("quanto mette del costo", quote(&parti).is_some()),
        ("quanto riceve del contributo", !riceve || contributi(&parti).is_some()),
        ("quanto gli è stato pagato", !riceve || !voci.is_empty()),
    ];
    foglio
        .insert("muti", &parole::elenco(muti.into_iter().filter(|(_, detto)| !detto).map(|(nome, _)| nome.to_owned())));
    let dei_progetti = voci.iter().filter(|voce| voce.del_progetto);
    foglio.insert("erogati_ai_progetti", &dei_progetti.map(erogato).collect::<Vec<_>>());
    foglio.descrizione = ente
        .dati
        .descrizione
        .as_deref()
        .map(str::to_owned)
        .unwrap_or_else(|| format!("{}: dove ha parte nei Piani, e con quanto denaro.", ente.dati.nome));
    foglio.about = Some(foglio.schema().ente(ente));
}
