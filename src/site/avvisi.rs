//! The calls of a period.

use tera::Value;

use super::engine::Foglio;
use super::viste::{self, VistaNorma, collegamento_avviso, collegamento_progetto};
use super::{conformita, dichiarazioni, parole, situazione, vita};
use crate::conformita::Soggetto;
use crate::plan::{Periodo, Plan};
use crate::record::{Adesione, Avviso, Scorrimento, SommaAProgetto, SuCosa};
use crate::value::quote::percento;
use crate::value::{Euro, elenco as elenco_di};

/// A call in a list.
pub fn vista(plan: &Plan, periodo: &Periodo, a: usize) -> Value {
    let avviso = &periodo.avvisi[a];
    vista! {
        "id": avviso.id,
        "indirizzo": collegamento_avviso(periodo, a).indirizzo,
        "tipo": parole::nome(avviso.dati.tipo),
        "avviso": *avviso.dati,
        "progetti": avviso.progetti.len(),
        "situazione": situazione::di_avviso(periodo, &avviso.dati, plan.sito.aggiornato_al),
    }
}

/// The acts that went down the ranking: to whom, how much, and from where.
fn scorrimenti(periodo: &Periodo, avviso: &Avviso) -> Vec<Value> {
    let progetto = |riga: &SommaAProgetto| {
        let suo = periodo.progetti.iter().find(|progetto| progetto.id == riga.progetto)?;
        Some(vista! { "progetto": collegamento_progetto(periodo, suo), "importo": riga.importo })
    };
    let scorrimento = |scorrimento: &Scorrimento| {
        vista! {
            "atto": scorrimento.atto,
            "aggiunte": vita::coperture(periodo, &scorrimento.aggiunte),
            "progetti": scorrimento.progetti.iter().filter_map(progetto).collect::<Vec<_>>(),
        }
    };
    avviso.scorrimenti.iter().map(scorrimento).collect()
}

pub fn elenco(foglio: &mut Foglio, p: usize) {
    let (plan, periodo) = (foglio.plan, foglio.periodo(p));
    foglio.insert("avvisi", &(0..periodo.avvisi.len()).map(|a| vista(plan, periodo, a)).collect::<Vec<_>>());
}

pub fn scheda(foglio: &mut Foglio, p: usize, a: usize) {
    let (site, plan, periodo) = (foglio.site, foglio.plan, foglio.periodo(p));
    let avviso = &periodo.avvisi[a];
    let propria = avviso.dati.norma.as_ref().and_then(|id| plan.norme.get_key_value(id));
    let (id, norma) = propria.unwrap_or((&periodo.dati.norma, &periodo.norma));
    let progetti: Vec<_> =
        avviso.progetti.iter().map(|&i| viste::progetto(plan, periodo, &periodo.progetti[i])).collect();
    foglio.insert_value("vista", vista(plan, periodo, a));
    foglio.insert("avviso", &*avviso.dati);
    foglio.insert("limiti", &avviso.dati.limiti.as_ref().and_then(viste::limiti));
    foglio.insert("norma", &VistaNorma::of(id, norma));
    foglio.insert("regole", &conformita::regole_di(site, p, Soggetto::Avviso(a)));
    foglio.insert("dichiarazioni", &dichiarazioni::semplici(plan, norma, SuCosa::Avviso, &avviso.dati.dichiarazioni));
    foglio.insert("progetti", &progetti);
    foglio.insert("criteri", &avviso.dati.criteri);
    let rate =
        avviso.dati.erogazione.iter().map(|rata| format!("{} {}", parole::nome(rata.tipo), percento(rata.percentuale)));
    foglio.insert("erogazione", &elenco_di(rate));
    foglio.insert("saldo", &avviso.dati.saldo.map(parole::come_si_salda));
    foglio.insert("scorrimenti", &scorrimenti(periodo, &avviso.dati));
    let adesione = |adesione: &Adesione| {
        let ente = plan.ente_per_id.get(&adesione.ente).map(|&i| site.ente(i));
        vista! { "ente": ente, ..adesione }
    };
    foglio.insert("adesioni", &avviso.dati.adesioni.iter().map(adesione).collect::<Vec<_>>());
    let esito = avviso.dati.esito.as_ref();
    let righe = esito.map(|esito| esito.province.as_slice()).unwrap_or_default();
    foglio.insert("totale_progetti", &righe.iter().map(|riga| u64::from(riga.progetti)).sum::<u64>());
    foglio.insert("totale_contributo", &righe.iter().map(|riga| riga.contributo).sum::<Euro>());
    foglio.descrizione =
        avviso.dati.descrizione.as_deref().map(str::to_owned).unwrap_or_else(|| match &avviso.dati.finestra {
            Some(finestra) => {
                let (dal, al) = (finestra.dal.giorno().lunga(), finestra.al.giorno().lunga());
                format!("{}: domande dal {dal} al {al}, condizioni, limiti ed esito.", avviso.dati.titolo)
            }
            None => format!("{}: condizioni, limiti ed esito.", avviso.dati.titolo),
        });
    let indirizzo = collegamento_avviso(periodo, a).indirizzo;
    foglio.about = Some(foglio.schema().avviso(avviso, &indirizzo));
}
