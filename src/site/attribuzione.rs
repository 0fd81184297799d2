//! The attribution is the engine's job: the theme may place it, and where it does not the engine adds it.

use std::ops::Range;

use super::Site;
use crate::audit::{Hiding, What};
use crate::markup::escape;
use crate::report::{Diagnostic, Place};

/// The class of the engine's own block, for themes that want to dress it.
const BLOCK_CLASS: &str = "attribuzione";

/// The block itself: the ATS logo and the phrase.
pub fn block(site: &Site, root: &str) -> String {
    format!("<div class=\"{BLOCK_CLASS}\">{}<p>{}</p></div>", image(site, root), escape(&site.plan.frase))
}

fn image(site: &Site, root: &str) -> String {
    let logo = &site.plan.sito.logo;
    format!("<img src=\"{}{}\" alt=\"{}\" height=\"48\">", escape(root), escape(&logo.file), escape(&logo.alternativa))
}

/// The page with the engine's block at its end.
pub fn add(site: &Site, path: &str, html: &str) -> String {
    at_the_end(html, &block(site, &site.root_of(path)))
}

/// The page with the logo alone, to ask whether the theme says the phrase by itself.
pub fn add_logo(site: &Site, path: &str, html: &str) -> String {
    at_the_end(html, &image(site, &site.root_of(path)))
}

fn at_the_end(html: &str, addition: &str) -> String {
    match html.rfind("</body>") {
        Some(end) => format!("{}{addition}\n{}", &html[..end], &html[end..]),
        None => format!("{html}{addition}\n"),
    }
}

/// The engine's own block was put in and still is not there: the page ends inside something that swallows it.
pub fn impossible(path: &str) -> Diagnostic {
    Diagnostic::error("A-03", "l'attribuzione non si può aggiungere alla pagina")
        .at(Place::file(path.to_owned()))
        .help("il modello deve chiudere gli elementi che apre e finire con `</body></html>`")
}

/// All charts come from one template: whichever it shows on first, it is one mistake.
/// The phrase is in the page, and no reader sees it.
pub fn swallowed(path: &str, span: Range<usize>) -> Diagnostic {
    Diagnostic::error("A-01", format!("la frase di attribuzione è in `{path}` dove non si vede"))
        .at(Place::span(path, span))
        .label("in un commento, in un attributo o spezzata fra più elementi")
        .help("mettila nella pagina come testo di un solo elemento, oppure toglila: concilia la aggiunge da sé")
}

/// One cause, one message: what hides phrase and logo together is told once, and a decorative logo beside it not at all.
pub fn causes(hidings: &[Hiding]) -> Vec<Diagnostic> {
    let telling: Vec<&Hiding> = hidings.iter().filter(|hiding| !hiding.is_decorative()).collect();
    let hides_phrase = |other: &Hiding| {
        telling.iter().any(|one| one.what == Some(What::Phrase) && one.file == other.file && one.span == other.span)
    };
    let told = telling.iter().filter(|hiding| hiding.what != Some(What::Logo) || !hides_phrase(hiding));
    told.map(|hiding| hiding.diagnostic()).collect()
}

pub fn missing_in_chart() -> Diagnostic {
    Diagnostic::error("A-01", "il modello `grafico.svg` non mette frase e logo nei grafici da scaricare")
        .help("metti `{{ frase }}` in un `<text>` e `{{ logo_dati }}` in una `<image>`")
}
