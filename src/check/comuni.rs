//! C-04: communes and provinces are known ones. The list of communes is of Lombardy alone: of another that nothing says to
//! be Lombard, nothing can be told.

use super::{Check, Judge, found};
use crate::path;
use crate::plan::{Origine, Plan};
use crate::report::{Diagnostic, Place, Report, Step};
use crate::suggest::Words;
use crate::value::{Comune, elenco, provincia};
use crate::yaml::codes::WRONG_VALUE;

pub const CHECKS: &[Check] = &[Check::also(Judge::Plan(sedi)), Check::also(Judge::Plan(territori))];

/// Where a body has its seat.
struct Sede<'a> {
    origine: &'a Origine,
    steps: Vec<Step>,
    comune: Option<&'a str>,
    provincia: Option<&'a str>,
}

fn names() -> Words<'static> {
    Words::of(Comune::tutti().map(Comune::nome))
}

/// The communes of a text that has several: at least one of them is known.
fn several(testo: &str) -> Option<Vec<&str>> {
    let parti = testo.split([',', ';', '/']).flat_map(|parte| parte.split(" e ")).flat_map(|parte| parte.split(" - "));
    let parti: Vec<&str> = parti.map(str::trim).filter(|parte| !parte.is_empty()).collect();
    (parti.len() > 1 && parti.iter().any(|parte| Comune::di_nome(parte).is_some())).then_some(parti)
}

/// Of a shorter name any other may be near.
const LETTERE: usize = 5;

/// A name that is near to a known one: of others, a hamlet or a place of old, nothing is told.
fn unknown(testo: &str, words: &Words) -> Option<Diagnostic> {
    let is_meant = |near: &&str| testo.chars().count() >= LETTERE || near.to_lowercase() == testo.to_lowercase();
    let near = words.closest(testo).filter(is_meant)?;
    let found = Diagnostic::warning(WRONG_VALUE, format!("«{testo}» non è fra i comuni della Lombardia"));
    Some(found.help(format!("forse intendevi `{near}`?")))
}

/// The seats of bodies: a known province, and a commune that is in it.
fn sedi(plan: &Plan, report: &mut Report) {
    let words = names();
    for ente in &plan.enti {
        let (dati, origine) = (&ente.dati, &ente.origine);
        let (comune, provincia) = (dati.comune.as_deref(), dati.provincia.as_deref());
        let legale = Sede { origine, steps: path![], comune, provincia };
        let operative = dati.sedi_operative.iter().enumerate().map(|(i, sede)| Sede {
            origine,
            steps: path!["sedi_operative", i],
            comune: Some(&sede.comune),
            provincia: Some(&sede.provincia),
        });
        report.extend(std::iter::once(legale).chain(operative).filter_map(|sede| sede.judge(&words)));
    }
}

impl Sede<'_> {
    fn judge(&self, words: &Words) -> Option<Diagnostic> {
        self.di_una_provincia().or_else(|| self.in_un_comune(words))
    }

    fn at(&self, campo: &'static str) -> Place {
        self.origine.value(self.steps.iter().cloned().chain(path![campo]).collect())
    }

    /// Two letters that are those of a province.
    fn di_una_provincia(&self) -> Option<Diagnostic> {
        let scritta = self.provincia.map(str::trim).filter(|sigla| !provincia::e_una(sigla))?;
        let del_comune = || Some(Comune::di_nome(self.comune?)?.provincia);
        let sigla = provincia::intesa(scritta).or_else(del_comune);
        Some(
            Diagnostic::warning(WRONG_VALUE, format!("«{scritta}» non è la sigla di una provincia"))
                .at(self.at("provincia"))
                .help(sigla.map_or("scrivi le due lettere, come `BG`".to_owned(), |sigla| format!("scrivi `{sigla}`"))),
        )
    }

    fn in_un_comune(&self, words: &Words) -> Option<Diagnostic> {
        let comune = self.comune?.trim();
        let lombarda = self.provincia.map(str::trim).filter(|sigla| provincia::nome(sigla).is_some());
        match (Comune::di_nome(comune), lombarda) {
            // Elsewhere in Italy there may be one of the same name.
            (Some(noto), Some(sigla)) if noto.provincia != sigla => Some(
                Diagnostic::error(WRONG_VALUE, format!("{noto} non è in provincia di {}", provincia::nome(sigla)?))
                    .at(self.at("provincia"))
                    .help(format!("scrivi `{}`, o correggi il comune", noto.provincia)),
            ),
            (Some(_), _) => None,
            (None, _) if several(comune).is_some() => Some(
                Diagnostic::warning(WRONG_VALUE, "qui va il nome di un comune solo")
                    .at(self.at("comune"))
                    .help("scrivi quello in cui ha la sede; le altre vanno in `sedi_operative`"),
            ),
            (None, lombarda) => Some(unknown(comune, words).filter(|_| lombarda.is_some())?.at(self.at("comune"))),
        }
    }
}

/// The communes of alliances, projects and services, which are of Lombardy, one by one.
fn territori(plan: &Plan, report: &mut Report) {
    let words = names();
    for periodo in &plan.periodi {
        let alleanze = periodo.alleanze.iter().map(|uno| (&uno.origine, path!["territorio"], &uno.dati.territorio));
        let progetti = periodo.progetti.iter().map(|uno| (&uno.origine, path!["territorio"], &uno.dati.territorio));
        let servizi = periodo.progetti.iter().flat_map(|progetto| {
            let suoi = progetto.dati.servizi.iter().enumerate();
            suoi.map(move |(i, uno)| (&progetto.origine, path!["servizi", i, "territorio"], &uno.territorio))
        });
        for (origine, steps, territorio) in alleanze.chain(progetti).chain(servizi) {
            for (i, comune) in territorio.comuni.iter().enumerate() {
                let place = || origine.value(steps.iter().cloned().chain(path!["comuni", i]).collect());
                report.extend(of_territory(comune, &words).map(|found| found.at(place())));
            }
        }
    }
}

fn of_territory(comune: &str, words: &Words) -> Option<Diagnostic> {
    if Comune::di_nome(comune).is_some() {
        return None;
    }
    // A list of a file, typed where one name goes.
    let nudo = comune.replace(['[', ']'], "");
    let has_brackets = nudo != comune;
    match several(&nudo) {
        Some(parti) => {
            // A name that is not in the list may have been of one commune.
            let is_sure = has_brackets || parti.iter().all(|parte| Comune::di_nome(parte).is_some());
            let one_by_one = elenco(parti.into_iter().map(str::to_owned));
            Some(
                found(!is_sure, WRONG_VALUE, "in una voce ci sono più comuni")
                    .help(format!("scrivi una voce per ognuno: {one_by_one}")),
            )
        }
        None if has_brackets => Some(
            Diagnostic::error(WRONG_VALUE, format!("«{comune}» non è il nome di un comune"))
                .help("togli le parentesi quadre, e scrivi una voce per ogni comune"),
        ),
        None => unknown(comune, words),
    }
}
