//! What is published as data: each dataset is one entry, each field of it too.

use super::super::registro::letto;
use super::super::{Site, concessioni, conformita, parole};
use super::{Dati, DatiDi, dataset};
use crate::plan::conto::Conto;
use crate::record::{Atto, IMPORTI};
use crate::site::engine::Letture;
use crate::value::Euro;

pub const DATASETS: [DatiDi; 6] = [progetti, concessi, alleanze, enti, regole, prodotti];

fn progetti<'a>(site: &'a Site, _: &'a Letture) -> Box<dyn Dati + 'a> {
    let plan = &*site.plan;
    let soggetti = || {
        let periodi = plan.periodi.iter();
        periodi.flat_map(|periodo| periodo.progetti.iter().map(move |progetto| (periodo, progetto)))
    };
    let descrizione = "I progetti di tutti i periodi, con alleanza, capofila, graduatoria e finanziamento.";
    let mut dati = dataset("progetti", "Progetti", descrizione, soggetti)
        .con("periodo", "il periodo di programmazione", |(periodo, _)| &periodo.id)
        .con("id", "l'identificativo, stabile, del progetto nel periodo", |(_, progetto)| &progetto.id)
        .con("titolo", "il titolo del progetto", |(_, progetto)| &progetto.dati.titolo)
        .con("alleanza", "l'identificativo dell'alleanza", |(periodo, progetto)| {
            &periodo.alleanze[progetto.alleanza].id
        })
        .con("capofila", "l'identificativo dell'ente capofila", |(periodo, progetto)| {
            &plan.enti[periodo.capofila(progetto)].id
        })
        .con("capofila_nome", "il nome dell'ente capofila", |(periodo, progetto)| {
            &plan.enti[periodo.capofila(progetto)].dati.nome
        })
        .con("stato", "lo stato del progetto", |(_, progetto)| parole::nome(progetto.dati.stato()))
        .con("posizione", "la posizione in graduatoria, dove c'è", |(_, progetto)| {
            progetto.dati.graduatoria.as_ref().map(|posto| posto.posizione)
        })
        .con("punteggio", "i punti in graduatoria, dove ci sono", |(_, progetto)| {
            progetto.dati.graduatoria.as_ref().map(|posto| posto.punteggio)
        });
    // Every amount, also where no project tells it: programs that read the data count on the columns.
    for importo in IMPORTI.iter().filter(|importo| importo.in_elenco(true)) {
        let spiegazione = format!(
            "{} In euro, con il punto per i decimali; vuoto dove la fonte non lo indica.",
            importo.campo().detto()
        );
        dati = dati.con(importo.id, spiegazione, |(_, progetto)| (importo.di)(&progetto.dati.finanziamento));
    }
    type Voce = (&'static str, &'static str, fn(&Conto) -> Option<Euro>);
    const CONTO: [Voce; 5] = [
        ("spettante", "quanto spetta alla fine, dall'atto che lo dice", |conto| conto.spettante),
        ("pagato", "quanto è stato pagato, tolto ciò che è tornato", |conto| conto.pagato),
        ("da_pagare", "quanto resta da pagare", |conto| conto.da_pagare),
        ("da_recuperare", "quanto è stato pagato in più", |conto| conto.da_recuperare),
        ("economia", "quanto del contributo non spetta, dopo l'atto che lo dice", |conto| conto.economia),
    ];
    for (id, che, di) in CONTO {
        let spiegazione = format!("{che}, in euro, con il punto per i decimali; vuoto dove non è noto");
        dati = dati.con(id, spiegazione, move |(periodo, progetto)| di(&periodo.conto(progetto)));
    }
    Box::new(dati)
}

fn concessi<'a>(site: &'a Site, _: &'a Letture) -> Box<dyn Dati + 'a> {
    let plan = &*site.plan;
    let soggetti = || plan.periodi.iter().flat_map(|periodo| concessioni::concessioni(plan, periodo));
    let descrizione = "Chi riceve i contributi dei progetti e quanto: una riga per beneficiario.";
    Box::new(
        dataset("concessioni", "Contributi concessi", descrizione, soggetti)
            .con("periodo", "il periodo di programmazione", |riga| riga.periodo)
            .con("progetto", "l'identificativo del progetto nel periodo", |riga| riga.progetto.id)
            .con("capofila", "l'identificativo dell'ente capofila del progetto", |riga| riga.capofila.id)
            .con(
                "beneficiario",
                "l'identificativo dell'ente che riceve; vuoto dove la ripartizione non è indicata",
                |riga| riga.beneficiario.as_ref().map(|ente| ente.id),
            )
            .con(
                "beneficiario_nome",
                "chi riceve: l'ente, o il partenariato dove la ripartizione non è indicata",
                |riga| riga.nome(),
            )
            .con("codice_fiscale", "dell'ente che riceve, se la fonte lo indica", |riga| riga.codice_fiscale)
            .con("ruolo", "il ruolo dell'ente nel progetto; vuoto dove la ripartizione non è indicata", |riga| {
                riga.ruolo
            })
            .con("importo", "in euro, con il punto per i decimali; vuoto dove la fonte non lo indica", |riga| {
                riga.importo
            })
            .con("atto", "l'atto di concessione, se la fonte lo indica", |riga| riga.atto.map(Atto::cita))
            .con("data", "il giorno dell'atto, se è noto", |riga| riga.atto.and_then(Atto::giorno))
            .con("atti_dopo", "gli atti che hanno poi cambiato l'importo; vuoto se nessuno lo ha cambiato", |riga| {
                let atti = riga.atti_dopo.iter().map(|atto| atto.cita()).collect::<Vec<_>>().join("; ");
                (!atti.is_empty()).then_some(atti)
            })
            .con("responsabile", "il responsabile del procedimento, se la fonte lo indica", |riga| {
                riga.responsabile.map(|responsabile| &responsabile.nome)
            })
            .con("ufficio", "l'ufficio del responsabile, se la fonte lo indica", |riga| {
                riga.responsabile.map(|responsabile| &responsabile.ufficio)
            })
            .con(
                "avviso",
                "l'identificativo dell'avviso con cui il progetto è stato scelto, se la fonte lo indica",
                |riga| riga.modalita.as_ref().map(|avviso| avviso.id),
            )
            .con("avviso_titolo", "il titolo dell'avviso", |riga| riga.modalita.as_ref().map(|avviso| avviso.nome))
            .con("cup", "il codice unico di progetto, se la fonte lo indica", |riga| riga.cup),
    )
}

