//! The outcome of a call: its numbers add up, and are those of the sheets.

use super::aritmetica::total;
use super::{Check, Judge, found};
use crate::path;
use crate::plan::vita::concessi;
use crate::plan::{Avviso, Periodo, Plan, Progetto};
use crate::record::Esito;
use crate::report::{Diagnostic, Report, Rule};
use crate::value::{Euro, euro};

pub const CHECKS: &[Check] = &[
    Rule::new("Q-08", "i numeri dell'esito di un avviso tornano")
        .why("le righe devono dare i totali")
        .example("province che insieme hanno 25 progetti invece di 26, o più progetti finanziati che ammessi")
        .by(esiti),
    Check::also(Judge::InPeriod(schede)),
];

/// The calls that have an outcome.
fn con_esito(periodo: &Periodo) -> impl Iterator<Item = (&Avviso, &Esito)> {
    periodo.avvisi.iter().filter_map(|avviso| Some((avviso, avviso.dati.esito.as_ref()?)))
}

/// the outcome by province gives the totals of the call, and no more applications fail than those that do.
fn esiti(plan: &Plan, report: &mut Report) {
    let avvisi = plan.periodi.iter().flat_map(|periodo| con_esito(periodo).map(move |suo| (periodo, suo)));
    for (periodo, (avviso, esito)) in avvisi {
        let place = |campo| avviso.origine.value(path!["esito", campo]);
        if let Some((presentati, ammessi)) = esito.presentati.zip(esito.ammessi) {
            let elencate = esito.non_ammesse.len();
            if u64::from(ammessi) + elencate as u64 > u64::from(presentati) {
                let message = "fra ammessi e non ammessi i progetti sono più di quelli presentati".to_owned();
                let label = format!("{presentati}, ma ammessi {ammessi} e non ammessi {elencate}");
                report.add(total("Q-08", message, place("presentati"), label));
            }
        }
        let norma = avviso.dati.norma.as_ref().and_then(|norma| plan.norme.get(norma)).unwrap_or(&periodo.norma);
        report.extend(finanziati(avviso, esito, norma.fonte_storica));
        if esito.province.is_empty() {
            continue;
        }
        let contributo: Euro = esito.province.iter().map(|riga| riga.contributo).sum();
        if let Some(totale) = esito.contributo.filter(|&totale| totale != contributo) {
            let message = "il contributo totale non è la somma delle province".to_owned();
            let label = format!("{}, ma le province fanno {}", euro(totale), euro(contributo));
            report.add(total("Q-08", message, place("contributo"), label));
        }
        let progetti: u64 = esito.province.iter().map(|riga| u64::from(riga.progetti)).sum();
        if let Some(totale) = esito.finanziati.map(u64::from).filter(|&totale| totale != progetti) {
            let message = "i progetti finanziati non sono la somma delle province".to_owned();
            let label = format!("{totale}, ma le province fanno {progetti}");
            report.add(total("Q-08", message, place("finanziati"), label));
        }
    }
}

/// Of those that were admitted, or where that is not told of those that came, some are financed.
fn finanziati(avviso: &Avviso, esito: &Esito, storico: bool) -> Option<Diagnostic> {
    let ammessi = esito.ammessi.map(|numero| ("ammessi", numero));
    let (campo, prima) = ammessi.or(esito.presentati.map(|numero| ("presentati", numero)))?;
    let finanziati = esito.finanziati.filter(|finanziati| *finanziati > prima)?;
    Some(
        found(storico, "Q-08", format!("i progetti finanziati sono più di quelli {campo}"))
            .at(avviso.origine.value(path!["esito", "finanziati"]))
            .label(format!("{finanziati}, ma {campo} {prima}"))
            .help("ricontrolla i due numeri sull'atto che approva la graduatoria"),
    )
}

/// the sheets of a call are not more than its outcome tells, and what they were granted then is not more either.
/// Fewer may be: nobody has to write the sheets of the others. Warnings: the sheet, or the outcome, may be the wrong one.
fn schede(periodo: &Periodo, report: &mut Report) {
    for (avviso, esito) in con_esito(periodo) {
        let progetti = || avviso.progetti.iter().map(|&i| &periodo.progetti[i]);
        let concessi: Vec<Euro> = progetti().filter_map(|progetto| concesso_allora(periodo, progetto)).collect();
        let somma: Euro = concessi.iter().copied().sum();
        // Where all of them have a sheet, they are the whole.
        let all = esito.finanziati.is_some_and(|finanziati| u64::from(finanziati) == concessi.len() as u64);
        let is_other = |contributo: &Euro| somma > *contributo || (all && somma != *contributo);
        let avverti = |campo, message: &str, label: String| {
            Diagnostic::warning("Q-08", message)
                .at(avviso.origine.value(path!["esito", campo]))
                .label(label)
                .help("ricontrolla l'esito sull'atto che approva la graduatoria, o le schede")
        };
        let piu = |numero: Option<u32>, quanti: usize| numero.filter(|&numero| u64::from(numero) < quanti as u64);
        if let Some(presentati) = piu(esito.presentati, avviso.progetti.len()) {
            let label = format!("{presentati}, ma le schede sono {}", avviso.progetti.len());
            report.add(avverti("presentati", "l'avviso ha più schede che progetti presentati", label));
        } else if let Some(finanziati) = piu(esito.finanziati, concessi.len()) {
            let label = format!("{finanziati}, ma le schede con un contributo sono {}", concessi.len());
            report.add(avverti(
                "finanziati",
                "l'avviso ha più schede con un contributo che progetti finanziati",
                label,
            ));
        } else if let Some(contributo) = esito.contributo.filter(is_other) {
            let label = format!("{}, ma le schede fanno {}", euro(contributo), euro(somma));
            report.add(avverti("contributo", "il contributo dell'esito non è quello delle schede", label));
        }
    }
}

/// What a project was granted by the act of the ranking; what a later one gives, the outcome does not tell.
fn concesso_allora(periodo: &Periodo, progetto: &Progetto) -> Option<Euro> {
    let passi = periodo.passi(progetto);
    let concesso = match passi.first() {
        None => progetto.dati.finanziamento.contributo_riconosciuto,
        Some(passo) => passo.evento.and_then(|_| concessi(&passi).next()?.1),
    };
    concesso.filter(|concesso| !concesso.e_zero())
}
