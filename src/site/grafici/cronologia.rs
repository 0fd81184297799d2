//! When the projects of a period run, on one line of time.

use jiff::civil::Date;

use super::di_piano;
use crate::plan::{Periodo, Progetto};
use crate::schema;
use crate::value::{Data, migliaia};
use crate::view::grafico::{self, Barra, Disegno, Grafico, INTERO, Scarica, Tacca, di_parole};

/// The label of a year that begins nearer than this to another, or to the right edge, would not fit.
const SPAZIO_ANNO: u64 = 110;

/// Both ends are known, or one is where the source is silent and the bar goes to the end of the plan.
const SERIE: [(usize, &str); 2] = [(1, "Giorni indicati"), (2, "Inizio o fine non indicati nella fonte")];

/// The days that the drawing spans.
struct Tempo {
    dal: Date,
    giorni: i64,
}

impl Tempo {
    /// The days from the first to a day.
    fn passati(&self, giorno: Date) -> u64 {
        u64::try_from(giorni(self.dal, giorno).clamp(0, self.giorni)).unwrap_or(0)
    }

    fn tutti(&self) -> u64 {
        u64::try_from(self.giorni).unwrap_or(0).max(1)
    }
}

fn giorni(dal: Date, al: Date) -> i64 {
    i64::from(dal.until(al).map_or(0, |span| span.get_days()))
}

/// Nothing where no project says both its days, or there is nothing to set side by side.
pub fn cronologia(periodo: &Periodo) -> Option<Grafico> {
    let mut numerati: Vec<(usize, &Progetto)> = (1..)
        .zip(&periodo.progetti)
        .filter(|(_, progetto)| !progetto.dati.stato().e_caduto())
        .filter(|(_, progetto)| progetto.dati.durata.as_ref().is_some_and(|d| d.dal.is_some() || d.al.is_some()))
        .collect();
    numerati.sort_by_key(|(_, progetto)| estremi(progetto));
    let (voci, progetti): (Vec<usize>, Vec<&Progetto>) = numerati.into_iter().unzip();
    // Bars that are all of unknown length say nothing that the table does not.
    if progetti.iter().all(|progetto| serie(progetto) == 2) {
        return None;
    }
    let tempo = tempo(periodo, &progetti);
    let in_parte = progetti.iter().any(|progetto| serie(progetto) == 2);
    let disegno = Disegno {
        id: "cronologia",
        titolo: "Quando si svolgono i progetti".into(),
        descrizione: descrizione(&progetti),
        serie: if in_parte { &SERIE } else { &SERIE[..1] },
        scarica: Some(Scarica::sotto(&di_piano(periodo, "cronologia"))),
        didascalia: "Primo e ultimo giorno di ogni progetto".into(),
        colonne: vec![di_parole("Progetto"), di_parole("Dal"), di_parole("Al"), di_parole("Stato")],
        totale: None,
    };
    let misure = progetti.iter().map(|progetto| misura(progetto, &tempo)).collect();
    let grafico = grafico::disegna_su(tempo.tutti(), disegno, misure)?;
    Some(Grafico { tacche: tacche(&tempo), voci, ..grafico })
}

fn estremi(progetto: &Progetto) -> (Option<Data>, Option<Data>) {
    progetto.dati.durata.as_ref().map_or((None, None), |durata| (durata.dal, durata.al))
}

fn serie(progetto: &Progetto) -> usize {
    if matches!(estremi(progetto), (Some(_), Some(_))) { 1 } else { 2 }
}

/// From the first day of the plan, or of the earliest project, to the last.
fn tempo(periodo: &Periodo, progetti: &[&Progetto]) -> Tempo {
    let piano = &periodo.dati.periodo;
    let noti = || progetti.iter().flat_map(|progetto| <[_; 2]>::from(estremi(progetto))).flatten().map(|data| data.0);
    let dal = noti().chain([piano.dal.0]).min().unwrap_or(piano.dal.0);
    let al = noti().chain([piano.al.0]).max().unwrap_or(piano.al.0);
    Tempo { dal, giorni: giorni(dal, al) + 1 }
}

fn tacche(tempo: &Tempo) -> Vec<Tacca> {
    let primo = tempo.dal.year();
    let mut tacche = vec![Tacca { da: 0, testo: primo.to_string() }];
    for anno in primo.saturating_add(1).. {
        let Ok(capodanno) = Date::new(anno, 1, 1) else { break };
        if giorni(tempo.dal, capodanno) >= tempo.giorni {
            break;
        }
        let da = tempo.passati(capodanno) * INTERO / tempo.tutti();
        // Two labels on each other are read as neither.
        if da < SPAZIO_ANNO {
            tacche.clear();
        }
        if da + SPAZIO_ANNO <= INTERO && tacche.last().is_none_or(|ultima| ultima.da + SPAZIO_ANNO <= da) {
            tacche.push(Tacca { da, testo: anno.to_string() });
        }
    }
    tacche
}

fn misura(progetto: &Progetto, tempo: &Tempo) -> Barra {
    let (dal, al) = estremi(progetto);
    let inizio = dal.map_or(0, |dal| tempo.passati(dal.0));
    let fine = al.and_then(|al| al.0.tomorrow().ok()).map_or(tempo.tutti(), |dopo| tempo.passati(dopo));
    let pesi = vec![(0, inizio), (serie(progetto), fine.saturating_sub(inizio).max(1))];
    let stato = schema::nome(progetto.dati.stato());
    let titolo = &progetto.dati.titolo;
    let riga = vec![titolo.clone().into(), dal.into(), al.into(), stato.into()];
    Barra { nota: Some(quando(progetto)), ..Barra::nuova(titolo.clone(), pesi, String::new(), riga) }
}

fn quando(progetto: &Progetto) -> String {
    match estremi(progetto) {
        (Some(dal), Some(al)) => format!("dal {} al {}", dal.breve(), al.breve()),
        (Some(dal), None) => format!("dal {}; fine non indicata", dal.breve()),
        (None, Some(al)) => format!("fino al {}; inizio non indicato", al.breve()),
        (None, None) => String::new(),
    }
}

fn descrizione(progetti: &[&Progetto]) -> String {
    let quanti = migliaia(&progetti.len().to_string());
    // Each of them says one of its days, or both.
    let primo = progetti.iter().filter_map(|progetto| estremi(progetto).0).min();
    let ultimo = progetti.iter().filter_map(|progetto| estremi(progetto).1).max();
    let comincia = primo.map(|primo| format!("il primo comincia {}", primo.con("il")));
    let finisce = ultimo.map(|ultimo| format!("l'ultimo finisce {}", ultimo.con("il")));
    let detti: Vec<String> = comincia.into_iter().chain(finisce).collect();
    let muti = if primo.is_none() { " La fonte non dice quando cominciano." } else { "" };
    format!("{quanti} progetti: {}.{muti}", detti.join(", "))
}
