//! Charts: the geometry, in whole units of the drawing; the theme draws it.
//!
//! Bars lie down and carry their labels, because names of bodies are long and phones are narrow.

use serde::Serialize;

use super::{Cella, csv};

/// The drawing is as wide as a phone, so that its text stays readable there.
pub const LARGHEZZA: u64 = 360;
/// How wide a character of a figure is, about, and the least room that figures have at the right of the bars.
const CARATTERE: u64 = 9;
const SPAZIO_VALORE: u64 = 60;
pub const ALTEZZA_BARRA: u64 = 16;
pub const ALTEZZA_RIGA_DI_TESTO: u64 = 17;
pub const SPAZIO_FRA_RIGHE: u64 = 12;
/// Characters of a label that fit the width of the drawing.
const CARATTERI_PER_RIGA: usize = 44;
/// More bars than this nobody reads: the rest is in the table.
pub const BARRE_MASSIME: usize = 40;

/// A tile of the drawing.
#[derive(Debug, Clone, Serialize)]
pub struct Piastrella {
    pub x: u64,
    pub y: u64,
    pub larghezza: u64,
    pub altezza: u64,
    pub righe: Vec<RigaDiTesto>,
    /// The one that the map is about, one that has something, or one that has nothing.
    pub tono: Tono,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tono {
    Scelta,
    Piena,
    Vuota,
}

/// A bar chart with its data, ready to draw.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Grafico {
    pub id: String,
    pub titolo: String,
    /// What the drawing says, in words.
    pub descrizione: String,
    pub larghezza: u64,
    pub altezza: u64,
    pub legenda: Vec<VoceLegenda>,
    pub barre: Vec<Barra>,
    /// Lines that part the width, such as years, with what stands above them.
    pub tacche: Vec<Tacca>,
    /// The tiles of a map, instead of bars.
    pub caselle: Vec<Piastrella>,
    pub tabella: Tabella,
    /// Where drawing and data can be downloaded.
    pub scarica: Option<Scarica>,
    /// How many rows of the table have no bar.
    pub omesse: usize,
}

#[derive(Debug, Clone, Serialize)]
pub struct Scarica {
    pub disegno: String,
    pub dati: String,
}

