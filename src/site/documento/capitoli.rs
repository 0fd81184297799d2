//! The chapters of the document, in order: each is a template of `documento/` over the data of a page of the site.

use std::collections::BTreeMap;

use tera::{Context, Value};

use super::conto::conto;
use super::fonti;
use crate::plan::{Alleanza, Pagina, Periodo, Progetto, RuoloInAlleanza};
use crate::print::documento::blocchi::RIGHE_MASSIME;
use crate::report::Diagnostic;
use crate::site::engine::{Foglio, Innesto, Site};
use crate::site::{
    alleanze, avvisi, concessioni, conformita, denaro, graduatoria, grafici, parole, piano, progetti, risorse,
};
use crate::view::grafico::Grafico;

/// A document with more sheets of projects than these would have a thousand pages, and few programs would open it.
const SCHEDE_MASSIME: usize = 120;

/// The chapters that say what a page of the plan says, with its address.
const PAGINE: [(&str, &str); 8] = [
    ("sintesi", ""),
    ("rete", "rete/"),
    ("risorse", "risorse/"),
    ("avvisi", "avvisi/"),
    ("graduatoria", "graduatoria/"),
    ("progetti", "progetti/"),
    ("partner", "alleanze/"),
    ("conformita", "conformita/"),
];

/// The parts as markup, and what they refer to.
pub struct Capitoli<'a> {
    /// Rendered one by one, as soon as their data are there: the data of a whole large plan would fill the memory.
    parti: Result<Vec<String>, Box<Diagnostic>>,
    pub grafici: BTreeMap<String, Grafico>,
    /// The pages of the site that are chapters here too, each with the anchor of its heading, for links inside.
    pub schede: BTreeMap<String, String>,
    site: &'a Site,
    periodo: &'a Periodo,
    p: usize,
}

impl<'a> Capitoli<'a> {
    pub fn di(site: &'a Site, p: usize, codice: &str) -> Self {
        let mut capitoli = Capitoli::nuovi(site, p);
        let regole = capitoli.contesto(|foglio| conformita::pagina(foglio, p));
        capitoli.in_una_pagina(&regole);
        capitoli.capitolo("sintesi", capitoli.contesto(|foglio| piano::panoramica(foglio, p)));
        capitoli.racconto();
        capitoli.rete();
        capitoli.risorse();
        capitoli.avvisi();
        capitoli.graduatoria();
        capitoli.progetti();
        capitoli.partner();
        capitoli.capitolo("conformita", regole);
        capitoli.capitolo("fonti", fonti::contesto(site, p, codice));
        capitoli
    }

    /// The sheet of one project, as a chapter by itself.
    pub fn di_progetto(site: &'a Site, p: usize, i: usize) -> Self {
        let mut capitoli = Capitoli::nuovi(site, p);
        let mut contesto = capitoli.contesto(|foglio| progetti::scheda(foglio, p, i));
        capitoli.progetto(&mut contesto, &site.plan.periodi[p].progetti[i]);
        capitoli.capitolo("progetto", contesto);
        capitoli
    }

    /// The data of a page of the site.
    fn contesto(&self, riempi: impl FnOnce(&mut Foglio)) -> Context {
        self.site.context_of(&format!("{}/documento/index.html", self.periodo.id), riempi)
    }

    fn nuovi(site: &'a Site, p: usize) -> Self {
        let periodo = &site.plan.periodi[p];
        let schede =
            PAGINE.iter().map(|(capitolo, cartella)| (format!("{}/{cartella}", periodo.id), (*capitolo).into()));
        Capitoli { parti: Ok(Vec::new()), grafici: BTreeMap::new(), schede: schede.collect(), site, periodo, p }
    }

    /// The markup of the parts, or what is wrong with the first that could not be rendered.
    pub fn parti(&mut self) -> Result<Vec<String>, Box<Diagnostic>> {
        std::mem::replace(&mut self.parti, Ok(Vec::new()))
    }

    pub fn capitolo(&mut self, modello: &str, contesto: Context) {
        let innesto = Innesto { sotto: 1, coda: format!("-{modello}") };
        self.parte(modello, innesto, contesto, &self.periodo.origine.file);
    }

