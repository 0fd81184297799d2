//! `concilia nuovo`: one more record, with every field explained by a comment, which `check` accepts as it is.

pub mod piano;
mod scheletro;
mod valore;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::ArgMatches;

use crate::editor::NUOVE;
use crate::input::elenchi::Elenchi;
use crate::input::folder::shown;
use crate::input::source::Source;
use crate::input::store::{Entry, Parsed, Store};
use crate::pipeline;
use crate::plan::{Norme, norms_of};
use crate::publish::{rewrite, scrivi_nuovi};
use crate::record::StatoProgetto;
use crate::report::Diagnostic;
use crate::schema::{self, GENERI, Genere, chiave};
use crate::suggest;
use crate::theme::messaggi::capital;
use crate::value::Id;
use crate::yaml;
use crate::yaml::modifica::Scheda;

use super::args::{folder, records, word};
use super::domande::Domande;
use super::piano_scelto;
use super::{Done, fail, give, or_fail};
use scheletro::{Noti, scheletro, testata, voce};

/// The fields that have an option.
pub const CAMPI: [&str; 7] = ["alleanza", "capofila", "categoria", "tipo", "numero", "data", "norma"];

/// What the schema lets a source of years ago leave out, and a record of today has.
const DI_OGGI: [(&str, &str); 2] = [("atto", "numero"), ("atto", "data")];

pub fn run(args: &ArgMatches) -> Done {
    let genere = or_fail(genere_detto(word(args, "scheda")))?;
    let content = folder(args, "content");
    let store =
        or_fail(Store::load(content).map_err(|no| format!("{no}. Un sito nuovo comincia con `concilia inizia`")))?;
    if let Some(campo) = CAMPI.iter().find(|campo| word(args, campo).is_some() && !chiesto(genere, campo)) {
        return Err(fail(&format!("`--{campo}` non serve per {}", genere.uno)));
    }
    let detto = args.get_many::<String>("nome").unwrap_or_default().map(String::as_str).collect::<Vec<_>>().join(" ");
    let (id, titolo) = or_fail(nome(&detto, word(args, "titolo"), genere))?;
    let (norme, _) = norms_of(Some(&store));
    let nuova = Nuova { genere, id, titolo, args, content, store, domande: Domande::new() };
    if genere.nome == "piano" { nuova.piano(&norme) } else { nuova.scheda(&norme) }
}

fn genere_detto(detto: Option<&str>) -> Result<&'static Genere, String> {
    let scegli = format!("si può scegliere fra {}", suggest::list(NUOVE));
    let Some(detto) = detto else {
        return Err(format!("che cosa vuoi aggiungere? {scegli}, come `concilia nuovo ente`"));
    };
    let minuscolo = detto.to_lowercase();
    let suo = |genere: &&Genere| genere.nome == minuscolo || genere.cartella() == minuscolo;
    let trovato = GENERI.iter().find(suo).filter(|genere| NUOVE.contains(&genere.nome));
    trovato.ok_or_else(|| match suggest::closest(&minuscolo, NUOVE) {
        Some(vicino) => format!("`{detto}` non è una scheda: forse intendevi `{vicino}`?"),
        None => format!("`{detto}` non si può aggiungere così: {scegli}"),
    })
}

/// Whether somebody has to say this field of a new record.
fn chiesto(genere: &Genere, campo: &str) -> bool {
    schema::nodo(genere.nome).obbligatorio(campo) || DI_OGGI.contains(&(genere.nome, campo))
}

