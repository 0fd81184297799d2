//! Drawings in whole units: money as a stream that runs down the page, and any chart as one drawing to download.

use serde::Serialize;

use super::grafico::{Grafico, INTERO, Piastrella, Tono, centesimi};
use crate::value::{Euro, euro};

/// A drawing is as wide as a small phone, so that its letters keep their size there.
const LARGHEZZA: u64 = 300;
/// Letters are 15 units high; a character of a name, and a figure, are about so wide.
const CARATTERE: u64 = 8;
const CIFRA: u64 = 9;
const RIGA: u64 = 18;
/// Between what stands one below the other.
const ARIA: u64 = 8;
/// How wide the money of the whole plan is, and where the words beside it begin.
const CORRENTE: u64 = 84;
const PAROLE: u64 = CORRENTE + 16;
/// How thick what closes a strip is, and how far strips run where they change places.
const BARRA: u64 = 6;
const INTRECCIO: u64 = 64;

/// What a drawing is made of.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "tipo", rename_all = "kebab-case")]
pub enum Segno {
    /// `fine`: it ends at `x`.
    Testo {
        x: u64,
        y: u64,
        testo: String,
        stile: Stile,
        fine: bool,
    },
    Rettangolo {
        x: u64,
        y: u64,
        larghezza: u64,
        altezza: u64,
        serie: usize,
    },
    /// From `x` at one height to `x_a` at another, bending at `meta`.
    Nastro {
        x: u64,
        y: u64,
        meta: u64,
        x_a: u64,
        y_a: u64,
        larghezza: u64,
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

/// A name, the amount beside it, or what names what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stile {
    Nome,
    Valore,
    Titolo,
}

/// One drawing, as wide as all are: what is drawn, and the words that stand over it, all from one margin.
#[derive(Debug, Clone, Serialize)]
pub struct Corso {
    pub altezza: u64,
    pub segni: Vec<Segno>,
    pub margine: u64,
    pub testi: Vec<Segno>,
}

/// A step of the stream: its amounts stand side by side, the first at the right.
#[derive(Debug, Clone, Default)]
pub struct Tappa {
    pub gruppi: Vec<Gruppo>,
    /// Its amounts come in here: they join from the left, one below the other.
    pub sorgente: bool,
    /// Where each of its amounts comes from in the step above, if they change places: from, to, and how much.
    pub intreccio: Vec<(usize, usize, Euro)>,
}

/// Amounts that have a name together.
#[derive(Debug, Clone)]
pub struct Gruppo {
    pub titolo: String,
    pub nodi: Vec<Nodo>,
    /// What the smallest are called, where they are drawn as one.
    pub altri: &'static str,
}

#[derive(Debug, Clone)]
pub struct Nodo {
    pub nome: String,
    pub importo: Euro,
    pub serie: usize,
    /// It goes no further down.
    pub finisce: bool,
}

impl Nodo {
    pub fn nuovo(nome: impl Into<String>, importo: Euro) -> Self {
        Nodo { nome: nome.into(), importo, serie: 1, finisce: false }
    }

    fn peso(&self) -> u64 {
        centesimi(self.importo)
    }
}

impl Tappa {
    pub fn nodi(&self) -> impl Iterator<Item = &Nodo> {
        self.gruppi.iter().flat_map(|gruppo| &gruppo.nodi)
    }

    fn peso(&self) -> u64 {
        self.nodi().map(Nodo::peso).sum()
    }
}

/// Lays out the steps one below the other, as one stream: the amounts of the first join it from above, the others leave it
/// where they are named.
pub fn corso(tappe: &[Tappa]) -> Corso {
    let massimo = tappe.iter().map(Tappa::peso).max().unwrap_or(0).max(1);
    let mut letto = Letto { massimo, ..Letto::default() };
    tappe.iter().for_each(|tappa| letto.tappa(tappa));
    letto.chiudi();
    let Letto { strisce, barre, testi, y, .. } = letto;
    Corso { altezza: y.max(1), segni: [strisce, barre].concat(), margine: PAROLE, testi }
}

/// A strip that is running down.
#[derive(Debug, Clone, Copy)]
struct Striscia {
    x: u64,
    larghezza: u64,
    da: u64,
    serie: usize,
}

#[derive(Default)]
struct Letto {
    massimo: u64,
    strisce: Vec<Segno>,
    /// What stands over the strips.
    barre: Vec<Segno>,
    testi: Vec<Segno>,
    aperti: Vec<Option<Striscia>>,
    y: u64,
}

impl Letto {
    /// How far from the edge so much money reaches.
    fn lungo(&self, peso: u64) -> u64 {
        let esatto = u128::from(peso) * u128::from(CORRENTE) / u128::from(self.massimo);
        u64::try_from(esatto).unwrap_or(CORRENTE).min(CORRENTE)
    }

