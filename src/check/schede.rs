//! All the records of a plan and every Markdown text in them, with where it is written and which pages show it.

use std::ops::Range;

use crate::path;
use crate::plan::{Alleanza, Avviso, Ente, Origine, Pagina, Periodo, Plan, Progetto, Programma, Risorse};
use crate::record::{self, Norma, Parola, Visita};
use crate::report::{Diagnostic, Place, Step};
use crate::value::{Id, Testo};
use crate::yaml::codes::{self, MAX_FINDINGS};

/// A record and its file.
pub struct Scheda<'a> {
    pub dati: &'a (dyn Visita + Sync),
    pub origine: &'a Origine,
    /// Where the record is a page: it has a text below its fields.
    pagina: Option<&'a record::Pagina>,
    /// Whether the document of a plan prints it.
    pub nel_documento: bool,
    pagine: Box<Pagine<'a>>,
}

/// The pages of the built-in theme that show the text at the end of a way through a record.
type Pagine<'a> = dyn Fn(&[Step]) -> Vec<String> + Sync + 'a;

/// A text as its author wrote it.
pub struct TestoDiScheda<'a> {
    pub testo: &'a str,
    /// Its type, such as `Testo`; an ordinary text has none.
    tipo: Option<&'static str>,
    scheda: &'a Scheda<'a>,
    dove: Dove<'a>,
}

enum Dove<'a> {
    /// The body of a page, from this byte of its file on.
    Pagina(usize),
    Campo(&'a [Step]),
}

impl TestoDiScheda<'_> {
    /// The name of its field; the body of a page has none.
    pub fn campo(&self) -> Option<&str> {
        match self.dove {
            Dove::Campo([.., Step::Key(campo)]) => Some(campo),
            _ => None,
        }
    }

    /// Where the value of its field stands.
    pub fn whole(&self) -> Place {
        match self.dove {
            Dove::Pagina(_) => self.place(0..self.testo.len()),
            Dove::Campo(steps) => self.scheda.origine.value(steps.to_vec()),
        }
    }

    /// Where a part of the text stands.
    pub fn place(&self, part: Range<usize>) -> Place {
        let origine = self.scheda.origine;
        match self.dove {
            Dove::Pagina(start) => Place::span(&*origine.file, start + part.start..start + part.end),
            Dove::Campo(steps) => origine.part(steps.to_vec(), self.testo, part),
        }
    }

    /// The first problems of the text, and a note if there are more: thousands have one cause and take long to place.
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
        let steps = if let Dove::Campo(steps) = self.dove { steps } else { &[] };
        (self.scheda.pagine)(steps)
    }
}

impl Scheda<'_> {
    /// Calls `visit` with every text of the record.
    pub fn testi(&self, visit: &mut dyn FnMut(&TestoDiScheda)) {
        if let Some(pagina) = self.pagina {
            let dove = Dove::Pagina(pagina.inizio);
            visit(&TestoDiScheda { testo: &pagina.testo, tipo: Some(Testo::TIPO), scheda: self, dove });
        }
        self.dati.visita(&mut |Parola { testo, tipo, passi, .. }| {
            visit(&TestoDiScheda { testo, tipo, scheda: self, dove: Dove::Campo(passi) });
        });
    }
}

/// Calls `visit` with every Markdown text.
pub fn ogni_testo(plan: &Plan, mut visit: impl FnMut(&TestoDiScheda)) {
    for scheda in schede(plan) {
        scheda.testi(&mut |testo| {
            if testo.tipo == Some(Testo::TIPO) {
                visit(testo);
            }
        });
    }
}