/// The identifier and the title, of which either may be made from the other.
fn nome(detto: &str, titolo: Option<&str>, genere: &Genere) -> Result<(Id, String), String> {
    let titolo = titolo.map(|titolo| titolo.split_whitespace().collect::<Vec<_>>().join(" "));
    if detto.is_empty() && titolo.is_none() {
        let come = match genere.nome {
            "piano" => "2028-2030",
            "ente" => "\"Comune di Albino\"",
            "alleanza" => "\"Alleanza della Valle\"",
            "avviso" => "\"Avviso 2026\"",
            "atto" => "det-12-2026",
            "pagina" => "\"Chi siamo\"",
            _ => "\"Nido aperto\"",
        };
        return Err(format!("manca il nome: `concilia nuovo {} {come}`", genere.nome));
    }
    let perche = match Id::parse(detto) {
        Ok(id) => return Ok((id, titolo.unwrap_or_else(|| capital(&detto.replace('-', " "))))),
        Err(perche) => perche,
    };
    let titolo = titolo.unwrap_or_else(|| detto.to_owned());
    let proposto = suggest::id_di(if detto.is_empty() { &titolo } else { detto });
    let e_un_titolo = detto.is_empty() || detto.contains(|c: char| c.is_whitespace() || c.is_uppercase());
    match Id::parse(&proposto) {
        Ok(id) if e_un_titolo => Ok((id, titolo)),
        Ok(id) => Err(format!("{perche}; qui potrebbe essere `{id}`")),
        Err(_) => Err(perche),
    }
}

/// Where a new file comes to lie, and what its editor finds there.
#[derive(Clone, Copy)]
pub struct Posto {
    /// The schemas lie beside the content folder.
    pub con_schemi: bool,
}

impl Posto {
    pub fn di(content: &Path) -> Self {
        Posto { con_schemi: content.parent().is_some_and(|sopra| sopra.join("schemi/progetto.schema.json").exists()) }
    }

    /// The whole text of a record that has a file of its own.
    pub fn scheda(self, genere: &Genere, file: &str, noti: &Noti, elenchi: &Elenchi) -> String {
        self.testata(genere, file) + &scheletro(genere, noti, elenchi)
    }

    fn testata(self, genere: &Genere, file: &str) -> String {
        self.riga_di_schema(genere, file) + &testata(genere)
    }

    /// Where the editor finds the schema of a file.
    pub fn riga_di_schema(self, genere: &Genere, file: &str) -> String {
        let sopra = "../".repeat(file.split('/').count());
        // Pages are no YAML files.
        if !self.con_schemi || !file.ends_with(".yaml") {
            return String::new();
        }
        format!("# yaml-language-server: $schema={sopra}schemi/{}.schema.json\n", genere.nome)
    }
}

/// What is known of a field.
type Noto = (&'static str, String);

/// A record that is about to be written.
struct Nuova<'a> {
    genere: &'static Genere,
    id: Id,
    titolo: String,
    args: &'a ArgMatches,
    content: &'a Path,
    store: Store,
    domande: Domande,
}

