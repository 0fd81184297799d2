//! Waivers: published with their reason and act, and never left behind when they waive nothing.

use super::{Esito, EsitoNorma, Soggetto};
use crate::path;
use crate::plan::{Origine, Periodo, Plan};
use crate::record::Deroga;
use crate::report::{Diagnostic, Report, Rule, never_waived};
use crate::suggest;

pub const RULES: &[Rule] = &[Rule::new("C-21", "ogni deroga serve, ed è a una regola che la ammette")
    .why("sul sito si leggerebbe di un'eccezione che non c'è, o che non può esserci")
    .example("una deroga a P25-06 in un progetto che dura già due anni")];

/// The waivers that a record states, and where.
pub fn of(periodo: &Periodo, soggetto: Soggetto) -> (&[Deroga], &Origine) {
    match soggetto {
        Soggetto::Piano => (&periodo.dati.deroghe, &periodo.origine),
        Soggetto::Avviso(i) => (&periodo.avvisi[i].dati.deroghe, &periodo.avvisi[i].origine),
        Soggetto::Progetto(i) => (&periodo.progetti[i].dati.deroghe, &periodo.progetti[i].origine),
    }
}

/// C-21: a waiver names a rule that can be waived and that the record would break.
pub fn judge(plan: &Plan, periodo: &Periodo, norme: &[EsitoNorma], report: &mut Report) {
    for soggetto in Soggetto::tutti(periodo) {
        let (deroghe, origine) = of(periodo, soggetto);
        for (i, deroga) in deroghe.iter().enumerate() {
            let is_second = deroghe[..i].iter().any(|prima| prima.regola == deroga.regola);
            let found = match is_second {
                true => Some(
                    Diagnostic::error("C-09", format!("alla regola `{}` ci sono due deroghe", deroga.regola))
                        .help("tieni una sola deroga per regola"),
                ),
                false => wrong(plan, norme, soggetto, deroga),
            };
            report.extend(found.map(|found| found.at(origine.value(path!["deroghe", i, "regola"]))));
        }
    }
}

fn wrong(plan: &Plan, norme: &[EsitoNorma], soggetto: Soggetto, deroga: &Deroga) -> Option<Diagnostic> {
    let codice = deroga.regola.as_str();
    if let Some(why) = never_waived(codice) {
        let found = Diagnostic::error("C-21", format!("la regola `{codice}` non ammette deroghe"));
        return Some(found.label(why).help("togli la deroga"));
    }
    let regole =
        || norme.iter().flat_map(|esito| esito.regole.iter().map(move |regola| (esito.regola(regola), regola)));
    let sue: Vec<_> = regole().filter(|(regola, _)| regola.codice == codice).collect();
    let mut verdetti = sue.iter().flat_map(|(_, esito)| &esito.verdetti);
    if verdetti.any(|verdetto| verdetto.soggetto == soggetto && verdetto.esito == Esito::Derogata) {
        return None;
    }
    let useless = Diagnostic::warning("C-21", format!("la deroga alla regola `{codice}` non serve"));
    if !sue.is_empty() {
        let found = useless.label("la scheda la rispetta, o la regola non la riguarda");
        return Some(found.help("togli la deroga: sul sito si leggerebbe di un'eccezione che non c'è"));
    }
    if plan.norme.values().flat_map(|norma| &norma.regole).any(|regola| regola.codice == codice) {
        let found = useless.label("la regola è di una norma che qui non vale");
        return Some(found.help("togli la deroga, o controlla il codice"));
    }
    let found = Diagnostic::error("C-08", format!("`{codice}` non è fra le regole")).label("codice sconosciuto");
    let near = suggest::closest(codice, regole().map(|(regola, _)| regola.codice.as_str()));
    let listed = || "`concilia norme` elenca le norme, `concilia norme ID` le loro regole".to_owned();
    Some(found.help(suggest::meant(near, listed)))
}
