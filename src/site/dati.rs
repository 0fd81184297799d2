//! Open data: one page a dataset, with its fields explained, and the dataset as CSV and JSON.

use serde::Serialize;
use serde_json::{Map, Value, json};
use tera::Context;

use super::{Head, Route, Site, briciola, parole};
use crate::plan::Plan;

/// A dataset: what it holds and how a row is made.
struct Dataset {
    id: &'static str,
    titolo: &'static str,
    descrizione: &'static str,
    campi: &'static [Campo],
    righe: fn(&Plan) -> Vec<Vec<String>>,
}

#[derive(Serialize)]
struct Campo {
    nome: &'static str,
    spiegazione: &'static str,
}

const fn campo(nome: &'static str, spiegazione: &'static str) -> Campo {
    Campo { nome, spiegazione }
}

const DATASETS: [Dataset; 3] = [
    Dataset {
        id: "progetti",
        titolo: "Progetti",
        descrizione: "I progetti di tutti i periodi, con alleanza, capofila, graduatoria e finanziamento.",
        campi: &[
            campo("periodo", "il periodo di programmazione"),
            campo("id", "l'identificativo, stabile, del progetto nel periodo"),
            campo("titolo", "il titolo del progetto"),
            campo("alleanza", "l'identificativo dell'alleanza"),
            campo("capofila", "l'identificativo dell'ente capofila"),
            campo("capofila_nome", "il nome dell'ente capofila"),
            campo("stato", "lo stato del progetto"),
            campo("posizione", "la posizione in graduatoria, dove c'è"),
            campo("punteggio", "i punti in graduatoria, dove ci sono"),
            campo("costo_complessivo", "in euro, con il punto per i decimali"),
            campo("cofinanziamento", "in euro"),
            campo("contributo_richiesto", "in euro"),
            campo("contributo_riconosciuto", "in euro; vuoto dove la fonte non lo indica"),
        ],
        righe: righe_progetti,
    },
    Dataset {
        id: "alleanze",
        titolo: "Alleanze locali",
        descrizione: "Le alleanze di tutti i periodi, con il capofila e il numero dei partner.",
        campi: &[
            campo("periodo", "il periodo di programmazione"),
            campo("id", "l'identificativo, stabile, dell'alleanza nel periodo"),
            campo("nome", "il nome dell'alleanza"),
            campo("capofila", "l'identificativo dell'ente capofila"),
            campo("partner", "quanti partner, capofila escluso"),
            campo("partner_nominati", "quanti di loro la fonte nomina"),
        ],
        righe: righe_alleanze,
    },
    Dataset {
        id: "enti",
        titolo: "Enti",
        descrizione: "Gli enti nominati nei piani.",
        campi: &[
            campo("id", "l'identificativo, stabile, dell'ente"),
            campo("nome", "il nome dell'ente"),
            campo("categoria", "il tipo di ente"),
            campo("comune", "dove ha sede, se la fonte lo indica"),
            campo("provincia", "la sigla della provincia"),
            campo("codice_fiscale", "dell'ente, se la fonte lo indica"),
        ],
        righe: righe_enti,
    },
];

pub fn routes(_: &Site, put: &mut dyn FnMut(Route)) {
    put(Route::page("dati/index.html".into(), elenco));
    for (i, dataset) in DATASETS.iter().enumerate() {
        put(Route::page(format!("dati/{}/index.html", dataset.id), move |site, path| pagina(site, path, i)));
        put(Route::data(format!("dati/{0}/{0}.csv", dataset.id), move |site, _| Ok(csv(&DATASETS[i], &site.plan))));
        put(Route::data(format!("dati/{0}/{0}.json", dataset.id), move |site, _| Ok(json(&DATASETS[i], site))));
    }
}

fn righe_progetti(plan: &Plan) -> Vec<Vec<String>> {
    let mut righe = Vec::new();
    for periodo in &plan.periodi {
        for progetto in &periodo.progetti {
            let dati = &*progetto.dati;
            let alleanza = &periodo.alleanze[progetto.alleanza];
            let posto = dati.graduatoria.as_ref();
            let voci = &dati.finanziamento;
            righe.push(vec![
                periodo.id.to_string(),
                progetto.id.to_string(),
                dati.titolo.clone(),
                alleanza.id.to_string(),
                alleanza.dati.capofila.to_string(),
                plan.enti[alleanza.capofila].dati.nome.clone(),
                parole::stato_progetto(dati.stato).to_owned(),
                posto.map(|posto| posto.posizione.to_string()).unwrap_or_default(),
                posto.map(|posto| posto.punteggio.to_string()).unwrap_or_default(),
                voci.costo_complessivo.to_string(),
                voci.cofinanziamento.to_string(),
                voci.contributo_richiesto.to_string(),
                voci.contributo_riconosciuto.map(|euro| euro.to_string()).unwrap_or_default(),
            ]);
        }
    }
    righe
}

