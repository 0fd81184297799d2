//! `concilia verifica`: what somebody hands over, checked from the first byte to the last product.

use std::io::Read;
use std::path::Path;

use clap::ArgMatches;
use memchr::memmem;

use crate::input::consegne::archivio::MOST_BYTES;
use crate::input::consegne::{MANIFESTO, in_gruppi};
use crate::pacchetto::verifica::{self, Esito, Protocollo, Prova, Verifica};

use super::args::{file, is_json, word};
use super::ricostruzione::in_disparte;
use super::simula::json;
use super::tabella::paragrafo;
use super::{Done, FOUND, give, or_fail};

pub fn run(args: &ArgMatches) -> Done {
    let protocollo = or_fail(Protocollo::letto(word(args, "codice"), word(args, "sha256")))?;
    let esito = or_fail(answer(file(args, "file"), file(args, "pacchetto"), &protocollo))?;
    let code = if esito.esito == Esito::Superata { 0 } else { FOUND };
    Ok(give(&if is_json(args) { json(&esito) } else { testo(&esito, &protocollo) }, code))
}

/// The check of a package, or of a lone file against the package that it comes from.
fn answer(file: Option<&Path>, pacchetto: Option<&Path>, protocollo: &Protocollo) -> Result<Verifica, String> {
    let file = file.ok_or("manca il file da verificare, come `piano-2025-2027-ats-esempio.zip`")?;
    let bytes = if file.is_dir() { Vec::new() } else { leggi(file)? };
    if let Some(what) = of_an_office(&bytes).filter(|_| pacchetto.is_none()) {
        return Err(format!(
            "`{}` è {what}, non un pacchetto: si verificano i file `.zip` che `concilia consegna` scrive",
            file.display()
        ));
    }
    let is_package = file.is_dir() || is_archive(file, &bytes);
    let mut esito = match (pacchetto, is_package) {
        (None, true) if file.is_dir() => verifica::cartella(file, &in_disparte)?,
        (None, true) => verifica::pacchetto(&bytes, &in_disparte),
        (Some(package), false) if package.is_dir() => verifica::cartella(package, &in_disparte)?,
        (Some(package), false) => verifica::pacchetto(&leggi(package)?, &in_disparte),
        (None, false) => {
            return Err(format!(
                "`{}` da solo non si può verificare: indica anche il pacchetto da cui viene, con `--pacchetto`",
                file.display()
            ));
        }
        (Some(_), true) => {
            return Err(
                "`--pacchetto` serve per un file sciolto, come un PDF: un pacchetto si verifica da sé".to_owned()
            );
        }
    };
    if let Some(prova) = protocollo.confronto(&esito) {
        esito.aggiungi(prova);
    }
    if !is_package {
        let nome = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
        if let Some(prova) = verifica::file_sciolto(&nome, &bytes, &esito) {
            esito.aggiungi(prova);
        }
    }
    Ok(esito)
}

/// What office programs write is an archive too, whose first files say of what.
fn of_an_office(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 6] = [
        (b"xl/workbook.xml", "un foglio di calcolo"),
        (b"opendocument.spreadsheet", "un foglio di calcolo"),
        (b"word/document.xml", "un documento di testo"),
        (b"opendocument.text", "un documento di testo"),
        (b"ppt/presentation.xml", "una presentazione"),
        (b"opendocument.presentation", "una presentazione"),
    ];
    let is_archive = bytes.starts_with(b"PK") && memmem::find(bytes, MANIFESTO.as_bytes()).is_none();
    KINDS.iter().find(|(name, _)| is_archive && memmem::find(bytes, name).is_some()).map(|(_, what)| *what)
}

fn is_archive(file: &Path, bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK") || file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

/// The bytes of a file; of one that is too large, as many as it takes to be refused.
pub fn leggi(file: &Path) -> Result<Vec<u8>, String> {
    let io =
        |cause: std::io::Error| format!("non riesco a leggere `{}`: {}", file.display(), crate::io_message(&cause));
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file).map_err(io)?;
    opened.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
    Ok(bytes)
}

fn testo(verifica: &Verifica, protocollo: &Protocollo) -> String {
    let mut out = String::new();
    if let (Some(titolo), Some(ats), Some(codice)) = (&verifica.titolo, &verifica.ats, &verifica.codice_di_controllo) {
        out.push_str(&format!("{titolo}, {ats}\nCodice di controllo  {}\n", in_gruppi(codice)));
    }
    if let Some(sha256) = &verifica.sha256 {
        out.push_str(&format!("SHA-256 del file     {sha256}\n"));
    }
    out.push('\n');
    for prova in &verifica.prove {
        out.push_str(&riga(prova));
    }
    out.push_str(&format!("\n{}", paragrafo(conclusione(verifica, protocollo))));
    // Of a package that is not whole, or another one, nobody may read that the plan is in order.
    if let Some(verdetto) = verifica.verdetto.as_ref().filter(|_| verifica.esito == Esito::Superata) {
        out.push_str(&paragrafo(verdetto));
    }
    out.push_str(&paragrafo(verifica.codice_copre));
    out.push_str(&paragrafo(verifica.che_cosa_prova));
    out
}

/// What the parts come to: the one that failed says what can still be trusted.
fn conclusione(verifica: &Verifica, protocollo: &Protocollo) -> &'static str {
    let failed: Vec<&str> =
        verifica.prove.iter().filter(|prova| prova.esito == Esito::Fallita).map(|prova| &*prova.nome).collect();
    let only = |names: &[&str]| failed.iter().all(|nome| names.contains(nome));
    let is_registered =
        verifica.prove.iter().any(|prova| prova.nome == verifica::PROTOCOLLO && prova.esito == Esito::Superata);
    match verifica.esito {
        Esito::Superata if is_registered && protocollo.has_sha256() => {
            "Il pacchetto è integro, ed è quello registrato nel protocollo."
        }
        Esito::Superata if is_registered => {
            "Il pacchetto è integro, e i dati del Piano sono quelli registrati nel protocollo. Se è lo stesso pacchetto lo \
             dice solo lo SHA-256, con `--sha256`."
        }
        Esito::Superata => "Il pacchetto è integro.",
        Esito::AltraVersione => "I file sono integri; che vengano dalle schede, qui non si può provare.",
        _ if only(&[verifica::SCIOLTO]) => "Il pacchetto è integro, ma il documento non è quello del pacchetto.",
        _ if only(&[verifica::REGOLE]) => "I file sono integri, ma le schede non rispettano le regole.",
        _ if only(&[verifica::PROTOCOLLO, verifica::SCIOLTO]) => {
            "I file sono integri, ma il pacchetto NON è quello registrato nel protocollo."
        }
        _ => "Il pacchetto NON è integro, o non è un pacchetto.",
    }
}

fn riga(prova: &Prova) -> String {
    let segno = match prova.esito {
        Esito::Superata => "sì",
        Esito::Fallita => "NO",
        Esito::AltraVersione => "?",
        Esito::NonFatta => "-",
    };
    let mut out = format!("{segno:<3} {}: {}\n", prova.nome, prova.detto);
    for trovato in &prova.trovato {
        out.push_str(&format!("      {trovato}\n"));
    }
    out
}
