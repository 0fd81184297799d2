//! The ranking: by falling score; money goes down the list and the last one takes the remainder.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::plan::{Periodo, Progetto, Somma};
use crate::record::{Destinazione, Risorse};
use crate::value::{Euro, Id, Punteggio};

/// What to simulate in the place of what is recorded.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ipotesi {
    /// Only the projects of this call: index into `Periodo::avvisi`.
    pub avviso: Option<usize>,
    pub dotazione: Option<Euro>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Graduatoria<'a> {
    pub avviso: Option<&'a Id>,
    pub dotazione: Dotazione,
    /// In the order in which the money meets them.
    pub righe: Vec<Riga<'a>>,
    pub residui: Vec<ResiduoSimulato<'a>>,
    pub pari_merito: Vec<PariMerito>,
    /// The recorded places do not follow the score.
    pub posizioni_fuori_ordine: bool,
    /// Projects of several calls stand in one list.
    pub piu_avvisi: bool,
    pub scorrimento: Vec<Scorrimento<'a>>,
    pub in_disparte: Vec<InDisparte<'a>>,
    pub totali: Totali,
    pub confronto: Confronto,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Dotazione {
    pub importo: Euro,
    pub provenienza: Provenienza,
    pub assegnata: Euro,
    pub resta: Euro,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Provenienza {
    /// The one that was asked about.
    Ipotesi,
    /// That of the call.
    Avviso,
    /// What the plan destines to projects.
    Progetti,
    /// The plan does not say yet how it is divided: the whole.
    Piano,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Riga<'a> {
    /// Index into `Periodo::progetti`.
    #[serde(skip)]
    pub progetto: usize,
    pub posto: usize,
    pub id: &'a Id,
    pub titolo: &'a str,
    /// As recorded.
    pub posizione: u32,
    pub punteggio: Punteggio,
    /// Another project has the same score.
    pub pari_merito: bool,
    pub richiesto: Euro,
    /// Of what was asked, as much as the call allows to one project.
    pub concedibile: Euro,
    pub da_dotazione: Euro,
    pub da_residui: Euro,
    pub simulato: Euro,
    pub mancante: Euro,
    /// Of the endowment, after this row.
    pub resta: Euro,
    pub riconosciuto: Option<Euro>,
    /// Simulated less recorded.
    pub differenza: Option<Euro>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResiduoSimulato<'a> {
    pub id: &'a Id,
    pub descrizione: &'a str,
    pub importo: Euro,
    pub assegnato_a: Option<&'a Id>,
    /// The project that should have it is not in this list.
    pub fuori_lista: bool,
    /// It pays the system action: no project has any of it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub azione_di_sistema: bool,
    pub assegnazioni: Vec<Assegnazione<'a>>,
    pub resta: Euro,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Assegnazione<'a> {
    /// Index into `Graduatoria::righe`.
    #[serde(skip)]
    pub riga: usize,
    pub progetto: &'a Id,
    pub importo: Euro,
}

/// Projects with one score: the criteria of the call decide, here the recorded places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PariMerito {
    pub punteggio: Punteggio,
    /// As `Riga::posto`.
    pub posti: Vec<usize>,
    /// In another order they would not get the same.
    pub decisivo: bool,
}

/// What more money would fund, handed out after all the rest and down the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scorrimento<'a> {
    /// Index into `Graduatoria::righe`.
    #[serde(skip)]
    pub riga: usize,
    pub progetto: &'a Id,
    pub mancante: Euro,
    /// With those before it.
    pub cumulato: Euro,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InDisparte<'a> {
    /// Index into `Periodo::progetti`.
    #[serde(skip)]
    pub progetto: usize,
    pub id: &'a Id,
    pub titolo: &'a str,
    pub motivo: Motivo,
    pub richiesto: Option<Euro>,
    pub riconosciuto: Option<Euro>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Motivo {
    Ritirato,
    SenzaPunteggio,
    SenzaRichiesta,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Totali {
    pub richiesto: Euro,
    pub simulato: Euro,
    pub mancante: Euro,
    /// Of the rows that have one.
    pub riconosciuto: Option<Euro>,
    pub differenza: Option<Euro>,
}

/// The rows with a recorded award, and those where the simulation gives the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Confronto {
    pub registrati: usize,
    pub uguali: usize,
}

/// Ranks the scored projects and hands the money down the list: the endowment, then the residuals. Nothing where the
/// records tell no money for the projects.
pub fn simula(periodo: &Periodo, ipotesi: Ipotesi) -> Option<Graduatoria<'_>> {
    simula_fra(periodo, ipotesi, |_| true)
}

