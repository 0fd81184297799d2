//! Stage 6: what the theme has made is read as a browser would read it, so that the attribution can be put on it.
//!
//! Every page, and every drawing offered for download, carries the phrase by which the Region is named as the one that
//! pays, and the logo of the agency. The engine puts them there, in a frame of its own (`site::engine::cornice`) whose styles
//! win over all others. That holds where a browser sees the page as it is written: so it is read strictly
//! ([`scan`], [`svg`]), and what a browser would mend, or what could reach the frame, is refused with its place.
//!
//! No script is run: what those of a theme do is not judged here.

mod element;
pub(crate) mod path;
pub mod scan;
pub mod svg;

#[cfg(test)]
mod tests;

pub use element::is_void;

use crate::report::Rule;

/// The rules of the attribution.
pub const RULES: &[Rule] = &[
    Rule::new("A-01", "la frase di attribuzione si vede in ogni prodotto")
        .why("lo chiede la DGR XII/5464 al paragrafo 4.5")
        .example("un modello del documento che scrive la frase in bianco, o fuori dal foglio, non si pubblica")
        .article("DGR XII/5464, § 4.5"),
    Rule::new("A-02", "il logo dell'ATS si vede in ogni prodotto")
        .why("lo chiede la DGR XII/5464 al paragrafo 4.5")
        .example("in un modello del documento manca l'immagine del logo, e nulla si pubblica")
        .article("DGR XII/5464, § 4.5"),
    Rule::new("A-03", "i browser leggono ogni pagina com'è scritta, e così frase e logo si vedono")
        .why("concilia li mette in fondo a ogni pagina: se un browser la corregge, potrebbe spostarli o nasconderli")
        .example("un modello del tema apre un `<div>` e non lo chiude")
        .article("DGR XII/5464, § 4.5"),
];
