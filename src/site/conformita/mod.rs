//! What the rules of the norms say of a plan, rule by rule: the page of a period.
//!
//! What breaks a binding rule stops the publication before this: a page tells what is respected, what an act allows,
//! and what somebody still has to look at or to say.

mod carta;
mod dati_aperti;
mod deroghe;
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
use super::indice_regole::{NumeroDiRegola, regola};
use super::viste::{Collegamento, VistaNorma, collegamento_avviso};
use crate::conformita::{ESITI, Esito, sostituzioni, verdetto};
use crate::plan::{Periodo, Sostituzione};
use crate::record::Regola;
use carta::Carta;
use esiti::{significato, slug};

/// The records that a rule, or the list of waivers, names one by one; the open data have all of them.
const SHOWN_RECORDS: usize = 60;

/// The address of the page of a period.
pub fn indirizzo(periodo: &Periodo) -> String {
    format!("{}/conformita/", periodo.id)
}

/// A norm that binds the period, and its rules.
#[derive(Serialize)]
pub struct Sezione<'a> {
    pub norma: VistaNorma<'a>,
    pub vale_sempre: bool,
    pub del_piano: bool,
    pub estende: Option<VistaNorma<'a>>,
    /// The calls that name it.
    pub avvisi: Vec<Collegamento<'a>>,
    pub carte: Vec<Carta<'a>>,
    pub conteggi: Vec<Value>,
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
    let mut sezioni = sezioni(site, p);
    for (carta, numero) in sezioni.iter_mut().flat_map(|sezione| &mut sezione.carte).zip(1..) {
        carta.numero = numero;
    }
    let mut deroghe = deroghe::deroghe(site, p);
    foglio.insert("verdetto", &verdetto(&site.plan, &site.conformita, p));
    foglio.insert("numero_regole", &sezioni.iter().map(|sezione| sezione.carte.len()).sum::<usize>());
    foglio.insert("per_esito", &per_esito(&sezioni));
    foglio.insert("altre_deroghe", &deroghe.len().saturating_sub(SHOWN_RECORDS));
    deroghe.truncate(SHOWN_RECORDS);
    foglio.insert("deroghe", &deroghe);
    foglio.insert("matrice", &matrice::matrice(site, p, &sezioni));
    foglio.insert("sezioni", &sezioni);
    let cambiate = sostituzioni(&site.plan, p).into_iter();
    foglio.insert("sostituzioni", &cambiate.map(Sostituzione::detta).collect::<Vec<_>>());
    foglio.insert("chi_puo_accedere", &periodo.norma.destinatari.is_some());
}

fn sezioni(site: &Site, p: usize) -> Vec<Sezione<'_>> {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let sezione = |n: usize| {
        let (id, norma) = plan.norme.get_key_value(&site.conformita.periodi[p][n].id)?;
        let names_it = |a: &usize| periodo.avvisi[*a].dati.norma.as_ref() == Some(id);
        let carte: Vec<Carta> = site.indici[p].carte(n).map(|numero| Carta::of(site, p, numero)).collect();
        (!carte.is_empty()).then(|| Sezione {
            norma: VistaNorma::of(id, norma),
            vale_sempre: norma.vale_sempre,
            del_piano: *id == periodo.dati.norma,
            estende: norma.estende.as_ref().and_then(|base| VistaNorma::found(plan, base)),
            avvisi: (0..periodo.avvisi.len()).filter(names_it).map(|a| collegamento_avviso(periodo, a)).collect(),
            conteggi: scheda::conteggi(carte.iter().map(|carta| carta.di_tutte)),
            carte,
        })
    };
    (0..site.conformita.periodi[p].len()).filter_map(sezione).collect()
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
