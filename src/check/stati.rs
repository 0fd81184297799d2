//! the state of a project fits its amounts and its days.

use super::{Check, date, found};
use crate::path;
use crate::plan::{Periodo, Plan, Progetto};
use crate::record::StatoProgetto;
use crate::report::{Diagnostic, Place, Report, Rule};
use crate::value::{Data, euro};

pub const CHECKS: &[Check] =
    &[Rule::new("Q-20", "lo stato di un progetto va d'accordo con i suoi importi e i suoi giorni")
        .why("chi legge lo stato deve potersene fidare")
        .example("un progetto `concluso` che finisce dopo `aggiornato_al`")
        .by(coerenti)];

/// a state says neither more nor less than the rest of the sheet.
fn coerenti(plan: &Plan, report: &mut Report) {
    for (periodo, progetto) in plan.progetti() {
        let storico = plan.storico(periodo, progetto);
        let problem = match progetto.dati.stato {
            StatoProgetto::Presentato | StatoProgetto::Ammesso => behind(progetto, storico),
            StatoProgetto::Finanziato => granted(progetto, storico, "finanziato"),
            StatoProgetto::InCorso => {
                granted(progetto, storico, "in_corso").or_else(|| running(plan, periodo, progetto, storico))
            }
            StatoProgetto::Concluso => {
                granted(progetto, storico, "concluso").or_else(|| over(plan, periodo, progetto, storico))
            }
            StatoProgetto::Ritirato => withdrawn(progetto, storico),
        };
        report.extend(problem);
    }
}

fn state(progetto: &Progetto) -> Place {
    progetto.origine.value(path!["stato"])
}

/// What comes only after the award is already written.
fn behind(progetto: &Progetto, storico: bool) -> Option<Diagnostic> {
    let dati = &progetto.dati;
    let has_grant = dati.finanziamento.contributo_riconosciuto.is_some_and(|euro| !euro.e_zero());
    let (steps, what) = if dati.atti.concessione.is_some() {
        (path!["atti", "concessione"], "l'atto che concede il contributo")
    } else if !dati.pagamenti.is_empty() {
        (path!["pagamenti"], "un pagamento")
    } else if has_grant && dati.stato == StatoProgetto::Presentato {
        (path!["finanziamento", "contributo_riconosciuto"], "un contributo riconosciuto")
    } else {
        return None;
    };
    Some(
        found(storico, "Q-20", "lo stato del progetto è più indietro del resto della scheda")
            .at(state(progetto))
            .related(progetto.origine.key(steps), format!("qui c'è già {what}"))
            .help("scrivi lo stato di oggi: `finanziato`, `in_corso` o `concluso`"),
    )
}

fn granted(progetto: &Progetto, storico: bool, stato: &str) -> Option<Diagnostic> {
    let voci = &progetto.dati.finanziamento;
    let label = match voci.contributo_riconosciuto {
        None => "manca `contributo_riconosciuto`",
        Some(euro) if euro.e_zero() => "`contributo_riconosciuto` è zero",
        Some(_) => return None,
    };
    Some(
        found(storico, "Q-20", format!("il progetto è `{stato}`, ma non ha un contributo"))
            .at(state(progetto))
            .label(label)
            .help("scrivi `contributo_riconosciuto` in `finanziamento`, o correggi `stato`"),
    )
}

/// Who withdraws gives the contribution up: kept, it would be counted among what was granted.
fn withdrawn(progetto: &Progetto, storico: bool) -> Option<Diagnostic> {
    let kept = progetto.dati.finanziamento.contributo_riconosciuto.filter(|euro| !euro.e_zero())?;
    Some(
        found(storico, "Q-20", "il progetto è `ritirato`, ma ha ancora un contributo")
            .at(progetto.origine.value(path!["finanziamento", "contributo_riconosciuto"]))
            .label(format!("{} contano fra i contributi riconosciuti", euro(kept)))
            .related(state(progetto), "ritirato")
            .help("scrivi `contributo_riconosciuto: 0.00`, o correggi `stato`"),
    )
}

/// The first and the last day, where they and the day of the site can be right: of others C-15 tells.
fn days(plan: &Plan, periodo: &Periodo, progetto: &Progetto) -> Option<(Option<Data>, Option<Data>)> {
    let durata = progetto.dati.durata.as_ref()?;
    let near = [durata.dal, durata.al].into_iter().flatten().all(|giorno| date::vicina(periodo, giorno));
    let in_order = durata.dal.zip(durata.al).is_none_or(|(dal, al)| dal <= al);
    (near && in_order && date::too_late(plan).is_none()).then_some((durata.dal, durata.al))
}

fn running(plan: &Plan, periodo: &Periodo, progetto: &Progetto, storico: bool) -> Option<Diagnostic> {
    let oggi = plan.sito.aggiornato_al;
    let (dal, al) = days(plan, periodo, progetto)?;
    if let Some(dal) = dal.filter(|dal| *dal > oggi) {
        return Some(
            found(storico, "Q-20", "il progetto è `in_corso`, ma non è ancora cominciato")
                .at(state(progetto))
                .label(format!("il sito è aggiornato al {}", oggi.breve()))
                .related(progetto.origine.value(path!["durata", "dal"]), format!("comincia il {}", dal.breve()))
                .help("scrivi `stato: finanziato`, o correggi `dal`"),
        );
    }
    let al = al.filter(|al| *al < oggi)?;
    // Nothing false: perhaps nobody has looked at the sheet since.
    Some(
        Diagnostic::warning("Q-20", "il progetto è `in_corso`, ma la sua durata è finita")
            .at(state(progetto))
            .label(format!("il sito è aggiornato al {}", oggi.breve()))
            .related(progetto.origine.value(path!["durata", "al"]), format!("finisce il {}", al.breve()))
            .help("scrivi `stato: concluso`, o correggi `al`"),
    )
}

fn over(plan: &Plan, periodo: &Periodo, progetto: &Progetto, storico: bool) -> Option<Diagnostic> {
    let oggi = plan.sito.aggiornato_al;
    let al = days(plan, periodo, progetto)?.1.filter(|al| *al > oggi)?;
    Some(
        found(storico, "Q-20", "il progetto è `concluso`, ma non è ancora finito")
            .at(state(progetto))
            .label(format!("il sito è aggiornato al {}", oggi.breve()))
            .related(progetto.origine.value(path!["durata", "al"]), format!("finisce il {}", al.breve()))
            .help("scrivi `stato: in_corso`, o correggi `al`"),
    )
}
