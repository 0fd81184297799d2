//! The projects of a period: the table with its totals, and one sheet each.

use super::engine::Foglio;
use super::filtri::Fasce;
use super::offerta::{nome_dei_luoghi, servizi_di, territorio_di};
use super::viste::{self, collegamento_avviso, territorio};
use super::{ancore, conformita, denaro, dichiarazioni, filtri, grafici, parole, situazione, vita};
use crate::conformita::Soggetto;
use crate::markdown;
use crate::plan::{Partecipazione, Periodo, Plan, Progetto, Somma};
use crate::record::{self, IMPORTI, Importo};
use crate::value::Euro;
use crate::value::quote::Percentuale;
use crate::view::grafico::centesimi;
use tera::Value;

pub fn elenco(foglio: &mut Foglio, p: usize) {
    let (plan, periodo) = (foglio.plan, foglio.periodo(p));
    let contributi = periodo.progetti.iter().map(|progetto| progetto.dati.finanziamento.contributo_riconosciuto);
    let fasce = Fasce::di(contributi);
    let riga = |progetto| {
        let voce = viste::progetto(plan, periodo, progetto);
        vista! { "filtri": filtri::di_progetto(plan, periodo, progetto, &fasce), ..&voce }
    };
    foglio.insert("progetti", &periodo.progetti.iter().map(riga).collect::<Vec<_>>());
    foglio.insert("totali", &denaro::totali(periodo.progetti.iter()));
    foglio.insert("quadrature", &denaro::quadrature(periodo));
    foglio.insert("grafico", &grafici::finanziamento(periodo));
    foglio.insert("cronologia", &grafici::cronologia(periodo));
}

pub fn viste_di(plan: &Plan, periodo: &Periodo) -> Vec<Value> {
    periodo.progetti.iter().map(|progetto| viste::progetto(plan, periodo, progetto)).collect()
}

pub fn scheda(foglio: &mut Foglio, p: usize, i: usize) {
    let (site, plan, periodo) = (foglio.site, foglio.plan, foglio.periodo(p));
    let progetto = &periodo.progetti[i];
    let dati = &*progetto.dati;
    let alleanza = &periodo.alleanze[progetto.alleanza];
    foglio.insert("id", &progetto.id);
    foglio.insert("progetto", dati);
    foglio.insert("situazione", &situazione::di_progetto(plan, periodo, progetto));
    foglio.insert("quando", &situazione::quando(dati));
    foglio.insert("alleanza", &viste::collegamento_alleanza(periodo, alleanza));
    foglio.insert("numero_partner", &periodo.numero_partner(progetto));
    foglio.insert_value("capofila", site.ente(periodo.capofila(progetto)));
    foglio.insert("avviso", &progetto.avviso.map(|a| collegamento_avviso(periodo, a)));
    foglio.insert("regole", &conformita::regole_di(site, p, Soggetto::Progetto(i)));
    foglio.insert("dichiarazioni", &dichiarazioni::di_progetto(plan, periodo, progetto));
    foglio.insert("conto", &periodo.conto(progetto));
    foglio.insert("vita", &vita::storia(plan, periodo, progetto));
    foglio.insert("voci", &voci_finanziarie(progetto));
    let righe = ancore::di("ente", progetto.partenariato(), |parte| parte.dati.ente.as_str());
    let righe = righe.map(|(Partecipazione { ente, dati, .. }, ancora)| {
        vista! {
            "ancora": ancora,
            "ente": site.ente(ente),
            "ruolo_nome": parole::nome(dati.ruolo),
            ..dati
        }
    });
    foglio.insert("partenariato", &righe.collect::<Vec<_>>());
    let totale_quote: Euro = dati.partenariato.iter().filter_map(|riga| riga.quota).sum();
    foglio.insert("totale_quote", &totale_quote);
    let contributi = Somma::di(dati.partenariato.iter().map(|riga| riga.contributo));
    foglio.insert("totale_contributi", &contributi.importo.filter(|_| dati.e_concesso()));
    foglio.insert("azioni", &azioni(plan, periodo, progetto));
    foglio.insert("servizi", &servizi_di(plan, periodo, progetto));
    let luoghi = territorio_di(&dati.territorio, &alleanza.dati.territorio);
    foglio.insert("luoghi", &territorio(luoghi));
    foglio.insert("nome_dei_luoghi", &nome_dei_luoghi(luoghi, alleanza));
    foglio.insert("manca", parole::manca(plan.storico(periodo, progetto)));
    foglio.insert("residui", &denaro::residui_assegnati(periodo, progetto));
    foglio.insert("composizione", &grafici::composizione_di_progetto(plan, periodo, progetto));
    let aiuti = dati.aiuti.iter().map(|aiuto| {
        vista! {
            "ente": plan.ente(&aiuto.ente).map_or(aiuto.ente.as_str(), |ente| ente.dati.nome.as_str()),
            "gia_concessi": aiuto.visura.as_ref().map(|visura| visura.gia_concessi),
            ..aiuto
        }
    });
    foglio.insert("aiuti", &aiuti.collect::<Vec<_>>());
    foglio.descrizione = dati.sintesi.as_deref().map_or_else(
        || {
            let capofila = &plan.enti[periodo.capofila(progetto)].dati.nome;
            let alleanza = &alleanza.dati.nome;
            format!("Progetto «{}». {alleanza}; capofila: {capofila}.", dati.titolo)
        },
        markdown::plain,
    );
    foglio.about = Some(foglio.schema().progetto(periodo, progetto));
}

/// The funding table.
fn voci_finanziarie(progetto: &Progetto) -> Vec<Value> {
    let voci = &progetto.dati.finanziamento;
    let voce = |importo: &Importo| {
        let euro = (importo.di)(voci);
        let costo = voci.costo_complessivo.filter(|_| importo.in_elenco());
        let del_costo = euro.zip(costo).map(|(euro, costo)| Percentuale::di(centesimi(euro), centesimi(costo)));
        importo.in_conto(euro.is_some()).then(|| {
            vista! { "nome": importo.campo().titolo(), "importo": euro, "percentuale": del_costo }
        })
    };
    IMPORTI.iter().filter_map(voce).collect()
}

fn azioni(plan: &Plan, periodo: &Periodo, progetto: &Progetto) -> Vec<Value> {
    let norma = plan.norma_di(periodo, progetto).1;
    let azione = |(azione, ancora): (&record::Azione, String)| {
        let voce = azione.macrocategoria.as_ref().and_then(|id| norma.macrocategoria(id));
        vista! {
            "ancora": ancora,
            "macrocategoria": voce.map(|voce| &voce.nome),
            "gruppo": voce.and_then(|voce| voce.gruppo.as_ref()),
            ..azione
        }
    };
    ancorate(&progetto.dati).map(azione).collect()
}

/// The actions of a project, and where its page tells of each.
pub fn ancorate(progetto: &record::Progetto) -> impl Iterator<Item = (&record::Azione, String)> {
    ancore::di("azione", progetto.azioni.iter(), |azione| azione.titolo.as_str())
}
