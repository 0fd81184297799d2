//! One finding a line: `file:line:column: errore[Q-02]: message (aiuto: …)`.

use super::plain::one_line;
use super::{Located, Severity};
use std::fmt::Write;

pub(super) fn render(located: &[Located<'_>]) -> String {
    let mut out = String::new();
    for l in located {
        let d = l.diagnostic;
        if let Some(place) = place(l) {
            out.push_str(&format!("{place}: "));
        }
        // Writing to a string cannot fail.
        let _ = write!(out, "{}[{}]: {}", d.severity.name(), d.code, one_line(&d.message));
        if let Some(help) = &d.help {
            let _ = write!(out, " (aiuto: {})", one_line(help));
        }
        out.push('\n');
    }
    out
}

/// `file:line:column`, or the file alone.
pub(super) fn place(l: &Located<'_>) -> Option<String> {
    let file = one_line(l.file()?);
    Some(l.at.as_ref().map_or_else(|| file.to_string(), |at| format!("{file}:{}:{}", at.line, at.column)))
}

impl Severity {
    /// As the user reads one, and several.
    fn words(self) -> [&'static str; 2] {
        match self {
            Severity::Error => ["errore", "errori"],
            Severity::Warning => ["avviso", "avvisi"],
            Severity::Note => ["nota", "note"],
        }
    }

    pub fn name(self) -> &'static str {
        self.words()[0]
    }

    pub(super) fn names(self) -> &'static str {
        self.words()[1]
    }

    /// `1 avviso`, `2 avvisi`.
    pub fn counted(self, n: usize) -> String {
        format!("{n} {}", if n == 1 { self.name() } else { self.names() })
    }
}
