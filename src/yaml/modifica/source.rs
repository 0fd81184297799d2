//! A file that was read, and where things stand in it.

use std::ops::Range;

use super::errore::Errore;
use super::valore::{Valore, agree};
use crate::report::Step;
use crate::report::marked::{Id, Kind, Marked, Node};
use crate::yaml::fast;

pub(super) struct Source {
    pub text: String,
    /// The part of the text that is YAML; it begins at the beginning of a line.
    pub yaml: Range<usize>,
    pub tree: Marked,
    pub value: Valore,
}

impl Source {
    pub fn read(text: String, yaml: Range<usize>) -> Result<Self, Errore> {
        let tree = Marked::load(&text, yaml.clone());
        if tree.error.is_some() || tree.second.is_some() {
            return Err(Errore::Illeggibile);
        }
        let merges = |(id, node): (usize, &Node)| {
            node.tag.is_some() || matches!(node.kind, Kind::Alias(_)) || tree.plain(id) == Some("<<")
        };
        if tree.anchored || tree.nodes.iter().enumerate().any(merges) {
            return Err(Errore::Rimandi);
        }
        if let Some(root) = tree.root {
            // What reads the records is another parser: where the two differ nothing is safe.
            let read: fast::Value = fast::from_str(&text[yaml.clone()]).map_err(|_| Errore::Illeggibile)?;
            if !agree(&tree, root, &read) {
                return Err(Errore::Illeggibile);
            }
        }
        let value = tree.root.map_or(Valore::Nulla, |root| Valore::of(&tree, root));
        Ok(Source { text, yaml, tree, value })
    }

    pub fn line_start(&self, at: usize) -> usize {
        self.text[self.yaml.start..at].rfind('\n').map_or(self.yaml.start, |line| self.yaml.start + line + 1)
    }

    /// Where a line ends, before its break.
    pub fn line_end(&self, at: usize) -> usize {
        let end = self.text[at..self.yaml.end].find('\n').map_or(self.yaml.end, |line| at + line);
        if end > at && self.text[..end].ends_with('\r') { end - 1 } else { end }
    }

    /// Where the next line begins; the end of the YAML on the last one.
    pub fn next_line(&self, at: usize) -> usize {
        self.text[at..self.yaml.end].find('\n').map_or(self.yaml.end, |line| at + line + 1)
    }

    /// Blanks before it on its line, in a file that indents with spaces.
    pub fn column(&self, at: usize) -> usize {
        at - self.line_start(at)
    }

    /// Why a value at this place would not be the same.
    pub fn changes(&self, way: Vec<Step>) -> Errore {
        let is_broken = self.text[self.yaml.clone()].ends_with('\n');
        if is_broken { Errore::Altro(way) } else { Errore::SenzaACapo }
    }

