//! The calls, the acts, what the norms say, and the files of the site.

use std::collections::BTreeMap;

use super::{ATTO, Testa, di_periodo};
use crate::plan::{Avviso, Periodo};
use crate::record::{Atto, ConAtti};
use crate::site::Site;
use crate::site::conformita;
use crate::site::dati::{Dati, dataset};
use crate::site::engine::Letture;
use crate::site::registro::letto;
use crate::value::{Data, Quando};
use crate::view::Codice;

pub fn avvisi<'a>(site: &'a Site, _: &'a Letture) -> Dati<'a> {
    const TESTA: Testa =
        ["avvisi", "Avvisi", "Gli avvisi di tutti i periodi: quando si aprono, con quali limiti, com'è andata."];
    let plan = &*site.plan;
    let soggetti =
        || plan.periodi.iter().flat_map(|periodo| periodo.avvisi.iter().map(move |avviso| (periodo, avviso)));
    let finestra = |(_, avviso): &(&'a Periodo, &'a Avviso)| avviso.dati.finestra.as_ref();
    let limiti = |(_, avviso): &(&'a Periodo, &'a Avviso)| avviso.dati.limiti.as_ref();
    let esito = |(_, avviso): &(&'a Periodo, &'a Avviso)| avviso.dati.esito.as_ref();
    di_periodo(TESTA, plan, soggetti, |(periodo, _)| periodo)
        .con("id", "l'identificativo, stabile, dell'avviso nel periodo", |(_, avviso)| &avviso.id)
        .con("titolo", "il titolo dell'avviso", |(_, avviso)| &avviso.dati.titolo)
        .con_parola(["tipo_codice", "tipo"], "il genere dell'avviso", |(_, avviso)| Some(avviso.dati.tipo))
        .con("promotore", "chi lo pubblica, se la fonte lo indica", |(_, avviso)| avviso.dati.promotore.as_ref())
        .con("norma", "la norma che vale per l'avviso", |(periodo, avviso)| {
            avviso.dati.norma.as_ref().unwrap_or(&periodo.dati.norma)
        })
        .con_atto(ATTO, "l'atto che lo approva", |(_, avviso)| avviso.dati.atto.as_ref())
        .con("apertura", "il giorno in cui si aprono le domande", move |riga| finestra(riga).map(|f| f.dal.giorno()))
        .con("apertura_ora", "l'ora in cui si aprono", move |riga| finestra(riga).and_then(|f| f.dal.ora()))
        .con("chiusura", "il giorno in cui si chiudono", move |riga| finestra(riga).map(|f| f.al.giorno()))
        .con("chiusura_ora", "l'ora in cui si chiudono", move |riga| finestra(riga).and_then(|f| f.al.ora()))
        .con("dotazione", "la somma che mette a disposizione, in euro", |(_, avviso)| avviso.dati.dotazione)
        .con("percentuale_massima", "la parte del costo che il contributo può pagare, per cento", move |riga| {
            limiti(riga).and_then(|limiti| limiti.percentuale_massima)
        })
        .con("contributo_massimo", "quanto può ricevere un progetto, in euro", move |riga| {
            limiti(riga).and_then(|limiti| limiti.contributo_massimo)
        })
        .con("presentati", "quanti progetti sono arrivati", move |riga| esito(riga).and_then(|e| e.presentati))
        .con("ammessi", "quanti sono stati ammessi", move |riga| esito(riga).and_then(|e| e.ammessi))
        .con("finanziati", "quanti hanno ricevuto un contributo", move |riga| esito(riga).and_then(|e| e.finanziati))
        .con("contributo", "la somma dei contributi, come la dice la fonte, in euro", move |riga| {
            esito(riga).and_then(|e| e.contributo)
        })
        .con_atto(["esito_id", "esito", "esito_data"], "l'atto che approva la graduatoria", move |riga| {
            esito(riga).and_then(|e| e.atto.as_ref())
        })
        .chiave(&["periodo", "id"])
        .dati()
}

/// The acts that the records of a period name, each once, by their days; where some tell more of one, the list goes first.
fn atti_di(periodo: &Periodo) -> Vec<&Atto> {
    let elenco = periodo.atti.iter().map(|(atto, _)| atto).chain(periodo.dati.atti());
    let avvisi = periodo.avvisi.iter().flat_map(|avviso| avviso.dati.atti());
    let progetti = periodo.progetti.iter().flat_map(|progetto| progetto.dati.atti());
    let risorse = periodo.risorse.iter().flat_map(|risorse| risorse.dati.atti());
    let mut trovati: BTreeMap<(Option<Data>, String), &Atto> = BTreeMap::new();
    for atto in elenco.chain(avvisi).chain(progetti).chain(risorse) {
        trovati.entry((atto.data.map(Quando::primo), atto.cita())).or_insert(atto);
    }
    trovati.into_values().collect()
}

