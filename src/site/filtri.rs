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

/// Between the values of one filter in an attribute: no name has it.
const FRA: &str = "|";

/// Where a band of amounts ends, in euro, and what it is called.
const FASCE: [(i64, &str); 4] = [
    (10_000, "fino a € 10.000"),
    (25_000, "da € 10.000 a € 25.000"),
    (50_000, "da € 25.000 a € 50.000"),
    (100_000, "da € 50.000 a € 100.000"),
];
const OLTRE: &str = "oltre € 100.000";

/// One value by which a record is found: `data-f-stato="finanziato"`.
#[derive(Debug, Serialize)]
pub struct Filtro {
    chiave: &'static str,
    valori: String,
}

pub fn filtro<S: AsRef<str>>(chiave: &'static str, valori: impl IntoIterator<Item = S>) -> Filtro {
    let mut detti: Vec<String> = Vec::new();
    for valore in valori {
        let valore = valore.as_ref().replace(FRA, "/");
        if !valore.is_empty() && !detti.contains(&valore) {
            detti.push(valore);
        }
    }
    let valori = if detti.is_empty() { NON_INDICATO.to_owned() } else { detti.join(FRA) };
    Filtro { chiave, valori }
}

/// A row of a list and the values by which it is found.
#[derive(Serialize)]
pub struct ConFiltri<T> {
    #[serde(flatten)]
    pub voce: T,
    pub filtri: Vec<Filtro>,
}

pub fn dove(territorio: &Territorio) -> impl Iterator<Item = &String> {
    territorio.ambiti.iter().chain(&territorio.comuni)
}

pub fn fascia(importo: Option<Euro>) -> Option<&'static str> {
    let centesimi = importo?.centesimi();
    Some(FASCE.iter().find(|(fine, _)| centesimi <= fine * 100).map_or(OLTRE, |(_, nome)| nome))
}

pub fn di_progetto(plan: &Plan, periodo: &Periodo, progetto: &Progetto) -> Vec<Filtro> {
    let dati = &*progetto.dati;
    let alleanza = &periodo.alleanze[progetto.alleanza];
    let capofila = &plan.enti[periodo.capofila(progetto)];
    let bisogni = plan.categorie_servizi.iter().filter(|voce| dati.servizi.iter().any(|s| s.categoria == voce.id));
    let macrocategorie = plan.norma_di(periodo, progetto).1.macrocategorie.iter();
    let azioni = macrocategorie.filter(|voce| dati.azioni.iter().any(|a| a.macrocategoria.as_ref() == Some(&voce.id)));
    vec![
        filtro("bisogno", bisogni.map(|voce| &voce.nome)),
        filtro("azioni", azioni.map(|voce| &voce.nome)),
        filtro("territorio", dove(territorio_di(&dati.territorio, &alleanza.dati.territorio))),
        filtro("capofila", [&plan.categorie_enti[capofila.categoria].nome]),
        filtro("contributo", fascia(dati.finanziamento.contributo_riconosciuto)),
        filtro("stato", [parole::nome(dati.stato())]),
    ]
}

pub fn di_servizio(voce: &VistaServizio) -> Vec<Filtro> {
    vec![
        filtro("bisogno", [voce.categoria.nome]),
        filtro("territorio", dove(voce.territorio)),
        filtro("accesso", voce.servizio.modalita.into_iter().flat_map(parole::accesso)),
        filtro("ente", voce.erogatore.as_ref().map(|ente| ente.categoria)),
        filtro(
            "stato",
            [if voce.situazione.finita { "concluso o oltre il termine previsto" } else { "in corso o da avviare" }],
        ),
        filtro("periodo", [voce.periodo]),
    ]
}

/// `quote` is the sum of its shares, where a source gives any.
pub fn di_ente(plan: &Plan, ente: &Ente, quote: Option<Euro>) -> Vec<Filtro> {
    let categoria = &plan.categorie_enti[ente.categoria];
    let periodi = ente.alleanze.iter().map(|a| a.periodo).chain(ente.progetti.iter().map(|p| p.periodo));
    vec![
        filtro("tipo", [&categoria.nome]),
        filtro("natura", [parole::nome(categoria.natura)]),
        filtro("sede", &ente.dati.comune),
        filtro("periodo", periodi.map(|p| plan.periodi[p].id.as_str())),
        filtro("quote", fascia(quote)),
    ]
}

pub fn di_alleanza(plan: &Plan, periodo: &Periodo, alleanza: &Alleanza) -> Vec<Filtro> {
    let capofila = &plan.enti[alleanza.capofila];
    let progetti = || alleanza.progetti.iter().map(|&i| &periodo.progetti[i]);
    let contributo = Somma::dei(progetti(), |voci| voci.contributo_riconosciuto);
    vec![
        filtro("novita", alleanza.dati.nuova.map(|nuova| if nuova { "nuova" } else { "già attiva" })),
        filtro("territorio", dove(&alleanza.dati.territorio)),
        filtro("capofila", [&plan.categorie_enti[capofila.categoria].nome]),
        filtro("tema", &alleanza.dati.tema),
        filtro("contributo", fascia(contributo.importo)),
        filtro("stato", progetti().map(|progetto| parole::nome(progetto.dati.stato()))),
    ]
}
