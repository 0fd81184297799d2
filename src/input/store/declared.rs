//! The contacts, and the fiscal codes of sole traders, that a record declares public.

use serde_json::{Map, Value};

use super::Parsed;
use crate::input::privacy::Declaring;
use crate::record::recapiti;

impl Declaring for Parsed {
    fn is_broken(&self) -> bool {
        matches!(self, Parsed::Broken)
    }

    fn is_of_the_past(&self) -> bool {
        matches!(self, Parsed::Consegna(_))
    }

    fn each_contact(&self, visit: &mut dyn FnMut(&str)) {
        match self {
            Parsed::Sito(dati) => recapiti(dati, visit),
            Parsed::Enti(enti, _) => enti.iter().for_each(|dati| recapiti(dati, visit)),
            Parsed::Pagina(dati) => recapiti(dati, visit),
            Parsed::Storia(dati) => recapiti(dati, visit),
            Parsed::Norma(dati) => recapiti(dati, visit),
            Parsed::Piano(dati) => recapiti(dati, visit),
            Parsed::Atti(atti, _) => recapiti(atti, visit),
            Parsed::Risorse(dati) => recapiti(dati, visit),
            Parsed::Avviso(dati) => recapiti(dati, visit),
            Parsed::Alleanza(dati) => recapiti(dati, visit),
            Parsed::Progetto(dati) => recapiti(dati, visit),
            Parsed::Consegna(consegna) => contacts_in(&consegna.contenuto.dati, visit),
            Parsed::Media(_) | Parsed::Broken => {}
        }
    }

    fn each_sole_trader(&self, visit: &mut dyn FnMut(&str)) {
        match self {
            Parsed::Enti(enti, _) => {
                let firms = enti.iter().filter(|ente| ente.ditta_individuale);
                firms.filter_map(|ente| ente.codice_fiscale.as_deref()).for_each(visit);
            }
            Parsed::Consegna(consegna) => sole_traders_in(&consegna.contenuto.dati, visit),
            _ => {}
        }
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
