//! Who takes part in a project: one body leads it, each is there once, and all are of the alliance.

use super::{Check, found};
use crate::path;
use crate::plan::{Alleanza, Partecipazione, Plan, Progetto, doppioni};
use crate::record::Ruolo;
use crate::report::{Diagnostic, Report, Rule};

pub const CHECKS: &[Check] = &[
    Rule::new("Q-15", "ogni progetto ha un solo capofila: quello dell'alleanza, o un altro con il suo motivo")
        .why("il capofila risponde del progetto, e le pagine lo nominano")
        .example("due righe con `ruolo: capofila` in `partenariato`")
        .by(capofila),
    Rule::new("Q-16", "ogni ente ha una sola riga nel partenariato, ed è dell'alleanza")
        .why("contato due volte, riceverebbe due volte")
        .example("la stessa cooperativa in due righe di `partenariato`")
        .by(enti),
];

/// one capofila, which is the alliance's unless its row says why another.
fn capofila(plan: &Plan, report: &mut Report) {
    for (periodo, progetto) in plan.progetti() {
        let origine = &progetto.origine;
        let leaders = progetto.partenariato().filter(|parte| parte.dati.ruolo == Ruolo::Capofila);
        let leaders: Vec<Partecipazione> = leaders.collect();
        let alleanza = &periodo.alleanze[progetto.alleanza];
        let place = |parte: Partecipazione, key| origine.value(path!["partenariato", parte.riga, key]);
        let Some((&first, others)) = leaders.split_first() else {
            let suo = progetto.partenariato().find(|parte| parte.ente == alleanza.capofila);
            report.extend(suo.map(|parte| {
                found(plan.storico(periodo, progetto), "Q-15", "il capofila dell'alleanza nel progetto non lo è")
                    .at(place(parte, "ruolo"))
                    .related(alleanza.origine.value(path!["capofila"]), "il capofila dell'alleanza")
                    .help("scrivi `ruolo: capofila` qui, o nella riga dell'ente che guida il progetto")
            }));
            continue;
        };
        for &other in others {
            report.add(
                Diagnostic::error("Q-15", "il progetto ha due capofila")
                    .at(place(other, "ruolo"))
                    .related(place(first, "ruolo"), "qui il primo")
                    .help("tieni un solo `ruolo: capofila`; gli altri enti sono `partner`"),
            );
        }
        let explained = first.dati.motivo.as_ref().is_some_and(|motivo| !motivo.trim().is_empty());
        if others.is_empty() && first.ente != alleanza.capofila && !explained {
            let expected = &alleanza.dati.capofila;
            report.add(
                found(plan.storico(periodo, progetto), "Q-15", "il capofila del progetto non è quello dell'alleanza")
                    .at(place(first, "ente"))
                    .label(format!("l'alleanza ha `{expected}`"))
                    .related(alleanza.origine.value(path!["capofila"]), "il capofila dell'alleanza")
                    .help(format!(
                        "correggi il `ruolo`, o scrivi in questa riga il `motivo` per cui non è `{expected}`"
                    )),
            );
        }
    }
}

/// a body has one row in a partnership, one part in an alliance, and takes part in the projects of its own.
fn enti(plan: &Plan, report: &mut Report) {
    for periodo in &plan.periodi {
        periodo.alleanze.iter().for_each(|alleanza| two_parts(alleanza, report));
    }
    for (periodo, progetto) in plan.progetti() {
        let alleanza = &periodo.alleanze[progetto.alleanza];
        twice(progetto, report);
        outside(progetto, alleanza, plan.storico(periodo, progetto), report);
    }
}

/// A body that helps without receiving money is not also one of those that receive it.
fn two_parts(alleanza: &Alleanza, report: &mut Report) {
    for (i, ente) in alleanza.rete_di_supporto.iter().enumerate() {
        let steps = match alleanza.partner.iter().position(|partner| partner == ente) {
            Some(riga) => path!["partner", riga],
            None if alleanza.capofila == *ente => path!["capofila"],
            None => continue,
        };
        let id = &alleanza.dati.rete_di_supporto[i];
        report.add(
            Diagnostic::error("Q-16", format!("`{id}` ha due ruoli nell'alleanza"))
                .at(alleanza.origine.value(path!["rete_di_supporto", i]))
                .related(alleanza.origine.value(steps), "qui la prima volta")
                .help("chi è nella rete di supporto non riceve contributi: tieni l'ente in un solo elenco"),
        );
    }
}

fn twice(progetto: &Progetto, report: &mut Report) {
    let place = |parte: Partecipazione| progetto.origine.value(path!["partenariato", parte.riga, "ente"]);
    for (before, parte) in doppioni(progetto.partenariato().map(|parte| (parte.ente, parte))) {
        report.add(
            Diagnostic::error("Q-16", format!("`{}` è due volte nel partenariato", parte.dati.ente))
                .at(place(parte))
                .related(place(before), "qui la prima volta")
                .help("tieni una sola riga per ente, con la somma dei suoi importi"),
        );
    }
}

/// A `sostenitore` helps from outside; all the others are of the alliance.
fn outside(progetto: &Progetto, alleanza: &Alleanza, storico: bool, report: &mut Report) {
    let counted = alleanza.solo_contati();
    for Partecipazione { riga, ente, dati } in progetto.partenariato() {
        let inside = alleanza.capofila == ente
            || alleanza.partner.contains(&ente)
            || alleanza.rete_di_supporto.contains(&ente)
            || dati.ruolo == Ruolo::Sostenitore
            // The same row twice is one mistake.
            || progetto.partenariato().take(riga).any(|before| before.ente == ente);
        if inside {
            continue;
        }
        let add = format!("aggiungilo ai `partner` di `{}`, o correggi la riga", alleanza.id);
        let help = match counted {
            0 => add,
            _ => format!("{add}; se è fra i {counted} che `altri_partner` conta, toglilo da quel numero"),
        };
        // A warning where the alliance counts partners without naming them: it may be one of those.
        report.add(
            found(storico || counted > 0, "Q-16", format!("`{}` non è un ente dell'alleanza", dati.ente))
                .at(progetto.origine.value(path!["partenariato", riga, "ente"]))
                .related(alleanza.origine.value(path!["nome"]), "l'alleanza del progetto")
                .help(help),
        );
    }
}
