//! All the problems of one file that is readable YAML but not the record that it should be.
//!
//! serde stops at the first error. So the tree is deserialised again and again: each failure is
//! told once, and what failed is taken out of the way, dropped from a list or replaced by a stand-in
//! value, until nothing fails any more. What fails only because of a stand-in is not told.

use super::codes::MAX_FINDINGS;
use super::fields::{Group, groups};
use super::marked::{Id, Kind, Marked};
use super::standin::{Base, CANDIDATES, Slot};
use super::walk::{Error, Node, Problem, Spot};
use super::{codes, wording};
use crate::report::{Diagnostic, Place};
use crate::value::{Rifiuto, Testo};
use serde::de::DeserializeOwned;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Deserialisations of one record. Each failure needs one, and a stand-in a few.
const MAX_PASSES: usize = 400;

/// Nodes visited for one file, beside [`WORK_PER_NODE`]: bounds the time without looking at a clock.
const MIN_WORK: usize = 1_000_000;
const WORK_PER_NODE: usize = 20;

/// The problems of a file that holds one record.
pub(super) fn record<T: DeserializeOwned>(file: &str, tree: &Marked) -> Vec<Diagnostic> {
    let mut diagnosis = Diagnosis::new(file, tree, groups::<T>());
    diagnosis.decimal_commas();
    if let Some(root) = tree.root {
        diagnosis.run::<T>(root);
    }
    diagnosis.finish()
}

/// The problems of a file that holds a record or a list of records.
pub(super) fn records<T: DeserializeOwned>(file: &str, tree: &Marked) -> Vec<Diagnostic> {
    let mut diagnosis = Diagnosis::new(file, tree, groups::<T>());
    diagnosis.decimal_commas();
    match tree.root.map(|root| (root, &tree.nodes[root].kind)) {
        // One by one, so that a long list is not read again for each of its problems.
        Some((_, Kind::Sequence(items))) => {
            for item in items {
                diagnosis.run::<T>(*item);
            }
        }
        Some((root, _)) => diagnosis.run::<T>(root),
        None => {}
    }
    diagnosis.finish()
}

/// What is known so far, which is also what the next pass goes around.
pub(super) struct Diagnosis<'t> {
    pub(super) tree: &'t Marked,
    file: &'t str,
    /// What the groups of the record hold.
    groups: Vec<Group>,
    /// Values that failed and for which something stands in.
    pub(super) replaced: BTreeSet<Id>,
    /// Missing fields of a mapping, for which something stands in too.
    pub(super) supplied: BTreeMap<Id, Vec<&'static str>>,
    /// Keys and list elements that are passed over.
    pub(super) dropped: BTreeSet<Id>,
    /// How many candidates of a stand-in did not do.
    pub(super) attempts: BTreeMap<Slot, usize>,
    pub(super) work: Cell<usize>,
    /// For an unknown key, the field that was probably meant.
    meant: BTreeMap<Id, Vec<&'static str>>,
    found: Vec<(Range<usize>, Diagnostic)>,
    incomplete: bool,
}

impl<'t> Diagnosis<'t> {
    pub(super) fn new(file: &'t str, tree: &'t Marked, groups: Vec<Group>) -> Self {
        Diagnosis {
            tree,
            file,
            groups,
            replaced: BTreeSet::new(),
            supplied: BTreeMap::new(),
            dropped: BTreeSet::new(),
            attempts: BTreeMap::new(),
            work: Cell::new(MIN_WORK + tree.nodes.len() * WORK_PER_NODE),
            meant: BTreeMap::new(),
            found: Vec::new(),
            incomplete: false,
        }
    }

    /// One pass over a record, going around what is already known.
    pub(super) fn pass<T: DeserializeOwned>(&self, root: Id) -> Result<T, Error> {
        T::deserialize(Node { diagnosis: self, id: root, depth: 0 }).map_err(|e| e.at(root))
    }

    fn run<T: DeserializeOwned>(&mut self, root: Id) {
        for _ in 0..MAX_PASSES {
            if self.incomplete {
                return;
            }
            let Err(error) = self.pass::<T>(root) else {
                return;
            };
            if !self.handle(error, root) {
                return;
            }
            self.incomplete = self.found.len() >= MAX_FINDINGS || self.work.get() == 0;
        }
        self.incomplete = true;
    }

