//! Two values of the same field, however deep: nothing that differs goes untold.

use std::collections::BTreeSet;

use serde_json::Value;

use super::atti::Atti;
use super::{Genere, Modifica, SCHEDE};
use crate::schema::{self, Nodo, parole};
use crate::value::euro;

/// The fields that tell one row of a list from another, the surest first.
const CHIAVI: [&str; 11] =
    ["id", "codice", "regola", "seggio", "ente", "voce", "ats", "nome", "titolo", "anno", "data"];

/// Groups that are about bodies, also where a field of theirs names none.
const DI_ENTI: [&str; 4] = ["altri_partner", "membri", "organismo", "partenariato"];

/// Collects what changed of one record.
pub struct Campi<'a> {
    prima: &'a Value,
    dopo: &'a Value,
    soggetto: String,
    atti: &'a Atti,
    /// The record itself, whose act counts before those of the plan.
    scheda: Option<(&'a Value, &'a Value)>,
    schema: Option<Nodo<'static>>,
    pub trovate: Vec<Modifica>,
}

/// A step on the way to a field: its key, how it is told, and what the schema says of it.
pub struct Passo {
    chiave: String,
    detto: String,
    nodo: Option<Nodo<'static>>,
}

impl Passo {
    /// A row of a list, by what it is called.
    fn riga(detto: String, nodo: Option<Nodo<'static>>) -> Self {
        Passo { chiave: String::new(), detto, nodo }
    }

    /// Into a norm, whose fields are rules also where they have the names of others.
    pub fn di_norma() -> Self {
        Passo { chiave: "norma".to_owned(), detto: String::new(), nodo: Some(schema::nodo("norma")) }
    }
}

impl<'a> Campi<'a> {
    pub fn new(
        prima: &'a Value,
        dopo: &'a Value,
        soggetto: String,
        atti: &'a Atti,
        scheda: Option<(&'a Value, &'a Value)>,
        schema: Option<Nodo<'static>>,
    ) -> Self {
        Campi { prima, dopo, soggetto, atti, scheda, schema, trovate: Vec::new() }
    }

