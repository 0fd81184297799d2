//! What the rules say, as open data: one row for each rule and record.

use super::Indice;
use super::indice::Scheda;
use super::parole::leggibile;
use crate::conformita::{EsitoNorma, Rilievo, Soggetto, citazione, deroghe_di};
use crate::plan::{Periodo, Plan};
use crate::site::Site;
use crate::site::dati::Riga;

/// How many rows there are, without making them: large plans have hundreds of thousands.
pub fn quante(site: &Site) -> usize {
    periodi(site)
        .map(|(_, norme, indice)| cards(norme, indice).map(|carta| indice.schede(norme, carta).len()).sum::<usize>())
        .sum()
}

pub fn righe(site: &Site, take: &mut Riga) {
    for (periodo, norme, indice) in periodi(site) {
        for (n, r) in cards(norme, indice) {
            let (norma, regola) = (&norme[n].norma, norme[n].regola(&norme[n].regole[r]));
            let citazione = citazione(norma, regola);
            for scheda in indice.schede(norme, (n, r)) {
                let (tipo, id) = record(periodo, scheda.soggetto);
                let deroga = scheda.deroga.map(|i| &deroghe_di(periodo, scheda.soggetto).0[i]);
                take(&[
                    periodo.id.to_string(),
                    norme[n].id.to_string(),
                    regola.codice.clone(),
                    citazione.clone(),
                    tipo.to_owned(),
                    id,
                    scheda.esito.parola().to_owned(),
                    messages(&site.plan, periodo, &scheda),
                    deroga.map(|deroga| deroga.motivo.trim().to_owned()).unwrap_or_default(),
                    deroga.map(|deroga| deroga.atto.cita()).unwrap_or_default(),
                ]);
            }
        }
    }
}

fn periodi(site: &Site) -> impl Iterator<Item = (&Periodo, &[EsitoNorma], &Indice)> {
    let both = site.conformita.periodi.iter().map(Vec::as_slice).zip(&site.indici);
    site.plan.periodi.iter().zip(both).map(|(periodo, (norme, indice))| (periodo, norme, indice))
}

fn cards<'a>(norme: &'a [EsitoNorma], indice: &'a Indice) -> impl Iterator<Item = (usize, usize)> + 'a {
    (0..norme.len()).flat_map(|n| indice.carte(n))
}

fn record(periodo: &Periodo, soggetto: Soggetto) -> (&'static str, String) {
    match soggetto {
        Soggetto::Piano => ("piano", periodo.id.to_string()),
        Soggetto::Avviso(a) => ("avviso", periodo.avvisi[a].id.to_string()),
        Soggetto::Progetto(i) => ("progetto", periodo.progetti[i].id.to_string()),
    }
}

/// All that was found, each thing once, the value found in brackets.
fn messages(plan: &Plan, periodo: &Periodo, scheda: &Scheda) -> String {
    let mut testi: Vec<String> = Vec::new();
    let said = |rilievo: &&Rilievo| match rilievo.etichetta.as_str() {
        "" => leggibile(plan, periodo, &rilievo.messaggio),
        etichetta => leggibile(plan, periodo, &format!("{} ({etichetta})", rilievo.messaggio)),
    };
    for testo in scheda.rilievi.iter().map(said) {
        if !testi.contains(&testo) {
            testi.push(testo);
        }
    }
    testi.join("; ")
}
