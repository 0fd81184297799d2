//! The calls of a period.

use tera::Value;

use super::engine::Foglio;
use super::viste::{self, VistaNorma, VistaProgetto, collegamento_avviso};
use super::{conformita, dichiarazioni, parole, situazione};
use crate::conformita::Soggetto;
use crate::plan::{Periodo, Plan};
use crate::record::SuCosa;
use crate::value::Euro;

fn vista(plan: &Plan, periodo: &Periodo, a: usize) -> Value {
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
        avviso.progetti.iter().map(|&i| VistaProgetto::of(plan, periodo, &periodo.progetti[i])).collect();
    foglio.insert_value("vista", vista(plan, periodo, a));
    foglio.insert("avviso", &*avviso.dati);
    foglio.insert("limiti", &avviso.dati.limiti.as_ref().and_then(viste::limiti));
    foglio.insert("norma", &VistaNorma::of(id, norma));
    foglio.insert("regole", &conformita::regole_di(site, p, Soggetto::Avviso(a)));
    foglio.insert("dichiarazioni", &dichiarazioni::semplici(plan, norma, SuCosa::Avviso, &avviso.dati.dichiarazioni));
    foglio.insert("progetti", &progetti);
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
