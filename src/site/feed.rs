//! What changed, for feed readers: the records say when, the build knows no clock.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use tera::{Context, Value};

use super::ancore::slug;
use super::engine::{Rendered, Site, base_of, breve};
use super::viste::{collegamento_avviso, indirizzo_progetto};
use super::vita;
use crate::plan::{Periodo, Plan};
use crate::record::{Atto, Cosa};
use crate::schema;
use crate::value::{Data, Indirizzo};

/// Readers of a feed want what is new; the rest is on the pages.
const MASSIMO: usize = 100;

/// The year in the `tag:` of every entry (RFC 4151): any in which the host was ours, so it never changes.
const ANNO_DEI_NOMI: u16 = 2026;

/// Something that happened on a day.
struct Novita {
    giorno: Data,
    titolo: String,
    testo: String,
    /// From the root of the site, perhaps with a point of the page.
    indirizzo: String,
    /// Its `tag:` without the host: it stays the same when the record is corrected or renamed.
    nome: String,
}

/// The record that several news are about.
struct Soggetto {
    testo: String,
    indirizzo: String,
    nome: String,
}

impl Soggetto {
    fn novita(&self, giorno: Data, che: &str, titolo: String) -> Novita {
        let Soggetto { testo, indirizzo, nome } = self;
        Novita { giorno, titolo, testo: testo.clone(), indirizzo: indirizzo.clone(), nome: format!("{nome}{che}") }
    }
}

pub fn feed(site: &Site, path: &str) -> Rendered {
    let plan = &*site.plan;
    let base = plan.indirizzo.as_deref().unwrap_or_default();
    // Days still to come are not news yet.
    let mut tutte: Vec<Novita> = plan.periodi.iter().flat_map(|periodo| di_periodo(plan, periodo)).collect();
    tutte.retain(|novita| novita.giorno <= plan.sito.aggiornato_al);
    tutte.sort_by(|a, b| (Reverse(a.giorno), &a.nome).cmp(&(Reverse(b.giorno), &b.nome)));
    tutte.truncate(MASSIMO);
    let voce = |novita: &Novita| {
        vista! {
            "id": tag(base, &novita.nome),
            "titolo": novita.titolo,
            "testo": novita.testo,
            "indirizzo": format!("{base}{}", novita.indirizzo),
            "giorno": novita.giorno,
        }
    };
    let mut context = Context::new();
    context.insert("base", base);
    context.insert("id", &tag(base, ""));
    context.insert("percorso", path);
    context.insert("frase", &plan.frase);
    context.insert("sito", &*plan.sito);
    let sito = &*plan.sito;
    context.insert("autore", &if sito.e_dell_ats() { sito.ats.nome.clone() } else { sito.chi_pubblica() });
    context.insert("novita", &tutte.iter().map(voce).collect::<Vec<Value>>());
    site.theme.render("feed.xml", &context, "feed.xml")
}

fn tag(base: &str, name: &str) -> String {
    let host = base.split("://").nth(1).unwrap_or_default();
    let host = host.split(['/', ':']).next().unwrap_or_default();
    format!("tag:{host},{ANNO_DEI_NOMI}:{}{name}", base_of(Some(base)))
}

