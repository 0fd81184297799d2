//! what was spent, measured and paid is of the project, and no part is more than its whole.

use super::{Caso, Check};
use crate::path;
use crate::record::{Partecipazione, Ruolo};
use crate::report::{Diagnostic, Rule};
use crate::value::{Euro, Id, euro};

pub const CHECKS: &[Check] =
    &[Rule::new("Q-35", "rendiconti, rilevazioni e pagamenti sono del progetto, e nessuna parte supera il suo intero")
        .why("ciò che spetta si calcola da qui")
        .example("€ 9.000,00 ammessi su € 8.700,00 dichiarati, o un pagamento a un ente che non è nel progetto")
        .of_projects(interi)];

/// admitted ≤ declared, cofinancing ≤ admitted, measures that do not fall, bodies of the project.
fn interi(caso: &Caso) -> Option<Diagnostic> {
    caso.dati
        .rendicontazione
        .iter()
        .enumerate()
        .find_map(|(i, riga)| {
            let place = |campo| caso.value(path!["rendicontazione", i, campo]);
            let ammesso = riga.ammesso?;
            if ammesso > riga.dichiarato {
                return Some(
                    caso.found("Q-35", "è ammesso più di quanto è dichiarato")
                        .at(place("ammesso"))
                        .label(format!("{}, ma dichiarati {}", euro(ammesso), euro(riga.dichiarato)))
                        .help("correggi uno dei due importi"),
                );
            }
            let suo = riga.cofinanziamento_ammesso.filter(|suo| *suo > ammesso)?;
            Some(
                caso.found("Q-35", "il cofinanziamento ammesso supera le spese ammesse")
                    .at(place("cofinanziamento_ammesso"))
                    .label(format!("{}, ma ammessi {}", euro(suo), euro(ammesso)))
                    .help("il cofinanziamento è una parte di quanto è ammesso: correggi uno dei due importi"),
            )
        })
        .or_else(|| beyond(caso))
        .or_else(|| beyond_its_quota(caso))
        .or_else(|| falling(caso))
        .or_else(|| strangers(caso))
}

/// All the expenses that are admitted, or declared and not yet decided, are of the project. A warning: more may be spent
/// than was thought.
fn beyond(caso: &Caso) -> Option<Diagnostic> {
    let costo = caso.dati.finanziamento.costo_complessivo?;
    let mut speso = Euro::ZERO;
    caso.dati.rendicontazione.iter().enumerate().find_map(|(i, riga)| {
        let (campo, importo) = riga.ammesso.map_or(("dichiarato", riga.dichiarato), |ammesso| ("ammesso", ammesso));
        speso = speso + importo;
        (speso > costo).then(|| {
            Diagnostic::warning("Q-35", "le spese superano il costo del progetto")
                .at(caso.value(path!["rendicontazione", i, campo]))
                .label(format!("con questa riga fanno {}", euro(speso)))
                .related(caso.importo("costo_complessivo"), format!("il costo è {}", euro(costo)))
                .help("correggi l'importo; ogni riga dice le spese del suo periodo, senza quelle delle righe prima")
        })
    })
}

/// What a body spends is of its part of the cost. A capofila that accounts alone does so for all.
fn beyond_its_quota(caso: &Caso) -> Option<Diagnostic> {
    let for_all = |parte: &Partecipazione| {
        let mut enti = caso.dati.rendicontazione.iter().map(|riga| riga.ente.as_ref());
        parte.ruolo == Ruolo::Capofila && enti.all(|ente| ente.is_none_or(|ente| *ente == parte.ente))
    };
    caso.dati.partenariato.iter().enumerate().find_map(|(r, parte)| {
        let quota = parte.quota.filter(|_| !for_all(parte))?;
        let mut speso = Euro::ZERO;
        let sue =
            caso.dati.rendicontazione.iter().enumerate().filter(|(_, riga)| riga.ente.as_ref() == Some(&parte.ente));
        let (i, campo) = sue.into_iter().find_map(|(i, riga)| {
            let (campo, importo) = riga.ammesso.map_or(("dichiarato", riga.dichiarato), |ammesso| ("ammesso", ammesso));
            speso = speso + importo;
            (speso > quota).then_some((i, campo))
        })?;
        Some(
            Diagnostic::warning("Q-35", format!("`{}` spende più della sua quota di costo", parte.ente))
                .at(caso.value(path!["rendicontazione", i, campo]))
                .label(format!("con questa riga fanno {}", euro(speso)))
                .related(caso.value(path!["partenariato", r, "quota"]), format!("la sua quota è {}", euro(quota)))
                .help("correggi l'importo o l'ente della riga, o la `quota` nel `partenariato`"),
        )
    })
}

/// A count from the beginning of the project does not become less.
fn falling(caso: &Caso) -> Option<Diagnostic> {
    caso.dati.indicatori.iter().enumerate().find_map(|(i, indicatore)| {
        let mut rilevazioni: Vec<_> = indicatore.rilevazioni.iter().enumerate().collect();
        rilevazioni.sort_by_key(|(_, rilevazione)| rilevazione.al);
        let (j, prima, dopo) = rilevazioni.windows(2).find_map(|coppia| {
            let ((_, prima), (j, dopo)) = (coppia[0], coppia[1]);
            (dopo.valore < prima.valore).then_some((j, prima, dopo))
        })?;
        Some(
            Diagnostic::warning("Q-35", "il numero contato scende")
                .at(caso.value(path!["indicatori", i, "rilevazioni", j, "valore"]))
                .label(format!("{}, ma il {} erano {}", dopo.valore, prima.al.breve(), prima.valore))
                .help("si conta dall'inizio del progetto: scrivi il totale fino a quel giorno"),
        )
    })
}

/// Money goes to bodies of the project, where it names them.
fn strangers(caso: &Caso) -> Option<Diagnostic> {
    if caso.dati.partenariato.is_empty() {
        return None;
    }
    let is_strange = |ente: &Id| !caso.dati.partenariato.iter().any(|riga| riga.ente == *ente);
    let pagati = caso.dati.pagamenti.iter().enumerate();
    let pagati = pagati.map(|(i, p)| ("pagamenti", i, p.ente.as_ref().filter(|ente| !caso.resta_senza(ente))));
    let spesi = caso.dati.rendicontazione.iter().enumerate().map(|(i, r)| ("rendicontazione", i, r.ente.as_ref()));
    let (elenco, i, ente) = pagati.chain(spesi).find_map(|(elenco, i, ente)| {
        let ente = ente.filter(|ente| is_strange(ente))?;
        Some((elenco, i, ente))
    })?;
    Some(
        Diagnostic::warning("Q-35", format!("`{ente}` non è nel partenariato del progetto"))
            .at(caso.value(path![elenco, i, "ente"]))
            .help("correggi l'ente, o aggiungi la sua riga in `partenariato`"),
    )
}
