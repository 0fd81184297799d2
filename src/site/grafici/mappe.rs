//! Schematic maps: one tile a place, each about where it lies. No borders, which nobody here has surveyed.

use std::collections::BTreeMap;

use super::di_piano;
use crate::plan::{Periodo, Plan};
use crate::record::Riparto;
use crate::value::{Casella, Euro, NBSP, migliaia};
use crate::view::grafico::{Grafico, LARGHEZZA, Piastrella, RigaDiTesto, Scarica, Tabella, Tono, di_numeri, di_parole};

/// Between two tiles.
const FESSURA: u64 = 4;
const ALTEZZA: u64 = 66;
const ALTEZZA_RIGA: u64 = 14;
/// How wide a character is, about: labels are broken and cut by it.
const LARGHEZZA_CARATTERE: u64 = 6;

/// A place: where it is, its name, what is told of it.
struct Luogo {
    casella: Casella,
    nome: String,
    valore: String,
    tono: Tono,
}

fn mappa(luoghi: &[Luogo]) -> Grafico {
    let estremi = |quale: fn(&Casella) -> u8| {
        let tutte = || luoghi.iter().map(|luogo| u64::from(quale(&luogo.casella)));
        (tutte().min().unwrap_or(0), tutte().max().unwrap_or(0))
    };
    let (prima_colonna, ultima_colonna) = estremi(|casella| casella.colonna);
    let (prima_riga, ultima_riga) = estremi(|casella| casella.riga);
    let colonne = ultima_colonna - prima_colonna + 1;
    let larghezza = (LARGHEZZA - FESSURA * (colonne - 1)) / colonne;
    let piastrella = |luogo: &Luogo| {
        let x = (u64::from(luogo.casella.colonna) - prima_colonna) * (larghezza + FESSURA);
        let y = (u64::from(luogo.casella.riga) - prima_riga) * (ALTEZZA + FESSURA);
        let caratteri = usize::try_from((larghezza - 8) / LARGHEZZA_CARATTERE).unwrap_or(1);
        let testi = spezza(&luogo.nome, caratteri).into_iter().chain([luogo.valore.clone()]);
        let righe = testi.zip(1..).map(|(testo, i)| RigaDiTesto { y: y + 3 + i * ALTEZZA_RIGA, testo }).collect();
        Piastrella { x, y, larghezza, altezza: ALTEZZA, righe, tono: luogo.tono }
    };
    let altezza = (ultima_riga - prima_riga + 1) * (ALTEZZA + FESSURA) - FESSURA;
    let caselle = luoghi.iter().map(piastrella).collect();
    Grafico { larghezza: LARGHEZZA, altezza, caselle, ..Grafico::default() }
}

/// In three lines at most, between words where it can be.
fn spezza(nome: &str, caratteri: usize) -> Vec<String> {
    const RIGHE: usize = 3;
    let mut righe: Vec<String> = Vec::new();
    for parola in nome.split_whitespace() {
        match righe.last_mut() {
            Some(riga) if riga.chars().count() + 1 + parola.chars().count() <= caratteri => {
                riga.push(' ');
                riga.push_str(parola);
            }
            _ => righe.push(parola.to_owned()),
        }
    }
    let tagliato = righe.len() > RIGHE;
    righe.truncate(RIGHE);
    for (i, riga) in righe.iter_mut().enumerate() {
        let ultima = tagliato && i + 1 == RIGHE;
        if ultima || riga.chars().count() > caratteri {
            *riga = riga.chars().take(caratteri.saturating_sub(1)).collect::<String>() + "…";
        }
    }
    righe
}

/// Whether the agencies have their squares.
pub fn ha_ats(periodo: &Periodo) -> bool {
    let riparto = periodo.risorse.as_ref().and_then(|risorse| risorse.dati.riparto.as_ref());
    riparto.is_some_and(|riparto| riparto.righe.iter().filter(|riga| riga.casella.is_some()).count() > 1)
}

/// The agencies of the Region and what each receives.
pub fn delle_ats(periodo: &Periodo) -> Option<Grafico> {
    let riparto = periodo.risorse.as_ref().filter(|_| ha_ats(periodo))?.dati.riparto.as_ref()?;
    let totale = |importi: &BTreeMap<u32, Euro>| importi.values().copied().sum::<Euro>();
    let luoghi: Vec<Luogo> = riparto
        .righe
        .iter()
        .filter_map(|riga| {
            Some(Luogo {
                casella: riga.casella?,
                nome: riga.ats.strip_prefix("ATS ").unwrap_or(&riga.ats).to_owned(),
                valore: totale(&riga.importi).breve(),
                tono: if riga.questa { Tono::Scelta } else { Tono::Piena },
            })
        })
        .collect();
    Some(Grafico {
        id: "mappa-ats".into(),
        titolo: "Dove vanno le risorse".into(),
        descrizione: descrizione_ats(riparto),
        tabella: tabella_ats(riparto),
        scarica: Some(Scarica::sotto(&di_piano(periodo, "mappa-ats"))),
        ..mappa(&luoghi)
    })
}

