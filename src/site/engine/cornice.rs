//! The frame of a page: the engine writes the first lines of the head, one element around all that the theme has made,
//! and after it the band with logo and phrase. The styles of the frame win over all others; see `cornice.css`.

use super::{POLITICA, Site};
use crate::audit::scan::{self, Allowed, Fault};
use crate::audit::svg;
use crate::markup::escape;
use crate::theme::compact;

/// Where the styles of the frame are published.
pub const FOGLIO: &str = "concilia.css";

/// What is published there.
pub fn foglio() -> Vec<u8> {
    compact::css(include_str!("cornice.css")).into_bytes()
}

/// The page in its frame.
pub fn pagina(site: &Site, path: &str, html: &str) -> Result<String, Box<Fault>> {
    let root = site.root_of(path);
    let leads_to = site.inoltri.get(path).map(|nuovo| format!("{root}{nuovo}"));
    let page = scan::read(html, Allowed { policy: POLITICA, leads_to: leads_to.as_deref() })?;
    Ok([
        &html[..page.head],
        &testa(&root),
        &html[page.head..page.body.start],
        "<div class=\"concilia-tema\">",
        &html[page.body.clone()],
        "</div>\n<section class=\"concilia-attribuzione\" aria-label=\"Attribuzione\" lang=\"it\">",
        &logo_e_frase(site, &root),
        "</section>\n",
        &html[page.body.end..],
    ]
    .concat())
}

fn testa(root: &str) -> String {
    format!(
        "\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{POLITICA}\">\n\
         <link rel=\"stylesheet\" href=\"{}{FOGLIO}\">",
        escape(root)
    )
}

/// The logo of the ATS and the phrase, for a theme that shows them elsewhere too.
pub fn blocco(site: &Site, root: &str) -> String {
    format!("<div class=\"attribuzione\">{}</div>", logo_e_frase(site, root))
}

fn logo_e_frase(site: &Site, root: &str) -> String {
    let logo = &site.plan.sito.logo;
    format!(
        "<img src=\"{}{}\" alt=\"{}\" height=\"48\"><p>{}</p>",
        escape(root),
        escape(&logo.file),
        escape(&logo.alternativa),
        escape(&site.plan.frase)
    )
}

/// The width of a drawing to download: phones show it without making its words smaller.
const LARGHEZZA: u64 = 400;
/// The height of the band under it.
const FASCIA: u64 = 96;

/// What a drawing says of itself, beside what it draws.
pub struct Parole<'a> {
    pub titolo: &'a str,
    pub descrizione: &'a str,
    /// The address of the logo, with all its bytes.
    pub logo: &'a str,
}

/// The drawing of the theme, and under it phrase and logo, painted last.
pub fn disegno(site: &Site, svg: &str, parole: &Parole<'_>) -> Result<String, Box<Fault>> {
    let drawing = svg::read(svg)?;
    let (width, height) = (drawing.width, drawing.height);
    let alto = (height * LARGHEZZA).div_ceil(width);
    let tutto = alto + FASCIA;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {LARGHEZZA} {tutto}\" width=\"{}\" height=\"{}\" role=\"img\" \
         aria-labelledby=\"concilia-titolo concilia-parole\" lang=\"it\">\n\
         <title id=\"concilia-titolo\">{titolo}</title>\n<desc id=\"concilia-parole\">{descrizione}</desc>\n\
         <rect width=\"{LARGHEZZA}\" height=\"{tutto}\" fill=\"#ffffff\"/>\n\
         <svg width=\"{LARGHEZZA}\" height=\"{alto}\" viewBox=\"0 0 {width} {height}\">{dentro}</svg>\n\
         <g transform=\"translate(0 {alto})\">\n\
         <rect width=\"{LARGHEZZA}\" height=\"{FASCIA}\" fill=\"#ffffff\"/>\n\
         <path d=\"M20 6H380\" stroke=\"#c5d2e0\"/>\n\
         <image href=\"{logo}\" x=\"20\" y=\"18\" width=\"150\" height=\"40\" preserveAspectRatio=\"xMinYMid meet\">\
         <title>{alternativa}</title></image>\n\
         <text x=\"20\" y=\"82\" fill=\"#17242f\" font-family=\"sans-serif\" font-size=\"11.5\" font-weight=\"600\">\
         {frase}</text>\n</g>\n</svg>\n",
        LARGHEZZA * 2,
        tutto * 2,
        titolo = escape(parole.titolo),
        descrizione = escape(parole.descrizione),
        dentro = &svg[drawing.inside],
        logo = escape(parole.logo),
        alternativa = escape(&site.plan.sito.logo.alternativa),
        frase = escape(&site.plan.frase),
    ))
}
