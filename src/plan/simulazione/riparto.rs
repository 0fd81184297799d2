//! The split of the regional money among the agencies, reproduced by largest remainder over the inhabitants.
//!
//! The acts say "by number of inhabitants" and not how: the method is ours, and the rows that it gives say how well it
//! fits.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::record;
use crate::value::Euro;
use crate::value::quote::{arrotonda, ripartisci};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ripartizione<'a> {
    pub titolo: &'a str,
    /// The amounts are multiples of this.
    pub unita: Euro,
    pub abitanti: u64,
    /// The total of every year is not the recorded one.
    pub ipotesi: bool,
    pub anni: Vec<Annata<'a>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Annata<'a> {
    /// None where the records name no year.
    pub anno: Option<u32>,
    pub totale: Euro,
    /// What the unit leaves over.
    pub non_ripartito: Euro,
    pub righe: Vec<Riga<'a>>,
    /// What is handed out where every share is rounded by itself.
    pub arrotondando: Euro,
    /// Rows with a recorded amount to compare with, and those that are reproduced.
    pub registrate: usize,
    pub riprodotte: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Riga<'a> {
    pub ats: &'a str,
    pub questa: bool,
    pub abitanti: u32,
    pub riprodotto: Euro,
    /// The share rounded by itself.
    pub arrotondato: Euro,
    pub registrato: Option<Euro>,
    /// Reproduced less recorded, in a year that has amounts.
    pub differenza: Option<Euro>,
}

impl Ripartizione<'_> {
    /// Whether the method gives the recorded amounts of one agency, in every year.
    pub fn riprodotta(&self, riga: usize) -> bool {
        self.anni.iter().all(|annata| annata.righe[riga].differenza.is_none_or(Euro::e_zero))
    }
}

/// Splits the recorded total of each year, or `dotazione` in its place.
pub fn riproduci(riparto: &record::Riparto, dotazione: Option<Euro>) -> Ripartizione<'_> {
    let delle_righe = riparto.righe.iter().flat_map(|riga| riga.importi.keys());
    let anni: BTreeSet<u32> = delle_righe.chain(riparto.totale_annuo.keys()).copied().collect();
    let mut annate: Vec<Annata> = anni
        .into_iter()
        .map(|anno| annata(riparto, Some(anno), dotazione.unwrap_or_else(|| totale(riparto, anno))))
        .collect();
    if let Some(dotazione) = dotazione.filter(|_| annate.is_empty()) {
        annate.push(annata(riparto, None, dotazione));
    }
    Ripartizione {
        titolo: &riparto.titolo,
        unita: riparto.unita,
        abitanti: riparto.righe.iter().map(|riga| u64::from(riga.abitanti)).sum(),
        ipotesi: dotazione.is_some(),
        anni: annate,
    }
}

fn totale(riparto: &record::Riparto, anno: u32) -> Euro {
    let somma = || riparto.righe.iter().filter_map(|riga| riga.importi.get(&anno)).copied().sum();
    riparto.totale_annuo.get(&anno).copied().unwrap_or_else(somma)
}

