//! The codes of projects, bodies and aid: well formed, and each of one only.

use super::{Caso, Check, Judge, found};
use crate::input::privacy::codice_fiscale;
use crate::path;
use crate::plan::{Ente, Origine, Periodo, Plan, Progetto, doppioni};
use crate::record::{self, Natura};
use crate::report::{Diagnostic, Report, Rule, Step};
use crate::value::codici::{CodiceErrato, codice_di_ente, e_un_cup, ripulito};
use crate::yaml;

pub const CHECKS: &[Check] = &[
    Rule::new("C-26", "il CUP ha la sua forma")
        .why("con un CUP sbagliato nessuno ritrova il progetto")
        .example("`cup: B61J2200014000`, che ha 14 caratteri invece di 15")
        .article("L. 3/2003, art. 11")
        .of_projects(cup),
    Rule::new("C-27", "il codice fiscale di un ente ha undici cifre, e l'ultima conferma le altre")
        .why("dice a chi vanno i soldi: una cifra sbagliata è un altro ente")
        .example("`codice_fiscale: \"00000000019\"` al posto di `00000000018`")
        .article("D.Lgs. 33/2013, art. 27, c. 1")
        .by(fiscali),
    Rule::new(
        "Q-22",
        "un codice è di uno solo: il codice fiscale di un ente, il CUP di un progetto, il COR di un aiuto",
    )
    .why("con un codice in due schede, ciò che un ente ha ricevuto si legge diviso in due, o come se fosse di un altro")
    .example("due enti con lo stesso `codice_fiscale`, o due progetti con lo stesso `cup`")
    .by(di_un_solo_ente),
    Check::also(Judge::Plan(di_un_solo_progetto)),
    Check::also(Judge::Plan(di_un_solo_aiuto)),
];

/// The CUPs of a project: its own, and those of the parts of its bodies.
fn cups(dati: &record::Progetto) -> impl Iterator<Item = (Vec<Step>, &str)> {
    let suo = dati.atti.cup.iter().map(|cup| (path!["atti", "cup"], cup.as_str()));
    let parti = dati.partenariato.iter().enumerate().flat_map(|(riga, parte)| {
        parte.cup.iter().enumerate().map(move |(i, cup)| (path!["partenariato", riga, "cup", i], cup.as_str()))
    });
    suo.chain(parti)
}

/// C-26: a CUP has its fifteen characters.
fn cup(caso: &Caso) -> Option<Diagnostic> {
    let (steps, cup) = cups(caso.dati).find(|(_, cup)| !e_un_cup(cup) && !in_quotes(cup))?;
    let meant = ripulito(cup);
    let help = if e_un_cup(&meant) {
        format!("scrivi `{meant}`")
    } else {
        "ricopialo dall'atto: una lettera, due cifre, una lettera, undici cifre, come `B61J22000140006`".to_owned()
    };
    Some(
        Diagnostic::error("C-26", "il CUP non è scritto nella forma giusta")
            .at(caso.value(steps))
            .label(how_long(cup, 15))
            .help(help),
    )
}

/// Whether a code stands between curly quotes, which C-29 tells.
fn in_quotes(codice: &str) -> bool {
    yaml::quotes::within(codice).is_some()
}

/// How many characters there are and how many there should be, where that is what is wrong.
fn how_long(codice: &str, expected: usize) -> String {
    match codice.chars().count() {
        length if length == expected => String::new(),
        length => format!("ha {length} caratteri, ne servono {expected}"),
    }
}

/// C-27: the fiscal code of a body has eleven digits, and the last one proves the others.
fn fiscali(plan: &Plan, report: &mut Report) {
    let enti =
        plan.enti.iter().map(|ente| (ente.dati.codice_fiscale.as_deref(), &ente.origine, path!["codice_fiscale"]));
    let ats = (plan.sito.ats.codice_fiscale.as_deref(), &plan.sito_origine, path!["ats", "codice_fiscale"]);
    for (codice, origine, steps) in enti.chain([ats]) {
        if let Some(found) = codice.and_then(|codice| fiscal(codice, origine, steps)) {
            report.add(found);
        }
    }
    report.extend(plan.enti.iter().filter_map(|ente| of_no_firm(plan, ente)));
}

/// The code of a person is published where the body is the firm of that person, and nowhere else.
fn of_no_firm(plan: &Plan, ente: &Ente) -> Option<Diagnostic> {
    let categoria = &plan.categorie_enti[ente.categoria];
    (ente.dati.ditta_individuale && categoria.natura != Natura::Impresa).then(|| {
        Diagnostic::error("C-27", "solo un'impresa può essere di una persona sola")
            .at(ente.origine.value(path!["ditta_individuale"]))
            .related(ente.origine.value(path!["categoria"]), "di questo tipo non sono imprese")
            .help("togli `ditta_individuale` e il codice della persona, o correggi la `categoria`")
    })
}