/// The same among some projects alone, by their index: those that one norm binds.
pub fn simula_fra(periodo: &Periodo, ipotesi: Ipotesi, fra: impl Fn(usize) -> bool) -> Option<Graduatoria<'_>> {
    let chi_paga = ipotesi.avviso.or_else(|| cassa_comune(periodo, &fra));
    let (importo, provenienza) = dotazione(periodo, Ipotesi { avviso: chi_paga, ..ipotesi })?;
    let in_gara = || {
        let progetti = periodo.progetti.iter().enumerate().filter(|(i, _)| fra(*i));
        progetti.filter(|(_, progetto)| ipotesi.avviso.is_none() || progetto.avviso == ipotesi.avviso)
    };
    let mut righe = ordinate(periodo, in_gara());
    let mut resta = importo;
    for riga in &mut righe {
        riga.da_dotazione = riga.prende(resta);
        resta = resta - riga.da_dotazione;
        riga.resta = resta;
    }
    let residui = periodo.risorse.as_ref().map_or_else(Vec::new, |risorse| residui(&risorse.dati, &mut righe));
    for riga in &mut righe {
        riga.differenza = riga.riconosciuto.map(|riconosciuto| riga.simulato - riconosciuto);
    }
    let avvisi: BTreeSet<_> = righe.iter().filter_map(|riga| periodo.progetti[riga.progetto].avviso).collect();
    Some(Graduatoria {
        avviso: ipotesi.avviso.and_then(|i| periodo.avvisi.get(i)).map(|avviso| &avviso.id),
        dotazione: Dotazione { importo, provenienza, assegnata: importo - resta, resta },
        pari_merito: pari_merito(&mut righe, &residui),
        posizioni_fuori_ordine: righe.windows(2).any(|due| due[0].posizione > due[1].posizione),
        piu_avvisi: avvisi.len() > 1,
        scorrimento: scorrimento(&righe),
        in_disparte: in_gara().filter_map(|(i, progetto)| in_disparte(i, progetto)).collect(),
        totali: totali(&righe),
        confronto: Confronto {
            registrati: righe.iter().filter(|riga| riga.riconosciuto.is_some()).count(),
            uguali: righe.iter().filter(|riga| riga.differenza.is_some_and(Euro::e_zero)).count(),
        },
        righe,
        residui,
    })
}

/// The award of a project as the records tell it.
#[derive(Debug)]
pub struct Assegnata<'a> {
    pub progetto: &'a Progetto,
    /// What it has of the endowment: the award without the residuals that are assigned to it.
    pub da_dotazione: Option<Euro>,
    pub da_residui: Euro,
    /// Of the money that it takes from, after this award. Below an award that nobody tells it is not known either.
    pub resta: Option<Euro>,
    /// The call that pays it, where that has money of its own.
    pub cassa: Option<usize>,
}

/// What was awarded, in the order of the records: nothing is handed out anew, and each call has its own money. Projects of
/// calls of others are in rankings of theirs, and take nothing of the money of the plan.
pub fn registrata<'a>(periodo: &'a Periodo, ats: &str) -> Vec<Assegnata<'a>> {
    let mut casse: BTreeMap<Option<usize>, Option<Euro>> = BTreeMap::new();
    let assegnata = |progetto: &'a Progetto| {
        let cassa = cassa(periodo, progetto);
        let denaro = || dotazione(periodo, Ipotesi { avviso: cassa, dotazione: None }).map(|(importo, _)| importo);
        let resta = casse.entry(cassa).or_insert_with(denaro);
        let da_residui = periodo.residui_di(progetto).map(|(_, residuo)| residuo.importo).sum();
        let riconosciuto = progetto.dati.finanziamento.contributo_riconosciuto;
        let da_dotazione = riconosciuto.map(|riconosciuto| riconosciuto - da_residui);
        *resta = resta.zip(da_dotazione).map(|(resta, preso)| resta - preso);
        Assegnata { progetto, da_dotazione, da_residui, resta: *resta, cassa }
    };
    periodo.propri(ats).map(assegnata).collect()
}

/// The call of a project, where it tells money of its own.
fn cassa(periodo: &Periodo, progetto: &Progetto) -> Option<usize> {
    progetto.avviso.filter(|&a| periodo.avvisi[a].dati.dotazione.is_some())
}

