//! A change taken back when others were made after it: what it wrote goes, if it is still as it left it.

use super::campi::dentro;
use super::lines::pairs;
use super::salva::riscrivi;
use super::vista::Aperta;
use crate::report::Step;
use crate::yaml::modifica::{Errore, Scheda, Valore};

/// The text of a record without what led from `prima` to `dopo`. The lines that were there come back, comments and all,
/// where with them every value is what it should be; else the values alone.
pub fn senza(aperta: &Aperta, prima: &str, dopo: &str) -> Option<String> {
    let righe = righe(prima, dopo, &aperta.testo);
    let valore = |testo: &str| aperta.di(testo).ok()?.valore(&[]).cloned();
    let ora = valore(&aperta.testo);
    let atteso = unito(valore(prima).as_ref(), valore(dopo).as_ref(), ora.as_ref())?;
    let con_le_righe = righe.filter(|testo| valore(testo) == atteso);
    // Of a page the values are not all.
    con_le_righe.or_else(|| {
        let mut scheda = aperta.scheda().ok().filter(|_| !aperta.e_pagina())?;
        porta(&mut scheda, &[], ora.as_ref(), atteso.as_ref()).ok()?;
        Some(scheda.fine())
    })
}

/// The lines of `ora` with those of `prima` where those of `dopo` stand.
fn righe(prima: &str, dopo: &str, ora: &str) -> Option<String> {
    let [prima, dopo, ora] = [prima, dopo, ora].map(|testo| testo.split_inclusive('\n').collect::<Vec<_>>());
    // Where each line stands now, and where what came below it begins.
    let mut posti = vec![None; dopo.len()];
    pairs(&dopo, &ora).into_iter().for_each(|(i, j)| posti[i] = Some(j));
    let sotto = |i: usize| if i == 0 { Some(0) } else { posti[i - 1].map(|posto| posto + 1) };
    let (mut esito, mut fatte) = (Vec::new(), 0);
    let (mut a, mut b) = (0, 0);
    for (i, j) in pairs(&dopo, &prima).into_iter().chain([(dopo.len(), prima.len())]) {
        if (a, b) != (i, j) {
            let da = match posti[a..i].first() {
                Some(prima) => (*prima)?,
                None => sotto(a).or(*posti.get(a).unwrap_or(&Some(ora.len())))?,
            };
            if (a..i).any(|riga| posti[riga] != Some(da + riga - a)) {
                return None;
            }
            esito.extend_from_slice(&ora[fatte..da]);
            esito.extend_from_slice(&prima[b..j]);
            fatte = da + i - a;
        }
        (a, b) = (i + 1, j + 1);
    }
    esito.extend_from_slice(&ora[fatte..]);
    // The last line of a file may have no end: another one would go on in it.
    let whole = esito.split_last().is_none_or(|(_, altre)| altre.iter().all(|riga| riga.ends_with('\n')));
    whole.then(|| esito.concat())
}

type Forse<'v> = Option<&'v Valore>;

/// What `ora` is with the old values where there were changes; none where one of them was changed again.
fn unito(prima: Forse, dopo: Forse, ora: Forse) -> Option<Option<Valore>> {
    if prima == dopo {
        return Some(ora.cloned());
    }
    if ora == dopo {
        return Some(prima.cloned());
    }
    if let (Some(p), Some(d), Some(o)) = (campi(prima), campi(dopo), campi(ora)) {
        let mut uniti: Vec<(String, Valore)> = Vec::new();
        for (chiave, _) in o.iter().chain(p).chain(d) {
            if !uniti.iter().any(|(altra, _)| altra == chiave) {
                let unito = unito(dentro(prima, chiave), dentro(dopo, chiave), dentro(ora, chiave))?;
                uniti.extend(unito.map(|valore| (chiave.clone(), valore)));
            }
        }
        return Some((prima.is_some() || !uniti.is_empty()).then_some(Valore::Gruppo(uniti)));
    }
    let (p, d, o) = (voci(prima)?, voci(dopo)?, voci(ora)?);
    let una_a_una = || {
        let uguali = p.len() == d.len() && d.len() == o.len();
        uguali.then(|| (0..o.len()).map(|n| unito(p.get(n), d.get(n), o.get(n))?).collect::<Option<Vec<_>>>())?
    };
    let unite = una_a_una().or_else(|| unite(p, d, o))?;
    Some((prima.is_some() || !unite.is_empty()).then_some(Valore::Elenco(unite)))
}