    fn finish(mut self) -> Vec<Diagnostic> {
        if self.incomplete {
            let text = "questo file ha molti problemi: dopo aver corretto questi ne possono comparire altri";
            let note = Diagnostic::note(codes::LIMIT, text).at(Place::file(self.file));
            self.found.push((usize::MAX..usize::MAX, note));
        }
        self.found.sort_by(|(a, x), (b, y)| (a.start, &x.code, &x.message).cmp(&(b.start, &y.code, &y.message)));
        self.found.into_iter().map(|(_, diagnostic)| diagnostic).collect()
    }

    /// Tells a failure and takes its cause out of the way; false when there is no way on.
    fn handle(&mut self, error: Error, root: Id) -> bool {
        let node = match error.spot {
            Some(Spot::Node(node)) => node,
            Some(Spot::StandIn(slot)) => return self.try_next(slot, root),
            None => root,
        };
        match error.problem {
            Problem::Unknown { known } => self.unknown_keys(node, known),
            Problem::Repeated(name) => self.repeated_keys(node, name),
            Problem::Missing(name) => self.missing_key(node, name),
            Problem::OutOfWork => false,
            Problem::Refused(rifiuto) if self.refused_links(node, &rifiuto) => self.remove(node, root),
            problem => {
                if !self.is_tainted(node) {
                    let text = wording::value(self.tree, node, &problem, &self.groups);
                    self.tell(node, text);
                }
                self.remove(node, root)
            }
        }
    }

    /// `{ importo: 12,50 }`: between braces the comma ends the value, and what follows it looks like another field.
    fn decimal_commas(&mut self) {
        let tree = self.tree;
        for mapping in (0..tree.nodes.len()).filter(|id| !tree.nodes[*id].block) {
            let pairs: Vec<(Id, Id)> = entries(tree, mapping).collect();
            for ((_, value), (key, nothing)) in pairs.iter().copied().zip(pairs.iter().copied().skip(1)) {
                let [before, after, rest] = [value, key, nothing].map(|id| tree.plain(id).unwrap_or("?"));
                let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
                let gap = tree.nodes[key].bytes.start.saturating_sub(tree.nodes[value].bytes.end);
                if is_number(before) && is_number(after) && rest.is_empty() && gap <= ", ".len() {
                    let bytes = tree.nodes[value].bytes.start..tree.nodes[key].bytes.end;
                    let told = wording::decimal_comma(tree, value, before, after);
                    self.found.push((bytes.clone(), told.at(Place::span(self.file, bytes))));
                    self.replaced.insert(value);
                    self.dropped.insert(key);
                }
            }
        }
    }

