//! Whether a package is what it says: every file, the head, the same bytes from the same records, the rules, phrase and
//! logo.
//!
//! What is checked first needs nothing that comes later: an archive that is refused is not opened, and records that
//! are not those of the manifest are not made into anything. The plan is made again by an [`Esaminatore`], apart and
//! within limits, since the templates of a package are somebody's program.

mod dicitura;
mod elenco;
mod protocollo;
mod ricostruzione;
mod testa;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::componi::archivio;
use super::{CHE_COSA_PROVA, CHE_COSA_PROVA_DA_SE};
use crate::input::consegne::archivio::Voce;
use crate::input::consegne::{CODICE_COPRE, MANIFESTO, Manifesto};
use crate::value::impronta;
use dicitura::Dicitura;

pub use dicitura::file_sciolto;
pub use elenco::{consegna_di, consegna_in, e_integro};
pub use protocollo::Protocollo;
pub use ricostruzione::{Esame, esame};

/// Makes the plan of a package again: the folder holds the package under [`DA_RIFARE`], and has room for its records.
pub type Esaminatore<'a> = &'a dyn Fn(&Path) -> Result<Esame, String>;

/// The package, in the folder where it is made again.
const DA_RIFARE: &str = "pacchetto.zip";

/// More differences of one kind than these say nothing new.
const MOST_TOLD: usize = 20;

/// How one part of the check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Esito {
    Superata,
    Fallita,
    /// Another version of the program wrote the package: what differs may differ for this reason alone.
    AltraVersione,
    /// What comes before it failed.
    NonFatta,
}

/// One part of the check, and what it found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prova {
    pub nome: Cow<'static, str>,
    pub esito: Esito,
    /// One line that says how it went.
    pub detto: String,
    pub trovato: Vec<String>,
}

/// The outcome of a whole check.
#[derive(Debug, Serialize)]
pub struct Verifica {
    pub esito: Esito,
    /// Of the archive; a folder has none.
    pub sha256: Option<String>,
    pub periodo: Option<String>,
    pub ats: Option<String>,
    pub titolo: Option<String>,
    pub codice_di_controllo: Option<String>,
    pub scritto_da: Option<String>,
    /// How the plan stands, by the rules that its records were held against again.
    pub verdetto: Option<String>,
    pub prove: Vec<Prova>,
    pub che_cosa_prova: &'static str,
    pub codice_copre: &'static str,
    #[serde(skip)]
    pub manifesto: Option<Manifesto>,
    /// Known where the records could be read.
    #[serde(skip)]
    dicitura: Option<Dicitura>,
}

/// The files of a package, as they were found.
#[derive(Default)]
struct Trovati {
    manifesto: Vec<u8>,
    file: BTreeMap<String, Vec<u8>>,
    /// What a system added to a folder, by name.
    di_sistema: Vec<String>,
}

impl Trovati {
    /// What an archive holds, if it has a manifest.
    fn di(voci: Vec<Voce>) -> Option<Self> {
        let mut file: BTreeMap<String, Vec<u8>> =
            voci.into_iter().map(|voce| (voce.nome, voce.dati.into_owned())).collect();
        Some(Trovati { manifesto: file.remove(MANIFESTO)?, file, di_sistema: Vec::new() })
    }

    fn voci(&self) -> BTreeMap<&str, &[u8]> {
        self.file.iter().map(|(nome, dati)| (nome.as_str(), dati.as_slice())).collect()
    }
}

/// Whether all of these parts went well.
fn superate(prove: &[Prova]) -> bool {
    prove.iter().all(|prova| prova.esito == Esito::Superata)
}

const ARCHIVIO: &str = "archivio";
const FILE: &str = "file";
const CONSEGNA: &str = "consegna";
const RICOSTRUZIONE: &str = "ricostruzione";
pub const REGOLE: &str = "regole";
const DICITURA: &str = "frase e logo";
const NON_SI_RIFA: &str = "dalle schede del pacchetto il Piano non si può rifare";

/// In the order in which they are told.
const PROVE: [&str; 6] = [ARCHIVIO, FILE, CONSEGNA, RICOSTRUZIONE, REGOLE, DICITURA];
/// What the protocol says of it.
pub const PROTOCOLLO: &str = "protocollo";
/// A file that lies outside of the package.
pub const SCIOLTO: &str = "documento";

impl Prova {
    fn superata(nome: &'static str, detto: impl Into<String>) -> Self {
        Prova { nome: nome.into(), esito: Esito::Superata, detto: detto.into(), trovato: Vec::new() }
    }

    fn fallita(nome: &'static str, detto: impl Into<String>, trovato: Vec<String>) -> Self {
        Prova { nome: nome.into(), esito: Esito::Fallita, detto: detto.into(), trovato }
    }

