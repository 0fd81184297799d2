//! What a page says: its drawing commands read, and the glyphs of its fonts as the characters they stand for.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use hayro_cmap::{BfString, CMap};
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId, decode_text_string};

use super::FLUSSO;

/// The bytes of drawing that are read in one file, counting again what is drawn again; a letter counts as eight, so that
/// glyphs that stand for long texts cannot fill the memory.
const LAVORO: usize = 512 << 20;
const PER_LETTERA: usize = 8;
/// Drawings inside of drawings.
const PROFONDITA: usize = 8;

/// What the pages of one file share.
pub struct Conto {
    /// How much more may be read.
    resto: usize,
    /// Which characters the glyphs of a font stand for, by the stream that tells it.
    mappe: BTreeMap<ObjectId, Option<Rc<CMap>>>,
}

impl Conto {
    pub fn new() -> Self {
        Conto { resto: LAVORO, mappe: BTreeMap::new() }
    }
}

/// Collects what one page says, and under which marks it draws.
pub struct Lettore<'a, 'c> {
    document: &'a Document,
    conto: &'c mut Conto,
    /// All that is written, in the order in which it is drawn, each line of its own.
    pub scritto: String,
    /// The marks under which something is drawn.
    pub segnati: BTreeSet<i64>,
    aperti: Vec<Segno>,
    /// How high the line is, where that is known.
    riga: Option<f32>,
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
    pub fn new(document: &'a Document, conto: &'c mut Conto) -> Self {
        Lettore { document, conto, scritto: String::new(), segnati: BTreeSet::new(), aperti: Vec::new(), riga: None }
    }

    pub fn pagina(&mut self, id: ObjectId) -> Result<(), String> {
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
                    if matches!(operation.operator.as_str(), "'" | "\"") {
                        self.scritto.push('\n');
                    }
                    if let (Some(font), Some(operand)) = (font, operands.last()) {
                        self.scrive(font, operand)?;
                    }
                }
                "T*" | "Tm" | "Td" | "TD" => self.si_sposta(operation.operator.as_str(), operands),
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
        self.scritto.push_str(testo);
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
            if is_composite {
                return Ok(None);
            }
            let codifica = font.get_font_encoding_with_limit(document, FLUSSO).map_err(broken)?;
            return Ok(Some(Carattere::Codifica(codifica)));
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
        /// What is moved by more than this, in thousandths of the size of the letters, is another word.
        const SPAZIO: f32 = -180.0;
        let single = std::slice::from_ref(operand);
        let pieces = operand.as_array().map_or(single, Vec::as_slice);
        for piece in pieces {
            match piece.as_str() {
                Ok(text) => self.dice(&font.testo(text))?,
                Err(_) if piece.as_float().is_ok_and(|moved| moved < SPAZIO) => self.scritto.push(' '),
                Err(_) => {}
            }
        }
        Ok(())
    }

    /// Where what is drawn next stands: on the same line it is another piece of it.
    fn si_sposta(&mut self, operator: &str, operands: &[Object]) {
        let y = match (operator, operands) {
            ("T*", _) => None,
            ("Tm", [.., y]) => y.as_float().ok(),
            // Moved from where it was: a line that is not left.
            (_, [_, y]) => y.as_float().ok().filter(|y| *y == 0.0).and(self.riga),
            _ => None,
        };
        let is_same = y.is_some() && y == self.riga;
        self.riga = y;
        self.scritto.push(if is_same { ' ' } else { '\n' });
    }
}