fn di_periodo<'a>(plan: &'a Plan, periodo: &'a Periodo) -> Vec<Novita> {
    let mut novita = Vec::new();
    let dati = &*periodo.dati;
    let piano = format!("{}/", periodo.id);
    for (atto, giorno) in dati.atti.iter().filter_map(|atto| Some((atto, atto.giorno()?))) {
        let nome = format!("{}atti/", first(&dati.indirizzi_precedenti, &piano));
        let di = Soggetto { testo: atto.oggetto.clone().unwrap_or_default(), indirizzo: piano.clone(), nome };
        let numero = slug(atto.numero.as_deref().unwrap_or("senza-numero"));
        let che = format!("{}-{numero}-{}", slug(&atto.tipo), giorno.anno());
        novita.push(di.novita(giorno, &che, format!("{}: {}", dati.titolo, atto.cita())));
    }
    // What has no day of its own has no place among the news.
    let incontri = dati.rete.iter().flat_map(|rete| &rete.incontri);
    for (incontro, giorno) in incontri.filter_map(|incontro| Some((incontro, incontro.data.giorno()?))) {
        let testo = incontro.descrizione.as_deref().map(breve).unwrap_or_default();
        let di = Soggetto { testo, indirizzo: format!("{piano}rete/"), nome: format!("{piano}rete/") };
        let che = format!("{giorno}-{}", slug(&incontro.titolo));
        novita.push(di.novita(giorno, &che, format!("Incontro della rete: {}", incontro.titolo)));
    }
    for (a, avviso) in periodo.avvisi.iter().enumerate() {
        let dati = &*avviso.dati;
        let indirizzo = collegamento_avviso(periodo, a).indirizzo;
        let nome = first(&dati.indirizzi_precedenti, &indirizzo).to_owned();
        let di = Soggetto { testo: dati.descrizione.as_deref().map(breve).unwrap_or_default(), indirizzo, nome };
        let titolo = &dati.titolo;
        let dell_atto = |atto: &Atto, che, parole: String| Some(di.novita(atto.giorno()?, che, parole));
        novita
            .extend(dati.atto.iter().filter_map(|atto| dell_atto(atto, "atto", format!("{titolo}: {}", atto.cita()))));
        novita.extend(dati.finestra.iter().map(|finestra| {
            di.novita(finestra.dal.giorno(), "apertura", format!("{titolo}: si possono presentare le domande"))
        }));
        let esito = dati.esito.iter().filter_map(|esito| esito.atto.as_ref());
        novita.extend(esito.filter_map(|atto| dell_atto(atto, "esito", format!("{titolo}: l'esito, {}", atto.cita()))));
    }
    for progetto in &periodo.progetti {
        let dati = &*progetto.dati;
        let indirizzo = indirizzo_progetto(periodo, progetto);
        let nome = first(&dati.indirizzi_precedenti, &indirizzo).to_owned();
        let capofila = || plan.enti[periodo.capofila(progetto)].dati.nome.clone();
        let di = Soggetto { testo: dati.sintesi.as_deref().map_or_else(capofila, breve), indirizzo, nome };
        let titolo = &dati.titolo;
        novita.extend(dati.atti.concessione.iter().filter_map(|atto| {
            Some(di.novita(atto.giorno()?, "concessione", format!("Contributo a «{titolo}»: {}", atto.cita())))
        }));
        let eventi = dati.eventi.iter().filter(|evento| evento.cosa != Cosa::Concessione);
        let mut nomi = BTreeMap::new();
        // Of two of a day the second has a number: a name is of one thing.
        let mut unico = |nome: String| {
            let volta = nomi.entry(nome.clone()).and_modify(|volta| *volta += 1).or_insert(1);
            if *volta == 1 { nome } else { format!("{nome}-{volta}") }
        };
        for evento in eventi {
            let che = unico(format!("{}-{}", slug(schema::nome(evento.cosa)), evento.data));
            novita.push(di.novita(evento.data, &che, format!("«{titolo}»: {}", vita::fatto(evento, None))));
        }
        novita.extend(
            dati.pubblicato_il
                .map(|giorno| di.novita(giorno, "pubblicazione", format!("Pubblicata la concessione a «{titolo}»"))),
        );
        for pagamento in &dati.pagamenti {
            let che = unico(format!("pagamento-{}", pagamento.data));
            let ente = pagamento.ente.as_ref().and_then(|id| plan.ente(id)).map(|ente| ente.dati.nome.as_str());
            novita.push(di.novita(pagamento.data, &che, format!("«{titolo}»: {}", vita::pagato(pagamento, ente))));
        }
    }
    novita
}

/// The first address that a record had: a new one does not make its news new.
fn first<'a>(before: &'a [Indirizzo], now: &'a str) -> &'a str {
    before.first().map_or(now, |old| old.as_str().trim_start_matches('/'))
}