fn annata(riparto: &record::Riparto, anno: Option<u32>, totale: Euro) -> Annata<'_> {
    let centesimi = |importo: Euro| u64::try_from(importo.centesimi()).unwrap_or(0);
    // A unit of zero is an error of the records: cents are the least that can be handed out.
    let unita = centesimi(riparto.unita).max(1);
    let abitanti: Vec<u64> = riparto.righe.iter().map(|riga| u64::from(riga.abitanti)).collect();
    let unita_in_tutto = centesimi(totale) / unita;
    let importi = |parti: Vec<u64>| parti.into_iter().map(move |parte| Euro::da_centesimi(parte.saturating_mul(unita)));
    let registrato = |riga: &record::RigaRiparto| anno.and_then(|anno| riga.importi.get(&anno)).copied();
    let confronta = riparto.righe.iter().any(|riga| registrato(riga).is_some());
    let righe: Vec<Riga> = riparto
        .righe
        .iter()
        .zip(importi(ripartisci(unita_in_tutto, &abitanti)))
        .zip(importi(arrotonda(unita_in_tutto, &abitanti)))
        .map(|((riga, riprodotto), arrotondato)| Riga {
            ats: &riga.ats,
            questa: riga.questa,
            abitanti: riga.abitanti,
            riprodotto,
            arrotondato,
            registrato: registrato(riga),
            differenza: confronta.then(|| riprodotto - registrato(riga).unwrap_or_default()),
        })
        .collect();
    Annata {
        anno,
        totale,
        non_ripartito: totale - righe.iter().map(|riga| riga.riprodotto).sum(),
        arrotondando: righe.iter().map(|riga| riga.arrotondato).sum(),
        registrate: righe.iter().filter(|riga| riga.differenza.is_some()).count(),
        riprodotte: righe.iter().filter(|riga| riga.differenza.is_some_and(Euro::e_zero)).count(),
        righe,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euro(importo: &str) -> Euro {
        Euro::parse(importo).expect(importo)
    }

    fn riparto(text: &str) -> record::Riparto {
        crate::yaml::parse("riparto.yaml", text, 0..text.len()).expect("a record")
    }

    const TRE: &str = "
titolo: Prova
unita: 10.00
righe:
  - { ats: A, abitanti: 50, importi: { 2025: 50.00, 2026: 60.00 } }
  - { ats: B, abitanti: 26, importi: { 2025: 20.00, 2026: 20.00 } }
  - { ats: C, abitanti: 24, importi: { 2025: 30.00 } }
";

    #[test]
    fn every_year_splits_its_own_total_and_is_compared_row_by_row() {
        let riparto = riparto(TRE);
        let esito = riproduci(&riparto, None);
        let annate: Vec<_> = esito.anni.iter().map(|annata| (annata.anno, annata.totale)).collect();
        assert_eq!(annate, [(Some(2025), euro("100.00")), (Some(2026), euro("80.00"))]);
        let dati = |i: usize| esito.anni[i].righe.iter().map(|riga| riga.riprodotto.to_string()).collect::<Vec<_>>();
        assert_eq!(dati(0), ["50.00", "30.00", "20.00"]);
        assert_eq!(dati(1), ["40.00", "20.00", "20.00"]);
        assert_eq!((esito.anni[0].riprodotte, esito.anni[0].registrate), (1, 3));
        // C has nothing recorded in 2026, which is not what the method gives it.
        assert_eq!((esito.anni[1].riprodotte, esito.anni[1].registrate), (1, 3));
        let differenze: Vec<_> = esito.anni[0].righe.iter().map(|riga| riga.differenza.map(Euro::italiano)).collect();
        assert_eq!(differenze, [Some("0,00".into()), Some("10,00".into()), Some("-10,00".into())]);
        assert_eq!([0, 1, 2].map(|riga| esito.riprodotta(riga)), [false; 3]);
    }

    #[test]
    fn a_declared_total_is_the_one_that_is_split() {
        let riparto = riparto(&format!("{TRE}totale_annuo: {{ 2025: 110.00 }}\n"));
        assert_eq!(riproduci(&riparto, None).anni[0].totale, euro("110.00"));
    }

    #[test]
    fn another_total_takes_the_place_of_every_year_and_the_unit_may_leave_something() {
        let riparto = riparto(TRE);
        let esito = riproduci(&riparto, Some(euro("205.50")));
        assert!(esito.ipotesi);
        for annata in &esito.anni {
            let dati: Vec<_> = annata.righe.iter().map(|riga| riga.riprodotto.to_string()).collect();
            assert_eq!(dati, ["100.00", "50.00", "50.00"]);
            assert_eq!(annata.non_ripartito, euro("5.50"));
        }
    }

    #[test]
    fn without_recorded_amounts_there_is_nothing_to_compare_but_a_total_can_be_tried() {
        let riparto = riparto("{ titolo: Prova, unita: 1.00, righe: [{ ats: A, abitanti: 1, importi: {} }] }");
        assert!(riproduci(&riparto, None).anni.is_empty());
        let esito = riproduci(&riparto, Some(euro("7.00")));
        assert_eq!(esito.anni.len(), 1);
        assert_eq!((esito.anni[0].anno, esito.anni[0].registrate), (None, 0));
        assert_eq!(esito.anni[0].righe[0].riprodotto, euro("7.00"));
    }

    #[test]
    fn plain_rounding_hands_out_more_or_less_than_there_is() {
        let due = "{ titolo: P, unita: 1.00, righe: [
            { ats: A, abitanti: 1, importi: {} }, { ats: B, abitanti: 1, importi: {} }] }";
        let riparto = riparto(due);
        assert_eq!(riproduci(&riparto, Some(euro("3.00"))).anni[0].arrotondando, euro("4.00"));
    }
}
