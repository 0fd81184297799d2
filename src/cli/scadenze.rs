//! `concilia scadenze`: what is due and what is late, by the clock of this computer.

use clap::ArgMatches;
use serde_json::json;

use crate::pipeline;
use crate::plan::{Periodo, Plan};
use crate::report::one_line;
use crate::scadenze::{Quando, Scadenza, scadenze};
use crate::value::Data;

use super::args::{Shown, is_json, parsed, records, word};
use super::simula::{json, periodo};
use super::tabella::{conta, paragrafo};
use super::{Done, give, or_fail, site_or_refused};

pub fn run(args: &ArgMatches) -> Done {
    let oggi = parsed(args, "al", Data::parse)?.unwrap_or_else(Data::oggi);
    let request = records(args);
    let prepared = or_fail(pipeline::prepare(&request))?;
    let site = site_or_refused(&prepared, &Shown::errors_of(request), "Le scadenze non si possono dire", "")?;
    let plan = &*site.plan;
    let scelti = match word(args, "periodo") {
        Some(nome) => {
            let p = or_fail(periodo(plan, nome))?;
            p..p + 1
        }
        None => 0..plan.periodi.len(),
    };
    let trovate: Vec<(&Periodo, Vec<Scadenza>)> = scelti.map(|p| (&plan.periodi[p], scadenze(plan, p, oggi))).collect();
    Ok(give(&if is_json(args) { in_json(&trovate, oggi) } else { testo(plan, &trovate, oggi) }, 0))
}

fn in_json(trovate: &[(&Periodo, Vec<Scadenza>)], oggi: Data) -> String {
    let voce = |periodo: &Periodo, scadenza: &Scadenza| {
        let mut voce = json!(scadenza);
        voce["al"] = json!(oggi);
        voce["periodo"] = json!(periodo.id);
        voce["quando"] = json!(scadenza.quando(oggi));
        voce
    };
    let voci = trovate.iter().flat_map(|(periodo, sue)| sue.iter().map(|scadenza| voce(periodo, scadenza)));
    json(&voci.collect::<Vec<_>>())
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
        for (quando, titolo) in Quando::TUTTI {
            let sue: Vec<&Scadenza> = scadenze.iter().filter(|voce| voce.quando(oggi) == quando).collect();
            if sue.is_empty() {
                continue;
            }
            out.push_str(&format!("\n{titolo}\n"));
            for Scadenza { entro, che, articolo, file, .. } in sue {
                out.push_str(&format!("  {}  {}\n", entro.breve(), one_line(che)));
                out.push_str(&format!("              {articolo}; {file}\n"));
            }
        }
    }
    let conta_di = |quando: Quando| {
        trovate.iter().flat_map(|(_, scadenze)| scadenze).filter(|voce| voce.quando(oggi) == quando).count()
    };
    let scadenze = |quante| conta(quante, "scadenza", "scadenze");
    let detto = match (conta_di(Quando::Passata), conta_di(Quando::Vicina)) {
        (0, 0) => "Niente è in ritardo, e niente scade nei prossimi due mesi.".to_owned(),
        (0, presto) => format!("Niente è in ritardo; {} nei prossimi due mesi.", scadenze(presto)),
        (tardi, 0) => format!("{} in ritardo.", scadenze(tardi)),
        (tardi, presto) => format!("{} in ritardo, {} nei prossimi due mesi.", scadenze(tardi), scadenze(presto)),
    };
    out.push('\n');
    out.push_str(&paragrafo(&detto));
    out
}
