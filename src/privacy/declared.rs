//! The contacts that a file declares public, taken from what it says as it is read.

use serde_json::Value;

use super::fold::{Folded, View};
use super::scan::contacts;
use super::{Datum, Personal, Reading, normal};
use crate::record::Contatti;
use crate::store::Parsed;

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
pub fn settle(parsed: &Parsed, personal: &mut Vec<Personal>) -> Declared {
    if personal.is_empty() {
        // What is declared is found in the file too.
        return Declared::default();
    }
    if matches!(parsed, Parsed::Broken) {
        // What it declares is not known, and it stops the publication anyway: one cause, one message.
        let (contacts, others) = std::mem::take(personal).into_iter().partition(|personal| personal.datum.is_contact());
        *personal = others;
        let anywhere = contacts.into_iter().map(|contact: Personal| contact.normal).collect();
        return Declared { anywhere, on_pages: Vec::new() };
    }
    let mut declared: Vec<Box<str>> = Vec::new();
    let mut add = |text: &str| {
        let folded = Folded::of(text, View::Written);
        let found = contacts(&folded.text, Reading::Prose).into_iter();
        declared
            .extend(found.map(|found| normal(found.datum, folded.text.get(found.bytes).unwrap_or_default()).into()));
    };
    each_contact(parsed, &mut add);
    let mut of_firms: Vec<Box<str>> = Vec::new();
    each_sole_trader(parsed, &mut |code| of_firms.push(normal(Datum::CodiceFiscale, code).into()));
    // A list of a thousand bodies has a thousand contacts.
    declared.sort_unstable();
    personal.retain(|personal| match personal.datum {
        Datum::CodiceFiscale => !of_firms.contains(&personal.normal),
        datum => !(datum.is_contact() && declared.binary_search(&personal.normal).is_ok()),
    });
    if matches!(parsed, Parsed::Consegna(_)) {
        of_firms.append(&mut declared);
    }
    Declared { anywhere: declared, on_pages: of_firms }
}

/// Every text that `parsed` declares as a contact.
fn each_contact(parsed: &Parsed, visit: &mut impl FnMut(&str)) {
    let mut group = |contatti: &Contatti| {
        // An address may stand among the hours, too: whatever is said here is said to be public.
        let Contatti { ufficio, indirizzo, email, pec, telefono, sito: _, orari, sportelli } = contatti;
        for text in [ufficio, indirizzo, email, pec, telefono, orari].into_iter().flatten() {
            visit(text);
        }
        let con_motivo = sportelli.iter().filter(|sportello| !sportello.motivo.trim().is_empty());
        con_motivo.for_each(|sportello| visit(&sportello.recapito));
    };
    match parsed {
        Parsed::Sito(sito) => {
            group(&sito.ats.contatti);
            visit(sito.segnalazioni.as_deref().unwrap_or_default());
        }
        Parsed::Enti(enti, _) => enti.iter().for_each(|ente| group(&ente.contatti)),
        Parsed::Avviso(avviso) => group(&avviso.contatti),
        Parsed::Alleanza(alleanza) => group(&alleanza.contatti),
        Parsed::Progetto(progetto) => {
            group(&progetto.contatti);
            progetto.servizi.iter().for_each(|servizio| group(&servizio.contatti));
        }
        Parsed::Consegna(consegna) => contacts_in(&consegna.contenuto.dati, visit),
        Parsed::Pagina(_)
        | Parsed::Storia(_)
        | Parsed::Norma(_)
        | Parsed::Piano(_)
        | Parsed::Risorse(_)
        | Parsed::Media(_)
        | Parsed::Broken => {}
    }
}

/// The fiscal code of every sole trader: it is that of a person, and art. 27 of D.Lgs. 33/2013 wants it published.
fn each_sole_trader(parsed: &Parsed, visit: &mut impl FnMut(&str)) {
    fn delivered(value: &Value, visit: &mut impl FnMut(&str)) {
        match value {
            Value::Object(fields) => {
                if fields.get("ditta_individuale") == Some(&Value::Bool(true)) {
                    fields.get("codice_fiscale").and_then(Value::as_str).into_iter().for_each(&mut *visit);
                }
                fields.values().for_each(|value| delivered(value, visit));
            }
            Value::Array(values) => values.iter().for_each(|value| delivered(value, visit)),
            _ => {}
        }
    }
    match parsed {
        Parsed::Enti(enti, _) => {
            let firms = enti.iter().filter(|ente| ente.ditta_individuale);
            firms.filter_map(|ente| ente.codice_fiscale.as_deref()).for_each(visit);
        }
        Parsed::Consegna(consegna) => delivered(&consegna.contenuto.dati, visit),
        _ => {}
    }
}

/// What a delivered plan declared when it was delivered.
fn contacts_in(value: &Value, visit: &mut impl FnMut(&str)) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::Object(contatti) if key == "contatti" => {
                        contatti.values().filter_map(Value::as_str).for_each(&mut *visit);
                        let sportelli = contatti.get("sportelli").and_then(Value::as_array).into_iter().flatten();
                        let recapiti = sportelli.filter_map(|sportello| sportello.get("recapito")?.as_str());
                        recapiti.for_each(&mut *visit);
                    }
                    value => contacts_in(value, visit),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| contacts_in(value, visit)),
        _ => {}
    }
}

impl Datum {
    /// Whether declaring it makes it public.
    pub fn is_contact(self) -> bool {
        matches!(self, Datum::Email | Datum::Cellulare)
    }
}
