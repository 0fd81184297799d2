//! From the rows of a workbook to the edits of records. Preview and writing are the same up to the last step.

mod chi;
mod fine;

use std::collections::{BTreeMap, BTreeSet};

use crate::report::Step;
use crate::schema;
use crate::suggest;
use crate::yaml::modifica::Valore;

use crate::fogli::cella::{Letto, e_come_mostrata, in_parole, legge, uguali};
use crate::fogli::colonne::{Colonna, Foglio, Livello, Ruolo};
use crate::fogli::esporta::presente;
use crate::fogli::intesa::{Intesa, Intese, RigaIntesa, intendi};
use crate::fogli::lettura::{Dato, Tavola};
use crate::fogli::libro::impronte_di;
use crate::fogli::nomi::Nomi;
use crate::fogli::schedario::Schedario;
use crate::fogli::valori::{in_ordine, metti, passi, sotto, testo, togli, voci};

/// What could not be read, and where.
#[derive(Debug, PartialEq, Eq)]
pub struct Problema {
    /// `Progetti!F12`; nothing where it is of the whole workbook.
    pub dove: String,
    pub detto: String,
}

/// What a workbook would do.
pub struct Esito {
    pub problemi: Vec<Problema>,
    pub note: Vec<String>,
    /// By record, in the order of the sheets.
    pub cambi: Vec<Cambio>,
    pub schedario: Schedario,
}

/// What changes in a record.
pub struct Cambio {
    pub genere: &'static str,
    pub id: String,
    pub nome: String,
    pub nuova: bool,
    /// In words, for the preview.
    pub righe: Vec<String>,
    pub modifiche: Vec<Modifica>,
}

/// One edit, by the way from the record to its place.
#[derive(Debug, PartialEq)]
pub enum Modifica {
    Scrive(Vec<Step>, Valore),
    Toglie(Vec<Step>),
    /// One more entry of a list.
    Aggiunge(Vec<Step>, Valore),
}

/// What a record is known by where nobody writes its identifier.
const NOMI: &[&str] = &["nome", "titolo", "numero"];