    /// A template below `documento/`; `soggetto` is the record that a mistake is reported for.
    fn parte(&mut self, modello: &str, innesto: Innesto, contesto: Context, soggetto: &str) {
        let Ok(parti) = &mut self.parti else { return };
        let percorso = format!("{}/documento/index.html", self.periodo.id);
        let modello = format!("documento/{modello}.html");
        match self.site.render_part(&percorso, Some(self.p), innesto, &modello, soggetto, contesto) {
            Ok(html) => parti.push(html),
            Err(problema) => self.parti = Err(problema),
        }
    }

    /// A project or a call, under the heading of its chapter.
    fn scheda(&mut self, modello: &str, id: &str, cartella: &str, contesto: Context, soggetto: &str) {
        let nome = format!("{modello}-{id}");
        let innesto = Innesto { sotto: 2, coda: format!("-{nome}") };
        self.parte(modello, innesto, contesto, soggetto);
        self.schede.insert(format!("{}/{cartella}/{id}/", self.periodo.id), nome);
    }

    /// Gives a chart a name of its own, since the same chart can stand in several parts.
    fn grafico(&mut self, contesto: &mut Context, chiave: &str, grafico: Option<Grafico>, coda: &str) {
        let grafico = grafico.map(|grafico| Grafico { id: format!("{}-{coda}", grafico.id), ..grafico });
        contesto.insert(chiave.to_owned(), &grafico);
        self.grafici.extend(grafico.map(|grafico| (grafico.id.clone(), grafico)));
    }

    /// The plan on one page, for an office in a hurry.
    fn in_una_pagina(&mut self, regole: &Context) {
        let mut contesto = regole.clone();
        contesto.extend(self.contesto(|foglio| piano::panoramica(foglio, self.p)));
        contesto.insert("conto", &conto(self.periodo, &self.site.plan.sito.ats.nome));
        // One page has no room for so many projects: the ranking lists them, if there is one.
        let troppi = self.periodo.progetti.len() > SCHEDE_MASSIME && grafici::ha_graduatoria(self.periodo);
        let tutti = (!troppi).then(|| progetti::viste_di(&self.site.plan, self.periodo));
        contesto.insert("progetti", &tutti.unwrap_or_default());
        contesto.insert("totali", &denaro::totali(self.periodo.progetti.iter()));
        // It stands on the page of the document too, where its ids are as they are written.
        let innesto = Innesto { sotto: 1, coda: String::new() };
        self.parte("in-una-pagina", innesto, contesto, &self.periodo.origine.file);
    }

    fn racconto(&mut self) {
        let pagine = &self.periodo.pagine;
        if pagine.is_empty() {
            return;
        }
        let voce = |pagina: &Pagina| vista! { "id": pagina.id, "dati": *pagina.dati, "testo": pagina.dati.testo };
        let mut contesto = Context::new();
        contesto.insert("racconto", &pagine.iter().map(voce).collect::<Vec<_>>());
        self.capitolo("racconto", contesto);
        let scheda = |pagina: &Pagina| (format!("{}/{}/", self.periodo.id, pagina.id), format!("pagina-{}", pagina.id));
        self.schede.extend(pagine.iter().map(scheda));
    }

    fn rete(&mut self) {
        let dati = &self.periodo.dati;
        if dati.rete.is_some() || dati.organismo.is_some() || self.periodo.norma.organismo.is_some() {
            self.capitolo("rete", self.contesto(|foglio| piano::rete(foglio, self.p)));
        }
    }

    fn risorse(&mut self) {
        if self.periodo.risorse.is_none() {
            return;
        }
        let mut contesto = self.contesto(|foglio| risorse::pagina(foglio, self.p));
        self.grafico(&mut contesto, "grafico", grafici::risorse(self.periodo), "documento");
        self.grafico(&mut contesto, "grafico_riparto", grafici::riparto(self.periodo), "documento");
        self.capitolo("risorse", contesto);
    }

    fn avvisi(&mut self) {
        if self.periodo.avvisi.is_empty() {
            return;
        }
        self.capitolo("avvisi", Context::new());
        for (a, avviso) in self.periodo.avvisi.iter().enumerate() {
            let contesto = self.contesto(|foglio| avvisi::scheda(foglio, self.p, a));
            self.scheda("avviso", avviso.id.as_str(), "avvisi", contesto, &avviso.origine.file);
        }
    }