impl Scarica {
    /// Side by side, under one name: `2017-2018/grafici/risorse`.
    pub fn sotto(nome: &str) -> Self {
        Scarica { disegno: format!("{nome}.svg"), dati: format!("{nome}.csv") }
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Tacca {
    pub x: u64,
    pub testo: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct VoceLegenda {
    pub serie: usize,
    pub nome: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Barra {
    pub righe: Vec<RigaDiTesto>,
    pub y: u64,
    pub altezza: u64,
    pub segmenti: Vec<Segmento>,
    pub valore: String,
    pub x_valore: u64,
    pub y_valore: u64,
}

#[derive(Debug, Clone, Serialize)]
pub struct RigaDiTesto {
    pub y: u64,
    pub testo: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Segmento {
    pub serie: usize,
    pub x: u64,
    pub larghezza: u64,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct Tabella {
    pub didascalia: String,
    pub colonne: Vec<Colonna>,
    pub righe: Vec<Vec<Cella<'static>>>,
    pub totale: Option<Vec<Cella<'static>>>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Colonna {
    pub nome: &'static str,
    /// Figures stand at the right.
    pub numero: bool,
}

impl Grafico {
    /// Whether its bars are all as long: such a drawing tells nothing.
    pub fn pari(&self) -> bool {
        let lunga = |barra: &Barra| barra.segmenti.iter().map(|segmento| segmento.larghezza).collect::<Vec<_>>();
        let is_plain = self.legenda.is_empty() || self.barre.len() > 1;
        is_plain && self.barre.first().is_some_and(|prima| self.barre.iter().all(|barra| lunga(barra) == lunga(prima)))
    }
}

impl Tabella {
    /// The rows without the total, for programs, which would take it for one more row.
    pub fn csv(&self) -> Vec<u8> {
        let mut out = csv::inizio();
        csv::riga(&mut out, self.colonne.iter().map(|colonna| Cella::from(colonna.nome)));
        self.righe.iter().for_each(|celle| csv::riga(&mut out, celle));
        out.into_bytes()
    }
}

pub const fn di_parole(nome: &'static str) -> Colonna {
    Colonna { nome, numero: false }
}

pub const fn di_numeri(nome: &'static str) -> Colonna {
    Colonna { nome, numero: true }
}

/// One bar to draw: its label, the weight of each series, the figure beside it, and its row of the table.
pub struct Misura {
    pub etichetta: String,
    pub pesi: Vec<u64>,
    pub valore: String,
    pub riga: Vec<Cella<'static>>,
}

/// A chart but for its bars: its words, its series, the columns of its table.
pub struct Disegno<'a> {
    pub id: &'a str,
    pub titolo: String,
    pub descrizione: String,
    /// Names of the series; a single one needs no legend.
    pub serie: &'a [&'a str],
    pub scarica: Option<Scarica>,
    /// Of its table.
    pub didascalia: String,
    pub colonne: Vec<Colonna>,
    pub totale: Option<Vec<Cella<'static>>>,
}

/// Lays out the bars, in the order given.
pub fn disegna(disegno: Disegno, misure: Vec<Misura>) -> Grafico {
    let massimo = misure.iter().map(|misura| misura.pesi.iter().sum::<u64>()).max().unwrap_or(0).max(1);
    let caratteri = misure.iter().map(|misura| misura.valore.chars().count() as u64).max().unwrap_or(0);
    let spazio = (caratteri * CARATTERE + 8).clamp(SPAZIO_VALORE, LARGHEZZA / 2);
    let lunghezza = |peso: u64| {
        let esatta = u128::from(peso) * u128::from(LARGHEZZA - spazio) / u128::from(massimo);
        u64::try_from(esatta).unwrap_or(0)
    };
    let mut y = 0;
    let mut barre = Vec::new();
    for misura in misure.iter().take(BARRE_MASSIME) {
        let mut righe = Vec::new();
        for testo in a_capo(&misura.etichetta) {
            y += ALTEZZA_RIGA_DI_TESTO;
            righe.push(RigaDiTesto { y: y - 4, testo });
        }
        let mut x = 0;
        let segmenti: Vec<Segmento> = misura
            .pesi
            .iter()
            .enumerate()
            .map(|(serie, &peso)| {
                // A bar of more than nothing stays visible.
                let larghezza = if peso > 0 { lunghezza(peso).max(1) } else { 0 };
                let segmento = Segmento { serie: serie + 1, x, larghezza };
                x += larghezza;
                segmento
            })
            .filter(|segmento| segmento.larghezza > 0)
            .collect();
        let (y_barra, x_valore) = (y, x + 6);
        y += ALTEZZA_BARRA + SPAZIO_FRA_RIGHE;
        barre.push(Barra {
            righe,
            y: y_barra,
            altezza: ALTEZZA_BARRA,
            segmenti,
            valore: misura.valore.clone(),
            x_valore,
            y_valore: y_barra + ALTEZZA_BARRA - 3,
        });
    }
    let legenda = if disegno.serie.len() > 1 {
        disegno.serie.iter().enumerate().map(|(i, nome)| VoceLegenda { serie: i + 1, nome: (*nome).into() }).collect()
    } else {
        Vec::new()
    };
    let omesse = misure.len().saturating_sub(BARRE_MASSIME);
    let righe = misure.into_iter().map(|misura| misura.riga).collect();
    let Disegno { didascalia, colonne, totale, .. } = disegno;
    Grafico {
        id: disegno.id.to_owned(),
        titolo: disegno.titolo,
        descrizione: disegno.descrizione,
        larghezza: LARGHEZZA,
        altezza: y.max(1),
        legenda,
        barre,
        tabella: Tabella { didascalia, colonne, righe, totale },
        scarica: disegno.scarica,
        omesse,
        ..Grafico::default()
    }
}

/// Breaks a label between words, in two lines at most.
pub fn a_capo(etichetta: &str) -> Vec<String> {
    let mut righe: Vec<String> = Vec::new();
    for parola in etichetta.split_whitespace() {
        let ultima = righe.last().map_or(usize::MAX, |riga| riga.chars().count());
        if ultima.saturating_add(parola.chars().count()) < CARATTERI_PER_RIGA {
            if let Some(riga) = righe.last_mut() {
                riga.push(' ');
                riga.push_str(parola);
            }
        } else if righe.len() < 2 {
            righe.push(parola.to_owned());
        } else {
            if let Some(riga) = righe.last_mut() {
                accorcia(riga);
                riga.push('…');
            }
            return righe;
        }
    }
    for riga in &mut righe {
        if riga.chars().count() > CARATTERI_PER_RIGA {
            accorcia(riga);
            riga.push('…');
        }
    }
    righe
}

fn accorcia(riga: &mut String) {
    if let Some((fine, _)) = riga.char_indices().nth(CARATTERI_PER_RIGA - 1) {
        riga.truncate(fine);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disegno(serie: &'static [&'static str]) -> Disegno<'static> {
        Disegno {
            id: "x",
            titolo: "X".into(),
            descrizione: String::new(),
            serie,
            scarica: None,
            didascalia: String::new(),
            colonne: vec![],
            totale: None,
        }
    }

    #[test]
    fn the_longest_bar_fills_the_width_and_the_others_follow() {
        let misura =
            |peso: u64| Misura { etichetta: "a".into(), pesi: vec![peso], valore: peso.to_string(), riga: vec![] };
        let grafico = disegna(disegno(&["n"]), vec![misura(200), misura(100), misura(0)]);
        let larghezze: Vec<_> = grafico.barre.iter().map(|b| b.segmenti.first().map_or(0, |s| s.larghezza)).collect();
        assert_eq!(larghezze, [300, 150, 0]);
        assert!(grafico.legenda.is_empty());
    }

    #[test]
    fn long_labels_break_between_words_and_stop_after_two_lines() {
        let righe = a_capo(&"parola ".repeat(30));
        assert_eq!(righe.len(), 2);
        assert!(righe.iter().all(|riga| riga.chars().count() <= CARATTERI_PER_RIGA + 1), "{righe:?}");
        assert!(righe[1].ends_with('…'));
        assert_eq!(a_capo(&"x".repeat(200)).len(), 1);
    }
}