    /// The strip of an amount, with what stands before it on its side; every amount is seen.
    fn striscia(&self, prima: u64, nodo: &Nodo, da_destra: bool) -> Striscia {
        let (inizio, fine) = (self.lungo(prima), self.lungo(prima + nodo.peso()));
        let larghezza = (fine - inizio).max(1);
        let x = if da_destra { CORRENTE.saturating_sub(inizio + larghezza) } else { inizio };
        Striscia { x, larghezza, da: self.y, serie: nodo.serie }
    }

    fn tappa(&mut self, tappa: &Tappa) {
        let prima: Vec<Option<Striscia>> = std::mem::take(&mut self.aperti);
        let alto = self.y;
        for striscia in prima.iter().flatten() {
            self.scorri(striscia, alto);
        }
        let mut passati = 0;
        let mut strisce: Vec<Striscia> = Vec::new();
        if !tappa.intreccio.is_empty() {
            self.y += INTRECCIO;
        }
        for nodo in tappa.nodi() {
            strisce.push(self.striscia(passati, nodo, !tappa.sorgente));
            passati += nodo.peso();
        }
        if !tappa.sorgente {
            let larghezza = self.lungo(passati).max(1);
            let y = self.y;
            self.barre.push(Segno::Rettangolo { x: CORRENTE - larghezza, y, larghezza, altezza: BARRA, serie: 1 });
        }
        self.intreccia(&tappa.intreccio, &prima, &strisce, alto);
        let mut i = 0;
        for gruppo in &tappa.gruppi {
            self.parole(&gruppo.titolo, Stile::Titolo);
            self.parole(&euro(gruppo.nodi.iter().map(|nodo| nodo.importo).sum()), Stile::Titolo);
            self.y += ARIA / 2;
            for nodo in &gruppo.nodi {
                let meta = self.y + RIGA / 2;
                let mut striscia = strisce[i];
                if tappa.sorgente {
                    striscia.da = meta;
                }
                let Striscia { x, larghezza, serie, .. } = striscia;
                if nodo.finisce {
                    self.scorri(&striscia, meta);
                }
                self.aperti.push((!nodo.finisce).then_some(striscia));
                let linea = Segno::Linea { da: (x + larghezza, meta), a: (PAROLE - 4, meta), forte: false };
                let barra = Segno::Rettangolo { x, y: meta - BARRA / 2, larghezza, altezza: BARRA, serie };
                self.barre.extend([linea, barra]);
                self.parole(&nodo.nome, Stile::Nome);
                self.parole(&euro(nodo.importo), Stile::Valore);
                self.y += ARIA;
                i += 1;
            }
            self.y += ARIA;
        }
    }

    /// A strip, down to where it is closed or goes on under another name.
    fn scorri(&mut self, striscia: &Striscia, y_a: u64) {
        let &Striscia { x, larghezza, da: y, serie } = striscia;
        self.strisce.push(Segno::Nastro { x, y, meta: y.midpoint(y_a), x_a: x, y_a, larghezza, serie });
    }

    fn intreccia(&mut self, fili: &[(usize, usize, Euro)], da: &[Option<Striscia>], a: &[Striscia], y: u64) {
        let (mut usati, mut presi) = (vec![0; da.len()], vec![0; a.len()]);
        for &(i, j, importo) in fili {
            let peso = centesimi(importo);
            let (Some(Some(sopra)), Some(sotto)) = (da.get(i), a.get(j)) else { continue };
            let larghezza = self.lungo(usati[i] + peso).saturating_sub(self.lungo(usati[i])).max(1);
            let posto =
                |striscia: &Striscia, usato: u64| (striscia.x + striscia.larghezza).saturating_sub(usato + larghezza);
            let (x, x_a) = (posto(sopra, self.lungo(usati[i])), posto(sotto, self.lungo(presi[j])));
            let (y_a, serie) = (y + INTRECCIO, sotto.serie);
            self.strisce.push(Segno::Nastro { x, y, meta: y.midpoint(y_a), x_a, y_a, larghezza, serie });
            usati[i] += peso;
            presi[j] += peso;
        }
    }

