//! Edits that keep the file: what is not edited stays as it was written, comments and blank lines included.
//!
//! After each edit the text is read again, by the parser with places and by the one that reads the records: the wanted
//! value is there, every other value is the same, and so is every comment outside what was taken away. Otherwise the
//! edit is not made, and the error says why.

mod errore;
mod pieces;
mod replace;
mod riordina;
mod scalare;
mod source;
mod stile;
#[cfg(test)]
mod tests;
mod valore;

use std::ops::Range;

use crate::report::Step;
use crate::report::marked::Id;
use crate::value::Nodo;

pub use errore::Errore;
use pieces::{Pieces, Splice};
use source::Source;
use stile::Style;
pub use valore::{Esatto, Valore};

/// A file of records that is being edited.
pub struct Scheda {
    source: Source,
    is_page: bool,
    schema: Nodo<'static>,
}

/// An edit that was not proved yet.
struct Change {
    splices: Vec<Splice>,
    /// What goes away on purpose, with its comments.
    removed: Vec<Range<usize>>,
    /// A value that may end a file whose last line has no break: then it gets one.
    is_closed: bool,
}

impl Change {
    fn new(splices: Vec<Splice>) -> Self {
        Change { splices, removed: Vec::new(), is_closed: false }
    }

    fn removing(self, removed: Range<usize>) -> Self {
        Change { removed: vec![removed], ..self }
    }

    fn closed(self) -> Self {
        Change { is_closed: true, ..self }
    }
}

impl Scheda {
    /// A YAML file. The schema is that of its records: it says in what order keys stand, and what needs no quotes.
    pub fn leggi(text: &str, schema: Nodo<'static>) -> Result<Self, Errore> {
        let start = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
        let source = Source::read(text.to_owned(), start..text.len())?;
        Ok(Scheda { source, is_page: false, schema })
    }

    /// A page in Markdown: only its fields, between the two lines of dashes, are edited.
    pub fn leggi_pagina(text: &str, schema: Nodo<'static>) -> Result<Self, Errore> {
        let front = super::front_matter(text).map(|(front, _)| front).ok_or(Errore::SenzaIntestazione)?;
        let source = Source::read(text.to_owned(), front)?;
        Ok(Scheda { source, is_page: true, schema })
    }

    /// What stands at a place.
    pub fn valore(&self, dove: &[Step]) -> Option<&Valore> {
        self.source.value.at(dove)
    }

    /// The node at a place, where the way leads there whole.
    fn node(&self, dove: &[Step]) -> Option<Id> {
        let (node, taken) = self.source.tree.walk(dove)?;
        (taken == dove.len()).then_some(node)
    }

    /// Puts a value at a place, whatever stood there: a key that is missing is made, with the groups that lead to it.
    pub fn scrivi(&mut self, dove: &[Step], valore: impl Into<Valore>) -> Result<(), Errore> {
        let value = valore.into().typed(self.schema_at(dove));
        if self.valore(dove) == Some(&value) {
            return Ok(());
        }
        let (node, taken) = match self.source.tree.walk(dove) {
            Some(found) => found,
            None => return self.first(dove, value),
        };
        if taken == dove.len() {
            let mut wanted = self.source.value.clone();
            let place = wanted.at_mut(dove).ok_or_else(|| Errore::NonCe(dove.to_vec()))?;
            place.clone_from(&value);
            let change = replace::replace(&self.source, node, &value, self.schema_at(dove))?;
            return self.make(&change, &wanted, dove);
        }
        let (way, missing) = dove.split_at(taken);
        let [Step::Key(key), rest @ ..] = missing else { return Err(Errore::NonCe(dove.to_vec())) };
        let value = within(rest, value).ok_or_else(|| Errore::NonCe(dove.to_vec()))?;
        match self.source.value.at(way) {
            Some(Valore::Nulla) => self.scrivi(way, Valore::Gruppo(vec![(key.to_string(), value)])),
            Some(Valore::Gruppo(entries)) if entries.is_empty() && !self.source.is_in_flow(node) => {
                self.scrivi(way, Valore::Gruppo(vec![(key.to_string(), value)]))
            }
            Some(Valore::Gruppo(_)) => self.insert(node, way, key, value),
            _ => Err(Errore::NonUnGruppo(way.to_vec())),
        }
    }

