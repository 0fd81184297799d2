//! A workbook as cells, whatever program wrote it: XLSX, ODS and CSV in one form.
//!
//! What people do to a sheet counts as much as what is in it: which rows are hidden, which cells are one, which day a
//! number is. No float is made of an amount on the way.

mod csv;
mod ods;
mod xlsx;
mod xml;

use std::collections::BTreeMap;
use std::fmt;
use std::io::{Cursor, Read};

use jiff::Span;
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use zip::ZipArchive;

/// A workbook of a plan has some hundred kilobytes.
pub const MASSIMO: u64 = 64 << 20;
/// What a part of a workbook may hold when it is opened.
const MASSIMO_APERTO: u64 = 256 << 20;
/// More rows than any plan has, and few enough to be read at once.
const RIGHE: usize = 100_000;
/// More columns than any sheet of ours has.
const COLONNE: u32 = 1_000;

/// How documents of the older office programs begin, and those with a password.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0";

/// A sheet as it was read.
#[derive(Debug, Default)]
pub struct Tavola {
    pub nome: String,
    pub nascosta: bool,
    /// Those with something in them.
    pub righe: Vec<Riga>,
    pub unite: Vec<Area>,
}

#[derive(Debug, Default)]
pub struct Riga {
    /// As the program shows it: the first is 1.
    pub numero: u32,
    pub nascosta: bool,
    /// By column; the first is 0.
    pub celle: BTreeMap<u32, Dato>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Dato {
    Testo(String),
    Numero(Decimal),
    /// `2026-04-29`, or `2026-04-29 12:00`.
    Giorno(String),
    Vero(bool),
    /// A formula that gives an error, or no result: what is said of it.
    Guasto(String),
}

impl Dato {
    /// A cell that shows `30%` says 30 %, whatever number is behind it.
    pub(super) fn percento(numero: Decimal) -> Self {
        Dato::Testo(format!("{}%", (numero * Decimal::ONE_HUNDRED).normalize()))
    }

    fn errore(scritto: &str) -> Self {
        Dato::Guasto(format!("la formula dà un errore, `{}`: scrivi il valore al suo posto", scritto.trim()))
    }
}

/// Cells that are one, first and last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    pub da: Posto,
    pub a: Posto,
}

/// The place of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posto {
    pub riga: u32,
    pub colonna: u32,
}

impl Posto {
    /// `F12`, also with the dollars of a fixed address.
    pub(super) fn letto(testo: &str) -> Option<Self> {
        let testo = testo.replace('$', "");
        let cifre = testo.find(|c: char| c.is_ascii_digit())?;
        let lettere = testo[..cifre].bytes().try_fold(0_u32, |somma, lettera| {
            let posto = lettera.to_ascii_uppercase().checked_sub(b'A').filter(|posto| *posto < 26)?;
            somma.checked_mul(26)?.checked_add(u32::from(posto) + 1)
        });
        Some(Posto { riga: testo[cifre..].parse().ok()?, colonna: lettere?.checked_sub(1)? })
    }
}

/// As spreadsheets call it: `F12`.
impl fmt::Display for Posto {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // No sheet has more columns than this.
        let colonna = u16::try_from(self.colonna).unwrap_or(u16::MAX).min(u16::MAX - 1);
        write!(f, "{}{}", rust_xlsxwriter::utility::column_number_to_name(colonna), self.riga)
    }
}

impl Area {
    fn letta(testo: &str) -> Option<Self> {
        let (da, a) = testo.split_once(':')?;
        Some(Area { da: Posto::letto(da)?, a: Posto::letto(a)? })
    }
}

impl Tavola {
    /// Takes a row in, unless it is empty.
    fn aggiungi(&mut self, riga: Riga) -> Result<(), String> {
        if riga.celle.is_empty() {
            return Ok(());
        }
        if self.righe.len() == RIGHE {
            return Err(format!("il foglio `{}` ha più di {RIGHE} righe: dividilo", self.nome));
        }
        self.righe.push(riga);
        Ok(())
    }
}

/// The sheets of a workbook, which its bytes tell what it is. `nome` is that of the file without its ending: a table in
/// CSV has no other.
pub fn leggi(byte: &[u8], nome: &str) -> Result<Vec<Tavola>, String> {
    if byte.starts_with(OLE) {
        return Err(
            "è un file di Excel di una volta (.xls), o ha una password: salvalo come .xlsx, senza password".into()
        );
    }
    if !byte.starts_with(b"PK") {
        return csv::leggi(byte, nome).map(|tavola| vec![tavola]);
    }
    let mut parti = Parti::aperte(byte)?;
    if let Some(contenuto) = parti.testo("content.xml")? {
        return ods::leggi(&contenuto);
    }
    xlsx::leggi(&mut parti)
}

/// Whether a file that is called a workbook is none: its bytes would be taken for a table in CSV.
pub fn e_altro(byte: &[u8], estensione: &str) -> bool {
    let is_workbook = ["xlsx", "xlsm", "ods"].contains(&estensione.to_ascii_lowercase().as_str());
    is_workbook && !byte.starts_with(b"PK") && !byte.starts_with(OLE)
}