    /// All the keys of a mapping that its record does not know; `key` is one of them.
    fn unknown_keys(&mut self, key: Id, known: &'static [&'static str]) -> bool {
        let Some(mapping) = self.tree.nodes[key].parent else {
            return false;
        };
        let mut told = BTreeSet::new();
        let written: BTreeSet<&str> = entries(self.tree, mapping).filter_map(|(key, _)| self.tree.text(key)).collect();
        let absent: Vec<&'static str> = known.iter().copied().filter(|field| !written.contains(field)).collect();
        for (key, _) in entries(self.tree, mapping) {
            let Some(name) = self.tree.text(key) else {
                continue;
            };
            if known.contains(&name) || !self.dropped.insert(key) || !told.insert(name) {
                continue;
            }
            let meant = wording::nearest(name, &absent).or_else(|| wording::nearest(name, known));
            self.meant.entry(mapping).or_default().extend(meant);
            let text = wording::unknown_key(self.tree, key, meant, known, &self.groups);
            self.tell(key, text);
        }
        true
    }

    /// All the links of a text that cannot be published, each at its place; false where something else was refused.
    fn refused_links(&mut self, node: Id, first: &Rifiuto) -> bool {
        let tree = self.tree;
        let text = tree.text(node).unwrap_or_default();
        let all: Vec<_> = Testo::rifiuti(text).collect();
        if all.first().is_none_or(|(rifiuto, _)| rifiuto != first) {
            return false;
        }
        for (rifiuto, at) in all.into_iter().take(MAX_FINDINGS) {
            let place = Place::part(self.file, tree.way(node), text, at);
            self.found.push((tree.show(node), rifiuto.diagnostic().at(place)));
        }
        true
    }

    fn repeated_keys(&mut self, mapping: Id, field: &str) -> bool {
        let mut first: BTreeMap<&str, Id> = BTreeMap::new();
        let mut any = false;
        for (key, _) in entries(self.tree, mapping) {
            let Some(name) = self.tree.text(key) else {
                continue;
            };
            if self.dropped.contains(&key) {
                continue;
            }
            if let Some(before) = first.get(name) {
                self.dropped.insert(key);
                any = true;
                let before = Place::span(self.file, self.tree.nodes[*before].bytes.clone());
                let text = wording::repeated_key(self.tree, mapping, name);
                self.tell(key, text.related(before, "qui la prima volta"));
            } else {
                first.insert(name, key);
            }
        }
        if !any {
            // One field under two of its names: both keys are different, so none is passed over.
            self.tell(mapping, wording::repeated_key(self.tree, mapping, field));
        }
        any
    }

    fn missing_key(&mut self, mapping: Id, name: &'static str) -> bool {
        let supplied = self.supplied.entry(mapping).or_default();
        if supplied.contains(&name) {
            return false;
        }
        supplied.push(name);
        // The misspelt key is already told.
        if !self.meant.get(&mapping).is_some_and(|meant| meant.contains(&name)) {
            let text = wording::missing_key(self.tree, mapping, name);
            self.tell(mapping, text);
        }
        true
    }

    /// The next candidate for a stand-in that did not do; when none is left, the whole record that
    /// holds it steps aside.
    fn try_next(&mut self, slot: Slot, root: Id) -> bool {
        let attempts = self.attempts.entry(slot.clone()).or_default();
        *attempts += 1;
        if *attempts < CANDIDATES {
            return true;
        }
        match slot.base {
            Base::Value(node) => match self.tree.nodes[node].parent {
                Some(parent) if node != root => self.remove(parent, root),
                _ => false,
            },
            Base::Supplied(mapping, _) => self.remove(mapping, root),
        }
    }

    /// Takes a node out of the way of the next pass; false when it is the record itself.
    fn remove(&mut self, node: Id, root: Id) -> bool {
        if node == root {
            return false;
        }
        let it = &self.tree.nodes[node];
        // A list goes on without an element, a map without a key; a field needs a stand-in.
        let fresh = match it.key {
            Some(_) => self.replaced.insert(node),
            None => self.dropped.insert(node),
        };
        match it.parent {
            _ if fresh => true,
            // It failed although it was removed: then nothing below its parent can be judged.
            Some(parent) => self.remove(parent, root),
            None => false,
        }
    }

    /// Whether something inside the node is removed or stood in for, and may be why it fails.
    fn is_tainted(&self, node: Id) -> bool {
        let touched = self.replaced.iter().chain(&self.dropped).chain(self.supplied.keys());
        touched.copied().any(|id| id != node && self.is_inside(id, node)) || self.supplied.contains_key(&node)
    }

    fn is_inside(&self, mut id: Id, outer: Id) -> bool {
        while let Some(parent) = self.tree.nodes[id].parent {
            if parent == outer {
                return true;
            }
            id = parent;
        }
        false
    }

    fn tell(&mut self, node: Id, diagnostic: Diagnostic) {
        let bytes = self.tree.show(node);
        self.found.push((bytes.clone(), diagnostic.at(Place::span(self.file, bytes))));
    }
}

/// The entries of a mapping; none for anything else.
pub(super) fn entries(tree: &Marked, mapping: Id) -> impl Iterator<Item = (Id, Id)> + '_ {
    let entries = match &tree.nodes[mapping].kind {
        Kind::Mapping(entries) => entries.as_slice(),
        _ => &[],
    };
    entries.iter().copied()
}
