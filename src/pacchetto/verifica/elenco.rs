//! The bytes of a package: the archive, and every file against the manifest.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{ARCHIVIO, Esito, FILE, Prova, Trovati, limited, superate};
use crate::input::consegne::archivio::{self, RIFATTO, Rifiuto, Voce};
use crate::input::consegne::{Consegna, FileDiPacchetto, MANIFESTO, Manifesto};
use crate::input::folder::{self, Unreadable};
use crate::pacchetto::componi::insieme;
use crate::pacchetto::nomi;
use crate::value::impronta;

/// Checks the bytes alone, without making the plan again: what a changed byte shows on.
pub fn e_integro(bytes: &[u8]) -> Result<Manifesto, Vec<String>> {
    match integro(bytes) {
        (Some(manifesto), prove) if superate(&prove) => Ok(manifesto),
        (_, prove) => Err(prove.into_iter().flat_map(|prova| prova.trovato).collect()),
    }
}

/// What the archive is checked for; of one that is refused there is nothing more to be said.
pub(super) fn integro(bytes: &[u8]) -> (Option<Manifesto>, Vec<Prova>) {
    let refused = |rifiuto: Rifiuto| Prova::fallita(ARCHIVIO, "l'archivio è rifiutato", vec![rifiuto.to_string()]);
    match riscritto(bytes) {
        Ok((voci, prova)) => elenco(Trovati::di(voci).as_ref(), vec![prova]),
        Err(rifiuto) => (None, vec![refused(rifiuto)]),
    }
}

/// What an archive holds, and whether it is as concilia writes it.
fn riscritto(bytes: &[u8]) -> Result<(Vec<Voce<'_>>, Prova), Rifiuto> {
    let voci = archivio::leggi(bytes)?;
    let again = archivio::scrivi(voci.iter().map(|voce| (voce.nome.as_str(), &*voce.dati)))?;
    let mut different = archivio::confronta(bytes, &again);
    let names: Vec<&str> = voci.iter().map(|voce| voce.nome.as_str()).collect();
    let in_order = names.first() == Some(&MANIFESTO) && names[1..].is_sorted();
    if !in_order && different.is_empty() {
        different.push(format!("i file non sono nell'ordine di un pacchetto: prima `{MANIFESTO}`, poi per nome"));
    }
    let prova = match different.is_empty() {
        true => Prova::superata(ARCHIVIO, format!("riscritto da capo è uguale, byte per byte ({} byte)", bytes.len())),
        false if bytes.len() != again.len() => {
            let detto = format!("l'archivio non è come concilia lo ha scritto: {RIFATTO}");
            Prova::fallita(ARCHIVIO, detto, different)
        }
        false => Prova::fallita(ARCHIVIO, "l'archivio non è come concilia lo ha scritto", different),
    };
    Ok((voci, prova))
}

/// The delivery in an archive, whoever packed it again: every file is held against the manifest, as in a check.
pub fn consegna_di(bytes: &[u8]) -> Result<Consegna, String> {
    if bytes.first() == Some(&b'{') {
        return Consegna::letta(bytes);
    }
    let voci = archivio::leggi(bytes).map_err(|rifiuto| rifiuto.to_string())?;
    let senza = || format!("non è un pacchetto di consegna: manca `{MANIFESTO}`");
    consegna(&Trovati::di(voci).ok_or_else(senza)?, impronta(bytes))
}

/// The delivery that was extracted into a folder, held against its manifest in the same way.
pub fn consegna_in(folder: &Path) -> Result<Consegna, String> {
    consegna(&raccogli(folder)?, String::new()).map_err(|why| format!("`{}`: {why}", folder.display()))
}

fn consegna(trovati: &Trovati, sha256: String) -> Result<Consegna, String> {
    let (manifesto, prove) = elenco(Some(trovati), Vec::new());
    let primo = prove.into_iter().filter(|prova| prova.esito != Esito::Superata).flat_map(|prova| prova.trovato).next();
    match (manifesto, primo) {
        (Some(manifesto), None) => Consegna::da_file(&manifesto, &trovati.voci(), sha256),
        (_, primo) => Err(format!(
            "{}. Un pacchetto così non si confronta: tutto ciò che non va lo dice `concilia verifica`",
            primo.unwrap_or_default()
        )),
    }
}

/// What systems leave in the folders that they show: no part of a package.
fn is_of_the_system(nome: &str) -> bool {
    let file = nome.rsplit('/').next().unwrap_or(nome);
    file.starts_with("._")
        || [".DS_Store", "Thumbs.db", "desktop.ini"].iter().any(|name| file.eq_ignore_ascii_case(name))
}

