//! What the rules say of one record, for its own page.

use tera::Value;

use super::esiti::{heaviest, slug};
use super::rilievi::gruppi;
use super::{di_periodo, indirizzo};
use crate::conformita::{ESITI, Esito, Soggetto};
use crate::site::Site;
use crate::site::indice_regole::regola;

/// How the rules of a whole plan went, as the page of the period counts them: each by the outcome that needs most
/// attention.
pub fn regole_del_piano(site: &Site, p: usize) -> Value {
    let (periodo, norme, indice) = di_periodo(site, p);
    let esiti = indice.tutte().map(|carta| heaviest(&indice.schede(norme, carta)));
    vista! { "indirizzo": indirizzo(periodo), "conteggi": conteggi(esiti) }
}

/// `8 rispettate`, `1 da verificare`.
pub fn conteggi(esiti: impl IntoIterator<Item = Esito>) -> Vec<Value> {
    let esiti: Vec<Esito> = esiti.into_iter().collect();
    let conta = |esito: Esito| {
        let numero = esiti.iter().filter(|altro| **altro == esito).count();
        let quante = format!("{numero} {}", esito.di_regole(numero));
        (numero > 0).then(|| vista! { "esito": slug(esito), "quante": quante })
    };
    ESITI.into_iter().filter_map(conta).collect()
}

/// Nothing where no rule concerns the record: one that was withdrawn, or of a plan without rules. Of the others, those
/// that are not simply respected are told one by one.
pub fn regole_di(site: &Site, p: usize, soggetto: Soggetto) -> Option<Value> {
    let (periodo, norme, indice) = di_periodo(site, p);
    let mut schede = indice.di(norme, soggetto);
    schede.retain(|(_, scheda)| scheda.esito != Esito::NonApplicabile);
    let esiti: Vec<Esito> = schede.iter().map(|(_, scheda)| scheda.esito).collect();
    schede.retain(|(_, scheda)| !scheda.esito.in_ordine());
    let voci = schede.into_iter().map(|(numero, scheda)| {
        let regola = regola(norme, numero);
        vista! {
            "codice": regola.codice,
            "titolo": regola.titolo,
            "indirizzo": format!("{}#{}", indirizzo(periodo), indice.ancora(numero)),
            // One group, as there is one record.
            "trovato": gruppi(&site.plan, periodo, &[scheda]),
        }
    });
    (!esiti.is_empty()).then(|| {
        vista! {
            "indirizzo": indirizzo(periodo),
            "quante": esiti.len(),
            "conteggi": conteggi(esiti.iter().copied()),
            "voci": voci.collect::<Vec<_>>(),
        }
    })
}
