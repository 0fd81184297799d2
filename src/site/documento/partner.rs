//! The alliances, what they are made of, and the bodies of the plan.

use std::collections::BTreeMap;

use super::scrittore::{Scrittore, numero, o_assente};
use crate::print::documento::blocchi::{Colonna, Riga, riga};
use crate::site::viste::territorio;
use crate::site::{grafici, parole};
use crate::theme::messaggi::capital;

pub fn partner(testo: &mut Scrittore) {
    let (plan, periodo) = (testo.plan, testo.periodo);
    if periodo.alleanze.is_empty() {
        return;
    }
    testo.capitolo("Le alleanze e i partner", "partner");
    let righe = periodo.alleanze.iter().map(|alleanza| {
        vec![
            riga(alleanza.dati.nome.as_str()),
            riga(testo.ente(alleanza.capofila)),
            o_assente(territorio(&alleanza.dati.territorio)),
            riga(numero(alleanza.numero_partner())),
        ]
    });
    let righe: Vec<Vec<Riga>> = righe.collect();
    let partner: u64 = periodo.alleanze.iter().map(|alleanza| alleanza.numero_partner()).sum();
    let colonne = vec![
        Colonna::parole("Alleanza", 4),
        Colonna::parole("Capofila", 4),
        Colonna::parole("Territorio", 5),
        Colonna::numeri("Partner"),
    ];
    let totale = vec![riga("Totale"), vec![], vec![], riga(numero(partner))];
    testo.tabella("Le alleanze locali", colonne, righe, Some(totale));
    let redazionali: Vec<String> = periodo
        .alleanze
        .iter()
        .filter(|alleanza| alleanza.dati.nome_redazionale)
        .map(|alleanza| alleanza.dati.nome.clone())
        .collect();
    if !redazionali.is_empty() {
        let nomi = parole::elenco(redazionali);
        testo.nota(riga(format!("La fonte non dà un nome a queste alleanze, e lo dà la redazione: {nomi}.")));
    }
    if let Some(composizione) = grafici::composizione_dichiarata(periodo) {
        testo.grafico(composizione, "piano");
        testo.fonte(periodo.dati.composizione.as_ref().and_then(|composizione| composizione.fonte.as_ref()));
    }

    // Body by body, in the order of their names as the records have them, with the alliances of each.
    let mut presenti: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for alleanza in &periodo.alleanze {
        let mut put = |ente: usize, ruolo: &str| {
            presenti.entry(ente).or_default().push(format!("{} ({ruolo})", alleanza.dati.nome));
        };
        put(alleanza.capofila, "capofila");
        alleanza.partner.iter().for_each(|&ente| put(ente, "partner"));
        alleanza.rete_di_supporto.iter().for_each(|&ente| put(ente, "rete di supporto"));
    }
    testo.paragrafo("Gli enti", "enti".into());
    let tutti = presenti.keys().map(|&ente| (plan.enti[ente].categoria, 1));
    if let Some(grafico) = grafici::per_categoria(plan, tutti, "enti", "Gli enti nominati, per tipo".to_owned(), None) {
        testo.grafico(grafico, "piano");
    }
    let mut ordinati: Vec<(&str, usize)> = presenti.keys().map(|&ente| (testo.ente(ente), ente)).collect();
    ordinati.sort_by_cached_key(|(nome, ente)| (nome.to_lowercase(), *ente));
    let righe = ordinati.into_iter().map(|(nome, ente)| {
        let scheda = &plan.enti[ente];
        let categoria = &plan.categorie_enti[scheda.categoria].nome;
        let comune = match (&scheda.dati.comune, &scheda.dati.provincia) {
            (Some(comune), Some(provincia)) => format!("{comune} ({provincia})"),
            (Some(comune), None) => comune.clone(),
            _ => "–".to_owned(),
        };
        vec![riga(nome), riga(categoria.as_str()), riga(comune), riga(presenti[&ente].join("; "))]
    });
    let colonne = vec![
        Colonna::parole("Ente", 5),
        Colonna::parole("Tipo", 4),
        Colonna::parole("Comune", 3),
        Colonna::parole("Alleanza e ruolo", 6),
    ];
    let quanti = parole::conta(presenti.len(), "ente", "enti");
    testo.tabella(capital(&format!("{quanti} nominati")), colonne, righe.collect(), None);
    let contati: u64 = periodo
        .alleanze
        .iter()
        .flat_map(|alleanza| &alleanza.dati.altri_partner)
        .map(|altri| u64::from(altri.numero))
        .sum();
    if contati > 0 {
        testo.testo(format!(
            "Di altri {} la fonte dà solo il numero, non il nome.",
            parole::conta(usize::try_from(contati).unwrap_or(usize::MAX), "partner", "partner")
        ));
    }
}
