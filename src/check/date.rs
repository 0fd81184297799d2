//! C-15: dates in order, and near their period.

use super::{Check, found};
use crate::path;
use crate::plan::{Avviso, Origine, Periodo, Plan, Progetto, Risorse};
use crate::record::{Durata, Norma, Servizio};
use crate::report::{Diagnostic, Place, Report, Rule, Step};
use crate::value::Data;

pub const CHECKS: &[Check] = &[Rule::new("C-15", "le date sono in ordine e dentro il periodo")
    .why("una fine prima dell'inizio è un errore")
    .example("`durata: { dal: 2026-05-01, al: 2026-04-30 }`")
    .by(in_ordine)];

/// How far from its period a plan has dates: projects last two years and may begin in its last days, and what prepares
/// it comes before. Beyond, a digit is wrong.
const ANNI_ATTORNO: i16 = 2;

/// Longer than any programming period: with a wrong year in it, no other date of the plan could be judged.
const ANNI_DI_PERIODO: i16 = 10;

/// A site goes on being kept for years after its last plan, since grants stay published for five; not for ever.
const ANNI_DOPO_L_ULTIMO: i16 = 10;

/// C-15: nothing ends before it begins, projects stay within the days that their norm admits, and the dates of a plan
/// are near its period.
fn in_ordine(plan: &Plan, report: &mut Report) {
    site(plan, report);
    for periodo in &plan.periodi {
        let span = around(periodo, report);
        report.extend(span.and_then(|_| another_folder(periodo)));
        resources(periodo, span, report);
        for progetto in &periodo.progetti {
            project(plan, periodo, progetto, span, report);
        }
        for avviso in &periodo.avvisi {
            window(avviso, span, report);
        }
        for (i, scadenza) in periodo.dati.calendario.iter().enumerate() {
            far(scadenza.data.primo(), span, &periodo.origine, path!["calendario", i, "data"], report);
        }
        steps(periodo, span, report);
        let rete = periodo.dati.rete.iter().flat_map(|rete| &rete.incontri).enumerate();
        let organismo = periodo.dati.organismo.iter().flat_map(|organismo| &organismo.incontri).enumerate();
        let incontri = rete.map(|(i, uno)| ("rete", i, uno)).chain(organismo.map(|(i, uno)| ("organismo", i, uno)));
        for (chi, i, incontro) in incontri {
            far(incontro.data.primo(), span, &periodo.origine, path![chi, "incontri", i, "data"], report);
        }
    }
}

/// The day of the site decides what is over and what is late: a wrong year would change them all.
fn site(plan: &Plan, report: &mut Report) {
    if let Some(last) = too_late(plan) {
        report.add(
            Diagnostic::error("C-15", "`aggiornato_al` è lontano da ogni Piano")
                .at(plan.sito_origine.value(path!["aggiornato_al"]))
                .label(format!("fine dell'ultimo Piano: {}", last.lunga()))
                .help("controlla l'anno"),
        );
    }
}

/// The end of the last plan, where the day of the site is too far from it to be right.
pub(super) fn too_late(plan: &Plan) -> Option<Data> {
    let last = plan.periodi.iter().map(|periodo| periodo.dati.periodo.al).max()?;
    (plan.sito.aggiornato_al > last.fra_anni(ANNI_DOPO_L_ULTIMO)).then_some(last)
}

/// The days that the dates of a plan lie between, where its period itself can be right.
type Span = Option<(Data, Data)>;

fn around(periodo: &Periodo, report: &mut Report) -> Span {
    let durata = &periodo.dati.periodo;
    let place = || periodo.origine.value(path!["periodo", "al"]);
    if before(durata.dal, durata.al, place, report) {
        return None;
    }
    if durata.al > durata.dal.fra_anni(ANNI_DI_PERIODO) {
        report.add(
            Diagnostic::error("C-15", format!("il periodo del Piano dura più di {ANNI_DI_PERIODO} anni"))
                .at(place())
                .label(format!("inizio: {}", durata.dal.lunga()))
                .help("controlla l'anno di `dal` e di `al`"),
        );
        return None;
    }
    Some((durata.dal.fra_anni(-ANNI_ATTORNO), durata.al.fra_anni(ANNI_ATTORNO)))
}

/// The folder of a plan, which is its address, tells its years. A warning where the plan only goes on longer.
fn another_folder(periodo: &Periodo) -> Option<Diagnostic> {
    let (dal, al) = periodo.id.as_str().split_once('-')?;
    let anno = |testo: &str| testo.parse::<i16>().ok().filter(|_| testo.len() == 4);
    let (dal, al) = (anno(dal)?, anno(al)?);
    let durata = &periodo.dati.periodo;
    let (primo, ultimo) = (durata.dal.anno(), durata.al.anno());
    let campo = if primo != dal { "dal" } else { "al" };
    let goes_on = primo == dal && ultimo > al;
    let help = match goes_on {
        true => "se il Piano va avanti oltre gli anni della cartella va bene così; altrimenti correggi `al`".to_owned(),
        false => format!("correggi il `periodo`, o chiama la cartella `{primo}-{ultimo}`"),
    };
    (primo != dal || ultimo != al).then(|| {
        found(periodo.norma.fonte_storica || goes_on, "C-15", "il periodo del Piano non è quello della sua cartella")
            .at(periodo.origine.value(path!["periodo", campo]))
            .label(format!("la cartella è `{}`", periodo.id))
            .help(help)
    })
}

