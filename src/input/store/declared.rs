//! The contacts, and the fiscal codes of sole traders, that a record declares public.

use serde_json::{Map, Value};

use super::Parsed;
use crate::input::privacy::{Datum, Personal, contacts, normal};
use crate::input::source::{Kind, Source};
use crate::record::recapiti;

/// What a file allows to be published.
#[derive(Debug, Clone, Default)]
pub struct Declared {
    /// Contacts that may stand in other files too.
    pub anywhere: Vec<Box<str>>,
    /// What may stand only on the pages that are made from the file: codes of sole traders, contacts that a delivered
    /// plan declared and that need not be public any more.
    pub on_pages: Vec<Box<str>>,
}

/// Takes out of `personal` what the file declares itself, and gives all that it declares.
///
/// Nearly every contact stands only where it is declared: so little is left to compare between the files.
pub(super) fn settle(source: &Source, file: &Parsed, personal: &mut Vec<Personal>) -> Declared {
    if personal.is_empty() {
        // What is declared is found in the file too.
        return Declared::default();
    }
    // A page declares none.
    if matches!(file, Parsed::Broken) && !matches!(source.kind, Kind::Pagina | Kind::PaginaDiPiano(_)) {
        // What it declares is not known, and it stops the publication anyway: one cause, one message.
        let contacts = personal.extract_if(.., |personal| personal.datum.is_contact());
        return Declared { anywhere: contacts.map(|contact| contact.normal).collect(), on_pages: Vec::new() };
    }
    let mut declared: Vec<Box<str>> = Vec::new();
    each_contact(file, &mut |text| declared.extend(contacts(text)));
    let mut of_firms: Vec<Box<str>> = Vec::new();
    each_sole_trader(file, &mut |code| of_firms.push(normal(Datum::CodiceFiscale, code).into()));
    // A list of a thousand bodies has a thousand contacts.
    declared.sort_unstable();
    personal.retain(|personal| match personal.datum {
        Datum::CodiceFiscale => !of_firms.contains(&personal.normal),
        datum => !(datum.is_contact() && declared.binary_search(&personal.normal).is_ok()),
    });
    if let Parsed::Consegna(_) = file {
        // What it declared when it was written need not be public any more.
        of_firms.append(&mut declared);
    }
    Declared { anywhere: declared, on_pages: of_firms }
}

fn each_contact(file: &Parsed, visit: &mut dyn FnMut(&str)) {
    match file {
        Parsed::Consegna(consegna) => contacts_in(&consegna.contenuto.dati, visit),
        records => recapiti(records, visit),
    }
}

/// The fiscal code of every sole trader: it is that of a person, and art. 27 of D.Lgs. 33/2013 wants it published.
fn each_sole_trader(file: &Parsed, visit: &mut dyn FnMut(&str)) {
    match file {
        Parsed::Enti(enti, _) => {
            let firms = enti.iter().filter(|ente| ente.ditta_individuale);
            firms.filter_map(|ente| ente.codice_fiscale.as_deref()).for_each(visit);
        }
        Parsed::Consegna(consegna) => sole_traders_in(&consegna.contenuto.dati, visit),
        _ => {}
    }
}

/// Visits every group of fields of a delivered plan, with its key.
fn groups(key: &str, value: &Value, visit: &mut dyn FnMut(&str, &Map<String, Value>)) {
    match value {
        Value::Object(fields) => {
            visit(key, fields);
            fields.iter().for_each(|(key, value)| groups(key, value, visit));
        }
        Value::Array(values) => values.iter().for_each(|value| groups("", value, visit)),
        _ => {}
    }
}

/// The contacts that a plan declared when it was delivered.
fn contacts_in(value: &Value, visit: &mut dyn FnMut(&str)) {
    groups("", value, &mut |key, fields| {
        if key == "contatti" {
            let sportelli = fields.get("sportelli").and_then(Value::as_array).into_iter().flatten();
            let recapiti = sportelli.filter_map(|sportello| sportello.get("recapito")?.as_str());
            fields.values().filter_map(Value::as_str).chain(recapiti).for_each(&mut *visit);
        }
    });
}

fn sole_traders_in(value: &Value, visit: &mut dyn FnMut(&str)) {
    groups("", value, &mut |_, fields| {
        if fields.get("ditta_individuale") == Some(&Value::Bool(true)) {
            fields.get("codice_fiscale").and_then(Value::as_str).into_iter().for_each(&mut *visit);
        }
    });
}
