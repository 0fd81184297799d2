//! Drawings in whole units: the fans of a flow, and any chart as one drawing to download.

use serde::Serialize;

use super::grafico::{Grafico, INTERO, Piastrella, Tono};

/// A drawing is as wide as a small phone, so that its letters keep their size there.
const LARGHEZZA: u64 = 300;
/// Letters are 15 units high; a character of a name, and a figure, are about so wide.
const CARATTERE: u64 = 8;
const CIFRA: u64 = 9;
const RIGA: u64 = 18;
const BARRA: u64 = 8;
/// Between bar and letters, and between what stands one below the other.
const ARIA: u64 = 8;
/// How far ribbons run.
const NASTRO: u64 = 62;
/// How high the money of the whole plan is.
const ALTEZZA: u64 = 230;

/// What a drawing is made of.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "tipo", rename_all = "kebab-case")]
pub enum Segno {
    /// `fine`: it ends at `x`.
    Testo {
        x: u64,
        y: u64,
        testo: String,
        forte: bool,
        fine: bool,
    },
    Rettangolo {
        x: u64,
        y: u64,
        larghezza: u64,
        altezza: u64,
        serie: usize,
    },
    /// From one height at `da` to another at `a`, bending at `meta`.
    Nastro {
        da: u64,
        y: u64,
        meta: u64,
        a: u64,
        y_a: u64,
        altezza: u64,
        serie: usize,
    },
    Casella {
        x: u64,
        y: u64,
        larghezza: u64,
        altezza: u64,
        tono: Tono,
    },
    /// `forte`: it parts what is above from what is below.
    Linea {
        da: (u64, u64),
        a: (u64, u64),
        forte: bool,
    },
}

/// One amount that parts into several, or several that join into one.
#[derive(Debug, Clone, Serialize)]
pub struct Ventaglio {
    pub titolo: String,
    pub totale: String,
    pub altezza: u64,
    pub segni: Vec<Segno>,
}

/// An amount at the open side of a fan.
#[derive(Debug, Clone)]
pub struct Nodo {
    pub nome: String,
    pub importo: String,
    pub peso: u64,
    pub serie: usize,
}

/// Lays out a fan: `massimo` is what the whole height is worth; where amounts join, the open side is the left one.
pub fn ventaglio(titolo: String, totale: String, nodi: &[Nodo], massimo: u64, si_uniscono: bool) -> Ventaglio {
    // As if it opened to the right; the other is its mirror.
    let x = |x: u64, lungo: u64| if si_uniscono { LARGHEZZA - x - lungo } else { x };
    let parole = BARRA + NASTRO + BARRA + ARIA;
    let mut segni = Vec::new();
    let (mut chiuso, mut aperto) = (0, 0);
    for nodo in nodi {
        let esatta = u128::from(nodo.peso) * u128::from(ALTEZZA) / u128::from(massimo.max(1));
        let alto = u64::try_from(esatta).unwrap_or(ALTEZZA).clamp(2, ALTEZZA);
        let righe = a_capo(&nodo.nome, (LARGHEZZA - parole) / CARATTERE, 3);
        let posto = alto.max((righe.len() as u64 + 1) * RIGA);
        let y = aperto + (posto - alto) / 2;
        let (da, meta, a) = (x(BARRA, 0), x(BARRA + NASTRO / 2, 0), x(BARRA + NASTRO, 0));
        segni.push(Segno::Nastro { da, y: chiuso, meta, a, y_a: y, altezza: alto, serie: nodo.serie });
        let barra =
            |dove, y| Segno::Rettangolo { x: x(dove, BARRA), y, larghezza: BARRA, altezza: alto, serie: nodo.serie };
        segni.extend([barra(0, chiuso), barra(BARRA + NASTRO, y)]);
        let mut linea = aperto + (posto - (righe.len() as u64 + 1) * RIGA) / 2;
        for (testo, forte) in righe.into_iter().map(|riga| (riga, false)).chain([(nodo.importo.clone(), true)]) {
            linea += RIGA;
            segni.push(Segno::Testo { x: x(parole, 0), y: linea - 4, testo, forte, fine: si_uniscono });
        }
        chiuso += alto;
        aperto += posto + ARIA;
    }
    Ventaglio { titolo, totale, altezza: aperto.saturating_sub(ARIA).max(chiuso).max(1), segni }
}

