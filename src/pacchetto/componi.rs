//! The files of a package, made from a site that was judged.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::{CHE_COSA_PROVA, nomi, rapporto};
use crate::confronto::contenuto;
use crate::input::consegne::archivio::{self, Rifiuto};
use crate::input::consegne::{
    CODICE_COPRE, DATI_DEL_PIANO, FORMATO, FileDiPacchetto, MANIFESTO, Manifesto, Prodotto, Programma, RAPPORTO,
    Richiesta, Testa, TipoProdotto, in_gruppi, scritti,
};
use crate::input::source;
use crate::input::store::Parsed;
use crate::pipeline::{Prepared, Request};
use crate::plan::Periodo;
use crate::quiet::lock;
use crate::schema::{self, in_parole};
use crate::site::{NIENTE, Site, materiali, registro};
use crate::value::impronta;
use crate::{conformita, norme, theme};

/// Records and theme as they were written: what the plan is made from again.
pub const SCHEDE: &str = "schede/";

/// A package before it is put into one file: the manifest and the files that it lists.
#[derive(Debug)]
pub struct Composto {
    pub manifesto: Manifesto,
    pub file: BTreeMap<String, Vec<u8>>,
}

/// Why there is no package.
#[derive(Debug)]
pub enum Mancato {
    /// The report tells what is wrong with the records, or with a page.
    Errori,
    Altro(String),
}

impl Composto {
    pub fn archivio(&self) -> Result<Vec<u8>, Rifiuto> {
        archivio(&self.manifesto.scritto(), &self.file)
    }

    /// The name that a protocol office can file: `piano-2025-2027-ats-esempio.zip`.
    pub fn nome(&self) -> String {
        let testa = &self.manifesto.consegna;
        let mut nome: String = format!("piano-{}-{}", testa.periodo, crate::suggest::slug(&testa.ats));
        nome.retain(|c| c.is_ascii());
        nome.truncate(56);
        format!("{}.zip", nome.trim_end_matches('-'))
    }
}

