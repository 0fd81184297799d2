//! A table as a workbook: one sheet of rows, each cell of the type of its column, and one that explains them.
//!
//! Rows go to a temporary file as they come, so that a large table costs no memory. The same rows give the same bytes.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{Campo, Cella, Tipo, csv};
use crate::value::Data;

/// What a sheet has room for, its head included.
const RIGHE: u32 = 1_048_576;
/// The longest text of a cell, and what ends one that was longer.
const LUNGHEZZA: usize = 32_767;
const TAGLIATO: &str = "… [il testo intero è nel CSV]";
/// Columns are as wide as their words, within reason.
const LARGHEZZA: usize = 60;
/// What the paper of an office is called.
const A4: u8 = 9;
/// The room of the arrow by which a column is filtered.
const FRECCIA: usize = 4;

/// What the workbook says of itself.
pub struct Detto<'a> {
    pub titolo: &'a str,
    pub autore: String,
    pub frase: &'a str,
    pub data: Data,
    /// What stands under the fields in the sheet that explains them.
    pub note: Vec<(&'static str, String)>,
}

pub struct Libro {
    libro: Workbook,
    formati: Vec<Option<Format>>,
    larghezze: Vec<usize>,
    riga: u32,
    avanzate: usize,
}

impl Libro {
    pub fn nuovo(titolo: &str, campi: &[Campo]) -> Result<Self, XlsxError> {
        let mut libro = Workbook::new();
        let foglio = libro.add_worksheet_with_constant_memory()?;
        foglio.set_name(nome(titolo))?;
        con_testa(foglio)?;
        let (mut formati, mut larghezze) = (Vec::new(), Vec::new());
        for (colonna, campo) in (0..).zip(campi) {
            foglio.write_string_with_format(0, colonna, campo.id, &testa())?;
            larghezze.push(campo.id.chars().count() + FRECCIA);
            formati.push(Some(in_elenco(campo.tipo)));
        }
        Ok(Libro { libro, formati, larghezze, riga: 0, avanzate: 0 })
    }

    pub fn riga(&mut self, celle: &[Cella]) -> Result<(), XlsxError> {
        if self.riga + 1 == RIGHE {
            self.avanzate += 1;
            return Ok(());
        }
        self.riga += 1;
        let foglio = self.libro.worksheet_from_index(0)?;
        for ((colonna, cella), (formato, larga)) in (0..).zip(celle).zip(self.formati.iter().zip(&mut self.larghezze)) {
            let lunga = scrivi(foglio, (self.riga, colonna), cella, formato.as_ref())?;
            *larga = (*larga).max(lunga.min(LARGHEZZA));
        }
        Ok(())
    }

    pub fn chiuso(mut self, detto: Detto, campi: &[Campo]) -> Result<Vec<u8>, XlsxError> {
        let foglio = self.libro.worksheet_from_index(0)?;
        let ultima = u16::try_from(self.larghezze.len()).unwrap_or(u16::MAX).saturating_sub(1);
        foglio.autofilter(0, 0, self.riga, ultima)?;
        for (colonna, larga) in (0..).zip(&self.larghezze) {
            foglio.set_column_width(colonna, u32::try_from(*larga).unwrap_or(u32::MAX))?;
        }
        let Detto { titolo, autore, frase, data, mut note } = detto;
        if self.avanzate > 0 {
            note.push(("Righe", format!("Il foglio ha posto per {RIGHE} righe: altre {} sono nel CSV", self.avanzate)));
        }
        legenda(self.libro.add_worksheet(), campi, &note)?;
        let proprieta = DocProperties::new().set_title(titolo).set_author(autore).set_comment(frase);
        self.libro.set_properties(&match giorno(data) {
            Some(giorno) => proprieta.set_creation_datetime(&giorno),
            None => proprieta,
        });
        salvato(&mut self.libro)
    }
}

