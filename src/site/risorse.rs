//! The money of a period: where it comes from, where it goes, and how the printed totals meet.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Context;

use super::grafico::{self, Disegno, Grafico, Tabella, Voce};
use super::progetti::{grafico_da_scaricare, viste_di};
use super::viste::{Collegamento, VistaEnte, VistaTotali};
use super::{Head, Route, Site, briciola, parole};
use crate::plan::{Periodo, Progetto};
use crate::record::{self, Destinazione, Riparto, VoceFinanziaria};
use crate::value::quote::{percentuali, ripartisci};
use crate::value::{Euro, Id, migliaia};

pub fn routes(site: &Site, p: usize, put: &mut dyn FnMut(Route)) {
    let periodo = &site.plan.periodi[p];
    if periodo.risorse.is_none() {
        return;
    }
    put(Route::page(format!("{}/risorse/index.html", periodo.id), move |site, path| pagina(site, path, p)));
    put(Route::chart(format!("{}/grafici/risorse.svg", periodo.id), move |site, _| {
        match grafico(&site.plan.periodi[p]) {
            Some(grafico) => grafico_da_scaricare(site, &grafico),
            None => Err(Box::new(super::attribuzione::missing_in_chart())),
        }
    }));
}

/// Endowment and residuals.
pub fn disponibili(risorse: &record::Risorse) -> Euro {
    dotazione(risorse) + residui(risorse)
}

fn dotazione(risorse: &record::Risorse) -> Euro {
    risorse.dotazione.iter().map(|voce| voce.importo).sum()
}

fn residui(risorse: &record::Risorse) -> Euro {
    risorse.residui.iter().map(|residuo| residuo.importo).sum()
}

/// A residual that a project received.
#[derive(Serialize)]
pub struct ResiduoAssegnato<'a> {
    descrizione: &'a str,
    importo: Euro,
    /// What the project has from the endowment.
    da_dotazione: Option<Euro>,
    riconosciuto: Option<Euro>,
}

pub fn residui_assegnati<'a>(periodo: &'a Periodo, progetto: &Progetto) -> Vec<ResiduoAssegnato<'a>> {
    let Some(risorse) = &periodo.risorse else { return Vec::new() };
    let riconosciuto = progetto.dati.finanziamento.contributo_riconosciuto;
    let assegnati: Vec<_> =
        risorse.dati.residui.iter().filter(|residuo| residuo.assegnato_a.as_ref() == Some(&progetto.id)).collect();
    let somma: Euro = assegnati.iter().map(|residuo| residuo.importo).sum();
    assegnati
        .into_iter()
        .map(|residuo| ResiduoAssegnato {
            descrizione: &residuo.descrizione,
            importo: residuo.importo,
            da_dotazione: riconosciuto.map(|euro| euro - somma),
            riconosciuto,
        })
        .collect()
}

/// How a printed total and the sum of the records meet.
#[derive(Serialize)]
pub struct Quadratura<'a> {
    voce: VoceFinanziaria,
    voce_nome: &'static str,
    calcolato: Euro,
    dichiarato: Euro,
    esclusi: Vec<(&'a str, Euro)>,
}

pub fn quadrature(periodo: &Periodo) -> Vec<Quadratura<'_>> {
    let Some(risorse) = &periodo.risorse else { return Vec::new() };
    let totali = periodo.totali();
    risorse
        .dati
        .totali_dichiarati
        .iter()
        .map(|totale| Quadratura {
            voce: totale.voce,
            voce_nome: parole::voce(totale.voce),
            calcolato: totali.voce(totale.voce),
            dichiarato: totale.importo,
            esclusi: risorse
                .dati
                .residui
                .iter()
                .filter(|residuo| totale.esclude.contains(&residuo.id))
                .map(|residuo| (residuo.descrizione.as_str(), residuo.importo))
                .collect(),
        })
        .collect()
}

/// The award of one project, down the list.
#[derive(Serialize)]
pub struct Assegnazione {
    richiesto: Euro,
    riconosciuto: Euro,
    da_dotazione: Euro,
    da_residui: Euro,
    /// What is left of the endowment for projects after this award.
    rimane: Option<Euro>,
    non_riconosciuto: Euro,
}

