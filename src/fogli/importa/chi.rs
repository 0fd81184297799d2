//! Which record a row is about, and which of its entries: by identifier, by name, by what makes it known.

use crate::fogli::cella::{Letto, in_lettere, legge};
use crate::fogli::colonne::{Livello, Ruolo};
use crate::fogli::intesa::{Intesa, RigaIntesa};
use crate::fogli::nomi::id_di_atto;
use crate::fogli::valori::{metti, passi, sotto, testo};
use crate::report::Step;
use crate::suggest;
use crate::value::Id;
use crate::yaml::modifica::Valore;

use super::{Lavoro, Scheda};

impl Lavoro {
    /// The record of each row of a sheet whose rows are records: the one that is called so, or one that begins here.
    pub(super) fn battezza(&mut self, intesa: &Intesa) -> Vec<Option<Scheda>> {
        if !intesa.foglio.e_di_schede() {
            return intesa.righe.iter().map(|_| None).collect();
        }
        let genere = intesa.foglio.genere;
        let elenco = intesa.foglio.titolo.to_lowercase();
        let mut schede = Vec::new();
        for riga in &intesa.righe {
            let letta = self.abbozzo(intesa, riga);
            let id = self.id(intesa, riga, &elenco, &letta);
            match id {
                Ok(id) => {
                    if genere == "atto" {
                        if self.schedario.voce(genere, &id).is_none() {
                            self.nomi.atto_noto(&id, &letta);
                        }
                    } else {
                        let nome = ["nome", "titolo"].iter().find_map(|campo| sotto(&letta, &[campo]).and_then(testo));
                        self.nomi.aggiungi(&elenco, &id, nome.unwrap_or(&id));
                    }
                    let scheda = (genere, id);
                    let origine = (intesa.nome.clone(), riga.numero);
                    self.origini.entry((scheda.clone(), Vec::new())).or_insert(origine);
                    schede.push(Some(scheda));
                }
                Err((colonna, perche)) => {
                    let senza_id = intesa.colonna("id").is_some_and(|id| intesa.manca(id, "").is_some());
                    let manca = colonna.and_then(|colonna| intesa.manca(colonna, ", o quella dell'identificativo"));
                    match manca.filter(|_| senza_id) {
                        Some(manca) => self.una_volta(&intesa.nome, manca),
                        None => self.problema(intesa.dove(riga.numero, colonna), perche),
                    }
                    schede.push(None);
                }
            }
        }
        schede
    }

    /// What a row says of its record, as far as it names it.
    fn abbozzo(&self, intesa: &Intesa, riga: &RigaIntesa) -> Valore {
        const NOMINANO: [&str; 5] = ["nome", "titolo", "tipo", "numero", "data"];
        let mut letta = Valore::Gruppo(Vec::new());
        for (_, colonna, dato) in intesa.piene(riga).filter(|(_, colonna, _)| NOMINANO.contains(&colonna.id.as_str())) {
            if let Ok(Letto::Valore(valore)) = legge(dato, colonna.nodo, &self.nomi) {
                // A group with one key takes every key.
                let _ = metti(&mut letta, &passi(&colonna.via), valore);
            }
        }
        letta
    }

    fn id(
        &self,
        intesa: &Intesa,
        riga: &RigaIntesa,
        elenco: &str,
        letta: &Valore,
    ) -> Result<String, (Option<usize>, String)> {
        let genere = intesa.foglio.genere;
        let colonna = intesa.colonna("id");
        let scritto = colonna.and_then(|colonna| intesa.cella(riga, colonna)).map(in_lettere);
        if let Some(scritto) = scritto.filter(|scritto| !scritto.is_empty()) {
            if self.schedario.voce(genere, &scritto).is_some() {
                return Ok(scritto);
            }
            return Id::parse(&scritto).map(|id| id.to_string()).map_err(|perche| {
                let proposto = suggest::id_di(&scritto);
                (colonna, format!("{perche}; qui potrebbe essere `{proposto}`"))
            });
        }
        if genere == "atto" {
            let campo = |nome| sotto(letta, &[nome]).and_then(testo).unwrap_or_default();
            let anno = campo("data").get(..4).unwrap_or_default();
            if let Ok(id) = self.nomi.atto(&format!("{} {}", campo("numero"), anno)) {
                return Ok(id);
            }
            let id = id_di_atto(letta);
            let manca = || (intesa.colonna("numero"), "manca il numero dell'atto, o il suo identificativo".to_owned());
            return if campo("numero").is_empty() { Err(manca()) } else { Ok(id) };
        }
        let campo = if sotto(letta, &["nome"]).is_some() { "nome" } else { "titolo" };
        let nome = sotto(letta, &[campo]).and_then(testo).unwrap_or_default();
        let colonna = || intesa.colonna("nome").or_else(|| intesa.colonna("titolo"));
        if nome.is_empty() {
            return Err((colonna(), "manca il nome, o l'identificativo".to_owned()));
        }
        match self.nomi.id(elenco, nome) {
            Ok(Some(id)) => Ok(id.to_owned()),
            Ok(None) => Id::parse(&suggest::id_di(nome)).map(|id| id.to_string()).map_err(|perche| (colonna(), perche)),
            Err(perche) => Err((colonna(), perche)),
        }
    }