/// The bytes of a workbook, the same on every system: what writes archives notes in each entry on which one it runs.
pub fn salvato(libro: &mut Workbook) -> Result<Vec<u8>, XlsxError> {
    /// Where the end of an archive without a comment says at which byte its index begins.
    const INDEX: usize = 6;
    /// An entry of the index: the system is its sixth byte, and the lengths of what follows it end before this one.
    const ENTRY: usize = 46;
    const UNIX: u8 = 3;
    let mut bytes = libro.save_to_buffer()?;
    let half = |bytes: &[u8], at: usize| Some(usize::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    let begins = bytes.len().saturating_sub(INDEX);
    let begins = bytes.get(begins..begins + 4).and_then(|four| Some(u32::from_le_bytes(four.try_into().ok()?)));
    let mut at = begins.and_then(|at| usize::try_from(at).ok()).unwrap_or(bytes.len());
    while bytes.get(at..at + 4) == Some(b"PK\x01\x02") {
        if let Some(system) = bytes.get_mut(at + 5) {
            *system = UNIX;
        }
        let more: usize = [28, 30, 32].into_iter().filter_map(|length| half(&bytes, at + length)).sum();
        at += ENTRY + more;
    }
    Ok(bytes)
}

/// The fields, and what holds for all of them.
fn legenda(foglio: &mut Worksheet, campi: &[Campo], note: &[(&'static str, String)]) -> Result<(), XlsxError> {
    let a_capo = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    foglio.set_name("Legenda")?;
    con_testa(foglio)?;
    for (colonna, (titolo, larga)) in (0..).zip([("Campo", 26), ("Tipo", 12), ("Che cosa contiene", 90)]) {
        foglio.write_string_with_format(0, colonna, titolo, &testa())?.set_column_width(colonna, larga)?;
    }
    let mut riga = 1;
    for campo in campi {
        foglio.write_string_with_format(riga, 0, campo.id, &a_capo)?;
        foglio.write_string_with_format(riga, 1, campo.tipo.parola(), &a_capo)?;
        foglio.write_string_with_format(riga, 2, &*campo.spiegazione, &a_capo)?;
        riga += 1;
    }
    for (titolo, detto) in note {
        riga += 1;
        foglio.write_string_with_format(riga, 0, *titolo, &Format::new().set_bold().set_align(FormatAlign::Top))?;
        foglio.write_string_with_format(riga, 2, &*csv::innocuo(detto), &a_capo)?;
    }
    Ok(())
}

/// The first row stays in sight, and on paper comes again on each page, which lies on its long side.
fn con_testa(foglio: &mut Worksheet) -> Result<(), XlsxError> {
    foglio.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?.set_landscape().set_paper_size(A4);
    Ok(())
}

/// Long texts go on below themselves, and what stands beside them begins where they do.
fn in_elenco(tipo: Tipo) -> Format {
    let formato = formato(tipo).unwrap_or_default().set_align(FormatAlign::Top);
    if tipo == Tipo::Testo { formato.set_text_wrap() } else { formato }
}

fn testa() -> Format {
    Format::new().set_bold().set_border_bottom(FormatBorder::Thin)
}

/// How a column shows its values: days as they are written here; the signs of an amount are those of the reader's system.
pub fn formato(tipo: Tipo) -> Option<Format> {
    let scritto = match tipo {
        Tipo::Importo => "#,##0.00",
        Tipo::Intero => "0",
        Tipo::Giorno => "[$-410]dd/mm/yyyy",
        Tipo::Testo | Tipo::Codice | Tipo::Indirizzo | Tipo::Numero | Tipo::Booleano => return None,
    };
    Some(Format::new().set_num_format(scritto))
}

/// Writes a cell; how long it is.
pub fn scrivi(
    foglio: &mut Worksheet,
    (riga, colonna): (u32, u16),
    cella: &Cella,
    formato: Option<&Format>,
) -> Result<usize, XlsxError> {
    match (cella, formato) {
        (Cella::Assente, _) => return Ok(0),
        (Cella::Vero(vero), Some(formato)) => {
            foglio.write_boolean_with_format(riga, colonna, *vero, formato)?;
        }
        (Cella::Vero(vero), None) => {
            foglio.write_boolean(riga, colonna, *vero)?;
        }
        (Cella::Giorno(data), Some(formato)) if giorno(*data).is_some() => {
            foglio.write_datetime_with_format(riga, colonna, giorno(*data).unwrap_or_default(), formato)?;
        }
        (Cella::Testo(_) | Cella::Giorno(_), _) => {
            let testo = csv::scritta(cella);
            // A character is one unit of Excel or two: bytes are never fewer.
            let tagliato = (testo.len() > LUNGHEZZA)
                .then(|| testo.chars().take(LUNGHEZZA / 2 - TAGLIATO.len()).collect::<String>() + TAGLIATO);
            let scritto = tagliato.as_deref().unwrap_or(&testo);
            match formato {
                Some(formato) => foglio.write_string_with_format(riga, colonna, scritto, formato)?,
                None => foglio.write_string(riga, colonna, scritto)?,
            };
            return Ok(testo.len());
        }
        // The nearest of the numbers that a spreadsheet knows: to the cent it is the same.
        (numero, formato) => {
            let dato = numero.dato();
            let valore: f64 = dato.parse().unwrap_or_default();
            match formato {
                Some(formato) => foglio.write_number_with_format(riga, colonna, valore, formato)?,
                None => foglio.write_number(riga, colonna, valore)?,
            };
            return Ok(dato.len() + dato.len() / 3);
        }
    }
    Ok(10)
}

/// A day that spreadsheets know.
fn giorno(Data(data): Data) -> Option<ExcelDateTime> {
    let [mese, giorno] = [data.month(), data.day()].map(i8::unsigned_abs);
    ExcelDateTime::from_ymd(data.year().try_into().ok()?, mese, giorno).ok()
}

/// A sheet has a short name without some signs.
fn nome(titolo: &str) -> String {
    titolo.chars().filter(|c| !r"[]:*?/\'".contains(*c)).take(31).collect()
}