    fn graduatoria(&mut self) {
        let periodo = self.periodo;
        let mut concesse = concessioni::concessioni(&self.site.plan, periodo);
        let con_importi = grafici::ha_finanziamento(periodo) || grafici::ha_graduatoria(periodo);
        if !con_importi && concesse.is_empty() && periodo.dati.criteri.is_empty() {
            return;
        }
        let mut contesto = self.contesto(|foglio| graduatoria::pagina(foglio, self.p));
        contesto.insert("altre_concessioni", &concesse.len().saturating_sub(RIGHE_MASSIME));
        concesse.truncate(RIGHE_MASSIME);
        contesto.insert("concessioni", &concesse);
        contesto.insert("totale", &concessioni::totale(periodo));
        contesto.insert("con_graduatoria", &grafici::ha_graduatoria(periodo));
        self.grafico(&mut contesto, "finanziamento", grafici::finanziamento(periodo), "documento");
        self.capitolo("graduatoria", contesto);
    }

    fn progetti(&mut self) {
        let periodo = self.periodo;
        if periodo.progetti.is_empty() {
            return;
        }
        let con_schede = periodo.progetti.len() <= SCHEDE_MASSIME;
        let mut contesto = Context::new();
        contesto.insert("quanti", &periodo.progetti.len());
        contesto.insert("con_schede", &con_schede);
        self.capitolo("progetti", contesto);
        for (i, progetto) in periodo.progetti.iter().enumerate().filter(|_| con_schede) {
            let mut contesto = self.contesto(|foglio| progetti::scheda(foglio, self.p, i));
            self.progetto(&mut contesto, progetto);
            self.scheda("progetto", progetto.id.as_str(), "progetti", contesto, &progetto.origine.file);
        }
    }

    fn progetto(&mut self, contesto: &mut Context, progetto: &Progetto) {
        let composizione = grafici::composizione_di_progetto(&self.site.plan, self.periodo, progetto);
        self.grafico(contesto, "composizione", composizione, progetto.id.as_str());
    }

    fn partner(&mut self) {
        let (site, plan, periodo) = (self.site, &*self.site.plan, self.periodo);
        if periodo.alleanze.is_empty() {
            return;
        }
        let mut presenti: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
        for alleanza in &periodo.alleanze {
            let mut aggiungi = |ente: usize, ruolo: RuoloInAlleanza| {
                let presenza = vista! { "nome": alleanza.dati.nome, "ruolo": parole::ruolo_in_alleanza(ruolo) };
                presenti.entry(ente).or_default().push(presenza);
            };
            aggiungi(alleanza.capofila, RuoloInAlleanza::Capofila);
            alleanza.partner.iter().for_each(|&ente| aggiungi(ente, RuoloInAlleanza::Partner));
            alleanza.rete_di_supporto.iter().for_each(|&ente| aggiungi(ente, RuoloInAlleanza::ReteDiSupporto));
        }
        let tutti = presenti.keys().map(|&ente| (Some(plan.enti[ente].categoria), 1));
        let titolo = "Gli enti nominati, per tipo".to_owned();
        let grafico = grafici::per_categoria(plan, tutti, "enti", titolo, None);
        let mut ordinati: Vec<(usize, Vec<Value>)> = presenti.into_iter().collect();
        ordinati.sort_by_cached_key(|&(ente, _)| (plan.enti[ente].dati.nome.to_lowercase(), ente));
        let nominati =
            ordinati.into_iter().map(|(ente, alleanze)| vista! { "ente": site.ente(ente), "alleanze": alleanze });
        let mut contesto = self.contesto(|foglio| alleanze::elenco(foglio, self.p));
        contesto.insert("enti", &nominati.collect::<Vec<_>>());
        contesto.insert("solo_contati", &periodo.alleanze.iter().map(Alleanza::solo_contati).sum::<u64>());
        let has_network = periodo.alleanze.iter().any(|alleanza| !alleanza.rete_di_supporto.is_empty());
        contesto.insert("con_rete", &has_network);
        self.grafico(&mut contesto, "composizione", grafici::composizione_dichiarata(periodo), "documento");
        self.grafico(&mut contesto, "grafico_enti", grafico, "documento");
        self.capitolo("partner", contesto);
    }
}
