//! The projects of a period: the table with its totals, and one sheet each.

use serde::Serialize;
use tera::{Context, Value};

use super::schema::Schema;
use super::situazione::{self, Situazione};
use super::viste::{Collegamento, VistaEnte, VistaProgetto, collegamento_avviso, territorio};
use super::{
    Also, Head, Route, Site, ancore, briciola, conformita, cronologia, denaro, dichiarazioni, faccette, grafici,
    parole, viste,
};
use crate::conformita::Soggetto;
use crate::plan::{Periodo, Plan, Progetto};
use crate::record::{Contatti, IMPORTI, Importo, Posto, Ruolo, Servizio, Territorio};
use crate::value::Euro;
use crate::value::quote::Percentuale;

pub fn routes(site: &Site, p: usize, put: &mut dyn FnMut(Route)) {
    let periodo = &site.plan.periodi[p];
    if periodo.progetti.is_empty() {
        return;
    }
    put(Route::page(format!("{}/progetti/index.html", periodo.id), move |site, path| elenco(site, path, p)));
    grafici::rotte(site, put, move |site| Some(grafici::finanziamento(&site.plan.periodi[p])));
    grafici::rotte(site, put, move |site| cronologia::cronologia(&site.plan.periodi[p]));
    for (i, progetto) in periodo.progetti.iter().enumerate() {
        let path = format!("{}/progetti/{}/index.html", periodo.id, progetto.id);
        put(Route::page(path, move |site, path| scheda(site, path, p, i)));
        if periodo.partenariato_intero(progetto) {
            grafici::rotte(site, put, move |site| {
                let periodo = &site.plan.periodi[p];
                grafici::composizione_di_progetto(&site.plan, periodo, &periodo.progetti[i])
            });
        }
    }
}

fn elenco(site: &Site, path: &str, p: usize) -> super::Rendered {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let mut context = Context::new();
    context.insert("progetti", &viste_di(plan, periodo));
    let di_progetto = |progetto| faccette::di_progetto(plan, periodo, progetto);
    context.insert("faccette", &periodo.progetti.iter().map(di_progetto).collect::<Vec<_>>());
    context.insert("totali", &denaro::Totali::di(periodo.progetti.iter()));
    context.insert("quadrature", &denaro::quadrature(periodo));
    context.insert("grafico", &grafici::finanziamento(periodo));
    context.insert("cronologia", &cronologia::cronologia(periodo));
    let head = Head {
        path,
        titolo: "Progetti".into(),
        descrizione: format!("I progetti del {}, con alleanza, capofila e finanziamento.", periodo.dati.titolo),
        briciole: vec![briciola(&*periodo.dati.titolo, format!("{}/", periodo.id))],
        periodo: Some(p),
    };
    site.render(head, "progetti.html", &periodo.origine.file, context)
}

pub fn viste_di<'a>(plan: &'a Plan, periodo: &'a Periodo) -> Vec<VistaProgetto<'a>> {
    periodo.progetti.iter().map(|progetto| VistaProgetto::of(plan, periodo, progetto)).collect()
}

