//! Open data: each dataset in three forms of the same rows, one page that explains it, and what programs read of it.
//!
//! The files stand under `dati/v1/`: there fields are added, and none is taken away or changes its meaning.

mod concessi;
mod descrizione;
mod elenco;
mod piano;
mod scrittura;

use std::borrow::Cow;
use std::rc::Rc;

use tera::Value;

use super::catalogo::{self, CARTELLA, FORME, Intestazione, Licenza};
use super::engine::{DatiFatti, Foglio, Letture, Proof, Route, Serve, Site};
use crate::input::consegne::scritti;
use crate::plan::Plan;
use crate::report::Diagnostic;
use crate::view::{Campo, Cella, Colonne, Tipata, csv};

/// A dataset in the making: what it is called, what its rows are about, and what they tell of it.
pub struct Dataset<'a, T> {
    testa: Intestazione,
    soggetti: Box<dyn Fn() -> Box<dyn Iterator<Item = T> + 'a> + 'a>,
    colonne: Colonne<'a, T>,
    chiave: &'static [&'static str],
    rinvii: Vec<Rinvio>,
}

/// Fields that name a row of another dataset, by its key.
pub struct Rinvio {
    campi: &'static [&'static str],
    a: &'static str,
    chiave: &'static [&'static str],
}

/// A dataset, whatever its rows are about.
pub struct Dati<'a> {
    testa: Intestazione,
    campi: Vec<Campo>,
    /// The fields that tell a row from all others.
    chiave: &'static [&'static str],
    rinvii: Vec<Rinvio>,
    quante: Box<dyn Fn() -> usize + 'a>,
    /// Hands over one after the other: some have hundreds of thousands.
    righe: Box<dyn Fn() -> Box<dyn Iterator<Item = Vec<Cella<'a>>> + 'a> + 'a>,
}

fn dataset<'a, T: 'a, I: Iterator<Item = T> + 'a>(
    id: &'static str,
    titolo: &'static str,
    descrizione: &'static str,
    soggetti: impl Fn() -> I + 'a,
) -> Dataset<'a, T> {
    let soggetti = Box::new(move || -> Box<dyn Iterator<Item = T> + 'a> { Box::new(soggetti()) });
    let testa = Intestazione { id, titolo, descrizione };
    Dataset { testa, soggetti, colonne: Colonne::nessuna(), chiave: &[], rinvii: Vec::new() }
}

impl<'a, T> Dataset<'a, T> {
    fn con<C: Tipata<'a>>(
        self,
        id: &'static str,
        spiegazione: impl Into<Cow<'static, str>>,
        di: impl Fn(&T) -> C + 'a,
    ) -> Self {
        Dataset { colonne: self.colonne.spiegata(id, spiegazione, di), ..self }
    }

    fn chiave(self, chiave: &'static [&'static str]) -> Self {
        Dataset { chiave, ..self }
    }

    fn rinvio(mut self, campi: &'static [&'static str], a: &'static str, chiave: &'static [&'static str]) -> Self {
        self.rinvii.push(Rinvio { campi, a, chiave });
        self
    }

    fn dati(self) -> Dati<'a>
    where
        T: 'a,
    {
        let Dataset { testa, soggetti, colonne, chiave, rinvii } = self;
        let (campi, soggetti, colonne) = (colonne.campi().cloned().collect(), Rc::new(soggetti), Rc::new(colonne));
        let tutti = Rc::clone(&soggetti);
        let righe = move || -> Box<dyn Iterator<Item = Vec<Cella<'a>>> + 'a> {
            let colonne = Rc::clone(&colonne);
            Box::new(soggetti().map(move |soggetto| colonne.celle(&soggetto)))
        };
        Dati { testa, campi, chiave, rinvii, quante: Box::new(move || tutti().count()), righe: Box::new(righe) }
    }
}

/// Makes a dataset; the one of the products tells what could be read in the files of `media/`.
pub type DatiDi = for<'a> fn(&'a Site, &'a Letture) -> Dati<'a>;

/// A site of texts alone has nothing to count: nineteen empty tables would tell nobody anything.
pub fn ce_ne_sono(plan: &Plan) -> bool {
    !plan.periodi.is_empty()
}

/// The datasets by their place in the list, as far as they are known without reading a file.
pub fn tutti(site: &Site) -> impl Iterator<Item = (usize, Intestazione)> {
    elenco::DATASETS
        .into_iter()
        .filter(|_| ce_ne_sono(&site.plan))
        .map(|of| of(site, &Letture::new()).testa)
        .enumerate()
}

/// A dataset with its files.
pub fn fatto(site: &Site, letture: &Letture, i: usize) -> Result<DatiFatti, Box<Diagnostic>> {
    scrittura::scritti(site, &elenco::DATASETS[i](site, letture))
}

