//! Kind `classificazione`: under which entries of the norm actions and services fall.

use std::collections::BTreeSet;

use super::contesto::{Contesto, Giudizi, whole};
use super::giudizio::Giudizio;
use crate::path;
use crate::plan::Progetto;
use crate::record::{Classificazione, Modalita, Norma};
use crate::schema::chiave;
use crate::suggest;

pub fn judge(dati: &Classificazione, contesto: &Contesto) -> Giudizi {
    let ammesse = entries(contesto.norma, &dati.ammesse);
    let incerte = entries(contesto.norma, &dati.incerte);
    contesto.dei_progetti(|progetto, giudizio| {
        if let Some(almeno) = dati.almeno {
            how_many(almeno, dati, (&ammesse, &incerte), progetto, giudizio);
        }
        if dati.ogni_azione {
            each_action(dati, (&ammesse, &incerte), progetto, giudizio);
        }
        if !dati.modalita.is_empty() {
            services(&dati.modalita, progetto, giudizio);
        }
    })
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
    let serve = if almeno == 1 { "ne serve" } else { "ne servono" };
    let asked = suggest::list(dati.ammesse.iter().map(String::as_str));
    if sure >= almeno {
        giudizio.caso();
    } else if progetto.dati.azioni.is_empty() {
        giudizio
            .manca("manca `azioni`", whole(&progetto.origine))
            .label(format!("{serve} almeno {almeno} fra {asked}"));
    } else if silent && sure + unsure < almeno {
        giudizio
            .manca("manca la `macrocategoria` di un'azione", place())
            .label(format!("{serve} almeno {almeno} fra {asked}"))
            .help("scrivi la `macrocategoria` di ogni azione");
    } else if sure + unsure >= almeno || (sure == 0 && unsure > 0) {
        // All or part of it hangs on entries of which the act does not say whether they count.
        let verb = if unsure == 1 { "conta" } else { "contano" };
        let unclear = format!("l'atto non dice se {verb} {}", list(found.intersection(incerte)));
        giudizio.dubbio("non è chiaro se le macrocategorie delle azioni bastano", place()).label(match sure {
            0 => unclear,
            _ => format!("{serve} almeno {almeno}: c'è {}, e {unclear}", list(found.intersection(ammesse))),
        });
    } else {
        giudizio.viola("le azioni non rientrano in abbastanza macrocategorie", place()).label(match sure {
            0 => format!("nessuna fra {asked}, e {serve} almeno {almeno}"),
            _ => format!("solo {}, e {serve} almeno {almeno}", list(found.intersection(ammesse))),
        });
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
            Some(id) => {
                let label = format!("`{id}` non è fra {}", suggest::list(dati.ammesse.iter().map(String::as_str)));
                let found = if incerte.contains(id) {
                    giudizio.dubbio("non è chiaro se questa azione è fra quelle che la norma finanzia", place())
                } else {
                    giudizio.viola("questa azione non è fra quelle che la norma finanzia", place())
                };
                found.label(label);
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
                    .help(format!("scrivi `modalita: …`, una fra {}", names(ammesse)));
            }
            Some(modalita) if ammesse.contains(&modalita) => giudizio.caso(),
            Some(modalita) => {
                giudizio
                    .viola(
                        format!("il servizio «{}» è offerto in un modo che la norma non prevede", servizio.nome),
                        progetto.origine.value(path!["servizi", s, "modalita"]),
                    )
                    .label(format!("`{}`, e serve una fra {}", chiave(modalita), names(ammesse)));
            }
        }
    }
}

fn names(modalita: &[Modalita]) -> String {
    suggest::list(modalita.iter().copied().map(chiave))
}
