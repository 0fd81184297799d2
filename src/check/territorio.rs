//! Where things are: each place has a square of its own on a map, each commune one district, and districts are those of
//! the territory.

use super::{Check, Judge};
use crate::path;
use crate::plan::{Origine, Plan, doppioni};
use crate::record::Ambito;
use crate::report::{Diagnostic, Place, Report, Step};
use crate::suggest;
use crate::value::Casella;

pub const CHECKS: &[Check] = &[Check::also(Judge::Plan(doppie)), Check::also(Judge::Plan(ambiti))];

/// C-09: no two places stand on one square, and no commune in two districts.
fn doppie(plan: &Plan, report: &mut Report) {
    for risorse in plan.periodi.iter().filter_map(|periodo| periodo.risorse.as_ref()) {
        let righe = risorse.dati.riparto.iter().flat_map(|riparto| &riparto.righe);
        let place = |i| risorse.origine.value(path!["riparto", "righe", i, "casella"]);
        report.extend(twice(righe.map(|riga| riga.casella), "due ATS stanno", "una delle due", place));
    }
    let caselle = plan.sito.ambiti.iter().map(|ambito| Some(ambito.casella));
    let place = |i| plan.sito_origine.value(path!["ambiti", i, "casella"]);
    report.extend(twice(caselle, "due ambiti stanno", "uno dei due", place));
    names(plan, report);
    communes(plan, report);
}

/// An alliance names its districts: each name is of one.
fn names(plan: &Plan, report: &mut Report) {
    let nomi = plan.sito.ambiti.iter().map(|ambito| ambito.nome.as_str()).zip(0..);
    let place = |i: usize| plan.sito_origine.value(path!["ambiti", i, "nome"]);
    for (prima, ancora) in doppioni(nomi) {
        report.add(
            Diagnostic::error("C-09", format!("due ambiti si chiamano «{}»", plan.sito.ambiti[ancora].nome))
                .at(place(ancora))
                .related(place(prima), "qui la prima volta")
                .help("dai a uno dei due il suo nome"),
        );
    }
}

/// Who looks for a commune finds one district.
fn communes(plan: &Plan, report: &mut Report) {
    let ambiti = plan.sito.ambiti.iter().enumerate();
    let comuni = ambiti.flat_map(|(i, ambito)| ambito.comuni.iter().zip(0..).map(move |(comune, j)| (comune, (i, j))));
    let place = |(i, j): (usize, usize)| plan.sito_origine.value(path!["ambiti", i, "comuni", j]);
    for (prima, ancora) in doppioni(comuni) {
        let altro = &plan.sito.ambiti[prima.0];
        let comune = &altro.comuni[prima.1];
        report.add(
            Diagnostic::error("C-09", format!("il comune «{comune}» è in due ambiti"))
                .at(place(ancora))
                .related(place(prima), format!("qui in «{}»", altro.nome))
                .help("togli una delle due righe"),
        );
    }
}

fn twice(
    caselle: impl Iterator<Item = Option<Casella>>,
    who: &str,
    one: &str,
    place: impl Fn(usize) -> Place,
) -> Vec<Diagnostic> {
    doppioni(caselle.zip(0..).filter_map(|(casella, i)| Some((casella?, i))))
        .map(|(first, again)| {
            Diagnostic::error("C-09", format!("{who} sulla stessa casella della mappa"))
                .at(place(again))
                .related(place(first), "qui la prima volta")
                .help(format!("dai a {one} un'altra casella"))
        })
        .collect()
}

/// C-08: the districts that records name are those of `sito.yaml`, where it lists them.
fn ambiti(plan: &Plan, report: &mut Report) {
    let known: Vec<&str> = plan.sito.ambiti.iter().map(|Ambito { nome, .. }| nome.as_str()).collect();
    // Where two have one name, the one that is missed may be one of them.
    if known.is_empty() || doppioni(known.iter().zip(0..)).next().is_some() {
        return;
    }
    let mut judge = |nome: &str, origine: &Origine, steps: Vec<Step>| {
        if known.contains(&nome) {
            return;
        }
        let near = suggest::closest(nome, known.iter().copied());
        report.add(
            Diagnostic::error("C-08", format!("l'ambito «{nome}» non è fra quelli di `sito.yaml`"))
                .at(origine.value(steps))
                .help(suggest::meant(near, || format!("gli ambiti sono: {}", known.join(", ")))),
        );
    };
    for periodo in &plan.periodi {
        let alleanze = periodo.alleanze.iter().map(|alleanza| (&alleanza.origine, &alleanza.dati.territorio));
        let progetti = periodo.progetti.iter().map(|progetto| (&progetto.origine, &progetto.dati.territorio));
        for (origine, territorio) in alleanze.chain(progetti) {
            for (i, nome) in territorio.ambiti.iter().enumerate() {
                judge(nome, origine, path!["territorio", "ambiti", i]);
            }
        }
    }
    // By its name a body counts as one that governs the territory.
    for ente in &plan.enti {
        if let Some(nome) = &ente.dati.accordo_di_programma {
            judge(nome, &ente.origine, path!["accordo_di_programma"]);
        }
    }
}
