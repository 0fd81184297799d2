//! What a body counts as: its kind, its nature, what the norm says of its kind, and what its record declares.

use super::names::sorted;
use super::{Ente, Plan};
use crate::record::{CategoriaEnte, Dimensione, Natura, Norma, Voce};
use crate::value::{Euro, Id, elenco, euro};

/// The category whose qualifications go to whoever signed the accordo di programma of an ambito: it may be an azienda.
const AMBITO: &str = "ambito";

/// The size of a firm under a norm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DimensioneDiEnte {
    /// By its people and its turnover.
    Calcolata(Id),
    /// Only stated.
    Dichiarata(Id),
    /// Over every threshold of the norm.
    Oltre,
    Ignota,
}

impl DimensioneDiEnte {
    pub fn id(&self) -> Option<&Id> {
        match self {
            DimensioneDiEnte::Calcolata(id) | DimensioneDiEnte::Dichiarata(id) => Some(id),
            DimensioneDiEnte::Oltre | DimensioneDiEnte::Ignota => None,
        }
    }
}

/// Whether a body has one of these qualifications under a norm.
pub fn ha_una(plan: &Plan, norma: &Norma, ente: &Ente, qualifiche: &[Id]) -> bool {
    di_suo(plan, norma, ente, qualifiche) || accordo(plan, ente, qualifiche).is_some()
}

/// The ambito for which a body has one of these qualifications, where it has none of its own.
pub fn per_accordo<'a>(plan: &Plan, norma: &Norma, ente: &'a Ente, qualifiche: &[Id]) -> Option<&'a str> {
    accordo(plan, ente, qualifiche).filter(|_| !di_suo(plan, norma, ente, qualifiche))
}

/// The same as [`ha_una`]; `None` where it depends on the size of a firm, and its record does not tell it.
pub fn ha_o_forse(plan: &Plan, norma: &Norma, ente: &Ente, qualifiche: &[Id]) -> Option<bool> {
    if ha_una(plan, norma, ente, qualifiche) {
        return Some(true);
    }
    let is_size = |id: &Id| norma.dimensioni.iter().any(|dimensione| dimensione.id == *id);
    let may_be = plan.categorie_enti[ente.categoria].natura == Natura::Impresa
        && qualifiche.iter().any(is_size)
        && dimensione(norma, ente) == DimensioneDiEnte::Ignota;
    (!may_be).then_some(false)
}

fn accordo<'a>(plan: &Plan, ente: &'a Ente, qualifiche: &[Id]) -> Option<&'a str> {
    let ambito = ente.dati.accordo_di_programma.as_deref().map(str::trim).filter(|ambito| !ambito.is_empty())?;
    qualifiche.iter().any(|qualifica| is_ambito(&plan.categorie_enti, qualifica.as_str())).then_some(ambito)
}

fn di_suo(plan: &Plan, norma: &Norma, ente: &Ente, qualifiche: &[Id]) -> bool {
    qualifiche.iter().any(|qualifica| {
        let word = qualifica.as_str();
        let categoria = &plan.categorie_enti[ente.categoria];
        is_kind(categoria, word)
            || ente.dati.qualifiche.contains(qualifica)
            || (categoria.natura == Natura::Impresa
                && norma.dimensioni.iter().any(|dimensione| dimensione.id == *qualifica)
                && dimensione(norma, ente).id() == Some(qualifica))
    })
}

/// Whether all bodies of a kind have a qualification.
pub fn is_kind(categoria: &CategoriaEnte, word: &str) -> bool {
    categoria.id.as_str() == word
        || natura(categoria.natura) == word
        || categoria.qualifiche.iter().any(|qualifica| qualifica.as_str() == word)
}

fn is_ambito(categorie: &[CategoriaEnte], word: &str) -> bool {
    categorie.iter().any(|categoria| categoria.id.as_str() == AMBITO && is_kind(categoria, word))
}

fn natura(natura: Natura) -> &'static str {
    match natura {
        Natura::Pubblico => "pubblico",
        Natura::PrivatoNonProfit => "privato-non-profit",
        Natura::Impresa => "impresa",
        Natura::Rappresentanza => "rappresentanza",
    }
}

