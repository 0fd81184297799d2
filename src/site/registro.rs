//! The register of the products: what carries phrase and logo, and how it is known (DGR XII/5464 §4.5).
//!
//! A product that should carry them and does not is never published, so what the register lists was proved when the
//! site was made. The hashes are in the manifest of the package: a page cannot tell its own.

use serde::{Deserialize, Serialize};

use tera::Context;

use super::dati::Riga;
use super::piano::head;
use super::{Proof, Route, Site, address_of};

/// What a file of the site is, for who looks after phrase and logo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TipoProdotto {
    Pagina,
    Grafico,
    Documento,
    Dati,
    Allegato,
    Servizio,
}

impl TipoProdotto {
    pub fn di(route: &Route) -> Self {
        match route.proof {
            Proof::Page => TipoProdotto::Pagina,
            Proof::Chart => TipoProdotto::Grafico,
            Proof::Typeset => TipoProdotto::Documento,
            Proof::Exempt if route.path.starts_with("dati/") => TipoProdotto::Dati,
            Proof::Exempt if route.path.starts_with("media/") => TipoProdotto::Allegato,
            Proof::Exempt => TipoProdotto::Servizio,
        }
    }

    pub fn parola(self) -> &'static str {
        match self {
            TipoProdotto::Pagina => "pagina",
            TipoProdotto::Grafico => "grafico da scaricare",
            TipoProdotto::Documento => "documento",
            TipoProdotto::Dati => "dati aperti",
            TipoProdotto::Allegato => "allegato",
            TipoProdotto::Servizio => "file di servizio",
        }
    }

    pub fn frase(self) -> &'static str {
        match self {
            TipoProdotto::Pagina | TipoProdotto::Grafico => "si vede",
            TipoProdotto::Documento => "su ogni pagina",
            TipoProdotto::Dati => "nel JSON",
            TipoProdotto::Allegato | TipoProdotto::Servizio => "non richiesta",
        }
    }

    pub fn logo(self) -> &'static str {
        match self {
            TipoProdotto::Pagina | TipoProdotto::Grafico => "si vede",
            TipoProdotto::Documento => "in copertina",
            TipoProdotto::Dati | TipoProdotto::Allegato | TipoProdotto::Servizio => "non richiesto",
        }
    }

    /// In few words: large sites have a row for each of a hundred thousand files.
    pub fn prova(self) -> &'static str {
        match self {
            TipoProdotto::Pagina => "letta la pagina finita",
            TipoProdotto::Grafico => "letto il disegno finito",
            TipoProdotto::Documento => "lette le pagine composte",
            TipoProdotto::Dati => "dati per altri programmi",
            TipoProdotto::Allegato => "file dell'autore",
            TipoProdotto::Servizio => "per browser e motori di ricerca",
        }
    }

    /// The same in a sentence.
    fn spiegazione(self) -> &'static str {
        match self {
            TipoProdotto::Pagina => {
                "letta la pagina finita: frase e logo ci sono, il logo ha un testo alternativo, nessuno stile li nasconde"
            }
            TipoProdotto::Grafico => "letto il disegno finito: frase e logo stanno dentro la figura",
            TipoProdotto::Documento => {
                "lette le pagine composte: la frase è su ognuna, il logo in copertina con un testo alternativo"
            }
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

/// The products of one kind that a page names one by one; the open data have all of them.
const SHOWN: usize = 200;

/// A kind of product, and those of a plan.
#[derive(Serialize)]
struct Gruppo<'a> {
    parola: &'static str,
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
    context.insert("del_piano", &gruppi(&suoi, SHOWN));
    context.insert("comuni", &gruppi(&comuni, 0));
    context.insert("numero", &suoi.len());
    context.insert("numero_comuni", &comuni.len());
    context.insert("verifica", &periodo.dati.verifica_pubblicita);
    let descrizione = "I prodotti del Piano, con la verifica della frase di attribuzione e del logo.".to_owned();
    let head = head(path, &site.plan, p, "Registro dei prodotti", descrizione);
    site.render(head, "registro.html", &periodo.origine.file, context)
}

fn gruppi<'a>(prodotti: &[&'a (String, TipoProdotto)], shown: usize) -> Vec<Gruppo<'a>> {
    let mut tipi: Vec<TipoProdotto> = prodotti.iter().map(|(_, tipo)| *tipo).collect();
    tipi.sort_unstable();
    tipi.dedup();
    let gruppo = |tipo: TipoProdotto| {
        let suoi: Vec<&str> =
            prodotti.iter().filter(|(_, suo)| *suo == tipo).map(|(percorso, _)| percorso.as_str()).collect();
        Gruppo {
            parola: tipo.parola(),
            frase: tipo.frase(),
            logo: tipo.logo(),
            prova: tipo.spiegazione(),
            quanti: suoi.len(),
            voci: suoi.iter().take(shown).map(|percorso| Voce { percorso, indirizzo: address_of(percorso) }).collect(),
            altri: suoi.len().saturating_sub(shown),
        }
    };
    tipi.into_iter().map(gruppo).collect()
}

pub fn righe(site: &Site, take: &mut Riga) {
    for (percorso, tipo) in site.prodotti() {
        let celle = [percorso, tipo.parola(), tipo.frase(), tipo.logo(), tipo.prova()];
        take(&celle.map(str::to_owned));
    }
}