impl Nuova<'_> {
    fn posto(&self) -> Posto {
        Posto::di(self.content)
    }

    fn piano(mut self, norme: &Norme) -> Done {
        let ats = self.store.sito().map_or("", |sito| sito.ats.nome.as_str());
        let titolo = word(self.args, "titolo").map(|_| self.titolo.as_str());
        let piano = or_fail(piano::Nuovo::new(self.id.as_str(), titolo, word(self.args, "norma"), norme, ats))?;
        let file = piano.file(self.posto());
        or_fail(scrivi_nuovi(self.content, &file))?;
        let detti = piano.presunta().into_iter().collect();
        self.titolo = piano.titolo;
        self.fatto(&file[0].0, detti)
    }

    fn scheda(mut self, norme: &Norme) -> Done {
        let e_di_piano = self.genere.posto.starts_with("piani/") || word(self.args, "periodo").is_some();
        let scelto = || piano_scelto::scegli(&self.store, word(self.args, "periodo"), "`--periodo`");
        let piano = or_fail(e_di_piano.then(scelto).transpose())?;
        if let Some(piano) = &piano {
            self.store.entries.retain(|_, entry| entry.source.kind.piano().is_none_or(|altro| altro == piano));
        }
        let elenchi = Elenchi::new(Some(&self.store), norme);
        or_fail(self.e_nuova())?;
        let (noti, detti) = self.noti(&elenchi)?;
        let piano = piano.as_ref().map_or("", Id::as_str);
        let file = match self.genere.nome {
            "atto" => return self.in_elenco(&self.genere.file(piano, ""), &noti, detti),
            "ente" => match self.elenco_di_enti(&noti)? {
                Some(file) => return self.in_elenco(&file, &noti, detti),
                None => self.genere.file("", self.id.as_str()),
            },
            _ => self.genere.file(piano, self.id.as_str()),
        };
        let senza_id: Vec<_> = noti.into_iter().filter(|(nome, _)| *nome != "id").collect();
        let mut testo = self.posto().scheda(self.genere, &file, &senza_id, &elenchi);
        if self.genere.nome == "pagina" {
            testo = format!("---\n{testo}---\n\n");
        }
        or_fail(scrivi_nuovi(self.content, &[(file.clone(), testo.into_bytes())]))?;
        self.accettata(&file)?;
        self.fatto(&file, detti)
    }

    /// Takes away again what has a name that `check` refuses: another page's address, a datum of a person.
    fn accettata(&self, file: &str) -> Result<(), ExitCode> {
        let prepared = or_fail(pipeline::prepare(&records(self.args)))?;
        let suo = |trovato: &&Diagnostic| {
            trovato.code.starts_with(['M', 'R'])
                && trovato.place.as_ref().is_some_and(|place| place.file.ends_with(file))
        };
        let errori = prepared.report.errors();
        let Some(errore) = errori.diagnostics().iter().find(suo) else { return Ok(()) };
        let _ = std::fs::remove_file(self.content.join(file));
        Err(fail(&format!("{}: scegli un altro nome. Non ho scritto niente", errore.message)))
    }

    /// Refuses a name that is taken; who lies in lists has it in any of them.
    fn e_nuova(&self) -> Result<(), String> {
        let sua = |entry: &&Arc<Entry>| match &entry.parsed {
            Parsed::Enti(enti, true) if self.genere.nome == "ente" => {
                enti.iter().any(|ente| ente.id.as_ref() == Some(&self.id))
            }
            Parsed::Atti(atti, _) if self.genere.nome == "atto" => {
                atti.iter().any(|atto| atto.id.as_ref() == Some(&self.id))
            }
            _ => entry.source.id == self.id && entry.source.kind.genere() == Some(self.genere.nome),
        };
        let entry = self.store.entries.values().find(sua);
        // A page of the site and one of a plan are different pages.
        let entry = entry.filter(|entry| {
            self.genere.nome != "pagina" || entry.source.kind.piano().is_some() == word(self.args, "periodo").is_some()
        });
        entry.map_or(Ok(()), |entry| {
            Err(format!("`{}` c'è già, in `{}`: scegli un altro nome", self.id, entry.source.name))
        })
    }

    /// What is known of the record, and what of that nobody said.
    fn noti(&self, elenchi: &Elenchi) -> Result<(Vec<Noto>, Vec<String>), ExitCode> {
        let nodo = schema::nodo(self.genere.nome);
        let (mut noti, mut detti) = (Vec::new(), Vec::new());
        let campi = self.genere.campi().iter().copied();
        for campo in campi.filter(|campo| chiesto(self.genere, campo) || *campo == "id") {
            let valore = match campo {
                "id" => self.id.to_string(),
                "titolo" | "nome" => self.titolo.clone(),
                _ => self.valore(campo, nodo.campo(campo).unwrap_or(nodo), elenchi, &mut detti)?,
            };
            noti.push((campo, yaml::scalare(&valore)));
        }
        if self.genere.nome == "progetto" {
            noti.push(("stato", chiave(StatoProgetto::Presentato).to_owned()));
            detti.push("Lo `stato` è `presentato`: cambialo se il progetto è già più avanti.".to_owned());
        }
        Ok((noti, detti))
    }

    /// The list in which bodies such as this one stand: the one that was named, the one with most of them, the only one.
    fn elenco_di_enti(&self, noti: &[(&str, String)]) -> Result<Option<String>, ExitCode> {
        if let Some(nome) = word(self.args, "in") {
            let nudo = nome.strip_prefix("partner/").unwrap_or(nome);
            let id = Id::parse(nudo.strip_suffix(".yaml").unwrap_or(nudo));
            let file = or_fail(id.map(|id| format!("partner/{id}.yaml")))?;
            or_fail(self.tiene_un_elenco(&file))?;
            return Ok(Some(file));
        }
        let categoria = noti.iter().find(|(nome, _)| *nome == "categoria").map_or("", |(_, valore)| valore.as_str());
        let elenchi = self.store.entries.values().filter_map(|entry| {
            let Parsed::Enti(enti, true) = &entry.parsed else { return None };
            let simili = enti.iter().filter(|ente| ente.categoria.as_str() == categoria);
            Some((simili.count(), &entry.source.relative))
        });
        let elenchi: Vec<_> = elenchi.collect();
        let suo =
            elenchi.iter().max_by_key(|(quanti, _)| *quanti).filter(|(quanti, _)| *quanti > 0 || elenchi.len() == 1);
        Ok(suo.map(|(_, file)| (*file).clone()))
    }

    /// Refuses a file that holds the record of one body: there are no others to stand among.
    fn tiene_un_elenco(&self, file: &str) -> Result<(), String> {
        match self.store.entries.get(file).map(|entry| (&entry.parsed, &entry.source.name)) {
            Some((Parsed::Enti(_, false), name)) => Err(format!(
                "`{name}` è la scheda di un ente solo: senza `--in` il nuovo ente ha un file suo; per un elenco scegli un \
                 altro nome, come `--in elenco-enti`"
            )),
            _ => Ok(()),
        }
    }

    fn in_elenco(&self, file: &str, noti: &Noti, detti: Vec<String>) -> Done {
        let voce = voce(self.genere, noti);
        let Some(entry) = self.store.entries.get(file) else {
            let testo = self.posto().testata(self.genere, file) + "\n";
            let testo = testo + &piano::in_elenco(&voce.join("\n"));
            or_fail(scrivi_nuovi(self.content, &[(file.to_owned(), testo.into_bytes())]))?;
            return self.fatto(file, detti);
        };
        let Source { path, name, .. } = &entry.source;
        let vecchio = std::fs::read_to_string(path)
            .map_err(|cause| fail(&format!("non riesco a leggere `{name}`: {}", crate::io_message(&cause))))?;
        let nuovo = Scheda::leggi(&vecchio, schema::nodo(self.genere.nome)).and_then(|mut scheda| {
            scheda.aggiungi_scritta(&[], &voce)?;
            Ok(scheda.fine())
        });
        let Ok(nuovo) = nuovo else {
            let righe: String = voce.iter().map(|riga| format!("\n  {riga}")).collect();
            return Err(fail(&format!("a `{name}` non so aggiungere una voce: scrivila tu fra le altre{righe}")));
        };
        or_fail(rewrite(path, name, &vecchio, &nuovo))?;
        self.fatto(file, detti)
    }

    fn fatto(&self, file: &str, detti: Vec<String>) -> Done {
        let (file, id) = (self.content.join(file), &self.id);
        let che = match self.genere.nome {
            "atto" => String::new(),
            _ => format!(", «{}»", self.titolo),
        };
        let note: String = detti.iter().map(|detto| format!("{detto}\n")).collect();
        let testo = match self.genere.nome {
            "pagina" => "Il testo della pagina va sotto la seconda riga di trattini.\n",
            _ => "",
        };
        let file = shown(&file);
        Ok(give(
            &format!(
                "Scritto in `{file}`: `{id}`{che}.\n{note}\nAdesso apri il file e completalo: le righe con # spiegano i \
                 campi. {testo}Poi:\n  concilia check    dice se va tutto bene, e che cosa manca ancora\n  \
                 concilia serve    mostra il sito nel browser\n"
            ),
            0,
        ))
    }
}
