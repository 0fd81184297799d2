//! When the projects of a period run, on one line of time.

use jiff::civil::Date;

use super::di_piano;
use crate::plan::{Periodo, Progetto};
use crate::schema;
use crate::value::{Data, migliaia};
use crate::view::grafico::{
    self, ALTEZZA_BARRA, ALTEZZA_RIGA_DI_TESTO, BARRE_MASSIME, Barra, Grafico, LARGHEZZA, RigaDiTesto,
    SPAZIO_FRA_RIGHE, Scarica, Segmento, Tabella, Tacca, VoceLegenda, di_parole,
};

/// Room for the years above the bars.
const ALTEZZA_ANNI: u64 = 20;
/// The label of a year that begins nearer to the right edge would not fit.
const SPAZIO_ANNO: u64 = 30;

/// Both ends are known, or one is where the source is silent and the bar goes to the end of the plan.
const SERIE: [&str; 2] = ["Giorni indicati", "Inizio o fine non indicati nella fonte"];

/// The days that the drawing spans.
struct Tempo {
    dal: Date,
    giorni: i64,
}

impl Tempo {
    fn x(&self, giorno: Date) -> u64 {
        let passati = giorni(self.dal, giorno).clamp(0, self.giorni);
        u64::try_from(passati * LARGHEZZA as i64 / self.giorni.max(1)).unwrap_or(0)
    }
}

fn giorni(dal: Date, al: Date) -> i64 {
    i64::from(dal.until(al).map_or(0, |span| span.get_days()))
}

/// Nothing where no project says both its days, or there is nothing to set side by side.
pub fn progetti(periodo: &Periodo) -> Option<Vec<&Progetto>> {
    let mut progetti: Vec<&Progetto> = periodo
        .progetti
        .iter()
        .filter(|progetto| !progetto.dati.stato().e_caduto())
        .filter(|progetto| progetto.dati.durata.as_ref().is_some_and(|d| d.dal.is_some() || d.al.is_some()))
        .collect();
    // Bars that are all of unknown length say nothing that the table does not.
    if progetti.len() < 2 || progetti.iter().all(|progetto| serie(progetto) == 2) {
        return None;
    }
    progetti.sort_by_key(|progetto| estremi(progetto));
    Some(progetti)
}

pub fn cronologia(periodo: &Periodo) -> Option<Grafico> {
    let progetti = progetti(periodo)?;
    let tempo = tempo(periodo, &progetti);
    let mut y = ALTEZZA_ANNI;
    let mut barre = Vec::new();
    for progetto in progetti.iter().take(BARRE_MASSIME) {
        let barra = barra(progetto, &tempo, y);
        y = barra.y + ALTEZZA_BARRA + SPAZIO_FRA_RIGHE;
        barre.push(barra);
    }
    let in_parte = progetti.iter().any(|progetto| serie(progetto) == 2);
    let legenda = SERIE.iter().enumerate().map(|(i, nome)| VoceLegenda { serie: i + 1, nome: (*nome).into() });
    Some(Grafico {
        id: "cronologia".into(),
        titolo: "Quando si svolgono i progetti".into(),
        descrizione: descrizione(&progetti),
        larghezza: LARGHEZZA,
        altezza: y,
        legenda: if in_parte { legenda.collect() } else { Vec::new() },
        barre,
        tacche: tacche(&tempo),
        tabella: tabella(&progetti),
        scarica: Some(Scarica::sotto(&di_piano(periodo, "cronologia"))),
        omesse: progetti.len().saturating_sub(BARRE_MASSIME),
        ..Grafico::default()
    })
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
    let mut tacche = vec![Tacca { x: 0, testo: primo.to_string() }];
    for anno in primo.saturating_add(1).. {
        let Ok(capodanno) = Date::new(anno, 1, 1) else { break };
        if giorni(tempo.dal, capodanno) >= tempo.giorni {
            break;
        }
        let x = tempo.x(capodanno);
        // Two labels on each other are read as neither.
        if x < SPAZIO_ANNO {
            tacche.clear();
        }
        if x + SPAZIO_ANNO <= LARGHEZZA {
            tacche.push(Tacca { x, testo: anno.to_string() });
        }
    }
    tacche
}

fn barra(progetto: &Progetto, tempo: &Tempo, dall_alto: u64) -> Barra {
    let mut y = dall_alto;
    let mut righe = Vec::new();
    let mut scrivi = |testo: String| {
        y += ALTEZZA_RIGA_DI_TESTO;
        righe.push(RigaDiTesto { y: y - 4, testo });
    };
    grafico::a_capo(&progetto.dati.titolo).into_iter().for_each(&mut scrivi);
    scrivi(quando(progetto));
    let (dal, al) = estremi(progetto);
    let inizio = dal.map_or(0, |dal| tempo.x(dal.0));
    let fine = al.and_then(|al| al.0.tomorrow().ok()).map_or(LARGHEZZA, |dopo| tempo.x(dopo));
    let segmento = Segmento { serie: serie(progetto), x: inizio, larghezza: fine.saturating_sub(inizio).max(2) };
    Barra {
        righe,
        y,
        altezza: ALTEZZA_BARRA,
        segmenti: vec![segmento],
        valore: String::new(),
        x_valore: 0,
        y_valore: y + ALTEZZA_BARRA,
    }
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
    let primo = progetti.iter().filter_map(|progetto| estremi(progetto).0).min();
    let ultimo = progetti.iter().filter_map(|progetto| estremi(progetto).1).max();
    match (primo, ultimo) {
        (Some(primo), Some(ultimo)) => {
            format!("{quanti} progetti: il primo comincia {}, l'ultimo finisce {}.", primo.con("il"), ultimo.con("il"))
        }
        (Some(primo), None) => format!("{quanti} progetti: il primo comincia {}.", primo.con("il")),
        (None, Some(ultimo)) => {
            format!("{quanti} progetti: l'ultimo finisce {}. La fonte non dice quando cominciano.", ultimo.con("il"))
        }
        (None, None) => format!("{quanti} progetti."),
    }
}

fn tabella(progetti: &[&Progetto]) -> Tabella {
    let riga = |progetto: &&Progetto| {
        let (dal, al) = estremi(progetto);
        let stato = schema::nome(progetto.dati.stato());
        vec![progetto.dati.titolo.clone().into(), dal.into(), al.into(), stato.into()]
    };
    Tabella {
        didascalia: "Primo e ultimo giorno di ogni progetto".into(),
        colonne: vec![di_parole("Progetto"), di_parole("Dal"), di_parole("Al"), di_parole("Stato")],
        righe: progetti.iter().map(riga).collect(),
        totale: None,
    }
}
