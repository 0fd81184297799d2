//! The sources of the money: what is covered is covered whole, and no source gives more than it has.

use std::collections::{BTreeMap, BTreeSet};

use super::pagamenti::doppi;
use super::{Caso, Check};
use crate::path;
use crate::plan::conto::saldo;
use crate::plan::vita::{Mossa, concessi};
use crate::plan::{Periodo, Plan};
use crate::record::{Copertura, Evento};
use crate::report::{Diagnostic, Place, Report, Rule, Step};
use crate::value::{Data, Euro, Quando, euro};

pub const CHECKS: &[Check] = &[
    Rule::new("Q-30", "le coperture di una somma fanno la somma")
        .why("ogni euro viene da una risorsa")
        .example("€ 29.000,00 concessi, di cui € 20.000,00 dalle risorse del 2025 e € 8.000,00 da un residuo")
        .of_projects(intere),
    Rule::new("Q-31", "nessuna risorsa copre più di quanto ha")
        .why("con lo stesso denaro non si concede due volte")
        .example("un residuo di € 9.000,00 che copre € 12.000,00, o autorizzato dopo l'atto che lo usa")
        .in_periods(capienti),
    Rule::new("Q-36", "uno scorrimento va ai progetti del suo avviso")
        .why("scorre la graduatoria di quell'avviso")
        .example("lo scorrimento di un avviso che dà una somma a un progetto di un altro")
        .in_periods(del_suo_avviso),
    Rule::new("Q-32", "la cassa del Piano non va sotto zero")
        .why("ciò che si paga prima che la Regione trasferisca lo anticipa l'ATS")
        .example("€ 120.000,00 pagati con € 110.000,00 trasferiti")
        .by(cassa),
    Rule::new("Q-24", "i residui assegnati a un progetto non superano il suo contributo riconosciuto")
        .why("ciò che un progetto ha dalla dotazione è il contributo senza i residui, e non può essere meno di zero")
        .example("un residuo di € 50.000,00 a un progetto che riceve € 29.000,00")
        .of_projects(entro_il_contributo),
];

/// the parts of each event, and of each step down the ranking, add up.
fn intere(caso: &Caso) -> Option<Diagnostic> {
    let passi = caso.periodo.passi(caso.progetto);
    let mut prima: Option<Euro> = None;
    // What the project has from each source, step by step.
    let mut sue: BTreeMap<&str, Euro> = BTreeMap::new();
    for (passo, dopo) in concessi(&passi) {
        let tolto = std::mem::replace(&mut prima, dopo);
        let Some(i) = passo.evento else {
            // Where from, only the call says: nothing can be held against what comes back later.
            sue.clear();
            continue;
        };
        let evento = &caso.dati.eventi[i];
        if evento.copertura.is_empty() {
            continue;
        }
        let somma: Euro = evento.copertura.iter().map(|parte| parte.importo).sum();
        // Of a whole grant taken back, nobody has to write the amount.
        if let Some(importo) = passo.importo.or(tolto).filter(|importo| *importo != somma) {
            let steps =
                if passo.importo.is_some() { path!["eventi", i, "importo"] } else { path!["eventi", i, "cosa"] };
            return Some(
                Diagnostic::error("Q-30", "le coperture non fanno l'importo dell'evento")
                    .at(caso.value(steps))
                    .label(format!("{}, ma le coperture fanno {}", euro(importo), euro(somma)))
                    .help("correggi l'importo, o le righe di `copertura`"),
            );
        }
        for (j, parte) in evento.copertura.iter().enumerate() {
            if passo.cosa == Mossa::Aggiunge {
                let sua = sue.entry(parte.da.as_str()).or_default();
                *sua = *sua + parte.importo;
                continue;
            }
            let Some(sua) = sue.get_mut(parte.da.as_str()) else {
                if sue.is_empty() {
                    continue;
                }
                return Some(
                    Diagnostic::error("Q-30", format!("il progetto non ha niente da `{}`", parte.da))
                        .at(caso.value(path!["eventi", i, "copertura", j, "da"]))
                        .help("il denaro torna a una risorsa da cui è venuto: correggi `da`"),
                );
            };
            if parte.importo > *sua {
                return Some(
                    Diagnostic::error("Q-30", format!("a `{}` torna più di quanto ha dato", parte.da))
                        .at(caso.value(path!["eventi", i, "copertura", j, "importo"]))
                        .label(format!("{} di {}", euro(parte.importo), euro(*sua)))
                        .help("correggi le righe di `copertura`"),
                );
            }
            *sua = *sua - parte.importo;
        }
    }
    undivided(caso)
}

