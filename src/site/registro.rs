//! The register of the products: what carries phrase and logo, and how it is known (DGR XII/5464 §4.5).
//!
//! A product that should carry them and does not is never published, so what the register lists was proved when the
//! site was made. The hashes are in the manifest of the package: a page cannot tell its own.

use serde::{Deserialize, Serialize};

use super::dati::Riga;
use super::{Proof, Route, Site};

/// What a file of the site is, for who looks after phrase and logo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TipoProdotto {
    Pagina,
    Grafico,
    Dati,
    Allegato,
    Servizio,
}

impl TipoProdotto {
    pub fn di(route: &Route) -> Self {
        match route.proof {
            Proof::Page => TipoProdotto::Pagina,
            Proof::Chart => TipoProdotto::Grafico,
            Proof::Exempt if route.path.starts_with("dati/") => TipoProdotto::Dati,
            Proof::Exempt if route.path.starts_with("media/") => TipoProdotto::Allegato,
            Proof::Exempt => TipoProdotto::Servizio,
        }
    }

    pub fn parola(self) -> &'static str {
        match self {
            TipoProdotto::Pagina => "pagina",
            TipoProdotto::Grafico => "grafico da scaricare",
            TipoProdotto::Dati => "dati aperti",
            TipoProdotto::Allegato => "allegato",
            TipoProdotto::Servizio => "file di servizio",
        }
    }

    pub fn frase(self) -> &'static str {
        match self {
            TipoProdotto::Pagina | TipoProdotto::Grafico => "si vede",
            TipoProdotto::Dati => "fra i campi, nel JSON",
            TipoProdotto::Allegato | TipoProdotto::Servizio => "non richiesta",
        }
    }

    pub fn logo(self) -> &'static str {
        match self {
            TipoProdotto::Pagina => "si vede, con il suo testo alternativo",
            TipoProdotto::Grafico => "si vede",
            TipoProdotto::Dati | TipoProdotto::Allegato | TipoProdotto::Servizio => "non richiesto",
        }
    }

    pub fn prova(self) -> &'static str {
        match self {
            TipoProdotto::Pagina => "letta la pagina finita: testo, immagine e ciò che gli stili nascondono",
            TipoProdotto::Grafico => "letto il disegno finito: testo e immagine dentro la figura",
            TipoProdotto::Dati => "sono dati per altri programmi: la pagina che li presenta porta frase e logo",
            TipoProdotto::Allegato => {
                "è un file dell'autore, pubblicato com'è: le pagine che lo usano portano frase e logo"
            }
            TipoProdotto::Servizio => "serve a browser e motori di ricerca: non si legge da solo",
        }
    }
}

impl Site {
    /// Every file of the site and what it is, in the order of their paths.
    pub fn prodotti(&self) -> &[(String, TipoProdotto)] {
        self.prodotti.get_or_init(|| {
            // A site whose routes collide is refused before any of them is made.
            let routes = self.routes().unwrap_or_default();
            routes.values().map(|route| (route.path.clone(), TipoProdotto::di(route))).collect()
        })
    }
}

pub fn righe(site: &Site, take: &mut Riga) {
    for (percorso, tipo) in site.prodotti() {
        let celle = [percorso, tipo.parola(), tipo.frase(), tipo.logo(), tipo.prova()];
        take(&celle.map(str::to_owned));
    }
}
