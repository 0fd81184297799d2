//! What a finished PDF says, read back from its bytes with a reader that is not the one who wrote it.
//!
//! In the bytes letters are numbers of glyphs: each font tells which characters they stand for, and that is how the
//! text of a page is found again, as a reader of the file copies it. A figure is what the structure of the file calls
//! so, with its alternative text, and it counts as drawn where the page draws something under its mark. The bytes may
//! come from anybody: whatever is larger or deeper than a document of ours is refused before it is opened.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use hayro_cmap::{BfString, CMap};
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Encoding, LoadOptions, Object, ObjectId, decode_text_string};

/// Larger files are not read: a package stays below a third of this.
const BYTE_MASSIMI: usize = 64 << 20;
/// What all the streams of a file may hold when they are opened, and one of them alone.
const APERTI: usize = 256 << 20;
const FLUSSO: usize = 32 << 20;
/// More pages than any document has.
const PAGINE: usize = 5_000;
/// The bytes of drawing that are read in one file, counting again what is drawn again; a letter counts as eight, so that
/// glyphs that stand for long texts cannot fill the memory.
const LAVORO: usize = 512 << 20;
const PER_LETTERA: usize = 8;
/// The elements of its structure.
const ELEMENTI: usize = 1 << 20;
/// Drawings inside of drawings.
const PROFONDITA: usize = 8;

/// A PDF as its reader gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letto {
    pub titolo: Option<String>,
    pub pagine: Vec<Pagina>,
    pub figure: Vec<Figura>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pagina {
    /// All that is written, without blanks, in the order in which it is drawn.
    pub testo: String,
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
        let lacks = |(i, pagina): (usize, &Pagina)| (!pagina.testo.contains(&frase)).then_some(i + 1);
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
    let mut conto = Conto { resto: LAVORO, mappe: BTreeMap::new() };
    let mut pagine = Vec::with_capacity(ids.len());
    let mut segnati = Vec::with_capacity(ids.len());
    for &id in &ids {
        let mut lettore = Lettore::new(&document, &mut conto);
        lettore.pagina(id)?;
        let Lettore { testo, segnati: segni, .. } = lettore;
        pagine.push(Pagina { testo });
        segnati.push(segni);
    }
    let figure = figure(&document, &ids, &segnati)?;
    let titolo = document.trailer.get_deref(b"Info", &document).and_then(Object::as_dict).ok();
    let titolo = titolo.and_then(|info| info.get_deref(b"Title", &document).ok());
    Ok(Letto { titolo: titolo.and_then(|titolo| decode_text_string(titolo).ok()), pagine, figure })
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

/// What the pages of one file share.
struct Conto {
    /// How much more may be read.
    resto: usize,
    /// Which characters the glyphs of a font stand for, by the stream that tells it.
    mappe: BTreeMap<ObjectId, Option<Rc<CMap>>>,
}

/// Collects what one page says, and under which marks it draws.
struct Lettore<'a, 'c> {
    document: &'a Document,
    conto: &'c mut Conto,
    testo: String,
    /// The marks under which something is drawn.
    segnati: BTreeSet<i64>,
    aperti: Vec<Segno>,
}

/// A stretch between a mark and its end.
#[derive(Default)]
struct Segno {
    numero: Option<i64>,
    /// Its glyphs stand for another text, which was taken.
    detto: bool,
}

/// What the bytes of a text mean in a font.
enum Carattere<'a> {
    /// So many bytes a glyph.
    Mappa(Rc<CMap>, usize),
    Codifica(Encoding<'a>),
}

impl Carattere<'_> {
    /// What no font explains says nothing.
    fn testo(&self, bytes: &[u8]) -> String {
        match self {
            Carattere::Codifica(codifica) => codifica.bytes_to_string(bytes).unwrap_or_default(),
            Carattere::Mappa(mappa, quanti) => {
                let mut out = String::new();
                for glyph in bytes.chunks(*quanti) {
                    match mappa.lookup_bf_string(glyph.iter().fold(0, |code, byte| code << 8 | u32::from(*byte))) {
                        Some(BfString::Char(c)) => out.push(c),
                        Some(BfString::String(testo)) => out.push_str(&testo),
                        None => {}
                    }
                }
                out
            }
        }
    }
}

