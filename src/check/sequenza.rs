//! The days of a project and of a plan follow each other, and none is later than the day that the site shows.

use super::{Caso, Check, date, found};
use crate::path;
use crate::plan::{Origine, Periodo, Plan, Progetto, Risorse};
use crate::record::{self, Atto, Cosa, Norma};
use crate::report::{Diagnostic, Place, Report, Rule, Step};
use crate::value::Data;

pub const CHECKS: &[Check] = &[
    Rule::new("Q-17", "la domanda è presentata mentre l'avviso è aperto")
        .why("fuori termine una domanda non è ammessa")
        .example("una domanda delle 12:01 a un avviso che chiude alle 12:00")
        .of_projects(finestra),
    Rule::new("Q-18", "domanda, concessione, pubblicazione e pagamenti vengono in quest'ordine, e così gli eventi")
        .why("una data fuori ordine è una data sbagliata")
        .example("un pagamento che precede l'atto di concessione")
        .by(ordine),
    Rule::new("Q-19", "ciò che è avvenuto non viene dopo il giorno a cui il sito è aggiornato")
        .why("un sito non può raccontare ciò che, alla sua data, non è ancora avvenuto")
        .example("un pagamento del 2 aprile con `aggiornato_al: 2026-03-31`")
        .by(aggiornamento),
    Rule::new("Q-23", "la pubblicità si verifica prima di inviare il Piano")
        .why("la verifica riguarda ciò che la Regione riceve")
        .example("una `verifica_pubblicita` del giorno dopo l'invio")
        .article("DGR XII/5464, § 4.5")
        .of_periods(pubblicita),
];

/// More places than this are not worth reading in one message.
const SHOWN_PLACES: usize = 3;

/// an application comes in while its call is open.
fn finestra(caso: &Caso) -> Option<Diagnostic> {
    let avviso = &caso.periodo.avvisi[caso.progetto.avviso?];
    let finestra = avviso.dati.finestra.as_ref()?;
    let presentata = caso.dati.domanda.as_ref()?.presentata;
    // C-15 reports a window that closes before it opens, and the norm's own rule a day that it does not admit.
    let is_told = finestra.si_chiude_prima() || told_by_the_norm(caso.norma(), presentata);
    if is_told || presentata.fra(finestra.dal, finestra.al) != Some(false) {
        return None;
    }
    let (key, when, limit) = if presentata.fine() < finestra.dal.inizio() {
        ("dal", "prima che l'avviso si apra", format!("apertura: {}", finestra.dal.lunga()))
    } else {
        ("al", "dopo la chiusura dell'avviso", format!("chiusura: {}", finestra.al.lunga()))
    };
    Some(
        caso.found("Q-17", format!("la domanda è presentata {when}"))
            .at(caso.value(path!["domanda", "presentata"]))
            .related(avviso.origine.value(path!["finestra", key]), limit)
            .help("correggi il giorno e l'ora della domanda, o la `finestra` dell'avviso"),
    )
}

fn told_by_the_norm(norma: &Norma, presentata: crate::value::DataOra) -> bool {
    let windows = norma.regole.iter().filter_map(|regola| regola.tempi.as_ref()?.domande.as_ref());
    windows.into_iter().any(|domande| presentata.fra(domande.dal, domande.al) != Some(true))
}

/// A day of a project, and what happened on it.
struct Day {
    event: Event,
    steps: Vec<Step>,
    data: Data,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Event {
    Domanda,
    Concessione,
    Pubblicazione,
    Pagamento,
}

impl Event {
    /// With its article, so that `prima del` goes before it: `prima della domanda`.
    fn name(self) -> &'static str {
        match self {
            Event::Domanda => "la domanda",
            Event::Concessione => "la concessione",
            Event::Pubblicazione => "la pubblicazione",
            Event::Pagamento => "il pagamento",
        }
    }
}

