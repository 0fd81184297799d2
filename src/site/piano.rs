//! The plan of a period, in the order in which the Region reads it.

use tera::Value;

use super::engine::Foglio;
use super::viste::{
    self, Collegamento, VistaNorma, collegamento, collegamento_avviso, collegamento_progetto, indirizzo_progetto,
};
use super::{conformita, denaro, dichiarazioni, grafici, parole, situazione};
use crate::markdown;
use crate::plan::{Periodo, Plan};
use crate::record::{self, Bisogno, Passaggio, SuCosa};
use crate::value::{Data, Id};

pub fn ha_monitoraggio(periodo: &Periodo) -> bool {
    let rete = periodo.dati.rete.as_ref();
    rete.is_some_and(|rete| rete.monitoraggio.is_some() || !rete.incontri.is_empty())
        || periodo.progetti.iter().any(|progetto| !progetto.dati.indicatori.is_empty())
}

/// The key figures of a plan.
pub fn numeri(plan: &Plan, periodo: &Periodo) -> Value {
    let risorse = periodo.risorse.as_ref().map(|risorse| &*risorse.dati);
    let residui_ignoti = risorse.is_some_and(|dati| dati.residui.is_empty() && !dati.nessun_residuo);
    vista! {
        "progetti": periodo.progetti.len(),
        "alleanze": periodo.alleanze.len(),
        "enti": periodo.enti_nelle_alleanze(),
        "totali": denaro::totali(periodo.progetti.iter()),
        // Of which the plan does not pay for all.
        "di_altri": denaro::di_altri(periodo, &plan.sito.ats.nome),
        // All that the plan has: endowment and residuals.
        "risorse": risorse.map(|dati| denaro::disponibili(periodo, dati)),
        // Nobody has said whether earlier periods left residuals: the money is not known to be all.
        "residui_ignoti": residui_ignoti && !periodo.norma.fonte_storica,
    }
}

/// The narrative pages of a plan.
pub fn pagine<'a>(periodo: &'a Periodo) -> Vec<Collegamento<'a>> {
    let pagina = |pagina: &'a crate::plan::Pagina| {
        collegamento(&pagina.id, &pagina.dati.titolo, format!("{}/{}/", periodo.id, pagina.id))
    };
    periodo.pagine.iter().map(pagina).collect()
}

/// The plan's own norm, and its page.
pub fn norma(foglio: &mut Foglio, periodo: &Periodo) {
    foglio.insert("norma", &*periodo.norma);
    foglio.insert("norma_indirizzo", &VistaNorma::of(&periodo.dati.norma, &periodo.norma).indirizzo);
    let base = periodo.norma.estende.as_ref().and_then(|base| VistaNorma::found(foglio.plan, base));
    foglio.insert("norma_estesa", &base);
}

/// From each need to the calls and projects that answer it.
fn catena(periodo: &Periodo) -> Vec<Value> {
    let avvisi =
        |id: &Id| periodo.avvisi.iter().position(|avviso| avviso.id == *id).map(|a| collegamento_avviso(periodo, a));
    let progetti = |id: &Id| {
        let progetto = periodo.progetti.iter().find(|progetto| progetto.id == *id)?;
        Some(collegamento_progetto(periodo, progetto))
    };
    let bisogno = |bisogno: &Bisogno| {
        vista! {
            "bisogno": bisogno,
            "dove": viste::territorio(&bisogno.territorio),
            "avvisi": bisogno.avvisi.iter().filter_map(avvisi).collect::<Vec<_>>(),
            "progetti": bisogno.progetti.iter().filter_map(progetti).collect::<Vec<_>>(),
        }
    };
    periodo.dati.mappatura.iter().flat_map(|mappatura| &mappatura.elenco).map(bisogno).collect()
}

/// The steps of a plan, what the Region asked for and what was updated, by day.
fn passaggi(dati: &record::Piano) -> Vec<Value> {
    let fatto = |nome, passaggio: &Passaggio| (passaggio.data, vista! { "nome": nome, ..passaggio });
    let fatti = dati.passaggi.fatti().map(|(chiave, passaggio)| fatto(parole::passaggio(chiave), passaggio));
    let aggiornati = dati.passaggi.aggiornamenti.iter().map(|passaggio| fatto("Aggiornamento", passaggio));
    let richieste = dati.passaggi.richieste.iter();
    let richieste = richieste.map(|richiesta| (richiesta.data, vista! { "nome": "La Regione chiede", ..richiesta }));
    let mut tutti: Vec<(Data, Value)> = fatti.chain(richieste).chain(aggiornati).collect();
    tutti.sort_by_key(|(data, _)| *data);
    tutti.into_iter().map(|(_, vista)| vista).collect()
}

