//! The rows of a sheet from the records of a plan.

use std::collections::BTreeMap;

use rust_xlsxwriter::XlsxError;

use crate::value::Id;
use crate::view::Cella;
use crate::yaml::modifica::Valore;

use super::cella::mostra;
use super::colonne::{Colonna, FOGLI, Foglio, Livello, Ruolo};
use super::libro::{self, Pieno, Riempita};
use super::nomi::Nomi;
use super::schedario::Schedario;
use super::valori::{sotto, voci};

/// The workbook of a plan.
pub fn esporta(schedario: &Schedario, nomi: &Nomi, piano: &Id) -> Result<Vec<u8>, XlsxError> {
    let pieni: Vec<Pieno> = FOGLI.iter().map(|foglio| pieno(foglio, schedario)).collect();
    libro::scrivi(&pieni, nomi, Some(piano.as_str()), &libro::REGOLE, &schedario.impronte())
}

/// The workbook without rows.
pub fn modello(nomi: &Nomi) -> Result<Vec<u8>, XlsxError> {
    let pieni: Vec<Pieno> = FOGLI.iter().map(|foglio| pieno(foglio, &Schedario::default())).collect();
    libro::scrivi(&pieni, nomi, None, &libro::REGOLE, &BTreeMap::new())
}

fn pieno(foglio: &'static Foglio, schedario: &Schedario) -> Pieno {
    let colonne = foglio.colonne();
    let mut righe = Vec::new();
    for (id, valore) in schedario.di(foglio.genere) {
        for via in righe_di(valore, foglio.livelli) {
            let piena = |colonna| Riempita { cella: cella(colonna, id, &via), chiesta: false };
            righe.push(colonne.iter().map(piena).collect());
        }
    }
    Pieno { foglio, colonne, righe }
}

/// The rows that a record has in a sheet: for each the record or its entry, behind the entries of outer lists.
pub fn righe_di<'v>(valore: &'v Valore, livelli: &[Livello]) -> Vec<Vec<&'v Valore>> {
    let Some((livello, dentro)) = livelli.split_first() else { return vec![vec![valore]] };
    let voci = voci(sotto(valore, &[livello.campo])).iter();
    if dentro.is_empty() {
        return voci.map(|voce| vec![voce]).collect();
    }
    let sotto = voci.flat_map(|voce| {
        let righe = righe_di(voce, dentro).into_iter();
        righe.map(move |riga| std::iter::once(voce).chain(riga).collect())
    });
    sotto.collect()
}

/// What a column shows of a row.
pub fn cella(colonna: &Colonna, id: &str, via: &[&Valore]) -> Cella<'static> {
    let di = match colonna.ruolo {
        Ruolo::Scheda => return Cella::from(id.to_owned()),
        Ruolo::Voce => via.first(),
        Ruolo::Campo => via.last(),
    };
    let valore = di.and_then(|valore| presente(valore, colonna));
    valore.map_or(Cella::Assente, |valore| mostra(valore, colonna.nodo))
}

/// What a record tells under the name of a column, or under the older one.
pub fn presente<'v>(valore: &'v Valore, colonna: &Colonna) -> Option<&'v Valore> {
    sotto(valore, &colonna.via).or_else(|| sotto(valore, &[colonna.nodo.testo("x-prima")]))
}
