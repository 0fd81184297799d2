//! Rules by records: how each rule went for each project, at a glance.

use tera::Value;

use super::carta::Carta;
use super::esiti::slug;
use super::rilievi::vista_soggetto;
use super::{RegolaNominata, Sezione, di_periodo};
use crate::conformita::{ESITI, Esito, Soggetto};
use crate::site::Site;

/// With more columns nobody reads a row to its end: the open data have all of them.
const COLONNE: usize = 40;

/// Nothing where there are no projects to compare, or too many to be read.
pub fn matrice(site: &Site, p: usize, sezioni: &[Sezione]) -> Option<Value> {
    let (periodo, norme, indice) = di_periodo(site, p);
    let mut soggetti: Vec<Soggetto> = Vec::new();
    for carta in sezioni.iter().flat_map(|sezione| &sezione.carte) {
        let schede = indice.schede(norme, carta.regola).into_iter();
        soggetti.extend(schede.filter(|scheda| scheda.esito != Esito::NonApplicabile).map(|scheda| scheda.soggetto));
    }
    soggetti.sort_unstable();
    soggetti.dedup();
    let progetti = soggetti.iter().filter(|soggetto| matches!(soggetto, Soggetto::Progetto(_))).count();
    if progetti == 0 || soggetti.len() > COLONNE {
        return None;
    }
    let mut visti: Vec<Esito> = Vec::new();
    let mut riga = |carta: &Carta| {
        let schede = indice.schede(norme, carta.regola);
        // Nothing where the rule has nothing to say.
        let casella = |soggetto: &Soggetto| {
            let esito = schede.iter().find(|scheda| scheda.soggetto == *soggetto)?.esito;
            visti.push(esito);
            // What was found is told on the card of the rule.
            Some(vista! { "esito": slug(esito), "parola": esito.parola(), "da_leggere": !esito.in_ordine() })
        };
        let esiti: Vec<Option<Value>> = soggetti.iter().map(casella).collect();
        let RegolaNominata { codice, ancora, titolo } = carta.nominata;
        vista! { "numero": carta.numero, "codice": codice, "ancora": ancora, "titolo": titolo, "esiti": esiti }
    };
    let gruppo = |sezione: &Sezione| {
        vista! { "norma": sezione.cita, "righe": sezione.carte.iter().map(&mut riga).collect::<Vec<_>>() }
    };
    let gruppi: Vec<Value> = sezioni.iter().map(gruppo).collect();
    let legenda = ESITI.into_iter().filter(|esito| visti.contains(esito)).map(|esito| (slug(esito), esito.parola()));
    Some(vista! {
        "colonne": soggetti.iter().map(|soggetto| vista_soggetto(periodo, *soggetto)).collect::<Vec<_>>(),
        "gruppi": gruppi,
        "legenda": legenda.collect::<Vec<_>>(),
    })
}
