//! Where each finding stands, and the order in which findings are shown.

use super::Marked;
use super::{Diagnostic, Place, Report, Severity, Target, distinct};
use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The texts that findings point into, by the path that the user knows: each whole, and the part of it that is YAML.
pub type Texts = BTreeMap<String, (String, Range<usize>)>;

/// A finding and its place in the text, where it has one.
#[derive(Debug)]
pub struct Located<'a> {
    pub diagnostic: &'a Diagnostic,
    /// The place of the finding.
    pub at: Option<At>,
    /// The places of `diagnostic.related`, one for one.
    pub related: Vec<Option<At>>,
}

/// A place found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At {
    pub bytes: Range<usize>,
    /// From 1.
    pub line: usize,
    /// From 1, counted in characters.
    pub column: usize,
    /// The byte at which `line` begins.
    pub line_start: usize,
    /// Where it ends: the column after the last one.
    pub end_line: usize,
    pub end_column: usize,
}

impl Located<'_> {
    pub fn file(&self) -> Option<&str> {
        self.diagnostic.place.as_ref().map(|place| place.file.as_str())
    }
}

/// By file, line, column, code; equal findings are merged. Findings without a file come first.
pub fn sorted<'a>(report: &'a Report, texts: &Texts) -> Vec<Located<'a>> {
    located(distinct(report.diagnostics()), texts, |_| true)
}

/// The same, where of what stops nothing the `first` places of each rule are shown: the others are counted, and nobody
/// reads their files to know the line.
pub(super) fn sorted_to_show<'a>(report: &'a Report, texts: &Texts, first: usize) -> Vec<Located<'a>> {
    let distinct = distinct(report.diagnostics());
    let mut shown: BTreeMap<(Severity, &str), BTreeSet<&str>> = BTreeMap::new();
    for diagnostic in &distinct {
        let files = shown.entry((diagnostic.severity, &diagnostic.code)).or_default();
        files.extend(diagnostic.place.as_ref().map(|place| place.file.as_str()));
        if files.len() > first {
            files.pop_last();
        }
    }
    located(distinct, texts, |diagnostic| {
        let files = &shown[&(diagnostic.severity, &*diagnostic.code)];
        diagnostic.severity == Severity::Error
            || diagnostic.place.as_ref().is_some_and(|place| files.contains(place.file.as_str()))
    })
}

fn located<'a>(
    diagnostics: Vec<&'a Diagnostic>,
    texts: &Texts,
    is_shown: impl Fn(&Diagnostic) -> bool,
) -> Vec<Located<'a>> {
    let mut files = Files { texts, known: BTreeMap::new() };
    let mut find = |diagnostic: &Diagnostic, place: &Place| is_shown(diagnostic).then(|| files.find(place)).flatten();
    let mut located: Vec<Located<'a>> = diagnostics
        .into_iter()
        .map(|diagnostic| Located {
            diagnostic,
            at: diagnostic.place.as_ref().and_then(|place| find(diagnostic, place)),
            related: diagnostic.related.iter().map(|(place, _)| find(diagnostic, place)).collect(),
        })
        .collect();
    located.sort_by(|a, b| order(a).cmp(&order(b)));
    located
}

fn order<'a>(l: &'a Located<'_>) -> impl Ord + use<'a> {
    let position = l.at.as_ref().map(|at| (at.line, at.column));
    (l.file(), position, l.diagnostic.code.as_ref(), l.diagnostic.message.as_str())
}

/// Each file is indexed once, and only when something points into it.
struct Files<'t> {
    texts: &'t Texts,
    known: BTreeMap<&'t str, File<'t>>,
}

struct File<'t> {
    text: &'t str,
    line_starts: Vec<usize>,
    yaml: Range<usize>,
    /// Read only for places that are paths.
    marked: OnceCell<Marked>,
    /// The last place asked for, which the next one often follows on a long line: line, byte, column.
    last: Cell<(usize, usize, usize)>,
}

impl Files<'_> {
    fn find(&mut self, place: &Place) -> Option<At> {
        let (name, (text, yaml)) = self.texts.get_key_value(&place.file)?;
        self.known.entry(name).or_insert_with(|| File::new(text, yaml.clone())).find(&place.target)
    }
}

impl<'t> File<'t> {
    fn new(text: &'t str, yaml: Range<usize>) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        let line_starts = std::iter::once(0).chain(breaks).collect();
        File { text, line_starts, yaml, marked: OnceCell::new(), last: Cell::default() }
    }

    fn find(&self, target: &Target) -> Option<At> {
        let mut bytes = match target {
            Target::File => return None,
            Target::Span(bytes) => bytes.clone(),
            other => {
                let load = || Marked::load(self.text, self.yaml.clone());
                self.marked.get_or_init(load).locate(self.text, other)?
            }
        };
        // A place made by hand, or for an older text, must not cut a character in two.
        bytes.start = self.text.floor_char_boundary(bytes.start);
        bytes.end = self.text.ceil_char_boundary(bytes.end.max(bytes.start));
        let (line, column, line_start) = self.position(bytes.start)?;
        let (end_line, end_column, _) = self.position(bytes.end)?;
        Some(At { bytes, line, column, line_start, end_line, end_column })
    }

    /// Line, column and the byte at which the line begins.
    fn position(&self, byte: usize) -> Option<(usize, usize, usize)> {
        let line = self.line_starts.partition_point(|start| *start <= byte);
        let line_start = *self.line_starts.get(line.checked_sub(1)?)?;
        let (from, before) = match self.last.get() {
            (same, from, column) if same == line && from <= byte => (from, column),
            _ => (line_start, 1),
        };
        let column = before + self.text.get(from..byte)?.chars().count();
        self.last.set((line, byte, column));
        Some((line, column, line_start))
    }
}
