//! What each lead body is asked for: only what its records lack.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::XlsxError;

use crate::value::Id;
use crate::view::Cella;
use crate::yaml::modifica::Valore;

use super::colonne::{Colonna, FOGLI, Foglio, Ruolo};
use super::esporta::{cella, presente, righe_di};
use super::libro::{self, Pieno, Riempita};
use super::nomi::Nomi;
use super::schedario::Schedario;
use super::valori::{sotto, testo, voci};

/// The workbook for one lead body.
pub struct Richiesta {
    pub ente: String,
    /// How many cells wait for an answer.
    pub mancano: usize,
    pub libro: Vec<u8>,
}

/// A workbook for each body that leads a project of which something is missing.
pub fn richieste(schedario: &Schedario, nomi: &Nomi, piano: &Id) -> Result<Vec<Richiesta>, XlsxError> {
    let mut richieste = Vec::new();
    for (ente, sue) in di_ciascuno(schedario) {
        let pieni = FOGLI.iter().filter_map(|foglio| chiesto(foglio, schedario, &sue));
        let pieni: Vec<Pieno> = pieni.collect();
        let mancano = pieni.iter().flat_map(|pieno| pieno.righe.iter().flatten()).filter(|cella| cella.chiesta).count();
        if mancano > 0 {
            let libro = libro::scrivi(&pieni, nomi, Some(piano.as_str()), &libro::DOMANDE, &BTreeMap::new())?;
            richieste.push(Richiesta { ente, mancano, libro });
        }
    }
    Ok(richieste)
}

/// By kind and identifier, the records that a body answers for: its alliances and projects, and the bodies that take part
/// in them.
type Sue = BTreeSet<(&'static str, String)>;

fn di_ciascuno(schedario: &Schedario) -> BTreeMap<String, Sue> {
    let mut di_ciascuno: BTreeMap<String, Sue> = BTreeMap::new();
    for (id, alleanza) in schedario.di("alleanza") {
        if let Some(capofila) = sotto(alleanza, &["capofila"]).and_then(testo) {
            let sue = di_ciascuno.entry(capofila.to_owned()).or_default();
            sue.extend([("alleanza", id.to_owned()), ("ente", capofila.to_owned())]);
        }
    }
    for (id, progetto) in schedario.di("progetto") {
        let Some(capofila) = capofila(schedario, progetto) else { continue };
        let sue = di_ciascuno.entry(capofila.to_owned()).or_default();
        sue.insert(("progetto", id.to_owned()));
        sue.insert(("ente", capofila.to_owned()));
        let partecipi = voci(sotto(progetto, &["partenariato"])).iter();
        let enti = partecipi.filter_map(|parte| sotto(parte, &["ente"]).and_then(testo));
        sue.extend(enti.map(|ente| ("ente", ente.to_owned())));
    }
    di_ciascuno
}

/// Who leads a project: the partnership says it, or else the alliance.
fn capofila<'s>(schedario: &'s Schedario, progetto: &'s Valore) -> Option<&'s str> {
    let guida = |parte: &&Valore| sotto(parte, &["ruolo"]).and_then(testo) == Some("capofila");
    let guida = voci(sotto(progetto, &["partenariato"])).iter().find(guida);
    if let Some(ente) = guida.and_then(|parte| sotto(parte, &["ente"])).and_then(testo) {
        return Some(ente);
    }
    let alleanza = sotto(progetto, &["alleanza"]).and_then(testo)?;
    sotto(&schedario.voce("alleanza", alleanza)?.valore, &["capofila"]).and_then(testo)
}

/// The rows of a sheet that lack something, with what names them and the columns that some of them lack.
fn chiesto(foglio: &'static Foglio, schedario: &Schedario, sue: &Sue) -> Option<Pieno> {
    let colonne = foglio.colonne();
    let chiesta = |colonna: &Colonna| colonna.ruolo == Ruolo::Campo && foglio.chiesti.contains(&colonna.id.as_str());
    let manca = |colonna: &Colonna, via: &[&Valore]| {
        chiesta(colonna) && via.last().is_none_or(|valore| presente(valore, colonna).is_none())
    };
    let mut righe: Vec<(&str, Vec<&Valore>)> = Vec::new();
    for (id, valore) in schedario.di(foglio.genere).filter(|(id, _)| sue.contains(&(foglio.genere, (*id).to_owned()))) {
        let tutte = match foglio.livelli {
            [fuori, _] => da_contare(valore, fuori.campo),
            livelli => righe_di(valore, livelli),
        };
        righe.extend(tutte.into_iter().map(|via| (id, via)));
    }
    righe.retain(|(_, via)| colonne.iter().any(|colonna| manca(colonna, via)));
    // What makes a row known, for the program and for people.
    let chiave = |colonna: &Colonna| match foglio.livelli.last() {
        Some(livello) => livello.chiave.contains(&colonna.id.as_str()),
        None => foglio.e_di_schede() && ["nome", "titolo"].contains(&colonna.id.as_str()),
    };
    let serve = |colonna: &Colonna| {
        colonna.ruolo != Ruolo::Campo || chiave(colonna) || righe.iter().any(|(_, via)| manca(colonna, via))
    };
    let colonne: Vec<Colonna> = colonne.into_iter().filter(serve).collect();
    let riga = |(id, via): &(&str, Vec<&Valore>)| {
        let una = |colonna: &Colonna| {
            let chiesta = manca(colonna, via);
            Riempita { cella: if chiesta { Cella::Assente } else { cella(colonna, id, via) }, chiesta }
        };
        colonne.iter().map(una).collect()
    };
    let righe: Vec<Vec<Riempita>> = righe.iter().map(riga).collect();
    (!righe.is_empty()).then_some(Pieno { foglio, colonne, righe })
}

/// The indicators that nobody has counted yet: an empty row waits for the first count.
fn da_contare<'v>(valore: &'v Valore, campo: &'static str) -> Vec<Vec<&'v Valore>> {
    const NULLA: &Valore = &Valore::Nulla;
    let contato = |voce: &Valore| ["raggiunto", "rilevazioni"].iter().any(|campo| sotto(voce, &[campo]).is_some());
    voci(sotto(valore, &[campo])).iter().filter(|voce| !contato(voce)).map(|voce| vec![voce, NULLA]).collect()
}
