//! a number so small, in one commune, that people can be told by it.

use super::{Caso, Check};
use crate::path;
use crate::record::TipoIndicatore;
use crate::report::{Diagnostic, Rule};

pub const CHECKS: &[Check] = &[Rule::new("R-07", "un indicatore non fa riconoscere una persona")
    .why("in un comune solo, una, due o tre persone si riconoscono; ciò che è nelle schede è pubblico")
    .example("`raggiunto: 2` famiglie in un progetto di un solo comune")
    .article("Reg. UE 2016/679, art. 5")
    .of_projects(riconoscibili)];

/// So few people that each can be told.
const POCHI: std::ops::RangeInclusive<u32> = 1..=3;

/// of one to three persons or families in one commune.
fn riconoscibili(caso: &Caso) -> Option<Diagnostic> {
    let suo = &caso.dati.territorio;
    let territorio = if suo.ambiti.is_empty() && suo.comuni.is_empty() {
        &caso.periodo.alleanze[caso.progetto.alleanza].dati.territorio
    } else {
        suo
    };
    let ([comune], true) = (territorio.comuni.as_slice(), territorio.ambiti.is_empty()) else { return None };
    caso.dati.indicatori.iter().enumerate().find_map(|(i, indicatore)| {
        let people = matches!(indicatore.tipo, Some(TipoIndicatore::Persone | TipoIndicatore::Famiglie));
        // The last measure is on the page; those before it are public with the record.
        let misure = indicatore.rilevazioni.iter().enumerate();
        let misure =
            misure.map(|(j, misura)| (path!["indicatori", i, "rilevazioni", j, "valore"], Some(misura.valore)));
        let scritto = std::iter::once((path!["indicatori", i, "raggiunto"], indicatore.raggiunto));
        let (steps, raggiunto) = misure
            .chain(scritto)
            .find_map(|(steps, valore)| Some((steps, valore.filter(|valore| people && POCHI.contains(valore))?)))?;
        Some(
            Diagnostic::warning("R-07", format!("un numero così piccolo può far riconoscere qualcuno ({comune})"))
                .at(caso.value(steps))
                .label(format!("{raggiunto} in un comune solo"))
                .help("se può accadere, togli il numero: ciò che è scritto qui si pubblica"),
        )
    })
}
