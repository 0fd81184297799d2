//! What a site's own norms change in those of the program: nobody has to take it for what the act says.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::Origine;
use super::norme::{Norme, catena};
use crate::norme::GENERALE;
use crate::path;
use crate::record::{Norma, Regola, canonico, valore};
use crate::report::Place;
use crate::schema::{self, Nodo, in_parole};
use crate::value::Id;

/// A rule, or the rest of a norm, that is another one than the program has.
#[derive(Debug, Clone)]
pub struct Sostituzione {
    /// The norm in which it stands now.
    pub norma: Id,
    /// None where it is not a rule.
    pub codice: Option<String>,
    /// The act as it is cited, or what else stands there.
    pub cita: String,
    /// The wording of the program, and that of the site unless it has none.
    pub prima: Option<String>,
    pub dopo: Option<String>,
    /// What else differs, in words that need no record to be read.
    pub differenze: Vec<String>,
    /// It holds for every plan, whatever its norm.
    pub sempre: bool,
    pub posto: Place,
}

impl Sostituzione {
    /// The code of a rule that the site takes away.
    pub fn tolta(&self) -> Option<&str> {
        self.codice.as_deref().filter(|_| self.dopo.is_none())
    }

    /// What happened to it.
    pub fn parola(&self) -> &'static str {
        if self.tolta().is_some() { TOLTA } else { SOSTITUITA }
    }

    /// Both wordings, in one sentence.
    pub fn detta(&self) -> String {
        let altro = match self.differenze.is_empty() {
            true => String::new(),
            false => format!(" ({})", self.differenze.join("; ")),
        };
        match (&self.codice, &self.prima, &self.dopo) {
            (Some(codice), Some(prima), Some(dopo)) if prima == dopo => {
                format!("{codice} ({}) è {SOSTITUITA}, con lo stesso titolo «{dopo}»{altro}", self.cita)
            }
            (Some(codice), Some(prima), Some(dopo)) => {
                format!("{codice} ({}) è {SOSTITUITA}: per la norma «{prima}», per il sito «{dopo}»{altro}", self.cita)
            }
            (Some(codice), Some(prima), None) => format!("{codice} ({}) è {TOLTA}: per la norma «{prima}»", self.cita),
            _ => format!("{}: altre parti della norma sono cambiate dal sito{altro}", self.cita),
        }
    }
}

const SOSTITUITA: &str = "sostituita dal sito";
const TOLTA: &str = "tolta dal sito";

/// What the norms of these files change; `builtin` and `ora` are whole, with what each extends.
pub(super) fn trova(builtin: &Norme, ora: &Norme, proprie: &[(Id, Arc<Norma>, Origine)]) -> Vec<Sostituzione> {
    let mut found = Vec::new();
    for (id, propria, origine) in proprie {
        let Some(nuova) = ora.get(id) else { continue };
        // One that has a name of its own can still word again the rules of another.
        let base = catena(ora, id).find_map(|(id, _)| builtin.get(id));
        let cita = base.unwrap_or(nuova).cita();
        let sempre = id.as_str() == GENERALE || builtin.get(id).is_some_and(|norma| norma.vale_sempre);
        let voce = |prima: Option<&Regola>, dopo: Option<&Regola>, differenze, posto| Sostituzione {
            norma: id.clone(),
            codice: prima.map(|regola| regola.codice.clone()),
            cita: cita.clone(),
            prima: prima.map(|regola| regola.titolo.clone()),
            dopo: dopo.map(|regola| regola.titolo.clone()),
            differenze,
            sempre,
            posto,
        };
        for (i, dopo) in propria.regole.iter().enumerate() {
            let of = |norma: &'_ Arc<Norma>| norma.regole.iter().find(|regola| regola.codice == dopo.codice).cloned();
            let Some(prima) = base.and_then(of).or_else(|| builtin.values().find_map(of)) else { continue };
            let (da, a) = (intera(&prima), intera(dopo));
            if da != a {
                let place = origine.value(path!["regole", i, "codice"]);
                found.push(voce(Some(&prima), Some(dopo), altro(&da, &a), place));
            }
        }
        for prima in base.into_iter().flat_map(|base| &base.regole) {
            if !nuova.regole.iter().any(|regola| regola.codice == prima.codice) {
                found.push(voce(Some(prima), None, Vec::new(), Place::file(&*origine.file)));
            }
        }
        if let Some(base) = builtin.get(id) {
            let parti = parti(&intera(&**base), &intera(&**nuova));
            if !parti.is_empty() {
                found.push(voce(None, None, parti, Place::file(&*origine.file)));
            }
        }
    }
    found
}

