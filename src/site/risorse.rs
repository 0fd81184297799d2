//! The money of a period: where it comes from, where it goes, and how the printed totals meet.

use std::collections::BTreeSet;

use tera::Value;

use super::engine::Foglio;
use super::progetti::viste_di;
use super::viste::{Collegamento, VistaNorma, collegamento_avviso, collegamento_progetto};
use super::{denaro, grafici, norme, parole};
use crate::plan::conto::ContoDelPiano;
use crate::plan::simulazione::riparto::riproduci;
use crate::plan::{Periodo, Plan};
use crate::record::{self, RigaRiparto, Riparto};
use crate::value::quote::{Percentuale, fanno_cento, percentuali};
use crate::value::{Euro, Id};
use crate::view::grafico::centesimi;

pub fn pagina(foglio: &mut Foglio, p: usize) {
    let (site, plan, periodo) = (foglio.site, foglio.plan, foglio.periodo(p));
    if let Some(risorse) = &periodo.risorse {
        let dati = &*risorse.dati;
        foglio.insert("risorse", dati);
        let parti = parti(dati);
        foglio.insert("parti_arrotondate", &!fanno_cento(parti.iter().copied()));
        foglio.insert("dotazione", &dotazione(plan, periodo, dati, parti));
        foglio.insert("totale_dotazione", &denaro::dotazione(dati));
        foglio.insert("totale_residui", &denaro::residui(periodo, dati));
        foglio.insert("totale_disponibile", &denaro::disponibili(periodo, dati));
        foglio.insert("residui", &residui(periodo, dati));
        let conto = periodo.conto_del_piano(&plan.sito.ats.nome);
        foglio.insert("conto_del_piano", &conto.filter(|conto| conto.concesso.is_some()));
        let pagato = conto.filter(|conto| conto.pagato.importo.is_some());
        let in_parole = |conto: ContoDelPiano| parole::somma_in_euro(conto.pagato, conto.finanziati);
        foglio.insert("pagato_ai_progetti", &pagato.map(in_parole));
        foglio.insert("di_altri", &denaro::di_altri(periodo, &plan.sito.ats.nome));
        let trasferiti = dati.trasferimenti.iter().map(|trasferimento| trasferimento.importo);
        foglio.insert("totale_trasferimenti", &trasferiti.sum::<Euro>());
        let azione = dati.azione_di_sistema.as_ref().map(|azione| {
            vista! {
                "azione": azione,
                "capofila": plan.ente_per_id.get(&azione.capofila).map(|&i| site.ente(i)),
                "importo": dati.paga(azione).map(|(.., importo)| importo),
                "su": denaro::dotazione(dati),
                // The residual that pays for it.
                "residuo": residuo_di(dati, azione).map(|residuo| &residuo.descrizione),
            }
        });
        foglio.insert("azione_di_sistema", &azione);
        foglio.insert("riparto", &dati.riparto.as_ref().map(riparto));
    }
    foglio.insert("progetti", &viste_di(plan, periodo));
    foglio.insert("totali", &denaro::totali(periodo.progetti.iter()));
    foglio.insert("non_concessi", &periodo.somma(record::Finanziamento::non_riconosciuto));
    foglio.insert("quadrature", &denaro::quadrature(periodo));
    foglio.insert("grafico", &grafici::risorse(periodo));
    foglio.insert("grafico_riparto", &grafici::riparto(periodo));
    foglio.insert("per_abitante", &grafici::per_abitante(periodo));
    foglio.insert("mappa", &grafici::delle_ats(periodo));
    foglio.insert("flusso", &grafici::flusso(plan, periodo));
    let (disegno, uguali) = grafici::confronto(periodo);
    foglio.insert("confronto", &disegno);
    foglio.insert("concesso_come_chiesto", &uguali);
}

fn residuo_di<'a>(dati: &'a record::Risorse, azione: &record::AzioneDiSistema) -> Option<&'a record::Residuo> {
    dati.residui.iter().find(|residuo| Some(&residuo.id) == azione.residuo.as_ref())
}