fn scheda(site: &Site, path: &str, p: usize, i: usize) -> super::Rendered {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let progetto = &periodo.progetti[i];
    let dati = &*progetto.dati;
    let alleanza = &periodo.alleanze[progetto.alleanza];
    let mut context = Context::new();
    context.insert("id", &progetto.id);
    context.insert("progetto", dati);
    context.insert("situazione", &situazione::di_progetto(plan, periodo, progetto));
    context.insert("alleanza", &viste::collegamento_alleanza(periodo, alleanza));
    context.insert("numero_partner", &periodo.numero_partner(progetto));
    context.insert_value("capofila", site.ente(periodo.capofila(progetto)));
    context.insert("avviso", &progetto.avviso.map(|a| collegamento_avviso(periodo, a)));
    context.insert("regole", &conformita::regole_di(site, p, Soggetto::Progetto(i)));
    context.insert("dichiarazioni", &dichiarazioni::di_progetto(plan, periodo, progetto));
    context.insert("totale_pagamenti", &dati.pagamenti.iter().map(|pagamento| pagamento.importo).sum::<Euro>());
    context.insert("voci", &voci_finanziarie(progetto));
    context.insert("partenariato", &partecipazioni(site, progetto));
    let totale_quote: Euro = dati.partenariato.iter().filter_map(|riga| riga.quota).sum();
    context.insert("totale_quote", &totale_quote);
    let contributi: Vec<Euro> = dati.partenariato.iter().filter_map(|riga| riga.contributo).collect();
    context.insert("totale_contributi", &(!contributi.is_empty()).then(|| contributi.into_iter().sum::<Euro>()));
    context.insert("azioni", &azioni(periodo, progetto));
    context.insert("servizi", &servizi_di(plan, periodo, progetto));
    context.insert("luoghi", &territorio(territorio_di(&dati.territorio, &alleanza.dati.territorio)));
    context.insert("manca", parole::manca(plan.storico(periodo, progetto)));
    context.insert("residui", &denaro::residui_assegnati(periodo, progetto));
    context.insert("composizione", &grafici::composizione_di_progetto(plan, periodo, progetto));
    let head = Head {
        path,
        titolo: dati.titolo.clone(),
        descrizione: dati.sintesi.as_deref().map_or_else(
            || {
                let capofila = &plan.enti[periodo.capofila(progetto)].dati.nome;
                format!(
                    "Progetto «{}» di {capofila} e {}: finanziamento, partner e azioni.",
                    dati.titolo, alleanza.dati.nome
                )
            },
            crate::markdown::plain,
        ),
        briciole: vec![
            briciola(&*periodo.dati.titolo, format!("{}/", periodo.id)),
            briciola("Progetti", format!("{}/progetti/", periodo.id)),
        ],
        periodo: Some(p),
    };
    let about = Also::about(Schema::of(site, path).progetto(periodo, progetto));
    site.render_for(about, head, "progetto.html", &progetto.origine.file, context)
}

/// A row of the funding table.
#[derive(Serialize)]
pub struct VoceFinanziamento {
    pub nome: &'static str,
    pub importo: Option<Euro>,
    /// Of the cost.
    pub percentuale: Option<Percentuale>,
}

pub fn voci_finanziarie(progetto: &Progetto) -> Vec<VoceFinanziamento> {
    let voci = &progetto.dati.finanziamento;
    let centesimi = |euro: Euro| u64::try_from(euro.centesimi()).unwrap_or(0);
    let parte = |(euro, costo)| Percentuale::di(centesimi(euro), centesimi(costo));
    let voce = |importo: &Importo| {
        let euro = (importo.di)(voci);
        let costo = voci.costo_complessivo.filter(|_| importo.posto != Posto::Dettaglio);
        let percentuale = euro.zip(costo).map(parte);
        importo.in_conto(euro.is_some()).then(|| VoceFinanziamento {
            nome: importo.campo().titolo(),
            importo: euro,
            percentuale,
        })
    };
    IMPORTI.iter().filter_map(voce).collect()
}

#[derive(Serialize)]
struct VistaPartecipazione {
    ancora: String,
    ente: Value,
    ruolo: Ruolo,
    ruolo_nome: &'static str,
    motivo: Option<String>,
    quota: Option<Euro>,
    contributo: Option<Euro>,
}

fn partecipazioni(site: &Site, progetto: &Progetto) -> Vec<VistaPartecipazione> {
    let righe = progetto.dati.partenariato.iter().zip(&progetto.partenariato);
    let ancore = ancore::di("ente", progetto.dati.partenariato.iter().map(|riga| riga.ente.as_str()));
    righe
        .zip(ancore)
        .map(|((riga, &ente), ancora)| VistaPartecipazione {
            ancora,
            ente: site.ente(ente),
            ruolo: riga.ruolo,
            ruolo_nome: parole::nome(riga.ruolo),
            motivo: riga.motivo.clone(),
            quota: riga.quota,
            contributo: riga.contributo,
        })
        .collect()
}

#[derive(Serialize)]
pub struct VistaAzione<'a> {
    pub ancora: String,
    pub titolo: &'a str,
    pub macrocategoria: Option<&'a str>,
    pub gruppo: Option<&'a str>,
    pub descrizione: Option<&'a str>,
    pub durata_mesi: Option<u32>,
    pub costo: Option<Euro>,
}