    fn parole(&mut self, testo: &str, stile: Stile) {
        for testo in a_capo(testo, (LARGHEZZA - PAROLE) / CARATTERE) {
            self.y += RIGA;
            self.testi.push(Segno::Testo { x: PAROLE, y: self.y - 4, testo, stile, fine: false });
        }
    }

    fn chiudi(&mut self) {
        for striscia in std::mem::take(&mut self.aperti).iter().flatten() {
            self.scorri(striscia, self.y);
        }
    }
}

/// A chart drawn whole, with how high it is.
pub fn intero(grafico: &Grafico) -> (Vec<Segno>, u64) {
    let mut foglio = Foglio { segni: Vec::new(), y: 0 };
    foglio.barre(grafico);
    foglio.mappa(&grafico.mappa);
    if let Some(Corso { altezza, segni, testi, .. }) = &grafico.flusso {
        foglio.segni.extend(segni.iter().chain(testi).cloned());
        foglio.y += altezza;
    }
    (foglio.segni, foglio.y.max(1))
}

/// Its title, in lines that fit.
pub fn titolo(grafico: &Grafico) -> Vec<String> {
    a_capo(&grafico.titolo, 36)
}

struct Foglio {
    segni: Vec<Segno>,
    y: u64,
}

impl Foglio {
    /// Lines of words, below what there is.
    fn parole(&mut self, testo: &str, stile: Stile) {
        for testo in a_capo(testo, LARGHEZZA / CARATTERE) {
            self.y += RIGA;
            self.segni.push(Segno::Testo { x: 0, y: self.y - 4, testo, stile, fine: false });
        }
    }

