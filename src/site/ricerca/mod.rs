//! Search over everything that is published: its page, and the index that a browser loads when somebody searches.

mod indice;
mod sinonimi;
mod testi;
mod trovabili;
pub mod words;

use super::engine::{Foglio, IndiceDiRicerca, Proof, Route, Serve};
use super::{Site, dove, servizi};
use indice::Taglio;

pub fn routes(site: &Site, put: &mut dyn FnMut(Route)) {
    let mut data = |path: String, n: usize, piece: fn(&IndiceDiRicerca, usize) -> &str| {
        put(Route::of(path, Proof::Exempt, Serve::Indice, move |_, path, condivisi| {
            Ok(piece(condivisi.indice(path)?, n).into())
        }));
    };
    let taglio = Taglio::of(trovabili::tutti(site).len());
    data("cerca/indice.js".into(), 0, |indice, _| &indice.testa);
    if taglio.intero {
        return;
    }
    for n in 0..taglio.termini {
        data(format!("cerca/t{n}.js"), n, |indice, n| &indice.termini[n]);
    }
    for n in 0..taglio.documenti {
        data(format!("cerca/d{n}.js"), n, |indice, n| &indice.documenti[n]);
    }
}

/// What search reads. Its making is shared among the threads that make routes: it has to be there before them.
pub fn indice(site: &Site) -> IndiceDiRicerca {
    let ricerca = site.plan.ricerca.as_ref().map(|(dati, _)| &**dati);
    let luoghi = dove::luoghi(&site.plan);
    let soli: Vec<&str> = luoghi.iter().filter(|luogo| luogo.solo_nome()).map(|luogo| luogo.nome).collect();
    indice::indice(&trovabili::tutti(site), ricerca, &soli)
}

pub fn pagina(foglio: &mut Foglio) {
    foglio.insert("bisogni", &servizi::bisogni(foglio.plan));
}