pub fn azioni<'a>(periodo: &'a Periodo, progetto: &'a Progetto) -> Vec<VistaAzione<'a>> {
    let macrocategorie = &periodo.norma.macrocategorie;
    progetto
        .dati
        .azioni
        .iter()
        .zip(ancore_azioni(&progetto.dati))
        .map(|(azione, ancora)| {
            let voce = azione.macrocategoria.as_ref().and_then(|id| macrocategorie.iter().find(|voce| voce.id == *id));
            VistaAzione {
                ancora,
                titolo: &azione.titolo,
                macrocategoria: voce.map(|voce| voce.nome.as_str()),
                gruppo: voce.and_then(|voce| voce.gruppo.as_deref()),
                descrizione: azione.descrizione.as_deref(),
                durata_mesi: azione.durata_mesi,
                costo: azione.costo,
            }
        })
        .collect()
}

/// Where the page of a project tells of its actions, one after the other.
pub fn ancore_azioni(progetto: &crate::record::Progetto) -> Vec<String> {
    ancore::di("azione", progetto.azioni.iter().map(|azione| azione.titolo.as_str()))
}

/// Where it tells of its services.
pub fn ancore_servizi(progetto: &crate::record::Progetto) -> Vec<String> {
    ancore::di("servizio", progetto.servizi.iter().map(|servizio| servizio.nome.as_str()))
}

/// A service with all that a citizen needs to ask for it.
#[derive(Serialize)]
pub struct VistaServizio<'a> {
    /// Where the page of its project tells of it.
    pub ancora: String,
    pub servizio: &'a Servizio,
    pub categoria: Collegamento<'a>,
    pub modalita: Option<&'static str>,
    pub erogatore: Option<VistaEnte<'a>>,
    pub progetto: Collegamento<'a>,
    pub periodo: &'a str,
    pub periodo_titolo: &'a str,
    /// Of its project: where that is over, the service may not be there any more.
    pub situazione: Situazione,
    /// Where it can be used: of the service, else of the project, else of the alliance.
    pub territorio: &'a Territorio,
    /// The same in words.
    pub luoghi: Option<String>,
    /// Its own, else those of its project.
    pub contatti: &'a Contatti,
}

/// Where something happens: what it says itself, else what holds for the whole that it is part of.
pub fn territorio_di<'a>(suo: &'a Territorio, generale: &'a Territorio) -> &'a Territorio {
    if suo.ambiti.is_empty() && suo.comuni.is_empty() { generale } else { suo }
}

pub fn servizi_di<'a>(plan: &'a Plan, periodo: &'a Periodo, progetto: &'a Progetto) -> Vec<VistaServizio<'a>> {
    let alleanza = &periodo.alleanze[progetto.alleanza];
    let dove = territorio_di(&progetto.dati.territorio, &alleanza.dati.territorio);
    progetto
        .dati
        .servizi
        .iter()
        .zip(&progetto.erogatori)
        .zip(ancore_servizi(&progetto.dati))
        .filter_map(|((servizio, erogatore), ancora)| {
            let categoria = plan.categorie_servizi.iter().find(|voce| voce.id == servizio.categoria)?;
            let suo = territorio_di(&servizio.territorio, dove);
            Some(VistaServizio {
                ancora,
                servizio,
                categoria: Collegamento {
                    id: categoria.id.as_str(),
                    nome: &categoria.nome,
                    indirizzo: format!("servizi/{}/", categoria.id),
                },
                modalita: servizio.modalita.map(parole::nome),
                erogatore: erogatore.map(|ente| VistaEnte::of(plan, ente)),
                progetto: Collegamento {
                    id: progetto.id.as_str(),
                    nome: &progetto.dati.titolo,
                    indirizzo: viste::indirizzo_progetto(periodo, progetto),
                },
                periodo: periodo.id.as_str(),
                periodo_titolo: &periodo.dati.titolo,
                situazione: situazione::di_progetto(plan, periodo, progetto),
                territorio: suo,
                luoghi: territorio(suo),
                contatti: if servizio.contatti == Contatti::default() {
                    &progetto.dati.contatti
                } else {
                    &servizio.contatti
                },
            })
        })
        .collect()
}
