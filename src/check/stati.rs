//! the state of a project fits its amounts and its days.

use super::{Caso, Check, date};
use crate::path;
use crate::record::{Cosa, Evento, StatoProgetto};
use crate::report::{Diagnostic, Place, Rule};
use crate::schema;
use crate::value::{Data, Euro, euro};

pub const CHECKS: &[Check] =
    &[Rule::new("Q-20", "lo stato di un progetto va d'accordo con i suoi importi e i suoi giorni")
        .why("chi legge lo stato deve potersene fidare")
        .example("un progetto `concluso` che finisce dopo `aggiornato_al`")
        .of_projects(coerenti)];

/// a state that is written says neither more nor less than the rest of the sheet.
fn coerenti(caso: &Caso) -> Option<Diagnostic> {
    // One that nobody wrote has had its message.
    let stato = caso.dati.stato?;
    if !caso.dati.eventi.is_empty() {
        return refused(caso).or_else(|| going_on(caso, stato));
    }
    match stato {
        StatoProgetto::Presentato | StatoProgetto::Ammesso => behind(caso),
        StatoProgetto::NonAmmesso => behind(caso).or_else(|| withdrawn(caso, stato)),
        StatoProgetto::Finanziato | StatoProgetto::Sospeso => granted(caso, stato),
        StatoProgetto::InCorso => granted(caso, stato).or_else(|| running(caso)),
        StatoProgetto::Concluso => granted(caso, stato).or_else(|| over(caso)),
        StatoProgetto::Ritirato | StatoProgetto::Revocato => withdrawn(caso, stato),
    }
}

fn state(caso: &Caso) -> Place {
    caso.value(path!["stato"])
}

/// Who has a grant has been admitted: what takes it away has another name.
fn refused(caso: &Caso) -> Option<Diagnostic> {
    caso.dati.eventi.iter().enumerate().find_map(|(i, evento)| {
        let concesso = caso.periodo.concesso_al(caso.progetto, evento.data).filter(|concesso| !concesso.e_zero())?;
        (evento.cosa == Cosa::NonAmmissione).then(|| {
            caso.found("Q-20", "la domanda risulta non ammessa, ma il progetto ha un contributo")
                .at(caso.value(path!["eventi", i, "cosa"]))
                .label(format!("quel giorno sono concessi {}", euro(concesso)))
                .related(caso.importo("contributo_riconosciuto"), "il contributo")
                .help("se un atto toglie il contributo scrivi `cosa: revoca`; altrimenti togli uno dei due eventi")
        })
    })
}

/// A state that follows from the events: what goes on has a grant, and has not yet reached its end.
fn going_on(caso: &Caso, stato: StatoProgetto) -> Option<Diagnostic> {
    let is_one = |evento: &Evento| match stato {
        StatoProgetto::InCorso => evento.cosa == Cosa::Avvio,
        StatoProgetto::Sospeso => evento.cosa == Cosa::Sospensione,
        StatoProgetto::Concluso => evento.cosa == Cosa::Conclusione,
        _ => false,
    };
    let i = caso.dati.eventi.iter().rposition(is_one)?;
    let place = caso.value(path!["eventi", i, "cosa"]);
    // A grant without its amount has had its message.
    let is_granted = caso.dati.eventi.iter().any(|evento| evento.cosa == Cosa::Concessione && evento.importo.is_none());
    if !is_granted && caso.dati.finanziamento.contributo_riconosciuto.is_none_or(Euro::e_zero) {
        return Some(
            caso.found("Q-20", "il progetto comincia, ma non ha un contributo")
                .at(place)
                .help("aggiungi l'evento `concessione`, con il suo importo e il suo atto"),
        );
    }
    let al = days(caso)?.1.filter(|al| stato != StatoProgetto::Concluso && *al < caso.plan.sito.aggiornato_al)?;
    let found =
        Diagnostic::warning("Q-20", format!("il progetto è «{}», ma la sua durata è finita", schema::nome(stato)));
    Some(
        found
            .at(place)
            .label(format!("il sito è aggiornato al {}", caso.plan.sito.aggiornato_al.breve()))
            .related(caso.value(path!["durata", "al"]), format!("finisce il {}", al.breve()))
            .help("aggiungi l'evento `conclusione`, o `proroga` con il nuovo termine"),
    )
}

