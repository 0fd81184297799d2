//! Where the facts come from: the documents that the records cite, and the norms.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Context;

use crate::confronto::dati_canonici;
use crate::input::consegne::CODICE_COPRE;
use crate::plan::Periodo;
use crate::print::tipografia::caratteri;
use crate::record::{Fonte, Norma};
use crate::site::{Site, parole};

#[derive(Serialize)]
struct Documento<'a> {
    documento: &'a str,
    indirizzo: Option<&'a str>,
    volte: u64,
}

pub fn contesto(site: &Site, p: usize, codice: &str) -> Context {
    let mut volte: BTreeMap<(&str, Option<&str>), u64> = BTreeMap::new();
    for fonte in citate(&site.plan.periodi[p]) {
        *volte.entry((&fonte.documento, fonte.indirizzo.as_deref())).or_default() += 1;
    }
    let documenti = volte.into_iter().map(|((documento, indirizzo), volte)| Documento { documento, indirizzo, volte });
    let norme: Vec<&Norma> = site.conformita.periodi[p].iter().map(|esito| &*esito.norma).collect();
    let mancanti = caratteri::nomi_mancanti(&String::from_utf8_lossy(&dati_canonici(&site.plan, p)));
    let mut contesto = Context::new();
    contesto.insert("documenti", &documenti.collect::<Vec<_>>());
    contesto.insert("norme", &norme);
    contesto.insert("codice", codice);
    contesto.insert("codice_copre", CODICE_COPRE);
    contesto.insert("sostituiti", &parole::elenco(mancanti));
    contesto.insert("sostituto", &caratteri::SOSTITUTO);
    contesto
}

/// Every citation of the records of a period.
fn citate(periodo: &Periodo) -> impl Iterator<Item = &Fonte> {
    let dati = &*periodo.dati;
    let composizione = dati.composizione.iter().flat_map(|composizione| composizione.fonte.iter());
    let calendario = dati.calendario.iter().flat_map(|scadenza| scadenza.fonte.iter());
    let risorse = periodo.risorse.iter().flat_map(|risorse| {
        let dati = &*risorse.dati;
        let residui = dati.residui.iter().flat_map(|residuo| residuo.fonte.iter());
        let totali = dati.totali_dichiarati.iter().flat_map(|totale| totale.fonte.iter());
        let azione = dati.azione_di_sistema.iter().flat_map(|azione| azione.fonte.iter());
        let riparto = dati.riparto.iter().flat_map(|riparto| riparto.fonte.iter());
        dati.fonte.iter().chain(residui).chain(totali).chain(azione).chain(riparto)
    });
    let avvisi = periodo.avvisi.iter().flat_map(|avviso| avviso.dati.fonte.iter());
    let alleanze = periodo.alleanze.iter().flat_map(|alleanza| alleanza.dati.fonte.iter());
    let progetti = periodo.progetti.iter().flat_map(|progetto| {
        progetto.dati.fonte.iter().chain(progetto.dati.servizi.iter().flat_map(|servizio| servizio.fonte.iter()))
    });
    let pagine = periodo.pagine.iter().flat_map(|pagina| pagina.dati.fonte.iter());
    let del_piano = dati.fonte.iter().chain(composizione).chain(calendario);
    del_piano.chain(risorse).chain(avvisi).chain(alleanze).chain(progetti).chain(pagine)
}