/// The parts of a workbook that is an archive.
struct Parti<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl<'a> Parti<'a> {
    fn aperte(byte: &'a [u8]) -> Result<Self, String> {
        ZipArchive::new(Cursor::new(byte)).map(Parti).map_err(|_| "non si apre: il file è incompleto o rovinato".into())
    }

    /// A part as a text; none where there is no such part.
    fn testo(&mut self, nome: &str) -> Result<Option<String>, String> {
        let Ok(parte) = self.0.by_name(nome) else { return Ok(None) };
        let mut byte = Vec::new();
        let letti = parte.take(MASSIMO_APERTO + 1).read_to_end(&mut byte);
        let letti =
            letti.map_err(|_| format!("la sua parte `{nome}` non si apre: il file è rovinato, o ha una password"))?;
        if letti as u64 > MASSIMO_APERTO {
            return Err(format!("la sua parte `{nome}` è enorme: non la leggo"));
        }
        Ok(Some(decifrato(&byte)))
    }
}

/// Bytes as the text that they are: what is not UTF-8 is what Windows writes.
fn decifrato(byte: &[u8]) -> String {
    let codifica = match encoding_rs::Encoding::for_bom(byte) {
        Some((codifica, _)) => codifica,
        None if std::str::from_utf8(byte).is_ok() => encoding_rs::UTF_8,
        None => encoding_rs::WINDOWS_1252,
    };
    codifica.decode(byte).0.into_owned()
}

/// A number as the file writes it, without a float in between.
fn numero(scritto: &str) -> Option<Decimal> {
    let scritto = scritto.trim();
    // More digits than a number of a spreadsheet has are noise behind those that it means.
    Decimal::from_scientific(scritto).or_else(|_| scritto.parse()).ok().map(|numero| numero.round_dp(12).normalize())
}

/// The day that a number is: days are counted from the eve of 1900, or from the first of 1904.
fn giorno(numero: Decimal, dal_1904: bool) -> Option<String> {
    const MINUTI: Decimal = Decimal::from_parts(1440, 0, 0, false, 0);
    let minuti = numero.checked_mul(MINUTI)?.round().to_i64()?;
    let (giorni, minuti) = (minuti.div_euclid(1440), minuti.rem_euclid(1440));
    let inizio = if dal_1904 { Date::new(1904, 1, 1) } else { Date::new(1899, 12, 30) };
    let giorno = inizio.ok()?.checked_add(Span::new().try_days(giorni).ok()?).ok()?;
    Some(con_l_ora(&giorno.to_string(), minuti / 60, minuti % 60))
}

fn con_l_ora(giorno: &str, ore: i64, minuti: i64) -> String {
    if (ore, minuti) == (0, 0) { giorno.to_owned() } else { format!("{giorno} {ore:02}:{minuti:02}") }
}

/// `2026-04-29T12:00:00` in the form of records.
fn giorno_iso(scritto: &str) -> String {
    let Some((giorno, ora)) = scritto.split_once('T') else { return scritto.to_owned() };
    let mut parti = ora.split(':').map(|parte| parte.parse().unwrap_or(0));
    con_l_ora(giorno, parti.next().unwrap_or(0), parti.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_that_spreadsheets_show() {
        for (scritto, riga, colonna) in [("A1", 1, 0), ("F12", 12, 5), ("$AB$3", 3, 27), ("zz10", 10, 701)] {
            let posto = Posto::letto(scritto).expect(scritto);
            assert_eq!(posto, Posto { riga, colonna });
            assert_eq!(posto.to_string(), scritto.replace('$', "").to_uppercase());
        }
        for storto in ["", "A", "1", "è1", "A1:B2x"] {
            assert_eq!(Posto::letto(storto), None, "{storto}");
        }
    }

    #[test]
    fn a_number_is_the_day_that_people_see() {
        let day = |scritto: &str, dal_1904| giorno(numero(scritto).expect(scritto), dal_1904).expect(scritto);
        assert_eq!(day("46141", false), "2026-04-29");
        assert_eq!(day("46141.5", false), "2026-04-29 12:00");
        assert_eq!(day("46141.395833333336", false), "2026-04-29 09:30");
        assert_eq!(day("44679", true), "2026-04-29");
        assert_eq!(giorno(Decimal::MAX, false), None);
        assert_eq!(
            (giorno_iso("2026-04-29T09:30:00"), giorno_iso("2026-04-29")),
            ("2026-04-29 09:30".into(), "2026-04-29".into())
        );
    }

    #[test]
    fn no_float_is_made_of_an_amount() {
        assert_eq!(numero("70000.100000000006").expect("a number").to_string(), "70000.100000000006");
        assert_eq!(numero("7.0E4").expect("a number").to_string(), "70000");
        assert_eq!(numero("1E400"), None);
    }
}