    /// The record that a row is about.
    pub(super) fn di_chi(&mut self, intesa: &Intesa, riga: &RigaIntesa, genere: &'static str) -> Option<Scheda> {
        let colonna = intesa.colonne.iter().position(|colonna| colonna.ruolo == Ruolo::Scheda)?;
        let dove = intesa.dove(riga.numero, Some(colonna));
        let letta = intesa.cella(riga, colonna).map(|dato| legge(dato, intesa.colonne[colonna].nodo, &self.nomi));
        match letta {
            Some(Ok(Letto::Valore(valore))) => testo(&valore).map(|id| (genere, id.to_owned())),
            Some(Err(perche)) => {
                self.problema(dove, perche);
                None
            }
            Some(Ok(Letto::Niente | Letto::Togli)) | None => {
                self.problema(dove, "manca il progetto a cui la riga si riferisce");
                None
            }
        }
    }

    /// The entry of an outer list that a row names.
    pub(super) fn voce_di_fuori(
        &mut self,
        intesa: &Intesa,
        riga: &RigaIntesa,
        scheda: &Scheda,
        via: &[Step],
        livello: &Livello,
    ) -> Option<usize> {
        let colonna = intesa.colonna(livello.uno)?;
        let Some(dato) = intesa.cella(riga, colonna) else {
            self.problema(intesa.dove(riga.numero, Some(colonna)), format!("manca: {}", livello.uno));
            return None;
        };
        let detto = match legge(dato, intesa.colonne[colonna].nodo, &self.nomi) {
            Ok(Letto::Valore(valore)) => testo(&valore).unwrap_or_default().to_owned(),
            _ => String::new(),
        };
        let chiave = livello.chiave[0];
        let nomi: Vec<String> = self
            .elenco(scheda, via, livello)
            .iter()
            .map(|voce| sotto(voce, &[chiave]).and_then(testo).unwrap_or_default().to_owned())
            .collect();
        let posto = nomi.iter().position(|nome| suggest::slug(nome) == suggest::slug(&detto));
        if posto.is_none() {
            let vicino = suggest::closest(&detto, nomi.iter().map(String::as_str));
            let vicino = vicino.map(|vicino| format!(": forse intendevi `{vicino}`?")).unwrap_or_default();
            let detto = format!("«{detto}» non è fra gli {} di `{}`{vicino}", livello.campo, scheda.1);
            self.problema(intesa.dove(riga.numero, Some(colonna)), detto);
        }
        posto
    }

    /// The entry that a row is about, or the place of a new one.
    pub(super) fn voce(
        &mut self,
        intesa: &Intesa,
        riga: &RigaIntesa,
        scheda: &Scheda,
        via: &[Step],
        livello: &Livello,
    ) -> Option<usize> {
        let mut chiavi = Vec::new();
        for (i, chiave) in livello.chiave.iter().enumerate() {
            let colonna = intesa.colonna(chiave);
            let letta = colonna.zip(colonna.and_then(|colonna| intesa.cella(riga, colonna)));
            let letta = letta.map(|(colonna, dato)| legge(dato, intesa.colonne[colonna].nodo, &self.nomi));
            match letta {
                Some(Ok(Letto::Valore(valore))) => chiavi.push(Some((chiave, valore))),
                Some(Err(perche)) => {
                    self.problema(intesa.dove(riga.numero, colonna), perche);
                    return None;
                }
                _ if i == 0 => {
                    if let Some(manca) =
                        colonna.and_then(|colonna| intesa.manca(colonna, ", che fa riconoscere le righe"))
                    {
                        self.una_volta(&intesa.nome, manca);
                        return None;
                    }
                    let titolo = colonna.map_or(*chiave, |colonna| intesa.colonne[colonna].titolo.as_str()).to_owned();
                    self.problema(
                        intesa.dove(riga.numero, colonna),
                        format!("manca «{titolo}», che fa riconoscere la riga"),
                    );
                    return None;
                }
                _ => chiavi.push(None),
            }
        }
        let lista = [via, &[Step::from(livello.campo)]].concat();
        let voci = self.elenco(scheda, via, livello);
        let quante = voci.len();
        // How much of the key is there on both sides, where nothing of it differs.
        let quanto = |posto: usize| {
            let mut quanto = 0;
            for (i, (chiave, valore)) in chiavi.iter().enumerate().filter_map(|(i, chiave)| Some((i, chiave.as_ref()?)))
            {
                match sotto(&voci[posto], &[chiave]) {
                    Some(altro) if stesso(valore, altro) => quanto += 1,
                    None if i > 0 => {}
                    _ => return None,
                }
            }
            Some(quanto)
        };
        let libera =
            |posto: usize| !self.usate.contains(&(scheda.clone(), [lista.as_slice(), &[Step::Index(posto)]].concat()));
        let adatte = (0..quante).filter_map(|posto| Some((libera(posto), quanto(posto)?, std::cmp::Reverse(posto))));
        // One that no row was about yet; where no two are alike, the same once more.
        let migliore = adatte.max().filter(|(libera, ..)| *libera || !livello.si_ripete);
        let trovata = migliore.map(|(_, _, std::cmp::Reverse(posto))| posto);
        let posto = trovata.unwrap_or(quante);
        let via = [lista.as_slice(), &[Step::Index(posto)]].concat();
        self.usate.insert((scheda.clone(), via.clone()));
        if trovata.is_none()
            && let Some(lavorata) = self.lavorate.get_mut(scheda)
        {
            lavorata.voci.push(via);
        }
        Some(posto)
    }
}

/// Whether two keys mean the same entry: of a title capitals and marks do not count.
fn stesso(uno: &Valore, altro: &Valore) -> bool {
    match (testo(uno), testo(altro)) {
        (Some(uno), Some(altro)) => suggest::slug(uno) == suggest::slug(altro),
        _ => uno == altro,
    }
}
