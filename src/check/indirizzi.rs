//! Addresses and texts that end up in links: only safe schemes, no HTML in Markdown.

use super::brani;
use crate::markdown;
use crate::path;
use crate::plan::{Origine, Plan};
use crate::record::{Contatti, Fonte};
use crate::report::{Diagnostic, Report, Step};

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
    brani::each(plan, |brano| {
        for (target, at) in markdown::refused_links(brano.testo) {
            report.add(
                Diagnostic::error("C-16", format!("il collegamento a `{target}` non è ammesso"))
                    .at(brano.place(at))
                    .help("si può collegare a `https://…`, `http://…`, `mailto:…`, `tel:…` o a una pagina del sito"),
            );
        }
    });
}

/// C-17: raw HTML in Markdown is shown as text, so it is surely not meant.
pub fn senza_html(plan: &Plan, report: &mut Report) {
    brani::each(plan, |brano| {
        if let Some((html, at)) = markdown::first_html(brano.testo) {
            report.add(
                Diagnostic::warning("C-17", "il testo contiene HTML, che sul sito si leggerà così com'è")
                    .at(brano.place(at))
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
