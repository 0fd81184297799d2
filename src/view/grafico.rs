//! Charts: what they show, in parts of a width, so that page, paper and drawing each lay it out in their own measure.

use serde::Serialize;

use super::disegno::Corso;
use super::{Cella, csv};
use crate::value::Euro;

/// The whole width of a drawing.
pub const INTERO: u64 = 1000;
/// A bar of more than nothing stays visible.
const MINIMO: u64 = 4;
/// More bars than this nobody reads: the rest is in the table.
const BARRE_MASSIME: usize = 40;

/// What an amount weighs in a drawing.
pub fn centesimi(importo: Euro) -> u64 {
    u64::try_from(importo.centesimi()).unwrap_or(0)
}

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
    /// Its row, until the table has it.
    #[serde(skip)]
    pub riga: Vec<Cella<'static>>,
}

impl Barra {
    /// A single bar.
    pub fn nuova(nome: String, pesi: Vec<(usize, u64)>, valore: String, riga: Vec<Cella<'static>>) -> Self {
        Barra { nome, nota: None, tracce: vec![Traccia::nuova(pesi, valore)], taglio: None, riga }
    }

    /// A bar whose parts are the series in their order.
    pub fn semplice(nome: String, pesi: &[u64], valore: String, riga: Vec<Cella<'static>>) -> Self {
        Barra::nuova(nome, (1..).zip(pesi.iter().copied()).collect(), valore, riga)
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Traccia {
    /// The weights one after the other, each with its series; series 0 is a gap.
    #[serde(skip)]
    pub pesi: Vec<(usize, u64)>,
    /// The same as they are laid out.
    pub segmenti: Vec<Segmento>,
    pub valore: String,
}

impl Traccia {
    pub fn nuova(pesi: Vec<(usize, u64)>, valore: String) -> Self {
        Traccia { pesi, segmenti: Vec::new(), valore }
    }

    fn stendi(&mut self, massimo: u64) {
        let parte = |peso: u64| {
            let esatta = u128::from(peso) * u128::from(INTERO) / u128::from(massimo.max(1));
            u64::try_from(esatta).unwrap_or(INTERO).min(INTERO)
        };
        let mut passati = 0;
        for &(serie, peso) in &self.pesi {
            let da = parte(passati).min(INTERO - MINIMO);
            passati += peso;
            if serie > 0 && peso > 0 {
                self.segmenti.push(Segmento { serie, da, lungo: parte(passati).saturating_sub(da).max(MINIMO) });
            }
        }
    }
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
        csv::tabella(self.colonne.iter().map(|colonna| Cella::from(colonna.nome)), &self.righe)
    }
}

pub const fn di_parole(nome: &'static str) -> Colonna {
    Colonna { nome, numero: false }
}

pub const fn di_numeri(nome: &'static str) -> Colonna {
    Colonna { nome, numero: true }
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
pub fn disegna(disegno: Disegno, barre: Vec<Barra>) -> Option<Grafico> {
    let somma = |traccia: &Traccia| traccia.pesi.iter().map(|&(_, peso)| peso).sum::<u64>();
    let massimo = barre.iter().flat_map(|barra| &barra.tracce).map(somma).max().unwrap_or(0);
    disegna_su(massimo, disegno, barre)
}

/// The same where the whole width is worth more than the longest bar.
pub fn disegna_su(massimo: u64, disegno: Disegno, mut barre: Vec<Barra>) -> Option<Grafico> {
    let forma = |traccia: &Traccia| traccia.pesi.iter().map(|&(_, peso)| peso).collect::<Vec<_>>();
    let mut forme = barre.iter().flat_map(|barra| &barra.tracce).map(forma);
    let prima = forme.next()?;
    if forme.all(|altra| altra == prima) {
        return None;
    }
    let omesse = barre.len().saturating_sub(BARRE_MASSIME);
    let righe = barre.iter_mut().map(|barra| std::mem::take(&mut barra.riga)).collect();
    barre.truncate(BARRE_MASSIME);
    barre.iter_mut().flat_map(|barra| &mut barra.tracce).for_each(|traccia| traccia.stendi(massimo));
    let legenda = disegno.serie.iter().filter(|_| disegno.serie.len() > 1);
    let legenda = legenda.map(|&(serie, nome)| VoceLegenda { serie, nome: nome.into() }).collect();
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

    fn barra(pesi: &[u64]) -> Barra {
        Barra::semplice("a".into(), pesi, String::new(), vec![])
    }

    #[test]
    fn the_longest_bar_fills_the_width_and_the_others_follow() {
        let grafico = disegna(disegno(), vec![barra(&[200]), barra(&[100]), barra(&[0])]).expect("a chart");
        let bars: Vec<_> = grafico.barre.iter().map(|barra| &*barra.tracce[0].segmenti).collect();
        let whole = |lungo| Segmento { serie: 1, da: 0, lungo };
        assert_eq!(bars, [&[whole(1000)][..], &[whole(500)], &[]]);
        assert!(grafico.legenda.is_empty());
    }

    #[test]
    fn parts_follow_one_another_and_the_last_ends_where_the_bar_does() {
        let grafico = disegna(disegno(), vec![barra(&[1, 1, 1]), barra(&[1])]).expect("a chart");
        let parts: Vec<_> = grafico.barre[0].tracce[0].segmenti.iter().map(|s| (s.da, s.da + s.lungo)).collect();
        assert_eq!(parts, [(0, 333), (333, 666), (666, 1000)]);
        let tiny = disegna(disegno(), vec![barra(&[1_000_000, 1]), barra(&[1])]).expect("a chart");
        assert!(tiny.barre.iter().all(|barra| barra.tracce[0].segmenti.iter().all(|s| s.lungo >= MINIMO)));
        assert!(tiny.barre[0].tracce[0].segmenti.iter().all(|s| s.da + s.lungo <= INTERO));
    }

    #[test]
    fn one_bar_equal_bars_and_bars_of_nothing_make_no_chart() {
        for pesi in [&[][..], &[5], &[5, 5, 5], &[0, 0]] {
            let barre = pesi.iter().map(|&peso| barra(&[peso])).collect();
            assert!(disegna(disegno(), barre).is_none(), "{pesi:?}");
        }
    }
}
