//! Open data: one page a dataset, with its fields explained, and the dataset as CSV and JSON.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeSeq, Serializer};
use tera::Context;

use super::catalogo::{self, Voce};
use super::schema::Schema;
use super::{Also, Head, Route, Site, briciola, concessioni, conformita, csv, parole, registro};
use crate::plan::Plan;
use crate::report::Diagnostic;
use crate::value::{Data, Euro};

/// Takes one row.
pub(super) type Riga<'a> = dyn FnMut(&[String]) + 'a;

/// A dataset: what it holds and how a row is made.
struct Dataset {
    id: &'static str,
    titolo: &'static str,
    descrizione: &'static str,
    campi: &'static [Campo],
    /// Hands over one row after the other: some have hundreds of thousands.
    righe: fn(&Site, &mut Riga),
    /// How many rows there are, without making them.
    quante: fn(&Site) -> usize,
}

#[derive(serde::Serialize)]
struct Campo {
    nome: &'static str,
    spiegazione: &'static str,
}

const fn campo(nome: &'static str, spiegazione: &'static str) -> Campo {
    Campo { nome, spiegazione }
}

const DATASETS: [Dataset; 6] = [
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
        righe: |site, take| righe_progetti(&site.plan).iter().for_each(|riga| take(riga)),
        quante: |site| site.plan.periodi.iter().map(|periodo| periodo.progetti.len()).sum(),
    },
    Dataset {
        id: "concessioni",
        titolo: "Contributi concessi",
        descrizione: "Chi riceve i contributi dei progetti e quanto: una riga per beneficiario.",
        campi: &[
            campo("periodo", "il periodo di programmazione"),
            campo("progetto", "l'identificativo del progetto nel periodo"),
            campo("capofila", "l'identificativo dell'ente capofila del progetto"),
            campo("beneficiario", "l'identificativo dell'ente che riceve; vuoto dove la ripartizione non è indicata"),
            campo("beneficiario_nome", "chi riceve: l'ente, o il partenariato dove la ripartizione non è indicata"),
            campo("codice_fiscale", "dell'ente che riceve, se la fonte lo indica"),
            campo("ruolo", "il ruolo dell'ente nel progetto; vuoto dove la ripartizione non è indicata"),
            campo("importo", "in euro, con il punto per i decimali; vuoto dove la fonte non lo indica"),
            campo("atto", "l'atto di concessione, se la fonte lo indica"),
            campo("data", "il giorno dell'atto"),
            campo("responsabile", "il responsabile del procedimento, se la fonte lo indica"),
            campo("ufficio", "l'ufficio del responsabile, se la fonte lo indica"),
            campo("avviso", "l'identificativo dell'avviso con cui il progetto è stato scelto, se la fonte lo indica"),
            campo("avviso_titolo", "il titolo dell'avviso"),
            campo("cup", "il codice unico di progetto, se la fonte lo indica"),
        ],
        righe: |site, take| concessioni::righe(&site.plan).iter().for_each(|riga| take(riga)),
        quante: |site| concessioni::righe(&site.plan).len(),
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
        righe: |site, take| righe_alleanze(&site.plan).iter().for_each(|riga| take(riga)),
        quante: |site| site.plan.periodi.iter().map(|periodo| periodo.alleanze.len()).sum(),
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
            campo("partita_iva", "dell'ente, se la fonte la indica"),
        ],
        righe: |site, take| righe_enti(&site.plan).iter().for_each(|riga| take(riga)),
        quante: |site| site.plan.enti.len(),
    },
    Dataset {
        id: "conformita",
        titolo: "Conformità alle norme",
        descrizione: "Che cosa dice ogni regola di ogni scheda, con le deroghe: una riga per regola e scheda.",
        campi: &[
            campo("periodo", "il periodo di programmazione"),
            campo("norma", "l'identificativo della norma, che è anche il nome della sua pagina"),
            campo("regola", "il codice della regola"),
            campo("articolo", "l'atto e il paragrafo che la stabiliscono"),
            campo("scheda_tipo", "piano, avviso o progetto"),
            campo("scheda", "l'identificativo della scheda nel periodo"),
            campo("esito", "com'è andata: le parole sono quelle della pagina Conformità"),
            campo("messaggi", "che cosa si è trovato, con il valore fra parentesi; vuoto se non c'è niente da dire"),
            campo("deroga_motivo", "perché la regola non vale per la scheda, dove è derogata"),
            campo("deroga_atto", "l'atto della deroga"),
        ],
        righe: conformita::righe,
        quante: conformita::quante,
    },
    Dataset {
        id: "prodotti",
        titolo: "Prodotti",
        descrizione: "I file del sito con la verifica di frase e logo: il registro dell'ufficio competente dell'ATS.",
        campi: &[
            campo("percorso", "l'indirizzo del file, sotto quello del sito"),
            campo("tipo", "che cos'è: pagina, grafico da scaricare, documento, dati, allegato o file di servizio"),
            campo("frase", "dov'è la frase di attribuzione, o perché non serve"),
            campo("logo", "dov'è il logo dell'ATS, o perché non serve"),
            campo("prova", "come lo si è provato, sul file finito"),
        ],
        righe: registro::righe,
        quante: |site| site.prodotti().len(),
    },
];

