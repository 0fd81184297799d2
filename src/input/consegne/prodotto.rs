//! The kinds of products, and how phrase and logo are known to be on each (DGR XII/5464 §4.5).

use serde::{Deserialize, Serialize};

/// What a file of the site is, for who looks after phrase and logo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TipoProdotto {
    Pagina,
    Grafico,
    Documento,
    Cartolina,
    Locandina,
    Dati,
    Logo,
    Allegato,
    Servizio,
}

impl TipoProdotto {
    pub fn parola(self) -> &'static str {
        match self {
            TipoProdotto::Pagina => "pagina",
            TipoProdotto::Grafico => "grafico da scaricare",
            TipoProdotto::Documento => "documento",
            TipoProdotto::Cartolina => "cartolina",
            TipoProdotto::Locandina => "locandina",
            TipoProdotto::Dati => "dati aperti",
            TipoProdotto::Logo => "logo",
            TipoProdotto::Allegato => "allegato",
            TipoProdotto::Servizio => "file di servizio",
        }
    }

    pub fn plurale(self) -> &'static str {
        match self {
            TipoProdotto::Pagina => "pagine",
            TipoProdotto::Grafico => "grafici da scaricare",
            TipoProdotto::Documento => "documenti",
            TipoProdotto::Cartolina => "cartoline",
            TipoProdotto::Locandina => "locandine",
            TipoProdotto::Dati => "file di dati aperti",
            TipoProdotto::Logo => "logo",
            TipoProdotto::Allegato => "allegati",
            TipoProdotto::Servizio => "file di servizio",
        }
    }

    pub fn frase(self) -> &'static str {
        match self {
            TipoProdotto::Pagina | TipoProdotto::Grafico | TipoProdotto::Cartolina | TipoProdotto::Locandina => {
                "si vede"
            }
            TipoProdotto::Documento => "su ogni pagina",
            TipoProdotto::Dati => "nel JSON e nell'XLSX",
            TipoProdotto::Allegato => "da verificare",
            TipoProdotto::Logo | TipoProdotto::Servizio => "non richiesta",
        }
    }

    pub fn logo(self) -> &'static str {
        match self {
            TipoProdotto::Pagina | TipoProdotto::Grafico | TipoProdotto::Cartolina | TipoProdotto::Locandina => {
                "si vede"
            }
            TipoProdotto::Documento => "in copertina",
            TipoProdotto::Logo => "è questo",
            TipoProdotto::Allegato => "da verificare",
            TipoProdotto::Dati | TipoProdotto::Servizio => "non richiesto",
        }
    }

    /// In few words: large sites have a row for each of a hundred thousand files.
    pub fn prova(self) -> &'static str {
        match self {
            TipoProdotto::Pagina => "letta la pagina finita",
            TipoProdotto::Grafico => "letto il disegno finito",
            TipoProdotto::Documento => "lette le pagine composte",
            TipoProdotto::Locandina => "letta la pagina finita",
            TipoProdotto::Cartolina => "letti immagine e metadati",
            TipoProdotto::Dati => "dati per altri programmi",
            TipoProdotto::Logo => "il logo che gli altri prodotti portano",
            TipoProdotto::Allegato => "file dell'autore",
            TipoProdotto::Servizio => "per browser e motori di ricerca",
        }
    }

    /// The same in a sentence.
    pub fn spiegazione(self) -> &'static str {
        match self {
            TipoProdotto::Pagina => {
                "letta la pagina finita: la cornice con frase e logo è intera, e i suoi stili vincono su quelli del tema"
            }
            TipoProdotto::Grafico => "letto il disegno finito: frase e logo stanno dentro la figura",
            TipoProdotto::Documento => {
                "lette le pagine composte: la frase è su ognuna, il logo in copertina con un testo alternativo"
            }
            TipoProdotto::Cartolina => {
                "letta l’immagine composta e i metadati di quella finita: frase e logo ci sono, e il logo è quello dell’ATS"
            }
            TipoProdotto::Locandina => "letta la pagina finita: frase e logo ci sono, il logo con un testo alternativo",
            TipoProdotto::Dati => "sono dati per altri programmi: la pagina che li presenta porta frase e logo",
            TipoProdotto::Logo => "è il logo che gli altri prodotti portano",
            TipoProdotto::Allegato => {
                "è un file dell'autore, pubblicato com'è: se porta frase e logo lo può dire solo chi lo guarda"
            }
            TipoProdotto::Servizio => "serve a browser e motori di ricerca: non si legge da solo",
        }
    }
}
