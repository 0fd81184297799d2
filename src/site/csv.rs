//! Tables for spreadsheets and programs.

/// RFC 4180, with a byte order mark: spreadsheets read accents right only with it.
pub fn scrivi(righe: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut out = inizio();
    righe.into_iter().for_each(|celle| riga(&mut out, &celle));
    out.into_bytes()
}

/// A sheet with its head.
pub fn foglio<const N: usize>(testa: &[&str; N], righe: impl Iterator<Item = [String; N]>) -> Vec<u8> {
    let mut out = inizio();
    riga(&mut out, &testa.map(str::to_owned));
    righe.for_each(|celle| riga(&mut out, &celle));
    out.into_bytes()
}

pub fn inizio() -> String {
    String::from("\u{feff}")
}

pub fn riga(out: &mut String, celle: &[String]) {
    let celle: Vec<String> = celle.iter().map(|testo| cella(testo)).collect();
    out.push_str(&celle.join(","));
    out.push_str("\r\n");
}

/// A cell, quoted where it must be; one that a spreadsheet would take for a formula is made text.
fn cella(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
