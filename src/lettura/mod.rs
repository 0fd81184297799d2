//! What a finished PDF says, read back from its bytes with a reader that is not the one who wrote it.
//!
//! In the bytes letters are numbers of glyphs: each font tells which characters they stand for, and that is how the
//! text of a page is found again, as a reader of the file copies it. A figure is what the structure of the file calls
//! so, with its alternative text, and it counts as drawn where the page draws something under its mark. This proves that
//! words and figures are there, not that anybody sees them: white, tiny or covered words are words too. What is seen is
//! proved in pixels where the pages are set (`tipografia::vista`). The bytes may come from anybody: whatever is larger or deeper than a document of ours is refused before it is opened.

mod pagina;
mod struttura;
mod testi;

use std::collections::BTreeSet;

use lopdf::{Document, LoadOptions, Object, ObjectId, decode_text_string};

use pagina::{Conto, Lettore};
use struttura::figure;
pub use testi::{Testi, testi};

/// Larger files are not read: a package stays below a third of this.
const BYTE_MASSIMI: usize = 64 << 20;
/// What all the streams of a file may hold when they are opened, and one of them alone.
const APERTI: usize = 256 << 20;
const FLUSSO: usize = 32 << 20;
/// More pages than any document has.
const PAGINE: usize = 5_000;

/// A PDF as its reader gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letto {
    pub titolo: Option<String>,
    /// All that is written on each page, without blanks, in the order in which it is drawn.
    pub pagine: Vec<String>,
    pub figure: Vec<Figura>,
}

/// A picture with an alternative text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figura {
    pub alternativa: String,
    /// The pages on which something is drawn for it, counted from 0.
    pub pagine: BTreeSet<usize>,
}

impl Letto {
    /// The pages that do not say this, counted from 1; blanks and line breaks do not matter.
    pub fn pagine_senza(&self, frase: &str) -> Vec<usize> {
        let frase = senza_bianchi(frase);
        let lacks = |(i, pagina): (usize, &String)| (!pagina.contains(&frase)).then_some(i + 1);
        self.pagine.iter().enumerate().filter_map(lacks).collect()
    }

    /// Whether a page, counted from 0, shows a figure with this alternative text.
    pub fn mostra(&self, pagina: usize, alternativa: &str) -> bool {
        let alternativa = senza_bianchi(alternativa);
        self.figure
            .iter()
            .any(|figura| senza_bianchi(&figura.alternativa) == alternativa && figura.pagine.contains(&pagina))
    }
}

fn senza_bianchi(testo: &str) -> String {
    testo.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{ad}')).collect()
}

/// Reads a PDF; why it cannot be read is told in words that follow the name of the file.
pub fn pdf(bytes: &[u8]) -> Result<Letto, String> {
    let (document, ids) = apri(bytes)?;
    leggi(&document, &ids, |_| {})
}

/// The same with all the words of the file, in one reading.
pub fn pdf_con_testi(bytes: &[u8]) -> Result<(Letto, Testi), String> {
    let (document, ids) = apri(bytes)?;
    let mut testi = Testi::default();
    let letto = leggi(&document, &ids, |scritto| testi.pagina(scritto))?;
    testi.oggetti(&document);
    Ok((letto, testi))
}

fn leggi(document: &Document, ids: &[ObjectId], mut show: impl FnMut(&str)) -> Result<Letto, String> {
    let mut conto = Conto::new();
    let mut pagine = Vec::with_capacity(ids.len());
    let mut segnati = Vec::with_capacity(ids.len());
    for &id in ids {
        let mut lettore = Lettore::new(document, &mut conto);
        lettore.pagina(id)?;
        let Lettore { scritto, segnati: segni, .. } = lettore;
        show(&scritto);
        pagine.push(senza_bianchi(&scritto));
        segnati.push(segni);
    }
    let figure = figure(document, ids, &segnati)?;
    let titolo = document.trailer.get_deref(b"Info", document).and_then(Object::as_dict).ok();
    let titolo = titolo.and_then(|info| info.get_deref(b"Title", document).ok());
    Ok(Letto { titolo: titolo.and_then(|titolo| decode_text_string(titolo).ok()), pagine, figure })
}

