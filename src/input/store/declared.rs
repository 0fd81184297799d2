//! What a record declares public of itself.

use serde_json::Value;

use super::Parsed;
use crate::input::privacy::Declaring;
use crate::record::Contatti;

impl Declaring for Parsed {
    fn is_broken(&self) -> bool {
        matches!(self, Parsed::Broken)
    }

    fn is_of_the_past(&self) -> bool {
        matches!(self, Parsed::Consegna(_))
    }

    fn each_contact(&self, visit: &mut dyn FnMut(&str)) {
        let mut group = |contatti: &Contatti| {
            // An address may stand among the hours, too: whatever is said here is said to be public.
            let Contatti { ufficio, indirizzo, email, pec, telefono, sito: _, orari, sportelli } = contatti;
            for text in [ufficio, indirizzo, email, pec, telefono, orari].into_iter().flatten() {
                visit(text);
            }
            let con_motivo = sportelli.iter().filter(|sportello| !sportello.motivo.trim().is_empty());
            con_motivo.for_each(|sportello| visit(&sportello.recapito));
        };
        match self {
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

/// What a delivered plan declared when it was delivered.
fn contacts_in(value: &Value, visit: &mut dyn FnMut(&str)) {
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

fn sole_traders_in(value: &Value, visit: &mut dyn FnMut(&str)) {
    match value {
        Value::Object(fields) => {
            if fields.get("ditta_individuale") == Some(&Value::Bool(true)) {
                fields.get("codice_fiscale").and_then(Value::as_str).into_iter().for_each(&mut *visit);
            }
            fields.values().for_each(|value| sole_traders_in(value, visit));
        }
        Value::Array(values) => values.iter().for_each(|value| sole_traders_in(value, visit)),
        _ => {}
    }
}
