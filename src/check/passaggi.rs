//! C-24: how far a plan has come, and what proves it.

use super::Check;
use crate::path;
use crate::plan::{Periodo, Plan};
use crate::record::{Passaggio, StatoPiano};
use crate::report::{Diagnostic, Report, Rule};

pub const CHECKS: &[Check] = &[Rule::new("C-24", "lo stato del Piano va d'accordo con i suoi passaggi")
    .why("adozione, invio e presa d'atto si provano con la data e con l'atto o il numero di protocollo")
    .example("`stato: inviato` senza `passaggi: { invio: { data: 2026-03-02, protocollo: \"1234/2026\" } }`")
    .by(coerenti)];

/// A step that a state presupposes, and what it has to name.
struct Richiesto {
    chiave: &'static str,
    nome: &'static str,
    /// The act, or else the number of the protocol.
    con_atto: bool,
}

const ADOZIONE: Richiesto = Richiesto { chiave: "adozione", nome: "l'adozione", con_atto: true };
const INVIO: Richiesto = Richiesto { chiave: "invio", nome: "l'invio", con_atto: false };
const PRESA_D_ATTO: Richiesto = Richiesto { chiave: "presa_d_atto", nome: "la presa d'atto", con_atto: true };

/// C-24: a state has the steps that lead to it, and no step leads further than the state.
fn coerenti(plan: &Plan, report: &mut Report) {
    // What acts of years ago do not say, nobody can add.
    for periodo in plan.periodi.iter().filter(|periodo| !periodo.norma.fonte_storica) {
        let stato = periodo.dati.stato;
        let reached: &[Richiesto] = match stato {
            StatoPiano::InPreparazione | StatoPiano::Bozza => &[],
            // Whoever is not the agency cannot know more than its acts tell.
            StatoPiano::NonIndicato if plan.sito.avvertenza.is_some() => continue,
            StatoPiano::NonIndicato => {
                report.add(
                    Diagnostic::error("C-24", "lo stato del Piano non è indicato")
                        .at(periodo.origine.value(path!["stato"]))
                        .label("si può tacere solo di un Piano di anni fa, o in un sito che non è dell'ATS e lo dice in `avvertenza`")
                        .help("scrivi a che punto è: `concilia explain piano.stato` elenca gli stati"),
                );
                continue;
            }
            StatoPiano::Adottato | StatoPiano::Validato => &[ADOZIONE],
            StatoPiano::Inviato => &[ADOZIONE, INVIO],
            StatoPiano::PresoAtto => &[ADOZIONE, INVIO, PRESA_D_ATTO],
        };
        for richiesto in reached {
            step(periodo, richiesto, report);
        }
        for (chiave, _) in periodo.dati.passaggi.fatti() {
            // The word of the acts before 2025 says nothing of what the Region did.
            if stato == StatoPiano::Validato || reached.iter().any(|richiesto| richiesto.chiave == chiave) {
                continue;
            }
            report.add(
                Diagnostic::error("C-24", "lo stato del Piano è più indietro dei suoi passaggi")
                    .at(periodo.origine.value(path!["stato"]))
                    .label("non è ancora arrivato a quel passaggio")
                    .related(periodo.origine.key(path!["passaggi", chiave]), "questo passaggio è già scritto")
                    .help("correggi `stato`, o togli il passaggio finché non è avvenuto"),
            );
            break;
        }
    }
}

fn step(periodo: &Periodo, richiesto: &Richiesto, report: &mut Report) {
    let &Richiesto { chiave, nome, con_atto } = richiesto;
    let found = periodo.dati.passaggi.fatti().find(|(sua, _)| *sua == chiave).map(|(_, passaggio)| passaggio);
    let Some(Passaggio { atto, protocollo, .. }) = found else {
        let example = if con_atto {
            format!("`{chiave}: {{ data: …, atto: {{ tipo: …, numero: …, data: … }} }}`")
        } else {
            format!("`{chiave}: {{ data: …, protocollo: … }}`")
        };
        report.add(
            Diagnostic::warning("C-24", format!("manca {nome}, che lo stato del Piano presuppone"))
                .at(periodo.origine.value(path!["stato"]))
                .help(format!("scrivi in `passaggi` {example}")),
        );
        return;
    };
    let is_proved = if con_atto { atto.is_some() } else { protocollo.is_some() || atto.is_some() };
    if !is_proved {
        let (article, what) = if con_atto { ("l'", "atto") } else { ("il ", "numero di protocollo") };
        report.add(
            Diagnostic::warning("C-24", format!("{nome} è senza {what}"))
                .at(periodo.origine.key(path!["passaggi", chiave]))
                .help(format!("aggiungi {article}{what}: senza, {nome} non si può provare")),
        );
    }
}
