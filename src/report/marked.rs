//! A YAML document as a tree in which every node knows its bytes.

use super::{Step, Target};
use granit_parser::{Event, Parser, ScalarStyle, ScanError, Span, StructureStyle, Tag};
use std::collections::BTreeMap;
use std::ops::Range;

/// Deeper than any record, and shallow enough for every recursive visit. It is also the depth at
/// which `serde_yaml` gives up.
pub(crate) const MAX_DEPTH: usize = 128;

/// A node, by its place in [`Marked::nodes`].
pub(crate) type Id = usize;

/// The first document of a file. Of a file that breaks off, what stands before the break.
#[derive(Debug, Default)]
pub struct Marked {
    /// Where the YAML part begins in the text; [`Marked::error`] counts from there.
    pub(crate) start: usize,
    pub(crate) nodes: Vec<Node>,
    pub(crate) root: Option<Id>,
    /// From the `#` to the end of the line.
    pub(crate) comments: Vec<Range<usize>>,
    /// Where a second document begins.
    pub(crate) second: Option<usize>,
    /// Why the tree ends early.
    pub(crate) error: Option<ScanError>,
    /// Whether a node has a name for others to refer to (`&name`).
    pub(crate) anchored: bool,
    /// Where the innermost bracket opens that was still open there.
    pub(crate) unclosed: Option<usize>,
}

#[derive(Debug)]
pub(crate) struct Node {
    pub bytes: Range<usize>,
    pub kind: Kind,
    /// Written over lines of its own: a block collection, or a text after `|` or `>`.
    pub block: bool,
    pub tag: Option<Mark>,
    pub parent: Option<Id>,
    /// The key of a value that stands in a mapping.
    pub key: Option<Id>,
    /// Nodes in it, aliases written out; known once it is closed.
    growth: u64,
}

#[derive(Debug)]
pub(crate) enum Kind {
    Scalar { text: String, plain: bool },
    Sequence(Vec<Id>),
    Mapping(Vec<(Id, Id)>),
    Alias(Id),
}

/// A `!tag` or a `!!tag`.
#[derive(Debug)]
pub(crate) struct Mark {
    /// As `serde_yaml` sees it: `!x`, or `tag:yaml.org,2002:int`.
    pub name: String,
    pub bytes: Range<usize>,
}

impl Marked {
    /// Reads the YAML part of a text, as far as it can be read.
    pub fn load(text: &str, yaml: Range<usize>) -> Self {
        let mut builder = Builder::default();
        builder.tree.start = yaml.start;
        let source = text.get(yaml).unwrap_or_default();
        builder.unbroken = Some(builder.tree.start + source.len()).filter(|_| !source.ends_with('\n'));
        let options = granit_parser::options! {
            // However many stand in a row: a file has an end.
            max_buffered_comment_events: usize::MAX,
            flow_nesting_limit: MAX_DEPTH,
            block_nesting_limit: MAX_DEPTH,
        };
        for event in Parser::new_from_str_with_options(source, options) {
            match event {
                Ok((event, span)) => {
                    if !builder.take(event, span) {
                        break;
                    }
                }
                Err(error) => {
                    builder.tree.error = Some(error);
                    let nodes = &builder.tree.nodes;
                    let bracket = builder.open.iter().rev().find(|(id, _)| !nodes[*id].block);
                    builder.tree.unclosed = bracket.map(|(id, _)| nodes[*id].bytes.start);
                    break;
                }
            }
        }
        builder.tree
    }

    /// The bytes of `text` that `target` means; for a path that does not exist, those of its deepest part that does.
    pub fn locate(&self, text: &str, target: &Target) -> Option<Range<usize>> {
        match target {
            Target::File => None,
            Target::Span(bytes) => Some(bytes.clone()),
            Target::Value(steps) => {
                let (node, _) = self.walk(steps)?;
                Some(self.show(node))
            }
            Target::Words { value, words, nth } => {
                let (node, taken) = self.walk(value)?;
                let found = if taken == value.len() { self.words(text, node, words, *nth) } else { None };
                Some(found.unwrap_or_else(|| self.show(node)))
            }
            Target::Key(steps) => {
                let (node, taken) = self.walk(steps)?;
                Some(match self.nodes[node].key {
                    Some(key) if taken == steps.len() => self.nodes[key].bytes.clone(),
                    _ => self.show(node),
                })
            }
        }
    }