fn descrizione_ats(riparto: &Riparto) -> String {
    let quante = riparto.righe.len();
    let questa = riparto.righe.iter().find(|riga| riga.questa);
    let sua = questa.map_or(String::new(), |riga| format!(" {} ha il bordo più spesso.", riga.ats));
    format!("{quante} ATS, ciascuna all'incirca dove si trova, con ciò che riceve in tutto.{sua}")
}

fn tabella_ats(riparto: &Riparto) -> Tabella {
    let mut righe: Vec<(&str, Euro)> =
        riparto.righe.iter().map(|riga| (riga.ats.as_str(), riga.importi.values().copied().sum())).collect();
    righe.sort_by_key(|&(_, importo)| std::cmp::Reverse(importo));
    Tabella {
        didascalia: "Le ATS della mappa e quanto ricevono, in euro".into(),
        colonne: vec![di_parole("ATS"), di_numeri("Importo")],
        totale: Some(vec!["Totale".into(), righe.iter().map(|&(_, importo)| importo).sum::<Euro>().into()]),
        righe: righe.into_iter().map(|(nome, importo)| vec![nome.to_owned().into(), importo.into()]).collect(),
    }
}

/// Whether there is something to mark: a map on which nothing is says less than no map.
pub fn ha_ambiti(plan: &Plan, periodo: &Periodo) -> bool {
    let nominati = || periodo.alleanze.iter().flat_map(|alleanza| &alleanza.dati.territorio.ambiti);
    let ambiti = &plan.sito.ambiti;
    ambiti.len() > 1 && ambiti.iter().any(|ambito| nominati().any(|nominato| *nominato == ambito.nome))
}

/// The districts of the territory and how many alliances of a period work there.
pub fn degli_ambiti(plan: &Plan, periodo: &Periodo) -> Option<Grafico> {
    if !ha_ambiti(plan, periodo) {
        return None;
    }
    let mut luoghi = Vec::new();
    let mut righe = Vec::new();
    for ambito in &plan.sito.ambiti {
        let alleanze: Vec<&str> = periodo
            .alleanze
            .iter()
            .filter(|alleanza| alleanza.dati.territorio.ambiti.contains(&ambito.nome))
            .map(|alleanza| alleanza.dati.nome.as_str())
            .collect();
        let quante = alleanze.len();
        luoghi.push(Luogo {
            casella: ambito.casella,
            nome: ambito.nome.clone(),
            valore: match quante {
                0 => "nessuna".into(),
                1 => format!("1{NBSP}alleanza"),
                n => format!("{n}{NBSP}alleanze"),
            },
            tono: if quante > 0 { Tono::Scelta } else { Tono::Vuota },
        });
        righe.push(vec![
            ambito.nome.clone().into(),
            quante.into(),
            if alleanze.is_empty() { "nessuna".into() } else { alleanze.join("; ").into() },
        ]);
    }
    let coperti = luoghi.iter().filter(|luogo| luogo.tono == Tono::Scelta).count();
    let senza = periodo.alleanze.iter().filter(|alleanza| alleanza.dati.territorio.ambiti.is_empty()).count();
    let muti = match senza {
        0 => String::new(),
        1 => " Di un'alleanza non sono indicati gli ambiti.".to_owned(),
        n => format!(" Di {} alleanze non sono indicati gli ambiti.", migliaia(&n.to_string())),
    };
    let descrizione = format!(
        "Ambiti disegnati: {}; con almeno un'alleanza: {coperti}. Altri ambiti del territorio possono non esserci. Ogni \
         casella è all'incirca dove si trova l'ambito.{muti}",
        luoghi.len()
    );
    let tabella = Tabella {
        didascalia: "Le alleanze di ogni ambito".into(),
        colonne: vec![di_parole("Ambito"), di_numeri("Quante"), di_parole("Alleanze")],
        righe,
        totale: None,
    };
    Some(Grafico {
        id: "mappa-ambiti".into(),
        titolo: "Dove lavorano le alleanze".into(),
        descrizione,
        tabella,
        scarica: Some(Scarica::sotto(&di_piano(periodo, "mappa-ambiti"))),
        ..mappa(&luoghi)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_break_between_words_and_stop_at_three_lines() {
        assert_eq!(spezza("Città Metropolitana", 13), ["Città", "Metropolitana"]);
        assert_eq!(
            spezza("Valle Seriana superiore e Val di Scalve", 13),
            ["Valle Seriana", "superiore e", "Val di Scalve"]
        );
        assert_eq!(spezza("uno due tre quattro cinque", 5), ["uno", "due", "tre…"]);
        assert_eq!(spezza("Metropolitana", 6), ["Metro…"]);
    }

    #[test]
    fn tiles_fill_the_width_from_the_first_square_that_is_used() {
        let luogo = |casella| Luogo {
            casella: Casella::parse(casella).expect("a square"),
            nome: "A".into(),
            valore: String::new(),
            tono: Tono::Piena,
        };
        let Grafico { altezza, caselle: piastrelle, .. } = mappa(&[luogo("C3"), luogo("D4")]);
        assert_eq!((piastrelle[0].x, piastrelle[0].y), (0, 0));
        assert_eq!(piastrelle[1].x + piastrelle[1].larghezza, LARGHEZZA);
        assert_eq!(piastrelle[1].y + piastrelle[1].altezza, altezza);
    }
}
