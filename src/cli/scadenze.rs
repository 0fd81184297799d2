//! `concilia scadenze`: what is due and what is late, by the clock of this computer.

use std::path::PathBuf;

use serde::Serialize;

use crate::pipeline::{self, Request};
use crate::plan::{Periodo, Plan};
use crate::scadenze::{Quando, Scadenza, scadenze};
use crate::value::{Data, Id};

use super::args::Shown;
use super::simula::{json, periodo};
use super::tabella::{conta, paragrafo};
use super::{Done, give, or_fail, refused};

pub struct Domanda {
    pub content: PathBuf,
    pub periodo: Option<String>,
    /// The day from which to look: else today.
    pub al: Option<Data>,
    pub json: bool,
}

pub fn run(domanda: &Domanda) -> Done {
    let request = Request { content: domanda.content.clone(), base_url: None, theme: None };
    let prepared = or_fail(pipeline::prepare(&request))?;
    let Some(site) = prepared.site.as_ref().filter(|_| !prepared.stops(false)) else {
        return refused(&prepared, &Shown::errors_of(request), "Le scadenze non si possono dire", "");
    };
    let plan = &*site.plan;
    let oggi = domanda.al.unwrap_or_else(Data::oggi);
    let scelti: Vec<usize> = match &domanda.periodo {
        Some(nome) => {
            let scelto = or_fail(periodo(plan, nome))?;
            (0..plan.periodi.len()).filter(|&p| plan.periodi[p].id == scelto.id).collect()
        }
        None => (0..plan.periodi.len()).collect(),
    };
    let trovate: Vec<(&Periodo, Vec<Scadenza>)> =
        scelti.into_iter().map(|p| (&plan.periodi[p], scadenze(plan, p, oggi))).collect();
    Ok(give(&if domanda.json { in_json(&trovate, oggi) } else { testo(plan, &trovate, oggi) }, 0))
}

fn in_json(trovate: &[(&Periodo, Vec<Scadenza>)], oggi: Data) -> String {
    #[derive(Serialize)]
    struct Documento<'a> {
        al: Data,
        periodo: &'a Id,
        quando: Quando,
        #[serde(flatten)]
        scadenza: &'a Scadenza,
    }
    let voce = |(periodo, scadenze): &'_ (&'_ Periodo, Vec<Scadenza>)| -> Vec<serde_json::Value> {
        let voci = scadenze.iter().map(|scadenza| Documento {
            al: oggi,
            periodo: &periodo.id,
            quando: scadenza.quando(oggi),
            scadenza,
        });
        voci.filter_map(|voce| serde_json::to_value(&voce).ok()).collect()
    };
    json(&trovate.iter().flat_map(voce).collect::<Vec<_>>())
}

fn testo(plan: &Plan, trovate: &[(&Periodo, Vec<Scadenza>)], oggi: Data) -> String {
    let mut out = paragrafo(&format!("Scadenze di {}, viste {}", plan.sito.ats.nome, oggi.con("il")));
    if oggi < plan.sito.aggiornato_al {
        let giorno = plan.sito.aggiornato_al.con("al");
        out.push_str(&paragrafo(&format!("Le schede sono aggiornate {giorno}: dicono anche ciò che è avvenuto dopo.")));
    }
    for (periodo, scadenze) in trovate.iter().filter(|(_, scadenze)| !scadenze.is_empty()) {
        out.push('\n');
        out.push_str(&paragrafo(&periodo.dati.titolo));
        for (quando, titolo) in [
            (Quando::Passata, "In ritardo"),
            (Quando::Vicina, "Nei prossimi due mesi"),
            (Quando::Lontana, "Più avanti"),
        ] {
            let sue: Vec<&Scadenza> = scadenze.iter().filter(|voce| voce.quando(oggi) == quando).collect();
            if sue.is_empty() {
                continue;
            }
            out.push_str(&format!("\n{titolo}\n"));
            for Scadenza { entro, che, articolo, file } in sue {
                out.push_str(&format!("  {}  {}\n", entro.breve(), crate::report::one_line(che)));
                out.push_str(&format!("              {articolo}; {file}\n"));
            }
        }
    }
    let conta_di = |quando: Quando| {
        trovate.iter().flat_map(|(_, scadenze)| scadenze).filter(|voce| voce.quando(oggi) == quando).count()
    };
    let (tardi, presto) = (conta_di(Quando::Passata), conta_di(Quando::Vicina));
    let detto = match (tardi, presto) {
        (0, 0) => "Niente è in ritardo, e niente scade nei prossimi due mesi.".to_owned(),
        (0, _) => format!("Niente è in ritardo; {} nei prossimi due mesi.", conta(presto, "scadenza", "scadenze")),
        (_, 0) => format!("{} in ritardo.", conta(tardi, "scadenza", "scadenze")),
        _ => format!(
            "{} in ritardo, {} nei prossimi due mesi.",
            conta(tardi, "scadenza", "scadenze"),
            conta(presto, "scadenza", "scadenze")
        ),
    };
    out.push('\n');
    out.push_str(&paragrafo(&detto));
    out
}