    /// What the schema says of the end of a way.
    fn nodo(&self, way: &[Passo]) -> Option<Nodo<'static>> {
        way.last().map_or(self.schema, |passo| passo.nodo)
    }

    /// Compares a field, whatever it is; the way to it is known.
    pub fn valore(&mut self, way: &mut Vec<Passo>, da: Option<&Value>, a: Option<&Value>) {
        if da == a {
            return;
        }
        // Where a list or a record is new, each thing in it is.
        let shape = da.or(a);
        let is_act = shape.is_some_and(|value| parole::atto(value).is_some());
        match shape {
            Some(Value::Object(_)) if !is_act => {
                let keys: BTreeSet<&String> = [da, a]
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_object)
                    .flat_map(|fields| fields.keys())
                    .collect();
                let gruppo = self.nodo(way);
                for key in keys {
                    let nodo = gruppo.and_then(|nodo| nodo.campo(key));
                    let passo = Passo { chiave: key.clone(), detto: parole::campo(nodo, key), nodo };
                    self.sotto(way, passo, da.and_then(|da| da.get(key)), a.and_then(|a| a.get(key)));
                }
            }
            Some(Value::Array(_)) => self.elenco(way, rows(da), rows(a)),
            _ => self.cambia(way, da, a),
        }
    }

    fn sotto(&mut self, way: &mut Vec<Passo>, passo: Passo, da: Option<&Value>, a: Option<&Value>) {
        way.push(passo);
        self.valore(way, da, a);
        way.pop();
    }

    fn elenco(&mut self, way: &mut Vec<Passo>, da: &[Value], a: &[Value]) {
        let is_record = |value: &Value| value.is_object() && parole::atto(value).is_none();
        let voci = self.nodo(way).and_then(Nodo::voci);
        if !da.iter().chain(a).any(is_record) {
            let key = way.last().map_or("", |passo| &passo.chiave);
            let said = |me: &Self, values: &[Value]| -> Vec<String> {
                values.iter().map(|value| me.detto(key, voci, value)).collect()
            };
            let (vecchi, nuovi) = (said(self, da), said(self, a));
            let gone: Vec<String> = vecchi.iter().filter(|voce| !nuovi.contains(voce)).cloned().collect();
            let new: Vec<String> = nuovi.iter().filter(|voce| !vecchi.contains(voce)).cloned().collect();
            let text = |what: &str, voci: &[String]| match voci {
                [] => None,
                voci => Some(format!("{what} {}", voci.join(", "))),
            };
            let parts: Vec<String> = [text("aggiunto", &new), text("tolto", &gone)].into_iter().flatten().collect();
            let detto = if parts.is_empty() { "cambiato l'ordine".to_owned() } else { parts.join("; ") };
            let genere = self.genere(way, None);
            return self.trova(way, genere, &detto);
        }
        let key = CHIAVI.into_iter().find(|key| tells_apart(key, da) && tells_apart(key, a));
        let Some(key) = key else {
            // Nothing tells the rows apart but their place.
            for i in 0..da.len().max(a.len()) {
                let passo = Passo::riga(format!("n. {}", i + 1), voci);
                self.riga(way, passo, da.get(i), a.get(i));
            }
            return;
        };
        let same = |row: &Value, other: &Value| row.get(key) == other.get(key);
        for row in da {
            let passo = Passo::riga(self.nome(voci, row, key), voci);
            self.riga(way, passo, Some(row), a.iter().find(|other| same(row, other)));
        }
        for row in a.iter().filter(|row| !da.iter().any(|other| same(row, other))) {
            let passo = Passo::riga(self.nome(voci, row, key), voci);
            self.riga(way, passo, None, Some(row));
        }
        let order = |rows: &[Value], others: &[Value]| -> Vec<Value> {
            let both = rows.iter().filter(|row| others.iter().any(|other| same(row, other)));
            both.filter_map(|row| row.get(key).cloned()).collect()
        };
        if order(da, a) != order(a, da) {
            self.trova(way, Genere::Altro, "cambiato l'ordine");
        }
    }

    /// A row of a list: one that is new or gone is told at once, with what is in it.
    fn riga(&mut self, way: &mut Vec<Passo>, passo: Passo, da: Option<&Value>, a: Option<&Value>) {
        let (what, row) = match (da, a) {
            (Some(_), Some(_)) => return self.sotto(way, passo, da, a),
            (None, Some(row)) => ("aggiunto", row),
            (Some(row), None) => ("tolto", row),
            (None, None) => return,
        };
        way.push(passo);
        let genere = self.genere(way, amounts(row).then_some(Genere::Importi));
        let sunto = self.sunto(self.nodo(way), row);
        let detto = if sunto.is_empty() { what.to_owned() } else { format!("{what}, con {sunto}") };
        let own = row.get("atto").and_then(parole::atto);
        self.trova(way, genere, &detto);
        if let (Some(own), Some(last)) = (own, self.trovate.last_mut()) {
            last.atto = Some(own);
        }
        way.pop();
    }

    fn cambia(&mut self, way: &[Passo], da: Option<&Value>, a: Option<&Value>) {
        let Some(value) = a.or(da) else { return };
        let (key, nodo) = (way.last().map_or("", |passo| &passo.chiave), self.nodo(way));
        let is_amount = |value: Option<&Value>| value.is_none_or(|value| parole::importo(key, value).is_some());
        let is_day = |value: Option<&Value>| value.is_none_or(|value| parole::giorno(value).is_some());
        let of_shape = match () {
            () if is_amount(da) && is_amount(a) => Some(Genere::Importi),
            () if is_day(da) && is_day(a) => Some(Genere::Date),
            () if parole::e_lungo(value) => Some(Genere::Testi),
            () => None,
        };
        let genere = self.genere(way, of_shape);
        // What is no longer public must not come back in a list of changes.
        let is_quiet = way.iter().any(|passo| passo.chiave == "contatti" || passo.chiave == "responsabile");
        let is_long = [da, a].into_iter().flatten().any(parole::e_lungo);
        let detto = match (da, a) {
            _ if is_quiet || (is_long && da.is_some() && a.is_some()) => "cambiato".to_owned(),
            (None, _) if is_long => "aggiunto".to_owned(),
            (_, None) if is_long => "tolto".to_owned(),
            // Another part of an act than those by which it is cited.
            (Some(da), Some(a)) if self.detto(key, nodo, da) == self.detto(key, nodo, a) => "cambiato".to_owned(),
            (Some(da), Some(a)) => format!("da {} a {}", self.detto(key, nodo, da), self.detto(key, nodo, a)),
            (None, Some(a)) => format!("aggiunto, {}", self.detto(key, nodo, a)),
            (Some(da), None) => format!("tolto, era {}", self.detto(key, nodo, da)),
            (None, None) => return,
        };
        self.trova(way, genere, &detto);
    }

    fn trova(&mut self, way: &[Passo], genere: Genere, detto: &str) {
        let shown = way
            .iter()
            .filter(|passo| passo.chiave != "finanziamento" && !passo.detto.is_empty())
            .map(|passo| passo.detto.as_str());
        let label = shown.collect::<Vec<_>>().join(", ");
        let detto = if label.is_empty() { detto.to_owned() } else { format!("{label}: {detto}") };
        let atto = match self.scheda {
            Some((vecchia, nuova)) => self.atti.di(Some(vecchia), Some(nuova)),
            None => self.atti.del_piano(),
        };
        self.trovate.push(Modifica { genere, soggetto: self.soggetto.clone(), detto, atto });
    }

    /// What a change is about: money before names, names before the rest.
    fn genere(&self, way: &[Passo], of_shape: Option<Genere>) -> Genere {
        let has = |keys: &[&str]| way.iter().any(|passo| keys.contains(&passo.chiave.as_str()));
        match of_shape {
            Some(genere @ (Genere::Importi | Genere::Date)) => genere,
            _ if has(&["deroghe", "dichiarazioni", "norma"]) => Genere::Regole,
            _ if has(&DI_ENTI) || way.iter().any(|passo| elenco(passo.nodo) == Some("enti")) => Genere::Partner,
            Some(genere) => genere,
            None => Genere::Altro,
        }
    }

    /// A value in words; an id that names a record is told by its name.
    fn detto(&self, key: &str, nodo: Option<Nodo>, value: &Value) -> String {
        if let Some(importo) = parole::importo(key, value) {
            return euro(importo);
        }
        if let Some(atto) = parole::atto(value) {
            return atto;
        }
        if let Some(giorno) = parole::giorno(value) {
            return giorno;
        }
        if let Some(nome) = value.as_str().and_then(|word| scelta(nodo, word).or_else(|| self.di_scheda(nodo, word))) {
            return format!("«{nome}»");
        }
        if parole::e_lungo(value) {
            let text = value.as_str().unwrap_or_default();
            let first: String = text.lines().next().unwrap_or_default().chars().take(60).collect();
            return format!("«{first}…»");
        }
        if value.is_object() { self.sunto(nodo, value) } else { parole::testo(value) }
    }

    fn di_scheda(&self, nodo: Option<Nodo>, id: &str) -> Option<String> {
        let (folder, _, name, _) = SCHEDE.into_iter().find(|(folder, ..)| elenco(nodo) == Some(folder))?;
        [self.dopo, self.prima]
            .into_iter()
            .find_map(|dati| Some(dati.get(folder)?.get(id)?.get(name)?.as_str()?.to_owned()))
    }

    /// How a row of a list is called.
    fn nome(&self, riga: Option<Nodo>, row: &Value, key: &str) -> String {
        let named =
            ["titolo", "nome", "descrizione"].into_iter().find_map(|name| row.get(name).and_then(Value::as_str));
        let long = |text: &&str| text.chars().count() <= 60 && !text.contains('\n');
        match named.filter(long) {
            Some(name) => format!("«{name}»"),
            None => self.detto(key, riga.and_then(|riga| riga.campo(key)), row.get(key).unwrap_or(&Value::Null)),
        }
    }

    /// The short fields of a row, in words.
    fn sunto(&self, riga: Option<Nodo>, row: &Value) -> String {
        const MOST: usize = 4;
        let Some(fields) = row.as_object() else { return String::new() };
        let told = fields.iter().filter(|(key, value)| {
            !CHIAVI[..9].contains(&key.as_str())
                && !value.is_array()
                && !parole::e_lungo(value)
                && key.as_str() != "contatti"
        });
        let told = told.filter(|(_, value)| !value.is_object() || parole::atto(value).is_some());
        let told = told.map(|(key, value)| {
            let nodo = riga.and_then(|riga| riga.campo(key));
            format!("{} {}", parole::campo(nodo, key), self.detto(key, nodo, value))
        });
        told.take(MOST).collect::<Vec<_>>().join(", ")
    }
}

/// The records that a field names.
fn elenco(nodo: Option<Nodo<'_>>) -> Option<&str> {
    nodo.and_then(|nodo| nodo.voci().unwrap_or(nodo).elenco())
}

/// What readers see of a word that is chosen from a list.
fn scelta(nodo: Option<Nodo>, word: &str) -> Option<String> {
    let voce = nodo.map(|nodo| nodo.voci().unwrap_or(nodo))?;
    voce.nomi().find(|(chiave, _)| *chiave == word).map(|(_, nome)| nome.to_owned())
}

fn rows(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn amounts(row: &Value) -> bool {
    row.as_object().is_some_and(|fields| fields.iter().any(|(key, value)| parole::importo(key, value).is_some()))
}

/// Whether each row has this field, with a value of its own.
fn tells_apart(key: &str, rows: &[Value]) -> bool {
    let values: Vec<&Value> = rows.iter().filter_map(|row| row.get(key)).collect();
    values.len() == rows.len() && values.iter().enumerate().all(|(i, value)| !values[..i].contains(value))
}
