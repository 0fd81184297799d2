//! Every page of the site: two tables of sections, and the pages of records and texts below them.
//!
//! 1. A page is a path, a [`Page`] (title, description, breadcrumb, template, the record to blame) and a function that puts
//!    its data on the sheet.
//! 2. The pages of the whole site and those that a plan has are the rows of [`GENERALI`] and [`SEZIONI`]. Folder and
//!    template of a row have one name, and the pages of records below it take their breadcrumb from it.
//! 3. From the rows come routes, menus, the map of the site and what search says of sections; from the routes come
//!    `sitemap.xml` and the register of products. All of it is made once, with the site.
//! 4. Charts have their own table (`grafici`): they are known by name and drawn when somebody asks.
//! 5. What many routes share is made before them by [`Condivisi::prepare`], as plain fields: `build` prepares for all of
//!    its routes, `serve` for the one that is asked for, and keeps what it has.
//! 6. `engine` is below, the pages above it, this table on top: no page knows it.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use rayon::prelude::*;
use tera::Value;

use super::catalogo::Intestazione;
use super::engine::{Briciola, Condivisi, Foglio, Letture, NON_TROVATA, Page, Route, Serve, Site, briciola};
use super::indice_regole::Indice;
use super::viste::{VistaEnte, collegamento_avviso, indirizzo_alleanza, indirizzo_progetto};
use super::{
    alleanze, avvisi, cartoline, concessioni, conformita, dati, documento, dove, enti, generali, graduatoria, grafici,
    identita, inoltri, norme, parole, piano, progetti, registro, ricerca, risorse, servizi, situazione, storico,
};
use crate::conformita::Conformita;
use crate::plan::{Origine, Pagina, Periodo, Plan};
use crate::report::{Diagnostic, Place};
use crate::theme::Theme;
use crate::theme::messaggi::capital;
use crate::value::Data;

/// A page that plans have, or that the site has, where there is something to show.
struct Riga<T: 'static, D: Copy + 'static> {
    cartella: &'static str,
    titolo: &'static str,
    /// With `{}` for `del Piano…`.
    descrizione: &'static str,
    c_e: fn(&T) -> bool,
    dati: D,
}

type Generale = Riga<Plan, fn(&mut Foglio)>;
type Sezione = Riga<Periodo, Dati>;

#[derive(Clone, Copy)]
enum Dati {
    Sola(fn(&mut Foglio, usize)),
    ConLetture(fn(&mut Foglio, usize, &Letture)),
    /// Its page stands beside its file.
    Documento,
}

impl<T, D: Copy> Riga<T, D> {
    const fn nuova(cartella: &'static str, titolo: &'static str, dati: D) -> Self {
        Riga { cartella, titolo, descrizione: "", c_e: |_| true, dati }
    }

    const fn detta(self, descrizione: &'static str) -> Self {
        Riga { descrizione, ..self }
    }

    const fn se(self, c_e: fn(&T) -> bool) -> Self {
        Riga { c_e, ..self }
    }
}

const GENERALI: [Generale; 7] = [
    Generale::nuova("servizi", "Servizi", servizi::elenco)
        .se(|plan| servizi::tutti(plan).next().is_some())
        .detta("I servizi per conciliare lavoro e cura: per chi sono, dove, quanto costano e come chiederli."),
    Generale::nuova(dove::CARTELLA, "Il tuo comune", dove::pagina)
        .se(dove::c_e)
        .detta("Il tuo comune: in quale ambito è, che cosa c'è, che cosa c'è stato e a chi chiedere."),
    Generale::nuova("partner", "Partner", enti::elenco)
        .se(|plan| !plan.enti.is_empty())
        .detta("Gli enti che fanno parte delle alleanze e dei progetti, in tutti i periodi."),
    Generale::nuova("norme", "Norme", norme::elenco)
        .detta("Gli atti da cui vengono le regole dei Piani, con ogni regola in parole semplici."),
    Generale::nuova("dati", "Dati aperti", dati::elenco)
        .se(dati::ce_ne_sono)
        .detta("I dati del piano da scaricare e riusare, con i campi spiegati."),
    Generale::nuova("cerca", "Cerca nel sito", ricerca::pagina)
        .detta("Cerca fra servizi, progetti, enti, alleanze e pagine del Piano."),
    Generale::nuova("mappa-del-sito", "Mappa del sito", generali::mappa).detta("Tutte le sezioni del sito."),
];