/// The archive of these files, the manifest first.
pub(super) fn archivio(manifesto: &[u8], file: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, Rifiuto> {
    let file = file.iter().map(|(nome, dati)| (nome.as_str(), dati.as_slice()));
    archivio::scrivi(std::iter::once((MANIFESTO, manifesto)).chain(file))
}

/// Makes the files of the package of one plan. Every product of the site is made for it, so that every one is proved.
pub fn componi(prepared: &mut Prepared, request: &Request, p: usize, strict: bool) -> Result<Composto, Mancato> {
    if prepared.stops(strict) {
        return Err(Mancato::Errori);
    }
    let (prodotti, mut file) = prodotti(prepared, p)?;
    let Some(site) = prepared.site.as_ref().filter(|_| !prepared.stops(strict)) else { return Err(Mancato::Errori) };
    let mut packed = Packed::default();
    packed.records(prepared)?;
    if let Some(folder) = request.theme_folder(&site.plan).filter(|folder| folder.exists()) {
        packed.theme(&folder)?;
    }
    for (folder, files) in [("tema", theme::builtin_files()), ("norme", norme::builtin_files())] {
        for (name, bytes) in files {
            packed.put(&format!("programma/{folder}/{name}"), bytes);
        }
    }
    let periodo = &site.plan.periodi[p];
    let contenuto = contenuto(&site.plan, &site.conformita, p);
    let sostituzioni = conformita::sostituzioni(&site.plan, p);
    let dati = scritti(&contenuto.dati);
    let testa = testa(site, periodo, impronta(&dati), request);
    file.insert(DATI_DEL_PIANO.to_owned(), dati);
    let (verdetto, regole) = (conformita::verdetto(&site.plan, &site.conformita, p), &contenuto.regole);
    file.insert(RAPPORTO.to_owned(), rapporto::json(&verdetto, regole));
    let testo = rapporto::testo(&testa, &verdetto, regole, &sostituzioni);
    file.insert("conformita/rapporto.txt".to_owned(), testo.into_bytes());
    file.insert("conformita/rapporto.csv".to_owned(), rapporto::csv(regole));
    file.insert("registro/prodotti.csv".to_owned(), rapporto::registro(&prodotti));
    file.insert("leggimi.txt".to_owned(), leggimi(&testa, site.plan.sito.si_chiede(testa.stato), &file).into_bytes());
    let mut origini = packed.origini;
    file.extend(packed.file);
    let elenco = file
        .iter()
        .map(|(nome, dati)| FileDiPacchetto {
            nome: nome.clone(),
            byte: dati.len() as u64,
            sha256: impronta(dati),
            origine: origini.remove(nome),
        })
        .collect();
    Ok(Composto { manifesto: Manifesto { formato: FORMATO, consegna: testa, file: elenco, prodotti }, file })
}

fn testa(site: &Site, periodo: &Periodo, codice: String, request: &Request) -> Testa {
    Testa {
        ats: site.plan.sito.ats.nome.clone(),
        titolo: periodo.dati.titolo.clone(),
        periodo: periodo.id.clone(),
        stato: periodo.dati.stato,
        passaggi: periodo.dati.passaggi.clone(),
        numero: u32::try_from(periodo.consegne.len()).unwrap_or(u32::MAX).saturating_add(1),
        data: site.plan.sito.aggiornato_al,
        codice_di_controllo: codice,
        attribuzione: site.plan.frase.clone(),
        programma: questo_programma(),
        richiesta: Richiesta { indirizzo: request.base_url.clone(), tema: request.theme.clone() },
    }
}

/// Size and hash of each product.
type Impronte = BTreeMap<String, (u64, String)>;

type Files = BTreeMap<String, Vec<u8>>;

/// Every product of the site with its hash, and the bytes of those that are packed.
fn prodotti(prepared: &mut Prepared, p: usize) -> Result<(Vec<Prodotto>, Files), Mancato> {
    let Some(site) = &prepared.site else { return Err(Mancato::Errori) };
    let periodo = site.plan.periodi[p].id.clone();
    let made: Mutex<(Impronte, Files)> = Mutex::default();
    let Ok(()) = prepared.evaluate(true, NIENTE, |path, bytes, _| {
        let hash = impronta(bytes);
        let mut made = lock(&made);
        made.0.insert(path.to_owned(), (bytes.len() as u64, hash));
        if let Some(name) = packed_as(path, periodo.as_str()) {
            made.1.insert(name, bytes.to_vec());
        }
        Ok::<(), std::convert::Infallible>(())
    });
    let (made, packed) = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    let Some(site) = &prepared.site else { return Err(Mancato::Errori) };
    let prodotto = |(percorso, tipo): (&str, TipoProdotto)| {
        let (byte, sha256) = made.get(percorso)?.clone();
        let letture = prepared.condivisi.letture.as_deref();
        let letto = letture.and_then(|letture| registro::letto(letture, (percorso, tipo)));
        Some(Prodotto { percorso: percorso.to_owned(), tipo, letto, byte, sha256 })
    };
    let mut prodotti: Vec<Prodotto> = site.prodotti().filter_map(prodotto).collect();
    match materiali::fatti(site, p, NIENTE) {
        Ok(fatti) => prodotti.extend(fatti.into_iter().map(|fatto| Prodotto {
            percorso: format!("materiali/{periodo}/{}", fatto.nome),
            tipo: fatto.tipo,
            letto: None,
            byte: fatto.bytes.len() as u64,
            sha256: impronta(&fatto.bytes),
        })),
        Err(problemi) => prepared.report.extend(problemi),
    }
    Ok((prodotti, packed))
}

/// The document and the data are packed as they are published.
fn packed_as(path: &str, periodo: &str) -> Option<String> {
    let file = path.rsplit('/').next()?;
    if let Some(file) = path.strip_prefix("dati/v1/") {
        return Some(format!("dati/{file}"));
    }
    let folder = path.strip_suffix(file)?;
    (folder.strip_suffix("/documento/") == Some(periodo) && path.ends_with(".pdf")).then(|| format!("documento/{file}"))
}

/// Files under names that everybody accepts, and where they lay if it was elsewhere.
#[derive(Default)]
struct Packed {
    file: BTreeMap<String, Vec<u8>>,
    origini: BTreeMap<String, String>,
}

impl Packed {
    fn put(&mut self, path: &str, bytes: Vec<u8>) {
        let nome = nomi::nome(path);
        if nome != path {
            self.origini.insert(nome.clone(), path.to_owned());
        }
        self.file.insert(nome, bytes);
    }

    fn records(&mut self, prepared: &Prepared) -> Result<(), Mancato> {
        for entry in prepared.store.entries.values() {
            let relative = &entry.source.relative;
            if let Parsed::Consegna(consegna) = &entry.parsed {
                let stem = relative.rsplit_once('.').map_or(relative.as_str(), |(stem, _)| stem);
                self.put(&format!("{SCHEDE}content/{stem}.json"), consegna.estratto());
                continue;
            }
            let bytes = source::read_bytes(&entry.source).map_err(|problem| {
                Mancato::Altro(format!("`{}` è cambiato mentre lo leggevo: {}", entry.source.name, problem.message))
            })?;
            self.put(&format!("{SCHEDE}content/{relative}"), bytes);
        }
        Ok(())
    }

    fn theme(&mut self, folder: &Path) -> Result<(), Mancato> {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let files = theme::site_files(folder).map_err(|cause| {
            let cause = crate::io_message(&cause);
            Mancato::Altro(format!("non riesco a leggere il tema `{}`: {cause}", folder.display()))
        })?;
        for (path, bytes) in files {
            self.put(&format!("{SCHEDE}themes/{name}/{path}"), bytes);
        }
        Ok(())
    }
}

/// The program that is running.
pub(super) fn questo_programma() -> Programma {
    Programma {
        nome: env!("CARGO_PKG_NAME").to_owned(),
        versione: env!("CARGO_PKG_VERSION").to_owned(),
        tema_sha256: insieme(&theme::builtin_files()),
        norme_sha256: insieme(&norme::builtin_files()),
    }
}

/// One fingerprint for several files.
pub(super) fn insieme(files: &BTreeMap<String, Vec<u8>>) -> String {
    let lines: Vec<String> = files.iter().map(|(name, bytes)| format!("{}  {name}\n", impronta(bytes))).collect();
    impronta(lines.concat().as_bytes())
}

/// The state of the plan, the steps that led to it, and what is asked of the Region.
fn a_che_punto(testa: &Testa, si_chiede: Option<&str>) -> String {
    let mut out = format!("A che punto è il Piano\nStato: {}\n", schema::nome(testa.stato));
    for (chiave, passaggio) in testa.passaggi.fatti() {
        out.push_str(&format!("{} il {}\n", in_parole::passaggio(chiave), passaggio.giorno_e_protocollo()));
    }
    if let Some(si_chiede) = si_chiede {
        out.push_str(&format!("{si_chiede}: non ancora, è ciò che si chiede\n"));
    }
    out
}

/// For whoever opens the package without concilia.
fn leggimi(testa: &Testa, si_chiede: Option<&str>, file: &BTreeMap<String, Vec<u8>>) -> String {
    let documento = if file.keys().any(|nome| nome.starts_with("documento/")) {
        "documento/     il Piano in un documento solo, da leggere e da stampare\n"
    } else {
        ""
    };
    let Testa { titolo, ats, attribuzione, numero, codice_di_controllo, .. } = testa;
    let Programma { nome, versione, .. } = &testa.programma;
    format!(
        "{titolo}\n{ats}\n{attribuzione}\n\n\
         Consegna n. {numero}, con i dati aggiornati al {data}.\n\n\
         {a_che_punto}\n\
         Codice di controllo\n{codice}\n\n\
         È lo stesso stampato in fondo a ogni pagina del documento. Chiunque può calcolarlo: sono le\n\
         prime 32 cifre dello SHA-256 di {DATI_DEL_PIANO},\n\
         {codice_di_controllo}.\n\n\
         {CODICE_COPRE}\n\n\
         Che cosa c'è\n\
         manifesto.json elenca ogni file con il suo SHA-256, e ogni prodotto del sito\n\
         {documento}\
         dati/          i dati del Piano (piano.json) e i dati aperti del sito, in CSV, XLSX e JSON\n\
         conformita/    che cosa dice ogni regola di ogni scheda\n\
         registro/      i prodotti del sito, con la verifica di frase e logo e lo SHA-256\n\
         schede/        le schede come sono state scritte, con immagini e tema del sito\n\
         programma/     le norme e il tema incorporati in {nome} {versione}\n\n\
         Come si verifica\n\
         concilia verifica PACCHETTO.zip --codice \"{codice}\" --sha256 ...\n\n\
         {CHE_COSA_PROVA}\n",
        a_che_punto = a_che_punto(testa, si_chiede),
        data = testa.data.lunga(),
        codice = in_gruppi(codice_di_controllo),
    )
}
