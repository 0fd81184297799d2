mod limits;
mod messages;
mod oracle;
mod places;
mod schema;

use crate::report::{Diagnostic, Format, Report, Texts, render};
use std::fmt::Debug;
use std::ops::Range;

/// The only file there is, whatever its name.
struct OneText<'a>(&'a str);

impl Texts for OneText<'_> {
    fn text(&self, _: &str) -> Option<(&str, Range<usize>)> {
        Some((self.0, 0..self.0.len()))
    }
}

/// What the user reads.
fn show<T: Debug>(text: &str, result: Result<T, Vec<Diagnostic>>) -> String {
    match result {
        Ok(value) => format!("{value:?}\n"),
        Err(diagnostics) => {
            let mut report = Report::default();
            report.extend(diagnostics);
            let shown = render(&report, &OneText(text), Format::Human, false);
            format!("{shown}{}\n", report.counts().summary())
        }
    }
}
