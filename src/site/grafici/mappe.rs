//! Schematic maps: one tile a place, each about where it lies. No borders, which nobody here has surveyed.

use std::collections::BTreeMap;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::denaro::in_tutto;
use super::di_piano;
use crate::plan::{Alleanza, Periodo, Plan, Somma};
use crate::record::{RigaRiparto, Riparto};
use crate::site::viste::indirizzo_alleanza;
use crate::value::{Casella, Euro, NBSP, migliaia};
use crate::view::grafico::{Grafico, Piastrella, Scarica, Tabella, Tono, di_numeri, di_parole};

/// A row for each row of squares, with a gap where there is no place.
fn mappa(luoghi: Vec<(Casella, Piastrella)>) -> Vec<Vec<Option<Piastrella>>> {
    let estremi = |quale: fn(&Casella) -> u8| {
        let tutte = || luoghi.iter().map(|(casella, _)| quale(casella));
        (tutte().min().unwrap_or(0), tutte().max().unwrap_or(0))
    };
    let (prima_colonna, ultima_colonna) = estremi(|casella| casella.colonna);
    let (prima_riga, ultima_riga) = estremi(|casella| casella.riga);
    let mut per_casella: BTreeMap<Casella, Piastrella> = luoghi.into_iter().collect();
    let riga = |riga| {
        let mut casella = |colonna| per_casella.remove(&Casella { riga, colonna });
        (prima_colonna..=ultima_colonna).map(&mut casella).collect()
    };
    (prima_riga..=ultima_riga).map(riga).collect()
}

/// The agencies of the Region and what each receives, where the records give them their squares.
pub fn delle_ats(periodo: &Periodo) -> Option<Grafico> {
    let riparto = periodo.risorse.as_ref()?.dati.riparto.as_ref()?;
    let luogo = |riga: &RigaRiparto| {
        let piastrella = Piastrella {
            nome: riga.ats.strip_prefix("ATS ").unwrap_or(&riga.ats).to_owned(),
            valori: vec![in_cifre(in_tutto(riga))],
            indirizzo: None,
            tono: if riga.questa { Tono::Scelta } else { Tono::Piena },
        };
        Some((riga.casella?, piastrella))
    };
    let luoghi: Vec<_> = riparto.righe.iter().filter_map(luogo).collect();
    if luoghi.len() < 2 {
        return None;
    }
    Some(Grafico {
        id: "mappa-ats".into(),
        titolo: "Dove vanno le risorse".into(),
        descrizione: descrizione_ats(riparto),
        tabella: tabella_ats(riparto),
        scarica: Some(Scarica::sotto(&di_piano(periodo, "mappa-ats"))),
        mappa: mappa(luoghi),
        ..Grafico::default()
    })
}

/// Without cents that are zero, and without the sign: a tile is narrow.
fn in_cifre(importo: Euro) -> String {
    let testo = importo.italiano();
    testo.strip_suffix(",00").map_or(testo.clone(), str::to_owned)
}

fn descrizione_ats(riparto: &Riparto) -> String {
    let quante = riparto.righe.len();
    let questa = riparto.righe.iter().find(|riga| riga.questa);
    let sua = questa.map_or(String::new(), |riga| format!(" {} ha il bordo più spesso.", riga.ats));
    format!("{quante} ATS, ciascuna all'incirca dove si trova, con ciò che riceve in tutto, in euro.{sua}")
}

fn tabella_ats(riparto: &Riparto) -> Tabella {
    let mut righe: Vec<(&str, Euro)> = riparto.righe.iter().map(|riga| (riga.ats.as_str(), in_tutto(riga))).collect();
    righe.sort_by_key(|&(_, importo)| std::cmp::Reverse(importo));
    Tabella {
        didascalia: "Le ATS della mappa e quanto ricevono, in euro".into(),
        colonne: vec![di_parole("ATS"), di_numeri("Importo")],
        totale: Some(vec!["Totale".into(), righe.iter().map(|&(_, importo)| importo).sum::<Euro>().into()]),
        righe: righe.into_iter().map(|(nome, importo)| vec![nome.to_owned().into(), importo.into()]).collect(),
    }
}

