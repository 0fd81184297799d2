//! The colours that a site chooses, as a style sheet over that of the theme. Whether they can be read is judged by M-07.

use super::engine::{Route, Site};
use crate::value::Colore;

const FILE: &str = "assets/identita.css";

pub fn routes(site: &Site, put: &mut dyn FnMut(Route)) {
    if let Some(colore) = site.plan.sito.colore {
        let scuro = site.plan.sito.colore_scuro.unwrap_or_else(|| colore.schiarito());
        put(Route::data(FILE.to_owned(), move |_, _| Ok(stile(colore, scuro).into_bytes())));
    }
}

fn stile(chiaro: Colore, scuro: Colore) -> String {
    let (bianco, nero, notte) = (Colore::BIANCO, Colore::NERO, Colore::NOTTE);
    let giorno = [
        ("primario", chiaro),
        ("primario-scuro", chiaro.verso(nero, 25)),
        ("pannello", chiaro.verso(nero, 40)),
        ("tinta", chiaro.tinta()),
        ("serie-1", chiaro),
        ("nastro-1", chiaro.verso(bianco, 80)),
    ];
    let sera = [
        ("primario", scuro),
        ("primario-scuro", scuro.verso(bianco, 40)),
        ("su-primario", notte),
        ("pannello", scuro.verso(nero, 72)),
        ("tinta", scuro.tinta_scura()),
        ("serie-1", scuro.verso(notte, 20)),
        ("nastro-1", scuro.verso(notte, 70)),
    ];
    let variabili = |colori: &[(&str, Colore)]| {
        let righe = colori.iter().map(|(nome, colore)| format!("--{nome}:{colore};"));
        format!(":root{{{}}}", righe.collect::<String>())
    };
    // Paper and forced colours keep those of the theme.
    format!(
        "@media screen and (forced-colors:none){{{}}}\n\
         @media screen and (forced-colors:none) and (prefers-color-scheme:dark){{{}}}\n",
        variabili(&giorno),
        variabili(&sera)
    )
}
