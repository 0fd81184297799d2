//! Files of other programs, built here as small as they can be, with what the tests put into them.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};

/// An archive: names and contents, compressed, with its index.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut index) = (Vec::new(), Vec::new());
    for (name, data) in files {
        let packed = compress_to_vec(data, 6);
        let offset = long(out.len());
        let mut common = Vec::new();
        for half in [20_u16, 0x0800, 8, 0, 0x21] {
            common.extend(half.to_le_bytes());
        }
        common.extend(crc32fast::hash(data).to_le_bytes());
        common.extend(long(packed.len()));
        common.extend(long(data.len()));
        common.extend(short(name.len()));
        common.extend([0; 2]);
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(name.as_bytes());
        out.extend(&packed);
        index.extend(b"PK\x01\x02\x14\0");
        index.extend(&common);
        index.extend([0; 10]);
        index.extend(offset);
        index.extend(name.as_bytes());
    }
    let start = out.len();
    out.extend(&index);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(short(files.len()));
    out.extend(short(files.len()));
    out.extend(long(index.len()));
    out.extend(long(start));
    out.extend([0; 2]);
    out
}

fn long(n: usize) -> [u8; 4] {
    u32::try_from(n).expect("a small file").to_le_bytes()
}

fn short(n: usize) -> [u8; 2] {
    u16::try_from(n).expect("a small file").to_le_bytes()
}

/// A Word document with this body and this part beside it.
pub fn docx(body: &str, part: (&str, &str)) -> Vec<u8> {
    let document = format!("<?xml version=\"1.0\"?><w:document><w:body>{body}</w:body></w:document>");
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        (part.0, part.1.as_bytes()),
    ])
}

/// A workbook: its shared texts and the cells of its only sheet.
pub fn xlsx(texts: &[&str], cells: &str) -> Vec<u8> {
    let texts: String = texts.iter().map(|text| format!("<si><t>{text}</t></si>")).collect();
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/sharedStrings.xml", format!("<sst>{texts}</sst>").as_bytes()),
        ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{cells}</sheetData></worksheet>").as_bytes()),
    ])
}

/// An OpenDocument text.
pub fn odt(body: &str) -> Vec<u8> {
    let content = format!("<office:document-content><office:body>{body}</office:body></office:document-content>");
    zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())])
}

pub fn gzip(data: &[u8]) -> Vec<u8> {
    let packed = compress_to_vec(data, 6);
    [b"\x1f\x8b\x08\0\0\0\0\0\0\x03", &packed[..], &crc32fast::hash(data).to_le_bytes(), &long(data.len())].concat()
}

/// A JPEG with this APP1 segment, some bytes of picture, and this behind its end.
pub fn jpeg(app1: &[u8], after: &[u8]) -> Vec<u8> {
    let length = u16::try_from(app1.len() + 2).expect("a small segment").to_be_bytes();
    let scan = b"\xff\xda\0\x08\x01\x01\0\0?\0\x12\x34\xff\0\x56\xff\xd9";
    [b"\xff\xd8\xff\xe1", &length[..], app1, scan, after].concat()
}

/// A PNG of one pixel with this chunk, and this behind its end.
pub fn png(chunk: Option<(&[u8; 4], &[u8])>, after: &[u8]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut put = |kind: &[u8; 4], data: &[u8]| {
        out.extend(u32::try_from(data.len()).expect("a small chunk").to_be_bytes());
        let body = [&kind[..], data].concat();
        out.extend(&body);
        out.extend(crc32fast::hash(&body).to_be_bytes());
    };
    put(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0");
    if let Some((kind, data)) = chunk {
        put(kind, data);
    }
    put(b"IDAT", &compress_to_vec_zlib(b"\0\xff", 6));
    put(b"IEND", b"");
    [out, after.to_vec()].concat()
}

/// EXIF as TIFF: a camera and, if asked, the latitude where it was.
pub fn exif(with_place: bool) -> Vec<u8> {
    let mut out = b"II*\0\x08\0\0\0\x02\0".to_vec();
    // Make (0x010f), four characters in the entry itself.
    out.extend(b"\x0f\x01\x02\0\x04\0\0\0ABC\0");
    if with_place {
        // The pointer to the second directory (0x8825), which begins at 38.
        out.extend(b"\x25\x88\x04\0\x01\0\0\0\x26\0\0\0");
    } else {
        out.extend(b"\x10\x01\x02\0\x04\0\0\0XYZ\0");
    }
    out.extend([0; 4]);
    if with_place {
        // N, and three fractions at 68: 45, 41, 50.
        out.extend(b"\x02\0\x01\0\x02\0\x02\0\0\0N\0\0\0\x02\0\x05\0\x03\0\0\0\x44\0\0\0\0\0\0\0");
        for n in [45_u32, 1, 41, 1, 50, 1] {
            out.extend(n.to_le_bytes());
        }
    }
    out
}

/// A PDF of one page with this drawing, its streams compressed; `change` adds what else it has.
pub fn pdf(drawing: &str, change: impl FnOnce(&mut Document, ObjectId)) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let (pages, page) = (document.new_object_id(), document.new_object_id());
    let content = document.add_object(Stream::new(Dictionary::new(), drawing.as_bytes().to_vec()));
    let font = dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
    };
    let resources = dictionary! { "Font" => dictionary! { "F" => font } };
    let of_page = dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 300.into(), 200.into()],
    };
    document.objects.insert(page, of_page.into());
    let kids: Vec<Object> = vec![page.into()];
    document.objects.insert(pages, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 1 }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    change(&mut document, page);
    document.compress();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("a PDF");
    bytes
}

/// A text in a PDF, as an object of it.
pub fn text(text: &str) -> Object {
    Object::string_literal(text)
}

/// A stream that [`pdf`] will compress.
pub fn stream(dictionary: Dictionary, data: &str) -> Stream {
    // What is shorter than its compressed form is left as it is.
    Stream::new(dictionary, format!("{data}{}", " ".repeat(400)).into_bytes())
}