    /// Takes away a key or an item, with the comments that are its own.
    pub fn togli(&mut self, dove: &[Step]) -> Result<(), Errore> {
        let missing = || Errore::NonCe(dove.to_vec());
        let node = self.node(dove).ok_or_else(missing)?;
        let (parent, place) = self.source.place(node).ok_or_else(missing)?;
        let (_, way) = dove.split_last().ok_or_else(missing)?;
        let mut wanted = self.source.value.clone();
        let rest = match wanted.at_mut(way) {
            Some(Valore::Gruppo(entries)) => {
                entries.remove(place);
                entries.len()
            }
            Some(Valore::Elenco(items)) => {
                items.remove(place);
                items.len()
            }
            _ => return Err(missing()),
        };
        let change = if rest == 0 {
            let empty = wanted.at(way).cloned().unwrap_or(Valore::Nulla);
            replace::replace(&self.source, parent, &empty, self.schema_at(way))?
        } else {
            let mut pieces = Pieces::of(&self.source, parent)?;
            let removed = pieces.remove(place);
            Change::new(pieces.splices()).removing(removed)
        };
        self.make(&change, &wanted, dove)
    }

    /// Appends an item to a list; where there is no list yet, it is made.
    pub fn aggiungi(&mut self, elenco: &[Step], valore: impl Into<Valore>) -> Result<(), Errore> {
        self.aggiungi_tutte(elenco, vec![valore.into()])
    }

    /// Appends several items at once: a list that grows by a thousand is read again once.
    pub fn aggiungi_tutte(&mut self, elenco: &[Step], valori: Vec<Valore>) -> Result<(), Errore> {
        if valori.is_empty() {
            return Ok(());
        }
        let schema = self.schema_at(&[elenco, &[Step::Index(0)]].concat());
        let values: Vec<Valore> = valori.into_iter().map(|value| value.typed(schema)).collect();
        let (node, place) = match (self.node(elenco), self.valore(elenco)) {
            (_, Some(Valore::Nulla)) | (None, _) => return self.scrivi(elenco, Valore::Elenco(values)),
            (Some(node), Some(Valore::Elenco(items))) if items.is_empty() && !self.source.is_in_flow(node) => {
                return self.scrivi(elenco, Valore::Elenco(values));
            }
            (Some(node), Some(Valore::Elenco(items))) => (node, items.len()),
            _ => return Err(Errore::NonUnElenco(elenco.to_vec())),
        };
        let style = Style::of(&self.source);
        let mut wanted = self.source.value.clone();
        if let Some(Valore::Elenco(items)) = wanted.at_mut(elenco) {
            items.extend(values.iter().cloned());
        }
        let mut pieces = Pieces::of(&self.source, node)?;
        let text = |value: &Valore| match pieces.column {
            None => style.flow(value, schema),
            Some(column) => {
                // A list of groups in brackets goes on as one.
                let last = self.source.children(node).last().copied();
                let in_brackets = last.is_some_and(|last| self.source.written(last).starts_with(['{', '[']));
                let is_scalar = matches!(value, Valore::Testo(_) | Valore::Esatto(_) | Valore::Nulla);
                let short = || style.short_flow(value, schema, column + 2).map(|text| format!("- {text}"));
                let short = if in_brackets && !is_scalar { short() } else { None };
                short.unwrap_or_else(|| body(&self.source, &style.item(value, schema, column)))
            }
        };
        let texts: Vec<String> = values.iter().map(text).collect();
        for (after, text) in texts.into_iter().enumerate() {
            pieces.insert(place + after, text);
        }
        let splices = pieces.splices();
        let path = [elenco, &[Step::Index(place)]].concat();
        self.make(&Change::new(splices), &wanted, &path)
    }

    /// Appends an item that is written already, comments and all, to a list whose items stand one below another.
    pub fn aggiungi_scritta(&mut self, elenco: &[Step], righe: &[String]) -> Result<(), Errore> {
        let written = righe.join("\n");
        let end = written.len();
        let value = Source::read(written, 0..end)?.value;
        let mut wanted = self.source.value.clone();
        let (Some(node), Some(Valore::Elenco(items))) = (self.node(elenco), wanted.at_mut(elenco)) else {
            return Err(Errore::NonUnElenco(elenco.to_vec()));
        };
        let mut pieces = Pieces::of(&self.source, node)?;
        let Some(column) = pieces.column else { return Err(Errore::Forma("un elenco fra parentesi")) };
        let place = items.len();
        items.push(value);
        let indent = " ".repeat(column);
        let line = |(i, line): (usize, &String)| format!("{indent}{} {line}", if i == 0 { '-' } else { ' ' });
        let lines: Vec<String> = righe.iter().enumerate().map(line).collect();
        pieces.insert(place, body(&self.source, &lines));
        let splices = pieces.splices();
        let path = [elenco, &[Step::Index(place)]].concat();
        self.make(&Change::new(splices), &wanted, &path)
    }