    fn barre(&mut self, grafico: &Grafico) {
        let tracce = || grafico.barre.iter().flat_map(|barra| &barra.tracce);
        let caratteri = tracce().map(|traccia| traccia.valore.chars().count() as u64).max().unwrap_or(0);
        let spazio = if caratteri > 0 { (caratteri * CIFRA + ARIA).min(LARGHEZZA / 2) } else { 0 };
        let lungo = |parte: u64| parte * (LARGHEZZA - spazio) / INTERO;
        for tacca in &grafico.tacche {
            let testo = tacca.testo.clone();
            self.segni.push(Segno::Testo { x: lungo(tacca.da), y: RIGA - 4, testo, stile: Stile::Nome, fine: false });
        }
        let anni = self.segni.len();
        self.y += if grafico.tacche.is_empty() { 0 } else { RIGA + ARIA / 2 };
        for barra in &grafico.barre {
            for testo in std::iter::once(&barra.nome).chain(&barra.nota) {
                self.parole(testo, Stile::Nome);
            }
            for traccia in &barra.tracce {
                for parte in &traccia.segmenti {
                    let (da, a) = (lungo(parte.da), lungo(parte.da + parte.lungo));
                    let larghezza = a.saturating_sub(da).max(1);
                    let serie = parte.serie;
                    self.segni.push(Segno::Rettangolo { x: da, y: self.y, larghezza, altezza: RIGA - 2, serie });
                }
                let (y, testo) = (self.y + RIGA - 5, traccia.valore.clone());
                self.segni.push(Segno::Testo { x: LARGHEZZA, y, testo, stile: Stile::Valore, fine: true });
                self.y += RIGA;
            }
            self.y += ARIA;
            if let Some(taglio) = &barra.taglio {
                self.segni.push(Segno::Linea { da: (0, self.y), a: (LARGHEZZA, self.y), forte: true });
                self.parole(taglio, Stile::Valore);
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
            let nome = a_capo(&piastrella.nome, larghezza / CARATTERE).into_iter().map(|riga| (riga, Stile::Nome));
            nome.chain(piastrella.valori.iter().map(|valore| (valore.clone(), Stile::Valore))).collect::<Vec<_>>()
        };
        for riga in righe {
            let alte = riga.iter().flatten().map(|piastrella| testi(piastrella).len()).max().unwrap_or(1) as u64;
            let altezza = alte * RIGA + ARIA;
            for (piastrella, colonna) in riga.iter().zip(0..) {
                let (Some(piastrella), x, y) = (piastrella, colonna * (larghezza + FESSURA), self.y) else { continue };
                self.segni.push(Segno::Casella { x, y, larghezza, altezza, tono: piastrella.tono });
                for ((testo, stile), linea) in testi(piastrella).into_iter().zip(1..) {
                    self.segni.push(Segno::Testo { x: x + 5, y: y + linea * RIGA, testo, stile, fine: false });
                }
            }
            self.y += altezza + FESSURA;
        }
    }
}

/// Breaks a text between words, and a word that is longer than a line where it can be: nothing is cut.
fn a_capo(testo: &str, caratteri: u64) -> Vec<String> {
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
    fatte
}

/// Where a word that is too long is broken: before a consonant between two vowels, else where the line ends.
fn sillaba(parola: &str, caratteri: usize) -> Option<usize> {
    let lettere: Vec<(usize, char)> = parola.char_indices().collect();
    let e_vocale = |i: usize| lettere.get(i).is_some_and(|(_, c)| "aeiouàèéìòù".contains(c.to_ascii_lowercase()));
    let e_taglio = |i: &usize| e_vocale(i - 1) && !e_vocale(*i) && e_vocale(i + 1);
    let taglio = || (1..caratteri).rev().find(e_taglio).unwrap_or(caratteri - 1);
    (lettere.len() > caratteri).then(|| lettere[taglio()].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_break_between_words_and_none_is_cut() {
        assert_eq!(a_capo("Città Metropolitana", 13), ["Città", "Metropolitana"]);
        assert_eq!(a_capo("uno due tre quattro cinque", 7), ["uno due", "tre", "quattro", "cinque"]);
        assert_eq!(a_capo("Città Metropolitana", 9), ["Città", "Metropo-", "litana"]);
        assert_eq!(a_capo("Strz", 3), ["St-", "rz"]);
    }

    #[test]
    fn strips_are_as_wide_as_their_amounts_and_end_where_they_are_named() {
        let nodo = |peso, finisce| Nodo { finisce, ..Nodo::nuovo("Un nome", Euro::da_centesimi(peso)) };
        let tappa = |nodi: &[Nodo]| {
            let gruppo = Gruppo { titolo: "T".into(), nodi: nodi.to_vec(), altri: "" };
            Tappa { gruppi: vec![gruppo], ..Tappa::default() }
        };
        let sources = Tappa { sorgente: true, ..tappa(&[nodo(600, false), nodo(400, false)]) };
        let Corso { altezza, segni, .. } =
            corso(&[sources, tappa(&[nodo(500, true), nodo(300, true), nodo(200, true)])]);
        let strips: Vec<(u64, u64, u64, u64)> = segni
            .iter()
            .filter_map(|segno| match segno {
                Segno::Nastro { x, larghezza, y, y_a, .. } => Some((*x, *larghezza, *y, *y_a)),
                _ => None,
            })
            .collect();
        let across = |strips: &[(u64, u64, u64, u64)]| strips.iter().map(|(_, larghezza, ..)| larghezza).sum::<u64>();
        assert_eq!((across(&strips[..2]), across(&strips[2..])), (CORRENTE, CORRENTE), "{strips:?}");
        // Those of the sources end together, where those of the parts begin; of these the first stands at the right.
        assert!(strips[..2].iter().all(|strip| strip.3 == strips[2].2), "{strips:?}");
        assert!(strips[2].0 > strips[3].0 && strips[2].3 < strips[3].3 && strips[4].3 <= altezza, "{strips:?}");
    }

    #[test]
    fn money_that_changes_places_comes_from_the_strips_above_and_fills_those_below() {
        let nodo = |peso, finisce| Nodo { finisce, ..Nodo::nuovo("N", Euro::da_centesimi(peso)) };
        let gruppi = |nodi| vec![Gruppo { titolo: "T".into(), nodi, altri: "" }];
        let progetti = Tappa { gruppi: gruppi(vec![nodo(42, false), nodo(42, false)]), ..Tappa::default() };
        let fili = [(0, 0, 21), (0, 1, 21), (1, 0, 42)].map(|(da, a, peso)| (da, a, Euro::da_centesimi(peso))).into();
        let enti = Tappa { gruppi: gruppi(vec![nodo(63, true), nodo(21, true)]), intreccio: fili, ..Tappa::default() };
        let Corso { segni, .. } = corso(&[progetti, enti]);
        let moved: Vec<(u64, u64, u64)> = segni
            .iter()
            .filter_map(|segno| match segno {
                Segno::Nastro { x, x_a, larghezza, y, y_a, .. } if y_a - y == INTRECCIO => Some((*x, *x_a, *larghezza)),
                _ => None,
            })
            .collect();
        assert_eq!(moved, [(63, 63, 21), (42, 0, 21), (0, 21, 42)]);
    }
}
