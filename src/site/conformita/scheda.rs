//! What the rules say of one record, for its own page.

use serde::Serialize;

use super::esiti::{heaviest, parola, slug};
use super::indirizzo;
use super::rilievi::{Gruppo, gruppi};
use crate::conformita::{ESITI, Esito, Soggetto};
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

/// How the rules of a whole plan went, in a few words.
#[derive(Serialize)]
pub struct RegoleDiPiano {
    indirizzo: String,
    conteggi: Vec<EsitoDiScheda>,
}

/// As the page of the period counts them: each rule by the outcome that needs most attention.
pub fn regole_del_piano(site: &Site, p: usize) -> RegoleDiPiano {
    let norme = &site.conformita.periodi[p];
    let indice = &site.indici[p];
    let carte = (0..norme.len()).flat_map(|n| indice.carte(n));
    let esiti: Vec<Esito> = carte.map(|carta| heaviest(&indice.schede(norme, carta))).collect();
    RegoleDiPiano { indirizzo: indirizzo(&site.plan.periodi[p]), conteggi: conteggi(&esiti) }
}

fn conteggi(esiti: &[Esito]) -> Vec<EsitoDiScheda> {
    let conta = |esito: Esito| {
        let numero = esiti.iter().filter(|altro| **altro == esito).count();
        (numero > 0)
            .then(|| EsitoDiScheda { esito: slug(esito), quante: format!("{numero} {}", parola(esito, numero)) })
    };
    ESITI.into_iter().filter_map(conta).collect()
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
    let quante = schede.len();
    let conteggi = conteggi(&schede.iter().map(|(_, scheda)| scheda.esito).collect::<Vec<_>>());
    schede.retain(|(_, scheda)| !scheda.esito.in_ordine());
    let voci = schede.into_iter().map(|((n, r), scheda)| {
        let regola = norme[n].regola(&norme[n].regole[r]);
        let indirizzo = format!("{}#{}", indirizzo(periodo), indice.ancora((n, r)));
        let trovato = gruppi(&site.plan, periodo, &[scheda]);
        VoceDiScheda { codice: &regola.codice, titolo: &regola.titolo, indirizzo, trovato }
    });
    Some(RegoleDiScheda { indirizzo: indirizzo(periodo), quante, conteggi, voci: voci.collect() })
}
