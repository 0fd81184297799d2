//! What is wrong, where, and what to do about it.
//!
//! Stages 1-4 and 6 add [`Diagnostic`]s to a [`Report`]; nothing stops at the first one.
//! Records carry no positions: a [`Place`] says which field of which file is meant, and line and
//! column are looked up in the text only when there is something to show.

use std::borrow::Cow;
use std::ops::Range;

/// How much a finding weighs: errors stop the publication, warnings do not, notes only inform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
    Note,
}

/// One step on the way from the root of a YAML document to a field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Key(Cow<'static, str>),
    Index(usize),
}

/// The part of a file that a diagnostic points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The file as a whole: there is no better place.
    File,
    /// The value at this path; where it is absent, the deepest part of the path that exists.
    Value(Vec<Step>),
    /// The key (not its value) at this path.
    Key(Vec<Step>),
    /// Bytes of the file.
    Span(Range<usize>),
}

/// A place in an input: a record, a page, a template or a stylesheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The path as the user knows it, with `/` on every system: `content/piani/…/win.yaml`.
    pub file: String,
    pub target: Target,
}

/// One finding. Messages are Italian, lower case, without a full stop, names in backticks.
#[derive(Debug, Clone, PartialEq, Eq)]
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
}

/// All the findings of one run.
#[derive(Debug, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}
