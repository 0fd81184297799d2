//! What is done to the value of a record before any file is touched.

use std::collections::BTreeMap;

use crate::report::Step;
use crate::value::Nodo;
use crate::yaml::modifica::Valore;

/// A scalar as it is written; nothing of what is no scalar.
pub fn testo(valore: &Valore) -> Option<&str> {
    match valore {
        Valore::Testo(testo) => Some(testo),
        Valore::Esatto(esatto) => Some(esatto.as_str()),
        Valore::Nulla | Valore::Elenco(_) | Valore::Gruppo(_) => None,
    }
}

pub fn passi(via: &[&'static str]) -> Vec<Step> {
    via.iter().map(|nome| Step::from(*nome)).collect()
}

/// What stands at a way of keys, unless it is empty.
pub fn sotto<'v>(valore: &'v Valore, via: &[&'static str]) -> Option<&'v Valore> {
    valore.at(&passi(via)).filter(|valore| !matches!(valore, Valore::Nulla))
}

pub fn voci(valore: Option<&Valore>) -> &[Valore] {
    match valore {
        Some(Valore::Elenco(voci)) => voci,
        _ => &[],
    }
}

/// A value in one form, whatever the order of its keys and the quotes around its texts.
pub fn in_una_forma(valore: &Valore) -> serde_json::Value {
    match valore {
        Valore::Gruppo(campi) => {
            let campi: BTreeMap<_, _> = campi.iter().map(|(nome, valore)| (nome, in_una_forma(valore))).collect();
            serde_json::json!(campi)
        }
        Valore::Elenco(voci) => voci.iter().map(in_una_forma).collect(),
        scalare => testo(scalare).into(),
    }
}

/// Something else stands on the way to a place.
pub struct Occupato;

/// Puts a value at a place; the groups that lead there are made.
pub fn metti(radice: &mut Valore, passi: &[Step], nuovo: Valore) -> Result<(), Occupato> {
    let Some((passo, resto)) = passi.split_first() else {
        *radice = nuovo;
        return Ok(());
    };
    match (passo, &mut *radice) {
        (Step::Key(nome), Valore::Gruppo(campi)) => match campi.iter_mut().find(|(altro, _)| altro == nome) {
            Some((_, valore)) => metti(valore, resto, nuovo),
            None => {
                let mut valore = Valore::Nulla;
                metti(&mut valore, resto, nuovo)?;
                campi.push((nome.to_string(), valore));
                Ok(())
            }
        },
        (Step::Key(_), Valore::Nulla) => {
            *radice = Valore::Gruppo(Vec::new());
            metti(radice, passi, nuovo)
        }
        (Step::Index(posto), Valore::Elenco(voci)) if *posto < voci.len() => metti(&mut voci[*posto], resto, nuovo),
        (Step::Index(posto), Valore::Elenco(voci)) if *posto == voci.len() => {
            voci.push(Valore::Nulla);
            metti(&mut voci[*posto], resto, nuovo)
        }
        (Step::Index(0), Valore::Nulla) => {
            *radice = Valore::Elenco(Vec::new());
            metti(radice, passi, nuovo)
        }
        _ => Err(Occupato),
    }
}

/// Takes the value at a way of keys away.
pub fn togli(radice: &mut Valore, passi: &[Step]) {
    let Some((Step::Key(nome), sopra)) = passi.split_last() else { return };
    if let Some(Valore::Gruppo(campi)) = radice.at_mut(sopra) {
        campi.retain(|(altro, _)| altro != nome);
    }
}

/// What the entries of a list are, also where a group may stand alone.
fn di_voce(nodo: Nodo<'_>) -> Nodo<'_> {
    nodo.voci().or(nodo.anche_in_elenco()).unwrap_or(nodo)
}

/// The same value with its keys in the order of the schema.
pub fn in_ordine(valore: Valore, nodo: Nodo) -> Valore {
    match valore {
        Valore::Gruppo(mut campi) => {
            campi.sort_by_key(|(nome, _)| nodo.campi().position(|(altro, _)| altro == nome).unwrap_or(usize::MAX));
            let sotto = |(nome, valore): (String, Valore)| match nodo.campo(&nome) {
                Some(campo) => (nome, in_ordine(valore, campo)),
                None => (nome, valore),
            };
            Valore::Gruppo(campi.into_iter().map(sotto).collect())
        }
        Valore::Elenco(voci) => Valore::Elenco(voci.into_iter().map(|voce| in_ordine(voce, di_voce(nodo))).collect()),
        altro => altro,
    }
}

/// What a value at a place lacks that its schema requires, by the ways to it.
pub fn mancanti(valore: &Valore, nodo: Nodo<'static>, via: &[Step]) -> Vec<(Vec<Step>, Nodo<'static>)> {
    let sotto = |passo: Step| [via, &[passo]].concat();
    match valore {
        Valore::Gruppo(campi) => {
            let c_e = |nome: &str| campi.iter().any(|(altro, it)| altro == nome && !matches!(it, Valore::Nulla));
            let suoi = nodo.campi().filter(|(nome, _)| nodo.obbligatorio(nome) && !c_e(nome));
            let suoi = suoi.map(|(nome, campo)| (sotto(Step::from(nome)), campo));
            let dentro = campi.iter().filter_map(|(nome, valore)| {
                Some(mancanti(valore, nodo.campo(nome)?, &sotto(Step::from(nome.clone()))))
            });
            suoi.chain(dentro.flatten()).collect()
        }
        Valore::Elenco(voci) => {
            let voci = voci.iter().enumerate();
            voci.flat_map(|(posto, voce)| mancanti(voce, di_voce(nodo), &sotto(Step::Index(posto)))).collect()
        }
        Valore::Nulla | Valore::Testo(_) | Valore::Esatto(_) => Vec::new(),
    }
}
