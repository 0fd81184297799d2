//! One finding a line: `file:line:column: errore[Q-02]: message (aiuto: …)`.

use super::plain::one_line;
use super::{Located, Severity};
use std::fmt::Write;

pub(super) fn render(located: &[Located<'_>]) -> String {
    let mut out = String::new();
    for l in located {
        let d = l.diagnostic;
        if let Some(file) = l.file() {
            out.push_str(&one_line(file));
            if let Some(at) = &l.at {
                // Writing to a string cannot fail.
                let _ = write!(out, ":{}:{}", at.line, at.column);
            }
            out.push_str(": ");
        }
        let _ = write!(out, "{}[{}]: {}", d.severity.name(), d.code, one_line(&d.message));
        if let Some(help) = &d.help {
            let _ = write!(out, " (aiuto: {})", one_line(help));
        }
        out.push('\n');
    }
    out
}

impl Severity {
    /// As the user reads it.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "errore",
            Severity::Warning => "avviso",
            Severity::Note => "nota",
        }
    }
}
