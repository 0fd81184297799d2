//! The plan as one document: its page, and the archival PDF beside it.

mod capitoli;
mod conto;
mod fonti;

use std::cell::Cell;
use std::collections::BTreeSet;

use super::engine::{Edizione, Foglio, Page, Route, Serve, Site, briciola, rifiutato};
use super::viste::indirizzo_progetto;
use super::{parole, piano};
use crate::confronto::dati_canonici;
use crate::input::consegne::{CODICE_COPRE, in_gruppi};
use crate::print::documento::albero::{self, Errore, Nodo};
use crate::print::documento::blocchi::{Blocco, Copertina, Documento, Logo, Voce};
use crate::print::documento::mappa::Riferimenti;
use crate::print::documento::pdf::Archivio;
use crate::print::documento::titoli::{Numeri, ancore};
use crate::print::opera::{Opera, compi};
use crate::report::{Diagnostic, Place};
use crate::theme::messaggi::capital;
use crate::value::impronta;
use capitoli::Capitoli;

pub const NOME_PDF: &str = "piano.pdf";

pub fn routes(site: &Site, p: usize, put: &mut dyn FnMut(Route)) {
    let periodo = &site.plan.periodi[p];
    let (id, titolo) = (&periodo.id, &periodo.dati.titolo);
    // A site that is not the agency's has no text of a plan: it has what the sources tell of it.
    let che_cosa = if site.plan.sito.avvertenza.is_some() { "Ciò che queste pagine dicono" } else { "Il testo" };
    let del_piano = parole::del_piano(titolo);
    let page = Page::new("Il documento del Piano", "documento.html", &periodo.origine.file)
        .detta(format!("{che_cosa} {del_piano} in un solo documento, da leggere, stampare e conservare."));
    let page = Page { briciole: vec![briciola(titolo, format!("{id}/"))], periodo: Some(p), ..page };
    put(page.route_con(format!("{id}/documento/index.html"), Serve::Edizione(p), move |foglio, condivisi| {
        pagina(foglio, p, condivisi.edizione(p, foglio.path)?);
        Ok(())
    }));
    put(Route::typeset(format!("{id}/documento/{NOME_PDF}"), Serve::Edizione(p), move |site, path, condivisi| {
        Ok(Box::new(archivio(site, p, condivisi.edizione(p, path)?)))
    }));
}

fn pagina(foglio: &mut Foglio, p: usize, edizione: &Edizione) {
    let (site, periodo) = (foglio.site, foglio.periodo(p));
    let Edizione { in_breve, pagine, documento } = edizione;
    // Where the site has no such page, the heading stands there without a link.
    let voce = |voce: Voce| {
        let pagina = pagine.get(voce.ancora).filter(|pagina| site.routes.contains_key(&format!("{pagina}index.html")));
        vista! { "livello": voce.livello, "numero": voce.numero, "testo": voce.testo, "pagina": pagina }
    };
    foglio.insert("copertina", &documento.copertina);
    foglio.insert("indice", &documento.indice().into_iter().map(voce).collect::<Vec<_>>());
    foglio.insert("in_breve", in_breve);
    foglio.insert("pdf", &format!("{}/documento/{NOME_PDF}", periodo.id));
    foglio.insert("codice_copre", CODICE_COPRE);
    foglio.insert("presa_d_atto", &periodo.dati.passaggi.presa_d_atto);
}

/// The PDF of a period.
fn archivio<'a>(site: &'a Site, p: usize, edizione: &'a Edizione) -> Archivio<'a> {
    let plan = &*site.plan;
    let identita = format!("{} {}", plan.sito.ats.nome, plan.periodi[p].id);
    Archivio { documento: &edizione.documento, modelli: &site.theme.documento, logo: &plan.logo, identita }
}

/// The file of the sheet of a project.
pub fn nome_di_scheda(progetto: &str) -> String {
    format!("progetto-{progetto}.pdf")
}

/// The sheet of a project alone, under the cover of its plan.
pub fn scheda_in_pdf(site: &Site, p: usize, i: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
    let plan = &*site.plan;
    let (periodo, progetto) = (&plan.periodi[p], &plan.periodi[p].progetti[i]);
    let identita = format!("{} {} {}", plan.sito.ats.nome, periodo.id, progetto.id);
    let Edizione { documento, .. } = edizione(site, p, Some(i))?;
    let archivio = Archivio { documento: &documento, modelli: &site.theme.documento, logo: &plan.logo, identita };
    let fatta = compi(&archivio, |_| None);
    let nome = nome_di_scheda(progetto.id.as_str());
    Ok(fatta.map_err(|rifiuto| rifiutato(site, &nome, archivio.modello(), rifiuto))?.bytes)
}