/// The days of a project that its record tells.
fn days(dati: &record::Progetto) -> Vec<Day> {
    let day = |event, steps, data| Day { event, steps, data };
    let domanda = dati.domanda.iter().map(|domanda| domanda.presentata.giorno());
    let domanda = domanda.map(|data| day(Event::Domanda, path!["domanda", "presentata"], data));
    let evento = dati.eventi.iter().position(|evento| evento.mossa().is_some());
    let where_granted = || match evento {
        Some(i) => path!["eventi", i, "data"],
        None => path!["atti", "concessione", "data"],
    };
    let concessione = dati.atti.concessione.iter().filter_map(Atto::giorno);
    let concessione = concessione.map(|data| day(Event::Concessione, where_granted(), data));
    let pubblicato = dati.pubblicato_il.map(|data| day(Event::Pubblicazione, path!["pubblicato_il"], data));
    let pagamenti = dati.pagamenti.iter().enumerate();
    let pagamenti = pagamenti.map(|(i, p)| day(Event::Pagamento, path!["pagamenti", i, "data"], p.data));
    domanda.chain(concessione).chain(pubblicato).chain(pagamenti).collect()
}

/// application ≤ award ≤ publication and payments; a call is decided before it opens, its outcome after it closes.
fn ordine(plan: &Plan, report: &mut Report) {
    for (periodo, progetto) in plan.progetti() {
        project(plan, periodo, progetto, report);
    }
    for periodo in &plan.periodi {
        for avviso in &periodo.avvisi {
            let Some(finestra) = &avviso.dati.finestra else { continue };
            let norma = avviso.dati.norma.as_ref().and_then(|id| plan.norme.get(id)).unwrap_or(&periodo.norma);
            let (dal, al) = (finestra.dal.giorno(), finestra.al.giorno());
            let near = date::vicina(periodo, dal) && date::vicina(periodo, al);
            let has_come = |atto: &&Atto| atto.giorno().is_none_or(|giorno| giorno <= plan.sito.aggiornato_al);
            let mut wrong = |message, steps, key| {
                report.add(
                    found(norma.fonte_storica, "Q-18", message)
                        .at(avviso.origine.value(steps))
                        .related(avviso.origine.value(path!["finestra", key]), "la finestra dell'avviso")
                        .help("correggi il giorno dell'atto, o la `finestra`"),
                );
            };
            let atto = avviso.dati.atto.as_ref().filter(has_come);
            if near && atto.is_some_and(|atto| atto.dopo(dal).is_some()) {
                wrong("l'atto dell'avviso viene dopo l'apertura", path!["atto", "data"], "dal");
            }
            let esito = avviso.dati.esito.as_ref().and_then(|esito| esito.atto.as_ref());
            if near && esito.is_some_and(|atto| atto.prima(al).is_some()) {
                wrong("l'atto dell'esito viene prima della chiusura", path!["esito", "atto", "data"], "al");
            }
        }
    }
}

fn project(plan: &Plan, periodo: &Periodo, progetto: &Progetto, report: &mut Report) {
    let mut days = days(&progetto.dati);
    // C-15 reports a day so far from the period that a digit must be wrong.
    // Of an act that is still to come Q-19 tells it.
    let is_right = |data| date::vicina(periodo, data) && data <= plan.sito.aggiornato_al;
    days.retain(|day| day.event != Event::Concessione || is_right(day.data));
    let of = |event| days.iter().find(|day| day.event == event);
    for after in &days {
        let before = match after.event {
            Event::Domanda => None,
            Event::Concessione => of(Event::Domanda),
            Event::Pubblicazione | Event::Pagamento => of(Event::Concessione).or_else(|| of(Event::Domanda)),
        };
        let Some(before) = before.filter(|before| after.data < before.data) else { continue };
        let message = format!("{} viene prima del{}", after.event.name(), before.event.name());
        report.add(
            found(plan.storico(periodo, progetto), "Q-18", message)
                .at(progetto.origine.value(after.steps.clone()))
                .label(format!("il {}", after.data.breve()))
                .related(progetto.origine.value(before.steps.clone()), format!("il {}", before.data.breve()))
                .help("correggi uno dei due giorni"),
        );
    }
}

