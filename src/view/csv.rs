//! Tables for spreadsheets and programs.

use std::borrow::{Borrow, Cow};

use super::Cella;

/// RFC 4180, with a byte order mark: spreadsheets read accents right only with it.
pub const SEGNO: &str = "\u{feff}";

pub fn inizio() -> String {
    String::from(SEGNO)
}

pub fn riga<'a>(out: &mut String, celle: impl IntoIterator<Item = impl Borrow<Cella<'a>>>) {
    for (i, cella) in celle.into_iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        put(out, &scritta(cella.borrow()));
    }
    out.push_str("\r\n");
}

/// A cell as it stands in a table: figures as they are, a text made harmless.
pub fn scritta<'a>(cella: &'a Cella) -> Cow<'a, str> {
    match cella {
        Cella::Testo(testo) => innocuo(testo),
        _ => cella.dato(),
    }
}

/// How a text is made harmless, for who reads the data: taking away the first apostrophe gives it back, always.
pub const REGOLA: &str = "Un testo che comincia con uno di questi segni (=, +, -, @, apostrofo, tabulazione, a capo) \
                          ha davanti un apostrofo in più, perché un foglio di calcolo non lo esegua: chi legge con un \
                          programma toglie il primo apostrofo.";

/// A text that a spreadsheet would take for a formula has an apostrophe before it; so has one that begins with an
/// apostrophe, so that the one that was put there can always be told.
pub fn innocuo(text: &str) -> Cow<'_, str> {
    match text.starts_with(['=', '+', '-', '@', '\'', '\t', '\r', '\n']) {
        true => format!("'{text}").into(),
        false => text.into(),
    }
}

/// Quoted where it must be.
fn put(out: &mut String, text: &str) {
    if !text.contains(['"', ',', '\n', '\r']) {
        return out.push_str(text);
    }
    out.push('"');
    out.push_str(&text.replace('"', "\"\""));
    out.push('"');
}

/// The cells of the one row that a text is; nothing where it is not exactly one.
pub fn letta(riga: &str) -> Option<Vec<Cow<'_, str>>> {
    let mut celle = Vec::new();
    let mut rest = riga;
    loop {
        let cella = match rest.strip_prefix('"') {
            None => {
                let end = rest.find([',', '"', '\r', '\n'])?;
                let cella = &rest[..end];
                rest = &rest[end..];
                Cow::Borrowed(cella)
            }
            Some(quoted) => {
                let mut end = 0;
                while !quoted[end..].starts_with('"') || quoted[end..].starts_with("\"\"") {
                    end += if quoted[end..].starts_with("\"\"") { 2 } else { quoted[end..].chars().next()?.len_utf8() };
                }
                rest = &quoted[end + 1..];
                Cow::Owned(quoted[..end].replace("\"\"", "\""))
            }
        };
        celle.push(cella);
        match rest.strip_prefix(',') {
            Some(next) => rest = next,
            None => return (rest == "\r\n").then_some(celle),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn una(celle: &[&str]) -> String {
        let mut out = String::new();
        riga(&mut out, celle.iter().map(|cella| Cella::from((*cella).to_owned())));
        out
    }

    #[test]
    fn a_row_is_read_back_as_it_was_written() {
        let celle = ["a", "", "due, parole", "dice \"sì\"", "su\r\ndue righe", "\"", "\"\"", "è"];
        let riga = una(&celle);
        assert_eq!(riga, "a,,\"due, parole\",\"dice \"\"sì\"\"\",\"su\r\ndue righe\",\"\"\"\",\"\"\"\"\"\",è\r\n");
        assert_eq!(letta(&riga).expect("a row"), celle);
        for bad in ["a,b", "a\r\nb\r\n", "a\"b\r\n", "\"a\r\n", "\"a\"b\r\n", "a\n"] {
            assert_eq!(letta(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn no_text_is_run_and_each_comes_back() {
        for text in ["=1+1", "+39", "-1", "@x", "'n paese", "''", "\t=x", "plain", "a=b", "'=x"] {
            let safe = innocuo(text);
            assert!(!safe.starts_with(['=', '+', '-', '@', '\t']), "{safe}");
            assert_eq!(safe.strip_prefix('\'').unwrap_or(&safe), text);
        }
        assert_eq!(scritta(&Cella::from(crate::value::Euro::da_centesimi(5))), "0.05");
    }
}
