//! The codes of projects and bodies: well formed, and each of one body.

use super::{Caso, Check};
use crate::input::privacy::codice_fiscale;
use crate::path;
use crate::plan::{Origine, Plan, doppioni};
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
    Rule::new("Q-22", "un codice fiscale è di un solo ente")
        .why("con due schede dello stesso ente, ciò che ha ricevuto si legge diviso in due")
        .example("due enti con lo stesso `codice_fiscale`")
        .by(di_un_solo_ente),
];

/// C-26: a CUP has its fifteen characters.
fn cup(caso: &Caso) -> Option<Diagnostic> {
    let cup = caso.dati.atti.cup.as_deref().filter(|cup| !e_un_cup(cup) && !in_quotes(cup))?;
    let meant = ripulito(cup);
    let help = if e_un_cup(&meant) {
        format!("scrivi `{meant}`")
    } else {
        "ricopialo dall'atto: una lettera, due cifre, una lettera, undici cifre, come `B61J22000140006`".to_owned()
    };
    Some(
        Diagnostic::error("C-26", "il CUP non è scritto nella forma giusta")
            .at(caso.value(path!["atti", "cup"]))
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