/// The calls whose steps down the ranking use a residual.
fn scorrimenti_con<'a>(periodo: &'a Periodo, residuo: &Id) -> Vec<Collegamento<'a>> {
    let uses = |avviso: &&(usize, &crate::plan::Avviso)| {
        avviso.1.dati.scorrimenti.iter().flat_map(|s| &s.aggiunte).any(|parte| parte.da == *residuo)
    };
    let avvisi = periodo.avvisi.iter().enumerate();
    avvisi.filter(|avviso| uses(&avviso)).map(|(a, _)| collegamento_avviso(periodo, a)).collect()
}

/// Where the act that gives an amount can be read: at its public address, else on the page of the norm that it is.
fn origine(plan: &Plan, periodo: &Periodo, detta: &str) -> Option<(String, bool)> {
    let pubblico =
        periodo.dati.atti.iter().filter(|atto| atto.cita() == detta).find_map(|atto| atto.indirizzo.as_ref());
    let norma = || norme::note(plan).find(|(_, norma)| norma.cita() == detta);
    let pagina = || norma().map(|(id, norma)| (VistaNorma::of(id, norma).indirizzo, false));
    pubblico.map(|web| (web.to_string(), true)).or_else(pagina)
}

/// The part of each amount in the whole endowment.
fn parti(dati: &record::Risorse) -> Vec<Percentuale> {
    percentuali(&dati.dotazione.iter().map(|voce| centesimi(voce.importo)).collect::<Vec<_>>())
}

fn dotazione(plan: &Plan, periodo: &Periodo, dati: &record::Risorse, parti: Vec<Percentuale>) -> Vec<Value> {
    let voce = |(voce, parte): (&record::Stanziamento, Percentuale)| {
        vista! {
            "dove": voce.origine.as_deref().and_then(|detta| origine(plan, periodo, detta)),
            "destinazione": parole::nome(voce.destinazione),
            "percentuale": parte,
            ..voce
        }
    };
    dati.dotazione.iter().zip(parti).map(voce).collect()
}

fn residui(periodo: &Periodo, dati: &record::Risorse) -> Vec<Value> {
    let residuo = |residuo: &record::Residuo| {
        let assegnato = residuo.assegnato_a.as_ref();
        let progetto = assegnato.and_then(|id| periodo.progetti.iter().find(|progetto| progetto.id == *id));
        vista! {
            "utilizzabile": periodo.utilizzabile(residuo),
            "scorrimenti": scorrimenti_con(periodo, &residuo.id),
            "autorizzazione": residuo.autorizzato_da(),
            "paga_azione": dati.azione_di_sistema.as_ref().is_some_and(|azione| azione.residuo.as_ref() == Some(&residuo.id)),
            "assegnato_a": progetto.map(|progetto| collegamento_progetto(periodo, progetto)),
            "assegnazione": progetto.and_then(|progetto| denaro::residui_assegnati(periodo, progetto).into_iter().next()),
            ..residuo
        }
    };
    dati.residui.iter().map(residuo).collect()
}

/// The regional split, each row beside what the largest-remainder method over the inhabitants gives.
fn riparto(riparto: &Riparto) -> Value {
    let anni: BTreeSet<u32> = riparto.righe.iter().flat_map(|riga| riga.importi.keys().copied()).collect();
    let simulata = riproduci(riparto, None);
    let nell_anno = |riga: &RigaRiparto, anno| riga.importi.get(anno).copied().unwrap_or_default();
    let riga = |(i, riga): (usize, &RigaRiparto)| {
        vista! {
            "importi": anni.iter().map(|anno| nell_anno(riga, anno)).collect::<Vec<_>>(),
            "totale": riga.importi.values().copied().sum::<Euro>(),
            "riprodotta": simulata.riprodotta(i),
            ..riga
        }
    };
    let totale = |anno| riparto.righe.iter().map(|riga| nell_anno(riga, anno)).sum();
    let totali: Vec<Euro> = anni.iter().map(totale).collect();
    vista! {
        "riparto": riparto,
        "anni": anni,
        "righe": riparto.righe.iter().enumerate().map(riga).collect::<Vec<_>>(),
        "totale_abitanti": simulata.abitanti,
        "totale": totali.iter().copied().sum::<Euro>(),
        "totali": totali,
        "riprodotte": (0..riparto.righe.len()).filter(|&i| simulata.riprodotta(i)).count(),
    }
}
