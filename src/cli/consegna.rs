//! `concilia consegna`: the package for the Region, written once and never over another.

use std::cmp::Reverse;
use std::path::Path;
use std::process::ExitCode;

use clap::ArgMatches;

use crate::input::consegne::{CODICE_COPRE, in_gruppi};
use crate::pacchetto::componi::{Composto, Mancato, componi};
use crate::pacchetto::verifica::{self, Esito, Verifica};
use crate::pacchetto::{CHE_COSA_PROVA, PESO_MASSIMO};
use crate::pipeline;

use super::args::{file, shown, word};
use super::ricostruzione::in_disparte;
use super::simula::scelto;
use super::tabella::paragrafo;
use super::uscita::{reserved, target, write};
use super::{Done, complain, fail, give, or_fail, refused, site_or_refused, tell};

const NIENTE: &str = "Non consegnato";
const RESTA: &str = "; nessun pacchetto è stato scritto";

/// How many of the heaviest files are named.
const HEAVIEST: usize = 3;

pub fn run(args: &ArgMatches) -> Done {
    let (shown, out) = (&shown(args)?, file(args, "out"));
    or_fail(reserved(out, &shown.request.content))?;
    if let Some(file) = out.filter(|out| !out.exists() && out.extension().is_none_or(|fine| fine != "zip")) {
        return Err(fail(&format!("`{}` deve finire con `.zip`: è il formato del pacchetto", file.display())));
    }
    let mut prepared = or_fail(pipeline::prepare(&shown.request))?;
    let site = site_or_refused(&prepared, shown, NIENTE, RESTA)?;
    let p = or_fail(scelto(&site.plan, word(args, "periodo")))?;
    let composto = match componi(&mut prepared, &shown.request, p, shown.strict) {
        Ok(composto) => composto,
        Err(Mancato::Errori) => return refused(&prepared, shown, NIENTE, RESTA),
        Err(Mancato::Altro(message)) => return Err(fail(&message)),
    };
    tell(&prepared, shown)?;
    let bytes = composto.archivio().map_err(|why| fail(&format!("il pacchetto non si può scrivere: {why}")))?;
    // What is handed over has to pass the check of whoever receives it.
    let verifica = verifica::pacchetto(&bytes, &in_disparte);
    if verifica.esito != Esito::Superata {
        let failed = verifica.prove.iter().filter(|prova| prova.esito != Esito::Superata);
        let found: Vec<&str> =
            failed.flat_map(|prova| [&prova.detto].into_iter().chain(&prova.trovato)).map(String::as_str).collect();
        return Err(fail(&format!("il pacchetto non supera la sua stessa verifica: {}", found.join("; "))));
    }
    let path = target(out, &composto.nome());
    let new = or_fail(write(&path, &bytes, "un pacchetto consegnato non si sovrascrive"))?;
    heavy(&composto, bytes.len());
    if shown.format.is_for_programs() {
        return Ok(ExitCode::SUCCESS);
    }
    Ok(give(&summary(&path, &composto, &verifica, bytes.len(), new), 0))
}

fn heavy(composto: &Composto, total: usize) {
    if total <= PESO_MASSIMO {
        return;
    }
    let mut files: Vec<_> = composto.manifesto.file.iter().collect();
    files.sort_by_key(|file| (Reverse(file.byte), &file.nome));
    let named: Vec<String> =
        files.iter().take(HEAVIEST).map(|file| format!("`{}` ({})", file.nome, mega(file.byte))).collect();
    complain(&format!(
        "avviso: il pacchetto pesa {}, più dei {} che la posta certificata accetta di solito; i file più pesanti sono {}",
        mega(total as u64),
        mega(PESO_MASSIMO as u64),
        named.join(", ")
    ));
}

/// `1,4 MB`, rounded up: a limit is not met by rounding.
fn mega(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    format!("{},{} MB", tenths / 10, tenths % 10)
}

fn summary(path: &Path, composto: &Composto, verifica: &Verifica, size: usize, new: bool) -> String {
    let testa = &composto.manifesto.consegna;
    let shown = path.display();
    let first = if new {
        format!("Scritto {shown}: {}, {} file.\n", mega(size as u64), composto.file.len() + 1)
    } else {
        format!("{shown} c'era già, identico: non è cambiato nulla.\n")
    };
    let pdf = composto.file.keys().any(|nome| nome.starts_with("documento/"));
    let missing = if pdf { "" } else { "Il pacchetto è senza PDF: questo sito non lo pubblica.\n" };
    format!(
        "{first}{missing}\n\
         Codice di controllo  {}\n\
         SHA-256 del file     {}\n\n\
         {}{}\
         Quando lo consegni, mettine una copia in `piani/{}/consegne/`: il sito ne farà lo storico delle modifiche.\n",
        in_gruppi(&testa.codice_di_controllo),
        verifica.sha256.as_deref().unwrap_or_default(),
        paragrafo(&format!("Scrivi tutti e due nel protocollo. {CHE_COSA_PROVA}")),
        paragrafo(CODICE_COPRE),
        testa.periodo
    )
}
