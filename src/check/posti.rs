//! The places of a ranking: each of one project, none left out, from the highest score to the lowest.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Caso, Check, Judge, found};
use crate::path;
use crate::plan::{Avviso, Origine, Periodo, Plan, Progetto, doppioni};
use crate::record::{Criterio, PostoInGraduatoria};
use crate::report::{Diagnostic, Place, Report, Rule};
use crate::suggest;
use crate::value::Punteggio;

pub const CHECKS: &[Check] = &[
    Check::also(Judge::Plan(schede)),
    Rule::new("Q-11", "ogni posto in graduatoria è di un solo progetto")
        .why("la graduatoria decide chi riceve")
        .example("due progetti al terzo posto")
        .in_periods(di_uno_solo),
    Rule::new("Q-33", "i punti di ogni criterio stanno nel massimo, e insieme fanno il punteggio")
        .why("chi legge la graduatoria rifà la somma")
        .example("12,5 punti per un criterio che ne dà al massimo 10")
        .article("D.Lgs. 33/2013, art. 26, c. 1")
        .of_projects(punti),
    Check::also(Judge::InPeriod(non_ammesse)),
    Check::also(Judge::InPeriod(criteri)),
    Rule::new("Q-21", "la graduatoria non ha vuoti e scende con il punteggio")
        .why("la graduatoria decide chi riceve")
        .example("le posizioni 1, 2 e 4")
        .by(in_ordine),
];

/// C-09: the number by which a sheet is cited is of one project; each call counts from one.
fn schede(plan: &Plan, report: &mut Report) {
    for periodo in &plan.periodi {
        let schede = periodo.progetti.iter().filter_map(|progetto| Some((progetto.dati.scheda?, progetto)));
        let schede = schede.map(|(scheda, progetto)| ((progetto.avviso, scheda), (scheda, progetto)));
        for ((_, primo), (scheda, progetto)) in doppioni(schede) {
            let message = format!("due progetti hanno lo stesso numero di scheda, {scheda}");
            report.add(
                found(plan.storico(periodo, progetto), "C-09", message)
                    .at(progetto.origine.value(path!["scheda"]))
                    .related(primo.origine.value(path!["scheda"]), "qui la prima volta")
                    .help("dai a uno dei due il suo numero"),
            );
        }
    }
}

struct Classificato<'a> {
    progetto: &'a Progetto,
    posto: &'a PostoInGraduatoria,
}

/// The rankings of a period: each call has a list of its own.
fn lists(periodo: &Periodo) -> impl Iterator<Item = Vec<Classificato<'_>>> {
    let mut lists: BTreeMap<Option<usize>, Vec<Classificato>> = BTreeMap::new();
    for progetto in &periodo.progetti {
        if let Some(posto) = &progetto.dati.graduatoria {
            lists.entry(progetto.avviso).or_default().push(Classificato { progetto, posto });
        }
    }
    lists.into_values().map(|mut list| {
        list.sort_by_key(|posto| posto.posto.posizione);
        list
    })
}

fn shared<'l, 'a>(list: &'l [Classificato<'a>]) -> impl Iterator<Item = &'l [Classificato<'a>]> {
    list.windows(2).filter(|pair| pair[0].posto.posizione == pair[1].posto.posizione)
}

/// two projects do not share a place.
fn di_uno_solo(periodo: &Periodo, report: &mut Report) {
    let lists: Vec<Vec<Classificato>> = lists(periodo).collect();
    for pair in lists.iter().flat_map(|list| shared(list)) {
        let posizione = pair[1].posto.posizione;
        report.add(
            Diagnostic::error("Q-11", format!("due progetti hanno la posizione {posizione} in graduatoria"))
                .at(pair[1].progetto.origine.value(path!["graduatoria", "posizione"]))
                .related(pair[0].progetto.origine.value(path!["graduatoria", "posizione"]), "qui la prima volta")
                .help("ogni posizione è di un solo progetto"),
        );
    }
}

/// no place is left out, and the first have the most points.
fn in_ordine(plan: &Plan, report: &mut Report) {
    for periodo in &plan.periodi {
        // Two projects in one place leave a gap behind them, and Q-11 reports them.
        for list in lists(periodo).filter(|list| shared(list).next().is_none()) {
            if !gap(periodo, &list, report) {
                order(plan, periodo, &list, report);
            }
        }
    }
}