/// nothing that is recorded as done is later than `aggiornato_al`: builds read no clock, so that is today.
fn aggiornamento(plan: &Plan, report: &mut Report) {
    let today = plan.sito.aggiornato_al;
    let mut later: Vec<(Place, Data)> = Vec::new();
    for periodo in &plan.periodi {
        // C-15 reports some that are so far from the period that a digit must be wrong.
        let is_later =
            |(_, steps, data): &Told| *data > today && (date::vicina(periodo, *data) || !date::is_asked(steps));
        let told = plan_days(periodo);
        let told = told.chain(periodo.progetti.iter().flat_map(|progetto| project_days(periodo, progetto)));
        later.extend(told.filter(is_later).map(|(origine, steps, data)| (origine.value(steps), data)));
    }
    let shown_day = plan.sito_origine.value(path!["aggiornato_al"]);
    let Some(last) = later.iter().map(|(_, data)| *data).max() else { return };
    let found = match later.as_slice() {
        [(place, data)] => Diagnostic::error("Q-19", "questo giorno viene dopo quello a cui il sito è aggiornato")
            .at(place.clone())
            .label(format!("il {}, ma il sito è aggiornato al {}", data.breve(), today.breve()))
            .related(shown_day, "il giorno di aggiornamento del sito")
            .help(format!("correggi il giorno, o scrivi `aggiornato_al: {last}`")),
        _ => {
            let message = format!("{} giorni vengono dopo quello a cui il sito è aggiornato", later.len());
            let first = Diagnostic::error("Q-19", message)
                .at(shown_day)
                .label(format!("l'ultimo è il {}", last.breve()))
                .help(format!("correggi i giorni che sono sbagliati; se sono giusti, scrivi `aggiornato_al: {last}`"));
            let shown = later.into_iter().take(SHOWN_PLACES);
            shown.fold(first, |found, (place, data)| found.related(place, format!("il {}", data.breve())))
        }
    };
    report.add(found);
}

/// A day that a record tells, and where.
type Told<'a> = (&'a Origine, Vec<Step>, Data);

/// Whether an act stands in `atti.yaml`, where its day is told once, whoever names it.
fn is_listed(periodo: &Periodo, atto: &Atto) -> bool {
    atto.id.is_some() && periodo.atti.iter().any(|(suo, _)| suo.id == atto.id)
}

/// The days of a project, and then those of what happened after its grant, whose day is among [`days`]; of an act that
/// is written with them, where it is of another day.
fn project_days<'a>(periodo: &'a Periodo, progetto: &'a Progetto) -> impl Iterator<Item = Told<'a>> {
    let dati = &*progetto.dati;
    let is_listed = move |atto: &&Atto| is_listed(periodo, atto);
    let of_list = dati.atti.concessione.as_ref().filter(is_listed).is_some();
    let days = days(dati).into_iter().filter(move |day| day.event != Event::Concessione || !of_list);
    let days = days.map(|Day { steps, data, .. }| (steps, data));
    // What the act decides on its day follows from it.
    let eventi = dati.eventi.iter().enumerate().filter(move |(_, evento)| {
        let suo = evento.atto.as_ref().filter(is_listed).and_then(Atto::giorno);
        evento.cosa != Cosa::Concessione && suo != Some(evento.data)
    });
    let eventi = eventi.map(|(i, evento)| (path!["eventi", i, "data"], evento.data));
    let granted = dati.eventi.iter().position(|evento| evento.mossa().is_some());
    let degli_eventi = dati.eventi.iter().enumerate().filter(move |(i, _)| Some(*i) != granted);
    let degli_eventi = degli_eventi.map(|(i, uno)| ("eventi", i, uno.data, uno.atto.as_ref()));
    let dei_pagamenti = dati.pagamenti.iter().enumerate();
    let dei_pagamenti = dei_pagamenti.map(|(i, uno)| ("pagamenti", i, uno.data, uno.atto.as_ref()));
    let atti = degli_eventi.chain(dei_pagamenti).filter_map(move |(elenco, i, data, atto)| {
        let giorno = atto.filter(|atto| !is_listed(atto)).and_then(Atto::giorno)?;
        (giorno != data).then(|| (path![elenco, i, "atto", "data"], giorno))
    });
    let righe = dati.rendicontazione.iter().enumerate();
    let righe = righe.map(|(i, riga)| (path!["rendicontazione", i, "al"], riga.al));
    let misure = dati.indicatori.iter().enumerate().flat_map(|(i, indicatore)| {
        let sue = indicatore.rilevazioni.iter().enumerate();
        sue.map(move |(j, misura)| (path!["indicatori", i, "rilevazioni", j, "al"], misura.al))
    });
    let tutti = days.chain(eventi).chain(atti).chain(righe).chain(misure);
    tutti.map(move |(steps, data)| (&progetto.origine, steps, data))
}

