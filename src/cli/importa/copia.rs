//! What an import found, kept beside the content folder, so that it can be taken back.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde_json::{Value, json};

use crate::fogli::Riscrittura;
use crate::input::folder::{entries, real, shown};
use crate::publish::{rewrite, scrivi_nuovi};
use crate::value::impronta;

/// Beside the content folder, where no build looks.
const COPIE: &str = ".concilia/importazioni";
const ELENCO: &str = "elenco.json";
/// The texts as they were, by their place below the content folder.
const PRIMA: &str = "prima";
/// Older copies are of files that have long changed.
const TENUTE: usize = 10;

/// A file of an import.
struct Scritto {
    file: String,
    /// As it was; none of one that was not there.
    prima: Option<String>,
    /// The SHA-256 of what was written.
    dopo: String,
}

/// Writes all the files, or none; where their older texts are.
pub fn scrivi(content: &Path, scritture: &[Riscrittura]) -> Result<String, String> {
    let copie = copie(content)?;
    let numero = tenute(&copie).last().map_or(1, |(numero, _)| numero + 1);
    let copia = copie.join(format!("{numero:04}"));
    let elenco = scritture.iter().map(|scrittura| {
        json!({ "file": scrittura.file, "nuovo": scrittura.prima.is_none(), "dopo": impronta(scrittura.dopo.as_bytes()) })
    });
    let elenco = format!("{:#}\n", Value::Array(elenco.collect()));
    let vecchi = scritture.iter().filter_map(|scrittura| {
        Some((format!("{PRIMA}/{}", scrittura.file), scrittura.prima.as_ref()?.clone().into_bytes()))
    });
    scrivi_nuovi(&copia, &vecchi.chain([(ELENCO.to_owned(), elenco.into_bytes())]).collect::<Vec<_>>())?;
    let fatto = scrivi_tutto(content, scritture);
    if let Err(perche) = fatto {
        // What was written already goes back.
        let tornati = torna_indietro(content, &copia).map(|_| "non è cambiato niente".to_owned());
        return Err(format!("{perche}; {}", tornati.unwrap_or_else(|altro| altro)));
    }
    for (_, vecchia) in tenute(&copie).iter().rev().skip(TENUTE) {
        let _ = fs::remove_dir_all(vecchia);
    }
    Ok(mostrata(content, numero))
}

fn scrivi_tutto(content: &Path, scritture: &[Riscrittura]) -> Result<(), String> {
    let nuovi = scritture.iter().filter(|scrittura| scrittura.prima.is_none());
    let nuovi: Vec<_> = nuovi.map(|scrittura| (scrittura.file.clone(), scrittura.dopo.clone().into_bytes())).collect();
    scrivi_nuovi(content, &nuovi)?;
    // A disk that is asked for many things at once does them sooner.
    scritture.par_iter().try_for_each(|scrittura| match &scrittura.prima {
        Some(prima) => rewrite(&content.join(&scrittura.file), &scrittura.file, prima, &scrittura.dopo),
        None => Ok(()),
    })
}

/// Takes the last import back: its files as they are shown.
pub fn annulla(content: &Path) -> Result<Vec<String>, String> {
    let copie = copie(content)?;
    let ultima = tenute(&copie).into_iter().last();
    let Some((_, copia)) = ultima else {
        return Err("non c'è nessuna importazione da annullare".to_owned());
    };
    torna_indietro(content, &copia)
}

/// Every file of an import as it was; where one was changed since, all stay as they are.
fn torna_indietro(content: &Path, copia: &Path) -> Result<Vec<String>, String> {
    let scritti = elenco(copia).ok_or_else(|| format!("la copia in `{}` non si legge", copia.display()))?;
    let adesso = |scritto: &Scritto| fs::read_to_string(content.join(&scritto.file)).ok();
    let com_era = |scritto: &Scritto| adesso(scritto) == scritto.prima;
    let come_scritto =
        |scritto: &Scritto| adesso(scritto).is_some_and(|testo| impronta(testo.as_bytes()) == scritto.dopo);
    if let Some(cambiato) = scritti.iter().find(|scritto| !come_scritto(scritto) && !com_era(scritto)) {
        let file = content.join(&cambiato.file);
        return Err(format!(
            "`{}` è cambiato dopo l'importazione: non tocco niente. Com'era prima è in `{}`",
            shown(&file),
            shown(&copia.join(PRIMA))
        ));
    }
    let mut tornati = Vec::new();
    for scritto in scritti.iter().filter(|scritto| !com_era(scritto)) {
        let file = content.join(&scritto.file);
        match (&scritto.prima, adesso(scritto)) {
            (Some(prima), Some(adesso)) => rewrite(&file, &scritto.file, &adesso, prima)?,
            _ => {
                let no = |cause| format!("non riesco a togliere `{}`: {}", shown(&file), crate::io_message(&cause));
                fs::remove_file(&file).map_err(no)?;
                // A folder that the import made is empty now; any other stays.
                let _ = file.parent().map(fs::remove_dir);
            }
        }
        tornati.push(shown(&file));
    }
    let _ = fs::remove_dir_all(copia);
    Ok(tornati)
}

fn elenco(copia: &Path) -> Option<Vec<Scritto>> {
    let testo = fs::read_to_string(copia.join(ELENCO)).ok()?;
    let elenco: Vec<Value> = serde_json::from_str(&testo).ok()?;
    let scritto = |voce: &Value| {
        let file = voce["file"].as_str()?.to_owned();
        let prima = match voce["nuovo"].as_bool()? {
            true => None,
            false => Some(fs::read_to_string(copia.join(PRIMA).join(&file)).ok()?),
        };
        Some(Scritto { file, prima, dopo: voce["dopo"].as_str()?.to_owned() })
    };
    elenco.iter().map(scritto).collect()
}

fn copie(content: &Path) -> Result<PathBuf, String> {
    let intero = real(content);
    let intero = intero
        .map_err(|cause| format!("non riesco a leggere `{}`: {}", content.display(), crate::io_message(&cause)))?;
    Ok(intero.parent().unwrap_or(&intero).join(COPIE))
}

/// The copies that are kept, the last one last.
fn tenute(copie: &Path) -> Vec<(u32, PathBuf)> {
    let mut tenute: Vec<(u32, PathBuf)> =
        entries(copie).filter_map(|copia| Some((copia.name().to_str()?.parse().ok()?, copia.path))).collect();
    tenute.sort();
    tenute
}

fn mostrata(content: &Path, numero: u32) -> String {
    let sopra = content.parent().unwrap_or(Path::new(""));
    shown(&sopra.join(COPIE).join(format!("{numero:04}")))
}
