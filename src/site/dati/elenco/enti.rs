//! The bodies, the alliances, and who takes part in what.

use super::{Testa, di_periodo, uniti};
use crate::plan::{Alleanza, Ente, Periodo, Plan, RuoloInAlleanza};
use crate::record::{Aiuto, Partecipazione};
use crate::schema::{chiave, nome};
use crate::site::Site;
use crate::site::dati::{Dati, dataset};
use crate::site::engine::Letture;
use crate::site::parole;
use crate::value::{Comune, Euro, Id};
use crate::view::Codice;

pub fn alleanze<'a>(site: &'a Site, _: &'a Letture) -> Dati<'a> {
    const TESTA: Testa = [
        "alleanze",
        "Alleanze locali",
        "Le alleanze di tutti i periodi, con il capofila, il territorio e il numero dei partner.",
    ];
    let plan = &*site.plan;
    let soggetti =
        || plan.periodi.iter().flat_map(|periodo| periodo.alleanze.iter().map(move |alleanza| (periodo, alleanza)));
    di_periodo(TESTA, plan, soggetti, |(periodo, _)| periodo)
        .con("id", "l'identificativo, stabile, dell'alleanza nel periodo", |(_, alleanza)| &alleanza.id)
        .con("nome", "il nome dell'alleanza", |(_, alleanza)| &alleanza.dati.nome)
        .con("nome_redazionale", "se il nome l'ha scelto chi scrive le schede, perché la fonte non lo dà", |riga| {
            riga.1.dati.nome_redazionale
        })
        .con_ente(["capofila", "capofila_nome"], "chi guida l'alleanza", |(_, alleanza)| {
            Some(&plan.enti[alleanza.capofila])
        })
        .con("partner", "quanti partner, capofila escluso", |(_, alleanza)| alleanza.numero_partner())
        .con("partner_nominati", "quanti di loro la fonte nomina", |(_, alleanza)| alleanza.partner.len())
        .con("nuova", "se è nuova in questo periodo; vuoto se la fonte non lo dice", |(_, alleanza)| {
            alleanza.dati.nuova
        })
        .con("tema", "l'argomento attorno a cui è nata, se la fonte lo dice", |(_, alleanza)| {
            alleanza.dati.tema.as_ref()
        })
        .con("anno_costituzione", "l'anno in cui è nata, se la fonte lo dice", |(_, alleanza)| {
            alleanza.dati.anno_costituzione
        })
        .con_luoghi("il territorio", |(_, alleanza)| &alleanza.dati.territorio)
        .chiave(&["periodo", "id"])
        .rinvio(&["capofila"], "enti", &["id"])
        .dati()
}

/// A body in an alliance, or in a project.
struct Parte<'a> {
    periodo: &'a Periodo,
    tipo: &'static str,
    scheda: &'a Id,
    titolo: &'a str,
    riga: usize,
    ente: &'a Ente,
    /// As records write it, and as people read it.
    ruolo: [&'static str; 2],
    /// Of a project: its row, and the aid of the body.
    dati: Option<&'a Partecipazione>,
    contributo: Option<Euro>,
    aiuto: Option<&'a Aiuto>,
}

fn in_alleanza<'a>(plan: &'a Plan, periodo: &'a Periodo, alleanza: &'a Alleanza) -> impl Iterator<Item = Parte<'a>> {
    let capofila = [(alleanza.capofila, RuoloInAlleanza::Capofila, "capofila")];
    let partner = alleanza.partner.iter().map(|&ente| (ente, RuoloInAlleanza::Partner, "partner"));
    let rete = alleanza.rete_di_supporto.iter();
    let rete = rete.map(|&ente| (ente, RuoloInAlleanza::ReteDiSupporto, "rete_di_supporto"));
    capofila.into_iter().chain(partner).chain(rete).zip(1..).map(move |((ente, ruolo, codice), riga)| Parte {
        periodo,
        tipo: "alleanza",
        scheda: &alleanza.id,
        titolo: &alleanza.dati.nome,
        riga,
        ente: &plan.enti[ente],
        ruolo: [codice, parole::ruolo_in_alleanza(ruolo)],
        dati: None,
        contributo: None,
        aiuto: None,
    })
}

fn parti<'a>(plan: &'a Plan, periodo: &'a Periodo) -> impl Iterator<Item = Parte<'a>> {
    let alleanze = periodo.alleanze.iter().flat_map(move |alleanza| in_alleanza(plan, periodo, alleanza));
    let progetti = periodo.progetti.iter().flat_map(move |progetto| {
        progetto.partenariato().zip(1..).map(move |(parte, riga)| {
            let ente = &plan.enti[parte.ente];
            Parte {
                periodo,
                tipo: "progetto",
                scheda: &progetto.id,
                titolo: &progetto.dati.titolo,
                riga,
                ente,
                ruolo: [chiave(parte.dati.ruolo), nome(parte.dati.ruolo)],
                dati: Some(parte.dati),
                contributo: parte.dati.contributo.filter(|_| progetto.dati.e_concesso()),
                aiuto: progetto.dati.aiuti.iter().find(|aiuto| aiuto.ente == ente.id),
            }
        })
    });
    alleanze.chain(progetti)
}