fn plan_days(periodo: &Periodo) -> impl Iterator<Item = Told<'_>> {
    let (dati, passaggi) = (&*periodo.dati, &periodo.dati.passaggi);
    // Of an act whose day is not told nothing is judged; of one of the list, there.
    let giorno = move |atto: Option<&Atto>| atto.filter(|atto| !is_listed(periodo, atto)).and_then(Atto::giorno);
    let dell_elenco = periodo.atti.iter().map(|(atto, origine)| (origine, path!["data"], atto.giorno()));
    let atti = dati.atti.iter().enumerate().map(move |(i, atto)| (path!["atti", i, "data"], giorno(Some(atto))));
    let dei_passaggi = passaggi.fatti();
    let dei_passaggi = dei_passaggi
        .map(move |(chiave, passaggio)| (path!["passaggi", chiave, "atto", "data"], giorno(passaggio.atto.as_ref())));
    let degli_avvisi = periodo.avvisi.iter().flat_map(move |avviso| {
        let esito = avviso.dati.esito.as_ref().and_then(|esito| esito.atto.as_ref());
        let suoi = [
            (path!["atto", "data"], giorno(avviso.dati.atto.as_ref())),
            (path!["esito", "atto", "data"], giorno(esito)),
        ];
        suoi.map(move |(steps, data)| (&avviso.origine, steps, data))
    });
    let fatti = passaggi.fatti().filter(move |(_, passaggio)| {
        let suo = passaggio.atto.as_ref().filter(|atto| is_listed(periodo, atto));
        suo.and_then(Atto::giorno) != Some(passaggio.data)
    });
    let fatti = fatti.map(|(chiave, passaggio)| (path!["passaggi", chiave, "data"], Some(passaggio.data)));
    let richieste = passaggi.richieste.iter().enumerate();
    let richieste = richieste.map(|(i, uno)| (path!["passaggi", "richieste", i, "data"], Some(uno.data)));
    let aggiornamenti = passaggi.aggiornamenti.iter().enumerate();
    let aggiornamenti = aggiornamenti.map(|(i, uno)| (path!["passaggi", "aggiornamenti", i, "data"], Some(uno.data)));
    let verifica = dati.verifica_pubblicita.iter();
    let verifica = verifica.map(|verifica| (path!["verifica_pubblicita", "data"], Some(verifica.data)));
    let denaro = periodo.risorse.iter().flat_map(|Risorse { dati, origine }| {
        let arrivi = dati.trasferimenti.iter().enumerate();
        let arrivi = arrivi.map(|(i, arrivo)| (path!["trasferimenti", i, "data"], Some(arrivo.data)));
        let residui = dati.residui.iter().enumerate();
        let residui = residui.map(|(i, residuo)| (path!["residui", i, "deciso_il"], residuo.deciso_il));
        arrivi.chain(residui).map(move |(steps, data)| (origine, steps, data))
    });
    let del_piano = move |(steps, data): (Vec<Step>, Option<Data>)| (&periodo.origine, steps, data);
    let dopo = fatti.chain(richieste).chain(aggiornamenti).chain(verifica).map(del_piano);
    let tutti =
        atti.chain(dei_passaggi).map(del_piano).chain(degli_avvisi).chain(dopo).chain(denaro).chain(dell_elenco);
    tutti.filter_map(|(origine, steps, data)| Some((origine, steps, data?)))
}

/// the publicity is verified before the plan goes to the Region (DGR XII/5464 §4.5).
fn pubblicita(periodo: &Periodo) -> Option<Diagnostic> {
    let verifica = periodo.dati.verifica_pubblicita.as_ref()?;
    let invio = periodo.dati.passaggi.invio.as_ref()?;
    (verifica.data > invio.data).then(|| {
        found(periodo.norma.fonte_storica, "Q-23", "la pubblicità è verificata dopo l'invio del Piano")
            .at(periodo.origine.value(path!["verifica_pubblicita", "data"]))
            .label(format!("il {}", verifica.data.breve()))
            .related(
                periodo.origine.value(path!["passaggi", "invio", "data"]),
                format!("inviato il {}", invio.data.breve()),
            )
            .help("si verifica ciò che si invia: correggi uno dei due giorni")
    })
}