/// The years of the money are near those of the plan.
fn resources(periodo: &Periodo, span: Span, report: &mut Report) {
    let Some(Risorse { dati, origine }) = &periodo.risorse else { return };
    for (i, arrivo) in dati.trasferimenti.iter().enumerate() {
        far(arrivo.data, span, origine, path!["trasferimenti", i, "data"], report);
    }
    let Some((first, last)) = span else { return };
    let voci = dati.dotazione.iter().enumerate().map(|(i, voce)| ("dotazione", i, voce.anno));
    let arrivi = dati.trasferimenti.iter().enumerate().map(|(i, arrivo)| ("trasferimenti", i, Some(arrivo.anno)));
    for (elenco, i, anno) in voci.chain(arrivi) {
        let near = |anno: &u32| i16::try_from(*anno).is_ok_and(|anno| (first.anno()..=last.anno()).contains(&anno));
        if anno.is_some_and(|anno| !near(&anno)) {
            report.add(
                Diagnostic::error("C-15", "l'anno è lontano dal periodo del Piano")
                    .at(origine.value(path![elenco, i, "anno"]))
                    .label(format!("primo anno possibile: {}; ultimo: {}", first.anno(), last.anno()))
                    .help("controlla l'anno, o il `periodo` di `piano.yaml`"),
            );
        }
    }
}

/// Whether a day can be one of a plan: of one that cannot, the period or a digit is wrong, which C-15 tells.
pub(super) fn vicina(periodo: &Periodo, giorno: Data) -> bool {
    let (dal, al) = (periodo.dati.periodo.dal, periodo.dati.periodo.al);
    (dal.fra_anni(-ANNI_ATTORNO)..=al.fra_anni(ANNI_ATTORNO)).contains(&giorno)
}

/// Whether a day is so far from the period that a digit must be wrong, which it tells.
fn far(giorno: Data, span: Span, origine: &Origine, steps: Vec<Step>, report: &mut Report) -> bool {
    let Some((first, last)) = span else { return false };
    let is_far = giorno < first || giorno > last;
    if is_far {
        report.add(
            Diagnostic::error("C-15", "la data è lontana dal periodo del Piano")
                .at(origine.value(steps))
                .label(format!("primo giorno possibile: {}; ultimo: {}", first.lunga(), last.lunga()))
                .help("controlla l'anno, o il `periodo` di `piano.yaml`"),
        );
    }
    is_far
}

/// Whether it is of a day at the end of this way that [`far`] is asked, of those that a record says to be past.
pub(super) fn is_asked(steps: &[Step]) -> bool {
    let key = |step: &Step, key: &str| matches!(step, Step::Key(found) if found == key);
    match steps {
        [first, Step::Key(_), last] if key(last, "data") => key(first, "passaggi") || key(first, "atti"),
        [first, ..] => key(first, "trasferimenti"),
        [] => false,
    }
}

/// Adopted, then sent, then taken note of.
fn steps(periodo: &Periodo, span: Span, report: &mut Report) {
    let mut last: Option<Data> = None;
    for (chiave, passaggio) in periodo.dati.passaggi.fatti() {
        let steps = || path!["passaggi", chiave, "data"];
        if far(passaggio.data, span, &periodo.origine, steps(), report) {
            continue;
        }
        if let Some(prima) = last.filter(|prima| passaggio.data < *prima) {
            report.add(
                Diagnostic::error("C-15", "i passaggi del Piano non sono in ordine di data")
                    .at(periodo.origine.value(steps()))
                    .label(format!("data del passaggio precedente: {}", prima.lunga()))
                    .help("un Piano si adotta, poi si invia, poi la Regione ne prende atto: correggi le date"),
            );
        }
        last = Some(passaggio.data);
    }
}

