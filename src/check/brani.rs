//! Every Markdown text of the records, with where it is written and which pages show it.

use std::ops::Range;

use crate::path;
use crate::plan::{Origine, Pagina, Periodo, Plan};
use crate::record::Norma;
use crate::report::{Place, Step};
use crate::value::Id;

/// A text as its author wrote it.
pub struct Brano<'a> {
    pub testo: &'a str,
    dove: Dove<'a>,
    pagine: &'a dyn Fn() -> Vec<String>,
}

enum Dove<'a> {
    /// The body of a page, from this byte of its file on.
    Pagina(&'a Origine, usize),
    Campo(&'a Origine, &'a dyn Fn() -> Vec<Step>),
}

impl Brano<'_> {
    /// Where a part of the text stands.
    pub fn place(&self, part: Range<usize>) -> Place {
        match self.dove {
            Dove::Pagina(origine, start) => Place::span(&*origine.file, start + part.start..start + part.end),
            Dove::Campo(origine, steps) => origine.part(steps(), self.testo, part),
        }
    }

    /// The pages of the built-in theme that show it; not every site has all of them.
    pub fn pagine(&self) -> Vec<String> {
        (self.pagine)()
    }
}

/// Calls `visit` with every text.
pub fn each(plan: &Plan, mut visit: impl FnMut(&Brano)) {
    let visit: &mut Visit = &mut visit;
    pages(&plan.pagine, "", visit);
    for programma in &plan.storia {
        let mut campi = Campi { origine: &programma.origine, visit };
        campi
            .one(programma.dati.descrizione.as_deref(), &|| path!["descrizione"], &|| vec!["storia/index.html".into()]);
    }
    for ente in &plan.enti {
        let mut campi = Campi { origine: &ente.origine, visit };
        campi.one(ente.dati.descrizione.as_deref(), &|| path!["descrizione"], &|| {
            vec![format!("partner/{}/index.html", ente.id)]
        });
    }
    for (id, origine) in &plan.norme_origine {
        if let Some(norma) = plan.norme.get(id) {
            norm(plan, id, norma, origine, visit);
        }
    }
    for (p, periodo) in plan.periodi.iter().enumerate() {
        pages(&periodo.pagine, &format!("{}/", periodo.id), visit);
        overview(periodo, plan.corrente == Some(p), visit);
        resources(periodo, visit);
        records(periodo, visit);
    }
}

type Visit<'v> = dyn FnMut(&Brano) + 'v;

/// The fields of one record.
struct Campi<'v> {
    origine: &'v Origine,
    visit: &'v mut Visit<'v>,
}

impl Campi<'_> {
    /// A text, the way to it in the record and the pages that show it.
    fn one(&mut self, text: Option<&str>, steps: &dyn Fn() -> Vec<Step>, pagine: &dyn Fn() -> Vec<String>) {
        if let Some(testo) = text {
            (self.visit)(&Brano { testo, dove: Dove::Campo(self.origine, steps), pagine });
        }
    }
}

fn pages(pagine: &[Pagina], folder: &str, visit: &mut Visit) {
    for Pagina { id, dati, origine } in pagine {
        let page = || vec![format!("{folder}{id}/index.html")];
        visit(&Brano { testo: &dati.testo, dove: Dove::Pagina(origine, dati.inizio), pagine: &page });
    }
}

/// The words that a norm of the site brings along.
fn norm(plan: &Plan, id: &Id, norma: &Norma, origine: &Origine, visit: &mut Visit) {
    let mut campi = Campi { origine, visit };
    for (i, voce) in norma.categorie_servizi.iter().enumerate() {
        let page = || vec![format!("servizi/{}/index.html", voce.id)];
        campi.one(voce.descrizione.as_deref(), &|| path!["categorie_servizi", i, "descrizione"], &page);
    }
    if let Some(destinatari) = &norma.destinatari {
        let periodi = plan.periodi.iter().filter(|periodo| periodo.dati.norma == *id);
        let pages = || periodi.clone().map(|periodo| format!("{}/chi-puo-accedere/index.html", periodo.id)).collect();
        campi.one(Some(&destinatari.introduzione), &|| path!["destinatari", "introduzione"], &pages);
        campi.one(destinatari.disoccupati.as_deref(), &|| path!["destinatari", "disoccupati"], &pages);
    }
}