/// By who reads them: who can use something, who can take part, who wants to know how it works, who checks it.
const SEZIONI: [(&str, &[Sezione]); 4] = [
    (
        "Famiglie e lavoratori",
        &[
            Sezione::nuova("chi-puo-accedere", "Chi può accedere", Dati::Sola(piano::chi_puo))
                .se(|periodo| periodo.norma.destinatari.is_some())
                .detta("Chi può usare i servizi del piano, in parole semplici."),
            Sezione::nuova("progetti", "Progetti", Dati::Sola(progetti::elenco))
                .se(|periodo| !periodo.progetti.is_empty())
                .detta("I progetti {}, con alleanza, capofila e finanziamento."),
        ],
    ),
    (
        "Imprese ed enti",
        &[
            Sezione::nuova("avvisi", "Avvisi", Dati::Sola(avvisi::elenco))
                .se(|periodo| !periodo.avvisi.is_empty())
                .detta("Gli avvisi {}: quando si aprono, chi può partecipare, con quali limiti."),
            Sezione::nuova("alleanze", "Alleanze locali", Dati::Sola(alleanze::elenco))
                .se(|periodo| !periodo.alleanze.is_empty())
                .detta("Le alleanze locali {}: capofila, partner e progetti."),
            Sezione::nuova("rete", "Rete", Dati::Sola(piano::rete))
                .se(|periodo| periodo.dati.rete.is_some() || periodo.dati.organismo.is_some())
                .detta("La rete territoriale {}."),
        ],
    ),
    (
        "Come funziona",
        &[
            Sezione::nuova("documento", "Il documento", Dati::Documento),
            Sezione::nuova("graduatoria", "Graduatoria", Dati::Sola(graduatoria::pagina))
                .se(grafici::ha_graduatoria)
                .detta("La graduatoria {}, i criteri e come è stato diviso il contributo."),
            Sezione::nuova("monitoraggio", "Monitoraggio", Dati::Sola(piano::monitoraggio))
                .se(piano::ha_monitoraggio)
                .detta("Incontri della rete, stato dei progetti e risultati {}."),
        ],
    ),
    (
        "Chi controlla",
        &[
            Sezione::nuova("risorse", "Risorse", Dati::Sola(risorse::pagina))
                .se(|periodo| periodo.risorse.is_some())
                .detta("Da dove vengono e dove vanno le risorse {}."),
            Sezione::nuova("trasparenza", "Trasparenza", Dati::Sola(concessioni::pagina))
                .se(|periodo| periodo.progetti.iter().any(|progetto| periodo.concessione(progetto).is_some()))
                .detta("Gli atti di concessione pubblicati ai sensi degli articoli 26 e 27 del D.Lgs. 33/2013."),
            Sezione::nuova("conformita", "Conformità", Dati::Sola(conformita::pagina))
                .detta("Le regole {}, una per una, e com'è andata."),
            Sezione::nuova("storico", "Storico delle modifiche", Dati::Sola(storico::pagina))
                .se(|periodo| !periodo.consegne.is_empty())
                .detta("Le modifiche {}, consegna dopo consegna."),
            Sezione::nuova("registro", "Registro dei prodotti", Dati::ConLetture(registro::pagina))
                .detta("I prodotti del Piano, con la verifica della frase di attribuzione e del logo."),
        ],
    ),
];

/// The page of a plan that firms and bodies look for, where its author has written it.
const COME_PARTECIPARE: &str = "come-partecipare";

/// Whether the site has one of its pages.
fn ha(plan: &Plan, cartella: &str) -> bool {
    GENERALI.iter().any(|voce| voce.cartella == cartella && (voce.c_e)(plan))
}