/// A record, by kind and identifier.
type Scheda = (&'static str, String);

/// Reads a workbook against the records.
pub fn importa(tavole: &[Tavola], detto: Option<&'static Foglio>, schedario: Schedario, nomi: Nomi) -> Esito {
    let Intese { intese, problemi, note } = intendi(tavole, detto);
    let (esportate, di_ora) = (impronte_di(tavole), schedario.impronte());
    let mut lavoro = Lavoro { schedario, nomi, problemi, note, ..Lavoro::default() };
    let guasti = lavoro.schedario.guasti.iter().cloned();
    lavoro.problemi.extend(guasti.map(|detto| Problema { dove: String::new(), detto }));
    // Everything has its name before anything is named.
    let schede: Vec<Vec<Option<Scheda>>> = intese.iter().map(|intesa| lavoro.battezza(intesa)).collect();
    for (intesa, schede) in intese.iter().zip(schede) {
        let mut viste = BTreeMap::new();
        for (riga, scheda) in intesa.righe.iter().zip(schede) {
            lavoro.riga(intesa, riga, scheda, &mut viste);
        }
    }
    lavoro.stati();
    lavoro.che_cosa_manca(&intese);
    lavoro.che_cosa_resta(&esportate);
    let mut esito = lavoro.finito();
    fine::ordina(&mut esito.problemi, &intese);
    let cambiata = |cambio: &&Cambio| {
        let scheda = format!("{} {}", cambio.genere, cambio.id);
        esportate.get(&scheda).is_some_and(|prima| di_ora.get(&scheda).is_some_and(|ora| ora != prima))
    };
    let cambiate: Vec<&str> = esito.cambi.iter().filter(cambiata).map(|cambio| cambio.id.as_str()).collect();
    if !cambiate.is_empty() {
        let quali = suggest::list(cambiate.iter().copied());
        esito.note.push(format!(
            "queste schede sono cambiate dopo l'esportazione del foglio, che può riportarle a com'erano: {quali}"
        ));
    }
    esito
}

#[derive(Default)]
struct Lavoro {
    schedario: Schedario,
    nomi: Nomi,
    problemi: Vec<Problema>,
    note: Vec<String>,
    /// The records that rows are about, as they come.
    ordine: Vec<Scheda>,
    lavorate: BTreeMap<Scheda, Lavorata>,
    /// What a cell said of a place, and where it stands.
    gia_dette: BTreeMap<(Scheda, Vec<Step>), (String, Valore)>,
    /// Sheet and row in which a record or an entry begins.
    origini: BTreeMap<(Scheda, Vec<Step>), (String, u32)>,
    /// Entries that a row was about.
    usate: BTreeSet<(Scheda, Vec<Step>)>,
}

/// What is done to a record.
#[derive(Default)]
struct Lavorata {
    nuova: bool,
    righe: Vec<String>,
    modifiche: Vec<Modifica>,
    /// Entries that were not there.
    voci: Vec<Vec<Step>>,
}

impl Lavoro {
    fn problema(&mut self, dove: String, detto: impl Into<String>) {
        self.problemi.push(Problema { dove, detto: detto.into() });
    }

    /// Of a column one speaks once, and not at every row.
    fn una_volta(&mut self, dove: &str, detto: String) {
        let problema = Problema { dove: dove.to_owned(), detto };
        if !self.problemi.contains(&problema) {
            self.problemi.push(problema);
        }
    }

    fn riga(&mut self, intesa: &Intesa, riga: &RigaIntesa, scheda: Option<Scheda>, viste: &mut BTreeMap<String, u32>) {
        let Foglio { genere, livelli, .. } = intesa.foglio;
        if intesa.foglio.e_di_schede() {
            if scheda.is_none() {
                self.altre_celle(intesa, riga);
            }
            if let Some(scheda) = scheda {
                // Without an identifier the name says which record it is, and no new name.
                let detto = intesa.colonna("id").is_some_and(|colonna| intesa.cella(riga, colonna).is_some());
                self.apre(&scheda);
                self.celle(intesa, riga, &scheda, &[], if detto { &[] } else { NOMI });
            }
            return;
        }
        // The name alone, as it was written for whoever fills in the rest.
        let dice = |(_, colonna, _): &(usize, &Colonna, &Dato)| colonna.ruolo == Ruolo::Campo;
        if !intesa.piene(riga).any(|piena| dice(&piena)) {
            return;
        }
        let Some(scheda) = self.di_chi(intesa, riga, genere) else { return self.altre_celle(intesa, riga) };
        // The same row twice is once.
        let detta: String = intesa.piene(riga).map(|(i, _, dato)| format!("{i}:{dato:?};")).collect();
        if let Some(prima) = viste.get(&detta) {
            let (nome, numero) = (&intesa.nome, riga.numero);
            self.note.push(format!("`{nome}`: la riga {numero} è uguale alla riga {prima}, e conta una volta"));
            return;
        }
        viste.insert(detta, riga.numero);
        self.apre(&scheda);
        let mut via = Vec::new();
        for (i, livello) in livelli.iter().enumerate() {
            let dentro = i + 1 == livelli.len();
            let trovata = if dentro {
                self.voce(intesa, riga, &scheda, &via, livello)
            } else {
                self.voce_di_fuori(intesa, riga, &scheda, &via, livello)
            };
            match trovata {
                Some(posto) => via.extend([Step::from(livello.campo), Step::Index(posto)]),
                None => return self.altre_celle(intesa, riga),
            }
        }
        let origine = (intesa.nome.clone(), riga.numero);
        self.origini.entry((scheda.clone(), via.clone())).or_insert(origine);
        self.celle(intesa, riga, &scheda, &via, livelli.last().map_or(&[], |livello| livello.chiave));
    }

    fn apre(&mut self, scheda: &Scheda) {
        if !self.lavorate.contains_key(scheda) {
            let nuova = self.schedario.voce(scheda.0, &scheda.1).is_none();
            self.schedario.voce_mut(scheda.0, &scheda.1);
            self.ordine.push(scheda.clone());
            self.lavorate.insert(scheda.clone(), Lavorata { nuova, ..Lavorata::default() });
        }
    }

    fn valore(&self, scheda: &Scheda) -> &Valore {
        const NULLA: &Valore = &Valore::Nulla;
        self.schedario.voce(scheda.0, &scheda.1).map_or(NULLA, |voce| &voce.valore)
    }

    fn elenco(&self, scheda: &Scheda, via: &[Step], livello: &Livello) -> &[Valore] {
        voci(self.valore(scheda).at(&[via, &[Step::from(livello.campo)]].concat()))
    }

    /// What else is wrong in a row that nobody can tell whose it is: all of it is told at once.
    fn altre_celle(&mut self, intesa: &Intesa, riga: &RigaIntesa) {
        let letta = |(i, colonna, dato): (usize, &Colonna, &Dato)| {
            Some((intesa.dove(riga.numero, Some(i)), legge(dato, colonna.nodo, &self.nomi).err()?))
        };
        let guaste: Vec<(String, String)> = intesa.piene(riga).filter_map(letta).collect();
        for (dove, perche) in guaste {
            if !self.problemi.iter().any(|problema| problema.dove == dove) {
                self.problema(dove, perche);
            }
        }
    }

    /// Every cell of a row that says something of the record or of its entry, but for what it was known by.
    fn celle(&mut self, intesa: &Intesa, riga: &RigaIntesa, scheda: &Scheda, via: &[Step], chiave: &[&str]) {
        let mut dette = Vec::new();
        for (i, colonna, dato) in intesa.piene(riga).filter(|(_, colonna, _)| colonna.ruolo == Ruolo::Campo) {
            let nota = || self.valore(scheda).at(via).is_some_and(|valore| presente(valore, colonna).is_some());
            if chiave.contains(&colonna.id.as_str()) && nota() {
                continue;
            }
            let dove = intesa.dove(riga.numero, Some(i));
            if let Err(perche) = self.cella(scheda, via, colonna, dato, &dove, &mut dette) {
                self.problema(dove, perche);
            }
        }
        let Some(lavorata) = self.lavorate.get_mut(scheda) else { return };
        let nuova = lavorata.voci.iter().any(|voce| voce == via);
        match (nuova, dette.is_empty()) {
            (_, true) => {}
            (true, false) => {
                let celle: Vec<String> = dette.into_iter().map(|(_, detta)| detta).collect();
                lavorata.righe.push(format!("+ {}: {}", intesa.foglio.titolo, celle.join(" · ")));
            }
            (false, false) => {
                let di = if via.is_empty() { String::new() } else { format!("{}: ", intesa.foglio.titolo) };
                lavorata.righe.extend(dette.into_iter().map(|(titolo, detta)| format!("{di}{titolo}: {detta}")));
            }
        }
    }

    fn cella(
        &mut self,
        scheda: &Scheda,
        via: &[Step],
        colonna: &Colonna,
        dato: &Dato,
        dove: &str,
        dette: &mut Vec<(String, String)>,
    ) -> Result<(), String> {
        let nodo = colonna.nodo;
        let radice = self.valore(scheda).at(via);
        let presente = radice.and_then(|radice| presente(radice, colonna)).cloned();
        if let Some(presente) = presente.as_ref().filter(|presente| e_come_mostrata(dato, presente, nodo)) {
            return self.detta(scheda, via, colonna, presente.clone(), dove);
        }
        let campo = self.campo(scheda, via, colonna);
        match legge(dato, nodo, &self.nomi)? {
            Letto::Niente => Ok(()),
            Letto::Togli => {
                let Some(presente) = presente else { return Ok(()) };
                dette.push((colonna.titolo.clone(), format!("tolto, era {}", in_parole(&presente, nodo))));
                togli(&mut self.schedario.voce_mut(scheda.0, &scheda.1).valore, &campo);
                self.modifica(scheda, Modifica::Toglie(campo));
                Ok(())
            }
            Letto::Valore(valore) => {
                self.detta(scheda, via, colonna, valore.clone(), dove)?;
                if presente.as_ref().is_some_and(|presente| uguali(&valore, presente, nodo)) {
                    return Ok(());
                }
                let nuovo = in_parole(&valore, nodo);
                let detta = match &presente {
                    Some(presente) => format!("{} → {nuovo}", in_parole(presente, nodo)),
                    None => nuovo,
                };
                dette.push((colonna.titolo.clone(), detta));
                let radice = &mut self.schedario.voce_mut(scheda.0, &scheda.1).valore;
                metti(radice, &campo, valore.clone()).map_err(|_| {
                    "nella scheda qui c'è più di quanto un foglio può dire: cambialo nel file".to_owned()
                })?;
                self.modifica(scheda, Modifica::Scrive(campo, valore));
                Ok(())
            }
        }
    }

    /// The way from a record to what a column is about, by the older name where the record has that.
    fn campo(&self, scheda: &Scheda, via: &[Step], colonna: &Colonna) -> Vec<Step> {
        let prima = colonna.nodo.testo("x-prima");
        let di_oggi = [via, &passi(&colonna.via)].concat();
        let di_ieri = [via, &[Step::from(prima)]].concat();
        let valore = self.valore(scheda);
        if !prima.is_empty() && valore.at(&di_oggi).is_none() && valore.at(&di_ieri).is_some() {
            return di_ieri;
        }
        di_oggi
    }

    /// Refuses a cell that says other than one before it did of the same place.
    fn detta(
        &mut self,
        scheda: &Scheda,
        via: &[Step],
        colonna: &Colonna,
        valore: Valore,
        dove: &str,
    ) -> Result<(), String> {
        let posto = (scheda.clone(), [via, &passi(&colonna.via)].concat());
        match self.gia_dette.get(&posto) {
            Some((altrove, altro)) if !uguali(&valore, altro, colonna.nodo) => {
                let altro = in_parole(altro, colonna.nodo);
                Err(format!(
                    "di `{}` qui si dice {}, ma `{altrove}` dice {altro}",
                    scheda.1,
                    in_parole(&valore, colonna.nodo)
                ))
            }
            Some(_) => Ok(()),
            None => {
                self.gia_dette.insert(posto, (dove.to_owned(), valore));
                Ok(())
            }
        }
    }

    /// Notes an edit, unless it is of something that is written whole.
    fn modifica(&mut self, scheda: &Scheda, modifica: Modifica) {
        let Some(lavorata) = self.lavorate.get_mut(scheda) else { return };
        let (Modifica::Scrive(via, _) | Modifica::Toglie(via) | Modifica::Aggiunge(via, _)) = &modifica;
        if !lavorata.nuova && !lavorata.voci.iter().any(|voce| via.starts_with(voce)) {
            lavorata.modifiche.push(modifica);
        }
    }

    fn finito(mut self) -> Esito {
        let mut cambi = Vec::new();
        for scheda in std::mem::take(&mut self.ordine) {
            let Some(mut lavorata) = self.lavorate.remove(&scheda) else { continue };
            let nodo = schema::nodo(scheda.0);
            let valore = in_ordine(self.valore(&scheda).clone(), nodo);
            // An entry in one that is new is written with it.
            let nuove = std::mem::take(&mut lavorata.voci);
            let e_dentro =
                |via: &Vec<Step>| nuove.iter().any(|altra| via.len() > altra.len() && via.starts_with(altra));
            for via in nuove.iter().filter(|via| !lavorata.nuova && !e_dentro(via)) {
                if let (Some((_, lista)), Some(voce)) = (via.split_last(), valore.at(via)) {
                    lavorata.modifiche.push(Modifica::Aggiunge(lista.to_vec(), voce.clone()));
                }
            }
            if !lavorata.nuova && lavorata.modifiche.is_empty() {
                continue;
            }
            let nome = ["nome", "titolo"].iter().find_map(|campo| sotto(&valore, &[campo]).and_then(testo));
            let nome = nome.map_or_else(|| in_parole(&valore, nodo), str::to_owned);
            let Lavorata { nuova, righe, modifiche, .. } = lavorata;
            let (genere, id) = scheda;
            self.schedario.voce_mut(genere, &id).valore = valore;
            cambi.push(Cambio { genere, id, nome, nuova, righe, modifiche });
        }
        Esito { problemi: self.problemi, note: self.note, cambi, schedario: self.schedario }
    }
}
