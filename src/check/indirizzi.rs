//! Addresses and texts that end up in links: only safe schemes, no HTML in Markdown.

use std::ops::Range;

use crate::markdown;
use crate::path;
use crate::plan::{Origine, Pagina, Plan};
use crate::record::{Contatti, Fonte};
use crate::report::{Diagnostic, Place, Report, Step};

/// C-16: addresses are web addresses, and links in texts have an admitted scheme.
pub fn sicuri(plan: &Plan, report: &mut Report) {
    let sito = &plan.sito;
    for (key, address) in [
        ("indirizzo", &sito.indirizzo),
        ("dichiarazione_accessibilita", &sito.dichiarazione_accessibilita),
        ("amministrazione_trasparente", &sito.amministrazione_trasparente),
    ] {
        web(address.as_deref(), &plan.sito_origine, || path![key], report);
    }
    if let Some(superiore) = &sito.ente_superiore {
        web(superiore.indirizzo.as_deref(), &plan.sito_origine, || path!["ente_superiore", "indirizzo"], report);
    }
    contacts(&sito.ats.contatti, &plan.sito_origine, || path!["ats", "contatti", "sito"], report);
    for ente in &plan.enti {
        contacts(&ente.dati.contatti, &ente.origine, || path!["contatti", "sito"], report);
        source(ente.dati.fonte.as_ref(), &ente.origine, report);
    }
    for periodo in &plan.periodi {
        source(periodo.dati.fonte.as_ref(), &periodo.origine, report);
        for (i, atto) in periodo.dati.atti.iter().enumerate() {
            web(atto.indirizzo.as_deref(), &periodo.origine, || path!["atti", i, "indirizzo"], report);
        }
        for avviso in &periodo.avvisi {
            contacts(&avviso.dati.contatti, &avviso.origine, || path!["contatti", "sito"], report);
            source(avviso.dati.fonte.as_ref(), &avviso.origine, report);
        }
        for alleanza in &periodo.alleanze {
            contacts(&alleanza.dati.contatti, &alleanza.origine, || path!["contatti", "sito"], report);
            source(alleanza.dati.fonte.as_ref(), &alleanza.origine, report);
        }
        for progetto in &periodo.progetti {
            contacts(&progetto.dati.contatti, &progetto.origine, || path!["contatti", "sito"], report);
            source(progetto.dati.fonte.as_ref(), &progetto.origine, report);
        }
    }
    each_text(plan, |text, place| {
        for (target, at) in markdown::refused_links(text) {
            report.add(
                Diagnostic::error("C-16", format!("il collegamento a `{target}` non è ammesso"))
                    .at(place(at))
                    .help("si può collegare a `https://…`, `http://…`, `mailto:…`, `tel:…` o a una pagina del sito"),
            );
        }
    });
}

/// C-17: raw HTML in Markdown is shown as text, so it is surely not meant.
pub fn senza_html(plan: &Plan, report: &mut Report) {
    each_text(plan, |text, place| {
        if let Some((html, at)) = markdown::first_html(text) {
            report.add(
                Diagnostic::warning("C-17", "il testo contiene HTML, che sul sito si leggerà così com'è")
                    .at(place(at))
                    .label(format!("qui dentro c'è `{html}`"))
                    .help("usa il Markdown: `**grassetto**`, `*corsivo*`, `[testo](https://…)`, `- elenco`"),
            );
        }
    });
}

/// C-18: without a public address there is no canonical address, sitemap or feed.
pub fn pubblico(plan: &Plan, report: &mut Report) {
    if plan.indirizzo.is_none() {
        report.add(
            Diagnostic::warning(
                "C-18",
                "il sito non ha un indirizzo pubblico: niente `sitemap.xml`, `feed.xml` e indirizzi canonici",
            )
            .at(plan.sito_origine.value(path![]))
            .help("scrivi `indirizzo: https://…` in `sito.yaml`, o usa `--base-url`"),
        );
    }
}

fn web(address: Option<&str>, origine: &Origine, steps: impl FnOnce() -> Vec<Step>, report: &mut Report) {
    let Some(address) = address else { return };
    if !markdown::is_web_address(address) {
        report.add(
            Diagnostic::error("C-16", format!("`{address}` non è un indirizzo web"))
                .at(origine.value(steps()))
                .help("comincia con `https://` o `http://` e non ha spazi"),
        );
    }
}

