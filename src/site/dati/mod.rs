//! Open data: one page a dataset, with its fields explained, and the dataset as CSV and JSON.

mod elenco;

use std::borrow::Cow;

use tera::Context;

use super::catalogo::{self, Voce};
use super::schema::Schema;
use super::{Also, Head, Route, Site, briciola};
use crate::view::{Cella, Colonne};

/// A dataset: what it is called, what its rows are about, and what they tell of it.
struct Dataset<'a, T> {
    id: &'static str,
    titolo: &'static str,
    descrizione: &'static str,
    /// Hands over one after the other: some have hundreds of thousands.
    soggetti: Box<dyn Fn() -> Box<dyn Iterator<Item = T> + 'a> + 'a>,
    colonne: Colonne<'a, T>,
}

/// A dataset, whatever its rows are about.
trait Dati {
    fn voce(&self) -> Voce;
    fn campi(&self) -> Vec<Campo<'_>>;
    fn quante(&self) -> usize;
    fn csv(&self) -> Vec<u8>;
    fn json(&self, site: &Site) -> Vec<u8>;
}

#[derive(serde::Serialize)]
struct Campo<'a> {
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
    Dataset { id, titolo, descrizione, soggetti, colonne: Colonne::nessuna() }
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
    fn voce(&self) -> Voce {
        Voce { id: self.id, titolo: self.titolo, descrizione: self.descrizione }
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
        out.push_str(&format!(",\n  \"titolo\": {}\n}}\n", Cella::from(self.titolo).json()));
        out.into_bytes()
    }
}

pub fn routes(site: &Site, put: &mut dyn FnMut(Route)) {
    if site.plan.indirizzo.is_some() {
        put(Route::data(catalogo::PERCORSO.into(), |site, _| Ok(catalogo_di(site))));
    }
    put(Route::page("dati/index.html".into(), pagina_di_tutti));
    for of in elenco::DATASETS {
        let Voce { id, .. } = of(site).voce();
        put(Route::page(format!("dati/{id}/index.html"), move |site, path| pagina(site, path, &*of(site))));
        put(Route::data(format!("dati/{id}/{id}.csv"), move |site, _| Ok(of(site).csv())));
        put(Route::data(format!("dati/{id}/{id}.json"), move |site, _| Ok(of(site).json(site))));
    }
}

fn catalogo_di(site: &Site) -> Vec<u8> {
    let voci = elenco::DATASETS.map(|of| of(site).voce());
    let base = site.plan.indirizzo.as_deref().unwrap_or_default();
    // Text and lists alone: there is nothing that could fail.
    let mut out = serde_json::to_vec_pretty(&catalogo::catalogo(site, base, &voci)).unwrap_or_default();
    out.push(b'\n');
    out
}

#[derive(serde::Serialize)]
struct VistaDataset<'a> {
    id: &'static str,
    titolo: &'static str,
    descrizione: &'static str,
    indirizzo: String,
    campi: Vec<Campo<'a>>,
    righe: usize,
}

impl<'a> VistaDataset<'a> {
    fn of(dati: &'a dyn Dati) -> Self {
        let Voce { id, titolo, descrizione } = dati.voce();
        let indirizzo = format!("dati/{id}/");
        VistaDataset { id, titolo, descrizione, indirizzo, campi: dati.campi(), righe: dati.quante() }
    }
}

fn pagina_di_tutti(site: &Site, path: &str) -> super::Rendered {
    let mut context = Context::new();
    let tutti = elenco::DATASETS.map(|of| of(site));
    context.insert("dataset", &tutti.iter().map(|dati| VistaDataset::of(&**dati)).collect::<Vec<_>>());
    context.insert("catalogo", &site.plan.indirizzo.as_ref().map(|_| catalogo::PERCORSO));
    let head = Head {
        path,
        titolo: "Dati aperti".into(),
        descrizione: "I dati del piano da scaricare e riusare, con i campi spiegati.".into(),
        briciole: vec![],
        periodo: None,
    };
    site.render(head, "dati.html", "dati", context)
}

fn pagina(site: &Site, path: &str, dati: &dyn Dati) -> super::Rendered {
    let vista = VistaDataset::of(dati);
    let mut context = Context::new();
    context.insert("dataset", &vista);
    let VistaDataset { id, titolo, descrizione, campi, .. } = vista;
    let head = Head {
        path,
        titolo: titolo.into(),
        descrizione: descrizione.into(),
        briciole: vec![briciola("Dati aperti", "dati/")],
        periodo: None,
    };
    let nomi: Vec<&str> = campi.iter().map(|campo| campo.nome).collect();
    let forme = [("csv", "text/csv"), ("json", "application/json")];
    let file = forme.map(|(forma, tipo)| (format!("dati/{id}/{id}.{forma}"), tipo));
    let about = Schema::of(site, path).dataset(titolo, descrizione, &nomi, &file);
    site.render_for(Also::about(about), head, "dataset.html", "dati", context)
}
