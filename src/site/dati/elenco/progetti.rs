//! The projects, and what each does.

use super::{ATTO, Testa, di_periodo, di_progetto, uniti};
use crate::plan::conto::Conto;
use crate::plan::{Periodo, Progetto};
use crate::record::{Atto, Evento, IMPORTI};
use crate::schema::{chiave, nome};
use crate::site::Site;
use crate::site::dati::Dati;
use crate::site::engine::Letture;
use crate::site::offerta::servizi_di;
use crate::value::{Data, Euro};
use crate::view::Codice;

pub fn progetti<'a>(site: &'a Site, _: &'a Letture) -> Dati<'a> {
    const TESTA: Testa =
        ["progetti", "Progetti", "I progetti di tutti i periodi, con alleanza, capofila, graduatoria e finanziamento."];
    let plan = &*site.plan;
    let alleanza = |&(periodo, progetto): &(&'a Periodo, &'a Progetto)| &periodo.alleanze[progetto.alleanza];
    let avviso = |&(periodo, progetto): &(&'a Periodo, &'a Progetto)| progetto.avviso.map(|a| &periodo.avvisi[a]);
    let mut dati = di_periodo(TESTA, plan, || plan.progetti(), |(periodo, _)| periodo)
        .con("id", "l'identificativo, stabile, del progetto nel periodo", |(_, progetto)| &progetto.id)
        .con("titolo", "il titolo del progetto", |(_, progetto)| &progetto.dati.titolo)
        .con("acronimo", "il nome breve, se ne ha uno", |(_, progetto)| progetto.dati.acronimo.as_ref())
        .con("alleanza", "l'identificativo dell'alleanza", move |riga| &alleanza(riga).id)
        .con("alleanza_nome", "il nome dell'alleanza", move |riga| &alleanza(riga).dati.nome)
        .con_ente(["capofila", "capofila_nome"], "chi guida il progetto", |(periodo, progetto)| {
            Some(&plan.enti[periodo.capofila(progetto)])
        })
        .con("avviso", "l'identificativo dell'avviso, se la fonte lo indica", move |riga| avviso(riga).map(|a| &a.id))
        .con("avviso_titolo", "il titolo dell'avviso", move |riga| avviso(riga).map(|a| &a.dati.titolo))
        .con(
            "norma",
            "la norma che vale per il progetto: quella dell'avviso, se ne ha una sua",
            |(periodo, progetto)| plan.norma_di(periodo, progetto).0,
        )
        .con_parola(["stato_codice", "stato"], "lo stato del progetto", |(_, progetto)| Some(progetto.dati.stato()))
        .con("presentata", "il giorno in cui la domanda è arrivata", |(_, progetto)| {
            Some(progetto.dati.domanda.as_ref()?.presentata.giorno())
        })
        .con("dal", "il primo giorno del progetto, se la fonte lo indica", |(_, progetto)| {
            progetto.dati.durata.as_ref().and_then(|durata| durata.dal)
        })
        .con("al", "l'ultimo giorno che la fonte indica, proroghe comprese: quello previsto, finché non dice quando il progetto è finito", |(_, progetto)| {
            progetto.dati.durata.as_ref().and_then(|durata| durata.al)
        })
        .con("posizione", "la posizione in graduatoria, dove c'è", |(_, progetto)| {
            progetto.dati.graduatoria.as_ref().map(|posto| posto.posizione)
        })
        .con("punteggio", "i punti in graduatoria, dove ci sono", |(_, progetto)| {
            progetto.dati.graduatoria.as_ref().map(|posto| posto.punteggio)
        })
        .con("cup", "il codice unico di progetto, se la fonte lo indica", |(_, progetto)| {
            progetto.dati.atti.cup.as_ref().map(Codice)
        })
        .con_atto(ATTO, "l'atto di concessione", |(_, progetto)| progetto.dati.atti.concessione.as_ref())
        .con("pubblicato_il", "il giorno di pubblicazione in Amministrazione trasparente", |(_, progetto)| {
            progetto.dati.pubblicato_il
        })
        .con_luoghi("dove si svolge", |(_, progetto)| &progetto.dati.territorio);
    // Every amount, also where no project tells it: programs that read the data count on the columns.
    for importo in IMPORTI {
        let spiegazione = format!("{} In euro; vuoto dove la fonte non lo indica.", importo.campo().detto());
        dati = dati.con(importo.id, spiegazione, |(_, progetto)| (importo.di)(&progetto.dati.finanziamento));
    }
    type Importo = (&'static str, &'static str, fn(&Conto) -> Option<Euro>);
    const CONTO: [Importo; 5] = [
        ("spettante", "quanto spetta alla fine, dall'atto che lo dice", |conto| conto.spettante),
        ("pagato", "quanto è stato pagato, tolto ciò che è tornato", |conto| conto.pagato),
        ("da_pagare", "quanto resta da pagare", |conto| conto.da_pagare),
        ("da_recuperare", "quanto è stato pagato in più", |conto| conto.da_recuperare),
        ("economia", "quanto del contributo non spetta, dopo l'atto che lo dice", |conto| conto.economia),
    ];
    for (id, che, di) in CONTO {
        let spiegazione = format!("{che}, in euro; vuoto dove non è noto");
        dati = dati.con(id, spiegazione, move |(periodo, progetto)| di(&periodo.conto(progetto)));
    }
    dati.chiave(&["periodo", "id"])
        .rinvio(&["periodo", "alleanza"], "alleanze", &["periodo", "id"])
        .rinvio(&["capofila"], "enti", &["id"])
        .dati()
}