/// The files of each dataset, and what programs read of all of them.
pub fn routes(site: &Site, put: &mut dyn FnMut(Route)) {
    if !ce_ne_sono(&site.plan) {
        return;
    }
    let tutti_i_dati = 0..elenco::DATASETS.len();
    let mut file = |nome: &str, quali, make: fn(&Site, &[&DatiFatti]) -> Vec<u8>| {
        put(Route::of(nome.to_owned(), Proof::Exempt, Serve::Dati(quali), move |site, path, condivisi| {
            let fatti = tutti(site).map(|(i, _)| condivisi.dati(i, path)).collect::<Result<Vec<_>, _>>()?;
            Ok(make(site, &fatti))
        }));
    };
    if site.plan.indirizzo.is_some() {
        file(catalogo::JSONLD, tutti_i_dati.clone(), |site, fatti| scritti(&catalogo_di(site, fatti)));
        file(catalogo::TURTLE, tutti_i_dati.clone(), |site, fatti| catalogo::turtle(&catalogo_di(site, fatti)));
    }
    file(&in_v1(descrizione::PACCHETTO), tutti_i_dati, descrizione::pacchetto);
    let mut sola = |nome: &str, make: fn(&Site) -> Vec<u8>| {
        put(Route::data(in_v1(nome), move |site, _| Ok(make(site))));
    };
    sola(descrizione::CSVW, descrizione::csvw);
    if concessi::ce_ne_sono(&site.plan) {
        sola(concessi::FILE, concessi::in_360giving);
    }
    sola(piano::FILE, |_| piano::schema());
    for (i, Intestazione { id, .. }) in tutti(site) {
        for forma in FORME {
            let path = in_v1(&format!("{id}.{}", forma.fine));
            put(Route::of(path, Proof::Exempt, Serve::Dati(i..i + 1), move |_, path, condivisi| {
                Ok(condivisi.dati(i, path)?.file[forma.fine].bytes.clone())
            }));
        }
        put(Route::data(in_v1(&descrizione::schema_di(id)), move |site, _| {
            Ok(descrizione::schema(site, &elenco::DATASETS[i](site, &Letture::new())))
        }));
    }
}

fn in_v1(nome: &str) -> String {
    format!("{CARTELLA}{nome}")
}

/// Whole where the site has an address.
fn indirizzo(site: &Site, path: &str) -> Option<String> {
    site.plan.indirizzo.as_ref().map(|base| format!("{base}{path}"))
}

fn catalogo_di(site: &Site, fatti: &[&DatiFatti]) -> serde_json::Value {
    let voci = tutti(site).map(|(_, testa)| testa).zip(fatti.iter().copied()).collect::<Vec<_>>();
    catalogo::catalogo(site, site.plan.indirizzo.as_deref().unwrap_or_default(), &voci)
}

fn vista(dati: &Dati) -> Value {
    let Intestazione { id, titolo, descrizione } = dati.testa;
    let campo = |campo: &Campo| {
        vista! {
            "nome": campo.id,
            "tipo": campo.tipo.parola(),
            "forma": campo.tipo.forma(),
            "cifra": campo.tipo.e_cifra(),
            "sempre": campo.sempre,
            "spiegazione": campo.spiegazione,
        }
    };
    vista! {
        "id": id,
        "titolo": titolo,
        "descrizione": descrizione,
        "indirizzo": format!("dati/{id}/"),
        "campi": dati.campi.iter().map(campo).collect::<Vec<_>>(),
        "chiave": dati.chiave,
    }
}

pub fn elenco(foglio: &mut Foglio) {
    let site = foglio.site;
    let letture = Letture::new();
    let voci = elenco::DATASETS.map(|of| {
        let dati = of(site, &letture);
        vista! { "dati": vista(&dati), "righe": (dati.quante)() }
    });
    foglio.insert("dataset", &voci);
    foglio.insert("regola", csv::REGOLA);
    foglio.insert("pacchetto", &in_v1(descrizione::PACCHETTO));
    foglio.insert("csvw", &in_v1(descrizione::CSVW));
    foglio.insert("giving", &concessi::ce_ne_sono(foglio.plan).then(|| in_v1(concessi::FILE)));
    foglio.insert("schema_del_piano", &in_v1(piano::FILE));
    let catalogo = site.plan.indirizzo.as_ref().map(|_| [catalogo::TURTLE, catalogo::JSONLD]);
    foglio.insert("catalogo", &catalogo);
}

pub fn pagina(foglio: &mut Foglio, i: usize, fatti: &DatiFatti) {
    let letture = Letture::new();
    let dati = elenco::DATASETS[i](foglio.site, &letture);
    let Intestazione { id, titolo, descrizione } = dati.testa;
    let file = FORME.map(|forma| (in_v1(&format!("{id}.{}", forma.fine)), forma));
    let scaricabili = file.clone().map(|(percorso, forma)| {
        let file = &fatti.file[forma.fine];
        vista! {
            "percorso": percorso,
            "formato": forma.formato,
            "tipo": forma.tipo,
            "byte": file.bytes.len(),
            "sha256": file.sha256,
        }
    });
    foglio.insert_value("dataset", vista(&dati));
    foglio.insert("righe", &fatti.righe);
    foglio.insert("anteprima", &fatti.anteprima);
    foglio.insert("file", &scaricabili);
    foglio.insert("schema_json", &in_v1(&descrizione::schema_di(id)));
    foglio.insert("pacchetto", &in_v1(descrizione::PACCHETTO));
    foglio.insert("csvw", &in_v1(descrizione::CSVW));
    foglio.insert(
        "giving",
        &(id == concessi::DATASET && concessi::ce_ne_sono(foglio.plan)).then(|| in_v1(concessi::FILE)),
    );
    foglio.insert("citazione", &descrizione::citazione(foglio.site, dati.testa));
    let licenza = Licenza::di(foglio.plan.sito.licenza()).indirizzo;
    let nomi: Vec<&str> = dati.campi.iter().map(|campo| campo.id).collect();
    let file = file.map(|(percorso, forma)| (percorso, forma.tipo));
    foglio.about = Some(foglio.schema().dataset((titolo, descrizione), licenza, &nomi, &file));
}