/// The document and its pages, if it is one that may be opened.
fn apri(bytes: &[u8]) -> Result<(Document, Vec<ObjectId>), String> {
    if bytes.len() > BYTE_MASSIMI {
        return Err(format!("supera {} MB: non lo apro", BYTE_MASSIMI >> 20));
    }
    if !bytes.starts_with(b"%PDF-") {
        return Err("non è un PDF".to_owned());
    }
    pesa(bytes)?;
    let broken = |_| "è un PDF rovinato: non si legge".to_owned();
    let options = LoadOptions { strict: true, ..LoadOptions::with_max_decompressed_size(FLUSSO) };
    let document = Document::load_mem_with_options(bytes, options).map_err(broken)?;
    if document.is_encrypted() {
        return Err("è un PDF cifrato: non si legge".to_owned());
    }
    let ids: Vec<ObjectId> = document.page_iter().take(PAGINE + 1).collect();
    if ids.is_empty() {
        return Err("è un PDF senza pagine".to_owned());
    }
    if ids.len() > PAGINE {
        return Err(format!("ha più di {PAGINE} pagine: non lo apro"));
    }
    Ok((document, ids))
}

/// What the streams hold when they are opened, before any is kept: a small file can be made to fill the memory.
fn pesa(bytes: &[u8]) -> Result<(), String> {
    const APRE: &[u8] = b"stream";
    let mut total = 0;
    for at in memchr::memmem::find_iter(bytes, APRE) {
        let rest = &bytes[at + APRE.len()..];
        let Some(data) = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")) else { continue };
        // A zlib stream begins with this byte whatever its window; what is stored as it is weighs what it weighs.
        if data.first().is_none_or(|byte| byte & 0x0f != 8) {
            continue;
        }
        total += match miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(data, FLUSSO) {
            Ok(open) => open.len(),
            Err(error) if error.status == miniz_oxide::inflate::TINFLStatus::HasMoreOutput => APERTI + 1,
            Err(error) => error.output.len(),
        };
        if total > APERTI {
            return Err(format!("aperto supererebbe {} MB: sembra fatto per riempire la memoria", APERTI >> 20));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use lopdf::{Stream, dictionary};
    use typst::foundations::Bytes;

    use super::*;
    use crate::print::tipografia::Lavoro;

    const FRASE: &str = "Intervento finanziato con il contributo di Regione Lombardia";
    const LOGO: &[u8] =
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\"><rect width=\"20\" height=\"10\" fill=\"#06c\"/></svg>";

    /// A PDF of two pages, made by the typesetter.
    fn fatto(sopra: &str, prima: &str, seconda: &str) -> Vec<u8> {
        let modello = format!(
            "#set document(title: \"Prova di lettura\")\n#set text(lang: \"it\")\n#set page(width: 300pt, height: 200pt)\n{sopra}\n\
             {prima}\n#pagebreak()\n{seconda}\n"
        );
        let modelli = [("prova.typ", modello.as_str())].into_iter().collect();
        let file = [("logo.svg".to_owned(), Bytes::new(LOGO))].into_iter().collect();
        let composto = Lavoro { modelli, file, principale: "prova.typ" }.componi().expect("a document");
        composto.pdf("prova", (2026, 1, 31)).expect("a PDF")
    }

    #[test]
    fn a_pdf_says_its_pages_its_figures_and_its_title() {
        let piede = format!("#set page(footer: [{FRASE}])");
        let prima =
            "#image(\"logo.svg\", alt: \"Logo dell’ATS di prova\")\nPerché l’ufficio è efficiente: 50 € «fra» Łódź.";
        let letto = pdf(&fatto(&piede, prima, "Seconda")).expect("read");
        assert_eq!(letto.titolo.as_deref(), Some("Prova di lettura"));
        assert_eq!(letto.pagine.len(), 2);
        assert!(letto.pagine[0].contains("Perchél’ufficioèefficiente:50€«fra»Łódź."), "{}", letto.pagine[0]);
        assert!(letto.pagine[1].starts_with("Seconda"), "{}", letto.pagine[1]);
        assert_eq!(letto.pagine_senza(FRASE), Vec::<usize>::new());
        let figura = Figura { alternativa: "Logo dell’ATS di prova".into(), pagine: [0].into() };
        assert_eq!(letto.figure, [figura]);
        assert!(letto.mostra(0, "Logo dell’ATS  di prova") && !letto.mostra(1, "Logo dell’ATS di prova"));
    }

    #[test]
    fn a_page_without_the_phrase_and_a_logo_elsewhere_are_found() {
        let letto = pdf(&fatto("", FRASE, "#image(\"logo.svg\", alt: \"Logo\")")).expect("read");
        assert_eq!(letto.pagine_senza(FRASE), [2]);
        assert!(letto.mostra(1, "Logo") && !letto.mostra(0, "Logo") && !letto.mostra(1, "Altro"));
        // A phrase that is drawn as a picture, or told by an alternative text alone, is not in the text.
        let alternativa = format!("#image(\"logo.svg\", alt: \"{FRASE}\")");
        let letto = pdf(&fatto("", &alternativa, "Seconda")).expect("read");
        assert_eq!(letto.pagine_senza(FRASE), [1, 2]);
    }

    /// A PDF of one page with this content and these resources.
    fn a_mano(content: &[u8], change: impl FnOnce(&mut Document, ObjectId, ObjectId)) -> Vec<u8> {
        let mut document = Document::with_version("1.7");
        let (pages, page) = (document.new_object_id(), document.new_object_id());
        let content = document.add_object(Stream::new(dictionary! {}, content.to_vec()));
        document.objects.insert(
            page,
            dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => dictionary! {} }
                .into(),
        );
        document
            .objects
            .insert(pages, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }.into());
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        document.trailer.set("Root", catalog);
        change(&mut document, pages, page);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("written");
        bytes
    }

    #[test]
    fn what_was_made_to_hurt_is_refused_and_hurts_nobody() {
        for bytes in [b"".as_slice(), b"PK\x03\x04", b"%PDF-1.7", b"%PDF-1.7\nniente"] {
            assert!(pdf(bytes).is_err());
        }
        assert!(pdf(&a_mano(b"0 0 m", |_, _, _| {})).is_ok(), "the others fail for what is done to them");
        let bomb = miniz_oxide::deflate::compress_to_vec_zlib(&vec![b' '; FLUSSO + 1], 1);
        let open = a_mano(b"", |document, _, page| {
            let bomb = document.add_object(Stream::new(dictionary! { "Filter" => "FlateDecode" }, bomb));
            document.get_object_mut(page).and_then(Object::as_dict_mut).expect("a page").set("Contents", bomb);
        });
        assert!(pdf(&open).is_err_and(|why| why.contains("riempire la memoria")));
        let in_circle = a_mano(b"", |document, pages, _| {
            document
                .get_object_mut(pages)
                .and_then(Object::as_dict_mut)
                .expect("pages")
                .set("Kids", vec![pages.into()]);
        });
        assert!(pdf(&in_circle).is_err());
        // A drawing that draws itself twice.
        let itself = a_mano(b"/X Do", |document, _, page| {
            let form = document.new_object_id();
            let resources = dictionary! { "XObject" => dictionary! { "X" => form } };
            let dict = dictionary! { "Type" => "XObject", "Subtype" => "Form", "Resources" => resources.clone() };
            document.objects.insert(form, Stream::new(dict, b"/X Do /X Do".to_vec()).into());
            document.get_object_mut(page).and_then(Object::as_dict_mut).expect("a page").set("Resources", resources);
        });
        assert!(pdf(&itself).is_err_and(|why| why.contains("in profondità")));
        // Letters that leave no trace say nothing.
        let silent = a_mano(b"BT /F 9 Tf 3 Tr (Nascosto) Tj 0 Tr (Si vede) Tj ET", |document, _, page| {
            let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "Encoding" => "WinAnsiEncoding" };
            let resources = dictionary! { "Font" => dictionary! { "F" => font } };
            document.get_object_mut(page).and_then(Object::as_dict_mut).expect("a page").set("Resources", resources);
        });
        assert_eq!(pdf(&silent).expect("read").pagine[0], "Sivede");
        // A font in which each of four milliard glyphs stands for something.
        let cmap = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange \
                     1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange endcmap end";
        let wide = a_mano(b"BT /F 9 Tf <00010002> Tj ET", |document, _, page| {
            let cmap = document.add_object(Stream::new(dictionary! {}, cmap.to_vec()));
            let font =
                dictionary! { "Type" => "Font", "Subtype" => "Type0", "Encoding" => "Identity-H", "ToUnicode" => cmap };
            let resources = dictionary! { "Font" => dictionary! { "F" => font } };
            document.get_object_mut(page).and_then(Object::as_dict_mut).expect("a page").set("Resources", resources);
        });
        assert!(pdf(&wide).is_ok());
        for deep in ["[", "<<", "/A <<", "(", "<< /A [", "q "] {
            let _ = pdf(&a_mano(deep.repeat(200_000).as_bytes(), |_, _, _| {}));
            let mut object = b"%PDF-1.7\n1 0 obj\n".to_vec();
            object.extend(deep.repeat(200_000).bytes());
            object.extend(b"\nendobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF");
            assert!(pdf(&object).is_err());
        }
    }

    #[test]
    fn a_spoilt_pdf_is_an_error_or_another_pdf_and_never_a_panic() {
        let bytes = fatto("", FRASE, "#image(\"logo.svg\", alt: \"Logo\")");
        for end in (0..bytes.len()).step_by(397) {
            assert!(pdf(&bytes[..end]).is_err(), "{end}");
        }
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..200 {
            let mut changed = bytes.clone();
            for _ in 0..4 {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                let at = usize::try_from(state >> 16).expect("64 bits") % changed.len();
                changed[at] ^= state.to_le_bytes()[0] | 1;
            }
            let _ = pdf(&changed);
        }
    }
}
