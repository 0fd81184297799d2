//! The plan as one document: its page, and the archival PDF beside it.

mod conformita;
mod fonti;
mod partner;
mod piano;
mod progetti;
pub(super) mod scrittore;

use tera::Context;

use super::piano::head;
use super::{Route, Site, parole};
use crate::confronto::dati_canonici;
use crate::input::consegne::{CODICE_COPRE, in_gruppi};
use crate::print::documento::blocchi::{Copertina, Documento, Logo, Parole, Riga, riga};
use crate::print::documento::html;
use crate::print::documento::pdf;
use crate::print::tipografia::{Guasto, Perche, Rifiuto, caratteri};
use crate::record::Passaggio;
use crate::report::{Diagnostic, Place};
use crate::theme::messaggi::capital;
use crate::value::impronta;
use scrittore::{Scrittore, atto};

pub const NOME_PDF: &str = "piano.pdf";

pub fn routes(site: &Site, p: usize, put: &mut dyn FnMut(Route)) {
    let id = &site.plan.periodi[p].id;
    put(Route::page(format!("{id}/documento/index.html"), move |site, path| pagina(site, path, p)));
    put(Route::typeset(format!("{id}/documento/{NOME_PDF}"), move |site, _| archivio(site, p)));
}

fn pagina(site: &Site, path: &str, p: usize) -> super::Rendered {
    let periodo = &site.plan.periodi[p];
    let documento = documento(site, p);
    let root = site.root_of(path);
    let mut context = Context::new();
    context.insert("copertina", &documento.copertina);
    context.insert("indice", &html::indice(&documento));
    context.insert("pezzi", &html::pezzi(&documento, &root));
    context.insert("pdf", &format!("{}/documento/{NOME_PDF}", periodo.id));
    context.insert("codice_copre", CODICE_COPRE);
    context.insert("presa_d_atto", &periodo.dati.passaggi.presa_d_atto);
    let descrizione = format!("Il {} in un solo documento, da leggere, stampare e conservare.", periodo.dati.titolo);
    let head = head(path, &site.plan, p, "Il documento del Piano", descrizione);
    site.render(head, "documento.html", &periodo.origine.file, context)
}

/// The PDF of a period.
fn archivio(site: &Site, p: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let identita = format!("{} {}", plan.sito.ats.nome, periodo.id);
    let documento = documento(site, p);
    pdf::pdf(&documento, &site.theme.documento, &plan.logo, &identita).map_err(|rifiuto| {
        Box::new(rifiutato(site, &format!("{}/documento/{NOME_PDF}", periodo.id), pdf::PRINCIPALE, rifiuto))
    })
}

/// What a product that could not be set is told with; `modello` is its template.
pub(super) fn rifiutato(site: &Site, path: &str, modello: &str, rifiuto: Rifiuto) -> Diagnostic {
    let qui = || Place::file(site.theme.modello_di_documento(modello));
    match rifiuto {
        Rifiuto::Guasto(guasto) => problema(site, path, modello, guasto),
        Rifiuto::Frase(pagine, perche) => {
            let quali = parole::elenco(pagine.iter().take(5).map(usize::to_string));
            let dove = if pagine.len() == 1 { "alla pagina" } else { "alle pagine" };
            let problem = match perche {
                Perche::Manca => format!("la frase di attribuzione manca in `{path}`"),
                perche => format!("in `{path}` la frase di attribuzione non si vede: {}", perche.detto()),
            };
            Diagnostic::error("A-01", problem).at(qui()).help(format!(
                "{dove} {quali}: il modello la mette su ognuna, intera, in lettere di almeno 6 punti e ben distinte dal fondo"
            ))
        }
        Rifiuto::Logo(perche) => {
            let problem = match perche {
                Perche::Manca => format!("in `{path}` manca il logo dell'ATS"),
                perche => format!("in `{path}` il logo dell'ATS non si vede: {}", perche.detto()),
            };
            Diagnostic::error("A-02", problem)
                .at(qui())
                .help("il modello lo mostra intero, alto e largo almeno 12 punti")
        }
    }
}

