//! Questions to whoever sits at a terminal. Where nobody does, nothing is asked and nothing waits.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use crate::suggest;

use super::{complain, fail};

/// Who can be asked: somebody who sees the question and can write the answer.
#[derive(Clone, Copy)]
pub struct Domande {
    pub possibili: bool,
}

/// A choice: what is written, and how it is called.
pub type Voce = (String, String);

impl Domande {
    pub fn new() -> Self {
        Domande { possibili: std::io::stdin().is_terminal() && std::io::stderr().is_terminal() }
    }

    /// Asks until the answer can be used.
    pub fn chiedi<T>(self, domanda: &str, legge: impl Fn(&str) -> Result<T, String>) -> Result<T, ExitCode> {
        loop {
            let mut err = std::io::stderr().lock();
            let _ = write!(err, "\n{domanda}\n> ").and_then(|()| err.flush());
            drop(err);
            let mut riga = String::new();
            match std::io::stdin().read_line(&mut riga) {
                Ok(0) => return Err(fail(&"la risposta manca: non ho scritto niente")),
                Err(cause) => {
                    return Err(fail(&format!("non riesco a leggere la risposta: {}", crate::io_message(&cause))));
                }
                Ok(_) => {}
            }
            match legge(riga.trim()) {
                Ok(risposta) => return Ok(risposta),
                Err(perche) => complain(&format!("{perche}.")),
            }
        }
    }

    /// One of several, by its number or as it is written.
    pub fn scegli(self, domanda: &str, voci: &[Voce]) -> Result<String, ExitCode> {
        let elenco: String = voci.iter().enumerate().map(|(i, (_, nome))| format!("\n  {}) {nome}", i + 1)).collect();
        self.chiedi(&format!("{domanda}{elenco}"), |risposta| scelta(voci, risposta))
    }
}

/// The choice that an answer means.
pub fn scelta(voci: &[Voce], risposta: &str) -> Result<String, String> {
    let uguale = |voce: &&Voce| voce.0 == risposta || voce.1.eq_ignore_ascii_case(risposta);
    // A code is a number too.
    if let Some((valore, _)) = voci.iter().find(uguale) {
        return Ok(valore.clone());
    }
    if let Some((valore, _)) = risposta.parse().ok().and_then(|n: usize| voci.get(n.checked_sub(1)?)) {
        return Ok(valore.clone());
    }
    if risposta.is_empty() {
        return Err("Scrivi il numero di una delle voci".to_owned());
    }
    let valori = || voci.iter().map(|(valore, _)| valore.as_str());
    let vicino = suggest::closest(risposta, valori())
        .or_else(|| suggest::closest(risposta, voci.iter().map(|(_, nome)| &**nome)));
    let scegli = || format!("si può scegliere fra {}", suggest::list(valori()));
    Err(format!("`{risposta}` non c'è: {}", suggest::meant(vicino, scegli)))
}