    pub fn line_break(&self) -> &'static str {
        let first = self.text.find('\n').unwrap_or_default();
        if self.text[..first].ends_with('\r') { "\r\n" } else { "\n" }
    }

    /// Written in brackets, or in a collection that is.
    pub fn is_in_flow(&self, node: Id) -> bool {
        self.tree.nodes[node].parent.is_some_and(|parent| !self.tree.nodes[parent].block)
    }

    pub fn is_empty(&self, node: Id) -> bool {
        self.tree.plain(node) == Some("") && self.tree.nodes[node].bytes.is_empty()
    }

    pub fn written(&self, node: Id) -> &str {
        &self.text[self.tree.nodes[node].bytes.clone()]
    }

    /// Behind the colon of a key, if it has one.
    pub fn colon(&self, key: Id) -> Option<usize> {
        let end = self.tree.nodes[key].bytes.end;
        let rest = &self.text[end..self.yaml.end];
        let colon = rest.find(|c: char| !c.is_ascii_whitespace())?;
        rest[colon..].starts_with(':').then_some(end + colon + 1)
    }

    /// The first dash of a block sequence. Of one that is not indented the parser gives the first item.
    pub fn first_dash(&self, sequence: Id) -> usize {
        let it = &self.tree.nodes[sequence];
        let below_key = it.key.and_then(|key| {
            let key = self.tree.nodes[key].bytes.clone();
            self.dash_above(it.bytes.start, self.column(key.start), key.end)
        });
        below_key.unwrap_or(it.bytes.start)
    }

    /// The dash at this column before some content. Comments may stand between the two.
    fn dash_above(&self, content: usize, column: usize, from: usize) -> Option<usize> {
        let mut line = self.line_start(content);
        while line > from {
            let dash = line + column;
            let is_alone = self.text.get(line..dash).is_some_and(|text| text.bytes().all(|b| b == b' '));
            if is_alone
                && self.text[dash..]
                    .strip_prefix('-')
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
            {
                return Some(dash);
            }
            line = self.line_start(line.checked_sub(1)?);
        }
        None
    }

    /// The dash of an item of a block sequence.
    fn dash(&self, sequence: Id, place: usize) -> Option<usize> {
        let first = self.first_dash(sequence);
        if place == 0 {
            return Some(first);
        }
        let item = &self.tree.nodes[*self.children(sequence).get(place)?];
        // An empty block is found where the next line begins.
        let start = item.bytes.start - usize::from(item.block && item.bytes.is_empty() && is_scalar(item));
        self.dash_above(start, self.column(first), first)
    }

    /// Where the key or the dash of an entry of a block collection stands, and where what belongs to it begins.
    pub fn mark(&self, collection: Id, place: usize) -> Option<(usize, usize)> {
        match &self.tree.nodes[collection].kind {
            Kind::Mapping(entries) => {
                let (key, _) = entries.get(place)?;
                Some((self.tree.nodes[*key].bytes.start, self.colon(*key)?))
            }
            Kind::Sequence(_) => self.dash(collection, place).map(|dash| (dash, dash + 1)),
            _ => None,
        }
    }

    /// The place of a node in the collection that holds it.
    pub fn place(&self, node: Id) -> Option<(Id, usize)> {
        let parent = self.tree.nodes[node].parent?;
        let place = match &self.tree.nodes[parent].kind {
            Kind::Mapping(entries) => entries.iter().position(|(_, value)| *value == node),
            Kind::Sequence(items) => items.iter().position(|item| *item == node),
            _ => None,
        };
        Some((parent, place?))
    }

    /// Where the content of an entry ends, before a comment and the break of its line.
    pub fn entry_end(&self, collection: Id, place: usize) -> Option<usize> {
        let value = self.children(collection).get(place).copied()?;
        let (_, mark) = self.mark(collection, place)?;
        if self.is_empty(value) { Some(mark) } else { self.content_end(value, mark) }
    }

    fn content_end(&self, node: Id, mark: usize) -> Option<usize> {
        let it = &self.tree.nodes[node];
        match &it.kind {
            Kind::Mapping(entries) if it.block => self.entry_end(node, entries.len().checked_sub(1)?),
            Kind::Sequence(items) if it.block => self.entry_end(node, items.len().checked_sub(1)?),
            Kind::Scalar { .. } if it.block => {
                let (indicator, end) = self.indicator(mark)?;
                let keeps = self.text[indicator..end].contains('+');
                Some(self.block_end(&it.bytes, end, keeps))
            }
            _ => Some(it.bytes.end),
        }
    }

    /// `|-`: where the text of a block begins.
    pub fn indicator(&self, mark: usize) -> Option<(usize, usize)> {
        let rest = &self.text[mark..self.yaml.end];
        let start = rest.find(|c: char| !c.is_ascii_whitespace())?;
        let length = rest[start..].find(|c: char| !matches!(c, '|' | '>' | '+' | '-' | '0'..='9'));
        let length = length.unwrap_or(rest.len() - start);
        rest[start..].starts_with(['|', '>']).then_some((mark + start, mark + start + length))
    }

    /// The parser gives the blank lines behind a block too, and the indentation of what follows.
    fn block_end(&self, bytes: &Range<usize>, indicator: usize, keeps: bool) -> usize {
        let header = self.line_end(indicator);
        let indent = self.column(bytes.start);
        let mut end = bytes.end;
        if self.text[self.line_start(end)..end].bytes().all(|b| b == b' ') {
            end = self.line_start(end);
        }
        while end > header {
            let last = self.line_start(end.saturating_sub(1));
            let line = self.text[last..end].trim_end_matches(['\r', '\n']);
            if last <= header || keeps || line.bytes().any(|b| b != b' ') || line.len() > indent {
                break;
            }
            end = last;
        }
        let before = self.text[..end].strip_suffix('\n').map_or(end, str::len);
        let before = if self.text[..before].ends_with('\r') { before - 1 } else { before };
        if before > header { before } else { indicator }
    }

    pub fn children(&self, collection: Id) -> Vec<Id> {
        match &self.tree.nodes[collection].kind {
            Kind::Mapping(entries) => entries.iter().map(|(_, value)| *value).collect(),
            Kind::Sequence(items) => items.clone(),
            _ => Vec::new(),
        }
    }

    /// The column of the comment that comes next, if it is a comment that does.
    pub fn comment_below(&self, at: usize) -> Option<usize> {
        let rest = self.text[self.next_line(at)..self.yaml.end].split_inclusive('\n');
        let line = rest.map(str::trim_end).find(|line| !line.is_empty())?;
        let comment = line.trim_start();
        comment.starts_with('#').then_some(line.len() - comment.len())
    }

    /// The comment that ends a line, with the blanks before it.
    pub fn comment_behind(&self, at: usize) -> Range<usize> {
        let line = &self.text[at..self.line_end(at)];
        let comment = line.trim_start_matches([' ', '\t']);
        if comment.starts_with('#') && comment.len() < line.len() { at..at + line.trim_end().len() } else { at..at }
    }
}

pub(super) fn is_scalar(node: &Node) -> bool {
    matches!(node.kind, Kind::Scalar { .. })
}

/// A comment that is not there any more, but for those that went away on purpose.
pub(super) fn lost(before: &Source, removed: &[Range<usize>], after: &Source) -> Option<String> {
    let written = |source: &Source, at: &Range<usize>| source.text[at.clone()].trim_end().to_owned();
    let is_gone = |at: &Range<usize>| removed.iter().any(|gone| gone.start <= at.start && at.end <= gone.end);
    let mut left: Vec<String> = after.tree.comments.iter().map(|at| written(after, at)).collect();
    left.sort();
    let mut kept = before.tree.comments.iter().filter(|at| !is_gone(at)).map(|at| written(before, at));
    kept.find(|comment| left.binary_search(comment).map(|at| left.remove(at)).is_err())
}