/// A chart drawn whole, with how high it is.
pub fn intero(grafico: &Grafico) -> (Vec<Segno>, u64) {
    let mut foglio = Foglio { segni: Vec::new(), y: 0 };
    foglio.barre(grafico);
    foglio.mappa(&grafico.mappa);
    grafico.flusso.iter().for_each(|ventaglio| foglio.ventaglio(ventaglio));
    (foglio.segni, foglio.y.max(1))
}

/// Its title, in lines that fit.
pub fn titolo(grafico: &Grafico) -> Vec<String> {
    a_capo(&grafico.titolo, 36, 3)
}

struct Foglio {
    segni: Vec<Segno>,
    y: u64,
}

impl Foglio {
    /// A line of words, below what there is.
    fn riga(&mut self, testo: String, forte: bool) {
        self.y += RIGA;
        self.segni.push(Segno::Testo { x: 0, y: self.y - 4, testo, forte, fine: false });
    }

    fn barre(&mut self, grafico: &Grafico) {
        let tracce = || grafico.barre.iter().flat_map(|barra| &barra.tracce);
        let caratteri = tracce().map(|traccia| traccia.valore.chars().count() as u64).max().unwrap_or(0);
        let spazio = if caratteri > 0 { (caratteri * CIFRA + ARIA).min(LARGHEZZA / 2) } else { 0 };
        let lungo = |parte: u64| parte * (LARGHEZZA - spazio) / INTERO;
        for tacca in &grafico.tacche {
            let testo = tacca.testo.clone();
            self.segni.push(Segno::Testo { x: lungo(tacca.da), y: RIGA - 4, testo, forte: false, fine: false });
        }
        let anni = self.segni.len();
        self.y += if grafico.tacche.is_empty() { 0 } else { RIGA + ARIA / 2 };
        for barra in &grafico.barre {
            for riga in a_capo(&barra.nome, LARGHEZZA / CARATTERE, 2) {
                self.riga(riga, false);
            }
            for riga in barra.nota.iter().flat_map(|nota| a_capo(nota, LARGHEZZA / CARATTERE, 2)) {
                self.riga(riga, false);
            }
            for traccia in &barra.tracce {
                for parte in &traccia.segmenti {
                    let (da, a) = (lungo(parte.da), lungo(parte.da + parte.lungo));
                    let larghezza = a.saturating_sub(da).max(1);
                    let serie = parte.serie;
                    self.segni.push(Segno::Rettangolo { x: da, y: self.y, larghezza, altezza: RIGA - 2, serie });
                }
                let testo = traccia.valore.clone();
                self.segni.push(Segno::Testo { x: LARGHEZZA, y: self.y + RIGA - 5, testo, forte: true, fine: true });
                self.y += RIGA;
            }
            self.y += ARIA;
            if let Some(taglio) = &barra.taglio {
                self.segni.push(Segno::Linea { da: (0, self.y), a: (LARGHEZZA, self.y), forte: true });
                a_capo(taglio, LARGHEZZA / CARATTERE, 3).into_iter().for_each(|riga| self.riga(riga, true));
                self.y += ARIA;
            }
        }
        let linea = |x| Segno::Linea { da: (x, RIGA), a: (x, self.y), forte: false };
        let linee: Vec<_> = grafico.tacche.iter().map(|tacca| linea(lungo(tacca.da))).collect();
        self.segni.splice(anni..anni, linee);
    }

    fn mappa(&mut self, righe: &[Vec<Option<Piastrella>>]) {
        const FESSURA: u64 = 4;
        let colonne = righe.iter().map(Vec::len).max().unwrap_or(1) as u64;
        let larghezza = (LARGHEZZA - FESSURA * (colonne - 1)) / colonne;
        let testi = |piastrella: &Piastrella| {
            let nome = a_capo(&piastrella.nome, larghezza / CARATTERE, 4).into_iter().map(|riga| (riga, false));
            nome.chain(piastrella.valori.iter().map(|valore| (valore.clone(), true))).collect::<Vec<_>>()
        };
        for riga in righe {
            let alte = riga.iter().flatten().map(|piastrella| testi(piastrella).len()).max().unwrap_or(1) as u64;
            let altezza = alte * RIGA + ARIA;
            for (piastrella, colonna) in riga.iter().zip(0..) {
                let (Some(piastrella), x, y) = (piastrella, colonna * (larghezza + FESSURA), self.y) else { continue };
                self.segni.push(Segno::Casella { x, y, larghezza, altezza, tono: piastrella.tono });
                for ((testo, forte), linea) in testi(piastrella).into_iter().zip(1..) {
                    self.segni.push(Segno::Testo { x: x + 5, y: y + linea * RIGA, testo, forte, fine: false });
                }
            }
            self.y += altezza + FESSURA;
        }
    }