/// The call that pays all the projects with a score, where it is one.
fn cassa_comune(periodo: &Periodo, fra: impl Fn(usize) -> bool) -> Option<usize> {
    let progetti = periodo.progetti.iter().enumerate();
    let in_lista = progetti.filter(|(i, progetto)| fra(*i) && progetto.dati.graduatoria.is_some());
    let casse: BTreeSet<Option<usize>> = in_lista.map(|(_, progetto)| cassa(periodo, progetto)).collect();
    casse.first().copied().flatten().filter(|_| casse.len() == 1)
}

/// The nearest money that is told: asked about, of the call, for projects, of the whole plan.
fn dotazione(periodo: &Periodo, ipotesi: Ipotesi) -> Option<(Euro, Provenienza)> {
    if let Some(importo) = ipotesi.dotazione {
        return Some((importo, Provenienza::Ipotesi));
    }
    let avviso = ipotesi.avviso.and_then(|i| periodo.avvisi.get(i));
    if let Some(importo) = avviso.and_then(|avviso| avviso.dati.dotazione) {
        return Some((importo, Provenienza::Avviso));
    }
    let voci = &periodo.risorse.as_ref()?.dati.dotazione;
    let destinata = |destinazione| {
        let voci: Vec<_> = voci.iter().filter(|voce| voce.destinazione == destinazione).collect();
        (!voci.is_empty()).then(|| voci.iter().map(|voce| voce.importo).sum())
    };
    let dei_progetti = destinata(Destinazione::Progetti).map(|importo| (importo, Provenienza::Progetti));
    dei_progetti.or_else(|| Some((destinata(Destinazione::Piano)?, Provenienza::Piano)))
}

fn ordinate<'a>(periodo: &'a Periodo, progetti: impl Iterator<Item = (usize, &'a Progetto)>) -> Vec<Riga<'a>> {
    let mut righe: Vec<Riga> = progetti.filter_map(|(i, progetto)| riga(periodo, i, progetto)).collect();
    righe.sort_by_key(|riga| (Reverse(riga.punteggio), riga.posizione, riga.progetto));
    for (i, riga) in righe.iter_mut().enumerate() {
        riga.posto = i + 1;
    }
    righe
}

/// A row that has nothing yet; none for a project that stands apart.
fn riga<'a>(periodo: &Periodo, i: usize, progetto: &'a Progetto) -> Option<Riga<'a>> {
    let posto = progetto.dati.graduatoria.as_ref().filter(|_| motivo(progetto).is_none())?;
    let voci = &progetto.dati.finanziamento;
    let richiesto = voci.contributo_richiesto?;
    let concedibile = concedibile(periodo, progetto, richiesto);
    Some(Riga {
        progetto: i,
        posto: 0,
        id: &progetto.id,
        titolo: &progetto.dati.titolo,
        posizione: posto.posizione,
        punteggio: posto.punteggio,
        pari_merito: false,
        richiesto,
        concedibile,
        da_dotazione: Euro::ZERO,
        da_residui: Euro::ZERO,
        simulato: Euro::ZERO,
        mancante: concedibile,
        resta: Euro::ZERO,
        riconosciuto: voci.contributo_riconosciuto,
        differenza: None,
    })
}

/// The call's `limiti` bind the award, whatever was asked.
fn concedibile(periodo: &Periodo, progetto: &Progetto, richiesto: Euro) -> Euro {
    let Some(limiti) = progetto.avviso.and_then(|a| periodo.avvisi[a].dati.limiti.as_ref()) else { return richiesto };
    let voci = &progetto.dati.finanziamento;
    let costo = voci.costo_ammissibile.or(voci.costo_complessivo);
    let parte = limiti.percentuale_massima.zip(costo).map(|(percentuale, costo)| costo.percentuale(percentuale));
    limiti.contributo_massimo.into_iter().chain(parte).fold(richiesto, Euro::min)
}

impl Riga<'_> {
    /// Takes what it still lacks, or what is left.
    fn prende(&mut self, resta: Euro) -> Euro {
        let quota = self.mancante.min(resta);
        self.simulato = self.simulato + quota;
        self.mancante = self.mancante - quota;
        quota
    }
}

