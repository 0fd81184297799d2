//! The amounts of a project: which must be there, and how the grant is divided among those who receive it.

use super::Check;
use crate::path;
use crate::plan::{Periodo, Plan, Progetto};
use crate::record::{IMPORTI, Importo, Norma, Posto};
use crate::report::{Diagnostic, Place, Report, Rule};
use crate::suggest;
use crate::value::euro;

pub const CHECKS: &[Check] = &[
    Check::also(amounts),
    Rule::new("Q-12", "i contributi degli enti fanno il contributo riconosciuto")
        .why("chi legge deve sapere quanto riceve ognuno, al centesimo")
        .example("€ 29.000,00 riconosciuti e due enti con € 14.000,00 ciascuno")
        .article("D.Lgs. 33/2013, art. 27")
        .by(shares),
    Rule::new("Q-13", "di ogni contributo si sa come è diviso fra i beneficiari")
        .why("ogni partner è un beneficiario: senza la ripartizione il sito può pubblicare solo la somma")
        .example("un contributo riconosciuto e nessuna riga di `partenariato` con il suo `contributo`")
        .article("DGR XII/5464, § 4.2")
        .by(division),
];

/// C-03: a norm that has its sources today asks for the amounts, a historical source may be silent.
fn amounts(plan: &Plan, report: &mut Report) {
    for periodo in &plan.periodi {
        for progetto in &periodo.progetti {
            project(periodo, plan.norma_di(periodo, progetto).1, progetto, report);
        }
    }
}

fn project(periodo: &Periodo, norma: &Norma, progetto: &Progetto, report: &mut Report) {
    let voci = &progetto.dati.finanziamento;
    let is_told = |importo: &Importo| (importo.di)(voci).is_some();
    let missing = IMPORTI.iter().filter(|importo| importo.posto == Posto::Chiesto && !is_told(importo));
    let missing: Vec<&str> = missing.map(|importo| importo.id).collect();
    if missing.is_empty() {
        return;
    }
    let field = if IMPORTI.iter().any(is_told) { "finanziamento" } else { "titolo" };
    let place: Place = progetto.origine.key(path![field]);
    let campi = suggest::list(missing.iter().copied());
    let manca = if missing.len() == 1 { "manca" } else { "mancano" };
    report.add(if norma.fonte_storica || periodo.norma.fonte_storica {
        let verb = if missing.len() == 1 { "non è indicato" } else { "non sono indicati" };
        Diagnostic::warning("C-03", format!("{campi} del progetto {verb} nella fonte")).at(place).help(
            "dove un importo non c'è il sito scrive «non indicato» e i totali dicono su quanti progetti sono fatti",
        )
    } else {
        let help = missing.iter().map(|key| format!("{key}: …")).collect::<Vec<_>>().join(", ");
        Diagnostic::error("C-03", format!("{manca} {campi} in `finanziamento`"))
            .at(place)
            .help(format!("scrivi gli importi che sono nella domanda, come `finanziamento: {{ {help} }}`"))
    });
}

/// what the bodies receive adds up to the grant.
fn shares(plan: &Plan, report: &mut Report) {
    for periodo in &plan.periodi {
        for progetto in &periodo.progetti {
            let Some(concessione) = periodo.concessione(progetto).filter(|concessione| concessione.ripartita) else {
                continue;
            };
            let (somma, importo) = (concessione.somma(), concessione.importo);
            if somma == importo {
                continue;
            }
            let message = "i contributi degli enti non fanno il contributo riconosciuto";
            let storica = plan.norma_di(periodo, progetto).1.fonte_storica || periodo.norma.fonte_storica;
            let (found, help) = if somma > importo {
                let help = format!(
                    "sono {} di troppo: correggi il `contributo` di un ente, o `contributo_riconosciuto`",
                    euro(somma - importo)
                );
                (Diagnostic::error("Q-12", message), help)
            } else {
                let help =
                    format!("mancano {}: scrivi il `contributo` di ogni ente che ne riceve", euro(importo - somma));
                let found =
                    if storica { Diagnostic::warning("Q-12", message) } else { Diagnostic::error("Q-12", message) };
                (found, help)
            };
            report.add(
                found
                    .at(progetto.origine.key(path!["partenariato"]))
                    .label(format!("gli enti ricevono {}", euro(somma)))
                    .related(
                        progetto.origine.value(path!["finanziamento", "contributo_riconosciuto"]),
                        format!("riconosciuti {}", euro(importo)),
                    )
                    .help(help),
            );
        }
    }
}

/// under a norm by which every partner is a beneficiary, the records tell who receives what.
fn division(plan: &Plan, report: &mut Report) {
    for periodo in &plan.periodi {
        for progetto in &periodo.progetti {
            let norma = plan.norma_di(periodo, progetto).1;
            let Some(concessione) = periodo.concessione(progetto) else { continue };
            let enti = periodo.numero_partner(progetto) + 1;
            if concessione.ripartita || !norma.partner_beneficiari {
                continue;
            }
            report.add(
                Diagnostic::warning("Q-13", "la ripartizione del contributo fra i beneficiari non è indicata")
                    .at(progetto.origine.value(path!["finanziamento", "contributo_riconosciuto"]))
                    .label(format!("{} a un partenariato di {enti} enti", euro(concessione.importo)))
                    .help("scrivi in `partenariato` una riga per ente con il suo `contributo`: ogni partner è un beneficiario"),
            );
        }
    }
}
