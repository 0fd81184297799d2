//! All the problems of one file that is readable YAML but not the record that it should be.
//!
//! One walk of the tree beside the shape of the record: each value is looked at for itself, so that one problem hides no
//! other. It refuses what `serde_yaml` refuses and nothing else; a test changes every node of many records to see that.

use super::codes::{self, MAX_FINDINGS};
use super::fast;
use super::scalar::{is_null, is_truth, unsigned};
use super::shape::{Field, Shape, Slot};
use super::wording;
use crate::report::marked::{Id, Kind, Marked};
use crate::report::{Diagnostic, Place};
use crate::value::schema::{Difetto, Giudice, giudice};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The problems of a file that holds one record, or a list of records where `many` may stand.
pub(super) fn problems(file: &str, tree: &Marked, record: &Slot, many: bool) -> Vec<Diagnostic> {
    let mut diagnosis = Diagnosis { tree, file, passed: BTreeSet::new(), found: Vec::new(), incomplete: false };
    diagnosis.decimal_commas();
    match tree.root.map(|root| (root, &tree.nodes[root].kind)) {
        Some((_, Kind::Sequence(items))) if many => items.iter().for_each(|item| diagnosis.value(*item, record)),
        Some((root, _)) => diagnosis.value(root, record),
        None => {}
    }
    diagnosis.finish()
}

struct Diagnosis<'t> {
    tree: &'t Marked,
    file: &'t str,
    /// Keys and values of which everything is said already.
    passed: BTreeSet<Id>,
    found: Vec<(Range<usize>, Diagnostic)>,
    incomplete: bool,
}

impl<'t> Diagnosis<'t> {
    fn finish(mut self) -> Vec<Diagnostic> {
        if self.incomplete {
            let text = "questo file ha molti problemi: dopo aver corretto questi ne possono comparire altri";
            let note = Diagnostic::note(codes::LIMIT, text).at(Place::file(self.file));
            self.found.push((usize::MAX..usize::MAX, note));
        }
        self.found.sort_by(|(a, x), (b, y)| (a.start, &x.code, &x.message).cmp(&(b.start, &y.code, &y.message)));
        self.found.into_iter().map(|(_, diagnostic)| diagnostic).collect()
    }

    /// `{ importo: 12,50 }`: between braces the comma ends the value, and what follows it looks like another field.
    fn decimal_commas(&mut self) {
        let tree = self.tree;
        for mapping in (0..tree.nodes.len()).filter(|id| !tree.nodes[*id].block) {
            let pairs = entries(tree, mapping);
            for ((_, value), (key, nothing)) in pairs.iter().copied().zip(pairs.iter().copied().skip(1)) {
                let [before, after, rest] = [value, key, nothing].map(|id| tree.plain(id).unwrap_or("?"));
                let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
                let gap = tree.nodes[key].bytes.start.saturating_sub(tree.nodes[value].bytes.end);
                if is_number(before) && is_number(after) && rest.is_empty() && gap <= ", ".len() {
                    let bytes = tree.nodes[value].bytes.start..tree.nodes[key].bytes.end;
                    let told = wording::decimal_comma(tree, value, before, after);
                    self.found.push((bytes.clone(), told.at(Place::span(self.file, bytes))));
                    self.passed.extend([value, key]);
                }
            }
        }
    }

    fn value(&mut self, node: Id, slot: &Slot) {
        if self.passed.contains(&node) {
            return;
        }
        if self.found.len() >= MAX_FINDINGS {
            self.incomplete = true;
            return;
        }
        let tree = self.tree;
        let kind = &tree.nodes[tree.resolve(node)].kind;
        let nothing = matches!(kind, Kind::Scalar { text, plain: true } if text.is_empty());
        match (&slot.shape, kind) {
            (_, Kind::Scalar { text, plain: true }) if slot.optional && is_null(text) => {}
            (Shape::Text { judge, .. }, Kind::Scalar { text, .. }) => self.text(node, text, *judge),
            (Shape::Truth, Kind::Scalar { text, plain: true }) if is_truth(text) => {}
            (Shape::Count, Kind::Scalar { text, plain: true }) if unsigned(text).is_some() => {
                if unsigned(text) > Some(u32::MAX.into()) {
                    self.tell(node, wording::too_large(tree, node));
                }
            }
            (Shape::Choice(words), Kind::Scalar { text, .. }) if !text.is_empty() => {
                if !words.iter().any(|word| word.is(text)) {
                    self.tell(node, wording::unlisted(tree, node, text, words));
                }
            }
            (Shape::List(items), Kind::Sequence(nodes)) => nodes.iter().for_each(|item| self.value(*item, items)),
            (Shape::Group(fields), Kind::Mapping(entries)) => self.group(node, entries, fields),
            (Shape::Group(_), Kind::Sequence(nodes)) if slot.listed.is_some() => {
                slot.listed.iter().for_each(|one| nodes.iter().for_each(|item| self.value(*item, one)));
            }
            (Shape::Map { keys, values }, Kind::Mapping(entries)) => self.map(node, entries, keys, values),
            (Shape::Group(_), Kind::Scalar { text, plain })
                if slot.named && !nothing && !(*plain && is_number_or_truth(text)) =>
            {
                self.text(node, text, giudice("Id"))
            }
            (Shape::Group(_), Kind::Scalar { .. }) if slot.named && !nothing => {
                let said = "scrivi l'`id` di un atto di `atti.yaml`, come `det-388-2026`, o un gruppo di campi";
                self.tell(node, wording::said(tree, node, said));
            }
            // What is left empty is an empty list or group.
            (Shape::Group(fields), _) if nothing => self.group(node, &[], fields),
            (Shape::List(_) | Shape::Map { .. }, _) if nothing => {}
            (shape, _) => self.tell(node, wording::wrong_kind(tree, node, shape)),
        }
    }