    fn non_fatta(nome: &'static str) -> Self {
        let detto = "non fatta: prima vanno superate le prove qui sopra".to_owned();
        Prova { nome: nome.into(), esito: Esito::NonFatta, detto, trovato: Vec::new() }
    }
}

impl Verifica {
    fn di(sha256: Option<String>, manifesto: Option<Manifesto>, mut prove: Vec<Prova>) -> Self {
        let missing = PROVE.into_iter().filter(|nome| !prove.iter().any(|prova| prova.nome == *nome));
        prove.extend(missing.map(Prova::non_fatta).collect::<Vec<_>>());
        prove.sort_by_key(|prova| PROVE.iter().position(|nome| prova.nome == *nome));
        let worst = |esito| prove.iter().any(|prova| prova.esito == esito);
        let esito = match () {
            () if worst(Esito::Fallita) => Esito::Fallita,
            () if worst(Esito::AltraVersione) => Esito::AltraVersione,
            () => Esito::Superata,
        };
        let testa = manifesto.as_ref().map(|manifesto| &manifesto.consegna);
        Verifica {
            esito,
            sha256,
            periodo: testa.map(|testa| testa.periodo.to_string()),
            ats: testa.map(|testa| testa.ats.clone()),
            titolo: testa.map(|testa| testa.titolo.clone()),
            codice_di_controllo: testa.map(|testa| testa.codice_di_controllo.clone()),
            scritto_da: testa.map(|testa| format!("{} {}", testa.programma.nome, testa.programma.versione)),
            verdetto: None,
            prove,
            che_cosa_prova: CHE_COSA_PROVA,
            codice_copre: CODICE_COPRE,
            manifesto,
            dicitura: None,
        }
    }

    /// Another look at what was checked, such as a document that lies outside of the package.
    pub fn aggiungi(&mut self, prova: Prova) {
        if prova.esito == Esito::Fallita {
            self.esito = Esito::Fallita;
        }
        if prova.nome == PROTOCOLLO {
            self.che_cosa_prova = CHE_COSA_PROVA_DA_SE;
        }
        self.prove.push(prova);
    }
}

/// Checks the archive of a package.
pub fn pacchetto(bytes: &[u8], esamina: Esaminatore) -> Verifica {
    let sha256 = Some(impronta(bytes));
    match elenco::integro(bytes) {
        (Some(manifesto), prove) if superate(&prove) => continua(sha256, manifesto, bytes, prove, esamina),
        (manifesto, prove) => Verifica::di(sha256, manifesto, prove),
    }
}

/// Checks a package that was extracted into a folder.
pub fn cartella(folder: &Path, esamina: Esaminatore) -> Result<Verifica, String> {
    let trovati = elenco::raccogli(folder)?;
    let detto = "è una cartella estratta: si controllano i file, non l'archivio da cui vengono";
    let (manifesto, prove) = elenco::elenco(Some(&trovati), vec![Prova::superata(ARCHIVIO, detto)]);
    Ok(match manifesto {
        Some(manifesto) if superate(&prove) => {
            let bytes = archivio(&trovati.manifesto, &trovati.file).map_err(|rifiuto| rifiuto.to_string())?;
            continua(None, manifesto, &bytes, prove, esamina)
        }
        manifesto => Verifica::di(None, manifesto, prove),
    })
}

/// The rest of the check, for files that are those of the manifest.
fn continua(
    sha256: Option<String>,
    manifesto: Manifesto,
    bytes: &[u8],
    mut prove: Vec<Prova>,
    esamina: Esaminatore,
) -> Verifica {
    // The folder is removed here, whatever becomes of who works in it.
    let folder = tempfile::Builder::new().prefix("concilia-").tempdir();
    let written = folder.and_then(|folder| std::fs::write(folder.path().join(DA_RIFARE), bytes).map(|()| folder));
    let esame = match &written {
        Ok(folder) => esamina(folder.path()),
        Err(cause) => Err(not_extracted(cause)),
    };
    match esame {
        Ok(Esame { prove: altre, dicitura, verdetto }) => {
            prove.extend(altre);
            Verifica { dicitura, verdetto, ..Verifica::di(sha256, Some(manifesto), prove) }
        }
        Err(why) => {
            prove.push(Prova::fallita(RICOSTRUZIONE, NON_SI_RIFA, vec![why]));
            Verifica::di(sha256, Some(manifesto), prove)
        }
    }
}

fn not_extracted(cause: &std::io::Error) -> String {
    format!("non riesco a estrarre le schede: {}", crate::io_message(cause))
}

fn limited(mut found: Vec<String>) -> Vec<String> {
    if found.len() > MOST_TOLD {
        let others = found.len() - MOST_TOLD;
        found.truncate(MOST_TOLD);
        found.push(format!("e altri {others}"));
    }
    found
}
