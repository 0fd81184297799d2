//! What may lie in `media/`: kinds of file that show or are saved and never run on a reader's side.
//!
//! A list of what is admitted, since that of what is not has no end: browsers and servers run `.xht`, `.shtml` or `.php`
//! as they run `.html`. A drawing is admitted without scripts.

use miniz_oxide::inflate;

use super::classify::missed;
use crate::input::privacy;
use crate::report::Diagnostic;

/// Endings of what is published as it is.
const AMMESSI: [&str; 39] = [
    "svg", "svgz", "png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "bmp", "tif", "tiff", "pdf", "p7m", "doc",
    "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "odg", "rtf", "txt", "md", "csv", "tsv", "json",
    "geojson", "eml", "ics", "vcf", "zip", "epub", "mp3", "mp4", "webm",
];
/// Those that browsers show as pages, or that run.
const PAGINE: [&str; 12] = ["html", "htm", "xhtml", "xht", "shtml", "xml", "xsl", "js", "mjs", "php", "asp", "jsp"];

/// Whether a file of this name may be published.
pub(super) fn admitted(file: &str) -> Result<(), Box<Diagnostic>> {
    let ending = file.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase());
    if AMMESSI.contains(&ending.as_str()) {
        return Ok(());
    }
    if PAGINE.contains(&ending.as_str()) {
        let message = format!("`{file}` è una pagina o uno script: fra gli allegati non si pubblica");
        return Err(missed(message, "scrivi la pagina in Markdown, in `pagine`"));
    }
    let message = format!("`{file}` non è di un tipo che si pubblica fra gli allegati");
    let help = "qui stanno immagini, documenti, tabelle e archivi: per esempio `.jpg`, `.svg`, `.pdf`, `.docx`, `.odt`, `.csv`, `.zip`";
    Err(missed(message, help))
}

/// A kind of file that its first bytes tell.
pub struct Tipo {
    pub nome: &'static str,
    estensioni: &'static [&'static str],
    e: fn(&[u8]) -> bool,
    pub is_picture: bool,
}

/// Of the other kinds, the bytes say nothing that an office could not have meant otherwise.
static TIPI: [Tipo; 12] = [
    immagine("un'immagine PNG", &["png"], |b| b.starts_with(b"\x89PNG\r\n\x1a\n")),
    immagine("un'immagine JPEG", &["jpg", "jpeg"], |b| b.starts_with(b"\xff\xd8\xff")),
    immagine("un'immagine WebP", &["webp"], |b| b.starts_with(b"RIFF") && b.get(8..12) == Some(b"WEBP")),
    immagine("un'immagine GIF", &["gif"], |b| b.starts_with(b"GIF8")),
    immagine("un'immagine AVIF", &["avif"], |b| b.get(4..10) == Some(b"ftypav") || b.get(4..10) == Some(b"ftypmi")),
    immagine("un'icona", &["ico"], |b| b.starts_with(b"\0\0\x01\0")),
    immagine("un'immagine BMP", &["bmp"], |b| b.starts_with(b"BM")),
    immagine("un'immagine TIFF", &["tif", "tiff"], |b| b.starts_with(b"II*\0") || b.starts_with(b"MM\0*")),
    immagine("un disegno SVG", &["svg"], |b| memchr::memmem::find(b, b"svg").is_some()),
    documento("un PDF", &["pdf"], privacy::is_pdf),
    // With a password it is a document of the older kind.
    documento("un documento", &["docx", "xlsx", "pptx"], |b| {
        b.starts_with(b"PK") || b.starts_with(b"\xd0\xcf\x11\xe0")
    }),
    documento("un archivio o un documento", &["zip", "odt", "ods", "odp", "odg", "epub"], |b| b.starts_with(b"PK")),
];

