//! One rule of a period on its card.

use std::cmp::Reverse;

use serde::Serialize;

use super::esiti::{Conteggio, conteggi, heaviest};
use super::rilievi::{Gruppo, VistaSoggetto, gruppi, vista_soggetto};
use super::{RegolaNominata, SHOWN_RECORDS};
use crate::conformita::{Esito, EsitoNorma, citazione};
use crate::record::{Mostra, Regola};
use crate::site::filtri::{Filtro, filtro};
use crate::site::indice_regole::{NumeroDiRegola, Scheda, regola};
use crate::site::viste::indirizzo_regola;
use crate::site::{Site, parole};

#[derive(Serialize)]
pub struct Carta<'a> {
    #[serde(skip)]
    pub regola: NumeroDiRegola,
    /// Its place among the rules of the page.
    pub numero: usize,
    pub filtri: Vec<Filtro>,
    #[serde(flatten)]
    pub nominata: RegolaNominata<'a>,
    /// The rule on the page of its norm.
    pub indirizzo: String,
    pub citazione: String,
    pub gravita: Option<&'static str>,
    pub perche: &'a str,
    /// The outcome of the whole.
    #[serde(skip)]
    pub di_tutte: Esito,
    pub conteggi: Vec<Conteggio>,
    pub gruppi: Vec<Gruppo<'a>>,
    pub rispettata_da: Vec<VistaSoggetto<'a>>,
    /// Records that are not named here.
    pub altre: usize,
    pub mostra: Option<Mostra>,
}

impl<'a> Carta<'a> {
    pub fn of(site: &'a Site, p: usize, numero: NumeroDiRegola) -> Self {
        let periodo = &site.plan.periodi[p];
        let norme = &site.conformita.periodi[p];
        let (EsitoNorma { id, norma, .. }, regola) = (&norme[numero.0], regola(norme, numero));
        let schede = site.indici[p].schede(norme, numero);
        let conteggi = conteggi(&schede);
        let heaviest = heaviest(&schede);
        let (mut found, rest): (Vec<Scheda>, Vec<Scheda>) =
            schede.into_iter().partition(|scheda| !scheda.esito.in_ordine());
        // The heaviest first; within an outcome the order of the plan stays.
        found.sort_by_key(|scheda| Reverse(scheda.esito));
        let mut altre = found.len().saturating_sub(SHOWN_RECORDS);
        found.truncate(SHOWN_RECORDS);
        let fine = rest
            .iter()
            .filter(|scheda| matches!(scheda.esito, Esito::Rispettata | Esito::Dichiarata | Esito::Presente));
        let mut fine: Vec<VistaSoggetto> = fine.map(|scheda| vista_soggetto(periodo, scheda.soggetto)).collect();
        // The records in order are named all or not at all: some sixty of ten thousand would tell nothing.
        if found.len() + fine.len() > SHOWN_RECORDS {
            altre += fine.len();
            fine.clear();
        }
        Carta {
            regola: numero,
            numero: 0,
            // By the outcome that the page counts, and whose rule it is.
            filtri: vec![filtro("esito", [heaviest.parola()]), filtro("norma", [norma.cita()])],
            nominata: RegolaNominata::di(site, p, numero),
            indirizzo: indirizzo_regola(id, regola),
            citazione: citazione(norma, regola),
            gravita: gravita(regola),
            perche: &regola.perche,
            di_tutte: heaviest,
            conteggi,
            gruppi: gruppi(&site.plan, periodo, &found),
            rispettata_da: fine,
            altre,
            mostra: regola.informazione.as_ref().map(|dati| dati.mostra),
        }
    }
}

/// What breaking a rule leads to; one that nobody can break has none.
pub fn gravita(regola: &Regola) -> Option<&'static str> {
    let informs = regola.informazione.as_ref().is_some_and(|dati| dati.mostra != Mostra::Attribuzione);
    (!informs).then(|| parole::nome(regola.gravita))
}
