//! Search over everything that is published: its page, and the index that a browser loads when somebody searches.

mod documenti;
mod indice;
pub mod words;

use tera::Context;

use super::{Head, Route, Site, servizi};
use documenti::Documenti;
use indice::Taglio;

pub use indice::Indice;

pub fn routes(site: &Site, put: &mut dyn FnMut(Route)) {
    put(Route::page("cerca/index.html".into(), pagina));
    let taglio = Taglio::of(Documenti::of(&site.plan).len());
    put(Route::data("cerca/indice.js".into(), |site, _| Ok(site.indice().testa().into())));
    if taglio.intero {
        return;
    }
    for n in 0..taglio.termini {
        put(Route::data(format!("cerca/t{n}.js"), move |site, _| Ok(site.indice().termini(n).into())));
    }
    for n in 0..taglio.documenti {
        put(Route::data(format!("cerca/d{n}.js"), move |site, _| Ok(site.indice().documenti(n).into())));
    }
}

impl Site {
    /// The index, made once and when somebody asks for it first. Not to be asked for first by one of the threads that
    /// render: its making is shared among them, and they would wait for each other.
    pub fn indice(&self) -> &Indice {
        self.indice.get_or_init(|| {
            let documenti = Documenti::of(&self.plan);
            Indice::of(documenti.len(), |i| documenti.get(i))
        })
    }
}

fn pagina(site: &Site, path: &str) -> super::Rendered {
    let plan = &*site.plan;
    let mut context = Context::new();
    context.insert("bisogni", &servizi::bisogni(plan));
    let head = Head {
        path,
        titolo: "Cerca nel sito".into(),
        descrizione: "Cerca fra servizi, progetti, enti, alleanze e pagine del Piano.".into(),
        briciole: vec![],
        periodo: None,
    };
    site.render(head, "cerca.html", "cerca", context)
}
