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

/// A piece of a line. As JSON it has one key, by which the templates tell it; mere words are a text.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Brano {
    Forte(Riga),
    Enfasi(Riga),
    Barrato(Riga),
    Codice(Parole),
    /// The honest absence of a figure.
    Assente(Parole),
    /// A line of its own under the others, smaller.
    Sotto(Riga),
    /// The words of a picture: the picture itself is on the page.
    Immagine(Parole),
    ACapo(bool),
    /// Data that nobody tells.
    Nulla(bool),
    /// How a rule went: the word says it, the colour only helps.
    #[serde(untagged)]
    Esito {
        esito: String,
        parola: Parole,
    },
    #[serde(untagged)]
    Link(Link),
    #[serde(untagged)]
    Testo(Parole),
}

#[derive(Debug, Clone, Serialize)]
pub struct Link {
    pub link: Riga,
    /// An address of the web.
    pub web: Option<String>,
    /// A heading of the document.
    pub ancora: Option<String>,
}

impl Brano {
    pub fn forte(testo: impl Into<Parole>) -> Self {
        Brano::Forte(riga(testo))
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

#[derive(Debug, Clone, Serialize)]
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

#[derive(Debug, Clone, Serialize)]
pub struct Tabella {
    pub didascalia: Parole,
    pub colonne: Vec<Colonna>,
    pub righe: Vec<Vec<Casella>>,
    pub totale: Option<Vec<Casella>>,
    /// How many rows are not told, where there are too many.
    pub omesse: usize,
}

/// A cell; a wide one says over how many columns it goes.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Casella {
    Una(Riga),
    Larga { larga: usize, righe: Riga },
}

/// The rows that a table of the document tells: nobody reads more on paper, and the open data have all of them.
pub const RIGHE_MASSIME: usize = 2_000;

impl Tabella {
    /// The data of a chart.
    pub fn dei_dati(dati: &grafico::Tabella) -> Self {
        let cella = |cella: &Cella| Casella::Una(cella.italiano().map_or_else(|| vec![Brano::Nulla(true)], riga));
        let celle = |celle: &Vec<Cella>| celle.iter().map(cella).collect();
        let colonna = |colonna: &grafico::Colonna| Colonna {
            nome: colonna.nome.into(),
            numero: colonna.numero,
            peso: 1,
            parola: caratteri::PAROLA_LUNGA,
        };
        Tabella {
            didascalia: dati.didascalia.as_str().into(),
            colonne: dati.colonne.iter().map(colonna).collect(),
            righe: dati.righe.iter().take(RIGHE_MASSIME).map(celle).collect(),
            totale: dati.totale.as_ref().map(celle),
            omesse: dati.righe.len().saturating_sub(RIGHE_MASSIME),
        }
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Colonna {
    pub nome: Parole,
    pub numero: bool,
    /// How wide it is beside the others; figures take the room they need.
    pub peso: u16,
    /// The letters of its longest word.
    pub parola: usize,
}

/// A chart of the site, as the typesetter draws it.
#[derive(Debug, Clone, Serialize)]
pub struct GraficoStampato {
    titolo: Parole,
    descrizione: Parole,
    legenda: Vec<VoceLegenda>,
    barre: Vec<Barra>,
    omesse: usize,
    /// Its data, unless they stand elsewhere in the document.
    tabella: Option<Tabella>,
}

#[derive(Debug, Clone, Serialize)]
struct VoceLegenda {
    serie: usize,
    nome: Parole,
}

#[derive(Debug, Clone, Serialize)]
struct Barra {
    nome: Parole,
    valore: Parole,
    /// What is said of it to whoever does not see it.
    detta: Parole,
    segmenti: Vec<Segmento>,
}

/// All the parts of a bar: its row of the data, where it has parts.
fn detta(grafico: &Grafico, (i, barra): (usize, &grafico::Barra), valore: &str) -> String {
    let dati = &grafico.tabella;
    let riga = dati.righe.get(i).filter(|_| !grafico.legenda.is_empty());
    let parte = |(colonna, cella): (&grafico::Colonna, &Cella)| Some(format!("{} {}", colonna.nome, cella.italiano()?));
    let parti = riga.map(|riga| dati.colonne.iter().zip(riga).skip(1).filter_map(parte).collect::<Vec<_>>().join(", "));
    let parti = parti.filter(|parti| !parti.is_empty()).unwrap_or_else(|| valore.to_owned());
    format!("{}: {parti}", barra.nome)
}

impl GraficoStampato {
    pub fn new(grafico: &Grafico, con_dati: bool) -> Self {
        let voce = |voce: &grafico::VoceLegenda| VoceLegenda { serie: voce.serie, nome: voce.nome.as_str().into() };
        let barre = grafico.barre.iter().enumerate().map(|(i, barra)| {
            let valore = barra.tracce.first().map_or("", |traccia| traccia.valore.as_str());
            Barra {
                nome: barra.nome.as_str().into(),
                valore: valore.into(),
                detta: detta(grafico, (i, barra), valore).into(),
                segmenti: barra.tracce.iter().flat_map(|traccia| traccia.segmenti.clone()).collect(),
            }
        });
        GraficoStampato {
            titolo: grafico.titolo.as_str().into(),
            descrizione: grafico.descrizione.as_str().into(),
            legenda: grafico.legenda.iter().map(voce).collect(),
            barre: barre.collect(),
            omesse: grafico.omesse,
            tabella: con_dati.then(|| Tabella::dei_dati(&grafico.tabella)),
        }
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

/// A heading of the list of contents.
#[derive(Debug, Serialize)]
pub struct Voce<'a> {
    pub livello: u8,
    pub numero: &'a str,
    pub testo: &'a str,
    pub ancora: &'a str,
}

impl Documento {
    /// The headings that have a number.
    pub fn indice(&self) -> Vec<Voce<'_>> {
        fn raccogli<'a>(blocchi: &'a [Blocco], voci: &mut Vec<Voce<'a>>) {
            for blocco in blocchi {
                match blocco {
                    Blocco::Titolo { livello, numero, testo, ancora } if !numero.is_empty() => {
                        voci.push(Voce { livello: *livello, numero, testo: &testo.0, ancora });
                    }
                    Blocco::Insieme { blocchi } => raccogli(blocchi, voci),
                    _ => {}
                }
            }
        }
        let mut voci = Vec::new();
        raccogli(&self.prima, &mut voci);
        raccogli(&self.blocchi, &mut voci);
        voci
    }
}

/// What is on the cover and around every page.
#[derive(Debug, Clone, Serialize)]
pub struct Copertina {
    pub titolo: Parole,
    pub ente: Parole,
    pub ente_esteso: Parole,
    /// Who answers for it, in the data of the file.
    pub autore: Parole,
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
