//! `concilia graduatoria` and `concilia riparto`: what the records give when it is done again.
//!
//! A simulation informs: it ends well whatever it finds, and only records with errors are not simulated.

use std::path::PathBuf;

use serde::Serialize;

use crate::pipeline::{self, Request};
use crate::plan::simulazione::graduatoria::{self as g, Graduatoria, Ipotesi};
use crate::plan::simulazione::riparto::{self as r, Ripartizione};
use crate::plan::{Periodo, Plan};
use crate::report::is_unsafe;
use crate::suggest;
use crate::value::{Euro, Id};

use super::args::Shown;
use super::{Done, give, graduatoria, or_fail, refused, riparto};

/// What to simulate, and how to show it.
pub struct Simulazione {
    pub content: PathBuf,
    pub domanda: Domanda,
    pub periodo: Option<String>,
    pub dotazione: Option<Euro>,
    pub json: bool,
}

pub enum Domanda {
    Graduatoria { avviso: Option<String> },
    Riparto,
}

pub fn run(simulazione: &Simulazione) -> Done {
    let request = Request { content: simulazione.content.clone(), base_url: None, theme: None };
    let prepared = or_fail(pipeline::prepare(&request))?;
    // Warnings are for `check`: what they are about does not change the figures.
    let Some(site) = prepared.site.as_ref().filter(|_| !prepared.stops(false)) else {
        return refused(&prepared, &Shown::errors_of(request), "Non simulato", "");
    };
    let risposta = match &simulazione.domanda {
        Domanda::Graduatoria { avviso } => della_graduatoria(&site.plan, simulazione, avviso.as_deref()),
        Domanda::Riparto => del_riparto(&site.plan, simulazione),
    };
    Ok(give(&or_fail(risposta)?, 0))
}

fn della_graduatoria(plan: &Plan, simulazione: &Simulazione, avviso: Option<&str>) -> Result<String, String> {
    let Some(nome) = &simulazione.periodo else {
        return Err(format!("manca il periodo: si può scegliere fra {}", periodi(plan)));
    };
    let periodo = periodo(plan, nome)?;
    let avviso = avviso.map(|nome| di_nome(periodo, nome)).transpose()?;
    let esito =
        g::simula(periodo, Ipotesi { avviso, dotazione: simulazione.dotazione }).map_err(|g::SenzaDotazione| {
            format!(
                "in `{}` non c'è una dotazione per i progetti: provane una, come `--dotazione 100000.00`",
                periodo.id
            )
        })?;
    if !simulazione.json {
        return Ok(graduatoria::testo(periodo, &esito));
    }
    #[derive(Serialize)]
    struct Documento<'a> {
        periodo: &'a Id,
        piano: &'a str,
        graduatoria: &'a Graduatoria<'a>,
    }
    Ok(json(&Documento { periodo: &periodo.id, piano: &periodo.dati.titolo, graduatoria: &esito }))
}

fn del_riparto(plan: &Plan, simulazione: &Simulazione) -> Result<String, String> {
    let suo = |periodo: &'_ Periodo| periodo.risorse.as_ref().is_some_and(|risorse| risorse.dati.riparto.is_some());
    let periodo = match &simulazione.periodo {
        Some(nome) => periodo(plan, nome)?,
        None => plan.periodi.iter().rfind(|periodo| suo(periodo)).ok_or("nessun Piano ha un riparto fra le ATS")?,
    };
    let Some(dati) = periodo.risorse.as_ref().and_then(|risorse| risorse.dati.riparto.as_ref()) else {
        let altri: Vec<&str> =
            plan.periodi.iter().filter(|periodo| suo(periodo)).map(|periodo| periodo.id.as_str()).collect();
        let dove = if altri.is_empty() { String::new() } else { format!(": c'è in {}", suggest::list(altri)) };
        return Err(format!("in `{}` non c'è un riparto fra le ATS{dove}", periodo.id));
    };
    let esito = r::riproduci(dati, simulazione.dotazione);
    if esito.anni.is_empty() {
        return Err(format!(
            "il riparto di `{}` non ha importi: provane uno, come `--dotazione 1000000.00`",
            periodo.id
        ));
    }
    if !simulazione.json {
        return Ok(riparto::testo(periodo, &esito));
    }
    #[derive(Serialize)]
    struct Documento<'a> {
        periodo: &'a Id,
        piano: &'a str,
        riparto: &'a Ripartizione<'a>,
    }
    Ok(json(&Documento { periodo: &periodo.id, piano: &periodo.dati.titolo, riparto: &esito }))
}

pub fn periodo<'a>(plan: &'a Plan, nome: &str) -> Result<&'a Periodo, String> {
    plan.periodi.iter().find(|periodo| periodo.id.as_str() == nome).ok_or_else(|| {
        match suggest::closest(nome, plan.periodi.iter().map(|periodo| periodo.id.as_str())) {
            Some(vicino) => format!("il periodo `{nome}` non c'è: forse intendevi `{vicino}`?"),
            None => format!("il periodo `{nome}` non c'è: si può scegliere fra {}", periodi(plan)),
        }
    })
}

/// The plan that a command is about: the one that is asked for, or the only one.
pub fn scelto(plan: &Plan, asked: Option<&str>) -> Result<usize, String> {
    match (asked, plan.periodi.len()) {
        (Some(nome), _) => {
            let found = periodo(plan, nome)?;
            Ok(plan.periodi.iter().position(|periodo| periodo.id == found.id).unwrap_or_default())
        }
        (None, 1) => Ok(0),
        (None, 0) => Err("in questi contenuti non c'è nessun Piano".to_owned()),
        (None, _) => Err(format!("manca il periodo: si può scegliere fra {}", periodi(plan))),
    }
}

pub fn periodi(plan: &Plan) -> String {
    suggest::list(plan.periodi.iter().map(|periodo| periodo.id.as_str()))
}

fn di_nome(periodo: &Periodo, nome: &str) -> Result<usize, String> {
    let avvisi = || periodo.avvisi.iter().map(|avviso| avviso.id.as_str());
    avvisi().position(|id| id == nome).ok_or_else(|| {
        let manca = format!("l'avviso `{nome}` non c'è in `{}`", periodo.id);
        match suggest::closest(nome, avvisi()) {
            Some(vicino) => format!("{manca}: forse intendevi `{vicino}`?"),
            None if periodo.avvisi.is_empty() => format!("{manca}, che non ha avvisi"),
            None => format!("{manca}: si può scegliere fra {}", suggest::list(avvisi())),
        }
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
