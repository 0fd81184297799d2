//! One order and one way of writing: keys as the schema has them, amounts with their cents, quotes where they are needed.

use super::errore::Errore;
use super::pieces::{Pieces, Splice};
use super::source::{self, Source};
use super::valore::{Valore, takes_text};
use super::{Change, Scheda, scalare};
use crate::report::Step;
use crate::report::marked::{Id, Kind, MAX_DEPTH};
use crate::value::{Euro, Nodo};

/// Where a new key stands among those of a group: behind the nearest one that comes before it, or at the end.
pub(super) fn place_of(schema: Nodo, names: &[&str], key: &str) -> usize {
    let Some(own) = rank(schema, key) else { return names.len() };
    let before = names.iter().enumerate().filter_map(|(place, name)| Some((rank(schema, name)?, place)));
    before.filter(|(rank, _)| *rank < own).max().map_or(0, |(_, place)| place + 1)
}

/// The place of a key in the order of its group; that of an older name is that of today's.
fn rank(schema: Nodo, key: &str) -> Option<usize> {
    schema.campi().position(|(name, field)| name == key || field.testo("x-prima") == key)
}

impl Scheda {
    /// Puts the file in order. Its values stay what they are, and each comment goes with the key that it belongs to.
    pub fn riordina(&mut self) -> Result<(), Errore> {
        let before = Source::read(self.source.text.clone(), self.source.yaml.clone())?;
        let done = self.settle().and_then(|()| {
            let [was, is] = [&before, &self.source].map(|source| whole(source.value.clone(), self.schema));
            match source::lost(&before, &[], &self.source) {
                _ if was != is => Err(before.changes(was.difference(&is))),
                Some(comment) => Err(Errore::Commento(comment)),
                None => Ok(()),
            }
        });
        if done.is_err() {
            self.source = before;
        }
        done
    }

    fn settle(&mut self) -> Result<(), Errore> {
        let splices = self.scalars();
        self.source = self.edited(&Change::new(splices))?;
        // Each turn settles one more level.
        for _ in 0..=MAX_DEPTH {
            let splices = self.out_of_order();
            if splices.is_empty() {
                break;
            }
            self.source = self.edited(&Change::new(splices))?;
        }
        Ok(())
    }

    /// Scalars that have another form than the house's.
    fn scalars(&self) -> Vec<Splice> {
        let source = &self.source;
        let mut splices = Vec::new();
        let mut visit = |node: Id, schema: Nodo<'static>| {
            let it = &source.tree.nodes[node];
            let Kind::Scalar { text, plain } = &it.kind else { return };
            let written = source.written(node);
            if it.block || written.contains('\n') || source.is_empty(node) {
                return;
            }
            let new = match Euro::parse(text).ok().filter(|_| schema.testo("x-tipo") == "Euro") {
                Some(euro) => euro.to_string(),
                None => rewritten(text, *plain, written, source.is_in_flow(node), schema),
            };
            if new != written {
                splices.push((it.bytes.clone(), new));
            }
        };
        self.each(&mut visit);
        splices
    }

    /// The outermost groups whose keys are not in order, put in order.
    fn out_of_order(&self) -> Vec<Splice> {
        let source = &self.source;
        let mut splices: Vec<Splice> = Vec::new();
        let mut done = 0;
        let mut visit = |node: Id, schema: Nodo<'static>| {
            let it = &source.tree.nodes[node];
            let Kind::Mapping(entries) = &it.kind else { return };
            // Nodes come in the order of the text: what lies in one that moves waits.
            if it.bytes.start < done {
                return;
            }
            let names = entries.iter().map(|(key, _)| source.tree.text(*key).unwrap_or_default());
            let Some(order) = order(schema, names) else { return };
            let pieces = Pieces::of(source, node).ok().filter(Pieces::can_move);
            let moved = pieces.map(|mut pieces| {
                pieces.arrange(&order);
                pieces.splices()
            });
            let moved = moved.unwrap_or_default();
            done = moved.iter().map(|(at, _)| at.end).max().unwrap_or(done);
            splices.extend(moved);
        };
        self.each(&mut visit);
        splices
    }

    /// Visits every value with its schema, in the order of the text.
    fn each(&self, visit: &mut dyn FnMut(Id, Nodo<'static>)) {
        fn down(scheda: &Scheda, node: Id, path: &mut Vec<Step>, visit: &mut dyn FnMut(Id, Nodo<'static>)) {
            visit(node, scheda.schema_at(path));
            let source = &scheda.source;
            let steps: Vec<Step> = match &source.tree.nodes[node].kind {
                Kind::Mapping(entries) => {
                    let name = |(key, _): &(Id, Id)| source.tree.text(*key).unwrap_or_default().to_owned();
                    entries.iter().map(|entry| Step::from(name(entry))).collect()
                }
                Kind::Sequence(items) => (0..items.len()).map(Step::Index).collect(),
                _ => Vec::new(),
            };
            for (child, step) in source.children(node).into_iter().zip(steps) {
                path.push(step);
                down(scheda, child, path, visit);
                path.pop();
            }
        }
        if let Some(root) = self.source.tree.root {
            down(self, root, &mut Vec::new(), visit);
        }
    }
}

/// The new order of the keys of a group, unless they are in order. A key that the schema does not know stays behind the
/// one that it follows.
fn order<'t>(schema: Nodo, names: impl Iterator<Item = &'t str>) -> Option<Vec<usize>> {
    let mut last = 0;
    let ranks = names.map(|name| {
        last = rank(schema, name).map_or(last, |rank| rank + 1);
        last
    });
    let ranks: Vec<usize> = ranks.collect();
    let mut order: Vec<usize> = (0..ranks.len()).collect();
    order.sort_by_key(|place| ranks[*place]);
    (!order.is_sorted()).then_some(order)
}

/// A scalar with quotes only where it needs them, and then the usual ones.
fn rewritten(text: &str, plain: bool, written: &str, in_flow: bool, schema: Nodo) -> String {
    if plain {
        let must = takes_text(schema) && !matches!(text, "" | "null" | "Null" | "NULL" | "~");
        if !must || scalare::is_plain(text, in_flow, schema) {
            return written.to_owned();
        }
    }
    // What was written with an escape is better seen than meant.
    if written.starts_with('"') && written.replace("\\\"", "").replace("\\\\", "").contains('\\') {
        return written.to_owned();
    }
    scalare::one_line(text, in_flow, schema, None, '"')
}

/// What a file holds as the schema takes it: with its cents an amount is the same.
fn whole(value: Valore, schema: Nodo) -> Valore {
    match value {
        Valore::Elenco(records) => Valore::Elenco(records.into_iter().map(|record| record.typed(schema)).collect()),
        record => record.typed(schema),
    }
}