pub fn partecipazioni<'a>(site: &'a Site, _: &'a Letture) -> Dati<'a> {
    const TESTA: Testa = [
        "partecipazioni",
        "Partecipazioni",
        "Gli enti nominati di ogni alleanza e di ogni progetto, con il ruolo e, nei progetti, la parte di costo e di contributo.",
    ];
    let plan = &*site.plan;
    let soggetti = || plan.periodi.iter().flat_map(|periodo| parti(plan, periodo));
    di_periodo(TESTA, plan, soggetti, |parte| parte.periodo)
        .con("scheda_tipo", "alleanza o progetto", |parte| Codice(parte.tipo))
        .con("scheda", "l'identificativo dell'alleanza o del progetto nel periodo", |parte| parte.scheda)
        .con("scheda_titolo", "il nome dell'alleanza o il titolo del progetto", |parte| parte.titolo)
        .con("riga", "il numero della riga fra quelle della scheda, da 1", |parte| parte.riga)
        .con("ente", "l'identificativo dell'ente", |parte| &parte.ente.id)
        .con("ente_nome", "il nome dell'ente", |parte| &parte.ente.dati.nome)
        .con("codice_fiscale", "dell'ente, se la fonte lo indica", |parte| {
            parte.ente.dati.codice_fiscale.as_ref().map(Codice)
        })
        .con("ruolo_codice", "il ruolo: la parola delle schede", |parte| Codice(parte.ruolo[0]))
        .con("ruolo", "il ruolo dell'ente", |parte| parte.ruolo[1])
        .con("costo", "la parte del costo che l'ente gestisce, se la fonte la indica", |parte| {
            parte.dati.and_then(|dati| dati.quota)
        })
        .con("cofinanziamento", "la parte che l'ente mette di suo, se la fonte la indica", |parte| {
            parte.dati.and_then(|dati| dati.cofinanziamento)
        })
        .con("contributo", "la parte del contributo concesso che l'ente riceve, se la fonte la indica", |parte| {
            parte.contributo
        })
        .con("cup", "i codici unici che valgono per la parte dell'ente, se ne ha di suoi", |parte| {
            Codice(uniti(parte.dati.into_iter().flat_map(|dati| &dati.cup)))
        })
        .con("attivita_economica", "se l'ente svolge un'attività economica; vuoto se non lo dichiara", |parte| {
            parte.dati.and_then(|dati| dati.attivita_economica)
        })
        .con("aiuto", "l'aiuto «de minimis» che l'ente riceve, in euro, se ce n'è", |parte| {
            parte.aiuto.map(|aiuto| aiuto.importo)
        })
        .con("cor", "il codice dell'aiuto nel registro nazionale", |parte| {
            parte.aiuto.and_then(|aiuto| aiuto.cor.as_ref()).map(Codice)
        })
        .con("registrato_il", "il giorno in cui l'aiuto è entrato nel registro", |parte| {
            parte.aiuto.and_then(|aiuto| aiuto.registrato_il)
        })
        .chiave(&["periodo", "scheda_tipo", "scheda", "riga"])
        .rinvio(&["ente"], "enti", &["id"])
        .dati()
}

pub fn enti<'a>(site: &'a Site, _: &'a Letture) -> Dati<'a> {
    let plan = &*site.plan;
    let categoria = |ente: &&'a Ente| &plan.categorie_enti[ente.categoria];
    dataset("enti", "Enti", "Gli enti nominati nei piani, di tutti i periodi.", || plan.enti.iter())
        .con("id", "l'identificativo, stabile, dell'ente", |ente| &ente.id)
        .con("nome", "il nome dell'ente", |ente| &ente.dati.nome)
        .con("sigla", "la sigla con cui è conosciuto", |ente| ente.dati.sigla.as_ref())
        .con("categoria_codice", "il tipo di ente: la parola delle schede", move |ente| &categoria(ente).id)
        .con("categoria", "il tipo di ente", move |ente| &categoria(ente).nome)
        .con_parola(["natura_codice", "natura"], "se è pubblico, privato, impresa o rappresentanza", move |ente| {
            Some(categoria(ente).natura)
        })
        .con("comune", "dove ha sede, se la fonte lo indica", |ente| ente.dati.comune.as_ref())
        .con("comune_istat", "il codice ISTAT del comune, se è lombardo", |ente| {
            ente.dati.comune.as_deref().and_then(Comune::di_nome).map(|comune| Codice(comune.codice))
        })
        .con("provincia", "la sigla della provincia", |ente| ente.dati.provincia.as_ref().map(Codice))
        .con("codice_fiscale", "dell'ente, se la fonte lo indica", |ente| ente.dati.codice_fiscale.as_ref().map(Codice))
        .con("partita_iva", "dell'ente, se la fonte la indica", |ente| ente.dati.partita_iva.as_ref().map(Codice))
        .con("codice_ipa", "nell'indice delle pubbliche amministrazioni", |ente| {
            ente.dati.codice_ipa.as_ref().map(Codice)
        })
        .con("registro_imprese", "il numero REA, se la fonte lo indica", |ente| {
            ente.dati.registro_imprese.as_ref().map(Codice)
        })
        .con("anno_costituzione", "l'anno in cui è nato, se la fonte lo indica", |ente| ente.dati.anno_costituzione)
        .con("sito", "l'indirizzo del suo sito, se la fonte lo indica", |ente| ente.dati.contatti.sito.as_ref())
        .con("accordo_di_programma", "l'ambito per cui ha firmato l'accordo di programma del Piano di Zona", |ente| {
            ente.dati.accordo_di_programma.as_ref()
        })
        .chiave(&["id"])
        .dati()
}
