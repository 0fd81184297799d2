//! One rule of a period on its card.

use std::cmp::Reverse;

use tera::Value;

use super::esiti::{conteggi, heaviest, slug};
use super::rilievi::{gruppi, vista_soggetto};
use super::{RegolaNominata, SHOWN_RECORDS, di_periodo};
use crate::conformita::{Esito, EsitoNorma, citazione};
use crate::record::{Mostra, Regola};
use crate::site::filtri::filtro;
use crate::site::indice_regole::{NumeroDiRegola, Scheda, regola};
use crate::site::viste::indirizzo_regola;
use crate::site::{Site, parole};

pub struct Carta<'a> {
    pub regola: NumeroDiRegola,
    /// Its place among the rules of the page.
    pub numero: usize,
    pub nominata: RegolaNominata<'a>,
    /// The outcome of the whole.
    pub di_tutte: Esito,
    /// What the page shows.
    pub vista: Value,
}

impl<'a> Carta<'a> {
    pub fn of(site: &'a Site, p: usize, di: NumeroDiRegola, numero: usize) -> Self {
        let (periodo, norme, indice) = di_periodo(site, p);
        let (EsitoNorma { id, norma, .. }, regola) = (&norme[di.0], regola(norme, di));
        let schede = indice.schede(norme, di);
        let conteggi = conteggi(&schede);
        let di_tutte = heaviest(&schede);
        let is_told = |scheda: &Scheda| !scheda.esito.in_ordine() || !scheda.rilievi.is_empty();
        let (mut found, rest): (Vec<Scheda>, Vec<Scheda>) = schede.into_iter().partition(is_told);
        // The heaviest first; within an outcome the order of the plan stays.
        found.sort_by_key(|scheda| Reverse(scheda.esito));
        let mut altre = found.len().saturating_sub(SHOWN_RECORDS);
        found.truncate(SHOWN_RECORDS);
        let fine = rest
            .iter()
            .filter(|scheda| matches!(scheda.esito, Esito::Rispettata | Esito::Dichiarata | Esito::Presente));
        let mut fine: Vec<Value> = fine.map(|scheda| vista_soggetto(periodo, scheda.soggetto)).collect();
        // The records in order are named all or not at all: some sixty of ten thousand would tell nothing.
        if found.len() + fine.len() > SHOWN_RECORDS {
            altre += fine.len();
            fine.clear();
        }
        let conteggio = |(esito, testo)| vista! { "esito": slug(esito), "testo": testo };
        let nominata = RegolaNominata::di(site, p, di);
        let vista = vista! {
            "numero": numero,
            // By the outcome that the page counts, and whose rule it is.
            "filtri": [filtro("esito", [di_tutte.parola()]), filtro("norma", [norma.cita()])],
            // The rule on the page of its norm.
            "indirizzo": indirizzo_regola(id, regola),
            "citazione": citazione(norma, regola),
            "gravita": gravita(regola),
            "perche": regola.perche,
            "conteggi": conteggi.into_iter().map(conteggio).collect::<Vec<_>>(),
            "gruppi": gruppi(&site.plan, periodo, &found),
            "rispettata_da": fine,
            // Records that are not named here.
            "altre": altre,
            "mostra": regola.informazione.as_ref().map(|dati| dati.mostra),
            ..&nominata
        };
        Carta { regola: di, numero, nominata, di_tutte, vista }
    }
}

/// What breaking a rule leads to; one that nobody can break has none.
pub fn gravita(regola: &Regola) -> Option<&'static str> {
    let informs = regola.informazione.as_ref().is_some_and(|dati| dati.mostra != Mostra::Attribuzione);
    (!informs).then(|| parole::nome(regola.gravita))
}
