//! The rules of the attribution.

use crate::report::Rule;

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
