//! what arrives and what a call offers stay within the money of the plan.

use std::collections::BTreeMap;

use super::Check;
use crate::path;
use crate::plan::{Plan, Risorse};
use crate::record;
use crate::report::{Diagnostic, Report, Rule};
use crate::value::{Euro, euro};

pub const CHECKS: &[Check] = &[Rule::new(
    "Q-37",
    "la Regione non trasferisce più di quanto assegna, e un avviso non offre più di quanto il Piano ha",
)
.why("una cifra in più si vede solo accanto alle altre somme del Piano")
.example("€ 1.300.000,00 trasferiti nel 2026, a un Piano che per il 2026 ha € 120.000,00")
.by(entro_le_risorse)];

/// Of years ago the sources do not tell all the money.
fn entro_le_risorse(plan: &Plan, report: &mut Report) {
    for periodo in plan.periodi.iter().filter(|periodo| !periodo.norma.fonte_storica) {
        let Some(risorse) = periodo.risorse.as_ref().filter(|risorse| !risorse.dati.dotazione.is_empty()) else {
            continue;
        };
        let residui: Euro = risorse.dati.residui.iter().map(|residuo| residuo.importo).sum();
        let disponibile = assegnato(&risorse.dati, None) + residui;
        if !per_year(risorse, report) {
            in_all(risorse, disponibile, report);
        }
        let are_told = !risorse.dati.residui.is_empty() || risorse.dati.nessun_residuo;
        if !are_told && periodo.norma.autorizza_residui().is_some() {
            continue;
        }
        let propri = periodo.avvisi.iter().filter(|avviso| avviso.di_altri(&plan.sito.ats.nome).is_none());
        for avviso in propri {
            let Some(dotazione) = avviso.dati.dotazione.filter(|dotazione| *dotazione > disponibile) else { continue };
            report.add(
                Diagnostic::warning("Q-37", "l'avviso offre più denaro di quanto il Piano ha")
                    .at(avviso.origine.value(path!["dotazione"]))
                    .label(format!("{}, ma il Piano ha {}", euro(dotazione), euro(disponibile)))
                    .related(risorse.origine.key(path!["dotazione"]), "le risorse del Piano, con i `residui`")
                    .help("correggi la `dotazione` dell'avviso, o aggiungi in `risorse.yaml` ciò che manca"),
            );
        }
    }
}

/// What the Region assigns, of a year or in all. Where the split among the agencies gives more, a digit of the endowment
/// is wrong, which its own rule tells.
fn assegnato(dati: &record::Risorse, anno: Option<u32>) -> Euro {
    let is_of = |suo: Option<u32>| anno.is_none() || suo == anno;
    let dotazione: Euro = dati.dotazione.iter().filter(|voce| is_of(voce.anno)).map(|voce| voce.importo).sum();
    let righe = dati.riparto.iter().flat_map(|riparto| &riparto.righe).filter(|riga| riga.questa);
    let importi = righe.flat_map(|riga| &riga.importi);
    let riparto: Euro = importi.filter(|(suo, _)| is_of(Some(**suo))).map(|(_, importo)| *importo).sum();
    dotazione.max(riparto)
}

/// Whether more arrived for a year than is assigned for it, which it tells at the transfer that goes beyond.
fn per_year(risorse: &Risorse, report: &mut Report) -> bool {
    let dati = &risorse.dati;
    let mut arrivato: BTreeMap<u32, Euro> = BTreeMap::new();
    let mut is_told = false;
    for (i, arrivo) in dati.trasferimenti.iter().enumerate() {
        let prima = *arrivato.get(&arrivo.anno).unwrap_or(&Euro::ZERO);
        let somma = prima + arrivo.importo;
        arrivato.insert(arrivo.anno, somma);
        // What is assigned to no year may be of this one.
        let is_divided = dati.dotazione.iter().all(|voce| voce.anno.is_some());
        let has_year = dati.dotazione.iter().any(|voce| voce.anno == Some(arrivo.anno));
        let massimo = assegnato(dati, Some(arrivo.anno));
        if is_divided && has_year && somma > massimo && prima <= massimo {
            is_told = true;
            let message = format!("la Regione ha trasferito più di quanto assegna per il {}", arrivo.anno);
            report.add(told(risorse, i, message, somma, massimo));
        }
    }
    is_told
}

fn in_all(risorse: &Risorse, disponibile: Euro, report: &mut Report) {
    let mut somma = Euro::ZERO;
    let mut arrivi = risorse.dati.trasferimenti.iter().enumerate();
    let beyond = arrivi.find(|(_, arrivo)| {
        somma = somma + arrivo.importo;
        somma > disponibile
    });
    if let Some((i, _)) = beyond {
        report.add(told(
            risorse,
            i,
            "la Regione ha trasferito più di quanto il Piano ha".to_owned(),
            somma,
            disponibile,
        ));
    }
}

fn told(risorse: &Risorse, i: usize, message: String, somma: Euro, massimo: Euro) -> Diagnostic {
    Diagnostic::warning("Q-37", message)
        .at(risorse.origine.value(path!["trasferimenti", i, "importo"]))
        .label(format!("con questo sono {} trasferiti, e {} assegnati", euro(somma), euro(massimo)))
        .related(risorse.origine.key(path!["dotazione"]), "le somme assegnate")
        .help("correggi l'importo o l'anno del trasferimento, o la `dotazione`")
}
