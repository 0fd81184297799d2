mod limits;
mod messages;
mod oracle;
mod places;
mod schema;

use crate::report::{Diagnostic, Format, Report, Texts, render};
use std::fmt::Debug;

/// What the user reads.
fn show<T: Debug>(text: &str, result: Result<T, Vec<Diagnostic>>) -> String {
    match result {
        Ok(value) => format!("{value:?}\n"),
        Err(diagnostics) => {
            let mut report = Report::default();
            report.extend(diagnostics);
            // The only file there is, whatever its name.
            let places = report.diagnostics().iter().filter_map(|found| found.place.as_ref());
            let texts: Texts = places.map(|place| (place.file.clone(), (text.to_owned(), 0..text.len()))).collect();
            let shown = render(&report, &texts, Format::Human, false);
            format!("{shown}{}\n", report.counts().summary())
        }
    }
}
