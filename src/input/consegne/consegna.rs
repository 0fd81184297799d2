//! The packages that were delivered before: kept beside the records, and read as what they are, somebody's file.
//!
//! A package holds the deliveries before it too, since pages are made from them. Packed whole each would hold all those
//! before it, and twice as many every time: of each only an extract is packed, which reads like the package itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::manifesto::{FORMATO, LETTI, MANIFESTO, Manifesto, Testa};
use super::{Contenuto, DATI_DEL_PIANO, RAPPORTO, RegolaDiScheda, archivio, scritti};
use crate::value::impronta;

/// A delivery: what it was, and the plan as it was then.
#[derive(Debug, Clone, PartialEq)]
pub struct Consegna {
    /// Of the package as it was delivered.
    pub sha256: String,
    pub testa: Testa,
    pub contenuto: Contenuto,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Estratto {
    formato: u32,
    pacchetto_sha256: String,
    consegna: Testa,
    dati: Value,
    regole: Vec<RegolaDiScheda>,
}

impl Consegna {
    /// Reads a package, or the extract of one. What is wrong comes back in words.
    pub fn letta(bytes: &[u8]) -> Result<Self, String> {
        if bytes.first() == Some(&b'{') { Self::da_estratto(bytes) } else { Self::da_pacchetto(bytes) }
    }

    fn da_pacchetto(bytes: &[u8]) -> Result<Self, String> {
        let voci = archivio::leggi(bytes).map_err(|rifiuto| rifiuto.to_string())?;
        let file: BTreeMap<&str, &[u8]> = voci.iter().map(|voce| (voce.nome.as_str(), &*voce.dati)).collect();
        let manifesto =
            file.get(MANIFESTO).ok_or_else(|| format!("non è un pacchetto di consegna: manca `{MANIFESTO}`"))?;
        let manifesto = Manifesto::letto(manifesto).map_err(|motivo| format!("`{MANIFESTO}` {motivo}"))?;
        Self::da_file(&manifesto, &file, impronta(bytes))
    }

    /// From the files of a package that were read already.
    pub fn da_file(manifesto: &Manifesto, file: &BTreeMap<&str, &[u8]>, sha256: String) -> Result<Self, String> {
        let listed = |nome: &str| {
            let found = file.get(nome).ok_or_else(|| format!("nel pacchetto manca `{nome}`"))?;
            let told = manifesto.file.iter().find(|voce| voce.nome == nome).map(|voce| voce.sha256.as_str());
            if told == Some(&impronta(found)) {
                Ok(*found)
            } else {
                Err(format!("`{nome}` non è quello del manifesto"))
            }
        };
        let bytes = listed(DATI_DEL_PIANO)?;
        if impronta(bytes) != manifesto.consegna.codice_di_controllo {
            return Err(format!("il codice di controllo del manifesto non è quello di `{DATI_DEL_PIANO}`"));
        }
        let unreadable = |nome: &str, cause: serde_json::Error| format!("`{nome}` non si legge: {cause}");
        let dati = serde_json::from_slice(bytes).map_err(|cause| unreadable(DATI_DEL_PIANO, cause))?;
        let regole = regole_lette(listed(RAPPORTO)?).map_err(|cause| unreadable(RAPPORTO, cause))?;
        Ok(Consegna { sha256, testa: manifesto.consegna.clone(), contenuto: Contenuto { dati, regole } })
    }

    fn da_estratto(bytes: &[u8]) -> Result<Self, String> {
        let estratto: Estratto =
            serde_json::from_slice(bytes).map_err(|cause| format!("non è l'estratto di un pacchetto: {cause}"))?;
        if !LETTI.contains(&estratto.formato) {
            return Err(format!(
                "l'estratto è nel formato {}, e questa versione legge fino al {FORMATO}",
                estratto.formato
            ));
        }
        if impronta(&scritti(&estratto.dati)) != estratto.consegna.codice_di_controllo {
            return Err("i dati dell'estratto non danno il suo codice di controllo".to_owned());
        }
        let contenuto = Contenuto { dati: estratto.dati, regole: estratto.regole };
        Ok(Consegna { sha256: estratto.pacchetto_sha256, testa: estratto.consegna, contenuto })
    }

    /// What the packages after this one hold of it.
    pub fn estratto(&self) -> Vec<u8> {
        scritti(&Estratto {
            formato: FORMATO,
            pacchetto_sha256: self.sha256.clone(),
            consegna: self.testa.clone(),
            dati: self.contenuto.dati.clone(),
            regole: self.contenuto.regole.clone(),
        })
    }
}

/// The rules of a report that a package carries; the first packages hold their list alone.
fn regole_lette(bytes: &[u8]) -> Result<Vec<RegolaDiScheda>, serde_json::Error> {
    let mut found: Value = serde_json::from_slice(bytes)?;
    serde_json::from_value(found.get_mut("regole").map(Value::take).unwrap_or(found))
}
