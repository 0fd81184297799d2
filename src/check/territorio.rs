//! Schematic maps: each place has a square of its own, and districts are those of the territory.

use super::{Check, Judge};
use crate::path;
use crate::plan::Plan;
use crate::record::Ambito;
use crate::report::{Diagnostic, Report};
use crate::suggest;
use crate::value::Casella;

pub const CHECKS: &[Check] = &[Check::also(Judge::Plan(doppie)), Check::also(Judge::Plan(ambiti))];

/// C-09: no two places stand on one square.
fn doppie(plan: &Plan, report: &mut Report) {
    for risorse in plan.periodi.iter().filter_map(|periodo| periodo.risorse.as_ref()) {
        let Some(riparto) = &risorse.dati.riparto else { continue };
        let caselle: Vec<Option<Casella>> = riparto.righe.iter().map(|riga| riga.casella).collect();
        each_twice(&caselle, |first, again| {
            report.add(
                Diagnostic::error("C-09", "due ATS stanno sulla stessa casella della mappa")
                    .at(risorse.origine.value(path!["riparto", "righe", again, "casella"]))
                    .related(risorse.origine.value(path!["riparto", "righe", first, "casella"]), "qui la prima volta")
                    .help("dai a una delle due un'altra casella"),
            );
        });
    }
    let origine = &plan.sito_origine;
    let caselle: Vec<Option<Casella>> = plan.sito.ambiti.iter().map(|ambito| Some(ambito.casella)).collect();
    each_twice(&caselle, |first, again| {
        report.add(
            Diagnostic::error("C-09", "due ambiti stanno sulla stessa casella della mappa")
                .at(origine.value(path!["ambiti", again, "casella"]))
                .related(origine.value(path!["ambiti", first, "casella"]), "qui la prima volta")
                .help("dai a uno dei due un'altra casella"),
        );
    });
}

fn each_twice(caselle: &[Option<Casella>], mut tell: impl FnMut(usize, usize)) {
    for (i, casella) in caselle.iter().enumerate().filter(|(_, casella)| casella.is_some()) {
        if let Some(first) = caselle[..i].iter().position(|other| other == casella) {
            tell(first, i);
        }
    }
}

/// C-08: the districts that records name are those of `sito.yaml`, where it lists them.
fn ambiti(plan: &Plan, report: &mut Report) {
    let noti: Vec<&str> = plan.sito.ambiti.iter().map(|Ambito { nome, .. }| nome.as_str()).collect();
    if noti.is_empty() {
        return;
    }
    for periodo in &plan.periodi {
        let alleanze = periodo.alleanze.iter().map(|alleanza| (&alleanza.origine, &alleanza.dati.territorio));
        let progetti = periodo.progetti.iter().map(|progetto| (&progetto.origine, &progetto.dati.territorio));
        for (origine, territorio) in alleanze.chain(progetti) {
            for (i, nome) in territorio.ambiti.iter().enumerate().filter(|(_, nome)| !noti.contains(&nome.as_str())) {
                let near = suggest::closest(nome, noti.iter().copied());
                let help = near.map_or_else(
                    || format!("gli ambiti sono: {}", noti.join(", ")),
                    |near| format!("forse intendevi `{near}`?"),
                );
                report.add(
                    Diagnostic::error("C-08", format!("l'ambito «{nome}» non è fra quelli di `sito.yaml`"))
                        .at(origine.value(path!["territorio", "ambiti", i]))
                        .help(help),
                );
            }
        }
    }
}
