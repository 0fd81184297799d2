//! How a file is written, and how a value is written in it.

use super::scalare;
use super::source::Source;
use super::valore::Valore;
use crate::report::Step;
use crate::report::marked::Kind;
use crate::value::Nodo;

/// Longer lines are not made of a group that could be written below.
const WIDEST: usize = 120;

/// The habits of a file.
pub(super) struct Style {
    /// How much deeper a group stands than its key.
    step: usize,
    /// How much deeper the dashes of a list stand than its key.
    list: usize,
    /// The quotes that it uses.
    pub quote: char,
}

/// A value as text.
pub(super) enum Written {
    /// Behind the key, on its line.
    Inline(String),
    /// Below the key; the mark stands on its line.
    Block { mark: String, lines: Vec<String> },
}

impl Style {
    pub fn of(source: &Source) -> Self {
        let below_key = |is_list: bool| {
            let found = (0..source.tree.nodes.len()).find_map(|id| {
                let node = &source.tree.nodes[id];
                let start = match &node.kind {
                    Kind::Sequence(_) if is_list => source.first_dash(id),
                    Kind::Mapping(_) if !is_list => node.bytes.start,
                    _ => return None,
                };
                let key = node.key.filter(|_| node.block)?;
                source.column(start).checked_sub(source.column(source.tree.nodes[key].bytes.start))
            });
            found.filter(|columns| *columns <= 8)
        };
        let step = below_key(false).filter(|columns| *columns > 0).unwrap_or(2);
        let scalars = source.tree.nodes.iter().filter(|node| !node.block);
        let mut quotes = scalars.filter_map(|node| source.text[node.bytes.clone()].chars().next());
        let quote = quotes.find(|mark| matches!(mark, '"' | '\'')).unwrap_or('"');
        Style { step, list: below_key(true).unwrap_or(step), quote }
    }

    /// A value in the place of another one, or of none: `column` is that of its key or dash.
    pub fn write(&self, value: &Valore, schema: Nodo, column: usize, in_list: bool, quoted: Option<char>) -> Written {
        let deeper = column + if in_list { 2 } else { self.step };
        match value {
            Valore::Nulla if in_list => Written::Inline("null".to_owned()),
            Valore::Nulla => Written::Inline(String::new()),
            Valore::Testo(text) => match scalare::block(text, deeper - column) {
                Some((mark, lines)) => {
                    let indent = " ".repeat(deeper);
                    let line = |line: &str| if line.is_empty() { String::new() } else { format!("{indent}{line}") };
                    Written::Block { mark, lines: lines.into_iter().map(line).collect() }
                }
                None => Written::Inline(scalare::one_line(text, false, schema, quoted, self.quote)),
            },
            Valore::Elenco(items) if !items.is_empty() => {
                let column = column + if in_list { 2 } else { self.list };
                let schema = below(schema, Step::Index(0));
                let lines = items.iter().flat_map(|item| self.item(item, schema, column)).collect();
                Written::Block { mark: String::new(), lines }
            }
            Valore::Gruppo(entries) if !entries.is_empty() => {
                let lines = entries.iter().flat_map(|(key, value)| self.entry(key, value, schema, deeper)).collect();
                Written::Block { mark: String::new(), lines }
            }
            other => Written::Inline(self.flow(other, schema)),
        }
    }

    /// The lines of a key with its value, each with its indentation.
    pub fn entry(&self, key: &str, value: &Valore, group: Nodo, column: usize) -> Vec<String> {
        let head = format!("{}{}:", " ".repeat(column), self.key(key, false));
        let schema = below(group, Step::from(key.to_owned()));
        match self.write(value, schema, column, false, None) {
            Written::Inline(text) if text.is_empty() => vec![head],
            Written::Inline(text) => vec![format!("{head} {text}")],
            Written::Block { mark, lines } => {
                let head = if mark.is_empty() { head } else { format!("{head} {mark}") };
                std::iter::once(head).chain(lines).collect()
            }
        }
    }

    /// The lines of an item of a list, each with its indentation.
    pub fn item(&self, value: &Valore, schema: Nodo, column: usize) -> Vec<String> {
        let indent = " ".repeat(column);
        match self.write(value, schema, column, true, None) {
            Written::Inline(text) => vec![format!("{indent}- {text}")],
            Written::Block { mark, lines } if mark.is_empty() => {
                let first = |line: &String| format!("{indent}- {}", line.trim_start_matches(' '));
                lines.first().map(first).into_iter().chain(lines.into_iter().skip(1)).collect()
            }
            Written::Block { mark, lines } => std::iter::once(format!("{indent}- {mark}")).chain(lines).collect(),
        }
    }

    /// The lines of a whole file.
    pub fn root(&self, value: &Valore, schema: Nodo) -> Vec<String> {
        match value {
            Valore::Elenco(items) if !items.is_empty() => {
                items.iter().flat_map(|item| self.item(item, schema, 0)).collect()
            }
            Valore::Gruppo(entries) if !entries.is_empty() => {
                entries.iter().flat_map(|(key, value)| self.entry(key, value, schema, 0)).collect()
            }
            other => vec![self.flow(other, schema)],
        }
    }

    /// A value between brackets.
    pub fn flow(&self, value: &Valore, schema: Nodo) -> String {
        match value {
            Valore::Nulla => "null".to_owned(),
            Valore::Testo(text) => scalare::one_line(text, true, schema, None, self.quote),
            Valore::Esatto(exact) => exact.as_str().to_owned(),
            Valore::Elenco(items) => {
                let schema = below(schema, Step::Index(0));
                let items: Vec<String> = items.iter().map(|item| self.flow(item, schema)).collect();
                format!("[{}]", items.join(", "))
            }
            Valore::Gruppo(entries) if entries.is_empty() => "{}".to_owned(),
            Valore::Gruppo(entries) => {
                let entries: Vec<String> = entries.iter().map(|(key, value)| self.pair(key, value, schema)).collect();
                format!("{{ {} }}", entries.join(", "))
            }
        }
    }

    pub fn pair(&self, key: &str, value: &Valore, group: Nodo) -> String {
        let schema = below(group, Step::from(key.to_owned()));
        format!("{}: {}", self.key(key, true), self.flow(value, schema))
    }

    /// A value between brackets, if it fits on a line that has so much already.
    pub fn short_flow(&self, value: &Valore, schema: Nodo, before: usize) -> Option<String> {
        if has_lines(value) {
            return None;
        }
        let text = self.flow(value, schema);
        (before + text.chars().count() <= WIDEST).then_some(text)
    }

    /// A year stands without quotes: no other key is a number.
    fn key(&self, key: &str, in_flow: bool) -> String {
        let is_year = !key.is_empty() && !key.starts_with('0') && key.bytes().all(|b| b.is_ascii_digit());
        if is_year {
            return key.to_owned();
        }
        scalare::one_line(key, in_flow, Nodo(&serde_json::Value::Null), None, self.quote)
    }
}

pub(super) fn below(schema: Nodo, step: Step) -> Nodo {
    schema.sotto(&[step]).unwrap_or(Nodo(&serde_json::Value::Null))
}

fn has_lines(value: &Valore) -> bool {
    match value {
        Valore::Testo(text) => text.contains('\n'),
        Valore::Elenco(items) => items.iter().any(has_lines),
        Valore::Gruppo(entries) => entries.iter().any(|(_, value)| has_lines(value)),
        Valore::Nulla | Valore::Esatto(_) => false,
    }
}