/// Where one movement of a grant that is divided among its sources does not say which, none of the money of the plan can
/// be told by source any more.
fn undivided(caso: &Caso) -> Option<Diagnostic> {
    let eventi = || caso.dati.eventi.iter().enumerate().filter(|(_, evento)| evento.mossa().is_some());
    let (divisa, _) = eventi().find(|(_, evento)| !evento.copertura.is_empty())?;
    // An amount that is missing has its message, and one of zero comes from nowhere.
    let is_silent = |evento: &Evento| evento.copertura.is_empty() && !evento.importo.is_some_and(Euro::e_zero);
    let (i, evento) = eventi().find(|(_, evento)| is_silent(evento))?;
    let (where_from, remedy) = match evento.mossa()? {
        Mossa::Aggiunge => ("da quale risorsa viene il denaro", "da dove viene"),
        Mossa::Toglie => ("a quale risorsa, e a quale anno, torna il denaro", "dove torna"),
    };
    Some(
        Diagnostic::warning("Q-30", format!("senza `copertura` non si sa {where_from}"))
            .at(caso.value(path!["eventi", i, "cosa"]))
            .label("il denaro di tutto il Piano, risorsa per risorsa, resta «Non diviso»")
            .related(caso.key(path!["eventi", divisa, "copertura"]), "qui è detto")
            .help(format!("aggiungi all'evento {remedy}, come `copertura: [{{ da: …, importo: … }}]`")),
    )
}

/// What a source gives, and where.
struct Uso<'a> {
    copertura: &'a Copertura,
    mossa: Mossa,
    giorno: Data,
    place: Place,
    atto: Option<Data>,
}

fn usi(periodo: &Periodo) -> Vec<Uso<'_>> {
    let mut usi = Vec::new();
    for progetto in &periodo.progetti {
        for (i, evento) in progetto.dati.eventi.iter().enumerate() {
            let Some(mossa) = evento.mossa() else { continue };
            for (j, copertura) in evento.copertura.iter().enumerate() {
                let place = progetto.origine.value(path!["eventi", i, "copertura", j, "importo"]);
                usi.push(Uso {
                    copertura,
                    mossa,
                    giorno: evento.data,
                    place,
                    atto: evento.atto.as_ref().and_then(|atto| atto.data).map(Quando::ultimo),
                });
            }
        }
    }
    for avviso in &periodo.avvisi {
        for (i, scorrimento) in avviso.dati.scorrimenti.iter().enumerate() {
            for (j, copertura) in scorrimento.aggiunte.iter().enumerate() {
                let place = avviso.origine.value(path!["scorrimenti", i, "aggiunte", j, "importo"]);
                let giorno = scorrimento.giorno();
                usi.push(Uso { copertura, mossa: Mossa::Aggiunge, giorno, place, atto: Some(giorno) });
            }
        }
    }
    // What came back one day can be granted again from that day on.
    usi.sort_by_key(|uso| (uso.giorno, uso.mossa == Mossa::Aggiunge));
    usi
}

/// what a source covers ≤ what it has; a residual is used after the act that allows it.
fn capienti(periodo: &Periodo, report: &mut Report) {
    let Some(risorse) = &periodo.risorse else { return };
    let dotazione = risorse.dati.dotazione.iter().enumerate();
    let dotazione = dotazione.map(|(i, voce)| (voce.id.as_str(), voce.importo, None, path!["dotazione", i, "importo"]));
    let residui = risorse.dati.residui.iter().enumerate();
    let residui = residui.map(|(i, voce)| {
        let campo = if voce.autorizzato.is_some() { "autorizzato" } else { "importo" };
        (
            voce.id.as_str(),
            periodo.utilizzabile(voce),
            voce.atto.as_ref().and_then(|atto| atto.data).map(Quando::primo),
            path!["residui", i, campo],
        )
    });
    let voci: BTreeMap<&str, (Euro, Option<Data>, Vec<Step>)> =
        dotazione.chain(residui).map(|(id, importo, atto, steps)| (id, (importo, atto, steps))).collect();
    for (i, residuo) in risorse.dati.residui.iter().enumerate() {
        let Some(autorizzato) = residuo.autorizzato.filter(|autorizzato| *autorizzato > residuo.importo) else {
            continue;
        };
        report.add(
            Diagnostic::error("Q-31", format!("del residuo `{}` è autorizzato più di quanto è rimasto", residuo.id))
                .at(risorse.origine.value(path!["residui", i, "autorizzato"]))
                .label(format!("{} di {}", euro(autorizzato), euro(residuo.importo)))
                .help("correggi `autorizzato`, o `importo`"),
        );
    }
    let mut usati: BTreeMap<&str, Euro> = BTreeMap::new();
    // Once a source is used up, whatever else it covers follows from the same mistake.
    let mut esauste: BTreeSet<&str> = BTreeSet::new();
    for Uso { copertura, mossa, place, atto, .. } in usi(periodo) {
        let id = copertura.da.as_str();
        let Some((importo, autorizzato, steps)) = voci.get(id) else { continue };
        let usato = usati.entry(id).or_default();
        *usato = match mossa {
            Mossa::Aggiunge => *usato + copertura.importo,
            Mossa::Toglie => *usato - copertura.importo,
        };
        let is_new = *usato > *importo && esauste.insert(id);
        if is_new && importo.e_zero() {
            report.add(
                Diagnostic::error("Q-31", format!("`{id}` non si può ancora usare"))
                    .at(place.clone())
                    .label(format!("copre {}, ma nessun atto ne permette l'uso", euro(*usato)))
                    .related(risorse.origine.value(steps.clone()), "la risorsa")
                    .help("aggiungi alla risorsa l'atto che la autorizza, o correggi la copertura"),
            );
        } else if is_new {
            report.add(
                Diagnostic::error("Q-31", format!("`{id}` copre più di quanto ha"))
                    .at(place.clone())
                    .label(format!("con questo copre {}, ma ha {}", euro(*usato), euro(*importo)))
                    .related(risorse.origine.value(steps.clone()), "quanto ha")
                    .help("correggi una copertura, o l'importo della risorsa"),
            );
        }
        if let (Some(autorizzato), Some(atto)) = (autorizzato, atto)
            && atto < *autorizzato
        {
            report.add(
                Diagnostic::error("Q-31", format!("`{id}` è usato prima dell'atto che lo permette"))
                    .at(place)
                    .label(format!("usato il {}, permesso il {}", atto.breve(), autorizzato.breve()))
                    .help("correggi il giorno di uno dei due atti"),
            );
        }
    }
}