pub fn atti<'a>(site: &'a Site, _: &'a Letture) -> Dati<'a> {
    const TESTA: Testa = ["atti", "Atti", "Gli atti che le schede nominano, ognuno una volta per periodo."];
    let plan = &*site.plan;
    let soggetti = || {
        let di = |periodo| atti_di(periodo).into_iter().zip(1..).map(move |(atto, riga)| (periodo, riga, atto));
        plan.periodi.iter().flat_map(di)
    };
    di_periodo(TESTA, plan, soggetti, |(periodo, ..)| periodo)
        .con("riga", "il numero della riga fra quelle del periodo, da 1", |(_, riga, _)| -> usize { *riga })
        .con("id", "l'identificativo con cui le schede lo chiamano, se ne ha uno", |(.., atto)| atto.id.as_ref())
        .con("tipo", "che atto è, con la parola dell'intestazione", |(.., atto)| &atto.tipo)
        .con("numero", "il numero, com'è scritto, se la fonte lo indica", |(.., atto)| {
            atto.numero.as_ref().map(Codice)
        })
        .con("data", "il giorno dell'atto, se è noto", |(.., atto)| atto.giorno())
        .con("quando", "ciò che si sa della data: il giorno, il mese o solo l'anno", |(.., atto)| {
            atto.data.map(|data| Codice(data.to_string()))
        })
        .con("organo", "chi lo ha emanato, se la fonte lo indica", |(.., atto)| atto.organo.as_ref())
        .con("oggetto", "l'oggetto, con le sue parole", |(.., atto)| atto.oggetto.as_ref())
        .con("indirizzo", "dove si legge in rete, se è pubblico", |(.., atto)| atto.indirizzo.as_ref())
        .chiave(&["periodo", "riga"])
        .dati()
}

pub fn conformita<'a>(site: &'a Site, _: &'a Letture) -> Dati<'a> {
    const TESTA: Testa = [
        "conformita",
        "Conformità alle norme",
        "Che cosa dice ogni regola di ogni scheda, con le deroghe: una riga per regola e scheda.",
    ];
    di_periodo(TESTA, &site.plan, || conformita::detti(site), |detto| detto.periodo)
        .con("norma", "la norma della regola: è anche il nome della sua pagina", |detto| &detto.norma.id)
        .con("regola", "il codice della regola", |detto| Codice(&detto.regola.codice))
        .con("articolo", "l'atto e il paragrafo che la stabiliscono", |detto| detto.citazione())
        .con("scheda_tipo", "piano, avviso o progetto", |detto| Codice(detto.tipo()))
        .con("scheda", "l'identificativo della scheda nel periodo", |detto| Codice(detto.id()))
        .con("esito", "com'è andata: le parole sono quelle della pagina Conformità", |detto| {
            detto.scheda.esito.parola()
        })
        .con(
            "messaggi",
            "che cosa si è trovato, con il valore fra parentesi; vuoto se non c'è niente da dire",
            |detto| detto.messaggi(&site.plan),
        )
        .con("deroga_motivo", "perché la regola non vale per la scheda, dove è derogata", |detto| {
            detto.deroga().map(|deroga| deroga.motivo.trim())
        })
        .con("deroga_atto", "l'atto della deroga", |detto| detto.deroga().map(|deroga| deroga.atto.cita()))
        .chiave(&["periodo", "norma", "regola", "scheda_tipo", "scheda"])
        .dati()
}

pub fn prodotti<'a>(site: &'a Site, letture: &'a Letture) -> Dati<'a> {
    let descrizione = "I file del sito con la verifica di frase e logo: il registro dell'ufficio competente dell'ATS.";
    dataset("prodotti", "Prodotti", descrizione, || site.prodotti())
        .con("percorso", "l'indirizzo del file, sotto quello del sito", |(percorso, _)| Codice(*percorso))
        .con(
            "tipo",
            "che cos'è: pagina, grafico da scaricare, documento, dati, allegato o file di servizio",
            |(_, tipo)| tipo.parola(),
        )
        .con("frase", "dov'è la frase di attribuzione, o perché non serve", |(_, tipo)| tipo.frase())
        .con("logo", "dov'è il logo dell'ATS, o perché non serve", |(_, tipo)| tipo.logo())
        .con("prova", "come lo si è provato, sul file finito", |voce| {
            letto(letture, *voce).unwrap_or_else(|| voce.1.prova().to_owned())
        })
        .chiave(&["percorso"])
        .dati()
}
