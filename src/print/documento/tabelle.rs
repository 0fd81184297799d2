//! Tables of the markup as tables of the document.

use super::albero::{Errore, Nodo};
use super::ammessi::stampa;
use super::blocchi::{Casella, Colonna, RIGHE_MASSIME, Tabella};
use super::mappa::Riferimenti;
use super::titoli::testo_di;
use crate::print::tipografia::caratteri::PAROLA_LUNGA;

/// A column of words is at least as wide as so many letters, and no text asks for more room than so many.
const LETTERE: std::ops::RangeInclusive<usize> = 7..=44;

impl Riferimenti<'_> {
    /// Nothing where it has no columns.
    pub fn tabella(&self, nodo: &Nodo, pesi: &[u16], fondo: usize) -> Result<Option<Tabella>, Errore> {
        let didascalia = nodo.primo("caption").map(testo_di).unwrap_or_default();
        let parte =
            |nome: &'static str| nodo.elementi().filter(move |parte| parte.nome == nome).flat_map(Nodo::elementi);
        let Some(testata) = parte("thead").next() else { return Ok(None) };
        let nomi: Vec<&Nodo> = testata.elementi().collect();
        let righe = |nome: &'static str| -> Result<Vec<Vec<Casella>>, Errore> {
            parte(nome).take(RIGHE_MASSIME).map(|riga| self.celle(riga, nomi.len(), fondo)).collect()
        };
        let (righe, totali) = (righe("tbody")?, righe("tfoot")?);
        let parole_in = nomi.iter().filter(|nome| !nome.ha_classe("num")).count();
        if !pesi.is_empty() && pesi.len() != parole_in {
            let perche = format!("`pesi` ha {} numeri e la tabella {parole_in} colonne di parole", pesi.len());
            return Err(nodo.errore(perche));
        }
        let mut pesi = pesi.iter().copied();
        let mut colonne = Vec::new();
        for (i, nome) in nomi.iter().enumerate() {
            stampa(nome)?;
            let numero = nome.ha_classe("num");
            let detto = if numero { Some(0) } else { pesi.next() };
            let peso = detto.unwrap_or_else(|| peso(parte("tbody"), i));
            let parola = parola(parte("tbody").take(RIGHE_MASSIME), i);
            colonne.push(Colonna { nome: testo_di(nome).into(), numero, peso, parola });
        }
        let omesse = parte("tbody").count() - righe.len();
        let totale = totali.into_iter().next();
        Ok(Some(Tabella { didascalia: didascalia.into(), colonne, righe, totale, omesse }))
    }

    fn celle(&self, riga: &Nodo, colonne: usize, fondo: usize) -> Result<Vec<Casella>, Errore> {
        stampa(riga)?;
        let (mut celle, mut larghezza) = (Vec::new(), 0);
        for cella in riga.elementi() {
            stampa(cella)?;
            let larga = cella.attributo("colspan").and_then(|larga| larga.parse().ok()).unwrap_or(1);
            let righe = self.in_riga(cella, fondo + 1)?;
            celle.push(if larga == 1 { Casella::Una(righe) } else { Casella::Larga { larga, righe } });
            larghezza += larga;
        }
        if larghezza != colonne {
            return Err(riga.errore(format!("la riga ha {larghezza} celle e la tabella {colonne} colonne")));
        }
        Ok(celle)
    }
}

/// The longest word of a column; those that may break anywhere do not count.
fn parola<'n, 'h: 'n>(righe: impl Iterator<Item = &'n Nodo<'h>>, colonna: usize) -> usize {
    let testi = righe.filter_map(|riga| riga.elementi().nth(colonna).map(testo_di));
    let lunga = |testo: String| {
        testo.split_whitespace().map(|parola| parola.chars().count()).filter(|n| *n <= PAROLA_LUNGA).max()
    };
    testi.filter_map(lunga).max().unwrap_or(0)
}

/// As wide as its texts are long, by and large.
fn peso<'n, 'h: 'n>(righe: impl Iterator<Item = &'n Nodo<'h>>, colonna: usize) -> u16 {
    let lunga = |riga: &Nodo| riga.elementi().nth(colonna).map_or(0, |cella| testo_di(cella).chars().count());
    let lunghezze: Vec<usize> = righe.take(200).map(lunga).collect();
    let media = lunghezze.iter().sum::<usize>().checked_div(lunghezze.len()).unwrap_or(1);
    u16::try_from(media.clamp(*LETTERE.start(), *LETTERE.end())).unwrap_or(1)
}
