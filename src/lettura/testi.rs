//! All the words of a PDF, whoever made it: those of its pages, those of its other objects, and the files in it.

use lopdf::{Dictionary, Document, Object, Stream, decode_text_string};

use super::pagina::{Conto, Lettore};
use super::{FLUSSO, apri};

/// Objects in objects.
const PROFONDITA: usize = 32;

#[derive(Debug, Default)]
pub struct Testi {
    /// What each page says, with its blanks and line breaks.
    pub pagine: Vec<String>,
    /// The texts of the objects: fields of the Info, links, notes, forms.
    pub oggetti: Vec<String>,
    /// Metadata, attached files, photographs.
    pub dentro: Vec<Vec<u8>>,
    /// Why a page could not be read.
    pub guasto: Option<String>,
}

/// Reads a PDF, as far as its pages can be read.
pub fn testi(bytes: &[u8]) -> Result<Testi, String> {
    let (document, ids) = apri(bytes)?;
    let mut testi = Testi::default();
    let mut conto = Conto::new();
    for id in ids {
        let mut lettore = Lettore::new(&document, &mut conto);
        if let Err(why) = lettore.pagina(id) {
            testi.guasto = Some(why);
        }
        testi.pagina(&lettore.scritto);
    }
    testi.oggetti(&document);
    Ok(testi)
}

impl Testi {
    pub(super) fn pagina(&mut self, scritto: &str) {
        self.pagine.push(in_una_riga(scritto));
    }

    pub(super) fn oggetti(&mut self, document: &Document) {
        for object in document.objects.values() {
            match object {
                Object::Stream(stream) => {
                    self.oggetto(&Object::Dictionary(stream.dict.clone()), PROFONDITA);
                    self.flusso(stream);
                }
                object => self.oggetto(object, PROFONDITA),
            }
        }
    }

    fn oggetto(&mut self, object: &Object, ancora: usize) {
        let Some(ancora) = ancora.checked_sub(1) else { return };
        match object {
            Object::String(..) => self.oggetti.extend(decode_text_string(object)),
            Object::Array(values) => values.iter().for_each(|value| self.oggetto(value, ancora)),
            Object::Dictionary(fields) => fields.iter().for_each(|(_, value)| self.oggetto(value, ancora)),
            _ => {}
        }
    }

    fn flusso(&mut self, stream: &Stream) {
        if is_name(&stream.dict, b"Filter", b"DCTDecode") {
            // A photograph as the camera wrote it.
            self.dentro.push(stream.content.clone());
        } else if is_name(&stream.dict, b"Type", b"Metadata") || is_name(&stream.dict, b"Type", b"EmbeddedFile") {
            self.dentro.extend(stream.get_plain_content_with_limit(FLUSSO));
        }
    }
}

fn is_name(fields: &Dictionary, key: &[u8], name: &[u8]) -> bool {
    fields.get(key).and_then(Object::as_name).is_ok_and(|found| found == name)
}

/// Spaces where letters were moved and where they were written are one.
fn in_una_riga(scritto: &str) -> String {
    let lines = scritto
        .lines()
        .map(|line| line.split([' ', '\u{a0}']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
