//! nothing personal is published (D.Lgs. 33/2013 art. 26 c. 4, GDPR).
//!
//! The data were found while the files were read, and so were the contacts that each file declares. Here a contact is
//! let through that another file declares, which is known only once all files are read.

use std::collections::{BTreeMap, HashSet};

use crate::privacy::{Datum, Personal, Spot};
use crate::report::{Diagnostic, Place, Report, Target};
use crate::store::{Entry, Store};

const NORM: &str = "D.Lgs. 33/2013 art. 26 c. 4, Reg. (UE) 2016/679 (GDPR)";

/// Data of one kind told for one file: a table with a thousand addresses is one mistake.
const MOST: usize = 20;

///
pub fn judge(store: &Store, report: &mut Report) {
    let declared = declared(store);
    for entry in store.entries.values() {
        let mut told: BTreeMap<Datum, usize> = BTreeMap::new();
        let declared = |personal: &&Personal| personal.datum.is_contact() && declared.contains(&*personal.normal);
        for personal in entry.personal.iter().filter(|personal| !declared(personal)) {
            let count = told.entry(personal.datum).or_default();
            *count += 1;
            if *count <= MOST {
                report.add(finding(entry, personal));
            }
        }
        for (datum, count) in told.into_iter().filter(|(_, count)| *count > MOST) {
            let (one, many, _) = words(datum);
            let message = match count - MOST {
                1 => format!("nel file c'è ancora {one}"),
                others => format!("nel file ci sono altri {others} {many}"),
            };
            report.add(about(datum, message).at(Place::file(&*entry.source.name)));
        }
    }
}

/// Of the contacts that stand outside the file that declares them, those that some file does declare.
fn declared(store: &Store) -> HashSet<&str> {
    let asked = store.entries.values().flat_map(|entry| &entry.personal).filter(|personal| personal.datum.is_contact());
    let asked: HashSet<&str> = asked.map(|personal| &*personal.normal).collect();
    if asked.is_empty() {
        return asked;
    }
    let all = store.entries.values().flat_map(|entry| &entry.declared).map(|contact| &**contact);
    all.filter(|contact| asked.contains(contact)).collect()
}

fn finding(entry: &Entry, personal: &Personal) -> Diagnostic {
    let (one, _, label) = words(personal.datum);
    let masked = &personal.masked;
    let file = entry.source.name.clone();
    let (message, target) = match &personal.spot {
        Spot::Text(bytes) => (format!("`{masked}` è {one}"), Target::Span(bytes.clone())),
        Spot::Inside => (format!("il file contiene {one}: `{masked}`"), Target::File),
        Spot::Name => (format!("il nome del file contiene {one}: `{masked}`"), Target::File),
        Spot::Metadata => (format!("i metadati del file contengono {one}: `{masked}`"), Target::File),
    };
    let found = about(personal.datum, message).at(Place { file, target });
    match personal.spot {
        Spot::Text(_) => found.label(label),
        Spot::Inside => found,
        Spot::Name => found.help("rinomina il file: il suo nome diventa un indirizzo pubblico"),
        Spot::Metadata => {
            found.help("togli i metadati prima di pubblicarlo: salvane una copia senza informazioni personali")
        }
    }
}

/// How a datum is called, how several are, and what stands under it.
fn words(datum: Datum) -> (&'static str, &'static str, &'static str) {
    match datum {
        Datum::CodiceFiscale => ("il codice fiscale di una persona", "codici fiscali di persone", "non si pubblica"),
        Datum::Iban => ("un codice IBAN", "codici IBAN", "non si pubblica"),
        Datum::Email => (
            "un indirizzo e-mail che nessun ente ha dichiarato",
            "indirizzi e-mail che nessun ente ha dichiarato",
            "non è nei `contatti` di nessuno",
        ),
        Datum::Cellulare => (
            "un numero di cellulare che nessun ente ha dichiarato",
            "numeri di cellulare che nessun ente ha dichiarato",
            "non è nei `contatti` di nessuno",
        ),
    }
}

fn about(datum: Datum, message: String) -> Diagnostic {
    let (code, help) = match datum {
        Datum::CodiceFiscale => {
            ("R-01", "toglilo; se è di un'impresa individuale scrivilo nella sua scheda, con `ditta_individuale: true`")
        }
        Datum::Iban => ("R-02", "toglilo: le coordinate bancarie si comunicano a chi deve pagare, non sul sito"),
        Datum::Email => (
            "R-03",
            "toglilo; se è il recapito pubblico di un ente, di un servizio o di un progetto, scrivilo nei suoi `contatti`",
        ),
        Datum::Cellulare => (
            "R-04",
            "toglilo; se è il recapito pubblico di un ente, di un servizio o di un progetto, scrivilo nei suoi `contatti`",
        ),
    };
    Diagnostic::error(code, message).norm(NORM).help(help)
}