/// Where a rule stands.
const CITA: [&str; 2] = ["paragrafo", "fonte"];

/// How two rules differ beside their titles: figures and days one by one, the rest by what it is.
fn altro(da: &Value, a: &Value) -> Vec<String> {
    let differs = |campo: &str| da.get(campo) != a.get(campo);
    let regola = schema::nodo("norma").campo("regole").and_then(Nodo::voci);
    let mut said = Vec::new();
    let (mut condizioni, mut spiegazione) = (false, false);
    for campo in campi(da, a).into_iter().filter(|campo| differs(campo)) {
        let nodo = regola.and_then(|regola| regola.campo(campo));
        if nodo.is_some_and(Nodo::spiega) {
            spiegazione = true;
        } else if campo == "gravita" {
            said.push("cambia quanto pesa".to_owned());
        } else if campo != "titolo" && !CITA.contains(&campo) {
            condizioni |= figures((campo, nodo), da.get(campo), a.get(campo), &mut said);
        }
    }
    if condizioni {
        said.push("cambiano le condizioni".to_owned());
    }
    if CITA.iter().any(|campo| differs(campo)) {
        said.push("cambia l'articolo citato".to_owned());
    }
    if spiegazione {
        said.push("cambia la spiegazione".to_owned());
    }
    said
}

/// Tells each figure and each day that differs under a field; whether anything else does.
fn figures((campo, nodo): (&str, Option<Nodo>), da: Option<&Value>, a: Option<&Value>, said: &mut Vec<String>) -> bool {
    match (da, a) {
        _ if da == a => false,
        (Some(da @ Value::Object(_)), Some(a @ Value::Object(_))) => {
            let below = |campo| (campo, nodo.and_then(|nodo| nodo.campo(campo)));
            let mut other = false;
            for campo in campi(da, a) {
                other |= figures(below(campo), da.get(campo), a.get(campo), said);
            }
            other
        }
        (Some(Value::Array(da)), Some(Value::Array(a))) if da.len() == a.len() => {
            let voce = (campo, nodo.and_then(Nodo::voci));
            let mut other = false;
            for (da, a) in da.iter().zip(a) {
                other |= figures(voce, Some(da), Some(a), said);
            }
            other
        }
        (Some(da), Some(a)) => match in_parole::cifra(campo, da).zip(in_parole::cifra(campo, a)) {
            Some((da, a)) => {
                said.push(format!("{}: da {da} a {a}", in_parole::campo(nodo, campo)));
                false
            }
            None => true,
        },
        _ => true,
    }
}

/// The parts of a norm that differ; rules have a sentence each, and the phrase of attribution is no site's to change.
fn parti(da: &Value, a: &Value) -> Vec<String> {
    let mut said = Vec::new();
    for campo in campi(da, a).into_iter().filter(|campo| !["regole", "attribuzione"].contains(campo)) {
        let (da, a) = (da.get(campo), a.get(campo));
        let nodo = schema::nodo("norma").campo(campo);
        match (da.and_then(text), a.and_then(text)) {
            _ if da == a => {}
            (Some(da), Some(a)) => said.push(format!("{}: da {da} a {a}", in_parole::campo(nodo, campo))),
            _ if figures((campo, nodo), da, a, &mut said) => said.push(in_parole::campo(nodo, campo)),
            _ => {}
        }
    }
    said
}

/// An act or a short text, in words.
fn text(value: &Value) -> Option<String> {
    let is_short = value.is_string() && !in_parole::e_lungo(value);
    in_parole::atto(value).or_else(|| is_short.then(|| in_parole::testo(value)))
}

fn campi<'a>(da: &'a Value, a: &'a Value) -> BTreeSet<&'a str> {
    [da, a].into_iter().filter_map(Value::as_object).flat_map(|campi| campi.keys()).map(String::as_str).collect()
}

/// All that a norm, or a rule of one, says.
fn intera(record: &impl Serialize) -> Value {
    canonico(valore(record)).unwrap_or_default()
}
