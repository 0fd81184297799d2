//! All the records of a plan and every Markdown text in them, with where it is written and which pages show it.

use std::ops::Range;

use crate::path;
use crate::plan::{Origine, Pagina, Periodo, Plan};
use crate::record::{Norma, Visita};
use crate::report::{Diagnostic, Place, Step};
use crate::value::{Id, Testo};
use crate::yaml::codes::{self, MAX_FINDINGS};

/// A record, its file, and the pages of the built-in theme that show the text at the end of a way through it.
#[derive(Clone, Copy)]
pub struct Scheda<'a> {
    pub dati: &'a dyn Visita,
    pub origine: &'a Origine,
    pagine: &'a dyn Fn(&[Step]) -> Vec<String>,
}

/// A text as its author wrote it.
pub struct Brano<'a> {
    pub testo: &'a str,
    scheda: Scheda<'a>,
    dove: Dove<'a>,
}

enum Dove<'a> {
    /// The body of a page, from this byte of its file on.
    Pagina(usize),
    Campo(&'a [Step]),
}

impl Brano<'_> {
    /// Where a part of the text stands.
    pub fn place(&self, part: Range<usize>) -> Place {
        let origine = self.scheda.origine;
        match self.dove {
            Dove::Pagina(start) => Place::span(&*origine.file, start + part.start..start + part.end),
            Dove::Campo(steps) => origine.part(steps.to_vec(), self.testo, part),
        }
    }

    /// What is wrong with the text, as much of it as helps: who has more has one cause, and each place has to be found.
    pub fn told(&self, found: impl Iterator<Item = Diagnostic>) -> Vec<Diagnostic> {
        let mut told: Vec<Diagnostic> = found.take(MAX_FINDINGS + 1).collect();
        if told.len() > MAX_FINDINGS {
            let note = "questo testo ha molti problemi: dopo aver corretto questi ne possono comparire altri";
            told[MAX_FINDINGS] = Diagnostic::note(codes::LIMIT, note).at(self.place(0..0));
        }
        told
    }

    /// The pages of the built-in theme that show it; not every site has all of them.
    pub fn pagine(&self) -> Vec<String> {
        match self.dove {
            Dove::Pagina(_) => (self.scheda.pagine)(&[]),
            Dove::Campo(steps) => (self.scheda.pagine)(steps),
        }
    }
}

/// Calls `visit` with every text.
pub fn each(plan: &Plan, mut visit: impl FnMut(&Brano)) {
    let folders = plan.periodi.iter().map(|periodo| (format!("{}/", periodo.id), &periodo.pagine));
    for (folder, pagine) in std::iter::once((String::new(), &plan.pagine)).chain(folders) {
        for Pagina { id, dati, origine } in pagine {
            let scheda = Scheda { dati, origine, pagine: &|_| vec![format!("{folder}{id}/index.html")] };
            visit(&Brano { testo: &dati.testo, scheda, dove: Dove::Pagina(dati.inizio) });
        }
    }
    schede(plan, &mut |scheda| {
        scheda.dati.visita(&mut |parola| {
            if parola.tipo == Some(Testo::TIPO) {
                visit(&Brano { testo: parola.testo, scheda, dove: Dove::Campo(parola.passi) });
            }
        });
    });
}

/// Calls `visit` with every record.
pub fn schede(plan: &Plan, visit: &mut dyn FnMut(Scheda)) {
    let mut one = |dati: &dyn Visita, origine: &Origine, pagine: &dyn Fn(&[Step]) -> Vec<String>| {
        visit(Scheda { dati, origine, pagine });
    };
    one(&plan.sito, &plan.sito_origine, &|_| vec!["index.html".into()]);
    for pagina in &plan.pagine {
        one(&pagina.dati, &pagina.origine, &|_| vec![format!("{}/index.html", pagina.id)]);
    }
    for programma in &plan.storia {
        one(&programma.dati, &programma.origine, &|_| vec!["storia/index.html".into()]);
    }
    for ente in &plan.enti {
        one(&ente.dati, &ente.origine, &|_| vec![format!("partner/{}/index.html", ente.id)]);
    }
    for (id, origine) in &plan.norme_origine {
        if let Some(norma) = plan.norme.get(id) {
            one(norma, origine, &|steps| pages_of_norm(plan, id, norma, steps));
        }
    }
    for (p, periodo) in plan.periodi.iter().enumerate() {
        let page = |name: &str| vec![format!("{}/{name}/index.html", periodo.id)];
        one(&periodo.dati, &periodo.origine, &|steps| pages_of_plan(periodo, plan.corrente == Some(p), steps));
        for pagina in &periodo.pagine {
            one(&pagina.dati, &pagina.origine, &|_| page(pagina.id.as_str()));
        }
        if let Some(risorse) = &periodo.risorse {
            one(&risorse.dati, &risorse.origine, &|_| page("risorse"));
        }
        for alleanza in &periodo.alleanze {
            one(&alleanza.dati, &alleanza.origine, &|_| page(&format!("alleanze/{}", alleanza.id)));
        }
        for avviso in &periodo.avvisi {
            one(&avviso.dati, &avviso.origine, &|_| page(&format!("avvisi/{}", avviso.id)));
        }
        for progetto in &periodo.progetti {
            one(&progetto.dati, &progetto.origine, &|steps| {
                let mut pages = page(&format!("progetti/{}", progetto.id));
                if let Some(i) = element("servizi", steps) {
                    pages.push(format!("servizi/{}/index.html", progetto.dati.servizi[i].categoria));
                }
                pages
            });
        }
    }
}

/// Which element of a list of the record a way leads into.
fn element(list: &str, steps: &[Step]) -> Option<usize> {
    match steps {
        [Step::Key(key), Step::Index(i), ..] if key == list => Some(*i),
        _ => None,
    }
}

fn pages_of_norm(plan: &Plan, id: &Id, norma: &Norma, steps: &[Step]) -> Vec<String> {
    let mut pages = vec![format!("norme/{id}/index.html")];
    if let Some(i) = element("categorie_servizi", steps) {
        pages.push(format!("servizi/{}/index.html", norma.categorie_servizi[i].id));
    }
    if steps.starts_with(&path!["destinatari"]) {
        let periodi = plan.periodi.iter().filter(|periodo| periodo.dati.norma == *id);
        pages.extend(periodi.map(|periodo| format!("{}/chi-puo-accedere/index.html", periodo.id)));
    }
    pages
}

fn pages_of_plan(periodo: &Periodo, is_current: bool, steps: &[Step]) -> Vec<String> {
    let page = |name: &str| format!("{}/{name}index.html", periodo.id);
    match steps {
        [Step::Key(key), ..] if key == "rete" => vec![page("rete/"), page("monitoraggio/")],
        [Step::Key(key), ..] if key == "organismo" => vec![page("rete/")],
        [Step::Key(key)] if key == "sintesi" && is_current => vec![page(""), "index.html".into()],
        _ => vec![page("")],
    }
}
