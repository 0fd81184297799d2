//! `concilia documento`: the sheet of one project as an accessible, archival PDF.

use std::path::Path;
use std::process::ExitCode;

use crate::pipeline;
use crate::site::{nome_di_scheda, scheda_in_pdf};
use crate::suggest;

use super::args::Shown;
use super::consegna::{target, write};
use super::simula::scelto;
use super::{Done, close, fail, or_fail, tell};

pub fn run(shown: &Shown, asked: Option<&str>, progetto: &str, out: Option<&Path>) -> Done {
    let mut prepared = or_fail(pipeline::prepare(&shown.request))?;
    let Some(site) = prepared.site.as_ref().filter(|_| !prepared.stops(shown.strict)) else {
        return super::refused(&prepared, shown, NIENTE, "");
    };
    let p = or_fail(scelto(&site.plan, asked))?;
    let periodo = &site.plan.periodi[p];
    let noti = || periodo.progetti.iter().map(|progetto| progetto.id.as_str());
    let Some(i) = noti().position(|id| id == progetto) else {
        let manca = format!("il progetto `{progetto}` non c'è in `{}`", periodo.id);
        return Err(fail(&match suggest::closest(progetto, noti()) {
            Some(vicino) => format!("{manca}: forse intendevi `{vicino}`?"),
            None if periodo.progetti.is_empty() => format!("{manca}, che non ha progetti"),
            None => format!("{manca}: si può scegliere fra {}", suggest::list(noti())),
        }));
    };
    let bytes = match scheda_in_pdf(site, p, i) {
        Ok(bytes) => bytes,
        Err(problem) => {
            prepared.report.extend([*problem]);
            return super::refused(&prepared, shown, NIENTE, "");
        }
    };
    let path = target(out, &nome_di_scheda(progetto));
    tell(&prepared, shown)?;
    let new = or_fail(write(&path, &bytes, "un documento che c'è già non si sovrascrive"))?;
    let che = if new { "Scritto" } else { "C'era già, identico:" };
    close(&prepared, &format!("{che} `{}`, PDF/A-2a e PDF/UA-1", path.display()));
    Ok(ExitCode::SUCCESS)
}

const NIENTE: &str = "Documento non composto";
