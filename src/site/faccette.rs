//! By what lists can be narrowed: each record says its values in the page, and `assets/filtri.js` makes the form.
//!
//! What a source does not say is a value too: nothing disappears because a record is silent.

use serde::Serialize;

use super::offerta::{VistaServizio, territorio_di};
use super::parole;
use crate::plan::{Alleanza, Ente, Periodo, Plan, Progetto, Somma};
use crate::record::Territorio;
use crate::value::Euro;

const NON_INDICATO: &str = "non indicato";

/// Between the values of one facet in an attribute: no name has it.
const BETWEEN: &str = "|";

/// Where a band of amounts ends, in euro, and what it is called.
const BANDS: [(i64, &str); 4] = [
    (10_000, "fino a € 10.000"),
    (25_000, "da € 10.000 a € 25.000"),
    (50_000, "da € 25.000 a € 50.000"),
    (100_000, "da € 50.000 a € 100.000"),
];
const ABOVE: &str = "oltre € 100.000";

/// One facet of a record: `data-f-stato="finanziato"`.
#[derive(Debug, Serialize)]
pub struct Faccetta {
    chiave: &'static str,
    valori: String,
}

fn faccetta<S: AsRef<str>>(chiave: &'static str, valori: impl IntoIterator<Item = S>) -> Faccetta {
    let mut said: Vec<String> = Vec::new();
    for valore in valori {
        let valore = valore.as_ref().replace(BETWEEN, "/");
        if !valore.is_empty() && !said.contains(&valore) {
            said.push(valore);
        }
    }
    let valori = if said.is_empty() { NON_INDICATO.to_owned() } else { said.join(BETWEEN) };
    Faccetta { chiave, valori }
}

pub fn dove(territorio: &Territorio) -> impl Iterator<Item = &String> {
    territorio.ambiti.iter().chain(&territorio.comuni)
}

fn fascia(importo: Option<Euro>) -> Option<&'static str> {
    let centesimi = importo?.centesimi();
    Some(BANDS.iter().find(|(end, _)| centesimi <= end * 100).map_or(ABOVE, |(_, nome)| nome))
}

pub fn di_progetto(plan: &Plan, periodo: &Periodo, progetto: &Progetto) -> Vec<Faccetta> {
    let dati = &*progetto.dati;
    let alleanza = &periodo.alleanze[progetto.alleanza];
    let capofila = &plan.enti[periodo.capofila(progetto)];
    let bisogni = plan.categorie_servizi.iter().filter(|voce| dati.servizi.iter().any(|s| s.categoria == voce.id));
    let macrocategorie = periodo.norma.macrocategorie.iter();
    let azioni = macrocategorie.filter(|voce| dati.azioni.iter().any(|a| a.macrocategoria.as_ref() == Some(&voce.id)));
    vec![
        faccetta("bisogno", bisogni.map(|voce| &voce.nome)),
        faccetta("azioni", azioni.map(|voce| &voce.nome)),
        faccetta("territorio", dove(territorio_di(&dati.territorio, &alleanza.dati.territorio))),
        faccetta("capofila", [&plan.categorie_enti[capofila.categoria].nome]),
        faccetta("contributo", fascia(dati.finanziamento.contributo_riconosciuto)),
        faccetta("stato", [parole::nome(dati.stato)]),
    ]
}

pub fn di_servizio(voce: &VistaServizio) -> Vec<Faccetta> {
    vec![
        faccetta("bisogno", [voce.categoria.nome]),
        faccetta("territorio", dove(voce.territorio)),
        faccetta("accesso", voce.servizio.modalita.into_iter().flat_map(parole::accesso)),
        faccetta("ente", voce.erogatore.as_ref().map(|ente| ente.categoria)),
        faccetta(
            "stato",
            [if voce.situazione.finita { "concluso o oltre il termine previsto" } else { "in corso o da avviare" }],
        ),
        faccetta("periodo", [voce.periodo]),
    ]
}

/// `quote` is the sum of its shares, where a source gives any.
pub fn di_ente(plan: &Plan, ente: &Ente, quote: Option<Euro>) -> Vec<Faccetta> {
    let categoria = &plan.categorie_enti[ente.categoria];
    let periodi = ente.alleanze.iter().map(|a| a.periodo).chain(ente.progetti.iter().map(|p| p.periodo));
    vec![
        faccetta("tipo", [&categoria.nome]),
        faccetta("natura", [parole::nome(categoria.natura)]),
        faccetta("sede", &ente.dati.comune),
        faccetta("periodo", periodi.map(|p| plan.periodi[p].id.as_str())),
        faccetta("quote", fascia(quote)),
    ]
}

pub fn di_alleanza(plan: &Plan, periodo: &Periodo, alleanza: &Alleanza) -> Vec<Faccetta> {
    let capofila = &plan.enti[alleanza.capofila];
    let progetti = || alleanza.progetti.iter().map(|&i| &periodo.progetti[i]);
    let contributo = Somma::dei(progetti(), |voci| voci.contributo_riconosciuto);
    vec![
        faccetta("novita", alleanza.dati.nuova.map(|nuova| if nuova { "nuova" } else { "già attiva" })),
        faccetta("territorio", dove(&alleanza.dati.territorio)),
        faccetta("capofila", [&plan.categorie_enti[capofila.categoria].nome]),
        faccetta("tema", &alleanza.dati.tema),
        faccetta("contributo", fascia(contributo.importo)),
        faccetta("stato", progetti().map(|progetto| parole::nome(progetto.dati.stato))),
    ]
}
