//! What the entries of the resources name: each other, a project, a body.

use std::collections::BTreeMap;

use super::files::PlanFiles;
use super::names::{Names, unknown};
use super::{Origine, Progetto};
use crate::path;
use crate::record;
use crate::report::{Diagnostic, Report};
use crate::value::Id;

pub(super) fn resources(
    dati: &record::Risorse,
    origine: &Origine,
    names: &Names,
    progetti: &[Progetto],
    files: &PlanFiles,
    nascosti: bool,
    report: &mut Report,
) {
    once_each(&dati.dotazione, |voce| &voce.id, "dotazione", origine, report);
    once_each(&dati.residui, |residuo| &residuo.id, "residui", origine, report);
    for (i, residuo) in dati.residui.iter().enumerate() {
        let Some(assegnato) = &residuo.assegnato_a else { continue };
        let exists = nascosti
            || progetti.iter().any(|progetto| progetto.id == *assegnato)
            || files.progetti.iter().any(|(id, ..)| id == assegnato)
            || files.rotti.contains(&("progetto", assegnato.as_str()));
        if !exists {
            let noti = progetti.iter().map(|progetto| progetto.id.as_str());
            let place = origine.value(path!["residui", i, "assegnato_a"]);
            report.add(unknown("i progetti di questo Piano", assegnato, place, noti));
        }
    }
    let residui = || dati.residui.iter().map(|residuo| residuo.id.as_str());
    for (i, totale) in dati.totali_dichiarati.iter().enumerate() {
        for (j, escluso) in totale.esclude.iter().enumerate() {
            if !residui().any(|id| id == escluso.as_str()) {
                let place = origine.value(path!["totali_dichiarati", i, "esclude", j]);
                report.add(unknown("i residui di questo Piano", escluso, place, residui()));
            }
        }
    }
    if let Some(azione) = &dati.azione_di_sistema {
        names.ente(&azione.capofila, origine, || path!["azione_di_sistema", "capofila"], report);
        paid_by(dati, azione, origine, report);
    }
}

/// The system action names the one entry that pays for it: of the endowment, or of the residuals.
fn paid_by(dati: &record::Risorse, azione: &record::AzioneDiSistema, origine: &Origine, report: &mut Report) {
    let voci = || dati.dotazione.iter().map(|voce| voce.id.as_str());
    let residui = || dati.residui.iter().map(|residuo| residuo.id.as_str());
    match (&azione.dotazione, &azione.residuo) {
        (Some(voce), None) if !voci().any(|id| id == voce.as_str()) => {
            let place = origine.value(path!["azione_di_sistema", "dotazione"]);
            report.add(unknown("le voci della dotazione", voce, place, voci()));
        }
        (None, Some(residuo)) if !residui().any(|id| id == residuo.as_str()) => {
            let place = origine.value(path!["azione_di_sistema", "residuo"]);
            report.add(unknown("i residui di questo Piano", residuo, place, residui()));
        }
        (Some(_), Some(_)) => report.add(
            Diagnostic::error("C-09", "l'azione di sistema è pagata due volte")
                .at(origine.key(path!["azione_di_sistema", "residuo"]))
                .related(origine.key(path!["azione_di_sistema", "dotazione"]), "qui la prima volta")
                .help("tieni solo `dotazione`, o solo `residuo`"),
        ),
        (None, None) => report.add(
            Diagnostic::error("C-03", "l'azione di sistema non dice chi la paga")
                .at(origine.key(path!["azione_di_sistema"]))
                .help("scrivi `dotazione`, il nome di una voce della dotazione, o `residuo`, quello di un residuo"),
        ),
        _ => {}
    }
}

/// Entries that others name must have names of their own.
fn once_each<T>(entries: &[T], id: fn(&T) -> &Id, list: &'static str, origine: &Origine, report: &mut Report) {
    let mut first: BTreeMap<&Id, usize> = BTreeMap::new();
    for (i, entry) in entries.iter().enumerate() {
        let Some(&before) = first.get(id(entry)) else {
            first.insert(id(entry), i);
            continue;
        };
        report.add(
            Diagnostic::error("C-09", format!("due voci di `{list}` hanno lo stesso `id`: `{}`", id(entry)))
                .at(origine.value(path![list, i, "id"]))
                .related(origine.value(path![list, before, "id"]), "qui la prima volta")
                .help("dai a una delle due un altro `id`, o togli il doppione"),
        );
    }
}