/// The places are 1, 2, 3 and so on. A warning: who was not admitted may have a place and no record.
fn gap(periodo: &Periodo, list: &[Classificato], report: &mut Report) -> bool {
    // The missing place may be of a record that could not be read.
    if !periodo.completo {
        return false;
    }
    if let Some(Classificato { progetto, .. }) = list.first().filter(|primo| primo.posto.posizione == 0) {
        report.add(
            Diagnostic::error("Q-21", "in graduatoria non c'è una posizione 0")
                .at(progetto.origine.value(path!["graduatoria", "posizione"]))
                .help("la prima posizione è 1: scrivi quella che dice l'atto"),
        );
        return true;
    }
    let missing = (1..).zip(list).find(|(attesa, posto)| posto.posto.posizione != *attesa);
    let Some((attesa, Classificato { progetto, posto })) = missing else { return false };
    report.add(
        Diagnostic::warning("Q-21", format!("in graduatoria manca la posizione {attesa}"))
            .at(progetto.origine.value(path!["graduatoria", "posizione"]))
            .label(format!("qui si passa alla {}", posto.posizione))
            .help("correggi `posizione`, o aggiungi la scheda del progetto che manca"),
    );
    true
}

/// Who comes before has no fewer points. A warning: only a norm can say that points alone decide.
fn order(plan: &Plan, periodo: &Periodo, list: &[Classificato], report: &mut Report) {
    for pair in list.windows(2) {
        let [sopra, sotto] = pair else { continue };
        let (_, norma) = plan.norma_di(periodo, sotto.progetto);
        let has_own_rule =
            norma.regole.iter().any(|regola| regola.graduatoria.as_ref().is_some_and(|g| g.punteggio_decrescente));
        // A norm that rules the order says so itself, with its article.
        if sotto.posto.punteggio <= sopra.posto.punteggio || has_own_rule {
            continue;
        }
        let points =
            |posto: &PostoInGraduatoria| format!("{} punti al posto {}", posto.punteggio.italiano(), posto.posizione);
        report.add(
            Diagnostic::warning("Q-21", "in graduatoria un punteggio più alto viene dopo uno più basso")
                .at(sotto.progetto.origine.value(path!["graduatoria", "punteggio"]))
                .label(points(sotto.posto))
                .related(sopra.progetto.origine.value(path!["graduatoria", "punteggio"]), points(sopra.posto))
                .help("correggi il punteggio o la posizione di uno dei due"),
        );
    }
}

/// The criteria by which a call is judged: its own, or else those of the plan, each with where it stands.
fn criteri_di<'a>(periodo: &'a Periodo, avviso: Option<&'a Avviso>) -> (&'a [Criterio], &'a Origine) {
    let suoi = avviso.map(|avviso| (avviso.dati.criteri.as_slice(), &avviso.origine));
    suoi.filter(|(criteri, _)| !criteri.is_empty()).unwrap_or((&periodo.dati.criteri, &periodo.origine))
}

/// Points above what the criteria give together, where each of them tells how many it gives.
fn troppi(punteggio: Punteggio, (criteri, origine): (&[Criterio], &Origine)) -> Option<(String, Place)> {
    let massimi: Vec<Decimal> = criteri.iter().filter_map(|criterio| Some(criterio.massimo?.0)).collect();
    let massimo: Decimal = massimi.iter().sum();
    let is_known = !massimi.is_empty() && massimi.len() == criteri.len();
    (is_known && punteggio.0 > massimo).then(|| {
        let label = format!("{}, al massimo {}", punteggio.italiano(), Punteggio(massimo).italiano());
        (label, origine.key(path!["criteri"]))
    })
}

fn too_many(storico: bool, label: String, place: Place, criteri: Place) -> Diagnostic {
    found(storico, "Q-33", "il punteggio è più di quanto i criteri danno insieme")
        .at(place)
        .label(label)
        .related(criteri, "i criteri, ognuno con il suo `massimo`")
        .help("correggi il punteggio, o il `massimo` di un criterio")
}

