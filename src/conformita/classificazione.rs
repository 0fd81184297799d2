//! Kind `classificazione`: under which entries of the norm actions and services fall.

use std::collections::BTreeSet;

use super::contesto::{Contesto, Giudizi, chosen_by_the_editor, whole};
use super::giudizio::{Caso, Esame, dubbio, manca, viola};
use crate::path;
use crate::plan::Progetto;
use crate::record::{Classificazione, Modalita, Norma};
use crate::schema::chiave;
use crate::suggest;

pub fn judge(dati: &Classificazione, contesto: &Contesto) -> Giudizi {
    let asked = Asked {
        dati,
        ammesse: entries(contesto.norma, &dati.ammesse),
        incerte: entries(contesto.norma, &dati.incerte),
    };
    contesto.dei_progetti(|progetto, giudizio| {
        let by_category = dati.almeno.is_some() || dati.ogni_azione;
        if let Some(chosen) = chosen_by_the_editor(progetto).filter(|_| by_category) {
            giudizio.extend([chosen]);
        } else {
            giudizio.extend(dati.almeno.map(|almeno| asked.how_many(almeno as usize, progetto)));
            if dati.ogni_azione {
                giudizio.extend((0..progetto.dati.azioni.len()).map(|a| asked.action(a, progetto)));
            }
        }
        if !dati.modalita.is_empty() {
            giudizio.extend((0..progetto.dati.servizi.len()).map(|s| service(&dati.modalita, s, progetto)));
        }
    })
}

/// What the norm asks for, with the entries that it admits and those of which it is not clear.
struct Asked<'a> {
    dati: &'a Classificazione,
    ammesse: BTreeSet<&'a str>,
    incerte: BTreeSet<&'a str>,
}

/// The macro-categories that a list of groups and single entries means.
fn entries<'a>(norma: &'a Norma, words: &[String]) -> BTreeSet<&'a str> {
    let meant = |voce: &&crate::record::Voce| {
        words.iter().any(|word| voce.id.as_str() == word || voce.gruppo.as_deref() == Some(word))
    };
    norma.macrocategorie.iter().filter(meant).map(|voce| voce.id.as_str()).collect()
}

impl Asked<'_> {
    fn how_many(&self, almeno: usize, progetto: &Progetto) -> Esame {
        let azioni = &progetto.dati.azioni;
        let found: BTreeSet<&str> =
            azioni.iter().filter_map(|azione| Some(azione.macrocategoria.as_ref()?.as_str())).collect();
        let sure: Vec<&str> = found.intersection(&self.ammesse).copied().collect();
        let unsure: Vec<&str> = found.intersection(&self.incerte).copied().collect();
        let place = || progetto.origine.value(path!["azioni"]);
        let serve = format!("{} almeno {almeno}", if almeno == 1 { "ne serve" } else { "ne servono" });
        let asked = self.list();
        if sure.len() >= almeno {
            Caso
        } else if azioni.is_empty() {
            manca("manca `azioni`").at(whole(&progetto.origine)).label(format!("{serve} fra {asked}"))
        } else if azioni.iter().any(|azione| azione.macrocategoria.is_none()) && sure.len() + unsure.len() < almeno {
            manca("manca la `macrocategoria` di un'azione")
                .at(place())
                .label(format!("{serve} fra {asked}"))
                .help("scrivi la `macrocategoria` di ogni azione")
        } else if sure.len() + unsure.len() >= almeno || (sure.is_empty() && !unsure.is_empty()) {
            // All or part of it hangs on entries of which the act does not say whether they count.
            let verb = if unsure.len() == 1 { "conta" } else { "contano" };
            let unclear = format!("l'atto non dice se {verb} {}", suggest::list(unsure));
            dubbio("non è chiaro se le macrocategorie delle azioni bastano").at(place()).label(match sure.len() {
                0 => unclear,
                _ => format!("{serve}: c'è {}, e {unclear}", suggest::list(sure)),
            })
        } else {
            viola("le azioni non rientrano in abbastanza macrocategorie").at(place()).label(match sure.len() {
                0 => format!("nessuna fra {asked}, e {serve}"),
                _ => format!("solo {}, e {serve}", suggest::list(sure)),
            })
        }
    }

    fn action(&self, a: usize, progetto: &Progetto) -> Esame {
        let Some(id) = &progetto.dati.azioni[a].macrocategoria else {
            return manca("manca la `macrocategoria` dell'azione")
                .at(progetto.origine.value(path!["azioni", a, "titolo"]));
        };
        let found = if self.ammesse.contains(id.as_str()) {
            return Caso;
        } else if self.incerte.contains(id.as_str()) {
            dubbio("non è chiaro se questa azione è fra quelle che la norma finanzia")
        } else {
            viola("questa azione non è fra quelle che la norma finanzia")
        };
        found
            .at(progetto.origine.value(path!["azioni", a, "macrocategoria"]))
            .label(format!("`{id}` non è fra {}", self.list()))
    }

    /// The admitted entries, as the norm writes them.
    fn list(&self) -> String {
        suggest::list(self.dati.ammesse.iter().map(String::as_str))
    }
}

fn service(ammesse: &[Modalita], s: usize, progetto: &Progetto) -> Esame {
    let servizio = &progetto.dati.servizi[s];
    let names = || suggest::list(ammesse.iter().copied().map(chiave));
    match servizio.modalita {
        None => manca(format!("manca la `modalita` del servizio «{}»", servizio.nome))
            .at(progetto.origine.value(path!["servizi", s, "nome"]))
            .help(format!("scrivi `modalita: …`, una fra {}", names())),
        Some(modalita) if ammesse.contains(&modalita) => Caso,
        Some(modalita) => {
            viola(format!("il servizio «{}» è offerto in un modo che la norma non prevede", servizio.nome))
                .at(progetto.origine.value(path!["servizi", s, "modalita"]))
                .label(format!("`{}`, e serve una fra {}", chiave(modalita), names()))
        }
    }
}
