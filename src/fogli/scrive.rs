//! The texts of files after an import: what is there is edited, what is new is written in the order of the schema.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::report::Step;
use crate::schema::{self, Genere};
use crate::value::Id;
use crate::yaml::modifica::{Errore, Scheda, Valore};

use super::importa::{Cambio, Esito, Modifica, Problema};
use super::schedario::Schedario;
use super::valori::{sotto, testo, voci};

/// A file that an import makes or changes.
#[derive(Debug)]
pub struct Riscrittura {
    /// Below the content folder.
    pub file: String,
    /// None of a file that is new.
    pub prima: Option<String>,
    pub dopo: String,
}

/// Where new bodies go on a site that has none.
const ENTI: &str = "partner/enti.yaml";

/// All the files, or what keeps one from being written. `testata` is what stands above the first record of a new file.
pub fn riscritture(
    esito: &mut Esito,
    piano: &Id,
    testata: impl Fn(&Genere, &str) -> String + Sync,
) -> Result<Vec<Riscrittura>, Vec<Problema>> {
    let Esito { cambi, schedario, .. } = esito;
    let mut vecchi: BTreeMap<usize, Vec<(Vec<Step>, Modifica)>> = BTreeMap::new();
    let mut nuovi: Vec<(&'static Genere, String, Valore)> = Vec::new();
    for cambio in cambi.iter_mut() {
        let modifiche = std::mem::take(&mut cambio.modifiche);
        let Some(voce) = schedario.voce(cambio.genere, &cambio.id) else { continue };
        match &voce.posto {
            Some((file, radice)) => {
                let sue = modifiche.into_iter().map(|modifica| (radice.clone(), modifica));
                vecchi.entry(*file).or_default().extend(sue);
            }
            None => match posto(schedario, cambio, &voce.valore, piano) {
                Posto::InCoda(file) => {
                    let voce = con_id(&cambio.id, voce.valore.clone());
                    vecchi.entry(file).or_default().push((Vec::new(), Modifica::Aggiunge(Vec::new(), voce)));
                }
                Posto::InElenco(genere, file) => {
                    let voce = con_id(&cambio.id, voce.valore.clone());
                    match nuovi.iter_mut().find(|(_, altro, _)| *altro == file) {
                        Some((_, _, Valore::Elenco(voci))) => voci.push(voce),
                        _ => nuovi.push((genere, file, Valore::Elenco(vec![voce]))),
                    }
                }
                Posto::Suo(genere, file) => nuovi.push((genere, file, voce.valore.clone())),
            },
        }
    }
    let gia = |file: &str| schedario.fascicoli.iter().find(|fascicolo| fascicolo.source.relative == file);
    let gia: Vec<Problema> = nuovi.iter().filter_map(|(_, file, _)| gia(file)).map(|gia| Problema {
        dove: gia.source.name.clone(),
        detto: "c'è già, con una scheda sola: per aggiungerne altre falla diventare la prima voce di un elenco, con `- ` \
                davanti"
            .to_owned(),
    }).collect();
    if !gia.is_empty() {
        return Err(gia);
    }
    let fascicoli = schedario.fascicoli.iter_mut().enumerate();
    let da_fare: Vec<_> = fascicoli.filter_map(|(i, fascicolo)| Some((fascicolo, vecchi.remove(&i)?))).collect();
    let vecchi = da_fare.into_par_iter().map(|(fascicolo, modifiche)| {
        let prima = fascicolo.testo.clone();
        match fai(&mut fascicolo.scheda, modifiche) {
            Ok(()) => {
                let dopo = fascicolo.scheda.testo().to_owned();
                Ok(Riscrittura { file: fascicolo.source.relative.clone(), prima: Some(prima), dopo })
            }
            Err(perche) => Err(Problema { dove: fascicolo.source.name.clone(), detto: perche.to_string() }),
        }
    });
    let nuovi = nuovi.into_par_iter().map(|(genere, file, valore)| match nuova(genere, valore) {
        Ok(testo) => Ok(Riscrittura { dopo: testata(genere, &file) + &testo, file, prima: None }),
        Err(perche) => Err(Problema { dove: file, detto: perche.to_string() }),
    });
    let fatte: Vec<Result<Riscrittura, Problema>> = vecchi.chain(nuovi).collect();
    let (fatte, non_fatte): (Vec<_>, Vec<_>) = fatte.into_iter().partition(Result::is_ok);
    let problemi: Vec<Problema> = non_fatte.into_iter().filter_map(Result::err).collect();
    if problemi.is_empty() { Ok(fatte.into_iter().flatten().collect()) } else { Err(problemi) }
}

/// Where a new record goes.
enum Posto {
    /// At the end of a list that is there.
    InCoda(usize),
    /// Into a new list.
    InElenco(&'static Genere, String),
    /// Into a file of its own.
    Suo(&'static Genere, String),
}

fn posto(schedario: &Schedario, cambio: &Cambio, valore: &Valore, piano: &Id) -> Posto {
    let (genere, piano) = (Genere::di(cambio.genere), piano.as_str());
    let in_elenco = ["ente", "atto"].contains(&cambio.genere);
    if !in_elenco {
        return Posto::Suo(genere, genere.file(piano, &cambio.id));
    }
    let elenchi = schedario.fascicoli.iter().enumerate();
    let elenchi = elenchi.filter(|(_, fascicolo)| fascicolo.genere == cambio.genere && fascicolo.e_un_elenco());
    // The list with most bodies of the same kind, or the longest.
    let categoria = |valore: &Valore| sotto(valore, &["categoria"]).and_then(testo).map(str::to_owned);
    let suo = elenchi.max_by_key(|(i, fascicolo)| {
        let voci = voci(fascicolo.scheda.valore(&[]));
        let simili = voci.iter().filter(|voce| categoria(voce) == categoria(valore)).count();
        (simili, voci.len(), std::cmp::Reverse(*i))
    });
    match suo {
        Some((file, _)) => Posto::InCoda(file),
        None if cambio.genere == "ente" => Posto::InElenco(genere, ENTI.to_owned()),
        None => Posto::InElenco(genere, genere.file(piano, &cambio.id)),
    }
}

/// In a list each has its name.
fn con_id(id: &str, valore: Valore) -> Valore {
    let Valore::Gruppo(mut campi) = valore else { return valore };
    campi.retain(|(nome, _)| nome != "id");
    campi.insert(0, ("id".to_owned(), Valore::from(id)));
    Valore::Gruppo(campi)
}

/// Makes the edits of a file, each below the place of its record; entries of one list come in one step.
fn fai(scheda: &mut Scheda, modifiche: Vec<(Vec<Step>, Modifica)>) -> Result<(), Errore> {
    let mut in_coda: BTreeMap<Vec<Step>, Vec<Valore>> = BTreeMap::new();
    for (radice, modifica) in modifiche {
        let sotto = |via: &[Step]| [&radice, via].concat();
        match modifica {
            Modifica::Scrive(via, valore) => scheda.scrivi(&sotto(&via), valore)?,
            Modifica::Toglie(via) => scheda.togli(&sotto(&via))?,
            Modifica::Aggiunge(lista, voce) => in_coda.entry(sotto(&lista)).or_default().push(voce),
        }
    }
    in_coda.into_iter().try_for_each(|(lista, voci)| scheda.aggiungi_tutte(&lista, voci))
}

/// The text of a new file.
fn nuova(genere: &Genere, valore: Valore) -> Result<String, Errore> {
    let nodo = schema::nodo(genere.nome);
    let valore = match valore {
        Valore::Elenco(voci) => Valore::Elenco(voci.into_iter().map(|voce| voce.typed(nodo)).collect()),
        altro => altro.typed(nodo),
    };
    let mut scheda = Scheda::leggi("", nodo)?;
    scheda.scrivi(&[], valore)?;
    Ok(scheda.fine())
}
