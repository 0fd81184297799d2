//! What is wrong, where, and what to do about it.
//!
//! Stages 1-4 and 6 add [`Diagnostic`]s to a [`Report`]; nothing stops at the first one.
//! Records carry no positions: a [`Place`] says which field of which file is meant, and line and
//! column are looked up in the text only when there is something to show.

mod build;
mod human;
mod json;
mod line;
pub(crate) mod marked;
mod plain;
mod rule;
mod sarif;
mod show;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

pub use marked::Marked;
pub(crate) use plain::{is_unsafe, one_line};
pub use rule::{Rule, never_waived};
pub use show::{At, Located, Texts, sorted};

/// How much a finding weighs: errors stop the publication, warnings do not, notes only inform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
    Note,
}

/// One step on the way from the root of a YAML document to a field.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    Key(Cow<'static, str>),
    Index(usize),
}

/// The part of a file that a diagnostic points at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// The file as a whole: there is no better place.
    File,
    /// The value at this path; where it is absent, the deepest part of the path that exists.
    Value(Vec<Step>),
    /// The key (not its value) at this path.
    Key(Vec<Step>),
    /// Words in the value at this path, the `nth` time from 0 that they are written there; where they are not found as
    /// they are, because the value is folded or escaped, the value.
    Words { value: Vec<Step>, words: String, nth: usize },
    /// Bytes of the file.
    Span(Range<usize>),
}

/// A place in an input: a record, a page, a template or a stylesheet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The path as the user knows it, with `/` on every system: `content/piani/…/win.yaml`.
    pub file: String,
    pub target: Target,
}

/// One finding. Messages are Italian, lower case, without a full stop, names in backticks.
#[must_use]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// `C-01`, `Q-02`, … : what `concilia explain` takes.
    pub code: Cow<'static, str>,
    pub severity: Severity,
    pub message: String,
    pub place: Option<Place>,
    /// What stands under the carets: the value found and the one required.
    pub label: String,
    /// Other places that belong to the same finding, each with its own label.
    pub related: Vec<(Place, String)>,
    /// The article that is broken.
    pub norm: Option<String>,
    /// The remedy.
    pub help: Option<String>,
    /// The cause, where several findings have the same one: they are told as one.
    pub cause: Option<String>,
}

/// All the findings of one run.
#[derive(Debug, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

/// How many findings of each severity.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// With the lines of the file and carets under what is wrong; errors last, nearest to the eye.
    Human,
    /// The same for errors; many warnings are told by rule, with the first places of each.
    Brief,
    /// One finding a line, for editors and `grep`.
    Line,
    Json,
    Sarif,
}

impl Format {
    /// Made for programs, which read the standard output whatever was found.
    pub fn is_for_programs(self) -> bool {
        matches!(self, Format::Json | Format::Sarif)
    }
}

/// The findings as text, in a fixed order and without a closing line.
pub fn render(report: &Report, texts: &Texts, format: Format, color: bool) -> String {
    let located = match format {
        Format::Brief => show::sorted_to_show(report, texts, human::FEW),
        _ => sorted(report, texts),
    };
    match format {
        Format::Human | Format::Brief => human::render(&located, texts, color, format == Format::Brief),
        Format::Line => line::render(&located),
        Format::Json => json::render(&located, report.counts()),
        Format::Sarif => sarif::render(&located),
    }
}

impl Counts {
    /// `2 errori, 1 avviso`; nothing to say gives `nessun problema`.
    pub fn summary(&self) -> String {
        let parts: Vec<String> =
            [(self.errors, Severity::Error), (self.warnings, Severity::Warning), (self.notes, Severity::Note)]
                .into_iter()
                .filter(|(n, _)| *n > 0)
                .map(|(n, severity)| severity.counted(n))
                .collect();
        if parts.is_empty() { "nessun problema".to_owned() } else { parts.join(", ") }
    }
}

impl Report {
    pub fn add(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.diagnostics.extend(diagnostics);
    }

    /// In the order in which they were found; [`sorted`] gives the order for readers.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The errors alone.
    pub fn errors(&self) -> Report {
        let errors = self.diagnostics.iter().filter(|d| d.severity == Severity::Error);
        Report { diagnostics: errors.cloned().collect() }
    }

    /// `file:line` of the error that is told first.
    pub fn first_error(&self, texts: &Texts) -> Option<String> {
        let errors = self.errors();
        let first = sorted(&errors, texts).into_iter().next()?;
        let file = one_line(first.file()?);
        Some(first.at.as_ref().map_or_else(|| file.to_string(), |at| format!("{file}:{}", at.line)))
    }

    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }

    /// Equal diagnostics count once, as they are shown once.
    pub fn counts(&self) -> Counts {
        let distinct = distinct(&self.diagnostics);
        let of = |severity| distinct.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        Counts { errors: of(Severity::Error), warnings: of(Severity::Warning), notes: of(Severity::Note) }
    }
}

/// The first of each group of equal diagnostics, in order.
fn distinct(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    // Only asked for membership, never walked: its order cannot reach the output.
    let mut seen = std::collections::HashSet::new();
    diagnostics.iter().filter(|d| seen.insert(*d)).collect()
}