/// Something that happened to a project; a step down the ranking stands in the call.
struct Fatto<'a> {
    codice: &'static str,
    cosa: &'static str,
    data: Data,
    importo: Option<Euro>,
    atto: Option<&'a Atto>,
    /// What more its record tells.
    evento: Option<&'a Evento>,
}

fn fatti<'a>(periodo: &'a Periodo, progetto: &'a Progetto) -> Vec<Fatto<'a>> {
    let eventi = progetto.dati.eventi.iter().map(|evento| Fatto {
        codice: chiave(evento.cosa),
        cosa: nome(evento.cosa),
        data: evento.data,
        importo: evento.importo,
        atto: evento.atto.as_ref(),
        evento: Some(evento),
    });
    let passi = periodo.passi(progetto).into_iter().filter(|passo| passo.evento.is_none());
    let scorrimenti = passi.map(|passo| Fatto {
        codice: "scorrimento",
        cosa: "scorrimento della graduatoria",
        data: passo.data,
        importo: passo.importo,
        atto: passo.atto,
        evento: None,
    });
    let mut fatti: Vec<Fatto> = eventi.chain(scorrimenti).collect();
    fatti.sort_by_key(|fatto| fatto.data);
    fatti
}

pub fn eventi<'a>(site: &'a Site, _: &'a Letture) -> Dati<'a> {
    const TESTA: Testa =
        ["eventi", "Eventi", "Che cosa è successo a ogni progetto dopo la domanda, in ordine di tempo, con gli atti."];
    di_progetto(TESTA, &site.plan, fatti)
        .con("cosa_codice", "che cosa è successo: la parola delle schede", |voce| Codice(voce.dati.codice))
        .con("cosa", "che cosa è successo", |voce| voce.dati.cosa)
        .con("data", "il giorno da cui vale", |voce| voce.dati.data)
        .con("importo", "la somma di cui si parla: concessa, aggiunta, tolta o spettante", |voce| voce.dati.importo)
        .con("nuovo_costo", "il costo complessivo dopo una variante che lo cambia", |voce| {
            voce.dati.evento?.costo_complessivo
        })
        .con("nuovo_cofinanziamento", "il cofinanziamento dopo una variante che lo cambia", |voce| {
            voce.dati.evento?.cofinanziamento
        })
        .con("nuovo_termine", "il nuovo ultimo giorno, in una proroga", |voce| voce.dati.evento?.al)
        .con("motivo", "perché, se la fonte lo dice", |voce| voce.dati.evento?.motivo.as_deref())
        .con("copertura", "da quali risorse viene la somma, e quanto da ognuna", |voce| {
            let parti = voce.dati.evento.into_iter().flat_map(|evento| &evento.copertura);
            uniti(parti.map(|parte| format!("{} {}", parte.da, parte.importo)))
        })
        .con_atto(ATTO, "l'atto che lo decide", |voce| voce.dati.atto)
        .dati()
}

pub fn azioni<'a>(site: &'a Site, _: &'a Letture) -> Dati<'a> {
    const TESTA: Testa = ["azioni", "Azioni", "Le azioni di cui è fatto ogni progetto."];
    let plan = &*site.plan;
    di_progetto(TESTA, plan, |_, progetto| progetto.dati.azioni.iter())
        .con("titolo", "il titolo dell'azione", |voce| &voce.dati.titolo)
        .con("macrocategoria", "la voce della norma a cui l'azione risponde", |voce| voce.dati.macrocategoria.as_ref())
        .con("macrocategoria_nome", "il nome della voce", |voce| {
            let norma = plan.norma_di(voce.periodo, voce.progetto).1;
            let id = voce.dati.macrocategoria.as_ref();
            id.and_then(|id| norma.macrocategoria(id)).map(|trovata| &trovata.nome)
        })
        .con("durata_mesi", "quanti mesi dura, se la fonte lo dice in mesi", |voce| voce.dati.durata_mesi)
        .con("dal", "il primo giorno, se la fonte lo indica", |voce| {
            voce.dati.durata.as_ref().and_then(|durata| durata.dal)
        })
        .con("al", "l'ultimo giorno, se la fonte lo indica", |voce| {
            voce.dati.durata.as_ref().and_then(|durata| durata.al)
        })
        .con("costo", "quanto costa, in euro; vuoto dove la fonte non lo indica", |voce| voce.dati.costo)
        .con("descrizione", "che cosa si fa, in Markdown", |voce| voce.dati.descrizione.as_deref())
        .dati()
}

