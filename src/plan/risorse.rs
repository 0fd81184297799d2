//! What the entries of the resources say of each other: names of their own, and one that pays for the system action.

use super::{Origine, doppioni};
use crate::path;
use crate::record;
use crate::report::{Diagnostic, Report};
use crate::value::Id;

pub(super) fn resources(dati: &record::Risorse, origine: &Origine, report: &mut Report) {
    once_each(&dati.dotazione, |voce| &voce.id, "dotazione", origine, report);
    once_each(&dati.residui, |residuo| &residuo.id, "residui", origine, report);
    if let Some(azione) = &dati.azione_di_sistema {
        paid_by(azione, origine, report);
    }
}

/// The system action names the one entry that pays for it: of the endowment, or of the residuals.
fn paid_by(azione: &record::AzioneDiSistema, origine: &Origine, report: &mut Report) {
    match (&azione.dotazione, &azione.residuo) {
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
    for (before, i) in doppioni(entries.iter().map(id).zip(0..)) {
        report.add(
            Diagnostic::error("C-09", format!("due voci di `{list}` hanno lo stesso `id`: `{}`", id(&entries[i])))
                .at(origine.value(path![list, i, "id"]))
                .related(origine.value(path![list, before, "id"]), "qui la prima volta")
                .help("dai a una delle due un altro `id`, o togli il doppione"),
        );
    }
}
