//! Rules by records: how each rule went for each project, at a glance.

use serde::Serialize;

use super::Sezione;
use super::esiti::slug;
use super::rilievi::{VistaSoggetto, vista_soggetto};
use crate::conformita::{ESITI, Esito, Soggetto};
use crate::site::Site;

/// With more columns nobody reads a row to its end: the open data have all of them.
const COLONNE: usize = 40;

#[derive(Serialize)]
pub struct Matrice<'a> {
    pub colonne: Vec<VistaSoggetto<'a>>,
    /// Norm by norm.
    pub gruppi: Vec<GruppoDiRighe<'a>>,
    /// The outcomes that it shows, in words.
    pub legenda: Vec<(&'static str, &'static str)>,
}

#[derive(Serialize)]
pub struct GruppoDiRighe<'a> {
    pub norma: String,
    pub righe: Vec<Riga<'a>>,
}

#[derive(Serialize)]
pub struct Riga<'a> {
    pub numero: usize,
    pub codice: &'a str,
    pub ancora: &'a str,
    pub titolo: &'a str,
    /// Column by column; nothing where the rule has nothing to say.
    pub esiti: Vec<Option<Casella>>,
}

#[derive(Serialize)]
pub struct Casella {
    pub esito: &'static str,
    pub parola: &'static str,
    /// What was found is told on the card of the rule.
    pub da_leggere: bool,
}

/// Nothing where there are no projects to compare, or too many to be read.
pub fn matrice<'a>(site: &'a Site, p: usize, sezioni: &[Sezione<'a>]) -> Option<Matrice<'a>> {
    let periodo = &site.plan.periodi[p];
    let norme = &site.conformita.periodi[p];
    let di_sezioni = || sezioni.iter().flat_map(|sezione| &sezione.carte);
    let mut soggetti: Vec<Soggetto> = Vec::new();
    for carta in di_sezioni() {
        let schede = site.indici[p].schede(norme, carta.regola).into_iter();
        soggetti.extend(schede.filter(|scheda| scheda.esito != Esito::NonApplicabile).map(|scheda| scheda.soggetto));
    }
    soggetti.sort_unstable();
    soggetti.dedup();
    let progetti = soggetti.iter().filter(|soggetto| matches!(soggetto, Soggetto::Progetto(_))).count();
    if progetti == 0 || soggetti.len() > COLONNE {
        return None;
    }
    let mut visti: Vec<Esito> = Vec::new();
    let mut riga = |carta: &super::Carta<'a>| {
        let schede = site.indici[p].schede(norme, carta.regola);
        let casella = |soggetto: &Soggetto| {
            let scheda = schede.iter().find(|scheda| scheda.soggetto == *soggetto)?;
            visti.push(scheda.esito);
            let (esito, parola) = (slug(scheda.esito), scheda.esito.parola());
            Some(Casella { esito, parola, da_leggere: !scheda.esito.in_ordine() })
        };
        let esiti = soggetti.iter().map(casella).collect();
        Riga { numero: carta.numero, codice: carta.codice, ancora: carta.ancora, titolo: carta.titolo, esiti }
    };
    let gruppi = sezioni.iter().map(|sezione| GruppoDiRighe {
        norma: sezione.norma.cita.clone(),
        righe: sezione.carte.iter().map(&mut riga).collect(),
    });
    let gruppi = gruppi.collect();
    let legenda = ESITI.into_iter().filter(|esito| visti.contains(esito)).map(|esito| (slug(esito), esito.parola()));
    Some(Matrice {
        colonne: soggetti.iter().map(|soggetto| vista_soggetto(periodo, *soggetto)).collect(),
        gruppi,
        legenda: legenda.collect(),
    })
}
