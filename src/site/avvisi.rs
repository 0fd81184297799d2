//! The calls of a period.

use serde::Serialize;
use tera::Context;

use super::norme::VistaNorma;
use super::piano::head;
use super::schema::Schema;
use super::situazione::{self, Situazione};
use super::viste::{self, collegamento_avviso};
use super::{Also, Route, Site, briciola, conformita, dichiarazioni, parole};
use crate::conformita::Soggetto;
use crate::plan::{Periodo, Plan};
use crate::record::SuCosa;
use crate::value::Euro;

pub fn routes(site: &Site, p: usize, put: &mut dyn FnMut(Route)) {
    let periodo = &site.plan.periodi[p];
    if periodo.avvisi.is_empty() {
        return;
    }
    let id = &periodo.id;
    put(Route::page(format!("{id}/avvisi/index.html"), move |site, path| elenco(site, path, p)));
    for (a, avviso) in periodo.avvisi.iter().enumerate() {
        put(Route::page(format!("{id}/avvisi/{}/index.html", avviso.id), move |site, path| scheda(site, path, p, a)));
    }
}

#[derive(Serialize)]
struct VistaAvviso<'a> {
    id: &'a str,
    indirizzo: String,
    tipo: &'static str,
    avviso: &'a crate::record::Avviso,
    progetti: usize,
    situazione: Situazione,
}

fn vista_avviso<'a>(plan: &Plan, periodo: &'a Periodo, a: usize) -> VistaAvviso<'a> {
    let avviso = &periodo.avvisi[a];
    VistaAvviso {
        id: avviso.id.as_str(),
        indirizzo: collegamento_avviso(periodo, a).indirizzo,
        tipo: parole::nome(avviso.dati.tipo),
        avviso: &avviso.dati,
        progetti: avviso.progetti.len(),
        situazione: situazione::di_avviso(periodo, &avviso.dati, plan.sito.aggiornato_al),
    }
}

fn elenco(site: &Site, path: &str, p: usize) -> super::Rendered {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let mut context = Context::new();
    context.insert("avvisi", &(0..periodo.avvisi.len()).map(|a| vista_avviso(plan, periodo, a)).collect::<Vec<_>>());
    let descrizione =
        format!("Gli avvisi del {}: quando si aprono, chi può partecipare, con quali limiti.", periodo.dati.titolo);
    site.render(head(path, plan, p, "Avvisi", descrizione), "avvisi.html", &periodo.origine.file, context)
}

fn scheda(site: &Site, path: &str, p: usize, a: usize) -> super::Rendered {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let avviso = &periodo.avvisi[a];
    let propria = avviso.dati.norma.as_ref().and_then(|id| plan.norme.get_key_value(id));
    let (id, norma) = propria.unwrap_or((&periodo.dati.norma, &periodo.norma));
    let progetti: Vec<_> =
        avviso.progetti.iter().map(|&i| viste::VistaProgetto::of(plan, periodo, &periodo.progetti[i])).collect();
    let mut context = Context::new();
    context.insert("vista", &vista_avviso(plan, periodo, a));
    context.insert("avviso", &*avviso.dati);
    context.insert("limiti", &avviso.dati.limiti.as_ref().and_then(viste::limiti));
    context.insert("norma", &VistaNorma::of(id, norma));
    context.insert("regole", &conformita::regole_di(site, p, Soggetto::Avviso(a)));
    context.insert("dichiarazioni", &dichiarazioni::semplici(plan, norma, SuCosa::Avviso, &avviso.dati.dichiarazioni));
    context.insert("progetti", &progetti);
    let esito = avviso.dati.esito.as_ref();
    let righe = esito.map(|esito| esito.province.as_slice()).unwrap_or_default();
    context.insert("totale_progetti", &righe.iter().map(|riga| u64::from(riga.progetti)).sum::<u64>());
    context.insert("totale_contributo", &righe.iter().map(|riga| riga.contributo).sum::<Euro>());
    let descrizione =
        avviso.dati.descrizione.as_deref().map(str::to_owned).unwrap_or_else(|| match &avviso.dati.finestra {
            Some(finestra) => {
                let (dal, al) = (finestra.dal.giorno().lunga(), finestra.al.giorno().lunga());
                format!("{}: domande dal {dal} al {al}, condizioni, limiti ed esito.", avviso.dati.titolo)
            }
            None => format!("{}: condizioni, limiti ed esito.", avviso.dati.titolo),
        });
    let mut head = head(path, plan, p, &avviso.dati.titolo, descrizione);
    head.briciole.push(briciola("Avvisi", format!("{}/avvisi/", periodo.id)));
    let indirizzo = collegamento_avviso(periodo, a).indirizzo;
    let about = Also::about(Schema::of(site, path).avviso(avviso, &indirizzo));
    site.render_for(about, head, "avviso.html", &avviso.origine.file, context)
}