fn problema(site: &Site, path: &str, modello: &str, guasto: Guasto) -> Diagnostic {
    let problem = Diagnostic::error("M-02", format!("`{path}` non si compone: {}", guasto.messaggio));
    let problem = problem.at(match guasto.dove {
        Some((modello, span)) => Place::span(site.theme.modello_di_documento(&modello), span),
        None => Place::file(site.theme.modello_di_documento(modello)),
    });
    if guasto.consigli.is_empty() { problem } else { problem.help(guasto.consigli.join("; ")) }
}

/// All that the document of a period says.
fn documento(site: &Site, p: usize) -> Documento {
    let dati = dati_canonici(&site.plan, p);
    let codice = in_gruppi(&impronta(&dati));
    let mut testo = Scrittore::new(site, p);
    piano::sintesi(&mut testo);
    piano::narrativa(&mut testo);
    piano::rete(&mut testo);
    piano::denaro(&mut testo);
    piano::avvisi(&mut testo);
    piano::graduatoria(&mut testo);
    progetti::schede(&mut testo);
    partner::partner(&mut testo);
    conformita::rapporto(&mut testo);
    fonti::fonti(&mut testo, &codice, &caratteri::nomi_mancanti(&String::from_utf8_lossy(&dati)));
    Documento { copertina: copertina(site, p, codice), blocchi: testo.blocchi }
}

fn copertina(site: &Site, p: usize, codice: String) -> Copertina {
    let plan = &*site.plan;
    let (sito, periodo) = (&plan.sito, &plan.periodi[p]);
    let stato = periodo.dati.stato;
    let non_definitivo = parole::non_definitivo(stato).and_then(|detto| detto.split_once(": "));
    let giorno = sito.aggiornato_al.0;
    Copertina {
        titolo: periodo.dati.titolo.as_str().into(),
        sottotitolo: periodo.norma.atto.as_ref().map(|atto| format!("Secondo la {}", atto.cita()).into()),
        ente: sito.ats.nome.as_str().into(),
        ente_esteso: sito.ats.nome_esteso.as_str().into(),
        ente_superiore: sito.ente_superiore.as_ref().map(|ente| ente.nome.as_str().into()),
        periodo: format!("{}–{}", periodo.dati.periodo.dal.anno(), periodo.dati.periodo.al.anno()).into(),
        stato: capital(parole::nome(stato)).into(),
        passaggi: periodo.dati.passaggi.fatti().map(|(chiave, fatto)| passaggio(chiave, fatto)).collect(),
        non_definitivo: non_definitivo.map(|(nome, perche)| (capital(nome).into(), perche.into())),
        avvertenza: sito.avvertenza.as_deref().map(Into::into),
        aggiornato_al: sito.aggiornato_al.lunga().into(),
        data: (giorno.year(), giorno.month(), giorno.day()),
        frase: plan.frase.as_str().into(),
        logo: Logo { file: format!("logo/{}", sito.logo.file), alternativa: sito.logo.alternativa.as_str().into() },
        codice,
        indirizzo: plan.indirizzo.as_ref().map(|base| format!("{base}{}/documento/", periodo.id)),
    }
}

/// A step of the plan: `10 febbraio 2026 – Delibera n. 12 del 10 febbraio 2026 – protocollo 4321/2026`.
fn passaggio(chiave: &str, fatto: &Passaggio) -> (Parole, Riga) {
    let mut righe = riga(fatto.data.lunga());
    if let Some(con) = &fatto.atto {
        righe.push(" – ".into());
        righe.extend(atto(con));
    }
    righe.extend(fatto.protocollo.as_ref().map(|numero| format!(" – protocollo {numero}").into()));
    (parole::passaggio(chiave).into(), righe)
}