pub fn assegnazioni(periodo: &Periodo) -> Vec<Assegnazione> {
    let per_progetti = periodo.risorse.as_ref().map(|risorse| {
        let voci = risorse.dati.dotazione.iter().filter(|voce| voce.destinazione == Destinazione::Progetti);
        voci.map(|voce| voce.importo).sum::<Euro>()
    });
    let mut rimane = per_progetti;
    periodo
        .progetti
        .iter()
        .map(|progetto| {
            let voci = &progetto.dati.finanziamento;
            let riconosciuto = voci.contributo_riconosciuto.unwrap_or_default();
            let da_residui: Euro = residui_assegnati(periodo, progetto).iter().map(|residuo| residuo.importo).sum();
            let da_dotazione = riconosciuto - da_residui;
            rimane = rimane.map(|euro| euro - da_dotazione);
            Assegnazione {
                richiesto: voci.contributo_richiesto,
                riconosciuto,
                da_dotazione,
                da_residui,
                rimane,
                non_riconosciuto: voci.contributo_richiesto - riconosciuto,
            }
        })
        .collect()
}

#[derive(Serialize)]
struct VoceDotazione<'a> {
    id: &'a Id,
    descrizione: &'a str,
    origine: Option<&'a str>,
    anno: Option<u32>,
    destinazione: &'static str,
    importo: Euro,
    percentuale: u64,
}

#[derive(Serialize)]
struct VistaResiduo<'a> {
    descrizione: &'a str,
    importo: Euro,
    autorizzazione: Option<&'a str>,
    deciso_il: Option<crate::value::Data>,
    assegnato_a: Option<Collegamento<'a>>,
    assegnazione: Option<ResiduoAssegnato<'a>>,
}

#[derive(Serialize)]
struct VistaAzione<'a> {
    azione: &'a record::AzioneDiSistema,
    capofila: Option<VistaEnte<'a>>,
    importo: Option<Euro>,
    su: Euro,
}

fn pagina(site: &Site, path: &str, p: usize) -> super::Rendered {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let mut context = Context::new();
    let head = Head {
        path,
        titolo: "Risorse".into(),
        descrizione: format!("Da dove vengono e dove vanno le risorse del {}.", periodo.dati.titolo),
        briciole: vec![briciola(&*periodo.dati.titolo, format!("{}/", periodo.id))],
        periodo: Some(p),
    };
    if let Some(risorse) = &periodo.risorse {
        let dati = &*risorse.dati;
        context.insert("risorse", dati);
        context.insert("dotazione", &voci_dotazione(dati));
        context.insert("totale_dotazione", &dotazione(dati));
        context.insert("totale_residui", &residui(dati));
        context.insert("totale_disponibile", &disponibili(dati));
        context.insert("residui", &viste_residui(periodo, dati));
        context.insert(
            "azione_di_sistema",
            &dati.azione_di_sistema.as_ref().map(|azione| VistaAzione {
                azione,
                capofila: plan.ente_per_id.get(&azione.capofila).map(|&i| VistaEnte::of(plan, i)),
                importo: dati.dotazione.iter().find(|voce| voce.id == azione.dotazione).map(|voce| voce.importo),
                su: dotazione(dati),
            }),
        );
        context.insert("riparto", &dati.riparto.as_ref().map(vista_riparto));
    }
    context.insert("progetti", &viste_di(plan, periodo));
    context.insert("totali", &VistaTotali::from(periodo.totali()));
    context.insert("quadrature", &quadrature(periodo));
    context.insert("grafico", &grafico(periodo));
    let origine = periodo.risorse.as_ref().map_or(&periodo.origine, |risorse| &risorse.origine);
    site.render(head, "risorse.html", &origine.file, context)
}

fn voci_dotazione(dati: &record::Risorse) -> Vec<VoceDotazione<'_>> {
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
            destinazione: parole::destinazione(voce.destinazione),
            importo: voce.importo,
            percentuale,
        })
        .collect()
}

fn viste_residui<'a>(periodo: &'a Periodo, dati: &'a record::Risorse) -> Vec<VistaResiduo<'a>> {
    dati.residui
        .iter()
        .map(|residuo| {
            let progetto =
                residuo.assegnato_a.as_ref().and_then(|id| periodo.progetti.iter().find(|progetto| progetto.id == *id));
            VistaResiduo {
                descrizione: &residuo.descrizione,
                importo: residuo.importo,
                autorizzazione: residuo.autorizzazione.as_deref(),
                deciso_il: residuo.deciso_il,
                assegnato_a: progetto.map(|progetto| Collegamento {
                    id: progetto.id.as_str(),
                    nome: &progetto.dati.titolo,
                    indirizzo: super::viste::indirizzo_progetto(periodo, progetto),
                }),
                assegnazione: progetto.and_then(|progetto| residui_assegnati(periodo, progetto).into_iter().next()),
            }
        })
        .collect()
}

