//! The act behind a change: that of the record itself where it is new, else those that the plan has gained.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Lato;
use crate::schema::in_parole;

/// The acts of the newer plan that the older one did not name.
pub struct Atti(Option<String>);

impl Atti {
    pub fn fra(prima: &Lato, dopo: &Lato) -> Self {
        let di = |lato: &Lato| -> Vec<String> {
            let piano = lato.contenuto.dati.get("piano").and_then(|piano| piano.get("atti"));
            let mut atti: Vec<String> =
                piano.and_then(Value::as_array).into_iter().flatten().filter_map(in_parole::atto).collect();
            let passi = lato.passaggi.fatti().filter_map(|(_, passaggio)| passaggio.atto.as_ref());
            atti.extend(passi.map(crate::record::Atto::cita));
            atti
        };
        let noti: BTreeSet<String> = di(prima).into_iter().collect();
        let mut nuovi: Vec<String> = Vec::new();
        for atto in di(dopo) {
            if !noti.contains(&atto) && !nuovi.contains(&atto) {
                nuovi.push(atto);
            }
        }
        Atti((!nuovi.is_empty()).then(|| crate::value::elenco(nuovi)))
    }

    pub fn del_piano(&self) -> Option<String> {
        self.0.clone()
    }

    /// Of a record: its own act, if it is new or another than before.
    pub fn di(&self, vecchia: Option<&Value>, nuova: Option<&Value>) -> Option<String> {
        let proprio = |scheda: &Value| {
            let atto = scheda.get("atto").or_else(|| scheda.get("atti")?.get("concessione"))?;
            in_parole::atto(atto)
        };
        let suo = nuova.and_then(proprio).filter(|atto| vecchia.and_then(proprio).as_ref() != Some(atto));
        suo.or_else(|| self.del_piano())
    }
}
