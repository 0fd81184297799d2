//! A table in CSV, as Excel saves it: the separator is looked for, since it is that of the country.

use super::{COLONNE, Dato, Riga, Tavola, decifrato};

pub fn leggi(byte: &[u8], nome: &str) -> Result<Tavola, String> {
    let testo = decifrato(byte) + "\n";
    if testo.contains('\0') {
        return Err("non è un foglio di calcolo: si leggono .xlsx, .ods e .csv".into());
    }
    let inizio = testo.lines().find(|riga| !riga.trim().is_empty()).unwrap_or_default();
    let quanti = |segno: &u8| inizio.bytes().filter(|altro| altro == segno).count();
    // Where there are as many, the one that an amount has none of.
    let separatore = [b',', b'\t', b';'].into_iter().max_by_key(quanti).unwrap_or(b';');
    let mut lettore = ::csv::ReaderBuilder::new();
    let mut lettore = lettore.delimiter(separatore).has_headers(false).flexible(true).from_reader(testo.as_bytes());
    let mut tavola = Tavola { nome: nome.to_owned(), ..Tavola::default() };
    let mut record = ::csv::StringRecord::new();
    let (mut numero, mut finita) = (0, 1);
    loop {
        let letto = lettore.read_record(&mut record);
        if !letto.map_err(|_| format!("la riga {} non si legge", numero + 1))? {
            return Ok(tavola);
        }
        // A text over several lines is one row of the sheet; lines without anything are rows too, and are jumped over.
        let dentro: usize = record.iter().map(|testo| testo.matches('\n').count()).sum();
        let fine = lettore.position().line();
        let vuote = (fine - finita).saturating_sub(dentro as u64 + 1);
        numero += 1 + u32::try_from(vuote).unwrap_or(0);
        finita = fine;
        let celle = (0..COLONNE).zip(&record).filter(|(_, testo)| !testo.is_empty());
        let celle = celle.map(|(colonna, testo)| (colonna, Dato::Testo(testo.to_owned()))).collect();
        tavola.aggiungi(Riga { numero, nascosta: false, celle })?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(byte: &[u8]) -> Vec<(u32, Vec<String>)> {
        let tavola = leggi(byte, "Enti").expect("a table");
        let testo = |dato: Dato| match dato {
            Dato::Testo(testo) => testo,
            altro => panic!("{altro:?}"),
        };
        tavola.righe.into_iter().map(|riga| (riga.numero, riga.celle.into_values().map(testo).collect())).collect()
    }

    #[test]
    fn the_separator_and_the_letters_are_those_of_who_saved_it() {
        let attese = vec![
            (1, vec!["Nome".into(), "Città".into()]),
            (3, vec!["Comune; di Alfa".into(), "due\nrighe".into()]),
            (4, vec!["x".into(), "€ 1.000,00".into()]),
        ];
        let testo = "Nome;Città\n\n\"Comune; di Alfa\";\"due\nrighe\"\nx;€ 1.000,00\n";
        assert_eq!(cells(testo.as_bytes()), attese);
        assert_eq!(cells(format!("\u{feff}{testo}").as_bytes()), attese);
        let (di_windows, _, _) = encoding_rs::WINDOWS_1252.encode(testo);
        assert_eq!(cells(&di_windows), attese);
        assert_eq!(
            cells(b"a,b\r\n\"1,5\",2\r\n"),
            [(1, vec!["a".into(), "b".into()]), (2, vec!["1,5".into(), "2".into()])]
        );
        assert_eq!(cells(b"a\tb\n"), [(1, vec!["a".into(), "b".into()])]);
        assert!(leggi(b"\x00\x01\x02", "x").is_err());
    }
}