impl Site {
    /// The site with all its routes. Two files on one path is an error.
    pub fn new(
        plan: Arc<Plan>,
        conformita: Conformita,
        theme: Arc<Theme>,
        ammessi: HashSet<Box<str>>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let indici = plan.periodi.iter().zip(&conformita.periodi);
        let indici = indici.map(|(periodo, norme)| Indice::of(&plan, periodo, norme)).collect();
        let voce = |periodo| voce_di_menu(periodo, plan.sito.aggiornato_al);
        let periodi: Vec<Value> = plan.periodi.iter().map(voce).collect();
        let ente = |i| Value::from_serializable(&VistaEnte::of(&plan, i));
        let servizi_aperti = servizi::tutti(&plan).any(|voce| !voce.situazione.finita);
        let mut site = Site {
            routes: BTreeMap::new(),
            indici,
            sito: sito(&plan),
            piani: Value::from(periodi.iter().rev().cloned().collect::<Vec<_>>()),
            generali: vista! {
                "servizi": ha(&plan, "servizi"),
                "servizi_aperti": servizi_aperti,
                "norme": norme::per_atto(&plan),
                "dove": ha(&plan, dove::CARTELLA),
                "partner": ha(&plan, "partner"),
                "dati": ha(&plan, "dati"),
                "partecipare": plan.corrente.and_then(|p| come_partecipare(&plan.periodi[p])),
                "testi": generali::voci(&plan),
            },
            periodi,
            sezioni: plan.periodi.iter().map(sezioni).collect(),
            elenchi: GENERALI
                .iter()
                .filter(|voce| (voce.c_e)(&plan))
                .map(|voce| (briciola(voce.titolo, format!("{}/", voce.cartella)), voce.descrizione))
                .collect(),
            enti: (0..plan.enti.len()).into_par_iter().map(ente).collect(),
            inoltri: inoltri::pagine(&plan),
            ammessi,
            plan,
            conformita,
            theme,
        };
        site.routes = routes(&site)?;
        Ok(site)
    }
}

/// What every page is given of `sito.yaml`: a licence is never absent.
fn sito(plan: &Plan) -> Value {
    // Texts, days and lists alone: there is nothing that could fail.
    let mut sito = serde_json::to_value(&*plan.sito).unwrap_or_default();
    sito["licenza_dati"] = plan.sito.licenza().into();
    Value::from_serializable(&sito)
}

/// The pages that a plan has, by who reads them.
fn gruppi(periodo: &Periodo) -> impl Iterator<Item = (&'static str, Vec<Briciola>)> {
    let gruppo = |(titolo, sezioni): &(&'static str, &[Sezione])| {
        let presenti = sezioni.iter().filter(|sezione| (sezione.c_e)(periodo));
        let voce = |sezione: &Sezione| briciola(sezione.titolo, format!("{}/{}/", periodo.id, sezione.cartella));
        (*titolo, presenti.map(voce).collect::<Vec<_>>())
    };
    SEZIONI.iter().map(gruppo).filter(|(_, sezioni)| !sezioni.is_empty())
}

/// The page of a plan that tells firms and bodies what to do.
fn come_partecipare(periodo: &Periodo) -> Option<Briciola> {
    let pagina = periodo.pagine.iter().find(|pagina| pagina.id.as_str() == COME_PARTECIPARE)?;
    Some(pagina_di(periodo, pagina))
}

fn pagina_di(periodo: &Periodo, pagina: &Pagina) -> Briciola {
    briciola(&pagina.dati.titolo, format!("{}/{}/", periodo.id, pagina.id))
}

/// All the pages of a plan: its sections by who reads them, then what its author has written.
fn menu(periodo: &Periodo) -> Vec<Value> {
    let pagine: Vec<Briciola> = periodo.pagine.iter().map(|pagina| pagina_di(periodo, pagina)).collect();
    let racconto = (!pagine.is_empty()).then_some(("Capitolo per capitolo", pagine));
    let gruppo = |(titolo, sezioni)| vista! { "titolo": titolo, "sezioni": sezioni };
    gruppi(periodo).chain(racconto).map(gruppo).collect()
}

/// A plan in the menus.
fn voce_di_menu(periodo: &Periodo, oggi: Data) -> Value {
    vista! {
        "id": periodo.id,
        "titolo": periodo.dati.titolo,
        "del_piano": parole::del_piano(&periodo.dati.titolo),
        "indirizzo": format!("{}/", periodo.id),
        "stato": parole::nome(periodo.dati.stato),
        // What every page says of a plan that is not adopted.
        "non_definitivo": parole::non_definitivo(periodo),
        "sezioni": sezioni(periodo),
        "gruppi": menu(periodo),
        "situazione": situazione::di_piano(periodo, oggi),
    }
}

/// The pages of a plan in a row.
fn sezioni(periodo: &Periodo) -> Vec<Briciola> {
    gruppi(periodo).flat_map(|(_, sezioni)| sezioni).collect()
}