fn contacts(contatti: &Contatti, origine: &Origine, steps: impl FnOnce() -> Vec<Step>, report: &mut Report) {
    web(contatti.sito.as_deref(), origine, steps, report);
}

fn source(fonte: Option<&Fonte>, origine: &Origine, report: &mut Report) {
    web(fonte.and_then(|fonte| fonte.indirizzo.as_deref()), origine, || path!["fonte", "indirizzo"], report);
}

/// Calls `visit` with every Markdown text of the records, and with what turns a part of it into a place. A text in
/// YAML has no place for its parts, since its lines are folded: the whole value stands for them.
fn each_text(plan: &Plan, mut visit: impl FnMut(&str, &dyn Fn(Range<usize>) -> Place)) {
    let pagine = plan.pagine.iter().chain(plan.periodi.iter().flat_map(|periodo| &periodo.pagine));
    for Pagina { dati, origine, .. } in pagine {
        visit(&dati.testo, &|at| Place::span(&*origine.file, dati.inizio + at.start..dati.inizio + at.end));
    }
    let mut one = |text: &Option<String>, origine: &Origine, steps: &dyn Fn() -> Vec<Step>| {
        if let Some(text) = text {
            visit(text, &|_| origine.value(steps()));
        }
    };
    for ente in &plan.enti {
        one(&ente.dati.descrizione, &ente.origine, &|| path!["descrizione"]);
    }
    for periodo in &plan.periodi {
        one(&periodo.dati.sintesi, &periodo.origine, &|| path!["sintesi"]);
        if let Some(rete) = &periodo.dati.rete {
            one(&rete.descrizione, &periodo.origine, &|| path!["rete", "descrizione"]);
            one(&rete.monitoraggio, &periodo.origine, &|| path!["rete", "monitoraggio"]);
            for (i, incontro) in rete.incontri.iter().enumerate() {
                one(&incontro.descrizione, &periodo.origine, &|| path!["rete", "incontri", i, "descrizione"]);
            }
        }
        if let Some(organismo) = &periodo.dati.organismo {
            one(&organismo.descrizione, &periodo.origine, &|| path!["organismo", "descrizione"]);
            one(&organismo.esito, &periodo.origine, &|| path!["organismo", "esito"]);
        }
        if let Some(risorse) = &periodo.risorse {
            one(&risorse.dati.nota, &risorse.origine, &|| path!["nota"]);
            if let Some(azione) = &risorse.dati.azione_di_sistema {
                one(&azione.descrizione, &risorse.origine, &|| path!["azione_di_sistema", "descrizione"]);
            }
            if let Some(riparto) = &risorse.dati.riparto {
                one(&riparto.nota, &risorse.origine, &|| path!["riparto", "nota"]);
            }
        }
        for alleanza in &periodo.alleanze {
            one(&alleanza.dati.descrizione, &alleanza.origine, &|| path!["descrizione"]);
        }
        for avviso in &periodo.avvisi {
            one(&avviso.dati.descrizione, &avviso.origine, &|| path!["descrizione"]);
            if let Some(esito) = &avviso.dati.esito {
                one(&esito.nota, &avviso.origine, &|| path!["esito", "nota"]);
            }
            one(&avviso.dati.come_partecipare, &avviso.origine, &|| path!["come_partecipare"]);
        }
        for progetto in &periodo.progetti {
            one(&progetto.dati.sintesi, &progetto.origine, &|| path!["sintesi"]);
            one(&progetto.dati.finalita, &progetto.origine, &|| path!["finalita"]);
            for (i, azione) in progetto.dati.azioni.iter().enumerate() {
                one(&azione.descrizione, &progetto.origine, &|| path!["azioni", i, "descrizione"]);
            }
            for (i, servizio) in progetto.dati.servizi.iter().enumerate() {
                one(&servizio.descrizione, &progetto.origine, &|| path!["servizi", i, "descrizione"]);
                one(&servizio.come_accedere, &progetto.origine, &|| path!["servizi", i, "come_accedere"]);
            }
        }
    }
}
