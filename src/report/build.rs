//! Short ways to write a place and a diagnostic.

use super::{Diagnostic, Place, Severity, Step, Target};
use std::borrow::Cow;
use std::ops::Range;

/// The steps to a field: `path!["azioni", 3, "titolo"]`.
#[macro_export]
macro_rules! path {
    ($($step:expr),* $(,)?) => {
        ::std::vec![$($crate::report::Step::from($step)),*]
    };
}

impl From<&'static str> for Step {
    fn from(key: &'static str) -> Self {
        Step::Key(Cow::Borrowed(key))
    }
}

impl From<String> for Step {
    fn from(key: String) -> Self {
        Step::Key(Cow::Owned(key))
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Step::Index(index)
    }
}

impl Place {
    /// The file as a whole.
    pub fn file(file: impl Into<String>) -> Self {
        Self::new(file, Target::File)
    }

    /// The value at the end of `steps`.
    pub fn value(file: impl Into<String>, steps: Vec<Step>) -> Self {
        Self::new(file, Target::Value(steps))
    }

    /// The key at the end of `steps`.
    pub fn key(file: impl Into<String>, steps: Vec<Step>) -> Self {
        Self::new(file, Target::Key(steps))
    }

    /// A part of the text at the end of `steps`, as near to it as the way the text is written allows.
    pub fn part(file: impl Into<String>, steps: Vec<Step>, text: &str, part: Range<usize>) -> Self {
        let words = text.get(part.clone()).unwrap_or_default().lines().next().unwrap_or_default();
        if words.is_empty() {
            return Self::value(file, steps);
        }
        let nth = text.get(..part.start).map_or(0, |before| before.matches(words).count());
        Self::new(file, Target::Words { value: steps, words: words.to_owned(), nth })
    }

    /// These bytes of the file.
    pub fn span(file: impl Into<String>, bytes: Range<usize>) -> Self {
        Self::new(file, Target::Span(bytes))
    }

    fn new(file: impl Into<String>, target: Target) -> Self {
        Place { file: file.into(), target }
    }
}

impl Diagnostic {
    pub fn error(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    pub fn warning(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    pub fn note(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    fn new(severity: Severity, code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Diagnostic {
            code: code.into(),
            severity,
            message: message.into(),
            place: None,
            label: String::new(),
            related: Vec::new(),
            norm: None,
            help: None,
            cause: None,
        }
    }

    pub fn at(self, place: Place) -> Self {
        Diagnostic { place: Some(place), ..self }
    }

    pub fn label(self, label: impl Into<String>) -> Self {
        Diagnostic { label: label.into(), ..self }
    }

    pub fn help(self, help: impl Into<String>) -> Self {
        Diagnostic { help: Some(help.into()), ..self }
    }

    pub fn cause(self, cause: impl Into<String>) -> Self {
        Diagnostic { cause: Some(cause.into()), ..self }
    }

    pub fn norm(self, norm: impl Into<String>) -> Self {
        Diagnostic { norm: Some(norm.into()), ..self }
    }

    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }
}
