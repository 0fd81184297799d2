//! `concilia documento`: the sheet of one project as an accessible, archival PDF.

use std::process::ExitCode;

use clap::ArgMatches;

use crate::pipeline;
use crate::site::{nome_di_scheda, scheda_in_pdf};

use super::args::{file, shown, word};
use super::simula::{named, scelto};
use super::uscita::{reserved, target, write};
use super::{Done, close, or_fail, refused, site_or_refused, tell};

pub fn run(args: &ArgMatches) -> Done {
    let shown = &shown(args)?;
    or_fail(reserved(file(args, "out"), &shown.request.content))?;
    let progetto = word(args, "progetto").unwrap_or_default();
    let mut prepared = or_fail(pipeline::prepare(&shown.request))?;
    let site = site_or_refused(&prepared, shown, NIENTE, "")?;
    let p = or_fail(scelto(&site.plan, word(args, "periodo")))?;
    let periodo = &site.plan.periodi[p];
    let progetti: Vec<&str> = periodo.progetti.iter().map(|progetto| progetto.id.as_str()).collect();
    let missing = format!("il progetto `{progetto}` non c'è in `{}`", periodo.id);
    let i = or_fail(named(progetto, &progetti, &missing, "che non ha progetti"))?;
    let bytes = match scheda_in_pdf(site, p, i) {
        Ok(bytes) => bytes,
        Err(problem) => {
            prepared.report.extend([*problem]);
            return refused(&prepared, shown, NIENTE, "");
        }
    };
    let path = target(file(args, "out"), &nome_di_scheda(progetto));
    tell(&prepared, shown)?;
    let new = or_fail(write(&path, &bytes, "un documento che c'è già non si sovrascrive"))?;
    let che = if new { "Scritto" } else { "C'era già, identico:" };
    close(&prepared, &format!("{che} `{}`, PDF/A-2a e PDF/UA-1", path.display()));
    Ok(ExitCode::SUCCESS)
}

const NIENTE: &str = "Documento non composto";