pub fn panoramica(foglio: &mut Foglio, p: usize) {
    let (site, plan, periodo) = (foglio.site, foglio.plan, foglio.periodo(p));
    let dati = &*periodo.dati;
    foglio.insert("piano", dati);
    foglio.insert("stato_nome", parole::nome(dati.stato));
    foglio.insert("situazione", &situazione::di_piano(periodo, plan.sito.aggiornato_al));
    foglio.insert("catena", &catena(periodo));
    foglio.insert("passaggi", &passaggi(dati));
    foglio.insert("si_chiede", &plan.sito.si_chiede(dati.stato));
    norma(foglio, periodo);
    foglio.insert("regole", &conformita::regole_del_piano(site, p));
    foglio.insert("dichiarazioni", &dichiarazioni::semplici(plan, &periodo.norma, SuCosa::Piano, &dati.dichiarazioni));
    foglio.insert("numeri", &numeri(plan, periodo));
    foglio.insert("composizione", &grafici::composizione_dichiarata(periodo));
    foglio.insert("finanziamento", &grafici::in_breve(periodo));
    foglio.descrizione = dati.sintesi.as_deref().map_or_else(|| dati.titolo.clone(), markdown::plain);
    foglio.about = Some(foglio.schema().piano(periodo));
}

pub fn narrativa(foglio: &mut Foglio, p: usize, i: usize) {
    let pagina = &foglio.periodo(p).pagine[i];
    foglio.insert("contenuto", &*pagina.dati);
    foglio.insert("testo", &pagina.dati.testo);
    foglio.insert("id", &pagina.id);
    foglio.insert("pagine", &pagine(foglio.periodo(p)));
    foglio.descrizione = pagina.dati.sommario.clone().unwrap_or_else(|| pagina.dati.titolo.clone());
}

pub fn rete(foglio: &mut Foglio, p: usize) {
    let (site, plan, periodo) = (foglio.site, foglio.plan, foglio.periodo(p));
    let dati = &*periodo.dati;
    let vista = |id: &Id| plan.ente_per_id.get(id).map(|&i| site.ente(i));
    let membri = || dati.organismo.iter().flat_map(|organismo| &organismo.membri);
    let seggi = periodo.norma.organismo.iter().flat_map(|organismo| &organismo.seggi).map(|seggio| {
        let suoi = membri().filter(|membro| membro.seggio == seggio.id).filter_map(|membro| vista(&membro.ente));
        vista! { "nome": seggio.nome, "obbligatorio": seggio.obbligatorio, "enti": suoi.collect::<Vec<Value>>() }
    });
    foglio.insert("rete", &dati.rete);
    foglio.insert("capofila", &dati.rete.as_ref().and_then(|rete| vista(rete.capofila.as_ref()?)));
    let membri_di_rete = dati.rete.iter().flat_map(|rete| &rete.membri).filter_map(vista);
    foglio.insert("membri", &membri_di_rete.collect::<Vec<_>>());
    foglio.insert("organismo", &dati.organismo);
    foglio.insert("seggi", &seggi.collect::<Vec<_>>());
    foglio.insert("organismo_della_norma", &periodo.norma.organismo.as_ref().map(|organismo| &organismo.nome));
}

pub fn monitoraggio(foglio: &mut Foglio, p: usize) {
    let (plan, periodo) = (foglio.plan, foglio.periodo(p));
    let progetti = periodo.progetti.iter().map(|progetto| {
        vista! {
            "titolo": progetto.dati.titolo,
            "indirizzo": indirizzo_progetto(periodo, progetto),
            "situazione": situazione::di_progetto(plan, periodo, progetto),
            "indicatori": progetto.dati.indicatori,
        }
    });
    foglio.insert("rete", &periodo.dati.rete);
    foglio.insert("progetti", &progetti.collect::<Vec<_>>());
}

pub fn chi_puo(foglio: &mut Foglio, p: usize) {
    let periodo = foglio.periodo(p);
    foglio.insert("con_servizi", &periodo.ha_servizi());
    foglio.insert("destinatari", &periodo.norma.destinatari);
    norma(foglio, periodo);
}
