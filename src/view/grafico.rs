//! Charts: what they show, in parts of a width, so that page, paper and drawing each lay it out in their own measure.

use serde::Serialize;

use super::disegno::Corso;
use super::{Cella, csv};

/// The whole width of a drawing.
pub const INTERO: u64 = 1000;
/// A bar of more than nothing stays visible.
const MINIMO: u64 = 4;
/// More bars than this nobody reads: the rest is in the table.
const BARRE_MASSIME: usize = 40;

/// A chart with its data: of bars, of tiles or of flows.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Grafico {
    pub id: String,
    pub titolo: String,
    /// What the drawing says, in words.
    pub descrizione: String,
    pub legenda: Vec<VoceLegenda>,
    pub barre: Vec<Barra>,
    /// Lines that part the width, such as years, with what stands above them.
    pub tacche: Vec<Tacca>,
    /// The rows of a map; where a row has no tile there is a gap.
    pub mappa: Vec<Vec<Option<Piastrella>>>,
    pub flusso: Option<Corso>,
    pub tabella: Tabella,
    /// The number in the list of its page of the record that each row is of, and each bar: a filter takes both away.
    pub voci: Vec<usize>,
    /// Where drawing and data can be downloaded.
    pub scarica: Option<Scarica>,
    /// How many rows of the table have no bar.
    pub omesse: usize,
}

#[derive(Debug, Clone, Serialize)]
pub struct VoceLegenda {
    pub serie: usize,
    pub nome: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Barra {
    pub nome: String,
    pub nota: Option<String>,
    /// One, or several to compare.
    pub tracce: Vec<Traccia>,
    /// What the line under this bar says.
    pub taglio: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Traccia {
    pub segmenti: Vec<Segmento>,
    pub valore: String,
}

/// Where it begins and how long it is, in parts of [`INTERO`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Segmento {
    pub serie: usize,
    pub da: u64,
    pub lungo: u64,
}

#[derive(Debug, Clone, Serialize)]
pub struct Tacca {
    pub da: u64,
    pub testo: String,
}

/// A tile of a map.
#[derive(Debug, Clone, Serialize)]
pub struct Piastrella {
    pub nome: String,
    pub valori: Vec<String>,
    pub indirizzo: Option<String>,
    pub tono: Tono,
}

/// The one that the map is about, one that has something, or one that has nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tono {
    Scelta,
    Piena,
    Vuota,
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

/// What one bar measures, and its row of the table.
pub struct Misura {
    pub etichetta: String,
    pub nota: Option<String>,
    pub tracce: Vec<Misurata>,
    pub taglio: Option<String>,
    pub riga: Vec<Cella<'static>>,
}

/// The weights of a bar one after the other, each with its series; series 0 is a gap.
pub struct Misurata {
    pub pesi: Vec<(usize, u64)>,
    pub valore: String,
}

impl Misura {
    /// A single bar.
    pub fn nuova(etichetta: String, pesi: Vec<(usize, u64)>, valore: String, riga: Vec<Cella<'static>>) -> Self {
        Misura { etichetta, nota: None, tracce: vec![Misurata { pesi, valore }], taglio: None, riga }
    }

    /// A bar whose parts are the series in their order.
    pub fn semplice(etichetta: String, pesi: &[u64], valore: String, riga: Vec<Cella<'static>>) -> Self {
        Misura::nuova(etichetta, (1..).zip(pesi.iter().copied()).collect(), valore, riga)
    }
}

/// A chart but for its bars: its words, its series, the columns of its table.
pub struct Disegno<'a> {
    pub id: &'a str,
    pub titolo: String,
    pub descrizione: String,
    /// Names of the series; a single one needs no legend.
    pub serie: &'a [(usize, &'a str)],
    pub scarica: Option<Scarica>,
    /// Of its table.
    pub didascalia: String,
    pub colonne: Vec<Colonna>,
    pub totale: Option<Vec<Cella<'static>>>,
}

/// Lays out the bars, in the order given, the longest as long as the drawing. One bar alone, or bars that are all equal,
/// tell nothing that words do not: of them there is no chart.
pub fn disegna(disegno: Disegno, misure: Vec<Misura>) -> Option<Grafico> {
    let somma = |traccia: &Misurata| traccia.pesi.iter().map(|&(_, peso)| peso).sum::<u64>();
    let massimo = misure.iter().flat_map(|misura| &misura.tracce).map(somma).max().unwrap_or(0);
    disegna_su(massimo, disegno, misure)
}

