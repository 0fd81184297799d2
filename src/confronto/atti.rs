//! The act behind a change: only where the records bind one to it.

use serde_json::Value;

use crate::schema::in_parole;

/// What changes the grant of a project.
const DEL_CONTRIBUTO: &[&str] = &["concessione", "integrazione", "riduzione", "rinuncia", "revoca"];

/// What changes the state of a project.
const DELLO_STATO: &[&str] =
    &["ammissione", "non_ammissione", "concessione", "avvio", "sospensione", "rinuncia", "revoca", "conclusione"];

/// Of a field of a record that was there before: the act of the event that changes it, or of the grant.
pub fn del_campo(via: &[&str], vecchia: &Value, nuova: &Value) -> Option<String> {
    let cose = match via {
        ["finanziamento", "contributo_riconosciuto"] => DEL_CONTRIBUTO,
        ["stato"] => DELLO_STATO,
        ["durata", "al"] => &["proroga"],
        _ => return None,
    };
    match evento(vecchia, nuova, cose) {
        Some(evento) => in_parole::atto(evento.get("atto")?),
        None if via[0] == "durata" => None,
        None => concessione(vecchia, nuova),
    }
}

/// Of a record that is new: its own.
pub fn della_scheda(nuova: &Value) -> Option<String> {
    nuova.get("atto").or_else(|| nuova.get("atti")?.get("concessione")).and_then(in_parole::atto)
}

/// The last event of these kinds, if it is new.
fn evento<'a>(vecchia: &Value, nuova: &'a Value, cose: &[&str]) -> Option<&'a Value> {
    let is_one = |evento: &&Value| evento.get("cosa").and_then(Value::as_str).is_some_and(|cosa| cose.contains(&cosa));
    let is_known = |evento: &Value| vecchia.get("eventi").and_then(Value::as_array).is_some_and(|e| e.contains(evento));
    let eventi = nuova.get("eventi").and_then(Value::as_array)?;
    eventi.iter().rfind(is_one).filter(|evento| !is_known(evento))
}

fn concessione(vecchia: &Value, nuova: &Value) -> Option<String> {
    let atto = |scheda: &Value| in_parole::atto(scheda.get("atti")?.get("concessione")?);
    atto(nuova).filter(|atto_nuovo| atto(vecchia).as_ref() != Some(atto_nuovo))
}
