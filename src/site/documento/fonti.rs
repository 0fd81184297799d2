//! Where the facts come from: the documents that the records cite, the norms, and what to compare the document with.

use std::collections::{BTreeMap, BTreeSet};

use super::scrittore::{Scrittore, atto, numero};
use crate::input::consegne::CODICE_COPRE;
use crate::plan::Periodo;
use crate::print::documento::blocchi::{Brano, Riga, riga};
use crate::print::tipografia::caratteri;
use crate::record::Fonte;
use crate::site::parole;

pub fn fonti(testo: &mut Scrittore, codice: &str, sostituiti: &BTreeSet<String>) {
    let (plan, periodo) = (testo.plan, testo.periodo);
    testo.capitolo("Le fonti", "fonti");
    testo.testo("Ogni scheda dice da quale documento viene; qui ci sono tutti, con quante schede e voci li citano.");
    let mut documenti: BTreeMap<(&str, Option<&str>), u64> = BTreeMap::new();
    for fonte in citate(periodo) {
        *documenti.entry((&fonte.documento, fonte.indirizzo.as_deref())).or_default() += 1;
    }
    testo.elenco_di(
        false,
        documenti.into_iter().map(|((documento, indirizzo), quante)| {
            let nome = match indirizzo {
                Some(indirizzo) => Brano::web(indirizzo, documento),
                None => Brano::from(documento),
            };
            vec![nome, format!(" ({} {})", numero(quante), if quante == 1 { "volta" } else { "volte" }).into()]
        }),
    );
    testo.paragrafo("Le norme", "norme".into());
    let norme = testo.site.conformita.periodi[testo.p].iter();
    testo.elenco_di(
        false,
        norme.map(|esito| {
            let norma = &esito.norma;
            let mut righe: Riga = riga(norma.titolo.as_str());
            if let Some(della_norma) = &norma.atto {
                righe.push(". ".into());
                righe.extend(atto(della_norma));
            }
            righe
        }),
    );
    testo.paragrafo("Il codice di controllo", "codice".into());
    testo.testo(
        "Il codice in fondo a ogni pagina è la parte iniziale dell’impronta SHA-256 dei dati del Piano, quelli che il \
         pacchetto per la Regione porta in dati/piano.json. Chi ha due copie confronta i codici: se sono uguali, i dati \
         sono gli stessi; se anche un solo dato è diverso, il codice cambia.",
    );
    testo.testo(CODICE_COPRE);
    testo.righe(vec![Brano::Codice { codice: codice.into() }]);
    if let Some(licenza) = &plan.sito.licenza_dati {
        testo.testo(format!("I dati del Piano si possono riusare con licenza {licenza}."));
    }
    if !sostituiti.is_empty() {
        testo.paragrafo("I caratteri sostituiti", "caratteri".into());
        testo.testo(format!(
            "I caratteri tipografici del documento non hanno {}: al posto di ciascuno c’è {}. Nelle pagine del sito si \
             leggono come sono scritti.",
            parole::elenco(sostituiti.iter().cloned()),
            caratteri::SOSTITUTO,
        ));
    }
}

/// Every citation of the records of a period.
fn citate(periodo: &Periodo) -> impl Iterator<Item = &Fonte> {
    let dati = &*periodo.dati;
    let composizione = dati.composizione.iter().flat_map(|composizione| &composizione.fonte);
    let calendario = dati.calendario.iter().flat_map(|scadenza| &scadenza.fonte);
    let risorse = periodo.risorse.iter().flat_map(|risorse| {
        let dati = &*risorse.dati;
        let residui = dati.residui.iter().flat_map(|residuo| &residuo.fonte);
        let totali = dati.totali_dichiarati.iter().flat_map(|totale| &totale.fonte);
        let azione = dati.azione_di_sistema.iter().flat_map(|azione| &azione.fonte);
        let riparto = dati.riparto.iter().flat_map(|riparto| &riparto.fonte);
        dati.fonte.iter().chain(residui).chain(totali).chain(azione).chain(riparto)
    });
    let avvisi = periodo.avvisi.iter().flat_map(|avviso| &avviso.dati.fonte);
    let alleanze = periodo.alleanze.iter().flat_map(|alleanza| &alleanza.dati.fonte);
    let progetti = periodo.progetti.iter().flat_map(|progetto| {
        progetto.dati.fonte.iter().chain(progetto.dati.servizi.iter().flat_map(|servizio| &servizio.fonte))
    });
    let pagine = periodo.pagine.iter().flat_map(|pagina| &pagina.dati.fonte);
    let del_piano = dati.fonte.iter().chain(composizione).chain(calendario);
    del_piano.chain(risorse).chain(avvisi).chain(alleanze).chain(progetti).chain(pagine)
}
