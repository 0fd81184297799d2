//! The register of the products: what carries phrase and logo, and how it is known (DGR XII/5464 §4.5).
//!
//! A product that should carry them and does not is never published, so what the register lists was proved when the
//! site was made. The hashes are in the manifest of the package: a page cannot tell its own.

use tera::Value;

use super::engine::{Foglio, Letture, Proof, Route, Site, address_of};
use super::viste::collegamento_progetto;
use super::{allegati, parole};
use crate::input::consegne::TipoProdotto;
use crate::plan::Plan;

/// A file of the site and what it is.
pub type FileDelSito<'a> = (&'a str, TipoProdotto);

impl Site {
    /// Every file of the site and what it is, in the order of their paths.
    pub fn prodotti(&self) -> impl Iterator<Item = FileDelSito<'_>> {
        let tipo = |route: &Route| match route.path == self.logo_path() {
            true => TipoProdotto::Logo,
            false => tipo_di(route),
        };
        self.routes.values().map(move |route| (route.path.as_str(), tipo(route)))
    }
}

/// What could be read in each file of `media/` but the logo.
pub fn letture(plan: &Plan) -> Letture {
    let media = plan.media.iter().filter(|(file, _)| **file != plan.sito.logo.file);
    media.map(|(file, bytes)| (file.clone(), allegati::letto(bytes, &plan.frase))).collect()
}

/// The products of one kind that a page names one by one; the open data have all of them.
const SHOWN: usize = 200;

pub fn pagina(foglio: &mut Foglio, p: usize, letture: &Letture) {
    let (site, periodo) = (foglio.site, foglio.periodo(p));
    let cartella = format!("{}/", periodo.id);
    let (suoi, comuni): (Vec<_>, Vec<_>) = site.prodotti().partition(|(percorso, _)| percorso.starts_with(&cartella));
    let allegati: Vec<_> = site.prodotti().filter(|(_, tipo)| *tipo == TipoProdotto::Allegato).collect();
    foglio.insert("del_piano", &gruppi(&suoi, SHOWN, letture));
    foglio.insert("comuni", &gruppi(&comuni, 0, letture));
    foglio.insert("allegati", &voci(&allegati, SHOWN, letture));
    foglio.insert("altri_allegati", &allegati.len().saturating_sub(SHOWN));
    foglio.insert("con_materiali", &(site.plan.indirizzo.is_some() && !periodo.progetti.is_empty()));
    foglio.insert("numero", &suoi.len());
    foglio.insert("numero_comuni", &comuni.len());
    let dei_progetti = periodo.progetti.iter().flat_map(|progetto| {
        let suoi = progetto.dati.prodotti.iter();
        suoi.map(move |prodotto| vista! { "progetto": collegamento_progetto(periodo, progetto), "prodotto": prodotto })
    });
    foglio.insert("dei_progetti", &dei_progetti.collect::<Vec<_>>());
    foglio.insert("verifica", &periodo.dati.verifica_pubblicita);
}

/// The kinds of product, each with how it is proved and the first of its files.
fn gruppi(prodotti: &[FileDelSito], massimo: usize, letture: &Letture) -> Vec<Value> {
    let mut tipi: Vec<TipoProdotto> = prodotti.iter().map(|(_, tipo)| *tipo).collect();
    tipi.sort_unstable();
    tipi.dedup();
    let gruppo = |tipo: TipoProdotto| {
        let suoi: Vec<FileDelSito> = prodotti.iter().copied().filter(|(_, suo)| *suo == tipo).collect();
        vista! {
            "parola": tipo.parola(),
            "conto": parole::conta(suoi.len(), tipo.parola(), tipo.plurale()),
            "frase": tipo.frase(),
            "logo": tipo.logo(),
            "prova": tipo.spiegazione(),
            "quanti": suoi.len(),
            "voci": voci(&suoi, massimo, letture),
            "altri": suoi.len().saturating_sub(massimo),
        }
    };
    tipi.into_iter().map(gruppo).collect()
}

fn voci(prodotti: &[FileDelSito], massimo: usize, letture: &Letture) -> Vec<Value> {
    let voce = |prodotto: &FileDelSito| {
        let (percorso, indirizzo) = (prodotto.0, address_of(prodotto.0));
        vista! { "percorso": percorso, "letto": letto(letture, *prodotto), "indirizzo": indirizzo }
    };
    prodotti.iter().take(massimo).map(voce).collect()
}

/// What could be read in a file of `media/`; the program's own products are proved instead.
pub fn letto(letture: &Letture, (percorso, tipo): FileDelSito) -> Option<String> {
    letture.get(percorso).filter(|_| tipo == TipoProdotto::Allegato).cloned()
}

fn tipo_di(route: &Route) -> TipoProdotto {
    match route.proof {
        Proof::Page => TipoProdotto::Pagina,
        Proof::Chart => TipoProdotto::Grafico,
        Proof::Typeset if route.path.ends_with(".png") => TipoProdotto::Cartolina,
        Proof::Typeset => TipoProdotto::Documento,
        Proof::Exempt if route.path.starts_with("dati/") || route.path.ends_with(".csv") => TipoProdotto::Dati,
        Proof::Exempt if route.path.starts_with("media/") => TipoProdotto::Allegato,
        Proof::Exempt => TipoProdotto::Servizio,
    }
}
