//! `concilia riordina`: the records in one order and one form, their values and comments as they are.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;
use rayon::prelude::*;

use crate::input::folder::real;
use crate::input::source::{self, Source};
use crate::publish::rewrite;
use crate::schema;
use crate::yaml::modifica::Scheda;

use super::args::folder;
use super::{Done, FOUND, complain, fail, give, or_fail};

/// The option that writes nothing.
pub const CHECK: &str = "check";

pub fn run(args: &ArgMatches) -> Done {
    let content = folder(args, "content");
    let asked: Vec<&PathBuf> = args.get_many("file").into_iter().flatten().collect();
    let schede = or_fail(chosen(or_fail(source::walk(content))?.files, &asked, content))?;
    let check = args.get_flag(CHECK);
    let tried: Vec<_> = schede.par_iter().map(in_order).collect();
    let (mut changed, mut left) = (Vec::new(), 0);
    for (scheda, outcome) in schede.iter().zip(tried) {
        match outcome {
            Ok((old, new)) if old == new => {}
            Ok((old, new)) => {
                if !check {
                    rewrite(&scheda.path, &scheda.name, &old, &new).map_err(|why| fail(&why))?;
                }
                changed.push(format!("{}\n", scheda.name));
            }
            Err(why) => {
                left += 1;
                complain(&format!("errore: `{}` resta com'è: {why}", scheda.name));
            }
        }
    }
    let given = give(&changed.concat(), 0);
    if given != ExitCode::SUCCESS {
        return Ok(given);
    }
    complain(&closing(check, schede.len(), changed.len(), left));
    let found = left > 0 || (check && !changed.is_empty());
    Ok(if found { ExitCode::from(FOUND) } else { ExitCode::SUCCESS })
}

fn closing(check: bool, all: usize, changed: usize, left: usize) -> String {
    let of = if all == 1 { "1 file".to_owned() } else { format!("{all} file") };
    let happened = match (changed, check) {
        (0, _) if left == all => format!("Nessun file riordinato su {of}"),
        (0, _) => format!("Tutto in ordine: {of}"),
        (1, true) => format!("Da riordinare: 1 su {of}"),
        (_, true) => format!("Da riordinare: {changed} su {of}"),
        (1, false) => format!("Riordinato 1 su {of}"),
        (_, false) => format!("Riordinati {changed} su {of}"),
    };
    match left {
        0 => happened,
        1 => format!("{happened}; 1 resta com'è"),
        left => format!("{happened}; {left} restano come sono"),
    }
}

/// The records and pages that were asked for, by file or by folder; without a wish, all of them.
fn chosen(files: Vec<Source>, asked: &[&PathBuf], content: &Path) -> Result<Vec<Source>, String> {
    let schede: Vec<Source> = files.into_iter().filter(|file| file.kind.genere().is_some()).collect();
    if asked.is_empty() {
        return Ok(schede);
    }
    let whole = |path: &Path| {
        let told = |cause| format!("non riesco a leggere `{}`: {}", path.display(), crate::io_message(&cause));
        real(path).map_err(told)
    };
    let wanted = asked.iter().map(|path| whole(path)).collect::<Result<Vec<PathBuf>, String>>()?;
    let mut met = vec![false; wanted.len()];
    let mut chosen = Vec::new();
    for scheda in schede {
        let path = whole(&scheda.path)?;
        let mut is_wanted = false;
        for (wanted, met) in wanted.iter().zip(&mut met) {
            if path.starts_with(wanted) {
                *met = true;
                is_wanted = true;
            }
        }
        if is_wanted {
            chosen.push(scheda);
        }
    }
    match met.iter().position(|met| !met) {
        Some(missed) => Err(format!(
            "`{}` non è una scheda di `{}`: un'altra cartella dei contenuti si indica con `--content`",
            asked[missed].display(),
            content.display()
        )),
        None => Ok(chosen),
    }
}

/// A file as it is and as it should be.
fn in_order(file: &Source) -> Result<(String, String), String> {
    let old = source::read_as_written(file).map_err(|problem| problem.message)?;
    let genere = file.kind.genere().unwrap_or_default();
    let read = if file.relative.ends_with(".md") { Scheda::leggi_pagina } else { Scheda::leggi };
    let ordered = read(&old, schema::nodo(genere)).and_then(|mut scheda| {
        scheda.riordina()?;
        Ok(scheda.fine())
    });
    ordered.map(|new| (old, new)).map_err(|error| error.to_string())
}