    fn text(&mut self, node: Id, text: &str, judge: Option<Giudice>) {
        let difetti = judge.map(|judge| judge(text)).unwrap_or_default();
        self.incomplete |= difetti.len() > MAX_FINDINGS;
        for difetto in difetti.into_iter().take(MAX_FINDINGS) {
            match difetto {
                Difetto::Detto(said) => self.tell(node, wording::said(self.tree, node, &said)),
                Difetto::Rifiutato(rifiuto, None) => self.tell(node, rifiuto.diagnostic()),
                Difetto::Rifiutato(rifiuto, Some(at)) => {
                    let place = Place::part(self.file, self.tree.way(node), text, at);
                    self.found.push((self.tree.show(node), rifiuto.diagnostic().at(place)));
                }
            }
        }
    }

    fn group(&mut self, mapping: Id, entries: &[(Id, Id)], fields: &[Field]) {
        let tree = self.tree;
        let mut first: BTreeMap<&str, Id> = BTreeMap::new();
        let mut unknown: Vec<(Id, &str)> = Vec::new();
        for (key, value) in entries {
            let Some(name) = tree.text(*key) else {
                self.tell(*key, wording::no_name(tree, *key));
                continue;
            };
            if let Some(field) = fields.iter().find(|field| field.name.is(name)) {
                if self.is_first(mapping, *key, field.name.today.as_str(), &mut first) {
                    self.value(*value, &field.slot);
                }
            } else if !self.passed.contains(key) {
                unknown.push((*key, name));
            }
        }
        let known = wording::names(fields);
        let absent: Vec<&str> = known.iter().copied().filter(|name| !first.contains_key(name)).collect();
        let mut told = BTreeSet::new();
        let mut meant = BTreeSet::new();
        for (key, name) in unknown {
            if told.insert(name) {
                let near = wording::nearest(name, &absent).or_else(|| wording::nearest(name, &known));
                meant.extend(near);
                self.tell(key, wording::unknown_key(tree, key, near, fields));
            }
        }
        for field in fields.iter().filter(|field| field.required) {
            let name = field.name.today.as_str();
            // The misspelt key is already told.
            if !first.contains_key(name) && !meant.contains(name) {
                self.tell(mapping, wording::missing_key(tree, mapping, name));
            }
        }
    }

    fn map(&mut self, mapping: Id, entries: &[(Id, Id)], keys: &Slot, values: &Slot) {
        let mut first = BTreeMap::new();
        for (key, value) in entries {
            if self.passed.contains(key) {
                continue;
            }
            self.value(*key, keys);
            let Some(name) = self.tree.text(*key) else { continue };
            // `2025` and `0x7E9` are one year.
            let number = unsigned(name).filter(|_| matches!(keys.shape, Shape::Count));
            let identity = number.map_or(name.to_owned(), |number| number.to_string());
            if self.is_first(mapping, *key, identity, &mut first) {
                self.value(*value, values);
            }
        }
    }

    /// Whether a key is not there yet; if it is, that is told.
    fn is_first<K: Ord>(&mut self, mapping: Id, key: Id, name: K, first: &mut BTreeMap<K, Id>) -> bool {
        match first.entry(name) {
            Entry::Vacant(entry) => {
                entry.insert(key);
                true
            }
            Entry::Occupied(entry) => {
                let before = Place::span(self.file, self.tree.nodes[*entry.get()].bytes.clone());
                let text = wording::repeated_key(self.tree, mapping, key);
                self.tell(key, text.related(before, "qui la prima volta"));
                false
            }
        }
    }

    fn tell(&mut self, node: Id, diagnostic: Diagnostic) {
        let bytes = self.tree.show(node);
        self.found.push((bytes.clone(), diagnostic.at(Place::span(self.file, bytes))));
    }
}

/// The entries of a mapping; none for anything else.
pub(super) fn entries(tree: &Marked, mapping: Id) -> &[(Id, Id)] {
    match &tree.nodes[mapping].kind {
        Kind::Mapping(entries) => entries,
        _ => &[],
    }
}

/// Whether YAML reads a plain scalar as something else than a text.
fn is_number_or_truth(text: &str) -> bool {
    let read = fast::from_str::<fast::Value>(text);
    // A number may be too large to be read at all.
    matches!(read, Ok(fast::Value::Bool(_) | fast::Value::Number(_)) | Err(_))
}
