//! What a document is made of. As JSON the blocks are what the templates of the typesetter read.

use serde::{Serialize, Serializer};

use crate::print::tipografia::{Giorno, caratteri};
use crate::view::Cella;
use crate::view::grafico::{self, Grafico, Segmento};

/// Words for a reader. As JSON they hold only what the fonts can show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parole(pub String);

impl Serialize for Parole {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&caratteri::adatta(&self.0))
    }
}

impl<T: Into<String>> From<T> for Parole {
    fn from(testo: T) -> Self {
        Parole(testo.into())
    }
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Brano {
    Testo(Parole),
    Forte {
        forte: Riga,
    },
    Enfasi {
        enfasi: Riga,
    },
    Barrato {
        barrato: Riga,
    },
    Codice {
        codice: Parole,
    },
    Link(Link),
    /// The honest absence of a figure.
    Assente {
        assente: Parole,
    },
    /// How a rule went: the word says it, the colour only helps.
    Esito {
        esito: String,
        parola: Parole,
    },
    /// A line of its own under the others, smaller.
    Sotto {
        sotto: Riga,
    },
    /// The words of a picture: the picture itself is on the page.
    Immagine {
        immagine: Parole,
    },
    ACapo {
        a_capo: bool,
    },
    /// Data that nobody tells.
    Nulla {
        nulla: bool,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Link {
    pub link: Riga,
    /// An address of the web.
    pub web: Option<String>,
    /// A heading of the document.
    pub ancora: Option<String>,
}

impl Brano {
    pub fn forte(testo: impl Into<Parole>) -> Self {
        Brano::Forte { forte: riga(testo) }
    }
}

impl<T: Into<Parole>> From<T> for Brano {
    fn from(testo: T) -> Self {
        Brano::Testo(testo.into())
    }
}

/// A line, or the content of a cell.
pub type Riga = Vec<Brano>;

/// A line of words alone.
pub fn riga(testo: impl Into<Parole>) -> Riga {
    vec![Brano::Testo(testo.into())]
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "tipo", rename_all = "snake_case")]
pub enum Blocco {
    /// `livello` 1 is a chapter. Without a number it is a heading inside a text.
    Titolo {
        livello: u8,
        numero: String,
        testo: Parole,
        ancora: String,
    },
    Capoverso {
        righe: Riga,
    },
    /// Key figures.
    Cifre {
        voci: Vec<(Parole, Parole)>,
    },
    /// Names and what they stand for.
    Voci {
        voci: Vec<(Parole, Riga)>,
    },
    Elenco {
        ordinato: bool,
        /// Its items are short: they can stand side by side.
        colonne: bool,
        voci: Vec<Vec<Blocco>>,
    },
    Citazione {
        blocchi: Vec<Blocco>,
    },
    /// Line by line.
    Codice {
        linee: Vec<Parole>,
    },
    Linea,
    Tabella(Tabella),
    Grafico(Box<GraficoStampato>),
    /// A line under a heading, which says of what kind it is.
    Occhiello {
        testo: Parole,
    },
    /// What a reader may pass over: sources, remarks.
    Nota {
        righe: Riga,
    },
    /// They stay on one leaf.
    Insieme {
        blocchi: Vec<Blocco>,
    },
    Salto,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tabella {
    pub didascalia: Parole,
    pub colonne: Vec<Colonna>,
    pub righe: Vec<Vec<Casella>>,
    pub totale: Option<Vec<Casella>>,
    /// How many rows are not told, where there are too many.
    pub omesse: usize,
}

/// A cell; a wide one says over how many columns it goes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Casella {
    Una(Riga),
    Larga { larga: usize, righe: Riga },
}

impl Casella {
    pub fn righe(&self) -> &Riga {
        match self {
            Casella::Una(righe) | Casella::Larga { righe, .. } => righe,
        }
    }
}

/// The rows that a table of the document tells: nobody reads more on paper, and the open data have all of them.
pub const RIGHE_MASSIME: usize = 2_000;

impl Tabella {
    pub fn new(
        didascalia: impl Into<Parole>,
        colonne: Vec<Colonna>,
        mut righe: Vec<Vec<Casella>>,
        totale: Option<Vec<Casella>>,
    ) -> Self {
        let omesse = righe.len().saturating_sub(RIGHE_MASSIME);
        righe.truncate(RIGHE_MASSIME);
        Tabella { didascalia: didascalia.into(), colonne, righe, totale, omesse }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Colonna {
    pub nome: Parole,
    pub numero: bool,
    /// How wide it is beside the others; figures take the room they need.
    pub peso: u16,
    /// The letters of its longest word.
    pub parola: usize,
}

/// A chart of the site, as the typesetter draws it.
#[derive(Debug, Clone)]
pub struct GraficoStampato {
    pub grafico: Grafico,
    /// Whether its data follow; else they stand elsewhere in the document.
    pub con_dati: bool,
}

impl PartialEq for GraficoStampato {
    fn eq(&self, other: &Self) -> bool {
        (&self.grafico.id, self.con_dati) == (&other.grafico.id, other.con_dati)
    }
}

impl Serialize for GraficoStampato {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Vista<'a> {
            titolo: Parole,
            descrizione: Parole,
            legenda: Vec<Parole>,
            barre: Vec<Barra<'a>>,
            omesse: usize,
            tabella: Option<Tabella>,
        }
        #[derive(Serialize)]
        struct Barra<'a> {
            nome: Parole,
            valore: Parole,
            segmenti: &'a [Segmento],
        }
        let grafico = &self.grafico;
        let parole = |testo: &String| Parole(testo.clone());
        let barre = grafico.barre.iter().map(|barra| Barra {
            nome: Parole(barra.righe.iter().map(|riga| riga.testo.as_str()).collect::<Vec<_>>().join(" ")),
            valore: parole(&barra.valore),
            segmenti: &barra.segmenti,
        });
        Vista {
            titolo: parole(&grafico.titolo),
            descrizione: parole(&grafico.descrizione),
            legenda: grafico.legenda.iter().map(|voce| parole(&voce.nome)).collect(),
            barre: barre.collect(),
            omesse: grafico.omesse,
            tabella: self.con_dati.then(|| self.tabella()),
        }
        .serialize(serializer)
    }
}

impl GraficoStampato {
    /// The data of the chart as a table of the document.
    pub fn tabella(&self) -> Tabella {
        let dati = &self.grafico.tabella;
        let cella =
            |cella: &Cella| Casella::Una(cella.italiano().map_or_else(|| vec![Brano::Nulla { nulla: true }], riga));
        let celle = |celle: &Vec<Cella>| celle.iter().map(cella).collect();
        let colonna = |colonna: &grafico::Colonna| Colonna {
            nome: colonna.nome.into(),
            numero: colonna.numero,
            peso: 1,
            parola: caratteri::PAROLA_LUNGA,
        };
        let righe = dati.righe.iter().map(celle).collect();
        let colonne = dati.colonne.iter().map(colonna).collect();
        Tabella::new(dati.didascalia.as_str(), colonne, righe, dati.totale.as_ref().map(celle))
    }
}

/// The document as the typesetter reads it.
#[derive(Debug, Serialize)]
pub struct Documento {
    pub copertina: Copertina,
    /// What stands between the cover and the contents.
    pub prima: Vec<Blocco>,
    pub blocchi: Vec<Blocco>,
}

/// What is on the cover and around every page.
#[derive(Debug, Clone, Serialize)]
pub struct Copertina {
    pub titolo: Parole,
    pub ente: Parole,
    pub ente_esteso: Parole,
    pub ente_superiore: Option<Parole>,
    pub periodo: Parole,
    pub stato: Parole,
    /// What it is and what was done with it: names and what they stand for.
    pub righe: Vec<Blocco>,
    /// Of a plan that is not adopted: the word for it, and what it means.
    pub non_definitivo: Option<(Parole, Parole)>,
    pub avvertenza: Option<Parole>,
    pub aggiornato_al: Parole,
    /// Year, month and day.
    pub data: Giorno,
    pub frase: Parole,
    pub logo: Logo,
    pub codice: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Logo {
    pub file: String,
    pub alternativa: Parole,
}
