//! The bodies, each with an id of its own and a known kind.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::files::Files;
use super::names::{Elenco, Liste, sorted};
use super::norme::Norme;
use super::qualifiche;
use super::{Ente, Origine};
use crate::input::store::Entry;
use crate::path;
use crate::record;
use crate::report::{Diagnostic, Report};
use crate::suggest;
use crate::value::Id;

/// The bodies that could be told apart, and what is known of the others.
pub(super) struct Bodies {
    pub(super) elenco: Vec<Ente>,
    pub(super) per_id: HashMap<Id, usize>,
    /// Ids of bodies that are wrong and were left out: who names one is not wrong.
    pub(super) tolti: BTreeSet<Id>,
    /// A body without a sure id was left out: any name may be its.
    pub(super) incerti: bool,
}

/// The bodies of all the files, by id.
pub(super) fn bodies(files: &Files, categorie: &[record::CategoriaEnte], report: &mut Report) -> Bodies {
    let per_categoria: HashMap<&str, usize> =
        categorie.iter().enumerate().map(|(i, categoria)| (categoria.id.as_str(), i)).collect();
    let note = Elenco::di_parole("le categorie di enti", categorie.iter().map(|categoria| categoria.id.as_str()));
    let mut enti: BTreeMap<Id, Ente> = BTreeMap::new();
    let (mut tolti, mut incerti) = (BTreeSet::new(), false);
    for &(entry, records, list) in &files.enti {
        let file: Arc<str> = entry.source.name.as_str().into();
        for (i, dati) in records.iter().enumerate() {
            let origine = Origine { file: Arc::clone(&file), elemento: list.then_some(i) };
            let Some(id) = body_id(entry, dati, list, &origine, report) else {
                incerti = true;
                continue;
            };
            let Some(&categoria) = per_categoria.get(dati.categoria.as_str()) else {
                report.add(note.unknown(dati.categoria.as_str(), origine.value(path!["categoria"])));
                tolti.insert(id);
                continue;
            };
            if let Some(primo) = enti.get(&id) {
                report.add(
                    Diagnostic::error("C-09", format!("due enti hanno lo stesso `id`: `{id}`"))
                        .at(origine.value(path!["id"]))
                        .label("è già di un altro ente")
                        .related(primo.origine.value(path!["id"]), "qui la prima volta")
                        .help("dai a uno dei due un altro `id`, o togli il doppione"),
                );
                continue;
            }
            let dati = Arc::clone(dati);
            let (alleanze, progetti, pagato) = (Vec::new(), Vec::new(), Vec::new());
            let ente = Ente { id: id.clone(), dati, origine, categoria, alleanze, progetti, pagato };
            enti.insert(id, ente);
        }
    }
    let elenco: Vec<Ente> = enti.into_values().collect();
    check_names(&elenco, report);
    let per_id = elenco.iter().enumerate().map(|(i, ente)| (ente.id.clone(), i)).collect();
    Bodies { elenco, per_id, tolti, incerti }
}

/// A name as it is compared: `Comune Monza` and `Comune di Monza (MB)` are one, and so are a `Coop. Soc.` and a
/// `Cooperativa Sociale`, whichever word comes first.
fn plain(nome: &str) -> String {
    const LINKS: [&str; 8] = ["di", "d", "del", "della", "dei", "degli", "e", "società"];
    let nome = nome.trim().to_lowercase();
    let sigla = nome.strip_suffix(')').and_then(|most| most.rsplit_once('(')).filter(|(_, sigla)| sigla.len() == 2);
    let nome = sigla.map_or(nome.as_str(), |(name, _)| name).replace('.', "");
    let words = nome.split(|c: char| !c.is_alphanumeric()).map(|word| match word {
        "coop" => "cooperativa",
        "soc" => "sociale",
        word => word,
    });
    let words: BTreeSet<&str> = words.filter(|word| !word.is_empty() && !LINKS.contains(word)).collect();
    words.into_iter().collect::<Vec<_>>().join(" ")
}

fn differ<T: PartialEq>(one: &Option<T>, other: &Option<T>) -> bool {
    one.as_ref().zip(other.as_ref()).is_some_and(|(one, other)| one != other)
}

