//! Tables as RFC 4180 writes them, with a byte order mark: spreadsheets read accents right only with it.

/// A sheet with its head.
pub fn foglio<const N: usize>(head: &[&str; N], rows: impl Iterator<Item = [String; N]>) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    riga(&mut out, &head.map(str::to_owned));
    rows.for_each(|row| riga(&mut out, &row));
    out.into_bytes()
}

pub fn riga(out: &mut String, celle: &[String]) {
    let celle: Vec<String> = celle.iter().map(|cella| cell(cella)).collect();
    out.push_str(&celle.join(","));
    out.push_str("\r\n");
}

/// A cell, quoted where it must be; one that a spreadsheet would take for a formula is made text.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