/// Every file of the site.
fn routes(site: &Site) -> Result<BTreeMap<String, Route>, Vec<Diagnostic>> {
    let plan = &*site.plan;
    let mut routes = BTreeMap::new();
    let mut problems = Vec::new();
    let mut put = |route: Route| {
        if let Some(other) = routes.insert(route.path.clone(), route) {
            let problem = Diagnostic::error("M-03", format!("due pagine hanno lo stesso indirizzo: `{}`", other.path));
            problems.push(match generali::file_della_pagina(plan, &other.path) {
                Some(file) => problem.at(Place::file(file)).help("cambia il nome del file"),
                None => problem.help("cambia il nome di uno dei due file"),
            });
        }
    };
    pages_of_site(site, &mut put);
    generali::file(site, &mut put);
    cartoline::routes(site, &mut put);
    dati::routes(site, &mut put);
    ricerca::routes(site, &mut put);
    grafici::routes(plan, &mut put);
    identita::routes(site, &mut put);
    for p in 0..plan.periodi.len() {
        documento::routes(site, p, &mut put);
        pages_of_plan(plan, p, &mut put);
    }
    inoltri::routes(plan, &mut routes, &mut problems);
    if problems.is_empty() { Ok(routes) } else { Err(problems) }
}

/// The pages of the whole site, and those of its records.
fn pages_of_site(site: &Site, put: &mut dyn FnMut(Route)) {
    let plan = &*site.plan;
    let home = Page::new(&plan.sito.titolo, "home.html", "home");
    let detta = plan.sito.descrizione.as_ref().unwrap_or(&plan.sito.titolo);
    put(home.detta(detta).route("index.html", generali::home));
    let non_trovata = Page::new("Pagina non trovata", NON_TROVATA, "404");
    let detta = "L'indirizzo non corrisponde a nessuna pagina.";
    put(non_trovata.detta(detta).route(NON_TROVATA, |_| ()));
    for voce in GENERALI.iter().filter(|voce| (voce.c_e)(plan)) {
        let cartella = voce.cartella;
        let pagina = Page::new(voce.titolo, &format!("{cartella}.html"), cartella).detta(voce.descrizione);
        put(pagina.route(format!("{cartella}/index.html"), voce.dati));
    }
    for testo in generali::testi(plan) {
        // A theme can have a template of its own for a page: `pagine/storia.html`.
        let own = format!("pagine/{}.html", testo.id);
        let pagina = testo.page();
        let pagina = if site.theme.has(&own) { Page { modello: own, ..pagina } } else { pagina };
        put(pagina.route(format!("{}/index.html", testo.id), move |foglio| generali::testo(foglio, &testo)));
    }
    let sotto = |cartella: &str, titolo: &str, modello: &str, soggetto: &str| {
        let sopra = GENERALI.iter().filter(|voce| voce.cartella == cartella);
        let briciole = sopra.map(|voce| briciola(voce.titolo, format!("{cartella}/"))).collect();
        Page { briciole, ..Page::new(titolo, modello, soggetto) }
    };
    for (i, voce) in servizi::categorie(plan) {
        let pagina = sotto("servizi", &voce.nome, "servizi-categoria.html", "servizi");
        put(pagina.route(format!("servizi/{}/index.html", voce.id), move |foglio| servizi::categoria(foglio, i)));
    }
    for (i, ente) in plan.enti.iter().enumerate() {
        let pagina = sotto("partner", &ente.dati.nome, "ente.html", &ente.origine.file);
        put(pagina.route(format!("partner/{}/index.html", ente.id), move |foglio| enti::scheda(foglio, i)));
        if enti::ha_importi(plan, i) {
            put(Route::data(format!("partner/{}/importi.csv", ente.id), move |site, _| {
                Ok(enti::in_csv(&site.plan, i))
            }));
        }
    }
    for (id, norma) in norme::note(plan) {
        let pagina = sotto("norme", &capital(&norma.cita()), "norma.html", id.as_str());
        let own = id.clone();
        put(pagina.route(format!("norme/{id}/index.html"), move |foglio| norme::pagina(foglio, &own)));
    }
    for (i, Intestazione { id, titolo, descrizione }) in dati::tutti(site) {
        // A page of the site may have the same name.
        let titolo = format!("Dati: {}", titolo.to_lowercase());
        let pagina = sotto("dati", &titolo, "dataset.html", "dati").detta(descrizione);
        put(pagina.route_con(format!("dati/{id}/index.html"), Serve::Dati(i..i + 1), move |foglio, condivisi| {
            dati::pagina(foglio, i, condivisi.dati(i, foglio.path)?);
            Ok(())
        }));
    }
}