/// The districts of the territory, how many alliances of a period work there, and what their projects were granted. A map
/// on which nothing is says less than no map.
pub fn degli_ambiti(plan: &Plan, periodo: &Periodo) -> Option<Grafico> {
    let di = |nome: &String| -> Vec<&Alleanza> {
        periodo.alleanze.iter().filter(|alleanza| alleanza.dati.territorio.ambiti.contains(nome)).collect()
    };
    let ambiti: Vec<_> = plan.sito.ambiti.iter().map(|ambito| (ambito, di(&ambito.nome))).collect();
    let coperti = ambiti.iter().filter(|(_, alleanze)| !alleanze.is_empty()).count();
    if ambiti.len() < 2 || coperti == 0 {
        return None;
    }
    let contributo = |alleanze: &[&Alleanza]| {
        let progetti = alleanze.iter().flat_map(|alleanza| &alleanza.progetti).map(|&i| &periodo.progetti[i]);
        Somma::dei(progetti, |voci| voci.contributo_riconosciuto).importo
    };
    let in_piu = periodo.alleanze.iter().any(|alleanza| alleanza.dati.territorio.ambiti.len() > 1);
    // One amount in several squares would be read as several.
    let denaro =
        |alleanze: &[&Alleanza]| match alleanze.iter().map(|alleanza| alleanza.dati.territorio.ambiti.len()).max() {
            Some(ambiti) if ambiti > 1 => Some(format!("in {ambiti}{NBSP}ambiti")),
            _ => contributo(alleanze).map(in_cifre),
        };
    let luogo = |(ambito, alleanze): &(&crate::record::Ambito, Vec<&Alleanza>)| {
        let quante = match alleanze.len() {
            0 => "nessuna".into(),
            1 => format!("1{NBSP}alleanza"),
            n => format!("{n}{NBSP}alleanze"),
        };
        let piastrella = Piastrella {
            nome: ambito.nome.clone(),
            valori: std::iter::once(quante).chain(denaro(alleanze)).collect(),
            indirizzo: indirizzo(periodo, &ambito.nome, alleanze),
            tono: if alleanze.is_empty() { Tono::Vuota } else { Tono::Scelta },
        };
        (ambito.casella, piastrella)
    };
    let riga = |(ambito, alleanze): &(&crate::record::Ambito, Vec<&Alleanza>)| {
        let nomi: Vec<&str> = alleanze.iter().map(|alleanza| alleanza.dati.nome.as_str()).collect();
        let nomi = if nomi.is_empty() { "nessuna".to_owned() } else { nomi.join("; ") };
        vec![ambito.nome.clone().into(), alleanze.len().into(), nomi.into(), contributo(alleanze).into()]
    };
    let tabella = Tabella {
        didascalia: "Le alleanze di ogni ambito".into(),
        colonne: vec![
            di_parole("Ambito"),
            di_numeri("Quante"),
            di_parole("Alleanze"),
            di_numeri("Contributi ai loro progetti, anche di altri ambiti"),
        ],
        righe: ambiti.iter().map(riga).collect(),
        totale: None,
    };
    Some(Grafico {
        id: "mappa-ambiti".into(),
        titolo: "Dove lavorano le alleanze".into(),
        descrizione: descrizione_ambiti(periodo, ambiti.len(), coperti, in_piu),
        tabella,
        scarica: Some(Scarica::sotto(&di_piano(periodo, "mappa-ambiti"))),
        mappa: mappa(ambiti.iter().map(luogo).collect()),
        ..Grafico::default()
    })
}

/// The one alliance of a district, or the list narrowed to it.
fn indirizzo(periodo: &Periodo, ambito: &str, alleanze: &[&Alleanza]) -> Option<String> {
    match alleanze {
        [] => None,
        [una] => Some(indirizzo_alleanza(periodo, una)),
        _ => {
            let valore = utf8_percent_encode(ambito, NON_ALPHANUMERIC);
            Some(format!("{}/alleanze/?territorio={valore}", periodo.id))
        }
    }
}

fn descrizione_ambiti(periodo: &Periodo, ambiti: usize, coperti: usize, in_piu: bool) -> String {
    let senza = periodo.alleanze.iter().filter(|alleanza| alleanza.dati.territorio.ambiti.is_empty()).count();
    let muti = match senza {
        0 => String::new(),
        1 => " Di un'alleanza non sono indicati gli ambiti.".to_owned(),
        n => format!(" Di {} alleanze non sono indicati gli ambiti.", migliaia(&n.to_string())),
    };
    let interi = if in_piu {
        " Sotto, i contributi ai progetti, in euro: di un'alleanza che lavora in più ambiti, che è in ciascuno, si dice in quanti."
    } else {
        " Sotto, i contributi ai loro progetti, in euro."
    };
    format!(
        "Ambiti disegnati: {ambiti}; con almeno un'alleanza: {coperti}. Altri ambiti del territorio possono non esserci. \
         Ogni casella è all'incirca dove si trova l'ambito.{interi}{muti}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_stand_in_rows_from_the_first_square_that_is_used() {
        let luogo = |casella: &str| {
            let piastrella = Piastrella { nome: casella.into(), valori: vec![], indirizzo: None, tono: Tono::Piena };
            (Casella::parse(casella).expect("a square"), piastrella)
        };
        let righe = mappa(vec![luogo("C3"), luogo("D4"), luogo("F3")]);
        let nomi: Vec<Vec<&str>> =
            righe.iter().map(|riga| riga.iter().map(|p| p.as_ref().map_or("", |p| &p.nome)).collect()).collect();
        assert_eq!(nomi, [["C3", "", "", "F3"], ["", "D4", "", ""]]);
    }
}