/// Hands out the residuals: first those that were assigned, then the others down the list.
fn residui<'a>(risorse: &'a Risorse, righe: &mut [Riga<'a>]) -> Vec<ResiduoSimulato<'a>> {
    let of_system = risorse.azione_di_sistema.as_ref().and_then(|azione| azione.residuo.as_ref());
    let mut residui: Vec<ResiduoSimulato> = risorse
        .residui
        .iter()
        .map(|residuo| ResiduoSimulato {
            id: &residuo.id,
            descrizione: &residuo.descrizione,
            importo: residuo.importo,
            assegnato_a: residuo.assegnato_a.as_ref(),
            fuori_lista: residuo.assegnato_a.as_ref().is_some_and(|id| righe.iter().all(|riga| riga.id != id)),
            azione_di_sistema: of_system == Some(&residuo.id),
            assegnazioni: Vec::new(),
            resta: residuo.importo,
        })
        .collect();
    for assegnati in [true, false] {
        let for_projects = residui.iter_mut().filter(|residuo| !residuo.azione_di_sistema);
        for residuo in for_projects.filter(|residuo| residuo.assegnato_a.is_some() == assegnati) {
            let assegnato = residuo.assegnato_a;
            let sue = righe.iter_mut().enumerate().filter(|(_, riga)| assegnato.is_none_or(|id| id == riga.id));
            for (i, riga) in sue {
                let importo = riga.prende(residuo.resta);
                residuo.resta = residuo.resta - importo;
                if !importo.e_zero() {
                    riga.da_residui = riga.da_residui + importo;
                    residuo.assegnazioni.push(Assegnazione { riga: i, progetto: riga.id, importo });
                }
            }
        }
    }
    residui
}

/// Marks the rows of equal score and tells for each group whether its order matters.
fn pari_merito(righe: &mut [Riga<'_>], residui: &[ResiduoSimulato<'_>]) -> Vec<PariMerito> {
    // What was given by name would be given in any order.
    let mut per_lista: Vec<Euro> = righe.iter().map(|riga| riga.da_dotazione).collect();
    for residuo in residui.iter().filter(|residuo| residuo.assegnato_a.is_none()) {
        for data in &residuo.assegnazioni {
            per_lista[data.riga] = per_lista[data.riga] + data.importo;
        }
    }
    let mut gruppi = Vec::new();
    for gruppo in righe.chunk_by_mut(|una, altra| una.punteggio == altra.punteggio) {
        if gruppo.len() < 2 {
            continue;
        }
        gruppo.iter_mut().for_each(|riga| riga.pari_merito = true);
        let data = |riga: &Riga| per_lista[riga.posto - 1];
        let tutto_o_nulla =
            gruppo.iter().all(|riga| data(riga) == riga.concedibile) || gruppo.iter().all(|riga| data(riga).e_zero());
        gruppi.push(PariMerito {
            punteggio: gruppo[0].punteggio,
            posti: gruppo.iter().map(|riga| riga.posto).collect(),
            decisivo: !tutto_o_nulla,
        });
    }
    gruppi
}

fn scorrimento<'a>(righe: &[Riga<'a>]) -> Vec<Scorrimento<'a>> {
    let mut cumulato = Euro::ZERO;
    let mancanti = righe.iter().enumerate().filter(|(_, riga)| !riga.mancante.e_zero());
    mancanti
        .map(|(i, riga)| {
            cumulato = cumulato + riga.mancante;
            Scorrimento { riga: i, progetto: riga.id, mancante: riga.mancante, cumulato }
        })
        .collect()
}

/// Why a project does not take part, if it does not.
fn motivo(progetto: &Progetto) -> Option<Motivo> {
    if progetto.dati.stato().e_caduto() {
        return Some(Motivo::Ritirato);
    }
    if progetto.dati.graduatoria.is_none() {
        return Some(Motivo::SenzaPunteggio);
    }
    progetto.dati.finanziamento.contributo_richiesto.is_none().then_some(Motivo::SenzaRichiesta)
}

fn in_disparte(i: usize, progetto: &Progetto) -> Option<InDisparte<'_>> {
    motivo(progetto).map(|motivo| InDisparte {
        progetto: i,
        id: &progetto.id,
        titolo: &progetto.dati.titolo,
        motivo,
        richiesto: progetto.dati.finanziamento.contributo_richiesto,
        riconosciuto: progetto.dati.finanziamento.contributo_riconosciuto,
    })
}

fn totali(righe: &[Riga<'_>]) -> Totali {
    Totali {
        richiesto: righe.iter().map(|riga| riga.richiesto).sum(),
        simulato: righe.iter().map(|riga| riga.simulato).sum(),
        mancante: righe.iter().map(|riga| riga.mancante).sum(),
        // Nothing where no row has anything: a sum of zero would say more than the records do.
        riconosciuto: Somma::di(righe.iter().map(|riga| riga.riconosciuto)).importo,
        // Of some rows alone it would not be that of the two sums beside it.
        differenza: Some(Somma::di(righe.iter().map(|riga| riga.differenza)))
            .filter(|somma| somma.su == righe.len())
            .and_then(|somma| somma.importo),
    }
}

#[cfg(test)]
mod tests;
