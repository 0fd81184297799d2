//! The few things that are asked of the XML of a workbook.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

/// What happens on the way through a part: elements by their whole name, texts with their references resolved.
pub enum Passo<'a> {
    Apre(BytesStart<'a>),
    Chiude(String),
    Testo(String),
}

/// Walks a part, and stops at the first thing that is no XML.
pub fn percorri(xml: &str, mut passo: impl FnMut(Passo) -> Result<(), String>) -> Result<(), String> {
    let mut lettore = Reader::from_str(xml.trim_start_matches('\u{feff}'));
    loop {
        match lettore.read_event().map_err(|_| "una sua parte non si legge: il file è rovinato")? {
            Event::Start(elemento) => passo(Passo::Apre(elemento))?,
            Event::Empty(elemento) => {
                let nome = elemento.name().as_ref().to_owned();
                passo(Passo::Apre(elemento))?;
                passo(Passo::Chiude(nome))?;
            }
            Event::End(elemento) => passo(Passo::Chiude(elemento.name().as_ref().to_owned()))?,
            Event::Text(testo) => passo(Passo::Testo(testo.xml_content(XmlVersion::Implicit1_0).into_owned()))?,
            Event::CData(testo) => passo(Passo::Testo(testo.xml_content(XmlVersion::Implicit1_0).into_owned()))?,
            Event::GeneralRef(rimando) => passo(Passo::Testo(carattere(&rimando)))?,
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// The five names that XML has; what a document declares itself is nobody's cell.
fn carattere(rimando: &BytesRef) -> String {
    if let Ok(Some(carattere)) = rimando.resolve_char_ref() {
        return carattere.into();
    }
    let nome = rimando.xml_content(XmlVersion::Implicit1_0);
    quick_xml::escape::resolve_xml_entity(&nome).unwrap_or_default().to_owned()
}

/// An attribute by its whole name.
pub fn attributo(elemento: &BytesStart, nome: &str) -> Option<String> {
    let trovato = elemento.attributes().flatten().find(|attributo| attributo.key.as_ref() == nome)?;
    trovato.normalized_value(XmlVersion::Implicit1_0).ok().map(|valore| valore.into_owned())
}

/// A name without the prefix of its namespace, which each program chooses.
pub fn nudo(nome: &str) -> &str {
    nome.rsplit(':').next().unwrap_or(nome)
}
