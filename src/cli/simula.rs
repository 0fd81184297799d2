//! `concilia graduatoria` and `concilia riparto`: what the records give when it is done again.
//!
//! A simulation informs: it ends well whatever it finds, and only records with errors are not simulated.

use std::process::ExitCode;

use clap::ArgMatches;
use serde::Serialize;

use crate::pipeline;
use crate::plan::simulazione::graduatoria::{self as g, Graduatoria, Ipotesi};
use crate::plan::simulazione::riparto::{self as r, Ripartizione};
use crate::plan::{Periodo, Plan};
use crate::record::Riparto;
use crate::report::is_unsafe;
use crate::suggest;
use crate::value::{Euro, Id};

use super::args::{Shown, is_json, parsed, records, word};
use super::{Done, give, or_fail, site_or_refused};

pub fn graduatoria(args: &ArgMatches) -> Done {
    let dotazione = dotazione(args)?;
    answer(args, |plan| ranking(plan, args, dotazione))
}

pub fn riparto(args: &ArgMatches) -> Done {
    let dotazione = dotazione(args)?;
    answer(args, |plan| split(plan, args, dotazione))
}

fn dotazione(args: &ArgMatches) -> Result<Option<Euro>, ExitCode> {
    parsed(args, "dotazione", |text| {
        let positivo = if text.starts_with('-') { ": scrivine uno positivo" } else { "" };
        Euro::parse(text).map_err(|message| format!("`--dotazione`: {message}{positivo}"))
    })
}

/// Gives what is simulated on the records. Warnings are for `check`: what they are about does not change the figures.
fn answer(args: &ArgMatches, simulate: impl FnOnce(&Plan) -> Result<String, String>) -> Done {
    let request = records(args);
    let prepared = or_fail(pipeline::prepare(&request))?;
    let site = site_or_refused(&prepared, &Shown::errors_of(request), "Non simulato", "")?;
    Ok(give(&or_fail(simulate(&site.plan))?, 0))
}

fn ranking(plan: &Plan, args: &ArgMatches, dotazione: Option<Euro>) -> Result<String, String> {
    let Some(nome) = word(args, "periodo") else {
        return Err(format!("manca il periodo: si può scegliere fra {}", periodi(plan)));
    };
    let periodo = &plan.periodi[periodo(plan, nome)?];
    let avviso = word(args, "avviso").map(|nome| {
        let avvisi: Vec<&str> = periodo.avvisi.iter().map(|avviso| avviso.id.as_str()).collect();
        let manca = format!("l'avviso `{nome}` non c'è in `{}`", periodo.id);
        named(nome, &avvisi, &manca, "che non ha avvisi")
    });
    let esito = g::simula(periodo, Ipotesi { avviso: avviso.transpose()?, dotazione });
    let esito = esito.ok_or_else(|| {
        format!("in `{}` non c'è una dotazione per i progetti: provane una, come `--dotazione 100000.00`", periodo.id)
    })?;
    if !is_json(args) {
        return Ok(super::graduatoria::testo(periodo, &esito));
    }
    #[derive(Serialize)]
    struct Documento<'a> {
        periodo: &'a Id,
        piano: &'a str,
        graduatoria: &'a Graduatoria<'a>,
    }
    Ok(json(&Documento { periodo: &periodo.id, piano: &periodo.dati.titolo, graduatoria: &esito }))
}

fn split(plan: &Plan, args: &ArgMatches, dotazione: Option<Euro>) -> Result<String, String> {
    let has_one = |periodo: &&Periodo| riparto_di(periodo).is_some();
    let periodo = match word(args, "periodo") {
        Some(nome) => &plan.periodi[periodo(plan, nome)?],
        None => plan.periodi.iter().rfind(has_one).ok_or("nessun Piano ha un riparto fra le ATS")?,
    };
    let Some(dati) = riparto_di(periodo) else {
        let altri: Vec<&str> = plan.periodi.iter().filter(has_one).map(|periodo| periodo.id.as_str()).collect();
        let dove = if altri.is_empty() { String::new() } else { format!(": c'è in {}", suggest::list(altri)) };
        return Err(format!("in `{}` non c'è un riparto fra le ATS{dove}", periodo.id));
    };
    let esito = r::riproduci(dati, dotazione);
    if esito.anni.is_empty() {
        return Err(format!(
            "il riparto di `{}` non ha importi: provane uno, come `--dotazione 1000000.00`",
            periodo.id
        ));
    }
    if !is_json(args) {
        return Ok(super::riparto::testo(periodo, &esito));
    }
    #[derive(Serialize)]
    struct Documento<'a> {
        periodo: &'a Id,
        piano: &'a str,
        riparto: &'a Ripartizione<'a>,
    }
    Ok(json(&Documento { periodo: &periodo.id, piano: &periodo.dati.titolo, riparto: &esito }))
}

fn riparto_di(periodo: &Periodo) -> Option<&Riparto> {
    periodo.risorse.as_ref()?.dati.riparto.as_ref()
}

/// The plan of this name.
pub fn periodo(plan: &Plan, nome: &str) -> Result<usize, String> {
    let noti = plan.periodi.iter().map(|periodo| periodo.id.as_str());
    let manca = || suggest::none_of(&format!("il periodo `{nome}` non c'è"), nome, noti.clone());
    noti.clone().position(|id| id == nome).ok_or_else(manca)
}

/// The plan that a command is about: the one that is asked for, or the only one.
pub fn scelto(plan: &Plan, asked: Option<&str>) -> Result<usize, String> {
    match (asked, plan.periodi.len()) {
        (Some(nome), _) => periodo(plan, nome),
        (None, 1) => Ok(0),
        (None, 0) => Err("in questi contenuti non c'è nessun Piano".to_owned()),
        (None, _) => Err(format!("manca il periodo: si può scegliere fra {}", periodi(plan))),
    }
}

pub fn periodi(plan: &Plan) -> String {
    suggest::list(plan.periodi.iter().map(|periodo| periodo.id.as_str()))
}

/// Which of the known names this is; where it is none of them, `missing` and which one may be meant.
pub fn named(nome: &str, known: &[&str], missing: &str, none: &str) -> Result<usize, String> {
    known.iter().position(|id| *id == nome).ok_or_else(|| match known {
        [] => format!("{missing}, {none}"),
        _ => suggest::none_of(missing, nome, known.iter().copied()),
    })
}

/// What a terminal would obey or turn around is written by its number, which JSON allows in every text.
pub fn json(documento: &impl Serialize) -> String {
    // Text and numbers alone: there is nothing that could fail.
    let text = serde_json::to_string_pretty(documento).unwrap_or_default() + "\n";
    let shown = |c: char| match c {
        '\n' => "\n".to_owned(),
        c if is_unsafe(c) => format!("\\u{:04x}", u32::from(c)),
        c => c.into(),
    };
    text.chars().map(shown).collect()
}
