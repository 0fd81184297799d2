//! The sums of a period: what there is, who received it, and how printed totals meet.

use serde::Serialize;

use super::parole;
use crate::plan::{Periodo, Progetto};
use crate::record::{self, Destinazione, VoceFinanziaria};
use crate::value::Euro;

/// Endowment and residuals.
pub fn disponibili(risorse: &record::Risorse) -> Euro {
    dotazione(risorse) + residui(risorse)
}

pub fn dotazione(risorse: &record::Risorse) -> Euro {
    risorse.dotazione.iter().map(|voce| voce.importo).sum()
}

pub fn residui(risorse: &record::Risorse) -> Euro {
    risorse.residui.iter().map(|residuo| residuo.importo).sum()
}

/// A residual that a project received.
#[derive(Serialize)]
pub struct ResiduoAssegnato<'a> {
    pub descrizione: &'a str,
    pub importo: Euro,
    /// What the project has from the endowment.
    pub da_dotazione: Option<Euro>,
    pub riconosciuto: Option<Euro>,
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
    pub voce: VoceFinanziaria,
    pub voce_nome: &'static str,
    /// The sum of the projects, all of which tell the amount.
    pub calcolato: Euro,
    pub dichiarato: Euro,
    pub esclusi: Vec<(&'a str, Euro)>,
}

pub fn quadrature(periodo: &Periodo) -> Vec<Quadratura<'_>> {
    let Some(risorse) = &periodo.risorse else { return Vec::new() };
    let totali = periodo.totali();
    risorse
        .dati
        .totali_dichiarati
        .iter()
        .filter_map(|totale| {
            let somma = totali.voce(totale.voce);
            Some(Quadratura {
                voce: totale.voce,
                voce_nome: parole::nome(totale.voce),
                calcolato: somma.importo.filter(|_| somma.su == totali.progetti)?,
                dichiarato: totale.importo,
                esclusi: risorse
                    .dati
                    .residui
                    .iter()
                    .filter(|residuo| totale.esclude.contains(&residuo.id))
                    .map(|residuo| (residuo.descrizione.as_str(), residuo.importo))
                    .collect(),
            })
        })
        .collect()
}

/// The award of one project, down the list.
#[derive(Serialize)]
pub struct Assegnazione {
    pub richiesto: Option<Euro>,
    pub riconosciuto: Option<Euro>,
    pub da_dotazione: Option<Euro>,
    pub da_residui: Euro,
    /// What is left of the endowment for projects after this award.
    pub rimane: Option<Euro>,
    pub non_riconosciuto: Option<Euro>,
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
            let riconosciuto = voci.contributo_riconosciuto;
            let da_residui: Euro = residui_assegnati(periodo, progetto).iter().map(|residuo| residuo.importo).sum();
            let da_dotazione = riconosciuto.map(|euro| euro - da_residui);
            // Below an award that nobody tells, what is left is not known either.
            rimane = rimane.zip(da_dotazione).map(|(euro, tolti)| euro - tolti);
            Assegnazione {
                richiesto: voci.contributo_richiesto,
                riconosciuto,
                da_dotazione,
                da_residui,
                rimane,
                non_riconosciuto: voci.non_riconosciuto(),
            }
        })
        .collect()
}
