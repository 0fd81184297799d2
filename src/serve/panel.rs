//! The panel over the last good page, and the script that reloads.

use crate::markup;

/// Everything of the server itself lies here; no page of a site can.
pub const OWN: &str = "/_concilia/";

pub const SCRIPT: &str = "\
(() => {
  let known = null;
  const source = new EventSource('/_concilia/eventi');
  source.onmessage = event => {
    if (known !== null && known !== event.data) location.reload();
    known = event.data;
  };
})();
";

pub const STYLE: &str = "\
.concilia-pannello{position:fixed;inset:auto 0 0 0;z-index:2147483647;max-height:60vh;overflow:auto;margin:0;
padding:1rem 1.25rem 1.25rem;background:#1b1b1b;color:#fff;border-top:.375rem solid #e0455e;font:1rem/1.5 system-ui,sans-serif}
.concilia-pannello h2{margin:0 0 .5rem;font-size:1.125rem;color:#fff}
.concilia-pannello p{margin:0 0 .75rem;color:#ddd}
.concilia-pannello pre{margin:0 0 .75rem;padding:.75rem;background:#000;color:#fff;overflow:auto;
font:.875rem/1.5 ui-monospace,monospace;border-left:.25rem solid #e0455e}
";

/// A page as it is served: with the reload script, and with the panel while there are errors.
pub fn dress(html: &str, errors: &[String]) -> String {
    let script = format!("<script src=\"{OWN}ricarica.js\" defer></script>");
    let html = before(html, "</head>", &script);
    if errors.is_empty() {
        return html;
    }
    let style = format!("<link rel=\"stylesheet\" href=\"{OWN}pannello.css\">");
    before(&before(&html, "</head>", &style), "</body>", &panel(errors))
}

/// The page for when there has been no good one yet.
pub fn alone(errors: &[String]) -> String {
    let page = "<!doctype html>\n<html lang=\"it\">\n<head>\n<meta charset=\"utf-8\">\n\
        <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
        <title>Il sito non si può ancora mostrare</title>\n</head>\n<body>\n\
        <h1>Il sito non si può ancora mostrare</h1>\n</body>\n</html>\n";
    dress(page, errors)
}

fn panel(errors: &[String]) -> String {
    let title = match errors.len() {
        1 => "C'è un errore nei file".to_owned(),
        n => format!("Ci sono {n} errori nei file"),
    };
    let list: String = errors.iter().map(|error| format!("<pre>{}</pre>\n", markup::text(error.trim_end()))).collect();
    format!(
        "<section class=\"concilia-pannello\" role=\"alert\"><h2>{title}</h2>\
         <p>Sotto c'è l'ultima pagina buona. Correggi e salva: si aggiorna da sola.</p>\n{list}</section>\n"
    )
}

fn before(html: &str, tag: &str, addition: &str) -> String {
    match html.rfind(tag) {
        Some(at) => format!("{}{addition}{}", &html[..at], &html[at..]),
        None => format!("{html}{addition}"),
    }
}
