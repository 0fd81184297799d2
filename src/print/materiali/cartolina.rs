//! Cards for the web: 1200 × 630 pixels, the size that all networks show.

use serde::Serialize;

use super::{CODICE, DaComporre, Firma, qr};
use crate::lettura::Testi;
use crate::print::documento::blocchi::Parole;
use crate::print::opera::Opera;
use crate::print::tipografia::{Figura, Guasto, Lavoro, Perche, Rifiuto, png};
use crate::value::{Chiave, impronta};

const PRINCIPALE: &str = "cartolina.typ";

/// Width and height in points; with two pixels a point they are those of the networks.
const PIXEL_PER_PUNTO: f64 = 2.0;

/// What one card says.
#[derive(Clone, Default, Serialize)]
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
}

impl Carta {
    pub fn new(genere: &str, titolo: &str, testo: &str) -> Self {
        Carta { genere: genere.into(), titolo: titolo.into(), testo: testo.into(), ..Carta::default() }
    }
}

#[derive(Serialize)]
struct Dati<'a> {
    #[serde(flatten)]
    firma: &'a Firma,
    carte: [Pagina<'a>; 1],
}

#[derive(Serialize)]
struct Pagina<'a> {
    #[serde(flatten)]
    carta: &'a Carta,
    /// The file of the code.
    codice: Option<&'static str>,
}

impl DaComporre<'_, Carta> {
    /// The job, and the code that it draws.
    fn con_codice(&self) -> Result<(Lavoro<'_>, Option<Vec<u8>>), Guasto> {
        let codice = self.cosa.indirizzo.as_deref().map(qr::svg).transpose()?;
        let pagina = Pagina { carta: &self.cosa, codice: codice.as_ref().map(|_| CODICE) };
        let dati = Dati { firma: &self.firma, carte: [pagina] };
        Ok((self.lavoro(PRINCIPALE, &dati, codice.as_deref())?, codice))
    }
}

impl Opera for DaComporre<'_, Carta> {
    fn modello(&self) -> &'static str {
        PRINCIPALE
    }

    fn chiave(&self) -> Result<Chiave, Guasto> {
        Ok(self.con_codice()?.0.chiave(&[]))
    }

    fn componi(&self) -> Result<Vec<u8>, Rifiuto> {
        let firma = &self.firma;
        let (lavoro, codice) = self.con_codice()?;
        let composto = lavoro.componi()?;
        if composto.pagine() != 1 {
            return Err(Rifiuto::Guasto(Guasto {
                consigli: vec!["una cartolina è una pagina sola".into()],
                ..Guasto::detto(format!("`{PRINCIPALE}` fa {} pagine", composto.pagine()))
            }));
        }
        let codice = codice.as_deref().map(Figura::codice);
        let figure: Vec<Figura> = std::iter::once(Figura::logo(&firma.disegno)).chain(codice).collect();
        composto.porta(&firma.frase.0, &figure)?;
        composto.si_legge()?;
        let logo = impronta(&firma.disegno);
        // What it carries stands in its metadata too, where a program can read it.
        let note: [(&str, &str); 4] = [
            ("Title", &self.cosa.titolo.0),
            ("Author", &firma.autore.0),
            (ATTRIBUZIONE, &firma.frase.0),
            (LOGO, &logo),
        ];
        Ok(composto.png(0, PIXEL_PER_PUNTO, &note)?)
    }

    fn prova(&self, bytes: &[u8]) -> Result<Option<Testi>, Rifiuto> {
        let scritte = png::scritte(bytes).unwrap_or_default();
        let says = |chiave: &str, testo: &str| scritte.iter().any(|(altra, detto)| altra == chiave && detto == testo);
        match () {
            () if !says(ATTRIBUZIONE, &self.firma.frase.0) => Err(Rifiuto::Frase(vec![1], Perche::Manca)),
            () if !says(LOGO, &impronta(&self.firma.disegno)) => Err(Rifiuto::Logo(Perche::Manca)),
            () => Ok(None),
        }
    }
}

/// The phrase in the metadata of a card.
const ATTRIBUZIONE: &str = "Attribuzione";
/// The SHA-256 of the logo that a card shows, in its metadata.
const LOGO: &str = "Logo SHA-256";
