//! Tables for spreadsheets and programs.

use std::borrow::{Borrow, Cow};

use super::Cella;

/// RFC 4180, with a byte order mark: spreadsheets read accents right only with it.
pub const SEGNO: &str = "\u{feff}";

pub fn inizio() -> String {
    String::from(SEGNO)
}

/// The head of a table and its rows.
pub fn tabella<'a, C: Borrow<Cella<'a>>>(
    testa: impl IntoIterator<Item = Cella<'static>>,
    righe: impl IntoIterator<Item = impl IntoIterator<Item = C>>,
) -> Vec<u8> {
    let mut out = inizio();
    riga(&mut out, testa);
    righe.into_iter().for_each(|celle| riga(&mut out, celle));
    out.into_bytes()
}

pub fn riga<'a>(out: &mut String, celle: impl IntoIterator<Item = impl Borrow<Cella<'a>>>) {
    for (i, cella) in celle.into_iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        let testo = scritta(cella.borrow());
        // Quoted where it must be.
        if testo.contains(['"', ',', '\n', '\r']) {
            out.extend(["\"", &testo.replace('"', "\"\""), "\""]);
        } else {
            out.push_str(&testo);
        }
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
        let mut lettore = ::csv::ReaderBuilder::new().has_headers(false).from_reader(riga.as_bytes());
        let lette: Vec<_> = lettore.records().collect::<Result<_, _>>().expect("rows");
        assert_eq!(lette, [::csv::StringRecord::from(celle.to_vec())]);
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