/// Items that were put or taken away: those that were put stand once, and those that were there come back below the one
/// that stood above them.
fn unite(prima: &[Valore], dopo: &[Valore], ora: &[Valore]) -> Option<Vec<Valore>> {
    let prime = prima.iter().zip(dopo).take_while(|(a, b)| a == b).count();
    let ultime = prima[prime..].iter().rev().zip(dopo[prime..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (tolte, messe) = (&prima[prime..prima.len() - ultime], &dopo[prime..dopo.len() - ultime]);
    let sola = |cercate: &[Valore]| {
        let mut posti = (0..ora.len()).filter(|posto| ora[*posto..].starts_with(cercate));
        posti.next().filter(|_| posti.next().is_none())
    };
    let da = match (messe, prime) {
        ([], 0) => 0,
        ([], _) => sola(&dopo[prime - 1..prime])? + 1,
        _ => sola(messe)?,
    };
    Some([&ora[..da], tolte, &ora[da + messe.len()..]].concat())
}

/// The fields of a group; what is not there has none.
fn campi(valore: Forse<'_>) -> Option<&[(String, Valore)]> {
    match valore {
        None => Some(&[]),
        Some(Valore::Gruppo(campi)) => Some(campi),
        Some(_) => None,
    }
}

fn voci(valore: Forse<'_>) -> Option<&[Valore]> {
    match valore {
        None => Some(&[]),
        Some(Valore::Elenco(voci)) => Some(voci),
        Some(_) => None,
    }
}

/// Edits a record until it holds a value.
fn porta(scheda: &mut Scheda, passi: &[Step], ora: Forse, atteso: Forse) -> Result<(), Errore> {
    match (ora, atteso) {
        _ if ora == atteso => Ok(()),
        (Some(Valore::Gruppo(o)), Some(Valore::Gruppo(a))) => {
            let mut chiavi: Vec<&String> = o.iter().chain(a).map(|(chiave, _)| chiave).collect();
            chiavi.sort();
            chiavi.dedup();
            let sotto = |chiave: &String| [passi, &[Step::from(chiave.clone())]].concat();
            chiavi
                .into_iter()
                .try_for_each(|chiave| porta(scheda, &sotto(chiave), dentro(ora, chiave), dentro(atteso, chiave)))
        }
        (Some(Valore::Elenco(_)), Some(Valore::Elenco(nuove))) => riscrivi(scheda, passi, nuove, 0),
        (_, Some(nuovo)) => scheda.scrivi(passi, nuovo.clone()),
        (_, None) => scheda.togli(passi),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_wrote_meanwhile_stays() {
        let back = |prima: &str, dopo: &str, ora: &str| righe(prima, dopo, ora);
        assert_eq!(back("a: 1\nb: 2\n", "a: 9\nb: 2\n", "a: 9\nb: 3\n").as_deref(), Some("a: 1\nb: 3\n"));
        assert_eq!(back("a: 1\n", "a: 1\nb: 2\n", "a: 1\nb: 2\nc: 3\n").as_deref(), Some("a: 1\nc: 3\n"));
        assert_eq!(back("a: 1\nb: 2\n", "a: 1\n", "a: 1\nc: 3\n").as_deref(), Some("a: 1\nb: 2\nc: 3\n"));
        assert_eq!(back("a: 1\n", "a: 9\n", "a: 8\n"), None);
        assert_eq!(back("a: 1", "a: 9\n", "a: 9\nb: 2\n"), None);
    }

    #[test]
    fn values_go_back_where_nobody_has_changed_them_again() {
        let valore = |testo: &str| {
            let scheda = Scheda::leggi(testo, crate::schema::nodo("progetto")).expect("a record");
            scheda.valore(&[]).cloned()
        };
        for (prima, dopo, ora, atteso) in [
            ("x: 1\ny: 1\n", "x: 2\ny: 1\n", "x: 2\ny: 3\n", Some("x: 1\ny: 3\n")),
            ("x: 1\n", "x: 2\n", "x: 3\n", None),
            ("x: [1]\n", "x: [1, 2]\n", "x: [1, 2, 3]\n", Some("x: [1, 3]\n")),
            ("y: 1\n", "y: 1\nx: [2]\n", "y: 1\nx: [2, 3]\n", Some("y: 1\nx: [3]\n")),
            ("x: [1]\n", "x: [1, 2]\n", "x: [2, 1, 2]\n", None),
            ("x: [1, 2]\n", "x: [1]\n", "x: [5, 1]\n", Some("x: [5, 1, 2]\n")),
            ("x: [1, 2]\n", "x: [1]\n", "x: [5]\n", None),
            ("x: [{ a: 1, b: 1 }]\n", "x: [{ a: 2, b: 1 }]\n", "x: [{ a: 2, b: 3 }]\n", Some("x: [{ a: 1, b: 3 }]\n")),
            ("y: 1\n", "y: 1\nx: { a: 1 }\n", "y: 1\nx: { a: 1, b: 2 }\n", Some("y: 1\nx: { b: 2 }\n")),
        ] {
            let [prima, dopo, adesso] = [prima, dopo, ora].map(valore);
            let unito = unito(prima.as_ref(), dopo.as_ref(), adesso.as_ref());
            assert_eq!(unito, atteso.map(valore), "{ora}");
        }
    }
}
