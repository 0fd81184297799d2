//! The plan made again from the records of a package, and what that proves of it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::dicitura::{Dicitura, dicitura};
use super::{DA_RIFARE, Esito, NON_SI_RIFA, Prova, REGOLE, RICOSTRUZIONE, Trovati, limited, not_extracted, testa};
use crate::conformita::{self, sostituzioni};
use crate::input::consegne::archivio;
use crate::input::consegne::{FORMATO, MANIFESTO, Manifesto, Prodotto};
use crate::pacchetto::componi::{Composto, Mancato, SCHEDE, componi, questo_programma};
use crate::pipeline::{self, Prepared, Request};
use crate::report::Severity;

/// What the plan that was made again says of the package.
#[derive(Debug, Serialize, Deserialize)]
pub struct Esame {
    pub prove: Vec<Prova>,
    /// What every document says and shows; known where the records could be read.
    pub(super) dicitura: Option<Dicitura>,
    /// How the plan stands, by the rules that its records were held against again.
    pub(super) verdetto: Option<String>,
}

/// Makes the plan of the package in this folder again, and holds the package against it.
pub fn esame(folder: &Path) -> Result<Esame, String> {
    let bytes = std::fs::read(folder.join(DA_RIFARE)).map_err(|cause| not_extracted(&cause))?;
    let voci = archivio::leggi(&bytes).map_err(|rifiuto| rifiuto.to_string())?;
    let trovati = Trovati::di(voci).unwrap_or_default();
    let manifesto = Manifesto::letto(&trovati.manifesto)?;
    let request = schede(&manifesto, &trovati, folder)?;
    let mut prepared = pipeline::prepare(&request).map_err(|error| error.to_string())?;
    let mut prove = vec![testa::confronto(&manifesto.consegna, &prepared)];
    let periodo = &manifesto.consegna.periodo;
    let plan = prepared.site.as_ref().map(|site| &site.plan);
    let p = plan.and_then(|plan| plan.periodi.iter().position(|found| found.id == *periodo));
    let verdetto = prepared.site.as_ref().zip(p).map(|(site, p)| conformita::verdetto(&site.plan, &site.conformita, p));
    let composto = match p {
        Some(p) => componi(&mut prepared, &request, p, false),
        None if prepared.stops(false) => Err(Mancato::Errori),
        None => Err(Mancato::Altro(format!("fra le schede non c'è il Piano `{periodo}`"))),
    };
    let attesa = Dicitura::di(&prepared.store);
    let (prova, prodotti) = match composto {
        Ok(composto) => (confronto(&manifesto, &trovati, &composto), composto.manifesto.prodotti),
        Err(Mancato::Errori) => {
            let found = vec!["le schede hanno errori".to_owned()];
            (non_rifatto(&manifesto, NON_SI_RIFA, found), Vec::new())
        }
        Err(Mancato::Altro(why)) => {
            prove.push(Prova::fallita(RICOSTRUZIONE, NON_SI_RIFA, vec![why]));
            return Ok(Esame { prove, dicitura: attesa, verdetto });
        }
    };
    let di_altri = altro_programma(&manifesto).is_some();
    prove.extend([prova, regole(&prepared, p, di_altri), dicitura(&prodotti, &trovati, attesa.as_ref())]);
    Ok(Esame { prove, dicitura: attesa, verdetto })
}

/// The records and the theme of a package where they lay, and what was asked of them.
fn schede(manifesto: &Manifesto, trovati: &Trovati, folder: &Path) -> Result<Request, String> {
    let io = |cause: std::io::Error| not_extracted(&cause);
    for voce in manifesto.file.iter().filter(|voce| voce.nome.starts_with(SCHEDE)) {
        let path = voce.origine.as_deref().unwrap_or(&voce.nome);
        let Some(below) = path.strip_prefix(SCHEDE).filter(|below| is_inside(below)) else {
            return Err(format!("`{}` andrebbe in `{path}`, fuori dalle schede", voce.nome));
        };
        let target = folder.join(below);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent).map_err(io)?;
        }
        std::fs::write(&target, trovati.file.get(&voce.nome).map(Vec::as_slice).unwrap_or_default()).map_err(io)?;
    }
    let asked = &manifesto.consegna.richiesta;
    let is_good_theme = |tema: &str| crate::value::Id::parse(tema).is_ok();
    if asked.tema.as_deref().is_some_and(|tema| !is_good_theme(tema))
        || asked.indirizzo.as_deref().is_some_and(|address| !pipeline::is_base_url(address))
    {
        return Err(format!("`{MANIFESTO}` chiede un tema o un indirizzo che non possono essere"));
    }
    Ok(Request { content: folder.join("content"), base_url: asked.indirizzo.clone(), theme: asked.tema.clone() })
}