pub fn routes(site: &Site, put: &mut dyn FnMut(Route)) {
    if site.plan.indirizzo.is_some() {
        put(Route::data(catalogo::PERCORSO.into(), |site, _| Ok(catalogo_di(site))));
    }
    put(Route::page("dati/index.html".into(), elenco));
    for (i, dataset) in DATASETS.iter().enumerate() {
        put(Route::page(format!("dati/{}/index.html", dataset.id), move |site, path| pagina(site, path, i)));
        put(Route::data(format!("dati/{0}/{0}.csv", dataset.id), move |site, _| Ok(foglio(&DATASETS[i], site))));
        put(Route::data(format!("dati/{0}/{0}.json", dataset.id), move |site, _| json(&DATASETS[i], site)));
    }
}

fn catalogo_di(site: &Site) -> Vec<u8> {
    let voci = DATASETS.map(|Dataset { id, titolo, descrizione, .. }| Voce { id, titolo, descrizione });
    let base = site.plan.indirizzo.as_deref().unwrap_or_default();
    // Text and lists alone: there is nothing that could fail.
    let mut out = serde_json::to_vec_pretty(&catalogo::catalogo(site, base, &voci)).unwrap_or_default();
    out.push(b'\n');
    out
}

fn righe_progetti(plan: &Plan) -> Vec<Vec<String>> {
    let mut righe = Vec::new();
    for periodo in &plan.periodi {
        for progetto in &periodo.progetti {
            let dati = &*progetto.dati;
            let alleanza = &periodo.alleanze[progetto.alleanza];
            let capofila = &plan.enti[periodo.capofila(progetto)];
            let posto = dati.graduatoria.as_ref();
            let voci = &dati.finanziamento;
            righe.push(vec![
                periodo.id.to_string(),
                progetto.id.to_string(),
                dati.titolo.clone(),
                alleanza.id.to_string(),
                capofila.id.to_string(),
                capofila.dati.nome.clone(),
                parole::nome(dati.stato).to_owned(),
                posto.map(|posto| posto.posizione.to_string()).unwrap_or_default(),
                posto.map(|posto| posto.punteggio.to_string()).unwrap_or_default(),
                cella(voci.costo_complessivo),
                cella(voci.cofinanziamento),
                cella(voci.contributo_richiesto),
                cella(voci.contributo_riconosciuto),
            ]);
        }
    }
    righe
}

/// What nobody tells is an empty cell.
fn cella(importo: Option<Euro>) -> String {
    importo.map(|euro| euro.to_string()).unwrap_or_default()
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
            dati.partita_iva.clone().unwrap_or_default(),
        ]
    });
    righe.collect()
}