/// each criterion ≤ its maximum, their sum is the score, and the score is no more than all of them give.
fn punti(caso: &Caso) -> Option<Diagnostic> {
    let posto = caso.dati.graduatoria.as_ref()?;
    let avviso = caso.progetto.avviso.map(|a| &caso.periodo.avvisi[a]);
    let criteri = criteri_di(caso.periodo, avviso);
    let uno_per_uno = Some(posto).filter(|posto| !posto.punti.is_empty());
    uno_per_uno.and_then(|posto| ognuno(caso, posto, criteri.0)).or_else(|| {
        let (label, place) = troppi(posto.punteggio, criteri)?;
        let storico = caso.plan.storico(caso.periodo, caso.progetto);
        Some(too_many(storico, label, caso.value(path!["graduatoria", "punteggio"]), place))
    })
}

/// Who was not admitted had no more points than there are.
fn non_ammesse(periodo: &Periodo, report: &mut Report) {
    for avviso in &periodo.avvisi {
        let righe = avviso.dati.esito.iter().flat_map(|esito| esito.non_ammesse.iter().enumerate());
        for (i, riga) in righe {
            let Some(punteggio) = riga.punteggio else { continue };
            let Some((label, place)) = troppi(punteggio, criteri_di(periodo, Some(avviso))) else { continue };
            let punteggio = avviso.origine.value(path!["esito", "non_ammesse", i, "punteggio"]);
            report.add(too_many(periodo.norma.fonte_storica, label, punteggio, place));
        }
    }
}

/// C-09: a criterion is there once: its points would count twice.
fn criteri(periodo: &Periodo, report: &mut Report) {
    let degli_avvisi = periodo.avvisi.iter().map(|avviso| (&avviso.dati.criteri, &avviso.origine));
    for (criteri, origine) in degli_avvisi.chain([(&periodo.dati.criteri, &periodo.origine)]) {
        for (prima, i) in doppioni(criteri.iter().map(|criterio| criterio.nome.trim()).zip(0..)) {
            let place = |i: usize| origine.value(path!["criteri", i, "nome"]);
            let message = format!("due criteri hanno lo stesso nome: «{}»", criteri[i].nome.trim());
            report.add(
                found(periodo.norma.fonte_storica, "C-09", message)
                    .at(place(i))
                    .related(place(prima), "qui la prima volta")
                    .help("togli il doppione, o correggi uno dei due nomi"),
            );
        }
    }
}

/// Each criterion is one of the call's and within its maximum, and together they make the score.
fn ognuno(caso: &Caso, posto: &PostoInGraduatoria, criteri: &[Criterio]) -> Option<Diagnostic> {
    for (i, riga) in posto.punti.iter().enumerate() {
        let place = |campo| caso.value(path!["graduatoria", "punti", i, campo]);
        let Some(criterio) = criteri.iter().find(|criterio| criterio.nome.trim() == riga.criterio.trim()) else {
            let noti = criteri.iter().map(|criterio| criterio.nome.as_str());
            return Some(
                Diagnostic::error("Q-33", format!("`{}` non è un criterio dell'avviso", riga.criterio))
                    .at(place("criterio"))
                    .help(suggest::meant(suggest::closest(&riga.criterio, noti.clone()), || {
                        format!("i criteri sono {}", suggest::list(noti))
                    })),
            );
        };
        if let Some(massimo) = criterio.massimo.filter(|massimo| riga.punti > *massimo) {
            return Some(
                Diagnostic::error("Q-33", format!("i punti superano il massimo del criterio `{}`", criterio.nome))
                    .at(place("punti"))
                    .label(format!("{}, al massimo {}", riga.punti.italiano(), massimo.italiano()))
                    .help("correggi i punti, o il `massimo` del criterio"),
            );
        }
    }
    let somma: Decimal = posto.punti.iter().map(|riga| riga.punti.0).sum();
    (somma != posto.punteggio.0).then(|| {
        Diagnostic::error("Q-33", "i punti dei criteri non fanno il punteggio")
            .at(caso.value(path!["graduatoria", "punteggio"]))
            .label(format!("{}, ma i criteri fanno {}", posto.punteggio.italiano(), Punteggio(somma).italiano()))
            .help("correggi il punteggio, o i `punti` di un criterio")
    })
}
