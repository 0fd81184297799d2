//! What the rules say of one record, for its own page.

use serde::Serialize;

use super::esiti::{ESITI, parola, slug};
use super::indirizzo;
use super::rilievi::{Gruppo, gruppi};
use crate::conformita::{Esito, Soggetto};
use crate::site::Site;

/// The rules that concern a record.
#[derive(Serialize)]
pub struct RegoleDiScheda<'a> {
    /// The page of the period.
    indirizzo: String,
    quante: usize,
    /// `8 rispettate`, `1 da verificare`.
    conteggi: Vec<EsitoDiScheda>,
    /// Those that are not simply respected.
    voci: Vec<VoceDiScheda<'a>>,
}

#[derive(Serialize)]
struct EsitoDiScheda {
    esito: &'static str,
    quante: String,
}

#[derive(Serialize)]
struct VoceDiScheda<'a> {
    codice: &'a str,
    titolo: &'a str,
    indirizzo: String,
    /// One group, as there is one record.
    trovato: Vec<Gruppo<'a>>,
}

/// Nothing where no rule concerns the record: one that was withdrawn, or of a plan without rules.
pub fn regole_di(site: &Site, p: usize, soggetto: Soggetto) -> Option<RegoleDiScheda<'_>> {
    let periodo = &site.plan.periodi[p];
    let norme = &site.conformita.periodi[p];
    let indice = &site.indici[p];
    let mut schede = indice.di(norme, soggetto);
    schede.retain(|(_, scheda)| scheda.esito != Esito::NonApplicabile);
    if schede.is_empty() {
        return None;
    }
    let conta = |esito: Esito| {
        let numero = schede.iter().filter(|(_, scheda)| scheda.esito == esito).count();
        (numero > 0)
            .then(|| EsitoDiScheda { esito: slug(esito), quante: format!("{numero} {}", parola(esito, numero)) })
    };
    let quante = schede.len();
    let conteggi = ESITI.into_iter().filter_map(conta).collect();
    schede.retain(|(_, scheda)| scheda.esito > Esito::Rispettata);
    let voci = schede.into_iter().map(|((n, r), scheda)| {
        let regola = norme[n].regola(&norme[n].regole[r]);
        let indirizzo = format!("{}#{}", indirizzo(periodo), indice.ancora((n, r)));
        let trovato = gruppi(periodo, &[scheda]);
        VoceDiScheda { codice: &regola.codice, titolo: &regola.titolo, indirizzo, trovato }
    });
    Some(RegoleDiScheda { indirizzo: indirizzo(periodo), quante, conteggi, voci: voci.collect() })
}