    fn ventaglio(&mut self, ventaglio: &Ventaglio) {
        self.riga(ventaglio.titolo.clone(), true);
        self.riga(ventaglio.totale.clone(), false);
        let giu = self.y + ARIA;
        self.segni.extend(ventaglio.segni.iter().cloned().map(|segno| segno.piu_in_basso(giu)));
        self.y = giu + ventaglio.altezza + 3 * ARIA;
    }
}

impl Segno {
    fn piu_in_basso(mut self, di: u64) -> Self {
        match &mut self {
            Segno::Testo { y, .. } | Segno::Rettangolo { y, .. } | Segno::Casella { y, .. } => *y += di,
            Segno::Nastro { y, y_a, .. } => {
                *y += di;
                *y_a += di;
            }
            Segno::Linea { da, a, .. } => {
                da.1 += di;
                a.1 += di;
            }
        }
        self
    }
}

/// Breaks a text between words; what does not fit ends with an ellipsis.
fn a_capo(testo: &str, caratteri: u64, righe: usize) -> Vec<String> {
    let caratteri = usize::try_from(caratteri).unwrap_or(1).max(2);
    let mut fatte: Vec<String> = Vec::new();
    for mut parola in testo.split(' ').filter(|parola| !parola.is_empty()) {
        while let Some(fine) = sillaba(parola, caratteri) {
            fatte.push(format!("{}-", &parola[..fine]));
            parola = &parola[fine..];
        }
        match fatte.last_mut() {
            Some(riga) if riga.chars().count() + 1 + parola.chars().count() <= caratteri => {
                riga.push(' ');
                riga.push_str(parola);
            }
            _ => fatte.push(parola.to_owned()),
        }
    }
    let tagliato = fatte.len() > righe;
    fatte.truncate(righe);
    for (i, riga) in fatte.iter_mut().enumerate() {
        let ultima = tagliato && i + 1 == righe;
        if ultima || riga.chars().count() > caratteri {
            *riga = riga.chars().take(caratteri - 1).collect::<String>().trim_end().to_owned() + "…";
        }
    }
    fatte
}

/// Where a word that is too long is broken: before a consonant between two vowels.
fn sillaba(parola: &str, caratteri: usize) -> Option<usize> {
    let lettere: Vec<(usize, char)> = parola.char_indices().collect();
    let e_vocale = |i: usize| lettere.get(i).is_some_and(|(_, c)| "aeiouàèéìòù".contains(c.to_ascii_lowercase()));
    let e_taglio = |i: &usize| e_vocale(i - 1) && !e_vocale(*i) && e_vocale(i + 1);
    let taglio = if lettere.len() > caratteri { (1..caratteri).rev().find(e_taglio) } else { None };
    taglio.map(|i| lettere[i].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_break_between_words_and_stop_after_their_lines() {
        assert_eq!(a_capo("Città Metropolitana", 13, 3), ["Città", "Metropolitana"]);
        assert_eq!(a_capo("uno due tre quattro cinque", 5, 3), ["uno", "due", "tre…"]);
        assert_eq!(a_capo("Città Metropolitana", 9, 4), ["Città", "Metropo-", "litana"]);
        assert_eq!(a_capo("Metropolitana", 6, 2), ["Metro-", "poli-…"]);
        assert_eq!(a_capo("Strz", 3, 2), ["St…"]);
    }

    #[test]
    fn the_closed_side_of_a_fan_is_as_high_as_its_open_bars_together() {
        let nodo = |peso| Nodo { nome: "Un nome".into(), importo: "€ 1".into(), peso, serie: 1 };
        let nodi = [nodo(500), nodo(300), nodo(200)];
        for si_uniscono in [false, true] {
            let fan = ventaglio("T".into(), "€ 1.000".into(), &nodi, 1000, si_uniscono);
            let bars: Vec<(u64, u64)> = fan
                .segni
                .iter()
                .filter_map(|segno| match segno {
                    Segno::Rettangolo { x, altezza, .. } => Some((*x, *altezza)),
                    _ => None,
                })
                .collect();
            let closed = if si_uniscono { LARGHEZZA - BARRA } else { 0 };
            let side = |closed_side: bool| {
                bars.iter().filter(|(x, _)| (*x == closed) == closed_side).map(|(_, altezza)| altezza).sum::<u64>()
            };
            assert_eq!((side(true), side(false)), (ALTEZZA, ALTEZZA));
        }
    }
}
