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