/// What comes only after the award is already written.
fn behind(caso: &Caso) -> Option<Diagnostic> {
    let dati = caso.dati;
    let has_grant = dati.finanziamento.contributo_riconosciuto.is_some_and(|euro| !euro.e_zero());
    if !has_grant && dati.atti.concessione.is_none() && !dati.pagamenti.is_empty() {
        return Some(
            caso.found("Q-20", "c'è un pagamento, ma al progetto non è concesso niente")
                .at(caso.value(path!["pagamenti", 0, "importo"]))
                .related(state(caso), schema::chiave(dati.stato()))
                .help("se è di un altro progetto spostalo; altrimenti scrivi `contributo_riconosciuto`, il suo atto e lo stato di oggi"),
        );
    }
    let (steps, what) = if dati.atti.concessione.is_some() {
        (path!["atti", "concessione"], "l'atto che concede il contributo")
    } else if !dati.pagamenti.is_empty() {
        (path!["pagamenti"], "un pagamento")
    } else if has_grant && dati.stato() == StatoProgetto::Presentato {
        (path!["finanziamento", "contributo_riconosciuto"], "un contributo riconosciuto")
    } else {
        return None;
    };
    Some(
        caso.found("Q-20", "lo stato del progetto è più indietro del resto della scheda")
            .at(state(caso))
            .related(caso.key(steps), format!("qui c'è già {what}"))
            .help("scrivi lo stato di oggi: `finanziato`, `in_corso` o `concluso`"),
    )
}

fn granted(caso: &Caso, stato: StatoProgetto) -> Option<Diagnostic> {
    let label = match caso.dati.finanziamento.contributo_riconosciuto {
        // What a source of years ago does not say may still have been.
        None if caso.plan.storico(caso.periodo, caso.progetto) => return None,
        None => "manca `contributo_riconosciuto`",
        Some(euro) if euro.e_zero() => "`contributo_riconosciuto` è zero",
        Some(_) => return None,
    };
    Some(
        caso.found("Q-20", format!("il progetto è `{}`, ma non ha un contributo", schema::chiave(stato)))
            .at(state(caso))
            .label(label)
            .help("scrivi `contributo_riconosciuto` in `finanziamento`, o correggi `stato`"),
    )
}

/// Who withdraws gives the contribution up: kept, it would be counted among what was granted.
fn withdrawn(caso: &Caso, stato: StatoProgetto) -> Option<Diagnostic> {
    let stato = schema::chiave(stato);
    let kept = caso.dati.finanziamento.contributo_riconosciuto.filter(|euro| !euro.e_zero())?;
    Some(
        caso.found("Q-20", format!("il progetto è `{stato}`, ma ha ancora un contributo"))
            .at(caso.importo("contributo_riconosciuto"))
            .label(format!("{} contano fra i contributi riconosciuti", euro(kept)))
            .related(state(caso), stato)
            .help("scrivi `contributo_riconosciuto: 0.00`, o correggi `stato`"),
    )
}

/// The first and the last day of a project; `None` where C-15 reports one of them, or the day of the site, as wrong.
fn days(caso: &Caso) -> Option<(Option<Data>, Option<Data>)> {
    let durata = caso.dati.durata.as_ref()?;
    let near = [durata.dal, durata.al].into_iter().flatten().all(|day| date::vicina(caso.periodo, day));
    let in_order = durata.dal.zip(durata.al).is_none_or(|(dal, al)| dal <= al);
    (near && in_order && date::too_late(caso.plan).is_none()).then_some((durata.dal, durata.al))
}

/// Points a finding at a state, and at the day of the project that denies it.
fn denied(caso: &Caso, found: Diagnostic, key: &'static str, when: String) -> Diagnostic {
    found
        .at(state(caso))
        .label(format!("il sito è aggiornato al {}", caso.plan.sito.aggiornato_al.breve()))
        .related(caso.value(path!["durata", key]), when)
}

fn running(caso: &Caso) -> Option<Diagnostic> {
    let today = caso.plan.sito.aggiornato_al;
    let (dal, al) = days(caso)?;
    if let Some(dal) = dal.filter(|dal| *dal > today) {
        let found = caso.found("Q-20", "il progetto è `in_corso`, ma non è ancora cominciato");
        let found = denied(caso, found, "dal", format!("comincia il {}", dal.breve()));
        return Some(found.help("scrivi `stato: finanziato`, o correggi `dal`"));
    }
    let al = al.filter(|al| *al < today)?;
    // The state was right until that day: a warning, to update the sheet.
    let found = Diagnostic::warning("Q-20", "il progetto è `in_corso`, ma la sua durata è finita");
    let found = denied(caso, found, "al", format!("finisce il {}", al.breve()));
    Some(found.help("scrivi `stato: concluso`, o correggi `al`"))
}

fn over(caso: &Caso) -> Option<Diagnostic> {
    let al = days(caso)?.1.filter(|al| *al > caso.plan.sito.aggiornato_al)?;
    let found = caso.found("Q-20", "il progetto è `concluso`, ma non è ancora finito");
    let found = denied(caso, found, "al", format!("finisce il {}", al.breve()));
    Some(found.help("scrivi `stato: in_corso`, o correggi `al`"))
}