/// The parts of the document, or the sheet of one project, as markup for the page and as blocks for the typesetter.
pub fn edizione(site: &Site, p: usize, solo: Option<usize>) -> Result<Edizione, Box<Diagnostic>> {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let codice = in_gruppi(&impronta(&dati_canonici(plan, p)));
    let mut capitoli = match solo {
        None => Capitoli::di(site, p, &codice),
        Some(i) => Capitoli::di_progetto(site, p, i),
    };
    let rese = capitoli.parti()?;
    let path = format!("{}/documento/index.html", periodo.id);
    let mut contesto = site.context_of(&path, |foglio| piano::panoramica(foglio, p));
    let progetto = solo.map(|i| &periodo.progetti[i]);
    let pagina =
        progetto.map_or_else(|| format!("{}/documento/", periodo.id), |progetto| indirizzo_progetto(periodo, progetto));
    contesto.insert("del_progetto", &progetto.map(|progetto| &*progetto.dati.titolo));
    contesto.insert("indirizzo", &plan.indirizzo.as_ref().map(|base| format!("{base}{pagina}")));
    if let Some(progetto) = progetto {
        contesto.insert("stato_nome", parole::nome(progetto.dati.stato()));
    }
    capitoli.capitolo("copertina", contesto);
    let facciata = capitoli.parti()?.concat();
    let radice = site.root_of(&path);
    // The trees are large: keeping all of them would cost more than reading each a second time, below.
    let mut titoli = BTreeSet::new();
    for html in &rese {
        titoli.extend(ancore(&leggi(site, html)?));
    }
    let riferimenti = Riferimenti {
        radice: &radice,
        indirizzo: plan.indirizzo.as_deref(),
        ancore: &titoli,
        schede: &capitoli.schede,
        grafici: &capitoli.grafici,
        in_testo: Cell::new(false),
    };
    let mut numeri = Numeri::default();
    let mut blocchi = |html: &str| {
        riferimenti.blocchi(&leggi(site, html)?, &mut numeri).map_err(|errore| non_composto(site, html, errore))
    };
    let (mut prima, mut corpo) = (Vec::new(), Vec::new());
    for (i, html) in rese.iter().enumerate() {
        if i == 0 && solo.is_none() { &mut prima } else { &mut corpo }.extend(blocchi(html)?);
    }
    let facciata = blocchi(&facciata)?;
    let titolo = solo.map_or(&periodo.dati.titolo, |i| &periodo.progetti[i].dati.titolo);
    let copertina = copertina(site, p, titolo, codice, facciata);
    let pagine = capitoli.schede.into_iter().map(|(pagina, ancora)| (ancora, pagina)).collect();
    let in_breve = if solo.is_none() { rese.into_iter().next().unwrap_or_default() } else { String::new() };
    Ok(Edizione { in_breve, pagine, documento: Documento { copertina, prima, blocchi: corpo } })
}

fn leggi<'h>(site: &Site, html: &'h str) -> Result<Vec<Nodo<'h>>, Box<Diagnostic>> {
    albero::leggi(html).map_err(|errore| non_composto(site, html, errore))
}

/// Markup that the document cannot be made of, at the place in the template where that can be told.
fn non_composto(site: &Site, html: &str, errore: Errore) -> Box<Diagnostic> {
    let problema = Diagnostic::error("M-02", format!("il documento non si compone: {}", errore.perche));
    let problema = match site.theme.find(html, errore.posto) {
        Some((file, span)) => problema.at(Place::span(file, span)),
        None => problema,
    };
    Box::new(problema.help(
        "gli elementi del documento sono in `themes/README.md`; ciò che è solo per la pagina ha `data-stampa=\"solo-pagina\"`",
    ))
}

fn copertina(site: &Site, p: usize, titolo: &str, codice: String, righe: Vec<Blocco>) -> Copertina {
    let plan = &*site.plan;
    let (sito, periodo) = (&plan.sito, &plan.periodi[p]);
    let stato = periodo.dati.stato;
    let non_definitivo = parole::non_definitivo(periodo).and_then(|detto| detto.split_once(": "));
    let giorno = sito.aggiornato_al.0;
    Copertina {
        titolo: titolo.into(),
        ente: sito.ats.nome.as_str().into(),
        ente_esteso: sito.ats.nome_esteso.as_str().into(),
        autore: sito.chi_pubblica().into(),
        ente_superiore: sito.ente_superiore.as_ref().map(|ente| ente.nome.as_str().into()),
        periodo: format!("{}–{}", periodo.dati.periodo.dal.anno(), periodo.dati.periodo.al.anno()).into(),
        stato: capital(parole::nome(stato)).into(),
        righe,
        non_definitivo: non_definitivo.map(|(nome, perche)| (capital(nome).into(), perche.into())),
        avvertenza: sito.avvertenza.as_deref().map(Into::into),
        aggiornato_al: sito.aggiornato_al.lunga().into(),
        data: (giorno.year(), giorno.month(), giorno.day()),
        frase: plan.frase.as_str().into(),
        logo: Logo { file: format!("logo/{}", sito.logo.file), alternativa: sito.logo.alternativa.as_str().into() },
        codice,
    }
}