/// Two bodies of one name are most often one, written twice and counted twice.
fn check_names(enti: &[Ente], report: &mut Report) {
    let mut known: BTreeMap<String, &Ente> = BTreeMap::new();
    for ente in enti {
        let primo = *known.entry(plain(&ente.dati.nome)).or_insert(ente);
        let (dati, suoi) = (&ente.dati, &primo.dati);
        let is_other = differ(&dati.comune, &suoi.comune) || differ(&dati.codice_fiscale, &suoi.codice_fiscale);
        if primo.id != ente.id && !is_other {
            report.add(
                Diagnostic::warning("C-09", format!("due enti hanno lo stesso nome: «{}»", dati.nome))
                    .at(ente.origine.value(path!["nome"]))
                    .label("si conta due volte")
                    .related(primo.origine.value(path!["nome"]), format!("qui la prima volta: «{}»", suoi.nome))
                    .help("se è lo stesso ente, tieni un `id` solo; se sono due, di ognuno scrivi il comune o il codice fiscale"),
            );
        }
    }
    check_aliases(enti, &known, report);
}

/// Another name of a body is not that of another one, unless they are of two communes.
fn check_aliases(enti: &[Ente], per_nome: &BTreeMap<String, &Ente>, report: &mut Report) {
    let mut known: BTreeMap<String, (&Ente, usize)> = BTreeMap::new();
    for (ente, i, alias) in enti.iter().flat_map(|ente| ente.dati.alias.iter().zip(0..).map(move |(a, i)| (ente, i, a)))
    {
        let nome = plain(alias);
        let di_nome = per_nome.get(&nome).map(|altro| (*altro, path!["nome"]));
        let (prima, j) = *known.entry(nome).or_insert((ente, i));
        let (altro, steps) = di_nome.unwrap_or((prima, path!["alias", j]));
        if altro.id == ente.id || differ(&altro.dati.comune, &ente.dati.comune) {
            continue;
        }
        report.add(
            Diagnostic::warning("C-09", format!("«{alias}» è il nome di due enti"))
                .at(ente.origine.value(path!["alias", i]))
                .related(altro.origine.value(steps), format!("qui di `{}`", altro.id))
                .help("se è lo stesso ente, tieni una scheda sola; se sono due, togli l'alias da quello che non si chiama così"),
        );
    }
}

/// The words by which a body says what it counts as are those that rules ask for.
pub(super) fn words(
    enti: &[Ente],
    (categorie, qualifiche): (&[record::CategoriaEnte], &[record::Voce]),
    norme: &Norme,
    report: &mut Report,
) {
    let dimensioni = norme.values().flat_map(|norma| &norma.dimensioni).map(|dimensione| dimensione.id.as_str());
    let liste = Liste::default()
        .con("qualifiche", Elenco::di_parole("le qualifiche", qualifiche::words(categorie, qualifiche, None)))
        .con("dimensioni", Elenco::di_parole("le dimensioni delle norme", sorted(dimensioni)));
    for ente in enti {
        liste.check("ente", &[], &ente.dati, &ente.origine, report);
    }
}

/// In a list the `id` is written; alone in a file, the file's name is the `id`.
fn body_id(entry: &Entry, dati: &record::Ente, list: bool, origine: &Origine, report: &mut Report) -> Option<Id> {
    match (&dati.id, list) {
        (Some(id), true) => Some(id.clone()),
        (None, false) => Some(entry.source.id.clone()),
        (Some(id), false) if *id == entry.source.id => Some(id.clone()),
        (Some(id), false) => {
            report.add(
                Diagnostic::error("C-10", format!("l'`id` `{id}` non è il nome del file"))
                    .at(origine.value(path!["id"]))
                    .label(format!("il file si chiama `{}.yaml`", entry.source.id))
                    .help("togli `id`, o rinomina il file"),
            );
            None
        }
        (None, true) => {
            report.add(
                Diagnostic::error("C-03", "in un elenco ogni ente ha bisogno di un `id`")
                    .at(origine.value(path![]))
                    .help(format!("aggiungi `id: {}`", suggest::slug(&dati.nome))),
            );
            None
        }
    }
}
