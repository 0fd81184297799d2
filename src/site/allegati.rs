//! The files of `media/`, published as they are: only a person can say whether phrase and logo are on them. The
//! register lists them as to be looked at, with what could be read in them.

use std::io::Cursor;

use super::parole;
use crate::input::privacy::media;
use crate::lettura;

/// What can be read in a file: of what kind it is, and whether the phrase is among its texts.
pub fn letto(bytes: &[u8], frase: &str) -> String {
    let (cosa, dove) = genere(bytes);
    let frase = senza_spazi(frase);
    if cosa == PDF {
        return match lettura::pdf(bytes) {
            Ok(letto) => {
                let con = letto.pagine.iter().filter(|pagina| pagina.contains(&frase)).count();
                let pagine = parole::conta(letto.pagine.len(), "pagina", "pagine");
                format!("{PDF} di {pagine}; la frase è nel testo di {con}: guarda il file")
            }
            Err(why) => format!("{PDF}; {why}: guarda il file"),
        };
    }
    let testi = match dove {
        "nel testo" => vec![String::from_utf8_lossy(bytes).into_owned()],
        _ => media::metadata(bytes),
    };
    let non = if testi.iter().any(|testo| senza_spazi(testo).contains(&frase)) { "" } else { "non " };
    format!("{cosa}; la frase {non}c’è {dove}: guarda il file")
}

const PDF: &str = "documento PDF";

/// What a file is, and where its words are.
fn genere(bytes: &[u8]) -> (String, &'static str) {
    let start = bytes.len().min(1024);
    let is_svg = || std::str::from_utf8(bytes).is_ok_and(|text| text.contains("<svg"));
    if let Ok(reader) = png::Decoder::new(Cursor::new(bytes)).read_info() {
        let info = reader.info();
        return (format!("immagine PNG di {} × {} punti", info.width, info.height), "nei metadati");
    }
    match bytes {
        [0xff, 0xd8, 0xff, ..] => ("immagine JPEG".into(), "nei metadati"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => ("immagine WebP".into(), "nei metadati"),
        _ if memchr::memmem::find(&bytes[..start], b"%PDF-").is_some() => (PDF.into(), "nei metadati"),
        _ if is_svg() => ("disegno SVG".into(), "nel testo"),
        _ if std::str::from_utf8(bytes).is_ok() => ("testo".into(), "nel testo"),
        _ => (format!("file di {} byte", bytes.len()), "nei metadati"),
    }
}

fn senza_spazi(testo: &str) -> String {
    testo.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::letto;
    use crate::print::tipografia::png::scrivi;

    const FRASE: &str = "Intervento finanziato da prova";

    #[test]
    fn pictures_tell_their_size_and_the_texts_they_carry() {
        let picture = |note: &[(&str, &str)]| scrivi(2, 1, &[255; 8], note).unwrap();
        let silent = letto(&picture(&[]), FRASE);
        assert_eq!(silent, "immagine PNG di 2 × 1 punti; la frase non c’è nei metadati: guarda il file");
        let says = picture(&[("Description", FRASE)]);
        assert!(letto(&says, FRASE).contains("la frase c’è nei metadati"));
    }

    #[test]
    fn drawings_are_read_and_other_files_are_named() {
        let drawing = format!("<svg><text>{}</text></svg>", FRASE.replace(' ', "\n "));
        assert!(letto(drawing.as_bytes(), FRASE).starts_with("disegno SVG; la frase c’è nel testo"));
        assert_eq!(letto(b"%PDF-1.7\n\xff", FRASE), "documento PDF; è un PDF rovinato: non si legge: guarda il file");
        assert!(letto(&[0xff, 0, 1], FRASE).starts_with("file di 3 byte"));
        assert!(letto(&[], FRASE).starts_with("testo; la frase non c’è"));
    }
}
