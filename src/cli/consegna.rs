//! `concilia consegna`: the package for the Region, written once and never over another.

use std::cmp::Reverse;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;

use crate::input::consegne::{CODICE_COPRE, in_gruppi};
use crate::pacchetto::componi::{Composto, Mancato, componi};
use crate::pacchetto::verifica::{self, Esito, Verifica};
use crate::pacchetto::{CHE_COSA_PROVA, PESO_MASSIMO};
use crate::pipeline;
use crate::publish::{is_site, resolve};

use super::args::{file, shown, word};
use super::ricostruzione::in_disparte;
use super::simula::scelto;
use super::tabella::paragrafo;
use super::{Done, complain, fail, give, or_fail, refused, site_or_refused, tell};

const NIENTE: &str = "Non consegnato";
const RESTA: &str = "; nessun pacchetto è stato scritto";

/// The folder of a plan with its packages.
const CONSEGNE: &str = "consegne";

/// How many of the heaviest files are named.
const HEAVIEST: usize = 3;

pub fn run(args: &ArgMatches) -> Done {
    let (shown, out) = (&shown(args)?, file(args, "out"));
    or_fail(fuori(out, &shown.request.content))?;
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

/// Refuses a place in the published site, which anybody reads, or among the records, but for where packages are kept.
pub fn fuori(out: Option<&Path>, content: &Path) -> Result<(), String> {
    let Some(out) = out else { return Ok(()) };
    let posto = |path| resolve(path).map_err(|no| no.to_string());
    let (dove, schede) = (posto(out)?, posto(content)?);
    let no = |che| Err(format!("`{}` {che}: scegli un altro posto con `--out`", out.display()));
    if dove.ancestors().any(is_site) {
        return no("è nel sito pubblicato, che tutti possono leggere");
    }
    match dove.strip_prefix(schede) {
        Ok(dentro) if !dentro.iter().any(|passo| passo == CONSEGNE) => no("è nella cartella delle schede"),
        _ => Ok(()),
    }
}

/// The file that was asked for, or this one in the folder that was, or here.
pub fn target(out: Option<&Path>, nome: &str) -> PathBuf {
    match out {
        Some(folder) if folder.is_dir() => folder.join(nome),
        Some(file) => file.to_owned(),
        None => PathBuf::from(nome),
    }
}

/// Whether the file is new; an equal one is left as it is, another one is never replaced: `perche`.
pub fn write(path: &Path, bytes: &[u8], perche: &str) -> Result<bool, String> {
    let shown = path.display();
    let io = |cause: &std::io::Error| format!("non riesco a scrivere `{shown}`: {}", crate::io_message(cause));
    // A device or a pipe would be read without end.
    if std::fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return Err(format!("`{shown}` c'è già e non è un file: scegli un altro nome con `--out`"));
    }
    match std::fs::read(path) {
        Ok(old) if old == bytes => return Ok(false),
        Ok(_) => return Err(other(path, perche)),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {}
        Err(cause) => return Err(io(&cause)),
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".concilia-");
    // Anybody may read what is handed to the Region.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut file = builder.tempfile_in(folder).map_err(|cause| match cause.kind() {
        std::io::ErrorKind::NotFound => {
            format!("non riesco a scrivere `{shown}`: la cartella `{}` non c'è", folder.display())
        }
        _ => io(&cause),
    })?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|cause| io(&cause))?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(true),
        Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => Err(other(path, perche)),
        Err(error) => Err(io(&error.error)),
    }
}

fn other(path: &Path, perche: &str) -> String {
    format!("`{}` c'è già ed è diverso: {perche}. Spostalo, o scegli un altro nome con `--out`", path.display())
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