    /// Where words stand in a text as it is written: that of a block keeps its lines, whatever their indentation.
    fn words(&self, text: &str, node: Id, words: &str, nth: usize) -> Option<Range<usize>> {
        let node = &self.nodes[self.resolve(node)];
        let Kind::Scalar { .. } = node.kind else { return None };
        let (at, found) = text.get(node.bytes.clone())?.match_indices(words).nth(nth)?;
        let start = node.bytes.start + at;
        Some(start..start + found.len()).filter(|found| !found.is_empty())
    }

    /// The node at the end of `steps`, or the deepest on the way, and how many steps lead to it.
    pub(crate) fn walk(&self, steps: &[Step]) -> Option<(Id, usize)> {
        let mut node = self.root?;
        for (taken, step) in steps.iter().enumerate() {
            let next = match (step, &self.nodes[self.resolve(node)].kind) {
                (Step::Key(name), Kind::Mapping(entries)) => {
                    entries.iter().find(|(key, _)| self.text(*key) == Some(name.as_ref())).map(|(_, value)| *value)
                }
                (Step::Index(index), Kind::Sequence(items)) => items.get(*index).copied(),
                _ => None,
            };
            match next {
                Some(next) => node = next,
                None => return Some((node, taken)),
            }
        }
        Some((node, steps.len()))
    }

    /// The steps that lead to a node.
    pub(crate) fn way(&self, node: Id) -> Vec<Step> {
        let it = &self.nodes[node];
        let Some(parent) = it.parent else { return Vec::new() };
        let mut way = self.way(parent);
        way.push(match (it.key, &self.nodes[parent].kind) {
            (Some(key), _) => Step::Key(self.text(key).unwrap_or_default().to_owned().into()),
            (None, Kind::Sequence(items)) => Step::Index(items.partition_point(|item| *item < node)),
            (None, _) => Step::Index(0),
        });
        way
    }

    /// What to point at for a node: a value that fits a line, else its key, else where it begins.
    pub(crate) fn show(&self, node: Id) -> Range<usize> {
        let it = &self.nodes[node];
        match (it.block || it.bytes.is_empty(), it.key, &it.kind) {
            (false, ..) => it.bytes.clone(),
            (true, Some(key), _) => self.nodes[key].bytes.clone(),
            (true, None, Kind::Mapping(entries)) => {
                entries.first().map_or(it.bytes.clone(), |(key, _)| self.nodes[*key].bytes.clone())
            }
            (true, None, Kind::Sequence(items)) => items.first().map_or(it.bytes.clone(), |item| self.show(*item)),
            (true, None, _) => it.bytes.clone(),
        }
    }

    /// How many nodes the document has once every alias is written out.
    pub(crate) fn growth(&self) -> u64 {
        self.root.map_or(0, |root| self.nodes[root].growth)
    }