/// The same where the whole width is worth more than the longest bar.
pub fn disegna_su(massimo: u64, disegno: Disegno, misure: Vec<Misura>) -> Option<Grafico> {
    let forma = |traccia: &Misurata| traccia.pesi.iter().map(|&(_, peso)| peso).collect::<Vec<_>>();
    let mut forme = misure.iter().flat_map(|misura| &misura.tracce).map(forma);
    let prima = forme.next()?;
    if forme.all(|altra| altra == prima) {
        return None;
    }
    let omesse = misure.len().saturating_sub(BARRE_MASSIME);
    let legenda = disegno.serie.iter().filter(|_| disegno.serie.len() > 1);
    let legenda = legenda.map(|&(serie, nome)| VoceLegenda { serie, nome: nome.into() }).collect();
    let barra = |misura: &Misura| Barra {
        nome: misura.etichetta.clone(),
        nota: misura.nota.clone(),
        tracce: misura.tracce.iter().map(|traccia| stendi(traccia, massimo)).collect(),
        taglio: misura.taglio.clone(),
    };
    let barre = misure.iter().take(BARRE_MASSIME).map(barra).collect();
    let righe = misure.into_iter().map(|misura| misura.riga).collect();
    let Disegno { didascalia, colonne, totale, .. } = disegno;
    Some(Grafico {
        id: disegno.id.to_owned(),
        titolo: disegno.titolo,
        descrizione: disegno.descrizione,
        legenda,
        barre,
        tabella: Tabella { didascalia, colonne, righe, totale },
        scarica: disegno.scarica,
        omesse,
        ..Grafico::default()
    })
}

fn stendi(traccia: &Misurata, massimo: u64) -> Traccia {
    let parte = |peso: u64| {
        let esatta = u128::from(peso) * u128::from(INTERO) / u128::from(massimo.max(1));
        u64::try_from(esatta).unwrap_or(INTERO).min(INTERO)
    };
    let (mut passati, mut segmenti) = (0, Vec::new());
    for &(serie, peso) in &traccia.pesi {
        let da = parte(passati).min(INTERO - MINIMO);
        passati += peso;
        if serie > 0 && peso > 0 {
            segmenti.push(Segmento { serie, da, lungo: parte(passati).saturating_sub(da).max(MINIMO) });
        }
    }
    Traccia { segmenti, valore: traccia.valore.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disegno() -> Disegno<'static> {
        Disegno {
            id: "x",
            titolo: "X".into(),
            descrizione: String::new(),
            serie: &[(1, "n")],
            scarica: None,
            didascalia: String::new(),
            colonne: vec![],
            totale: None,
        }
    }

    fn misura(pesi: &[u64]) -> Misura {
        Misura::semplice("a".into(), pesi, String::new(), vec![])
    }

    #[test]
    fn the_longest_bar_fills_the_width_and_the_others_follow() {
        let grafico = disegna(disegno(), vec![misura(&[200]), misura(&[100]), misura(&[0])]).expect("a chart");
        let bars: Vec<_> = grafico.barre.iter().map(|barra| &*barra.tracce[0].segmenti).collect();
        let whole = |lungo| Segmento { serie: 1, da: 0, lungo };
        assert_eq!(bars, [&[whole(1000)][..], &[whole(500)], &[]]);
        assert!(grafico.legenda.is_empty());
    }

    #[test]
    fn parts_follow_one_another_and_the_last_ends_where_the_bar_does() {
        let grafico = disegna(disegno(), vec![misura(&[1, 1, 1]), misura(&[1])]).expect("a chart");
        let parts: Vec<_> = grafico.barre[0].tracce[0].segmenti.iter().map(|s| (s.da, s.da + s.lungo)).collect();
        assert_eq!(parts, [(0, 333), (333, 666), (666, 1000)]);
        let tiny = disegna(disegno(), vec![misura(&[1_000_000, 1]), misura(&[1])]).expect("a chart");
        assert!(tiny.barre.iter().all(|barra| barra.tracce[0].segmenti.iter().all(|s| s.lungo >= MINIMO)));
        assert!(tiny.barre[0].tracce[0].segmenti.iter().all(|s| s.da + s.lungo <= INTERO));
    }

    #[test]
    fn one_bar_equal_bars_and_bars_of_nothing_make_no_chart() {
        for pesi in [&[][..], &[5], &[5, 5, 5], &[0, 0]] {
            let misure = pesi.iter().map(|&peso| misura(&[peso])).collect();
            assert!(disegna(disegno(), misure).is_none(), "{pesi:?}");
        }
    }
}