fn fiscal(codice: &str, origine: &Origine, steps: Vec<Step>) -> Option<Diagnostic> {
    // R-01 reports the fiscal code of a person, which may not be published at all.
    if codice_fiscale::is_valid(ripulito(codice).as_bytes()) || in_quotes(codice) {
        return None;
    }
    let found = match codice_di_ente(codice).err()? {
        CodiceErrato::Controllo => {
            Diagnostic::error("C-27", "il codice fiscale non è valido: la cifra di controllo non torna")
                .help("ricopialo da un atto dell'ente")
        }
        CodiceErrato::Forma => {
            let meant = ripulito(codice);
            let help = if codice_di_ente(&meant).is_ok() {
                format!("scrivi `codice_fiscale: \"{meant}\"`")
            } else {
                "ricopialo da un atto dell'ente: undici cifre, fra virgolette se comincia con zero".to_owned()
            };
            Diagnostic::error("C-27", "il codice fiscale di un ente ha undici cifre")
                .label(how_long(codice, 11))
                .help(help)
        }
    };
    Some(found.at(origine.value(steps)))
}

/// a fiscal code is of one body.
fn di_un_solo_ente(plan: &Plan, report: &mut Report) {
    let codici = plan.enti.iter().filter_map(|ente| Some((ripulito(ente.dati.codice_fiscale.as_deref()?), ente)));
    for (other, ente) in doppioni(codici.filter(|(codice, _)| !codice.is_empty())) {
        report.add(
            Diagnostic::error("Q-22", format!("`{}` e `{}` hanno lo stesso codice fiscale", other.id, ente.id))
                .at(ente.origine.value(path!["codice_fiscale"]))
                .related(other.origine.value(path!["codice_fiscale"]), "qui la prima volta")
                .help(
                    "correggi quello sbagliato; se è lo stesso ente tieni una scheda sola, con l'altro nome in `alias`",
                ),
        );
    }
}

/// A CUP and where it stands.
struct Cup<'a> {
    codice: String,
    periodo: &'a Periodo,
    progetto: &'a Progetto,
    steps: Vec<Step>,
}

/// a CUP is of one project, which may have it more than once; of one that goes on in another plan, it is a warning.
fn di_un_solo_progetto(plan: &Plan, report: &mut Report) {
    let mut scritti: Vec<Cup> = Vec::new();
    for (periodo, progetto) in plan.progetti() {
        let suoi = scritti.len();
        for (steps, cup) in cups(&progetto.dati) {
            let codice = ripulito(cup);
            if e_un_cup(&codice) && !scritti[suoi..].iter().any(|altro| altro.codice == codice) {
                scritti.push(Cup { codice, periodo, progetto, steps });
            }
        }
    }
    for (prima, ancora) in doppioni(scritti.iter().map(|cup| (cup.codice.as_str(), cup))) {
        let may_go_on = !std::ptr::eq(prima.periodo, ancora.periodo);
        let message = format!("due progetti hanno lo stesso CUP: `{}`", ancora.codice);
        report.add(
            found(may_go_on || plan.storico(ancora.periodo, ancora.progetto), "Q-22", message)
                .at(ancora.progetto.origine.value(ancora.steps.clone()))
                .related(prima.progetto.origine.value(prima.steps.clone()), "qui la prima volta")
                .help("un CUP è di un progetto solo: di ognuno dei due ricopialo dal suo atto"),
        );
    }
}

/// a COR is of one aid.
fn di_un_solo_aiuto(plan: &Plan, report: &mut Report) {
    let aiuti = plan.progetti().flat_map(|(periodo, progetto)| {
        let suoi = progetto.dati.aiuti.iter().enumerate();
        suoi.filter_map(move |(i, aiuto)| Some((ripulito(aiuto.cor.as_deref()?), (periodo, progetto, i))))
    });
    let place = |progetto: &Progetto, i: usize| progetto.origine.value(path!["aiuti", i, "cor"]);
    for ((_, primo, j), (periodo, progetto, i)) in doppioni(aiuti.filter(|(cor, _)| !cor.is_empty())) {
        report.add(
            found(plan.storico(periodo, progetto), "Q-22", "due aiuti hanno lo stesso COR")
                .at(place(progetto, i))
                .related(place(primo, j), "qui la prima volta")
                .help("ogni aiuto ha il suo: ricopialo dal registro nazionale degli aiuti"),
        );
    }
}