/// Only where records and themes lie, and nowhere above.
fn is_inside(below: &str) -> bool {
    let odd = |part: &str| part.is_empty() || part == "." || part == ".." || part.contains(['\\', ':', '\0']);
    (below.starts_with("content/") || below.starts_with("themes/")) && !below.split('/').any(odd)
}

fn confronto(manifesto: &Manifesto, trovati: &Trovati, rifatto: &Composto) -> Prova {
    let mut found = Vec::new();
    let made: BTreeMap<&str, &Prodotto> = by_path(&rifatto.manifesto.prodotti);
    let told: BTreeMap<&str, &Prodotto> = by_path(&manifesto.prodotti);
    if told.len() != manifesto.prodotti.len() {
        found.push("un prodotto è due volte nel manifesto".to_owned());
    }
    for (path, prodotto) in &told {
        match made.get(path) {
            None => found.push(format!("il prodotto `{path}` del manifesto non si ottiene dalle schede")),
            Some(other) if other != prodotto => {
                found.push(format!("il prodotto `{path}`, rifatto dalle schede, non ha lo SHA-256 del manifesto"));
            }
            Some(_) => {}
        }
    }
    let untold = made.keys().filter(|path| !told.contains_key(*path));
    found.extend(untold.map(|path| format!("il prodotto `{path}` si ottiene dalle schede, ma non è nel manifesto")));
    for (nome, dati) in &trovati.file {
        match rifatto.file.get(nome) {
            None => found.push(format!("`{nome}` non viene dalle schede")),
            Some(other) if other != dati => found.push(format!("`{nome}`, rifatto dalle schede, è diverso")),
            Some(_) => {}
        }
    }
    let missing = rifatto.file.keys().filter(|nome| !trovati.file.contains_key(*nome));
    found.extend(missing.map(|nome| format!("`{nome}` si ottiene dalle schede e nel pacchetto manca")));
    if found.is_empty() {
        let detto = format!(
            "rifatti dalle schede, {} prodotti del sito e {} file del pacchetto danno gli stessi byte",
            told.len(),
            trovati.file.len()
        );
        return Prova::superata(RICOSTRUZIONE, detto);
    }
    non_rifatto(manifesto, "dalle schede si ottengono file diversi", limited(found))
}

/// A plan that could not be made again as it was: with another version of the program nothing is proved by it.
fn non_rifatto(manifesto: &Manifesto, perche: &str, trovato: Vec<String>) -> Prova {
    match altro_programma(manifesto) {
        None => Prova::fallita(RICOSTRUZIONE, perche, trovato),
        Some(detto) => Prova { nome: RICOSTRUZIONE.into(), esito: Esito::AltraVersione, detto, trovato },
    }
}

/// What a package says to be written by, where it is not this program.
fn altro_programma(manifesto: &Manifesto) -> Option<String> {
    let (theirs, ours) = (&manifesto.consegna.programma, questo_programma());
    if *theirs == ours && manifesto.formato == FORMATO {
        return None;
    }
    let which = if theirs.versione == ours.versione {
        format!("un'altra edizione di {} {}", theirs.nome, theirs.versione)
    } else {
        format!("{} {}", theirs.nome, theirs.versione)
    };
    Some(format!(
        "il pacchetto è di {which}, e qui c'è {} {}: i byte possono essere diversi anche solo per questo. Per averne la \
         prova, verificalo con la versione che lo ha scritto",
        ours.nome, ours.versione
    ))
}

fn by_path(prodotti: &[Prodotto]) -> BTreeMap<&str, &Prodotto> {
    prodotti.iter().map(|prodotto| (prodotto.percorso.as_str(), prodotto)).collect()
}

/// Whether the records in the package keep the rules, and whether the rules are those of the program.
fn regole(prepared: &Prepared, p: Option<usize>, di_altri: bool) -> Prova {
    let counts = prepared.report.counts();
    if counts.errors == 0 {
        let avvisi = match counts.warnings {
            0 => String::new(),
            n => format!(" ({})", Severity::Warning.counted(n)),
        };
        let mut prova = Prova::superata(REGOLE, format!("le schede rispettano le regole vincolanti{avvisi}"));
        let changed = prepared.site.as_ref().zip(p).map(|(site, p)| sostituzioni(&site.plan, p)).unwrap_or_default();
        if !changed.is_empty() {
            prova.detto.push_str(", ma il sito cambia le norme");
            prova.trovato = limited(changed.iter().map(|sostituzione| sostituzione.detta()).collect());
        }
        return prova;
    }
    let errors = prepared.report.diagnostics().iter().filter(|problem| problem.severity == Severity::Error);
    let told = errors.map(|problem| format!("{}: {}", problem.code, problem.message)).collect();
    let detto = match di_altri {
        true => "le schede non rispettano le regole di questa versione di concilia, che può averne di nuove",
        false => "le schede non rispettano le regole",
    };
    Prova::fallita(REGOLE, detto, limited(told))
}