fn alleanze<'a>(site: &'a Site, _: &'a Letture) -> Box<dyn Dati + 'a> {
    let soggetti = || {
        let periodi = site.plan.periodi.iter();
        periodi.flat_map(|periodo| periodo.alleanze.iter().map(move |alleanza| (periodo, alleanza)))
    };
    let descrizione = "Le alleanze di tutti i periodi, con il capofila e il numero dei partner.";
    Box::new(
        dataset("alleanze", "Alleanze locali", descrizione, soggetti)
            .con("periodo", "il periodo di programmazione", |(periodo, _)| &periodo.id)
            .con("id", "l'identificativo, stabile, dell'alleanza nel periodo", |(_, alleanza)| &alleanza.id)
            .con("nome", "il nome dell'alleanza", |(_, alleanza)| &alleanza.dati.nome)
            .con("capofila", "l'identificativo dell'ente capofila", |(_, alleanza)| &alleanza.dati.capofila)
            .con("partner", "quanti partner, capofila escluso", |(_, alleanza)| alleanza.numero_partner())
            .con("partner_nominati", "quanti di loro la fonte nomina", |(_, alleanza)| alleanza.partner.len()),
    )
}

fn enti<'a>(site: &'a Site, _: &'a Letture) -> Box<dyn Dati + 'a> {
    let plan = &*site.plan;
    Box::new(
        dataset("enti", "Enti", "Gli enti nominati nei piani.", || plan.enti.iter())
            .con("id", "l'identificativo, stabile, dell'ente", |ente| &ente.id)
            .con("nome", "il nome dell'ente", |ente| &ente.dati.nome)
            .con("categoria", "il tipo di ente", |ente| &plan.categorie_enti[ente.categoria].nome)
            .con("comune", "dove ha sede, se la fonte lo indica", |ente| ente.dati.comune.as_ref())
            .con("provincia", "la sigla della provincia", |ente| ente.dati.provincia.as_ref())
            .con("codice_fiscale", "dell'ente, se la fonte lo indica", |ente| ente.dati.codice_fiscale.as_ref())
            .con("partita_iva", "dell'ente, se la fonte la indica", |ente| ente.dati.partita_iva.as_ref())
            .con("codice_ipa", "nell'indice delle pubbliche amministrazioni", |ente| ente.dati.codice_ipa.as_ref()),
    )
}

fn regole<'a>(site: &'a Site, _: &'a Letture) -> Box<dyn Dati + 'a> {
    let descrizione = "Che cosa dice ogni regola di ogni scheda, con le deroghe: una riga per regola e scheda.";
    Box::new(
        dataset("conformita", "Conformità alle norme", descrizione, || conformita::detti(site))
            .con("periodo", "il periodo di programmazione", |detto| &detto.periodo.id)
            .con("norma", "l'identificativo della norma, che è anche il nome della sua pagina", |detto| {
                &detto.norma.id
            })
            .con("regola", "il codice della regola", |detto| &detto.regola.codice)
            .con("articolo", "l'atto e il paragrafo che la stabiliscono", |detto| detto.citazione())
            .con("scheda_tipo", "piano, avviso o progetto", |detto| detto.tipo())
            .con("scheda", "l'identificativo della scheda nel periodo", |detto| detto.id())
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
            .con("deroga_atto", "l'atto della deroga", |detto| detto.deroga().map(|deroga| deroga.atto.cita())),
    )
}

fn prodotti<'a>(site: &'a Site, letture: &'a Letture) -> Box<dyn Dati + 'a> {
    let descrizione = "I file del sito con la verifica di frase e logo: il registro dell'ufficio competente dell'ATS.";
    Box::new(
        dataset("prodotti", "Prodotti", descrizione, || site.prodotti())
            .con("percorso", "l'indirizzo del file, sotto quello del sito", |(percorso, _)| *percorso)
            .con(
                "tipo",
                "che cos'è: pagina, grafico da scaricare, documento, dati, allegato o file di servizio",
                |(_, tipo)| tipo.parola(),
            )
            .con("frase", "dov'è la frase di attribuzione, o perché non serve", |(_, tipo)| tipo.frase())
            .con("logo", "dov'è il logo dell'ATS, o perché non serve", |(_, tipo)| tipo.logo())
            .con("prova", "come lo si è provato, sul file finito", |voce| {
                letto(letture, *voce).unwrap_or_else(|| voce.1.prova().to_owned())
            }),
    )
}
