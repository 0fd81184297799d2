//! Tables for spreadsheets and programs.

use super::Cella;

/// RFC 4180, with a byte order mark: spreadsheets read accents right only with it.
pub fn inizio() -> String {
    String::from("\u{feff}")
}

pub fn riga<'a>(out: &mut String, celle: impl IntoIterator<Item = Cella<'a>>) {
    for (i, cella) in celle.into_iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        match &cella {
            Cella::Testo(testo) => put(out, testo),
            _ => out.push_str(&cella.dato()),
        }
    }
    out.push_str("\r\n");
}

/// A text, quoted where it must be; one that a spreadsheet would take for a formula is made text.
fn put(out: &mut String, text: &str) {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let quoted = text.contains(['"', ',', '\n', '\r']);
    if quoted {
        out.push('"');
    }
    if formula {
        out.push('\'');
    }
    if quoted {
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(text);
    }
}