/// who receives money of a step down the ranking answered that call.
fn del_suo_avviso(periodo: &Periodo, report: &mut Report) {
    for (a, avviso) in periodo.avvisi.iter().enumerate() {
        let righe = avviso.dati.scorrimenti.iter().enumerate();
        let righe = righe.flat_map(|(i, s)| s.progetti.iter().enumerate().map(move |(j, riga)| (i, j, riga)));
        for (i, j, riga) in righe {
            let suo = periodo.progetti.iter().find(|progetto| progetto.id == riga.progetto);
            let Some(suo) = suo.filter(|progetto| progetto.avviso != Some(a)) else { continue };
            report.add(
                Diagnostic::error("Q-36", format!("`{}` non è un progetto di questo avviso", riga.progetto))
                    .at(avviso.origine.value(path!["scorrimenti", i, "progetti", j, "progetto"]))
                    .related(suo.origine.key(path!["avviso"]), "il suo avviso")
                    .help("correggi il progetto, o il suo `avviso`"),
            );
        }
    }
}

/// what came from the Region ≥ what was paid.
fn cassa(plan: &Plan, report: &mut Report) {
    for periodo in &plan.periodi {
        let (Some(risorse), Some(conto)) = (&periodo.risorse, periodo.conto_del_piano(&plan.sito.ats.nome)) else {
            continue;
        };
        let azione = risorse.dati.azione_di_sistema.iter().filter_map(|azione| saldo(&azione.pagamenti));
        // At least this: what no record tells can only make it more.
        let pagato = conto.pagato.importo.unwrap_or_default() + azione.sum();
        // What is paid only because it is written twice has its message.
        let doppi = periodo.propri(&plan.sito.ats.nome).flat_map(|progetto| {
            let pagamenti = &progetto.dati.pagamenti;
            doppi(pagamenti).into_iter().map(|(i, _)| pagamenti[i].importo)
        });
        let sicuro = pagato - doppi.sum();
        let Some(trasferito) = conto.trasferito.filter(|trasferito| *trasferito < sicuro) else { continue };
        report.add(
            Diagnostic::warning("Q-32", "si è pagato più di quanto la Regione ha trasferito")
                .at(risorse.origine.key(path!["trasferimenti"]))
                .label(format!("trasferiti {}, pagati {}", euro(trasferito), euro(pagato)))
                .help(format!(
                    "{} li anticipa l'ATS; se manca un trasferimento, aggiungilo",
                    euro(pagato - trasferito)
                )),
        );
    }
}

/// assigned residuals ≤ grant. Where no grant is written yet, nothing can be compared.
fn entro_il_contributo(caso: &Caso) -> Option<Diagnostic> {
    let risorse = caso.periodo.risorse.as_ref()?;
    let riconosciuto = caso.dati.finanziamento.contributo_riconosciuto?;
    let residui = || caso.periodo.residui_di(caso.progetto);
    let somma: Euro = residui().map(|(_, residuo)| residuo.importo).sum();
    let (ultimo, _) = residui().last().filter(|_| somma > riconosciuto)?;
    Some(
        Diagnostic::error("Q-24", "i residui assegnati al progetto superano il suo contributo riconosciuto")
            .at(risorse.origine.value(path!["residui", ultimo, "assegnato_a"]))
            .label(format!("{} dai residui", euro(somma)))
            .related(caso.importo("contributo_riconosciuto"), format!("riconosciuti {}", euro(riconosciuto)))
            .help(format!(
                "{} sono di troppo: correggi `importo` o `assegnato_a` del residuo, o il contributo riconosciuto",
                euro(somma - riconosciuto)
            )),
    )
}