/// `piano.yaml`.
fn overview(periodo: &Periodo, is_current: bool, visit: &mut Visit) {
    let page = |name: &str| format!("{}/{name}index.html", periodo.id);
    let mut campi = Campi { origine: &periodo.origine, visit };
    campi.one(periodo.dati.sintesi.as_deref(), &|| path!["sintesi"], &|| {
        let home = is_current.then(|| "index.html".to_owned());
        std::iter::once(page("")).chain(home).collect()
    });
    for (i, scadenza) in periodo.dati.calendario.iter().enumerate() {
        campi.one(scadenza.descrizione.as_deref(), &|| path!["calendario", i, "descrizione"], &|| vec![page("")]);
    }
    if let Some(rete) = &periodo.dati.rete {
        campi.one(rete.descrizione.as_deref(), &|| path!["rete", "descrizione"], &|| vec![page("rete/")]);
        campi.one(rete.monitoraggio.as_deref(), &|| path!["rete", "monitoraggio"], &|| vec![page("monitoraggio/")]);
        for (i, incontro) in rete.incontri.iter().enumerate() {
            campi.one(incontro.descrizione.as_deref(), &|| path!["rete", "incontri", i, "descrizione"], &|| {
                vec![page("rete/"), page("monitoraggio/")]
            });
        }
    }
    if let Some(organismo) = &periodo.dati.organismo {
        campi.one(organismo.descrizione.as_deref(), &|| path!["organismo", "descrizione"], &|| vec![page("rete/")]);
        campi.one(organismo.esito.as_deref(), &|| path!["organismo", "esito"], &|| vec![page("rete/")]);
    }
}

/// `risorse.yaml`.
fn resources(periodo: &Periodo, visit: &mut Visit) {
    let Some(risorse) = &periodo.risorse else { return };
    let page = || vec![format!("{}/risorse/index.html", periodo.id)];
    let mut campi = Campi { origine: &risorse.origine, visit };
    campi.one(risorse.dati.nota.as_deref(), &|| path!["nota"], &page);
    if let Some(azione) = &risorse.dati.azione_di_sistema {
        campi.one(azione.descrizione.as_deref(), &|| path!["azione_di_sistema", "descrizione"], &page);
    }
    if let Some(riparto) = &risorse.dati.riparto {
        campi.one(riparto.nota.as_deref(), &|| path!["riparto", "nota"], &page);
    }
}

/// Alliances, calls and projects.
fn records(periodo: &Periodo, visit: &mut Visit) {
    let page = |folder: &str, id: &Id| format!("{}/{folder}/{id}/index.html", periodo.id);
    for alleanza in &periodo.alleanze {
        let mut campi = Campi { origine: &alleanza.origine, visit };
        campi.one(alleanza.dati.descrizione.as_deref(), &|| path!["descrizione"], &|| {
            vec![page("alleanze", &alleanza.id)]
        });
    }
    for avviso in &periodo.avvisi {
        let page = || vec![page("avvisi", &avviso.id)];
        let mut campi = Campi { origine: &avviso.origine, visit };
        campi.one(avviso.dati.descrizione.as_deref(), &|| path!["descrizione"], &page);
        if let Some(esito) = &avviso.dati.esito {
            campi.one(esito.nota.as_deref(), &|| path!["esito", "nota"], &page);
        }
        campi.one(avviso.dati.come_partecipare.as_deref(), &|| path!["come_partecipare"], &page);
    }
    for progetto in &periodo.progetti {
        let page = || vec![page("progetti", &progetto.id)];
        let mut campi = Campi { origine: &progetto.origine, visit };
        campi.one(progetto.dati.sintesi.as_deref(), &|| path!["sintesi"], &page);
        campi.one(progetto.dati.finalita.as_deref(), &|| path!["finalita"], &page);
        for (i, azione) in progetto.dati.azioni.iter().enumerate() {
            campi.one(azione.descrizione.as_deref(), &|| path!["azioni", i, "descrizione"], &page);
        }
        for (i, servizio) in progetto.dati.servizi.iter().enumerate() {
            let pages = || {
                let mut pages = page();
                pages.push(format!("servizi/{}/index.html", servizio.categoria));
                pages
            };
            campi.one(servizio.descrizione.as_deref(), &|| path!["servizi", i, "descrizione"], &pages);
            campi.one(servizio.come_accedere.as_deref(), &|| path!["servizi", i, "come_accedere"], &pages);
        }
    }
}
