//! `concilia esporta`, `modello`, `chiedi-dati`: the records as workbooks.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;

use crate::fogli::{self, Nomi, Schedario};
use crate::input::elenchi::Elenchi;
use crate::input::folder::shown;
use crate::input::store::Store;
use crate::plan::norms_of;
use crate::publish::scrivi_nuovi;
use crate::value::Id;

use super::args::{file, folder, word};
use super::piano_scelto;
use super::tabella::conta;
use super::uscita::{reserved, target};
use super::{Done, fail, give, known, or_fail};

/// The records of a plan, and how people call what they name.
pub struct Letto {
    pub piano: Id,
    /// Nobody named it, and the site has others.
    pub supposto: bool,
    pub schedario: Schedario,
    pub nomi: Nomi,
}

impl Letto {
    pub fn di(content: &Path, periodo: Option<&str>, come: &str) -> Result<Self, String> {
        let mut store = Store::load(content).map_err(|no| no.to_string())?;
        let piano = piano_scelto::scegli(&store, periodo, come)?;
        let (norme, _) = norms_of(Some(&store));
        let del_sito = Elenchi::new(Some(&store), &norme);
        let tutte = store.entries.len();
        store.entries.retain(|_, entry| entry.source.kind.piano().is_none_or(|altro| *altro == piano));
        let supposto = periodo.is_none() && store.entries.len() < tutte;
        let schedario = Schedario::letto(&store, &piano);
        let nomi = Nomi::new(&Elenchi::new(Some(&store), &norme), &del_sito, &schedario);
        Ok(Letto { piano, supposto, schedario, nomi })
    }
}

/// An error where a record cannot be read: a workbook without it would not be that of the plan.
fn intero(args: &ArgMatches) -> Result<Letto, ExitCode> {
    or_fail(reserved(file(args, "out"), folder(args, "content")))?;
    let letto = or_fail(Letto::di(folder(args, "content"), word(args, "periodo"), "un argomento"))?;
    match letto.schedario.guasti.first() {
        Some(guasto) => Err(fail(guasto)),
        None => Ok(letto),
    }
}

pub fn run(args: &ArgMatches) -> Done {
    let Letto { piano, schedario, nomi, .. } = intero(args)?;
    let dove = target(file(args, "out"), &format!("piano-{piano}.xlsx"));
    let libro = or_fail(fogli::esporta(&schedario, &nomi, &piano))?;
    scrivi(&dove, libro)?;
    Ok(give(
        &format!(
            "Scritto `{}`: le schede del Piano {piano}. Dopo averlo cambiato, `concilia importa {0}` mostra che cosa \
             cambierebbe.\n",
            dove.display()
        ),
        0,
    ))
}

pub fn modello(args: &ArgMatches) -> Done {
    let Some(dove) = file(args, "file") else {
        return Err(fail(&"manca il nome del file da scrivere, come `concilia modello piano.xlsx`"));
    };
    let (_, elenchi) = known(folder(args, "content"));
    let libro = or_fail(fogli::modello(&Nomi::new(&elenchi, &elenchi, &Schedario::default())))?;
    scrivi(dove, libro)?;
    Ok(give(
        &format!(
            "Scritto `{}`: i fogli sono vuoti, e il primo spiega come si riempiono. Poi `concilia importa {0}` mostra che \
             cosa farebbe.\n",
            dove.display()
        ),
        0,
    ))
}

pub fn chiedi_dati(args: &ArgMatches) -> Done {
    let Letto { piano, schedario, nomi, .. } = intero(args)?;
    let richieste = or_fail(fogli::richieste(&schedario, &nomi, &piano))?;
    if richieste.is_empty() {
        return Ok(give("Non manca niente di ciò che si chiede ai capofila: non ho scritto niente.\n", 0));
    }
    let out = file(args, "out").map_or_else(|| PathBuf::from(format!("dati-mancanti-{piano}")), Path::to_owned);
    let mut righe = String::new();
    let mut libri = Vec::new();
    for richiesta in richieste {
        let nome = format!("{}.xlsx", richiesta.ente);
        let quanti = conta(richiesta.mancano, "dato", "dati");
        righe.push_str(&format!("  {}: {quanti}\n", shown(&out.join(&nome))));
        libri.push((nome, richiesta.libro));
    }
    or_fail(scrivi_nuovi(&out, &libri))?;
    Ok(give(
        &format!(
            "Ho scritto {}, con evidenziato ciò che manca:\n{righe}Quando tornano, `concilia importa FILE` li unisce alle \
             schede.\n",
            conta(libri.len(), "foglio di calcolo", "fogli di calcolo")
        ),
        0,
    ))
}

/// A workbook where none is.
fn scrivi(dove: &Path, libro: Vec<u8>) -> Result<(), ExitCode> {
    if dove.extension().is_none_or(|fine| !fine.eq_ignore_ascii_case("xlsx")) {
        let perche = format!("`{}` deve finire con `.xlsx`: è il formato che scrivo", dove.display());
        return Err(fail(&perche));
    }
    or_fail(scrivi_nuovi(Path::new(""), &[(dove.display().to_string(), libro)]))
}
