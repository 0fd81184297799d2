//! What the protocol registered of a package, against the package.

use super::{PROTOCOLLO, Prova, Verifica};
use crate::input::consegne::in_gruppi;

/// Digits of a control code as it is printed, and of a whole SHA-256.
const CODICE: usize = 32;
const SHA256: usize = 64;

/// The code and the SHA-256 that the protocol holds, without spaces and in small letters.
#[derive(Debug, Default)]
pub struct Protocollo {
    codice: Option<String>,
    sha256: Option<String>,
}

impl Protocollo {
    /// Reads what somebody copied from a protocol: spaces and capitals do not count.
    pub fn letto(codice: Option<&str>, sha256: Option<&str>) -> Result<Self, String> {
        let codice = codice.map(|text| {
            cifre(text, &[CODICE, SHA256]).ok_or_else(|| {
                format!("`{text}` non è un codice di controllo: sono {CODICE} cifre e lettere da A a F, in gruppi di quattro")
            })
        });
        let sha256 = sha256.map(|text| {
            cifre(text, &[SHA256])
                .ok_or_else(|| format!("`{text}` non è uno SHA-256: sono {SHA256} cifre e lettere da a a f"))
        });
        Ok(Protocollo { codice: codice.transpose()?, sha256: sha256.transpose()? })
    }

    /// The code covers the data of the plan alone: of the package answers its SHA-256.
    pub fn has_sha256(&self) -> bool {
        self.sha256.is_some()
    }

    pub fn confronto(&self, verifica: &Verifica) -> Option<Prova> {
        let mut different = Vec::new();
        if let Some(codice) = &self.codice {
            let suo = verifica.codice_di_controllo.as_deref().unwrap_or_default();
            if !suo.starts_with(codice.as_str()) {
                let suo = if suo.is_empty() { "non si legge".to_owned() } else { format!("è {}", in_gruppi(suo)) };
                different.push(format!(
                    "il codice di controllo del protocollo è {}, quello del pacchetto {suo}",
                    in_gruppi(codice)
                ));
            }
        }
        if let Some(sha256) = &self.sha256 {
            match verifica.sha256.as_deref() {
                Some(suo) if suo == sha256 => {}
                Some(suo) => {
                    different.push(format!("lo SHA-256 del protocollo è {sha256}, quello del pacchetto è {suo}"))
                }
                None => different.push("una cartella estratta non ha uno SHA-256: serve il file ricevuto".to_owned()),
            }
        }
        let detto = match (&self.codice, &self.sha256) {
            (None, None) => return None,
            _ if !different.is_empty() => {
                return Some(Prova::fallita(PROTOCOLLO, "non è il pacchetto registrato nel protocollo", different));
            }
            (Some(_), Some(_)) => "codice di controllo e SHA-256 sono quelli del protocollo",
            (Some(_), None) => "il codice di controllo è quello del protocollo",
            (None, Some(_)) => "lo SHA-256 è quello del protocollo",
        };
        Some(Prova::superata(PROTOCOLLO, detto))
    }
}

fn cifre(text: &str, lengths: &[usize]) -> Option<String> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    (lengths.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit())).then_some(digits)
}