/// Every record.
pub fn schede(plan: &Plan) -> Vec<Scheda<'_>> {
    let mut schede = vec![scheda(&*plan.sito, &plan.sito_origine, on(String::new()))];
    for Ente { id, dati, origine, .. } in &plan.enti {
        schede.push(scheda(&**dati, origine, on(format!("partner/{id}/"))));
    }
    for (p, periodo) in plan.periodi.iter().enumerate() {
        di_periodo(periodo, plan.corrente == Some(p), &mut schede);
    }
    let fuori = schede.len();
    schede.extend(plan.pagine.iter().map(|pagina| di_pagina("", pagina)));
    for Programma { dati, origine } in &plan.storia {
        schede.push(scheda(&**dati, origine, on("storia/".into())));
    }
    if let Some((dati, origine)) = &plan.ricerca {
        schede.push(scheda(&**dati, origine, on("cerca/".into())));
    }
    for (id, origine) in &plan.norme_origine {
        let Some(norma) = plan.norme.get(id) else { continue };
        schede.push(scheda(&**norma, origine, move |steps| pages_of_norm(plan, id, norma, steps)));
    }
    schede[fuori..].iter_mut().for_each(|scheda| scheda.nel_documento = false);
    schede
}

fn di_periodo<'a>(periodo: &'a Periodo, is_current: bool, schede: &mut Vec<Scheda<'a>>) {
    let folder = &periodo.id;
    schede.push(scheda(&*periodo.dati, &periodo.origine, move |steps| pages_of_plan(periodo, is_current, steps)));
    schede.extend(periodo.pagine.iter().map(|pagina| di_pagina(&format!("{folder}/"), pagina)));
    for (atto, origine) in &periodo.atti {
        schede.push(scheda(atto, origine, on(format!("{folder}/"))));
    }
    if let Some(Risorse { dati, origine }) = &periodo.risorse {
        schede.push(scheda(&**dati, origine, on(format!("{folder}/risorse/"))));
    }
    for Alleanza { id, dati, origine, .. } in &periodo.alleanze {
        schede.push(scheda(&**dati, origine, on(format!("{folder}/alleanze/{id}/"))));
    }
    for Avviso { id, dati, origine, .. } in &periodo.avvisi {
        schede.push(scheda(&**dati, origine, on(format!("{folder}/avvisi/{id}/"))));
    }
    for Progetto { id, dati, origine, .. } in &periodo.progetti {
        schede.push(scheda(&**dati, origine, move |steps| {
            let servizio = element("servizi", steps).map(|i| &dati.servizi[i].categoria);
            let servizio = servizio.map(|categoria| format!("servizi/{categoria}/index.html"));
            std::iter::once(format!("{folder}/progetti/{id}/index.html")).chain(servizio).collect()
        }));
    }
}

fn di_pagina<'a>(folder: &str, Pagina { id, dati, origine }: &'a Pagina) -> Scheda<'a> {
    Scheda { pagina: Some(dati), ..scheda(&**dati, origine, on(format!("{folder}{id}/"))) }
}

/// Whatever the text, on one page.
fn on(address: String) -> impl Fn(&[Step]) -> Vec<String> + Sync {
    move |_| vec![format!("{address}index.html")]
}

fn scheda<'a>(
    dati: &'a (dyn Visita + Sync),
    origine: &'a Origine,
    pagine: impl Fn(&[Step]) -> Vec<String> + Sync + 'a,
) -> Scheda<'a> {
    Scheda { dati, origine, pagina: None, nel_documento: true, pagine: Box::new(pagine) }
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

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashSet};
    use std::mem::discriminant;
    use std::path::Path;

    use super::*;
    use crate::input::store::{Parsed, Store};
    use crate::plan;
    use crate::report::Report;
    use crate::schema::GENERI;

    #[test]
    fn a_record_of_every_kind_is_reached() {
        // The small site of the tests has them all.
        let content = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/sito/content");
        let store = Store::load(Path::new(content)).expect("a site");
        let plan = plan::resolve(&store, content, None, &mut Report::default()).expect("a plan");
        let reached: BTreeSet<&str> = schede(&plan).iter().map(|scheda| &*scheda.origine.file).collect();
        let is_record = |parsed: &Parsed| !matches!(parsed, Parsed::Media(_) | Parsed::Consegna(_) | Parsed::Broken);
        let records: Vec<_> = store.entries.values().filter(|entry| is_record(&entry.parsed)).collect();
        let missed: Vec<_> = records.iter().filter(|entry| !reached.contains(&*entry.source.name)).collect();
        assert!(missed.is_empty(), "{missed:?}");
        let kinds: HashSet<_> = records.iter().map(|entry| discriminant(&entry.parsed)).collect();
        assert_eq!(kinds.len(), GENERI.len());
    }
}