/// The files of a package that was extracted, within the limits of an archive.
pub(super) fn raccogli(folder: &Path) -> Result<Trovati, String> {
    let mut file = BTreeMap::new();
    let mut total = 0_u64;
    for entry in folder::walk(folder, usize::MAX, |_| true) {
        let entry = entry.map_err(|Unreadable { path, cause }| {
            format!("non riesco a leggere la cartella `{}`: {}", path.display(), crate::io_message(&cause))
        })?;
        if entry.kind.is_dir() {
            continue;
        }
        let below = entry.path.strip_prefix(folder).unwrap_or(&entry.path);
        let nome = below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        if !entry.kind.is_file() {
            return Err(format!(
                "`{nome}` è un collegamento o un file speciale: in un pacchetto ci sono solo file normali"
            ));
        }
        let unreadable =
            |cause: std::io::Error| format!("non riesco a leggere `{nome}`: {}", crate::io_message(&cause));
        total += std::fs::metadata(&entry.path).map_err(unreadable)?.len();
        if total > archivio::MOST_BYTES {
            return Err(format!("la cartella supera {} MB: non è un pacchetto estratto", archivio::MOST_BYTES >> 20));
        }
        let bytes = std::fs::read(&entry.path).map_err(unreadable)?;
        file.insert(nome, bytes);
    }
    let Some(manifesto) = file.remove(MANIFESTO) else {
        return Err(format!("in `{}` non c'è `{MANIFESTO}`: non è un pacchetto estratto", folder.display()));
    };
    let elencati = Manifesto::letto(&manifesto).map(|manifesto| manifesto.file).unwrap_or_default();
    let is_listed = |nome: &String| elencati.iter().any(|voce| voce.nome == *nome);
    let di_sistema = file.extract_if(.., |nome, _| is_of_the_system(nome) && !is_listed(nome));
    let di_sistema = di_sistema.map(|(nome, _)| nome).collect();
    Ok(Trovati { manifesto, file, di_sistema })
}

/// Every file against the manifest.
pub(super) fn elenco(trovati: Option<&Trovati>, mut prove: Vec<Prova>) -> (Option<Manifesto>, Vec<Prova>) {
    let Some(trovati) = trovati else {
        let found = vec![format!("manca `{MANIFESTO}`")];
        prove.push(Prova::fallita(FILE, "non è un pacchetto di consegna", found));
        return (None, prove);
    };
    let manifesto = match Manifesto::letto(&trovati.manifesto) {
        Ok(manifesto) => manifesto,
        Err(why) => {
            prove.push(Prova::fallita(FILE, "il manifesto non si può usare", vec![format!("`{MANIFESTO}` {why}")]));
            return (None, prove);
        }
    };
    let mut found = Vec::new();
    if manifesto.scritto() != trovati.manifesto {
        found.push(format!("`{MANIFESTO}` non è scritto come lo scrive concilia"));
    }
    let mut listed = BTreeSet::new();
    for voce in &manifesto.file {
        if !listed.insert(voce.nome.as_str()) {
            found.push(format!("`{}` è due volte nel manifesto", voce.nome));
            continue;
        }
        match trovati.file.get(&voce.nome) {
            None => found.push(format!("`{}` manca", voce.nome)),
            Some(dati) if impronta(dati) != voce.sha256 || dati.len() as u64 != voce.byte => {
                found.push(format!("`{}` non è il file del manifesto: è stato cambiato", voce.nome));
            }
            Some(_) => {}
        }
    }
    let extra = trovati.file.keys().filter(|nome| !listed.contains(nome.as_str()));
    found.extend(extra.map(|nome| format!("`{nome}` non è nel manifesto: è stato aggiunto")));
    found.extend(posti(&manifesto.file));
    found.extend(programma(&manifesto, trovati));
    if found.is_empty() {
        found.extend(Consegna::da_file(&manifesto, &trovati.voci(), String::new()).err());
    }
    let mut prova = match found.is_empty() {
        true => Prova::superata(FILE, format!("{} file, ognuno è quello del manifesto", manifesto.file.len())),
        false => Prova::fallita(FILE, "i file non sono quelli del manifesto", limited(found)),
    };
    if !trovati.di_sistema.is_empty() {
        let nomi = trovati.di_sistema.iter().map(|nome| format!("`{nome}`")).collect::<Vec<_>>().join(", ");
        prova.trovato.push(format!("file che il sistema ha aggiunto, e che non contano: {nomi}"));
    }
    prove.push(prova);
    (Some(manifesto), prove)
}

/// Where files lay is part of what is delivered: a name that was made says from which path.
fn posti(file: &[FileDiPacchetto]) -> Vec<String> {
    let mut places = BTreeSet::new();
    let mut found = Vec::new();
    for voce in file {
        let origine = voce.origine.as_deref().unwrap_or(&voce.nome);
        let is_made = nomi::nome(origine) == voce.nome && (voce.origine.is_none() || origine != voce.nome);
        if !is_made {
            found.push(format!("`{}` non è il nome che concilia dà a `{origine}`", voce.nome));
        }
        if !places.insert(origine) {
            found.push(format!("`{origine}` sarebbe due file"));
        }
    }
    found
}

/// The norms and the theme of the program are packed too: the manifest names them by their fingerprint.
fn programma(manifesto: &Manifesto, trovati: &Trovati) -> Vec<String> {
    let of = |folder: &str| {
        let file = manifesto.file.iter().filter_map(|voce| {
            let origine = voce.origine.as_deref().unwrap_or(&voce.nome);
            Some((origine.strip_prefix(folder)?.to_owned(), trovati.file.get(&voce.nome)?.clone()))
        });
        insieme(&file.collect())
    };
    let detto = &manifesto.consegna.programma;
    [("programma/tema/", &detto.tema_sha256), ("programma/norme/", &detto.norme_sha256)]
        .into_iter()
        .filter(|(folder, sha256)| of(folder) != **sha256)
        .map(|(folder, _)| format!("i file di `{folder}` non sono quelli che il manifesto dichiara"))
        .collect()
}