const fn immagine(nome: &'static str, estensioni: &'static [&'static str], e: fn(&[u8]) -> bool) -> Tipo {
    Tipo { nome, estensioni, e, is_picture: true }
}

const fn documento(nome: &'static str, estensioni: &'static [&'static str], e: fn(&[u8]) -> bool) -> Tipo {
    Tipo { is_picture: false, ..immagine(nome, estensioni, e) }
}

/// What the name of a file promises.
pub fn promesso(name: &str) -> Option<&'static Tipo> {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    TIPI.iter().find(|tipo| tipo.estensioni.contains(&ending.as_str()))
}

/// What is wrong with a file that cannot be what its name says: a picture of another kind is shown all the same.
pub fn untrue(name: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let file = name.rsplit('/').next().unwrap_or(name);
    if bytes.is_empty() {
        return Some(Diagnostic::error("C-10", format!("`{file}` è vuoto")).help("rimetti il file, o toglilo"));
    }
    let promesso = promesso(name).filter(|tipo| !(tipo.e)(bytes))?;
    // Too many things have these letters somewhere.
    let found = TIPI.iter().filter(|tipo| !tipo.estensioni.contains(&"svg")).find(|tipo| (tipo.e)(bytes));
    let is_shown = promesso.is_picture && found.is_some_and(|tipo| tipo.is_picture);
    let make = if is_shown { Diagnostic::warning } else { Diagnostic::error };
    let found = found.filter(|tipo| tipo.estensioni.len() < 3);
    let what = found.map(|tipo| format!(": è {}", tipo.nome)).unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let help = match found.and_then(|tipo| tipo.estensioni.first()) {
        Some(ending) => format!("rinominalo in `{stem}.{ending}`, anche nei testi che lo mostrano"),
        None => "aprilo con il suo programma, e salvalo o esportalo di nuovo".to_owned(),
    };
    Some(make("C-10", format!("`{file}` non è {}, come il suo nome dice{what}", promesso.nome)).help(help))
}

/// What in a drawing would run in the browser of whoever opens it.
pub fn script_in(name: &str, bytes: &[u8]) -> Option<String> {
    /// Larger drawings are not drawn.
    const MOST: usize = 64 << 20;
    const GZIP_HEAD: usize = 10;
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if !matches!(ending.as_str(), "svg" | "svgz") {
        return None;
    }
    let inflated = bytes.starts_with(b"\x1f\x8b\x08\0").then(|| {
        let data = bytes.get(GZIP_HEAD..).unwrap_or_default();
        inflate::decompress_to_vec_with_limit(data, MOST).unwrap_or_else(|error| error.output)
    });
    let Ok(svg) = std::str::from_utf8(inflated.as_deref().unwrap_or(bytes)) else {
        return Some("lettere che non sono in UTF-8".into());
    };
    let svg = svg.trim_start_matches('\u{feff}');
    if svg.contains("<?xml-stylesheet") {
        return Some("un foglio di stile di altri".into());
    }
    svg.match_indices('<').find_map(|(at, _)| in_tag(&svg[at + 1..]))
}

/// What a tag, of which the first sign was read, would run.
fn in_tag(tag: &str) -> Option<String> {
    const RUN: [&str; 7] = ["script", "foreignobject", "iframe", "object", "embed", "handler", "listener"];
    if let Some(entity) = tag.strip_prefix("!ENTITY") {
        // An entity may hold the beginning of a tag, also through a reference to another entity.
        let end = entity.find('>').unwrap_or(entity.len());
        return entity[..end].contains(['&', '<']).then(|| "un'entità che ne contiene altre".into());
    }
    let length = tag.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(tag.len());
    let name = tag[..length].rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
    if RUN.contains(&name.as_str()) {
        return Some(format!("`{name}`"));
    }
    let mut rest = &tag[length..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len());
        if end == 0 {
            return None;
        }
        let attribute = rest[..end].to_ascii_lowercase();
        let value = rest[end..].trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, after) = value[1..].split_once(quote)?;
        rest = after;
        if attribute.starts_with("on") || (attribute == "attributename" && value.trim_start().starts_with("on")) {
            return Some(format!("`{attribute}`"));
        }
        if runs(value) {
            return Some("un indirizzo `javascript:`".into());
        }
    }
}

/// Whether an address is a program; blanks in it do not count.
fn runs(value: &str) -> bool {
    const SCHEMES: [&str; 3] = ["javascript:", "vbscript:", "data:text/html"];
    let plain = privacy::plain(value).to_ascii_lowercase();
    let plain: String = plain.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    SCHEMES.iter().any(|scheme| plain.contains(scheme))
}
