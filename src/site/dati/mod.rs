//! Open data: one page a dataset, with its fields explained, and the dataset as CSV and JSON.

mod elenco;

use std::borrow::Cow;

use tera::Value;

use super::catalogo::{self, Intestazione};
use super::engine::{Foglio, Letture, Made, Make, Proof, Route, Site};
use crate::view::{Cella, Colonne};

/// A dataset: what it is called, what its rows are about, and what they tell of it.
struct Dataset<'a, T> {
    testa: Intestazione,
    /// Hands over one after the other: some have hundreds of thousands.
    soggetti: Box<dyn Fn() -> Box<dyn Iterator<Item = T> + 'a> + 'a>,
    colonne: Colonne<'a, T>,
}

/// A dataset, whatever its rows are about.
pub trait Dati {
    fn testa(&self) -> Intestazione;
    fn campi(&self) -> Vec<Campo<'_>>;
    fn quante(&self) -> usize;
    fn csv(&self) -> Vec<u8>;
    fn json(&self, site: &Site) -> Vec<u8>;
}

#[derive(serde::Serialize)]
pub struct Campo<'a> {
    nome: &'static str,
    spiegazione: &'a str,
}

fn dataset<'a, T: 'a, I: Iterator<Item = T> + 'a>(
    id: &'static str,
    titolo: &'static str,
    descrizione: &'static str,
    soggetti: impl Fn() -> I + 'a,
) -> Dataset<'a, T> {
    let soggetti = Box::new(move || -> Box<dyn Iterator<Item = T> + 'a> { Box::new(soggetti()) });
    let testa = Intestazione { id, titolo, descrizione };
    Dataset { testa, soggetti, colonne: Colonne::nessuna() }
}

impl<'a, T> Dataset<'a, T> {
    fn con<C: Into<Cella<'a>>>(
        self,
        id: &'static str,
        spiegazione: impl Into<Cow<'static, str>>,
        di: impl Fn(&T) -> C + 'a,
    ) -> Self {
        Dataset { colonne: self.colonne.spiegata(id, spiegazione, di), ..self }
    }
}

impl<T> Dati for Dataset<'_, T> {
    fn testa(&self) -> Intestazione {
        self.testa
    }

    fn campi(&self) -> Vec<Campo<'_>> {
        let campi = self.colonne.campi();
        campi.map(|colonna| Campo { nome: colonna.id, spiegazione: &colonna.spiegazione }).collect()
    }

    fn quante(&self) -> usize {
        (self.soggetti)().count()
    }

    fn csv(&self) -> Vec<u8> {
        self.colonne.csv((self.soggetti)())
    }

    /// The rows with the attribution as a field, as every product must carry it.
    fn json(&self, site: &Site) -> Vec<u8> {
        let sito = &*site.plan.sito;
        let testa = [
            ("aggiornato_al", Cella::from(sito.aggiornato_al)),
            ("ats", Cella::from(&sito.ats.nome)),
            ("attribuzione", Cella::from(&*site.plan.frase)),
            ("licenza", Cella::from(sito.licenza_dati.as_ref())),
        ];
        let mut out = String::from("{\n");
        out.extend(testa.map(|(campo, cella)| format!("  \"{campo}\": {},\n", cella.json())));
        out.push_str("  \"righe\": ");
        self.colonne.json((self.soggetti)(), &mut out);
        out.push_str(&format!(",\n  \"titolo\": {}\n}}\n", Cella::from(self.testa.titolo).json()));
        out.into_bytes()
    }
}

/// Makes a dataset; the one of the products tells what could be read in the files of `media/`.
pub type DatiDi = for<'a> fn(&'a Site, &'a Letture) -> Box<dyn Dati + 'a>;

/// The datasets as far as they are known without reading a file.
pub fn tutti(site: &Site) -> impl Iterator<Item = (DatiDi, Intestazione)> {
    elenco::DATASETS.into_iter().map(|of| (of, of(site, &Letture::new()).testa()))
}

/// The files of each dataset, and of the catalogue.
pub fn routes(site: &Site, put: &mut dyn FnMut(Route)) {
    if site.plan.indirizzo.is_some() {
        put(Route::data(catalogo::PERCORSO.into(), |site, _| Ok(catalogo_di(site))));
    }
    let mut file = |path: String, of: DatiDi, make: fn(&dyn Dati, &Site) -> Vec<u8>| {
        let make = move |site: &Site, _: &str, letture: &Letture| -> Made { Ok(make(&*of(site, letture), site)) };
        put(Route::of(path, Proof::Exempt, Make::WithLetture(Box::new(make))));
    };
    for (of, Intestazione { id, .. }) in tutti(site) {
        file(format!("dati/{id}/{id}.csv"), of, |dati, _| dati.csv());
        file(format!("dati/{id}/{id}.json"), of, |dati, site| dati.json(site));
    }
}

fn catalogo_di(site: &Site) -> Vec<u8> {
    let teste: Vec<Intestazione> = tutti(site).map(|(_, testa)| testa).collect();
    let base = site.plan.indirizzo.as_deref().unwrap_or_default();
    // Text and lists alone: there is nothing that could fail.
    let mut out = serde_json::to_vec_pretty(&catalogo::catalogo(site, base, &teste)).unwrap_or_default();
    out.push(b'\n');
    out
}

fn vista(dati: &dyn Dati) -> Value {
    let Intestazione { id, titolo, descrizione } = dati.testa();
    vista! {
        "id": id,
        "titolo": titolo,
        "descrizione": descrizione,
        "indirizzo": format!("dati/{id}/"),
        "campi": dati.campi(),
        "righe": dati.quante(),
    }
}

pub fn elenco(foglio: &mut Foglio) {
    let site = foglio.site;
    let letture = Letture::new();
    foglio.insert("dataset", &elenco::DATASETS.map(|of| vista(&*of(site, &letture))));
    foglio.insert("catalogo", &site.plan.indirizzo.as_ref().map(|_| catalogo::PERCORSO));
}

pub fn pagina(foglio: &mut Foglio, of: DatiDi) {
    let letture = Letture::new();
    let dati = of(foglio.site, &letture);
    foglio.insert_value("dataset", vista(&*dati));
    let Intestazione { id, titolo, descrizione } = dati.testa();
    let nomi: Vec<&str> = dati.campi().iter().map(|campo| campo.nome).collect();
    let forme = [("csv", "text/csv"), ("json", "application/json")];
    let file = forme.map(|(forma, tipo)| (format!("dati/{id}/{id}.{forma}"), tipo));
    foglio.about = Some(foglio.schema().dataset(titolo, descrizione, &nomi, &file));
}