/// A row of the regional split, beside what the largest-remainder method over the inhabitants gives.
#[derive(Serialize)]
struct RigaRiparto<'a> {
    ats: &'a str,
    questa: bool,
    abitanti: u64,
    importi: Vec<Euro>,
    totale: Euro,
    riprodotta: bool,
}

#[derive(Serialize)]
struct VistaRiparto<'a> {
    riparto: &'a Riparto,
    anni: Vec<u32>,
    righe: Vec<RigaRiparto<'a>>,
    totale_abitanti: u64,
    totali: Vec<Euro>,
    totale: Euro,
    riprodotte: usize,
}

fn vista_riparto(riparto: &Riparto) -> VistaRiparto<'_> {
    let anni: Vec<u32> = riparto
        .righe
        .iter()
        .flat_map(|riga| riga.importi.keys().copied())
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    let abitanti: Vec<u64> = riparto.righe.iter().map(|riga| u64::from(riga.abitanti)).collect();
    let unita = u64::try_from(riparto.unita.centesimi()).unwrap_or(0).max(1);
    let colonna = |anno: &u32| -> Vec<u64> {
        let importi = riparto.righe.iter().map(|riga| riga.importi.get(anno).copied().unwrap_or_default());
        importi.map(|importo| u64::try_from(importo.centesimi()).unwrap_or(0)).collect()
    };
    let attese: BTreeMap<u32, Vec<u64>> =
        anni.iter().map(|anno| (*anno, ripartisci(colonna(anno).iter().sum::<u64>() / unita, &abitanti))).collect();
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
            riprodotta: anni.iter().all(|anno| attese[anno][i] * unita == colonna(anno)[i]),
        })
        .collect();
    let totali: Vec<Euro> = (0..anni.len()).map(|anno| righe.iter().map(|riga| riga.importi[anno]).sum()).collect();
    VistaRiparto {
        riparto,
        totale_abitanti: abitanti.iter().sum(),
        totale: totali.iter().copied().sum(),
        riprodotte: righe.iter().filter(|riga| riga.riprodotta).count(),
        totali,
        anni,
        righe,
    }
}

/// Resources by year where the acts give years, else by what they are for; residuals are a bar of their own.
fn grafico(periodo: &Periodo) -> Option<Grafico> {
    let dati = &periodo.risorse.as_ref()?.dati;
    let mut gruppi: BTreeMap<(u32, String), Euro> = BTreeMap::new();
    for voce in &dati.dotazione {
        let nome = voce.anno.map_or_else(|| voce.descrizione.clone(), |anno| anno.to_string());
        let gruppo = gruppi.entry((voce.anno.unwrap_or(0), nome)).or_default();
        *gruppo = *gruppo + voce.importo;
    }
    let mut barre: Vec<(String, Euro)> = gruppi.into_iter().map(|((_, nome), importo)| (nome, importo)).collect();
    barre.extend(dati.residui.iter().map(|residuo| (residuo.descrizione.clone(), residuo.importo)));
    // Years have their own order; anything else is read best from the largest.
    let per_anno = dati.dotazione.iter().all(|voce| voce.anno.is_some()) && !dati.dotazione.is_empty();
    if !per_anno {
        barre.sort_by_key(|(_, importo)| std::cmp::Reverse(*importo));
    }
    let totale = disponibili(dati);
    let voci: Vec<Voce> = barre
        .iter()
        .map(|(nome, importo)| Voce {
            etichetta: nome.clone(),
            pesi: vec![u64::try_from(importo.centesimi()).unwrap_or(0)],
            valore: format!("{} €", importo.italiano()),
        })
        .collect();
    let titolo = if per_anno { "Risorse per anno" } else { "Risorse del piano" };
    let tabella = Tabella {
        didascalia: format!("{titolo}, in euro"),
        intestazioni: [if per_anno { "Anno" } else { "Voce" }, "Importo"].map(String::from).to_vec(),
        righe: barre.iter().map(|(nome, importo)| vec![nome.clone(), importo.italiano()]).collect(),
        totale: Some(vec!["Totale".into(), totale.italiano()]),
    };
    let disegno = Disegno {
        id: "risorse",
        titolo: titolo.into(),
        descrizione: format!("In tutto {} € in {} voci.", totale.italiano(), migliaia(&barre.len().to_string())),
        serie: &["Importo"],
        scarica: Some(format!("{}/grafici/risorse.svg", periodo.id)),
    };
    Some(grafico::disegna(disegno, &voci, tabella))
}
