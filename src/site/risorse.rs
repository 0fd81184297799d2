//! The money of a period: where it comes from, where it goes, and how the printed totals meet.

use serde::Serialize;

use super::denaro::ResiduoAssegnato;
use super::engine::Foglio;
use super::progetti::viste_di;
use super::viste::{Collegamento, collegamento_progetto};
use super::{denaro, grafici, parole};
use crate::plan::Periodo;
use crate::plan::simulazione::riparto::riproduci;
use crate::record::{self, Riparto};
use crate::value::quote::{Percentuale, percentuali};
use crate::value::{Euro, Id};

#[derive(Serialize)]
pub struct VoceDotazione<'a> {
    pub id: &'a Id,
    pub descrizione: &'a str,
    pub origine: Option<&'a str>,
    pub anno: Option<u32>,
    pub destinazione: &'static str,
    pub importo: Euro,
    pub percentuale: Percentuale,
}

#[derive(Serialize)]
pub struct VistaResiduo<'a> {
    pub id: &'a Id,
    pub descrizione: &'a str,
    pub importo: Euro,
    pub autorizzazione: Option<String>,
    pub deciso_il: Option<crate::value::Data>,
    pub assegnato_a: Option<Collegamento<'a>>,
    pub assegnazione: Option<ResiduoAssegnato<'a>>,
}

pub fn pagina(foglio: &mut Foglio, p: usize) {
    let (site, plan, periodo) = (foglio.site, foglio.plan, foglio.periodo(p));
    if let Some(risorse) = &periodo.risorse {
        let dati = &*risorse.dati;
        foglio.insert("risorse", dati);
        foglio.insert("dotazione", &voci_dotazione(dati));
        foglio.insert("totale_dotazione", &denaro::dotazione(dati));
        foglio.insert("totale_residui", &denaro::residui(dati));
        foglio.insert("totale_disponibile", &denaro::disponibili(dati));
        foglio.insert("residui", &viste_residui(periodo, dati));
        let trasferiti = dati.trasferimenti.iter().map(|trasferimento| trasferimento.importo);
        foglio.insert("totale_trasferimenti", &trasferiti.sum::<Euro>());
        let azione = dati.azione_di_sistema.as_ref().map(|azione| {
            vista! {
                "azione": azione,
                "capofila": plan.ente_per_id.get(&azione.capofila).map(|&i| site.ente(i)),
                "importo": importo_azione(dati, azione),
                "su": denaro::dotazione(dati),
                // The residual that pays for it.
                "residuo": residuo_di(dati, azione).map(|residuo| &residuo.descrizione),
            }
        });
        foglio.insert("azione_di_sistema", &azione);
        foglio.insert("riparto", &dati.riparto.as_ref().map(vista_riparto));
    }
    foglio.insert("progetti", &viste_di(plan, periodo));
    foglio.insert("totali", &denaro::Totali::di(periodo.progetti.iter()));
    foglio.insert("non_concessi", &periodo.somma(record::Finanziamento::non_riconosciuto));
    foglio.insert("quadrature", &denaro::quadrature(periodo));
    foglio.insert("grafico", &grafici::risorse(periodo));
    foglio.insert("grafico_riparto", &grafici::riparto(periodo));
    foglio.insert("mappa", &grafici::mappe::delle_ats(periodo));
}

/// What the system action costs: the entry of the endowment, or the residual, that pays for it.
pub fn importo_azione(dati: &record::Risorse, azione: &record::AzioneDiSistema) -> Option<Euro> {
    let voce = dati.dotazione.iter().find(|voce| Some(&voce.id) == azione.dotazione.as_ref()).map(|voce| voce.importo);
    voce.or_else(|| residuo_di(dati, azione).map(|residuo| residuo.importo))
}

pub fn residuo_di<'a>(dati: &'a record::Risorse, azione: &record::AzioneDiSistema) -> Option<&'a record::Residuo> {
    dati.residui.iter().find(|residuo| Some(&residuo.id) == azione.residuo.as_ref())
}

pub fn voci_dotazione(dati: &record::Risorse) -> Vec<VoceDotazione<'_>> {
    let centesimi: Vec<u64> =
        dati.dotazione.iter().map(|voce| u64::try_from(voce.importo.centesimi()).unwrap_or(0)).collect();
    dati.dotazione
        .iter()
        .zip(percentuali(&centesimi))
        .map(|(voce, percentuale)| VoceDotazione {
            id: &voce.id,
            descrizione: &voce.descrizione,
            origine: voce.origine.as_deref(),
            anno: voce.anno,
            destinazione: parole::nome(voce.destinazione),
            importo: voce.importo,
            percentuale,
        })
        .collect()
}

pub fn viste_residui<'a>(periodo: &'a Periodo, dati: &'a record::Risorse) -> Vec<VistaResiduo<'a>> {
    dati.residui
        .iter()
        .map(|residuo| {
            let progetto =
                residuo.assegnato_a.as_ref().and_then(|id| periodo.progetti.iter().find(|progetto| progetto.id == *id));
            VistaResiduo {
                id: &residuo.id,
                descrizione: &residuo.descrizione,
                importo: residuo.importo,
                autorizzazione: residuo.autorizzato_da(),
                deciso_il: residuo.deciso_il,
                assegnato_a: progetto.map(|progetto| collegamento_progetto(periodo, progetto)),
                assegnazione: progetto
                    .and_then(|progetto| denaro::residui_assegnati(periodo, progetto).into_iter().next()),
            }
        })
        .collect()
}

/// A row of the regional split, beside what the largest-remainder method over the inhabitants gives.
#[derive(Serialize)]
pub struct RigaRiparto<'a> {
    pub ats: &'a str,
    pub questa: bool,
    pub abitanti: u64,
    pub importi: Vec<Euro>,
    pub totale: Euro,
    pub riprodotta: bool,
}

#[derive(Serialize)]
pub struct VistaRiparto<'a> {
    pub riparto: &'a Riparto,
    pub anni: Vec<u32>,
    pub righe: Vec<RigaRiparto<'a>>,
    pub totale_abitanti: u64,
    pub totali: Vec<Euro>,
    pub totale: Euro,
    pub riprodotte: usize,
}

pub fn vista_riparto(riparto: &Riparto) -> VistaRiparto<'_> {
    let anni: Vec<u32> = riparto
        .righe
        .iter()
        .flat_map(|riga| riga.importi.keys().copied())
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    let simulata = riproduci(riparto, None);
    let righe: Vec<RigaRiparto> = riparto
        .righe
        .iter()
        .enumerate()
        .map(|(i, riga)| RigaRiparto {
            ats: &riga.ats,
            questa: riga.questa,
            abitanti: u64::from(riga.abitanti),
            importi: anni.iter().map(|anno| riga.importi.get(anno).copied().unwrap_or_default()).collect(),
            totale: riga.importi.values().copied().sum(),
            riprodotta: simulata.riprodotta(i),
        })
        .collect();
    let totali: Vec<Euro> = (0..anni.len()).map(|anno| righe.iter().map(|riga| riga.importi[anno]).sum()).collect();
    VistaRiparto {
        riparto,
        totale_abitanti: simulata.abitanti,
        totale: totali.iter().copied().sum(),
        riprodotte: righe.iter().filter(|riga| riga.riprodotta).count(),
        totali,
        anni,
        righe,
    }
}