fn foglio(dataset: &Dataset, site: &Site) -> Vec<u8> {
    let mut out = csv::inizio();
    csv::riga(&mut out, &dataset.campi.iter().map(|campo| campo.nome.to_owned()).collect::<Vec<_>>());
    (dataset.righe)(site, &mut |celle| csv::riga(&mut out, celle));
    out.into_bytes()
}

/// The rows with the attribution as a field, as every product must carry it.
#[derive(serde::Serialize)]
struct Documento<'a> {
    aggiornato_al: Data,
    ats: &'a str,
    attribuzione: &'a str,
    licenza: Option<&'a str>,
    righe: Righe<'a>,
    titolo: &'a str,
}

struct Righe<'a> {
    dataset: &'a Dataset,
    site: &'a Site,
}

impl Serialize for Righe<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut righe = serializer.serialize_seq(None)?;
        let mut written = Ok(());
        (self.dataset.righe)(self.site, &mut |riga| {
            let valori = riga.iter().map(|testo| Some(testo.as_str()).filter(|testo| !testo.is_empty()));
            let oggetto: BTreeMap<&str, _> = self.dataset.campi.iter().map(|campo| campo.nome).zip(valori).collect();
            if written.is_ok() {
                written = righe.serialize_element(&oggetto);
            }
        });
        written?;
        righe.end()
    }
}

fn json(dataset: &Dataset, site: &Site) -> Result<Vec<u8>, Box<Diagnostic>> {
    let sito = &site.plan.sito;
    let documento = Documento {
        aggiornato_al: sito.aggiornato_al,
        ats: &sito.ats.nome,
        attribuzione: &site.plan.frase,
        licenza: sito.licenza_dati.as_deref(),
        righe: Righe { dataset, site },
        titolo: dataset.titolo,
    };
    let mut out = serde_json::to_vec_pretty(&documento).map_err(|cause| {
        Box::new(
            Diagnostic::error("M-02", format!("i dati `{}` non si compongono", dataset.id)).help(cause.to_string()),
        )
    })?;
    out.push(b'\n');
    Ok(out)
}

#[derive(serde::Serialize)]
struct VistaDataset {
    id: &'static str,
    titolo: &'static str,
    descrizione: &'static str,
    indirizzo: String,
    campi: &'static [Campo],
    righe: u64,
}

fn vista(dataset: &'static Dataset, site: &Site) -> VistaDataset {
    VistaDataset {
        id: dataset.id,
        titolo: dataset.titolo,
        descrizione: dataset.descrizione,
        indirizzo: format!("dati/{}/", dataset.id),
        campi: dataset.campi,
        righe: (dataset.quante)(site) as u64,
    }
}

fn elenco(site: &Site, path: &str) -> super::Rendered {
    let mut context = Context::new();
    static ALL: &[Dataset] = &DATASETS;
    context.insert("dataset", &ALL.iter().map(|dataset| vista(dataset, site)).collect::<Vec<_>>());
    context.insert("catalogo", &site.plan.indirizzo.as_ref().map(|_| catalogo::PERCORSO));
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
    context.insert("dataset", &vista(dataset, site));
    let head = Head {
        path,
        titolo: dataset.titolo.into(),
        descrizione: dataset.descrizione.into(),
        briciole: vec![briciola("Dati aperti", "dati/")],
        periodo: None,
    };
    let campi: Vec<&str> = dataset.campi.iter().map(|campo| campo.nome).collect();
    let forme = [("csv", "text/csv"), ("json", "application/json")];
    let file = forme.map(|(forma, tipo)| (format!("dati/{0}/{0}.{forma}", dataset.id), tipo));
    let about = Schema::of(site, path).dataset(dataset.titolo, dataset.descrizione, &campi, &file);
    site.render_for(Also::about(about), head, "dataset.html", "dati", context)
}
