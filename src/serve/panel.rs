//! The panel over the last good page, and the script that reloads.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::markup;

/// Everything of the server itself lies here; no page of a site can.
pub const OWN: &str = "/_concilia/";

/// A page knows the edition it was made from, and reloads when another one is told. One tab listens for all of them: a
/// browser opens six connections to a server, and pages in a seventh tab would wait for ever.
pub const SCRIPT: &str = include_str!("ricarica.js");

pub const STYLE: &str = include_str!("pannello.css");

/// What stands where there has been no good page yet.
pub const ALONE: &str = include_str!("pagina.html");

/// A page as it is served: with the reload script, with the panel while there are errors, with the way to the editor.
pub fn dress(html: &str, errors: &[String], edition: u64, modify: Option<&str>) -> String {
    let script = format!("<script src=\"{OWN}ricarica.js\" data-edizione=\"{edition}\" defer></script>");
    let html = before(html, "</head>", &script);
    if errors.is_empty() && modify.is_none() {
        return html;
    }
    let style = format!("<link rel=\"stylesheet\" href=\"{OWN}pannello.css\">");
    // In the panel, which would lie over it.
    let modify = modify.unwrap_or_default();
    let panel = if errors.is_empty() { modify.to_owned() } else { panel(errors, modify) };
    before(&before(&html, "</head>", &style), "</body>", &panel)
}

/// The way from a page to the record that it shows.
pub fn modify(editor: &str, page: &str) -> String {
    let page = utf8_percent_encode(page, NON_ALPHANUMERIC);
    format!("<a class=\"concilia-modifica\" href=\"{}vai?pagina={page}\">Modifica</a>\n", markup::text(editor))
}

fn panel(errors: &[String], modify: &str) -> String {
    let title = match errors.len() {
        1 => "C'è un errore nei file".to_owned(),
        n => format!("Ci sono {n} errori nei file"),
    };
    let list: String = errors.iter().map(|error| format!("<pre>{}</pre>\n", markup::text(error.trim_end()))).collect();
    format!(
        "<section class=\"concilia-pannello\" role=\"alert\"><h2>{title}</h2>\
         <p>Sotto c'è l'ultima pagina buona. Correggi e salva: si aggiorna da sola.</p>\n{modify}{list}</section>\n"
    )
}

fn before(html: &str, tag: &str, addition: &str) -> String {
    match html.rfind(tag) {
        Some(at) => format!("{}{addition}{}", &html[..at], &html[at..]),
        None => format!("{html}{addition}"),
    }
}
