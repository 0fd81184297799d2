//! Cards for the web: 1200 × 630 pixels, the size that all networks show.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Firma, componi};
use crate::documento::blocchi::Parole;
use crate::pacchetto::manifesto::impronta;
use crate::tipografia::png::{self, Nota};
use crate::tipografia::{Composto, Guasto, Rifiuto};

pub const PRINCIPALE: &str = "cartolina.typ";

/// Width and height in points; with two pixels a point they are those of the networks.
const PIXEL_PER_PUNTO: f64 = 2.0;

/// What one card says.
#[derive(Clone, Serialize)]
pub struct Carta {
    /// What it is a card of: `Progetto`.
    pub genere: Parole,
    pub titolo: Parole,
    pub testo: Parole,
    pub periodo: Option<Parole>,
    /// The page that its QR code leads to.
    pub indirizzo: Option<String>,
    /// The file of the code.
    codice: Option<String>,
}

impl Carta {
    pub fn new(genere: &str, titolo: &str, testo: &str) -> Self {
        Carta {
            genere: genere.into(),
            titolo: titolo.into(),
            testo: testo.into(),
            periodo: None,
            indirizzo: None,
            codice: None,
        }
    }
}

#[derive(Serialize)]
struct Dati<'a> {
    #[serde(flatten)]
    firma: &'a Firma,
    carte: &'a [Carta],
}

/// Cards that were set together, one a page.
pub struct Mazzo {
    composto: Composto,
    frase: String,
    logo: String,
    titoli: Vec<String>,
    ente: String,
}

impl Mazzo {
    pub fn componi(modelli: &BTreeMap<String, String>, firma: &Firma, mut carte: Vec<Carta>) -> Result<Self, Rifiuto> {
        let mut codici = BTreeMap::new();
        for (i, carta) in carte.iter_mut().enumerate() {
            carta.codice = carta.indirizzo.as_ref().map(|indirizzo| {
                let nome = format!("codice-{i}.svg");
                codici.insert(nome.clone(), indirizzo.clone());
                nome
            });
        }
        let composto = componi(modelli, PRINCIPALE, &Dati { firma, carte: &carte }, firma, &codici)?;
        if composto.pagine() != carte.len() {
            return Err(Rifiuto::Guasto(Guasto {
                messaggio: format!("`{PRINCIPALE}` fa {} pagine per {} cartoline", composto.pagine(), carte.len()),
                consigli: vec!["una cartolina è una pagina sola".into()],
                dove: None,
            }));
        }
        let immagini: Vec<usize> = carte.iter().map(|carta| 1 + usize::from(carta.codice.is_some())).collect();
        composto.porta(&firma.frase.0, &immagini)?;
        Ok(Mazzo {
            composto,
            frase: firma.frase.0.clone(),
            logo: impronta(&firma.disegno),
            titoli: carte.into_iter().map(|carta| carta.titolo.0).collect(),
            ente: firma.ente_esteso.0.clone(),
        })
    }

    /// The final bytes of a card: what it carries stands in its metadata too, where a program can read it.
    pub fn png(&self, i: usize) -> Result<Vec<u8>, Rifiuto> {
        let titolo = self.titoli.get(i).map(String::as_str).unwrap_or_default();
        let note = [
            Nota { chiave: "Title", testo: titolo },
            Nota { chiave: "Author", testo: &self.ente },
            Nota { chiave: ATTRIBUZIONE, testo: &self.frase },
            Nota { chiave: LOGO, testo: &self.logo },
        ];
        let bytes = self.composto.png(i, PIXEL_PER_PUNTO, &note)?;
        let scritte = png::scritte(&bytes).unwrap_or_default();
        let says = |chiave: &str, testo: &str| scritte.iter().any(|(altra, detto)| altra == chiave && detto == testo);
        match () {
            () if !says(ATTRIBUZIONE, &self.frase) => Err(Rifiuto::SenzaFrase(vec![i + 1])),
            () if !says(LOGO, &self.logo) => Err(Rifiuto::SenzaLogo),
            () => Ok(bytes),
        }
    }
}

/// The phrase in the metadata of a card.
const ATTRIBUZIONE: &str = "Attribuzione";
/// The SHA-256 of the logo that a card shows, in its metadata.
const LOGO: &str = "Logo SHA-256";
