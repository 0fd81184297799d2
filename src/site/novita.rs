//! What changed, for feed readers: the records say when, the build knows no clock.

use std::cmp::Reverse;

use serde::Serialize;
use tera::Context;

use super::viste::{collegamento_avviso, indirizzo_progetto};
use super::{Site, ancore::slug, base_of, schema::breve};
use crate::plan::{Periodo, Plan};
use crate::report::Diagnostic;
use crate::value::{Data, Indirizzo, euro};

/// Readers of a feed want what is new; the rest is on the pages.
const MASSIMO: usize = 100;

/// The year in the name of every entry: with the host it only says whose the name is, so it never changes.
const ANNO_DEI_NOMI: u16 = 2026;

/// Something that happened on a day.
struct Novita {
    giorno: Data,
    titolo: String,
    testo: String,
    /// From the root of the site, perhaps with a point of the page.
    indirizzo: String,
    /// Its name among all: it stays the same when the record is corrected or renamed.
    nome: String,
}

#[derive(Serialize)]
struct Voce {
    id: String,
    titolo: String,
    testo: String,
    indirizzo: String,
    giorno: Data,
}

pub fn feed(site: &Site, path: &str) -> Result<String, Box<Diagnostic>> {
    let plan = &*site.plan;
    let base = plan.indirizzo.as_deref().unwrap_or_default();
    // What is to come has not changed anything yet.
    let mut tutte: Vec<Novita> = plan.periodi.iter().flat_map(|periodo| di_periodo(plan, periodo)).collect();
    tutte.retain(|novita| novita.giorno <= plan.sito.aggiornato_al);
    tutte.sort_by(|a, b| (Reverse(a.giorno), &a.nome).cmp(&(Reverse(b.giorno), &b.nome)));
    tutte.truncate(MASSIMO);
    let voci = tutte.into_iter().map(|novita| Voce {
        id: tag(base, &novita.nome),
        titolo: novita.titolo,
        testo: novita.testo,
        indirizzo: format!("{base}{}", novita.indirizzo),
        giorno: novita.giorno,
    });
    let mut context = Context::new();
    context.insert("base", base);
    context.insert("id", &tag(base, ""));
    context.insert("percorso", path);
    context.insert("frase", &plan.frase);
    context.insert("sito", &*plan.sito);
    context.insert("novita", &voci.collect::<Vec<_>>());
    site.theme.render("feed.xml", &context, "feed.xml")
}

/// A name for ever (RFC 4151): the host, and what is named on it.
fn tag(base: &str, name: &str) -> String {
    let host = base.split("://").nth(1).unwrap_or_default();
    let host = host.split(['/', ':']).next().unwrap_or_default();
    format!("tag:{host},{ANNO_DEI_NOMI}:{}{name}", base_of(Some(base)))
}

fn di_periodo<'a>(plan: &'a Plan, periodo: &'a Periodo) -> Vec<Novita> {
    let mut novita = Vec::new();
    let dati = &*periodo.dati;
    let piano = format!("{}/", periodo.id);
    for atto in &dati.atti {
        novita.push(Novita {
            giorno: atto.data,
            titolo: format!("{}: {}", dati.titolo, atto.cita()),
            testo: atto.oggetto.clone().unwrap_or_default(),
            indirizzo: piano.clone(),
            nome: format!(
                "{}atti/{}-{}-{}",
                first(&dati.indirizzi_precedenti, &piano),
                slug(&atto.tipo),
                slug(&atto.numero),
                atto.data.anno()
            ),
        });
    }
    for incontro in dati.rete.iter().flat_map(|rete| &rete.incontri) {
        novita.push(Novita {
            giorno: incontro.data,
            titolo: format!("Incontro della rete: {}", incontro.titolo),
            testo: incontro.descrizione.as_deref().map(breve).unwrap_or_default(),
            indirizzo: format!("{piano}rete/"),
            nome: format!("{piano}rete/{}-{}", incontro.data, slug(&incontro.titolo)),
        });
    }
    for (a, avviso) in periodo.avvisi.iter().enumerate() {
        let dati = &*avviso.dati;
        let indirizzo = collegamento_avviso(periodo, a).indirizzo;
        let nome = first(&dati.indirizzi_precedenti, &indirizzo);
        let testo = dati.descrizione.as_deref().map(breve).unwrap_or_default();
        let mut add = |giorno, che: &str, titolo| {
            novita.push(Novita {
                giorno,
                titolo,
                testo: testo.clone(),
                indirizzo: indirizzo.clone(),
                nome: format!("{nome}{che}"),
            });
        };
        if let Some(atto) = &dati.atto {
            add(atto.data, "atto", format!("{}: {}", dati.titolo, atto.cita()));
        }
        if let Some(finestra) = &dati.finestra {
            add(finestra.dal.giorno(), "apertura", format!("{}: si possono presentare le domande", dati.titolo));
        }
        if let Some(atto) = dati.esito.as_ref().and_then(|esito| esito.atto.as_ref()) {
            add(atto.data, "esito", format!("{}: l'esito, {}", dati.titolo, atto.cita()));
        }
    }
    for progetto in &periodo.progetti {
        let dati = &*progetto.dati;
        let indirizzo = indirizzo_progetto(periodo, progetto);
        let nome = first(&dati.indirizzi_precedenti, &indirizzo);
        let testo = match &dati.sintesi {
            Some(sintesi) => breve(sintesi),
            None => plan.enti[periodo.capofila(progetto)].dati.nome.clone(),
        };
        let mut add = |giorno, che: &str, titolo| {
            novita.push(Novita {
                giorno,
                titolo,
                testo: testo.clone(),
                indirizzo: indirizzo.clone(),
                nome: format!("{nome}{che}"),
            });
        };
        if let Some(atto) = &dati.atti.concessione {
            add(atto.data, "concessione", format!("Contributo a «{}»: {}", dati.titolo, atto.cita()));
        }
        if let Some(giorno) = dati.pubblicato_il {
            add(giorno, "pubblicazione", format!("Pubblicata la concessione a «{}»", dati.titolo));
        }
        for pagamento in &dati.pagamenti {
            let che = format!("pagamento-{}", pagamento.data);
            add(pagamento.data, &che, format!("Pagamento a «{}»: {}", dati.titolo, euro(pagamento.importo)));
        }
    }
    novita
}

/// The first address that a record had: a new one does not make its news new.
fn first<'a>(before: &'a [Indirizzo], now: &'a str) -> &'a str {
    before.first().map_or(now, |old| old.as_str().trim_start_matches('/'))
}
