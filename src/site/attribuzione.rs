//! The attribution is the engine's job: the theme may place it, and where it does not the engine adds it.

use super::{Site, root_of};
use crate::report::{Diagnostic, Place};

/// The class of the engine's own block, for themes that want to dress it.
const BLOCK_CLASS: &str = "attribuzione";

/// The block itself: the ATS logo and the phrase.
pub fn block(site: &Site, root: &str) -> String {
    let logo = &site.plan.sito.logo;
    format!(
        "<div class=\"{BLOCK_CLASS}\"><img src=\"{root}{}\" alt=\"{}\" height=\"48\"><p>{}</p></div>",
        escape(&logo.file),
        escape(&logo.alternativa),
        escape(&site.plan.frase),
    )
}

/// The page with the engine's block at its end.
pub fn add(site: &Site, path: &str, html: &str) -> String {
    let block = block(site, &root_of(path));
    match html.rfind("</body>") {
        Some(end) => format!("{}{block}\n{}", &html[..end], &html[end..]),
        None => format!("{html}{block}\n"),
    }
}

/// The engine's own block was put in and still is not there: the page ends inside something that swallows it.
pub fn impossible(path: &str) -> Diagnostic {
    Diagnostic::error("A-03", "l'attribuzione non si può aggiungere alla pagina")
        .at(Place::file(path.to_owned()))
        .help("il modello deve chiudere gli elementi che apre e finire con `</body></html>`")
}

/// All charts come from one template: whichever it shows on first, it is one mistake.
pub fn missing_in_chart() -> Diagnostic {
    Diagnostic::error("A-01", "il modello `grafico.svg` non mette frase e logo nei grafici da scaricare")
        .help("metti `{{ frase }}` in un `<text>` e `{{ logo_dati }}` in una `<image>`")
}

pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
