//! What the entries of the resources name: each other, a project, a body.

use std::collections::BTreeMap;

use super::files::PlanFiles;
use super::names::{Names, unknown};
use super::{Avviso, Origine, Progetto, Risorse};
use crate::path;
use crate::record;
use crate::report::{Diagnostic, Report, Step};
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
        for (i, ente) in azione.pagamenti.iter().enumerate().filter_map(|(i, p)| Some((i, p.ente.as_ref()?))) {
            names.ente(ente, origine, || path!["azione_di_sistema", "pagamenti", i, "ente"], report);
        }
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

/// Money is said to come from entries of the resources: of the endowment, or of the residuals.
pub(super) fn covered(
    avvisi: &[Avviso],
    progetti: &[Progetto],
    risorse: Option<&Risorse>,
    files: &PlanFiles,
    report: &mut Report,
) {
    if risorse.is_none() && files.rotti.contains(&("risorse", "risorse")) {
        return;
    }
    let dati = || risorse.iter().map(|risorse| &risorse.dati);
    let dotazione = dati().flat_map(|dati| &dati.dotazione).map(|voce| voce.id.as_str());
    let voci: Vec<&str> = dotazione.chain(dati().flat_map(|dati| &dati.residui).map(|voce| voce.id.as_str())).collect();
    let mut check = |coperture: &[record::Copertura], origine: &Origine, steps: Vec<Step>| {
        for (i, copertura) in coperture.iter().enumerate().filter(|(_, voce)| !voci.contains(&voce.da.as_str())) {
            let place = origine.value([steps.clone(), path![i, "da"]].concat());
            report.add(unknown("le voci di `risorse.yaml`", &copertura.da, place, voci.iter().copied()));
        }
    };
    for progetto in progetti {
        for (i, evento) in progetto.dati.eventi.iter().enumerate() {
            check(&evento.copertura, &progetto.origine, path!["eventi", i, "copertura"]);
        }
    }
    for avviso in avvisi {
        for (i, scorrimento) in avviso.dati.scorrimenti.iter().enumerate() {
            check(&scorrimento.aggiunte, &avviso.origine, path!["scorrimenti", i, "aggiunte"]);
        }
    }
    for avviso in avvisi {
        let righe = avviso.dati.scorrimenti.iter().enumerate();
        let righe = righe.flat_map(|(i, s)| s.progetti.iter().enumerate().map(move |(j, riga)| (i, j, riga)));
        for (i, j, riga) in righe {
            let is_known = progetti.iter().any(|progetto| progetto.id == riga.progetto)
                || files.progetti.iter().any(|(id, ..)| *id == riga.progetto)
                || files.rotti.contains(&("progetto", riga.progetto.as_str()));
            if !is_known {
                let noti = progetti.iter().map(|progetto| progetto.id.as_str());
                let place = avviso.origine.value(path!["scorrimenti", i, "progetti", j, "progetto"]);
                report.add(unknown("i progetti di questo Piano", &riga.progetto, place, noti));
            }
        }
    }
}

/// The calls and the projects by which a plan answers its needs.
pub(super) fn answered(
    dati: &record::Piano,
    origine: &Origine,
    avvisi: &[Avviso],
    progetti: &[Progetto],
    files: &PlanFiles,
    report: &mut Report,
) {
    let bisogni = dati.mappatura.iter().flat_map(|mappatura| mappatura.elenco.iter().enumerate());
    for (i, bisogno) in bisogni {
        for (j, id) in bisogno.avvisi.iter().enumerate() {
            let noti = || avvisi.iter().map(|avviso| avviso.id.as_str());
            if !noti().any(|noto| noto == id.as_str()) && !files.rotti.contains(&("avviso", id.as_str())) {
                let place = origine.value(path!["mappatura", "elenco", i, "avvisi", j]);
                report.add(unknown("gli avvisi di questo Piano", id, place, noti()));
            }
        }
        for (j, id) in bisogno.progetti.iter().enumerate() {
            let noti = || progetti.iter().map(|progetto| progetto.id.as_str());
            let is_known =
                noti().any(|noto| noto == id.as_str()) || files.progetti.iter().any(|(altro, ..)| altro == id);
            if !is_known && !files.rotti.contains(&("progetto", id.as_str())) {
                let place = origine.value(path!["mappatura", "elenco", i, "progetti", j]);
                report.add(unknown("i progetti di questo Piano", id, place, noti()));
            }
        }
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
