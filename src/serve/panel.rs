//! The panel over the last good page, and the script that reloads.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::markup;

/// Everything of the server itself lies here; no page of a site can.
pub const OWN: &str = "/_concilia/";

/// A page knows the edition it was made from, and reloads when another one is told. One tab listens for all of them: a
/// browser opens six connections to a server, and pages in a seventh tab would wait for ever.
pub const SCRIPT: &str = "\
(() => {
  const known = document.currentScript.dataset.edizione;
  const hear = edition => { if (edition !== known) location.reload(); };
  const tabs = new BroadcastChannel('concilia');
  tabs.onmessage = event => hear(event.data);
  const listen = () => new Promise(() => {
    new EventSource('/_concilia/eventi').onmessage = event => {
      tabs.postMessage(event.data);
      hear(event.data);
    };
  });
  if (navigator.locks) navigator.locks.request('concilia', listen);
  else listen();
})();
";

pub const STYLE: &str = "\
.concilia-pannello{position:fixed;inset:auto 0 0 0;z-index:2147483647;max-height:60vh;overflow:auto;margin:0;
padding:1rem 1.25rem 1.25rem;background:#1b1b1b;color:#fff;border-top:.375rem solid #e0455e;font:1rem/1.5 system-ui,sans-serif}
.concilia-pannello h2{margin:0 0 .5rem;font-size:1.125rem;color:#fff}
.concilia-pannello p{margin:0 0 .75rem;color:#ddd}
.concilia-pannello pre{margin:0 0 .75rem;padding:.75rem;background:#000;color:#fff;overflow:auto;
font:.875rem/1.5 ui-monospace,monospace;border-left:.25rem solid #e0455e}
.concilia-modifica{position:fixed;inset:auto 1rem 1rem auto;z-index:2147483646;padding:.625rem 1.25rem;border-radius:2rem;
background:#1b1b1b;color:#fff;border:.125rem solid #fff;font:600 1rem/1.5 system-ui,sans-serif;text-decoration:none}
.concilia-pannello .concilia-modifica{position:static;display:inline-block;margin:0 0 .75rem}
.concilia-modifica:hover,.concilia-modifica:focus{background:#fff;color:#1b1b1b;border-color:#1b1b1b}
@media print{.concilia-modifica,.concilia-pannello{display:none}}
";

/// What stands where there has been no good page yet.
pub const ALONE: &str = "<!doctype html>\n<html lang=\"it\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
    <title>Il sito non si può ancora mostrare</title>\n</head>\n<body>\n\
    <h1>Il sito non si può ancora mostrare</h1>\n</body>\n</html>\n";

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