    /// The text of a scalar.
    pub(crate) fn text(&self, node: Id) -> Option<&str> {
        match &self.nodes[self.resolve(node)].kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The text of a scalar that is written as it is, without quotes.
    pub(crate) fn plain(&self, node: Id) -> Option<&str> {
        match &self.nodes[node].kind {
            Kind::Scalar { text, plain: true } => Some(text),
            _ => None,
        }
    }

    /// What an alias stands for. An alias never stands for another alias.
    pub(crate) fn resolve(&self, node: Id) -> Id {
        match self.nodes[node].kind {
            Kind::Alias(target) => target,
            _ => node,
        }
    }
}

/// Builds the tree without recursion, so that no nesting can exhaust the stack.
#[derive(Default)]
struct Builder {
    tree: Marked,
    /// Open collections, each with a key that waits for its value.
    open: Vec<(Id, Option<Id>)>,
    anchors: BTreeMap<usize, Id>,
    documents: usize,
    /// Where the text ends, if its last line has no break.
    unbroken: Option<usize>,
}

impl Builder {
    /// Takes one event; false when nothing that follows is of use.
    fn take(&mut self, event: Event<'_>, span: Span) -> bool {
        let bytes = self.bytes(&span);
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.tree.second = Some(bytes.start);
                    return false;
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain;
                let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                // Where no value is written the parser says `~`, which is not the same to serde.
                let mut text = if plain && bytes.is_empty() { String::new() } else { text.into_owned() };
                // This one reads a break there, serde none.
                if block && self.unbroken == Some(bytes.end) && text.ends_with('\n') {
                    text.pop();
                }
                let kind = Kind::Scalar { text, plain };
                self.add(kind, block, anchor, tag.as_deref(), &span);
                self.grow(1);
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.begin(Kind::Sequence(Vec::new()), style, anchor, tag.as_deref(), &span);
            }
            Event::MappingStart(style, anchor, tag) => {
                self.begin(Kind::Mapping(Vec::new()), style, anchor, tag.as_deref(), &span);
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some((id, _)) = self.open.pop() {
                    let it = &mut self.tree.nodes[id];
                    it.bytes.end = bytes.end.max(it.bytes.end);
                    let growth = it.growth;
                    self.grow(growth);
                }
            }
            Event::Alias(anchor) => {
                if let Some(target) = self.anchors.get(&anchor).copied() {
                    self.add(Kind::Alias(target), false, 0, None, &span);
                    let inside_itself = self.open.iter().any(|(id, _)| *id == target);
                    let growth = self.tree.nodes[target].growth;
                    self.grow(if inside_itself { u64::MAX } else { growth });
                }
            }
            Event::Comment(..) => self.tree.comments.push(bytes),
            _ => {}
        }
        true
    }

    fn begin(&mut self, kind: Kind, style: StructureStyle, anchor: usize, tag: Option<&Tag>, span: &Span) {
        let id = self.add(kind, style == StructureStyle::Block, anchor, tag, span);
        self.open.push((id, None));
    }

    fn add(&mut self, kind: Kind, block: bool, anchor: usize, tag: Option<&Tag>, span: &Span) -> Id {
        let bytes = self.bytes(span);
        let id = self.tree.nodes.len();
        if anchor != 0 {
            self.tree.anchored = true;
            self.anchors.insert(anchor, id);
        }
        let tag = tag.map(|tag| Mark {
            name: format!("{}{}", tag.handle(), tag.suffix()),
            bytes: span.tag_span().map_or(bytes.clone(), |tag| self.bytes(&tag)),
        });
        let (mut parent, mut own_key) = (None, None);
        match self.open.last_mut() {
            None => self.tree.root = Some(id),
            Some((collection, waiting)) => {
                parent = Some(*collection);
                match &mut self.tree.nodes[*collection].kind {
                    Kind::Sequence(items) => items.push(id),
                    Kind::Mapping(entries) => match waiting.take() {
                        None => *waiting = Some(id),
                        Some(key) => {
                            entries.push((key, id));
                            own_key = Some(key);
                        }
                    },
                    Kind::Scalar { .. } | Kind::Alias(_) => {}
                }
            }
        }
        self.tree.nodes.push(Node { bytes, kind, block, tag, parent, key: own_key, growth: 1 });
        id
    }

    /// Counts a finished node in the collection that holds it.
    fn grow(&mut self, by: u64) {
        if let Some((id, _)) = self.open.last() {
            let growth = &mut self.tree.nodes[*id].growth;
            *growth = growth.saturating_add(by);
        }
    }

    fn bytes(&self, span: &Span) -> Range<usize> {
        let range = span.byte_range().unwrap_or_default();
        let start = range.start + self.tree.start;
        start..(range.end + self.tree.start).max(start)
    }
}