    /// Moves an item of a list to another place of it.
    pub fn sposta(&mut self, voce: &[Step], a: usize) -> Result<(), Errore> {
        let missing = || Errore::NonCe(voce.to_vec());
        let Some((Step::Index(from), way)) = voce.split_last() else { return Err(missing()) };
        let mut wanted = self.source.value.clone();
        let Some(Valore::Elenco(items)) = wanted.at_mut(way) else { return Err(missing()) };
        if *from >= items.len() || a >= items.len() {
            return Err(missing());
        }
        let item = items.remove(*from);
        items.insert(a, item);
        let (node, _) = self.source.tree.walk(way).ok_or_else(missing)?;
        let mut pieces = Pieces::of(&self.source, node)?;
        pieces.shift(*from, a);
        let splices = pieces.splices();
        self.make(&Change::new(splices), &wanted, way)
    }

    /// The file as it is now.
    pub fn testo(&self) -> &str {
        &self.source.text
    }

    pub fn fine(self) -> String {
        self.source.text
    }

    /// The schema of what stands at a place: of a list of records, each is one.
    fn schema_at(&self, path: &[Step]) -> Nodo<'static> {
        let path = if let [Step::Index(_), rest @ ..] = path { rest } else { path };
        self.schema.sotto(path).unwrap_or(Nodo(&serde_json::Value::Null))
    }

    /// The first values of a file that has none.
    fn first(&mut self, path: &[Step], value: Valore) -> Result<(), Errore> {
        let wanted = within(path, value).ok_or_else(|| Errore::NonCe(path.to_vec()))?;
        let style = Style::of(&self.source);
        let lines = style.root(&wanted, self.schema);
        let (line_break, end) = (self.source.line_break(), self.source.yaml.end);
        let before = &self.source.text[self.source.yaml.start..end];
        let apart = if before.is_empty() || before.ends_with('\n') { "" } else { line_break };
        let text = format!("{apart}{}{line_break}", lines.join(line_break));
        self.make(&Change::new(vec![(end..end, text)]), &wanted, path)
    }

    /// Puts a new key into a group that has others, where the schema says that it stands.
    fn insert(&mut self, group: Id, way: &[Step], key: &str, value: Valore) -> Result<(), Errore> {
        let schema = self.schema_at(way);
        let style = Style::of(&self.source);
        let path = [way, &[Step::from(key.to_owned())]].concat();
        let mut wanted = self.source.value.clone();
        let Some(Valore::Gruppo(entries)) = wanted.at_mut(way) else { return Err(Errore::NonCe(path)) };
        let names: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
        let place = riordina::place_of(schema, &names, key);
        let mut pieces = Pieces::of(&self.source, group)?;
        let text = match pieces.column {
            None => style.pair(key, &value, schema),
            Some(column) => body(&self.source, &style.entry(key, &value, schema, column)),
        };
        pieces.insert(place, text);
        let splices = pieces.splices();
        entries.insert(place, (key.to_owned(), value));
        self.make(&Change::new(splices), &wanted, &path)
    }

    /// Makes a change if it does what it should and nothing else.
    fn make(&mut self, change: &Change, wanted: &Valore, path: &[Step]) -> Result<(), Errore> {
        let edited = self.edited(change)?;
        if edited.value.at(path) != wanted.at(path) {
            return Err(Errore::NonScritto(path.to_vec()));
        }
        if edited.value != *wanted {
            return Err(self.source.changes(edited.value.difference(wanted)));
        }
        if let Some(comment) = source::lost(&self.source, &change.removed, &edited) {
            return Err(Errore::Commento(comment));
        }
        self.source = edited;
        Ok(())
    }

    /// The file with a change, read again.
    fn edited(&self, change: &Change) -> Result<Source, Errore> {
        let mut text = self.source.text.clone();
        let mut yaml = self.source.yaml.clone();
        let mut splices: Vec<&Splice> = change.splices.iter().collect();
        splices.sort_by_key(|(at, _)| std::cmp::Reverse(at.start));
        for (at, new) in splices {
            let is_open = at.end == yaml.end && new.contains('\n') && !new.ends_with('\n');
            let close = if change.is_closed && is_open { self.source.line_break() } else { "" };
            text.replace_range(at.clone(), &format!("{new}{close}"));
            yaml.end = yaml.end + new.len() + close.len() - at.len();
        }
        if self.is_page && super::front_matter(&text).map(|(front, _)| front) != Some(yaml.clone()) {
            return Err(Errore::Rotto);
        }
        Source::read(text, yaml).map_err(|_| Errore::Rotto)
    }
}

/// Lines as the text of a piece, whose first line is indented by whoever puts it in its place.
fn body(source: &Source, lines: &[String]) -> String {
    lines.join(source.line_break()).trim_start_matches(' ').to_owned()
}

/// A value with the groups around it that a way of keys needs.
fn within(path: &[Step], value: Valore) -> Option<Valore> {
    path.iter().rev().try_fold(value, |value, step| match step {
        Step::Key(key) => Some(Valore::Gruppo(vec![(key.to_string(), value)])),
        Step::Index(_) => None,
    })
}
