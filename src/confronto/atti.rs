//! The act behind a change: that of the record itself where it is new, else those that the plan has gained.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Lato;
use crate::schema::parole;

/// The acts of the newer plan that the older one did not name.
pub struct Atti(Option<String>);

impl Atti {
    pub fn fra(prima: &Lato, dopo: &Lato) -> Self {
        let of = |lato: &Lato| -> Vec<String> {
            let piano = lato.contenuto.dati.get("piano").and_then(|piano| piano.get("atti"));
            let mut atti: Vec<String> =
                piano.and_then(Value::as_array).into_iter().flatten().filter_map(parole::atto).collect();
            let passi = lato.passaggi.fatti().filter_map(|(_, passaggio)| passaggio.atto.as_ref());
            atti.extend(passi.map(crate::record::Atto::cita));
            atti
        };
        let known: BTreeSet<String> = of(prima).into_iter().collect();
        let mut new: Vec<String> = Vec::new();
        for atto in of(dopo) {
            if !known.contains(&atto) && !new.contains(&atto) {
                new.push(atto);
            }
        }
        Atti((!new.is_empty()).then(|| crate::value::elenco(new)))
    }

    pub fn del_piano(&self) -> Option<String> {
        self.0.clone()
    }

    /// Of a record: its own act, if it is new or another than before.
    pub fn di(&self, vecchia: Option<&Value>, nuova: Option<&Value>) -> Option<String> {
        let own = |scheda: &Value| {
            let atto = scheda.get("atto").or_else(|| scheda.get("atti")?.get("concessione"))?;
            parole::atto(atto)
        };
        let suo = nuova.and_then(own).filter(|atto| vecchia.and_then(own).as_ref() != Some(atto));
        suo.or_else(|| self.del_piano())
    }
}