type Caratteri<'a> = BTreeMap<Vec<u8>, Carattere<'a>>;

impl<'a, 'c> Lettore<'a, 'c> {
    fn new(document: &'a Document, conto: &'c mut Conto) -> Self {
        Lettore { document, conto, testo: String::new(), segnati: BTreeSet::new(), aperti: Vec::new() }
    }

    fn pagina(&mut self, id: ObjectId) -> Result<(), String> {
        let document = self.document;
        let broken = |_| "ha una pagina rovinata: non si legge".to_owned();
        let (own, ids) = document.get_page_resources(id).map_err(broken)?;
        let shared = ids.into_iter().filter_map(|id| document.get_dictionary(id).ok());
        let risorse: Vec<&Dictionary> = own.into_iter().chain(shared).collect();
        let content = document.get_page_content_with_limit(id, FLUSSO).map_err(broken)?;
        self.contenuto(&content, &risorse, PROFONDITA)
    }

    fn contenuto(&mut self, content: &[u8], risorse: &[&'a Dictionary], ancora: usize) -> Result<(), String> {
        // Whatever is drawn is paid for, each time: drawings that draw each other twice would never end.
        self.paga(content.len())?;
        let caratteri = self.caratteri(risorse)?;
        // The font, and whether its letters leave no trace.
        let (mut font, mut nascosto) = (None, false);
        let mut salvati = Vec::new();
        for operation in Content::decode_iter(content) {
            let operation = operation.map_err(|_| "ha una pagina rovinata: non si legge".to_owned())?;
            let operands = operation.operands.as_slice();
            match operation.operator.as_str() {
                "Tf" => {
                    font = operands.first().and_then(|name| name.as_name().ok()).and_then(|name| caratteri.get(name))
                }
                "q" => salvati.push((font, nascosto)),
                "Q" => (font, nascosto) = salvati.pop().unwrap_or((font, nascosto)),
                "Tr" => nascosto = matches!(operands.first().and_then(|mode| mode.as_i64().ok()), Some(3 | 7)),
                "Tj" | "'" | "\"" | "TJ" if !nascosto => {
                    self.disegna();
                    if let (Some(font), Some(operand)) = (font, operands.last()) {
                        self.scrive(font, operand)?;
                    }
                }
                "BMC" => self.aperti.push(Segno::default()),
                "BDC" => self.segna(operands.get(1), risorse)?,
                "EMC" => {
                    self.aperti.pop();
                }
                "Do" => {
                    self.disegna();
                    if let Some(form) = operands.first().and_then(|name| self.disegno(name, risorse)) {
                        let Some(ancora) = ancora.checked_sub(1) else {
                            return Err("ha disegni uno dentro l'altro, troppo in profondità: non lo apro".to_owned());
                        };
                        self.dentro(form, risorse, ancora)?;
                    }
                }
                "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" | "sh" | "BI" => self.disegna(),
                _ => {}
            }
        }
        Ok(())
    }

    /// A drawing that is used like one operator: it may write too.
    fn dentro(&mut self, form: &'a lopdf::Stream, risorse: &[&'a Dictionary], ancora: usize) -> Result<(), String> {
        let broken = |_| "ha un disegno rovinato: non si legge".to_owned();
        let content = form.get_plain_content_with_limit(FLUSSO).map_err(broken)?;
        match form.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict) {
            Ok(own) => self.contenuto(&content, &[own], ancora),
            Err(_) => self.contenuto(&content, risorse, ancora),
        }
    }

    fn paga(&mut self, quanto: usize) -> Result<(), String> {
        let resto = self.conto.resto.checked_sub(quanto.max(1)).ok_or("ha troppo da leggere: non lo apro")?;
        self.conto.resto = resto;
        Ok(())
    }

    fn dice(&mut self, testo: &str) -> Result<(), String> {
        self.paga(testo.len() * PER_LETTERA)?;
        self.testo.push_str(&senza_bianchi(testo));
        Ok(())
    }

    fn caratteri(&mut self, risorse: &[&'a Dictionary]) -> Result<Caratteri<'a>, String> {
        let mut found = Caratteri::new();
        let fonts: Vec<(&[u8], &'a Object)> = self.voci(risorse, b"Font").collect();
        for (name, font) in fonts {
            let Ok(font) = font.as_dict() else { continue };
            if let Some(carattere) = self.carattere(font)? {
                found.entry(name.to_vec()).or_insert(carattere);
            }
        }
        Ok(found)
    }

    fn carattere(&mut self, font: &'a Dictionary) -> Result<Option<Carattere<'a>>, String> {
        let document = self.document;
        let broken = |_| "ha un carattere rovinato: non si legge".to_owned();
        let is_composite = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|tipo| tipo == b"Type0");
        let Ok(to_unicode) = font.get(b"ToUnicode") else {
            return match is_composite {
                true => Ok(None),
                false => font
                    .get_font_encoding_with_limit(document, FLUSSO)
                    .map(Carattere::Codifica)
                    .map(Some)
                    .map_err(broken),
            };
        };
        let Ok(id) = to_unicode.as_reference() else { return Ok(None) };
        let mappa = match self.conto.mappe.get(&id) {
            Some(known) => known.clone(),
            None => {
                let stream = document.get_object(id).and_then(Object::as_stream).map_err(broken)?;
                let bytes = stream.get_plain_content_with_limit(FLUSSO).map_err(broken)?;
                self.paga(bytes.len())?;
                let mappa = CMap::parse(&bytes, |_| None).map(Rc::new);
                self.conto.mappe.insert(id, mappa.clone());
                mappa
            }
        };
        Ok(mappa.map(|mappa| Carattere::Mappa(mappa, if is_composite { 2 } else { 1 })))
    }

    /// The resources of one kind, the nearest first.
    fn voci(&self, risorse: &[&'a Dictionary], tipo: &'static [u8]) -> impl Iterator<Item = (&'a [u8], &'a Object)> {
        let document = self.document;
        let dictionaries: Vec<&'a Dictionary> =
            risorse.iter().filter_map(|risorse| risorse.get_deref(tipo, document).ok()?.as_dict().ok()).collect();
        dictionaries.into_iter().flat_map(Dictionary::iter).filter_map(move |(name, object)| {
            let (_, object) = document.dereference(object).ok()?;
            Some((name.as_slice(), object))
        })
    }

    fn disegno(&self, name: &Object, risorse: &[&'a Dictionary]) -> Option<&'a lopdf::Stream> {
        let name = name.as_name().ok()?;
        let (_, object) = self.voci(risorse, b"XObject").find(|(found, _)| *found == name)?;
        let stream = object.as_stream().ok()?;
        (stream.dict.get(b"Subtype").and_then(Object::as_name).ok()? == b"Form").then_some(stream)
    }

    /// A mark: its number, and the text that its glyphs stand for where they do not tell it themselves.
    fn segna(&mut self, proprieta: Option<&Object>, risorse: &[&'a Dictionary]) -> Result<(), String> {
        let named = proprieta.and_then(|name| name.as_name().ok());
        let named = named.and_then(|name| self.voci(risorse, b"Properties").find(|(found, _)| *found == name));
        let dictionary = named.map(|(_, object)| object).or(proprieta).and_then(|object| object.as_dict().ok());
        let mut segno = Segno { detto: self.e_detto(), numero: None };
        if let Some(dictionary) = dictionary {
            segno.numero = dictionary.get(b"MCID").and_then(Object::as_i64).ok();
            let testo = dictionary
                .get_deref(b"ActualText", self.document)
                .ok()
                .and_then(|testo| decode_text_string(testo).ok());
            if let Some(testo) = testo.filter(|_| !segno.detto) {
                self.dice(&testo)?;
                segno.detto = true;
            }
        }
        self.aperti.push(segno);
        Ok(())
    }

    fn e_detto(&self) -> bool {
        self.aperti.last().is_some_and(|segno| segno.detto)
    }

    fn disegna(&mut self) {
        let numeri = self.aperti.iter().filter_map(|segno| segno.numero);
        self.segnati.extend(numeri.collect::<Vec<_>>());
    }

    fn scrive(&mut self, font: &Carattere, operand: &Object) -> Result<(), String> {
        if self.e_detto() {
            return Ok(());
        }
        let single = std::slice::from_ref(operand);
        let pieces = operand.as_array().map_or(single, Vec::as_slice);
        for piece in pieces.iter().filter_map(|piece| piece.as_str().ok()) {
            self.dice(&font.testo(piece))?;
        }
        Ok(())
    }
}

/// The figures of the structure, with the pages on which their marks draw.
fn figure(document: &Document, ids: &[ObjectId], segnati: &[BTreeSet<i64>]) -> Result<Vec<Figura>, String> {
    let numero: BTreeMap<ObjectId, usize> = ids.iter().enumerate().map(|(i, id)| (*id, i)).collect();
    let root = document.catalog().and_then(|catalog| catalog.get_deref(b"StructTreeRoot", document));
    let Ok(root) = root.and_then(Object::as_dict) else { return Ok(Vec::new()) };
    let mut figure: Vec<Figura> = Vec::new();
    let mut visti = BTreeSet::new();
    // What is still to be looked at: the element, its page, and the figure that it belongs to.
    let mut coda: Vec<(&Object, Option<usize>, Option<usize>)> =
        root.get(b"K").ok().map(|k| (k, None, None)).into_iter().collect();
    let mut quanti = 0;
    while let Some((object, pagina, mia)) = coda.pop() {
        quanti += 1;
        if quanti > ELEMENTI {
            return Err("ha una struttura troppo grande: non lo apro".to_owned());
        }
        let Ok((id, object)) = document.dereference(object) else { continue };
        if id.is_some_and(|id| !visti.insert(id)) {
            continue;
        }
        match object {
            Object::Array(kids) => coda.extend(kids.iter().map(|kid| (kid, pagina, mia))),
            Object::Integer(mark) => {
                if let (Some(figura), Some(pagina)) = (mia.and_then(|mia| figure.get_mut(mia)), pagina)
                    && segnati.get(pagina).is_some_and(|segnati| segnati.contains(mark))
                {
                    figura.pagine.insert(pagina);
                }
            }
            Object::Dictionary(element) => {
                let here =
                    element.get(b"Pg").and_then(Object::as_reference).ok().and_then(|id| numero.get(&id).copied());
                let pagina = here.or(pagina);
                let alternativa = element.get_deref(b"Alt", document).ok().and_then(|alt| decode_text_string(alt).ok());
                let is_figure = element.get(b"S").and_then(Object::as_name).is_ok_and(|s| s == b"Figure");
                let mia = match alternativa.filter(|_| is_figure) {
                    Some(alternativa) => {
                        figure.push(Figura { alternativa, pagine: BTreeSet::new() });
                        Some(figure.len() - 1)
                    }
                    None => mia,
                };
                for key in [b"K".as_slice(), b"MCID"] {
                    coda.extend(element.get(key).ok().map(|kid| (kid, pagina, mia)));
                }
            }
            _ => {}
        }
    }
    figure.reverse();
    Ok(figure)
}

#[cfg(test)]
mod tests {
    use lopdf::{Stream, dictionary};
    use typst::foundations::Bytes;

    use super::*;
    use crate::tipografia::Lavoro;

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
        assert!(
            letto.pagine[0].testo.contains("Perchél’ufficioèefficiente:50€«fra»Łódź."),
            "{}",
            letto.pagine[0].testo
        );
        assert!(letto.pagine[1].testo.starts_with("Seconda"), "{}", letto.pagine[1].testo);
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
        assert_eq!(pdf(&silent).expect("read").pagine[0].testo, "Sivede");
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
