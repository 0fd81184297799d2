//! What is known only when every row was read: what is missing, what stays, and in which order it is told.

use std::collections::{BTreeMap, BTreeSet};

use crate::fogli::cella::in_parole;
use crate::fogli::colonne::{Colonna, FOGLI, Livello, Ruolo};
use crate::fogli::esporta::presente;
use crate::fogli::intesa::Intesa;
use crate::fogli::lettura::Posto;
use crate::fogli::valori::{mancanti, metti, sotto, voci};
use crate::record::StatoProgetto;
use crate::report::Step;
use crate::schema::{self, chiave};
use crate::yaml::modifica::Valore;

use super::{Lavoro, Modifica, Problema, Scheda};

/// Of many rows the first are told.
const DETTE: usize = 5;
/// What a row is told by, beside what makes it known.
const IMPORTI: [&str; 3] = ["importo", "quota", "valore"];

impl Lavoro {
    /// A new project of which nobody says how far it is has been presented, as one that is begun by itself.
    pub(super) fn stati(&mut self) {
        let senza = |scheda: &&Scheda| {
            let valore = self.valore(scheda);
            scheda.0 == "progetto"
                && self.lavorate.get(*scheda).is_some_and(|lavorata| lavorata.nuova)
                && sotto(valore, &["stato"]).is_none()
                && voci(sotto(valore, &["eventi"])).is_empty()
        };
        let senza: Vec<Scheda> = self.ordine.iter().filter(senza).cloned().collect();
        if senza.is_empty() {
            return;
        }
        let presentato = chiave(StatoProgetto::Presentato);
        for (genere, id) in &senza {
            // A new record is a group, which takes every key.
            let _ = metti(&mut self.schedario.voce_mut(genere, id).valore, &[Step::from("stato")], presentato.into());
        }
        let quali = elencate(senza.iter().map(|(_, id)| format!("`{id}`")).collect());
        self.note.push(format!(
            "a questi progetti nuovi, di cui il foglio non dice lo stato, scrivo `stato: {presentato}`: {quali}"
        ));
    }

    /// What new records and new entries lack.
    pub(super) fn che_cosa_manca(&mut self, intese: &[Intesa]) {
        let mut trovati = Vec::new();
        for (scheda, lavorata) in &self.lavorate {
            let toccata = |via: &[Step]| {
                lavorata.nuova
                    || lavorata.voci.iter().any(|voce| via.starts_with(voce))
                    || lavorata.modifiche.iter().any(|modifica| match (modifica, via.split_last()) {
                        (Modifica::Scrive(campo, _), Some((_, gruppo))) => {
                            !gruppo.is_empty() && campo.len() > gruppo.len() && campo.starts_with(gruppo)
                        }
                        (Modifica::Toglie(campo), _) => *campo == via,
                        _ => false,
                    })
            };
            for (via, campo) in mancanti(self.valore(scheda), schema::nodo(scheda.0), &[]) {
                if toccata(&via) {
                    trovati.push((scheda.clone(), via, campo));
                }
            }
        }
        for (scheda, via, campo) in trovati {
            let Some((intesa, numero, colonna)) = self.dove_manca(&scheda, &via, intese) else {
                self.problema(scheda.1, format!("manca «{}»: {}", campo.titolo(), campo.detto()));
                continue;
            };
            let perche = format!(", che serve alle righe nuove: {}", campo.detto());
            if let Some(manca) = colonna.and_then(|colonna| intesa.manca(colonna, &perche)) {
                self.una_volta(&intesa.nome, manca);
                continue;
            }
            let dove = intesa.dove(numero, colonna);
            let gia = self.problemi.iter().any(|problema| problema.dove == dove);
            // What could not be read is missing too, and was told.
            if !gia {
                self.problema(dove, format!("manca «{}»: {}", campo.titolo(), campo.detto()));
            }
        }
    }

