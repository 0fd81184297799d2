//! The frame of a page: the engine writes the first lines of the head, one element around all that the theme has made,
//! and after it the band with logo and phrase. The styles of the frame win over all others; see `cornice.css`.

use super::{POLITICA, Site};
use crate::audit::scan::{self, Allowed, Fault};
use crate::audit::svg;
use crate::markup::escape;
use crate::theme::compact;
use crate::view::grafico::Grafico;

/// Where the styles of the frame are published.
pub const STYLES: &str = "concilia.css";

pub fn styles() -> Vec<u8> {
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
         <link rel=\"stylesheet\" href=\"{}{STYLES}\">",
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
const WIDTH: u64 = 400;
/// The height of the band under it.
const BAND: u64 = 96;

/// The drawing that the theme makes of a chart, and under it phrase and logo, painted last. `logo` is an address that
/// holds all its bytes.
pub fn disegno(site: &Site, svg: &str, grafico: &Grafico, logo: &str) -> Result<String, Box<Fault>> {
    let drawing = svg::read(svg)?;
    let (width, height) = (drawing.width, drawing.height);
    let scaled = (height * WIDTH).div_ceil(width);
    let total = scaled + BAND;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {total}\" width=\"{}\" height=\"{}\" role=\"img\" \
         aria-labelledby=\"concilia-titolo concilia-parole\" lang=\"it\">\n\
         <title id=\"concilia-titolo\">{titolo}</title>\n<desc id=\"concilia-parole\">{descrizione}</desc>\n\
         <rect width=\"{WIDTH}\" height=\"{total}\" fill=\"#ffffff\"/>\n\
         <svg width=\"{WIDTH}\" height=\"{scaled}\" viewBox=\"0 0 {width} {height}\">{inside}</svg>\n\
         <g transform=\"translate(0 {scaled})\">\n\
         <rect width=\"{WIDTH}\" height=\"{BAND}\" fill=\"#ffffff\"/>\n\
         <path d=\"M20 6H380\" stroke=\"#c5d2e0\"/>\n\
         <image href=\"{logo}\" x=\"20\" y=\"18\" width=\"150\" height=\"40\" preserveAspectRatio=\"xMinYMid meet\">\
         <title>{alternativa}</title></image>\n\
         <text x=\"20\" y=\"82\" fill=\"#17242f\" font-family=\"sans-serif\" font-size=\"11.5\" font-weight=\"600\">\
         {frase}</text>\n</g>\n</svg>\n",
        WIDTH * 2,
        total * 2,
        titolo = escape(&grafico.titolo),
        descrizione = escape(&grafico.descrizione),
        inside = &svg[drawing.inside],
        logo = escape(logo),
        alternativa = escape(&site.plan.sito.logo.alternativa),
        frase = escape(&site.plan.frase),
    ))
}
