//! The rules of the attribution.

use crate::report::Rule;

pub const RULES: &[Rule] = &[
    Rule::new("A-01", "la frase di attribuzione si vede in ogni prodotto")
        .why("lo chiede la DGR XII/5464 al paragrafo 4.5")
        .example("un foglio di stile con `footer { display: none }` nasconde la frase, e nulla si pubblica")
        .article("DGR XII/5464, § 4.5"),
    Rule::new("A-02", "il logo dell'ATS si vede in ogni prodotto")
        .why("lo chiede la DGR XII/5464 al paragrafo 4.5")
        .example("in un modello del tema manca l'immagine del logo, e nulla si pubblica")
        .article("DGR XII/5464, § 4.5"),
    Rule::new("A-03", "si può stabilire se frase e logo si vedono")
        .why("se non si può stabilire, frase e logo contano come nascosti")
        .example("nel foglio di stile, una posizione calcolata che concilia non sa giudicare")
        .article("DGR XII/5464, § 4.5"),
];