    /// Sheet, row and column in which something should stand.
    fn dove_manca<'i>(
        &self,
        scheda: &Scheda,
        via: &[Step],
        intese: &'i [Intesa],
    ) -> Option<(&'i Intesa, u32, Option<usize>)> {
        let (quanti, (foglio, numero)) = (0..=via.len()).rev().find_map(|quanti| {
            let origine = self.origini.get(&(scheda.clone(), via[..quanti].to_vec()))?;
            Some((quanti, origine))
        })?;
        let nomi = via[quanti..].iter().map(|passo| match passo {
            Step::Key(nome) => nome.to_string(),
            Step::Index(posto) => posto.to_string(),
        });
        let id = nomi.collect::<Vec<_>>().join(".");
        let intesa = intese.iter().find(|intesa| intesa.nome == *foglio)?;
        Some((intesa, *numero, intesa.colonna(&id)))
    }

    /// Rows of a list that the workbook brings other rows of: what was corrected there was added, and stays here as it
    /// was. Of a workbook that never had all of them they are told where one was added.
    pub(super) fn che_cosa_resta(&mut self, esportate: &BTreeMap<String, String>) {
        // A row that could not be read is in the workbook.
        if !self.problemi.is_empty() {
            return;
        }
        let mut usate: BTreeMap<(&Scheda, &[Step]), BTreeSet<usize>> = BTreeMap::new();
        for (scheda, via) in &self.usate {
            if let Some((Step::Index(posto), lista)) = via.split_last() {
                usate.entry((scheda, lista)).or_default().insert(*posto);
            }
        }
        let mut note = Vec::new();
        for ((scheda, lista), usate) in usate {
            let prima = self.com_era(scheda, lista);
            let aggiunta = usate.last().is_some_and(|ultima| *ultima >= prima.len());
            if !aggiunta && !esportate.contains_key(&format!("{} {}", scheda.0, scheda.1)) {
                continue;
            }
            // The same row twice is once.
            let detta = |voce: &Valore| usate.iter().any(|posto| prima.get(*posto) == Some(voce));
            let restano = prima.iter().enumerate().filter(|(posto, voce)| !usate.contains(posto) && !detta(voce));
            let campi = lista.iter().filter_map(|passo| match passo {
                Step::Key(nome) => Some(nome.as_ref()),
                Step::Index(_) => None,
            });
            let suo = |livelli: &[_]| livelli.iter().map(|livello: &Livello| livello.campo).eq(campi.clone());
            let Some(foglio) = FOGLI.iter().find(|foglio| foglio.genere == scheda.0 && suo(foglio.livelli)) else {
                continue;
            };
            let chiave = foglio.livelli.last().map_or(&[][..], |livello| livello.chiave);
            let colonne = foglio.colonne();
            let dice = |colonna: &&Colonna| {
                let id = colonna.id.as_str();
                colonna.ruolo == Ruolo::Campo && (chiave.contains(&id) || IMPORTI.contains(&id))
            };
            let riga = |voce: &Valore| {
                let celle = colonne.iter().filter(dice);
                let celle = celle.filter_map(|colonna| Some(in_parole(presente(voce, colonna)?, colonna.nodo)));
                format!("«{}»", celle.collect::<Vec<_>>().join(" · "))
            };
            let restano: Vec<String> = restano.map(|(_, voce)| riga(voce)).collect();
            let dove = format!("in `{}` di `{}`", foglio.titolo, scheda.1);
            let che = match restano.len() {
                0 => continue,
                1 => "c'è una riga che nel foglio non c'è, e resta".to_owned(),
                quante => format!("ci sono {quante} righe che nel foglio non ci sono, e restano"),
            };
            let togli = match restano.len() {
                1 => "se è stata corretta, toglila dalla scheda",
                _ => "se sono state corrette, toglile dalla scheda",
            };
            note.push(format!("{dove} {che}: {}; {togli}", elencate(restano)));
        }
        self.note.extend(note);
    }

    /// A list as it stands in the records.
    fn com_era(&self, (genere, id): &Scheda, lista: &[Step]) -> &[Valore] {
        let posto = self.schedario.voce(genere, id).and_then(|voce| voce.posto.as_ref());
        let prima = posto.and_then(|(file, radice)| {
            self.schedario.fascicoli.get(*file)?.scheda.valore(&[radice.as_slice(), lista].concat())
        });
        voci(prima)
    }
}

fn elencate(quali: Vec<String>) -> String {
    let altre = if quali.len() > DETTE { format!(" e ancora {}", quali.len() - DETTE) } else { String::new() };
    quali.into_iter().take(DETTE).collect::<Vec<_>>().join(", ") + &altre
}

/// What is wrong in the order in which one comes upon it: what is of no sheet first, then by sheet, row and column.
pub(super) fn ordina(problemi: &mut [Problema], intese: &[Intesa]) {
    let posto = |problema: &Problema| {
        let trovata = (1..).zip(intese).find_map(|(foglio, intesa)| {
            let dentro = problema.dove.strip_prefix(intesa.nome.as_str())?;
            let cella = dentro.strip_prefix('!').and_then(Posto::letto).map(|posto| (posto.riga, posto.colonna));
            let riga = || Some((dentro.strip_prefix(", riga ")?.parse().ok()?, 0));
            let tutto = || dentro.is_empty().then_some((0, 0));
            Some((foglio, cella.or_else(riga).or_else(tutto)?))
        });
        trovata.unwrap_or((0, (0, 0)))
    };
    problemi.sort_by_key(posto);
}
