//! What the rules of the norms say of a plan, rule by rule: the page of a period.
//!
//! What breaks a binding rule stops the publication before this: a page tells what is respected, what an act allows,
//! and what somebody still has to look at or to say.

mod carta;
mod dati_aperti;
mod esiti;
mod leggibile;
mod matrice;
mod rilievi;
mod scheda;

use serde::Serialize;
use tera::Value;

pub use carta::gravita;
pub use dati_aperti::detti;
pub use scheda::{regole_del_piano, regole_di};

use super::Site;
use super::engine::Foglio;
use super::indice_regole::{Indice, NumeroDiRegola, regola};
use super::viste::{VistaNorma, collegamento_avviso};
use crate::conformita::{ESITI, Esito, EsitoNorma, Soggetto, deroghe_di, sostituzioni, verdetto};
use crate::plan::{Periodo, Sostituzione};
use crate::record::Regola;
use carta::Carta;
use esiti::{significato, slug};
use rilievi::vista_soggetto;

/// The records that a rule, or the list of waivers, names one by one; the open data have all of them.
const SHOWN_RECORDS: usize = 60;

/// The address of the page of a period.
pub fn indirizzo(periodo: &Periodo) -> String {
    format!("{}/conformita/", periodo.id)
}

/// A norm that binds the period, and its rules.
pub struct Sezione<'a> {
    cita: String,
    carte: Vec<Carta<'a>>,
    /// What the page shows.
    vista: Value,
}

/// A period, its norms as they went, and where their rules are shown.
fn di_periodo(site: &Site, p: usize) -> (&Periodo, &[EsitoNorma], &Indice) {
    (&site.plan.periodi[p], &site.conformita.periodi[p], &site.indici[p])
}

/// A rule, where it is only named.
#[derive(Clone, Copy, Serialize)]
pub struct RegolaNominata<'a> {
    pub codice: &'a str,
    pub ancora: &'a str,
    pub titolo: &'a str,
}

impl<'a> RegolaNominata<'a> {
    fn di(site: &'a Site, p: usize, numero: NumeroDiRegola) -> Self {
        let Regola { codice, titolo, .. } = regola(&site.conformita.periodi[p], numero);
        RegolaNominata { codice, ancora: site.indici[p].ancora(numero), titolo }
    }
}

pub fn pagina(foglio: &mut Foglio, p: usize) {
    let (site, periodo) = (foglio.site, foglio.periodo(p));
    let sezioni = sezioni(site, p);
    let mut deroghe = deroghe(site, p);
    foglio.insert("verdetto", &verdetto(&site.plan, &site.conformita, p));
    foglio.insert("numero_regole", &sezioni.iter().map(|sezione| sezione.carte.len()).sum::<usize>());
    foglio.insert("per_esito", &per_esito(&sezioni));
    foglio.insert("altre_deroghe", &deroghe.len().saturating_sub(SHOWN_RECORDS));
    deroghe.truncate(SHOWN_RECORDS);
    foglio.insert("deroghe", &deroghe);
    foglio.insert("matrice", &matrice::matrice(site, p, &sezioni));
    foglio.insert("sezioni", &sezioni.into_iter().map(|sezione| sezione.vista).collect::<Vec<_>>());
    let cambiate = sostituzioni(&site.plan, p).into_iter();
    foglio.insert("sostituzioni", &cambiate.map(Sostituzione::detta).collect::<Vec<_>>());
    foglio.insert("chi_puo_accedere", &periodo.norma.destinatari.is_some());
}

fn sezioni(site: &Site, p: usize) -> Vec<Sezione<'_>> {
    let plan = &*site.plan;
    let (periodo, norme, indice) = di_periodo(site, p);
    let mut numeri = 1..;
    let sezione = |n: usize| {
        let (id, norma) = plan.norme.get_key_value(&norme[n].id)?;
        let names_it = |a: &usize| periodo.avvisi[*a].dati.norma.as_ref() == Some(id);
        let avvisi = (0..periodo.avvisi.len()).filter(names_it).map(|a| collegamento_avviso(periodo, a));
        let carte = indice.carte(n).zip(&mut numeri).map(|(di, numero)| Carta::of(site, p, di, numero));
        let carte: Vec<Carta> = carte.collect();
        let vista = vista! {
            "norma": VistaNorma::of(id, norma),
            "vale_sempre": norma.vale_sempre,
            "del_piano": *id == periodo.dati.norma,
            "estende": norma.estende.as_ref().and_then(|base| VistaNorma::found(plan, base)),
            // The calls that name it.
            "avvisi": avvisi.collect::<Vec<_>>(),
            "carte": carte.iter().map(|carta| &carta.vista).collect::<Vec<_>>(),
            "conteggi": scheda::conteggi(carte.iter().map(|carta| carta.di_tutte)),
        };
        (!carte.is_empty()).then(|| Sezione { cita: norma.cita(), carte, vista })
    };
    (0..norme.len()).filter_map(sezione).collect()
}

/// Every waiver that a record states, each with its reason and its act, also one that waives nothing: who wrote it is told
/// so by `check`.
fn deroghe(site: &Site, p: usize) -> Vec<Value> {
    let (periodo, norme, indice) = di_periodo(site, p);
    let soggetti = std::iter::once(Soggetto::Piano)
        .chain((0..periodo.avvisi.len()).map(Soggetto::Avviso))
        .chain((0..periodo.progetti.len()).map(Soggetto::Progetto));
    let mut tutte = Vec::new();
    for soggetto in soggetti {
        let (scritte, _) = deroghe_di(periodo, soggetto);
        // Nearly no record has one: the others are not looked up.
        if scritte.is_empty() {
            continue;
        }
        let dette = indice.di(norme, soggetto);
        for (i, deroga) in scritte.iter().enumerate() {
            let mut sue = dette.iter().filter(|(numero, _)| regola(norme, *numero).codice == deroga.regola);
            let serve = sue.clone().any(|(_, scheda)| scheda.deroga == Some(i));
            tutte.push(vista! {
                "codice": deroga.regola,
                "regola": sue.next().map(|(numero, _)| RegolaNominata::di(site, p, *numero)),
                "soggetto": vista_soggetto(periodo, soggetto),
                "deroga": deroga,
                // Without it the record would not respect the rule.
                "serve": serve,
            });
        }
    }
    tutte
}

/// The rules with one outcome.
fn per_esito(sezioni: &[Sezione]) -> Vec<Value> {
    let of = |esito: Esito| {
        let carte = sezioni.iter().flat_map(|sezione| &sezione.carte).filter(|carta| carta.di_tutte == esito);
        let regole: Vec<RegolaNominata> = carte.map(|carta| carta.nominata).collect();
        (!regole.is_empty()).then(|| {
            vista! {
                "esito": slug(esito),
                "numero": regole.len(),
                "parola": esito.di_regole(regole.len()),
                // Nothing of it is to be looked at.
                "in_ordine": esito.in_ordine(),
                "significato": significato(esito),
                "regole": regole,
            }
        })
    };
    ESITI.into_iter().filter_map(of).collect()
}