/// Every word that a rule or a body may use as a qualification, in order.
pub fn words<'a>(categorie: &'a [CategoriaEnte], qualifiche: &'a [Voce], norma: Option<&'a Norma>) -> Vec<&'a str> {
    let nature = [Natura::Pubblico, Natura::PrivatoNonProfit, Natura::Impresa, Natura::Rappresentanza].map(natura);
    let kinds = categorie.iter().flat_map(|categoria| {
        std::iter::once(categoria.id.as_str()).chain(categoria.qualifiche.iter().map(Id::as_str))
    });
    let sizes = norma.into_iter().flat_map(|norma| norma.dimensioni.iter().map(|dimensione| dimensione.id.as_str()));
    let named = qualifiche.iter().map(|voce| voce.id.as_str());
    sorted(nature.into_iter().chain(kinds).chain(named).chain(sizes))
}

/// The size of a firm by the thresholds of a norm; where its people are not known, the size that it states.
pub fn dimensione(norma: &Norma, ente: &Ente) -> DimensioneDiEnte {
    let dati = &ente.dati;
    let dichiarata = || dati.dimensione.clone().map_or(DimensioneDiEnte::Ignota, DimensioneDiEnte::Dichiarata);
    let Some(addetti) = dati.addetti else { return dichiarata() };
    for soglia in &norma.dimensioni {
        if soglia.addetti_meno_di.is_none() && soglia.addetti_fino_a.is_none() {
            continue;
        }
        let few = soglia.addetti_meno_di.is_none_or(|limite| addetti < limite)
            && soglia.addetti_fino_a.is_none_or(|limite| addetti <= limite);
        if !few {
            continue;
        }
        match soglia.fatturato_o_bilancio {
            None => return DimensioneDiEnte::Calcolata(soglia.id.clone()),
            Some(limite) => match money(ente) {
                // Either of the two within the limit is enough.
                Some(minore) if minore <= limite => return DimensioneDiEnte::Calcolata(soglia.id.clone()),
                Some(_) => {}
                None => return dichiarata(),
            },
        }
    }
    match &dati.dimensione {
        Some(id) if oltre(norma).any(|d| d.id == *id) => DimensioneDiEnte::Dichiarata(id.clone()),
        _ => DimensioneDiEnte::Oltre,
    }
}

/// The sizes over every threshold, which the act names without saying where they begin.
fn oltre(norma: &Norma) -> impl Iterator<Item = &Dimensione> {
    let bounded = |d: &Dimensione| d.addetti_meno_di.is_some() || d.addetti_fino_a.is_some();
    let after = norma.dimensioni.iter().rposition(bounded).map_or(0, |last| last + 1);
    norma.dimensioni[after..].iter()
}

/// Whether a firm is of one of these sizes; nothing where its record does not tell.
pub fn di_una(norma: &Norma, size: &DimensioneDiEnte, sizes: &[Id]) -> Option<bool> {
    match size {
        DimensioneDiEnte::Calcolata(id) | DimensioneDiEnte::Dichiarata(id) => Some(sizes.contains(id)),
        DimensioneDiEnte::Ignota => None,
        DimensioneDiEnte::Oltre => {
            let among = oltre(norma).filter(|d| sizes.contains(&d.id)).count();
            // Over every threshold is one of the largest sizes, whichever it is.
            if among == 0 {
                Some(false)
            } else if among == oltre(norma).count() {
                Some(true)
            } else {
                None
            }
        }
    }
}

/// The smaller of turnover and balance sheet total, or the one that is known.
fn money(ente: &Ente) -> Option<Euro> {
    ente.dati.fatturato.into_iter().chain(ente.dati.bilancio).min()
}

/// People and money of a firm, as far as they are known.
pub fn dati_di(ente: &Ente) -> String {
    let dati = &ente.dati;
    let addetti = dati.addetti.map(|addetti| format!("{addetti} addetti"));
    let fatturato = dati.fatturato.map(|importo| format!("{} di fatturato", euro(importo)));
    let bilancio = dati.bilancio.map(|importo| format!("{} di bilancio", euro(importo)));
    elenco([addetti, fatturato, bilancio].into_iter().flatten())
}