fn project(plan: &Plan, periodo: &Periodo, progetto: &Progetto, span: Span, report: &mut Report) {
    let origine = &progetto.origine;
    if let Some(concessa) = progetto.dati.atti.concessione.as_ref().and_then(|atto| atto.data) {
        far(concessa.primo(), span, origine, path!["atti", "concessione", "data"], report);
    }
    for (i, servizio) in progetto.dati.servizi.iter().enumerate() {
        let in_order = match (servizio.dal, servizio.al) {
            (Some(dal), Some(al)) => !before(dal, al, || origine.value(path!["servizi", i, "al"]), report),
            _ => true,
        };
        report.extend(in_order.then(|| beyond_the_project(progetto, i, servizio)).flatten());
    }
    let Some(durata) = &progetto.dati.durata else { return };
    // One cause, one message: a day that cannot be right is not also before another one.
    let mut near =
        |key, giorno: Option<Data>| giorno.filter(|&giorno| !far(giorno, span, origine, path!["durata", key], report));
    let durata = Durata { dal: near("dal", durata.dal), al: near("al", durata.al), ..Durata::default() };
    if let (Some(dal), Some(al)) = (durata.dal, durata.al) {
        before(dal, al, || origine.value(path!["durata", "al"]), report);
    }
    // A call may run under a norm of its own.
    let (_, norma) = plan.norma_di(periodo, progetto);
    within(&durata, norma, origine, report);
}

/// What a project pays for, it offers while it lasts. A warning: a service may have been there before, or go on.
fn beyond_the_project(progetto: &Progetto, i: usize, servizio: &Servizio) -> Option<Diagnostic> {
    let durata = progetto.dati.durata.as_ref()?;
    let too_early = |giorno: &Data| durata.dal.is_some_and(|dal| *giorno < dal);
    let too_late = |giorno: &Data| durata.al.is_some_and(|al| *giorno > al);
    let dal = servizio.dal.filter(|giorno| too_early(giorno) || too_late(giorno)).map(|giorno| ("dal", giorno));
    let al = || servizio.al.filter(|giorno| too_early(giorno) || too_late(giorno)).map(|giorno| ("al", giorno));
    let (key, giorno) = dal.or_else(al)?;
    let (limite, when) = match durata.dal.filter(|dal| giorno < *dal) {
        Some(dal) => ("dal", format!("comincia il {}", dal.breve())),
        None => ("al", format!("finisce il {}", durata.al?.breve())),
    };
    Some(
        Diagnostic::warning("C-15", "il servizio è disponibile fuori dalla durata del suo progetto")
            .at(progetto.origine.value(path!["servizi", i, key]))
            .label(format!("il {}", giorno.breve()))
            .related(progetto.origine.value(path!["durata", limite]), format!("il progetto {when}"))
            .help(format!("correggi `{key}`; se il servizio c'è anche senza il progetto, toglilo")),
    )
}

fn window(avviso: &Avviso, span: Span, report: &mut Report) {
    let Some(finestra) = &avviso.dati.finestra else { return };
    let mut is_far = |key, giorno| far(giorno, span, &avviso.origine, path!["finestra", key], report);
    let lontane = [is_far("dal", finestra.dal.giorno()), is_far("al", finestra.al.giorno())];
    if lontane == [false; 2] && finestra.si_chiude_prima() {
        report.add(
            Diagnostic::error("C-15", "la finestra dell'avviso si chiude prima di aprirsi")
                .at(avviso.origine.value(path!["finestra", "al"]))
                .label(format!("apertura: {}", finestra.dal.lunga()))
                .help("correggi `dal` o `al`"),
        );
    }
}

/// Nothing of a project happens before the first day that its norm admits, or after the last.
fn within(durata: &Durata, norma: &Norma, origine: &Origine, report: &mut Report) {
    let Some(ammesso) = &norma.periodo else { return };
    let dal = durata.dal.filter(|&dal| dal < ammesso.dal);
    let dal = dal.map(|_| ("dal", "prima del primo", format!("primo giorno ammesso: {}", ammesso.dal.lunga())));
    // A norm that has a rule for its last day says so itself, with the article and a waiver if there is one.
    let al = durata.al.filter(|&al| al > ammesso.al && !rules_the_last_day(norma));
    let al = al.map(|_| ("al", "dopo l'ultimo", format!("ultimo giorno ammesso: {}", ammesso.al.lunga())));
    for (key, which, day) in dal.into_iter().chain(al) {
        report.add(
            Diagnostic::error("C-15", format!("la data viene {which} giorno che la norma ammette"))
                .at(origine.value(path!["durata", key]))
                .label(day)
                .norm(norma.titolo.clone())
                .help(format!("correggi `{key}`; se è giusto, controlla la `norma` del Piano o dell'avviso")),
        );
    }
}

fn rules_the_last_day(norma: &Norma) -> bool {
    norma.regole.iter().any(|regola| regola.tempi.as_ref().is_some_and(|tempi| tempi.ultimo_giorno.is_some()))
}

/// Whether an end comes before its beginning, which it tells.
fn before(dal: Data, al: Data, place: impl FnOnce() -> Place, report: &mut Report) -> bool {
    if al < dal {
        report.add(
            Diagnostic::error("C-15", "la fine viene prima dell'inizio")
                .at(place())
                .label(format!("inizio: {}", dal.lunga()))
                .help("correggi `dal` o `al`"),
        );
    }
    al < dal
}