/// The pages of a plan, and those of its records.
fn pages_of_plan(plan: &Plan, p: usize, put: &mut dyn FnMut(Route)) {
    let periodo = &plan.periodi[p];
    let (id, titolo) = (&periodo.id, &periodo.dati.titolo);
    let sezioni = || SEZIONI.iter().flat_map(|(_, sezioni)| *sezioni);
    let sotto = |cartella: &str, titolo: &str, modello: &str, origine: &Origine| {
        let sopra = sezioni().filter(|sezione| sezione.cartella == cartella);
        let sopra = sopra.map(|sezione| briciola(sezione.titolo, format!("{id}/{cartella}/")));
        let briciole = std::iter::once(briciola(&periodo.dati.titolo, format!("{id}/"))).chain(sopra).collect();
        Page { briciole, periodo: Some(p), ..Page::new(titolo, modello, &origine.file) }
    };
    let piano = Page { periodo: Some(p), ..Page::new(titolo, "piano.html", &periodo.origine.file) };
    put(piano.route(format!("{id}/index.html"), move |foglio| piano::panoramica(foglio, p)));
    for (i, pagina) in periodo.pagine.iter().enumerate() {
        let testo = sotto("", &pagina.dati.titolo, "pagina.html", &pagina.origine);
        put(testo.route(format!("{id}/{}/index.html", pagina.id), move |foglio| piano::narrativa(foglio, p, i)));
    }
    for sezione in sezioni().filter(|sezione| (sezione.c_e)(periodo)) {
        let cartella = sezione.cartella;
        let risorse = periodo.risorse.as_ref().filter(|_| cartella == "risorse");
        let origine = risorse.map_or(&periodo.origine, |risorse| &risorse.origine);
        let pagina = sotto("", sezione.titolo, &format!("{cartella}.html"), origine)
            .detta(sezione.descrizione.replace("{}", &parole::del_piano(titolo)));
        let path = format!("{id}/{cartella}/index.html");
        match sezione.dati {
            Dati::Sola(dati) => put(pagina.route(path, move |foglio| dati(foglio, p))),
            Dati::ConLetture(dati) => {
                put(pagina.route_con(path, Serve::Letture, move |foglio, condivisi| {
                    dati(foglio, p, condivisi.letture(foglio.path)?);
                    Ok(())
                }));
            }
            Dati::Documento => {}
        }
    }
    for (i, progetto) in periodo.progetti.iter().enumerate() {
        let pagina = sotto("progetti", &progetto.dati.titolo, "progetto.html", &progetto.origine);
        let path = format!("{}index.html", indirizzo_progetto(periodo, progetto));
        put(pagina.route(path, move |foglio| progetti::scheda(foglio, p, i)));
    }
    for (a, alleanza) in periodo.alleanze.iter().enumerate() {
        let pagina = sotto("alleanze", &alleanza.dati.nome, "alleanza.html", &alleanza.origine);
        let path = format!("{}index.html", indirizzo_alleanza(periodo, alleanza));
        put(pagina.route(path, move |foglio| alleanze::scheda(foglio, p, a)));
    }
    for (a, avviso) in periodo.avvisi.iter().enumerate() {
        let pagina = sotto("avvisi", &avviso.dati.titolo, "avviso.html", &avviso.origine);
        let path = format!("{}index.html", collegamento_avviso(periodo, a).indirizzo);
        put(pagina.route(path, move |foglio| avvisi::scheda(foglio, p, a)));
    }
}

impl Condivisi {
    /// Makes what some of these routes need and is not there yet.
    pub fn prepare<'r>(&mut self, site: &Site, routes: impl IntoIterator<Item = &'r Route>) {
        let mut edizioni = BTreeSet::new();
        let mut fatti = BTreeSet::new();
        for route in routes {
            match &route.serve {
                Serve::Niente => {}
                Serve::Edizione(p) => drop(edizioni.insert(*p)),
                Serve::Dati(quali) => fatti.extend(quali.clone()),
                Serve::Letture => drop(self.con_letture(site)),
                Serve::Indice => drop(self.indice.get_or_insert_with(|| ricerca::indice(site).into())),
            }
        }
        fatti.retain(|i| !self.dati.contains_key(i));
        if !fatti.is_empty() {
            let letture = self.con_letture(site);
            self.dati.par_extend(fatti.into_par_iter().map(|i| (i, Arc::new(dati::fatto(site, &letture, i)))));
        }
        edizioni.retain(|p| !self.edizioni.contains_key(p));
        self.edizioni.par_extend(edizioni.into_par_iter().map(|p| (p, Arc::new(documento::edizione(site, p, None)))));
    }

    fn con_letture(&mut self, site: &Site) -> Arc<Letture> {
        Arc::clone(self.letture.get_or_insert_with(|| registro::letture(&site.plan).into()))
    }
}
