//! The register of the products: what carries phrase and logo, and how it is known (DGR XII/5464 §4.5).
//!
//! A product that should carry them and does not is never published, so what the register lists was proved when the
//! site was made. The hashes are in the manifest of the package: a page cannot tell its own.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Context;

use super::piano::head;
use super::{Proof, Route, Site, address_of, allegati, parole};
use crate::input::consegne::TipoProdotto;

impl Site {
    /// Every file of the site and what it is, in the order of their paths.
    pub fn prodotti(&self) -> &[(String, TipoProdotto)] {
        self.prodotti.get_or_init(|| {
            // A site whose routes collide is refused before any of them is made.
            let routes = self.routes().unwrap_or_default();
            let tipo = |route: &Route| match route.path == self.logo_path {
                true => TipoProdotto::Logo,
                false => tipo_di(route),
            };
            routes.values().map(|route| (route.path.clone(), tipo(route))).collect()
        })
    }

    /// What could be read in each file of `media/`.
    pub(super) fn letture(&self) -> &BTreeMap<String, String> {
        self.letture.get_or_init(|| {
            let media = self.plan.media.iter().filter(|(file, _)| **file != self.logo_path);
            media.map(|(file, bytes)| (file.clone(), allegati::letto(bytes, &self.plan.frase))).collect()
        })
    }
}

/// The products of one kind that a page names one by one; the open data have all of them.
const SHOWN: usize = 200;

/// A kind of product, and those of a plan.
#[derive(Serialize)]
struct Gruppo<'a> {
    parola: &'static str,
    /// `36 pagine`.
    conto: String,
    frase: &'static str,
    logo: &'static str,
    prova: &'static str,
    quanti: usize,
    voci: Vec<Voce<'a>>,
    altri: usize,
}

#[derive(Serialize)]
struct Voce<'a> {
    percorso: &'a str,
    /// What could be read in a file of the staff.
    letto: Option<String>,
    indirizzo: &'a str,
}

pub fn routes(site: &Site, p: usize, put: &mut dyn FnMut(Route)) {
    let path = format!("{}/registro/index.html", site.plan.periodi[p].id);
    put(Route::page(path, move |site, path| pagina(site, path, p)));
}

fn pagina(site: &Site, path: &str, p: usize) -> super::Rendered {
    let periodo = &site.plan.periodi[p];
    let folder = format!("{}/", periodo.id);
    let (suoi, comuni): (Vec<_>, Vec<_>) =
        site.prodotti().iter().partition(|(percorso, _)| percorso.starts_with(&folder));
    let mut context = Context::new();
    context.insert("del_piano", &gruppi(site, &suoi, SHOWN));
    context.insert("comuni", &gruppi(site, &comuni, 0));
    let (allegati, altri) = site.prodotti().iter().filter(|(_, tipo)| *tipo == TipoProdotto::Allegato).fold(
        (Vec::new(), 0),
        |(mut shown, more), prodotto| match shown.len() < SHOWN {
            true => {
                shown.push(Voce::di(site, prodotto));
                (shown, more)
            }
            false => (shown, more + 1),
        },
    );
    context.insert("allegati", &allegati);
    context.insert("altri_allegati", &altri);
    context.insert("con_materiali", &(site.plan.indirizzo.is_some() && !periodo.progetti.is_empty()));
    context.insert("numero", &suoi.len());
    context.insert("numero_comuni", &comuni.len());
    context.insert("verifica", &periodo.dati.verifica_pubblicita);
    let descrizione = "I prodotti del Piano, con la verifica della frase di attribuzione e del logo.".to_owned();
    let head = head(path, &site.plan, p, "Registro dei prodotti", descrizione);
    site.render(head, "registro.html", &periodo.origine.file, context)
}

fn gruppi<'a>(site: &Site, prodotti: &[&'a (String, TipoProdotto)], shown: usize) -> Vec<Gruppo<'a>> {
    let mut tipi: Vec<TipoProdotto> = prodotti.iter().map(|(_, tipo)| *tipo).collect();
    tipi.sort_unstable();
    tipi.dedup();
    let gruppo = |tipo: TipoProdotto| {
        let suoi: Vec<&(String, TipoProdotto)> = prodotti.iter().copied().filter(|(_, suo)| *suo == tipo).collect();
        Gruppo {
            parola: tipo.parola(),
            conto: parole::conta(suoi.len(), tipo.parola(), tipo.plurale()),
            frase: tipo.frase(),
            logo: tipo.logo(),
            prova: tipo.spiegazione(),
            quanti: suoi.len(),
            voci: suoi.iter().take(shown).map(|prodotto| Voce::di(site, prodotto)).collect(),
            altri: suoi.len().saturating_sub(shown),
        }
    };
    tipi.into_iter().map(gruppo).collect()
}

impl<'a> Voce<'a> {
    fn di(site: &Site, (percorso, tipo): &'a (String, TipoProdotto)) -> Self {
        Voce { percorso, letto: letto(site, percorso, *tipo), indirizzo: address_of(percorso) }
    }
}

/// What could be read in a file of the staff; the program's own products are proved instead.
pub fn letto(site: &Site, percorso: &str, tipo: TipoProdotto) -> Option<String> {
    site.letture().get(percorso).filter(|_| tipo == TipoProdotto::Allegato).cloned()
}

fn tipo_di(route: &Route) -> TipoProdotto {
    match route.proof {
        Proof::Page => TipoProdotto::Pagina,
        Proof::Chart => TipoProdotto::Grafico,
        Proof::Typeset if route.path.ends_with(".png") => TipoProdotto::Cartolina,
        Proof::Typeset => TipoProdotto::Documento,
        Proof::Exempt if route.path.starts_with("dati/") => TipoProdotto::Dati,
        Proof::Exempt if route.path.starts_with("media/") => TipoProdotto::Allegato,
        Proof::Exempt => TipoProdotto::Servizio,
    }
}
