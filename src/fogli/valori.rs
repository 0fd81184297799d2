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

/// Puts a value at a place; the groups that lead there are made. Fails where something else stands on the way.
pub fn metti(radice: &mut Valore, passi: &[Step], nuovo: Valore) -> Result<(), ()> {
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
        _ => Err(()),
    }
}

/// Takes the value at a way of keys away.
pub fn togli(radice: &mut Valore, passi: &[Step]) {
    let Some((Step::Key(nome), sopra)) = passi.split_last() else { return };
    if let Some(Valore::Gruppo(campi)) = radice.at_mut(sopra) {
        campi.retain(|(altro, _)| altro != nome);
    }
}

/// The same value with its keys in the order of the schema.
pub fn in_ordine(valore: Valore, nodo: Nodo) -> Valore {
    match valore {
        Valore::Gruppo(mut campi) => {
            campi.sort_by_key(|(nome, _)| nodo.campi().position(|(altro, _)| altro == nome).unwrap_or(usize::MAX));
            let sotto = |(nome, valore): (String, Valore)| {
                let valore = match nodo.campo(&nome) {
                    Some(campo) => in_ordine(valore, campo),
                    None => valore,
                };
                (nome, valore)
            };
            Valore::Gruppo(campi.into_iter().map(sotto).collect())
        }
        Valore::Elenco(voci) => {
            let di_voce = nodo.voci().or(nodo.anche_in_elenco()).unwrap_or(nodo);
            Valore::Elenco(voci.into_iter().map(|voce| in_ordine(voce, di_voce)).collect())
        }
        altro => altro,
    }
}

/// What a value lacks that its schema requires, by the ways to it.
pub fn mancanti(valore: &Valore, nodo: Nodo<'static>) -> Vec<(Vec<Step>, Nodo<'static>)> {
    fn cerca(valore: &Valore, nodo: Nodo<'static>, via: &mut Vec<Step>, trovati: &mut Vec<(Vec<Step>, Nodo<'static>)>) {
        match valore {
            Valore::Gruppo(campi) => {
                for (nome, campo) in nodo.campi().filter(|(nome, _)| nodo.obbligatorio(nome)) {
                    let vuoto = |(altro, valore): &(String, Valore)| altro == nome && !matches!(valore, Valore::Nulla);
                    if !campi.iter().any(vuoto) {
                        trovati.push(([via.as_slice(), &[Step::from(nome)]].concat(), campo));
                    }
                }
                for (nome, valore) in campi {
                    if let Some(campo) = nodo.campo(nome) {
                        via.push(Step::from(nome.clone()));
                        cerca(valore, campo, via, trovati);
                        via.pop();
                    }
                }
            }
            Valore::Elenco(voci) => {
                let di_voce = nodo.voci().or(nodo.anche_in_elenco()).unwrap_or(nodo);
                for (posto, voce) in voci.iter().enumerate() {
                    via.push(Step::Index(posto));
                    cerca(voce, di_voce, via, trovati);
                    via.pop();
                }
            }
            Valore::Nulla | Valore::Testo(_) | Valore::Esatto(_) => {}
        }
    }
    let mut trovati = Vec::new();
    cerca(valore, nodo, &mut Vec::new(), &mut trovati);
    trovati
}
