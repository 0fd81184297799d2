//! Cards for the web: 1200 × 630 pixels, the size that all networks show.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Codici, Firma, componi, qr};
use crate::print::documento::blocchi::Parole;
use crate::print::tipografia::png::{self, Nota};
use crate::print::tipografia::{Composto, Figura, Guasto, Perche, Rifiuto};
use crate::value::impronta;

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
    /// What has ended: nobody is called to what is no longer there.
    pub stato: Option<Parole>,
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
            stato: None,
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
        let mut codici = Codici::new();
        for (i, carta) in carte.iter_mut().enumerate() {
            if let Some(indirizzo) = &carta.indirizzo {
                let nome = format!("codice-{i}.svg");
                codici.insert(nome.clone(), qr::disegno(indirizzo)?);
                carta.codice = Some(nome);
            }
        }
        let composto = componi(modelli, PRINCIPALE, &Dati { firma, carte: &carte }, firma, &codici)?;
        if composto.pagine() != carte.len() {
            return Err(Rifiuto::Guasto(Guasto {
                messaggio: format!("`{PRINCIPALE}` fa {} pagine per {} cartoline", composto.pagine(), carte.len()),
                consigli: vec!["una cartolina è una pagina sola".into()],
                dove: None,
            }));
        }
        let figure = carte.iter().map(|carta| {
            let codice = carta.codice.as_ref().and_then(|nome| codici.get(nome));
            std::iter::once(Figura::logo(&firma.disegno)).chain(codice.map(|bytes| Figura::codice(bytes))).collect()
        });
        composto.porta(&firma.frase.0, &figure.collect::<Vec<_>>())?;
        composto.si_legge()?;
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
            () if !says(ATTRIBUZIONE, &self.frase) => Err(Rifiuto::Frase(vec![i + 1], Perche::Manca)),
            () if !says(LOGO, &self.logo) => Err(Rifiuto::Logo(Perche::Manca)),
            () => Ok(bytes),
        }
    }
}

/// The phrase in the metadata of a card.
const ATTRIBUZIONE: &str = "Attribuzione";
/// The SHA-256 of the logo that a card shows, in its metadata.
const LOGO: &str = "Logo SHA-256";
