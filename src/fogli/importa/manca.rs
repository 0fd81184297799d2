//! What a record or an entry that begins here lacks.

use crate::fogli::intesa::Intesa;
use crate::fogli::valori::mancanti;
use crate::report::Step;
use crate::schema;

use super::{Lavoro, Modifica, Scheda};

impl Lavoro {
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
            for (via, campo) in mancanti(self.valore(scheda), schema::nodo(scheda.0)) {
                if toccata(&via) {
                    trovati.push((scheda.clone(), via, campo));
                }
            }
        }
        for (scheda, via, campo) in trovati {
            let dove = self.dove_manca(&scheda, &via, intese);
            let gia = self.problemi.iter().any(|problema| problema.dove == dove);
            // What could not be read is missing too, and was told.
            if !gia {
                self.problema(dove, format!("manca «{}»: {}", campo.titolo(), campo.detto()));
            }
        }
    }

    fn dove_manca(&self, scheda: &Scheda, via: &[Step], intese: &[Intesa]) -> String {
        let origine = (0..=via.len()).rev().find_map(|quanti| {
            let origine = self.origini.get(&(scheda.clone(), via[..quanti].to_vec()))?;
            Some((quanti, origine))
        });
        let Some((quanti, (foglio, numero))) = origine else { return scheda.1.clone() };
        let nomi = via[quanti..].iter().map(|passo| match passo {
            Step::Key(nome) => nome.to_string(),
            Step::Index(posto) => posto.to_string(),
        });
        let id = nomi.collect::<Vec<_>>().join(".");
        let intesa = intese.iter().find(|intesa| intesa.nome == *foglio);
        intesa.map_or_else(String::new, |intesa| intesa.dove(*numero, intesa.colonna(&id)))
    }
}
