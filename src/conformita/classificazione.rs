//! Kind `classificazione`: under which entries of the norm actions and services fall.

use std::collections::BTreeSet;

use super::contesto::{Contesto, Soggetto, whole};
use super::giudizio::Giudizio;
use crate::path;
use crate::plan::Progetto;
use crate::record::{Classificazione, Modalita, Norma};
use crate::suggest;

pub fn judge(dati: &Classificazione, contesto: &Contesto) -> Vec<(Soggetto, Giudizio)> {
    let ammesse = entries(contesto.norma, &dati.ammesse);
    let incerte = entries(contesto.norma, &dati.incerte);
    contesto
        .progetti()
        .map(|(i, progetto)| {
            let mut giudizio = Giudizio::default();
            if let Some(almeno) = dati.almeno {
                how_many(almeno, dati, (&ammesse, &incerte), progetto, &mut giudizio);
            }
            if dati.ogni_azione {
                each_action(dati, (&ammesse, &incerte), progetto, &mut giudizio);
            }
            if !dati.modalita.is_empty() {
                services(&dati.modalita, progetto, &mut giudizio);
            }
            (Soggetto::Progetto(i), giudizio)
        })
        .collect()
}

/// The macro-categories that a list of groups and single entries means.
pub fn entries<'a>(norma: &'a Norma, words: &[String]) -> BTreeSet<&'a str> {
    let meant = |voce: &&crate::record::Voce| {
        words.iter().any(|word| voce.id.as_str() == word || voce.gruppo.as_deref() == Some(word))
    };
    norma.macrocategorie.iter().filter(meant).map(|voce| voce.id.as_str()).collect()
}

fn how_many(
    almeno: u32,
    dati: &Classificazione,
    (ammesse, incerte): (&BTreeSet<&str>, &BTreeSet<&str>),
    progetto: &Progetto,
    giudizio: &mut Giudizio,
) {
    let found: BTreeSet<&str> =
        progetto.dati.azioni.iter().filter_map(|azione| Some(azione.macrocategoria.as_ref()?.as_str())).collect();
    let sure = found.intersection(ammesse).count() as u64;
    let unsure = found.intersection(incerte).count() as u64;
    let almeno = u64::from(almeno);
    let silent = progetto.dati.azioni.iter().any(|azione| azione.macrocategoria.is_none());
    let place = || progetto.origine.value(path!["azioni"]);
    let asked = suggest::list(dati.ammesse.iter().map(String::as_str));
    if sure >= almeno {
        giudizio.caso();
    } else if progetto.dati.azioni.is_empty() || (silent && sure + unsure < almeno) {
        giudizio
            .manca(
                "manca la `macrocategoria` delle azioni",
                if progetto.dati.azioni.is_empty() { whole(&progetto.origine) } else { place() },
            )
            .label(format!("ne servono {almeno} fra {asked}"));
    } else if sure + unsure >= almeno {
        giudizio.dubbio("non è chiaro se le macrocategorie delle azioni bastano", place()).label(format!(
            "{sure} fra {asked}; {} di cui l'atto non dice se contano",
            list(found.intersection(incerte))
        ));
    } else {
        giudizio
            .viola(format!("le azioni rientrano in {} macrocategorie, e ne servono almeno {almeno}", sure), place())
            .label(if sure + unsure == 0 { format!("nessuna fra {asked}") } else { list(found.iter()) });
    }
}

fn list<'a>(words: impl Iterator<Item = &'a &'a str>) -> String {
    suggest::list(words.copied())
}

fn each_action(
    dati: &Classificazione,
    (ammesse, incerte): (&BTreeSet<&str>, &BTreeSet<&str>),
    progetto: &Progetto,
    giudizio: &mut Giudizio,
) {
    for (a, azione) in progetto.dati.azioni.iter().enumerate() {
        let place = || progetto.origine.value(path!["azioni", a, "macrocategoria"]);
        match azione.macrocategoria.as_ref().map(|id| id.as_str()) {
            None => {
                giudizio.manca(
                    "manca la `macrocategoria` dell'azione",
                    progetto.origine.value(path!["azioni", a, "titolo"]),
                );
            }
            Some(id) if ammesse.contains(id) => giudizio.caso(),
            Some(id) if incerte.contains(id) => {
                giudizio
                    .dubbio("non è chiaro se questa azione è fra quelle che la norma finanzia", place())
                    .label(format!("`{id}` non è fra {}", suggest::list(dati.ammesse.iter().map(String::as_str))));
            }
            Some(id) => {
                giudizio
                    .viola("questa azione non è fra quelle che la norma finanzia", place())
                    .label(format!("`{id}` non è fra {}", suggest::list(dati.ammesse.iter().map(String::as_str))));
            }
        }
    }
}

fn services(ammesse: &[Modalita], progetto: &Progetto, giudizio: &mut Giudizio) {
    for (s, servizio) in progetto.dati.servizi.iter().enumerate() {
        match servizio.modalita {
            None => {
                giudizio
                    .manca(
                        format!("manca la `modalita` del servizio «{}»", servizio.nome),
                        progetto.origine.value(path!["servizi", s, "nome"]),
                    )
                    .help(format!("scrivi `modalita`: {}", names(ammesse)));
            }
            Some(modalita) if ammesse.contains(&modalita) => giudizio.caso(),
            Some(modalita) => {
                giudizio
                    .viola(
                        format!("il servizio «{}» è offerto in un modo che la norma non prevede", servizio.nome),
                        progetto.origine.value(path!["servizi", s, "modalita"]),
                    )
                    .label(format!("`{}`, mentre si ammette {}", modalita.chiave(), names(ammesse)));
            }
        }
    }
}

fn names(modalita: &[Modalita]) -> String {
    suggest::list(modalita.iter().map(|modalita| modalita.chiave()))
}