pub fn servizi<'a>(site: &'a Site, _: &'a Letture) -> Dati<'a> {
    const TESTA: Testa =
        ["servizi", "Servizi", "I servizi che i progetti prevedono: per chi, dove, quanto costano e come si chiedono."];
    let plan = &*site.plan;
    di_progetto(TESTA, plan, |periodo, progetto| servizi_di(plan, periodo, progetto))
        .con("nome", "il nome del servizio", |voce| &voce.dati.servizio.nome)
        .con("categoria", "il bisogno a cui risponde: è anche il nome della pagina del catalogo", |voce| {
            Codice(voce.dati.categoria.id)
        })
        .con("categoria_nome", "il bisogno, a parole", |voce| voce.dati.categoria.nome)
        .con_parola(["modalita_codice", "modalita"], "se si paga e come", |voce| voce.dati.servizio.modalita)
        .con("costo", "quanto paga chi lo usa, a parole", |voce| voce.dati.servizio.costo.as_ref())
        .con("per_chi", "chi può usarlo", |voce| voce.dati.servizio.per_chi.as_ref())
        .con("erogatore", "l'identificativo dell'ente che lo dà", |voce| voce.dati.servizio.erogatore.as_ref())
        .con("erogatore_nome", "il nome dell'ente che lo dà", |voce| {
            voce.dati.erogatore.as_ref().map(|ente| ente.nome)
        })
        .con("altri_erogatori", "gli identificativi degli altri enti che lo danno", |voce| {
            uniti(voce.dati.servizio.altri_erogatori.iter().map(|id| id.as_str()))
        })
        .con_luoghi("dove si usa, se la scheda del servizio o del progetto lo dice", |voce| voce.dati.dove_si_usa())
        .con("dal", "il primo giorno in cui si può usare", |voce| voce.dati.servizio.dal)
        .con("al", "l'ultimo giorno in cui si può usare", |voce| voce.dati.servizio.al)
        .con("situazione", "come sta il servizio il giorno a cui i dati sono aggiornati", |voce| {
            voce.dati.situazione.breve.clone()
        })
        .con("orari", "i giorni e le ore, a parole", |voce| voce.dati.servizio.orari.as_ref())
        .con("posti", "quanti posti ci sono", |voce| voce.dati.servizio.posti)
        .con("requisiti", "che cosa serve per usarlo, in Markdown", |voce| voce.dati.servizio.requisiti.as_deref())
        .con("come_accedere", "che cosa fare per averlo, in Markdown", |voce| {
            voce.dati.servizio.come_accedere.as_deref()
        })
        .con("descrizione", "che cosa offre, in Markdown", |voce| voce.dati.servizio.descrizione.as_deref())
        .rinvio(&["erogatore"], "enti", &["id"])
        .dati()
}

pub fn indicatori<'a>(site: &'a Site, _: &'a Letture) -> Dati<'a> {
    const TESTA: Testa =
        ["indicatori", "Indicatori", "I numeri con cui si misura ogni progetto: previsti e raggiunti."];
    di_progetto(TESTA, &site.plan, |_, progetto| progetto.dati.indicatori.iter())
        .con("nome", "che cosa si conta", |voce| &voce.dati.nome)
        .con_parola(["tipo_codice", "tipo"], "se si contano persone, famiglie o imprese", |voce| voce.dati.tipo)
        .con("precisione", "come la fonte dice il numero previsto, quando non è esatto", |voce| {
            voce.dati.precisione.as_ref()
        })
        .con("previsto", "il numero che il progetto vuole raggiungere", |voce| voce.dati.previsto)
        .con("raggiunto", "il numero raggiunto; vuoto se nessun documento lo dice", |voce| voce.dati.raggiunto)
        .con("raggiunto_al", "il giorno dell'ultima rilevazione, se ce n'è", |voce| {
            voce.dati.rilevazioni.iter().map(|rilevazione| rilevazione.al).max()
        })
        .dati()
}

pub fn prodotti<'a>(site: &'a Site, _: &'a Letture) -> Dati<'a> {
    const TESTA: Testa = [
        "prodotti-dei-progetti",
        "Prodotti dei progetti",
        "Ciò che i progetti hanno fatto per il pubblico, e chi ha controllato frase e logo.",
    ];
    di_progetto(TESTA, &site.plan, |_, progetto| progetto.dati.prodotti.iter())
        .con("titolo", "che cos'è", |voce| &voce.dati.titolo)
        .con("indirizzo", "dove si vede, se è in rete", |voce| voce.dati.indirizzo.as_ref())
        .con("verifica_ufficio", "l'ufficio che ha controllato frase e logo", |voce| {
            voce.dati.verifica.as_ref().map(|verifica| &verifica.ufficio)
        })
        .con("verifica_data", "il giorno del controllo", |voce| {
            voce.dati.verifica.as_ref().map(|verifica| verifica.data)
        })
        .con("verifica_esito", "che cosa si è trovato", |voce| {
            voce.dati.verifica.as_ref().and_then(|verifica| verifica.esito.as_ref())
        })
        .dati()
}
