//! Stage 4: the rules. Each is one entry of the file of its subject, with the function that judges it; all
//! run, none stops another.

mod aritmetica;
mod assegnato;
mod bisogni;
mod codici;
mod comuni;
mod coperture;
mod date;
mod esiti;
mod eventi;
mod finanziamento;
mod limiti;
mod pagamenti;
mod partenariato;
mod passaggi;
mod piccoli_numeri;
mod posti;
mod rendiconti;
pub mod riservatezza;
pub mod schede;
mod sequenza;
pub mod sito;
mod stati;
mod territorio;
mod testi;

use crate::plan::beneficiari::resta_senza;
use crate::plan::{Periodo, Plan, Progetto};
use crate::record;
use crate::report::{Diagnostic, Place, Report, Rule, Step};
use crate::value::Id;

/// A rule, with the function that judges it.
pub struct Check {
    /// None for a second function that reports a code whose rule stands elsewhere.
    rule: Option<Rule>,
    judge: Judge,
}

/// The function of a rule, by what it looks at in one call.
enum Judge {
    Plan(fn(&Plan, &mut Report)),
    Period(fn(&Periodo) -> Option<Diagnostic>),
    /// One that may find several things in a period.
    InPeriod(fn(&Periodo, &mut Report)),
    Project(fn(&Caso) -> Option<Diagnostic>),
    /// One that may find several things in a project.
    InProject(fn(&Caso, &mut Report)),
}

/// A project with its plan and its period.
struct Caso<'a> {
    plan: &'a Plan,
    periodo: &'a Periodo,
    progetto: &'a Progetto,
    dati: &'a record::Progetto,
}

impl Caso<'_> {
    /// A finding about it: a warning where a source of years ago says it.
    fn found(&self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        found(self.plan.storico(self.periodo, self.progetto), code, message)
    }

    fn norma(&self) -> &record::Norma {
        self.plan.norma_di(self.periodo, self.progetto).1
    }

    /// Whether the norm keeps a body from the money of the project, and says so itself of its payments, with the article.
    fn resta_senza(&self, ente: &Id) -> bool {
        let (norma, di) = (self.norma(), (self.periodo, self.progetto));
        let requisiti = norma.regole.iter().filter_map(|regola| regola.partenariato.as_ref());
        let mut requisiti = requisiti.flat_map(|partenariato| &partenariato.requisiti);
        let ente = self.plan.ente(ente);
        ente.is_some_and(|ente| requisiti.any(|uno| resta_senza(self.plan, norma, di, uno, ente)))
    }

    /// Whether an act is of a day that is still to come, which Q-19 tells of it: what follows from that has no message.
    fn is_to_come(&self, atto: &record::Atto) -> bool {
        atto.giorno().is_some_and(|giorno| giorno > self.plan.sito.aggiornato_al)
    }

    fn value(&self, steps: Vec<Step>) -> Place {
        self.progetto.origine.value(steps)
    }

    fn key(&self, steps: Vec<Step>) -> Place {
        self.progetto.origine.key(steps)
    }

    /// Where one of its amounts stands.
    fn importo(&self, campo: &'static str) -> Place {
        self.progetto.posto_di(campo)
    }
}

impl Check {
    /// A second function that reports a code whose rule stands elsewhere.
    const fn also(judge: Judge) -> Self {
        Check { rule: None, judge }
    }
}

impl Rule {
    const fn by(self, judge: fn(&Plan, &mut Report)) -> Check {
        Check { rule: Some(self), judge: Judge::Plan(judge) }
    }

    const fn of_periods(self, judge: fn(&Periodo) -> Option<Diagnostic>) -> Check {
        Check { rule: Some(self), judge: Judge::Period(judge) }
    }

    const fn in_periods(self, judge: fn(&Periodo, &mut Report)) -> Check {
        Check { rule: Some(self), judge: Judge::InPeriod(judge) }
    }

    const fn of_projects(self, judge: fn(&Caso) -> Option<Diagnostic>) -> Check {
        Check { rule: Some(self), judge: Judge::Project(judge) }
    }

    const fn in_projects(self, judge: fn(&Caso, &mut Report)) -> Check {
        Check { rule: Some(self), judge: Judge::InProject(judge) }
    }
}

fn checks() -> impl Iterator<Item = &'static Check> {
    [
        aritmetica::CHECKS,
        assegnato::CHECKS,
        bisogni::CHECKS,
        codici::CHECKS,
        comuni::CHECKS,
        coperture::CHECKS,
        date::CHECKS,
        esiti::CHECKS,
        eventi::CHECKS,
        finanziamento::CHECKS,
        limiti::CHECKS,
        pagamenti::CHECKS,
        partenariato::CHECKS,
        passaggi::CHECKS,
        piccoli_numeri::CHECKS,
        posti::CHECKS,
        rendiconti::CHECKS,
        sequenza::CHECKS,
        sito::CHECKS,
        stati::CHECKS,
        territorio::CHECKS,
        testi::CHECKS,
    ]
    .into_iter()
    .flatten()
}

/// The rules of this stage.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    checks().filter_map(|check| check.rule.as_ref()).chain(riservatezza::RULES)
}

/// Judges a plan whose references are resolved.
pub fn run(plan: &Plan, report: &mut Report) {
    let casi = || plan.progetti().map(|(periodo, progetto)| Caso { plan, periodo, progetto, dati: &progetto.dati });
    for check in checks() {
        match check.judge {
            Judge::Plan(judge) => judge(plan, report),
            Judge::InPeriod(judge) => plan.periodi.iter().for_each(|periodo| judge(periodo, report)),
            Judge::Period(judge) => report.extend(plan.periodi.iter().filter_map(judge)),
            Judge::Project(judge) => report.extend(casi().filter_map(|caso| judge(&caso))),
            Judge::InProject(judge) => casi().for_each(|caso| judge(&caso, report)),
        }
    }
}

/// What is wrong in a record: a warning where a source of years ago says it, since its author cannot mend it.
fn found(storico: bool, code: &'static str, message: impl Into<String>) -> Diagnostic {
    if storico { Diagnostic::warning(code, message) } else { Diagnostic::error(code, message) }
}
