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
        self.parole().0
    }

    pub fn plurale(self) -> &'static str {
        self.parole().1
    }

    /// Of one and of several.
    fn parole(self) -> (&'static str, &'static str) {
        match self {
            Self::Pagina => ("pagina", "pagine"),
            Self::Grafico => ("grafico da scaricare", "grafici da scaricare"),
            Self::Documento => ("documento", "documenti"),
            Self::Cartolina => ("cartolina", "cartoline"),
            Self::Locandina => ("locandina", "locandine"),
            Self::Dati => ("dati aperti", "file di dati aperti"),
            Self::Logo => ("logo", "logo"),
            Self::Allegato => ("allegato", "allegati"),
            Self::Servizio => ("file di servizio", "file di servizio"),
        }
    }

    pub fn frase(self) -> &'static str {
        self.dove().0
    }

    pub fn logo(self) -> &'static str {
        self.dove().1
    }

    /// Where phrase and logo are on it.
    fn dove(self) -> (&'static str, &'static str) {
        match self {
            Self::Pagina | Self::Grafico | Self::Cartolina | Self::Locandina => ("si vede", "si vede"),
            Self::Documento => ("su ogni pagina", "in copertina"),
            Self::Dati => ("solo nei file JSON e XLSX", "non richiesto"),
            Self::Logo => ("non richiesta", "è questo"),
            Self::Allegato => ("da verificare", "da verificare"),
            Self::Servizio => ("non richiesta", "non richiesto"),
        }
    }

    /// In few words: large sites have a row for each of a hundred thousand files.
    pub fn prova(self) -> &'static str {
        match self {
            Self::Pagina => "letta la pagina finita",
            Self::Grafico => "letto il disegno finito",
            Self::Documento => "lette le pagine composte",
            Self::Locandina => "letta la pagina finita",
            Self::Cartolina => "letti immagine e metadati",
            Self::Dati => "dati per altri programmi",
            Self::Logo => "il logo che gli altri prodotti portano",
            Self::Allegato => "file dell'autore",
            Self::Servizio => "per browser e motori di ricerca",
        }
    }

    /// The same in a sentence.
    pub fn spiegazione(self) -> &'static str {
        match self {
            Self::Pagina => {
                "letta la pagina finita: la cornice con frase e logo è intera, e l'aspetto del sito non la può nascondere"
            }
            Self::Grafico => "letto il disegno finito: frase e logo stanno dentro la figura",
            Self::Documento => {
                "lette le pagine composte: la frase è su ognuna, il logo in copertina con un testo alternativo"
            }
            Self::Cartolina => {
                "letta l’immagine composta e i metadati di quella finita: frase e logo ci sono, e il logo è quello dell’ATS"
            }
            Self::Locandina => "letta la pagina finita: frase e logo ci sono, il logo con un testo alternativo",
            Self::Dati => "sono dati per altri programmi: la pagina che li presenta porta frase e logo",
            Self::Logo => "è il logo che gli altri prodotti portano",
            Self::Allegato => {
                "è un file dell'autore, pubblicato com'è: se porta frase e logo lo può dire solo chi lo guarda"
            }
            Self::Servizio => "serve a browser e motori di ricerca: non si legge da solo",
        }
    }
}