fn righe_alleanze(plan: &Plan) -> Vec<Vec<String>> {
    let righe = plan.periodi.iter().flat_map(|periodo| {
        periodo.alleanze.iter().map(|alleanza| {
            vec![
                periodo.id.to_string(),
                alleanza.id.to_string(),
                alleanza.dati.nome.clone(),
                alleanza.dati.capofila.to_string(),
                alleanza.numero_partner().to_string(),
                alleanza.partner.len().to_string(),
            ]
        })
    });
    righe.collect()
}

fn righe_enti(plan: &Plan) -> Vec<Vec<String>> {
    let righe = plan.enti.iter().map(|ente| {
        let dati = &*ente.dati;
        vec![
            ente.id.to_string(),
            dati.nome.clone(),
            plan.categorie_enti[ente.categoria].nome.clone(),
            dati.comune.clone().unwrap_or_default(),
            dati.provincia.clone().unwrap_or_default(),
            dati.codice_fiscale.clone().unwrap_or_default(),
        ]
    });
    righe.collect()
}

/// RFC 4180, with a byte order mark: spreadsheets read accents right only with it.
fn csv(dataset: &Dataset, plan: &Plan) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    let intestazione = dataset.campi.iter().map(|campo| campo.nome.to_owned()).collect();
    for riga in std::iter::once(intestazione).chain((dataset.righe)(plan)) {
        let celle: Vec<String> = riga.iter().map(|cella: &String| cell(cella)).collect();
        out.push_str(&celle.join(","));
        out.push_str("\r\n");
    }
    out.into_bytes()
}

/// A cell, quoted where it must be; one that a spreadsheet would take for a formula is made text.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// The rows with the attribution as a field, as every product must carry it.
fn json(dataset: &Dataset, site: &Site) -> Vec<u8> {
    let plan = &*site.plan;
    let righe: Vec<Value> = (dataset.righe)(plan)
        .into_iter()
        .map(|riga| {
            let campi = dataset.campi.iter().zip(riga);
            let valore = |testo: String| if testo.is_empty() { Value::Null } else { Value::String(testo) };
            Value::Object(campi.map(|(campo, testo)| (campo.nome.to_owned(), valore(testo))).collect::<Map<_, _>>())
        })
        .collect();
    let documento = json!({
        "titolo": dataset.titolo,
        "attribuzione": plan.frase,
        "ats": plan.sito.ats.nome,
        "aggiornato_al": plan.sito.aggiornato_al,
        "licenza": plan.sito.licenza_dati,
        "righe": righe,
    });
    format!("{documento:#}\n").into_bytes()
}

#[derive(Serialize)]
struct VistaDataset {
    id: &'static str,
    titolo: &'static str,
    descrizione: &'static str,
    indirizzo: String,
    campi: &'static [Campo],
    righe: u64,
}

fn vista(dataset: &'static Dataset, plan: &Plan) -> VistaDataset {
    VistaDataset {
        id: dataset.id,
        titolo: dataset.titolo,
        descrizione: dataset.descrizione,
        indirizzo: format!("dati/{}/", dataset.id),
        campi: dataset.campi,
        righe: (dataset.righe)(plan).len() as u64,
    }
}

fn elenco(site: &Site, path: &str) -> super::Rendered {
    let mut context = Context::new();
    static ALL: &[Dataset] = &DATASETS;
    context.insert("dataset", &ALL.iter().map(|dataset| vista(dataset, &site.plan)).collect::<Vec<_>>());
    let head = Head {
        path,
        titolo: "Dati aperti".into(),
        descrizione: "I dati del piano da scaricare e riusare, con i campi spiegati.".into(),
        briciole: vec![],
        periodo: None,
    };
    site.render(head, "dati.html", "dati", context)
}

fn pagina(site: &Site, path: &str, i: usize) -> super::Rendered {
    static ALL: &[Dataset] = &DATASETS;
    let dataset = &ALL[i];
    let mut context = Context::new();
    context.insert("dataset", &vista(dataset, &site.plan));
    let head = Head {
        path,
        titolo: dataset.titolo.into(),
        descrizione: dataset.descrizione.into(),
        briciole: vec![briciola("Dati aperti", "dati/")],
        periodo: None,
    };
    site.render(head, "dataset.html", "dati", context)
}
